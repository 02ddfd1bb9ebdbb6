//! What a company files of itself, and what becomes of it when it takes that back.

use super::{Decision, Desk, Draft};
use crate::command::LetterHead;
use crate::effect::{FileProfile, Received, TakeProfile};
use crate::event;
use crate::number::Number;
use crate::refusal::Refusal;
use crate::terms::LetterSort;

impl Desk<'_> {
    pub(super) fn file_profile(&self, c: FileProfile) -> Result<Decision, Refusal> {
        if c.fields.is_empty() {
            return Err(Refusal::NothingTicked);
        }
        let (link, seq) = (c.link, c.letter.seq);
        let mut decision = self.send_letter(link, c.letter, LetterSort::Profile)?;
        let filed = event::ProfileFiled { by: self.by(), link, seq, day: c.day, fields: c.fields };
        let mut draft = Draft::plain(filed);
        draft.envelopes.push(("given", c.given));
        decision.drafts.push(draft);
        Ok(decision.keyed(link, c.key))
    }

    pub(super) fn withdraw_profile(
        &self,
        link: Number,
        letter: LetterHead,
        why: Option<String>,
    ) -> Result<Decision, Refusal> {
        if !self.link(link)?.filed {
            return Err(Refusal::NothingFiled(link));
        }
        let seq = letter.seq;
        let mut decision = self.send_letter(link, letter, LetterSort::Profile)?;
        let withdrawn = event::ProfileWithdrawn { by: self.by(), link, seq, why };
        decision.drafts.push(Draft::plain(withdrawn));
        Ok(decision)
    }

    pub(super) fn take_profile(&self, c: TakeProfile) -> Result<Decision, Refusal> {
        let sort = LetterSort::Profile;
        let Some(company) = self.arrived(c.letter)?.company else {
            return Ok(self.refused(c.letter, sort, "no-company"));
        };
        let (link, seq) = c.letter;
        let received = event::ProfileReceived {
            // Who says so is the node at the other end.
            by: link.to_string(),
            company,
            link,
            seq,
            day: self.by_today(c.day),
            fields: c.fields,
            entries: c.entries,
            size: c.size,
        };
        let mut decision = Decision::one(received).made(company);
        decision.drafts[0].envelopes.push(("given", c.given));
        decision.drafts.push(self.settled(c.letter, sort, Some(company), None));
        // A key of its own, which nothing else is sealed with: it is destroyed when the company takes
        // this back.
        Ok(decision.keyed(link, Some(c.key)))
    }

    pub(super) fn forget_profile(&self, letter: Received) -> Result<Decision, Refusal> {
        let company = self.arrived(letter)?.company;
        let (link, seq) = letter;
        let forgotten = event::ProfileForgotten { by: link.to_string(), company, link, seq };
        let mut decision = Decision::one(forgotten).made(link);
        decision.drafts.push(self.settled(letter, LetterSort::Profile, company, None));
        Ok(decision)
    }
}

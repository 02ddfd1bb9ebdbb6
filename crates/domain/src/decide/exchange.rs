//! Links between nodes and stations, and the letters over them.
//!
//! A letter is taken exactly when it is the next one and names the one before: so both ledgers hold
//! the same letters in the same order, whatever the carriers did.

use super::{Decision, Desk, title};
use crate::command::{AskLink, JoinLink, LetterHead, OfferLink};
use crate::event;
use crate::facts::LinkHead;
use crate::number::{Number, Series};
use crate::refusal::Refusal;
use crate::terms::{LetterSort, LinkState, Role};

impl Desk<'_> {
    pub(super) fn link(&self, no: Number) -> Result<&LinkHead, Refusal> {
        if no.series != Series::Link {
            return Err(Refusal::WrongSeries(no, Series::Link));
        }
        self.facts.links.get(&no).ok_or(Refusal::Unknown(no))
    }

    pub(super) fn offer_link(&self, c: OfferLink) -> Result<Decision, Refusal> {
        if let Some(company) = c.company {
            self.company(company)?;
        }
        if c.until < self.facts.today {
            return Err(Refusal::EndsBeforeStart(self.facts.today, c.until));
        }
        let no = self.next(Series::Link);
        let (by, OfferLink { link, key, company, until }) = (self.by(), c);
        Ok(Decision::one(event::LinkOffered { by, no, link, key, company, until }).made(no))
    }

    pub(super) fn ask_link(&self, c: AskLink) -> Result<Decision, Refusal> {
        if let Some(&known) = self.facts.link_named.get(&c.link) {
            return Err(Refusal::LinkKnown(known));
        }
        if c.until < self.facts.today {
            return Err(Refusal::InvitationOver(c.until));
        }
        let no = self.next(Series::Link);
        let asked = event::LinkAsked {
            by: self.by(),
            no,
            link: c.link,
            name: title("field-name", c.name)?,
            key: c.key,
            recipient: c.recipient,
            witness: c.witness,
            url: c.url,
        };
        Ok(Decision::one(asked).made(no))
    }

    pub(super) fn join_link(&self, c: JoinLink) -> Result<Decision, Refusal> {
        let head = self.link(c.no)?;
        match head.state {
            LinkState::Offered => {
                if let Some(until) = head.until.filter(|&until| until < self.facts.today) {
                    return Err(Refusal::InvitationOver(until));
                }
            }
            LinkState::Asked => {}
            LinkState::Joined => return Err(Refusal::LinkKnown(c.no)),
            LinkState::Ended => return Err(Refusal::LinkEnded(c.no)),
        }
        // Whom the station meant comes before what the node says of itself.
        let by_code = c.code.and_then(|code| self.facts.company_of.get(&code).copied());
        let joined = event::LinkJoined {
            by: self.by(),
            no: c.no,
            name: title("field-name", c.name)?,
            key: c.key,
            recipient: c.recipient,
            witness: c.witness,
            company: head.company.or(by_code),
        };
        Ok(Decision::one(joined).made(c.no))
    }

    pub(super) fn send_letter(
        &self,
        link: Number,
        letter: LetterHead,
        sort: LetterSort,
    ) -> Result<Decision, Refusal> {
        let head = self.link(link)?;
        match (head.state, sort.writer()) {
            (LinkState::Joined, _) | (LinkState::Asked, Role::Enterprise) => {}
            (LinkState::Ended, _) => return Err(Refusal::LinkEnded(link)),
            _ => return Err(Refusal::NotJoined(link)),
        }
        let (sent, last) = &head.sent;
        if letter.seq != sent + 1 || letter.before != *last {
            return Err(Refusal::ChangedMeanwhile(link));
        }
        let LetterHead { seq, before, digest, size } = letter;
        let by = self.by();
        Ok(Decision::one(event::LetterSent { by, link, seq, before, digest, size, sort })
            .made(link))
    }

    pub(super) fn receive_letter(
        &self,
        link: Number,
        letter: LetterHead,
    ) -> Result<Decision, Refusal> {
        let head = self.link(link)?;
        // What was on its way when a link ended is still taken: it was written before.
        if matches!(head.state, LinkState::Offered | LinkState::Asked) {
            return Err(Refusal::NotJoined(link));
        }
        let (received, last) = &head.received;
        if letter.seq <= *received {
            return Err(Refusal::LetterKnown(link, letter.seq));
        }
        if letter.seq != received + 1 {
            return Err(Refusal::LetterMissing(link, received + 1));
        }
        if letter.before != *last {
            return Err(Refusal::LetterForked(link, letter.seq));
        }
        let LetterHead { seq, before, digest, size } = letter;
        let (by, channel) = (self.by(), head.link.clone());
        Ok(Decision::one(event::LetterReceived { by, link, channel, seq, before, digest, size })
            .made(link))
    }
}

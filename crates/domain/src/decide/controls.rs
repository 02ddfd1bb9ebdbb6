//! Controls: what a person says of one, and who sees to what is lacking.

use super::{Decision, Desk, in_order, maybe_text, text};
use crate::control::{AnswerControl, Wish};
use crate::event;
use crate::number::Series;
use crate::refusal::Refusal;
use crate::terms::Answer;

impl Desk<'_> {
    pub(super) fn controls(&self, wish: Wish) -> Result<Decision, Refusal> {
        match wish {
            Wish::Answer(c) => self.answer_control(*c),
            Wish::Withdraw { answer, why } => {
                self.thing_of(answer, Series::Answer)?.open(answer)?;
                let why = text("field-why", why)?;
                Ok(Decision::one(event::ControlWithdrawn { by: self.by(), answer, why }))
            }
            Wish::Assign { control, person, due, why } => {
                if let Some(person) = person {
                    self.thing_of(person, Series::Person)?;
                }
                if due.is_some_and(|due| due < self.facts.today) {
                    return Err(Refusal::DueIsPast);
                }
                let why = maybe_text("field-why", why)?;
                let by = self.by();
                Ok(Decision::one(event::ControlAssigned { by, control, person, due, why }))
            }
            Wish::Adopt { catalogue, from, to, why } => {
                let why = maybe_text("field-why", why)?;
                let by = self.by();
                Ok(Decision::one(event::ControlsAdopted { by, catalogue, from, to, why }))
            }
        }
    }

    fn answer_control(&self, c: AnswerControl) -> Result<Decision, Refusal> {
        let no = self.next(Series::Answer);
        self.not_in_future("field-from", Some(c.from))?;
        in_order(Some(c.from), Some(c.until))?;
        for &secret in c.secrets.iter().flatten() {
            self.secret(secret)?;
        }
        if let Some(person) = c.person {
            self.thing_of(person, Series::Person)?;
        }
        // Met without a paper is a word; not applicable without a reason is an excuse.
        if c.verdict == Answer::Met && c.papers.stored.is_empty() {
            return Err(Refusal::NoEvidence);
        }
        let why = maybe_text("field-why", c.why)?;
        if c.verdict == Answer::Exempt && why.is_none() {
            return Err(Refusal::Blank("field-why"));
        }
        let answered = event::ControlAnswered {
            by: self.by(),
            no,
            control: c.control,
            edition: c.edition,
            verdict: c.verdict,
            from: c.from,
            until: c.until,
            secrets: c.secrets,
            person: c.person,
            why,
        };
        let mut decision = Decision::one(answered).made(no);
        self.add_papers(&mut decision, no, 0, c.papers)?;
        Ok(decision)
    }
}

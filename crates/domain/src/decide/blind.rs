//! Blind comparisons: begun once, and ended once.

use super::{Decision, Desk};
use crate::blind::{Begin, Wish};
use crate::event;
use crate::number::{Number, Series};
use crate::refusal::Refusal;

impl Desk<'_> {
    pub(super) fn blind(&self, wish: Wish) -> Result<Decision, Refusal> {
        match wish {
            Wish::Begin(c) => self.begin_blind(c),
            Wish::Done(c) => {
                self.going(c.blind)?;
                let done = event::BlindDone {
                    by: self.by(),
                    blind: c.blind,
                    theirs: c.theirs,
                    found: c.found,
                    messages: c.messages,
                    report: c.report,
                };
                Ok(Decision { number: Some(c.blind), ..Decision::one(done) })
            }
            Wish::Failed { blind, fault, message } => {
                self.going(blind)?;
                let failed = event::BlindFailed { by: self.by(), blind, fault, message };
                Ok(Decision { number: Some(blind), ..Decision::one(failed) })
            }
        }
    }

    /// One that has not ended: a failed message may be followed by a good one.
    fn going(&self, blind: Number) -> Result<(), Refusal> {
        match self.thing_of(blind, Series::Blind)?.ended {
            true => Err(Refusal::Ended(blind)),
            false => Ok(()),
        }
    }

    fn begin_blind(&self, c: Begin) -> Result<Decision, Refusal> {
        self.is_next(c.no, Series::Blind)?;
        for secret in &c.secrets {
            self.secret(*secret)?;
        }
        if let Some(partner) = c.partner {
            self.thing_of(partner, Series::Partner)?;
        }
        let begun = event::BlindBegun {
            by: self.by(),
            no: c.no,
            side: c.side,
            secrets: c.secrets,
            partner: c.partner,
            own: c.own,
            theirs: c.theirs,
            guaranteed: c.guaranteed,
            messages: c.messages,
            program: c.program,
        };
        Ok(Decision::one(begun).made(c.no))
    }
}

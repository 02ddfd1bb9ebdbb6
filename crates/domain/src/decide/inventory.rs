//! Inventories: what was found, and what became of each proposal.

use super::{Decision, Desk, Draft, maybe_text};
use crate::event;
use crate::inventory::{Decide, Record, Wish};
use crate::number::Series;
use crate::refusal::Refusal;
use crate::terms::Judgement;

impl Desk<'_> {
    pub(super) fn inventory(&self, wish: Wish) -> Result<Decision, Refusal> {
        match wish {
            Wish::Record(c) => self.record_inventory(*c),
            Wish::Decide(c) => self.decide_proposal(c),
        }
    }

    fn record_inventory(&self, c: Record) -> Result<Decision, Refusal> {
        self.is_next(c.no, Series::Inventory)?;
        for secret in &c.secrets {
            self.secret(*secret)?;
        }
        let done = event::InventoryDone {
            by: self.by(),
            no: c.no,
            what: maybe_text("field-inventory-what", c.what)?,
            partial: c.partial,
            files: c.files,
            bytes: c.bytes,
            faults: c.faults,
            proposals: c.proposals,
            adjustments: c.adjustments,
            secrets: c.secrets,
            rules: c.rules,
            manifest: c.manifest,
            program: c.program,
            report: c.report,
        };
        let drafts = vec![Draft { event: done.into(), envelopes: vec![("paths", c.paths)] }];
        Ok(Decision { drafts, keys: vec![(c.no, c.key)], number: Some(c.no) })
    }

    /// What was accepted stays: the secret point lives in the register from then on. Anything else
    /// may be looked at again.
    fn decide_proposal(&self, c: Decide) -> Result<Decision, Refusal> {
        let head = self.facts.inventories.get(&c.inventory);
        let head = head.ok_or(Refusal::Unknown(c.inventory))?;
        if c.proposal == 0 || c.proposal > head.proposals {
            return Err(Refusal::NoProposal(c.inventory, c.proposal));
        }
        if head.answer == Some(Judgement::Accepted) {
            return Err(Refusal::ProposalAccepted(c.inventory, c.proposal));
        }
        let (secret, reason) = match c.answer {
            Judgement::Accepted => {
                let secret = c.secret.ok_or(Refusal::Blank("field-secret"))?;
                self.secret(secret)?;
                (Some(secret), None)
            }
            Judgement::Aside => (None, None),
            Judgement::NotSecret => (None, Some(c.reason.ok_or(Refusal::Blank("field-reason"))?)),
        };
        let decided = event::InventoryDecided {
            by: self.by(),
            inventory: c.inventory,
            proposal: c.proposal,
            answer: c.answer,
            secret,
            reason,
        };
        let envelopes = c.why.map(|why| ("why", why)).into_iter().collect();
        let drafts = vec![Draft { event: decided.into(), envelopes }];
        Ok(Decision { drafts, keys: vec![], number: Some(c.inventory) })
    }
}

#[cfg(test)]
mod tests {
    use crate::command::Command;
    use crate::decide::decide;
    use crate::facts::Facts;
    use crate::inventory::{Decide, Head, Wish};
    use crate::moment::{Day, Moment};
    use crate::number::{Number, Series};
    use crate::refusal::Refusal;
    use crate::terms::{Judgement, NoSecret, Role};

    #[test]
    fn a_proposal_is_decided_with_a_reason_and_accepted_once() {
        let today = Day::parse("2026-05-01").expect("is a day");
        let no = Number { series: Series::Inventory, count: 1 };
        let outcome = |before: Option<Judgement>, proposal, answer, reason| {
            let mut facts = Facts::at(Moment(1_777_000_000_000), today, None);
            facts.role = Some(Role::Enterprise);
            facts.inventories.insert(no, Head { proposals: 3, answer: before });
            let wish = Decide { inventory: no, proposal, answer, secret: None, reason, why: None };
            let command = Command::Inventory(Box::new(Wish::Decide(wish)));
            decide(&facts, "owner", command).map(|decision| decision.drafts[0].event.tag())
        };
        use Judgement::{Accepted, Aside, NotSecret};
        let public = Some(NoSecret::Public);
        let done = Ok("inventory.decided");
        assert_eq!(outcome(None, 1, Aside, None), done);
        assert_eq!(outcome(Some(Aside), 3, NotSecret, public), done);
        assert_eq!(outcome(Some(NotSecret), 3, Aside, None), done);
        for proposal in [0, 4] {
            let refused = Err(Refusal::NoProposal(no, proposal));
            assert_eq!(outcome(None, proposal, Aside, None), refused);
        }
        let blank = |field| Err(Refusal::Blank(field));
        assert_eq!(outcome(None, 1, NotSecret, None), blank("field-reason"));
        assert_eq!(outcome(None, 1, Accepted, None), blank("field-secret"));
        let accepted = Err(Refusal::ProposalAccepted(no, 2));
        assert_eq!(outcome(Some(Accepted), 2, Aside, None), accepted);
    }
}

//! Comparisons: what they came to, and what a named person concludes of them.

use super::{Decision, Desk, Draft, maybe_text, title};
use crate::command::{ConcludeComparison, RecordComparison};
use crate::event;
use crate::number::Series;
use crate::refusal::Refusal;

impl Desk<'_> {
    pub(super) fn record_comparison(&self, c: RecordComparison) -> Result<Decision, Refusal> {
        self.is_next(c.no, Series::Comparison)?;
        for secret in &c.secrets {
            self.secret(*secret)?;
        }
        let [left, right] = c.sides;
        let made = event::ComparisonMade {
            by: self.by(),
            no: c.no,
            what: title("field-compared", c.what)?,
            source: maybe_text("field-source", c.source)?,
            secrets: c.secrets,
            files: c.files,
            faults: c.faults,
            filters: c.filters,
            left,
            right,
            figures: c.figures,
            program: c.program,
            report: c.report,
        };
        Ok(Decision::one(made).made(c.no))
    }

    /// The program says what is the same; whether that is sameness in law, a person says. A second
    /// opinion, also of the same person, stands beside the first.
    pub(super) fn conclude_comparison(&self, c: ConcludeComparison) -> Result<Decision, Refusal> {
        let secrets =
            self.facts.comparisons.get(&c.comparison).ok_or(Refusal::Unknown(c.comparison))?;
        self.secret(c.secret)?;
        if !secrets.contains(&c.secret) {
            return Err(Refusal::NotCompared(c.secret, c.comparison));
        }
        self.thing_of(c.person, Series::Person)?;
        let concluded = event::ComparisonConcluded {
            by: self.by(),
            comparison: c.comparison,
            secret: c.secret,
            person: c.person,
            sameness: c.sameness,
        };
        let mut envelopes = vec![("why", c.why)];
        envelopes.extend(c.differences.map(|sealed| ("differences", sealed)));
        envelopes.extend(c.effects.map(|sealed| ("effects", sealed)));
        let drafts = vec![Draft { event: concluded.into(), envelopes }];
        Ok(Decision { drafts, keys: vec![], number: Some(c.comparison) })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::command::{Command, ConcludeComparison, Envelope};
    use crate::decide::decide;
    use crate::facts::{Facts, SecretHead, ThingHead};
    use crate::moment::{Day, Moment};
    use crate::number::Number;
    use crate::refusal::Refusal;
    use crate::terms::{Role, Sameness};

    fn no(text: &str) -> Number {
        Number::parse(text).expect("is a number")
    }

    fn head() -> SecretHead {
        SecretHead {
            level: crate::terms::Level::Core,
            declassified: false,
            merged: None,
            edition: 1,
            statements: BTreeMap::new(),
            last_statement: 1,
            carriers: vec![],
            last_carrier: 0,
        }
    }

    #[test]
    fn only_a_known_person_concludes_and_only_of_what_was_compared() {
        let today = Day::parse("2026-05-01").expect("is a day");
        let mut facts = Facts::at(Moment(1_777_000_000_000), today, None);
        facts.role = Some(Role::Enterprise);
        for secret in ["MD-0001", "MD-0002"] {
            facts.secrets.insert(no(secret), head());
        }
        facts.things.insert(no("RY-0001"), ThingHead::default());
        facts.comparisons.insert(no("BD-0001"), vec![no("MD-0001")]);
        let conclude = |comparison: &str, secret: &str, person: &str| {
            let wish = ConcludeComparison {
                comparison: no(comparison),
                secret: no(secret),
                person: no(person),
                sameness: Sameness::Substantial,
                differences: None,
                effects: None,
                why: Envelope { key_id: "k".into(), digest: [0; 32], sealed: vec![] },
            };
            let decision = decide(&facts, "owner", Command::ConcludeComparison(Box::new(wish)));
            decision.map(|decision| decision.drafts[0].event.tag())
        };
        assert_eq!(conclude("BD-0001", "MD-0001", "RY-0001"), Ok("comparison.concluded"));
        let other = Refusal::NotCompared(no("MD-0002"), no("BD-0001"));
        assert_eq!(conclude("BD-0001", "MD-0002", "RY-0001"), Err(other));
        let person = Err(Refusal::Unknown(no("RY-0002")));
        assert_eq!(conclude("BD-0001", "MD-0001", "RY-0002"), person);
        let absent = Err(Refusal::Unknown(no("BD-0002")));
        assert_eq!(conclude("BD-0002", "MD-0001", "RY-0001"), absent);
    }
}

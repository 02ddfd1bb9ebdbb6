//! Merging and splitting: nothing that stands is lost on the way, and both know of it.

use super::{Decision, Desk, Draft, has_carriers, has_statements, text};
use crate::event;
use crate::lineage::{Merge, Split, Wish};
use crate::refusal::Refusal;

/// Which part became which.
fn pairs(old: &[u32], first: u32) -> Vec<String> {
    old.iter().zip(first..).map(|(old, new)| format!("{old}>{new}")).collect()
}

impl Desk<'_> {
    pub(super) fn lineage(&self, wish: Wish) -> Result<Decision, Refusal> {
        match wish {
            Wish::Merge(c) => self.merge_secret(c),
            Wish::Split(c) => self.split_secret(*c),
        }
    }

    fn merge_secret(&self, c: Merge) -> Result<Decision, Refusal> {
        let (from, to) = (self.open_secret(c.secret)?, self.open_secret(c.into)?);
        if c.secret == c.into {
            return Err(Refusal::MergedIntoItself(c.secret));
        }
        let parts: Vec<u32> = c.statements.iter().map(|(part, _)| *part).collect();
        let files: Vec<u32> = c.carriers.iter().map(|(part, _)| *part).collect();
        // Somebody may have changed it since it was read.
        let mut standing = from.carriers.clone();
        standing.sort_unstable();
        if !from.statements.keys().eq(&parts) || standing != files {
            return Err(Refusal::ChangedMeanwhile(c.secret));
        }
        let merged = event::SecretMerged {
            by: self.by(),
            secret: c.secret,
            into: c.into,
            statements: pairs(&parts, to.last_statement + 1),
            carriers: pairs(&files, to.last_carrier + 1),
            why: text("field-why", c.why)?,
        };
        let mut drafts = Vec::new();
        for ((_, envelope), at) in c.statements.into_iter().zip(to.last_statement + 1..) {
            drafts.push(self.stated(c.into, at, 1, envelope));
        }
        for ((_, stored), at) in c.carriers.into_iter().zip(to.last_carrier + 1..) {
            drafts.push(self.carrier(c.into, at, stored));
        }
        drafts.push(Draft::plain(merged));
        Ok(Decision { drafts, keys: Vec::new(), number: Some(c.into) })
    }

    fn split_secret(&self, c: Split) -> Result<Decision, Refusal> {
        let head = self.open_secret(c.secret)?;
        if c.statements.is_empty() {
            return Err(Refusal::Blank("field-split-statements"));
        }
        has_statements(c.secret, head, Some(&c.statements))?;
        has_carriers(c.secret, head, &c.carriers)?;
        // Without a statement nothing would be protected any more: then it is no split.
        if head.statements.keys().all(|part| c.statements.contains(part)) {
            return Err(Refusal::NothingLeft(c.secret));
        }
        let why = text("field-why", c.why)?;
        let mut decision = self.register_secret(c.register)?;
        let into = decision.number.ok_or(Refusal::Unknown(c.secret))?;
        let secret = c.secret;
        for &no in &c.statements {
            let (by, why) = (self.by(), why.clone());
            decision.drafts.push(Draft::plain(event::SecretUnstated { by, secret, no, why }));
        }
        for &no in &c.carriers {
            let (by, why) = (self.by(), why.clone());
            decision.drafts.push(Draft::plain(event::CarrierRetired { by, secret, no, why }));
        }
        let (statements, carriers) = (pairs(&c.statements, 1), pairs(&c.carriers, 1));
        let by = self.by();
        let split = event::SecretSplit { by, secret, into, statements, carriers, why };
        decision.drafts.push(Draft::plain(split));
        Ok(decision)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::command::{Command, Envelope, NewKey, RegisterSecret, Remarks};
    use crate::decide::decide;
    use crate::event::Event;
    use crate::facts::{Facts, SecretHead};
    use crate::moment::{Day, Moment};
    use crate::number::{Number, Series};
    use crate::terms::{Class, Level, Role};

    fn no(text: &str) -> Number {
        Number::parse(text).expect("a number")
    }

    fn envelope() -> Envelope {
        Envelope { key_id: "k".into(), digest: [0; 32], sealed: vec![1] }
    }

    /// MD-0001 has statements 1 and 3; MD-0002 has 2, with 4 the last ever; MD-0003 was merged.
    fn decided(wish: Wish) -> Result<Decision, Refusal> {
        let today = Day::parse("2026-11-28").expect("a day");
        let mut facts = Facts::at(Moment(1_795_800_000_000), today, None);
        facts.role = Some(Role::Enterprise);
        facts.last.insert(Series::Secret, 3);
        for (secret, parts, last, merged) in [
            ("MD-0001", vec![1, 3], 3, None),
            ("MD-0002", vec![2], 4, None),
            ("MD-0003", vec![1], 1, Some(no("MD-0001"))),
        ] {
            let head = SecretHead {
                level: Level::Core,
                declassified: merged.is_some(),
                merged,
                edition: 1,
                statements: parts.into_iter().map(|part| (part, 1)).collect::<BTreeMap<_, _>>(),
                last_statement: last,
                carriers: Vec::new(),
                last_carrier: 0,
            };
            facts.secrets.insert(no(secret), head);
        }
        decide(&facts, "owner", Command::Lineage(Box::new(wish)))
    }

    fn merge(secret: &str, into: &str, parts: &[u32]) -> Result<Decision, Refusal> {
        decided(Wish::Merge(Merge {
            secret: no(secret),
            into: no(into),
            statements: parts.iter().map(|part| (*part, envelope())).collect(),
            carriers: Vec::new(),
            why: "同一件事".into(),
        }))
    }

    fn split(secret: &str, statements: &[u32]) -> Result<Decision, Refusal> {
        decided(Wish::Split(Box::new(Split {
            secret: no(secret),
            statements: statements.to_vec(),
            carriers: Vec::new(),
            register: RegisterSecret {
                key: NewKey { key_id: "k".into(), sort: "secret", wrapped: vec![] },
                title: "一部分".into(),
                class: Class::Technical,
                form: None,
                level: Level::Core,
                owner: None,
                department: None,
                review: None,
                happened: None,
                remarks: Remarks::default(),
                statements: statements.iter().map(|_| envelope()).collect(),
                carriers: Vec::new(),
            },
            why: "各自独立".into(),
        })))
    }

    #[test]
    fn all_that_stands_moves_and_is_told_where_it_went() {
        let decision = merge("MD-0001", "MD-0002", &[1, 3]).expect("decided");
        let Some(Event::SecretMerged(event)) = decision.drafts.last().map(|one| &one.event) else {
            panic!("merged last of all");
        };
        assert_eq!(event.statements, ["1>5", "3>6"]);
        for (secret, into, parts, want) in [
            ("MD-0001", "MD-0001", vec![1, 3], Refusal::MergedIntoItself(no("MD-0001"))),
            ("MD-0001", "MD-0002", vec![1], Refusal::ChangedMeanwhile(no("MD-0001"))),
            ("MD-0001", "MD-0003", vec![1, 3], Refusal::Merged(no("MD-0003"), no("MD-0001"))),
            ("MD-0003", "MD-0001", vec![1], Refusal::Merged(no("MD-0003"), no("MD-0001"))),
            ("MD-0001", "MD-0009", vec![1, 3], Refusal::Unknown(no("MD-0009"))),
        ] {
            assert_eq!(merge(secret, into, &parts), Err(want), "{secret} {into}");
        }
    }

    #[test]
    fn something_is_left_after_a_split() {
        let decision = split("MD-0001", &[3]).expect("decided");
        assert_eq!(decision.number, Some(no("MD-0004")));
        let tags: Vec<_> = decision.drafts.iter().map(|draft| draft.event.tag()).collect();
        let want = ["secret.registered", "secret.stated", "secret.unstated", "secret.split"];
        assert_eq!(tags, want);
        for (secret, parts, want) in [
            ("MD-0001", vec![], Refusal::Blank("field-split-statements")),
            ("MD-0001", vec![2], Refusal::NoStatement(no("MD-0001"), 2)),
            ("MD-0001", vec![1, 3], Refusal::NothingLeft(no("MD-0001"))),
            ("MD-0002", vec![2], Refusal::NothingLeft(no("MD-0002"))),
            ("MD-0003", vec![1], Refusal::Merged(no("MD-0003"), no("MD-0001"))),
        ] {
            assert_eq!(split(secret, &parts), Err(want), "{secret} {parts:?}");
        }
    }
}

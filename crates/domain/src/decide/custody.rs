//! Holds, erasure, destruction: a hold refuses, and what is still in use is ended first.

use super::{Decision, Desk, Draft, text};
use crate::custody::{Custody, HELD_MAX, Wish};
use crate::event;
use crate::number::{Number, Series};
use crate::refusal::Refusal;
use crate::terms::ErasureGround;

impl Desk<'_> {
    pub(super) fn custody(&self, wish: Wish) -> Result<Decision, Refusal> {
        match wish {
            Wish::SetHold { things, ground, why } => self.set_hold(things, ground, why),
            Wish::LiftHold { thing, hold, why } => {
                let ground = self.kept(thing)?.holds.get(&hold);
                let ground = *ground.ok_or(Refusal::NoHold(thing, hold))?;
                let (by, why) = (self.by(), text("field-why", why)?);
                Ok(Decision::one(event::HoldLifted { by, thing, hold, ground, why }).made(thing))
            }
            Wish::ErasePerson { person, ground, approved, why } => {
                self.erase_person(person, ground, approved, why)
            }
            Wish::DestroySecret { secret, approved, why } => {
                self.destroy_secret(secret, approved, why)
            }
        }
    }

    fn set_hold(
        &self,
        mut things: Vec<Number>,
        ground: Option<Number>,
        why: String,
    ) -> Result<Decision, Refusal> {
        things.sort_unstable();
        things.dedup();
        if things.is_empty() {
            return Err(Refusal::Blank("field-held"));
        }
        if things.len() > HELD_MAX {
            return Err(Refusal::TooMany("field-held", HELD_MAX));
        }
        if let Some(ground) = ground {
            if !matches!(ground.series, Series::Incident | Series::Case) {
                return Err(Refusal::WrongSeries(ground, Series::Incident));
            }
            self.thing(ground)?;
        }
        let why = text("field-why", why)?;
        let mut drafts = Vec::with_capacity(things.len());
        for &thing in &things {
            match thing.series {
                Series::Person => drop(self.thing(thing)?),
                _ => drop(self.secret(thing)?),
            }
            let kept = self.kept(thing)?;
            if kept.erased {
                return Err(Refusal::Erased(thing));
            }
            let (by, why, no) = (self.by(), why.clone(), kept.last_hold + 1);
            drafts.push(Draft::plain(event::HoldSet { by, thing, no, ground, why }));
        }
        Ok(Decision { drafts, keys: Vec::new(), number: things.first().copied() })
    }

    fn erase_person(
        &self,
        person: Number,
        ground: ErasureGround,
        approved: Option<Number>,
        why: String,
    ) -> Result<Decision, Refusal> {
        self.thing_of(person, Series::Person)?;
        let kept = self.may_go(person)?;
        if let Some(&secret) = kept.cleared.first() {
            return Err(Refusal::StillCleared(person, secret));
        }
        if let Some(&account) = kept.accounts.first() {
            return Err(Refusal::AccountStands(person, account));
        }
        if let Some(approved) = approved {
            self.approver(approved, person)?;
        }
        let erased = event::PersonErased {
            by: self.by(),
            person,
            ground,
            approved,
            items: kept.items,
            files: kept.files,
            why: text("field-why", why)?,
        };
        Ok(Decision::one(erased).made(person))
    }

    fn destroy_secret(
        &self,
        secret: Number,
        approved: Number,
        why: String,
    ) -> Result<Decision, Refusal> {
        let declassified = self.secret(secret)?.declassified;
        let kept = self.may_go(secret)?;
        if !declassified {
            return Err(Refusal::NotDeclassified(secret));
        }
        self.approver(approved, secret)?;
        let destroyed = event::SecretDestroyed {
            by: self.by(),
            secret,
            approved,
            items: kept.items,
            files: kept.files,
            why: text("field-why", why)?,
        };
        Ok(Decision::one(destroyed).made(secret))
    }

    fn kept(&self, thing: Number) -> Result<&Custody, Refusal> {
        self.facts.custody.get(&thing).ok_or(Refusal::Unknown(thing))
    }

    /// How a thing is kept that may be destroyed: once, and not while a hold stands.
    fn may_go(&self, thing: Number) -> Result<&Custody, Refusal> {
        let kept = self.kept(thing)?;
        match kept.holds.keys().next() {
            _ if kept.erased => Err(Refusal::Erased(thing)),
            Some(&hold) => Err(Refusal::OnHold(thing, hold)),
            None => Ok(kept),
        }
    }

    /// Somebody approves what is destroyed of others, not of oneself.
    fn approver(&self, approved: Number, of: Number) -> Result<(), Refusal> {
        self.living(approved)?;
        if approved == of { Err(Refusal::ApprovesOneself(of)) } else { Ok(()) }
    }

    /// A person whose data was not erased.
    pub(super) fn living(&self, person: Number) -> Result<(), Refusal> {
        let head = self.thing_of(person, Series::Person)?;
        if head.erased { Err(Refusal::Erased(person)) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::command::Command;
    use crate::decide::decide;
    use crate::facts::{Facts, SecretHead, ThingHead};
    use crate::moment::{Day, Moment};
    use crate::terms::{Level, Role};

    fn no(text: &str) -> Number {
        Number::parse(text).expect("a number")
    }

    /// RY-0001 is cleared for nothing, RY-0002 for MD-0001, RY-0003 has an account, RY-0004 is on
    /// hold, RY-0005 was erased; MD-0001 stands, MD-0002 was declassified, MD-0003 is on hold too.
    fn facts() -> Facts {
        let today = Day::parse("2026-11-28").expect("a day");
        let mut facts = Facts::at(Moment(1_795_800_000_000), today, None);
        facts.role = Some(Role::Enterprise);
        let kept = Custody { items: 3, files: 1, ..Custody::default() };
        let held = Custody { holds: BTreeMap::from([(2, None)]), last_hold: 2, ..kept.clone() };
        for (person, custody) in [
            ("RY-0001", kept.clone()),
            ("RY-0002", Custody { cleared: vec![no("MD-0001")], ..kept.clone() }),
            ("RY-0003", Custody { accounts: vec![no("ZH-0001")], ..kept.clone() }),
            ("RY-0004", held.clone()),
            ("RY-0005", Custody { erased: true, ..kept.clone() }),
        ] {
            let erased = custody.erased;
            facts.things.insert(no(person), ThingHead { erased, ..ThingHead::default() });
            facts.custody.insert(no(person), custody);
        }
        for (secret, declassified, custody) in
            [("MD-0001", false, kept.clone()), ("MD-0002", true, kept), ("MD-0003", true, held)]
        {
            let head = SecretHead {
                level: Level::Core,
                declassified,
                edition: 1,
                statements: BTreeMap::new(),
                last_statement: 0,
                carriers: Vec::new(),
                last_carrier: 0,
            };
            facts.secrets.insert(no(secret), head);
            facts.custody.insert(no(secret), custody);
        }
        facts.things.insert(no("SJ-0001"), ThingHead::default());
        facts
    }

    fn decided(wish: Wish) -> Result<Vec<&'static str>, Refusal> {
        let decision = decide(&facts(), "owner", Command::Custody(Box::new(wish)))?;
        Ok(decision.drafts.iter().map(|draft| draft.event.tag()).collect())
    }

    fn erase(person: &str, approved: Option<&str>) -> Result<Vec<&'static str>, Refusal> {
        let (person, approved, why) = (no(person), approved.map(no), "本人请求".to_owned());
        decided(Wish::ErasePerson { person, ground: ErasureGround::Consent, approved, why })
    }

    fn destroy(secret: &str, approved: &str) -> Result<Vec<&'static str>, Refusal> {
        let (secret, approved, why) = (no(secret), no(approved), "不再需要".to_owned());
        decided(Wish::DestroySecret { secret, approved, why })
    }

    #[test]
    fn what_is_in_use_or_on_hold_stays() {
        assert_eq!(erase("RY-0001", None), Ok(vec!["person.erased"]));
        assert_eq!(erase("RY-0001", Some("RY-0002")), Ok(vec!["person.erased"]));
        for (person, approved, want) in [
            ("RY-0001", Some("RY-0001"), Refusal::ApprovesOneself(no("RY-0001"))),
            ("RY-0001", Some("RY-0005"), Refusal::Erased(no("RY-0005"))),
            ("RY-0002", None, Refusal::StillCleared(no("RY-0002"), no("MD-0001"))),
            ("RY-0003", None, Refusal::AccountStands(no("RY-0003"), no("ZH-0001"))),
            ("RY-0004", None, Refusal::OnHold(no("RY-0004"), 2)),
            ("RY-0005", None, Refusal::Erased(no("RY-0005"))),
            ("RY-0009", None, Refusal::Unknown(no("RY-0009"))),
        ] {
            assert_eq!(erase(person, approved), Err(want), "{person}");
        }
        assert_eq!(destroy("MD-0002", "RY-0001"), Ok(vec!["secret.destroyed"]));
        for (secret, approved, want) in [
            ("MD-0001", "RY-0001", Refusal::NotDeclassified(no("MD-0001"))),
            ("MD-0002", "RY-0005", Refusal::Erased(no("RY-0005"))),
            ("MD-0003", "RY-0001", Refusal::OnHold(no("MD-0003"), 2)),
        ] {
            assert_eq!(destroy(secret, approved), Err(want), "{secret}");
        }
    }

    #[test]
    fn a_hold_names_its_cause_and_is_lifted_by_its_number() {
        let set = |things: &[&str], ground: Option<&str>| {
            let things = things.iter().map(|text| no(text)).collect();
            decided(Wish::SetHold { things, ground: ground.map(no), why: "诉讼".into() })
        };
        let both = set(&["MD-0001", "RY-0004", "MD-0001"], Some("SJ-0001"));
        assert_eq!(both, Ok(vec!["hold.set", "hold.set"]));
        assert_eq!(set(&[], None), Err(Refusal::Blank("field-held")));
        assert_eq!(set(&["RY-0005"], None), Err(Refusal::Erased(no("RY-0005"))));
        assert_eq!(set(&["RY-0001"], Some("SJ-0002")), Err(Refusal::Unknown(no("SJ-0002"))));
        let wrong = Refusal::WrongSeries(no("MD-0002"), Series::Incident);
        assert_eq!(set(&["RY-0001"], Some("MD-0002")), Err(wrong));
        let lift =
            |hold| decided(Wish::LiftHold { thing: no("RY-0004"), hold, why: "结案".into() });
        assert_eq!(lift(2), Ok(vec!["hold.lifted"]));
        assert_eq!(lift(1), Err(Refusal::NoHold(no("RY-0004"), 1)));
    }
}

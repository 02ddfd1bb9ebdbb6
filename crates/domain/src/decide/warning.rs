//! Early warning: a rule is switched on by its score, a matter is raised once, an alert is closed once.

use std::collections::BTreeSet;

use super::{Decision, Desk, Draft, maybe_text, text, title};
use crate::event;
use crate::facts::{DeskHead, RuleHead, WarningHead};
use crate::number::{Number, Series};
use crate::refusal::Refusal;
use crate::warning::{Raise, Scored, Wish};

impl Desk<'_> {
    pub(super) fn warning(&self, wish: Wish) -> Result<Decision, Refusal> {
        match wish {
            Wish::Score(all) => {
                let drafts = all.into_iter().map(|scored| self.score_rule(scored)).collect();
                Ok(Decision { drafts, keys: Vec::new(), number: None })
            }
            Wish::Switch { rule, on, version, why } => self.switch_rule(rule, on, version, why),
            Wish::Raise(all) => self.raise(all),
            Wish::Assign { warning, unit, due } => {
                self.open_warning(warning)?;
                let unit = title("field-unit", unit)?;
                if due < self.facts.today {
                    return Err(Refusal::DueIsPast);
                }
                Ok(Decision::one(event::WarningAssigned { by: self.by(), warning, unit, due })
                    .made(warning))
            }
            Wish::Close { warning, useful, happened, why } => {
                self.open_warning(warning)?;
                self.not_in_future("field-happened", Some(happened))?;
                let why = text("field-why", why)?;
                let by = self.by();
                Ok(Decision::one(event::WarningClosed { by, warning, useful, happened, why })
                    .made(warning))
            }
        }
    }

    fn open_warning(&self, no: Number) -> Result<&WarningHead, Refusal> {
        if no.series != Series::Warning {
            return Err(Refusal::WrongSeries(no, Series::Warning));
        }
        match self.facts.desk.get(&no) {
            Some(DeskHead::Warning(head)) if head.closed => Err(Refusal::Ended(no)),
            Some(DeskHead::Warning(head)) => Ok(head),
            _ => Err(Refusal::Unknown(no)),
        }
    }

    fn rule(&self, rule: &str) -> RuleHead {
        self.facts.rules.get(rule).cloned().unwrap_or_default()
    }

    fn score_rule(&self, c: Scored) -> Draft {
        Draft::plain(event::RuleScored {
            by: self.by(),
            rule: c.rule,
            version: c.version,
            twin: c.twin,
            seed: c.seed,
            companies: c.companies,
            alerts: c.alerts,
            named: c.named,
            hits: c.hits,
            harms: c.harms,
            foreseen: c.foreseen,
            lead: c.lead,
            load: c.load,
            random: c.random,
            recent: c.recent,
            score: c.score,
        })
    }

    /// Nobody is warned by a rule of which nobody knows how often it is wrong.
    fn switch_rule(
        &self,
        rule: String,
        on: bool,
        version: String,
        why: Option<String>,
    ) -> Result<Decision, Refusal> {
        let head = self.rule(&rule);
        let is_on = head.on.as_deref() == Some(&*version);
        if is_on == on && (on || head.on.is_none()) {
            return Err(Refusal::SwitchedAlready(rule));
        }
        let score = match (on, head.scored) {
            (false, scored) => scored.map(|(_, score)| score).unwrap_or_default(),
            (true, Some((scored, score))) if scored == version => score,
            (true, _) => return Err(Refusal::NotScored(rule)),
        };
        let why = maybe_text("field-why", why)?;
        let by = self.by();
        Ok(Decision::one(event::RuleSwitched { by, rule, on, version, score, why }))
    }

    fn raise(&self, all: Vec<Raise>) -> Result<Decision, Refusal> {
        let mut count = self.facts.last.get(&Series::Warning).copied().unwrap_or(0);
        let mut drafts = Vec::new();
        let mut raised = BTreeSet::new();
        for raise in all {
            if self.rule(&raise.rule).on.as_deref() != Some(&*raise.version) {
                return Err(Refusal::RuleIsOff(raise.rule));
            }
            for company in &raise.companies {
                self.company(*company)?;
            }
            let matter = (raise.rule.clone(), raise.matter.clone());
            // What is open already is not raised again: somebody else was quicker.
            if self.facts.matters.contains(&matter) || !raised.insert(matter) {
                continue;
            }
            count += 1;
            drafts.push(Draft::plain(event::WarningRaised {
                by: self.by(),
                no: Number { series: Series::Warning, count },
                rule: raise.rule,
                edition: raise.edition,
                version: raise.version,
                matter: raise.matter,
                figures: raise.figures,
                counted: raise.counted,
                companies: raise.companies,
                due: raise.due,
            }));
        }
        if drafts.is_empty() {
            return Err(Refusal::NothingToRaise);
        }
        Ok(Decision { drafts, keys: Vec::new(), number: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Command;
    use crate::decide::decide;
    use crate::facts::{CompanyHead, Facts};
    use crate::moment::{Day, Moment};
    use crate::terms::CompanyKind;

    const VERSION: &str = "v1";

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    fn facts(rule: RuleHead) -> Facts {
        let mut facts = Facts::at(Moment(0), day("2026-11-24"), None);
        facts.rules.insert("surge".into(), rule);
        let no = Number { series: Series::Company, count: 1 };
        let kind = CompanyKind::Company;
        let head = CompanyHead { edition: 1, kind, code: None, merged_into: None };
        facts.companies.insert(no, head);
        facts
    }

    fn scored(version: &str) -> RuleHead {
        RuleHead { scored: Some((version.into(), "digest".into())), on: None }
    }

    fn switch(on: bool) -> Command {
        let (rule, version) = ("surge".into(), VERSION.into());
        Command::Warning(Wish::Switch { rule, on, version, why: None })
    }

    fn raise(matters: &[&str]) -> Command {
        let one = |matter: &&str| Raise {
            rule: "surge".into(),
            edition: 1,
            version: VERSION.into(),
            matter: (*matter).into(),
            figures: vec!["3".into()],
            counted: Vec::new(),
            companies: vec![Number { series: Series::Company, count: 1 }],
            due: day("2026-12-01"),
        };
        Command::Warning(Wish::Raise(matters.iter().map(one).collect()))
    }

    #[test]
    fn a_rule_is_switched_on_by_a_score_of_its_version_alone() {
        let not_scored = Err(Refusal::NotScored("surge".into()));
        for head in [RuleHead::default(), scored("v0")] {
            let said = decide(&facts(head), "owner", switch(true)).map(|_| ());
            assert_eq!(said, not_scored);
        }
        let decision =
            decide(&facts(scored(VERSION)), "owner", switch(true)).expect("it is scored");
        let event::Event::RuleSwitched(e) = &decision.drafts[0].event else { panic!("a switch") };
        assert!(e.on && e.score == "digest", "{e:?}");
        let on = RuleHead { on: Some(VERSION.into()), ..scored(VERSION) };
        let already = Err(Refusal::SwitchedAlready("surge".into()));
        assert_eq!(decide(&facts(on), "owner", switch(true)).map(|_| ()), already);
        assert_eq!(decide(&facts(scored(VERSION)), "owner", switch(false)).map(|_| ()), already);
        // What is on in another version can still be switched off.
        let old = RuleHead { on: Some("v0".into()), ..scored("v0") };
        assert!(decide(&facts(old), "owner", switch(false)).is_ok());
    }

    #[test]
    fn a_matter_is_raised_once_while_it_is_open_and_by_a_rule_that_is_on() {
        let on = RuleHead { on: Some(VERSION.into()), ..scored(VERSION) };
        let mut facts = facts(on);
        let decision = decide(&facts, "owner", raise(&["park:a", "park:b", "park:a"]));
        assert_eq!(decision.expect("two are new").drafts.len(), 2);
        facts.matters.insert(("surge".into(), "park:a".into()));
        let decision = decide(&facts, "owner", raise(&["park:a", "park:b"]));
        assert_eq!(decision.expect("one is new").drafts.len(), 1);
        let said = decide(&facts, "owner", raise(&["park:a"])).map(|_| ());
        assert_eq!(said, Err(Refusal::NothingToRaise));
        // The rule has changed since it was switched on.
        let rule = facts.rules.get_mut("surge").expect("it is there");
        rule.on = Some("v0".into());
        let said = decide(&facts, "owner", raise(&["park:b"])).map(|_| ());
        assert_eq!(said, Err(Refusal::RuleIsOff("surge".into())));
    }
}

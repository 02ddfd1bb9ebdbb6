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

//! Going abroad: pre-judgements, and the export check that a dossier for use abroad waits for.

use super::{Decision, Desk, text, title};
use crate::event;
use crate::number::{Number, Series};
use crate::overseas::{Assess, Export, Wish};
use crate::refusal::Refusal;
use crate::terms::Purpose;

impl Desk<'_> {
    pub(super) fn overseas(&self, wish: Wish) -> Result<Decision, Refusal> {
        match wish {
            Wish::Assess(c) => self.assess_overseas(c),
            Wish::Export(c) => self.answer_export(c),
        }
    }

    fn assess_overseas(&self, c: Assess) -> Result<Decision, Refusal> {
        let no = self.next(Series::Assessment);
        if c.markets.is_empty() {
            return Err(Refusal::Blank("field-markets"));
        }
        let assessed = event::OverseasAssessed {
            by: self.by(),
            no,
            product: title("field-product", c.product)?,
            markets: c.markets,
            answers: c.answers,
            risks: c.risks,
            guides: c.guides,
            edition: c.edition,
        };
        Ok(Decision::one(assessed).made(no))
    }

    fn answer_export(&self, c: Export) -> Result<Decision, Refusal> {
        let no = self.next(Series::Export);
        if c.secrets.is_empty() {
            return Err(Refusal::Blank("field-secrets"));
        }
        for &secret in &c.secrets {
            self.secret(secret)?;
        }
        let proofs = c.proofs.into_iter().map(|proof| text("field-proof", proof));
        let answered = event::ExportAnswered {
            by: self.by(),
            no,
            secrets: c.secrets,
            to: title("field-destination", c.to)?,
            answers: c.answers,
            proofs: proofs.collect::<Result<_, _>>()?,
            edition: c.edition,
            clear: c.clear,
        };
        Ok(Decision::one(answered).made(no))
    }

    /// A dossier for use abroad waits until the newest answers on each of its secret points are
    /// clear (数据安全法 art. 36, 个人信息保护法 art. 41).
    pub(super) fn may_leave(&self, purpose: Purpose, secrets: &[Number]) -> Result<(), Refusal> {
        if purpose != Purpose::Abroad {
            return Ok(());
        }
        let stops = secrets.iter().find(|&&no| self.facts.exports.get(&no) != Some(&true));
        stops.map_or(Ok(()), |&no| Err(Refusal::ExportOpen(no)))
    }
}

#[cfg(test)]
mod tests {
    use crate::command::Command;
    use crate::decide::decide;
    use crate::facts::{Facts, SecretHead};
    use crate::moment::{Day, Moment};
    use crate::number::{Number, Series};
    use crate::overseas::{Assess, Export, Wish};
    use crate::refusal::Refusal;
    use crate::terms::{Level, Purpose, Role};

    fn secret(count: u32) -> Number {
        Number { series: Series::Secret, count }
    }

    fn stated() -> SecretHead {
        SecretHead {
            level: Level::General,
            declassified: false,
            edition: 1,
            last_statement: 1,
            statements: [(1, 1)].into(),
            last_carrier: 0,
            carriers: Vec::new(),
            merged: None,
        }
    }

    fn facts() -> Facts {
        let today = Day::parse("2026-11-28").expect("is a day");
        let mut facts = Facts::at(Moment(1_795_800_000_000), today, None);
        facts.role = Some(Role::Enterprise);
        for count in 1..=2 {
            facts.secrets.insert(secret(count), stated());
        }
        facts
    }

    fn build(facts: &Facts, purpose: Purpose, secrets: &[u32]) -> Result<(), Refusal> {
        let command = Command::BuildDossier {
            no: Number { series: Series::Dossier, count: 1 },
            purpose,
            secrets: secrets.iter().map(|count| secret(*count)).collect(),
            manifest: "m".into(),
            withheld: Vec::new(),
        };
        decide(facts, "owner", command).map(drop)
    }

    /// Each purpose at home goes on without; abroad, every secret point must be clear, and a newer
    /// answer that is not closes the gate again.
    #[test]
    fn nothing_leaves_before_it_is_answered() {
        let mut facts = facts();
        for purpose in Purpose::ALL.iter().filter(|purpose| **purpose != Purpose::Abroad) {
            assert_eq!(build(&facts, *purpose, &[1]), Ok(()), "{}", purpose.word());
        }
        let shut = |count| Err(Refusal::ExportOpen(secret(count)));
        assert_eq!(build(&facts, Purpose::Abroad, &[1]), shut(1));
        facts.exports.insert(secret(1), true);
        assert_eq!(build(&facts, Purpose::Abroad, &[1]), Ok(()));
        assert_eq!(build(&facts, Purpose::Abroad, &[1, 2]), shut(2));
        facts.exports.insert(secret(2), false);
        assert_eq!(build(&facts, Purpose::Abroad, &[1, 2]), shut(2));
        facts.exports.insert(secret(2), true);
        assert_eq!(build(&facts, Purpose::Abroad, &[1, 2]), Ok(()));
    }

    #[test]
    fn answers_name_what_they_are_about() {
        let facts = facts();
        let wish = |wish| decide(&facts, "owner", Command::Overseas(Box::new(wish))).map(drop);
        let assess = |product: &str, markets: &[&str]| {
            wish(Wish::Assess(Assess {
                product: product.into(),
                markets: markets.iter().map(|one| (*one).to_owned()).collect(),
                answers: vec!["plan:sell".into()],
                risks: vec!["border".into()],
                guides: vec!["us@1".into()],
                edition: 1,
            }))
        };
        assert_eq!(assess("C-17 产线", &["us"]), Ok(()));
        assert_eq!(assess(" ", &["us"]), Err(Refusal::Blank("field-product")));
        assert_eq!(assess("C-17 产线", &[]), Err(Refusal::Blank("field-markets")));
        let export = |secrets: Vec<Number>, to: &str| {
            wish(Wish::Export(Export {
                secrets,
                to: to.into(),
                answers: vec!["personal:no".into()],
                proofs: vec![],
                edition: 1,
                clear: true,
            }))
        };
        assert_eq!(export(vec![secret(1)], "ITC, Washington"), Ok(()));
        assert_eq!(export(vec![], "ITC"), Err(Refusal::Blank("field-secrets")));
        assert_eq!(export(vec![secret(9)], "ITC"), Err(Refusal::Unknown(secret(9))));
        assert_eq!(export(vec![secret(1)], ""), Err(Refusal::Blank("field-destination")));
    }
}

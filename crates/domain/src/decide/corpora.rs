//! Public corpora, and what of secret points was found in them.

use super::{Decision, Desk, maybe_text, text, title};
use crate::corpora::{Add, Check, Wish};
use crate::event;
use crate::number::Series;
use crate::refusal::Refusal;

impl Desk<'_> {
    pub(super) fn corpora(&self, wish: Wish) -> Result<Decision, Refusal> {
        match wish {
            Wish::Add(c) => self.add_corpus(c),
            Wish::Check(c) => self.record_public_check(c),
            Wish::Remove { corpus, why } => {
                if self.thing_of(corpus, Series::Corpus)?.ended {
                    return Err(Refusal::Ended(corpus));
                }
                let why = text("field-why", why)?;
                let removed = event::CorpusRemoved { by: self.by(), corpus, why };
                Ok(Decision { number: Some(corpus), ..Decision::one(removed) })
            }
        }
    }

    fn add_corpus(&self, c: Add) -> Result<Decision, Refusal> {
        self.is_next(c.no, Series::Corpus)?;
        self.not_in_future("field-public-since", c.day)?;
        let [first, last] = c.days.map_or([None, None], |days| days.map(Some));
        let added = event::CorpusAdded {
            by: self.by(),
            no: c.no,
            name: title("field-name", c.name)?,
            sort: c.sort,
            source: maybe_text("field-source", c.source)?,
            day: c.day,
            files: c.files,
            faults: c.faults,
            documents: c.documents,
            undated: c.undated,
            first,
            last,
            bytes: c.bytes,
            fingerprints: c.fingerprints,
            guaranteed: c.guaranteed,
            manifest: c.manifest,
            digest: c.digest,
            program: c.program,
        };
        Ok(Decision::one(added).made(c.no))
    }

    fn record_public_check(&self, c: Check) -> Result<Decision, Refusal> {
        self.is_next(c.no, Series::PublicCheck)?;
        self.secret(c.secret)?;
        self.not_in_future("field-act-day", c.day)?;
        let (corpora, digests) = c.corpora.into_iter().unzip();
        let checked = event::PublicChecked {
            by: self.by(),
            no: c.no,
            secret: c.secret,
            day: c.day,
            corpora,
            digests,
            unasked: c.unasked,
            documents: c.documents,
            parts: c.parts,
            left: c.left,
            found: c.found,
            earlier: c.earlier,
            leads: c.leads,
            guaranteed: c.guaranteed,
            program: c.program,
            report: c.report,
        };
        Ok(Decision::one(checked).made(c.no))
    }
}

#[cfg(test)]
mod tests {
    use crate::command::Command;
    use crate::corpora::Wish;
    use crate::decide::decide;
    use crate::facts::{Facts, ThingHead};
    use crate::moment::{Day, Moment};
    use crate::number::Number;
    use crate::refusal::Refusal;
    use crate::terms::Role;

    #[test]
    fn a_corpus_is_taken_away_once_and_with_a_reason() {
        let today = Day::parse("2026-05-01").expect("is a day");
        let corpus = Number::parse("YL-0001").expect("is a number");
        let mut facts = Facts::at(Moment(1_777_000_000_000), today, None);
        facts.role = Some(Role::Enterprise);
        let remove = |facts: &Facts, why: &str| {
            let wish = Wish::Remove { corpus, why: why.to_owned() };
            let decision = decide(facts, "owner", Command::Corpora(Box::new(wish)));
            decision.map(|decision| decision.drafts[0].event.tag())
        };
        assert_eq!(remove(&facts, "x"), Err(Refusal::Unknown(corpus)));
        facts.things.insert(corpus, ThingHead::default());
        assert_eq!(remove(&facts, " "), Err(Refusal::Blank("field-why")));
        assert_eq!(remove(&facts, "x"), Ok("corpus.removed"));
        facts.things.insert(corpus, ThingHead { ended: true, ..ThingHead::default() });
        assert_eq!(remove(&facts, "x"), Err(Refusal::Ended(corpus)));
    }
}

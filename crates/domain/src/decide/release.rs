//! Sweeps, and what is about to leave: who may let it.

use super::{Decision, Desk, maybe_text, text, title};
use crate::command::{Answer, AskRelease, BuildIndex, RecordSweep};
use crate::event;
use crate::number::{Number, Series};
use crate::refusal::Refusal;
use crate::terms::Verdict;

impl Desk<'_> {
    pub(super) fn build_index(&self, c: BuildIndex) -> Result<Decision, Refusal> {
        Ok(Decision::one(event::IndexBuilt {
            by: self.by(),
            secrets: c.secrets,
            parts: c.parts,
            refused: c.refused,
            fingerprints: c.fingerprints,
            guaranteed: c.guaranteed,
            digest: c.digest,
        }))
    }

    pub(super) fn record_sweep(&self, c: RecordSweep) -> Result<Decision, Refusal> {
        let RecordSweep { no, looked, partial, bytes, hits } = c;
        self.is_next(no, Series::Sweep)?;
        let done = event::SweepDone {
            by: self.by(),
            no,
            what: title("field-what", looked.what)?,
            partial,
            files: looked.files,
            bytes,
            faults: looked.faults,
            hits,
            secrets: looked.secrets,
            guaranteed: looked.guaranteed,
            index: looked.index,
            manifest: looked.manifest,
            report: looked.report,
        };
        Ok(Decision::one(done).made(no))
    }

    pub(super) fn ask_release(&self, c: AskRelease) -> Result<Decision, Refusal> {
        let AskRelease { no, looked, to, verdict, approvers } = c;
        self.is_next(no, Series::Release)?;
        for person in &approvers {
            self.thing_of(*person, Series::Person)?;
        }
        let asked = event::ReleaseAsked {
            by: self.by(),
            no,
            what: title("field-what", looked.what)?,
            to: maybe_text("field-to", to)?,
            verdict,
            files: looked.files,
            faults: looked.faults,
            secrets: looked.secrets,
            approvers,
            guaranteed: looked.guaranteed,
            index: looked.index,
            manifest: looked.manifest,
            report: looked.report,
        };
        Ok(Decision::one(asked).made(no))
    }

    pub(super) fn answer_release(
        &self,
        release: Number,
        answer: Answer,
        person: Number,
        why: String,
    ) -> Result<Decision, Refusal> {
        if release.series != Series::Release {
            return Err(Refusal::WrongSeries(release, Series::Release));
        }
        let head = self.facts.releases.get(&release).ok_or(Refusal::Unknown(release))?;
        self.thing_of(person, Series::Person)?;
        let why = text("field-why", why)?;
        if head.refused || head.may_leave() {
            return Err(Refusal::Ended(release));
        }
        if !head.approvers.is_empty() && !head.approvers.contains(&person) {
            return Err(Refusal::NotAnApprover(person, release));
        }
        let by = self.by();
        match answer {
            Answer::Approve if head.verdict == Verdict::Stop => Err(Refusal::Stopped(release)),
            Answer::Approve if head.approved.contains(&person) => {
                Err(Refusal::NothingToChange(release))
            }
            Answer::Approve => {
                Ok(Decision::one(event::ReleaseApproved { by, release, person, why }))
            }
            Answer::Refuse => Ok(Decision::one(event::ReleaseRefused { by, release, person, why })),
        }
    }

    pub(super) fn is_next(&self, no: Number, series: Series) -> Result<(), Refusal> {
        if no == self.next(series) { Ok(()) } else { Err(Refusal::NumberTaken(no)) }
    }
}

#[cfg(test)]
mod tests {
    use crate::command::Looked;
    use crate::facts::{Facts, ReleaseHead, ThingHead};
    use crate::moment::{Day, Moment};
    use crate::terms::Role;
    use crate::{Command, Event, decide};

    use super::*;

    fn no(series: Series, count: u32) -> Number {
        Number { series, count }
    }

    fn facts(verdict: Verdict, approvers: &[u32], approved: &[u32]) -> Facts {
        let today = Day::parse("2026-05-01").expect("is a day");
        let mut facts = Facts::at(Moment(1_777_000_000_000), today, None);
        facts.role = Some(Role::Enterprise);
        let people = |list: &[u32]| list.iter().map(|n| no(Series::Person, *n)).collect();
        for person in 1..=3 {
            facts.things.insert(no(Series::Person, person), ThingHead::default());
        }
        let (approvers, approved) = (people(approvers), people(approved));
        let head = ReleaseHead { verdict, approvers, approved, refused: false };
        facts.releases.insert(no(Series::Release, 1), head);
        facts
    }

    fn answer(facts: &Facts, answer: Answer, person: u32) -> Result<&'static str, Refusal> {
        let (release, person) = (no(Series::Release, 1), no(Series::Person, person));
        let wish = Command::AnswerRelease { release, answer, person, why: "x".into() };
        decide(facts, "owner", wish).map(|decision| decision.drafts[0].event.tag())
    }

    #[test]
    fn only_those_named_decide_and_each_once() {
        let release = no(Series::Release, 1);
        let facts = facts(Verdict::Ask, &[1, 2], &[1]);
        assert_eq!(answer(&facts, Answer::Approve, 2), Ok("release.approved"));
        assert_eq!(answer(&facts, Answer::Refuse, 2), Ok("release.refused"));
        let stranger = Refusal::NotAnApprover(no(Series::Person, 3), release);
        assert_eq!(answer(&facts, Answer::Approve, 3), Err(stranger));
        assert_eq!(answer(&facts, Answer::Approve, 1), Err(Refusal::NothingToChange(release)));
        let unknown = Refusal::Unknown(no(Series::Person, 9));
        assert_eq!(answer(&facts, Answer::Approve, 9), Err(unknown));
    }

    #[test]
    fn a_stop_stays_a_stop_and_what_is_answered_is_answered() {
        let release = no(Series::Release, 1);
        let stopped = Err(Refusal::Stopped(release));
        assert_eq!(answer(&facts(Verdict::Stop, &[], &[]), Answer::Approve, 1), stopped);
        assert_eq!(
            answer(&facts(Verdict::Stop, &[], &[]), Answer::Refuse, 1),
            Ok("release.refused")
        );
        let ended = Err(Refusal::Ended(release));
        for facts in [facts(Verdict::Clear, &[], &[]), facts(Verdict::Ask, &[1], &[1])] {
            assert_eq!(answer(&facts, Answer::Approve, 1), ended);
        }
        assert_eq!(
            answer(&facts(Verdict::Ask, &[], &[]), Answer::Approve, 3),
            Ok("release.approved")
        );
    }

    #[test]
    fn a_number_taken_meanwhile_is_told() {
        let mut facts = facts(Verdict::Ask, &[], &[]);
        facts.last.insert(Series::Sweep, 4);
        let looked = Looked {
            what: "x".into(),
            files: 1,
            faults: 0,
            secrets: vec![],
            guaranteed: 63,
            index: String::new(),
            manifest: String::new(),
            report: String::new(),
        };
        let sweep = |count| {
            let no = no(Series::Sweep, count);
            let looked = looked.clone();
            let sweep = RecordSweep { no, looked, partial: true, bytes: 1, hits: 0 };
            decide(&facts, "owner", Command::RecordSweep(Box::new(sweep)))
        };
        assert_eq!(sweep(4), Err(Refusal::NumberTaken(no(Series::Sweep, 4))));
        let decision = sweep(5).expect("is the next");
        assert!(matches!(&decision.drafts[0].event, Event::SweepDone(done) if done.partial));
    }
}

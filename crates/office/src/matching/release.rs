//! What is about to leave: what clearance says of it, and who may let it.

use domain::command::{Answer, AskRelease, Command};
use domain::terms::{Level, Verdict};
use domain::{Number, Series};
use sha2::{Digest as _, Sha256};
use store::Receipt;

use super::sweep::{Swept, looked};
use super::{Control, Options, Protected, Report};
use crate::{Ask, Office, Trouble};

/// Share of a part of a secret point from which it is stopped, whatever the level.
const STOP_SHARE: f64 = 0.5;
/// Reasons that keep something from being read without hiding a text: there is none of ours in it.
const HARMLESS: &[&str] = &["link"];

/// What clearance came to.
pub struct Clearance {
    /// What was found.
    pub swept: Swept,
    /// What it comes to.
    pub verdict: Verdict,
    /// Whose approval it needs; none named: that of any person.
    pub approvers: Vec<Number>,
    /// What was asked before for exactly these contents, if it may leave or was refused.
    pub answered: Option<Number>,
}

/// How something that is to leave is recorded.
#[derive(Clone, Debug, Default)]
pub struct ReleaseForm {
    /// Where it is to go.
    pub to: Option<String>,
}

impl Office {
    /// Looks at what is about to leave. Writes nothing.
    ///
    /// # Errors
    /// As [`Office::sweep`].
    pub fn clear(
        &self,
        protected: &Protected,
        options: &Options,
        control: &Control,
    ) -> Result<Clearance, Trouble> {
        let mut swept = self.sweep(protected, options, control)?;
        // What was approved may leave under any name.
        swept.manifest = std::mem::take(&mut swept.contents);
        swept.report.manifest = hex::encode(Sha256::digest(&swept.manifest));
        let mut verdict = verdict(&swept.report);
        let mut approvers: Vec<Number> = swept
            .report
            .secrets
            .iter()
            .filter_map(|hit| protected.heads.get(&hit.secret)?.owner)
            .collect();
        approvers.sort_unstable();
        approvers.dedup();
        // Where one secret point has no owner, its approval is anybody's to give.
        let owned = |hit: &super::SecretHit| {
            protected.heads.get(&hit.secret).is_some_and(|head| head.owner.is_some())
        };
        if !swept.report.secrets.iter().all(owned) {
            approvers.clear();
        }
        let before = self.reader()?.releases_of(&swept.report.manifest)?;
        let mut answered = before.iter().find(|row| row.head.refused).map(|row| row.no);
        match (answered, before.iter().find(|row| row.head.may_leave())) {
            (Some(_), _) => verdict = Verdict::Stop,
            // What was approved is this content; were more found in it now, it is asked again.
            (None, Some(row)) => {
                let known = |hit: &super::SecretHit| row.secrets.contains(&hit.secret);
                if verdict == Verdict::Ask && swept.report.secrets.iter().all(known) {
                    verdict = Verdict::Clear;
                    answered = Some(row.no);
                }
            }
            (None, None) => {}
        }
        swept.report.verdict = Some(verdict);
        Ok(Clearance { swept, verdict, approvers, answered })
    }

    /// Records that something is asked to leave.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn ask_release(
        &self,
        ask: &Ask,
        clearance: &mut Clearance,
        form: &ReleaseForm,
    ) -> Result<Receipt, Trouble> {
        let (verdict, approvers) = (clearance.verdict, clearance.approvers.clone());
        self.numbered(Series::Release, &mut clearance.swept, |no, swept, report| {
            let looked = looked(swept, report);
            let (to, approvers) = (form.to.clone(), approvers.clone());
            let command = AskRelease { no, looked, to, verdict, approvers };
            self.submit(ask, Command::AskRelease(Box::new(command)))
        })
    }

    /// Lets something leave, or not.
    ///
    /// # Errors
    /// [`Trouble`]: not theirs to decide, answered already, or stopped.
    pub fn answer_release(
        &self,
        ask: &Ask,
        release: Number,
        answer: Answer,
        person: Number,
        why: String,
    ) -> Result<Receipt, Trouble> {
        self.submit(ask, Command::AnswerRelease { release, answer, person, why })
    }
}

fn verdict(report: &Report) -> Verdict {
    let grave = |hit: &super::SecretHit| hit.level == Level::Core || hit.share >= STOP_SHARE;
    if report.secrets.iter().any(grave) {
        return Verdict::Stop;
    }
    let unread = report.faults.iter().any(|fault| !HARMLESS.contains(&fault.why.as_str()));
    if report.hit_files() > 0 || unread || report.more_faults > 0 || report.partial {
        return Verdict::Ask;
    }
    Verdict::Clear
}

#[cfg(test)]
mod tests {
    use super::super::report::{FaultRow, IndexInfo, SecretHit};
    use super::*;

    fn report(hits: &[(Level, f64)], faults: &[&str]) -> Report {
        let no = |count| Number { series: Series::Secret, count };
        let secrets = (1..).zip(hits).map(|(n, (level, share))| SecretHit {
            secret: no(n),
            title: String::new(),
            level: *level,
            files: 1,
            share: *share,
        });
        let fault = |why: &&str| FaultRow {
            path: String::new(),
            inside: String::new(),
            why: (*why).to_owned(),
            got: String::new(),
        };
        let index = IndexInfo {
            digest: String::new(),
            guaranteed: 95,
            guaranteed_bytes: 4159,
            parts: 1,
            fingerprints: 1,
            left_out: 0,
        };
        Report {
            version: 1,
            no: None,
            program: String::new(),
            begun: String::new(),
            ended: String::new(),
            what: String::new(),
            paths: vec![],
            only: vec![],
            partial: false,
            index,
            limits: extract::Limits::default(),
            files: 1,
            bytes: 1,
            resumed: 0,
            manifest: String::new(),
            more_hits: hits.len() as u64,
            secrets: secrets.collect(),
            hits: vec![],
            traces: 0,
            faults: faults.iter().map(fault).collect(),
            more_faults: 0,
            verdict: None,
        }
    }

    #[test]
    fn what_is_found_or_could_not_be_read_decides() {
        use Level::{Core, General, Important};
        type Case = (&'static [(Level, f64)], &'static [&'static str], Verdict);
        let cases: &[Case] = &[
            (&[], &[], Verdict::Clear),
            (&[], &["link"], Verdict::Clear),
            (&[], &["encrypted"], Verdict::Ask),
            (&[(General, 0.01)], &[], Verdict::Ask),
            (&[(Important, 0.49), (General, 0.1)], &[], Verdict::Ask),
            (&[(General, 0.5)], &[], Verdict::Stop),
            (&[(Core, 0.001)], &[], Verdict::Stop),
            (&[(General, 0.1), (Core, 0.001)], &["damaged"], Verdict::Stop),
        ];
        for (hits, faults, expected) in cases {
            assert_eq!(verdict(&report(hits, faults)), *expected, "{hits:?} {faults:?}");
        }
        let partial = Report { partial: true, ..report(&[], &[]) };
        assert_eq!(verdict(&partial), Verdict::Ask);
    }
}

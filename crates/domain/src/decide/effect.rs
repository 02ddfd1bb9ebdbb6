//! What letters bring about.

use super::{Decision, Desk, Draft};
use crate::effect::{Progress, Received, Report, TakeReview, TakeTask, Wish};
use crate::event;
use crate::facts::{DeskHead, LinkHead, TaskHead};
use crate::moment::Day;
use crate::number::{Number, Series};
use crate::refusal::Refusal;
use crate::terms::{LetterSort, LinkState};

impl Desk<'_> {
    pub(super) fn effect(&self, wish: Wish) -> Result<Decision, Refusal> {
        match wish {
            Wish::Carry { link, letter, sort, about, entry } => {
                let seq = letter.seq;
                let mut decision = self.send_letter(link, letter, sort)?;
                let by = self.by();
                let carried = event::LetterCarried { by, link, seq, about, entry };
                decision.drafts.push(Draft::plain(carried));
                Ok(decision)
            }
            Wish::Refuse { letter, sort, why } => {
                self.arrived(letter)?;
                Ok(self.refused(letter, sort, why))
            }
            Wish::Report(c) => self.report(*c),
            Wish::Book { letter, who } => {
                let sort = LetterSort::Progress;
                let Some(company) = self.arrived(letter)?.company else {
                    return Ok(self.refused(letter, sort, "no-company"));
                };
                let no = who.activity;
                let who = crate::activity::Register { company: Some(company), ..*who };
                match self.register(who) {
                    Ok(mut decision) => {
                        decision.drafts.push(self.settled(letter, sort, Some(no), None));
                        Ok(decision)
                    }
                    Err(Refusal::ActivityFull(_)) => Ok(self.refused(letter, sort, "full")),
                    Err(_) => Ok(self.refused(letter, sort, "over")),
                }
            }
            Wish::TakeTask(c) => self.take_task(*c),
            Wish::TakeReview(c) => self.take_review(*c),
            Wish::Progress(c) => self.progress_task(*c),
            Wish::FileProfile(c) => self.file_profile(*c),
            Wish::WithdrawProfile { link, letter, why } => self.withdraw_profile(link, letter, why),
            Wish::TakeProfile(c) => self.take_profile(*c),
            Wish::ForgetProfile { letter } => self.forget_profile(letter),
        }
    }

    /// A letter that was received and has had no effect yet.
    pub(super) fn arrived(&self, (link, seq): Received) -> Result<&LinkHead, Refusal> {
        let head = self.link(link)?;
        if seq == 0 || seq > head.received.0 {
            return Err(Refusal::NoLetter(link, seq));
        }
        if self.facts.settled.contains(&(link, seq)) {
            return Err(Refusal::LetterKnown(link, seq));
        }
        Ok(head)
    }

    pub(super) fn settled(
        &self,
        (link, seq): Received,
        sort: LetterSort,
        about: Option<Number>,
        refused: Option<&str>,
    ) -> Draft {
        let (by, refused) = (self.by(), refused.map(str::to_owned));
        Draft::plain(event::LetterSettled { by, link, seq, sort, about, refused })
    }

    pub(super) fn refused(&self, letter: Received, sort: LetterSort, why: &str) -> Decision {
        let draft = self.settled(letter, sort, None, Some(why));
        Decision { drafts: vec![draft], keys: Vec::new(), number: None }
    }

    /// The other side's clock may run ahead of this one.
    pub(super) fn by_today(&self, day: Day) -> Day {
        day.min(self.facts.today)
    }

    fn report(&self, c: Report) -> Result<Decision, Refusal> {
        let sort = LetterSort::Progress;
        let Some(company) = self.arrived(c.letter)?.company else {
            return Ok(self.refused(c.letter, sort, "no-company"));
        };
        let head = match self.facts.desk.get(&c.prescription) {
            Some(DeskHead::Prescription(head)) if head.company == company => head,
            Some(DeskHead::Prescription(_)) => {
                return Ok(self.refused(c.letter, sort, "of-other-company"));
            }
            _ => return Ok(self.refused(c.letter, sort, "unknown")),
        };
        let (link, seq) = c.letter;
        let reported = event::PrescriptionReported {
            // Who says so is the node at the other end.
            by: link.to_string(),
            prescription: c.prescription,
            company,
            link,
            seq,
            how: c.how,
            // Whoever writes without knowing the last word does not overrule it: both sides come
            // to the same end, in whatever order letters cross.
            moved: !head.closed && c.seen == head.steps,
            happened: self.by_today(c.happened),
        };
        let mut decision = Decision::one(reported).made(c.prescription);
        decision.drafts[0].envelopes.extend(c.note.map(|note| ("note", note)));
        decision.drafts.push(self.settled(c.letter, sort, Some(c.prescription), None));
        Ok(decision.keyed(company, c.key))
    }

    fn take_task(&self, c: TakeTask) -> Result<Decision, Refusal> {
        let sort = match c.sort {
            crate::terms::TaskSort::Prescription => LetterSort::Prescription,
            crate::terms::TaskSort::Warning => LetterSort::Warning,
            crate::terms::TaskSort::Invitation => LetterSort::Invitation,
        };
        self.arrived(c.letter)?;
        let (link, seq) = c.letter;
        if c.theirs.is_some_and(|no| self.facts.task_of.contains_key(&(link, no))) {
            return Ok(self.refused(c.letter, sort, "known"));
        }
        let no = self.next(Series::Task);
        let received = event::TaskReceived {
            by: self.by(),
            no,
            link,
            seq,
            sort: c.sort,
            theirs: c.theirs,
            theme: c.theme,
            grade: c.grade,
            happened: self.by_today(c.happened),
            due: c.due,
        };
        let mut decision = Decision::one(received).made(no);
        let texts = [("title", Some(c.title)), ("finding", c.finding), ("advice", c.advice)];
        let said = texts.into_iter().filter_map(|(name, text)| Some((name, text?)));
        decision.drafts[0].envelopes.extend(said);
        decision.drafts.push(self.settled(c.letter, sort, Some(no), None));
        Ok(decision.keyed(link, c.key))
    }

    fn take_review(&self, c: TakeReview) -> Result<Decision, Refusal> {
        let sort = LetterSort::Prescription;
        self.arrived(c.letter)?;
        let (link, seq) = c.letter;
        let Some(head) = self.facts.task_of.get(&(link, c.theirs)) else {
            return Ok(self.refused(c.letter, sort, "unknown"));
        };
        let reviewed = event::TaskReviewed {
            by: self.by(),
            task: head.no,
            link,
            seq,
            said: c.said,
            happened: self.by_today(c.happened),
            due: c.due,
        };
        let mut decision = Decision::one(reviewed).made(head.no);
        decision.drafts[0].envelopes.extend(c.note.map(|note| ("note", note)));
        decision.drafts.push(self.settled(c.letter, sort, Some(head.no), None));
        Ok(decision.keyed(link, c.key))
    }

    fn progress_task(&self, c: Progress) -> Result<Decision, Refusal> {
        if c.task.series != Series::Task {
            return Err(Refusal::WrongSeries(c.task, Series::Task));
        }
        let head: &TaskHead = self.facts.tasks.get(&c.task).ok_or(Refusal::Unknown(c.task))?;
        if head.closed {
            return Err(Refusal::Ended(c.task));
        }
        if head.seen != c.seen {
            return Err(Refusal::ChangedMeanwhile(head.link));
        }
        self.not_in_future("field-happened", Some(c.happened))?;
        if self.link(head.link)?.state == LinkState::Ended {
            return Err(Refusal::LinkEnded(head.link));
        }
        let progressed = event::TaskProgressed {
            by: self.by(),
            task: c.task,
            link: head.link,
            seq: c.letter.seq,
            how: c.how,
            happened: c.happened,
        };
        let mut decision = Decision::one(progressed).made(c.task);
        decision.drafts[0].envelopes.extend(c.note.map(|note| ("note", note)));
        let sent = self.send_letter(head.link, c.letter, LetterSort::Progress)?;
        decision.drafts.extend(sent.drafts);
        Ok(decision.keyed(head.link, c.key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Command, LetterHead};
    use crate::decide;
    use crate::facts::{Facts, PrescriptionHead};
    use crate::moment::Moment;
    use crate::terms::{Pace, Role};

    fn no(series: Series, count: u32) -> Number {
        Number { series, count }
    }
    fn link() -> Number {
        no(Series::Link, 1)
    }
    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    /// 2026-11-25: LW-0001 is QY-0001's and has brought three letters, of which the second is
    /// settled; CF-0001 is its open prescription on which the station has said one word, CF-0002
    /// is over, CF-0003 of another company.
    fn station() -> Facts {
        let mut facts = Facts::at(Moment(1_795_000_000_000), day("2026-11-25"), None);
        facts.role = Some(Role::Station);
        let company = |count| no(Series::Company, count);
        facts.links.insert(
            link(),
            LinkHead {
                state: LinkState::Joined,
                link: "00".repeat(16),
                until: None,
                company: Some(company(1)),
                sent: (0, "0".repeat(64)),
                received: (3, "0".repeat(64)),
                filed: false,
            },
        );
        facts.settled.insert((link(), 2));
        for (count, of, closed, steps) in [(1, 1, false, 1), (2, 1, true, 2), (3, 2, false, 0)] {
            let head = PrescriptionHead { company: company(of), closed, steps };
            facts.desk.insert(no(Series::Prescription, count), DeskHead::Prescription(head));
        }
        facts
    }

    fn report(prescription: u32, seq: u64, seen: u32) -> Command {
        Command::Effect(Wish::Report(Box::new(Report {
            letter: (link(), seq),
            prescription: no(Series::Prescription, prescription),
            how: Pace::Done,
            happened: day("2026-12-24"),
            seen,
            note: None,
            key: None,
        })))
    }

    #[test]
    fn a_word_moves_only_what_is_its_companys_and_only_when_it_knew_the_last_one() {
        let facts = station();
        let decided = |prescription, seen| {
            let decision = decide(&facts, "exchange", report(prescription, 1, seen));
            let drafts = decision.expect("a letter is always settled").drafts;
            let mut reported = None;
            let mut refused = None;
            for draft in drafts {
                match draft.event {
                    crate::Event::PrescriptionReported(e) => {
                        assert_eq!((&*e.by, e.happened), ("LW-0001", day("2026-11-25")));
                        reported = Some(e.moved);
                    }
                    crate::Event::LetterSettled(e) => refused = e.refused,
                    other => panic!("{other:?}"),
                }
            }
            (reported, refused)
        };
        let not = |why: &str| (None, Some(why.to_owned()));
        for (prescription, seen, want) in [
            (1, 1, (Some(true), None)),
            (1, 0, (Some(false), None)),
            (1, 2, (Some(false), None)),
            (2, 2, (Some(false), None)),
            (3, 0, not("of-other-company")),
            (4, 0, not("unknown")),
        ] {
            assert_eq!(decided(prescription, seen), want, "CF-000{prescription} at {seen}");
        }
        let mut stray = station();
        stray.links.get_mut(&link()).expect("it is there").company = None;
        let decision = decide(&stray, "exchange", report(1, 1, 1)).expect("settled");
        assert_eq!(decision.drafts.len(), 1, "no company, no effect");
    }

    #[test]
    fn a_letter_has_its_effect_once_and_only_when_it_came() {
        let facts = station();
        let known = decide(&facts, "exchange", report(1, 2, 1));
        assert_eq!(known, Err(Refusal::LetterKnown(link(), 2)));
        for seq in [0, 4] {
            let absent = decide(&facts, "exchange", report(1, seq, 1));
            assert_eq!(absent, Err(Refusal::NoLetter(link(), seq)));
        }
    }

    #[test]
    fn progress_is_told_in_the_same_breath_or_not_at_all() {
        let mut facts = station();
        facts.role = Some(Role::Enterprise);
        let task = no(Series::Task, 1);
        let head = TaskHead { no: task, link: link(), closed: false, seen: 1 };
        facts.tasks.insert(task, head.clone());
        facts.tasks.insert(no(Series::Task, 2), TaskHead { closed: true, ..head });
        let zeros = || "0".repeat(64);
        let progress = |task, seen, seq| {
            let letter = LetterHead { seq, before: zeros(), digest: zeros(), size: 1 };
            let (how, happened, note, key) = (Pace::Done, day("2026-11-25"), None, None);
            let wish = Progress { task, how, happened, seen, note, key, letter };
            decide(&facts, "owner", Command::Effect(Wish::Progress(Box::new(wish))))
        };
        let tags = progress(task, 1, 1)
            .map(|made| made.drafts.iter().map(|draft| draft.event.tag()).collect::<Vec<_>>());
        assert_eq!(tags, Ok(vec!["task.progressed", "letter.sent"]));
        assert_eq!(progress(task, 0, 1), Err(Refusal::ChangedMeanwhile(link())));
        assert_eq!(progress(task, 1, 2), Err(Refusal::ChangedMeanwhile(link())));
        let over = no(Series::Task, 2);
        assert_eq!(progress(over, 1, 1), Err(Refusal::Ended(over)));
        assert_eq!(progress(link(), 1, 1), Err(Refusal::WrongSeries(link(), Series::Task)));
    }
}

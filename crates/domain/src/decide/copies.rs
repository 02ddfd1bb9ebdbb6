//! Marked copies: committed to before they are made, made once, given back; and what turned up, read
//! before the keys are opened.

use std::collections::BTreeSet;

use super::{Decision, Desk, Draft, has_carriers, maybe_text, text};
use crate::command::{CommitCopies, Envelope, MadeCopy, NewKey, Papers, Stored};
use crate::event;
use crate::facts::BatchHead;
use crate::moment::Day;
use crate::number::{Number, Series};
use crate::refusal::Refusal;
use crate::terms::Ending;

/// The most copies of one batch.
const COPIES_MAX: usize = 10_000;

impl Desk<'_> {
    pub(super) fn commit_copies(&self, c: CommitCopies) -> Result<Decision, Refusal> {
        let (no, first) = (self.next(Series::Batch), self.next(Series::Copy));
        let head = self.open_secret(c.secret)?;
        has_carriers(c.secret, head, &[c.carrier])?;
        if c.recipients.is_empty() {
            return Err(Refusal::NoRecipient);
        }
        if c.recipients.len() > COPIES_MAX {
            return Err(Refusal::TooManyCopies(COPIES_MAX));
        }
        let mut seen = BTreeSet::new();
        for &recipient in &c.recipients {
            if !matches!(recipient.series, Series::Partner | Series::Person) {
                return Err(Refusal::NotARecipient(recipient));
            }
            self.thing(recipient)?;
            if !seen.insert(recipient) {
                return Err(Refusal::RecipientTwice(recipient));
            }
            if let Some(&day) = self.facts.unbound.get(&recipient) {
                return Err(Refusal::AgreementsEnded(recipient, day));
            }
        }
        if let Some(until) = c.until.filter(|until| *until < self.facts.today) {
            return Err(Refusal::EndsBeforeStart(self.facts.today, until));
        }
        let copies = (0..c.recipients.len() as u32)
            .map(|more| Number { series: Series::Copy, count: first.count + more });
        let committed = event::CopiesCommitted {
            by: self.by(),
            no,
            secret: c.secret,
            carrier: c.carrier,
            copies: copies.collect(),
            recipients: c.recipients,
            seed: c.seed,
            plan: c.plan,
            sites: c.sites,
            purpose: text("field-purpose", c.purpose)?,
            until: c.until,
            notice: maybe_text("field-notice", c.notice)?,
            program: c.program,
        };
        let envelopes = vec![("key", c.key), ("marks", c.marks)];
        let drafts = vec![Draft { event: committed.into(), envelopes }];
        Ok(Decision { drafts, keys: vec![], number: Some(no) })
    }

    fn batch(&self, no: Number) -> Result<&BatchHead, Refusal> {
        if no.series != Series::Batch {
            return Err(Refusal::WrongSeries(no, Series::Batch));
        }
        self.facts.batches.get(&no).ok_or(Refusal::Unknown(no))
    }

    /// A copy is made once: its word follows from what is recorded, and a second one would let
    /// somebody choose.
    pub(super) fn issue_copies(
        &self,
        batch: Number,
        copies: Vec<MadeCopy>,
    ) -> Result<Decision, Refusal> {
        let head = self.batch(batch)?;
        let mut drafts = Vec::new();
        let mut seen = BTreeSet::new();
        for copy in copies {
            let known = head.copies.iter().find(|(no, ..)| *no == copy.no);
            let &(_, recipient, made) = known.ok_or(Refusal::Unknown(copy.no))?;
            if made || !seen.insert(copy.no) {
                return Err(Refusal::CopyMade(copy.no));
            }
            drafts.push(Draft::plain(event::CopyIssued {
                by: self.by(),
                no: copy.no,
                batch,
                recipient,
                chosen: copy.chosen.into(),
                nonce: copy.nonce,
                beacon: copy.beacon,
                file: copy.file,
                size: copy.size,
            }));
        }
        if drafts.is_empty() {
            return Err(Refusal::NothingToChange(batch));
        }
        Ok(Decision { drafts, keys: vec![], number: Some(batch) })
    }

    fn issued(&self, copy: Number) -> Result<&crate::facts::ThingHead, Refusal> {
        let head = self.thing_of(copy, Series::Copy)?;
        head.open(copy)?;
        Ok(head)
    }

    pub(super) fn receive_copy(
        &self,
        copy: Number,
        happened: Option<Day>,
        (file, how): (Option<String>, Option<String>),
        papers: Papers,
    ) -> Result<Decision, Refusal> {
        let have = self.issued(copy)?.papers;
        self.not_in_future("field-happened", happened)?;
        let how = maybe_text("field-how", how)?;
        let received = event::CopyReceived { by: self.by(), copy, happened, file, how };
        let mut decision = Decision::one(received).made(copy);
        self.add_papers(&mut decision, copy, have, papers)?;
        Ok(decision)
    }

    pub(super) fn end_copy(
        &self,
        copy: Number,
        how: Ending,
        (happened, why): (Option<Day>, Option<String>),
        papers: Papers,
    ) -> Result<Decision, Refusal> {
        let have = self.issued(copy)?.papers;
        self.not_in_future("field-happened", happened)?;
        let why = maybe_text("field-why", why)?;
        let ended = event::CopyEnded { by: self.by(), copy, how, happened, why };
        let mut decision = Decision::one(ended).made(copy);
        self.add_papers(&mut decision, copy, have, papers)?;
        Ok(decision)
    }

    pub(super) fn recall_copies(
        &self,
        copies: Vec<Number>,
        until: Option<Day>,
        why: String,
    ) -> Result<Decision, Refusal> {
        let why = text("field-why", why)?;
        let mut drafts = Vec::new();
        for copy in copies.into_iter().collect::<BTreeSet<_>>() {
            self.issued(copy)?;
            let (by, why) = (self.by(), why.clone());
            drafts.push(Draft::plain(event::CopyRecalled { by, copy, until, why }));
        }
        if drafts.is_empty() {
            return Err(Refusal::NoCopies);
        }
        Ok(Decision { drafts, keys: vec![], number: None })
    }

    pub(super) fn read_find(
        &self,
        batches: Vec<(Number, u32)>,
        (source, program): (String, String),
        key: NewKey,
        (leak, readings): (Envelope, Envelope),
        papers: Vec<Stored>,
    ) -> Result<Decision, Refusal> {
        let no = self.next(Series::Find);
        for (batch, _) in &batches {
            self.batch(*batch)?;
        }
        let (batches, live) = batches.into_iter().unzip();
        let read = event::FindRead {
            by: self.by(),
            no,
            batches,
            live,
            source: text("field-source", source)?,
            program,
        };
        let envelopes = vec![("leak", leak), ("readings", readings)];
        let drafts = vec![Draft { event: read.into(), envelopes }];
        let mut decision = Decision { drafts, keys: vec![(no, key)], number: Some(no) };
        let papers = Papers { key: None, stored: papers, happened: None };
        self.add_papers(&mut decision, no, 0, papers)?;
        Ok(decision)
    }

    /// What was read must stand in the ledger first: only then may the keys have been opened. One
    /// reading is traced once, so that its bound is spent once.
    pub(super) fn trace_find(
        &self,
        find: Number,
        named: Vec<Number>,
        (epsilon, among): (String, u32),
        (report, findings): (String, Envelope),
    ) -> Result<Decision, Refusal> {
        self.thing_of(find, Series::Find)?.open(find)?;
        for &copy in &named {
            self.thing_of(copy, Series::Copy)?;
        }
        let traced = event::FindTraced { by: self.by(), find, named, epsilon, among, report };
        let envelopes = vec![("findings", findings)];
        let drafts = vec![Draft { event: traced.into(), envelopes }];
        Ok(Decision { drafts, keys: vec![], number: Some(find) })
    }
}

#[cfg(test)]
mod tests {
    use super::super::decide;
    use super::*;
    use crate::command::Command;
    use crate::facts::{Facts, ThingHead};
    use crate::moment::Moment;

    fn facts() -> Facts {
        let now = Moment(1_780_000_000_000);
        Facts::at(now, now.day_at(480), None)
    }

    fn no(text: &str) -> Number {
        Number::parse(text).unwrap_or(Number { series: Series::Copy, count: 999 })
    }

    fn envelope() -> Envelope {
        Envelope { key_id: "k".into(), digest: [0; 32], sealed: vec![] }
    }

    fn made(copy: &str, nonce: &str) -> MadeCopy {
        MadeCopy {
            no: no(copy),
            chosen: "node",
            nonce: nonce.into(),
            beacon: None,
            file: String::new(),
            size: 1,
        }
    }

    fn trace(find: &str) -> Command {
        Command::TraceFind {
            find: no(find),
            named: vec![],
            epsilon: "1e-6".into(),
            among: 1,
            report: String::new(),
            findings: envelope(),
        }
    }

    /// The other order is refused: without a reading in the ledger nothing is traced, and one
    /// reading is traced once.
    #[test]
    fn tracing_comes_after_reading_and_once() {
        let mut facts = facts();
        assert_eq!(decide(&facts, "x", trace("XS-0001")), Err(Refusal::Unknown(no("XS-0001"))));
        facts.things.insert(no("XS-0001"), ThingHead::default());
        assert!(decide(&facts, "x", trace("XS-0001")).is_ok());
        facts.things.insert(no("XS-0001"), ThingHead { ended: true, ..ThingHead::default() });
        assert_eq!(decide(&facts, "x", trace("XS-0001")), Err(Refusal::Ended(no("XS-0001"))));
    }

    /// An issuer who wants another word for a recipient's copy cannot make it a second time, nor
    /// one that was never committed to.
    #[test]
    fn a_copy_is_made_once_and_only_when_committed_to() {
        let mut facts = facts();
        let batch = no("FF-0001");
        let issue = |copies| Command::IssueCopies { batch, copies };
        let copies =
            vec![(no("FB-0001"), no("HZ-0001"), true), (no("FB-0002"), no("HZ-0002"), false)];
        facts.batches.insert(batch, BatchHead { copies });
        let refused = |copies, why| assert_eq!(decide(&facts, "x", issue(copies)), Err(why));
        refused(vec![made("FB-0001", "bb")], Refusal::CopyMade(no("FB-0001")));
        refused(vec![made("FB-0003", "bb")], Refusal::Unknown(no("FB-0003")));
        let twice = vec![made("FB-0002", "aa"), made("FB-0002", "bb")];
        refused(twice, Refusal::CopyMade(no("FB-0002")));
        refused(vec![], Refusal::NothingToChange(batch));
        assert!(decide(&facts, "x", issue(vec![made("FB-0002", "aa")])).is_ok());
    }
}

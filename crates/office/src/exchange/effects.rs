//! What letters bring about: a station tells companies of their prescriptions, and a node tells the
//! station how far it is.
//!
//! What is to be told follows from the ledger, so nobody has to remember it. What a letter asks for is
//! sealed to the vault, so its effect waits until somebody opens the vault.

use domain::activity::Register;
use domain::effect::{Progress, Report, TakeReview, TakeTask, Wish};
use domain::terms::{
    Cure, Grade, LetterSort, LetterWay, LinkState, Pace, Role, Said, SignUp, TaskSort, Theme,
};
use domain::{Command, Day, Number, Series};
use link::exchange::{Content, ContentHead, Effect, Way};
use store::read::{LetterRow, PrescriptionRow, TaskRow, Untold};
use store::{Reader, Receipt};
use vault::Unlocked;
use words::Lang;

use super::{LetterForm, content_of, digest_of, once};
use crate::{Ask, Office, Trouble};

/// What came of looking at letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Letters that had their effect.
    pub done: u64,
    /// Letters that asked for what can't be done.
    pub refused: u64,
}

/// The key of the words for a word on a prescription.
pub fn said_key(said: Said) -> String {
    match Pace::from_word(said.word()) {
        Some(pace) => format!("pace-{}", pace.word()),
        None => format!("review-{}", said.word()),
    }
}

impl Office {
    /// On a station: writes the letters that a company's node is to have. Gives how many.
    ///
    /// # Errors
    /// [`Trouble`]; what was written before stays.
    pub fn tell(&self, link: Number) -> Result<u64, Trouble> {
        if self.way()? != Way::FromStation {
            return Ok(0);
        }
        let reader = self.reader()?;
        let row = reader.link(link)?.ok_or(Trouble::Unknown(link))?;
        if row.state != LinkState::Joined {
            return Ok(0);
        }
        let untold = reader.untold(link, self.today())?;
        for one in &untold {
            let (sort, content) = match one.about.series {
                Series::Activity => (LetterSort::Invitation, self.telling_activity(&reader, one)?),
                _ => (LetterSort::Prescription, self.telling(&reader, one)?),
            };
            let ask = once("told", &[row.link.as_bytes(), &one.entry.to_be_bytes()]);
            let (about, entry) = (one.about, one.entry);
            self.post(&ask, link, &content, &|letter| {
                Command::Effect(Wish::Carry { link, letter, sort, about, entry })
            })?;
        }
        Ok(untold.len() as u64)
    }

    /// The same for all links of a company. What fails is done with the next bundle.
    pub(crate) fn tell_company(&self, company: Number) {
        let links = self.reader().and_then(|reader| Ok(reader.joined_links(company)?));
        for link in links.unwrap_or_default() {
            drop(self.tell(link));
        }
    }

    pub(crate) fn language(&self) -> Lang {
        Lang::from_tag(&self.home.settings.language).unwrap_or_default()
    }

    /// The letter about an entry on a prescription.
    fn telling(&self, reader: &Reader, one: &Untold) -> Result<Content, Trouble> {
        let row = reader.prescription(one.about)?;
        let row = row.ok_or(Trouble::Unknown(one.about))?;
        let (lang, no) = (self.language(), row.no.to_string());
        let text = |idx: u64, field: &str| -> Result<String, Trouble> {
            Ok(self.field(reader, idx, field, None)?.text().unwrap_or_default().to_owned())
        };
        let steps = reader.prescription_steps(row.no)?;
        let step = steps.iter().find(|step| one.step && step.idx == one.entry);
        let (subject, lines, effect) = match step {
            None => {
                let title = point(lang, &row);
                let (finding, advice) = (text(row.idx, "finding")?, text(row.idx, "advice")?);
                let subject =
                    words::tr(lang, "effect-prescribed", &[("no", &no), ("title", &title)]);
                let due = row.due.to_string();
                let ask = words::tr(lang, "effect-prescribed-ask", &[("day", &due)]);
                let lines = vec![
                    words::tr(lang, "effect-finding", &[("text", &finding)]),
                    words::tr(lang, "effect-advice", &[("text", &advice)]),
                    ask,
                ];
                let effect = Effect::Prescribed {
                    no,
                    title,
                    theme: row.theme.word().to_owned(),
                    grade: row.grade.word().to_owned(),
                    happened: row.happened.to_string(),
                    due,
                    finding,
                    advice,
                };
                (subject, lines, effect)
            }
            Some(step) => {
                let said = Said::from_word(&step.word).ok_or(Trouble::NotAsRecorded(step.idx))?;
                let note = Some(text(step.idx, "note")?).filter(|note| !note.is_empty());
                let due = step.due.map(|due| due.to_string());
                let words_of = words::t(lang, &said_key(said));
                let subject =
                    words::tr(lang, "effect-reviewed", &[("no", &no), ("said", &words_of)]);
                let new = due.as_ref().map(|day| words::tr(lang, "effect-due", &[("day", day)]));
                let lines = note.clone().into_iter().chain(new).collect();
                let (said, happened) = (said.word().to_owned(), step.happened.to_string());
                (subject, lines, Effect::Reviewed { no, said, happened, due, note })
            }
        };
        let due = match &effect {
            Effect::Prescribed { .. } => Some(row.due),
            _ => step.and_then(|step| step.due),
        };
        self.effect_letter(LetterSort::Prescription, (subject, lines), None, due, Some(&effect))
    }

    /// The letter about an entry on an activity.
    fn telling_activity(&self, reader: &Reader, one: &Untold) -> Result<Content, Trouble> {
        let row = reader.activity(one.about)?.ok_or(Trouble::Unknown(one.about))?;
        let (lang, no, when) = (self.language(), row.no.to_string(), crate::when_words(&row));
        let args = [("no", &no), ("title", &row.title)];
        let place = words::tr(lang, "effect-when", &[("when", &when), ("place", &row.place)]);
        let why = row.why.as_ref().filter(|_| row.cancelled_idx == Some(one.entry));
        let (subject, lines, effect) = match (one.step, why) {
            (true, Some(why)) => {
                let subject = words::tr(lang, "effect-cancelled", &args);
                let effect = Effect::Reviewed {
                    no,
                    said: Said::Dropped.word().to_owned(),
                    happened: self.today().to_string(),
                    due: None,
                    note: Some(why.clone()),
                };
                (subject, vec![why.clone()], Some(effect))
            }
            // A new time is only to be read.
            (true, None) => (words::tr(lang, "effect-moved", &args), vec![place], None),
            (false, _) => {
                let subject = words::tr(lang, "effect-invited", &args);
                let closes = row.closes.to_string();
                let until = words::tr(lang, "effect-closes", &[("day", &closes)]);
                let lines = vec![place, row.summary.clone(), until];
                let (title, theme) = (row.title.clone(), row.theme.word().to_owned());
                let says = lines.join("\n");
                (subject, lines, Some(Effect::Invited { no, title, theme, says, closes }))
            }
        };
        let due = (!one.step).then_some(row.closes);
        self.effect_letter(LetterSort::Invitation, (subject, lines), None, due, effect.as_ref())
    }

    pub(super) fn effect_letter(
        &self,
        sort: LetterSort,
        (subject, lines): (String, Vec<String>),
        re: Option<(LetterWay, u64)>,
        due: Option<Day>,
        effect: Option<&Effect>,
    ) -> Result<Content, Trouble> {
        let subject = subject.chars().take(200).collect();
        let (text, files) = (lines.join("\n"), Vec::new());
        let form = LetterForm { sort, subject, text, re, due, files };
        let mut content = content_of(&form, self.way()?)?;
        if let Some(effect) = effect {
            effect.put_into(&mut content.head);
        }
        Ok(content)
    }

    /// Looks at letters that came and lets those that ask for something have their effect. What was
    /// settled is never settled again.
    ///
    /// # Errors
    /// The first [`Trouble`] with a letter; letters after it on its link wait.
    pub fn settle(&self, unlocked: &Unlocked) -> Result<Settled, Trouble> {
        let mut settled = Settled::default();
        let mut first_trouble = None;
        for (link, first) in self.reader()?.unlooked()? {
            if let Err(trouble) = self.settle_link(link, first, unlocked, &mut settled) {
                first_trouble.get_or_insert(trouble);
            }
        }
        first_trouble.map_or(Ok(settled), Err)
    }

    /// How many links have letters that nobody with the vault's key has looked at.
    ///
    /// # Errors
    /// The store's own.
    pub fn unlooked(&self) -> Result<u64, Trouble> {
        Ok(self.reader()?.unlooked()?.len() as u64)
    }

    fn settle_link(
        &self,
        link: Number,
        first: u64,
        unlocked: &Unlocked,
        settled: &mut Settled,
    ) -> Result<(), Trouble> {
        let reader = self.reader()?;
        let last = reader.letter_counts(link)?.received;
        for row in reader.unsettled(link, first)?.iter().filter(|row| row.seq <= last) {
            let content = self.letter_content(row, unlocked)?;
            let Some(wish) = self.effect_of(row, &content)? else { continue };
            let refused = matches!(wish, Wish::Refuse { .. });
            let ask = once("settled", &[&digest_of(row)]);
            match self.submit(&ask, Command::Effect(wish)) {
                Ok(receipt) if receipt.repeated => {}
                Ok(_) if refused => settled.refused += 1,
                Ok(_) => {
                    let outcome = self.reader()?.settled(link, row.seq)?;
                    match outcome.is_some_and(|outcome| outcome.refused.is_some()) {
                        true => settled.refused += 1,
                        false => settled.done += 1,
                    }
                }
                Err(Trouble::Refused(domain::Refusal::LetterKnown(..))) => {}
                Err(trouble) => return Err(trouble),
            }
        }
        store::note_looked(&self.home.dir, link, last)?;
        Ok(())
    }

    /// What a letter asks for; `None` when it is only to be read.
    fn effect_of(&self, row: &LetterRow, content: &Content) -> Result<Option<Wish>, Trouble> {
        let head = &content.head;
        let role = match self.way()? {
            Way::FromNode => Role::Enterprise,
            Way::FromStation => Role::Station,
        };
        let letter = (row.link, row.seq);
        let sort = LetterSort::from_word(&head.sort);
        let refuse = |why| {
            let sort = sort.unwrap_or(LetterSort::Notice);
            Ok(Some(Wish::Refuse { letter, sort, why }))
        };
        let wish = match (role, Effect::of(head)) {
            (_, Err(_)) => return refuse("malformed"),
            (Role::Enterprise, Ok(None)) if sort == Some(LetterSort::Warning) => {
                self.warning(row, head)
            }
            (_, Ok(None)) => return Ok(None),
            (Role::Enterprise, Ok(Some(effect @ Effect::Prescribed { .. }))) => {
                self.prescribed(letter, effect)
            }
            (Role::Enterprise, Ok(Some(effect @ Effect::Invited { .. }))) => {
                self.invited(letter, effect)
            }
            (Role::Enterprise, Ok(Some(effect @ Effect::Reviewed { .. }))) => {
                self.reviewed(letter, effect)
            }
            (Role::Station, Ok(Some(effect @ Effect::Reported { .. }))) => {
                self.reported(letter, effect)
            }
            (Role::Station, Ok(Some(Effect::Booked { no, name, contact }))) => {
                self.booked(letter, &no, (name, contact))
            }
            (Role::Station, Ok(Some(Effect::Profile { day, given }))) => {
                match self.profile_of(row, (day, given), content) {
                    Ok(Err(why)) => return refuse(why),
                    Ok(Ok(wish)) => Ok(Some(wish)),
                    Err(trouble) => Err(trouble),
                }
            }
            (Role::Station, Ok(Some(Effect::Unfiled { .. }))) => {
                self.forget_profiles(row).map(Some)
            }
            (_, Ok(Some(_))) => return refuse("malformed"),
        };
        match wish {
            Ok(Some(wish)) => Ok(Some(wish)),
            // The other side's texts are taken as they are, but not of any length.
            Ok(None) | Err(Trouble::TextTooLong) => refuse("malformed"),
            Err(trouble) => Err(trouble),
        }
    }

    fn warning(&self, row: &LetterRow, head: &ContentHead) -> Result<Option<Wish>, Trouble> {
        let texts = [
            ("title", Some(head.subject.clone())),
            ("finding", Some(head.text.clone())),
            ("advice", None),
        ];
        let (key, [title, finding, advice]) = self.seal_about(Some(row.link), texts)?;
        let Some(title) = title else { return Ok(None) };
        Ok(Some(Wish::TakeTask(Box::new(TakeTask {
            letter: (row.link, row.seq),
            sort: TaskSort::Warning,
            theirs: None,
            theme: None,
            grade: None,
            happened: self.today(),
            due: head.due.as_deref().and_then(|day| Day::parse(day).ok()),
            title,
            finding,
            advice,
            key,
        }))))
    }

    fn prescribed(&self, letter: (Number, u64), effect: Effect) -> Result<Option<Wish>, Trouble> {
        let Effect::Prescribed { no, title, theme, grade, happened, due, finding, advice } = effect
        else {
            return Ok(None);
        };
        let (Some(theirs), Ok(happened), Ok(due)) =
            (prescription(&no), Day::parse(&happened), Day::parse(&due))
        else {
            return Ok(None);
        };
        let texts = [("title", Some(title)), ("finding", Some(finding)), ("advice", Some(advice))];
        let (key, [title, finding, advice]) = self.seal_about(Some(letter.0), texts)?;
        let Some(title) = title else { return Ok(None) };
        Ok(Some(Wish::TakeTask(Box::new(TakeTask {
            letter,
            sort: TaskSort::Prescription,
            theirs: Some(theirs),
            theme: Theme::from_word(&theme),
            grade: Grade::from_word(&grade),
            happened,
            due: Some(due),
            title,
            finding,
            advice,
            key,
        }))))
    }

    fn invited(&self, letter: (Number, u64), effect: Effect) -> Result<Option<Wish>, Trouble> {
        let Effect::Invited { no, title, theme, says, closes } = effect else { return Ok(None) };
        let (Some(theirs), Ok(closes)) = (theirs(&no), Day::parse(&closes)) else {
            return Ok(None);
        };
        let texts = [("title", Some(title)), ("finding", Some(says)), ("advice", None)];
        let (key, [title, finding, advice]) = self.seal_about(Some(letter.0), texts)?;
        let Some(title) = title else { return Ok(None) };
        Ok(Some(Wish::TakeTask(Box::new(TakeTask {
            letter,
            sort: TaskSort::Invitation,
            theirs: Some(theirs),
            theme: Theme::from_word(&theme),
            grade: None,
            happened: self.today(),
            due: Some(closes),
            title,
            finding,
            advice,
            key,
        }))))
    }

    fn reviewed(&self, letter: (Number, u64), effect: Effect) -> Result<Option<Wish>, Trouble> {
        let Effect::Reviewed { no, said, happened, due, note } = effect else { return Ok(None) };
        let due = due.map(|day| Day::parse(&day)).transpose();
        let (Some(theirs), Some(said), Ok(happened), Ok(due)) =
            (theirs(&no), Said::from_word(&said), Day::parse(&happened), due)
        else {
            return Ok(None);
        };
        let (key, [note]) = self.seal_about(Some(letter.0), [("note", note)])?;
        let wish = TakeReview { letter, theirs, said, happened, due, note, key };
        Ok(Some(Wish::TakeReview(Box::new(wish))))
    }

    fn booked(
        &self,
        letter: (Number, u64),
        no: &str,
        (name, contact): (String, Option<String>),
    ) -> Result<Option<Wish>, Trouble> {
        let activity = theirs(no).filter(|no| no.series == Series::Activity);
        let long = |text: &str| text.chars().count() > 100;
        let (Some(activity), false) =
            (activity, long(&name) || contact.as_deref().is_some_and(long))
        else {
            return Ok(None);
        };
        let texts = [("name", Some(name)), ("contact", contact)];
        let (key, [name, contact]) = self.seal_about(None, texts)?;
        let (Some(key), Some(name)) = (key, name) else { return Ok(None) };
        // Nobody holds a code: who comes for a joined company is checked in by name.
        let ticket = hex::encode(self.random::<32>());
        let (company, organisation, channel) = (None, None, SignUp::Node);
        let who = Register { activity, company, channel, ticket, key, name, contact, organisation };
        Ok(Some(Wish::Book { letter, who: Box::new(who) }))
    }

    fn reported(&self, letter: (Number, u64), effect: Effect) -> Result<Option<Wish>, Trouble> {
        let Effect::Reported { no, how, happened, seen, note } = effect else { return Ok(None) };
        let (Some(prescription), Some(how), Ok(happened)) =
            (prescription(&no), Pace::from_word(&how), Day::parse(&happened))
        else {
            return Ok(None);
        };
        // Sealed under the company's key, like every remark about it.
        let company = self.reader()?.prescription(prescription)?.map(|row| row.company);
        let (key, [note]) = match company {
            Some(company) => self.seal_about(Some(company), [("note", note)])?,
            None => (None, [None]),
        };
        let wish = Report { letter, prescription, how, happened, seen, note, key };
        Ok(Some(Wish::Report(Box::new(wish))))
    }

    /// On a node: says how far a task is. The letter that tells the station is written with it.
    ///
    /// # Errors
    /// [`Trouble`]; refused when the task is over, or the station has said something meanwhile.
    pub fn progress_task(
        &self,
        ask: &Ask,
        task: Number,
        how: Pace,
        happened: Day,
        note: Option<String>,
    ) -> Result<Receipt, Trouble> {
        self.say_on_task(ask, task, how, (happened, note), None)
    }

    /// On a node: answers an invitation: who comes, and how to reach the person; or that nobody does.
    /// The station registers who comes.
    ///
    /// # Errors
    /// [`Trouble`]; refused when the task is no invitation, or over.
    pub fn answer_invitation(
        &self,
        ask: &Ask,
        task: Number,
        comes: Option<(String, Option<String>)>,
        note: Option<String>,
    ) -> Result<Receipt, Trouble> {
        let row = self.reader()?.task(task)?.ok_or(Trouble::Unknown(task))?;
        let Some(no) = row.theirs.filter(|_| row.sort == TaskSort::Invitation) else {
            return Err(domain::Refusal::WrongSeries(task, Series::Activity).into());
        };
        let booked = comes.map(|(name, contact)| Effect::Booked {
            no: no.to_string(),
            name: name.trim().to_owned(),
            contact,
        });
        self.say_on_task(ask, task, Pace::Done, (self.today(), note), booked)
    }

    fn say_on_task(
        &self,
        ask: &Ask,
        task: Number,
        how: Pace,
        (happened, note): (Day, Option<String>),
        booked: Option<Effect>,
    ) -> Result<Receipt, Trouble> {
        let reader = self.reader()?;
        let row = reader.task(task)?.ok_or(Trouble::Unknown(task))?;
        let title = self.task_title(&reader, &row)?;
        let note = note.map(|note| note.trim().to_owned()).filter(|note| !note.is_empty());
        let lang = self.language();
        let no = row.theirs.unwrap_or(task).to_string();
        let words_of = words::t(lang, &format!("pace-{}", how.word()));
        let args = [("no", &no), ("title", &title), ("said", &words_of)];
        let subject = words::tr(lang, "effect-reported", &args);
        let reviewed = row.theirs.filter(|_| row.sort == TaskSort::Prescription);
        let effect = reviewed.map(|theirs| Effect::Reported {
            no: theirs.to_string(),
            how: how.word().to_owned(),
            happened: happened.to_string(),
            seen: row.seen,
            note: note.clone(),
        });
        let effect = booked.or(effect);
        let re = Some((LetterWay::In, row.seq));
        let lines = note.clone().into_iter().collect();
        let sort = LetterSort::Progress;
        let content = self.effect_letter(sort, (subject, lines), re, None, effect.as_ref())?;
        let (key, [note]) = self.seal_about(Some(row.link), [("note", note)])?;
        let seen = row.seen;
        let (_, receipt) = self.post(ask, row.link, &content, &|letter| {
            let (note, key) = (note.clone(), key.clone());
            let wish = Progress { task, how, happened, seen, note, key, letter };
            Command::Effect(Wish::Progress(Box::new(wish)))
        })?;
        Ok(receipt)
    }

    /// What a task is called.
    ///
    /// # Errors
    /// As [`Office::field`].
    pub fn task_title(&self, reader: &Reader, row: &TaskRow) -> Result<String, Trouble> {
        let title = self.field(reader, row.idx, "title", None)?;
        Ok(title.text().map_or_else(|| row.no.to_string(), str::to_owned))
    }

    /// The key of the words for how far a task is, as the company sees it.
    pub fn task_state(row: &TaskRow) -> String {
        match (row.sort, row.state) {
            (TaskSort::Warning, Cure::Cured) => "task-heeded".to_owned(),
            (TaskSort::Invitation, Cure::Cured) => "task-answered".to_owned(),
            (TaskSort::Invitation, Cure::Dropped) => "task-cancelled".to_owned(),
            (TaskSort::Invitation, Cure::Open) => "task-invited".to_owned(),
            (_, state) => format!("cure-{}", state.word()),
        }
    }
}

/// The number of a prescription; nothing else is taken for one.
fn prescription(no: &str) -> Option<Number> {
    Number::parse(no).ok().filter(|no| no.series == Series::Prescription)
}

/// The number of something a station asks.
fn theirs(no: &str) -> Option<Number> {
    let series = [Series::Prescription, Series::Activity];
    Number::parse(no).ok().filter(|no| series.contains(&no.series))
}

/// The question of a prescription's point, which names it.
fn point(lang: Lang, row: &PrescriptionRow) -> String {
    let known = crate::checklists().iter().find_map(|list| list.point(&row.point));
    known.map_or_else(
        || row.point.clone(),
        |(_, point)| words::law::text(lang, &point.ask).to_owned(),
    )
}

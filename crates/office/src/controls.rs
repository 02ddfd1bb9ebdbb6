//! Controls in plain words: which stand on a day, what people say of them, who sees to what is
//! lacking, and how the score went.

use std::collections::BTreeSet;

use assess::{Assessment, Fact, State, Vouch};
use catalog::Controls;
use domain::control::{AnswerControl, Wish};
use domain::terms::{Answer, Standing};
use domain::{Command, Day, Moment, Number};
use ledger::note::{KeyKind, Note, VerifierKey};
use store::read::Anchor;
use store::{Reader, Receipt, Record};

use crate::{Ask, Office, Sort, Source, Trouble, law};

/// For how many months an answer holds where neither the form nor the catalogue says.
const ANSWER_MONTHS: u32 = 12;

/// The catalogue of controls.
pub fn controls() -> &'static Controls {
    law().controls().expect("tests keep the controls in the shipped data")
}

/// The state of today as far as it was told, and the place of the next entry.
#[derive(Default)]
pub(crate) struct Told {
    next: u64,
    state: State,
}

/// What is said of a control.
pub struct AnswerForm {
    /// The control.
    pub control: String,
    /// What is said.
    pub verdict: Answer,
    /// From this day; today when not said.
    pub from: Option<Day>,
    /// Until this day; as long as the catalogue allows when not said.
    pub until: Option<Day>,
    /// The secret points covered; `None` for all.
    pub secrets: Option<Vec<Number>>,
    /// Who answers for it.
    pub person: Option<Number>,
    /// Why.
    pub why: Option<String>,
    /// What shows it.
    pub papers: Vec<Source>,
    /// The date on the papers.
    pub papers_day: Option<Day>,
}

/// What the score was on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScoreOn {
    /// The day.
    pub day: Day,
    /// In tenths of a point.
    pub score: u32,
    /// Controls that stood.
    pub met: usize,
    /// Controls that counted.
    pub of: usize,
}

impl Office {
    /// Which controls stand on a day. An earlier day is told only what was in the ledger by then.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn assessment(&self, reader: &Reader, day: Day) -> Result<Assessment<'static>, Trouble> {
        if day < self.today() {
            let anchors = reader.anchors()?;
            let state = self.state_of(reader, day)?;
            return Ok(assess::assess(
                controls(),
                &state,
                &self.vouched(&state, &anchors, day),
                day,
            ));
        }
        self.told(reader, |state, vouched| assess::assess(controls(), state, vouched, day))
    }

    /// What the ledger says today, and what others saw of it.
    pub(crate) fn told<T>(
        &self,
        reader: &Reader,
        read: impl FnOnce(&State, &[Vouch]) -> T,
    ) -> Result<T, Trouble> {
        let anchors = reader.anchors()?;
        let mut told = self.told.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let Told { next, state } = &mut *told;
        *next = reader.each_of(assess::KINDS, *next, |record| self.fold(state, &record))?;
        let vouched = self.vouched(state, &anchors, self.today());
        Ok(read(state, &vouched))
    }

    /// The score on each of some days, ascending.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn scores(&self, reader: &Reader, days: &[Day]) -> Result<Vec<ScoreOn>, Trouble> {
        let anchors = reader.anchors()?;
        let mut state = State::default();
        let mut scores = Vec::new();
        let on = |state: &State, day: Day| {
            let found = assess::assess(controls(), state, &self.vouched(state, &anchors, day), day);
            let counts =
                found.steps.iter().fold((0, 0), |(met, of), step| (met + step.met, of + step.of));
            ScoreOn { day, score: found.score, met: counts.0, of: counts.1 }
        };
        let mut days = days.iter().copied().peekable();
        reader.each_of(assess::KINDS, 0, |record| {
            let received = record.received.day_at(self.zone_minutes());
            while let Some(day) = days.next_if(|day| *day < received) {
                scores.push(on(&state, day));
            }
            self.fold(&mut state, &record);
        })?;
        scores.extend(days.map(|day| on(&state, day)));
        Ok(scores)
    }

    /// The places of the entries in which somebody spoke of a control, ascending.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn told_of(&self, reader: &Reader, control: &str) -> Result<Vec<u64>, Trouble> {
        self.assessment(reader, self.today())?;
        let told = self.told.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Ok(told.state.spoken_of(control))
    }

    fn state_of(&self, reader: &Reader, day: Day) -> Result<State, Trouble> {
        let mut state = State::default();
        reader.each_of(assess::KINDS, 0, |record| {
            if record.received.day_at(self.zone_minutes()) <= day {
                self.fold(&mut state, &record);
            }
        })?;
        Ok(state)
    }

    fn fold(&self, state: &mut State, record: &Record) {
        let day = record.received.day_at(self.zone_minutes());
        state.tell(Fact { idx: record.idx, day, event: &record.event, sealed: &record.sealed });
    }

    /// Who else saw the ledger until a day: cosignatures and time-stamps were verified when they
    /// came in; what is not known by a key of the ledger says nothing.
    fn vouched(&self, state: &State, anchors: &[Anchor], day: Day) -> Vec<Vouch> {
        let own = self.home.log_vkey().ok().map(|key| key.public());
        let witnesses: Vec<(VerifierKey, Standing)> = state
            .vouchers()
            .filter_map(|(key, standing)| Some((key.parse::<VerifierKey>().ok()?, standing)))
            .filter(|(key, _)| key.kind() == KeyKind::Cosigner)
            // A log that cosigns itself is its own witness, whatever it says.
            .map(|(key, said)| {
                let is_own = Some(key.public()) == own;
                (key, if is_own { Standing::Own } else { said })
            })
            .collect();
        let zone = self.zone_minutes();
        let mut found = Vec::new();
        for anchor in anchors {
            let note = Note::parse(anchor.note.as_bytes()).ok();
            for line in note.iter().flat_map(|note| &note.signatures) {
                let of = witnesses.iter().find(|(key, _)| key.is_of(line));
                // Its first eight bytes are when it was made (C2SP tlog-cosignature).
                let at = line.bytes.first_chunk::<8>().map(|bytes| u64::from_be_bytes(*bytes));
                let at = at.and_then(|at| i64::try_from(at).ok()?.checked_mul(1000));
                if let (Some((_, standing)), Some(at)) = (of, at) {
                    let day = Moment(at).day_at(zone);
                    found.push(Vouch { size: anchor.size, day, standing: *standing });
                }
            }
            for stamp in &anchor.stamps {
                if let Some(standing) = state.relation(&stamp.authority) {
                    let day = stamp.at.day_at(zone);
                    found.push(Vouch { size: anchor.size, day, standing });
                }
            }
        }
        found.retain(|vouch| vouch.day <= day);
        found
    }

    /// Records what a person says of a control, with its evidence.
    ///
    /// # Errors
    /// [`Trouble`]; refused when the ledger tells the control, or the days are longer than it allows.
    pub fn answer_control(&self, ask: &Ask, form: AnswerForm) -> Result<Receipt, Trouble> {
        let control = known(&form.control)?;
        // What the ledger tells, nobody has to say; that it does not apply, somebody may.
        if control.check.is_some() && form.verdict != Answer::Exempt {
            let args = vec![("control", control.id.id.clone())];
            return Err(Trouble::Other("trouble-control-told", args, Sort::Refused));
        }
        let from = form.from.unwrap_or_else(|| self.today());
        let months = control.months.unwrap_or(ANSWER_MONTHS);
        let most = from.plus_months(months).unwrap_or(from);
        if form.until.is_some_and(|until| until > most) {
            let args = vec![("months", months.to_string()), ("day", most.to_string())];
            return Err(Trouble::Other("trouble-answer-too-long", args, Sort::Refused));
        }
        let secrets: Option<BTreeSet<Number>> = form.secrets.map(|all| all.into_iter().collect());
        let papers = self.papers(None, form.papers, form.papers_day)?;
        let wish = AnswerControl {
            control: control.id.id.clone(),
            edition: mark(),
            verdict: form.verdict,
            from,
            until: form.until.unwrap_or(most),
            secrets: secrets.map(|all| all.into_iter().collect()),
            person: form.person,
            why: form.why,
            papers,
        };
        self.submit(ask, Command::Control(Wish::Answer(Box::new(wish))))
    }

    /// Takes an answer back.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn withdraw_answer(
        &self,
        ask: &Ask,
        answer: Number,
        why: String,
    ) -> Result<Receipt, Trouble> {
        self.submit(ask, Command::Control(Wish::Withdraw { answer, why }))
    }

    /// Gives what a control lacks to somebody; with neither a person nor a day it is nobody's again.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn assign_control(
        &self,
        ask: &Ask,
        control: &str,
        (person, due): (Option<Number>, Option<Day>),
        why: Option<String>,
    ) -> Result<Receipt, Trouble> {
        let control = known(control)?.id.id.clone();
        self.submit(ask, Command::Control(Wish::Assign { control, person, due, why }))
    }

    /// Records that what the newest edition changed was looked at.
    ///
    /// # Errors
    /// [`Trouble`]; refused when there is nothing newer.
    pub fn adopt_controls(
        &self,
        ask: &Ask,
        reader: &Reader,
        why: Option<String>,
    ) -> Result<Receipt, Trouble> {
        let from = self.assessment(reader, self.today())?.adopted;
        let to = controls().edition;
        if from == Some(to) {
            let args = vec![("edition", to.to_string())];
            return Err(Trouble::Other("trouble-edition-adopted", args, Sort::Conflict));
        }
        let catalogue = controls().id.clone();
        self.submit(ask, Command::Control(Wish::Adopt { catalogue, from, to, why }))
    }
}

/// The catalogue with its edition, as an answer keeps it: `controls@1`.
fn mark() -> String {
    format!("{}@{}", controls().id, controls().edition)
}

fn known(id: &str) -> Result<&'static catalog::control::Control, Trouble> {
    controls().control(id.trim()).map(|(_, control)| control).ok_or_else(|| {
        let args = vec![("text", id.chars().take(40).collect())];
        Trouble::Other("trouble-no-control", args, Sort::NotFound)
    })
}

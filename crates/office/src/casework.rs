//! Cases in plain words: opened on a procedure of the catalog, with papers, steps and clocks.
//!
//! The catalog says what may be done when and by whom; the journal only keeps what was done. What
//! is known of a case and remarks on its steps are sealed under the case's own key.

use std::collections::BTreeMap;

use catalog::procedure::{Form, Procedure};
use catalog::standard::{Exhibit, Figures, Report};
use catalog::{Board, Case, Clock, Due, Happening, Papers, When};
use domain::casework::{FileItem, OpenCase, TakeStep, Wish};
use domain::terms::CaseSource;
use domain::{Command, Day, Number, Refusal, Series};
use store::read::{CaseFilter, CaseItemRow, CaseRow, CaseStepRow};
use store::{Reader, Receipt};
use words::Lang;

use crate::{Ask, Office, Sort, Source, Trouble, law};

/// A case to be opened.
#[derive(Clone, Debug)]
pub struct CaseForm {
    /// The procedure's name in the catalog.
    pub procedure: String,
    /// Whose secret it is about, on a station.
    pub company: Option<Number>,
    /// A title without anything secret.
    pub title: String,
    /// Where it came from.
    pub source: CaseSource,
    /// When it came: the version in force on that day is the case's.
    pub happened: Day,
    /// What is known.
    pub text: Option<String>,
}

/// A step to be recorded.
#[derive(Clone, Debug)]
pub struct StepForm {
    /// The case.
    pub case: Number,
    /// The step's name in the procedure.
    pub step: String,
    /// By which role; may be left out where only one can.
    pub role: Option<String>,
    /// When.
    pub at: When,
    /// The day it names.
    pub planned: Option<Day>,
    /// A remark.
    pub note: Option<String>,
}

/// Something to be put into a case's file.
pub struct ItemForm {
    /// The case.
    pub case: Number,
    /// What, by its name in the procedure or among the items of evidence.
    pub item: String,
    /// The scan or file, when there is one.
    pub source: Option<Source>,
    /// What it bears of form.
    pub bears: Vec<Form>,
    /// The date on it.
    pub happened: Option<Day>,
    /// A remark, such as where the original lies.
    pub why: Option<String>,
}

/// A case with all that was recorded, on its version of its procedure.
pub struct OpenedCase {
    /// What is known of it.
    pub row: CaseRow,
    /// The steps, those taken back included.
    pub steps: Vec<CaseStepRow>,
    /// What is in the file.
    pub items: Vec<CaseItemRow>,
    /// The case as the catalog sees it.
    pub case: Case<'static>,
}

impl OpenedCase {
    /// Its procedure.
    pub fn procedure(&self) -> &'static Procedure {
        self.case.procedure()
    }

    /// The names of what is in the file.
    pub fn papers(&self) -> Papers {
        self.items.iter().map(|row| row.item.clone()).collect()
    }

    /// The clocks that something has started, those that wait first, the soonest before others.
    pub fn clocks(&self, now: When) -> Vec<Clock<'static>> {
        let mut clocks = self.case.clocks(now);
        clocks.sort_by_key(|clock| {
            let waits = matches!(clock.standing.key(), "running" | "late" | "lapsed" | "paused");
            (!waits, clock.end.map(|end| (end.day(), end.minute())))
        });
        clocks
    }

    /// How far the file covers a standard of evidence; `None` when there is no such standard.
    pub fn report(&self, standard: &str, figures: Figures) -> Option<Report<'static>> {
        let file: Vec<_> = self.items.iter().map(exhibit).collect();
        law().report(standard, &file, figures)
    }

    /// How many steps stand.
    fn standing_steps(&self) -> u32 {
        self.steps.iter().filter(|step| step.withdrawn.is_none()).count() as u32
    }
}

fn exhibit(row: &CaseItemRow) -> Exhibit {
    let form = |word: &String| Form::ALL.into_iter().find(|form| form.key() == word);
    Exhibit {
        item: row.item.clone(),
        bears: row.bears.iter().filter_map(form).collect(),
        name: String::new(),
    }
}

/// A clock that waits, with its case.
#[derive(Clone, Debug)]
pub struct DueClock {
    /// The case.
    pub case: Number,
    /// Its title.
    pub title: String,
    /// The office in charge.
    pub unit: Option<String>,
    /// The clock.
    pub due: Due<'static>,
}

/// Clocks of all open cases, reckoned when a case changes or a day begins.
#[derive(Default)]
pub(crate) struct Clocks {
    day: Option<catalog::Day>,
    /// The last event that is in here.
    seen: Option<u64>,
    board: Board<'static>,
    titles: BTreeMap<u32, (String, Option<String>)>,
}

pub(crate) fn day_of(day: Day) -> Result<catalog::Day, Trouble> {
    catalog::Day::parse(&day.to_string()).map_err(|_| {
        Trouble::Other("trouble-day-out-of-range", vec![("day", day.to_string())], Sort::Refused)
    })
}

fn happening(row: &CaseStepRow) -> Result<Happening, Trouble> {
    Ok(Happening {
        at: When { day: day_of(row.happened)?, minute: row.minute },
        step: row.step.clone(),
        by: row.role.clone(),
        planned: row.planned.map(day_of).transpose()?,
    })
}

/// The case as the catalog sees it.
pub(crate) fn replay<'a>(
    row: &CaseRow,
    steps: impl Iterator<Item = &'a CaseStepRow>,
) -> Result<Case<'static>, Trouble> {
    let unknown = |what: String| {
        let args = vec![("no", row.no.to_string()), ("what", what)];
        Trouble::Other("trouble-case-of-other-program", args, Sort::Broken)
    };
    let version = law().open_version(&row.procedure, row.version);
    let mut case = version.ok_or_else(|| unknown(format!("{} {}", row.procedure, row.version)))?;
    for step in steps {
        case.restore(happening(step)?).map_err(|_| unknown(step.step.clone()))?;
    }
    Ok(case)
}

impl Office {
    /// The wall clock where the company is, as deadlines count.
    ///
    /// # Errors
    /// [`Trouble::Other`] when the machine's clock is beyond all calendars.
    pub fn local_now(&self) -> Result<When, Trouble> {
        let (now, zone) = (self.now(), self.zone_minutes());
        let minute = (now.seconds() + i64::from(zone) * 60).rem_euclid(86_400) / 60;
        Ok(When { day: day_of(now.day_at(zone))?, minute: u16::try_from(minute).ok() })
    }

    /// A case with all that was recorded.
    ///
    /// # Errors
    /// [`Trouble::Unknown`]; [`Trouble::Other`] when this program lacks its procedure.
    pub fn opened_case(&self, reader: &Reader, no: Number) -> Result<OpenedCase, Trouble> {
        let row = reader.case(no)?.ok_or(Trouble::Unknown(no))?;
        let (steps, items) = (reader.case_steps(no)?, reader.case_items(no)?);
        let case = replay(&row, steps.iter().filter(|step| step.withdrawn.is_none()))?;
        Ok(OpenedCase { row, steps, items, case })
    }

    /// Opens a case.
    ///
    /// # Errors
    /// [`Trouble`]; refused when there is no such procedure on that day.
    pub fn open_case(&self, ask: &Ask, form: CaseForm) -> Result<Receipt, Trouble> {
        let CaseForm { procedure, company, title, source, happened, text } = form;
        let day = day_of(happened)?;
        let found = law().procedure(&procedure, day).ok_or_else(|| {
            let known: Vec<_> = law().procedures().iter().map(|row| &*row.id).collect();
            let args = vec![
                ("text", procedure.chars().take(40).collect()),
                ("day", happened.to_string()),
                ("known", known.join(", ")),
            ];
            Trouble::Other("trouble-no-procedure", args, Sort::Refused)
        })?;
        let (version, state) = (found.version, found.track.first().map(|track| &track.start.id));
        let state = state.cloned().unwrap_or_default();
        let (key, sealed) = self.seal_all(None, vec![("text", text)])?;
        let text = sealed.into_iter().next().flatten();
        let wish =
            OpenCase { procedure, version, state, company, title, source, happened, text, key };
        self.case_wish(ask, Wish::Open(Box::new(wish)))
    }

    /// Says who handles a case.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn assign_case(
        &self,
        ask: &Ask,
        case: Number,
        unit: String,
        handler: Option<String>,
    ) -> Result<Receipt, Trouble> {
        let (key, sealed) = self.seal_all(Some(case), vec![("handler", handler)])?;
        let handler = sealed.into_iter().next().flatten();
        self.case_wish(ask, Wish::Assign { case, unit, handler, key })
    }

    /// Puts something into a case's file; a scan goes into the vault first.
    ///
    /// # Errors
    /// [`Trouble`]; refused when neither the procedure nor the items of evidence have that name.
    pub fn file_item(&self, ask: &Ask, form: ItemForm) -> Result<Receipt, Trouble> {
        let reader = self.reader()?;
        let opened = self.opened_case(&reader, form.case)?;
        let of_procedure = opened.procedure().item(&form.item).is_some();
        let is_mark =
            opened.procedure().rule.iter().any(|rule| rule.only_if.as_deref() == Some(&form.item));
        if !of_procedure && !is_mark && law().elements().item(&form.item).is_none() {
            let known: Vec<_> = opened.procedure().item.iter().map(|row| &*row.id.id).collect();
            let args =
                vec![("text", form.item.chars().take(40).collect()), ("known", known.join(", "))];
            return Err(Trouble::Other("trouble-no-case-item", args, Sort::Refused));
        }
        let mut paper = None;
        if let Some(source) = form.source {
            // The paper is an entry of its own: sent twice with one key it is written once.
            let mut key = ask.key;
            key[0] ^= 1;
            let first = Ask { key, ..ask.clone() };
            let added = self.add_papers(&first, form.case, vec![source], form.happened)?;
            let papers = self.reader()?.papers(form.case)?;
            paper = papers.iter().find(|row| row.idx == added.first).map(|row| row.no);
        }
        self.case_wish(
            ask,
            Wish::File(Box::new(FileItem {
                case: form.case,
                item: form.item,
                paper,
                bears: form.bears.iter().map(|form| form.key().to_owned()).collect(),
                happened: form.happened,
                why: form.why,
            })),
        )
    }

    /// Takes something out of a case's file again; its scan stays in the vault.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn unfile_item(
        &self,
        ask: &Ask,
        case: Number,
        item: String,
        why: String,
    ) -> Result<Receipt, Trouble> {
        self.case_wish(ask, Wish::Unfile { case, item, why })
    }

    /// Records a step, when the procedure allows it.
    ///
    /// # Errors
    /// [`Trouble`]; refused with the reason and its article.
    pub fn take_step(&self, ask: &Ask, form: StepForm, lang: Lang) -> Result<Receipt, Trouble> {
        let opened = self.opened_case(&self.reader()?, form.case)?;
        let procedure = opened.procedure();
        let only = procedure.step(&form.step).filter(|step| step.by.len() == 1);
        let role = form.role.filter(|role| !role.is_empty());
        let role = role.or_else(|| only.map(|step| step.by[0].id.clone())).ok_or_else(|| {
            let by = procedure.step(&form.step).map_or(&[][..], |step| &step.by);
            let known: Vec<_> = by.iter().map(|role| &*role.id).collect();
            Trouble::Other("trouble-whose-step", vec![("known", known.join(", "))], Sort::Refused)
        })?;
        let planned = form.planned.map(day_of).transpose()?;
        let next = Happening { at: form.at, step: form.step.clone(), by: role.clone(), planned };
        let mut case = opened.case.clone();
        case.take(next, &opened.papers()).map_err(|refusal| {
            let why = words::law::refusal(lang, law(), procedure, &refusal);
            Trouble::Other("trouble-step-refused", vec![("why", why)], Sort::Refused)
        })?;
        let main = procedure.track.first().map_or("", |track| &*track.id.id);
        let state = case.state(main).unwrap_or_default();
        let ends = procedure.state(state).is_some_and(|state| state.end);
        let (key, sealed) = self.seal_all(Some(form.case), vec![("note", form.note)])?;
        let happened = Day::parse(&form.at.day.to_string())
            .map_err(|_| Trouble::from(Refusal::Blank("field-happened")))?;
        let wish = TakeStep {
            case: form.case,
            after: opened.standing_steps(),
            step: form.step,
            role,
            happened,
            minute: form.at.minute,
            planned: form.planned,
            state: state.to_owned(),
            ends,
            note: sealed.into_iter().next().flatten(),
            key,
        };
        self.case_wish(ask, Wish::Step(Box::new(wish)))
    }

    /// Takes the last step of a case back: it was recorded by mistake.
    ///
    /// # Errors
    /// [`Trouble`]; refused when it isn't the last one.
    pub fn untake_step(
        &self,
        ask: &Ask,
        case: Number,
        no: u32,
        why: String,
    ) -> Result<Receipt, Trouble> {
        let opened = self.opened_case(&self.reader()?, case)?;
        let stay = opened.steps.iter().filter(|step| step.withdrawn.is_none() && step.no != no);
        let before = replay(&opened.row, stay)?;
        let main = opened.procedure().track.first().map_or("", |track| &*track.id.id);
        let state = before.state(main).unwrap_or_default().to_owned();
        self.case_wish(ask, Wish::Unstep { case, no, state, why })
    }

    /// What must be done in open cases up to a day, late things included, the soonest first.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn due_clocks(&self, reader: &Reader, until: Day) -> Result<Vec<DueClock>, Trouble> {
        let (now, until) = (self.local_now()?, day_of(until)?);
        let mut clocks = self.clocks.lock().unwrap_or_else(|broken| broken.into_inner());
        clocks.refresh(reader, now)?;
        let rows = clocks.board.due_of_all(until).into_iter().filter_map(|mut due| {
            let (title, unit) = clocks.titles.get(&due.case)?.clone();
            if due.standing == catalog::Standing::Running && due.end.is_passed_by(now) {
                due.standing = catalog::Standing::Late;
            }
            let case = Number { series: Series::Case, count: due.case };
            Some(DueClock { case, title, unit, due })
        });
        Ok(rows.collect())
    }

    /// Names the organisation that a case is against: an entry of the directory.
    ///
    /// # Errors
    /// [`Trouble`].
    pub fn case_against(
        &self,
        ask: &Ask,
        case: Number,
        respondent: Number,
    ) -> Result<Receipt, Trouble> {
        self.case_wish(ask, Wish::Against { case, respondent })
    }

    fn case_wish(&self, ask: &Ask, wish: Wish) -> Result<Receipt, Trouble> {
        self.submit(ask, Command::Casework(wish))
    }
}

impl Clocks {
    fn refresh(&mut self, reader: &Reader, now: When) -> Result<(), Trouble> {
        if self.day != Some(now.day) {
            *self = Self { day: Some(now.day), ..Self::default() };
        }
        let changed =
            CaseFilter { changed_after: self.seen, limit: u32::MAX >> 1, ..CaseFilter::default() };
        let rows = reader.cases(&changed)?.rows;
        if rows.is_empty() {
            return Ok(());
        }
        let mut steps: BTreeMap<Number, Vec<CaseStepRow>> = BTreeMap::new();
        for step in reader.steps_after(self.seen)? {
            steps.entry(step.case).or_default().push(step);
        }
        let first = self.seen.is_none();
        let mut cases = Vec::new();
        for row in rows {
            self.seen = self.seen.max(Some(row.changed));
            let case = replay(&row, steps.get(&row.no).into_iter().flatten())?;
            if first {
                cases.push((row.no.count, case));
            } else {
                self.board.replace(row.no.count, Some((0, &case)), now);
            }
            self.titles.insert(row.no.count, (row.title, row.unit));
        }
        if first {
            self.board = Board::new(cases.iter().map(|(number, case)| (0, *number, case)), now);
        } else {
            self.board.sort();
        }
        Ok(())
    }
}

//! A station's workstation: experts and their load, requests, visits, prescriptions.

use domain::guidance::Wait;
use domain::terms::{Channel, Closing, Cure, Grade, Mark, RequestState, Theme, VisitState};
use domain::{Day, Number, Period};
use rusqlite::types::Value;
use rusqlite::{Row, params, params_from_iter};

use super::{Page, Reader, conversion, maybe_day, maybe_number, maybe_term, number, term};
use crate::StoreError;

/// An expert of the committee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpertRow {
    /// The number.
    pub no: Number,
    /// The event whose items `name` and `contact` say who it is.
    pub idx: u64,
    /// What the expert knows about.
    pub fields: Vec<Theme>,
    /// 所在单位.
    pub organisation: String,
    /// First day of the term.
    pub from: Day,
    /// Last day of the term.
    pub until: Option<Day>,
    /// The day on which the expert left.
    pub ended: Option<Day>,
    /// Companies to keep away from.
    pub conflicts: u32,
    /// Requests that wait for the expert.
    pub waiting: u32,
    /// Visits arranged with the expert.
    pub planned: u32,
    /// Replies given and visits made.
    pub done: u32,
}

impl ExpertRow {
    /// Whether the expert may be asked on a day.
    pub fn serves(&self, on: Day) -> bool {
        self.ended.is_none() && self.until.is_none_or(|until| until >= on)
    }
}

/// A company that an expert keeps away from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictRow {
    /// The company.
    pub company: Number,
    /// The event that said so.
    pub idx: u64,
    /// Why, when it was said.
    pub why: Option<String>,
}

/// A company's request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestRow {
    /// Its number.
    pub no: Number,
    /// The event whose item `text` holds it.
    pub idx: u64,
    /// Whose it is.
    pub company: Number,
    /// The company's name.
    pub name: String,
    /// How it came.
    pub channel: Channel,
    /// What it is about.
    pub theme: Theme,
    /// Its title.
    pub title: String,
    /// When it came.
    pub happened: Day,
    /// When it should be answered.
    pub due: Day,
    /// Whether it comes before others.
    pub urgent: bool,
    /// To whom it was routed.
    pub expert: Option<Number>,
    /// To which body it was routed.
    pub body: Option<String>,
    /// How far it is.
    pub state: RequestState,
    /// When it was first answered.
    pub replied: Option<Day>,
    /// When it was closed.
    pub closed: Option<Day>,
    /// How it was closed.
    pub closing: Option<Closing>,
}

/// A reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyRow {
    /// The event whose item `text` holds it.
    pub idx: u64,
    /// Who replied; `None` for the station itself.
    pub expert: Option<Number>,
    /// When.
    pub happened: Day,
}

/// A visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitRow {
    /// Its number.
    pub no: Number,
    /// Where.
    pub company: Number,
    /// The company's name.
    pub name: String,
    /// When it is to be, or was.
    pub day: Day,
    /// What for.
    pub title: String,
    /// The checklist taken along, with its edition.
    pub checklist: String,
    /// The request it answers.
    pub request: Option<Number>,
    /// The visit it follows up.
    pub follows: Option<Number>,
    /// How far it is.
    pub state: VisitState,
    /// What was seen at each point.
    pub marks: Vec<(String, Mark)>,
    /// The event whose item `note` holds the remark.
    pub made_idx: Option<u64>,
    /// What was prescribed.
    pub prescriptions: u32,
}

/// A prescription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrescriptionRow {
    /// Its number.
    pub no: Number,
    /// The event whose items `finding` and `advice` say what.
    pub idx: u64,
    /// For whom.
    pub company: Number,
    /// The company's name.
    pub name: String,
    /// The visit that found it.
    pub visit: Number,
    /// The point of the checklist.
    pub point: String,
    /// Its theme.
    pub theme: Theme,
    /// How grave it is.
    pub grade: Grade,
    /// When it was prescribed.
    pub happened: Day,
    /// By when it is to be done.
    pub due: Day,
    /// How far it is.
    pub state: Cure,
    /// When somebody last looked.
    pub reviewed: Option<Day>,
}

/// A step of a prescription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepRow {
    /// The event whose item `note` holds the remark.
    pub idx: u64,
    /// The word of a pace or a verdict.
    pub word: String,
    /// When.
    pub happened: Day,
    /// The visit that looked.
    pub visit: Option<Number>,
    /// The new date.
    pub due: Option<Day>,
    /// The link by which the company's node said it itself.
    pub link: Option<Number>,
}

/// What lists of requests, visits and prescriptions can be asked for; empty means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeskFilter {
    /// Part of the title, the company's name or a number.
    pub text: Option<String>,
    /// Only of this company.
    pub company: Option<Number>,
    /// Only of this expert.
    pub expert: Option<Number>,
    /// Only of this theme.
    pub theme: Option<Theme>,
    /// Only of this grade.
    pub grade: Option<Grade>,
    /// Only in this state, by its word.
    pub state: Option<&'static str>,
    /// Only what is not over.
    pub open: bool,
    /// Only what was due before this day and is not over.
    pub late_on: Option<Day>,
    /// Only what came, was made or was prescribed in this period.
    pub period: Option<Period>,
    /// Only requests that were answered in so many days.
    pub wait: Option<Wait>,
    /// How many to skip.
    pub offset: u32,
    /// How many at most; 0 for 50.
    pub limit: u32,
}

/// How many prescriptions of a theme are how far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RiskLine {
    /// The theme.
    pub theme: Theme,
    /// Open ones by grade, the gravest first.
    pub open: [u32; 3],
    /// Open ones that are late.
    pub late: u32,
    /// Cured ones.
    pub cured: u32,
    /// Companies with an open one.
    pub companies: u32,
}

const REQUEST: &str = "r.no, r.idx, r.company, c.name, r.channel, r.theme, r.title, r.happened,
    r.due, r.urgent, r.expert, r.body, r.state, r.replied, r.closed, r.closing";
const VISIT: &str = "v.no, v.company, c.name, v.day, v.title, v.checklist, v.request, v.follows,
    v.state, v.marks, v.made_idx, (SELECT COUNT(*) FROM prescription p WHERE p.visit = v.no)";
const PRESCRIPTION: &str = "p.no, p.idx, p.company, c.name, p.visit, p.point, p.theme, p.grade,
    p.happened, p.due, p.state, p.reviewed";
const EXPERT: &str = "e.no, e.idx, e.fields, e.organisation, e.from_day, e.until, e.ended,
    (SELECT COUNT(*) FROM conflict k WHERE k.expert = e.no),
    (SELECT COUNT(*) FROM request r WHERE r.expert = e.no AND r.state = 'routed'),
    (SELECT COUNT(*) FROM visit_expert x JOIN visit v ON v.no = x.visit
      WHERE x.expert = e.no AND v.state = 'planned'),
    (SELECT COUNT(*) FROM reply y WHERE y.expert = e.no)
      + (SELECT COUNT(*) FROM visit_expert x JOIN visit v ON v.no = x.visit
          WHERE x.expert = e.no AND v.state = 'made')";
/// Prescriptions that are not over.
const OPEN_CURES: &str = "('open', 'started', 'blocked', 'done')";

pub(super) fn idx(row: &Row<'_>, at: usize) -> rusqlite::Result<u64> {
    Ok(row.get::<_, i64>(at)? as u64)
}

pub(super) fn a_day(row: &Row<'_>, at: usize) -> rusqlite::Result<Day> {
    let text: String = row.get(at)?;
    Day::parse(&text).map_err(|error| conversion(at, error))
}

fn read_expert(row: &Row<'_>) -> rusqlite::Result<ExpertRow> {
    let fields: String = row.get(2)?;
    Ok(ExpertRow {
        no: number(row, 0)?,
        idx: idx(row, 1)?,
        fields: fields.split(',').filter_map(Theme::from_word).collect(),
        organisation: row.get(3)?,
        from: a_day(row, 4)?,
        until: maybe_day(row, 5)?,
        ended: maybe_day(row, 6)?,
        conflicts: row.get(7)?,
        waiting: row.get(8)?,
        planned: row.get(9)?,
        done: row.get(10)?,
    })
}

fn read_request(row: &Row<'_>) -> rusqlite::Result<RequestRow> {
    Ok(RequestRow {
        no: number(row, 0)?,
        idx: idx(row, 1)?,
        company: number(row, 2)?,
        name: row.get(3)?,
        channel: term(row, 4, Channel::from_word)?,
        theme: term(row, 5, Theme::from_word)?,
        title: row.get(6)?,
        happened: a_day(row, 7)?,
        due: a_day(row, 8)?,
        urgent: row.get(9)?,
        expert: maybe_number(row, 10)?,
        body: row.get(11)?,
        state: term(row, 12, RequestState::from_word)?,
        replied: maybe_day(row, 13)?,
        closed: maybe_day(row, 14)?,
        closing: maybe_term(row, 15, Closing::from_word)?,
    })
}

fn read_visit(row: &Row<'_>) -> rusqlite::Result<VisitRow> {
    let marks: String = row.get(9)?;
    let mark = |text: &str| {
        let (point, mark) = text.split_once('=')?;
        Some((point.to_owned(), Mark::from_word(mark)?))
    };
    Ok(VisitRow {
        no: number(row, 0)?,
        company: number(row, 1)?,
        name: row.get(2)?,
        day: a_day(row, 3)?,
        title: row.get(4)?,
        checklist: row.get(5)?,
        request: maybe_number(row, 6)?,
        follows: maybe_number(row, 7)?,
        state: term(row, 8, VisitState::from_word)?,
        marks: marks.split(',').filter_map(mark).collect(),
        made_idx: row.get::<_, Option<i64>>(10)?.map(|idx| idx as u64),
        prescriptions: row.get(11)?,
    })
}

fn read_prescription(row: &Row<'_>) -> rusqlite::Result<PrescriptionRow> {
    Ok(PrescriptionRow {
        no: number(row, 0)?,
        idx: idx(row, 1)?,
        company: number(row, 2)?,
        name: row.get(3)?,
        visit: number(row, 4)?,
        point: row.get(5)?,
        theme: term(row, 6, Theme::from_word)?,
        grade: term(row, 7, Grade::from_word)?,
        happened: a_day(row, 8)?,
        due: a_day(row, 9)?,
        state: term(row, 10, Cure::from_word)?,
        reviewed: maybe_day(row, 11)?,
    })
}

/// Which table a filter is put to, and how its columns are called there.
#[derive(Clone, Copy)]
enum List {
    Requests,
    Visits,
    Prescriptions,
}

impl List {
    const fn from(self) -> &'static str {
        match self {
            Self::Requests => "request r JOIN company c ON c.no = r.company",
            Self::Visits => "visit v JOIN company c ON c.no = v.company",
            Self::Prescriptions => "prescription p JOIN company c ON c.no = p.company",
        }
    }

    const fn row(self) -> &'static str {
        match self {
            Self::Requests => "r",
            Self::Visits => "v",
            Self::Prescriptions => "p",
        }
    }

    /// What is still to be done comes first, the soonest before others.
    const fn order(self) -> &'static str {
        match self {
            Self::Requests => "r.state = 'closed', r.urgent DESC, r.due, r.idx",
            Self::Visits => {
                "v.state <> 'planned', CASE v.state WHEN 'planned' THEN v.day END,
                             v.day DESC, v.idx DESC"
            }
            Self::Prescriptions => "p.state IN ('cured', 'dropped'), p.due, p.rank, p.idx",
        }
    }

    const fn open(self) -> &'static str {
        match self {
            Self::Requests => "r.state <> 'closed'",
            Self::Visits => "v.state = 'planned'",
            Self::Prescriptions => "p.state IN ('open', 'started', 'blocked', 'done')",
        }
    }
}

impl DeskFilter {
    fn conditions(&self, list: List) -> (String, Vec<Value>) {
        let row = list.row();
        let mut conditions = vec!["TRUE".to_owned()];
        let mut values: Vec<Value> = Vec::new();
        let mut bind = |condition: &str, value: Value| {
            values.push(value);
            conditions.push(condition.replace('?', &format!("${}", values.len())));
        };
        let no = |no: Number| Value::Text(no.to_string());
        if let Some(text) = self.text.as_deref().map(str::trim).filter(|t| !t.is_empty()) {
            let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            let said = match list {
                List::Prescriptions => "p.point",
                List::Requests => "r.title",
                List::Visits => "v.title",
            };
            bind(
                &format!(
                    "({row}.no || ' ' || {row}.company || ' ' || c.name || ' ' || {said})
                     LIKE ? ESCAPE '\\'"
                ),
                Value::Text(format!("%{escaped}%")),
            );
        }
        if let Some(company) = self.company {
            bind(&format!("{row}.company = ?"), no(company));
        }
        if let Some(expert) = self.expert {
            let of = match list {
                List::Requests => "r.expert = ?",
                List::Visits => "v.no IN (SELECT visit FROM visit_expert WHERE expert = ?)",
                List::Prescriptions => {
                    "p.visit IN (SELECT visit FROM visit_expert WHERE expert = ?)"
                }
            };
            bind(of, no(expert));
        }
        if let (Some(theme), false) = (self.theme, matches!(list, List::Visits)) {
            bind(&format!("{row}.theme = ?"), Value::Text(theme.word().into()));
        }
        if let (Some(grade), true) = (self.grade, matches!(list, List::Prescriptions)) {
            bind("p.grade = ?", Value::Text(grade.word().into()));
        }
        if let Some(state) = self.state {
            bind(&format!("{row}.state = ?"), Value::Text(state.into()));
        }
        if let Some(day) = self.late_on {
            let due = if matches!(list, List::Visits) { "v.day" } else { "due" };
            bind(&format!("{due} < ?"), Value::Text(day.to_string()));
        }
        if let Some(period) = self.period {
            let day = if matches!(list, List::Visits) { "v.day" } else { "happened" };
            let day = if day == "v.day" { day.to_owned() } else { format!("{row}.{day}") };
            bind(&format!("{day} >= ?"), Value::Text(period.from().to_string()));
            bind(&format!("{day} <= ?"), Value::Text(period.until().to_string()));
        }
        match self.wait.map(Wait::days) {
            Some(Some((least, most))) if matches!(list, List::Requests) => {
                let waited = "CAST(julianday(r.replied) - julianday(r.happened) AS INTEGER)";
                bind(&format!("{waited} >= ?"), Value::Integer(least));
                bind(&format!("{waited} <= ?"), Value::Integer(most));
            }
            Some(None) if matches!(list, List::Requests) => {
                conditions.push("r.replied IS NULL".to_owned());
            }
            _ => {}
        }
        if self.open || self.late_on.is_some() {
            conditions.push(list.open().to_owned());
        }
        (conditions.join(" AND "), values)
    }
}

impl Reader {
    fn page_of<T>(
        &self,
        list: List,
        columns: &str,
        filter: &DeskFilter,
        read: fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Page<T>, StoreError> {
        let (conditions, values) = filter.conditions(list);
        let (from, order, offset) = (list.from(), list.order(), filter.offset);
        let limit = if filter.limit == 0 { 50 } else { filter.limit };
        let sql = format!(
            "SELECT {columns} FROM {from} WHERE {conditions} ORDER BY {order}
             LIMIT {limit} OFFSET {offset}"
        );
        let rows = self.rows(&sql, params_from_iter(&values), read)?;
        Ok(Page { rows, total: self.count_of(list, filter)? })
    }

    fn count_of(&self, list: List, filter: &DeskFilter) -> Result<u64, StoreError> {
        let (conditions, values) = filter.conditions(list);
        let sql = format!("SELECT COUNT(*) FROM {} WHERE {conditions}", list.from());
        let count = self.row(&sql, params_from_iter(&values), |row| row.get::<_, i64>(0))?;
        Ok(count.unwrap_or(0) as u64)
    }

    /// A part of the requests.
    ///
    /// # Errors
    /// The database's own.
    pub fn requests(&self, filter: &DeskFilter) -> Result<Page<RequestRow>, StoreError> {
        self.page_of(List::Requests, REQUEST, filter, read_request)
    }

    /// How many requests a filter finds.
    ///
    /// # Errors
    /// The database's own.
    pub fn request_count(&self, filter: &DeskFilter) -> Result<u64, StoreError> {
        self.count_of(List::Requests, filter)
    }

    /// One request.
    ///
    /// # Errors
    /// The database's own.
    pub fn request(&self, no: Number) -> Result<Option<RequestRow>, StoreError> {
        let sql = format!("SELECT {REQUEST} FROM {} WHERE r.no = $1", List::Requests.from());
        self.row(&sql, [no.to_string()], read_request)
    }

    /// The replies to a request, in their order.
    ///
    /// # Errors
    /// The database's own.
    pub fn replies(&self, request: Number) -> Result<Vec<ReplyRow>, StoreError> {
        self.rows(
            "SELECT idx, expert, happened FROM reply WHERE request = $1 ORDER BY idx",
            [request.to_string()],
            |row| {
                Ok(ReplyRow {
                    idx: idx(row, 0)?,
                    expert: maybe_number(row, 1)?,
                    happened: a_day(row, 2)?,
                })
            },
        )
    }

    /// A part of the visits.
    ///
    /// # Errors
    /// The database's own.
    pub fn visits(&self, filter: &DeskFilter) -> Result<Page<VisitRow>, StoreError> {
        self.page_of(List::Visits, VISIT, filter, read_visit)
    }

    /// How many visits a filter finds.
    ///
    /// # Errors
    /// The database's own.
    pub fn visit_count(&self, filter: &DeskFilter) -> Result<u64, StoreError> {
        self.count_of(List::Visits, filter)
    }

    /// One visit.
    ///
    /// # Errors
    /// The database's own.
    pub fn visit(&self, no: Number) -> Result<Option<VisitRow>, StoreError> {
        let sql = format!("SELECT {VISIT} FROM {} WHERE v.no = $1", List::Visits.from());
        self.row(&sql, [no.to_string()], read_visit)
    }

    /// Who goes to a visit.
    ///
    /// # Errors
    /// The database's own.
    pub fn visit_experts(&self, visit: Number) -> Result<Vec<Number>, StoreError> {
        let sql = "SELECT expert FROM visit_expert WHERE visit = $1 ORDER BY expert";
        self.rows(sql, [visit.to_string()], |row| number(row, 0))
    }

    /// A part of the prescriptions.
    ///
    /// # Errors
    /// The database's own.
    pub fn prescriptions(&self, filter: &DeskFilter) -> Result<Page<PrescriptionRow>, StoreError> {
        self.page_of(List::Prescriptions, PRESCRIPTION, filter, read_prescription)
    }

    /// How many prescriptions a filter finds.
    ///
    /// # Errors
    /// The database's own.
    pub fn prescription_count(&self, filter: &DeskFilter) -> Result<u64, StoreError> {
        self.count_of(List::Prescriptions, filter)
    }

    /// One prescription.
    ///
    /// # Errors
    /// The database's own.
    pub fn prescription(&self, no: Number) -> Result<Option<PrescriptionRow>, StoreError> {
        let from = List::Prescriptions.from();
        let sql = format!("SELECT {PRESCRIPTION} FROM {from} WHERE p.no = $1");
        self.row(&sql, [no.to_string()], read_prescription)
    }

    /// What a visit prescribed.
    ///
    /// # Errors
    /// The database's own.
    pub fn prescriptions_of(&self, visit: Number) -> Result<Vec<PrescriptionRow>, StoreError> {
        let from = List::Prescriptions.from();
        let sql = format!("SELECT {PRESCRIPTION} FROM {from} WHERE p.visit = $1 ORDER BY p.idx");
        self.rows(&sql, [visit.to_string()], read_prescription)
    }

    /// How a prescription went on.
    ///
    /// # Errors
    /// The database's own.
    pub fn prescription_steps(&self, no: Number) -> Result<Vec<StepRow>, StoreError> {
        self.rows(
            "SELECT idx, word, happened, visit, due, link FROM prescription_step
             WHERE prescription = $1 ORDER BY idx",
            [no.to_string()],
            |row| {
                Ok(StepRow {
                    idx: idx(row, 0)?,
                    word: row.get(1)?,
                    happened: a_day(row, 2)?,
                    visit: maybe_number(row, 3)?,
                    due: maybe_day(row, 4)?,
                    link: maybe_number(row, 5)?,
                })
            },
        )
    }

    /// What is wanting in the district, by theme; themes without any prescription are left out.
    ///
    /// # Errors
    /// The database's own.
    pub fn risks(&self, today: Day) -> Result<Vec<RiskLine>, StoreError> {
        let sql = format!(
            "SELECT theme,
                 COUNT(*) FILTER (WHERE state IN {OPEN_CURES} AND rank = 0),
                 COUNT(*) FILTER (WHERE state IN {OPEN_CURES} AND rank = 1),
                 COUNT(*) FILTER (WHERE state IN {OPEN_CURES} AND rank = 2),
                 COUNT(*) FILTER (WHERE state IN {OPEN_CURES} AND due < $1),
                 COUNT(*) FILTER (WHERE state = 'cured'),
                 COUNT(DISTINCT company) FILTER (WHERE state IN {OPEN_CURES})
             FROM prescription GROUP BY theme"
        );
        let mut lines = self.rows(&sql, params![today.to_string()], |row| {
            Ok(RiskLine {
                theme: term(row, 0, Theme::from_word)?,
                open: [row.get(1)?, row.get(2)?, row.get(3)?],
                late: row.get(4)?,
                cured: row.get(5)?,
                companies: row.get(6)?,
            })
        })?;
        lines.sort_by_key(|line| line.theme);
        Ok(lines)
    }

    /// All experts, those who serve first.
    ///
    /// # Errors
    /// The database's own.
    pub fn experts(&self) -> Result<Vec<ExpertRow>, StoreError> {
        let sql = format!("SELECT {EXPERT} FROM expert e ORDER BY e.ended IS NOT NULL, e.idx");
        self.rows(&sql, [], read_expert)
    }

    /// One expert.
    ///
    /// # Errors
    /// The database's own.
    pub fn expert(&self, no: Number) -> Result<Option<ExpertRow>, StoreError> {
        let sql = format!("SELECT {EXPERT} FROM expert e WHERE e.no = $1");
        self.row(&sql, [no.to_string()], read_expert)
    }

    /// The event whose item `name` says who an expert is.
    ///
    /// # Errors
    /// The database's own.
    pub fn expert_idx(&self, no: Number) -> Result<Option<u64>, StoreError> {
        self.row("SELECT idx FROM expert WHERE no = $1", [no.to_string()], |row| idx(row, 0))
    }

    /// The companies that an expert keeps away from.
    ///
    /// # Errors
    /// The database's own.
    pub fn conflicts(&self, expert: Number) -> Result<Vec<ConflictRow>, StoreError> {
        self.rows(
            "SELECT company, idx, why FROM conflict WHERE expert = $1 ORDER BY idx, company",
            [expert.to_string()],
            |row| Ok(ConflictRow { company: number(row, 0)?, idx: idx(row, 1)?, why: row.get(2)? }),
        )
    }

    /// The experts who keep away from a company.
    ///
    /// # Errors
    /// The database's own.
    pub fn kept_away(&self, company: Number) -> Result<Vec<Number>, StoreError> {
        let sql = "SELECT expert FROM conflict WHERE company = $1 ORDER BY expert";
        self.rows(sql, [company.to_string()], |row| number(row, 0))
    }
}

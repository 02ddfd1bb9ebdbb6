//! Organisations, their members, and what one asks of another.

use domain::terms::{
    AssistanceAnswer, AssistanceSort, AssistanceState, Closing, FollowUp, OrganisationKind,
};
use domain::{Day, Number};
use rusqlite::types::Value;
use rusqlite::{Row, params, params_from_iter};

use super::workstation::{a_day, idx};
use super::{Page, Reader, maybe_day, maybe_number, maybe_term, number, term};
use crate::StoreError;

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationRow {
    /// Its number.
    pub no: Number,
    /// The event that registered it.
    pub idx: u64,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// The park or street that it looks after.
    pub area: Option<String>,
    /// The event whose item `contact` says whom to talk to.
    pub contact_idx: u64,
    /// When it ceased to take part.
    pub ended: Option<Day>,
    /// Its members.
    pub members: u32,
    /// Open requests for assistance that wait for it.
    pub waiting: u32,
}

/// A member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRow {
    /// The company.
    pub company: Number,
    /// Its name.
    pub name: String,
    /// Since when.
    pub joined: Day,
    /// What it is there.
    pub post: Option<String>,
}

/// A request for assistance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssistanceRow {
    /// Its number.
    pub no: Number,
    /// The event whose item `text` holds it.
    pub idx: u64,
    /// Who asks.
    pub from: Number,
    /// Who is asked: an organisation, or a member of the one that asks.
    pub to: Number,
    /// The third organisation it went to.
    pub escalated: Option<Number>,
    /// For what.
    pub sort: AssistanceSort,
    /// Its title.
    pub title: String,
    /// The company it is about.
    pub company: Option<Number>,
    /// The case it is about.
    pub case: Option<Number>,
    /// The company's request that it comes from.
    pub request: Option<Number>,
    /// The request for assistance that it passes on.
    pub follows: Option<Number>,
    /// When it was asked.
    pub happened: Day,
    /// When it should be answered.
    pub due: Day,
    /// How far it is.
    pub state: AssistanceState,
    /// The day of the newest receipt.
    pub received: Option<Day>,
    /// The number under which the receiver keeps it.
    pub reference: Option<String>,
    /// Who sees to it.
    pub unit: Option<String>,
    /// Whether it comes before others.
    pub urgent: bool,
    /// The newest answer.
    pub answer: Option<AssistanceAnswer>,
    /// When that was.
    pub replied: Option<Day>,
    /// When it was closed.
    pub closed: Option<Day>,
    /// How.
    pub closing: Option<Closing>,
}

impl AssistanceRow {
    /// Whether an answer is awaited.
    pub fn waits(&self) -> bool {
        !matches!(self.state, AssistanceState::Replied | AssistanceState::Closed)
    }

    /// Whether it is open and should have been answered before a day.
    pub fn late_on(&self, day: Day) -> bool {
        self.waits() && self.due < day
    }
}

/// An answer to a request for assistance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssistanceReply {
    /// The event whose item `text` holds it.
    pub idx: u64,
    /// Who answered.
    pub organisation: Number,
    /// What, in a word.
    pub answer: AssistanceAnswer,
    /// When.
    pub happened: Day,
}

/// At whose desk a company's request lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestDesk {
    /// The request.
    pub request: Number,
    /// Whose desk.
    pub organisation: Number,
    /// When to ask whether the answer helped.
    pub again: Option<Day>,
    /// What the newest follow-up found.
    pub outcome: Option<FollowUp>,
}

/// What was said at a desk about a request: an answer, or what a follow-up found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskWord {
    /// The event whose item `text` (of an answer) or `note` holds the words.
    pub idx: u64,
    /// Who answered; `None` for a follow-up.
    pub organisation: Option<Number>,
    /// What the follow-up found.
    pub outcome: Option<FollowUp>,
    /// When.
    pub happened: Day,
}

/// On which side of a request an organisation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Any.
    Any,
    /// It was asked, or is the third one.
    Asked,
    /// It asks.
    Asker,
}

/// What requests for assistance are looked for; empty means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AssistanceFilter {
    /// Part of the title, or a number.
    pub text: Option<String>,
    /// In which this organisation has a part, on this side.
    pub of: Option<(Number, Side)>,
    /// About this company.
    pub company: Option<Number>,
    /// About this case.
    pub case: Option<Number>,
    /// That come from this request of a company.
    pub request: Option<Number>,
    /// That pass on this request for assistance.
    pub follows: Option<Number>,
    /// For this.
    pub sort: Option<AssistanceSort>,
    /// So far.
    pub state: Option<AssistanceState>,
    /// Only what is not closed.
    pub open: bool,
    /// Only those that wait for an answer and were due before this day.
    pub late_on: Option<Day>,
    /// How many to skip.
    pub offset: u32,
    /// How many at most; 0 for 50.
    pub limit: u32,
}

const ORGANISATION: &str = "o.no, o.idx, o.name, o.sort, o.area, o.contact_idx, o.ended,
    (SELECT COUNT(*) FROM member m WHERE m.organisation = o.no),
    (SELECT COUNT(*) FROM assistance a WHERE a.state NOT IN ('replied', 'closed')
         AND (a.asked = o.no OR a.escalated = o.no))";

const ASSISTANCE: &str = "a.no, a.idx, a.asker, a.asked, a.escalated, a.sort, a.title, a.company,
    a.casefile, a.request, a.follows, a.happened, a.due, a.state, a.received, a.reference, a.unit,
    a.urgent, a.answer, a.replied, a.closed, a.closing";

fn read_organisation(row: &Row<'_>) -> rusqlite::Result<OrganisationRow> {
    Ok(OrganisationRow {
        no: number(row, 0)?,
        idx: idx(row, 1)?,
        name: row.get(2)?,
        kind: term(row, 3, OrganisationKind::from_word)?,
        area: row.get(4)?,
        contact_idx: idx(row, 5)?,
        ended: maybe_day(row, 6)?,
        members: row.get(7)?,
        waiting: row.get(8)?,
    })
}

fn read_assistance(row: &Row<'_>) -> rusqlite::Result<AssistanceRow> {
    Ok(AssistanceRow {
        no: number(row, 0)?,
        idx: idx(row, 1)?,
        from: number(row, 2)?,
        to: number(row, 3)?,
        escalated: maybe_number(row, 4)?,
        sort: term(row, 5, AssistanceSort::from_word)?,
        title: row.get(6)?,
        company: maybe_number(row, 7)?,
        case: maybe_number(row, 8)?,
        request: maybe_number(row, 9)?,
        follows: maybe_number(row, 10)?,
        happened: a_day(row, 11)?,
        due: a_day(row, 12)?,
        state: term(row, 13, AssistanceState::from_word)?,
        received: maybe_day(row, 14)?,
        reference: row.get(15)?,
        unit: row.get(16)?,
        urgent: row.get(17)?,
        answer: maybe_term(row, 18, AssistanceAnswer::from_word)?,
        replied: maybe_day(row, 19)?,
        closed: maybe_day(row, 20)?,
        closing: maybe_term(row, 21, Closing::from_word)?,
    })
}

impl AssistanceFilter {
    fn conditions(&self) -> (String, Vec<Value>) {
        let mut conditions = vec!["TRUE".to_owned()];
        let mut values: Vec<Value> = Vec::new();
        let mut bind = |condition: &str, value: String| {
            values.push(Value::Text(value));
            conditions.push(condition.replace('?', &format!("${}", values.len())));
        };
        if let Some(text) = self.text.as_deref().map(str::trim).filter(|t| !t.is_empty()) {
            let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            bind("(a.title LIKE ? ESCAPE '\\' OR a.no LIKE ? ESCAPE '\\')", format!("%{escaped}%"));
        }
        if let Some((of, side)) = self.of {
            let condition = match side {
                Side::Any => "(a.asker = ? OR a.asked = ? OR a.escalated = ?)",
                Side::Asked => "(a.asked = ? OR a.escalated = ?)",
                Side::Asker => "a.asker = ?",
            };
            bind(condition, of.to_string());
        }
        for (column, value) in [
            ("company", self.company),
            ("casefile", self.case),
            ("request", self.request),
            ("follows", self.follows),
        ] {
            if let Some(value) = value {
                bind(&format!("a.{column} = ?"), value.to_string());
            }
        }
        if let Some(sort) = self.sort {
            bind("a.sort = ?", sort.word().to_owned());
        }
        if let Some(state) = self.state {
            bind("a.state = ?", state.word().to_owned());
        }
        if let Some(day) = self.late_on {
            bind("a.state NOT IN ('replied', 'closed') AND a.due < ?", day.to_string());
        }
        if self.open {
            conditions.push("a.state <> 'closed'".to_owned());
        }
        (conditions.join(" AND "), values)
    }
}

impl Reader {
    /// Organisations by kind and name, those that take part no more last.
    ///
    /// # Errors
    /// The database's own.
    pub fn organisations(
        &self,
        kind: Option<OrganisationKind>,
    ) -> Result<Vec<OrganisationRow>, StoreError> {
        let sql = format!(
            "SELECT {ORGANISATION} FROM organisation o WHERE $1 IS NULL OR o.sort = $1
             ORDER BY o.ended IS NOT NULL, o.sort, o.idx"
        );
        self.rows(&sql, params![kind.map(OrganisationKind::word)], read_organisation)
    }

    /// One organisation.
    ///
    /// # Errors
    /// The database's own.
    pub fn organisation(&self, no: Number) -> Result<Option<OrganisationRow>, StoreError> {
        let sql = format!("SELECT {ORGANISATION} FROM organisation o WHERE o.no = $1");
        self.row(&sql, [no.to_string()], read_organisation)
    }

    /// The members of an organisation, the longest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn members(&self, no: Number) -> Result<Vec<MemberRow>, StoreError> {
        let sql = "SELECT m.company, c.name, m.joined, m.post FROM member m
             JOIN company c ON c.no = m.company WHERE m.organisation = $1
             ORDER BY m.joined, m.company";
        self.rows(sql, [no.to_string()], |row| {
            Ok(MemberRow {
                company: number(row, 0)?,
                name: row.get(1)?,
                joined: a_day(row, 2)?,
                post: row.get(3)?,
            })
        })
    }

    /// The organisations that a company is a member of.
    ///
    /// # Errors
    /// The database's own.
    pub fn memberships(&self, company: Number) -> Result<Vec<Number>, StoreError> {
        let sql = "SELECT organisation FROM member WHERE company = $1 ORDER BY organisation";
        self.rows(sql, [company.to_string()], |row| number(row, 0))
    }

    /// Requests for assistance: those that wait for an answer first, urgent ones and those due
    /// soonest before others; then the rest, the newest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn assistances(
        &self,
        filter: &AssistanceFilter,
    ) -> Result<Page<AssistanceRow>, StoreError> {
        let (conditions, values) = filter.conditions();
        let (offset, limit) = (filter.offset, if filter.limit == 0 { 50 } else { filter.limit });
        let sql = format!(
            "SELECT {ASSISTANCE} FROM assistance a WHERE {conditions}
             ORDER BY CASE a.state WHEN 'replied' THEN 1 WHEN 'closed' THEN 2 ELSE 0 END,
                 CASE WHEN a.state IN ('replied', 'closed') THEN -a.idx ELSE -a.urgent END,
                 a.due, a.idx
             LIMIT {limit} OFFSET {offset}"
        );
        let rows = self.rows(&sql, params_from_iter(&values), read_assistance)?;
        Ok(Page { rows, total: self.assistance_count(filter)? })
    }

    /// How many requests for assistance a filter finds.
    ///
    /// # Errors
    /// The database's own.
    pub fn assistance_count(&self, filter: &AssistanceFilter) -> Result<u64, StoreError> {
        let (conditions, values) = filter.conditions();
        let sql = format!("SELECT COUNT(*) FROM assistance a WHERE {conditions}");
        let count = self.row(&sql, params_from_iter(&values), |row| row.get::<_, i64>(0))?;
        Ok(count.unwrap_or(0) as u64)
    }

    /// One request for assistance.
    ///
    /// # Errors
    /// The database's own.
    pub fn assistance(&self, no: Number) -> Result<Option<AssistanceRow>, StoreError> {
        let sql = format!("SELECT {ASSISTANCE} FROM assistance a WHERE a.no = $1");
        self.row(&sql, [no.to_string()], read_assistance)
    }

    /// The answers to it, in their order.
    ///
    /// # Errors
    /// The database's own.
    pub fn assistance_replies(&self, no: Number) -> Result<Vec<AssistanceReply>, StoreError> {
        let sql = "SELECT idx, organisation, answer, happened FROM assistance_reply
             WHERE assistance = $1 ORDER BY idx";
        self.rows(sql, [no.to_string()], |row| {
            Ok(AssistanceReply {
                idx: idx(row, 0)?,
                organisation: number(row, 1)?,
                answer: term(row, 2, AssistanceAnswer::from_word)?,
                happened: a_day(row, 3)?,
            })
        })
    }

    /// At whose desk a request lies, if at one's.
    ///
    /// # Errors
    /// The database's own.
    pub fn request_desk(&self, request: Number) -> Result<Option<RequestDesk>, StoreError> {
        let sql = "SELECT request, organisation, again, outcome FROM request_desk
             WHERE request = $1";
        self.row(sql, [request.to_string()], read_desk)
    }

    /// Requests at the desk of an organisation that are open, or to be followed up: those due
    /// soonest first.
    ///
    /// # Errors
    /// The database's own.
    pub fn desk_requests(&self, organisation: Number) -> Result<Vec<RequestDesk>, StoreError> {
        let sql = "SELECT d.request, d.organisation, d.again, d.outcome FROM request_desk d
             JOIN request r ON r.no = d.request
             WHERE d.organisation = $1 AND (r.state <> 'closed' OR d.again IS NOT NULL)
             ORDER BY COALESCE(d.again, r.due), r.idx";
        self.rows(sql, [organisation.to_string()], read_desk)
    }

    /// How many requests were to be followed up before or on a day.
    ///
    /// # Errors
    /// The database's own.
    pub fn follows_due(&self, on: Day) -> Result<u64, StoreError> {
        let sql = "SELECT COUNT(*) FROM request_desk WHERE again <= $1";
        let count = self.row(sql, [on.to_string()], |row| row.get::<_, i64>(0))?;
        Ok(count.unwrap_or(0) as u64)
    }

    /// What was said at the desk about a request, in its order.
    ///
    /// # Errors
    /// The database's own.
    pub fn desk_words(&self, request: Number) -> Result<Vec<DeskWord>, StoreError> {
        let sql = "SELECT idx, organisation, NULL, happened FROM request_answer WHERE request = $1
             UNION ALL
             SELECT idx, NULL, outcome, happened FROM request_follow WHERE request = $1
             ORDER BY idx";
        self.rows(sql, [request.to_string()], |row| {
            Ok(DeskWord {
                idx: idx(row, 0)?,
                organisation: maybe_number(row, 1)?,
                outcome: maybe_term(row, 2, FollowUp::from_word)?,
                happened: a_day(row, 3)?,
            })
        })
    }
}

fn read_desk(row: &Row<'_>) -> rusqlite::Result<RequestDesk> {
    Ok(RequestDesk {
        request: number(row, 0)?,
        organisation: number(row, 1)?,
        again: maybe_day(row, 2)?,
        outcome: maybe_term(row, 3, FollowUp::from_word)?,
    })
}

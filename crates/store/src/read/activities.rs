//! A station's activities: who was invited, registered and came, what was asked and answered.

use domain::terms::{ActivityState, SignUp, Theme};
use domain::{Day, Moment, Number, Period};
use rusqlite::{Row, params};

use super::workstation::{a_day, idx};
use super::{Page, Reader, maybe_number, number, term};
use crate::StoreError;

/// An activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityRow {
    /// Its number.
    pub no: Number,
    /// The event that planned it.
    pub idx: u64,
    /// What it is called.
    pub title: String,
    /// The series it belongs to.
    pub series: Option<String>,
    /// What it is about.
    pub theme: Theme,
    /// When it is.
    pub day: Day,
    /// The minute of that day at which it begins.
    pub from: u32,
    /// The minute at which it ends.
    pub until: u32,
    /// Where.
    pub place: String,
    /// How many can come; 0 for any number.
    pub seats: u32,
    /// The last day to register.
    pub closes: Day,
    /// For how many days after it personal data are kept.
    pub keep: u32,
    /// Whether anybody may register.
    pub open: bool,
    /// What it is about, for everybody.
    pub summary: String,
    /// How far it is.
    pub state: ActivityState,
    /// Why it was cancelled.
    pub why: Option<String>,
    /// The event that cancelled it.
    pub cancelled_idx: Option<u64>,
    /// Companies invited.
    pub invited: u32,
    /// Registrations that stand.
    pub registered: u32,
    /// How many came.
    pub came: u32,
    /// Questions.
    pub questions: u32,
    /// Those answered.
    pub answered: u32,
    /// How many said how it was.
    pub rated: u32,
    /// The sum of their marks.
    pub marks: u32,
}

impl ActivityRow {
    /// The last day on which personal data of those who registered are kept.
    pub fn kept_until(&self) -> Day {
        self.day.plus_days(self.keep.into()).unwrap_or(self.day)
    }

    /// Whether somebody may register on a day.
    pub fn takes(&self, on: Day) -> bool {
        let room = self.seats == 0 || self.registered < self.seats;
        self.state == ActivityState::Planned && on <= self.closes && room
    }
}

/// A registration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistrationRow {
    /// The activity.
    pub activity: Number,
    /// Its number in it.
    pub no: u32,
    /// The event whose items say who it is.
    pub idx: u64,
    /// When it was taken.
    pub at: Moment,
    /// From which company of the directory.
    pub company: Option<Number>,
    /// How.
    pub channel: SignUp,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
    /// When somebody came with it.
    pub came: Option<Moment>,
    /// The mark given afterwards.
    pub mark: Option<u32>,
    /// The event that holds the remark.
    pub rated_idx: Option<u64>,
    /// Whether its key was destroyed.
    pub erased: bool,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionRow {
    /// Its number in the activity.
    pub no: u32,
    /// The event that holds the text.
    pub idx: u64,
    /// The registration of who asked.
    pub registration: Option<u32>,
    /// The event that holds the answer.
    pub answer_idx: Option<u64>,
    /// Who answered; `None` for the station itself.
    pub expert: Option<Number>,
    /// Whether both are public.
    pub shown: bool,
}

/// What a list of activities can be asked for; empty means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActivityFilter {
    /// Part of the title, series, place, or a number.
    pub text: Option<String>,
    /// Only in this state.
    pub state: Option<ActivityState>,
    /// Only those that anybody may register for.
    pub open: bool,
    /// Only from this day on.
    pub from: Option<Day>,
    /// Only planned ones that were before this day.
    pub late_on: Option<Day>,
    /// Only those on days of this period.
    pub period: Option<Period>,
    /// How many to skip.
    pub offset: u32,
    /// How many at most; 0 for 50.
    pub limit: u32,
}

const ACTIVITY: &str =
    "no, idx, title, series, theme, day, from_minute, until_minute, place, seats,
    closes, keep, open, summary, state, why, invited, registered, came, questions, answered, rated,
    marks, cancelled_idx";
const REGISTRATION: &str =
    "activity, no, idx, at, company, channel, withdrawn, came_at, mark, rated_idx, erased";
const WHERE: &str =
    "($1 IS NULL OR (no || ' ' || title || ' ' || COALESCE(series, '') || ' ' || place)
         LIKE $1 ESCAPE '\\')
     AND ($2 IS NULL OR state = $2) AND ($3 = 0 OR open = 1) AND ($4 IS NULL OR day >= $4)
     AND ($5 IS NULL OR (state = 'planned' AND day < $5))
     AND ($6 IS NULL OR day BETWEEN $6 AND $7)";

fn read_activity(row: &Row<'_>) -> rusqlite::Result<ActivityRow> {
    Ok(ActivityRow {
        no: number(row, 0)?,
        idx: idx(row, 1)?,
        title: row.get(2)?,
        series: row.get(3)?,
        theme: term(row, 4, Theme::from_word)?,
        day: a_day(row, 5)?,
        from: row.get(6)?,
        until: row.get(7)?,
        place: row.get(8)?,
        seats: row.get(9)?,
        closes: a_day(row, 10)?,
        keep: row.get(11)?,
        open: row.get(12)?,
        summary: row.get(13)?,
        state: term(row, 14, ActivityState::from_word)?,
        why: row.get(15)?,
        invited: row.get(16)?,
        registered: row.get(17)?,
        came: row.get(18)?,
        questions: row.get(19)?,
        answered: row.get(20)?,
        rated: row.get(21)?,
        marks: row.get(22)?,
        cancelled_idx: row.get::<_, Option<i64>>(23)?.map(|idx| idx as u64),
    })
}

fn read_registration(row: &Row<'_>) -> rusqlite::Result<RegistrationRow> {
    Ok(RegistrationRow {
        activity: number(row, 0)?,
        no: row.get(1)?,
        idx: idx(row, 2)?,
        at: Moment(row.get(3)?),
        company: maybe_number(row, 4)?,
        channel: term(row, 5, SignUp::from_word)?,
        withdrawn: row.get(6)?,
        came: row.get::<_, Option<i64>>(7)?.map(Moment),
        mark: row.get(8)?,
        rated_idx: row.get::<_, Option<i64>>(9)?.map(|idx| idx as u64),
        erased: row.get(10)?,
    })
}

impl ActivityFilter {
    fn like(&self) -> Option<String> {
        let text = self.text.as_deref().map(str::trim).filter(|text| !text.is_empty())?;
        let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        Some(format!("%{escaped}%"))
    }
}

impl Reader {
    /// A part of the activities: those to come first, the soonest before others, then the newest.
    ///
    /// # Errors
    /// The database's own.
    pub fn activities(&self, filter: &ActivityFilter) -> Result<Page<ActivityRow>, StoreError> {
        let limit = if filter.limit == 0 { 50 } else { filter.limit };
        let rows = self.rows(
            &format!(
                "SELECT {ACTIVITY} FROM activity WHERE {WHERE}
                 ORDER BY state <> 'planned', CASE state WHEN 'planned' THEN day END, day DESC,
                     from_minute, idx LIMIT $8 OFFSET $9"
            ),
            params![
                filter.like(),
                filter.state.map(|state| state.word()),
                filter.open,
                filter.from.map(|day| day.to_string()),
                filter.late_on.map(|day| day.to_string()),
                filter.period.map(|period| period.from().to_string()),
                filter.period.map(|period| period.until().to_string()),
                limit,
                filter.offset
            ],
            read_activity,
        )?;
        Ok(Page { rows, total: self.activity_count(filter)? })
    }

    /// How many activities a filter finds.
    ///
    /// # Errors
    /// The database's own.
    pub fn activity_count(&self, filter: &ActivityFilter) -> Result<u64, StoreError> {
        let count = self.row(
            &format!("SELECT COUNT(*) FROM activity WHERE {WHERE}"),
            params![
                filter.like(),
                filter.state.map(|state| state.word()),
                filter.open,
                filter.from.map(|day| day.to_string()),
                filter.late_on.map(|day| day.to_string()),
                filter.period.map(|period| period.from().to_string()),
                filter.period.map(|period| period.until().to_string()),
            ],
            |row| row.get::<_, i64>(0),
        )?;
        Ok(count.unwrap_or(0) as u64)
    }

    /// One activity.
    ///
    /// # Errors
    /// The database's own.
    pub fn activity(&self, no: Number) -> Result<Option<ActivityRow>, StoreError> {
        let sql = format!("SELECT {ACTIVITY} FROM activity WHERE no = $1");
        self.row(&sql, [no.to_string()], read_activity)
    }

    /// Registrations of an activity in their order.
    ///
    /// # Errors
    /// The database's own.
    pub fn registrations(&self, no: Number) -> Result<Vec<RegistrationRow>, StoreError> {
        let sql =
            format!("SELECT {REGISTRATION} FROM registration WHERE activity = $1 ORDER BY no");
        self.rows(&sql, [no.to_string()], read_registration)
    }

    /// One registration.
    ///
    /// # Errors
    /// The database's own.
    pub fn registration(
        &self,
        activity: Number,
        no: u32,
    ) -> Result<Option<RegistrationRow>, StoreError> {
        let sql =
            format!("SELECT {REGISTRATION} FROM registration WHERE activity = $1 AND no = $2");
        self.row(&sql, params![activity.to_string(), no], read_registration)
    }

    /// The registration of a code, by the code's SHA-256 in hex.
    ///
    /// # Errors
    /// The database's own.
    pub fn registration_of(&self, ticket: &str) -> Result<Option<RegistrationRow>, StoreError> {
        let sql = format!("SELECT {REGISTRATION} FROM registration WHERE ticket = $1");
        self.row(&sql, [ticket], read_registration)
    }

    /// Registrations whose personal data are kept no longer than the day before.
    ///
    /// # Errors
    /// The database's own.
    pub fn registrations_to_erase(&self, today: Day) -> Result<Vec<RegistrationRow>, StoreError> {
        let mut due = Vec::new();
        let on = today.to_string();
        let activities = self.rows(
            &format!(
                "SELECT {ACTIVITY} FROM activity WHERE day < $1 AND no IN
                     (SELECT activity FROM registration WHERE erased = 0) ORDER BY idx"
            ),
            [on],
            read_activity,
        )?;
        for activity in activities.iter().filter(|activity| activity.kept_until() < today) {
            due.extend(self.registrations(activity.no)?.into_iter().filter(|row| !row.erased));
        }
        Ok(due)
    }

    /// Companies invited to an activity that stand in the directory, with their names.
    ///
    /// # Errors
    /// The database's own.
    pub fn invited(&self, no: Number) -> Result<Vec<(Number, String)>, StoreError> {
        self.rows(
            "SELECT c.no, c.name FROM invited i JOIN company c ON c.no = i.company
             WHERE i.activity = $1 ORDER BY c.name",
            [no.to_string()],
            |row| Ok((number(row, 0)?, row.get(1)?)),
        )
    }

    /// Joined links of companies invited to an activity.
    ///
    /// # Errors
    /// The database's own.
    pub fn invited_links(&self, no: Number) -> Result<Vec<Number>, StoreError> {
        self.rows(
            "SELECT k.no FROM invited i JOIN link k ON k.company = i.company AND k.state = 'joined'
             WHERE i.activity = $1 ORDER BY k.idx",
            [no.to_string()],
            |row| number(row, 0),
        )
    }

    /// Questions of an activity in their order.
    ///
    /// # Errors
    /// The database's own.
    pub fn questions(&self, no: Number) -> Result<Vec<QuestionRow>, StoreError> {
        self.rows(
            "SELECT no, idx, registration, answer_idx, expert, shown FROM activity_question
             WHERE activity = $1 ORDER BY no",
            [no.to_string()],
            |row| {
                Ok(QuestionRow {
                    no: row.get(0)?,
                    idx: idx(row, 1)?,
                    registration: row.get(2)?,
                    answer_idx: row.get::<_, Option<i64>>(3)?.map(|idx| idx as u64),
                    expert: maybe_number(row, 4)?,
                    shown: row.get(5)?,
                })
            },
        )
    }

    /// Questions that nobody has answered, at all activities.
    ///
    /// # Errors
    /// The database's own.
    pub fn questions_open(&self) -> Result<u64, StoreError> {
        let count = self.row(
            "SELECT COUNT(*) FROM activity_question WHERE answer_idx IS NULL",
            params![],
            |row| row.get::<_, i64>(0),
        )?;
        Ok(count.unwrap_or(0) as u64)
    }

    /// Materials of an activity: what each is, and where.
    ///
    /// # Errors
    /// The database's own.
    pub fn materials(&self, no: Number) -> Result<Vec<(String, String)>, StoreError> {
        self.rows(
            "SELECT title, url FROM material WHERE activity = $1 ORDER BY idx",
            [no.to_string()],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }
}

//! Days and moments.
//!
//! A [`Moment`] is the journal's clock: milliseconds since 1970 in UTC. A [`Day`] is what people
//! claim: a date of the civil calendar, without a zone.

use serde::{Deserialize, Serialize};
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, OffsetDateTime, UtcOffset};

/// A moment: milliseconds since 1970-01-01 in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

/// A date of the civil calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

/// A text that is no date or no moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date")]
pub struct NotADate;

impl Moment {
    /// RFC 3339 with milliseconds, in UTC: `2026-11-24T03:19:54.123Z`.
    pub fn to_rfc3339(self) -> String {
        let moment = self.to_offset(UtcOffset::UTC);
        moment
            .format(format_description!(
                "[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z"
            ))
            .expect("a moment within years 0 to 9999 can be written")
    }

    /// Reads RFC 3339.
    ///
    /// # Errors
    /// [`NotADate`] when it is not RFC 3339 or out of range.
    pub fn parse(text: &str) -> Result<Self, NotADate> {
        let moment = OffsetDateTime::parse(text, &Rfc3339).map_err(|_| NotADate)?;
        let millis = moment.unix_timestamp_nanos().div_euclid(1_000_000);
        i64::try_from(millis).map(Self).map_err(|_| NotADate)
    }

    /// Seconds since 1970, rounded down.
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The civil date at `offset_minutes` east of Greenwich.
    pub fn day_at(self, offset_minutes: i16) -> Day {
        Day(self.to_offset(offset(offset_minutes)).date())
    }

    /// `2026-11-24 11:19` at `offset_minutes` east of Greenwich, for people.
    pub fn minute_at(self, offset_minutes: i16) -> String {
        self.to_offset(offset(offset_minutes))
            .format(format_description!("[year]-[month]-[day] [hour]:[minute]"))
            .expect("a moment within years 0 to 9999 can be written")
    }

    /// `2026-11-24 11:19:54` at `offset_minutes` east of Greenwich, for people.
    pub fn second_at(self, offset_minutes: i16) -> String {
        self.to_offset(offset(offset_minutes))
            .format(format_description!("[year]-[month]-[day] [hour]:[minute]:[second]"))
            .expect("a moment within years 0 to 9999 can be written")
    }

    /// The moment in a zone; moments beyond the calendar are brought back to its ends.
    fn to_offset(self, zone: UtcOffset) -> OffsetDateTime {
        // Years 1 to 9998 leave room for any zone.
        const FIRST: i64 = -62_135_596_800_000;
        const LAST: i64 = 253_370_764_799_000;
        let nanos = i128::from(self.0.clamp(FIRST, LAST)) * 1_000_000;
        OffsetDateTime::from_unix_timestamp_nanos(nanos)
            .expect("clamped to the calendar")
            .to_offset(zone)
    }
}

fn offset(minutes: i16) -> UtcOffset {
    UtcOffset::from_whole_seconds(i32::from(minutes) * 60).unwrap_or(UtcOffset::UTC)
}

impl Day {
    /// Reads `2026-11-24`; also with `/`, `.` or 年月日, as people write it.
    ///
    /// # Errors
    /// [`NotADate`] when there is no such day.
    pub fn parse(text: &str) -> Result<Self, NotADate> {
        let mut parts = text
            .trim()
            .split(['-', '/', '.', '年', '月', '日'])
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let mut next = || parts.next().ok_or(NotADate);
        let (year, month, day) = (next()?, next()?, next()?);
        if parts.next().is_some() || year.len() != 4 {
            return Err(NotADate);
        }
        let month: u8 = month.parse().map_err(|_| NotADate)?;
        let date = Date::from_calendar_date(
            year.parse().map_err(|_| NotADate)?,
            time::Month::try_from(month).map_err(|_| NotADate)?,
            day.parse().map_err(|_| NotADate)?,
        );
        date.map(Self).map_err(|_| NotADate)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.0.month().into()
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u8 {
        self.0.day()
    }

    /// 0 for Monday to 6 for Sunday.
    pub fn weekday(self) -> u8 {
        self.0.weekday().number_days_from_monday()
    }

    /// So many months later; on a shorter month's last day where the day is not in it. `None`
    /// beyond the calendar.
    pub fn plus_months(self, months: u32) -> Option<Self> {
        let at = i64::from(self.year()) * 12 + i64::from(self.month()) - 1 + i64::from(months);
        let month = time::Month::try_from(u8::try_from(at % 12 + 1).ok()?).ok()?;
        let year = i32::try_from(at / 12).ok()?;
        let day = self.day().min(month.length(year));
        Date::from_calendar_date(year, month, day).ok().map(Self)
    }

    /// The day so many days later (earlier when negative); `None` beyond the calendar.
    pub fn plus_days(self, days: i64) -> Option<Self> {
        self.0.checked_add(time::Duration::days(days)).map(Self)
    }

    /// Days from `self` to `other`; negative when `other` is earlier.
    pub fn days_to(self, other: Self) -> i64 {
        (other.0 - self.0).whole_days()
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_end_where_the_shorter_one_does() {
        for (from, months, to) in [
            ("2026-01-31", 1, "2026-02-28"),
            ("2027-12-31", 2, "2028-02-29"),
            ("2026-11-24", 36, "2029-11-24"),
            ("2026-12-01", 0, "2026-12-01"),
        ] {
            let day =
                Day::parse(from).expect("a day").plus_months(months).expect("in the calendar");
            assert_eq!(day.to_string(), to, "{from} + {months}");
        }
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for text in ["2026-11-24", "2026/11/24", "2026.11.24", "2026年11月24日", " 2026-11-24 "]
        {
            assert_eq!(Day::parse(text).map(|day| day.to_string()), Ok("2026-11-24".into()));
        }
        for text in ["2026-02-29", "26-11-24", "2026-13-01", "2026-11", "2026-11-24-1", ""] {
            assert_eq!(Day::parse(text), Err(NotADate), "{text}");
        }
    }

    #[test]
    fn moments_round_trip_and_know_their_day() {
        let moment = Moment(1_764_000_000_123);
        assert_eq!(Moment::parse(&moment.to_rfc3339()), Ok(moment));
        // 16:00 in UTC is midnight of the next day in Beijing.
        let evening = Moment::parse("2026-11-23T16:00:00Z").map(|at| at.day_at(480).to_string());
        assert_eq!(evening, Ok("2026-11-24".into()));
        assert_eq!(Moment(i64::MAX).to_rfc3339().len(), 24);
    }
}

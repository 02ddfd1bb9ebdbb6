//! Every count equals one made by hand: day after day, with another calendar's dates.

use std::sync::LazyLock;

use catalog::calendar::Calendar;
use catalog::count::{Pause, back, end, rolled};
use catalog::{Catalog, Day, End, Length, When};
use proptest::prelude::*;
use time::{Date, Month};

static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| Catalog::shipped().expect("the shipped data is checked"));

fn calendar() -> &'static Calendar {
    CATALOG.calendar("cn").expect("the calendar is shipped")
}

/// A day of ours by its number of days since 1970, as the other calendar writes it.
fn date(day: Day) -> Date {
    let (year, month, day) = day.date();
    let month = Month::try_from(month).expect("a month");
    Date::from_calendar_date(year, month, day).expect("our dates are dates")
}

fn day(date: Date) -> Day {
    Day::new(date.year(), date.month() as u8, date.day()).expect("a date of our range")
}

/// Counts days one by one; `counts` says which do. `None` when a pause never ends.
fn naive(start: Day, mut left: u32, pauses: &[Pause], counts: impl Fn(Day) -> bool) -> Option<Day> {
    let mut at = start;
    while left > 0 {
        at = day(date(at).next_day().expect("a next day"));
        for pause in pauses {
            if at > pause.from && pause.to.is_none() {
                return None;
            }
        }
        let paused = pauses.iter().any(|pause| at > pause.from && Some(at) <= pause.to);
        if !paused && counts(at) {
            left -= 1;
        }
    }
    Some(at)
}

/// Pauses in order, apart from each other, the last perhaps without end.
fn pauses(start: Day) -> impl Strategy<Value = Vec<Pause>> {
    let each = (0..40_i32, 1..30_i32);
    (prop::collection::vec(each, 0..4), any::<bool>()).prop_map(move |(each, endless)| {
        let mut at = start;
        let mut pauses: Vec<Pause> = each
            .into_iter()
            .map(|(gap, long)| {
                let from = at.plus(gap);
                at = from.plus(long + 1);
                Pause { from, to: Some(from.plus(long)) }
            })
            .collect();
        if let Some(last) = pauses.last_mut().filter(|_| endless) {
            last.to = None;
        }
        pauses
    })
}

fn starts() -> impl Strategy<Value = (Day, Vec<Pause>)> {
    // 2024 to 2028: years whose notices are shipped, and some before and after.
    (19_723..21_500_i32)
        .prop_map(Day::from_number)
        .prop_flat_map(|start| (Just(start), pauses(start)))
}

proptest! {
    #[test]
    fn days_and_working_days_are_those_counted_one_by_one(
        (start, pauses) in starts(), length in 1..130_u32,
    ) {
        let calendar = calendar();
        let by_hand = naive(start, length, &pauses, |_| true).map(End::Day);
        prop_assert_eq!(end(calendar, When::on(start), Length::Days(length), &pauses), by_hand);

        let by_hand = naive(start, length, &pauses, |at| calendar.is_working(at)).map(End::Day);
        let counted = end(calendar, When::on(start), Length::WorkingDays(length), &pauses);
        prop_assert_eq!(counted, by_hand);
    }

    #[test]
    fn months_end_on_the_corresponding_day_or_the_last(start in 19_723..21_500_i32, months in 1..40_u32) {
        let calendar = calendar();
        let start = Day::from_number(start);
        let from = date(start);
        let mut month = (from.year(), from.month());
        for _ in 0..months {
            month = match month {
                (year, Month::December) => (year + 1, Month::January),
                (year, month) => (year, month.next()),
            };
        }
        let last = (1..=from.day())
            .rev()
            .find_map(|day| Date::from_calendar_date(month.0, month.1, day).ok())
            .expect("every month has a first day");
        let counted = end(calendar, When::on(start), Length::Months(months), &[]);
        prop_assert_eq!(counted, Some(End::Day(day(last))));
    }

    #[test]
    fn hours_run_by_the_clock(start in 19_723..21_500_i32, minute in 0..1440_u16, hours in 1..200_u32) {
        let calendar = calendar();
        let when = When { day: Day::from_number(start), minute: Some(minute) };
        let begun = date(when.day).midnight() + time::Duration::minutes(minute.into());
        let ended = begun + time::Duration::hours(hours.into());
        let by_hand = End::Minute(day(ended.date()), u16::from(ended.hour()) * 60 + u16::from(ended.minute()));
        prop_assert_eq!(end(calendar, when, Length::Hours(hours), &[]), Some(by_hand));
    }

    #[test]
    fn rolling_on_and_counting_back_go_day_by_day(start in 19_723..21_500_i32, length in 1..40_u32) {
        let calendar = calendar();
        let start = Day::from_number(start);
        let mut at = date(start);
        while !calendar.is_working(day(at)) {
            at = at.next_day().expect("a next day");
        }
        prop_assert_eq!(rolled(calendar, End::Day(start)).0, End::Day(day(at)));

        let (mut at, mut left) = (date(start), length);
        while left > 0 {
            at = at.previous_day().expect("a day before");
            left -= u32::from(calendar.is_working(day(at)));
        }
        prop_assert_eq!(back(calendar, start, Length::WorkingDays(length)), day(at));
    }
}

//! `midun bench deadlines`: all clocks of many cases, reckoned anew after a change of calendar, and
//! what is due for one person.

use std::time::{Duration, Instant};

use catalog::{Board, Case, Catalog, Day, Happening, Papers, SHIPPED, When};
use serde_json::json;

use super::Desk;

const CASES: usize = 5_000;
const OWNERS: u32 = 50;
/// How far ahead somebody looks.
const AHEAD_DAYS: i32 = 14;

/// A case with many clocks: days after its first, hour, step, who, and the day it sets.
const COURSE: &[(i32, u16, &str, &str, i32)] = &[
    (0, 9, "record_act_end", "city_officer", 0),
    (1, 9, "register_clue", "city_officer", 0),
    (2, 9, "dispute_jurisdiction", "city_officer", 0),
    (4, 9, "refer_jurisdiction", "city_head", 0),
    (6, 9, "designate", "superior", 0),
    (8, 9, "send_to_appraiser", "city_officer", 0),
    (12, 9, "file_case", "city_head", 0),
    (13, 10, "hold_urgently", "city_officer", 0),
    (13, 11, "report_measure", "city_officer", 0),
    (14, 9, "seal", "city_officer", 0),
    (15, 9, "ask_assistance", "city_officer", 0),
    (16, 9, "dispose_held", "city_head", 0),
    (20, 9, "appraisal_back", "appraiser", 0),
    (30, 9, "transfer_to_police", "city_head", 0),
    (35, 9, "police_return", "police", 0),
    (40, 9, "submit_for_review", "city_officer", 0),
    (45, 9, "review_passes", "reviewer", 0),
    (48, 9, "serve_notice", "city_officer", 0),
    (49, 9, "ask_hearing", "party", 0),
    (50, 9, "announce_hearing", "city_officer", 70),
    (70, 9, "hold_hearing", "reviewer", 0),
    (72, 9, "decide_penalty", "city_head", 0),
    (74, 9, "publish_service", "city_officer", 0),
    (110, 9, "deem_served", "city_officer", 0),
];

pub fn run(desk: &Desk<'_>) -> anyhow::Result<()> {
    let faults = |_| anyhow::anyhow!("the shipped data is checked");
    let before = Catalog::shipped().map_err(faults)?;
    let day = Day::parse("2026-03-02")?;
    let cases = cases(&before, day);
    let now = When::on(day.plus(120));
    let clocks: usize = cases.iter().map(|case| case.clocks(now).len()).sum();
    // A year's notice comes out: the file of 2026 with one day more off.
    let changed: Vec<_> = SHIPPED
        .iter()
        .map(|(path, text)| (*path, text.replace("2026-10-07", "2026-10-08")))
        .collect();
    let changed: Vec<_> = changed.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let begun = Instant::now();
    let after = Catalog::read(&changed).map_err(faults)?;
    let read = begun.elapsed();
    let begun = Instant::now();
    let moved: Vec<_> = cases.iter().filter_map(|case| case.read_by(&after)).collect();
    anyhow::ensure!(moved.len() == cases.len(), "a case was lost");
    let board = Board::new(numbered(&moved), now);
    let recount = begun.elapsed();
    let due = due_for_each(&board, now.day.plus(AHEAD_DAYS));
    let value = json!({
        "cases": cases.len(), "clocks": clocks, "waiting": board.len(),
        "read_catalog_micros": read.as_micros() as u64, "recount_micros": recount.as_micros() as u64,
        "due_nanos": due.as_nanos() as u64,
    });
    let args = [
        ("cases", cases.len().to_string()),
        ("clocks", clocks.to_string()),
        ("read", format!("{:.1}", read.as_secs_f64() * 1e3)),
        ("recount", format!("{:.0}", recount.as_secs_f64() * 1e3)),
        ("due", format!("{:.3}", due.as_secs_f64() * 1e3)),
    ];
    desk.say.result(&value, || format!("{}\n", desk.say.tr("bench-deadlines", &args)));
    Ok(())
}

/// Cases that begin on following days; a course that a holiday makes impossible is left out.
fn cases(catalog: &Catalog, first: Day) -> Vec<Case<'_>> {
    let begun = (0..100).filter_map(|later| played(catalog, first.plus(later)));
    let begun: Vec<_> = begun.collect();
    begun.iter().cycle().take(if begun.is_empty() { 0 } else { CASES }).cloned().collect()
}

fn played(catalog: &Catalog, first: Day) -> Option<Case<'_>> {
    let mut case = catalog.open("administrative", first)?;
    let papers: Papers = case.procedure().item.iter().map(|item| item.id.id.clone()).collect();
    for (days, hour, step, by, sets) in COURSE {
        let at = When { day: first.plus(*days), minute: Some(hour * 60) };
        let planned = (*sets > 0).then(|| first.plus(*sets));
        let next = Happening { at, step: (*step).into(), by: (*by).into(), planned };
        case.take(next, &papers).ok()?;
    }
    Some(case)
}

fn numbered<'a, 'c>(cases: &'a [Case<'c>]) -> impl Iterator<Item = (u32, u32, &'a Case<'c>)> {
    (0..).zip(cases).map(|(number, case)| (number % OWNERS, number, case))
}

/// The longest that the question "what is due for me" took, of one for each person.
fn due_for_each(board: &Board<'_>, until: Day) -> Duration {
    let mut longest = Duration::ZERO;
    let mut rows = 0;
    for owner in 0..OWNERS {
        let begun = Instant::now();
        rows += std::hint::black_box(board.due(owner, until)).len();
        longest = longest.max(begun.elapsed());
    }
    debug_assert!(rows <= board.len());
    longest
}

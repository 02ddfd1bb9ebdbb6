//! What the engine says beside the stories: choices, versions, other calendars, single clocks,
//! diagrams.

use catalog::{Board, Case, Catalog, Day, End, Happening, Lang, Misfit, Papers, Part, When, Why};

use crate::faults::{read, small};

fn catalog() -> Catalog {
    read(&small()).expect("the small catalogue has no faults")
}

fn when(text: &str) -> When {
    When::parse(text).expect("a moment")
}

fn done(at: &str, step: &str, by: &str) -> Happening {
    Happening { at: when(at), step: step.into(), by: by.into(), planned: None }
}

fn papers() -> Papers {
    ["request".to_owned()].into()
}

fn play<'c>(catalog: &'c Catalog, log: &[(&str, &str, &str)]) -> Case<'c> {
    let mut case = catalog.open("small", when(log[0].0).day).expect("a version in force");
    for (at, step, by) in log {
        case.take(done(at, step, by), &papers()).expect("the step is allowed");
    }
    case
}

#[test]
fn choices_say_what_is_missing_and_what_stands_against_it() {
    let catalog = catalog();
    let case = catalog.open("small", when("2026-03-05").day).expect("a version");
    let choices = case.choices(when("2026-03-05"), &Papers::new());
    let ids: Vec<_> = choices.iter().map(|choice| choice.step.id.id.as_str()).collect();
    assert_eq!(ids, ["take_up", "shout"]);
    let missing: Vec<_> = choices[0].missing.iter().map(ToString::to_string).collect();
    assert_eq!(missing, ["request"]);
    assert!(choices[0].refusal.is_none());
    let blocked = choices[1].refusal.as_ref().expect("the main track stands in its way");
    assert!(matches!(blocked.why, Why::Blocked(_)));
    assert_eq!(blocked.cites.map(ToString::to_string).as_deref(), Some("测试法 art. 2"));
    assert!(case.choices(when("2026-03-05"), &papers())[0].missing.is_empty());

    let case =
        play(&catalog, &[("2026-03-05", "take_up", "clerk"), ("2026-03-06", "finish", "head")]);
    let ids: Vec<_> =
        case.choices(when("2026-03-06"), &papers()).iter().map(|c| c.step.id.id.clone()).collect();
    assert_eq!(ids, ["shout"], "the main track has ended");
}

#[test]
fn a_version_is_chosen_by_day_and_kept() {
    let catalog = catalog();
    let of = |day: &str| catalog.procedure("small", when(day).day).map(|row| row.version);
    assert_eq!(
        [of("2025-12-31"), of("2026-01-01"), of("2026-06-30"), of("2026-07-01"), of("2099-12-31")],
        [None, Some(1), Some(1), Some(2), Some(2)]
    );
    let mut case = play(&catalog, &[("2026-06-29", "take_up", "clerk")]);
    // A case that began under version 1 may still wait, which version 2 no longer knows.
    case.take(done("2026-07-02", "wait", "clerk"), &papers()).expect("it stays on its version");
    assert_eq!(case.procedure().version, 1);
}

#[test]
fn a_case_moves_only_where_its_state_and_past_have_a_place() {
    let catalog = catalog();
    let new = catalog.version("small", 2).expect("version 2");
    let no_place = |case: &Case<'_>, version| {
        let refusal =
            case.move_to(version, when("2026-07-03"), "head", "new law").expect_err("refused");
        match refusal.why {
            Why::NoPlace(what) => what,
            why => panic!("{why:?}"),
        }
    };
    let case = play(&catalog, &[("2026-06-29", "take_up", "clerk")]);
    let moved = case.move_to(new, when("2026-07-03"), "head", "new law").expect("it has its place");
    assert_eq!((moved.procedure().version, moved.state("main")), (2, Some("working")));
    assert_eq!(moved.log(), case.log());
    let [decision] = moved.moves() else { panic!("one move is recorded") };
    assert_eq!((decision.versions, &*decision.by, &*decision.reason), ((1, 2), "head", "new law"));
    assert!(case.moves().is_empty(), "the case itself has not changed");

    let waits = [("2026-06-29", "take_up", "clerk"), ("2026-06-30", "wait", "clerk")];
    assert_eq!(no_place(&play(&catalog, &waits), new), "waiting");
    let waited = [&waits[..], &[("2026-07-01", "go_on", "clerk")]].concat();
    assert_eq!(
        no_place(&play(&catalog, &waited), new),
        "wait",
        "a step of the past is missing there"
    );

    let shipped = Catalog::shipped().expect("the shipped data is checked");
    let other = shipped.version("transfer", 1).expect("another procedure");
    let refusal = case.move_to(other, when("2026-07-03"), "head", "?").expect_err("refused");
    assert!(matches!(refusal.why, Why::NoPlace(what) if what == "transfer"));
}

#[test]
fn a_new_calendar_moves_working_days_and_nothing_else() {
    let before = catalog();
    let mut files = small();
    let calendar = files.iter_mut().find(|(path, _)| path.starts_with("calendars")).expect("one");
    calendar.1 = calendar.1.replace("to = \"2026-03-03\"", "to = \"2026-03-04\"");
    let after = read(&files).expect("no faults");
    // Friday; Monday to Tuesday off, then to Wednesday; Saturday 7 worked.
    let case = play(&before, &[("2026-02-27", "take_up", "clerk")]);
    let moved = case.read_by(&after).expect("everything has its place");
    let end = |case: &Case<'_>, id: &str| {
        case.clock(id, when("2026-03-01")).expect("it runs").end.expect("no pause").to_string()
    };
    assert_eq!(
        (end(&case, "work_by"), end(&moved, "work_by")),
        ("2026-03-09".into(), "2026-03-10".into())
    );
    // March 4, a Wednesday: a working day, then none.
    assert_eq!(
        (end(&case, "finish_by"), end(&moved, "finish_by")),
        ("2026-03-04".into(), "2026-03-05".into())
    );
    assert_eq!(end(&case, "either"), end(&moved, "either"));
    assert_eq!((case.log(), case.state("main")), (moved.log(), moved.state("main")));

    files.retain(|(path, _)| path != "procedures/small.toml");
    let without = read(&files).expect("no faults");
    assert!(case.read_by(&without).is_none(), "its version is gone");
}

#[test]
fn a_board_gives_each_owner_what_waits_soonest_first() {
    let catalog = catalog();
    let early = play(&catalog, &[("2026-02-27", "take_up", "clerk")]);
    let late = play(&catalog, &[("2026-03-10", "take_up", "clerk")]);
    let over =
        play(&catalog, &[("2026-02-27", "take_up", "clerk"), ("2026-03-02", "finish", "head")]);
    let cases = [(1, 10, &late), (1, 11, &early), (2, 12, &early), (1, 13, &over)];
    let board = Board::new(cases.into_iter(), when("2026-03-05"));
    let due = |owner, day: &str| -> Vec<(u32, String)> {
        let rows = board.due(owner, when(day).day).iter();
        rows.map(|row| (row.case, format!("{} {}", row.deadline.id.id, row.end))).collect()
    };
    assert_eq!(
        due(1, "2026-03-04"),
        [(11, "faster 2026-03-03".to_owned()), (11, "finish_by 2026-03-04".to_owned()),]
    );
    assert_eq!(
        due(1, "2026-03-16").len(),
        5,
        "three of the early, two of the late, none that ended"
    );
    assert_eq!(due(2, "2099-12-31").len(), 4);
    assert!(due(0, "2099-12-31").is_empty() && due(3, "2099-12-31").is_empty());
    assert!(due(1, "2026-01-01").is_empty());
    assert_eq!(board.len(), 12);
}

#[test]
fn a_single_clock_is_that_of_a_case() {
    let catalog = catalog();
    let procedure = catalog.version("small", 1).expect("version 1");
    let row = procedure.deadline("finish_by").expect("a clock");
    let parts: Vec<_> = row.parts().iter().map(|(part, step)| (*part, step.id.clone())).collect();
    let is = |part, id: &str| (part, id.to_owned());
    assert_eq!(
        parts,
        [
            is(Part::Starts, "take_up"),
            is(Part::Pauses, "wait"),
            is(Part::Resumes, "go_on"),
            is(Part::ExtendsTo, "extend"),
            is(Part::Meets, "finish"),
        ]
    );
    let log = [
        ("2026-03-04", "take_up", "clerk"),
        ("2026-03-05", "wait", "clerk"),
        ("2026-03-11", "go_on", "clerk"),
    ];
    let case = play(&catalog, &log);
    // In any order, and by nobody.
    let alone = log.iter().rev().map(|(at, step, _)| done(at, step, "")).collect();
    let now = when("2026-03-12");
    let clock = catalog.reckon(procedure, row, alone, now).expect("it was started");
    let of_case = case.clock("finish_by", now).expect("it runs");
    assert_eq!((clock.end, clock.standing), (of_case.end, of_case.standing));
    assert_eq!(
        clock.end,
        Some(End::Day(when("2026-03-16").day)),
        "9, six days later a Sunday, rolled"
    );
    let between = catalog.between(procedure, &clock);
    let rests: Vec<_> = between.rests.iter().map(|rest| (rest.from, rest.to)).collect();
    assert_eq!(
        rests,
        [(when("2026-03-15").day, when("2026-03-15").day)],
        "only the roll-over skipped"
    );

    let misfit =
        |log: Vec<Happening>| catalog.reckon(procedure, row, log, now).expect_err("a misfit");
    assert_eq!(misfit(vec![]), Misfit::NotStarted);
    assert_eq!(misfit(vec![done("2026-03-04", "wait", "")]), Misfit::NotStarted);
    assert_eq!(misfit(vec![done("2026-03-04", "shout", "")]), Misfit::NotOfClock("shout".into()));
    let extended = vec![done("2026-03-04", "take_up", ""), done("2026-03-05", "extend", "")];
    assert_eq!(misfit(extended), Misfit::NeedsDay("extend".into()));
}

#[test]
fn what_was_skipped_is_every_day_off_between() {
    let catalog = Catalog::shipped().expect("the shipped data is checked");
    let calendar = catalog.calendar("cn").expect("shipped");
    for procedure in catalog.procedures().iter().filter(|row| row.calendar == "cn") {
        for row in
            procedure.deadline.iter().filter(|row| !row.from.is_empty() && row.pause.is_empty())
        {
            for number in (20_454..20_900).step_by(17) {
                let start = Day::from_number(number);
                let at = When { day: start, minute: Some(600) };
                let begun = Happening {
                    at,
                    step: row.from[0].id.clone(),
                    by: String::new(),
                    planned: None,
                };
                let clock =
                    catalog.reckon(procedure, row, vec![begun], at).expect("it was started");
                let end = clock.end.expect("no pause").day();
                let between = catalog.between(procedure, &clock);
                let named = |day: Day| between.rests.iter().any(|r| r.from <= day && day <= r.to);
                let working = matches!(row.within, Some(catalog::Length::WorkingDays(_)));
                for day in (number + 1..=end.number()).map(Day::from_number) {
                    let off = !calendar.is_working(day);
                    if working {
                        assert_eq!(named(day), off, "{} {start} {day}", row.id.id);
                        let worked = day.weekday() >= 5 && !off;
                        assert_eq!(
                            between.worked.contains(&day),
                            worked,
                            "{} {start} {day}",
                            row.id.id
                        );
                    } else {
                        assert!(!named(day) || off, "{} {start} {day}", row.id.id);
                    }
                }
            }
        }
    }
}

/// The end of each line that a step draws, as the diagram's own numbers tell it.
#[test]
fn a_diagram_shows_every_state_and_step_and_no_line_lies_on_another() {
    let catalog = Catalog::shipped().expect("the shipped data is checked");
    for procedure in catalog.procedures() {
        for lang in [Lang::Zh, Lang::En] {
            let text = catalog::svg(procedure, lang, None);
            let xml = roxmltree::Document::parse(&text).expect("well-formed XML");
            let all = |name: &'static str| {
                xml.descendants()
                    .filter(move |n| n.has_tag_name(("http://www.w3.org/2000/svg", name)))
            };
            assert_eq!(all("script").count() + all("image").count() + all("a").count(), 0);
            let words: Vec<_> =
                all("text").map(|n| n.first_child().and_then(|n| n.text()).unwrap_or("")).collect();
            for state in &procedure.state {
                assert!(words.contains(&state.name.get(lang)), "{} {}", procedure.id, state.id.id);
            }
            for step in &procedure.step {
                let start: String = step.name.get(lang).chars().take(12).collect();
                assert!(words.iter().any(|label| label.starts_with(&start)), "{}", step.id.id);
            }
            let mut rows: Vec<_> = all("text").filter_map(|n| n.attribute("y")).collect();
            rows.sort_unstable();
            let count = rows.len();
            rows.dedup();
            assert_eq!(rows.len(), count, "{}: two labels on one row", procedure.id);
            let lines: Vec<_> =
                all("path").filter_map(|n| n.attribute("d")).filter_map(line).collect();
            let steps = procedure.step.iter().filter(|step| step.to.is_some());
            assert_eq!(lines.len(), steps.map(|step| step.from.len()).sum::<usize>());
            for (at, a) in lines.iter().enumerate() {
                let meets = |b: &&(i32, i32, i32)| b.0 == a.0 && b.1 <= a.2 && a.1 <= b.2;
                assert!(!lines[at + 1..].iter().any(|b| meets(&b)), "{}: lines meet", procedure.id);
            }
            // In a page that has a table, the picture points to it.
            let inside = catalog::svg(procedure, lang, Some("steps"));
            assert!(inside.contains("aria-describedby=\"steps\"") && !inside.contains("<desc"));
        }
    }
}

/// `M460 75H484V283H460` as lane, top and bottom; none for the arrow's head.
fn line(path: &str) -> Option<(i32, i32, i32)> {
    let numbers: Vec<i32> = path
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().expect("a number"))
        .collect();
    let [_, from, lane, to, _] = numbers[..] else { return None };
    Some((lane, from.min(to), from.max(to)))
}

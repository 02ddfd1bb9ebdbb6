//! Answers and their end, steps, score, and what is best done next.

use assess::{Standing, place};

use crate::history::{catalogue, day, judged, read};

fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

const LEAD: &str = "2026-02-01 control.answered no=ZP-0001 control=lead edition=controls@1
    verdict=met from=2026-02-01 until=2027-01-31";

fn lead() -> String {
    LEAD.replace('\n', " ")
}

#[test]
fn an_answer_holds_with_a_paper_for_its_days_and_no_longer() {
    let catalog = catalogue();
    let controls = catalog.controls().expect("the controls");
    let paper = "2026-02-01 paper.added about=ZP-0001 no=1".to_owned();
    let point = "2026-01-05 secret.registered no=MD-0001 level=core".to_owned();
    let back = "2026-03-01 control.withdrawn answer=ZP-0001 why=错".to_owned();
    let only = lead() + " secrets=[MD-0002]";
    for (history, on, standing, key) in [
        (vec![lead(), paper.clone()], "2026-02-01", Standing::Met, ""),
        (vec![lead(), paper.clone()], "2027-01-31", Standing::Met, ""),
        (vec![lead(), paper.clone()], "2027-02-01", Standing::Lapsed, "lack-answer-lapsed"),
        (vec![lead(), paper.clone()], "2026-01-31", Standing::Unanswered, "lack-answer"),
        (vec![lead()], "2026-02-01", Standing::Unmet, "lack-answer-paper"),
        (vec![lead(), paper.clone(), back], "2026-03-01", Standing::Unanswered, "lack-answer"),
        (vec![point, only, paper], "2026-03-01", Standing::Unmet, "lack-answer-cover"),
    ] {
        let found = judged(controls, &read(&history), day(on));
        let line = found.line("lead").expect("the control");
        assert_eq!(line.standing, standing, "{on} {history:?}");
        assert_eq!(line.lacks.first().map_or("", |lack| lack.key), key, "{on} {history:?}");
    }
}

/// The catalogue says for how long at most: a longer claim ends then all the same.
#[test]
fn no_answer_holds_longer_than_the_catalogue_allows() {
    let catalog = catalogue();
    let controls = catalog.controls().expect("the controls");
    let long = lead().replace("until=2027-01-31", "until=2099-01-31");
    let told = read(&[long, "2026-02-01 paper.added about=ZP-0001 no=1".to_owned()]);
    let standing =
        |on: &str| judged(controls, &told, day(on)).line("lead").expect("the control").standing;
    assert_eq!(standing("2027-02-01"), Standing::Met);
    assert_eq!(standing("2027-02-02"), Standing::Lapsed);
}

#[test]
fn an_exemption_leaves_the_score_and_needs_no_paper() {
    let catalog = catalogue();
    let controls = catalog.controls().expect("the controls");
    let exempt = "2026-02-01 control.answered no=ZP-0001 control=non-compete edition=controls@1 \
                  verdict=exempt from=2026-02-01 until=2027-01-31 why=没有约定";
    let told = read(&lines(exempt));
    let found = judged(controls, &told, day("2026-03-01"));
    assert_eq!(found.line("non-compete").expect("it").standing, Standing::Exempt);
    let without = judged(controls, &[], day("2026-03-01"));
    assert_eq!(found.answered().1 + 1, without.answered().1);
    assert_eq!(judged(controls, &told, day("2027-02-01")).answered().1, without.answered().1);
}

/// The nine of the first step, told one after the other: the score only grows, the next step is
/// offered when the last of them stands, and what comes next is never one that stands.
#[test]
fn the_second_step_is_offered_when_the_first_stands() {
    let catalog = catalogue();
    let controls = catalog.controls().expect("the controls");
    let history = lines(
        "2026-01-05 node.created shares=2-of-3
         2026-01-05 person.added no=RY-0001
         2026-01-05 secret.registered no=MD-0001 level=core owner=RY-0001
         2026-01-05 secret.stated secret=MD-0001 no=1 edition=1
         2026-01-06 paper.added about=RY-0001 no=1
         2026-01-06 person.cleared person=RY-0001 secret=MD-0001
         2026-01-06 measure.added no=CS-0001 item=rules
         2026-01-06 measure.matched measure=CS-0001 secret=MD-0001
         2026-01-07 control.answered no=ZP-0001 control=lead edition=controls@1 verdict=met from=2026-01-07 until=2026-12-31
         2026-01-07 paper.added about=ZP-0001 no=1
         2026-01-07 control.answered no=ZP-0002 control=rules edition=controls@1 verdict=met from=2026-01-07 until=2026-12-31
         2026-01-07 paper.added about=ZP-0002 no=1",
    );
    let told = read(&history);
    let on = day("2026-02-01");
    for count in 0..=told.len() {
        let found = judged(controls, &told[..count], on);
        let first = found.steps[0];
        assert_eq!(found.steps[1].offered, first.met == first.of, "{count}");
        assert_eq!(found.steps[1].offered, count == told.len(), "{count}: {first:?}");
        let next = found.next().expect("something is left");
        assert!(next.standing.is_gap() && next.gain > 0, "{count}");
        assert_eq!(next.step, usize::from(count == told.len()), "{count}");
        assert!(!found.gaps().iter().any(|line| line.standing == Standing::Met));
    }
    let all = judged(controls, &told, on);
    assert_eq!((all.steps[0].met, all.steps[0].of), (9, 9));
    assert!(all.score > judged(controls, &told[..4], on).score);
    // As of an earlier day it is what it was then.
    assert_eq!(judged(controls, &told, day("2026-01-05")).steps[0].met, 4);
    assert_eq!(
        judged(controls, &told[..1], on).steps[0].of,
        9,
        "nothing hides before the first point"
    );
    assert_eq!(judged(controls, &told, day("2026-01-04")).score, 0);
}

/// No gap before another one of its step that gives more for the same work.
#[test]
fn gaps_are_in_order_of_gain_for_work() {
    let catalog = catalogue();
    let controls = catalog.controls().expect("the controls");
    let told = read(&lines("2026-01-05 secret.registered no=MD-0001 level=core"));
    let found = judged(controls, &told, day("2026-02-01"));
    let gaps = found.gaps();
    assert!(gaps.len() > 3);
    for pair in gaps.windows(2) {
        let worth =
            |at: usize| f64::from(pair[at].control.weight) / f64::from(pair[at].control.minutes);
        assert!(pair[0].step < pair[1].step || worth(0) >= worth(1));
    }
}

#[test]
fn a_gap_leads_to_the_page_of_what_it_is_about() {
    let catalog = catalogue();
    let controls = catalog.controls().expect("the controls");
    let told = read(&lines("2026-01-05 secret.registered no=MD-0001 level=core"));
    let found = judged(controls, &told, day("2026-02-01"));
    let at = |id: &str| {
        let line = found.line(id).expect("the control");
        place(line.control, line.lacks.first())
    };
    assert_eq!(at("owner"), "/secrets/MD-0001/revise");
    assert_eq!(at("measure"), "/secrets/MD-0001/match");
    assert_eq!(at("drill"), "/settings");
    assert_eq!(at("lead"), "/controls/lead");
}

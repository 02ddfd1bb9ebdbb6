//! Prescriptions and the company's word on them cross carriers that lose, repeat and reorder, while
//! both sides write at once: in the end both say the same of each, and nothing stands twice.
//!
//! `MIDUN_SLOW=1` runs a thousand seeds.

use domain::terms::{CompanyKind, Cure, LetterSort, LetterWay, Mark, Pace, Review};
use domain::workstation::PlanVisit;
use domain::{Number, Refusal, Series};
use office::{CompanyForm, Finding, LetterForm, Trouble, VisitForm};

use crate::exchange::{Dice, Side, deliver, pair_of, settle};

pub fn no(series: Series, count: u32) -> Number {
    Number { series, count }
}

/// A team, which needs no credit code.
pub fn company(name: &str) -> CompanyForm {
    CompanyForm {
        name: name.into(),
        kind: CompanyKind::Team,
        code: None,
        tags: vec![],
        field: None,
        park: None,
        street: None,
        contact: None,
    }
}

/// A station that knows the node's company.
fn pair() -> (Side, Side) {
    pair_of(|station| {
        let office = station.office();
        let form = company("虚构科技有限公司");
        office.add_company(&office.ask("test"), form).expect("a company");
        Some(no(Series::Company, 1))
    })
}

/// A visit that finds two points wanting.
fn visit(station: &Side) {
    let office = station.office();
    let plan = PlanVisit {
        company: no(Series::Company, 1),
        day: office.today(),
        title: "问诊".into(),
        experts: vec![],
        checklist: "diagnosis".into(),
        request: None,
        follows: None,
    };
    let planned = office.plan_visit(&office.ask("test"), plan).expect("planned").number;
    let points = ["list", "level"];
    let finding = |point: &&str| Finding {
        point: (*point).into(),
        finding: format!("{point} 不全"),
        ..Finding::default()
    };
    let form = VisitForm {
        visit: planned.expect("a number"),
        happened: office.today(),
        marks: points.iter().map(|point| ((*point).into(), Mark::Wanting)).collect(),
        note: None,
        findings: points.iter().map(finding).collect(),
    };
    office.record_visit(&office.ask("test"), form).expect("recorded");
}

fn review(station: &Side, dice: &mut Dice) {
    let office = station.office();
    let last = office.reader().expect("a reader").last(Series::Prescription).expect("a count");
    if last == 0 {
        return;
    }
    let one = no(Series::Prescription, 1 + dice.below(last as usize) as u32);
    let ask = office.ask("test");
    let done = match dice.below(5) {
        0 => office.review(&ask, one, (Review::Cured, None), None, office.today(), None),
        1 => office.progress(&ask, one, Pace::Blocked, office.today(), Some("电话".into())),
        _ => {
            let due = office.today().plus_days(dice.below(90) as i64);
            let note = Some("还缺一页".into());
            office.review(&ask, one, (Review::Wanting, due), None, office.today(), note)
        }
    };
    match done {
        Ok(_) | Err(Trouble::Refused(Refusal::Ended(_))) => {}
        Err(other) => panic!("{other:?}"),
    }
}

fn progress(node: &Side, dice: &mut Dice) {
    let office = node.office();
    let last = office.reader().expect("a reader").last(Series::Task).expect("a count");
    if last == 0 {
        return;
    }
    let one = no(Series::Task, 1 + dice.below(last as usize) as u32);
    let how = Pace::ALL[dice.below(3)];
    let (ask, note) = (office.ask("test"), Some(format!("第 {} 次", dice.below(99))));
    let done = office.progress_task(&ask, one, how, office.today(), note.clone());
    match done {
        Ok(_) => {
            // The same wish again is no second word and no second letter.
            let size = office.reader().expect("a reader").chain().expect("a log").size;
            let again = office.progress_task(&ask, one, how, office.today(), note);
            assert!(again.expect("known").repeated);
            assert_eq!(office.reader().expect("a reader").chain().expect("a log").size, size);
        }
        Err(Trouble::Refused(Refusal::Ended(_))) => {}
        Err(other) => panic!("{other:?}"),
    }
}

fn take_effect(side: &Side) {
    side.office().settle(&side.unlocked()).expect("settles");
}

/// What a side says of each prescription: state, day, words of the company, words of the station.
type Said = (String, Cure, String, usize, usize);

fn at_station(station: &Side) -> Vec<Said> {
    let reader = station.office().reader().expect("a reader");
    let filter = store::read::DeskFilter { limit: 1_000, ..Default::default() };
    let mut said: Vec<Said> = Vec::new();
    for row in reader.prescriptions(&filter).expect("rows").rows {
        let steps = reader.prescription_steps(row.no).expect("steps");
        let theirs = steps.iter().filter(|step| step.link.is_some()).count();
        let (due, ours) = (row.due.to_string(), steps.len() - theirs);
        said.push((row.no.to_string(), row.state, due, theirs, ours));
    }
    said.sort_by(|a, b| a.0.cmp(&b.0));
    said
}

fn at_node(node: &Side) -> Vec<Said> {
    let reader = node.office().reader().expect("a reader");
    let filter = store::read::TaskFilter { limit: 1_000, ..Default::default() };
    let mut said: Vec<Said> = Vec::new();
    for row in reader.tasks(&filter).expect("rows").rows {
        let steps = reader.task_steps(row.no).expect("steps");
        let ours = steps.iter().filter(|step| step.ours).count();
        let theirs = row.theirs.expect("each is a prescription").to_string();
        let due = row.due.expect("each has a day").to_string();
        assert_eq!(row.seen as usize, steps.len() - ours);
        said.push((theirs, row.state, due, ours, steps.len() - ours));
    }
    said.sort_by(|a, b| a.0.cmp(&b.0));
    said
}

fn run(seed: u64) {
    let mut dice = Dice(seed);
    let (mut node, mut station) = pair();
    let mut air: Vec<(bool, Vec<u8>)> = Vec::new();
    let mut visits = 0;
    for _ in 0..70 {
        match dice.below(14) {
            0 if visits < 3 => {
                visits += 1;
                visit(&station);
            }
            1 | 2 => review(&station, &mut dice),
            3 | 4 => progress(&node, &mut dice),
            5 | 6 => air.extend(node.pack().map(|bundle| (true, bundle))),
            7 | 8 => air.extend(station.pack().map(|bundle| (false, bundle))),
            9 => take_effect(&node),
            10 => take_effect(&station),
            11 => match dice.below(4) {
                0 => node.restart(),
                1 => station.restart(),
                _ if !air.is_empty() => drop(air.swap_remove(dice.below(air.len()))),
                _ => {}
            },
            _ if !air.is_empty() => {
                let at = dice.below(air.len());
                let (up, bundle) = air[at].clone();
                if dice.below(3) > 0 {
                    air.swap_remove(at);
                }
                deliver(if up { &station } else { &node }, &bundle);
            }
            _ => {}
        }
    }
    if visits == 0 {
        visit(&station);
    }
    // Words that take effect cause no new letters, so one settling on each side is enough.
    settle(&node, &station);
    take_effect(&node);
    take_effect(&station);
    settle(&node, &station);
    let (ours, theirs) = (at_station(&station), at_node(&node));
    assert!(!ours.is_empty());
    // One that was over before the node joined was never told.
    let told: Vec<_> = ours.iter().filter(|(no, ..)| theirs.iter().any(|t| t.0 == *no)).collect();
    let open = |said: &Said| !matches!(said.1, Cure::Cured | Cure::Dropped);
    let untold = ours.iter().filter(|said| !told.contains(said));
    assert!(untold.into_iter().all(|said| !open(said)), "seed {seed}: {ours:?} {theirs:?}");
    assert_eq!(told, theirs.iter().collect::<Vec<_>>(), "seed {seed}");
    for (up, bundle) in air {
        let taken = deliver(if up { &station } else { &node }, &bundle);
        assert_eq!((taken.letters, taken.receipts), (0, 0));
    }
    take_effect(&node);
    take_effect(&station);
    assert_eq!((at_station(&station), at_node(&node)), (ours, theirs), "seed {seed}");
    for side in [&node, &station] {
        let findings = side.office().fsck(true).expect("fsck runs");
        assert!(findings.problems.is_empty(), "{:?}", findings.problems);
    }
}

#[test]
fn both_sides_come_to_the_same_of_each_prescription() {
    let slow = std::env::var_os("MIDUN_SLOW").is_some();
    let seeds = if slow { 1_000 } else { 8 };
    for seed in 0..seeds {
        run(seed);
    }
}

#[test]
fn a_company_moves_no_other_companys_prescription_and_a_warning_is_a_task() {
    let (node, station) = pair();
    settle(&node, &station);
    let office = station.office();
    office.add_company(&office.ask("test"), company("虚构别家")).expect("a company");
    visit(&station);
    settle(&node, &station);
    take_effect(&node);
    let reader = node.office().reader().expect("a reader");
    let mut task = reader.task(no(Series::Task, 1)).expect("a row").expect("a task");
    assert_eq!(task.theirs, Some(no(Series::Prescription, 1)));
    // The station's letters that were told carry what was found; they lie sealed on the way.
    let letters = reader.letters_from(node.link, LetterWay::In, 1, 10).expect("letters");
    assert_eq!(letters.len(), 2);
    let bundle = station.pack().expect("a bundle");
    assert!(!bundle.windows(9).any(|bytes| bytes == "list 不全".as_bytes()));
    drop(reader);

    // The same link, now of another company: nothing of it moves CF-0001.
    let other = no(Series::Company, 2);
    office
        .merge_company(&office.ask("test"), no(Series::Company, 1), other, "重复".into())
        .expect("merged");
    let ask = node.office().ask("test");
    node.office()
        .progress_task(&ask, task.no, Pace::Done, node.office().today(), None)
        .expect("told");
    settle(&node, &station);
    take_effect(&station);
    // What belonged to the entry that ended belongs to the one that stays, link and all.
    let row = office.reader().expect("a reader").prescription(no(Series::Prescription, 1));
    let row = row.expect("a row").expect("a prescription");
    assert_eq!((row.company, row.state), (other, Cure::Done));

    let form = LetterForm {
        sort: LetterSort::Warning,
        subject: "同行泄密手法预警".into(),
        text: "冒充供应商索要参数".into(),
        re: None,
        due: None,
        files: vec![],
    };
    office.write_letter(&office.ask("test"), station.link, &form).expect("written");
    settle(&node, &station);
    take_effect(&node);
    let reader = node.office().reader().expect("a reader");
    task = reader.task(no(Series::Task, 3)).expect("a row").expect("a task");
    let title = node.office().task_title(&reader, &task).expect("a title");
    assert_eq!(title, "同行泄密手法预警");
    let counts = reader.letter_counts(node.link).expect("counts");
    assert_eq!(counts.unread, 0, "what became a task is no letter that waits to be read");
    let ask = node.office().ask("test");
    node.office()
        .progress_task(&ask, task.no, Pace::Done, node.office().today(), None)
        .expect("done");
    let row = node.office().reader().expect("a reader").task(task.no).expect("a row");
    assert!(row.is_some_and(|row| !row.open && row.state == Cure::Cured));
    settle(&node, &station);
    take_effect(&station);
    let counts = office.reader().expect("a reader").letter_counts(station.link).expect("counts");
    assert_eq!(counts.unread, 1, "the answer to a warning is read by somebody");
}

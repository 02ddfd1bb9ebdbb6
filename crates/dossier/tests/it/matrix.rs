//! The as-of-day matrix, on histories that chance makes, held against a replay that paints each
//! day of a calendar; and some cases by hand.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Day, Event, Number, Series};
use dossier::{Contents, Entry, Matrix, Proof, Reach, Withheld, matrix};
use proptest::prelude::*;
use serde_json::json;

use crate::sample::{Company, DAY, no, witness};

/// Days of the calendar, from the first entry.
const DAYS: i64 = 24;

fn day(offset: i64) -> Day {
    Day::parse("2026-11-24").unwrap().plus_days(offset).unwrap()
}

fn offset(of: Day) -> i64 {
    day(0).days_to(of)
}

/// Something that is done on the next day or later; what makes no sense then is left out.
#[derive(Clone, Debug)]
enum Deed {
    Clear { person: u32, from: Option<i64>, until: Option<i64> },
    Bar { person: u32, from: Option<i64> },
    Sign { about: String, dated: Option<i64> },
    Add { from: Option<i64>, until: Option<i64> },
    End { measure: u32, last: Option<i64> },
    Match { measure: u32, statements: Option<Vec<u32>> },
    Agree { partner: u32, from: Option<i64>, until: Option<i64>, covers: bool },
    Disclose { partner: u32, on: Option<i64>, until: Option<i64> },
    Close { disclosure: u32, on: Option<i64> },
    State { statement: u32 },
    Unstate { statement: u32 },
    Own { person: u32 },
    Vouch,
}

fn deed() -> impl Strategy<Value = Deed> {
    let claimed = || proptest::option::of(0..DAYS);
    let about = proptest::sample::select(vec![
        "RY-0001", "RY-0002", "RY-0003", "CS-0001", "CS-0002", "XY-0001", "XY-0002", "PL-0001",
    ]);
    prop_oneof![
        (1u32..4, claimed(), claimed()).prop_map(|(person, from, until)| Deed::Clear {
            person,
            from,
            until
        }),
        (1u32..4, claimed()).prop_map(|(person, from)| Deed::Bar { person, from }),
        (about, claimed()).prop_map(|(about, dated)| Deed::Sign { about: about.into(), dated }),
        (claimed(), claimed()).prop_map(|(from, until)| Deed::Add { from, until }),
        (1u32..4, claimed()).prop_map(|(measure, last)| Deed::End { measure, last }),
        (1u32..4, proptest::option::of(proptest::collection::vec(1u32..4, 1..3)))
            .prop_map(|(measure, statements)| Deed::Match { measure, statements }),
        (1u32..3, claimed(), claimed(), any::<bool>()).prop_map(
            |(partner, from, until, covers)| Deed::Agree { partner, from, until, covers }
        ),
        (1u32..3, claimed(), claimed()).prop_map(|(partner, on, until)| Deed::Disclose {
            partner,
            on,
            until
        }),
        (1u32..4, claimed()).prop_map(|(disclosure, on)| Deed::Close { disclosure, on }),
        (1u32..4).prop_map(|statement| Deed::State { statement }),
        (1u32..4).prop_map(|statement| Deed::Unstate { statement }),
        (1u32..4).prop_map(|person| Deed::Own { person }),
        Just(Deed::Vouch),
    ]
}

/// A company whose log holds the deeds, each some days after the one before.
fn company(deeds: &[(i64, Deed)]) -> Company {
    let mut company = Company::new();
    company.know(&witness(), "independent");
    for person in 1..=3 {
        let fields = json!({"no": format!("RY-{person:04}"), "name": format!("甲{person}")});
        company.push("person.added", 0, fields);
    }
    for partner in 1..=2 {
        let fields = json!({"no": format!("HZ-{partner:04}"), "name": "乙", "relation": "other"});
        company.push("partner.added", 0, fields);
    }
    let fields = json!({"no": "MD-0001", "title": "曲线", "class": "technical", "level": "core"});
    company.push("secret.registered", 0, fields);
    let mut made = BTreeMap::<&str, u32>::new();
    let mut next = move |series: &'static str| {
        let count = made.entry(series).or_default();
        *count += 1;
        *count
    };
    let (mut measures, mut disclosures, mut agreements) = (0, 0, 0);
    let (mut ended, mut closed) = (BTreeSet::new(), BTreeSet::new());
    let mut statements = BTreeMap::<u32, u32>::new();
    let mut papers = BTreeMap::<String, u32>::new();
    let mut at = 0;
    for (pause, deed) in deeds {
        at = (at + pause).min(DAYS - 1);
        let text = |claimed: &Option<i64>| claimed.map(|offset| day(offset).to_string());
        match deed {
            Deed::Clear { person, from, until } => {
                let fields = json!({"person": format!("RY-{person:04}"), "secret": "MD-0001",
                    "from": text(from), "until": text(until)});
                company.push("person.cleared", at, fields);
            }
            Deed::Bar { person, from } => {
                let fields = json!({"person": format!("RY-{person:04}"), "secret": "MD-0001",
                    "happened": text(from), "why": "调岗"});
                company.push("person.barred", at, fields);
            }
            Deed::Sign { about, dated } => {
                let of = no(about);
                let known = match of.series {
                    Series::Measure => of.count <= measures,
                    Series::Agreement => of.count <= agreements,
                    Series::Disclosure => of.count <= disclosures,
                    _ => true,
                };
                if known {
                    let count = papers.entry(about.clone()).or_default();
                    *count += 1;
                    let fields = json!({"about": about, "no": *count, "blob": "b", "size": 1,
                        "sealed": "00", "media": "application/pdf", "happened": text(dated)});
                    company.push("paper.added", at, fields);
                }
            }
            Deed::Add { from, until } if measures < 3 => {
                measures = next("measure");
                let fields = json!({"no": format!("CS-{measures:04}"), "item": "zone",
                    "title": "门禁", "from": text(from), "until": text(until)});
                company.push("measure.added", at, fields);
            }
            Deed::End { measure, last } if *measure <= measures && ended.insert(*measure) => {
                let fields = json!({"measure": format!("CS-{measure:04}"),
                    "happened": text(last), "why": "更换"});
                company.push("measure.ended", at, fields);
            }
            Deed::Match { measure, statements } if *measure <= measures => {
                let fields = json!({"measure": format!("CS-{measure:04}"), "secret": "MD-0001",
                    "statements": statements});
                company.push("measure.matched", at, fields);
            }
            Deed::Agree { partner, from, until, covers } if agreements < 2 => {
                agreements = next("agreement");
                let secrets = if *covers { vec!["MD-0001"] } else { vec!["MD-0002"] };
                let fields = json!({"no": format!("XY-{agreements:04}"),
                    "partner": format!("HZ-{partner:04}"), "title": "协议", "from": text(from),
                    "until": text(until), "secrets": secrets});
                company.push("partner.agreed", at, fields);
            }
            Deed::Disclose { partner, on, until } if disclosures < 3 => {
                disclosures = next("disclosure");
                let fields = json!({"no": format!("PL-{disclosures:04}"), "secret": "MD-0001",
                    "carriers": [], "partner": format!("HZ-{partner:04}"), "happened": text(on),
                    "purpose": "试制", "until": text(until)});
                company.push("disclosure.made", at, fields);
            }
            Deed::Close { disclosure, on }
                if *disclosure <= disclosures && closed.insert(*disclosure) =>
            {
                let fields = json!({"disclosure": format!("PL-{disclosure:04}"),
                    "how": "returned", "happened": text(on)});
                company.push("disclosure.closed", at, fields);
            }
            Deed::State { statement } => {
                let edition = statements.entry(*statement).or_default();
                *edition += 1;
                let fields = json!({"secret": "MD-0001", "no": statement, "edition": *edition,
                    "text": "句"});
                company.push("secret.stated", at, fields);
            }
            Deed::Unstate { statement } if statements.contains_key(statement) => {
                let fields = json!({"secret": "MD-0001", "no": statement, "why": "重复"});
                company.push("secret.unstated", at, fields);
            }
            Deed::Own { person } => {
                let fields = json!({"secret": "MD-0001", "edition": 2,
                    "owner": format!("RY-{person:04}"), "why": "换人"});
                company.push("secret.revised", at, fields);
            }
            Deed::Vouch => company.anchor(&[(&witness(), at * DAY + 3_600)], &[]),
            _ => {}
        }
    }
    company
}

/// The replay: everything is painted day by day on a calendar, in the order of the log.
struct Painted<'a> {
    contents: &'a Contents,
}

/// Days on which something is so.
type Days = BTreeSet<i64>;

impl Painted<'_> {
    fn received(&self, entry: &Entry) -> i64 {
        offset(entry.received.day_at(480))
    }

    fn events(&self) -> impl Iterator<Item = &Entry> {
        self.contents.entries.iter()
    }

    fn from(&self, entry: &Entry, claimed: Option<Day>) -> Days {
        (claimed.map_or(self.received(entry), offset)..=DAYS).collect()
    }

    /// How well an entry is shown on a day: by the anchors themselves.
    fn proof(&self, entry: &Entry, on: i64) -> Proof {
        // Each anchor of these histories was seen an hour into its day, in words of its own.
        let seen = self.contents.anchors.iter().filter(|anchor| anchor.size > entry.index());
        let at = |anchor: &dossier::Anchor| {
            let note = ledger::note::Note::parse(anchor.note.as_bytes()).unwrap();
            // A cosignature begins with its time (C2SP tlog-cosignature).
            let line = note.signatures.last().unwrap();
            let seconds = i64::from_be_bytes(line.bytes[..8].try_into().unwrap());
            offset(domain::Moment(seconds * 1000).day_at(480))
        };
        if seen.map(at).any(|seen| seen <= on) {
            Proof::Vouched
        } else if self.received(entry) <= on {
            Proof::Recorded
        } else {
            Proof::Later
        }
    }

    /// Papers of something that bear the day or an earlier one, each with its proof.
    fn papers(&self, about: Number, on: i64) -> Vec<String> {
        let mut papers = Vec::new();
        for entry in self.events() {
            if let Event::PaperAdded(event) = &entry.event
                && event.about == about
                && self.from(entry, event.happened).contains(&on)
            {
                papers.push(format!("{about}/{} {:?}", event.no, self.proof(entry, on)));
            }
        }
        papers
    }

    /// Who could reach it: a door is a set of days, and a mark for what was handed over.
    fn holders(&self, on: i64) -> Vec<String> {
        let mut doors: Vec<(String, Number, &Entry, Days, bool)> = Vec::new();
        for entry in self.events() {
            match &entry.event {
                Event::SecretRevised(event) => {
                    if let Some(owner) = event.owner {
                        let today = self.received(entry);
                        for (door, _, _, days, _) in &mut doors {
                            if door.starts_with("owner") {
                                days.retain(|day| *day < today);
                            }
                        }
                        let days = self.from(entry, None);
                        doors.push(("owner".into(), owner, entry, days, false));
                    }
                }
                Event::PersonCleared(event) => {
                    let mut days = self.from(entry, event.from);
                    days.retain(|day| event.until.is_none_or(|until| *day <= offset(until)));
                    doors.push(("cleared".into(), event.person, entry, days, false));
                }
                Event::PersonBarred(event) => {
                    let first = event.happened.map_or(self.received(entry), offset);
                    for (door, who, _, days, is_over) in &mut doors {
                        if door == "cleared" && *who == event.person && !*is_over {
                            days.retain(|day| *day < first);
                            *is_over = true;
                        }
                    }
                }
                Event::DisclosureMade(event) => {
                    let days = self.from(entry, event.happened);
                    let door = format!("disclosed {}", event.no);
                    doors.push((door, event.partner, entry, days, false));
                }
                Event::DisclosureClosed(event) => {
                    let first = event.happened.map_or(self.received(entry), offset);
                    let name = format!("disclosed {}", event.disclosure);
                    for (door, _, _, days, _) in &mut doors {
                        if *door == name {
                            days.retain(|day| *day < first);
                        }
                    }
                }
                _ => {}
            }
        }
        let mut rows = Vec::new();
        for (door, who, entry, days, _) in &doors {
            let was_given = match &entry.event {
                Event::DisclosureMade(event) => self.from(entry, event.happened).contains(&on),
                _ => false,
            };
            let reach = if days.contains(&on) {
                Reach::Open
            } else if was_given || days.iter().any(|day| *day <= on) {
                Reach::Closed
            } else {
                continue;
            };
            let mut bound = self.papers(*who, on);
            bound.extend(self.agreements(*who, on));
            rows.push(format!(
                "{who} {door} {reach:?} {} {:?} {bound:?}",
                entry.index(),
                self.proof(entry, on)
            ));
        }
        rows.sort();
        rows
    }

    fn agreements(&self, partner: Number, on: i64) -> Vec<String> {
        let mut rows = Vec::new();
        for entry in self.events() {
            let Event::PartnerAgreed(event) = &entry.event else { continue };
            let mut days = self.from(entry, event.from);
            days.retain(|day| event.until.is_none_or(|until| *day <= offset(until)));
            let covers = event.secrets.as_ref().unwrap().contains(&no("MD-0001"));
            if event.partner == partner && covers && days.contains(&on) {
                let (proof, papers) = (self.proof(entry, on), self.papers(event.no, on));
                rows.push(format!("{} {proof:?} {papers:?}", event.no));
            }
        }
        rows
    }

    /// The days on which a measure is in force.
    fn force(&self, measure: Number) -> (&Entry, Days) {
        let mut found = None;
        for entry in self.events() {
            match &entry.event {
                Event::MeasureAdded(event) if event.no == measure => {
                    let mut days = self.from(entry, event.from);
                    days.retain(|day| event.until.is_none_or(|until| *day <= offset(until)));
                    found = Some((entry, days));
                }
                Event::MeasureEnded(event) if event.measure == measure => {
                    let (_, days) = found.as_mut().unwrap();
                    let over = self.received(entry);
                    days.retain(|day| match event.happened {
                        Some(last) => *day <= offset(last),
                        None => *day < over,
                    });
                }
                _ => {}
            }
        }
        found.unwrap()
    }

    fn measures(&self, on: i64) -> Vec<String> {
        let mut rows = Vec::new();
        for entry in self.events() {
            let Event::MeasureMatched(event) = &entry.event else { continue };
            let (added, days) = self.force(event.measure);
            let proof = self.proof(added, on).max(self.proof(entry, on));
            rows.push(format!(
                "{} {} {} {proof:?} {:?}",
                event.measure,
                entry.index(),
                days.contains(&on),
                self.papers(event.measure, on)
            ));
        }
        rows.sort();
        rows
    }

    fn statements(&self, on: i64) -> Vec<String> {
        let mut stood = BTreeMap::new();
        let mut first = BTreeMap::new();
        let mut begun = false;
        for entry in self.events() {
            let is_here = self.received(entry) <= on;
            match &entry.event {
                Event::SecretStated(event) => {
                    first.entry(event.no).or_insert((event.edition, entry));
                    begun |= is_here;
                    if is_here {
                        stood.insert(event.no, (event.edition, entry));
                    }
                }
                Event::SecretUnstated(event) if is_here => drop(stood.remove(&event.no)),
                _ => {}
            }
        }
        let rows = if begun { stood } else { first };
        let row = |(no, (edition, entry)): (u32, (u32, &Entry))| {
            let mut by = BTreeSet::new();
            for entry in self.events() {
                if let Event::MeasureMatched(event) = &entry.event
                    && event.statements.as_ref().is_none_or(|all| all.contains(&no))
                    && self.force(event.measure).1.contains(&on)
                {
                    by.insert(event.measure);
                }
            }
            format!("{no} {edition} {:?} {by:?}", self.proof(entry, on))
        };
        rows.into_iter().map(row).collect()
    }
}

/// What the matrix says, in the words of the replay.
fn told(of: &Matrix) -> [Vec<String>; 3] {
    let papers = |papers: &[dossier::Paper]| -> Vec<String> {
        let text =
            |one: &dossier::Paper| format!("{}/{} {:?}", one.about, one.no, one.record.proof);
        papers.iter().map(text).collect()
    };
    let holder = |one: &dossier::Holder| {
        let mut bound = papers(&one.signed);
        bound.extend(one.agreements.iter().map(|agreement| {
            let (proof, papers) = (agreement.record.proof, papers(&agreement.papers));
            format!("{} {proof:?} {papers:?}", agreement.no)
        }));
        let door = match one.by == one.who {
            true => one.door.word().to_owned(),
            false => format!("{} {}", one.door.word(), one.by),
        };
        let (index, proof) = (one.record.index, one.record.proof);
        format!("{} {door} {:?} {index} {proof:?} {bound:?}", one.who, one.reach)
    };
    let measure = |one: &dossier::Protection| {
        let (index, papers) = (one.matched.index, papers(&one.papers));
        format!("{} {index} {} {:?} {papers:?}", one.no, one.in_force, one.proof())
    };
    let stated = |one: &dossier::Stated| {
        let by: BTreeSet<Number> = one.measures.iter().copied().collect();
        assert_eq!(by.len(), one.measures.len(), "each measure once");
        format!("{} {} {:?} {by:?}", one.no, one.edition, one.record.proof)
    };
    let mut rows = [
        of.holders.iter().map(holder).collect::<Vec<_>>(),
        of.measures.iter().map(measure).collect(),
        of.statements.iter().map(stated).collect(),
    ];
    rows[..2].iter_mut().for_each(|rows| rows.sort());
    rows
}

fn gap<'a>(of: &'a Matrix, key: &str) -> Option<&'a dossier::MatrixGap> {
    of.gaps.iter().find(|gap| gap.key == key)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    /// Any day of any history: the matrix says what the painted calendar shows.
    #[test]
    fn a_day_is_as_a_replay_paints_it(
        deeds in proptest::collection::vec((0i64..3, deed()), 0..40),
    ) {
        let contents = company(&deeds).contents(Withheld::default());
        let painted = Painted { contents: &contents };
        let today = day(DAYS);
        for on in 0..=DAYS {
            let found = matrix(&contents, no("MD-0001"), day(on), today).unwrap();
            let rows = [painted.holders(on), painted.measures(on), painted.statements(on)];
            prop_assert_eq!(told(&found), rows, "on {}", day(on));
            // The gaps follow from the rows, and only a day that is over can't be mended.
            let in_force = found.measures.iter().any(|one| one.in_force);
            prop_assert_eq!(gap(&found, "matrix-gap-no-measure").is_some(), !in_force);
            prop_assert_eq!(found.is_past, on < DAYS);
            for gap in &found.gaps {
                prop_assert!(!gap.is_fixed || found.is_past);
            }
        }
    }
}

#[test]
fn what_came_later_never_counts_as_having_been_there() {
    let deeds = [
        (0, Deed::State { statement: 1 }),
        (0, Deed::Clear { person: 1, from: Some(2), until: None }),
        // Signed and taken on day 3, as is claimed; recorded on day 10.
        (10, Deed::Sign { about: "RY-0001".into(), dated: Some(3) }),
        (0, Deed::Add { from: Some(3), until: None }),
        (0, Deed::Match { measure: 1, statements: None }),
        (0, Deed::Vouch),
    ];
    let contents = company(&deeds).contents(Withheld::default());
    let on = |offset| matrix(&contents, no("MD-0001"), day(offset), day(DAYS)).unwrap();
    let before = on(2);
    assert!(before.holders[0].signed.is_empty());
    assert!(gap(&before, "matrix-gap-no-measure").unwrap().is_fixed, "nothing mends it");
    assert!(gap(&before, "matrix-gap-unbound-person").unwrap().is_fixed);
    let between = on(5);
    assert_eq!(between.holders[0].signed[0].record.proof, Proof::Later);
    assert_eq!(between.holders[0].signed[0].days_late(), 7, "the date on it is earlier");
    assert_eq!(gap(&between, "matrix-gap-late-measure").unwrap().args[1].1, "CS-0001");
    assert_eq!(gap(&between, "matrix-gap-late-paper").unwrap().args[1].1, "RY-0001/1");
    let after = on(11);
    assert_eq!(after.measures[0].proof(), Proof::Vouched);
    assert!(gap(&after, "matrix-gap-late-measure").is_none());
}

#[test]
fn gaps_stand_first_and_today_can_be_mended() {
    let contents = crate::sample::company().contents(Withheld::default());
    let today = contents.made.day_at(480);
    let found = matrix(&contents, no("MD-0002"), today, today).unwrap();
    assert!(!found.gaps.is_empty() && found.gaps.iter().all(|gap| !gap.is_fixed));
    let say = dossier::Say { lang: words::Lang::Zh, zone_minutes: 480 };
    let blocks = dossier::matrix_blocks(&found, say);
    assert!(matches!(&blocks[1], dossier::Block::Boxed { parts } if parts.len() == 1));
    let pdf = dossier::matrix_pdf(&found, say, "虚构".into(), contents.made, "test".into());
    assert!(pdf.unwrap().starts_with(b"%PDF-"));
    assert!(matrix(&contents, no("MD-0009"), today, today).is_none());
}

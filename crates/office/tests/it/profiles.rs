//! Profiles are filed and taken back over carriers that lose, repeat and reorder: in the end both
//! ledgers hold the same, and what was taken back can't be read at the station by anybody.
//!
//! `MIDUN_SLOW=1` runs a thousand seeds.

use domain::terms::{Class, LetterWay, Level, ProfileField};
use domain::{Refusal, Series};
use link::exchange::{Grounds, PROOF_FILE};
use office::{CompanyForm, ProfileForm, SecretForm, Shown, Trouble};

use crate::effects::{company, no};
use crate::exchange::{Dice, Side, deliver, pair_of, settle};

/// A station that knows the node's company, and a node with something to show.
fn pair() -> (Side, Side) {
    let (node, station) = pair_of(|station| {
        let office = station.office();
        let form: CompanyForm = company("虚构科技有限公司");
        office.add_company(&office.ask("test"), form).expect("a company");
        Some(no(Series::Company, 1))
    });
    secret(&node);
    (node, station)
}

fn secret(node: &Side) {
    let office = node.office();
    let form = SecretForm {
        title: "虚构浆料配方".into(),
        class: Class::Technical,
        form: None,
        level: Level::Core,
        owner: None,
        department: None,
        review: None,
        happened: None,
        origin: Some("自行研发".into()),
        public: None,
        value: None,
        statements: vec!["配比 7:2:1".into()],
        carriers: vec![],
    };
    office.register_secret(&office.ask("test"), form).expect("registered");
}

fn typed(n: usize) -> ProfileForm {
    let mut form = ProfileForm {
        ticked: [ProfileField::Park, ProfileField::Score, ProfileField::Points].into(),
        ..ProfileForm::default()
    };
    form.typed.insert(ProfileField::Park, format!("虚构园区 {n}"));
    form.typed.insert(ProfileField::Contact, "没有勾选的".into());
    form
}

fn file(node: &Side, n: usize) -> u64 {
    let office = node.office();
    let plan = office.profile_plan(&office.reader().expect("a reader"), &typed(n)).expect("a plan");
    office.file_profile(&office.ask("test"), node.link, &plan).expect("filed").0
}

fn withdraw(node: &Side) -> bool {
    let office = node.office();
    match office.withdraw_profile(&office.ask("test"), node.link, None) {
        Ok(_) => true,
        Err(Trouble::Refused(Refusal::NothingFiled(_))) => false,
        Err(other) => panic!("{other:?}"),
    }
}

/// What a side holds of each profile: number, day, fields, whether it stands, and what it says.
type Held = (u64, String, Vec<ProfileField>, bool, Option<String>);

fn held(side: &Side) -> Vec<Held> {
    let office = side.office();
    let reader = office.reader().expect("a reader");
    let rows = reader.profiles_of(side.link).expect("rows").into_iter();
    rows.map(|row| {
        let kept = office.kept_profile(&reader, &row).expect("readable or erased");
        let says = kept.map(|kept| serde_json::to_string(&kept.given).expect("JSON"));
        (row.seq, row.day.to_string(), row.fields, row.ended.is_none(), says)
    })
    .collect()
}

fn take_effect(side: &Side) {
    side.office().settle(&side.unlocked()).expect("settles");
}

/// Nothing that was taken back can be read at the station: neither the entry nor the letter.
fn unreadable(station: &Side) {
    let office = station.office();
    let reader = office.reader().expect("a reader");
    for row in reader.profiles_of(station.link).expect("rows") {
        let letter = reader.letter(station.link, LetterWay::In, row.seq).expect("a row");
        let letter = letter.expect("a letter");
        let content = office.letter_content(&letter, &station.unlocked());
        let given = office.field(&reader, row.idx, "given", Some(&station.unlocked()));
        let given = given.expect("a field");
        let path = office.home().dir.join("exchange").join(format!("{}.letter", letter.digest));
        if row.ended.is_some() {
            assert_eq!(given, Shown::Erased);
            assert!(!path.exists(), "the letter's file is gone");
            assert!(matches!(content, Err(Trouble::Other("trouble-letter-forgotten", ..))));
        } else {
            assert!(path.exists());
            let content = content.expect("it stands");
            assert!(!content.head.text.contains("没有勾选的"));
            assert!(given.text().is_some_and(|text| !text.contains("没有勾选的")));
        }
    }
}

fn run(seed: u64) {
    let mut dice = Dice(seed);
    let (mut node, mut station) = pair();
    let mut air: Vec<(bool, Vec<u8>)> = Vec::new();
    let mut filed = 0;
    for step in 0..60 {
        match dice.below(12) {
            0 => {
                file(&node, step);
                filed += 1;
            }
            1 => drop(withdraw(&node)),
            2 | 3 => air.extend(node.pack().map(|bundle| (true, bundle))),
            4 => air.extend(station.pack().map(|bundle| (false, bundle))),
            5 | 6 => take_effect(&station),
            7 => match dice.below(5) {
                0 => node.restart(),
                1 => station.restart(),
                2 => secret(&node),
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
    if filed == 0 {
        file(&node, 99);
    }
    settle(&node, &station);
    take_effect(&station);
    let (ours, theirs) = (held(&node), held(&station));
    assert!(!ours.is_empty());
    let bare = |all: &[Held]| {
        let bare = all
            .iter()
            .map(|(seq, day, fields, stands, _)| (*seq, day.clone(), fields.clone(), *stands));
        bare.collect::<Vec<_>>()
    };
    assert_eq!(bare(&ours), bare(&theirs), "seed {seed}");
    for (ours, theirs) in ours.iter().zip(&theirs) {
        match theirs.3 {
            true => assert_eq!(ours.4, theirs.4, "seed {seed}: what stands says the same"),
            false => assert_eq!(theirs.4, None, "seed {seed}: what was taken back says nothing"),
        }
    }
    unreadable(&station);
    // Bundles that come late bring nothing back.
    for (up, bundle) in air {
        deliver(if up { &station } else { &node }, &bundle);
    }
    take_effect(&station);
    unreadable(&station);
    assert_eq!(held(&station), theirs, "seed {seed}");
    for side in [&node, &station] {
        let findings = side.office().fsck(true).expect("fsck runs");
        assert!(findings.problems.is_empty(), "{:?}", findings.problems);
    }
}

#[test]
fn both_ledgers_agree_and_what_is_taken_back_is_gone() {
    let slow = std::env::var_os("MIDUN_SLOW").is_some();
    for seed in 0..if slow { 1_000 } else { 6 } {
        run(seed);
    }
}

#[test]
fn a_profile_shows_entries_and_no_content_and_counts_in_coverage() {
    let (node, station) = pair();
    settle(&node, &station);
    file(&node, 1);
    settle(&node, &station);
    take_effect(&station);
    let (office, company) = (station.office(), no(Series::Company, 1));
    let reader = office.reader().expect("a reader");
    let row = reader.profiles(Some(company)).expect("rows").pop().expect("a profile");
    let kept = office.kept_profile(&reader, &row).expect("readable").expect("there");
    assert_eq!(kept.given.points.as_ref().and_then(|points| points.get("core")), Some(&1));
    assert_eq!(kept.kinds.get("secret.registered"), Some(&1));
    assert_eq!((row.entries, kept.of), (kept.kinds.values().sum(), row.entries));
    let filter = store::read::CompanyFilter { filed: true, ..Default::default() };
    assert_eq!(reader.company_count(&filter).expect("a count"), 1);
    let found = reader.coverage(store::read::Dimension::Kind).expect("coverage");
    assert_eq!((found.all.filed, found.lines[0].filed), (1, 1));

    // Of the secret point nothing is in the letter but that it was registered, and when.
    let letter = reader.letter(station.link, LetterWay::In, row.seq).expect("a row");
    let letter = office.letter_content(&letter.expect("a letter"), &station.unlocked());
    let letter = letter.expect("opens");
    assert_eq!(letter.head.files[0].name, PROOF_FILE);
    let proof = String::from_utf8(letter.files[0].clone()).expect("a text");
    for word in ["虚构浆料配方", "core", "technical", "title", "level"] {
        assert!(!proof.contains(word), "{word} was shown");
    }

    // A proof of another ledger, of another place, or twice, does not hold.
    let key = reader.link(station.link).expect("a row").and_then(|row| row.key).expect("a key");
    let key = key.parse().expect("a key");
    let grounds: Grounds = serde_json::from_slice(&letter.files[0]).expect("reads");
    assert!(grounds.check(&key).is_ok());
    let wrong = office.home().log_vkey().expect("a key");
    assert!(grounds.check(&wrong).is_err(), "another ledger's key");
    let mut moved = grounds.clone();
    moved.entries[0].0.index += 1;
    assert!(moved.check(&key).is_err(), "another place");
    let mut twice = grounds.clone();
    twice.of += 1;
    twice.entries.push(twice.entries[0].clone());
    assert!(twice.check(&key).is_err(), "the same entry twice");
    let mut less = grounds;
    less.of = 0;
    assert!(less.check(&key).is_err(), "more than decided");

    assert!(withdraw(&node));
    assert!(!withdraw(&node), "there is nothing left to take back");
    settle(&node, &station);
    take_effect(&station);
    assert_eq!(office.reader().expect("a reader").company_count(&filter).expect("a count"), 0);
    unreadable(&station);
}

#[test]
fn nothing_is_filed_that_was_not_ticked() {
    let (node, _) = pair();
    let reader = node.office().reader().expect("a reader");
    let refused = |form: ProfileForm| match node.office().profile_plan(&reader, &form) {
        Err(Trouble::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(ProfileForm::default()), Refusal::NothingTicked);
    let mut form = ProfileForm { ticked: [ProfileField::Code].into(), ..ProfileForm::default() };
    assert_eq!(refused(form.clone()), Refusal::Blank("profile-code"));
    form.typed.insert(ProfileField::Code, "91110108MA00000000".into());
    assert!(matches!(refused(form), Refusal::CreditCode(_)));
}

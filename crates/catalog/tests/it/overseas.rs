//! Guides of countries, the risks that answers name, and the gate before material leaves.

use catalog::Catalog;
use catalog::overseas::{Leads, Said, Topic};

fn shipped() -> Catalog {
    Catalog::shipped().expect("the shipped data has no faults")
}

/// A guide is complete by what it says, not by what it claims: taking any one statement's reading
/// away, or any one field, makes it a draft.
#[test]
fn a_guide_is_complete_only_when_each_field_was_read() {
    let catalog = shipped();
    let complete: Vec<&str> = catalog
        .countries()
        .into_iter()
        .filter(|country| country.is_complete())
        .map(|country| country.id.as_str())
        .collect();
    assert_eq!(complete, ["de", "us"]);
    for id in complete {
        let country = catalog.country(id).expect("is there");
        for at in 0..country.statement.len() {
            let mut unread = country.clone();
            unread.statement[at].verified = false;
            assert!(!unread.is_complete(), "{id}: {} was not read", country.statement[at].id.id);
        }
        for topic in Topic::ALL {
            let mut short = country.clone();
            short.statement.retain(|one| one.field != topic);
            assert_eq!(short.missing(), [topic]);
            assert!(!short.is_complete(), "{id} without {}", topic.key());
        }
    }
}

/// Complete ones come first, and a draft says what it lacks.
#[test]
fn drafts_come_last_and_say_what_they_lack() {
    let catalog = shipped();
    let all = catalog.countries();
    let first_draft = all.iter().position(|country| !country.is_complete()).expect("a draft");
    assert!(all[first_draft..].iter().all(|country| !country.is_complete()));
    let japan = catalog.country("jp").expect("is there");
    assert!(japan.missing().contains(&Topic::Customs) && japan.open() == 3);
}

/// `answers` by hand against the risks they name.
#[test]
fn answers_name_risks_and_say_which_of_them_did() {
    let catalog = shipped();
    let questions = catalog.questions().expect("are there");
    let said = |answers: &[&str]| -> Vec<(String, Vec<String>)> {
        let answers: Vec<String> = answers.iter().map(|of| (*of).to_owned()).collect();
        assert!(answers.iter().all(|answer| questions.knows(answer)), "{answers:?}");
        let risks = questions.risks(&answers).into_iter();
        risks
            .map(|(risk, by)| (risk.id.id.clone(), by.into_iter().map(str::to_owned).collect()))
            .collect()
    };
    let of =
        |id: &str, by: &[&str]| (id.to_owned(), by.iter().map(|by| (*by).to_owned()).collect());
    assert_eq!(said(&["counterparty:affiliate", "holder:nobody"]), []);
    assert_eq!(
        said(&["plan:exhibit", "goes:sample"]),
        [of("disclosed", &["goes:sample"]), of("border", &["plan:exhibit"])]
    );
    assert_eq!(
        said(&["counterparty:supplier", "plan:make", "goes:documents", "holder:third"]),
        [
            of("disclosed", &["goes:documents"]),
            of("maker", &["counterparty:supplier", "plan:make"]),
            of("export", &["goes:documents"]),
        ]
    );
    assert!(!questions.knows("goes:ships") && !questions.knows("goes"));
}

/// The gate: each question alone can stop it, a blank proof is none, and nothing missing passes.
#[test]
fn the_gate_opens_only_when_all_is_answered() {
    let catalog = shipped();
    let export = catalog.export().expect("is there");
    let said = |question: &str, choice: &str, proof: Option<&str>| Said {
        question: question.to_owned(),
        choice: choice.to_owned(),
        proof: proof.map(str::to_owned),
    };
    let clean: Vec<Said> =
        export.question.iter().map(|gate| said(&gate.id.id, "no", None)).collect();
    assert!(export.judge(&clean).is_clear());
    assert_eq!(export.judge(&[]).unanswered.len(), export.question.len());
    for at in 0..clean.len() {
        let mut missing = clean.clone();
        missing.remove(at);
        assert!(!export.judge(&missing).is_clear(), "without {}", clean[at].question);
        for choice in &export.question[at].choice {
            let with = |proof| {
                let mut answers = clean.clone();
                answers[at] = said(&clean[at].question, &choice.id.id, proof);
                export.judge(&answers).is_clear()
            };
            let expected = match choice.is {
                Leads::Pass => [true, true, true],
                Leads::Proof => [false, false, true],
                Leads::Stop => [false, false, false],
            };
            let got = [with(None), with(Some("  ")), with(Some("国信办 2026-11-01 1号"))];
            assert_eq!(got, expected, "{}:{}", clean[at].question, choice.id.id);
        }
    }
    let strange = [clean.clone(), vec![said("weather", "fine", None)]].concat();
    assert!(export.judge(&strange).is_clear(), "what nobody asked changes nothing");
    let mut unknown = clean;
    unknown[0].choice = "perhaps".to_owned();
    assert_eq!(export.judge(&unknown).unanswered.len(), 1);
}

//! What a file covers: removing any one item, or any one mark of its form, is caught by name.

use catalog::Catalog;
use catalog::procedure::Form;
use catalog::standard::{Cover, Exhibit, Fen, Figures, Reached, Report, Standard};

const FORMS: [Form; 5] = [Form::Signature, Form::Date, Form::Origin, Form::Hash, Form::Custody];

fn report<'c>(catalog: &'c Catalog, standard: &Standard, file: &[Exhibit]) -> Report<'c> {
    let report = catalog.report(&standard.id, file, Figures::default());
    report.expect("a shipped standard")
}

fn covers(report: &Report<'_>) -> bool {
    report.elements.iter().all(|element| element.cover == Cover::Covered)
}

/// A file that covers everything, and of which nothing can be spared.
fn least(catalog: &Catalog, standard: &Standard) -> Vec<Exhibit> {
    let whole = report(catalog, standard, &[]);
    let facts = whole.elements.iter().flat_map(|element| &element.facts);
    let items = facts.flat_map(|fact| fact.fact.strong.iter().take(1));
    let mut file: Vec<Exhibit> = items
        .map(|item| Exhibit { item: item.id.clone(), bears: FORMS.to_vec(), name: String::new() })
        .collect();
    file.sort_by(|a, b| a.item.cmp(&b.item));
    file.dedup();
    assert!(covers(&report(catalog, standard, &file)), "{}", standard.id);
    let mut at = 0;
    while at < file.len() {
        let without = [&file[..at], &file[at + 1..]].concat();
        if covers(&report(catalog, standard, &without)) { file = without } else { at += 1 }
    }
    file
}

#[test]
fn each_item_that_is_taken_out_is_missed_by_name() {
    let catalog = Catalog::shipped().expect("the shipped data is checked");
    let mut taken = 0;
    for standard in catalog.standards() {
        let file = least(&catalog, standard);
        assert!(!file.is_empty(), "{}", standard.id);
        for (at, gone) in file.iter().enumerate() {
            let rest = [&file[..at], &file[at + 1..]].concat();
            let report = report(&catalog, standard, &rest);
            assert!(!covers(&report), "{} without {}", standard.id, gone.item);
            let named = report.elements.iter().flat_map(|element| &element.facts).any(|fact| {
                fact.cover != Cover::Covered && fact.fill.iter().any(|item| item.id.id == gone.item)
            });
            assert!(named, "{} without {}: not named", standard.id, gone.item);
            taken += 1;
        }
    }
    assert!(taken >= 60, "only {taken} items in all standards");
}

#[test]
fn each_fault_of_form_is_named() {
    let catalog = Catalog::shipped().expect("the shipped data is checked");
    let mut faults = 0;
    for standard in catalog.standards() {
        let file = least(&catalog, standard);
        for at in 0..file.len() {
            for form in FORMS {
                let mut poorer = file.clone();
                poorer[at].bears.retain(|other| *other != form);
                let report = report(&catalog, standard, &poorer);
                let facts = report.elements.iter().flat_map(|element| &element.facts);
                let mut named = facts.flat_map(|fact| &fact.faults);
                let named =
                    named.any(|(item, found)| item.id.id == file[at].item && *found == form);
                // A mark that this kind of item need not bear is no fault.
                assert_eq!(named, !covers(&report), "{} {} {form:?}", standard.id, file[at].item);
                faults += usize::from(named);
            }
        }
    }
    assert!(faults > 0, "no item needs any form");
}

#[test]
fn a_threshold_whose_text_was_not_seen_is_never_met() {
    let catalog = Catalog::shipped().expect("the shipped data is checked");
    let all = |yuan: u64| Figures {
        loss: Some(Fen(yuan * 100)),
        gain: Some(Fen(yuan * 100)),
        acquisitions: Some(if yuan > 0 { 9 } else { 0 }),
        punished_before: Some(yuan > 0),
    };
    let reached =
        |id: &str, figures| catalog.report(id, &[], figures).expect("a shipped standard").threshold;
    for id in ["criminal-219-acquisition", "criminal-219-breach", "criminal-219-third-party"] {
        assert_eq!(reached(id, all(90_000_000)), Reached::Unverified, "{id}");
        assert_eq!(reached(id, all(0)), Reached::NotMet, "{id}");
        assert_eq!(reached(id, Figures::default()), Reached::Unknown, "{id}");
    }
    // 刑法 219之一 knows no amount.
    assert_eq!(reached("criminal-219-1", Figures::default()), Reached::NotNeeded);
}

/// 刑法 219 asks that a third party knew (明知); the civil rule also reaches who should have (应知).
#[test]
fn knowing_and_should_have_known_are_told_apart() {
    let catalog = Catalog::shipped().expect("the shipped data is checked");
    let elements = |id: &str| -> Vec<String> {
        let standard = catalog.standard(id).expect("a shipped standard");
        standard.elements.iter().map(|element| element.id.clone()).collect()
    };
    let (crime, civil) = (elements("criminal-219-third-party"), elements("civil-third-party"));
    let asks = |elements: &[String], what: &str| elements.iter().any(|id| id == what);
    assert!(asks(&crime, "knew") && !asks(&crime, "knew_or_should"), "{crime:?}");
    assert!(asks(&civil, "knew_or_should") && !asks(&civil, "knew"), "{civil:?}");
}

//! What may be agreed in a template: each limit with a case on either side of it.

use std::collections::BTreeMap;

use catalog::Catalog;
use catalog::template::number;
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    story: String,
    template: String,
    given: BTreeMap<String, String>,
    /// Fields that a binding limit refuses.
    #[serde(default)]
    refuses: Vec<String>,
    /// Fields that guidance speaks of.
    #[serde(default)]
    warns: Vec<String>,
}

#[test]
fn the_law_refuses_and_guidance_warns() {
    let catalog = Catalog::shipped().expect("the shipped data");
    let cases: Cases =
        toml::from_str(include_str!("../cases/templates.toml")).expect("the cases can be read");
    for case in cases.case {
        let template = catalog.template(&case.template).expect("the template is there");
        let found = template.check(&case.given);
        let of = |binds: bool| -> Vec<String> {
            let found = found.iter().filter(|finding| finding.binds() == binds);
            found.map(|finding| finding.field.id.id.clone()).collect()
        };
        assert_eq!((of(true), of(false)), (case.refuses, case.warns), "{}", case.story);
    }
    // No limit is untested.
    let limits: usize = catalog.templates().iter().map(|one| one.limit.len()).sum();
    assert!(limits >= 8, "{limits}");
}

#[test]
fn numbers_are_read_as_people_write_them() {
    for (text, hundredths) in [
        ("24", Some(2_400)),
        ("24个月", Some(2_400)),
        ("24 months", Some(2_400)),
        ("12,000 元", Some(1_200_000)),
        ("7800.5", Some(780_050)),
        ("0", Some(0)),
        ("", None),
        ("两年", None),
        ("-3", None),
        ("1.234", None),
        ("9999999999999", None),
        ("1e3", None),
    ] {
        assert_eq!(number(text), hundredths, "{text}");
    }
}

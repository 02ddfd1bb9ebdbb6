//! What a rule finds, counted by hand on districts of a few companies.

use catalog::Warning;
use catalog::warning::Sort;
use warning::{Company, District, Fact, Key, find};

/// A rule with the conditions under test.
fn rule(by: &str, names: &str, when: &str) -> Warning {
    let text = |key: &str| format!("{key} = {{ zh = \"文\", en = \"text\" }}\n");
    let texts: String = ["title", "seeks", "why", "source", "action", "handler"].map(text).concat();
    let toml = format!(
        "id = \"test\"\nedition = 1\n{texts}foresees = \"leak\"\nhorizon = 90\nby = \"{by}\"\n\
         names = \"{names}\"\ndays = 5\nrest = 30\n{when}"
    );
    toml::from_str(&toml).expect("a rule")
}

/// Four companies: three in a park, of which the first carries a tag, and one elsewhere.
fn district(facts: Vec<Fact>) -> District {
    let company = |no, park, weight| Company { no, park, weight, ..Company::default() };
    let mut district = District::new(vec![
        company(1, Some(0), 8),
        company(2, Some(0), 0),
        company(3, Some(0), 0),
        company(4, None, 1),
    ]);
    district.park("北岭");
    district.add(facts);
    district
}

fn fact(sort: Sort, company: u32, day: i32) -> Fact {
    Fact::new(sort, Some(company), day)
}

#[test]
fn a_window_ends_where_it_says() {
    let rule = rule("park", "counted", "[[when]]\nof = [\"case\"]\nwithin = 10\nleast = 2\n");
    let facts = vec![fact(Sort::Case, 0, 100), fact(Sort::Case, 1, 105), fact(Sort::Case, 3, 105)];
    let district = district(facts);
    // On day 104 the second is not known yet; on day 110 the first is ten days old.
    for (on, want) in [(104, 0), (105, 1), (109, 1), (110, 0)] {
        assert_eq!(find(&rule, &district, on).len(), want, "on {on}");
    }
    let found = &find(&rule, &district, 105)[0];
    assert_eq!((found.key, &found.companies), (Key::Park(0), &vec![0, 1]));
}

#[test]
fn overdue_and_share_are_those_of_that_day() {
    let when = "[[when]]\nof = [\"prescription\"]\noverdue = 0\nleast = 1\npercent = 50\n";
    let rule = rule("park", "counted", when);
    let due = |company, due, ended| Fact {
        due: Some(due),
        ended,
        ..fact(Sort::Prescription, company, 0)
    };
    let district = district(vec![due(0, 20, Some(50)), due(1, 30, None), due(2, 90, None)]);
    let on = |day| {
        let found = find(&rule, &district, day);
        found.first().map(|found| (found.counted[0].n, found.counted[0].of))
    };
    assert_eq!(on(20), None, "due today is not overdue");
    assert_eq!(on(21), None, "one of three is not half");
    assert_eq!(on(31), Some((2, Some(3))));
    assert_eq!(on(50), None, "one was done");
    assert_eq!(on(91), Some((2, Some(3))));
}

#[test]
fn a_surge_is_one_beside_what_was_before() {
    let when = "[[when]]\nof = [\"request\"]\nwithin = 10\nleast = 2\ntimes = 2\n";
    let rule = rule("park", "counted", when);
    let days =
        |days: &[i32]| district(days.iter().map(|day| fact(Sort::Request, 0, *day)).collect());
    assert_eq!(find(&rule, &days(&[95, 96]), 100).len(), 1, "nothing before");
    // Four in the forty days before: a mean of one, and two are twice that.
    assert_eq!(find(&rule, &days(&[55, 65, 75, 85, 95, 96]), 100).len(), 1);
    assert_eq!(find(&rule, &days(&[55, 65, 75, 84, 85, 95, 96]), 100).len(), 0);
}

#[test]
fn what_is_absent_is_found_in_the_directory() {
    let when = "[[when]]\nof = [\"visit\"]\nwithin = 365\nmost = 0\n";
    let visited = district(vec![fact(Sort::Visit, 1, 100)]);
    assert_eq!(find(&rule("park", "key", when), &visited, 200).len(), 0);
    let found = find(&rule("park", "key", when), &district(vec![]), 200);
    assert_eq!(found[0].companies, [0], "only the one with a tag");
    let found = find(&rule("company", "key", when), &visited, 200);
    let keys: Vec<Key> = found.iter().map(|found| found.key).collect();
    assert_eq!(keys, [Key::Company(0), Key::Company(3)]);
}

#[test]
fn companies_are_counted_once_and_the_weightiest_comes_first() {
    let when = "[[when]]\nof = [\"case\"]\nleast = 2\ncompanies = true\n";
    let rule = rule("respondent", "counted", when);
    let against = |company, day| Fact { other: Some(3), ..fact(Sort::Case, company, day) };
    assert_eq!(find(&rule, &district(vec![against(1, 1), against(1, 2)]), 9).len(), 0);
    let found = find(&rule, &district(vec![against(1, 1), against(0, 2)]), 9);
    assert_eq!((found[0].key, &found[0].companies), (Key::Respondent(3), &vec![0, 1]));
}

#[test]
fn small_sets_are_left_out_where_a_rule_says_so() {
    let when = "[[when]]\nof = [\"case\"]\nleast = 1\n";
    let mut rule = rule("park", "counted", when);
    let district = district(vec![fact(Sort::Case, 0, 1)]);
    assert_eq!(find(&rule, &district, 2).len(), 1);
    rule.least = 4;
    assert_eq!(find(&rule, &district, 2).len(), 0);
}

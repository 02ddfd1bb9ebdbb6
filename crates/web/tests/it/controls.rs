//! 自评 on pages: what stands and by what, gaps that lead to where they are closed, answers.

use assess::{Lack, Standing};
use office::controls;
use words::Lang;

use crate::house::{Filled, House, PLANTED};
use crate::routes;

/// In this order: later ones build on earlier ones.
const WELL: &[Filled] = &[
    ("/controls/lead/answer", &[("verdict", "unmet"), ("why", "还没有任命")], "control.answered"),
    (
        "/controls/lead/assign",
        &[("person", "RY-0001"), ("due", "2026-12-01"), ("why", "请总经理签发")],
        "control.assigned",
    ),
    ("/controls/lead/withdraw", &[("why", "点错了")], "control.withdrawn"),
    (
        "/controls/under-agreement/answer",
        &[("verdict", "exempt"), ("why", "不对外披露")],
        "control.answered",
    ),
    ("/controls/lead/assign", &[("person", ""), ("due", ""), ("why", "")], "control.assigned"),
];

#[test]
fn forms_of_a_control_are_written_and_shown() {
    let house = House::furnished();
    house.fill(&WELL[..2]);
    let page = house.get("/controls/lead").text();
    for words in ["沈示一", "2026-12-01", "请总经理签发", "还没有任命", "不成立"] {
        assert!(page.contains(words), "{words}");
    }
    let today = house.get("/").text();
    assert!(today.contains("差距：管理层有人负责"), "a gap with a day is a task");
    assert!(house.get("/controls/ZP-0001").to().ends_with("/controls/lead"));
    house.fill(&WELL[2..]);
    let page = house.get("/controls/lead").text();
    assert!(page.contains("待作答") && page.contains("点错了"));
    assert!(house.get("/controls/under-agreement").text().contains("不适用"));
}

/// A paper is what makes an answer: without one it is said where, with one the control stands and
/// the paper can be opened.
#[test]
fn an_answer_with_a_paper_makes_it_stand() {
    let house = House::furnished();
    let form = house.get("/controls/rules/answer");
    let key = form.hidden("key");
    let bare = house.post("/controls/rules/answer", &[("verdict", "met"), ("key", &key)]);
    assert_eq!(bare.status.as_u16(), 422);
    assert!(bare.text().contains("至少一份佐证材料"), "{}", bare.text());
    let long = [("verdict", "unmet"), ("until", "2099-01-01"), ("key", &*key)];
    assert_eq!(house.post("/controls/rules/answer", &long).status.as_u16(), 422);
    let sent = house.upload(
        "/controls/rules/answer",
        &house.csrf,
        &[("verdict", "met"), ("key", &key)],
        &[("files", "rule.txt", b"planted-carrier")],
    );
    assert_eq!(sent.status.as_u16(), 303, "{}", sent.text());
    let page = house.get("/controls/rules").text();
    assert!(page.contains("成立") && page.contains("/papers/ZP-0001/1"), "{page}");
    assert_eq!(house.get("/papers/ZP-0001/1").body, b"planted-carrier");
    let list = house.get("/controls?standing=met").text();
    assert!(list.contains("有一份保密制度"));
}

#[test]
fn each_page_shows_its_figures_and_nothing_secret() {
    let house = House::furnished();
    let before = house.size();
    let list = house.get("/controls");
    assert_eq!(list.status.as_u16(), 200);
    for (_, control) in controls().all() {
        let page = house.get(&format!("/controls/{}", control.id.id));
        assert_eq!(page.status.as_u16(), 200, "{}", control.id.id);
        assert!(page.text().contains(&control.says.zh), "{}", control.id.id);
        assert!(!PLANTED[..5].iter().any(|word| page.all().contains(word)), "{}", control.id.id);
        assert!(list.text().contains(&control.title.zh), "{}", control.id.id);
        assert!(page.body.len() < 60_000, "{}: {} bytes", control.id.id, page.body.len());
    }
    assert!(list.body.len() < 60_000, "{} bytes", list.body.len());
    for path in ["/controls/score", "/controls/gaps", "/controls?step=first&standing=unmet"] {
        let page = house.get(path);
        assert_eq!(page.status.as_u16(), 200, "{path}");
        assert!(!PLANTED[..5].iter().any(|word| page.all().contains(word)), "{path}");
    }
    // The furnished point has one measure: the gap leads to where a second is matched, and what
    // stands names the record that decided.
    let page = house.get("/controls/two-items").text();
    assert!(page.contains("/secrets/MD-0001/match"), "{page}");
    assert!(house.get("/controls/owner").text().contains("href=\"/ledger/"));
    let english = house.get("/controls/owner?lang=en");
    assert_eq!(english.status.as_u16(), 200);
    assert_eq!(house.get("/controls/nonsense").status.as_u16(), 404);
    assert_eq!(house.get("/controls/nonsense/answer").status.as_u16(), 404);
    assert_eq!(house.get("/controls/ZP-0009").status.as_u16(), 404);
    // The day before the furnishing nothing was there.
    let past = house.get("/controls/score?day=2026-01-01").text();
    assert!(past.contains("<b>0</b>"), "{past}");
    assert_eq!(house.size(), before, "looking changes nothing");
}

#[test]
fn every_gap_leads_to_an_address_that_is_there() {
    let flat = |pattern: &str| {
        let pieces = pattern.split('/');
        let hole = |piece: &str| piece.starts_with('{') || piece.contains('-') && piece.len() == 7;
        pieces.map(|piece| if hole(piece) { "{}" } else { piece }).collect::<Vec<_>>().join("/")
    };
    let known: Vec<String> =
        routes::all().iter().filter(|route| route.get).map(|route| flat(&route.pattern)).collect();
    for (_, control) in controls().all() {
        if let Some(at) = &control.at {
            assert!(known.contains(&flat(at)), "{}: no page {at}", control.id.id);
        }
    }
}

#[test]
fn every_lack_and_state_has_words() {
    let keys = Lack::KEYS.iter().map(|key| (*key).to_owned());
    let states = Standing::ALL.iter().map(|one| format!("control-{}", one.word()));
    for key in keys.chain(states) {
        for lang in Lang::ALL {
            assert!(words::has(lang, &key), "{key} in {}", lang.tag());
        }
    }
}

//! Secret content is seen only when asked for, by whom the ledger says, and nowhere else.

use crate::house::{House, PLANTED, between};
use crate::routes;

fn planted_in(text: &str) -> Vec<&'static str> {
    PLANTED.into_iter().filter(|word| text.contains(word)).collect()
}

#[test]
fn every_page_is_whole_and_shows_no_secret_content() {
    let house = House::furnished();
    for route in routes::private().filter(|route| route.get) {
        // There is no dossier, link, task, copy or find yet, a blind comparison waits for the other
        // side, and a search leads on.
        let leads_on = ["/find", "/secrets/new/check"].contains(&&*route.path);
        let absent =
            ["JZ-", "LW-", "FB-", "FF-", "XS-", "ZH-", "RW-", "/sessions/", "MB-0001/report"]
                .iter()
                .any(|no| route.path.contains(no));
        let status = match (leads_on, absent) {
            (true, _) => 303,
            (_, true) => 404,
            _ => 200,
        };
        for lang in ["zh-CN", "en"] {
            // The look at a dossier is nothing without answers.
            let with = match &*route.path {
                "/dossiers/new/check" => "&secret=MD-0001&purpose=suit",
                _ => "",
            };
            let answer = house.get(&format!("{}?lang={lang}{with}", route.path));
            let place = format!("{} in {lang}", route.path);
            assert_eq!(answer.status.as_u16(), status, "{place}");
            assert_eq!(planted_in(&answer.all()), [""; 0], "{place}");
            if answer.header("content-type").starts_with("text/html") {
                check_page(&answer.text(), lang, &place);
            }
        }
    }
}

/// A page that is whole and shows no secret content.
pub fn whole(house: &House, path: &str) -> String {
    let answer = house.get(path);
    assert_eq!(answer.status.as_u16(), 200, "{path}");
    assert_eq!(planted_in(&answer.all()), [""; 0], "{path}");
    check_page(&answer.text(), "zh-CN", path);
    answer.text()
}

/// Keys that stand where their words should, and values that were not put in.
fn missing_words(text: &str) -> Vec<&str> {
    const KEYS: [&str; 12] = [
        "w-",
        "field-",
        "event-",
        "level-",
        "class-",
        "form-",
        "measure-",
        "purpose-",
        "role-",
        "standing-",
        "relation-",
        "ending-",
    ];
    let visible = text.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text);
    visible
        .flat_map(str::split_whitespace)
        .filter(|word| KEYS.iter().any(|key| word.starts_with(key)) || word.contains("{$"))
        .collect()
}

/// What holds for every page, whatever is on it.
fn check_page(text: &str, lang: &str, place: &str) {
    assert!(text.contains(&format!("<html lang=\"{lang}\"")), "{place}");
    assert_eq!(text.matches("<h1>").count(), 1, "{place}");
    assert!(!between(text, "<title>", " · ").is_empty(), "{place}: no title");
    assert_eq!(missing_words(text), [""; 0], "{place}: words are missing");
    let inline = ["<style", " style=", " onclick=", " onload=", "javascript:", "<script>"];
    assert!(inline.iter().all(|bad| !text.contains(bad)), "{place}: inline script or style");
    for form in text.split("<form method=\"post\"").skip(1) {
        let form = form.split("</form>").next().unwrap_or_default();
        let open = ["/preferences", "/verify", "/unlock"].iter();
        let open = open.map(|to| format!(" action=\"{to}\"")).any(|to| form.starts_with(&to));
        assert!(open || form.contains("name=\"csrf\""), "{place}: a form without token");
    }
    assert!(text.len() < 40_000, "{place} has {} bytes", text.len());
    // A page in English has no sentence left in Chinese; names and norms are as they are.
    if lang == "en" {
        assert!(!text.contains('。'), "{place}: a Chinese sentence");
    }
}

#[test]
fn content_is_shown_for_a_while_after_a_request_that_the_ledger_records() {
    let house = House::furnished();
    let page = "/secrets/MD-0001";
    let before = house.size();
    let answer = house.post(&format!("{page}/reveal"), &[("why", "季度复核")]);
    assert_eq!(answer.to(), page);
    assert_eq!((house.size(), house.newest()), (before + 1, "secret.viewed"));
    let shown = house.get(page).text();
    assert_eq!(planted_in(&shown).len(), 5, "all but the carrier's content");
    assert_eq!(planted_in(between(&shown, "<title>", "</title>")), [""; 0]);
    for other in ["/", "/ledger", "/ledger/3", "/secrets"] {
        assert_eq!(planted_in(&house.get(other).all()), [""; 0], "{other}");
    }
    house.post(&format!("{page}/conceal"), &[]);
    assert_eq!(planted_in(&house.get(page).all()), [""; 0]);

    house.post(&format!("{page}/reveal"), &[]);
    assert_eq!(house.size(), before + 2);
    house.wait(301);
    assert_eq!(planted_in(&house.get(page).all()), [""; 0], "hidden by itself");
}

#[test]
fn a_carrier_is_given_out_after_the_ledger_noted_it() {
    let house = House::furnished();
    let before = house.size();
    let answer = house.post("/secrets/MD-0001/carriers/1", &[]);
    assert_eq!(answer.body, b"planted-carrier");
    assert!(answer.header("content-disposition").contains("planted-name.txt"));
    assert_eq!((house.size(), house.newest()), (before + 1, "secret.viewed"));
    assert_eq!(house.post("/secrets/MD-0001/carriers/2", &[]).status.as_u16(), 404);
    assert_eq!(house.size(), before + 1);
}

#[test]
fn nothing_secret_lies_on_the_disk_in_clear() {
    let house = House::furnished();
    let fields = [
        ("title", "低温曲线"),
        ("class", "technical"),
        ("level", "core"),
        ("statements", "typed-statement"),
    ];
    let files: &[(&str, &str, &[u8])] = &[("carriers", "uploaded-name.txt", b"uploaded-content")];
    let check = house.upload("/secrets/new", &house.csrf, &fields, files);
    assert!(check.to().starts_with("/secrets/new/check?draft="));
    let words = ["typed-statement", "uploaded-name", "uploaded-content"];
    for word in words.iter().chain(&PLANTED) {
        assert_eq!(house.on_disk(word), [""; 0], "{word}, while the registration waits");
    }
    assert!(!check.to().contains("typed"));
    let draft = check.to().split('=').next_back().unwrap_or_default().to_owned();
    house.post("/secrets/new/check", &[("draft", &draft)]);
    assert_eq!(house.newest(), "carrier.added");
    for word in words {
        assert_eq!(house.on_disk(word), [""; 0], "{word}, when it is written");
    }
}

#[test]
fn errors_do_not_repeat_what_was_typed_elsewhere() {
    let house = House::furnished();
    for path in
        ["/secrets/MD-9999", "/secrets/planted-statement", "/papers/MD-0001/1", "/ledger/999"]
    {
        let answer = house.get(path);
        assert_eq!(answer.status.as_u16(), 404, "{path}");
        let main = between(&answer.text(), "<main", "</main>").to_owned();
        assert_eq!(planted_in(&main), [""; 0], "{path}");
    }
}

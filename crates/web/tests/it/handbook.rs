//! The handbook, templates and packs as pages: all of them open, in both languages; links lead somewhere;
//! pages carry their link; forms begin with what was chosen.

use catalog::Catalog;
use catalog::handbook::Whose;

use crate::house::{House, between};
use crate::routes::{Route, all, of_station};

fn catalog() -> Catalog {
    Catalog::shipped().expect("the shipped data")
}

fn is_route(routes: &[Route], path: &str) -> bool {
    let pieces: Vec<&str> = path.split('/').collect();
    routes.iter().filter(|route| route.get).any(|route| {
        let holes: Vec<&str> = route.pattern.split('/').collect();
        let same = |(hole, piece): (&&str, &&str)| hole.starts_with('{') || hole == piece;
        holes.len() == pieces.len() && holes.iter().zip(&pieces).all(same)
    })
}

#[test]
fn addresses_in_the_handbook_are_addresses_of_this_program() {
    let (node, station) = (all(), of_station());
    for page in catalog().handbook().pages() {
        let lists = match page.r#for {
            Whose::Node => vec![&node],
            Whose::Station => vec![&station],
            Whose::Both => vec![&node, &station],
        };
        for to in page.shown.iter().chain(page.go.iter().map(|go| &go.to)) {
            assert!(lists.iter().any(|routes| is_route(routes, &to.id)), "{}: {}", page.id, to.id);
        }
        // What a page is shown at is the router's own pattern, or it is never shown.
        for at in &page.shown {
            let known = |routes: &[Route]| routes.iter().any(|route| route.pattern == at.id);
            assert!(lists.iter().any(|routes| known(routes)), "{}: {}", page.id, at.id);
        }
    }
}

#[test]
fn every_page_opens_for_anybody_in_both_languages() {
    let (node, station) = (House::new(true), House::station());
    let catalog = catalog();
    let pages = catalog.handbook().pages();
    let packs = catalog.packs();
    let addresses = pages.iter().map(|page| (format!("/handbook/{}", page.id), &page.title));
    let addresses = addresses.chain(packs.iter().map(|p| (format!("/fields/{}", p.id), &p.name)));
    for (address, title) in addresses {
        for (house, lang, title) in [(&node, "zh-CN", &title.zh), (&station, "en", &title.en)] {
            let answer = house.get(&format!("{address}?lang={lang}"));
            assert_eq!(answer.status.as_u16(), 200, "{address}");
            let (text, size) = (answer.text(), answer.body.len());
            assert!(text.contains(&**title), "{address} {lang}");
            assert!(size < 30_000, "{address}: {size} bytes");
            let main = between(&text, "<main", "</main>");
            for key in ["w-", "handbook-", "law-mark", "level-", "form-"] {
                assert!(
                    !main.contains(&format!(">{key}")),
                    "{address} {lang}: a key without words"
                );
            }
        }
    }
    for address in ["/handbook", "/handbook/glossary", "/handbook/print?chapter=leak", "/fields"] {
        let answer = node.get(address);
        assert_eq!(answer.status.as_u16(), 200, "{address}");
        assert!(answer.body.len() < 60_000, "{address}: {} bytes", answer.body.len());
    }
    assert_eq!(node.get("/handbook/print").status.as_u16(), 200);
    assert_eq!(node.get("/handbook/print?chapter=none").status.as_u16(), 404);
    assert_eq!(node.get("/handbook/none").status.as_u16(), 404);
    assert_eq!(node.get("/fields/none").status.as_u16(), 404);
    // What was not compared says so.
    assert!(node.get("/handbook/criminal").text().contains("待核"));
}

#[test]
fn a_search_shows_the_passage_with_the_words_marked() {
    let node = House::new(true);
    let found = node.get("/handbook?q=%E7%A6%BB%E8%81%8C%E8%AF%81%E6%98%8E").text();
    assert!(found.contains("href=\"/handbook/exit\""), "the page is found");
    assert!(found.contains("<mark class=\"p\">离职证明</mark>"), "the words are marked");
    // A question in the other language is answered in it.
    let other = node.get("/handbook?q=leaving+certificate").text();
    assert!(other.contains("<p lang=\"en\">"), "the passage names its language");
    let none = node.get("/handbook?q=qqqq").text();
    assert!(none.contains("没有找到") && none.contains("qqqq"), "what was typed stays");
    let sly = node.get("/handbook?q=%3Cscript%3Ealert(1)%3C/script%3E").text();
    assert!(!sly.contains("<script>alert"), "what was typed is text");
}

#[test]
fn pages_carry_a_quiet_link_to_the_page_about_them() {
    let node = House::furnished();
    let guide = |house: &House, path: &str| {
        let text = house.get(path).text();
        between(&text, "<p class=\"guide noprint\">", "</p>").to_owned()
    };
    assert!(guide(&node, "/secrets/new").contains("/handbook/write-point"));
    assert!(guide(&node, "/secrets/MD-0001").contains("/handbook/three-elements"));
    assert!(guide(&node, "/people/RY-0001/exit").contains("/handbook/exit"));
    assert_eq!(guide(&node, "/settings/none"), "");
    let station = House::station();
    assert!(guide(&station, "/visits").contains("/handbook/visit"));
    // Not signed in, there is nothing to be guided through but what anybody sees.
    assert!(guide(&House::new(false), "/verify").contains("/handbook/what-is-proved"));
}

#[test]
fn the_whole_is_a_pdf_for_who_is_signed_in() {
    let mut node = House::new(true);
    assert_eq!(node.get("/handbook.pdf").status.as_u16(), 303);
    node.enter();
    let answer = node.get("/handbook.pdf");
    assert_eq!(answer.header("content-type"), "application/pdf");
    assert!(answer.body.starts_with(b"%PDF-1.7") && answer.body.len() > 100_000);
}

#[test]
fn a_skeleton_fills_the_form_and_registers_nothing() {
    let node = House::furnished();
    let before = node.office.reader().expect("a reader").chain().expect("a chain").size;
    let form = node.get("/secrets/new?pack=materials&point=firing").text();
    assert!(form.contains("烧结工艺") && form.contains("【速率】"), "the form is filled in");
    assert!(form.contains("value=\"core\" checked"), "the level is chosen");
    let after = node.office.reader().expect("a reader").chain().expect("a chain").size;
    assert_eq!(before, after, "nothing is written");
    let plain = node.get("/secrets/new?pack=materials&point=none").text();
    assert!(!plain.contains("【"), "an unknown skeleton fills nothing in");
    // Gaps that were left are said before anything is written.
    let fields = [
        ("title", "烧结一"),
        ("class", "technical"),
        ("level", "core"),
        ("statements", "升到【温度】"),
    ];
    let check = node.post("/secrets/new", &fields);
    assert!(node.get(check.to()).text().contains("还有没填的空"));
}

#[test]
fn skeletons_speak_the_words_of_the_domain() {
    use domain::terms::{Class, Form, Level};
    for pack in catalog().packs() {
        for point in &pack.point {
            let name = format!("{}/{}", pack.id, point.id.id);
            let class = Class::from_word(&point.class).expect(&name);
            let form = Form::from_word(&point.form).expect(&name);
            assert_eq!(form.class(), Some(class), "{name}");
            assert!(Level::from_word(&point.level).is_some(), "{name}");
        }
    }
}

#[test]
fn a_template_is_filled_from_the_record_and_the_law_refuses() {
    let node = House::furnished();
    let path = "/templates/non-compete/RY-0001";
    let form = node.get(path).text();
    assert!(form.contains("沈示一") && form.contains("MD-0001"), "the record is in it");
    let ok = [("group", "engineer"), ("months", "12"), ("wage", "20000"), ("pay", "6000")];
    let pdf = node.post(path, &ok);
    assert_eq!(pdf.header("content-type"), "application/pdf", "{}", pdf.text());
    assert!(pdf.header("content-disposition").contains("non-compete-RY-0001"));

    let long = node.post(path, &[("group", "engineer"), ("months", "36"), ("pay", "6000")]);
    assert_eq!(long.status.as_u16(), 422);
    let text = long.text();
    assert!(text.contains("不得超过二年") && text.contains("劳动合同法"), "the article is named");
    assert!(text.contains("value=\"36\""), "what was typed stays");

    // Guidance warns once, and prints when it was read.
    let low = [("group", "engineer"), ("months", "12"), ("wage", "20000"), ("pay", "3000")];
    let warned = node.post(path, &low);
    assert_eq!(warned.status.as_u16(), 422);
    assert!(warned.text().contains("百分之三十"));
    let read: Vec<_> = low.into_iter().chain([("guidance-read", "yes")]).collect();
    assert_eq!(node.post(path, &read).header("content-type"), "application/pdf");

    // Blank, for nobody; somebody who isn't there; a person for a partner's paper.
    assert_eq!(node.get("/templates/employee-nda/blank").status.as_u16(), 200);
    for odd in
        ["/templates/employee-nda/RY-0999", "/templates/supplier-clause/RY-0001", "/templates/none"]
    {
        assert_eq!(node.get(odd).status.as_u16(), 404, "{odd}");
    }
    assert!(node.get("/templates/supplier-clause/HZ-0001").text().contains("HZ-0001"));
}

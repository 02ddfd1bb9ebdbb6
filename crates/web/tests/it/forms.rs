//! The forms, filled in well and badly.

use crate::house::{House, between};

/// Path, fields, and the kind of the entry that is newest afterwards.
type Case = (&'static str, &'static [(&'static str, &'static str)], &'static str);

/// In this order: later ones build on earlier ones.
const WELL: &[Case] = &[
    ("/people/new", &[("name", "韩示五"), ("joined", "2024-02-29")], "person.added"),
    ("/partners/new", &[("name", "远山（虚构）"), ("relation", "customer")], "partner.added"),
    ("/measures/new", &[("item", "rules"), ("title", "保密制度")], "measure.added"),
    ("/secrets/MD-0001/match", &[("measure", "CS-0002"), ("statements", "1")], "measure.matched"),
    ("/secrets/MD-0001/clear", &[("person", "RY-0002"), ("until", "2027-01-01")], "person.cleared"),
    ("/secrets/MD-0001/bar/RY-0002", &[("why", "转岗")], "person.barred"),
    ("/secrets/MD-0001/state", &[("text", "第二条"), ("why", "补充")], "secret.stated"),
    ("/secrets/MD-0001/statements/1", &[("text", "改写"), ("why", "更准")], "secret.stated"),
    ("/secrets/MD-0001/statements/2/back", &[("why", "重复")], "secret.unstated"),
    ("/secrets/MD-0001/revise", &[("review", "2027-05-01"), ("why", "复核")], "secret.revised"),
    ("/secrets/MD-0001/level", &[("level", "important"), ("why", "重估")], "secret.levelled"),
    ("/partners/HZ-0002/agree", &[("title", "协议"), ("from", "2026-11-01")], "partner.agreed"),
    (
        "/disclosures/new",
        &[("secret", "MD-0001"), ("partner", "HZ-0002"), ("purpose", "试制")],
        "disclosure.made",
    ),
    ("/disclosures/PL-0001/close", &[("how", "returned")], "disclosure.closed"),
    ("/measures/CS-0002/end", &[("why", "更换制度")], "measure.ended"),
    ("/secrets/MD-0001/carriers/1/retire", &[("why", "作废")], "carrier.retired"),
    ("/secrets/MD-0001/declassify", &[("why", "已公开")], "secret.declassified"),
];

#[test]
fn what_is_filled_in_well_is_written_and_shown() {
    let house = House::furnished();
    for (path, fields, kind) in WELL {
        let form = house.get(path);
        assert_eq!(form.status.as_u16(), 200, "{path}");
        let mut sent = vec![("key", form.hidden("key"))];
        sent.extend(fields.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (*name, &**value)).collect();
        let answer = house.post(path, &sent);
        assert_eq!(answer.status.as_u16(), 303, "{path}: {}", answer.text());
        assert_eq!(house.newest(), *kind, "{path}");
        let shown = house.get(answer.to());
        assert_eq!(shown.status.as_u16(), 200, "{path} leads to {}", answer.to());
        assert!(shown.text().contains("role=\"status\""), "{path} says what was written");
        // A second click, or a reload of the answer, writes nothing more.
        let size = house.size();
        let again = house.post(path, &sent);
        assert_eq!((house.size(), again.to()), (size, answer.to()), "{path} twice");
    }
}

/// Path, fields, and the field that the error stands at.
const BADLY: &[Case] = &[
    ("/people/new", &[], "name"),
    ("/people/new", &[("name", "甲"), ("joined", "2026-02-30")], "joined"),
    ("/partners/new", &[("name", "乙")], "relation"),
    ("/partners/new", &[("name", "乙"), ("relation", "friend")], "relation"),
    ("/measures/new", &[("title", "丙")], "item"),
    ("/secrets/MD-0001/match", &[], "measure"),
    ("/secrets/MD-0001/match", &[("measure", "RY-0001")], "measure"),
    ("/secrets/MD-0001/clear", &[("until", "soon")], "until"),
    ("/secrets/MD-0001/bar/RY-0001", &[], "why"),
    ("/secrets/MD-0001/state", &[("why", "丁")], "text"),
    ("/secrets/MD-0001/revise", &[("review", "2027-05-01")], "why"),
    ("/secrets/MD-0001/level", &[("level", "core"), ("why", "戊")], "level"),
    ("/secrets/MD-0001/declassify", &[], "why"),
    ("/secrets/MD-0001/carriers", &[("why", "己")], "files"),
    ("/partners/HZ-0001/agree", &[("title", "庚"), ("from", "x")], "from"),
    ("/disclosures/new", &[("purpose", "辛")], "secret"),
    ("/disclosures/PL-0001/close", &[], "how"),
    ("/measures/CS-0001/end", &[], "why"),
    ("/papers/XY-0001/new", &[], "files"),
    ("/secrets/new", &[("title", "壬")], "level"),
    ("/secrets/new", &[("title", "机密"), ("class", "technical"), ("level", "core")], "title"),
];

#[test]
fn what_is_filled_in_badly_comes_back_with_the_place_to_mend() {
    let house = House::furnished();
    let before = house.size();
    for (path, fields, at) in BADLY {
        let answer = house.post(path, fields);
        assert_eq!(answer.status.as_u16(), 422, "{path} {fields:?}");
        let text = answer.text();
        let errors = between(&text, "class=\"errs\"", "</div>");
        assert!(errors.contains(&format!("href=\"#f-{at}\"")), "{path} {fields:?}: {errors}");
        assert!(text.contains(&format!("id=\"f-{at}\"")), "{path}: the link leads somewhere");
        assert!(text.contains(&format!("id=\"e-{at}\"")), "{path}: said beside the field, too");
        for (_, value) in fields.iter().filter(|(name, _)| ["name", "title"].contains(name)) {
            assert!(text.contains(&format!("value=\"{value}\"")), "{path}: what was typed is kept");
        }
    }
    assert_eq!(house.size(), before);
}

#[test]
fn a_registration_is_checked_before_it_is_written_once() {
    let house = House::furnished();
    let bad = [("title", ""), ("class", "technical"), ("level", "core")];
    let files: &[(&str, &str, &[u8])] = &[("carriers", "图.txt", b"a drawing")];
    let answer = house.upload("/secrets/new", &house.csrf, &bad, files);
    assert_eq!(answer.status.as_u16(), 422);
    let kept = answer.hidden("kept-carriers");
    assert!(
        !kept.is_empty() && answer.text().contains("图.txt"),
        "the file need not be sent again"
    );

    let good = [
        ("title", "低温曲线 <b>"),
        ("class", "technical"),
        ("level", "core"),
        ("statements", "第一条\r\n\r\n第二条\r\n"),
        ("kept-carriers", &*kept),
        ("key", &*answer.hidden("key")),
    ];
    let before = house.size();
    let answer = house.post("/secrets/new", &good);
    let check = answer.to().to_owned();
    let page = house.get(&check).text();
    for words in ["低温曲线 &#60;b&#62;", "<li>第一条</li><li>第二条</li>", "图.txt"] {
        assert!(page.contains(words), "{words}");
    }
    assert_eq!(house.size(), before, "nothing is written yet");

    let draft = check.split('=').next_back().unwrap_or_default();
    let again = house.get(&format!("/secrets/new?draft={draft}")).text();
    assert!(again.contains("第一条"), "it can be changed");
    let answer = house.post("/secrets/new/check", &[("draft", draft)]);
    assert!(answer.to().starts_with("/secrets/MD-0002?wrote="), "{}", answer.to());
    let size = house.size();
    assert_eq!(size, before + 4, "the registration, two statements, a carrier");
    let twice = house.post("/secrets/new/check", &[("draft", draft)]);
    assert_eq!((twice.to(), house.size()), ("/secrets/MD-0002", size));
    for path in [&check, &format!("/secrets/new?draft={draft}")] {
        assert_eq!(house.get(path).to(), "/secrets/MD-0002", "what was typed is forgotten");
    }
}

#[test]
fn papers_go_in_and_come_out_as_they_were() {
    let house = House::furnished();
    let content: Vec<u8> = (0..300_000_u32).map(|i| (i % 251) as u8).collect();
    let name = "扫描 1.pdf";
    let files: &[(&str, &str, &[u8])] = &[("files", name, &content)];
    let fields = [("happened", "2026-11-20")];
    let answer = house.upload("/papers/PL-0001/new", &house.csrf, &fields, files);
    assert!(answer.to().starts_with("/disclosures/PL-0001?wrote="), "{}", answer.text());
    let copy = house.get("/papers/PL-0001/2");
    assert!(copy.body == content);
    assert!(copy.header("content-disposition").ends_with("''%E6%89%AB%E6%8F%8F%201.pdf"));
    assert_eq!(copy.header("content-type"), "application/pdf");
}

#[test]
fn the_reader_chooses_the_language() {
    let house = House::new(true);
    for (ask, chosen, lang) in
        [("", "", "zh-CN"), ("en-GB,zh;q=0.5", "", "en"), ("en", "zh-CN", "zh-CN")]
    {
        let request = house.request("GET", "/unlock").header("accept-language", ask);
        let request = request.header("cookie", format!("midun-lang={chosen}"));
        let answer = house.ask(request.body(axum::body::Body::empty()).expect("a request"));
        assert!(answer.text().contains(&format!("<html lang=\"{lang}\"")), "{ask} {chosen}");
    }
    assert!(house.get("/unlock?lang=en").header("set-cookie").starts_with("midun-lang=en;"));
    let answer = house.post("/preferences", &[("theme", "dark"), ("back", "/verify")]);
    assert_eq!(answer.to(), "/verify");
    assert!(answer.header("set-cookie").starts_with("midun-theme=dark;"));
}

#[test]
fn what_is_not_a_dossier_does_not_verify() {
    let house = House::new(false);
    let send = |files: &[(&str, &str, &[u8])]| house.upload("/verify", "", &[], files);
    let answer = send(&[("dossier", "a.zip", b"not a dossier")]);
    assert_eq!(answer.status.as_u16(), 200);
    assert!(answer.text().contains("class=\"note due\""));
    assert!(send(&[]).text().contains("class=\"errs\""));
}

#[test]
fn deadlines_go_into_a_calendar_by_number_only() {
    let house = House::furnished();
    let text = house.get("/calendar.ics?lang=en").text();
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    for due in ["DTSTART;VALUE=DATE:20261120", "DTSTART;VALUE=DATE:20261125", "PL-0001", "XY-0001"]
    {
        assert!(text.contains(due), "{due}");
    }
    for name in ["浆料配方", "磐溪精密"] {
        assert!(!text.contains(name), "{name}");
    }
}

#[test]
fn the_register_is_searched_by_number_and_words() {
    let house = House::furnished();
    for (wanted, to) in [
        ("MD-0001", "/secrets/MD-0001"),
        ("md-0001", "/secrets/MD-0001"),
        ("7", "/ledger/7"),
        ("浆", "/secrets?q=%E6%B5%86"),
        ("沈示", "/people/RY-0001"),
        ("无此人", "/secrets?q=%E6%97%A0%E6%AD%A4%E4%BA%BA"),
    ] {
        let wanted: String = form_urlencoded::byte_serialize(wanted.as_bytes()).collect();
        assert_eq!(house.get(&format!("/find?q={wanted}")).to(), to);
    }
    assert!(house.get("/secrets?q=%E6%B5%86").text().contains("id=\"r-MD-0001\""));
    assert!(!house.get("/secrets?q=zzz").text().contains("id=\"r-MD-0001\""));
    assert!(house.get("/secrets.csv").text().contains("MD-0001"));
}

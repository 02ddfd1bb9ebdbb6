//! The pages of a station.

use crate::house::{House, between};
use crate::routes;

#[test]
fn every_page_of_a_station_is_whole() {
    let house = House::station();
    for route in routes::of_station().into_iter().filter(|route| route.get) {
        let answer = house.get(&route.path);
        assert!(answer.status.as_u16() < 500, "{}: {}", route.path, answer.status);
        let text = answer.text();
        let key = between(&text, ">w-", "<");
        assert!(key.is_empty(), "{}: w-{key} has no words", route.path);
    }
    for path in ["/secrets", "/people", "/dossiers", "/calendar"] {
        assert_eq!(house.get(path).status, 404, "{path} is a company's");
    }
    assert_eq!(House::furnished().get("/companies").status, 404);
}

#[test]
fn figures_lead_to_the_companies_behind_them() {
    let house = House::station();
    let page = house.get("/coverage?by=park").text();
    let list = between(&page, "<th scope=\"row\">北岭园区</th><td class=\"n\"><a href=\"", "\"");
    let list = list.replace("&#38;", "&").replace("&amp;", "&");
    let found = house.get(&list).text();
    assert!(found.contains("岚屿新材料") && found.contains("磐溪精密"), "{list}");
    let visited =
        house.get("/companies?park=%E5%8C%97%E5%B2%AD%E5%9B%AD%E5%8C%BA&had=visit").text();
    assert!(visited.contains("岚屿新材料") && !visited.contains("磐溪精密"));
    // Two companies are few: whoever may not see them sees no figure either.
    let public = house.get("/coverage?by=park&view=public").text();
    assert!(!public.contains("/companies?"), "no list behind a public figure");
    assert!(between(&public, "<th scope=\"row\">北岭园区</th>", "</tr>").contains('*'));
}

#[test]
fn a_table_is_looked_at_and_then_taken_in_once() {
    let house = House::station();
    let table = "名称,代码,街道\n澄泉医械（虚构）,91990000000000003E,云峰街道\n\
                 校验错（虚构）,919900000000000040,云峰街道\n";
    let form = house.get("/companies/import");
    let files = [("file", "list.csv", table.as_bytes())];
    let look = house.upload("/companies/import", &form.hidden("csrf"), &[], &files);
    let text = look.text();
    assert_eq!(look.status, 200, "{text}");
    assert!(text.contains("澄泉医械") && text.contains("末位应为 H"), "{text}");
    assert!(!house.get("/companies").text().contains("澄泉医械"), "nothing was written yet");
    let fields = [
        ("key", &*look.hidden("key")),
        ("kept-file", &*look.hidden("kept-file")),
        ("column-0", "name"),
        ("column-1", "code"),
        ("column-2", "street"),
        ("do", "take"),
    ];
    let taken = house.post("/companies/import", &fields);
    assert_eq!(taken.status, 303, "{}", taken.text());
    assert!(house.get(taken.to()).text().contains("澄泉医械"));
}

#[test]
fn a_correction_changes_what_was_touched_and_a_stale_one_nothing() {
    let house = House::station();
    let form = house.get("/companies/QY-0001/revise");
    let send = |park: &str, key: &str| {
        let fields = [
            ("key", key),
            ("edition", &*form.hidden("edition")),
            ("name", "岚屿新材料（虚构）"),
            ("kind", "company"),
            ("code", "919900000000000018"),
            ("tag", "high-tech"),
            ("park", park),
            ("street", "松风街道"),
            ("contact", "黎一舟"),
            ("why", "电话核对"),
        ];
        house.post("/companies/QY-0001/revise", &fields)
    };
    let sent = send("南坞园区", &form.hidden("key"));
    assert_eq!(sent.status, 303, "{}", sent.text());
    let page = house.get("/companies/QY-0001").text();
    assert!(page.contains("园区：南坞园区") && !page.contains("街道：松风街道"), "{page}");
    // The same form once more, under another key: somebody else was faster.
    let sent = send("西岭园区", &"00".repeat(16));
    assert_eq!(sent.status, 422);
    assert!(sent.text().contains("刚被别人更正过"));
}

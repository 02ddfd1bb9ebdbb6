//! A case on the pages: opened, papers filed, steps allowed and refused, clocks, and a step taken back.

use crate::house::{Filled, House, between};

/// In this order: later ones build on earlier ones.
const WELL: &[Filled] = &[
    (
        "/cases/new",
        &[
            ("procedure", "administrative"),
            ("title", "岚屿举报离职员工"),
            ("company", "QY-0001"),
            ("source", "dossier"),
            ("happened", "2026-03-02"),
            ("text", "planted-case"),
        ],
        "case.opened",
    ),
    (
        "/cases/AJ-0001/assign",
        &[("unit", "执法三科"), ("handler", "planted-handler")],
        "case.assigned",
    ),
    (
        "/cases/AJ-0001/file",
        &[("item", "source_record"), ("bears", "date"), ("happened", "2026-03-02")],
        "case.filed",
    ),
    (
        "/cases/AJ-0001/steps/register_clue",
        &[("role", "city_officer"), ("happened", "2026-03-02"), ("note", "planted-note")],
        "case.stepped",
    ),
    ("/cases/AJ-0001/unstep", &[("why", "日期记错")], "case.unstepped"),
    (
        "/cases/AJ-0001/steps/register_clue",
        &[("role", "city_officer"), ("happened", "2026-03-03")],
        "case.stepped",
    ),
    ("/cases/AJ-0001/unfile", &[("item", "source_record"), ("why", "误入")], "case.unfiled"),
    (
        "/cases/AJ-0001/documents/filing_approval_form",
        &[("party", "磐溪精密（虚构）"), ("facts", "planted-facts"), ("law", "")],
        "case.drawn",
    ),
    (
        "/cases/AJ-0001/figures/criminal/lost_sales",
        &[("units", "120"), ("profit", "2500.50"), ("basis", "planted-voucher"), ("rely", "1")],
        "case.reckoned",
    ),
    (
        "/cases/AJ-0001/figures/criminal/licence_fee",
        &[("fee", "280000"), ("rely", "")],
        "case.reckoned",
    ),
];

/// Path, fields, and what the page then says; nothing is written.
const WRONG: &[Filled] = &[
    ("/cases/new", &[("procedure", "administrative"), ("happened", "2026-03-02")], "请填写"),
    (
        "/cases/new",
        &[
            ("procedure", "administrative"),
            ("title", "旧案"),
            ("source", "own"),
            ("happened", "1999-03-02"),
        ],
        "没有生效的程序",
    ),
    ("/cases/AJ-0001/file", &[("item", "no_such_thing")], "都没有材料"),
    (
        "/cases/AJ-0001/steps/file_case",
        &[("role", "city_head"), ("happened", "2026-03-10")],
        "初步证据",
    ),
    (
        "/cases/AJ-0001/steps/decide_penalty",
        &[("role", "city_head"), ("happened", "2026-03-10")],
        "还不到或已过了这一步",
    ),
    (
        "/cases/AJ-0001/steps/file_case",
        &[("role", "city_head"), ("happened", "2026-03-10"), ("time", "noon")],
        "15:00",
    ),
    ("/cases/AJ-0001/unstep", &[], "请填写"),
    (
        "/cases/AJ-0001/figures/criminal/lost_sales",
        &[("units", "12.5"), ("profit", "3500")],
        "不是金额或次数",
    ),
    ("/cases/AJ-0001/figures/criminal/lost_sales", &[("units", "12")], "请填写"),
];

#[test]
fn a_case_goes_its_way_on_the_pages() {
    let house = House::station();
    house.fill(WELL);
    let size = house.size();
    for (path, fields, words) in WRONG {
        let answer = house.post(path, fields);
        assert!(answer.text().contains(words), "{path} lacks {words}: {}", answer.text());
        assert_eq!(answer.status.as_u16(), 422, "{path}");
        for (_, typed) in *fields {
            assert!(answer.text().contains(typed), "{path} forgot {typed}");
        }
    }
    assert_eq!(house.size(), size, "nothing wrong is written");

    let page = house.get("/cases/AJ-0001").text();
    // Fifteen working days from March 3: 4-6, 9-13, 16-20, 23, 24.
    for words in ["2026-03-24", "planted-case", "planted-handler", "planted-note", "已撤回", "核查"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(house.get("/cases").text().contains("岚屿举报离职员工"));
    let due = house.get("/cases/due").text();
    assert!(due.contains("2026-03-24") && due.contains("执法三科"), "{due}");
    assert!(!house.get("/cases/due?unit=x").text().contains("2026-03-24"));
    assert!(house.get("/cases/due.csv").text().contains("AJ-0001"));
    let standard = house.get("/cases/AJ-0001/standards/criminal-219-breach").text();
    assert!(standard.contains("缺"), "{standard}");
    for word in
        ["planted-case", "planted-handler", "planted-note", "planted-facts", "planted-voucher"]
    {
        assert_eq!(house.on_disk(word), [""; 0], "{word} lies sealed");
    }
    for path in [
        "/cases/AJ-0001",
        "/cases",
        "/cases/due",
        "/cases/AJ-0001/file",
        "/cases/new",
        "/cases/AJ-0001/documents",
        "/cases/AJ-0001/documents/decision",
        "/cases/AJ-0001/figures",
        "/cases/AJ-0001/figures/criminal/value",
    ] {
        let key = between(&house.get(path).text(), ">w-", "<").to_owned();
        assert!(key.is_empty(), "{path}: w-{key} has no words");
    }
    let page = house.get("/cases/AJ-0001/figures").text();
    for words in ["300,060.00", "280,000.00", "作依据"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    // The amount would do, and the amount's text was seen, but how it is read is inferred: 待核.
    let standard = house.get("/cases/AJ-0001/standards/criminal-219-breach").text();
    assert!(standard.contains("待核") && standard.contains("损失三十万元以上"), "{standard}");
    assert_eq!(house.get("/cases/AJ-0001/figures/criminal/fly").status.as_u16(), 404);
    let page = house.get("/cases/AJ-0001/documents").text();
    assert!(page.contains("已填写，待签") && page.contains("立案审批表"), "{page}");
    let next = house.get("/cases/AJ-0001/documents/penalty_notice").text();
    assert!(next.contains("planted-facts") && next.contains("磐溪精密"), "asked once: {next}");
    let pdf = house.get("/cases/AJ-0001/documents/filing_approval_form/print.pdf");
    assert!(pdf.body.starts_with(b"%PDF-"), "a print");
    let zip = house.get("/cases/AJ-0001/bundle.zip?whole=1");
    assert!(zip.body.starts_with(b"PK"), "{}", zip.text());
    assert_eq!(house.get("/cases/AJ-0001/documents/fly").status.as_u16(), 404);
    assert_eq!(house.get("/cases/AJ-0002").status.as_u16(), 404);
    assert_eq!(house.get("/cases/AJ-0001/steps/fly").status.as_u16(), 404);
}

//! 出海 on pages, by forms and without script.

use crate::house::House;

fn answers(house: &House, changed: &[(&'static str, &'static str)]) -> (u16, String) {
    let key = house.get("/overseas/exports/new").hidden("key");
    let mut fields = vec![
        ("secret", "MD-0001"),
        ("to", "某委员会(虚构)"),
        ("authority", "no"),
        ("personal", "no"),
        ("important", "no"),
        ("technology", "no"),
        ("state", "no"),
    ];
    for (name, value) in changed {
        fields.retain(|(of, _)| of != name);
        fields.push((name, value));
    }
    fields.retain(|(_, value)| !value.is_empty());
    let mut sent = vec![("key", &*key)];
    sent.extend(fields);
    let answer = house.post("/overseas/exports/new", &sent);
    (answer.status.as_u16(), answer.text())
}

fn build(house: &House, purpose: &str) -> (u16, String) {
    let key = house.get("/dossiers/new").hidden("key");
    let fields =
        [("key", &*key), ("secret", "MD-0001"), ("purpose", purpose), ("language", "zh-CN")];
    let answer = house.post("/dossiers/new", &fields);
    (answer.status.as_u16(), answer.text())
}

/// The page of a dossier refuses one for use abroad until all is answered; each answer that stops,
/// each missing one and each missing paper keeps it shut, and what was typed stays.
#[test]
fn a_dossier_for_use_abroad_waits_for_the_export_check() {
    let house = House::furnished();
    assert_eq!(build(&house, "suit").0, 303);
    let (status, text) = build(&house, "abroad");
    assert_eq!(status, 422);
    assert!(text.contains("出境审查"), "{text}");
    for (changed, words) in [
        (("personal", ""), "请选一项"),
        (("personal", "perhaps"), "请选一项"),
        (("authority", "approved"), "依据的文件"),
        (("secret", ""), "密点"),
        (("to", ""), "给谁"),
    ] {
        let size = house.size();
        let (status, text) = answers(&house, &[changed]);
        assert_eq!(status, 422, "{changed:?}");
        assert!(text.contains(words), "{changed:?}: {text}");
        assert_eq!(house.size(), size, "nothing is written");
    }
    assert_eq!(answers(&house, &[("technology", "banned")]).0, 303);
    assert_eq!(build(&house, "abroad").0, 422);
    let approved = [("authority", "approved"), ("proof-authority", "主管机关 2026-11-01 第1号")];
    assert_eq!(answers(&house, &approved).0, 303);
    assert_eq!(house.newest(), "export.answered");
    let one = house.get("/overseas/exports/CJ-0003").text();
    assert!(one.contains("主管机关 2026-11-01 第1号") && one.contains("purpose=abroad"), "{one}");
    assert_eq!(build(&house, "abroad").0, 303);
    // A newer answer decides, and the older page says so.
    assert_eq!(answers(&house, &[("personal", "unclear")]).0, 303);
    assert_eq!(build(&house, "abroad").0, 422);
    assert!(house.get("/overseas/exports/CJ-0003").text().contains("以新的为准"));
}

#[test]
fn a_pre_judgement_names_risks_and_quotes_complete_guides_only() {
    let house = House::furnished();
    let key = house.get("/overseas/assessments/new").hidden("key");
    let sent = [
        ("key", &*key),
        ("product", "样机(虚构)"),
        ("market", "us"),
        ("market", "kr"),
        ("counterparty", "competitor"),
        ("plan", "exhibit"),
        ("goes", "sample"),
        ("holder", "own"),
    ];
    // A question without an answer: said, and what was typed stays.
    let answer = house.post("/overseas/assessments/new", &sent[..7]);
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("样机(虚构)") && answer.text().contains("至少一项"));
    let answer = house.post("/overseas/assessments/new", &sent);
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_eq!(house.newest(), "overseas.assessed");
    let one = house.get("/overseas/assessments/YP-0002").text();
    for words in ["拿出去的东西不再算秘密", "货物在边境被拦", "1337", "韩国的“", "这里不引用"]
    {
        assert!(one.contains(words), "{words}: {one}");
    }
    assert!(!one.contains("부정경쟁방지법"), "a draft is not quoted");
    let pdf = house.get("/overseas/assessments/YP-0002/report.pdf");
    assert_eq!((pdf.status.as_u16(), pdf.header("content-type")), (200, "application/pdf"));
}

#[test]
fn guides_are_shown_side_by_side_and_drafts_are_not_compiled() {
    let house = House::furnished();
    let list = house.get("/overseas").text();
    assert!(list.find("美国") < list.find("日本"), "complete ones come first");
    assert!(list.contains("完整") && list.contains("草稿"));
    let draft = house.get("/overseas/jp").text();
    assert!(draft.contains("待核") && draft.contains("不进报告") && !draft.contains("guide.pdf"));
    let side = house.get("/overseas/compare?a=us&b=jp").text();
    assert!(side.contains("18 U.S.C. § 1836(d)") && side.contains("（草稿）"), "{side}");
    assert_eq!(
        house.get("/overseas/guide.pdf?c=us&c=de").header("content-type"),
        "application/pdf"
    );
    for path in ["/overseas/guide.pdf?c=us&c=jp", "/overseas/guide.pdf?c=xx", "/overseas/xx"] {
        assert_eq!(house.get(path).status, 404, "{path}");
    }
}

/// A station has the guides, and nothing of companies.
#[test]
fn a_station_has_the_guides_only() {
    let house = House::station();
    assert_eq!(house.get("/overseas").status, 200);
    assert_eq!(house.get("/overseas/us").status, 200);
    for path in ["/overseas/assessments", "/overseas/exports"] {
        assert_eq!(house.get(path).status, 404, "{path}");
    }
}

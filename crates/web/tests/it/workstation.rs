//! The workstation's pages: what is filled in is written once, and what is wrong is shown where it
//! is to be mended.

use crate::house::{Filled, House, between};
use crate::routes;

/// In this order: later ones build on earlier ones.
const WELL: &[Filled] = &[
    (
        "/experts/new",
        &[
            ("name", "祝示三"),
            ("organisation", "某律师事务所（虚构）"),
            ("field", "people"),
            ("from", "2026-01-01"),
            ("until", "2099-12-31"),
            ("conflicts", "QY-0002"),
        ],
        "expert.added",
    ),
    (
        "/requests/new",
        &[
            ("company", "QY-0001"),
            ("title", "离职员工去了同行"),
            ("text", "planted-request"),
            ("theme", "people"),
            ("channel", "phone"),
            ("happened", "2026-11-20"),
            ("due", "2026-11-30"),
        ],
        "request.received",
    ),
    ("/requests/SQ-0001/route", &[("expert", "ZJ-0001"), ("urgent", "yes")], "request.routed"),
    (
        "/requests/SQ-0001/reply",
        &[("expert", "ZJ-0001"), ("text", "planted-reply"), ("happened", "2026-11-21")],
        "service.given",
    ),
    (
        "/requests/SQ-0001/close",
        &[("how", "settled"), ("happened", "2026-11-21")],
        "request.closed",
    ),
    (
        "/visits/new",
        &[
            ("company", "QY-0001"),
            ("title", "首次走访"),
            ("day", "2026-11-22"),
            ("expert", "ZJ-0001"),
            ("checklist", "diagnosis"),
        ],
        "visit.planned",
    ),
    (
        "/visits/ZF-0001/record",
        &[
            ("happened", "2026-11-22"),
            ("mark-list", "wanting"),
            ("finding-list", "planted-finding"),
            ("grade-list", "medium"),
            ("due-list", "2026-12-24"),
            ("mark-level", "fine"),
            ("mark-zones", "not-applicable"),
            ("note", "planted-note"),
        ],
        "prescription.written",
    ),
    (
        "/prescriptions/CF-0001/progress",
        &[("how", "done"), ("happened", "2026-11-23"), ("note", "已补")],
        "prescription.progressed",
    ),
    (
        "/prescriptions/CF-0001/review",
        &[("verdict", "cured"), ("happened", "2026-11-23"), ("visit", "ZF-0001")],
        "prescription.reviewed",
    ),
    (
        "/visits/new",
        &[
            ("company", "QY-0002"),
            ("title", "走访"),
            ("day", "2026-11-30"),
            ("checklist", "diagnosis"),
        ],
        "visit.planned",
    ),
    ("/visits/ZF-0002/cancel", &[("why", "企业改期")], "visit.cancelled"),
    ("/experts/ZJ-0001/recuse", &[("company", "QY-0001"), ("why", "曾代理")], "expert.recused"),
    ("/experts/ZJ-0001/renew", &[("until", "2100-01-01")], "expert.renewed"),
    ("/experts/ZJ-0001/end", &[("happened", "2026-11-24"), ("why", "调离")], "expert.ended"),
];

/// A station whose desk has had one thing of each kind.
fn worked() -> House {
    let house = House::station();
    house.fill(WELL);
    house
}

#[test]
fn what_is_filled_in_well_is_written_once_and_every_page_shows_it() {
    let house = worked();
    for route in routes::of_station().into_iter().filter(|route| route.get) {
        let answer = house.get(&route.path);
        assert!(answer.status.as_u16() < 500, "{}: {}", route.path, answer.status);
        let text = answer.text();
        let key = between(&text, ">w-", "<");
        assert!(key.is_empty(), "{}: w-{key} has no words", route.path);
    }
    let request = house.get("/requests/SQ-0001").text();
    assert!(request.contains("planted-request") && request.contains("planted-reply"));
    let company = house.get("/companies/QY-0001").text();
    for told in ["离职员工去了同行", "首次走访", "CF-0001", "问诊开方"] {
        assert!(company.contains(told), "{told} is in the company's file");
    }
    let report = house.get("/visits/ZF-0001/report.pdf");
    assert!(report.body.starts_with(b"%PDF-1.7"), "{}", report.status);
    assert_eq!(house.get("/visits/ZF-0002/report.pdf").status.as_u16(), 422);
    for word in ["planted-request", "planted-reply", "planted-finding", "planted-note", "祝示三"]
    {
        assert_eq!(house.on_disk(word), [""; 0], "{word} lies sealed");
    }
    let list = house.get("/prescriptions?view=cured&theme=identification").text();
    assert!(between(&list, "<tbody>", "</body>").contains("CF-0001"));
    let csv = house.get("/requests.csv").text();
    assert!(csv.contains("SQ-0001") && !csv.contains("planted"), "{csv}");
}

/// Path, fields, and the field at which the error stands.
const BADLY: &[Filled] = &[
    ("/experts/new", &[("name", "甲"), ("organisation", "乙"), ("from", "2026-01-01")], "field"),
    ("/experts/ZJ-0001/recuse", &[("company", "MD-0001"), ("why", "丙")], "company"),
    ("/experts/ZJ-0001/end", &[("happened", "2026-11-24")], "why"),
    ("/requests/new", &[("company", "QY-0001"), ("theme", "people")], "title"),
    ("/requests/SQ-0001/reply", &[("happened", "2026-11-21")], "text"),
    ("/requests/SQ-0001/close", &[("happened", "2026-11-21")], "how"),
    ("/visits/new", &[("company", "QY-0001"), ("title", "丁"), ("day", "soon")], "day"),
    (
        "/visits/ZF-0001/record",
        &[("happened", "2026-11-22"), ("mark-list", "wanting")],
        "finding-list",
    ),
    ("/visits/ZF-0001/cancel", &[], "why"),
];

#[test]
fn what_is_filled_in_badly_comes_back_with_the_place_to_mend() {
    let house = House::station();
    for (path, fields, _) in WELL.iter().filter(|(path, ..)| path.ends_with("/new")) {
        assert_eq!(house.post(path, fields).status.as_u16(), 303, "{path}");
    }
    let before = house.size();
    for (path, fields, at) in BADLY {
        let answer = house.post(path, fields);
        assert_eq!(answer.status.as_u16(), 422, "{path} {fields:?}: {}", answer.text());
        let text = answer.text();
        let errors = between(&text, "class=\"errs\"", "</div>");
        assert!(errors.contains(&format!("href=\"#f-{at}\"")), "{path} {fields:?}: {errors}");
        assert!(text.contains(&format!("id=\"f-{at}\"")), "{path}: the link leads somewhere");
    }
    // Whoever must keep away is not offered, and refused all the same.
    let away = [("company", "QY-0002"), ("title", "走访"), ("day", "2026-12-01")];
    let form = house.get("/visits/new?company=QY-0002").text();
    assert!(!form.contains("ZJ-0001"), "not offered");
    assert!(house.get("/visits/new?company=QY-0001").text().contains("ZJ-0001"), "offered");
    let mut sent = away.to_vec();
    sent.extend([("expert", "ZJ-0001"), ("checklist", "diagnosis")]);
    let refused = house.post("/visits/new", &sent);
    assert_eq!(refused.status.as_u16(), 422);
    assert!(refused.text().contains("应当回避"));
    assert_eq!(house.size(), before, "nothing was written");
}

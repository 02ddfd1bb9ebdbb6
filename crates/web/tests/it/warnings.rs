//! Early warning on the pages: scored, switched, run, given to somebody, closed.

use crate::house::{Filled, House, between};

/// In this order: later ones build on earlier ones.
const WELL: &[Filled] = &[
    ("/companies/new", &[("name", "澄砚材料（虚构）"), ("kind", "team")], "company.added"),
    ("/warnings/score", &[("companies", "400"), ("seed", "7")], "rule.scored"),
    ("/warnings/rules/repeat-respondent/switch", &[("why", "试运行")], "rule.switched"),
    (
        "/cases/new",
        &[
            ("procedure", "administrative"),
            ("title", "离职员工带走参数"),
            ("company", "QY-0001"),
            ("source", "paper"),
            ("happened", "2026-11-24"),
        ],
        "case.opened",
    ),
    (
        "/cases/new",
        &[
            ("procedure", "administrative"),
            ("title", "相似产品"),
            ("company", "QY-0002"),
            ("source", "phone"),
            ("happened", "2026-11-24"),
        ],
        "case.opened",
    ),
    ("/cases/AJ-0001/against", &[("respondent", "QY-0003")], "case.against"),
    ("/cases/AJ-0002/against", &[("respondent", "QY-0003")], "case.against"),
    ("/warnings/run", &[], "warning.raised"),
    ("/warnings/YJ-0001/assign", &[("unit", "预警岗"), ("due", "2099-01-01")], "warning.assigned"),
];

/// Path, fields, and what the page then says; nothing is written.
const WRONG: &[Filled] = &[
    ("/warnings/score", &[("companies", "ten")], "请填写整数"),
    ("/warnings/score", &[("companies", "3")], "100"),
    ("/warnings/rules/field-surge/switch", &[], "还没有评分"),
];

#[test]
fn a_rule_is_scored_switched_and_raises_a_matter_once() {
    let house = House::station();
    let size = house.size();
    for (path, fields, words) in WRONG {
        let answer = house.post(path, fields);
        assert!(answer.text().contains(words), "{path} lacks {words}: {}", answer.text());
    }
    assert_eq!(house.size(), size, "nothing wrong is written");
    assert!(house.get("/warnings/rules").text().contains("未评分"));
    assert!(house.get("/warnings/run").text().contains("没有启用的规则"));

    house.fill(WELL);
    let rules = house.get("/warnings/rules").text();
    for words in ["模拟", "多起案件指向同一单位", "已启用", "未启用"] {
        assert!(rules.contains(words), "{words}: {rules}");
    }
    let rule = house.get("/warnings/rules/repeat-respondent").text();
    for words in ["评分摘要", "反不正当竞争法 art. 10.3", "种子", "启停预警规则"]
    {
        assert!(rule.contains(words), "{words}: {rule}");
    }
    let page = house.get("/warnings/YJ-0001").text();
    for words in ["AJ-0001", "AJ-0002", "QY-0003", "QY-0001", "预警岗", "未联网", "建议措施"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(house.get("/warnings?view=open").text().contains("YJ-0001"));
    assert!(!house.get("/warnings?view=closed").text().contains("YJ-0001"));
    assert!(house.get("/companies/QY-0001").text().contains("YJ-0001"));
    assert!(house.get("/cases/AJ-0001").text().contains("QY-0003"));
    assert!(house.get("/warnings/run").text().contains("没有发现新的事项"));

    // An alert is closed once, and says what came of it.
    let wrong = house.post("/warnings/YJ-0001/close", &[("useful", "yes"), ("why", "")]);
    assert_eq!(wrong.status.as_u16(), 422, "{}", wrong.text());
    house.fill(&[(
        "/warnings/YJ-0001/close",
        &[("useful", "yes"), ("happened", "2026-11-24"), ("why", "两案同源")],
        "warning.closed",
    )]);
    let page = house.get("/warnings/YJ-0001").text();
    assert!(page.contains("两案同源") && page.contains("有用"), "{page}");
    assert!(house.get("/warnings?view=closed").text().contains("YJ-0001"));
    assert_ne!(house.get("/warnings/YJ-0001/close").status.as_u16(), 200);
    for path in ["/warnings", "/warnings/rules", "/warnings/rules/field-surge", "/warnings/YJ-0001"]
    {
        let key = between(&house.get(path).text(), ">w-", "<").to_owned();
        assert!(key.is_empty(), "{path}: w-{key} has no words");
    }
    assert_eq!(house.get("/warnings/YJ-0002").status.as_u16(), 404);
    assert_eq!(house.get("/warnings/rules/no-such").status.as_u16(), 404);
}

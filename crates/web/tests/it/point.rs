//! 边界检验 on pages: at registering, and of what stands.

use crate::house::{House, PLANTED};

#[test]
fn a_point_is_attacked_and_the_cheapest_cure_comes_first() {
    let house = House::furnished();
    let page = house.get("/secrets/MD-0001");
    assert!(page.text().contains("href=\"/secrets/MD-0001/check\""));
    let before = house.size();
    let page = house.get("/secrets/MD-0001/check");
    let text = page.text();
    assert_eq!(page.status.as_u16(), 200, "{text}");
    // A measure is matched without a reason; everything else is in order.
    assert!(text.contains("没有写明为何与密点相应") && text.contains("/secrets/MD-0001/match"));
    assert!(!text.contains("没有载体。") && !text.contains("没有写商业价值"));
    assert!(!PLANTED.iter().any(|word| page.all().contains(word)), "nothing secret");
    assert_eq!(house.size(), before, "nothing is shown, so nothing is written");
    assert_eq!(house.get("/secrets/MD-0009/check").status.as_u16(), 404);
}

#[test]
fn a_draft_is_attacked_before_it_is_written() {
    let house = House::furnished();
    let check = |fields: &[(&str, &str)]| {
        let key = house.get("/secrets/new").hidden("key");
        let mut sent = vec![("key", &*key), ("title", "示例"), ("class", "technical")];
        sent.push(("level", "general"));
        sent.extend(fields);
        let answer = house.post("/secrets/new", &sent);
        assert_eq!(answer.status.as_u16(), 303, "{}", answer.text());
        house.get(answer.to()).text()
    };
    let wide = check(&[("statements", "公司的全部技术资料")]);
    for part in ["太宽", "见：全部", "没有写形成时间", "只说了主题"] {
        assert!(wide.contains(part), "{part}: {wide}");
    }
    // One field is cheaper than writing anew.
    assert!(wide.find("没有写形成时间") < wide.find("太宽"));
    let good = check(&[
        ("statements", "静置温度 18–22 ℃，低于 16 ℃ 时延长到二十小时。"),
        ("public", "浆料通常要陈腐。"),
        ("value", "合格率提高三成"),
        ("origin", "试验四十一批"),
        ("happened", "2025-01-02"),
        ("owner", "RY-0001"),
    ]);
    assert!(!good.contains("太宽") && !good.contains("只说了主题"), "{good}");
    // The same as what stands already.
    let same = check(&[("statements", crate::house::STATEMENT)]);
    assert!(same.contains("MD-0001"), "{same}");
}

//! 外发核查 on pages: asked, looked at, answered by whom it is for.

use domain::Number;
use domain::terms::{Class, Level};
use office::SecretForm;

use crate::house::{House, STATEMENT};

/// Part of a general secret point with an owner, which its owner may let leave.
const RULES: &str = "客户分级规则：年采购额超过三百万元且连续两年无逾期的列为甲类，甲类享受九十天账期和百分之六的季度返利，乙类账期四十五天，丙类款到发货；季度末由销售总监复核，连续两季不达标的降一级，降级前书面通知客户并保留一次申诉机会。";

fn house() -> House {
    let house = House::furnished();
    let secret = SecretForm {
        title: "客户分级".into(),
        class: Class::Business,
        form: None,
        level: Level::General,
        owner: Some(Number::parse("RY-0001").expect("a number")),
        department: None,
        review: None,
        happened: None,
        origin: None,
        public: None,
        value: None,
        statements: vec![RULES.into()],
        carriers: vec![],
    };
    house.office.register_secret(&house.office.ask("owner"), secret).expect("registered");
    house
}

fn ask(house: &House, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> String {
    let key = house.get("/releases/new").hidden("key");
    let mut sent = vec![("key", &*key)];
    sent.extend(fields);
    let answer = house.upload("/releases/new", &house.csrf, &sent, files);
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text());
    answer.to().split('?').next().unwrap_or_default().to_owned()
}

#[test]
fn the_owner_decides_and_nobody_else() {
    let house = house();
    let talk = format!("演讲稿：{}，别的不讲。", RULES.chars().take(44).collect::<String>());
    let file = ("files", "talk.txt", talk.as_bytes());
    let place = ask(&house, &[("what", "年会演讲稿"), ("to", "行业年会")], &[file]);
    assert_eq!(place, "/releases/WF-0002");
    let page = house.get(&place);
    let text = page.text();
    for part in ["须经批准", "MD-0002", "RY-0001", "talk.txt", "95"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!page.all().contains("三百万元"), "passages are shown only when asked for");
    let before = house.size();
    let open = house.post("/releases/WF-0002/passages", &[]);
    assert!(open.text().contains("三百万元") && house.newest() == "secret.viewed");
    assert_eq!(house.size(), before + 1);

    let answer = |fields: &[(&str, &str)]| {
        let key = house.get("/releases/WF-0002/answer").hidden("key");
        let mut sent = vec![("key", &*key)];
        sent.extend(fields);
        house.post("/releases/WF-0002/answer", &sent)
    };
    assert_eq!(answer(&[("answer", "approve"), ("person", "RY-0001")]).status.as_u16(), 422);
    let done = answer(&[("answer", "approve"), ("person", "RY-0001"), ("why", "已公开")]);
    assert_eq!((done.status.as_u16(), house.newest()), (303, "release.approved"));
    assert!(house.get(&place).text().contains("已批准"));
    let again = answer(&[("answer", "refuse"), ("person", "RY-0001"), ("why", "反悔")]);
    assert_eq!((again.status.as_u16(), house.newest()), (422, "release.approved"));
}

#[test]
fn pasted_text_is_looked_at_and_a_core_secret_stops() {
    let house = House::furnished();
    let place = ask(&house, &[("what", "网页"), ("text", "欢迎参加展会，展位在三号馆。")], &[]);
    assert!(house.get(&place).text().contains("没有查出密点内容"));
    let place = ask(&house, &[("what", "邮件"), ("text", STATEMENT)], &[]);
    let page = house.get(&place);
    assert!(page.text().contains("不得外发") && !page.text().contains("/answer"));
    let size = house.size();
    let key = house.get("/releases/new").hidden("key");
    let nothing = house.upload("/releases/new", &house.csrf, &[("key", &key), ("what", "空")], &[]);
    assert_eq!((nothing.status.as_u16(), house.size()), (422, size));
}

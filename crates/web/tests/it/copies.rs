//! Marked copies by forms alone: given, taken back, called back; and what turned up, traced in two
//! steps.

use domain::terms::{Class, Level};
use office::{Ask, SecretForm, Source};

use crate::house::House;
use crate::secrecy::whole;

const SHEET: &str = include_str!("../../../trace/tests/data/chinese.txt");

/// A house with a secret point MD-0002 whose carrier is long enough for marks.
fn house() -> House {
    let house = House::furnished();
    let ask = Ask { by: "owner".into(), key: house.office.random() };
    let carriers = vec![Source::Upload {
        name: "planted-name.txt".into(),
        bytes: Box::new(std::io::Cursor::new(SHEET.as_bytes().to_vec())),
    }];
    let form = SecretForm {
        title: "热处理".into(),
        class: Class::Technical,
        form: None,
        level: Level::Core,
        owner: None,
        department: None,
        review: None,
        happened: None,
        origin: None,
        public: None,
        value: None,
        statements: vec![],
        carriers,
    };
    house.office.register_secret(&ask, form).expect("a secret point");
    house
}

#[test]
fn copies_are_given_and_a_leak_is_traced_in_two_steps() {
    let house = house();
    let form = whole(&house, "/secrets/MD-0002/copies");
    assert!(form.contains("整份复制粘贴"), "what could be traced stands beside the form");
    let nobody = house.post("/secrets/MD-0002/copies", &[("carrier", "1"), ("purpose", "试制")]);
    assert_eq!(nobody.status.as_u16(), 422);
    let short = [("carrier", "1"), ("to", "HZ-0001"), ("purpose", "试制")];
    let refused = house.post("/secrets/MD-0001/copies", &short);
    assert_eq!(refused.status.as_u16(), 422);
    assert!(refused.text().contains("还差"), "the number that is missing is named");

    let sent = [("carrier", "1"), ("to", "HZ-0001"), ("to", "RY-0001"), ("purpose", "试制")];
    let issued = house.post("/secrets/MD-0002/copies", &sent);
    assert!(issued.to().starts_with("/batches/FF-0001"), "{}", issued.text());
    let batch = whole(&house, "/batches/FF-0001");
    assert!(batch.contains("FB-0002") && !batch.contains("/batches/FF-0001/make"));
    let copy = house.post("/copies/FB-0002/file", &[]);
    assert_eq!(copy.status.as_u16(), 200);
    assert_ne!(copy.body, SHEET.as_bytes());
    whole(&house, "/copies");
    assert!(whole(&house, "/copies/FB-0002").contains("/ledger/"));

    let leak: String = String::from_utf8_lossy(&copy.body).chars().skip(300).take(900).collect();
    whole(&house, "/finds/new");
    let nothing = house.post("/finds/new", &[("source", "虚构论坛")]);
    assert_eq!(nothing.status.as_u16(), 422);
    let other = house.post("/finds/new", &[("source", "虚构论坛"), ("text", "别的文字")]);
    assert_eq!(other.status.as_u16(), 422);
    let read = house.post("/finds/new", &[("source", "虚构论坛"), ("text", &leak)]);
    assert!(read.to().starts_with("/finds/XS-0001"), "{}", read.text());
    // Read, not traced: no copy is named, and there is no report.
    let page = whole(&house, "/finds/XS-0001");
    assert!(page.contains("/finds/XS-0001/trace") && !page.contains("FB-0002"));
    assert_eq!(house.post("/finds/XS-0001/report", &[]).status.as_u16(), 422);
    assert_eq!(house.post("/finds/XS-0001/trace", &[]).to(), "/finds/XS-0001");
    let page = whole(&house, "/finds/XS-0001");
    assert!(page.contains("/copies/FB-0002") && !page.contains("FB-0001"));
    let report = house.post("/finds/XS-0001/report", &[]);
    assert!(report.text().contains("midun tracing 1"));
    assert!(whole(&house, "/finds").contains("FB-0002"));
    assert_ne!(house.post("/finds/XS-0001/trace", &[]).status.as_u16(), 303, "once only");

    whole(&house, "/copies/FB-0001/receive");
    let wrong = house.post("/copies/FB-0001/receive", &[("file", "00")]);
    assert_eq!(wrong.status.as_u16(), 422);
    assert!(house.post("/copies/FB-0001/receive", &[("how", "邮件")]).to().contains("FB-0001"));
    whole(&house, "/copies/FB-0001/recall");
    assert!(house.post("/copies/FB-0001/recall", &[("why", "结束")]).to().contains("FB-0001"));
    whole(&house, "/copies/FB-0001/end");
    assert!(house.post("/copies/FB-0001/end", &[("how", "returned")]).to().contains("FB-0001"));
    assert!(!whole(&house, "/copies/FB-0001").contains("/copies/FB-0001/end"));
}

//! 合并、拆分、版本 on pages: both ends name each other, and content stands side by side only when asked for.

use domain::Number;

use crate::house::House;
use crate::secrecy::whole;

fn send(house: &House, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
    let answer = house.post(path, fields);
    (
        answer.status.as_u16(),
        if answer.to().is_empty() { answer.text() } else { answer.to().into() },
    )
}

#[test]
fn a_part_is_taken_out_and_merged_back() {
    let house = House::furnished();
    let (_, to) = send(
        &house,
        "/secrets/MD-0001/state",
        &[("text", "planted-statement two"), ("why", "补充")],
    );
    assert!(to.starts_with("/secrets/MD-0001"), "{to}");
    let before = house.size();
    for fields in [
        &[("title", "一部分"), ("why", "分开")][..],
        &[("title", "一部分"), ("statements", "2")],
        &[("title", "一部分"), ("statements", "1"), ("statements", "2"), ("why", "分开")],
        &[("title", "一部分"), ("statements", "7"), ("why", "分开")],
    ] {
        assert_eq!(send(&house, "/secrets/MD-0001/split", fields).0, 422, "{fields:?}");
    }
    assert_eq!(house.size(), before);
    let fields = [("title", "一部分"), ("statements", "2"), ("carriers", "1"), ("why", "分开")];
    let (status, to) = send(&house, "/secrets/MD-0001/split", &fields);
    assert!(status == 303 && to.starts_with("/secrets/MD-0002?wrote="), "{to}");
    assert!(whole(&house, "/secrets/MD-0002").contains("拆出：秘密内容 2→1，载体 1→1"));
    assert!(whole(&house, "/secrets/MD-0001").contains("拆出一部分"));

    assert!(whole(&house, "/secrets/MD-0002/merge").contains("MD-0001"));
    assert_eq!(send(&house, "/secrets/MD-0002/merge", &[("why", "又是一件事")]).0, 422);
    let fields = [("into", "MD-0001"), ("why", "又是一件事")];
    let (status, to) = send(&house, "/secrets/MD-0002/merge", &fields);
    assert!(status == 303 && to.starts_with("/secrets/MD-0001?wrote="), "{to}");
    let merged = whole(&house, "/secrets/MD-0002");
    assert!(merged.contains("只读") && !merged.contains("/secrets/MD-0002/revise"), "{merged}");
    assert!(whole(&house, "/secrets/MD-0001").contains("并入本密点：秘密内容 1→3"));
    assert!(whole(&house, "/secrets").contains("已合并"));
    assert!(house.office.fsck(true).expect("looked at").problems.is_empty());
}

#[test]
fn versions_stand_side_by_side_after_the_ledger_noted_it() {
    let house = House::furnished();
    let text = "planted-statement: fired by curve three";
    let (_, to) = send(&house, "/secrets/MD-0001/statements/1", &[("text", text), ("why", "改正")]);
    assert!(to.starts_with("/secrets/MD-0001"), "{to}");
    let page = whole(&house, "/secrets/MD-0001/versions");
    assert!(page.contains("第 2 版") && page.contains("有改动"), "{page}");
    assert!(page.contains("（加密，申请查看后显示）"));
    let size = house.size();
    let fields = [("why", "核对"), ("back", "versions")];
    let (_, to) = send(&house, "/secrets/MD-0001/reveal", &fields);
    assert_eq!((&*to, house.size()), ("/secrets/MD-0001/versions", size + 1));
    let page = house.get("/secrets/MD-0001/versions?a=1&b=2").text();
    assert!(page.contains("<mark>") && page.contains("curve three"), "{page}");
    // What is asked for and is not there leads to the last change.
    assert_eq!(house.get("/secrets/MD-0001/versions?a=0&b=99").status.as_u16(), 200);
    assert_eq!(house.get("/secrets/MD-0009/versions").status.as_u16(), 404);
    let reader = house.office.reader().expect("a reader");
    let no = Number::parse("MD-0001").expect("a number");
    let versions = house.office.versions(&reader, no).expect("versions");
    assert_eq!(versions.iter().map(|one| one.no).collect::<Vec<_>>(), [1, 2]);
}

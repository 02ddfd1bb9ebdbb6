//! 研发记录 on pages, by forms and without script.

use crate::house::{House, STATEMENT};

#[test]
fn own_work_is_recorded_by_a_path_and_looked_through() {
    let house = House::furnished();
    let notes = house.dir.path().join("notes");
    let path = notes.to_str().expect("a text").to_owned();
    let node = house.dir.path().join("node");
    let node = node.to_str().expect("a text");
    for (fields, words) in [
        (vec![("paths", &*path)], "研发工作"),
        (vec![("what", "浆料")], "路径"),
        (vec![("what", "浆料"), ("paths", "/nowhere/at/all")], "找不到"),
        (vec![("what", "浆料"), ("paths", node)], "节点自己的数据"),
    ] {
        let key = house.get("/works/new").hidden("key");
        let sent: Vec<_> = [("key", &*key)].into_iter().chain(fields.clone()).collect();
        let answer = house.post("/works/new", &sent);
        assert_eq!(answer.status.as_u16(), 422, "{fields:?}");
        assert!(answer.text().contains(words), "{words}: {}", answer.text());
    }
    std::fs::write(notes.join("log.txt"), "rewritten since").expect("written");
    std::fs::write(notes.join("two.txt"), format!("again: {STATEMENT}")).expect("written");
    let key = house.get("/works/new?after=YF-0001").hidden("key");
    let fields = [("key", &*key), ("what", "浆料"), ("paths", &path), ("after", "YF-0001")];
    let answer = house.post("/works/new", &fields);
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text());
    assert_eq!(house.newest(), "work.recorded");
    let page = house.get("/works/YF-0002").text();
    assert!(page.contains("有文件变动或不在") && page.contains("log.txt"), "{page}");

    let nothing = house.post("/works/YF-0002/trace", &[]);
    assert_eq!(nothing.status.as_u16(), 422);
    let found = house.post("/works/YF-0002/trace", &[("secret", "MD-0001")]).text();
    assert!(found.contains("two.txt") && found.contains("YF-0002"), "{found}");
    assert!(!found.contains("thirty-six"), "places, and no content");
    assert_eq!(house.newest(), "work.recorded", "looking writes nothing");
    let before = house.post("/works/YF-0001/trace", &[("secret", "MD-0001")]).text();
    assert!(before.contains("1 个记录过的提交或文件现在不在或已变动"), "{before}");
}

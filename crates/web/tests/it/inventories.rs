//! 秘点梳理 on pages: listed with reasons, decided card by card, without script.

use crate::house::House;

fn card(house: &House, no: u32, fields: &[(&str, &str)]) -> (u16, String, String) {
    let place = format!("/inventories/SL-0001/{no}");
    let key = house.get(&place).hidden("key");
    let mut sent = vec![("key", &*key)];
    sent.extend(fields);
    let answer = house.post(&place, &sent);
    let to = answer.to().split('?').next().unwrap_or_default().to_owned();
    (answer.status.as_u16(), to, answer.text())
}

#[test]
fn proposals_are_decided_card_by_card() {
    let house = House::furnished();
    let list = house.get("/inventories/SL-0001").text();
    for part in ["配比 v2.txt", "商业秘密", "待处理", "逐项处理", "低分不等于不是秘密"]
    {
        assert!(list.contains(part), "{part}: {list}");
    }
    let first = house.get("/inventories/SL-0001/1").text();
    for part in ["+30", "一组百分比合计为 100", "同名版本", "只取这些文件为载体"]
    {
        assert!(first.contains(part), "{part}: {first}");
    }
    let size = house.size();
    let (status, _, text) = card(&house, 2, &[("answer", "not-secret")]);
    assert_eq!((status, house.size()), (422, size));
    assert!(text.contains("请选择为什么不作为商业秘密"));

    let fields = [
        ("answer", "accepted"),
        ("title", "浆料配方"),
        ("form", "formula"),
        ("level", "core"),
        ("files", "0"),
    ];
    let (status, to, text) = card(&house, 1, &fields);
    assert_eq!((status, &*to), (303, "/inventories/SL-0001/2"), "{text}");
    assert_eq!(house.newest(), "inventory.decided");
    let closed = house.get("/inventories/SL-0001/1").text();
    assert!(closed.contains("打开密点") && !closed.contains("name=\"answer\""));
    let secret = house.office.reader().expect("a reader").last(domain::Series::Secret);
    let no = format!("MD-{:04}", secret.expect("a count"));
    let page = house.get(&format!("/secrets/{no}")).text();
    assert!(page.contains("浆料配方") && page.contains("还没有写明密点"), "{page}");
    assert!(!page.contains("配比"), "names of carriers stay sealed");

    let why = "planted-inventory-why";
    let (status, to, _) =
        card(&house, 2, &[("answer", "not-secret"), ("reason", "others"), ("why", why)]);
    assert_eq!((status, &*to), (303, "/inventories/SL-0001/3"));
    let (status, _, text) = card(&house, 1, &[("answer", "aside")]);
    assert_eq!(status, 422, "what was accepted stays: {text}");
    assert!(house.get("/inventories/SL-0001?view=accepted").text().contains(&no));
    assert!(!house.get("/ledger").all().contains(why));
    assert!(house.get("/inventories").text().contains("1 项待处理"));
}

#[test]
fn an_inventory_begun_on_a_page_goes_on_beside_it() {
    let house = House::furnished();
    let begin = |path: &str| {
        let key = house.get("/inventories/new").hidden("key");
        house.post("/inventories/new", &[("key", &key), ("path", path)])
    };
    let node = house.dir.path().join("node");
    for (path, words) in [
        ("/nowhere/at/all", "找不到"),
        ("/dev/null", "不是文件夹"),
        (node.to_str().expect("a text"), "节点自己的数据"),
        ("", "文件夹"),
    ] {
        let refused = begin(path);
        assert_eq!(refused.status.as_u16(), 422, "{path}");
        assert!(refused.text().contains(words), "{path}: {}", refused.text());
    }
    let share = house.dir.path().join("share");
    let done = begin(share.to_str().expect("a text"));
    assert_eq!((done.status.as_u16(), done.to()), (303, "/inventories"));
    for _ in 0..600 {
        if house.get("/inventories").text().contains("已完成") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let list = house.get("/inventories").text();
    assert!(list.contains("已完成") && list.contains("SL-0002"), "{list}");
}

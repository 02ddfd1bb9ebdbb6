//! 比对 on pages: compared, shown side by side after the ledger was told, concluded by a person.

use crate::house::{House, STATEMENT};

fn compare(house: &House, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> (u16, String) {
    let key = house.get("/comparisons/new").hidden("key");
    let mut sent = vec![("key", &*key)];
    sent.extend(fields);
    let answer = house.upload("/comparisons/new", &house.csrf, &sent, files);
    let to = if answer.status.as_u16() == 303 { answer.to() } else { "" };
    (answer.status.as_u16(), to.split('?').next().unwrap_or_default().to_owned())
}

#[test]
fn a_secret_point_is_compared_shown_and_concluded() {
    let house = House::furnished();
    let theirs = format!("对方工艺卡。{STATEMENT}别的内容。");
    let file = ("theirs", "card.txt", theirs.as_bytes());
    let fields = [("secret", "MD-0001"), ("source", "公证购买"), ("what", "工艺卡")];
    let (status, place) = compare(&house, &fields, &[file]);
    assert_eq!((status, &*place), (303, "/comparisons/BD-0002"));
    assert_eq!(house.newest(), "comparison.made");
    let page = house.get(&place);
    let text = page.text();
    for part in ["100.0 %", "card.txt", "公证购买", "尚未认定", "空白：须由人写入", "第十三条"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!page.all().contains(STATEMENT), "passages are shown only when asked for");
    assert!(house.get("/comparisons").text().contains("工艺卡"));

    let before = house.size();
    let open = house.post("/comparisons/BD-0002/passages", &[]);
    assert!(open.all().contains("<mark>") && house.newest() == "secret.viewed");
    assert_eq!(house.size(), before + 1);
    let report = house.post("/comparisons/BD-0002/report", &[("form", "html")]);
    assert!(report.all().contains("<mark>") && report.all().contains("BD-0002"));

    let conclude = |fields: &[(&str, &str)]| {
        let key = house.get("/comparisons/BD-0002/conclude").hidden("key");
        let mut sent = vec![("key", &*key)];
        sent.extend(fields);
        house.post("/comparisons/BD-0002/conclude", &sent)
    };
    let size = house.size();
    let blank = conclude(&[("sameness", "substantial"), ("person", "RY-0001")]);
    assert_eq!((blank.status.as_u16(), house.size()), (422, size));
    let done = conclude(&[
        ("sameness", "substantial"),
        ("person", "RY-0001"),
        ("why", "工序一致的理由"),
        ("differences", "容易想到"),
    ]);
    assert_eq!((done.status.as_u16(), house.newest()), (303, "comparison.concluded"));
    let page = house.get(&place);
    assert!(page.text().contains("实质上相同") && !page.all().contains("工序一致的理由"));
    let open = house.post("/comparisons/BD-0002/passages", &[]);
    assert!(open.text().contains("工序一致的理由") && open.text().contains("容易想到"));
    assert!(house.get("/secrets/MD-0001").text().contains("比对结论"));
}

#[test]
fn files_are_compared_and_what_is_public_does_not_count() {
    let house = House::furnished();
    let ours = format!("{STATEMENT}三辊机研磨至细度十微米以下，再过滤两遍装入周转桶。");
    let known = "三辊机研磨至细度十微米以下，再过滤两遍装入周转桶。";
    let files: [(&str, &str, &[u8]); 3] = [
        ("ours", "ours.txt", ours.as_bytes()),
        ("theirs", "theirs.txt", known.as_bytes()),
        ("public", "handbook.txt", known.as_bytes()),
    ];
    let (status, place) = compare(&house, &[], &files);
    assert_eq!(status, 303);
    let text = house.get(&place).text();
    assert!(text.contains("公有领域 handbook.txt") && text.contains("没有达到最短长度的相同段落"));
    let conclude = house.get(&format!("{place}/conclude")).hidden("key");
    let sent =
        [("key", &*conclude), ("sameness", "same"), ("person", "RY-0001"), ("why", "不该写入")];
    let refused = house.post(&format!("{place}/conclude"), &sent);
    assert_eq!((refused.status.as_u16(), house.newest()), (422, "comparison.made"));

    let size = house.size();
    let both = [("secret", "MD-0001")];
    for (fields, files) in [(&[][..], &files[1..2]), (&both[..], &files[..2]), (&both[..], &[][..])]
    {
        assert_eq!(compare(&house, fields, files).0, 422, "{fields:?}");
    }
    assert_eq!(house.size(), size);
}

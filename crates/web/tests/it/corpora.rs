//! 公开语料 and 公知性检索 on pages, by forms and without script.

use crate::house::{House, STATEMENT};

/// Waits until a run on a list has ended.
fn ended(house: &House, place: &str) -> String {
    for _ in 0..600 {
        let list = house.get(place).text();
        if !list.contains("进行中") {
            return list;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("{place} does not end");
}

fn add(house: &House, fields: &[(&str, &str)]) -> (u16, String) {
    let key = house.get("/corpora/new").hidden("key");
    let mut sent = vec![("key", &*key)];
    sent.extend(fields);
    let answer = house.post("/corpora/new", &sent);
    (answer.status.as_u16(), answer.text())
}

#[test]
fn a_corpus_is_added_by_a_path_and_a_secret_point_held_against_it() {
    let house = House::furnished();
    let folder = house.dir.path().join("public");
    std::fs::create_dir(&folder).expect("a folder");
    let path = folder.to_str().expect("a text").to_owned();
    let node = house.dir.path().join("node");
    let node = node.to_str().expect("a text");
    for (fields, words) in [
        (vec![("sort", "web"), ("path", &*path)], "名称"),
        (vec![("name", "甲"), ("path", &*path)], "资料种类"),
        (vec![("name", "甲"), ("sort", "web")], "请填写服务器上的路径"),
        (vec![("name", "甲"), ("sort", "web"), ("path", "/nowhere/at/all")], "找不到"),
        (vec![("name", "甲"), ("sort", "web"), ("path", node)], "节点自己的数据"),
        (vec![("name", "甲"), ("sort", "web"), ("path", &path), ("day", "2999-01-01")], "将来"),
    ] {
        let (status, text) = add(&house, &fields);
        assert_eq!(status, 422, "{fields:?}");
        assert!(text.contains(words), "{words}: {text}");
    }
    let fields = [("name", "空的"), ("sort", "web"), ("path", &*path)];
    assert_eq!(add(&house, &fields).0, 303);
    assert!(ended(&house, "/corpora").contains("没有读到任何文字"));

    // What is public is kept in clear, but packed; the statement itself is sealed.
    let page = format!("公开的网页写道：{STATEMENT}。其余从略。");
    std::fs::write(folder.join("page.txt"), page).expect("written");
    std::fs::write(folder.join("locked.zip"), "PK\u{3}\u{4}broken").expect("written");
    let fields = [("name", "网页存档"), ("sort", "web"), ("path", &*path), ("day", "2020-01-01")];
    assert_eq!(add(&house, &fields).0, 303);
    let list = ended(&house, "/corpora");
    assert!(list.contains("YL-0002") && list.contains("可检索"), "{list}");
    assert_eq!(house.newest(), "corpus.added");
    let one = house.get("/corpora/YL-0002").text();
    for part in ["网页存档", "2020-01-01", "63", "没有读到"] {
        assert!(one.contains(part), "{part}: {one}");
    }

    let key = house.get("/public-checks/new?secret=MD-0001").hidden("key");
    let fields = [("key", &*key), ("secret", "MD-0001"), ("day", "2025-01-01")];
    let answer = house.post("/public-checks/new", &fields);
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text());
    assert_eq!(house.newest(), "public.checked");
    let size = house.size();
    let closed = house.get("/public-checks/GZ-0002").text();
    for part in ["page.txt", "早于行为日", "不等于不为公众所知悉", "YL-0002 网页存档"]
    {
        assert!(closed.contains(part), "{part}: {closed}");
    }
    assert!(!closed.contains(STATEMENT), "secret content waits to be asked for");
    assert_eq!(house.size(), size);
    let open = house.post("/public-checks/GZ-0002/passages", &[]).text();
    assert!(open.contains(STATEMENT), "{open}");
    assert_eq!(house.newest(), "secret.viewed");
    let report = house.post("/public-checks/GZ-0002/report", &[("form", "pdf")]);
    assert!(report.body.starts_with(b"%PDF"), "{}", report.text());
    let clear = house.on_disk(STATEMENT);
    assert!(clear.iter().all(|file| file.ends_with("public/page.txt")), "{clear:?}");
    assert!(house.get("/public-checks").text().contains("GZ-0002"));
    assert!(house.get("/corpora/YL-0002").text().contains("GZ-0002"));
    assert!(house.get("/secrets/MD-0001/check").text().contains("公知性检索已在公开文献中查到"));

    // A file that is not the one recorded is not asked, and says so.
    let no = domain::Number::parse("YL-0002").expect("a number");
    let row = house.office.reader().expect("a reader").corpus(no).expect("read").expect("is there");
    let kept = house.dir.path().join(format!("node/match/corpora/{}.sqlite", row.digest));
    let mut bytes = std::fs::read(&kept).expect("read");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&kept, bytes).expect("written");
    let key = house.get("/public-checks/new").hidden("key");
    house.post("/public-checks/new", &[("key", &key), ("secret", "MD-0001")]);
    let other = house.get("/public-checks/GZ-0003").text();
    assert!(other.contains("语料文件与入库记录不符，没有检索"), "{other}");

    let key = house.get("/corpora/YL-0002/remove").hidden("key");
    let refused = house.post("/corpora/YL-0002/remove", &[("key", &key), ("why", " ")]);
    assert_eq!(refused.status.as_u16(), 422);
    let done = house.post("/corpora/YL-0002/remove", &[("key", &key), ("why", "过时")]);
    assert_eq!(done.status.as_u16(), 303, "{}", done.text());
    assert!(!kept.exists());
    assert!(house.get("/corpora").text().contains("已移除"));
    assert_eq!(house.get("/corpora/YL-0002/remove").status.as_u16(), 404);
}

#[test]
fn a_sweep_begun_on_a_page_goes_on_beside_it() {
    let house = House::furnished();
    let folder = house.dir.path().join("laptop");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::write(folder.join("mail.txt"), format!("As said, {STATEMENT}.")).expect("written");
    let begin = |fields: &[(&str, &str)]| {
        let key = house.get("/sweeps/new").hidden("key");
        house.post("/sweeps/new", &[&[("key", &*key)], fields].concat())
    };
    let node = house.dir.path().join("node");
    for (path, words) in [
        ("", "服务器上的路径"),
        ("/nowhere/at/all", "找不到"),
        (node.to_str().expect("a text"), "节点自己的数据"),
    ] {
        let refused = begin(&[("path", path), ("what", "离职电脑")]);
        assert_eq!(refused.status.as_u16(), 422, "{path}");
        assert!(refused.text().contains(words), "{path}: {}", refused.text());
        assert!(refused.text().contains("离职电脑"), "nothing typed is lost");
    }
    let path = folder.to_str().expect("a text");
    let done = begin(&[("path", path), ("what", "离职电脑")]);
    assert_eq!((done.status.as_u16(), done.to()), (303, "/sweeps"), "{}", done.text());
    let list = ended(&house, "/sweeps");
    assert!(list.contains("QC-0002") && list.contains("离职电脑"), "{list}");
    assert_eq!(house.newest(), "sweep.done");
    assert!(house.get("/sweeps/QC-0002").text().contains("mail.txt"));
    let report = house.post("/sweeps/QC-0002/report", &[]);
    assert!(report.body.starts_with(b"%PDF"), "{}", report.text());
}

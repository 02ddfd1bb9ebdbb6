//! A company joins a station, and both write, through the pages of both.

use crate::house::{House, between};

/// No page says a key instead of words.
fn whole(house: &House, path: &str) -> String {
    let answer = house.get(path);
    assert_eq!(answer.status, 200, "{path}");
    let text = answer.text();
    let key = between(&text, ">w-", "<");
    assert!(key.is_empty(), "{path}: w-{key} has no words");
    text
}

/// Carries a bundle from one node to the other.
fn carry(from: &House, to: &House) {
    let bundle = from.get("/exchange/LW-0001/bundle");
    assert_eq!(bundle.status, 200, "{}", bundle.text());
    assert!(bundle.header("content-disposition").contains("LW-0001"));
    let form = to.get("/exchange/import");
    let files = [("files", "carried.bundle", &*bundle.body)];
    let taken = to.upload("/exchange/import", &form.hidden("csrf"), &[], &files);
    assert_eq!(taken.status, 303, "{}", taken.text());
}

#[test]
fn a_company_joins_asks_and_is_answered() {
    let (station, node) = (House::station(), House::furnished());
    assert!(whole(&station, "/exchange").contains("还没有企业联网"));
    assert!(whole(&node, "/exchange").contains("还没有联网"));

    whole(&station, "/exchange/offer?company=QY-0001");
    let until = station.office.today().plus_days(3).expect("a day").to_string();
    let wrong = [("company", "QY-0001"), ("until", &*until), ("url", "station.example")];
    let refused = station.post("/exchange/offer", &wrong);
    assert_eq!(refused.status, 422, "an address without https:// is no address");
    let offered = station.post("/exchange/offer", &[("company", "QY-0001"), ("until", &*until)]);
    let invitation = between(&offered.text(), "id=\"invitation\">", "<").to_owned();
    assert!(invitation.starts_with("midun-join:"), "{}", offered.text());
    let shown = whole(&station, "/exchange/LW-0001");
    assert!(!shown.contains("midun-join:"), "it is shown once");

    let bad = node.post("/exchange/join", &[("invitation", "midun-join:abc")]);
    assert_eq!(bad.status, 422);
    assert!(bad.text().contains("midun-join:abc"), "what was typed is kept");
    // Mail programs break long lines.
    let (first, second) = invitation.split_at(60);
    let pasted = format!(" {first}\r\n{second} ");
    let joined = node.post("/exchange/join", &[("invitation", &*pasted)]);
    assert_eq!(joined.status, 303, "{}", joined.text());
    assert_eq!(node.get("/exchange").to(), "/exchange/LW-0001", "one link needs no list");

    whole(&node, "/exchange/LW-0001/write");
    let form = node.get("/exchange/LW-0001/write");
    let fields = [
        ("key", &*form.hidden("key")),
        ("sort", "question"),
        ("subject", "供应商索要参数"),
        ("text", "可以给吗？"),
    ];
    let files = [("files", "草案.txt", "第九条".as_bytes())];
    let path = "/exchange/LW-0001/write";
    let sent = node.upload(path, &form.hidden("csrf"), &fields, &files);
    assert_eq!(sent.status, 303, "{}", sent.text());
    let size = node.size();
    let again = node.upload(path, &form.hidden("csrf"), &fields, &files);
    assert_eq!((again.status.as_u16(), node.size()), (303, size), "sent twice, written once");

    carry(&node, &station);
    let list = whole(&station, "/exchange");
    assert!(list.contains("QY-0001") && list.contains("虚构示例企业"), "{list}");
    let letters = whole(&station, "/exchange/LW-0001");
    assert!(letters.contains("供应商索要参数") && letters.contains("未读"), "{letters}");
    let envelope = whole(&station, "/exchange/LW-0001/in/1");
    assert!(!envelope.contains("可以给吗"), "reading is asked for");
    let before = station.size();
    let opened = station.post("/exchange/LW-0001/in/1", &[("why", "分办")]);
    assert_eq!(opened.status, 200);
    assert!(opened.text().contains("可以给吗？"), "{}", opened.text());
    let becomes = "/requests/new?company=QY-0001";
    assert!(opened.text().contains(becomes), "a question becomes a request: {}", opened.text());
    assert_eq!((station.size(), station.newest()), (before + 1, "letter.opened"));
    let file = station.post("/exchange/LW-0001/in/1/files/0", &[]);
    assert_eq!(file.text(), "第九条");
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert_eq!(station.post("/exchange/LW-0001/in/1/files/1", &[]).status, 404);
    assert_eq!(station.get("/exchange/LW-0001/in/2").status, 404);

    let form = station.get("/exchange/LW-0001/write?re=1");
    let fields = [
        ("key", &*form.hidden("key")),
        ("re", &*form.hidden("re")),
        ("sort", "answer"),
        ("subject", "可以给判据"),
        ("due", "2030-01-31"),
    ];
    let answered = station.post("/exchange/LW-0001/write", &fields);
    assert_eq!(answered.status, 303, "{}", answered.text());
    // A notice is not a company's to write.
    let fields = [("sort", "warning"), ("subject", "越权")];
    assert_eq!(node.post("/exchange/LW-0001/write", &fields).status, 422);

    carry(&station, &node);
    let read = node.post("/exchange/LW-0001/in/1", &[]).text();
    assert!(read.contains("2030-01-31") && read.contains("/exchange/LW-0001/out/1"), "{read}");
    let mine = whole(&node, "/exchange/LW-0001/out/1");
    assert!(mine.contains("包含证明已核对"), "{mine}");
    let receipt = node.get("/exchange/LW-0001/out/1/receipt");
    assert!(receipt.text().contains("c2sp.org/tlog-proof@v1"), "{}", receipt.text());
    assert!(node.on_disk("供应商索要参数").is_empty(), "letters lie sealed");

    whole(&station, "/exchange/LW-0001/end");
    assert_eq!(station.post("/exchange/LW-0001/end", &[("why", "企业迁出")]).status, 303);
    let refused = station.post("/exchange/LW-0001/write", &[("sort", "notice"), ("subject", "迟")]);
    assert_eq!(refused.status, 422);
}

#[test]
fn a_station_takes_bundles_from_programs_and_nothing_else() {
    let station = House::station();
    for body in ["", "midun.bundle/v1\n", "PK\u{3}\u{4}"] {
        let request = station.request("POST", "/exchange").header("cookie", "");
        let answer = station.ask(request.body(body.into()).expect("a request"));
        assert_eq!(answer.status, 422, "{}", answer.text());
    }
    let witness = station.request("POST", "/witness/add-checkpoint");
    let answer = station.ask(witness.body("old 0".into()).expect("a request"));
    assert_eq!(answer.status, 400);
}

#[test]
fn what_a_station_prescribes_is_a_task_and_the_companys_word_comes_back() {
    let (station, node) = (House::station(), House::furnished());
    let until = station.office.today().plus_days(3).expect("a day").to_string();
    let offered = station.post("/exchange/offer", &[("company", "QY-0001"), ("until", &*until)]);
    let invitation = between(&offered.text(), "id=\"invitation\">", "<").to_owned();
    assert_eq!(node.post("/exchange/join", &[("invitation", &*invitation)]).status, 303);
    assert!(whole(&node, "/tasks").contains("还没有任务"));
    carry(&node, &station);

    let plan = [
        ("company", "QY-0001"),
        ("title", "首次走访"),
        ("day", "2026-11-22"),
        ("checklist", "diagnosis"),
    ];
    assert_eq!(station.post("/visits/new", &plan).status, 303);
    let seen = [
        ("happened", "2026-11-22"),
        ("mark-list", "wanting"),
        ("finding-list", "planted-finding"),
        ("grade-list", "high"),
        ("due-list", "2026-12-24"),
    ];
    assert_eq!(station.post("/visits/ZF-0001/record", &seen).status, 303);
    assert!(whole(&station, "/exchange/LW-0001").contains("整改处方 CF-0001"), "told by itself");
    assert!(whole(&station, "/prescriptions/CF-0001").contains("/exchange/LW-0001"));

    carry(&station, &node);
    let today = whole(&node, "/");
    assert!(today.contains("/tasks/RW-0001"), "{today}");
    assert!(!today.contains("函件未读"), "what became a task waits there only");
    let list = whole(&node, "/tasks?view=open");
    assert!(list.contains("RW-0001") && list.contains("是否有商业秘密清单"), "{list}");
    let task = whole(&node, "/tasks/RW-0001");
    assert!(task.contains("planted-finding") && task.contains("CF-0001"), "{task}");
    assert!(node.on_disk("planted-finding").is_empty(), "it lies sealed");
    assert!(whole(&node, "/exchange/LW-0001/in/1").contains("RW-0001"));

    whole(&node, "/tasks/RW-0001/progress");
    let bad = [("how", "perhaps"), ("happened", "2026-11-24"), ("note", "逐条写明")];
    let refused = node.post("/tasks/RW-0001/progress", &bad);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("逐条写明"), "what was typed is kept");
    let form = node.get("/tasks/RW-0001/progress");
    let good = [
        ("key", &*form.hidden("key")),
        ("how", "done"),
        ("happened", "2026-11-24"),
        ("note", "planted-remedy"),
    ];
    let size = node.size();
    for _ in 0..2 {
        assert_eq!(node.post("/tasks/RW-0001/progress", &good).status, 303);
        assert_eq!(node.size(), size + 2, "the word and its letter, once");
    }
    assert!(whole(&node, "/tasks/RW-0001").contains("待复查"));

    carry(&node, &station);
    let prescription = whole(&station, "/prescriptions/CF-0001");
    for told in ["待复查", "planted-remedy", "企业节点"] {
        assert!(prescription.contains(told), "{told}: {prescription}");
    }
    assert!(whole(&station, "/prescriptions?view=done").contains("CF-0001"));
    let review = [("verdict", "cured"), ("happened", "2026-11-24"), ("note", "看过")];
    assert_eq!(station.post("/prescriptions/CF-0001/review", &review).status, 303);
    carry(&station, &node);
    let task = whole(&node, "/tasks/RW-0001");
    assert!(task.contains("已整改") && task.contains("看过"), "{task}");
    assert!(!task.contains("/tasks/RW-0001/progress"), "nothing is left to be done");
    assert_eq!(node.post("/tasks/RW-0001/progress", &good[1..]).status, 422);
    let size = (node.size(), station.size());
    whole(&node, "/");
    whole(&station, "/");
    assert_eq!((node.size(), station.size()), size, "looking again changes nothing");
}

#[test]
fn an_invitation_is_answered_and_who_comes_is_registered() {
    let (station, node) = (House::station(), House::furnished());
    let until = station.office.today().plus_days(3).expect("a day").to_string();
    let offered = station.post("/exchange/offer", &[("company", "QY-0001"), ("until", &*until)]);
    let invitation = between(&offered.text(), "id=\"invitation\">", "<").to_owned();
    assert_eq!(node.post("/exchange/join", &[("invitation", &*invitation)]).status, 303);
    carry(&node, &station);
    let plan = [
        ("title", "送法入企"),
        ("summary", "离职员工管理"),
        ("theme", "people"),
        ("day", "2026-11-28"),
        ("from", "14:00"),
        ("until", "16:00"),
        ("place", "报告厅"),
        ("closes", "2026-11-27"),
        ("keep", "30"),
    ];
    assert_eq!(station.post("/activities/new", &plan).status, 303);
    let invited = [("activity", "HD-0001"), ("companies", "QY-0001")];
    assert_eq!(station.post("/activities/invite", &invited).status, 303);
    carry(&station, &node);
    let task = whole(&node, "/tasks/RW-0001");
    assert!(task.contains("送法入企") && task.contains("报告厅"), "{task}");
    whole(&node, "/tasks/RW-0001/progress");
    for bad in [&[("name", "planted-guest")][..], &[("comes", "yes")][..]] {
        assert_eq!(node.post("/tasks/RW-0001/progress", bad).status, 422, "{bad:?}");
    }
    let good = [("comes", "yes"), ("name", "planted-guest"), ("contact", "000-0001")];
    assert_eq!(node.post("/tasks/RW-0001/progress", &good).status, 303);
    assert!(node.on_disk("planted-guest").is_empty(), "it lies sealed");
    carry(&node, &station);
    let activity = whole(&station, "/activities/HD-0001");
    for told in ["planted-guest", "QY-0001", "企业节点"] {
        assert!(activity.contains(told), "{told}: {activity}");
    }
    assert!(station.on_disk("planted-guest").is_empty(), "it lies sealed");
}

//! 盲比 on pages, by forms and without script: two companies, each with a node of its own.

use crate::house::{Answer, House, STATEMENT};

/// Sends a form with files.
fn upload(house: &House, place: &str, files: &[(&str, &str, &[u8])]) -> Answer {
    let page = house.get(place);
    house.upload(place, &page.hidden("csrf"), &[("key", &page.hidden("key"))], files)
}

#[test]
fn two_companies_learn_what_both_have_by_three_files() {
    let (ours, theirs) = (House::furnished(), House::furnished());
    let long = format!("{STATEMENT}。{}", "冷却段每分钟不超过三摄氏度，出炉后立即真空包装，湿度低于百分之三十，存放不超过七十二小时。".repeat(2));
    let key = ours.get("/blind/new").hidden("key");
    let none = ours.post("/blind/new", &[("key", &key)]);
    assert_eq!(none.status.as_u16(), 422);
    let begun = upload(&ours, "/blind/new", &[("ours", "message.blind", long.as_bytes())]);
    assert_eq!(begun.status.as_u16(), 303, "{}", begun.text());
    assert_eq!(ours.newest(), "blind.begun");
    let offer = ours.get("/blind/MB-0002/message").body;
    assert!(offer.starts_with(b"midun blind comparison 1\noffer "));
    assert_eq!(ours.get("/blind/MB-0002/report.pdf").status.as_u16(), 404, "not yet");

    // A wrong file is told, and the page stays.
    let wrong = upload(&ours, "/blind/MB-0002/take", &[("message", "message.blind", &offer)]);
    assert_eq!(wrong.status.as_u16(), 422);
    assert!(wrong.text().contains("另一份文件"));

    let files: [(&str, &str, &[u8]); 2] =
        [("offer", "offer.blind", &offer), ("ours", "notes.txt", long.as_bytes())];
    let answered = upload(&theirs, "/blind/answer", &files);
    assert_eq!(answered.status.as_u16(), 303, "{}", answered.text());
    let answer = theirs.get("/blind/MB-0002/message").body;

    let mut changed = answer.clone();
    *changed.last_mut().expect("has bytes") ^= 1;
    let refused = upload(&ours, "/blind/MB-0002/take", &[("message", "message.blind", &changed)]);
    assert!(refused.text().contains("证明不成立"), "{}", refused.text());
    assert_eq!(ours.newest(), "blind.failed");
    assert!(ours.get("/blind").text().contains("来文不成立 1 次"));

    let done = upload(&ours, "/blind/MB-0002/take", &[("message", "message.blind", &answer)]);
    assert_eq!(done.status.as_u16(), 303, "{}", done.text());
    assert_eq!(ours.newest(), "blind.done");
    let page = ours.get("/blind/MB-0002").text();
    assert!(page.contains("message.blind") && page.contains("100"), "{page}");
    assert!(!page.contains("冷却段"), "places, and no content");
    assert!(ours.get("/blind/MB-0002/report.pdf").body.starts_with(b"%PDF"));
    assert_eq!(ours.get("/blind/MB-0002/take").status.as_u16(), 404, "it has ended");

    let reply = ours.get("/blind/MB-0002/message").body;
    let learnt = upload(&theirs, "/blind/MB-0002/take", &[("message", "message.blind", &reply)]);
    assert_eq!(learnt.status.as_u16(), 303, "{}", learnt.text());
    assert!(theirs.get("/blind/MB-0002").text().contains("notes.txt"));
}

//! Activities: planned, companies invited, anybody registers, the door checks in, and what is kept of
//! those who came is destroyed in time.

use crate::house::{Filled, House, between};

/// In this order: later ones build on earlier ones.
const WELL: &[Filled] = &[
    (
        "/activities/new",
        &[
            ("title", "送法入企：离职员工管理"),
            ("summary", "planned-summary 讲竞业限制与交接"),
            ("theme", "people"),
            ("day", "2026-11-26"),
            ("from", "14:00"),
            ("until", "16:30"),
            ("place", "北岭园区报告厅"),
            ("closes", "2026-11-25"),
            ("open", "yes"),
            ("seats", "3"),
            ("keep", "30"),
            ("series", "送法入企"),
        ],
        "activity.planned",
    ),
    (
        "/activities/invite",
        &[("activity", "HD-0001"), ("companies", "QY-0001、QY-0002")],
        "activity.invited",
    ),
    (
        "/activities/HD-0001/register",
        &[("name", "planted-walk-in"), ("company", "QY-0001"), ("contact", "planted-phone")],
        "activity.registered",
    ),
    (
        "/activities/HD-0001/move",
        &[
            ("day", "2026-11-27"),
            ("from", "09:30"),
            ("until", "11:30"),
            ("place", "街道会议室"),
            ("why", "报告厅检修"),
        ],
        "activity.moved",
    ),
    ("/activities/HD-0001/ask", &[("question", "planted-question")], "activity.asked"),
    (
        "/activities/HD-0001/questions/1",
        &[("answer", "planted-answer"), ("shown", "yes")],
        "activity.answered",
    ),
    (
        "/activities/HD-0001/supply",
        &[("title", "讲义"), ("url", "https://station.example/handout.pdf")],
        "activity.supplied",
    ),
];

fn planned() -> House {
    let house = House::station();
    house.fill(WELL);
    house
}

/// A form of somebody without an account.
fn public(house: &mut House, path: &str, fields: &[(&str, &str)]) -> crate::house::Answer {
    let cookie = std::mem::take(&mut house.cookie);
    let answer = house.post_with(path, "", fields);
    house.cookie = cookie;
    answer
}

fn seen(house: &mut House, path: &str) -> crate::house::Answer {
    let cookie = std::mem::take(&mut house.cookie);
    let answer = house.get(path);
    house.cookie = cookie;
    let text = answer.text();
    let key = between(&text, ">w-", "<");
    assert!(key.is_empty(), "{path}: w-{key} has no words");
    answer
}

#[test]
fn anybody_registers_and_the_code_opens_the_door_once() {
    let mut house = planned();
    let calendar = seen(&mut house, "/public/activities").text();
    assert!(calendar.contains("HD-0001") && calendar.contains("街道会议室"), "{calendar}");
    let ics = seen(&mut house, "/public/activities.ics").text().replace("\r\n ", "");
    assert!(ics.contains("DTSTART:20261127T013000Z") && ics.contains("街道会议室"), "{ics}");
    let page = seen(&mut house, "/public/activities/HD-0001").text();
    assert!(page.contains("planned-summary") && page.contains("2026-12-27"), "{page}");
    assert!(!page.contains("planted-walk-in"), "who comes is nobody's business");

    let bad = public(&mut house, "/public/activities/HD-0001", &[("contact", "13900000000")]);
    assert_eq!(bad.status, 422);
    assert!(bad.text().contains("13900000000"), "what was typed is kept");
    let key = "0123456789abcdef0123456789abcdef";
    let form = [("key", key), ("name", "planted-name"), ("organisation", "planted-firm")];
    let size = house.size();
    let first = public(&mut house, "/public/activities/HD-0001", &form);
    assert_eq!(first.status, 303, "{}", first.text());
    let again = public(&mut house, "/public/activities/HD-0001", &form);
    assert_eq!((again.to(), house.size()), (first.to(), size + 1), "twice is once");
    let ticket_at = first.to().to_owned();
    let code = ticket_at.rsplit('/').next().expect("a code").to_owned();
    assert_eq!(code.len(), 12);
    for word in ["planted-name", "planted-firm", "planted-phone", "planted-question", &*code] {
        assert_eq!(house.on_disk(word), [""; 0], "{word} lies sealed, or is not kept");
    }
    let ticket = seen(&mut house, &ticket_at).text();
    for shown in ["<path fill=\"#000\" d=\"M", "planted-name", "planted-answer", "handout.pdf"] {
        assert!(ticket.contains(shown), "{shown}: {ticket}");
    }
    assert_eq!(seen(&mut house, "/public/tickets/000000000000").status, 404);
    // Nobody checks in without an account, nor before the day.
    let door = format!("/checkin/{code}");
    assert!(seen(&mut house, &door).to().starts_with("/unlock"));
    let early = house.post(&door, &[]);
    assert_eq!(early.status, 422, "{}", early.text());

    let full = [("name", "第三人")];
    assert_eq!(public(&mut house, "/public/activities/HD-0001", &full).status, 303);
    let refused = public(&mut house, "/public/activities/HD-0001", &full);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("名额已满"), "{}", refused.text());

    house.wait(3 * 24 * 3600);
    house.enter_again();
    assert!(house.get(&door).text().contains("planted-name"));
    let typed = house.post("/checkin", &[("code", &*code.to_lowercase())]);
    assert_eq!(typed.to(), door);
    assert_eq!(house.post("/checkin", &[("code", "nonsense")]).status, 422);
    assert_eq!(house.post(&door, &[]).status, 303);
    assert_eq!(house.newest(), "activity.checked_in");
    let twice = house.post(&door, &[]);
    assert_eq!(twice.status, 422, "a copied code opens no second time");
    assert_eq!(house.post("/activities/HD-0001/came/1", &[]).status, 303);

    let asked = [("deed", "ask"), ("question", "当场再问一个")];
    assert!(public(&mut house, &ticket_at, &asked).text().contains("提问已收到"));
    let rated = [("deed", "rate"), ("mark", "5"), ("text", "planted-remark")];
    assert!(public(&mut house, &ticket_at, &rated).text().contains("评价已收到"));
    assert!(public(&mut house, &ticket_at, &rated).text().contains("已经评价过"));
    let none = public(&mut house, &ticket_at, &[("deed", "rate"), ("mark", "9")]);
    assert!(none.text().contains("note bad"));
    let back = public(&mut house, &ticket_at, &[("deed", "withdraw")]);
    assert!(back.text().contains("已经签到"), "who came has come");

    // Closing counts one training for the company that came.
    let before = house.size();
    assert_eq!(house.post("/activities/HD-0001/hold", &[]).status, 303);
    assert_eq!((house.size(), house.newest()), (before + 2, "service.given"));
    let one = house.get("/activities/HD-0001").text();
    for told in ["planted-name", "planted-phone", "66%", "5.0", "当场再问一个"] {
        assert!(one.contains(told), "{told}: {one}");
    }

    // When the time is over, names are gone for good.
    let kept = house.office.erase_registrations(&house.office.ask("owner")).expect("looks");
    assert_eq!(kept, 0, "not before");
    house.wait(31 * 24 * 3600);
    let erased = house.office.erase_registrations(&house.office.ask("owner")).expect("erased");
    assert_eq!(erased, 3);
    let again = house.office.erase_registrations(&house.office.ask("owner")).expect("looks");
    assert_eq!(again, 0);
    house.enter_again();
    let one = house.get("/activities/HD-0001").text();
    assert!(!one.contains("planted-name") && !one.contains("planted-phone"), "{one}");
    assert!(one.contains("planted-answer"), "what is no personal data stays");
    assert!(!seen(&mut house, &ticket_at).text().contains("planted-name"));
    let findings = house.office.fsck(true).expect("fsck runs");
    assert!(findings.problems.is_empty(), "{:?}", findings.problems);
}

#[test]
fn what_is_not_open_is_not_there_for_the_public() {
    let mut house = House::station();
    let mut closed = WELL[0].1.to_vec();
    closed.retain(|(name, _)| *name != "open");
    assert_eq!(house.post("/activities/new", &closed).status, 303);
    assert_eq!(seen(&mut house, "/public/activities/HD-0001").status, 404);
    let sent = public(&mut house, "/public/activities/HD-0001", &[("name", "甲")]);
    assert_eq!(sent.status, 404);
    assert!(!seen(&mut house, "/public/activities").text().contains("HD-0001"));
    assert!(!seen(&mut house, "/public/activities.ics").text().contains("HD-0001"));
    let cancel = [("why", "讲师出差")];
    assert_eq!(house.post("/activities/HD-0001/cancel", &cancel).status, 303);
    assert_eq!(house.post("/activities/HD-0001/cancel", &cancel).status, 422);
}

/// Path, fields, and the field at which the error stands.
const BADLY: &[Filled] = &[
    ("/activities/new", &[("title", "甲")], "summary"),
    ("/activities/HD-0001/move", &[("from", "25:00"), ("day", "2026-12-01")], "from"),
    ("/activities/HD-0001/cancel", &[], "why"),
    ("/activities/HD-0001/register", &[("company", "QY-0001")], "name"),
    ("/activities/HD-0001/supply", &[("title", "讲义"), ("url", "javascript:alert(1)")], "url"),
    ("/activities/HD-0001/ask", &[], "question"),
    ("/activities/invite", &[("activity", "HD-0001"), ("companies", "MD-0001")], "companies"),
];

#[test]
fn what_is_filled_in_badly_comes_back_with_the_place_to_mend() {
    let house = planned();
    let before = house.size();
    for (path, fields, at) in BADLY {
        let answer = house.post(path, fields);
        assert_eq!(answer.status.as_u16(), 422, "{path} {fields:?}: {}", answer.text());
        let text = answer.text();
        let errors = between(&text, "class=\"errs\"", "</div>");
        assert!(errors.contains(&format!("href=\"#f-{at}\"")), "{path} {fields:?}: {errors}");
    }
    assert_eq!(house.size(), before, "nothing was written");
    // By a question to the directory: the number that was read must still be right.
    let form = house.get("/activities/invite?activity=HD-0001&park=北岭园区").text();
    assert!(form.contains("name=\"count\" value=\"2\""), "{form}");
    let stale = [("activity", "HD-0001"), ("park", "北岭园区"), ("count", "7")];
    assert_eq!(house.post("/activities/invite", &stale).status, 422);
}

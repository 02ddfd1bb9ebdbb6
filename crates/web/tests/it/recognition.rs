//! Recognition by its pages: from the application to the certificate that anybody looks up.

use crate::house::{House, PASSPHRASE, between};
use crate::routes;

/// Points of all criteria of a company: those named, and the rest with `rest`.
fn marks(named: &[(&str, u32)], rest: u32) -> Vec<(String, String)> {
    let scheme = office::scheme("company").expect("it is shipped");
    let of = |id: &str| named.iter().find(|(one, _)| *one == id).map_or(rest, |(_, n)| *n);
    let all = scheme.criteria().map(|(_, one)| {
        (format!("mark-{}", one.id.id), of(&one.id.id).min(one.points).to_string())
    });
    all.collect()
}

/// Sends a form well: it is written, as this kind, and only once.
fn send(house: &House, path: &str, fields: &[(&str, &str)], kind: &str) {
    let form = house.get(path);
    assert_eq!(form.status.as_u16(), 200, "{path}");
    let key = form.hidden("key");
    let mut sent = vec![("key", &*key)];
    sent.extend(fields);
    let answer = house.post(path, &sent);
    assert_eq!(answer.status.as_u16(), 303, "{path}: {}", answer.text());
    assert_eq!(house.newest(), kind, "{path}");
    let size = house.size();
    house.post(path, &sent);
    assert_eq!(house.size(), size, "{path} twice");
}

fn review(house: &House, expert: &str, points: &[(String, String)], note: &str) {
    let mut fields = vec![("expert", expert), ("happened", "2026-11-24"), ("note", note)];
    fields.extend(points.iter().map(|(name, points)| (&**name, &**points)));
    send(house, "/recognitions/RD-0001/review", &fields, "recognition.reviewed");
}

/// A station with two experts, and an application of QY-0001 with what must be there.
fn applied() -> House {
    let house = House::station();
    for (name, organisation) in [("祝示三", "甲律师事务所（虚构）"), ("温示四", "乙大学（虚构）")]
    {
        let fields = [
            ("name", name),
            ("organisation", organisation),
            ("field", "people"),
            ("from", "2026-01-01"),
            ("until", "2099-12-31"),
        ];
        send(&house, "/experts/new", &fields, "expert.added");
    }
    let fields = [
        ("company", "QY-0001"),
        ("scheme", "company"),
        ("happened", "2026-11-20"),
        ("statement", "planted-statement-of-applicant"),
    ];
    send(&house, "/recognitions/new", &fields, "recognition.applied");
    house
}

fn evidenced() -> House {
    let house = applied();
    for criterion in ["lead", "list", "agreements"] {
        let fields = [("criterion", criterion), ("note", "planted-evidence")];
        send(&house, "/recognitions/RD-0001/evidence", &fields, "recognition.evidenced");
    }
    house
}

#[test]
fn what_is_missing_is_told_and_two_independent_experts_are_asked() {
    let house = applied();
    let page = house.get("/recognitions/RD-0001").text();
    assert_eq!(page.matches("必备，缺").count(), 3, "three criteria must be shown");
    let both = [("expert", "ZJ-0001"), ("expert", "ZJ-0002"), ("due", "2026-12-08")];
    let early = house.post("/recognitions/RD-0001/assign", &both);
    assert_eq!(early.status.as_u16(), 422);
    assert!(early.text().contains("还缺 3 项"), "{}", early.text());
    let nothing = house.post("/recognitions/RD-0001/evidence", &[("criterion", "list")]);
    assert_eq!(nothing.status.as_u16(), 422);
    // A file is kept in the vault, and its name nowhere in clear.
    let form = house.get("/recognitions/RD-0001/evidence");
    let fields = [("key", &*form.hidden("key")), ("criterion", "list")];
    let files = [("files", "planted-paper.pdf", b"planted-content".as_slice())];
    let path = "/recognitions/RD-0001/evidence";
    let answer = house.upload(path, &form.hidden("csrf"), &fields, &files);
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text());
    assert!(
        house.on_disk("planted-paper").is_empty() && house.on_disk("planted-content").is_empty()
    );
    assert_eq!(house.get("/papers/RD-0001/1").body, b"planted-content");
    // What is no proof of the applicant's ledger is refused, beside its field.
    let files = [("proof", "x.tlog-proof", b"c2sp.org/tlog-proof@v1\n".as_slice())];
    let fields = [("criterion", "list"), ("note", "甲")];
    let answer = house.upload(path, &form.hidden("csrf"), &fields, &files);
    assert_eq!(answer.status.as_u16(), 422);
    let single = house.post("/recognitions/RD-0001/assign", &both[1..]);
    assert_eq!(single.status.as_u16(), 422);
}

#[test]
fn from_two_reviews_to_a_certificate_that_anybody_looks_up() {
    let mut house = evidenced();
    let fields = [("expert", "ZJ-0001"), ("expert", "ZJ-0002"), ("due", "2026-12-08")];
    send(&house, "/recognitions/RD-0001/assign", &fields, "recognition.assigned");
    review(&house, "ZJ-0001", &marks(&[("effect", 1)], 50), "planted-note-one");
    let page = house.get("/recognitions/RD-0001").text();
    assert!(!page.contains("planted-note-one") && !page.contains(">95<"), "judged alone");
    let half: Vec<_> = marks(&[], 50).into_iter().skip(1).collect();
    let mut sent = vec![("expert", "ZJ-0002"), ("happened", "2026-11-24")];
    sent.extend(half.iter().map(|(name, points)| (&**name, &**points)));
    let unfilled = house.post("/recognitions/RD-0001/review", &sent);
    assert_eq!(unfilled.status.as_u16(), 422);
    assert!(unfilled.text().contains("href=\"#f-mark-lead\""), "the field is named");
    review(&house, "ZJ-0002", &marks(&[], 50), "planted-note-two");
    let page = house.get("/recognitions/RD-0001").text();
    assert!(page.contains("planted-note-one") && page.contains("planted-note-two"));
    // A look on the spot.
    let fields = [
        ("company", "QY-0001"),
        ("title", "现场查验"),
        ("day", "2026-11-22"),
        ("checklist", "diagnosis"),
    ];
    send(&house, "/visits/new", &fields, "visit.planned");
    let fields = [("happened", "2026-11-22"), ("mark-list", "fine")];
    send(&house, "/visits/ZF-0001/record", &fields, "service.given");
    send(&house, "/recognitions/RD-0001/visit", &[("visit", "ZF-0001")], "recognition.visited");
    let fields = [("happened", "2026-11-24"), ("mean", "yes")];
    send(&house, "/recognitions/RD-0001/agree", &fields, "recognition.agreed");
    assert!(
        house.get("/recognitions/RD-0001").text().contains("97.5 分"),
        "the mean of 95 and 100"
    );
    assert!(!house.get("/public").text().contains("岚屿新材料"), "not before it is published");
    send(
        &house,
        "/recognitions/RD-0001/publish",
        &[("until", "2026-12-01")],
        "recognition.published",
    );
    // The public sees it and objects, without signing in; what is written is sealed.
    let (cookie, csrf) = (std::mem::take(&mut house.cookie), std::mem::take(&mut house.csrf));
    let public = house.get("/public").text();
    assert!(public.contains("岚屿新材料") && public.contains("/public/notices/RD-0001"));
    assert!(!public.contains("QY-0001") && !public.contains("97.5"), "no more than is needed");
    let path = "/public/notices/RD-0001";
    assert_eq!(house.get(path).status.as_u16(), 200);
    assert_eq!(house.post(path, &[("name", "甲")]).status.as_u16(), 422, "it must say something");
    let said = house.post(path, &[("text", "planted-objection"), ("name", "planted-objector")]);
    assert_eq!(said.status.as_u16(), 200, "{}", said.text());
    assert_eq!(house.newest(), "recognition.objected");
    assert_eq!(house.get("/public/notices/RD-0002").status.as_u16(), 404);
    let mut busy = 0;
    while house.post(path, &[("text", "flood")]).status.as_u16() == 200 {
        busy += 1;
        assert!(busy < 100, "a flood is stopped");
    }
    (house.cookie, house.csrf) = (cookie, csrf);
    for word in ["planted-objection", "planted-objector", "planted-evidence", "planted-note-one"] {
        assert!(house.on_disk(word).is_empty(), "{word} lies sealed");
    }
    for at in 0..=busy {
        let objection = (at + 1).to_string();
        let fields = [
            ("objection", &*objection),
            ("upheld", "dismissed"),
            ("why", "查无此事"),
            ("happened", "2026-11-24"),
        ];
        send(&house, "/recognitions/RD-0001/answer", &fields, "recognition.answered");
    }
    let early = house.post("/recognitions/RD-0001/award", &[("happened", "2026-11-24")]);
    assert_eq!(early.status.as_u16(), 422);
    house.wait(8 * 24 * 3600);
    house.unlock(PASSPHRASE);
    assert_eq!(house.get(path).status.as_u16(), 404, "the notice is over");
    send(&house, "/recognitions/RD-0001/award", &[("happened", "2026-12-02")], "service.given");
    let page = house.get("/recognitions/RD-0001").text();
    let code = between(&page, "/public/recognised/", "\"").to_owned();
    assert_eq!(code.len(), 12, "{code}");
    let pdf = house.get("/recognitions/RD-0001/certificate.pdf");
    assert!(pdf.body.starts_with(b"%PDF-1.7"), "{}", pdf.status);
    house.cookie.clear();
    let real = house.get(&format!("/public/recognised/{code}")).text();
    assert!(real.contains("认定有效") && real.contains("2029-12-02"), "{real}");
    let typed = format!("/public/recognised?code={}+{}", &code[..4].to_lowercase(), &code[4..]);
    assert_eq!(house.get(&typed).to(), format!("/public/recognised/{code}"));
    let forged = house.get("/public/recognised/ZZZZZZZZZZZZ");
    assert_eq!(forged.status.as_u16(), 404);
    assert!(house.get("/public").text().contains(&code));
    // A yearly check, and what was revoked holds no more.
    house.unlock(PASSPHRASE);
    let fields = [("verdict", "kept"), ("happened", "2026-12-02"), ("next", "2027-12-02")];
    send(&house, "/recognitions/RD-0001/check", &fields, "recognition.checked");
    let fields = [("how", "revoked"), ("why", "查实材料虚假"), ("happened", "2026-12-02")];
    send(&house, "/recognitions/RD-0001/end", &fields, "recognition.ended");
    let gone = house.get(&format!("/public/recognised/{code}")).text();
    assert!(gone.contains("现在无效") && gone.contains("撤销"), "{gone}");
    let csv = house.get("/recognitions.csv?view=over").text();
    assert!(csv.contains("RD-0001") && csv.contains("97.5"), "{csv}");
    for route in routes::of_station().into_iter().filter(|route| route.get) {
        let answer = house.get(&route.path);
        assert!(answer.status.as_u16() < 500, "{}: {}", route.path, answer.status);
        let text = answer.text();
        let key = between(&text, ">w-", "<");
        assert!(key.is_empty(), "{}: w-{key} has no words", route.path);
    }
    assert!(house.office.fsck(true).expect("it can be looked at").problems.is_empty());
}

#[test]
fn nobody_sees_more_of_a_station_than_its_public_pages() {
    let mut house = evidenced();
    house.cookie.clear();
    let before = house.size();
    let open = |pattern: &str| routes::PUBLIC.iter().any(|(open, _)| *open == pattern);
    for route in routes::of_station().into_iter().filter(|route| !open(&route.pattern)) {
        let answer = house.get(&route.path);
        assert_eq!(answer.status.as_u16(), 303, "{}", route.path);
        assert!(answer.to().starts_with("/unlock"), "{}", route.path);
        if route.post {
            assert_eq!(house.post(&route.path, &[]).status.as_u16(), 303, "{}", route.path);
        }
    }
    assert!(house.get("/exchange").to().starts_with("/unlock"));
    assert_eq!(house.size(), before);
}

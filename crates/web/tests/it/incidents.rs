//! An incident on the pages: suspected, preserved, linked, held against routes, argued, closed; and
//! what is thought of it enters nothing.

use domain::Number;
use domain::terms::{AccountRole, Purpose};
use office::{AccountForm, Withheld};

use crate::house::{Filled, House, PASSPHRASE, between};

/// In this order: later ones build on earlier ones. SJ-0001 is the house's own.
const WELL: &[Filled] = &[
    (
        "/incidents/new",
        &[
            ("title", "样件疑似外流"),
            ("text", "planted-suspicion"),
            ("conduct", "breach"),
            ("secret", "MD-0001"),
            ("from", "2026-10-01"),
            ("until", "2026-10-20"),
            ("noticed", "2026-11-01"),
            ("person", "RY-0001"),
            ("others", "planted-others"),
        ],
        "incident.opened",
    ),
    (
        "/incidents/SJ-0002/preserve",
        &[
            ("item", "access_log"),
            ("happened", "2026-11-02"),
            ("origin", "planted-place"),
            ("collector", "planted-collector"),
            ("method", "planted-method"),
            ("dated", "2026-10-05"),
            ("bears", "date"),
        ],
        "incident.preserved",
    ),
    (
        "/incidents/SJ-0002/exhibits/1/hand",
        &[("happened", "2026-11-03"), ("giver", "planted-giver"), ("taker", "planted-taker")],
        "incident.handed",
    ),
    (
        "/incidents/SJ-0002/link",
        &[("thing", "BD-0001"), ("text", "planted-shows")],
        "incident.linked",
    ),
    (
        "/incidents/SJ-0002/note",
        &[("text", "planted-note"), ("happened", "2026-11-04")],
        "incident.noted",
    ),
    (
        "/incidents/SJ-0002/figures/criminal/value",
        &[("research", "3260000"), ("basis", "planted-voucher"), ("rely", "1")],
        "incident.reckoned",
    ),
    (
        "/incidents/SJ-0002/revise",
        &[
            ("conduct", "breach"),
            ("secret", "MD-0001"),
            ("from", "2026-10-02"),
            ("until", "2026-10-20"),
            ("noticed", "2026-11-01"),
            ("person", "RY-0001"),
            ("why", "核对门禁"),
        ],
        "incident.revised",
    ),
    ("/incidents/SJ-0002/links/BD-0001/remove", &[("why", "与本事件无关")], "incident.unlinked"),
    (
        "/incidents/SJ-0002/close",
        &[("outcome", "internal"), ("happened", "2026-11-20"), ("text", "planted-outcome")],
        "incident.closed",
    ),
    ("/incidents/SJ-0002/reopen", &[("why", "新线索")], "incident.reopened"),
];

/// Path, fields, and what the page then says; nothing is written.
const WRONG: &[Filled] = &[
    ("/incidents/new", &[("title", "旧事"), ("conduct", "breach")], "请填写"),
    (
        "/incidents/new",
        &[
            ("title", "旧事"),
            ("text", "某日看到"),
            ("conduct", "breach"),
            ("from", "2026-10-20"),
            ("until", "2026-10-21"),
            ("noticed", "2026-10-01"),
        ],
        "早于行为可能的最早一天",
    ),
    (
        "/incidents/new",
        &[
            ("title", "机密外流"),
            ("text", "某日看到"),
            ("conduct", "breach"),
            ("from", "2026-10-20"),
            ("until", "2026-10-21"),
            ("noticed", "2026-10-30"),
        ],
        "机密",
    ),
    (
        "/incidents/SJ-0001/preserve",
        &[("item", "fly"), ("happened", "2026-11-02"), ("origin", "某处"), ("collector", "某人")],
        "证据标准里没有",
    ),
    (
        "/incidents/SJ-0001/preserve",
        &[("item", "access_log"), ("happened", "2026-11-02")],
        "请填写",
    ),
    ("/incidents/SJ-0001/link", &[("number", "BD-0001")], "已经关联"),
    ("/incidents/SJ-0001/link", &[("number", "BD-0099")], "BD-0099"),
    ("/incidents/SJ-0001/exhibits/1/hand", &[("happened", "2026-11-02")], "请填写"),
    ("/incidents/SJ-0001/print", &[("of", "moot")], "请先确认"),
];

#[test]
fn an_incident_goes_from_suspicion_to_its_doors() {
    let house = House::furnished();
    house.fill(WELL);
    let size = house.size();
    for (path, fields, words) in WRONG {
        let answer = house.post(path, fields);
        assert!(answer.text().contains(words), "{path} lacks {words}: {}", answer.text());
        assert_eq!(answer.status.as_u16(), 422, "{path}");
    }
    assert_eq!(house.size(), size, "nothing wrong is written");

    let page = house.get("/incidents/SJ-0002").text();
    for words in [
        "planted-suspicion",
        "planted-others",
        "planted-place",
        "planted-collector",
        "planted-giver",
        "planted-note",
        "2026-10-02",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    for word in [
        "planted-suspicion",
        "planted-others",
        "planted-taker",
        "planted-shows",
        "planted-note",
        "planted-voucher",
        "planted-outcome",
        "planted-method",
    ] {
        assert_eq!(house.on_disk(word), [""; 0], "{word} lies sealed");
    }
    assert!(house.get("/incidents").text().contains("样件疑似外流"));
    assert!(house.get("/").text().contains("样件疑似外流"), "it is a task of today");
    // Limitation by the law's clocks: three years from November 1, which is a Thursday in 2029.
    let board = house.get("/incidents/SJ-0002/doors").text();
    assert!(board.contains("2029-11-01") && board.contains("2028-10-20"), "{board}");
    assert!(board.contains("保险理赔") && board.contains("先补再交"), "{board}");
    let door = house.get("/incidents/SJ-0002/doors/criminal").text();
    assert!(door.contains("3,260,000.00") && door.contains("待核"), "{door}");
    assert_eq!(house.get("/incidents/SJ-0002/doors/fly").status.as_u16(), 404);
    assert_eq!(house.get("/incidents/SJ-0009").status.as_u16(), 404);
    let pdf = house.get("/incidents/SJ-0002/doors.pdf");
    assert!(pdf.body.starts_with(b"%PDF-"), "the options as a paper");
}

/// What answers an argument makes it go, and neither sheet leaves a trace.
#[test]
fn the_moot_court_cites_entries_and_is_never_recorded() {
    let house = House::furnished();
    let size = house.size();
    let moot = house.get("/incidents/SJ-0001/moot").text();
    assert!(moot.contains("我们的信息并不相同") && moot.contains("href=\"/ledger/"), "{moot}");
    let answer: &[(&str, &str)] = &[
        ("item", "sameness_appraisal"),
        ("happened", "2026-11-10"),
        ("origin", "鉴定机构"),
        ("collector", "顾示二"),
    ];
    let sheet = house.get("/incidents/SJ-0001/doors/civil/sheet").text();
    assert!(sheet.contains("不保存"), "{sheet}");
    let pdf = house.post("/incidents/SJ-0001/print", &[("of", "moot"), ("know", "1")]);
    assert!(pdf.body.starts_with(b"%PDF-"), "{}", pdf.text());
    let pdf = house.post("/incidents/SJ-0001/print", &[("of", "civil"), ("know", "1")]);
    assert!(pdf.body.starts_with(b"%PDF-"), "{}", pdf.text());
    assert_eq!(house.size(), size, "looking and printing is not recorded");
    house.post("/incidents/SJ-0001/preserve", answer);
    let moot = house.get("/incidents/SJ-0001/moot").text();
    assert!(!moot.contains("我们的信息并不相同"), "{moot}");
}

/// Neither the suspect nor a colleague who may know the secret point learns of an incident.
#[test]
fn an_incident_stands_in_no_timeline_of_others() {
    let mut house = House::furnished();
    for path in ["/secrets/MD-0001", "/people/RY-0001", "/partners/HZ-0001"] {
        let page = house.get(path).text();
        assert!(!between(&page, "<main", "</main>").contains("SJ-0001"), "{path}");
    }
    let office = &house.office;
    let unlocked = office.unlock(PASSPHRASE).expect("the passphrase is right");
    let holder = Number::parse("RY-0001").ok();
    let role = AccountRole::Member;
    let form = AccountForm { name: "suspect".into(), role, holder, secrets: None, until: None };
    let (receipt, code) =
        office.open_account(&office.ask("owner"), form, Some(&unlocked)).expect("it is opened");
    let account = receipt.number.expect("a number");
    let password = "a sentence of my own";
    let ask = office.ask(&account.to_string());
    office.choose_password(&ask, account, &code, password).expect("the code works");
    house.sign_in("suspect", password);
    for path in ["/incidents", "/incidents/SJ-0001", "/incidents/SJ-0001/moot"] {
        assert_eq!(house.get(path).status.as_u16(), 403, "{path}");
    }
    assert!(!house.get("/").text().contains("展会宣传页"));
}

#[test]
fn a_dossier_takes_the_evidence_and_nothing_that_was_thought() {
    let house = House::furnished();
    let form = "/dossiers/new?secret=MD-0001&purpose=complaint&incident=SJ-0001";
    let page = house.get(form).text();
    assert!(page.contains("name=\"incident\" value=\"SJ-0001\""), "{page}");
    let (office, no) = (&house.office, |text| Number::parse(text).expect("a number"));
    let reader = office.reader().expect("a reader");
    let plan = |incident| {
        let of = (&[no("MD-0001")][..], incident);
        office.plan(&reader, of, Purpose::Complaint, Withheld::default()).expect("a plan")
    };
    let (plain, with) = (plan(None), plan(Some(no("SJ-0001"))));
    // The exhibit, its file, and its going into other hands; not the suspicion, not the link.
    assert_eq!((with.events, with.files), (plain.events + 3, plain.files + 1));
    assert_eq!(
        house
            .get("/dossiers/new/check?secret=MD-0001&purpose=suit&incident=SJ-0077")
            .status
            .as_u16(),
        404
    );
}

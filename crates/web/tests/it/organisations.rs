//! Organisations and what one asks of another: ten walk-throughs of two bodies, each by both sides'
//! own accounts, each ending in a receipt and a reply or in an escalation; and what each kind sees,
//! asked of the pages.

use domain::reach::{Reach, Thing, reach};
use domain::terms::{AccountRole, OrganisationKind};

use crate::accounts::{PASSWORD, open_for};
use crate::house::{Filled, House};

/// How a walk-through ends.
#[derive(Clone, Copy, PartialEq)]
enum End {
    /// With a receipt and a reply.
    Reply(&'static str),
    /// Turned down, and taken to the bureau, which answers.
    TurnedDown,
    /// Nobody answered in time: taken to the bureau.
    Late,
}

/// Who asks whom for what, and how it ends.
const WALKS: [(OrganisationKind, OrganisationKind, &str, End); 10] = [
    (OrganisationKind::Street, OrganisationKind::Rights, "lead", End::Reply("given")),
    (OrganisationKind::Rights, OrganisationKind::Firm, "referral", End::Reply("given")),
    (OrganisationKind::Market, OrganisationKind::Police, "transfer", End::Reply("given")),
    (OrganisationKind::Police, OrganisationKind::Market, "evidence", End::Reply("partly")),
    (OrganisationKind::Procuratorate, OrganisationKind::Market, "inquiry", End::Late),
    (OrganisationKind::Court, OrganisationKind::Arbitration, "inquiry", End::TurnedDown),
    (OrganisationKind::Park, OrganisationKind::Insurer, "opinion", End::Reply("given")),
    (OrganisationKind::Association, OrganisationKind::Park, "joint", End::Late),
    (OrganisationKind::Alliance, OrganisationKind::Association, "aid", End::Reply("partly")),
    (OrganisationKind::Insurer, OrganisationKind::Firm, "opinion", End::TurnedDown),
];

fn number(kind: OrganisationKind) -> String {
    let at = OrganisationKind::ALL.iter().position(|of| *of == kind).expect("a kind");
    format!("JG-{:04}", at + 1)
}

/// A station with an organisation of each kind, each with a liaison called by the kind's word.
fn district() -> House {
    let house = House::station();
    for kind in OrganisationKind::ALL {
        let area = match kind {
            OrganisationKind::Park => "北岭园区",
            OrganisationKind::Street => "松风街道",
            _ => "",
        };
        let name = format!("{}（虚构）", kind.word());
        let form = [("name", &*name), ("kind", kind.word()), ("area", area)];
        let answer = house.post("/organisations/new", &form);
        assert_eq!(answer.status.as_u16(), 303, "{}", answer.text());
        open_for(&house, AccountRole::Liaison, kind.word(), Some(&number(*kind)));
    }
    house
}

fn sent(house: &House, path: &str, fields: &[(&str, &str)]) {
    let answer = house.post(path, fields);
    assert_eq!(answer.status.as_u16(), 303, "{path} {fields:?}: {}", answer.text());
}

#[test]
fn ten_walks_of_two_bodies_end_in_a_reply_or_an_escalation() {
    let mut house = district();
    let bureau = number(OrganisationKind::Bureau);
    for (at, (from, to, sort, end)) in WALKS.into_iter().enumerate() {
        let no = format!("XZ-{:04}", at + 1);
        let page = format!("/assistance/{no}");
        let (text, reply) = (format!("planted-ask-{at}"), format!("planted-reply-{at}"));
        let walk = format!("{} → {}", from.word(), to.word());

        house.sign_in(from.word(), PASSWORD);
        let asked = [
            ("from", &*number(from)),
            ("to", &*number(to)),
            ("sort", sort),
            ("title", &*format!("第 {at} 件")),
            ("text", &*text),
            ("company", "QY-0001"),
            ("happened", "2026-11-20"),
            ("due", if end == End::Late { "2026-11-22" } else { "2026-12-20" }),
        ];
        sent(&house, "/assistance/new", &asked);
        assert!(house.get(&page).text().contains(&text), "{walk}: who asks sees it");
        // Who asks doesn't answer for the other one.
        let own = [("happened", "2026-11-24")];
        assert_eq!(house.post(&format!("{page}/receive"), &own).status.as_u16(), 422, "{walk}");

        // A third organisation can't tell that there is such a request.
        let third = OrganisationKind::ALL
            .iter()
            .copied()
            .find(|kind| ![from, to, OrganisationKind::Bureau].contains(kind));
        house.sign_in(third.expect("another one").word(), PASSWORD);
        assert_eq!(house.get(&page).status.as_u16(), 404, "{walk}: a third one");
        assert!(!house.get("/assistance").text().contains(&no), "{walk}: nor its list");

        if end != End::Late {
            house.sign_in(to.word(), PASSWORD);
            let before = house.get(&page).text();
            assert!(!before.contains(&text), "{walk}: the text opens with the receipt");
            let answer = match end {
                End::Reply(answer) => answer,
                _ => "declined",
            };
            let fields = [("answer", answer), ("text", &*reply), ("happened", "2026-11-24")];
            let early = house.post(&format!("{page}/reply"), &fields);
            assert!(early.text().contains("还没有签收"), "{walk}: {}", early.text());
            let receipt = [("reference", "收〔2026〕1号"), ("happened", "2026-11-24")];
            sent(&house, &format!("{page}/receive"), &receipt);
            assert!(house.get(&page).text().contains(&text), "{walk}: then it opens");
            sent(&house, &format!("{page}/triage"), &[("unit", "综合科"), ("urgent", "yes")]);
            sent(&house, &format!("{page}/reply"), &fields);
        }

        house.sign_in(from.word(), PASSWORD);
        let escalate = [
            ("to", &*bureau),
            ("due", "2026-12-30"),
            ("why", "请主管部门协调"),
            ("happened", "2026-11-24"),
        ];
        if let End::Reply(_) = end {
            let answered = house.get(&page).text();
            assert!(answered.contains(&reply) && answered.contains("综合科"), "{walk}");
            let refused = house.post(&format!("{page}/escalate"), &escalate);
            assert!(refused.text().contains("不能升级"), "{walk}: {}", refused.text());
        } else {
            let late = house.get("/assistance?view=late").text();
            assert_eq!(late.contains(&no), end == End::Late, "{walk}");
            sent(&house, &format!("{page}/escalate"), &escalate);
            house.sign_in("bureau", PASSWORD);
            assert!(!house.get(&page).text().contains(&text), "{walk}: the bureau receives first");
            sent(&house, &format!("{page}/receive"), &[("happened", "2026-11-24")]);
            assert!(house.get(&page).text().contains(&text), "{walk}");
            let fields = [("answer", "given"), ("text", "已协调"), ("happened", "2026-11-24")];
            sent(&house, &format!("{page}/reply"), &fields);
            house.sign_in(from.word(), PASSWORD);
            assert!(house.get(&page).text().contains("已协调"), "{walk}");
        }
        sent(&house, &format!("{page}/close"), &[("how", "settled"), ("happened", "2026-11-24")]);
        assert_eq!(house.get(&format!("{page}/reply")).status.as_u16(), 422, "{walk}: it is over");
    }
    for word in ["planted-ask", "planted-reply"] {
        assert_eq!(house.on_disk(word), [""; 0], "{word} lies sealed");
    }
}

/// Things of a company inside the circle of park and street, and of one outside.
const FURNISHED: &[Filled] = &[
    (
        "/requests/new",
        &[
            ("company", "QY-0001"),
            ("title", "离职员工去了同行"),
            ("text", "planted-request"),
            ("theme", "people"),
            ("channel", "phone"),
            ("happened", "2026-11-20"),
            ("due", "2026-11-30"),
        ],
        "request.received",
    ),
    (
        "/visits/new",
        &[
            ("company", "QY-0001"),
            ("title", "首次走访"),
            ("day", "2026-11-30"),
            ("checklist", "diagnosis"),
        ],
        "visit.planned",
    ),
    (
        "/cases/new",
        &[
            ("procedure", "administrative"),
            ("title", "离职员工带走参数"),
            ("company", "QY-0001"),
            ("source", "paper"),
            ("happened", "2026-11-24"),
        ],
        "case.opened",
    ),
    (
        "/recognitions/new",
        &[("company", "QY-0001"), ("scheme", "company"), ("happened", "2026-11-24")],
        "recognition.applied",
    ),
];

/// The table itself, asked of the pages: each kind, each role, each thing.
#[test]
fn each_kind_sees_what_the_table_says_and_nothing_else() {
    let mut house = district();
    house.fill(FURNISHED);
    for kind in OrganisationKind::ALL {
        open_for(
            &house,
            AccountRole::Observer,
            &format!("{}-reads", kind.word()),
            Some(&number(*kind)),
        );
    }
    for kind in OrganisationKind::ALL {
        for (role, name) in [
            (AccountRole::Liaison, kind.word().to_owned()),
            (AccountRole::Observer, format!("{}-reads", kind.word())),
        ] {
            house.sign_in(&name, PASSWORD);
            for (thing, page) in [
                (Thing::Companies, "/companies/QY-0001"),
                (Thing::Requests, "/requests/SQ-0001"),
                (Thing::Visits, "/visits/ZF-0001"),
                (Thing::Cases, "/cases/AJ-0001"),
                (Thing::Recognitions, "/recognitions/RD-0001"),
            ] {
                let place = format!("{name} × {}", thing.word());
                let area = matches!(kind, OrganisationKind::Park | OrganisationKind::Street);
                let want = match reach(role, *kind, thing) {
                    Reach::All => true,
                    // QY-0001 is in the park and street; nobody has members or a part in anything.
                    Reach::Circle => area,
                    Reach::Own | Reach::Nothing => false,
                };
                let answer = house.get(page);
                let there = answer.status.as_u16() == 200;
                assert_eq!(there, want, "{place}: {}", answer.status);
                if !there {
                    assert_eq!(answer.status.as_u16(), 404, "{place}: as if there were none");
                }
                let text = answer.text();
                assert!(!text.contains("planted-request"), "{place}: the text is not its own");
                let list = page.rsplit_once('/').expect("a list").0;
                let listed = house.get(list).text();
                let row = format!("href=\"{page}\"");
                assert_eq!(listed.contains(&row), want, "{place}: its list");
            }
            for gone in ["/warnings", "/accounts", "/ledger", "/exchange", "/coverage"] {
                assert_ne!(house.get(gone).status.as_u16(), 200, "{name} × {gone}");
            }
        }
    }
    // What somebody is asked for brings what it is about into sight: company, case, request, text.
    house.enter_again();
    sent(
        &house,
        "/assistance/new",
        &[
            ("from", &*number(OrganisationKind::Bureau)),
            ("to", &*number(OrganisationKind::Police)),
            ("sort", "evidence"),
            ("title", "协助核实"),
            ("text", "planted-ask"),
            ("company", "QY-0001"),
            ("case", "AJ-0001"),
            ("request", "SQ-0001"),
            ("happened", "2026-11-24"),
            ("due", "2026-12-24"),
        ],
    );
    house.sign_in("police", PASSWORD);
    for page in ["/companies/QY-0001", "/cases/AJ-0001", "/requests/SQ-0001"] {
        assert_eq!(house.get(page).status.as_u16(), 200, "{page}");
    }
    assert!(house.get("/requests/SQ-0001").text().contains("planted-request"));
    assert_eq!(house.get("/companies/QY-0002").status.as_u16(), 404);
    // An observer of the same body sees that there is something, and no text.
    house.sign_in("police-reads", PASSWORD);
    let page = house.get("/requests/SQ-0001");
    assert_eq!(page.status.as_u16(), 200);
    assert!(!page.text().contains("planted-request"));
    assert_eq!(house.post("/assistance/XZ-0001/receive", &[]).status.as_u16(), 403);
    // An organisation that takes part no more sees nothing.
    house.enter_again();
    let end = [("happened", "2026-11-24"), ("why", "机构改革")];
    sent(&house, &format!("/organisations/{}/end", number(OrganisationKind::Police)), &end);
    house.sign_in("police", PASSWORD);
    for page in ["/companies/QY-0001", "/assistance/XZ-0001"] {
        assert_eq!(house.get(page).status.as_u16(), 404, "{page}");
    }
}

#[test]
fn an_account_acts_for_its_own_organisation_and_does_not_widen_its_sight() {
    let mut house = district();
    let (park, street) = (number(OrganisationKind::Park), number(OrganisationKind::Street));
    house.sign_in("park", PASSWORD);
    let size = house.size();
    for (path, fields) in [
        (format!("/organisations/{park}/change"), vec![("name", "园区"), ("area", "南岭园区")]),
        (
            format!("/organisations/{park}/enrol"),
            vec![("company", "QY-0002"), ("happened", "2026-11-24")],
        ),
        (format!("/organisations/{street}/end"), vec![("happened", "2026-11-24"), ("why", "x")]),
        (
            "/assistance/new".to_owned(),
            vec![
                ("from", &*street),
                ("to", "JG-0001"),
                ("sort", "lead"),
                ("title", "冒名"),
                ("text", "x"),
                ("happened", "2026-11-24"),
                ("due", "2026-12-24"),
            ],
        ),
    ] {
        let answer = house.post(&path, &fields);
        assert!(answer.status.as_u16() >= 400, "{path}: {}", answer.status);
    }
    assert_eq!(house.size(), size, "nothing was written");
    assert_eq!(house.post("/organisations/new", &[]).status.as_u16(), 403);

    // Members come into the sight of an alliance when the station enrols them, and may be asked.
    let alliance = number(OrganisationKind::Alliance);
    house.sign_in("alliance", PASSWORD);
    assert_eq!(house.get("/companies/QY-0002").status.as_u16(), 404);
    house.enter_again();
    let enrol = [("company", "QY-0002"), ("happened", "2026-11-24"), ("post", "理事单位")];
    sent(&house, &format!("/organisations/{alliance}/enrol"), &enrol);
    house.sign_in("alliance", PASSWORD);
    assert_eq!(house.get("/companies/QY-0002").status.as_u16(), 200);
    let aid = [
        ("from", &*alliance),
        ("to", "QY-0002"),
        ("sort", "aid"),
        ("title", "请会员分享处置经验"),
        ("text", "planted-aid"),
        ("happened", "2026-11-24"),
        ("due", "2026-12-24"),
    ];
    sent(&house, "/assistance/new", &aid);
    sent(&house, "/assistance/XZ-0001/receive", &[("happened", "2026-11-24")]);
    let reply = [("answer", "given"), ("text", "愿意分享"), ("happened", "2026-11-24")];
    sent(&house, "/assistance/XZ-0001/reply", &reply);
    sent(&house, &format!("/organisations/{alliance}/leave"), &enrol);
    let again = house.post("/assistance/new", &aid);
    assert!(again.text().contains("不是"), "{}", again.text());
}

/// The rights station's desk: a question comes in, is answered, referred, followed up, by the
/// station's own liaison.
#[test]
fn a_desk_takes_in_answers_refers_and_follows_up() {
    let mut house = district();
    let (rights, firm) = (number(OrganisationKind::Rights), number(OrganisationKind::Firm));
    house.sign_in("rights", PASSWORD);
    let asked = |company: &'static str| {
        [
            ("organisation", rights.clone()),
            ("company", company.to_owned()),
            ("title", "离职员工带走图纸怎么办".to_owned()),
            ("text", "planted-question".to_owned()),
            ("theme", "people".to_owned()),
            ("channel", "desk".to_owned()),
            ("happened", "2026-11-20".to_owned()),
            ("due", "2026-11-30".to_owned()),
        ]
    };
    let send = |house: &House, company: &'static str| {
        let fields = asked(company);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, &**value)).collect();
        house.post("/requests/ask", &fields)
    };
    let unknown = send(&house, "没有这家企业");
    assert_eq!(unknown.status.as_u16(), 422);
    assert!(unknown.text().contains("名录里没有这家企业"));
    assert!(unknown.text().contains("planted-question"), "what was typed stays");
    // By its name, as people know it; it comes into sight by what it asked.
    let answer = send(&house, "岚屿新材料（虚构）");
    assert_eq!((answer.status.as_u16(), &answer.to()[..17]), (303, "/requests/SQ-0001"));
    let page = "/requests/SQ-0001";
    assert!(house.get(page).text().contains("planted-question"));
    assert!(house.get(&format!("/organisations/{rights}")).text().contains("离职员工带走图纸"));

    let answer = [("text", "planted-answer"), ("happened", "2026-11-21"), ("again", "2026-11-23")];
    let early = [("outcome", "helped"), ("happened", "2026-11-21")];
    assert_eq!(house.post(&format!("{page}/desk/follow"), &early).status.as_u16(), 422);
    sent(&house, &format!("{page}/desk/answer"), &answer);
    let refer = [
        ("from", &*rights),
        ("to", &*firm),
        ("sort", "referral"),
        ("title", "请律师到场"),
        ("text", "planted-referral"),
        ("request", "SQ-0001"),
        ("happened", "2026-11-21"),
        ("due", "2026-12-21"),
    ];
    sent(&house, "/assistance/new", &refer);
    assert!(house.get(page).text().contains("XZ-0001"), "what was referred stands there");
    let follow = [
        ("outcome", "partly"),
        ("note", "planted-follow"),
        ("happened", "2026-11-24"),
        ("again", ""),
    ];
    // The firm has the request in sight, and it is not its desk.
    house.sign_in("firm", PASSWORD);
    assert_eq!(house.get(page).status.as_u16(), 200);
    assert_eq!(house.post(&format!("{page}/desk/follow"), &follow).status.as_u16(), 422);
    house.enter_again();
    assert!(house.get("/").text().contains("到了回访日"), "the station sees that it is due");
    house.sign_in("rights", PASSWORD);
    sent(&house, &format!("{page}/desk/follow"), &follow);
    let text = house.get(page).text();
    for word in ["planted-answer", "部分解决", "planted-follow"] {
        assert!(text.contains(word), "{word}");
    }
    house.enter_again();
    assert!(!house.get("/").text().contains("到了回访日"), "nothing is due");
    for word in ["planted-question", "planted-answer", "planted-follow"] {
        assert_eq!(house.on_disk(word), [""; 0], "{word} lies sealed");
    }
    // The station hands a request of its own to a desk; another desk doesn't answer it.
    house.fill(&FURNISHED[..1]);
    let at = "/requests/SQ-0002/desk";
    sent(&house, &format!("{at}/hand"), &[("organisation", &*rights)]);
    house.sign_in("alliance", PASSWORD);
    assert_eq!(house.get("/requests/SQ-0002").status.as_u16(), 404);
    house.sign_in("rights", PASSWORD);
    sent(&house, &format!("{at}/answer"), &answer);
    let size = house.size();
    let hand = house.post(&format!("{at}/hand"), &[("organisation", &*firm)]);
    assert_eq!((hand.status.as_u16(), house.size()), (422, size), "the station hands on");
}

const BIDS: &str =
    "机构,方案 40,业绩(30),报价 30,中标\nJG-0010,36.5,28,25,是\nfirm（虚构）,30,20,29,\n";

/// The programme from the procurement to the last payment, by the station and the firm's liaison.
#[test]
fn a_firm_is_engaged_works_hands_in_and_is_paid_by_what_was_accepted() {
    let mut house = district();
    let firm = number(OrganisationKind::Firm);
    assert_eq!(firm, "JG-0010", "the table of bids names it");
    let procurement = |table: &'static str| {
        [
            ("title", "一对一服务采购（虚构）"),
            ("reference", "XX-2026-001"),
            ("happened", "2026-11-01"),
            ("table", table),
            ("amount", "30万"),
            ("from", "2026-11-01"),
            ("until", "2027-10-31"),
        ]
    };
    for (table, words) in [
        ("机构,方案,中标\nJG-0010,30,是\n", "第 1 行"),
        ("机构,方案 40,中标\n没有登记的机构,30,是\n", "第 2 行"),
        ("机构,方案 40,中标\nJG-0010,41,是\n", "方案"),
        ("机构,方案 40,中标\nJG-0010,30,\n", "没有标明谁中标"),
    ] {
        let answer = house.post("/procurements/new", &procurement(table));
        assert_eq!(answer.status.as_u16(), 422, "{table}");
        assert!(answer.text().contains(words), "{table}: {}", answer.text());
    }
    sent(&house, "/procurements/new", &procurement(BIDS));
    let page = house.get("/procurements/CG-0001").text();
    for words in ["36.50", "89.50", "业绩 30", "300,000", "XX-2026-001"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let engage = |company: &'static str| {
        [
            ("organisation", "JG-0010"),
            ("company", company),
            ("procurement", "CG-0001"),
            ("title", "年度一对一服务"),
            ("from", "2026-11-10"),
            ("until", "2027-10-31"),
            ("pilot", "yes"),
            ("declared", "没有利益冲突"),
        ]
    };
    // What is recorded keeps the firm away, with its reason, until it is cleared.
    let conflict = [("company", "QY-0001"), ("reason", "rival"), ("why", "常年顾问")];
    sent(&house, "/organisations/JG-0010/conflict", &conflict);
    let refused = house.post("/engagements/new", &engage("QY-0001"));
    assert!(refused.text().contains("竞争对手的顾问"), "{}", refused.text());
    let clear = [("company", "QY-0001"), ("happened", "2026-11-20"), ("why", "已解约")];
    sent(&house, "/organisations/JG-0010/clear", &clear);
    sent(&house, "/engagements/new", &engage("QY-0001"));
    // What cases and engagements say keeps it away by itself.
    house.fill(&[
        (
            "/cases/new",
            &[
                ("procedure", "administrative"),
                ("title", "相似产品"),
                ("company", "QY-0001"),
                ("source", "paper"),
                ("happened", "2026-11-24"),
            ],
            "case.opened",
        ),
        ("/cases/AJ-0001/against", &[("respondent", "QY-0002")], "case.against"),
    ]);
    let refused = house.post("/engagements/new", &engage("QY-0002"));
    assert!(refused.text().contains("AJ-0001"), "the case is named: {}", refused.text());

    let company = house.get("/companies/QY-0001").text();
    assert!(company.contains("WT-0001") && company.contains("一对一服务"), "{company}");
    for (sort, title, due, amount, item) in [
        ("result", "密点清单", "2026-11-23", "", ""),
        ("payment", "首付款", "2026-12-31", "12,000.50", "1"),
    ] {
        let plan =
            [("sort", sort), ("title", title), ("due", due), ("amount", amount), ("item", item)];
        sent(&house, "/engagements/WT-0001/plan", &plan);
    }
    assert!(house.get("/").text().contains("有事项逾期"));
    let pay = [("item", "2"), ("happened", "2026-11-24")];
    let early = house.post("/engagements/WT-0001/pay", &pay);
    assert!(early.text().contains("还没有提交或验收"), "{}", early.text());

    // The firm does its work, and only its work.
    house.sign_in("firm", PASSWORD);
    assert_eq!(house.get("/companies/QY-0001").status.as_u16(), 200, "whom it serves it sees");
    assert_eq!(house.get("/companies/QY-0002").status.as_u16(), 404);
    let log =
        [("what", "访谈"), ("hours", "1.5"), ("happened", "2026-11-24"), ("note", "planted-log")];
    sent(&house, "/engagements/WT-0001/log", &log);
    let deliver = [("item", "1"), ("note", "planted-result"), ("happened", "2026-11-24")];
    sent(&house, "/engagements/WT-0001/deliver", &deliver);
    let accept = [("item", "1"), ("accepted", "yes"), ("happened", "2026-11-24")];
    let own = house.post("/engagements/WT-0001/accept", &accept);
    assert!(own.text().contains("不能代办"), "{}", own.text());
    house.sign_in("insurer", PASSWORD);
    assert_eq!(house.get("/engagements/WT-0001").status.as_u16(), 404);

    house.enter_again();
    assert!(house.get("/").text().contains("成果待验收"));
    let refuse = [("item", "1"), ("accepted", "no"), ("happened", "2026-11-24"), ("why", "缺附件")];
    sent(&house, "/engagements/WT-0001/accept", &refuse);
    let again = house.post("/engagements/WT-0001/accept", &accept);
    assert_eq!(again.status.as_u16(), 422, "it is handed in again first");
    sent(&house, "/engagements/WT-0001/deliver", &deliver);
    sent(&house, "/engagements/WT-0001/accept", &accept);
    let end = [("how", "done"), ("happened", "2026-11-24")];
    assert_eq!(house.post("/engagements/WT-0001/end", &end).status.as_u16(), 422, "not paid");
    sent(&house, "/engagements/WT-0001/pay", &pay);
    sent(&house, "/engagements/WT-0001/rate", &[("mark", "5"), ("happened", "2026-11-24")]);
    sent(&house, "/engagements/WT-0001/end", &end);
    let page = house.get("/engagements/WT-0001").text();
    for words in ["12,000.50", "planted-log", "planted-result", "1.5", "5 分", "履约完成"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(house.get("/engagements/WT-0001/log").status.as_u16(), 422, "it is over");
    for word in ["planted-log", "planted-result"] {
        assert_eq!(house.on_disk(word), [""; 0], "{word} lies sealed");
    }
    for path in ["/engagements", "/engagements/WT-0001", "/procurements", "/procurements/CG-0001"] {
        let text = house.get(path).text();
        let key = crate::house::between(&text, ">w-", "<").to_owned();
        assert!(key.is_empty(), "{path}: w-{key} has no words");
    }
}

//! Accounts: every address as every role, what an account may not know of, passwords, sessions.

use axum::body::Body;
use domain::Number;
use domain::rights::{may, roles_of};
use domain::terms::{AccountRole, Role};
use office::AccountForm;
use web::{Access, access};

use crate::house::{House, PASSPHRASE, STATEMENT};
use crate::routes::{self, PUBLIC, Route};

pub const PASSWORD: &str = "a sentence of my own";

fn no(text: &str) -> Number {
    Number::parse(text).expect("a number")
}

/// Opens an account and chooses its password; gives its number.
fn open(house: &House, role: AccountRole, name: &str) -> Number {
    open_for(house, role, name, None)
}

/// The same for somebody in particular.
pub fn open_for(house: &House, role: AccountRole, name: &str, holder: Option<&str>) -> Number {
    let office = &house.office;
    let unlocked = office.unlock(PASSPHRASE).expect("the passphrase is right");
    let holder = holder.map(no).or(match role {
        AccountRole::Head | AccountRole::Member => Some(no("RY-0001")),
        AccountRole::Expert => Some(no("ZJ-0001")),
        AccountRole::Liaison | AccountRole::Observer => Some(no("JG-0001")),
        _ => None,
    });
    let counsel = role == AccountRole::Counsel;
    let form = AccountForm {
        name: name.into(),
        role,
        holder,
        secrets: counsel.then(|| vec![no("MD-0001")]),
        until: if counsel { office.today().plus_days(30) } else { None },
    };
    let (receipt, code) =
        office.open_account(&office.ask("owner"), form, Some(&unlocked)).expect("it is opened");
    let account = receipt.number.expect("a number");
    let ask = office.ask(&account.to_string());
    office.choose_password(&ask, account, &code, PASSWORD).expect("the code works");
    account
}

/// A second secret point that nobody is cleared for, of another department.
fn hide(house: &House) {
    let form = office::SecretForm {
        title: "hidden-title".into(),
        class: domain::terms::Class::Technical,
        form: None,
        level: domain::terms::Level::Core,
        owner: None,
        department: Some("另一部门".into()),
        review: Some(house.office.today()),
        happened: None,
        origin: None,
        public: None,
        value: None,
        statements: vec!["hidden-statement".into()],
        carriers: vec![],
    };
    let receipt = house.office.register_secret(&house.office.ask("owner"), form);
    assert_eq!(receipt.expect("it is registered").number, Some(no("MD-0002")));
}

fn all(role: Role) -> Vec<Route> {
    if role == Role::Station { routes::of_station() } else { routes::all() }
}

#[test]
fn every_address_has_a_row() {
    for role in [Role::Enterprise, Role::Station] {
        for route in all(role) {
            let Some([look, act]) = access(role, &route.pattern) else {
                panic!("web/src/rights.rs lacks the line of {}", route.pattern);
            };
            let place = format!("web/src/rights.rs, {}", route.pattern);
            assert_eq!(look != Access::Never, route.get, "{place}: to look (GET)");
            assert_eq!(act != Access::Never, route.post, "{place}: to act (POST)");
        }
    }
}

#[test]
fn only_what_is_listed_as_public_is_for_anybody() {
    let roles = [Role::Enterprise, Role::Station];
    let open = |role, pattern: &str| {
        access(role, pattern).is_some_and(|access| access.contains(&Access::Anybody))
    };
    for role in roles {
        for route in all(role).iter().filter(|route| open(role, &route.pattern)) {
            let listed = PUBLIC.iter().any(|(pattern, _)| *pattern == route.pattern);
            assert!(listed, "{}", route.pattern);
        }
    }
    for (pattern, _) in PUBLIC {
        assert!(roles.into_iter().any(|role| open(role, pattern)), "{pattern} is open nowhere");
    }
}

/// Whether the table refused, and not the page.
fn refused(house: &House, method: &str, path: &str) -> bool {
    let mut request = house.request(method, path);
    if method == "POST" {
        request = request.header("content-type", "application/x-www-form-urlencoded");
    }
    let body = if method == "POST" { format!("csrf={}", house.csrf) } else { String::new() };
    let answer = house.ask(request.body(Body::from(body)).expect("a request"));
    assert!(!answer.to().starts_with("/unlock"), "{path}: still signed in");
    answer.status.as_u16() == 403 && answer.text().contains("您的角色不能做这件事")
}

fn every_route_as_every_role(mut house: House, role: Role) {
    // The first account is the one that roles with that right change and close.
    open(&house, AccountRole::Auditor, "first");
    for account in roles_of(role).iter().copied().filter(|r| *r != AccountRole::Owner) {
        house.cookie.clear();
        let name = account.word().repeat(2);
        open(&house, account, &name);
        house.sign_in(&name, PASSWORD);
        for route in all(role) {
            // Leaving ends the session that asks.
            if route.pattern == "/lock" {
                continue;
            }
            for (method, there, at) in [("GET", route.get, 0), ("POST", route.post, 1)] {
                if !there {
                    continue;
                }
                let Some(Access::May(action)) =
                    access(role, &route.pattern).map(|access| access[at])
                else {
                    continue;
                };
                let place = format!("{} × {method} {}", account.word(), route.pattern);
                assert_eq!(refused(&house, method, &route.path), !may(account, action), "{place}");
            }
        }
    }
}

#[test]
fn every_route_of_a_company_as_every_role() {
    every_route_as_every_role(House::furnished(), Role::Enterprise);
}

#[test]
fn every_route_of_a_station_as_every_role() {
    let house = House::station();
    let form = office::ExpertForm {
        name: "闻示一".into(),
        contact: None,
        fields: vec![domain::terms::Theme::People],
        organisation: "某所".into(),
        from: house.office.today(),
        until: None,
        conflicts: vec![],
    };
    house.office.add_expert(&house.office.ask("owner"), form).expect("an expert");
    house.fill(&[(
        "/organisations/new",
        &[("name", "松风街道办（虚构）"), ("kind", "street"), ("area", "松风街道")],
        "organisation.added",
    )]);
    every_route_as_every_role(house, Role::Station);
}

#[test]
fn a_member_cannot_tell_that_another_point_exists() {
    let mut house = House::furnished();
    hide(&house);
    for role in [AccountRole::Member, AccountRole::Head, AccountRole::Counsel, AccountRole::Hr] {
        open(&house, role, role.word());
        house.sign_in(role.word(), PASSWORD);
        let pages = [
            "/",
            "/secrets",
            "/secrets?q=hidden",
            "/secrets?view=review",
            "/secrets.csv",
            "/secrets/MD-0001",
            "/calendar",
            "/calendar.ics",
            "/find?q=hidden-title",
            "/people",
            "/people/RY-0001",
            "/dossiers",
            "/dossiers/new",
            "/account",
            "/dossiers/new/check?secret=MD-0002&purpose=complaint",
            "/dossiers/new?secret=MD-0002",
        ];
        for page in pages {
            let said = house.get(page).all();
            let place = format!("{} {page}", role.word());
            // What was typed may stand in the answer.
            let typed = page.contains("hidden-title");
            assert!(typed || !said.contains("hidden-title"), "{place}");
            let asked = page.contains("MD-0002");
            assert!(asked || !said.contains("MD-0002"), "{place}");
        }
        let nothing = house.get("/secrets/MD-0009");
        for (method, path) in [
            ("GET", "/secrets/MD-0002"),
            ("POST", "/secrets/MD-0002/reveal"),
            ("POST", "/secrets/MD-0002/carriers/1"),
        ] {
            let answer = match method {
                "GET" => house.get(path),
                _ => house.post(path, &[]),
            };
            let want = if role == AccountRole::Hr { 403 } else { 404 };
            assert_eq!(answer.status.as_u16(), want, "{} {path}", role.word());
            if role != AccountRole::Hr {
                let same = |text: String| text.replace("MD-0009", "MD-0002");
                assert_eq!(answer.status, nothing.status);
                if method == "GET" {
                    assert_eq!(answer.text(), same(nothing.text()), "as if there were none");
                }
            }
        }
        let sees = house.get("/secrets").text().contains("浆料配方");
        assert_eq!(sees, role != AccountRole::Hr, "{} sees its own", role.word());
    }
    let size = house.size();
    house.sign_in("counsel", PASSWORD);
    let form = [("secret", "MD-0002"), ("purpose", "complaint"), ("language", "en")];
    let built = house.post("/dossiers", &form);
    assert!(built.status.as_u16() >= 400, "{}", built.status);
    assert_eq!(house.size(), size, "no dossier of a hidden point");
}

#[test]
fn access_that_ended_is_gone_from_sight_at_once() {
    let mut house = House::furnished();
    open(&house, AccountRole::Member, "member");
    house.sign_in("member", PASSWORD);
    assert_eq!(house.get("/secrets/MD-0001").status.as_u16(), 200);
    let office = &house.office;
    let (person, secret) = (no("RY-0001"), no("MD-0001"));
    office.bar_person(&office.ask("owner"), person, secret, None, "离职".into()).expect("barred");
    assert_eq!(house.get("/secrets/MD-0001").status.as_u16(), 404);
    assert!(!house.get("/secrets").text().contains("浆料配方"));
}

#[test]
fn a_reading_of_content_names_the_account() {
    let mut house = House::furnished();
    let account = open(&house, AccountRole::Member, "member");
    house.sign_in("member", PASSWORD);
    house.post("/secrets/MD-0001/reveal", &[]);
    let page = house.get("/secrets/MD-0001").text();
    assert!(page.contains(STATEMENT), "the content is shown");
    assert!(page.contains("实验室门禁"), "with what protects it");
    assert!(page.contains("磐溪精密"), "and to whom it was given");
    assert!(!page.contains("/secrets/MD-0001/revise"), "what may not be done is not offered");
    assert!(!page.contains("href=\"/ledger"), "nor what may not be seen");
    let reader = house.office.reader().expect("a reader");
    let newest = reader.latest(None, 1).expect("entries").remove(0);
    assert_eq!(newest.event.tag(), "secret.viewed");
    assert_eq!(newest.event.by(), account.to_string());
}

#[test]
fn menus_show_what_one_may() {
    let mut house = House::furnished();
    let menu = |house: &House| {
        let page = house.get("/account").text();
        let hrefs: Vec<String> = crate::house::between(&page, "<ul class=\"nav\">", "</ul>")
            .split("href=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap_or_default().to_owned())
            .collect();
        hrefs
    };
    for (role, shown, gone) in [
        (AccountRole::Hr, vec!["/people", "/calendar"], vec!["/secrets", "/partners", "/ledger"]),
        (AccountRole::Member, vec!["/secrets"], vec!["/people", "/measures", "/accounts"]),
        (AccountRole::Auditor, vec!["/secrets", "/ledger", "/accounts"], vec![]),
        (AccountRole::Keeper, vec!["/secrets", "/people", "/ledger"], vec!["/accounts"]),
    ] {
        open(&house, role, role.word());
        house.sign_in(role.word(), PASSWORD);
        let menu = menu(&house);
        let has = |href: &&str| menu.iter().any(|found| found == href);
        assert!(shown.iter().all(has), "{} {menu:?}", role.word());
        assert!(!gone.iter().any(has), "{} {menu:?}", role.word());
    }
}

#[test]
fn a_one_time_code_must_be_changed_and_grows_old() {
    let mut house = House::furnished();
    let form = [("name", "chenyf"), ("role", "member"), ("holder", "RY-0001")];
    let answer = house.post("/accounts/new", &form);
    let text = answer.text();
    let code = crate::house::between(&text, "id=\"code\">", "<").to_owned();
    assert_eq!(code.len(), 24, "{text}");
    assert!(house.on_disk(&code).is_empty(), "the code is kept nowhere");
    assert!(house.on_disk("chenyf").is_empty(), "the name is sealed");

    assert_eq!(house.try_in("chenyf", "WRONG-CODE-0000").status.as_u16(), 403);
    assert_eq!(house.try_in("chenyf", PASSPHRASE).status.as_u16(), 403, "nor the passphrase");
    house.sign_in("ChenYF", &code.to_lowercase());
    assert_eq!(house.get("/secrets").to(), "/account/password");
    for (new, again, words) in [
        ("short", "short", "字符"),
        ("chenyf is my name", "chenyf is my name", "登录名"),
        (PASSWORD, "something else", "不同"),
    ] {
        let form = [("old", &*code), ("new", new), ("again", again)];
        let answer = house.post("/account/password", &form);
        assert_eq!(answer.status.as_u16(), 422, "{new}");
        assert!(answer.text().contains(words), "{new}");
        assert!(!answer.text().contains(new), "what was typed is not repeated");
    }
    let form = [("old", &*code), ("new", PASSWORD), ("again", PASSWORD)];
    assert_eq!(house.post("/account/password", &form).status.as_u16(), 303);
    assert_eq!(house.get("/secrets").status.as_u16(), 200);
    assert_eq!(house.try_in("chenyf", &code).status.as_u16(), 403, "the code is spent");

    house.enter_again();
    let answer = house.post("/accounts/ZH-0001/code", &[]);
    let code = crate::house::between(&answer.text(), "id=\"code\">", "<").to_owned();
    assert_eq!(house.try_in("chenyf", PASSWORD).status.as_u16(), 403, "the password is gone");
    house.wait(15 * 24 * 3600);
    let late = house.try_in("chenyf", &code);
    assert!(late.text().contains("一次性口令已过期"), "{}", late.status);
}

#[test]
fn closing_an_account_ends_it_at_once() {
    let mut house = House::furnished();
    let account = open(&house, AccountRole::Keeper, "keeper");
    let file = house.office.home().keys_dir().join("accounts").join(format!("{account}.age"));
    assert!(file.exists());
    house.sign_in("keeper", PASSWORD);
    assert_eq!(house.get("/secrets").status.as_u16(), 200);
    let office = house.office.clone();
    office.close_account(&office.ask("owner"), account, "调岗".into()).expect("closed");
    assert_eq!(house.get("/secrets").to(), "/unlock?next=%2Fsecrets");
    assert!(!file.exists(), "the wrapped key is destroyed");
    assert_eq!(house.try_in("keeper", PASSWORD).status.as_u16(), 403);
}

#[test]
fn an_account_ends_with_its_last_day_and_with_its_sessions() {
    let mut house = House::furnished();
    open(&house, AccountRole::Counsel, "counsel");
    house.sign_in("counsel", PASSWORD);
    assert_eq!(house.get("/secrets/MD-0001").status.as_u16(), 200);
    let mine = house.cookie.clone();
    house.enter_again();
    let page = house.get("/accounts").text();
    let end = crate::house::between(&page, "/accounts/sessions/", "/end").to_owned();
    assert_eq!(end.len(), 12, "a session is listed");
    let owner = house.cookie.clone();
    let reader = house.office.reader().expect("a reader");
    let rows = reader.sessions(domain::Moment(0)).expect("sessions");
    let theirs = rows.iter().find(|row| row.account.is_some()).expect("the counsel's");
    let path = format!("/accounts/sessions/{}/end", theirs.id);
    assert_eq!(house.post(&path, &[]).to(), "/accounts");
    house.cookie = mine;
    assert_eq!(house.get("/secrets").to(), "/unlock?next=%2Fsecrets");
    house.cookie = owner;
    assert_eq!(house.get("/secrets").status.as_u16(), 200);
    house.wait(31 * 24 * 3600);
    assert_eq!(house.try_in("counsel", PASSWORD).status.as_u16(), 403, "its last day is over");
}

#[test]
fn accounts_without_content_hold_no_key() {
    let house = House::furnished();
    for role in roles_of(Role::Enterprise).iter().copied().filter(|r| *r != AccountRole::Owner) {
        open(&house, role, role.word());
        let entered = house.office.sign_in(role.word(), PASSWORD).expect("the password is right");
        let want = !matches!(role, AccountRole::Hr | AccountRole::Auditor);
        assert_eq!(entered.unlocked.is_some(), want, "{}", role.word());
    }
}

#[test]
fn guessing_one_account_slows_down_that_one() {
    let mut house = House::furnished();
    open(&house, AccountRole::Keeper, "keeper");
    open(&house, AccountRole::Auditor, "auditor");
    let tries: Vec<u16> =
        (0..5).map(|_| house.try_in("keeper", "guess guess").status.as_u16()).collect();
    assert_eq!(tries, [403, 403, 403, 429, 429]);
    assert_eq!(house.try_in("auditor", PASSWORD).status.as_u16(), 303, "others come in");
    let nobody = house.try_in("nobody", "guess guess").text();
    let wrong = house.try_in("auditor", "guess guess").text();
    let words = |text: &str| crate::house::between(text, "id=\"e-passphrase\">", "<").to_owned();
    assert_eq!(words(&nobody), words(&wrong), "no telling whether there is such a name");
    assert!(!words(&nobody).is_empty());
}

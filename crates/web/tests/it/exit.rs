//! The fair exit: the list comes from the records, and the leaver's copy says no more than they do.

use domain::Number;
use domain::terms::AccountRole;
use office::AccountForm;

use crate::house::{House, PASSPHRASE, between};

const PASSWORD: &str = "a sentence of my own";

fn no(text: &str) -> Number {
    Number::parse(text).expect("a number")
}

fn open(house: &House, role: AccountRole, name: &str) -> Number {
    let office = &house.office;
    let unlocked = office.unlock(PASSPHRASE).expect("the passphrase is right");
    let holder = (role == AccountRole::Member).then(|| no("RY-0001"));
    let form = AccountForm { name: name.into(), role, holder, secrets: None, until: None };
    let (receipt, code) =
        office.open_account(&office.ask("owner"), form, Some(&unlocked)).expect("it is opened");
    let account = receipt.number.expect("a number");
    let ask = office.ask(&account.to_string());
    office.choose_password(&ask, account, &code, PASSWORD).expect("the code works");
    account
}

/// What stands in the page itself, without the frame.
fn main_of(house: &House, path: &str) -> String {
    let answer = house.get(path);
    assert_eq!(answer.status.as_u16(), 200, "{path}");
    between(&answer.text(), "<main", "</main>").to_owned()
}

#[test]
fn the_list_follows_the_records_line_by_line() {
    let mut house = House::furnished();
    let (ours, theirs) = ("/people/RY-0001/exit", "/people/RY-0001/exit?for=leaver");
    // Cleared, but nothing shows that anything was read: the leaver's copy stays empty.
    assert!(main_of(&house, ours).contains("浆料配方"));
    assert!(main_of(&house, ours).contains("MD-0001 的接触授权还没有撤销"));
    assert!(!main_of(&house, theirs).contains("MD-0001"));

    open(&house, AccountRole::Member, "member");
    house.sign_in("member", PASSWORD);
    house.post("/secrets/MD-0001/reveal", &[]);
    house.enter_again();
    let list = main_of(&house, theirs);
    assert!(list.contains("MD-0001") && list.contains("2026-11-24"), "{list}");
    for kept_back in ["浆料配方", "planted-", "核心"] {
        assert!(!list.contains(kept_back), "the leaver's copy holds {kept_back}");
    }
    assert!(list.contains("都不表示承认"), "silence admits nothing");
    assert!(main_of(&house, ours).contains("ZH-0001 还可以登录"));

    // Settled step by step, until nothing is left to be done.
    let office = house.office.clone();
    let ask = || office.ask("owner");
    office.bar_person(&ask(), no("RY-0001"), no("MD-0001"), None, "离职".into()).expect("barred");
    assert!(!main_of(&house, ours).contains("还没有撤销"));
    office.close_account(&ask(), no("ZH-0001"), "离职".into()).expect("closed");
    let list = main_of(&house, ours);
    assert!(!list.contains("还可以登录") && list.contains("授权已撤销"), "{list}");
    // Access that ended stays on the list with its days, and what was read stays read.
    assert!(list.contains("2025-01-02") && main_of(&house, theirs).contains("MD-0001"));
}

#[test]
fn who_sees_no_secret_point_sees_an_exit_by_numbers() {
    let mut house = House::furnished();
    open(&house, AccountRole::Hr, "hr");
    house.sign_in("hr", PASSWORD);
    let list = main_of(&house, "/people/RY-0001/exit");
    assert!(list.contains("MD-0001") && !list.contains("浆料配方"), "{list}");
    assert!(!list.contains("href=\"/secrets"), "no way into the register");
    assert_eq!(house.get("/people/RY-0009/exit").status.as_u16(), 404);
}

#[test]
fn today_says_what_needs_whom() {
    let mut house = House::furnished();
    let form = AccountForm {
        name: "auditor".into(),
        role: AccountRole::Auditor,
        holder: None,
        secrets: None,
        until: house.office.today().plus_days(10),
    };
    house.office.open_account(&house.office.ask("owner"), form, None).expect("opened");
    assert!(main_of(&house, "/").contains("账号 auditor 到期"));
    open(&house, AccountRole::Member, "member");
    house.sign_in("member", PASSWORD);
    let page = main_of(&house, "/");
    assert!(page.contains("我可以接触的密点") && page.contains("浆料配方"));
    assert!(!page.contains("账号 auditor"), "what is not one's own is not shown");
}

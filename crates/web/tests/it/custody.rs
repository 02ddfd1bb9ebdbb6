//! 保留、删除、销毁 on pages: what is lost stands there before, a hold closes the form, and the number must
//! be typed again.

use domain::terms::AccountRole;
use office::AccountForm;

use crate::house::{House, PASSPHRASE};
use crate::secrecy::whole;

/// What was asked for by a form, and what the page says to it.
fn answer(house: &House, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
    let answer = house.post(path, fields);
    (
        answer.status.as_u16(),
        if answer.to().is_empty() { answer.text() } else { answer.to().into() },
    )
}

#[test]
fn a_person_is_erased_after_all_is_ended_and_the_hold_lifted() {
    let house = House::furnished();
    let path = "/people/RY-0001/erase";
    let closed = whole(&house, path);
    // The house has a hold for the incident, and the person is cleared.
    assert!(closed.contains("处于保留中") && closed.contains("还可以接触 MD-0001"), "{closed}");
    assert!(!closed.contains("name=\"confirm\""), "nothing can be asked for yet");
    let fields = [("ground", "consent"), ("why", "本人请求"), ("confirm", "RY-0001")];
    assert_eq!(answer(&house, path, &fields).0, 422, "a form sent all the same is refused");
    let person = whole(&house, "/people/RY-0001");
    assert!(person.contains("处于保留中（第 1 号）"));
    // The one is a button: a hold for an incident is not in the timeline.
    assert_eq!(person.matches("设定保留").count(), 1, "{person}");
    assert!(whole(&house, "/incidents/SJ-0001").contains("设定保留"));
    assert!(whole(&house, "/holds/new?ground=SJ-0001").contains("MD-0001 RY-0001"));

    assert_eq!(answer(&house, "/holds/RY-0001/1/lift", &[("why", "")]).0, 422);
    let (_, to) = answer(&house, "/holds/RY-0001/1/lift", &[("why", "已和解")]);
    assert!(to.starts_with("/holds?wrote="), "{to}");
    assert!(whole(&house, "/holds").contains("没有保留"));
    assert!(whole(&house, "/holds?view=all").contains("已解除"));
    let (_, to) = answer(&house, "/secrets/MD-0001/bar/RY-0001", &[("why", "离职")]);
    assert!(to.starts_with("/secrets/MD-0001"), "{to}");

    let open = whole(&house, path);
    for words in ["从此不能再出示或证明", "MD-0001", "以前的备份", "条文待核"] {
        assert!(open.contains(words), "{words}");
    }
    let wrong: [&[(&str, &str)]; 4] = [
        &[("ground", "consent"), ("why", "本人请求"), ("confirm", "RY-0002")],
        &[("ground", "consent"), ("why", "本人请求")],
        &[("why", "本人请求"), ("confirm", "RY-0001")],
        &[("ground", "consent"), ("confirm", "RY-0001")],
    ];
    let before = house.size();
    for fields in wrong {
        assert_eq!(answer(&house, path, fields).0, 422, "{fields:?}");
    }
    assert_eq!(house.size(), before);
    let (status, to) = answer(&house, path, &fields);
    assert!(status == 303 && to.starts_with("/people/RY-0001?wrote="), "{to}");
    let person = whole(&house, "/people/RY-0001");
    assert!(person.contains("已销毁，见第") && person.contains("删除个人信息"), "{person}");
    assert!(!person.contains("/papers/RY-0001/new") && !person.contains("/people/RY-0001/erase"));
    assert!(whole(&house, path).contains("已销毁，见第"));
    assert!(house.office.fsck(true).expect("looked at").problems.is_empty());
}

#[test]
fn a_secret_point_is_destroyed_with_what_was_made_of_it() {
    let house = House::furnished();
    let path = "/secrets/MD-0001/destroy";
    assert!(whole(&house, path).contains("还没有解密"));
    let (_, to) = answer(&house, "/secrets/MD-0001/declassify", &[("why", "已公开")]);
    assert!(to.starts_with("/secrets/MD-0001"));
    let open = whole(&house, path);
    for words in ["QC-0001", "WF-0001", "BD-0001", "GZ-0001", "PL-0001", "SJ-0001"] {
        assert!(open.contains(words), "{words}: {open}");
    }
    let unlocked = house.office.unlock(PASSPHRASE).expect("the passphrase is right");
    let reader = house.office.reader().expect("a reader");
    let swept = reader.sweeps().expect("readable").remove(0);
    let kept = (swept.idx, &*swept.report);
    assert!(house.office.kept_report(swept.no, kept, &unlocked).is_ok());
    drop(reader);
    let fields = [("approved", "RY-0001"), ("why", "不再需要"), ("confirm", "MD-0001")];
    assert_eq!(answer(&house, path, &fields[1..]).0, 422, "somebody must approve");
    let (status, to) = answer(&house, path, &fields);
    assert!(status == 303 && to.starts_with("/secrets/MD-0001?wrote="), "{to}");
    assert!(house.office.kept_report(swept.no, kept, &unlocked).is_err());
    let page = whole(&house, "/secrets/MD-0001");
    assert!(page.contains("已销毁，见第") && !page.contains("/secrets/MD-0001/reveal"), "{page}");
    // What it was asked for elsewhere still answers, without content.
    for path in ["/secrets/MD-0001/matrix", "/secrets", "/sweeps/QC-0001", "/incidents/SJ-0001"] {
        whole(&house, path);
    }
    assert!(house.office.fsck(true).expect("looked at").problems.is_empty());
}

#[test]
fn only_the_owner_destroys() {
    let mut house = House::furnished();
    let office = house.office.clone();
    let unlocked = office.unlock(PASSPHRASE).expect("the passphrase is right");
    let (holder, secrets, until) = (None, None, None);
    let form =
        AccountForm { name: "keeper".into(), role: AccountRole::Keeper, holder, secrets, until };
    let (receipt, code) =
        office.open_account(&office.ask("owner"), form, Some(&unlocked)).expect("opened");
    let account = receipt.number.expect("a number");
    let password = "a sentence of my own";
    office.choose_password(&office.ask("ZH-0001"), account, &code, password).expect("it works");
    house.sign_in("keeper", password);
    for path in ["/people/RY-0001/erase", "/secrets/MD-0001/destroy"] {
        assert_eq!(house.get(path).status.as_u16(), 403, "{path}");
    }
    assert!(!house.get("/people/RY-0001").text().contains("/people/RY-0001/erase"));
    assert_eq!(house.get("/holds/new").status.as_u16(), 200, "a keeper sets holds");
}

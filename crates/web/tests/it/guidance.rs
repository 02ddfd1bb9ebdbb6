//! Profiles filed and taken back through the pages of both roles, and the figures of a period.

use domain::terms::{Channel, Theme};
use domain::{Number, Period};

use crate::house::{House, PASSPHRASE, between};

/// No page says a key instead of words.
fn whole(house: &House, path: &str) -> String {
    let answer = house.get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    let text = answer.text();
    for key in [">w-", ">fig-", ">profile-"] {
        let found = between(&text, key, "<");
        assert!(found.is_empty(), "{path}: {key}{found} has no words");
    }
    text
}

fn carry(from: &House, to: &House) {
    let bundle = from.get("/exchange/LW-0001/bundle");
    let form = to.get("/exchange/import");
    let files = [("files", "carried.bundle", &*bundle.body)];
    let taken = to.upload("/exchange/import", &form.hidden("csrf"), &[], &files);
    assert_eq!(taken.status, 303, "{}", taken.text());
}

#[test]
fn a_company_files_what_it_ticked_after_looking_and_takes_it_back() {
    let (station, node) = (House::station(), House::furnished());
    let until = station.office.today().plus_days(3).expect("a day").to_string();
    let offered = station.post("/exchange/offer", &[("company", "QY-0001"), ("until", &*until)]);
    let invitation = between(&offered.text(), "id=\"invitation\">", "<").to_owned();
    let joined = node.post("/exchange/join", &[("invitation", &*invitation)]);
    assert_eq!(joined.status, 303);

    let path = "/exchange/LW-0001/profile";
    assert!(whole(&node, path).contains("自评得分"));
    let size = node.size();
    let park = "没有勾选的园区";
    let wrong = node.post(path, &[("tick", "contact"), ("profile-park", park)]);
    assert_eq!(wrong.status, 422, "what is ticked must say something");
    assert!(wrong.text().contains(park), "what was typed is kept");
    assert_eq!(node.post(path, &[("profile-park", park)]).status, 422, "nothing is ticked");
    let typed = [
        ("tick", "contact"),
        ("tick", "score"),
        ("tick", "points"),
        ("profile-park", park),
        ("profile-contact", "虚构联系人 010-00000000"),
    ];
    let look = node.post(path, &typed);
    let text = look.text();
    assert_eq!((look.status.as_u16(), node.size()), (200, size), "looking files nothing: {text}");
    assert!(text.contains("虚构联系人") && text.contains("/ledger/"), "{text}");
    assert!(!text.contains(park), "what is not ticked is not in it");
    let seen = look.hidden("seen");
    let seen = seen.replace("&#34;", "\"").replace("&quot;", "\"");
    let mut fields = vec![("key", look.hidden("key")), ("seen", seen)];
    let rest = [("tick", "contact"), ("tick", "score"), ("tick", "points")];
    fields.extend(rest.map(|(name, value)| (name, value.to_owned())));
    fields.push(("profile-contact", "虚构联系人 010-00000000".to_owned()));
    let given = |fields: &[(&'static str, String)]| -> u16 {
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, &**value)).collect();
        node.post("/exchange/LW-0001/profile/file", &fields).status.as_u16()
    };
    assert_eq!((given(&fields), node.size()), (422, size), "it is not agreed to yet");
    fields.push(("agree", "yes".to_owned()));
    let mut other = fields.clone();
    other[1].1 = other[1].1.replace("虚构联系人", "别人");
    assert_eq!((given(&other), node.size()), (422, size), "agreed is to what was seen");
    assert_eq!(given(&fields), 303);
    assert!(whole(&node, "/exchange/LW-0001").contains("已报送"));

    carry(&node, &station);
    whole(&station, "/exchange/LW-0001");
    station.office.settle(&station.office.unlock(PASSPHRASE).expect("opens")).expect("ok");
    let page = whole(&station, "/companies/QY-0001");
    assert!(page.contains("虚构联系人") && page.contains("不证明记录说了什么"), "{page}");
    assert!(!page.contains(park));
    let list = whole(&station, "/companies?view=filed");
    assert!(list.contains("/companies/QY-0001"), "{list}");
    let covered = whole(&station, "/coverage?by=kind");
    assert!(covered.contains("/companies?view=filed"), "{covered}");

    whole(&node, "/exchange/LW-0001/profile/withdraw");
    let back = node.post("/exchange/LW-0001/profile/withdraw", &[("why", "")]);
    assert_eq!(back.status, 303, "{}", back.text());
    let again = node.post("/exchange/LW-0001/profile/withdraw", &[("why", "")]);
    assert_eq!(again.status, 422, "there is nothing left to take back");
    carry(&node, &station);
    station.office.settle(&station.office.unlock(PASSPHRASE).expect("opens")).expect("ok");
    let page = whole(&station, "/companies/QY-0001");
    assert!(!page.contains("虚构联系人") && page.contains("内容已销毁"), "{page}");
    let letter = whole(&station, "/exchange/LW-0001/in/1");
    assert!(letter.contains("内容已销毁") && !letter.contains("f-why"), "{letter}");
    assert_eq!(station.post("/exchange/LW-0001/in/1", &[]).status, 404);
}

/// Requests of this year: three about people, one of them answered on the day it came.
fn requests(house: &House) {
    let (office, today) = (&house.office, house.office.today());
    for n in 0..3 {
        let form = office::RequestForm {
            company: Number::parse("QY-0001").expect("a number"),
            channel: Channel::Phone,
            theme: Theme::People,
            title: format!("虚构诉求 {n}"),
            happened: today.plus_days(-20).expect("a day"),
            due: today.plus_days(-2 + 4 * n).expect("a day"),
            text: None,
        };
        office.receive_request(&office.ask("owner"), form).expect("received");
    }
    let first = Number::parse("SQ-0001").expect("a number");
    let day = today.plus_days(-17).expect("a day");
    office.reply_request(&office.ask("owner"), first, None, day, "答复".into()).expect("replied");
}

#[test]
fn every_figure_of_a_period_is_as_long_as_its_list() {
    let house = House::station();
    requests(&house);
    let year = house.office.today().to_string()[..4].to_owned();
    let page = whole(&house, &format!("/dashboard?period={year}"));
    assert!(page.contains("<svg class=\"ch\"") && page.len() < 30_000, "{}", page.len());
    for view in ["desk", "cases", "exchange"] {
        let page = whole(&house, &format!("/dashboard?period={year}&view={view}"));
        assert!(page.len() < 30_000, "{view}: {}", page.len());
    }
    let reader = house.office.reader().expect("a reader");
    let board = house.office.board(&reader, Period::parse(&year).expect("a period"));
    let board = board.expect("a board");
    let waits = board.parts.iter().find(|part| part.word == "waits").expect("a part");
    let waits: Vec<u64> = waits.lines.iter().map(|line| line.cells[0].count).collect();
    assert_eq!(waits, [0, 1, 0, 0, 0, 2]);
    let mut followed = 0;
    for part in board.parts {
        // What a list has one line for each of.
        let counted = match part.word {
            "services" | "months" | "visits" | "waits" | "activities" => vec![0],
            "requests" => vec![0, 1, 2],
            "cases" => vec![0, 1],
            "prescriptions" => vec![0, 1, 2, 3],
            "coverage" => vec![1],
            _ => vec![],
        };
        for (line, at) in
            part.lines.iter().flat_map(|line| counted.iter().map(move |at| (line, *at)))
        {
            let cell = &line.cells[at];
            let list = house.get(&cell.list);
            assert_eq!(list.status, 200, "{}", cell.list);
            let text = list.text();
            let total = between(&text, "，共 ", " ");
            // A list without lines has no pager.
            let total: u64 = if total.is_empty() { 0 } else { total.parse().expect("a count") };
            assert_eq!(total, cell.count, "{} behind {}", cell.list, part.word);
            followed += cell.count;
        }
    }
    assert!(followed > 10, "figures were followed to their lists: {followed}");
}

#[test]
fn the_public_sees_no_small_figure_no_expert_and_no_list() {
    let mut house = House::station();
    requests(&house);
    let year = house.office.today().to_string()[..4].to_owned();
    let cookie = std::mem::take(&mut house.cookie);
    let stranger = &house;
    let public = stranger.get(&format!("/public/figures?period={year}"));
    assert_eq!(public.status, 200);
    let text = public.text();
    assert!(!text.contains("/companies?") && !text.contains("/requests?"), "{text}");
    assert!(!text.contains("专家工作量") && !text.contains("联网是否正常"), "{text}");
    let csv = stranger.get(&format!("/public/figures.csv?period={year}"));
    assert!(csv.header("content-type").starts_with("text/csv"));
    assert!(csv.text().contains('*') && !csv.text().contains("ZJ-"), "{}", csv.text());
    for path in ["/dashboard", "/dashboard.csv", "/dashboard/report", "/dashboard/report.pdf"] {
        assert_ne!(stranger.get(path).status, 200, "{path} is not for strangers");
    }
    house.cookie = cookie;
    let own = house.get(&format!("/dashboard.csv?period={year}")).text();
    assert!(own.contains("诉求与主题") && !own.contains(",*,"), "{own}");
    whole(&house, &format!("/dashboard/report?period={year}-H1"));
    let pdf = house.get(&format!("/dashboard/report.pdf?period={year}"));
    assert!(pdf.body.starts_with(b"%PDF"), "{}", pdf.text());
    whole(&house, "/dashboard?period=nonsense");
}

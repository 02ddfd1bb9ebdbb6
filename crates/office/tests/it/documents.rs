//! Documents of cases: each prints in both languages, what one says stands ready in the next, and
//! the file that is handed over is read by other people's tools.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use catalog::When;
use catalog::procedure::Form;
use domain::terms::{CaseSource, CompanyKind, Role};
use domain::{Day, Moment, Number, Series};
use office::{
    CaseForm, CompanyForm, Filled, ItemForm, NewNode, Office, Source, StepForm, Trouble, World, law,
};
use vault::WorkFactor;
use words::Lang;

const PASSPHRASE: &str = "a passphrase for tests";

fn entropy(buffer: &mut [u8]) {
    getrandom::fill(buffer).expect("random bytes");
}

/// A station on 20 November 2026 with one company.
fn station(dir: &Path) -> Office {
    let clock = Arc::new(AtomicI64::new(1_795_140_000_000));
    let world = World {
        clock: Arc::new(move || Moment(clock.fetch_add(1_000, Ordering::Relaxed))),
        entropy,
        program: "midun test",
    };
    let new = NewNode {
        name: "云岫区商业秘密保护工作站（虚构）".into(),
        role: Role::Station,
        passphrase: PASSPHRASE.into(),
        work: WorkFactor::new(10).expect("a work factor"),
        shares: None,
        zone: "+08:00".into(),
        language: "zh-CN".into(),
        listen: "127.0.0.1:0".into(),
        program: "midun test".into(),
    };
    office::init(dir, new, &world).expect("a station");
    let office = Office::open(dir, world).expect("it opens");
    let form = CompanyForm {
        name: "岚屿新材料（虚构）".into(),
        kind: CompanyKind::Company,
        code: Some("919900000000000018".into()),
        tags: Vec::new(),
        field: None,
        park: None,
        street: None,
        contact: None,
    };
    office.add_company(&office.ask("owner"), form).expect("a company");
    office
}

fn case(office: &Office, procedure: &str) -> Number {
    let form = CaseForm {
        procedure: procedure.into(),
        company: Some(Number { series: Series::Company, count: 1 }),
        title: "岚屿举报离职员工（虚构）".into(),
        source: CaseSource::Dossier,
        happened: Day::parse("2026-11-02").expect("a day"),
        text: Some("被举报人的车间里有虚构配方丙廿三的打印件。".into()),
    };
    office.open_case(&office.ask("owner"), form).expect("a case").number.expect("its number")
}

fn filled<const N: usize>(pairs: [(&str, &str); N]) -> Filled {
    pairs.map(|(field, text)| (field.to_owned(), text.to_owned())).into()
}

/// What a tool says of a file; `None` where the tool isn't installed.
fn tool(name: &str, args: &[&str], dir: &Path) -> Option<String> {
    let output = Command::new(name).args(args).current_dir(dir).output().ok()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let wrong = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name} {args:?}: {said}{wrong}");
    Some(said)
}

fn packed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn every_document_prints_in_both_languages() {
    let dir = tempfile::tempdir().expect("a folder");
    let office = station(&dir.path().join("station"));
    for file in law().documents() {
        let no = case(&office, &file.procedure.id);
        let reader = office.reader().expect("a reader");
        let opened = office.opened_case(&reader, no).expect("the case");
        for (of, lang) in file.document.iter().flat_map(|of| Lang::ALL.map(|lang| (of, lang))) {
            let item = &*of.item.id;
            let what = format!("{} {item} {lang:?}", file.procedure.id);
            let pdf = office.document_pdf(&reader, &opened, item, lang).expect(&what);
            assert!(pdf.starts_with(b"%PDF-"), "{what}");
            std::fs::write(dir.path().join("one.pdf"), &pdf).expect("written");
            let Some(text) = tool("pdftotext", &["-layout", "one.pdf", "-"], dir.path()) else {
                continue;
            };
            let text = packed(&text);
            let name = packed(&opened.item_name(lang, item));
            assert!(
                text.to_lowercase().contains(&name.to_lowercase()),
                "{what}: {name} is not in {text}"
            );
            assert!(text.contains(&no.to_string()), "{what}: {text}");
            // What the font can't draw is spelled out.
            assert!(!text.contains("U+") && !text.contains('{'), "{what}: {text}");
            if let Some(info) = tool("pdfinfo", &["one.pdf"], dir.path()) {
                assert!(info.contains("(A4)"), "{what}: {info}");
            }
        }
    }
}

#[test]
fn what_one_document_says_stands_ready_in_the_next() {
    let dir = tempfile::tempdir().expect("a folder");
    let office = station(&dir.path().join("station"));
    let no = case(&office, "administrative");
    let ask = || office.ask("owner");
    let look = |item: &str| {
        let reader = office.reader().expect("a reader");
        let opened = office.opened_case(&reader, no).expect("the case");
        let sheet = office.document_sheet(&reader, &opened, item, Lang::Zh).expect("a sheet");
        let fields = sheet.fields.into_iter();
        fields.map(|(field, text)| (field.id.id.clone(), text)).collect::<Filled>()
    };
    // The record is there before anybody writes.
    let first = look("source_record");
    assert_eq!(first["case_no"], no.to_string());
    assert_eq!(first["holder"], "岚屿新材料（虚构）");
    assert_eq!(first["source"], "权利人举报或申请，附举证卷宗");
    assert!(first["known"].contains("丙廿三") && first["party"].is_empty(), "{first:?}");

    let odd = office.draw_document(&ask(), no, "source_record", Lang::Zh, filled([("x", "y")]));
    assert!(matches!(odd, Err(Trouble::Other("trouble-no-such-field", ..))), "{odd:?}");
    let odd = office.draw_document(&ask(), no, "no_such", Lang::Zh, Filled::new());
    assert!(matches!(odd, Err(Trouble::Other("trouble-no-document", ..))), "{odd:?}");

    let wrote = filled([("party", "磐溪精密（虚构）"), ("facts", "带走三份配方")]);
    office.draw_document(&ask(), no, "filing_approval_form", Lang::Zh, wrote).expect("drawn");
    assert_eq!(look("source_record")["party"], "磐溪精密（虚构）", "asked once");
    assert_eq!(look("penalty_notice")["facts"], "带走三份配方");
    // A document keeps its own words when another one says otherwise.
    let other = filled([("facts", "带走四份配方")]);
    office.draw_document(&ask(), no, "penalty_notice", Lang::Zh, other).expect("drawn");
    assert_eq!(look("filing_approval_form")["facts"], "带走三份配方");
    assert_eq!(look("decision")["facts"], "带走四份配方", "the newest goes first");

    // Days of steps and ends of clocks come by themselves.
    assert_eq!(look("verification_record")["verify_until"], "");
    let form = ItemForm {
        case: no,
        item: "source_record".into(),
        source: None,
        bears: vec![Form::Date, Form::Origin],
        happened: Day::parse("2026-11-02").ok(),
        why: None,
    };
    office.file_item(&ask(), form).expect("filed");
    let step = StepForm {
        case: no,
        step: "register_clue".into(),
        role: Some("city_officer".into()),
        at: When::parse("2026-11-02").expect("a day"),
        planned: None,
        note: None,
    };
    office.take_step(&ask(), step, Lang::Zh).expect("taken");
    let now = look("verification_record");
    // Fifteen working days from Monday 2 November: 3-6, 9-13, 16-20, 23.
    assert_eq!((&*now["clue_day"], &*now["verify_until"]), ("2026-11-02", "2026-11-23"));
    assert!(look("closing_form").contains_key("outcome"));
    assert!(look("file_index")["file_list"].contains("案件来源登记表 2026-11-02"));
}

fn scan(office: &Office, case: Number, item: &str, name: &str, bytes: Vec<u8>) {
    let form = ItemForm {
        case,
        item: item.into(),
        source: Some(Source::Upload {
            name: name.into(),
            bytes: Box::new(std::io::Cursor::new(bytes)),
        }),
        bears: vec![Form::Signature, Form::Date],
        happened: Day::parse("2026-11-03").ok(),
        why: None,
    };
    office.file_item(&office.ask("owner"), form).expect(item);
}

#[test]
fn the_file_to_hand_over_is_paged_and_its_sums_are_right() {
    let dir = tempfile::tempdir().expect("a folder");
    let office = station(&dir.path().join("station"));
    let no = case(&office, "administrative");
    let unlocked = office.unlock(PASSPHRASE).expect("unlocked");
    let print = |item: &str| {
        let reader = office.reader().expect("a reader");
        let opened = office.opened_case(&reader, no).expect("the case");
        office.document_pdf(&reader, &opened, item, Lang::Zh).expect("a print")
    };
    let long: String = (0..90).map(|at| format!("第 {at} 行\n")).collect();
    let facts = filled([("facts", &*long)]);
    office.draw_document(&office.ask("owner"), no, "decision", Lang::Zh, facts).expect("drawn");
    let decision = print("decision");
    // One pixel of grey.
    let png = hex::decode(
        "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c636800000082008177cd72b60000000049454e44ae426082",
    )
    .expect("hex");
    scan(&office, no, "decision", "决定书.pdf", decision);
    scan(&office, no, "proof_of_service", "回证.png", png);
    scan(&office, no, "penalty_notice", "告知书.pdf", b"%PDF-1.7 odd".to_vec());
    scan(&office, no, "prima_facie_evidence", "证据.txt", "虚构".into());
    scan(&office, no, "source_record", "来源.txt", "内部".into());
    let elsewhere = ItemForm {
        case: no,
        item: "payment_receipt".into(),
        source: None,
        bears: vec![],
        happened: None,
        why: Some("原件在财务科".into()),
    };
    office.file_item(&office.ask("owner"), elsewhere).expect("filed");

    let reader = office.reader().expect("a reader");
    let opened = office.opened_case(&reader, no).expect("the case");
    let pack = |whole: bool, name: &str| {
        let out = dir.path().join(name);
        office.bundle_case(&reader, &opened, &unlocked, whole, Lang::Zh, &out).expect("a bundle")
    };
    let main = pack(false, "main.zip");
    assert_eq!((main.items, main.files, main.volumes), (5, 4, 1));
    let whole = pack(true, "whole.zip");
    assert_eq!((whole.items, whole.files, whole.volumes), (6, 5, 2));
    let again = office.bundle_case(
        &reader,
        &opened,
        &unlocked,
        true,
        Lang::Zh,
        &dir.path().join("whole.zip"),
    );
    assert!(again.is_err(), "a file that is there stays");

    for (name, internal) in [("main", false), ("whole", true)] {
        let to = dir.path().join(name);
        let zip = format!("{name}.zip");
        if tool("python3", &["-m", "zipfile", "-e", &zip, name], dir.path()).is_none() {
            continue;
        }
        if let Some(said) = tool("sha256sum", &["-c", "SHA256SUMS"], &to) {
            assert_eq!(said.lines().count(), if internal { 7 } else { 5 }, "{said}");
        }
        assert_eq!(to.join("AJ-0001-internal.pdf").exists(), internal);
        let names: Vec<_> = std::fs::read_dir(to.join("files"))
            .expect("files")
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        let has = |name: &str| names.iter().any(|known| known == name);
        // In the order of 市场监督管理行政处罚程序规定 art. 78, the decision before its service.
        for file in ["1-001-decision.pdf", "1-002-proof_of_service.png", "1-003-penalty_notice.pdf"]
        {
            assert!(has(file), "{names:?}");
        }
        assert_eq!(has("2-001-source_record.bin"), internal, "{names:?}");
        let pages = tool("pdfinfo", &["AJ-0001-main.pdf"], &to);
        let text = tool("pdftotext", &["-layout", "AJ-0001-main.pdf", "-"], &to);
        if let Some((pages, text)) = pages.zip(text) {
            let of_decision = text.matches("行政处罚决定书").count();
            assert!(of_decision >= 2, "index and pages: {text}");
            // Cover, index, four of the decision, and a page for each of the other four.
            assert!(packed(&pages).contains("Pages:10"), "{pages}");
            for words in ["第89行", "1–4", "原件在财务科", "1-003-penalty_notice.pdf"] {
                assert!(packed(&text).contains(words), "{words} in {text}");
            }
            // The picture is bound; what can't be drawn, and what is no paper, has a sheet instead.
            let sheets = text.matches("SHA-256 ").count();
            assert_eq!(sheets, 2, "{text}");
            assert!(!text.contains("来源登记表"), "{text}");
        }
    }
}

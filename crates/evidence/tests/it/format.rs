//! Manifest and event lists: one spelling, and rules that the types don't express.

use evidence::dossier::{
    Events, FilePath, FormatError, Manifest, ShownEvent, ShownItem, carrier_path, paper_path,
};
use evidence::item::{self, ItemError};
use proptest::prelude::*;
use serde_json::json;

use crate::sample::recipe;

#[test]
fn a_manifest_has_one_spelling() {
    let bytes = recipe().manifest().to_bytes();
    assert_eq!(Manifest::from_bytes(&bytes).unwrap().to_bytes(), bytes);
    let text = String::from_utf8(bytes).unwrap();
    let canonical = |text: &str| Manifest::from_bytes(text.as_bytes()).unwrap_err();
    assert!(matches!(canonical(text.trim_end()), FormatError::NotCanonical));
    assert!(matches!(canonical(&text.replace("\",\"", "\", \"")), FormatError::NotCanonical));
    assert!(matches!(canonical(&text.replace("JZ-", "J\\u005a-")), FormatError::NotCanonical));
    let upper = text.replacen("\"sha256\":\"", "\"sha256\":\"F", 1);
    assert!(matches!(canonical(&upper), FormatError::Json(_)));
    let extra = text.replacen('{', "{\"x\":1,", 1);
    assert!(matches!(canonical(&extra), FormatError::Json(_)));
    let twice = text.replacen('{', "{\"no\":\"JZ-0001\",", 1);
    assert!(matches!(canonical(&twice), FormatError::Json(_)));
    let newer = text.replace("midun-dossier/1", "midun-dossier/2");
    assert!(matches!(canonical(&newer), FormatError::Newer(format) if format.ends_with("/2")));
}

/// Changes a field and says which one the check names.
fn broken(change: impl FnOnce(&mut Manifest)) -> &'static str {
    let mut manifest = recipe().manifest();
    manifest.check().unwrap();
    change(&mut manifest);
    match Manifest::from_bytes(&manifest.to_bytes()) {
        Err(FormatError::Field(field)) => field,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_manifest_keeps_its_rules() {
    assert_eq!(broken(|m| m.no = "JZ 1".to_owned()), "no");
    assert_eq!(broken(|m| m.purpose = "<b>".to_owned()), "purpose");
    assert_eq!(broken(|m| m.language = "xx".to_owned()), "language");
    assert_eq!(broken(|m| m.made = "yesterday".to_owned()), "made");
    assert_eq!(broken(|m| m.secrets.push("MD-0001".to_owned())), "secrets");
    assert_eq!(broken(|m| m.withheld = vec!["names".into(), "papers".into()]), "withheld");
    assert_eq!(broken(|m| m.withheld = vec!["all".into()]), "withheld");
    assert_eq!(broken(|m| m.files.swap(0, 1)), "files");
    assert_eq!(broken(|m| drop(m.files.remove(1))), "files");
    assert_eq!(broken(|m| m.files[2].path = "other.html".to_owned()), "files");
    assert_eq!(broken(|m| m.files[2].event = Some(5)), "files");
    assert_eq!(broken(|m| m.files[3].event = None), "files");
    assert_eq!(broken(|m| m.files[3].path = "files/x/y".to_owned()), "files");
    assert_eq!(broken(|m| m.files[4] = m.files[3].clone()), "files");
}

#[test]
fn file_names_have_one_spelling() {
    let carrier = carrier_path("MD-0001", 3, "pdf");
    let expected = FilePath { subject: "MD-0001", is_carrier: true, no: 3 };
    assert_eq!(FilePath::parse(&carrier), Some(expected));
    assert_eq!(FilePath::parse(&paper_path("HZ-0002", 100, "bin")).unwrap().no, 100);
    for bad in [
        "files/MD-0001/carrier-3.pdf",
        "files/MD-0001/carrier-003.pdf",
        "files/MD-0001/carrier-00.pdf",
        "files/MD-0001/carrier-+3.pdf",
        "files/MD-0001/other-03.pdf",
        "files/MD-0001/carrier-03",
        "files/MD-0001/carrier-03.tar.gz",
        "files/MD-0001/carrier-03.PDF",
        "files/MD-0001/x/carrier-03.pdf",
        "files/md-0001/carrier-03.pdf",
        "carrier-03.pdf",
    ] {
        assert_eq!(FilePath::parse(bad), None, "{bad}");
    }
}

#[test]
fn events_ascend_and_items_have_one_spelling() {
    let item = |text: &str| ShownItem::Shown(text.to_owned());
    let event = |index| ShownEvent { index, items: vec![item("x"), ShownItem::Withheld([7; 32])] };
    let events = Events::new(vec![event(1), event(2)]);
    assert_eq!(Events::from_bytes(&events.to_bytes()).unwrap(), events);
    for wrong in [vec![event(1), event(1)], vec![event(2), event(1)]] {
        let read = Events::from_bytes(&Events::new(wrong).to_bytes());
        assert!(matches!(read, Err(FormatError::Field("index"))));
    }
    let text = String::from_utf8(events.to_bytes()).unwrap();
    for (from, to) in [
        ("{\"sha256\":\"07", "{\"sha256\":\"0"),
        ("{\"sha256\":", "{\"sha512\":"),
        ("0707\"}", "0707\",\"x\":\"y\"}"),
        ("\"x\"", "7"),
        ("\"x\"", "{}"),
        ("\"index\":1", "\"index\":-1"),
        ("\"index\":1", "\"index\":1.0"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        let read = Events::from_bytes(changed.as_bytes());
        assert!(matches!(read, Err(FormatError::Json(_))), "{from} {to} {read:?}");
    }
}

#[test]
fn an_item_can_be_understood_in_one_way_only() {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64URL;
    let encode = |json: &str| B64URL.encode(json);
    let salt = B64URL.encode([0; 16]);
    let parse = |json: &str| item::parse(&encode(&json.replace("SALT", &salt)));
    assert!(parse("[\"SALT\",\"a\",{\"b\":1}]").is_ok());
    // Two readers could take the first or the last `b`.
    assert_eq!(parse("[\"SALT\",\"a\",{\"b\":1,\"b\":2}]"), Err(ItemError::NotCanonical));
    assert_eq!(parse("[\"SALT\", \"a\",1]"), Err(ItemError::NotCanonical));
    assert_eq!(parse("[\"SALT\",\"\\u0061\",1]"), Err(ItemError::NotCanonical));
    assert_eq!(parse("[\"\",\"a\",1]"), Err(ItemError::NotAnItem));
    assert_eq!(parse("[\"SALT\",\"a\"]"), Err(ItemError::NotAnItem));
}

proptest! {
    #[test]
    fn items_come_back(salt: [u8; 16], name in "[a-z]{1,9}", text in ".{0,40}", number: i64) {
        for value in [json!(text), json!(number), json!([text, null]), json!({ "a": text })] {
            let read = item::parse(&item::text(&salt, &name, &value)).unwrap();
            prop_assert_eq!((&read.name, &read.value), (&name, &value));
        }
    }
}

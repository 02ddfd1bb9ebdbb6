//! Dossiers: looked at, built into the spool, taken away, verified.

use crate::house::{House, PASSPHRASE, between};

const CHOICES: [(&str, &str); 4] =
    [("secret", "MD-0001"), ("purpose", "suit"), ("language", "zh-CN"), ("withhold", "names")];

#[test]
fn a_dossier_is_looked_at_built_once_taken_away_and_verified() {
    let mut house = House::furnished();
    let before = house.size();
    let looked = house.post("/dossiers/new", &CHOICES);
    assert!(looked.to().starts_with("/dossiers/new/check?secret=MD-0001&purpose=suit"));
    let check = house.get(looked.to());
    assert!(check.text().contains("class=\"rx\""), "gaps are shown: {}", check.text());
    assert_eq!(house.size(), before, "looking writes nothing");

    let key = check.hidden("key");
    let mut sent = CHOICES.to_vec();
    sent.push(("key", &key));
    let built = house.post("/dossiers", &sent);
    assert_eq!(built.to(), format!("/dossiers/JZ-0001?wrote={before}"), "{}", built.text());
    assert_eq!((house.newest(), house.size()), ("dossier.built", before + 1));
    assert_eq!(house.post("/dossiers", &sent).to(), "/dossiers/JZ-0001", "a second click");
    assert_eq!(house.size(), before + 1);

    let page = house.get("/dossiers/JZ-0001").text();
    let file = house.post("/dossiers/JZ-0001/file", &[]);
    assert_eq!(file.header("content-length"), file.body.len().to_string());
    assert!(file.header("content-disposition").contains("JZ-0001.zip"));
    assert!(page.contains(&sha256(&file.body)), "the page names the digest of the file");
    assert!(String::from_utf8_lossy(&file.body).contains("planted-statement"), "it was let in");
    for word in ["planted-statement", "planted-carrier"] {
        assert_eq!(house.on_disk(word), [""; 0], "{word}: the file waits sealed");
    }
    let verdict = house.upload("/verify", "", &[], &[("dossier", "JZ-0001.zip", &file.body)]);
    assert!(verdict.text().contains("class=\"note ok\""), "{}", verdict.text());

    assert!(verdict.text().contains("持有单位") && !verdict.text().contains("权利人"));
    assert!(verdict.text().contains("<dd class=\"any\">姓名</dd>"), "what was kept back");
    // Also on a phone, where second columns are hidden, the file that fails is named.
    let mut changed = file.body.to_vec();
    let at = changed.windows(15).position(|part| part == b"planted-carrier").expect("the carrier");
    changed[at] ^= 1;
    let verdict = house.upload("/verify", "", &[], &[("dossier", "JZ-0001.zip", &changed)]).text();
    let table = between(&verdict, "<section class=\"verdict\"", "</section>");
    assert!(table.contains("files/MD-0001/carrier-01.") && !table.contains("p2"), "{table}");

    // What waits goes with the session; what was built stays known.
    house.post("/lock", &[]);
    house.unlock(PASSPHRASE);
    assert_eq!(house.post("/dossiers/JZ-0001/file", &[]).status.as_u16(), 404);
    assert_eq!(house.get("/dossiers/JZ-0001").status.as_u16(), 200);
    let list = house.get("/dossiers").text();
    assert!(between(&list, "<tbody>", "</tbody>").contains("/dossiers/JZ-0001"));
}

#[test]
fn a_proof_that_was_taken_away_is_verified() {
    let house = House::furnished();
    let proof = house.get("/ledger/3.tlog-proof").body;
    let page = house.upload("/verify", "", &[], &[("dossier", "3.tlog-proof", &proof)]).text();
    assert!(page.contains("claim") || page.contains("tlog-proof"), "{page}");
    assert!(page.contains("class=\"note due\""), "without keys it stays open");
    let policy = format!("log {}\nquorum none\n", house.log_key());
    let parts = [("dossier", "3.tlog-proof", &*proof)];
    let page = house.upload("/verify", "", &[("keys", &policy)], &parts).text();
    assert!(page.contains("class=\"note ok\""), "{page}");
}

#[test]
fn a_dossier_without_secret_point_or_purpose_is_not_built() {
    let house = House::furnished();
    let before = house.size();
    for (fields, at) in [
        (&[("purpose", "suit")][..], "secret"),
        (&[("secret", "RY-0001"), ("purpose", "suit")][..], "secret"),
        (&[("secret", "MD-0009"), ("purpose", "suit")][..], "secret"),
        (&[("secret", "MD-0001")][..], "purpose"),
        (&[("secret", "MD-0001"), ("purpose", "fun")][..], "purpose"),
    ] {
        for path in ["/dossiers/new", "/dossiers"] {
            let answer = house.post(path, fields);
            let place = format!("{path} {fields:?}");
            assert!([404, 422].contains(&answer.status.as_u16()), "{place}");
            if answer.status.as_u16() == 422 {
                assert!(answer.text().contains(&format!("id=\"e-{at}\"")), "{place}");
            }
        }
    }
    assert_eq!(house.size(), before);
    let blank = house.get("/dossiers/new?secret=MD-0001").text();
    for left_out in ["statements", "carriers", "papers", "names"] {
        let tick = format!("name=\"withhold\" value=\"{left_out}\" checked");
        assert!(blank.contains(&tick), "{left_out} is left out unless asked for");
    }
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    hex::encode(sha2::Sha256::digest(bytes))
}

//! The dossier as an ASiC-E container: what others' tools say of it, and every way to spoil it.

use std::fs;
use std::path::Path;
use std::process::Command;

use evidence::dossier::{ASIC_MANIFEST, ASIC_STAMP};
use evidence::verify::{Options, Outcome, State};

use crate::sample::{Entries, authority, recipe, stamp_over, token_over};
use crate::{assert_fails, assert_state, claims, verify, verify_with};

fn stamped() -> Vec<u8> {
    let mut recipe = recipe();
    recipe.stamp = token_over;
    recipe.build()
}

/// Changes entries and packs them again; what makes it such a container is not in the checksums.
fn packed(change: impl FnOnce(&mut Entries)) -> Vec<u8> {
    let mut entries = Entries::of(&stamped());
    change(&mut entries);
    entries.pack()
}

#[test]
fn it_is_a_dossier_and_a_container() {
    let dossier = stamped();
    let verdict = verify(&dossier);
    assert_eq!(verdict.outcome, Outcome::Valid);
    assert_state(&verdict, "claim-asic", State::Holds);
    // The first entry says what it is, at the place where readers of such files look.
    assert_eq!(&dossier[30..69], b"mimetypeapplication/vnd.etsi.asic-e+zip");
    // Without a stamp nothing is said of containers, and nothing else changes.
    let plain = verify(&recipe().build());
    assert_eq!((plain.outcome, claims(&plain, "claim-asic").len()), (Outcome::Valid, 0));
    let others = verdict.claims.iter().filter(|claim| claim.id != "claim-asic");
    let others: Vec<_> = others.map(|claim| (claim.id, claim.state)).collect();
    let want: Vec<_> = plain.claims.iter().map(|claim| (claim.id, claim.state)).collect();
    assert_eq!(others, want);
    // With roots of the verifier's own among which the authority is not: open, not failed.
    let from = crate::sample::START * 1000;
    let other = stamp::Authority::from_seed(&[3; 32], "Other", from, from + 86_400_000).unwrap();
    let options = Options { tsa_roots: vec![other.root().to_vec()], ..Options::default() };
    let verdict = verify_with(&dossier, options);
    assert_state(&verdict, "claim-asic", State::Open);
    let options = Options { tsa_roots: vec![authority().root().to_vec()], ..Options::default() };
    assert_state(&verify_with(&dossier, options), "claim-asic", State::Holds);
}

#[test]
fn whatever_is_changed_is_noticed() {
    let changed = packed(|entries| {
        let manifest = entries.get(ASIC_MANIFEST);
        let at = manifest.len() / 2;
        manifest[at] ^= 1;
    });
    assert_fails(&changed, &[("claim-asic", ASIC_MANIFEST, "why-changed")]);
    let other = packed(|entries| *entries.get(ASIC_STAMP) = token_over(b"other").unwrap());
    assert_fails(&other, &[("claim-asic", ASIC_STAMP, "why-stamp-other")]);
    let cut = packed(|entries| entries.get(ASIC_STAMP).truncate(90));
    assert_fails(&cut, &[("claim-asic", ASIC_STAMP, "why-stamp-form")]);
    for gone in [ASIC_MANIFEST, ASIC_STAMP] {
        let dossier = packed(|entries| entries.0.retain(|(path, _)| path != gone));
        let verdict = verify(&dossier);
        assert_eq!(verdict.outcome, Outcome::NotValid, "{gone}");
        assert_state(&verdict, "claim-layout", State::Fails);
    }
    let more = packed(|entries| entries.0.push(("META-INF/manifest.xml".into(), vec![b'x'])));
    assert_fails(&more, &[("claim-layout", "META-INF/manifest.xml", "why-unexpected")]);
    // The token was made over the manifest, which names the digest of each entry.
    let spoilt = packed(|entries| entries.get("report.html")[0] ^= 1);
    let verdict = verify(&spoilt);
    assert_state(&verdict, "claim-asic", State::Fails);
    // A whole reply is not what belongs there, but what it holds is the same.
    let reply = packed(|entries| {
        let over = entries.get(ASIC_MANIFEST).clone();
        *entries.get(ASIC_STAMP) = stamp_over(&over, crate::sample::START + 400).token;
    });
    assert_state(&verify(&reply), "claim-asic", State::Holds);
}

fn run(folder: &Path, program: &str, args: &[&str]) -> Vec<u8> {
    let output = Command::new(program).args(args).current_dir(folder).output().unwrap();
    let why = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{program} {args:?}: {why}");
    output.stdout
}

/// By other people's tools: `unzip` unpacks it, `openssl ts` verifies the token over the manifest,
/// and `openssl dgst` finds each digest that the manifest names.
#[test]
fn others_tools_say_the_same() {
    let have = |tool: &str, arg: &str| Command::new(tool).arg(arg).output().is_ok();
    if !have("unzip", "-v") || !have("openssl", "version") {
        eprintln!("skipped: unzip or openssl is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("x.asice"), stamped()).unwrap();
    fs::write(at.join("root.pem"), authority().chain_pem()).unwrap();
    run(at, "unzip", &["-q", "x.asice", "-d", "x"]);
    let (manifest, token) = (format!("x/{ASIC_MANIFEST}"), format!("x/{ASIC_STAMP}"));
    let args = ["-data", &*manifest, "-in", &*token, "-token_in", "-CAfile", "root.pem"];
    run(at, "openssl", &[&["ts", "-verify"][..], &args].concat());
    let text = fs::read_to_string(at.join(&manifest)).unwrap();
    let mut named = Vec::new();
    for part in text.split("<asic:DataObjectReference ").skip(1) {
        let between = |before: &str, after: &str| {
            let rest = part.split_once(before).unwrap().1;
            rest.split_once(after).unwrap().0.to_owned()
        };
        let (path, digest) = (between("URI=\"", "\""), between("<ds:DigestValue>", "<"));
        run(at, "openssl", &["dgst", "-sha256", "-binary", "-out", "sum", &format!("x/{path}")]);
        let found = run(at, "openssl", &["base64", "-A", "-in", "sum"]);
        assert_eq!(String::from_utf8_lossy(&found).trim(), digest, "{path}");
        named.push(path);
    }
    let mut all: Vec<String> =
        Entries::of(&stamped()).0.into_iter().map(|(path, _)| path).collect();
    all.retain(|path| path != "mimetype" && !path.starts_with("META-INF/"));
    assert_eq!(named, all, "every entry is named, in the order of the container");
}

use matcher::index::{Index, IndexBuilder, Kind, OpenError, Part, Reason, Refused, Window};
use matcher::key::{MatchKey, Nonce};
use matcher::sweep::sweep;
use proptest::prelude::*;

use crate::planted::{Dice, prose};
use crate::sweep::{KEY, index_of};

fn builder() -> IndexBuilder {
    IndexBuilder::new(&KEY, Nonce([1; 16]), Window::Fine)
}

fn text<'a>(bytes: &'a str) -> Part<'a> {
    Part { document: "d", part: "p", kind: Kind::Text, bytes: bytes.as_bytes() }
}

#[test]
fn what_is_public_is_left_out_with_its_source() {
    let (secret, license) = (prose(&mut Dice(1), 4_000), prose(&mut Dice(2), 4_000));
    let mut builder = builder();
    builder.add_public("licence", Kind::Text, license.as_bytes());
    assert_eq!(
        builder.add(text(&license)),
        Err(Refused::PublicOnly { sources: vec!["licence".into()] })
    );
    let mixed = format!("{license}\n{secret}");
    let added = builder.add(text(&mixed)).unwrap();
    let public = |f: &&matcher::index::Filtered| f.reason == Reason::Public("licence".into());
    let left_out: u32 =
        added.filtered.iter().filter(public).map(|f| f.range.end - f.range.start).sum();
    assert!(
        left_out as usize > license.len() * 9 / 10 && (left_out as usize) < license.len() + 200
    );
    let file = builder.finish();
    let index = Index::open(&file, &KEY).unwrap();
    assert_eq!(sweep(&index, license.as_bytes()).hits, []);
    assert!(sweep(&index, secret.as_bytes()).hits[0].share > 0.9);
}

#[test]
fn a_part_of_which_nothing_can_be_found_is_refused_with_the_reason() {
    assert_eq!(builder().add(text(" ,。\n")), Err(Refused::Empty));
    assert_eq!(builder().add(text("配方A-17")), Err(Refused::TooShort { units: 9, needed: 32 }));
    assert_eq!(builder().add(text(&"0".repeat(9_000))), Err(Refused::Repetitive));
    assert_eq!(builder().add(text(&"0".repeat(90_000))), Err(Refused::Repetitive));
}

#[test]
fn an_index_opens_with_its_key_alone_and_only_whole() {
    let secret = prose(&mut Dice(1), 9_000);
    let file = index_of(Window::Fine, &[("客户名单", Kind::Text, secret.as_bytes())]);
    assert!(Index::open(&file, &KEY).unwrap().check());
    assert_eq!(Index::open(&file, &MatchKey::new([8; 32])).err(), Some(OpenError::OtherKey));
    assert_eq!(Index::open(b"PK\x03\x04 something else", &KEY).err(), Some(OpenError::NotAnIndex));
    assert_eq!(Index::open(&file[..file.len() - 1], &KEY).err(), Some(OpenError::Damaged));
    let mut newer = file.clone();
    newer[8] = 3;
    assert_eq!(Index::open(&newer, &KEY).err(), Some(OpenError::NewerVersion { found: 3 }));
    newer[8] = 1;
    assert_eq!(Index::open(&newer, &KEY).err(), Some(OpenError::OlderVersion { found: 1 }));
    let mut altered = file.clone();
    *altered.last_mut().unwrap() ^= 1;
    assert!(!Index::open(&altered, &KEY).unwrap().check());
}

#[test]
fn an_index_shows_nothing_and_two_of_the_same_content_share_nothing() {
    let secret = prose(&mut Dice(1), 20_000);
    let build = |nonce| {
        let mut builder = IndexBuilder::new(&KEY, Nonce([nonce; 16]), Window::Fine);
        builder.add(text(&secret)).unwrap();
        builder.finish()
    };
    let (one, two) = (build(1), build(2));
    assert_eq!(one.len(), two.len());
    let words = |file: &[u8]| -> Vec<[u8; 8]> {
        file[128..].chunks_exact(8).map(|w| w.try_into().unwrap()).collect()
    };
    // Bucket starts are counts and may coincide; nothing else may, beyond chance.
    let buckets = |word: &[u8; 8]| word[2] == 0 && word[3] == 0 && word[6] == 0 && word[7] == 0;
    let seen: std::collections::BTreeSet<[u8; 8]> = words(&one).into_iter().collect();
    assert_eq!(words(&two).iter().filter(|word| !buckets(word) && seen.contains(*word)).count(), 0);
    let gzip_like = one[128..].iter().fold([0u32; 256], |mut n, b| {
        n[*b as usize] += 1;
        n
    });
    assert!(gzip_like.iter().all(|n| *n > 0));
}

#[test]
fn size_and_memory_per_protected_byte_stay_below_a_half() {
    let secret: String = (0..60).map(|n| prose(&mut Dice(n), 100_000)).collect();
    let unique: String =
        secret.lines().enumerate().map(|(n, line)| format!("x{n} {line}\n")).collect();
    let file = index_of(Window::Wide, &[("s", Kind::Text, unique.as_bytes())]);
    let index = Index::open(&file, &KEY).unwrap();
    assert!(file.len() * 2 < unique.len(), "{} {}", file.len(), unique.len());
    assert!(index.resident_bytes() * 10 < unique.len(), "{}", index.resident_bytes());
}

proptest! {
    #[test]
    fn a_damaged_index_never_breaks_a_sweep(
        flips in prop::collection::vec((0..40_000usize, any::<u8>()), 1..200), cut in 0..40_000usize,
    ) {
        let secret = prose(&mut Dice(1), 4_000);
        let mut file = index_of(Window::Fine, &[
            ("s", Kind::Text, secret.as_bytes()), ("t", Kind::Table, b"1.2345 77654\n8.8123 99123\n"),
        ]);
        for (at, value) in flips {
            let at = at % file.len();
            file[at] = value;
        }
        if cut < file.len() && cut % 3 == 0 {
            file.truncate(cut);
        }
        if let Ok(index) = Index::open(&file, &KEY) {
            let _ = sweep(&index, secret.as_bytes());
        }
    }
}

use matcher::index::{Index, Kind, Window};
use matcher::sweep::sweep;
use proptest::prelude::*;

use crate::planted::{Dice, prose};
use crate::sweep::{KEY, index_of};

fn secrets() -> Vec<u8> {
    let numbers: String =
        (0..40).map(|n| format!("{}.{:04} {}\n", n, n * 37 % 9999, 54_321 + n * 991)).collect();
    let firmware: Vec<u8> =
        (0..3_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    index_of(
        Window::Fine,
        &[
            ("text", Kind::Text, prose(&mut Dice(1), 30_000).as_bytes()),
            ("table", Kind::Table, numbers.as_bytes()),
            ("bytes", Kind::Bytes, &firmware),
        ],
    )
}

#[test]
fn nothing_makes_a_sweep_slow() {
    let file = secrets();
    let index = Index::open(&file, &KEY).unwrap();
    let size = 4 << 20;
    let secret = prose(&mut Dice(1), 30_000);
    let hostile: Vec<(&str, Vec<u8>)> = vec![
        ("zeros", vec![0; size]),
        ("one letter", vec![b'a'; size]),
        ("one line", prose(&mut Dice(3), size).replace('\n', " ").into_bytes()),
        ("one number", vec![b'7'; size]),
        ("short lines", b"1\n".repeat(size / 2)),
        ("two letters", b"ab".repeat(size / 2)),
        ("a period of 37", (0..size).map(|n| (n % 37 * 7) as u8).collect()),
        ("half a character", vec![0xE4; size]),
        ("one character", "中".repeat(size / 3).into_bytes()),
        ("one ligature", "\u{FDFA}".repeat(size / 3).into_bytes()),
        ("noise", {
            let mut dice = Dice(4);
            (0..size).map(|_| dice.next() as u8).collect()
        }),
        ("the secret again and again", secret.repeat(size / secret.len()).into_bytes()),
        ("one gram again and again", secret[..200].repeat(size / 200).into_bytes()),
        ("numbers", "12345.678,99887 ".repeat(size / 16).into_bytes()),
    ];
    for (what, bytes) in hostile {
        // Quadratic work over these would show as a test that does not end.
        let findings = sweep(&index, &bytes);
        assert_eq!(findings.bytes, bytes.len() as u64);
        assert!(findings.hits.iter().all(|hit| hit.passages.len() < 5_000), "{what}");
    }
}

#[test]
fn nothing_at_all_has_nothing_in_it() {
    let file = secrets();
    let index = Index::open(&file, &KEY).unwrap();
    assert_eq!(sweep(&index, b"").hits, []);
    let empty = index_of(Window::Fine, &[]);
    let index = Index::open(&empty, &KEY).unwrap();
    assert_eq!(sweep(&index, &vec![b'x'; 200_000]).hits, []);
}

proptest! {
    #[test]
    fn any_bytes_can_be_swept(bytes in prop::collection::vec(any::<u8>(), 0..3_000)) {
        let file = secrets();
        let index = Index::open(&file, &KEY).unwrap();
        prop_assert_eq!(sweep(&index, &bytes).bytes, bytes.len() as u64);
    }
}

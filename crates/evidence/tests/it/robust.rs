//! Whatever comes in, in whatever pieces: no panic, and the same verdict.

use evidence::dossier::{Events, Manifest};
use evidence::item;
use evidence::verify::{Options, Outcome, Verifier};
use proptest::prelude::*;

use crate::sample::{Entries, recipe, small_recipe};
use crate::verify;

fn in_pieces(bytes: &[u8], sizes: &[usize]) -> evidence::verify::Verdict {
    let mut verifier = Verifier::new(Options::default());
    let mut rest = bytes;
    for &size in sizes.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let (piece, after) = rest.split_at(size.min(rest.len()));
        verifier.feed(piece);
        rest = after;
    }
    verifier.finish()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn pieces_do_not_matter(
        sizes in proptest::collection::vec(1_usize..5000, 1..20),
        change in proptest::option::of((any::<proptest::sample::Index>(), any::<u8>())),
        cut in proptest::option::of(any::<proptest::sample::Index>()),
    ) {
        let mut dossier = recipe().build();
        if let Some((at, to)) = change {
            let at = at.index(dossier.len());
            dossier[at] = to;
        }
        if let Some(cut) = cut {
            dossier.truncate(cut.index(dossier.len()));
        }
        prop_assert_eq!(in_pieces(&dossier, &sizes), verify(&dossier));
        prop_assert_eq!(in_pieces(&dossier, &[1]), verify(&dossier));
    }

    #[test]
    fn any_bytes_are_judged(bytes: Vec<u8>) {
        prop_assert_eq!(verify(&bytes).outcome, Outcome::Unreadable);
        let _ = item::parse(&String::from_utf8_lossy(&bytes));
        prop_assert!(Manifest::from_bytes(&bytes).is_err());
        prop_assert!(Events::from_bytes(&bytes).is_err());
    }

    /// Any bytes in the place of any entry, with the checksums put right.
    #[test]
    fn any_entry_is_judged(
        at in 1_usize..12,
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        splice in any::<proptest::sample::Index>(),
    ) {
        let mut entries = Entries::of(&small_recipe().build());
        let at = at % entries.0.len();
        // A part of the content stays, so that the bytes get further.
        let content = &mut entries.0[at].1;
        let from = splice.index(content.len() + 1);
        let until = (from + bytes.len()).min(content.len());
        let before = content.clone();
        content.splice(from..until, bytes);
        prop_assume!(*content != before);
        let name = entries.0[at].0.clone();
        let verdict = verify(&entries.reseal());
        if name != "SHA256SUMS" && name != "mimetype" {
            prop_assert_ne!(verdict.outcome, Outcome::Valid, "{}", name);
        }
    }
}

//! The same questions to the crates `tlog_tiles` and `signed_note`, ports of Go's `sumdb` packages
//! that share no code with this one.

use ledger::checkpoint::Checkpoint;
use ledger::hash::{Hash, leaf_hash};
use ledger::note::{Note, SigningKey};
use ledger::proof::{
    consistency_proof, inclusion_proof, root_at, verify_consistency, verify_inclusion,
};
use ledger::tile::{TileLevel, tiles_for};
use proptest::prelude::*;
use signed_note::Signer as _;

use crate::fixture::{Levels, log_key};

/// The hashes of the oracle's own log, as it lays them out.
struct Stored(Vec<tlog_tiles::Hash>);

impl tlog_tiles::HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        Ok(indexes.iter().map(|&index| self.0[index as usize]).collect())
    }
}

fn oracle_log(size: u64) -> Stored {
    let mut stored = Stored(Vec::new());
    for number in 0..size {
        let entry = number.to_be_bytes();
        let new = tlog_tiles::stored_hashes(number, &entry, &stored).unwrap();
        stored.0.extend(new);
    }
    stored
}

fn theirs(hashes: &[Hash]) -> Vec<tlog_tiles::Hash> {
    hashes.iter().map(|hash| tlog_tiles::Hash(hash.0)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn proofs_are_the_same(size in 1u64..800, at: u64, from: u64) {
        let (mut log, oracle) = (Levels::of(size), oracle_log(size));
        let (index, old) = (at % size, 1 + from % size);
        let root = root_at(&mut log, size).unwrap();
        let old_root = root_at(&mut log, old).unwrap();
        prop_assert_eq!(tlog_tiles::tree_hash(size, &oracle).unwrap().0, root.0);

        let proof = inclusion_proof(&mut log, index, size).unwrap();
        let oracles = tlog_tiles::prove_record(size, index, &oracle).unwrap();
        prop_assert_eq!(&oracles, &theirs(&proof));
        let leaf = leaf_hash(&index.to_be_bytes());
        prop_assert!(verify_inclusion(&leaf, index, size, &proof, &root).is_ok());

        let proof = consistency_proof(&mut log, old, size).unwrap();
        let oracles = tlog_tiles::prove_tree(size, old, &oracle).unwrap();
        prop_assert_eq!(&oracles, &theirs(&proof));
        prop_assert!(verify_consistency(old, &old_root, size, &root, &proof).is_ok());
    }

    /// Neither accepts a proof that the other refuses.
    #[test]
    fn verdicts_are_the_same(
        size in 1u64..80, index in 0u64..90, old in 1u64..90, made_for in 0u64..80, cut in 0usize..3,
    ) {
        let mut log = Levels::of(90);
        let root = root_at(&mut log, size).unwrap();
        let leaf = log.leaves()[index as usize];
        let mut proof = inclusion_proof(&mut log, made_for % size, size).unwrap();
        proof.truncate(proof.len().saturating_sub(cut));
        let their = |hash: Hash| tlog_tiles::Hash(hash.0);
        let oracle =
            tlog_tiles::check_record(&theirs(&proof), size, their(root), index, their(leaf));
        let ours = verify_inclusion(&leaf, index, size, &proof, &root);
        prop_assert_eq!(ours.is_ok(), oracle.is_ok());

        let old_root = root_at(&mut log, old).unwrap();
        let mut proof = consistency_proof(&mut log, 1 + made_for % size, size).unwrap();
        proof.truncate(proof.len().saturating_sub(cut));
        let oracle =
            tlog_tiles::check_tree(&theirs(&proof), size, their(root), old, their(old_root));
        let ours = verify_consistency(old, &old_root, size, &root, &proof);
        prop_assert_eq!(ours.is_ok(), oracle.is_ok());
    }

    #[test]
    fn tiles_to_publish_are_the_same(old in 0u64..200_000, more in 0u64..100_000) {
        let hashes = |level| match level {
            TileLevel::Hashes(level) => Some(level),
            TileLevel::Entries => None,
        };
        let mut ours: Vec<_> = tiles_for(old, old + more)
            .filter_map(|tile| Some((hashes(tile.level)?, tile.index, u32::from(tile.width))))
            .collect();
        let oracle = tlog_tiles::Tile::new_tiles(8, old, old + more);
        let mut oracle: Vec<_> =
            oracle.iter().map(|t| (t.level(), t.level_index(), t.width())).collect();
        ours.sort_unstable();
        oracle.sort_unstable();
        prop_assert_eq!(ours, oracle);
    }

    #[test]
    fn paths_of_tiles_are_the_same(level in 0u8..64, index: u64, shift in 0u32..64, width in 1u16..=256) {
        let index = index >> shift;
        let oracle = tlog_tiles::Tile::new(8, level, index, width.into(), false).path();
        let ours = ledger::tile::Tile { level: TileLevel::Hashes(level), index, width };
        // Theirs names the height of tiles, as Go's checksum database does.
        prop_assert_eq!(ours.path(), oracle.replacen("tile/8/", "tile/", 1));
    }

    #[test]
    fn notes_are_read_and_signed_alike(
        seed: [u8; 32], text in "([\\PC]{0,20}\n){1,3}", change: prop::sample::Index, byte: u8,
    ) {
        let key = SigningKey::log("log.example/1", &seed).unwrap();
        let note = Note { signatures: vec![key.sign(&text)], text: text.clone() }.to_string();
        let signer = signed_note::StandardSigner::new(&key.to_text()).unwrap();
        prop_assert_eq!(signer.key_id().to_be_bytes(), key.verifier().id());
        let mut oracle = signed_note::Note::new(text.as_bytes(), &[]).unwrap();
        oracle.add_sigs(&[&signer]).unwrap();
        prop_assert_eq!(note.as_bytes(), oracle.to_bytes());

        let mut other = note.into_bytes();
        let at = change.index(other.len());
        other[at] = byte;
        let vkey = key.verifier().to_string();
        let known = || {
            let key = signed_note::StandardVerifier::new(&vkey).unwrap();
            signed_note::VerifierList::new(vec![Box::new(key)])
        };
        let oracle = signed_note::Note::from_bytes(&other);
        let ours = Note::parse(&other);
        prop_assert_eq!(ours.is_ok(), oracle.is_ok());
        if let (Ok(ours), Ok(oracle)) = (ours, oracle) {
            let ours = ours.verify(&[key.verifier()]);
            prop_assert_eq!(ours.is_ok(), oracle.verify(&known()).is_ok());
        }
    }

    #[test]
    fn checkpoints_are_read_alike(change: prop::sample::Index, byte in "[ -~\n—]") {
        let text = Checkpoint::new("log.example/1".into(), 1234, leaf_hash(b"")).text();
        let at = change.index(text.len());
        let other = format!("{}{byte}{}", &text[..at], &text[at + 1..]);
        let oracle = tlog_tiles::Checkpoint::from_bytes(other.as_bytes());
        if let Ok(ours) = Checkpoint::parse(&other) {
            let oracle = oracle.expect("what is read here is read there");
            prop_assert_eq!((ours.origin.as_str(), ours.size), (oracle.origin(), oracle.size()));
            prop_assert_eq!(ours.root.0, oracle.hash().0);
        }
    }
}

#[test]
fn a_note_by_the_oracles_key_is_read() {
    let key = log_key();
    let signer = signed_note::StandardSigner::new(&key.to_text()).unwrap();
    let text = Checkpoint::new("log.example/1".into(), 0, ledger::hash::empty_root()).text();
    let mut oracle = signed_note::Note::new(text.as_bytes(), &[]).unwrap();
    oracle.add_sigs(&[&signer]).unwrap();
    assert!(Checkpoint::open(&oracle.to_bytes(), &key.verifier()).is_ok());
}

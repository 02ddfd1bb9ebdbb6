//! The quick tree equals the textbook tree; every leaf and every beginning has a proof; one changed
//! bit breaks it.

use ledger::hash::{Hash, MAX_TREE_SIZE, empty_root, leaf_hash};
use ledger::proof::{
    NotProved, ProofError, consistency_proof, inclusion_proof, root_at, verify_consistency,
    verify_inclusion,
};
use ledger::tile::HashSource;
use ledger::tree::{RightEdge, root_of};
use proptest::prelude::*;

use crate::fixture::{Levels, Monotone};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_growing_tree_equals_the_definition(entries: Vec<Vec<u8>>) {
        let mut log = Levels::default();
        for entry in &entries {
            log.push(leaf_hash(entry));
            let edge = RightEdge::resume(log.edge.size(), log.edge.subtrees().to_vec());
            prop_assert_eq!(edge.as_ref(), Some(&log.edge));
        }
        let leaves: Vec<Hash> = entries.iter().map(|entry| leaf_hash(entry)).collect();
        prop_assert_eq!(log.edge.size(), leaves.len() as u64);
        prop_assert_eq!(log.edge.root(), root_of(&leaves));
    }

    #[test]
    fn every_size_of_a_larger_log_has_its_root(size in 0u64..1500, more in 0u64..600) {
        let mut log = Levels::of(size + more);
        let root = root_of(&log.leaves()[..size as usize]);
        prop_assert_eq!(root_at(&mut log, size).unwrap(), root);
    }

    #[test]
    fn hashes_of_tile_levels_are_those_of_the_definition(size in 0u64..1500) {
        let log = Levels::of(size);
        for (level, hashes) in log.levels.iter().enumerate() {
            let span = 256usize.pow(level as u32);
            let complete = log.leaves().chunks_exact(span).map(root_of).collect::<Vec<_>>();
            prop_assert_eq!(hashes, &complete);
        }
    }

    #[test]
    fn one_changed_bit_breaks_an_inclusion_proof(
        size in 1u64..1500, at: u64, bit in 0usize..256, which: prop::sample::Index,
    ) {
        let mut log = Levels::of(size);
        let (index, root) = (at % size, log.edge.root());
        let leaf = log.leaves()[index as usize];
        let proof = inclusion_proof(&mut log, index, size).unwrap();
        prop_assert_eq!(verify_inclusion(&leaf, index, size, &proof, &root), Ok(()));
        let flip = |hash: &Hash| {
            let mut hash = *hash;
            hash.0[bit / 8] ^= 1 << (bit % 8);
            hash
        };
        let broken = Err(NotProved::Root);
        prop_assert_eq!(verify_inclusion(&flip(&leaf), index, size, &proof, &root), broken);
        prop_assert_eq!(verify_inclusion(&leaf, index, size, &proof, &flip(&root)), broken);
        if !proof.is_empty() {
            let mut other = proof.clone();
            let which = which.index(other.len());
            other[which] = flip(&other[which]);
            prop_assert_eq!(verify_inclusion(&leaf, index, size, &other, &root), broken);
        }
    }

    #[test]
    fn one_changed_bit_breaks_a_consistency_proof(
        new in 1u64..1500, at: u64, bit in 0usize..256, which: prop::sample::Index,
    ) {
        let mut log = Levels::of(new);
        let old = 1 + at % new;
        let root = log.edge.root();
        let old_root = root_of(&log.leaves()[..old as usize]);
        let proof = consistency_proof(&mut log, old, new).unwrap();
        prop_assert_eq!(verify_consistency(old, &old_root, new, &root, &proof), Ok(()));
        let flip = |hash: &Hash| {
            let mut hash = *hash;
            hash.0[bit / 8] ^= 1 << (bit % 8);
            hash
        };
        prop_assert!(verify_consistency(old, &flip(&old_root), new, &root, &proof).is_err());
        prop_assert!(verify_consistency(old, &old_root, new, &flip(&root), &proof).is_err());
        if !proof.is_empty() {
            let mut other = proof.clone();
            let which = which.index(other.len());
            other[which] = flip(&other[which]);
            prop_assert!(verify_consistency(old, &old_root, new, &root, &other).is_err());
        }
    }

    #[test]
    fn proofs_of_the_largest_trees_verify(size in 1..=MAX_TREE_SIZE, at: u64, from: u64) {
        let (index, old) = (at % size, 1 + from % size);
        let root = root_at(&mut Monotone, size).unwrap();
        let leaf = leaf_hash(Monotone::ENTRY);
        let proof = inclusion_proof(&mut Monotone, index, size).unwrap();
        prop_assert!(proof.len() <= 63);
        prop_assert_eq!(verify_inclusion(&leaf, index, size, &proof, &root), Ok(()));
        let old_root = root_at(&mut Monotone, old).unwrap();
        let proof = consistency_proof(&mut Monotone, old, size).unwrap();
        // tlog-witness allows 63 lines.
        let most = if size <= 1 << 62 { 63 } else { 64 };
        prop_assert!(proof.len() <= most);
        prop_assert_eq!(verify_consistency(old, &old_root, size, &root, &proof), Ok(()));
    }

    #[test]
    fn any_proof_is_checked_without_panic(
        index: u64, size: u64, old: u64, new: u64, hashes in prop::collection::vec(any::<[u8; 32]>(), 0..70),
    ) {
        let proof: Vec<Hash> = hashes.into_iter().map(Hash).collect();
        let root = empty_root();
        prop_assert!(verify_inclusion(&root, index, size, &proof, &root).is_err());
        if old > 0 && old != new {
            prop_assert!(verify_consistency(old, &root, new, &root, &proof).is_err());
        }
    }
}

#[test]
fn every_leaf_has_a_proof_for_every_size_and_no_other_place() {
    const MOST: u64 = 70;
    let mut log = Levels::of(MOST);
    for size in 1..=MOST {
        let root = root_of(&log.leaves()[..size as usize]);
        for index in 0..size {
            let leaf = log.leaves()[index as usize];
            let proof = inclusion_proof(&mut log, index, size).unwrap();
            for other in 0..=size {
                let answer = verify_inclusion(&leaf, other, size, &proof, &root);
                assert_eq!(answer.is_ok(), other == index, "{index} of {size} as {other}");
            }
            let none = ProofError::OutOfRange;
            assert_eq!(inclusion_proof(&mut log, size, size), Err(none));
        }
    }
}

#[test]
fn every_beginning_has_a_proof_and_no_other_size() {
    const MOST: u64 = 40;
    let mut log = Levels::of(MOST);
    let roots: Vec<Hash> = (0..=MOST as usize).map(|size| root_of(&log.leaves()[..size])).collect();
    for new in 0..=MOST {
        for old in 0..=new {
            let (old_root, root) = (roots[old as usize], roots[new as usize]);
            let proof = consistency_proof(&mut log, old, new).unwrap();
            for other in 0..=new {
                let answer = verify_consistency(other, &old_root, new, &root, &proof);
                assert_eq!(answer.is_ok(), other == old, "{old} to {new} as {other}");
            }
        }
        let shrinks = consistency_proof(&mut log, new + 1, new);
        assert_eq!(shrinks, Err(ProofError::OutOfRange));
    }
}

#[test]
fn a_tree_grows_from_nothing_only_with_the_root_of_nothing() {
    let (nothing, root) = (empty_root(), leaf_hash(b"entry"));
    assert_eq!(verify_consistency(0, &nothing, 1, &root, &[]), Ok(()));
    assert_eq!(verify_consistency(0, &nothing, 0, &nothing, &[]), Ok(()));
    assert_eq!(verify_consistency(0, &root, 1, &root, &[]), Err(NotProved::OldRoot));
    assert_eq!(verify_consistency(0, &root, 0, &root, &[]), Err(NotProved::OldRoot));
    assert_eq!(verify_consistency(0, &nothing, 0, &root, &[]), Err(NotProved::Root));
    let long = NotProved::Length { takes: 0, got: 1 };
    assert_eq!(verify_consistency(0, &nothing, 1, &root, &[root]), Err(long));
    assert_eq!(
        verify_consistency(2, &root, 1, &root, &[]),
        Err(NotProved::Shrinks { old: 2, new: 1 })
    );
}

#[test]
fn a_source_that_gives_too_little_or_fails_is_noticed() {
    struct Short;
    impl HashSource for Short {
        type Error = ();
        fn hashes(&mut self, level: u8, _start: u64, count: u16) -> Result<Vec<Hash>, ()> {
            if level > 0 { Err(()) } else { Ok(vec![empty_root(); usize::from(count) - 1]) }
        }
    }
    let count = ProofError::Count { level: 0, start: 4, asked: 4, got: 3 };
    assert_eq!(inclusion_proof(&mut Short, 0, 8), Err(count));
    assert_eq!(root_at(&mut Short, 256), Err(ProofError::Source(())));
    assert_eq!(root_at(&mut Short, MAX_TREE_SIZE + 1), Err(ProofError::OutOfRange));
}

#[test]
fn an_edge_is_resumed_only_with_as_many_subtrees_as_its_size_has() {
    let hash = empty_root();
    assert!(RightEdge::resume(5, vec![hash; 2]).is_some());
    assert!(RightEdge::resume(5, vec![hash; 3]).is_none());
    assert!(RightEdge::resume(MAX_TREE_SIZE, vec![hash; 63]).is_some());
    assert!(RightEdge::resume(u64::MAX, vec![hash; 64]).is_none());
}

/// The eight entries and nine roots with which Certificate Transparency implementations are tested
/// (first in `merkletree/merkle_tree_test.cc` of google/certificate-transparency).
#[test]
fn known_roots() {
    let entries: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let hex = |hash: Hash| hash.0.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let mut edge = RightEdge::default();
    assert_eq!(hex(edge.root()), roots[0]);
    for (entry, root) in entries.into_iter().zip(&roots[1..]) {
        edge.push(leaf_hash(entry));
        assert_eq!(hex(edge.root()), *root);
    }
}

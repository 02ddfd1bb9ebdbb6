//! Sound and unsound proofs made by others, and the same kinds of unsound proofs made here.

use std::path::Path;

use ledger::hash::{Hash, leaf_hash};
use ledger::proof::{consistency_proof, inclusion_proof, verify_consistency, verify_inclusion};
use ledger::tree::root_of;
use serde_json::Value;

use crate::fixture::Levels;

/// `null` is no proof at all; a hash that is not one spoils the whole.
fn hashes(value: &Value) -> Option<Vec<Hash>> {
    value.as_array().into_iter().flatten().map(hash).collect()
}

fn hash(value: &Value) -> Option<Hash> {
    Hash::parse(value.as_str()?).ok()
}

/// A root of a probe. Some probes put a few words where a root stands: a hash of their text takes
/// their place, as good for being equal or not.
fn root(value: &Value) -> Option<Hash> {
    hash(value).or_else(|| Some(leaf_hash(value.as_str()?.as_bytes())))
}

/// Where this crate says yes and the probe's author no: any tree grows from the one without leaves
/// (see [`verify_consistency`]).
const GROWS_FROM_NOTHING: &str = "size1-is-zero-and-size2-is-not-zero.json";

#[test]
fn sigsum_vectors() {
    let verify = |case: &Value| {
        let (leaf, root) = (hash(&case["leaf_hash"]).unwrap(), hash(&case["root_hash"]).unwrap());
        let (index, size) =
            (case["leaf_index"].as_u64().unwrap(), case["tree_size"].as_u64().unwrap());
        let path = hashes(&case["inclusion_path"]).unwrap();
        verify_inclusion(&leaf, index, size, &path, &root).is_ok()
    };
    for (cases, sound) in [
        (include_str!("../vectors/sigsum/inclusion-valid.json"), true),
        (include_str!("../vectors/sigsum/inclusion-invalid.json"), false),
    ] {
        let cases: Vec<Value> = serde_json::from_str(cases).unwrap();
        assert_eq!(cases.len(), 4);
        for case in cases {
            assert_eq!(verify(&case), sound, "{case}");
        }
    }
}

/// Runs transparency-dev's probes, when `MIDUN_MERKLE_VECTORS` names their folder (see
/// `tests/vectors/README.md`).
#[test]
fn probes_of_transparency_dev() {
    let Ok(folder) = std::env::var("MIDUN_MERKLE_VECTORS") else { return };
    let mut files = Vec::new();
    // Its further folders probe subtrees, which are not proved here.
    for kind in ["inclusion", "consistency"] {
        collect(&Path::new(&folder).join(kind), &mut files);
    }
    let (mut sound, mut unsound) = (0, 0);
    for (path, case) in files {
        let number = |name: &str| case[name].as_u64();
        let accepted = if case["leafIdx"].is_null() {
            consistency(&case, number("size1").unwrap(), number("size2").unwrap())
        } else {
            // A number below 0 or above 2^64 can't be said, and so not be accepted.
            let index = number("leafIdx").zip(number("treeSize"));
            index.and_then(|(index, size)| inclusion(&case, index, size))
        };
        let wanted = !case["wantErr"].as_bool().unwrap() || path.ends_with(GROWS_FROM_NOTHING);
        assert_eq!(accepted.is_some(), wanted, "{path}");
        if wanted { sound += 1 } else { unsound += 1 }
    }
    println!("{sound} sound and {unsound} unsound probes");
    assert!(sound >= 10 && unsound >= 150, "{sound} sound and {unsound} unsound probes only");
}

fn inclusion(case: &Value, index: u64, size: u64) -> Option<()> {
    let (leaf, root) = (hash(&case["leafHash"])?, self::root(&case["root"])?);
    verify_inclusion(&leaf, index, size, &hashes(&case["proof"])?, &root).ok()
}

fn consistency(case: &Value, old: u64, new: u64) -> Option<()> {
    let (old_root, root) = (self::root(&case["root1"])?, self::root(&case["root2"])?);
    verify_consistency(old, &old_root, new, &root, &hashes(&case["proof"])?).ok()
}

fn collect(folder: &Path, files: &mut Vec<(String, Value)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "json") {
            #[expect(clippy::disallowed_methods, reason = "the tests read vectors")]
            let text = std::fs::read_to_string(&path).unwrap();
            files.push((path.display().to_string(), serde_json::from_str(&text).unwrap()));
        }
    }
}

/// Ways to spoil a proof.
fn spoiled(proof: &[Hash], extras: &[Hash]) -> Vec<Vec<Hash>> {
    let mut all = Vec::new();
    for at in 0..proof.len() {
        let mut other = proof.to_vec();
        other[at].0[at % 32] ^= 0x10;
        all.push(other);
        let mut other = proof.to_vec();
        other.remove(at);
        all.push(other);
        if at > 0 && proof[at] != proof[at - 1] {
            let mut other = proof.to_vec();
            other.swap(at, at - 1);
            all.push(other);
        }
    }
    for &extra in extras {
        for at in [0, proof.len() / 2, proof.len()] {
            let mut other = proof.to_vec();
            other.insert(at, extra);
            all.push(other);
        }
    }
    all
}

#[test]
fn spoiled_inclusion_proofs_are_refused() {
    let mut log = Levels::of(300);
    for size in [1, 2, 3, 7, 8, 9, 100, 255, 256, 257, 300] {
        let root = root_of(&log.leaves()[..size as usize]);
        for index in [0, 1, 2, size / 2, size - 1] {
            let index = index.min(size - 1);
            let leaf = log.leaves()[index as usize];
            let proof = inclusion_proof(&mut log, index, size).unwrap();
            let sound =
                |index, size, proof: &[Hash]| verify_inclusion(&leaf, index, size, proof, &root);
            assert_eq!(sound(index, size, &proof), Ok(()));
            for other in spoiled(&proof, &[root, leaf, Hash([0; 32])]) {
                assert!(sound(index, size, &other).is_err(), "{index} of {size}: {other:?}");
            }
            for other in [index ^ 2, index + 1, index.wrapping_sub(1), u64::MAX, size] {
                assert!(sound(other, size, &proof).is_err(), "{other} for {index} of {size}");
            }
            for other in [0, index, u64::MAX, size.saturating_mul(1 << 20)] {
                assert!(sound(index, other, &proof).is_err(), "{index} of {other} for {size}");
            }
        }
    }
}

#[test]
fn spoiled_consistency_proofs_are_refused() {
    let mut log = Levels::of(300);
    for (old, new) in [
        (1, 1),
        (1, 2),
        (1, 8),
        (2, 5),
        (6, 8),
        (7, 15),
        (8, 9),
        (100, 256),
        (256, 300),
        (255, 300),
    ] {
        let roots = [old, new].map(|size| root_of(&log.leaves()[..size as usize]));
        let proof = consistency_proof(&mut log, old, new).unwrap();
        let sound = |old, new, roots: &[Hash; 2], proof: &[Hash]| {
            verify_consistency(old, &roots[0], new, &roots[1], proof)
        };
        assert_eq!(sound(old, new, &roots, &proof), Ok(()));
        for other in spoiled(&proof, &[roots[0], roots[1], Hash([0; 32])]) {
            assert!(sound(old, new, &roots, &other).is_err(), "{old} to {new}: {other:?}");
        }
        for other in [0, old - 1, old + 1, old ^ 2, new + 1, u64::MAX] {
            assert!(sound(other, new, &roots, &proof).is_err(), "{other} for {old} to {new}");
        }
        for other in [0, old - 1, u64::MAX, new << 20] {
            assert!(sound(old, other, &roots, &proof).is_err(), "{old} to {other} for {new}");
        }
        if old != new {
            let swapped = [roots[1], roots[0]];
            assert!(sound(old, new, &swapped, &proof).is_err());
            assert!(sound(new, old, &swapped, &proof).is_err());
        }
    }
}

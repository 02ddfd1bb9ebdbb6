//! The quick tree equals the textbook tree; every leaf has a proof; one changed bit breaks it.

use ledger::hash::{Hash, empty_root, leaf_hash};
use ledger::proof::{
    consistency_proof, inclusion_proof, root_at, verify_consistency, verify_inclusion,
};
use ledger::tile::{HashSource, Tile, tiles_for};
use ledger::tree::{RightEdge, root_of};
use proptest::prelude::*;

/// All leaves in memory; hashes of tiles straight from the definition.
struct Leaves(Vec<Hash>);

impl HashSource for Leaves {
    type Error = ();
    fn hashes(&mut self, level: u8, start: u64, count: u16) -> Result<Vec<Hash>, ()> {
        let span = 256u64.pow(level.into());
        (start..start + u64::from(count))
            .map(|i| {
                let part = (i * span) as usize..((i + 1) * span) as usize;
                self.0.get(part).map(root_of).ok_or(())
            })
            .collect()
    }
}

fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|i| leaf_hash(&i.to_be_bytes())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_growing_tree_equals_the_definition(size in 0u64..700) {
        let all = leaves(size);
        let mut edge = RightEdge::default();
        for &leaf in &all {
            edge.push(leaf);
        }
        prop_assert_eq!(edge.root(), root_of(&all));
        prop_assert_eq!(root_at(&mut Leaves(all), size).unwrap(), edge.root());
        let again = RightEdge::resume(size, edge.subtrees().to_vec()).unwrap();
        prop_assert_eq!(again, edge);
    }

    #[test]
    fn every_leaf_is_proved_and_one_changed_bit_breaks_it(
        size in 1u64..700, at in any::<u64>(), flip in any::<u16>(),
    ) {
        let index = at % size;
        let mut source = Leaves(leaves(size));
        let root = root_of(&source.0);
        let leaf = source.0[index as usize];
        let mut proof = inclusion_proof(&mut source, index, size).unwrap();
        prop_assert!(verify_inclusion(&leaf, index, size, &proof, &root).is_ok());
        prop_assert!(verify_inclusion(&leaf, size, size, &proof, &root).is_err());
        if size > 1 {
            prop_assert!(verify_inclusion(&leaf, index ^ 1, size, &proof, &root).is_err());
        }
        if !proof.is_empty() {
            let which = usize::from(flip) % proof.len();
            proof[which].0[usize::from(flip) % 32] ^= 1 << (flip % 8);
            prop_assert!(verify_inclusion(&leaf, index, size, &proof, &root).is_err());
            proof[which].0[usize::from(flip) % 32] ^= 1 << (flip % 8);
            proof.pop();
            prop_assert!(verify_inclusion(&leaf, index, size, &proof, &root).is_err());
        }
    }

    #[test]
    fn every_beginning_is_proved(new in 1u64..600, at in any::<u64>(), flip in any::<u16>()) {
        let old = at % (new + 1);
        let mut source = Leaves(leaves(new));
        let root = root_of(&source.0);
        let old_root = root_of(&source.0[..old as usize]);
        let mut proof = consistency_proof(&mut source, old, new).unwrap();
        prop_assert!(verify_consistency(old, &old_root, new, &root, &proof).is_ok());
        let other = leaf_hash(b"another");
        prop_assert!(verify_consistency(old, &other, new, &root, &proof).is_err());
        if !proof.is_empty() {
            let which = usize::from(flip) % proof.len();
            proof[which].0[usize::from(flip) % 32] ^= 1 << (flip % 8);
            prop_assert!(verify_consistency(old, &old_root, new, &root, &proof).is_err());
        }
    }

    #[test]
    fn paths_of_tiles_round_trip(level in 0u8..64, index in any::<u64>(), width in 1u16..257) {
        let tile = Tile { level: ledger::tile::TileLevel::Hashes(level), index, width };
        prop_assert_eq!(tile.to_string().parse(), Ok(tile));
    }

    #[test]
    fn any_path_is_read_without_panic(path in "\\PC{0,60}") {
        let _ = path.parse::<Tile>();
    }
}

#[test]
fn known_roots() {
    // RFC 6962 reference implementation: the empty tree and that of one empty leaf.
    let hex = |hash: Hash| hash.0.iter().map(|b| format!("{b:02x}")).collect::<String>();
    assert_eq!(
        hex(empty_root()),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
    assert_eq!(
        hex(leaf_hash(b"")),
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    );
}

#[test]
fn tiles_of_70000_entries() {
    // The example of the tlog-tiles specification.
    let tiles: Vec<Tile> = tiles_for(0, 70_000).collect();
    let hashes = |level| {
        let of_level = move |tile: &&Tile| tile.level == ledger::tile::TileLevel::Hashes(level);
        tiles.iter().filter(of_level).collect::<Vec<_>>()
    };
    assert_eq!(hashes(0).len(), 274);
    assert_eq!(hashes(0).last().unwrap().to_string(), "tile/0/273.p/112");
    assert_eq!(hashes(1).len(), 2);
    assert_eq!(hashes(1).last().unwrap().to_string(), "tile/1/001.p/17");
    assert_eq!(hashes(2).len(), 1);
    assert_eq!(hashes(2).last().unwrap().to_string(), "tile/2/000.p/1");
    let far = Tile { level: ledger::tile::TileLevel::Entries, index: 1_234_067, width: 256 };
    assert_eq!(far.to_string(), "tile/entries/x001/x234/067");
}

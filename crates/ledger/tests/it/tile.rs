//! Tiles: names, contents, and which to publish.

use std::collections::BTreeMap;
use std::convert::Infallible;

use ledger::proof::{consistency_proof, inclusion_proof, root_at, verify_inclusion};
use ledger::tile::{
    ContentError, HashSource, ReadError, TILE_WIDTH, Tile, TileLevel, TileReader, bundle, hashes,
    tiles_for, unbundle,
};
use proptest::prelude::*;

use crate::fixture::Levels;

fn any_tile() -> impl Strategy<Value = Tile> {
    let level = prop_oneof![
        9 => (0u8..64).prop_map(TileLevel::Hashes),
        1 => Just(TileLevel::Entries),
    ];
    // Indexes of every length.
    let index = (any::<u64>(), 0u32..64).prop_map(|(number, shift)| number >> shift);
    (level, index, 1u16..=256).prop_map(|(level, index, width)| Tile { level, index, width })
}

proptest! {
    #[test]
    fn paths_round_trip(tile in any_tile()) {
        prop_assert_eq!(Tile::parse(&tile.path()), Ok(tile));
    }

    #[test]
    fn a_path_has_one_form(path in "tile/(entries|[0-9]{1,3})/(x?[0-9]{2,4}/){0,3}x?[0-9]{3}(\\.p/[0-9]{1,3})?") {
        if let Ok(tile) = Tile::parse(&path) {
            prop_assert_eq!(tile.path(), path);
        }
    }

    #[test]
    fn any_path_is_read_without_panic(path in "\\PC{0,60}") {
        prop_assert!(Tile::parse(&path).is_err());
    }

    #[test]
    fn bundles_round_trip(
        entries in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 1..256),
        cut: prop::sample::Index,
    ) {
        let bytes = bundle(entries.iter().map(Vec::as_slice)).unwrap();
        let width = entries.len() as u16;
        let tile = Tile { level: TileLevel::Entries, index: 0, width };
        prop_assert_eq!(tile.read_entries(&bytes).unwrap(), entries);
        let wider = Tile { width: width + 1, ..tile };
        let error = ContentError::Width { expected: width + 1, found: width.into() };
        prop_assert_eq!(wider.read_entries(&bytes), Err(error));
        prop_assert!(tile.read_entries(&bytes[..cut.index(bytes.len())]).is_err());
    }

    #[test]
    fn any_bundle_is_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Some(entries) = unbundle(&bytes) {
            prop_assert_eq!(bundle(entries).unwrap(), bytes);
        }
    }

    /// Publishing step by step leaves what publishing at once does, but for overtaken partials.
    #[test]
    fn what_is_published_holds_the_tree(
        steps in prop::collection::vec(0u64..700, 1..4), at: u64, from: u64,
    ) {
        let mut log = Levels::default();
        let mut files = BTreeMap::new();
        for step in steps {
            let (old, new) = (log.edge.size(), log.edge.size() + step);
            (old..new).for_each(|i| log.push(ledger::hash::leaf_hash(&i.to_be_bytes())));
            for tile in tiles_for(old, new) {
                if let TileLevel::Hashes(level) = tile.level {
                    let start = tile.index * TILE_WIDTH;
                    let content = hashes(&log.hashes(level, start, tile.width).unwrap());
                    prop_assert!(files.insert(tile.path(), content).is_none(), "twice");
                }
            }
        }
        let size = log.edge.size();
        if size == 0 {
            return Ok(());
        }
        let mut reads = Vec::new();
        let mut reader = TileReader::new(size, |tile: Tile| {
            reads.push(tile);
            files.get(&tile.path()).cloned().ok_or(tile)
        });
        let (index, old) = (at % size, from % (size + 1));
        prop_assert_eq!(root_at(&mut reader, size).unwrap(), log.edge.root());
        let proof = inclusion_proof(&mut reader, index, size).unwrap();
        prop_assert_eq!(&proof, &inclusion_proof(&mut log, index, size).unwrap());
        let leaf = log.leaves()[index as usize];
        prop_assert!(verify_inclusion(&leaf, index, size, &proof, &log.edge.root()).is_ok());
        let proof = consistency_proof(&mut reader, old, size).unwrap();
        prop_assert_eq!(proof, consistency_proof(&mut log, old, size).unwrap());
        drop(reader);
        let count = reads.len();
        reads.sort();
        reads.dedup();
        prop_assert_eq!(reads.len(), count, "a tile is read once");
    }
}

/// The example of the tlog-tiles specification.
#[test]
fn tiles_of_70000_entries() {
    let tiles: Vec<Tile> = tiles_for(0, 70_000).collect();
    let count = |prefix: &str| tiles.iter().filter(|t| t.path().starts_with(prefix)).count();
    assert_eq!(
        [count("tile/0/"), count("tile/1/"), count("tile/2/"), count("tile/entries/")],
        [274, 2, 1, 274]
    );
    let partial = |tile: &&Tile| u64::from(tile.width) < TILE_WIDTH;
    let partials: Vec<String> = tiles.iter().filter(partial).map(Tile::path).collect();
    assert_eq!(
        partials,
        ["tile/entries/273.p/112", "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]
    );
    assert_eq!(tiles.len(), 274 + 274 + 2 + 1);
}

#[test]
fn growing_publishes_what_is_new() {
    let grow = |old, new| tiles_for(old, new).map(|tile| tile.path()).collect::<Vec<_>>();
    assert_eq!(grow(0, 0), [""; 0]);
    assert_eq!(grow(300, 300), [""; 0]);
    assert_eq!(grow(300, 200), [""; 0]);
    assert_eq!(grow(255, 256), ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]);
    assert_eq!(grow(256, 257), ["tile/entries/001.p/1", "tile/0/001.p/1"]);
    let last = tiles_for(u64::MAX - 1, u64::MAX).last().unwrap();
    assert_eq!(last.path(), "tile/0/x072/x057/x594/x037/x927/935.p/255");
}

/// The examples of the tlog-tiles specification, and near misses.
#[test]
fn paths_of_the_specification() {
    for path in [
        "tile/0/x001/x234/067",
        "tile/63/000.p/1",
        "tile/1/999.p/255",
        "tile/entries/x001/x234/067.p/5",
    ] {
        assert_eq!(Tile::parse(path).unwrap().path(), path);
    }
    for path in [
        "tile/64/000",
        "tile/00/000",
        "tile/+1/000",
        "tile/0/1234",
        "tile/0/001/234",
        "tile/0/x001",
        "tile/0/x000/001",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/",
        "tile/0/000/",
        "/tile/0/000",
        "tile/data/000",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
        "tile/0/../000",
    ] {
        assert!(Tile::parse(path).is_err(), "{path}");
    }
}

#[test]
fn entries_and_tiles_of_the_wrong_length_are_refused() {
    assert_eq!(bundle([&[0; 65_535][..]]).unwrap().len(), 65_537);
    assert_eq!(bundle([&[0; 65_536][..]]).unwrap_err().0, 65_536);
    let tile = Tile { level: TileLevel::Hashes(0), index: 0, width: 2 };
    assert!(tile.read_hashes(&[0; 64]).is_ok());
    assert_eq!(tile.read_hashes(&[0; 63]), Err(ContentError::CutShort));
    let wide = Err(ContentError::Width { expected: 2, found: 3 });
    assert_eq!(tile.read_hashes(&[0; 96]), wide);
}

#[test]
fn a_reader_of_tiles_says_which_tile_fails() {
    let short = |_| Ok::<_, Infallible>(vec![0; 31]);
    let tile = Tile { level: TileLevel::Hashes(0), index: 0, width: 2 };
    let error = TileReader::new(2, short).hashes(0, 0, 2).unwrap_err();
    assert_eq!(error, ReadError::Content(tile, ContentError::CutShort));
    let error = TileReader::new(2, short).hashes(0, 1, 2).unwrap_err();
    assert_eq!(error, ReadError::OutOfRange { level: 0, start: 1, count: 2, size: 2 });
    let error = TileReader::new(2, |_| Err("gone")).hashes(0, 0, 1).unwrap_err();
    assert_eq!(error, ReadError::Tile(tile, "gone"));
    // Hashes that span two tiles.
    let mut reader = TileReader::new(300, |tile: Tile| {
        Ok::<_, Infallible>(vec![tile.index as u8; usize::from(tile.width) * 32])
    });
    let two = reader.hashes(0, 255, 2).unwrap();
    assert_eq!((two[0].0[0], two[1].0[0]), (0, 1));
}

//! Publishes the log as static files: tiles, entry bundles and the checkpoint (C2SP tlog-tiles).

use std::fs;
use std::io::Write as _;
use std::path::Path;

use ledger::checkpoint::Checkpoint;
use ledger::tile::{HashSource as _, TILE_WIDTH, Tile, TileLevel, bundle, tiles_for};
use store::Reader;

use crate::{Home, Trouble};

/// Brings the published files up to the newest entry; gives the size published. Several processes
/// may do so at once: they write the same bytes.
///
/// # Errors
/// The store's own, [`Trouble::Disk`], [`Trouble::LogKey`].
pub fn publish(home: &Home, reader: &Reader) -> Result<u64, Trouble> {
    let dir = home.tiles_dir();
    let checkpoint_file = dir.join("checkpoint");
    let chain = reader.chain()?;
    let old = fs::read(&checkpoint_file)
        .ok()
        .and_then(|note| Checkpoint::open(&note, &home.log_vkey().ok()?).ok())
        .map_or(0, |(checkpoint, _)| checkpoint.size);
    if old >= chain.size {
        return Ok(old);
    }
    for tile in tiles_for(old, chain.size) {
        let bytes = match tile.level {
            TileLevel::Hashes(level) => {
                let start = tile.index * TILE_WIDTH;
                let hashes = reader.hashes().hashes(level, start, tile.width)?;
                hashes.iter().flat_map(|hash| hash.0).collect()
            }
            TileLevel::Entries => entries(reader, &tile)?,
        };
        write(&dir.join(tile.to_string()), &bytes)?;
    }
    let note = Checkpoint::new(home.settings.origin.clone(), chain.size, chain.root)
        .sign(&home.log_key()?)
        .to_string();
    write(&checkpoint_file, note.as_bytes())?;
    Ok(chain.size)
}

fn entries(reader: &Reader, tile: &Tile) -> Result<Vec<u8>, Trouble> {
    let start = tile.index * TILE_WIDTH;
    let mut entries = Vec::with_capacity(tile.width.into());
    for idx in start..start + u64::from(tile.width) {
        let leaf = reader.leaf(idx)?.ok_or(Trouble::UnknownEntry(idx))?;
        let entry = evidence::item::entry(&leaf.digests);
        entries.push(entry.ok_or(Trouble::NotAsRecorded(idx))?);
    }
    let entries = entries.iter().map(<[u8; 32]>::as_slice);
    Ok(bundle(entries).expect("an entry has 32 bytes"))
}

/// Writes a file whole or not at all. What is published can be written again from the journal, so
/// it need not be on the disk at once.
fn write(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    let trouble = |error| Trouble::disk(path, error);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(trouble)?;
    }
    let temporary = path.with_added_extension(format!("{}.new", std::process::id()));
    let mut file = fs::File::create(&temporary).map_err(trouble)?;
    file.write_all(bytes).map_err(trouble)?;
    drop(file);
    fs::rename(&temporary, path).map_err(trouble)
}

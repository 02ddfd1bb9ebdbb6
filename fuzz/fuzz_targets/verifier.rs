//! The whole verifier: no panic, and the pieces do not matter.
//!
//! The first byte says how the rest is cut. A second pass puts checksums right, so that changes
//! get beyond them.
#![no_main]

use evidence::container::{Answer, Part, Reader, Writer};
use evidence::dossier::{MIMETYPE, SUMS, hex};
use evidence::verify::{Options, Verdict, Verifier};
use libfuzzer_sys::fuzz_target;

fn verify(bytes: &[u8], piece: usize) -> Verdict {
    let mut verifier = Verifier::new(Options { now: Some(1_800_000_000), ..Options::default() });
    bytes.chunks(piece).for_each(|piece| verifier.feed(piece));
    verifier.finish()
}

/// The same entries with CRCs and `SHA256SUMS` that fit, as far as the container can be read.
fn resealed(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut entries: Vec<(String, Vec<u8>)> = Vec::new();
    let mut sink = |part: Part<'_>| {
        match part {
            Part::Start(entry) => entries.push((entry.path.clone(), Vec::new())),
            Part::Data(piece) => entries.last_mut().into_iter().for_each(|(_, c)| c.extend(piece)),
            Part::End { .. } => {}
        }
        Answer::Continue(())
    };
    // A directory that does not fit is as good: it is written anew.
    let _ = Reader::new().feed(bytes, &mut sink);
    let mut sums = String::new();
    for (path, content) in &entries {
        if path != MIMETYPE && path != SUMS {
            sums.push_str(&format!("{}  {path}\n", hex(&sha256(content))));
        }
    }
    let mut writer = Writer::new(Vec::new());
    for (path, content) in &entries {
        let content = if path == SUMS { sums.as_bytes() } else { content };
        writer.add_bytes(path, content).ok()?;
    }
    writer.finish().ok()
}

/// SHA-256, as `SHA256SUMS` lists it.
fn sha256(content: &[u8]) -> [u8; 32] {
    use sha2::Digest as _;
    sha2::Sha256::digest(content).into()
}

fuzz_target!(|bytes: &[u8]| {
    let Some((&piece, dossier)) = bytes.split_first() else { return };
    let verdict = verify(dossier, usize::from(piece) + 1);
    assert_eq!(verdict, verify(dossier, dossier.len().max(1)));
    if let Some(resealed) = resealed(dossier) {
        let _ = verify(&resealed, usize::MAX).to_json();
    }
});

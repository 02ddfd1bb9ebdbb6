//! The container's reader: no panic; what it accepts, the writer writes again to the byte.
#![no_main]

use evidence::container::{Answer, Part, Reader, Writer};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut entries: Vec<(String, Vec<u8>)> = Vec::new();
    let mut crcs_fit = true;
    let mut said = 0;
    let mut reader = Reader::new();
    let mut sink = |part: Part<'_>| {
        match part {
            Part::Start(entry) => {
                said = entry.crc32;
                entries.push((entry.path.clone(), Vec::new()));
            }
            Part::Data(piece) => {
                if let Some((_, content)) = entries.last_mut() {
                    content.extend_from_slice(piece);
                }
            }
            Part::End { crc32 } => crcs_fit &= crc32 == said,
        }
        Answer::Continue(())
    };
    let fed = bytes.chunks(7).try_for_each(|piece| reader.feed(piece, &mut sink));
    if fed.and_then(|()| reader.finish()).is_err() || !crcs_fit {
        return;
    }
    let mut writer = Writer::new(Vec::new());
    for (path, content) in &entries {
        writer.add_bytes(path, content).expect("the reader has checked path and size");
    }
    assert_eq!(writer.finish().expect("written to memory"), bytes);
});

//! Any file: no panic, no more out than the limits allow, one piece at a time.
#![no_main]

use extract::{Fault, Limits, Piece, Sink, extract_bytes};
use libfuzzer_sys::fuzz_target;

#[derive(Default)]
struct Count {
    bytes: u64,
    open: bool,
}

impl Sink for Count {
    fn begin(&mut self, _: Piece<'_>) {
        assert!(!std::mem::replace(&mut self.open, true));
    }

    fn feed(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
    }

    fn end(&mut self) {
        assert!(std::mem::replace(&mut self.open, false));
    }

    fn fault(&mut self, _: Fault) {}
}

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits {
        depth_max: 4,
        members_max: 100,
        unpacked_max: 8 << 20,
        ratio_max: 100,
        ratio_free: 1 << 20,
        held_max: 4 << 20,
    };
    // The first byte chooses the name, since that helps to tell a format.
    let Some((&first, rest)) = bytes.split_first() else { return };
    let names = ["x", "x.html", "x.eml", "x.mbox", "x.gz", "x.csv"];
    let mut count = Count::default();
    extract_bytes(names[usize::from(first) % names.len()], rest, limits, &mut count);
    assert!(!count.open);
});

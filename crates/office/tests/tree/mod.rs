//! A made-up company's share as it grows over years: 60 files that hold a trade secret, and far
//! more that look alike or are only in the way. Everything is fictional. The labels are fixed here,
//! by what a file is written to be, before any rule looks at it.

mod carriers;
mod chaff;
mod pack;

use std::fs;
use std::path::Path;

/// Carriers in a tree.
pub const CARRIERS: usize = 60;

/// Numbers out of a seed (splitmix64): the same tree from the same seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    pub fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    /// A number with one decimal between two bounds.
    pub fn value(&mut self, from: usize, to: usize) -> String {
        format!("{}.{}", from + self.below(to - from), self.below(10))
    }
}

/// A file of the tree.
pub struct Made {
    /// Where it lies, below the top.
    pub path: String,
    pub bytes: Vec<u8>,
    /// Whether it holds a trade secret.
    pub carrier: bool,
}

/// The tree of a seed: 60 carriers among at least `files` files.
pub fn tree(seed: u64, files: usize) -> Vec<Made> {
    let mut dice = Dice::new(seed);
    let mut made = Vec::new();
    for n in 0..CARRIERS {
        let (path, bytes) = carriers::carrier(&mut dice, n);
        made.push(Made { path, bytes, carrier: true });
    }
    let mut n = 0;
    while made.len() < files {
        let (path, bytes) = chaff::chaff(&mut dice, n);
        made.push(Made { path, bytes, carrier: false });
        n += 1;
    }
    made
}

/// Writes a tree to a folder.
pub fn write(top: &Path, made: &[Made]) {
    for file in made {
        let path = top.join(&file.path);
        fs::create_dir_all(path.parent().expect("below the top")).expect("a folder");
        fs::write(path, &file.bytes).expect("written");
    }
}

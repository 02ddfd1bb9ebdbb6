//! Chance that is the same each time.

/// Draws numbers by splitmix64 (Steele, Lea, Flood 2014): whole numbers only, so every machine draws
/// the same ones.
#[derive(Clone, Debug)]
pub struct Chance(u64);

/// Of how many chances are told.
const WHOLE: u32 = 10_000;

impl Chance {
    /// Draws as the seed says.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 when `end` is.
    pub fn below(&mut self, end: u32) -> u32 {
        (self.roll() % u64::from(end.max(1))) as u32
    }

    /// A day from `from` on, at most `most` days later.
    pub fn day(&mut self, from: i32, most: u32) -> i32 {
        from + self.below(most + 1) as i32
    }

    /// Whether something happens that does so `of` times of 10,000.
    pub fn happens(&mut self, of: u32) -> bool {
        self.below(WHOLE) < of
    }

    /// How many times something happens that does so `of` times of 10,000 on the mean.
    pub fn times(&mut self, of: u32) -> u32 {
        of / WHOLE + u32::from(self.happens(of % WHOLE))
    }

    /// The place of one, by weights.
    pub fn weighed(&mut self, weights: &[u32]) -> usize {
        let mut left = self.below(weights.iter().sum());
        weights
            .iter()
            .position(|weight| {
                let here = left < *weight;
                left = left.saturating_sub(*weight);
                here
            })
            .unwrap_or(0)
    }
}

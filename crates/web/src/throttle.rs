//! How often a passphrase may be tried.

use domain::Moment;

/// Wrong tries that cost no waiting.
const FREE: u32 = 3;
/// The longest wait between two tries.
const WAIT_MILLIS_MAX: i64 = 5 * 60 * 1000;

/// Counts wrong passphrases. There is one passphrase for the node, so there is one count: whoever
/// guesses slows down everybody, but what is already open stays open.
#[derive(Debug, Default)]
pub(crate) struct Throttle {
    wrong: u32,
    free_at: Option<Moment>,
}

impl Throttle {
    /// Seconds to wait before the next try; 0 when one may be made now.
    pub(crate) fn wait_seconds(&self, now: Moment) -> i64 {
        self.free_at.map_or(0, |at| (at.0 - now.0).clamp(0, WAIT_MILLIS_MAX).div_euclid(1000))
    }

    /// Notes a wrong passphrase.
    pub(crate) fn wrong(&mut self, now: Moment) {
        self.wrong = self.wrong.saturating_add(1);
        if let Some(over) = self.wrong.checked_sub(FREE) {
            let wait = 2_000_i64.saturating_mul(1 << over.min(20)).min(WAIT_MILLIS_MAX);
            self.free_at = Some(Moment(now.0.saturating_add(wait)));
        }
    }

    /// Notes the right one.
    pub(crate) fn right(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_gets_slower_and_the_right_one_forgives() {
        let mut throttle = Throttle::default();
        let mut waits = Vec::new();
        for _ in 0..12 {
            throttle.wrong(Moment(0));
            waits.push(throttle.wait_seconds(Moment(0)));
        }
        assert_eq!(&waits[..5], &[0, 0, 2, 4, 8]);
        assert_eq!(waits[11], 300, "never longer than five minutes");
        assert_eq!(throttle.wait_seconds(Moment(300_000)), 0);
        throttle.right();
        assert_eq!(throttle.wait_seconds(Moment(0)), 0);
    }
}

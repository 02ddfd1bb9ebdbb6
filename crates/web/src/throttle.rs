//! How often a password may be tried.

use std::collections::HashMap;

use std::collections::VecDeque;

use domain::Moment;

/// Wrong tries that cost no waiting, for a name.
const FREE: u32 = 3;
/// The same for an address: a whole office may stand behind one.
const FREE_OF_ADDRESS: u32 = 20;
/// The longest wait between two tries.
const WAIT_MILLIS_MAX: i64 = 5 * 60 * 1000;
/// After so long without a wrong try an address begins anew.
const FORGIVEN_MILLIS: i64 = 60 * 60 * 1000;
/// The most names and addresses that are counted; beyond, those without a wait are forgotten.
const COUNTED_MAX: usize = 4096;

/// Counts wrong passwords, by name and by address: whoever guesses one account's password slows
/// down that account, and whoever tries many accounts slows down the own address. What is open
/// stays open.
#[derive(Debug, Default)]
pub(crate) struct Throttle(HashMap<String, Count>);

#[derive(Debug)]
struct Count {
    wrong: u32,
    free_at: Moment,
    last: Moment,
}

/// Whose count: a name that was typed, and where it came from.
#[derive(Clone, Debug)]
pub(crate) struct Trier {
    name: String,
    address: String,
}

impl Trier {
    /// Who tries; `name` is empty for the node's passphrase.
    pub(crate) fn new(name: &str, address: &str) -> Self {
        // A long name is cut: it is nobody's, and must not fill the memory.
        let name: String = name.trim().to_lowercase().chars().take(64).collect();
        Self { name: format!("name {name}"), address: format!("address {address}") }
    }
}

impl Throttle {
    /// Seconds to wait before the next try; 0 when one may be made now.
    pub(crate) fn wait_seconds(&self, trier: &Trier, now: Moment) -> i64 {
        let wait = |key: &str| {
            let count = self.0.get(key);
            count.map_or(0, |count| (count.free_at.0 - now.0).clamp(0, WAIT_MILLIS_MAX) / 1000)
        };
        wait(&trier.name).max(wait(&trier.address))
    }

    /// Notes a wrong password.
    pub(crate) fn wrong(&mut self, trier: &Trier, now: Moment) {
        if self.0.len() >= COUNTED_MAX {
            self.0.retain(|_, count| count.free_at > now);
        }
        for (key, free) in [(&trier.name, FREE), (&trier.address, FREE_OF_ADDRESS)] {
            let new = || Count { wrong: 0, free_at: Moment(0), last: now };
            let count = self.0.entry(key.clone()).or_insert_with(new);
            if now.0 - count.last.0 >= FORGIVEN_MILLIS {
                count.wrong = 0;
            }
            count.last = now;
            count.wrong = count.wrong.saturating_add(1);
            if let Some(over) = count.wrong.checked_sub(free) {
                let wait = 2_000_i64.saturating_mul(1 << over.min(20)).min(WAIT_MILLIS_MAX);
                count.free_at = Moment(now.0.saturating_add(wait));
            }
        }
    }

    /// Notes the right one: the name is forgiven, the address is not.
    pub(crate) fn right(&mut self, trier: &Trier) {
        self.0.remove(&trier.name);
    }
}

/// So many forms of the public are taken in [`PUBLIC_MILLIS`].
const PUBLIC_MOST: usize = 60;
/// Ten minutes.
const PUBLIC_MILLIS: i64 = 10 * 60 * 1000;

/// Counts what the public writes. A flood must not fill the ledger; everybody shares one count, since
/// behind a proxy all come from one address.
#[derive(Debug, Default)]
pub(crate) struct Quota {
    taken: VecDeque<Moment>,
}

impl Quota {
    /// Takes one; gives the seconds to wait when there is none left.
    pub(crate) fn take(&mut self, now: Moment) -> i64 {
        let old = |at: &Moment| now.0.saturating_sub(at.0) >= PUBLIC_MILLIS;
        while self.taken.front().is_some_and(old) {
            self.taken.pop_front();
        }
        if self.taken.len() < PUBLIC_MOST {
            self.taken.push_back(now);
            return 0;
        }
        let first = self.taken.front().map_or(now.0, |at| at.0);
        (first.saturating_add(PUBLIC_MILLIS) - now.0).div_euclid(1000) + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_writes_only_so_often() {
        let mut quota = Quota::default();
        assert!((0..PUBLIC_MOST as i64).all(|at| quota.take(Moment(at)) == 0));
        assert_eq!(quota.take(Moment(1_000)), 600, "until the first one is ten minutes old");
        assert_eq!(quota.take(Moment(PUBLIC_MILLIS)), 0);
        assert!(quota.take(Moment(PUBLIC_MILLIS)) > 0, "only one place had become free");
    }

    #[test]
    fn guessing_gets_slower_and_the_right_one_forgives() {
        let mut throttle = Throttle::default();
        let trier = Trier::new("chen", "10.0.0.1");
        let mut waits = Vec::new();
        for _ in 0..12 {
            throttle.wrong(&trier, Moment(0));
            waits.push(throttle.wait_seconds(&trier, Moment(0)));
        }
        assert_eq!(&waits[..5], &[0, 0, 2, 4, 8]);
        assert_eq!(waits[11], 300, "never longer than five minutes");
        assert_eq!(throttle.wait_seconds(&trier, Moment(300_000)), 0);
        let other = Trier::new("li", "10.0.0.1");
        assert_eq!(throttle.wait_seconds(&other, Moment(0)), 0, "another account is not held up");
        throttle.right(&trier);
        assert_eq!(throttle.wait_seconds(&trier, Moment(0)), 0);
    }

    #[test]
    fn an_address_that_tries_many_names_is_slowed_down() {
        let mut throttle = Throttle::default();
        for at in 0..22 {
            throttle.wrong(&Trier::new(&format!("name{at}"), "10.0.0.9"), Moment(0));
        }
        assert!(throttle.wait_seconds(&Trier::new("fresh", "10.0.0.9"), Moment(0)) > 0);
        assert_eq!(throttle.wait_seconds(&Trier::new("fresh", "10.0.0.8"), Moment(0)), 0);
        let hour = Moment(2 * FORGIVEN_MILLIS);
        throttle.wrong(&Trier::new("fresh", "10.0.0.9"), hour);
        assert_eq!(throttle.wait_seconds(&Trier::new("fresh", "10.0.0.9"), hour), 0);
    }
}

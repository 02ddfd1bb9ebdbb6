//! The clock and the generator of this machine.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use domain::Moment;
use office::World;

/// What this program calls itself in ledgers and dossiers.
pub const PROGRAM: &str = concat!("midun ", env!("CARGO_PKG_VERSION"));

/// This machine's clock.
pub fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Moment(since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX)))
}

/// Fills a buffer from the operating system's generator.
///
/// # Panics
/// When the operating system has no randomness: no key may be made then.
pub fn random(buffer: &mut [u8]) {
    getrandom::fill(buffer).expect("the operating system gives random bytes");
}

/// This machine's clock and generator.
pub fn world() -> World {
    World { clock: Arc::new(now), entropy: random, program: PROGRAM }
}

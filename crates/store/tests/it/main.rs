//! The journal through its door: what is acknowledged is there, provable, and replays; also after
//! kills, power cuts, and on a disk that is full or fails.
#![allow(clippy::unwrap_used)]

#[cfg(target_os = "linux")]
mod disk;
mod journal;
#[cfg(target_os = "linux")]
mod load;
#[cfg(target_os = "linux")]
mod power;
mod sight;
mod wishes;

/// Not a test: the process that serves the disk of another test.
#[cfg(target_os = "linux")]
#[test]
fn serve_disk() {
    forgetful::serve_if_asked();
}

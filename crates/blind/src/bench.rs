//! The floor under a blind comparison: what the group itself costs.

use curve25519_dalek::constants::RISTRETTO_BASEPOINT_POINT;
use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;

use crate::group::on_all_cores;

/// Multiplies so many different points by one scalar, on all cores, and does nothing else; returns
/// something that depends on all of them.
#[must_use]
pub fn multiply(points: u64) -> u8 {
    let scalar = Scalar::from_bytes_mod_order([0xA7; 32]);
    let numbers: Vec<u64> = (1..=points).collect();
    let bytes = on_all_cores(&numbers, |some| {
        let mut point = RISTRETTO_BASEPOINT_POINT;
        let products: Vec<RistrettoPoint> = some
            .iter()
            .map(|_| {
                point += RISTRETTO_BASEPOINT_POINT;
                scalar * point
            })
            .collect();
        let all: RistrettoPoint = products.iter().sum();
        vec![all.compress().as_bytes()[0]]
    });
    bytes.into_iter().fold(0, |all, byte| all ^ byte)
}

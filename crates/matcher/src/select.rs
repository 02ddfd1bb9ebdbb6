//! Which grams of a stream are hashed: winnowing, made to run on the vector units of any machine.
//!
//! Every position gets a rank from the 8 bytes at it; of each window of `W` consecutive positions
//! the leftmost of the lowest rank is chosen (Schleimer, Wilkerson, Aiken 2003). The choice depends
//! on the bytes of the window alone, so two streams that share a run of `W + GRAM - 1` bytes choose
//! a gram of it alike. About 2 in `W + 1` positions are chosen.
//!
//! Positions whose 8 bytes repeat with a period of 1, 2 or 4 are never chosen: stretches of zeros
//! or dashes say nothing and would be chosen everywhere. So the guarantee holds for runs in which
//! each window has a position that does not repeat so.

use fearless_simd::dispatch;

use crate::key::GRAM;
use crate::lanes::Lanes;

/// Bytes that decide a rank.
pub(crate) const RANKED: usize = 8;
/// Windows are at most this wide, because a rank leaves six bits for a place.
const WINDOW_MAX: usize = 64;
const PLACE: i16 = WINDOW_MAX as i16 - 1;
/// The rank that is never chosen; also the highest.
const NEVER: i16 = i16::MAX & !PLACE;

/// Positions ranked at a time, so that all of it stays in the nearest cache.
const TILE: usize = 2048;

/// Ranks each position of `bytes` at which a whole gram starts.
pub(crate) fn ranks(lanes: Lanes, bytes: &[u8], ranks: &mut Vec<i16>) {
    dispatch!(lanes.0, _simd => rank(bytes, ranks));
}

/// Plain loops, which the compiler turns into what the units can do.
#[inline(always)]
fn rank(bytes: &[u8], ranks: &mut Vec<i16>) {
    let count = (bytes.len() + 1).saturating_sub(GRAM);
    ranks.resize(count, NEVER);
    let (mut one, mut two) = ([0u16; TILE + 6], [0u16; TILE + 4]);
    for (tile, out) in ranks.chunks_mut(TILE).enumerate() {
        let n = out.len();
        // A gram is longer than what is ranked, so these bytes are there.
        let bytes = &bytes[tile * TILE..][..n + RANKED - 1];
        let (one, two) = (&mut one[..n + 6], &mut two[..n + 4]);
        for ((h, a), b) in one.iter_mut().zip(bytes).zip(&bytes[1..]) {
            let pair = (u16::from(*a) | u16::from(*b) << 8).wrapping_mul(0x9E37);
            *h = pair ^ pair >> 7;
        }
        for ((h, a), b) in two.iter_mut().zip(&*one).zip(&one[2..]) {
            let four = a.rotate_left(5).wrapping_add(b.wrapping_mul(0x85EB));
            *h = four ^ four >> 9;
        }
        let repeats = one.iter().zip(&one[2..]).zip(one[4..].iter().zip(&one[6..]));
        for (((rank, a), b), ((p, q), (r, s))) in
            out.iter_mut().zip(&*two).zip(&two[4..]).zip(repeats)
        {
            let eight = a.rotate_left(3).wrapping_mul(0xC2B3) ^ b.wrapping_mul(0x27D5);
            let eight = (eight ^ eight >> 8).wrapping_mul(0x6F4B);
            let repeats = u16::from(p == r) & u16::from(q == s);
            let never = 0u16.wrapping_sub(repeats) & NEVER as u16;
            let kept = repeats.wrapping_sub(1) & eight & !(PLACE as u16);
            *rank = (never | kept) as i16;
        }
    }
}

/// Hands each chosen position of `ranks` to `choose`, ascending.
pub(crate) fn select<const W: usize>(lanes: Lanes, ranks: &[i16], mut choose: impl FnMut(usize)) {
    dispatch!(lanes.0, _simd => choose_all::<W>(ranks, &mut choose));
}

#[inline(always)]
fn choose_all<const W: usize>(ranks: &[i16], choose: &mut impl FnMut(usize)) {
    let Some(first) = ranks.first_chunk::<W>() else { return };
    let mut at = lowest(first).0;
    if ranks[at] != NEVER {
        choose(at);
    }
    loop {
        let rank = ranks[at];
        if rank == NEVER {
            // Nothing can be chosen before the next position that may be.
            let Some(skip) = ranks[at..].iter().position(|rank| *rank != NEVER) else { return };
            at += skip;
            choose(at);
            continue;
        }
        let Some(window) = ranks.get(at + 1..).and_then(|rest| rest.first_chunk::<W>()) else {
            descend(&ranks[at + 1..], at + 1, rank, choose);
            return;
        };
        let (place, next) = lowest(window);
        if next < rank {
            descend(&window[..=place], at + 1, rank, choose);
        } else if next != NEVER {
            choose(at + 1 + place);
        }
        at += 1 + place;
    }
}

/// Chooses each position that is lower than all before it, while `rank` is still in the window.
fn descend(ranks: &[i16], start: usize, mut rank: i16, choose: &mut impl FnMut(usize)) {
    for (n, next) in ranks.iter().enumerate() {
        if *next < rank {
            rank = *next;
            choose(start + n);
        }
    }
}

/// The leftmost of the lowest ranks, and it.
#[inline(always)]
fn lowest<const W: usize>(window: &[i16; W]) -> (usize, i16) {
    let mut lowest = i16::MAX;
    for (place, rank) in window.iter().enumerate() {
        lowest = lowest.min(rank | place as i16);
    }
    ((lowest & PLACE) as usize, lowest & !PLACE)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The definition: the leftmost lowest of each window.
    fn textbook(ranks: &[i16], w: usize) -> Vec<usize> {
        let mut chosen = Vec::new();
        for (start, window) in ranks.windows(w).enumerate() {
            let lowest = window.iter().min().copied().unwrap_or(NEVER);
            let place = window.iter().position(|rank| *rank == lowest).unwrap_or(0);
            if lowest != NEVER && chosen.last() != Some(&(start + place)) {
                chosen.push(start + place);
            }
        }
        chosen
    }

    fn ranked(bytes: &[u8]) -> Vec<i16> {
        let mut out = Vec::new();
        ranks(Lanes::default(), bytes, &mut out);
        out
    }

    fn chosen<const W: usize>(bytes: &[u8]) -> Vec<usize> {
        let mut chosen = Vec::new();
        select::<W>(Lanes::default(), &ranked(bytes), |at| chosen.push(at));
        chosen
    }

    fn bytes() -> impl Strategy<Value = Vec<u8>> {
        prop_oneof![
            prop::collection::vec(any::<u8>(), 0..600),
            prop::collection::vec(b'a'..b'c', 0..600),
            (prop::collection::vec(any::<u8>(), 1..9), 0..90usize)
                .prop_map(|(unit, n)| unit.repeat(n)),
            (
                prop::collection::vec(any::<u8>(), 0..90),
                0..300usize,
                prop::collection::vec(any::<u8>(), 0..90)
            )
                .prop_map(|(a, zeros, b)| [a, vec![0; zeros], b].concat()),
        ]
    }

    proptest! {
        #[test]
        fn the_fast_way_equals_the_definition(bytes in bytes()) {
            let ranks = ranked(&bytes);
            prop_assert_eq!(chosen::<32>(&bytes), textbook(&ranks, 32));
            prop_assert_eq!(chosen::<64>(&bytes), textbook(&ranks, 64));
        }

        #[test]
        fn a_rank_depends_on_its_eight_bytes_alone(bytes in bytes(), cut in 0..600usize) {
            let cut = cut.min(bytes.len());
            let (whole, rest) = (ranked(&bytes), ranked(&bytes[cut..]));
            prop_assert_eq!(&whole[whole.len() - rest.len()..], &rest[..]);
        }

        #[test]
        fn every_shared_run_is_chosen_alike_on_both_sides(
            before in bytes(), after in bytes(), other in bytes(),
            run in prop::collection::vec(any::<u8>(), 32 + GRAM - 1..120),
        ) {
            let one = chosen::<32>(&[&before[..], &run, &after].concat());
            let two = chosen::<32>(&[&other[..], &run].concat());
            let inside = |at: &usize, start: usize| {
                at.checked_sub(start).filter(|at| at + GRAM <= run.len())
            };
            let one: Vec<usize> = one.iter().filter_map(|at| inside(at, before.len())).collect();
            let two: Vec<usize> = two.iter().filter_map(|at| inside(at, other.len())).collect();
            let repeats = ranked(&run).iter().all(|rank| *rank == NEVER);
            prop_assert!(repeats || one.iter().any(|at| two.contains(at)));
        }
    }

    #[test]
    fn about_two_in_w_plus_one_are_chosen() {
        let mut x = 88_172_645_463_325_252u64;
        let bytes: Vec<u8> = std::iter::repeat_with(|| {
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
            b"etaoinshrdlu0123"[(x >> 40) as usize & 15]
        })
        .take(200_000)
        .collect();
        let expected = 2.0 / 33.0 * bytes.len() as f64;
        let got = chosen::<32>(&bytes).len() as f64;
        assert!((0.95..1.05).contains(&(got / expected)), "{got} of {expected}");
        assert_eq!(chosen::<32>(&vec![b'-'; 100_000]).len(), 0);
    }
}

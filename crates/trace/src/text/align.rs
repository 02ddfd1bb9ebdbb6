//! Lays a leak beside the original: which letter of it is which letter there.
//!
//! Stretches are found by pieces that are unique in the original and may stand in any order, so a
//! fragment, a mix of paragraphs or another order of them is read too. Between stretches that follow
//! each other, single differing letters are bridged.

use std::collections::HashMap;

/// The length of a piece that must agree before anything is believed, in letters.
const PIECE: usize = 8;
/// The longest gap between two stretches that is bridged, in letters.
const BRIDGE: usize = 300;

/// A stretch that agrees letter by letter.
#[derive(Clone, Copy)]
struct Stretch {
    original: usize,
    leak: usize,
    len: usize,
}

/// For each letter of the original, the letter of the leak that it is.
pub(crate) fn align(original: &[char], leak: &[char]) -> Vec<Option<usize>> {
    let mut found = stretches(original, leak);
    found.sort_by_key(|stretch| std::cmp::Reverse(stretch.len));
    let mut map = vec![None; original.len()];
    let mut taken = vec![false; leak.len()];
    for stretch in &found {
        for step in 0..stretch.len {
            let (at, there) = (stretch.original + step, stretch.leak + step);
            if map[at].is_none() && !taken[there] {
                map[at] = Some(there);
                taken[there] = true;
            }
        }
    }
    found.sort_by_key(|stretch| stretch.leak);
    for pair in found.windows(2) {
        bridge(original, leak, pair[0], pair[1], &mut map);
    }
    map
}

fn stretches(original: &[char], leak: &[char]) -> Vec<Stretch> {
    let mut pieces: HashMap<&[char], Option<usize>> = HashMap::new();
    for (at, piece) in original.windows(PIECE).enumerate() {
        pieces.entry(piece).and_modify(|place| *place = None).or_insert(Some(at));
    }
    let mut found = Vec::new();
    let (mut at, mut end) = (0, 0);
    while at + PIECE <= leak.len() {
        let Some(&Some(place)) = pieces.get(&leak[at..at + PIECE]) else {
            at += 1;
            continue;
        };
        let mut before = 0;
        while at - before > end
            && place > before
            && original[place - before - 1] == leak[at - before - 1]
        {
            before += 1;
        }
        let mut len = PIECE;
        while original.get(place + len).is_some_and(|&c| leak.get(at + len) == Some(&c)) {
            len += 1;
        }
        found.push(Stretch { original: place - before, leak: at - before, len: len + before });
        at += len;
        end = at;
    }
    found
}

/// Maps the letters that agree between two stretches that follow each other in both texts.
fn bridge(original: &[char], leak: &[char], a: Stretch, b: Stretch, map: &mut [Option<usize>]) {
    let (from, there) = (a.original + a.len, a.leak + a.len);
    if b.original < from || b.leak < there {
        return;
    }
    let (rows, columns) = (b.original - from, b.leak - there);
    if rows == 0 || columns == 0 || rows > BRIDGE || columns > BRIDGE {
        return;
    }
    let (old, new) = (&original[from..b.original], &leak[there..b.leak]);
    // cost[r][c]: the fewest edits from the ends of both.
    let mut cost = vec![vec![0u16; columns + 1]; rows + 1];
    for row in (0..=rows).rev() {
        for column in (0..=columns).rev() {
            cost[row][column] = match (row < rows, column < columns) {
                (false, false) => 0,
                (false, true) => cost[row][column + 1] + 1,
                (true, false) => cost[row + 1][column] + 1,
                (true, true) => {
                    let change = u16::from(old[row] != new[column]);
                    (cost[row + 1][column + 1] + change)
                        .min(cost[row + 1][column] + 1)
                        .min(cost[row][column + 1] + 1)
                }
            };
        }
    }
    let (mut row, mut column) = (0, 0);
    while row < rows && column < columns {
        let here = cost[row][column];
        if here == cost[row + 1][column + 1] + u16::from(old[row] != new[column]) {
            if old[row] == new[column] && map[from + row].is_none() {
                map[from + row] = Some(there + column);
            }
            (row, column) = (row + 1, column + 1);
        } else if here == cost[row + 1][column] + 1 {
            row += 1;
        } else {
            column += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(original: &str, leak: &str) -> Vec<Option<usize>> {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        align(&letters(original), &letters(leak))
    }

    #[test]
    fn fragments_in_any_order_and_single_errors_are_found() {
        let original = "abcdefghijklmnopqrstuvwxyz0123456789";
        assert!(map(original, original).iter().enumerate().all(|(at, m)| *m == Some(at)));
        let turned = map(original, "0123456789abcdefghijk");
        assert_eq!((turned[26], turned[0], turned[15]), (Some(0), Some(10), None));
        let wrong = map(original, "abcdefghijXlmnopqrstuv");
        assert_eq!((wrong[9], wrong[10], wrong[11]), (Some(9), None, Some(11)));
        let lost = map(original, "abcdefghijlmnopqrstuv");
        assert_eq!((lost[9], lost[10], lost[11]), (Some(9), None, Some(10)));
        assert!(map(original, "something else entirely").iter().all(Option::is_none));
        assert!(map("", "").is_empty());
    }
}

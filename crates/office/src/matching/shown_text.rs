//! How a passage reads: what is the same in it, what is not, and a little before and after.

use std::ops::Range;

/// Bytes before and after a passage that are shown.
const AROUND: usize = 60;
/// Bytes of a passage that are shown; the middle of a longer one is left out.
const LONGEST: usize = 1_800;

/// The text around some ranges of it, in order: whether a piece is the same on both sides, and it.
pub(super) fn around(text: &[u8], same: Vec<Range<u32>>) -> Vec<(bool, String)> {
    let (Some(first), Some(last)) = (same.first(), same.last()) else { return Vec::new() };
    let start = line_before(text, first.start as usize);
    let end = line_after(text, last.end as usize);
    let mut pieces: Vec<(bool, Range<usize>)> = Vec::new();
    let mut at = start;
    for range in &same {
        let (from, to) = ((range.start as usize).max(at), range.end as usize);
        if from > at {
            pieces.push((false, at..from));
        }
        if to > from {
            pieces.push((true, from..to));
            at = to;
        }
    }
    pieces.push((false, at..end.max(at)));
    shortened(text, pieces)
}

fn shortened(text: &[u8], pieces: Vec<(bool, Range<usize>)>) -> Vec<(bool, String)> {
    let all: usize = pieces.iter().map(|(_, range)| range.len()).sum();
    // What lies in the middle of a long passage is named by three dots only.
    let gap = (all > LONGEST).then(|| LONGEST / 2..all - LONGEST / 2);
    let (mut out, mut seen, mut dotted) = (Vec::new(), 0, false);
    for (same, range) in pieces {
        let (from, to) = (seen, seen + range.len());
        seen = to;
        let Some(gap) = &gap else {
            out.push((same, read(text, range)));
            continue;
        };
        if from < gap.start {
            let end = range.start + (gap.start - from).min(range.len());
            out.push((same, read(text, range.start..end)));
        }
        if to > gap.start && !dotted {
            dotted = true;
            out.push((false, " […] ".to_owned()));
        }
        if to > gap.end {
            let start = range.end - (to - gap.end).min(range.len());
            out.push((same, read(text, start..range.end)));
        }
    }
    out.retain(|(_, piece)| !piece.is_empty());
    out
}

/// A piece of text without what a cut leaves of a character at its ends.
fn read(text: &[u8], range: Range<usize>) -> String {
    let bytes = text.get(range.start.min(text.len())..range.end.min(text.len()));
    let read = String::from_utf8_lossy(bytes.unwrap_or_default());
    let trimmed = read.trim_matches('\u{FFFD}');
    trimmed.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

fn line_before(text: &[u8], at: usize) -> usize {
    let from = at.saturating_sub(AROUND);
    let before = &text[from.min(text.len())..at.min(text.len())];
    before.iter().rposition(|byte| *byte == b'\n').map_or(from, |n| from + n + 1)
}

fn line_after(text: &[u8], at: usize) -> usize {
    let to = (at + AROUND).min(text.len());
    let after = &text[at.min(to)..to];
    after.iter().position(|byte| *byte == b'\n').map_or(to, |n| at + n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_same_is_told_apart_and_long_middles_are_left_out() {
        let text = "前一行\n温度一百八十五度，时间甲小时，压力乙。\n后一行";
        let find = |part: &str| {
            let at = text.find(part).expect("is there") as u32;
            at..at + part.len() as u32
        };
        let shown = around(text.as_bytes(), vec![find("一百八十五度，时间"), find("小时")]);
        let shown: Vec<(bool, &str)> = shown.iter().map(|(same, text)| (*same, &**text)).collect();
        let expected = [
            (false, "温度"),
            (true, "一百八十五度，时间"),
            (false, "甲"),
            (true, "小时"),
            (false, "，压力乙。"),
        ];
        assert_eq!(shown, expected);
        let long = "长".repeat(4_000);
        let all = 0..long.len() as u32;
        let shown = around(long.as_bytes(), vec![all]);
        let text: String = shown.iter().map(|(_, text)| &**text).collect();
        assert!(text.len() <= LONGEST + 20 && text.contains("[…]") && !text.contains('\u{FFFD}'));
        assert_eq!(around(b"", vec![]), vec![]);
    }
}

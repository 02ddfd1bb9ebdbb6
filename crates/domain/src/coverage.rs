//! How far a service has come: figures over a district's directory, and which of them may be shown
//! to whom.
//!
//! A figure over few companies says something about each of them. Who may not see the companies
//! does not see such figures either, nor those from which they could be worked out.

/// Figures over fewer companies than this are not shown to those who may not see the companies.
pub const SET_MIN: u32 = 10;

/// What a viewer may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// The companies themselves, and so every figure.
    Companies,
    /// Figures over sets of at least [`SET_MIN`].
    Figures,
}

/// A figure as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// The number.
    Shown(u32),
    /// Not shown: it, or one that would follow from it, counts fewer than [`SET_MIN`].
    Withheld,
}

/// One line of a table: of so many companies, so many had the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Companies in the set.
    pub of: u32,
    /// Those that had the service.
    pub had: u32,
}

/// A share as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownShare {
    /// Companies in the set.
    pub of: Figure,
    /// Those that had the service.
    pub had: Figure,
}

/// What may be shown of a column whose sets may overlap or not, and of its sum.
///
/// The sum is that over all companies. Where lines are withheld, enough of them are that none
/// follows from the sum and the others; when that can't be, the sum is withheld as well.
pub fn shown(sight: Sight, lines: &[Share], sum: Share) -> (Vec<ShownShare>, ShownShare) {
    if sight == Sight::Companies {
        let all = |share: &Share| ShownShare {
            of: Figure::Shown(share.of),
            had: Figure::Shown(share.had),
        };
        return (lines.iter().map(all).collect(), all(&sum));
    }
    let of: Vec<u32> = lines.iter().map(|line| line.of).collect();
    let (of, of_sum) = guarded(&of, &[], sum.of);
    // Those who had it and those who did not follow from each other where the set is shown.
    let had: Vec<u32> = lines.iter().map(|line| line.had).collect();
    let rest: Vec<u32> = lines.iter().map(|line| line.of.saturating_sub(line.had)).collect();
    let (had, mut had_sum) = guarded(&had, &rest, sum.had);
    if few(sum.of.saturating_sub(sum.had)) {
        had_sum = Figure::Withheld;
    }
    let lines = of.into_iter().zip(had).map(|(of, had)| ShownShare { of, had }).collect();
    (lines, ShownShare { of: of_sum, had: had_sum })
}

/// What may be shown of a column of counts and of its sum, by the same rule.
pub fn shown_counts(sight: Sight, counts: &[u32], sum: u32) -> (Vec<Figure>, Figure) {
    match sight {
        Sight::Companies => {
            (counts.iter().map(|&count| Figure::Shown(count)).collect(), Figure::Shown(sum))
        }
        Sight::Figures => guarded(counts, &[], sum),
    }
}

/// Nothing is said about anybody by zero.
fn few(count: u32) -> bool {
    (1..SET_MIN).contains(&count)
}

/// Withholds what is few, or whose rest is; then more, the smallest first, until what is withheld
/// has two lines and [`SET_MIN`] companies.
fn guarded(counts: &[u32], rests: &[u32], sum: u32) -> (Vec<Figure>, Figure) {
    let mut withheld: Vec<bool> = counts.iter().map(|&count| few(count)).collect();
    for (at, &rest) in rests.iter().enumerate() {
        withheld[at] |= few(rest);
    }
    let mut order: Vec<usize> = (0..counts.len()).filter(|&at| counts[at] > 0).collect();
    order.sort_by_key(|&at| counts[at]);
    let mut waiting = order.into_iter();
    loop {
        let kept_back: Vec<u32> = counts
            .iter()
            .zip(&withheld)
            .filter(|(_, held)| **held)
            .map(|(count, _)| *count)
            .collect();
        let safe = kept_back.len() >= 2 && kept_back.iter().sum::<u32>() >= SET_MIN;
        if kept_back.is_empty() || safe {
            break;
        }
        match waiting.find(|&at| !withheld[at]) {
            Some(at) => withheld[at] = true,
            None => {
                let figures = figures(counts, &withheld);
                return (figures, Figure::Withheld);
            }
        }
    }
    let sum = if few(sum) { Figure::Withheld } else { Figure::Shown(sum) };
    (figures(counts, &withheld), sum)
}

fn figures(counts: &[u32], withheld: &[bool]) -> Vec<Figure> {
    let figure = |(&count, &held): (&u32, &bool)| {
        if held { Figure::Withheld } else { Figure::Shown(count) }
    };
    counts.iter().zip(withheld).map(figure).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn share(of: u32, had: u32) -> Share {
        Share { of, had }
    }

    #[test]
    fn who_sees_companies_sees_all_figures() {
        let (lines, sum) = shown(Sight::Companies, &[share(3, 1)], share(3, 1));
        let want = ShownShare { of: Figure::Shown(3), had: Figure::Shown(1) };
        assert_eq!((lines, sum), (vec![want], want));
    }

    #[test]
    fn a_small_figure_takes_the_next_smallest_with_it() {
        use Figure::{Shown, Withheld};
        let lines = [share(100, 3), share(200, 60), share(300, 90), share(400, 0)];
        let (lines, sum) = shown(Sight::Figures, &lines, share(1_000, 153));
        let had: Vec<_> = lines.iter().map(|line| line.had).collect();
        // With 3 alone withheld, 153 − 60 − 90 would give it away.
        assert_eq!(had, [Withheld, Withheld, Shown(90), Shown(0)]);
        assert_eq!(sum.had, Shown(153));
        assert!(lines.iter().all(|line| line.of != Withheld));
        // One line alone: its sum would be itself.
        let (lines, sum) = shown(Sight::Figures, &[share(100, 3)], share(100, 3));
        assert_eq!((lines[0].had, sum.had), (Withheld, Withheld));
        // 97 of 100 says who the three are that did not.
        let (lines, _) = shown(Sight::Figures, &[share(100, 97), share(90, 40)], share(190, 137));
        assert_eq!(lines[0].had, Withheld);
    }

    proptest! {
        /// What a viewer can work out in a column that parts all companies: the sum of what is
        /// withheld. It counts at least two lines and `SET_MIN` companies, or the sum is not shown.
        #[test]
        fn nothing_small_follows_from_the_sum(
            lines in prop::collection::vec((0..60u32, 0..60u32), 1..12),
        ) {
            let lines: Vec<_> =
                lines.into_iter().map(|(of, had)| share(of.max(had), had)).collect();
            let sum = lines.iter().fold(share(0, 0), |a, b| share(a.of + b.of, a.had + b.had));
            let (seen, seen_sum) = shown(Sight::Figures, &lines, sum);
            for (line, seen) in lines.iter().zip(&seen) {
                if let Figure::Shown(of) = seen.of {
                    prop_assert!(of == line.of && !few(of));
                }
                if let Figure::Shown(had) = seen.had {
                    prop_assert!(had == line.had && !few(had) && !few(line.of - had));
                }
            }
            type Pick = fn(&ShownShare) -> Figure;
            type Take = fn(&Share) -> u32;
            let columns: [(Pick, Take); 2] = [(|s| s.of, |l| l.of), (|s| s.had, |l| l.had)];
            for (pick, take) in columns {
                let held: Vec<u32> = lines
                    .iter()
                    .zip(&seen)
                    .filter(|(_, seen)| pick(seen) == Figure::Withheld)
                    .map(|(line, _)| take(line))
                    .collect();
                let open = pick(&seen_sum) != Figure::Withheld;
                prop_assert!(
                    held.is_empty() || !open
                        || (held.len() >= 2 && held.iter().sum::<u32>() >= SET_MIN)
                );
            }
        }
    }
}

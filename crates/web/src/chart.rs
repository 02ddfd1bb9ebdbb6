//! Charts drawn by the server: SVG that needs no script, prints, and follows the theme. Each stands
//! above a table with the same figures, so the picture itself says only what it shows as a whole.

use std::fmt::Write as _;

/// The width of a chart in its own units; its height follows from its lines.
const WIDTH: f64 = 440.0;
/// Lines of a bar chart; the table has all.
const BARS_MAX: usize = 12;

/// Escapes text for SVG.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// How many units of width a text takes at most, counting wide characters twice.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// A text of at most so many units, with a sign that it was cut.
fn cut(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        if width(&short) + 2 > most {
            break;
        }
        short.push(c);
    }
    short + "…"
}

/// A picture with a text for those who do not see it.
fn frame(says: &str, height: f64, body: &str) -> String {
    format!(
        "<svg class=\"ch\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{}\">{body}</svg>",
        escape(says)
    )
}

/// Horizontal bars: a name, its first figure as a bar, and a second figure within it where there is
/// one. Empty when there is nothing to draw.
pub(crate) fn bars(says: &str, lines: &[(String, u64, Option<u64>)]) -> String {
    let largest = lines.iter().map(|line| line.1.max(line.2.unwrap_or(0))).max().unwrap_or(0);
    if largest == 0 {
        return String::new();
    }
    let (left, right, step) = (150.0, 56.0, 26.0);
    let room = WIDTH - left - right;
    let long = |count: u64| count as f64 / largest as f64 * room;
    let mut body = String::new();
    for (at, (name, count, part)) in lines.iter().take(BARS_MAX).enumerate() {
        let y = at as f64 * step;
        let _ = write!(
            body,
            "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\">{}</text>",
            left - 8.0,
            y + 17.0,
            escape(&cut(name, 21)),
        );
        let _ = write!(
            body,
            "<rect class=\"f3\" x=\"{left:.0}\" y=\"{:.0}\" width=\"{:.1}\" height=\"14\"/>",
            y + 6.0,
            long(*count),
        );
        let within = part.unwrap_or(*count);
        let _ = write!(
            body,
            "<rect class=\"f1\" x=\"{left:.0}\" y=\"{:.0}\" width=\"{:.1}\" height=\"14\"/>",
            y + 6.0,
            long(within),
        );
        let words = match part {
            Some(part) => format!("{part} / {count}"),
            None => count.to_string(),
        };
        let _ = write!(
            body,
            "<text class=\"k\" x=\"{:.1}\" y=\"{:.0}\">{words}</text>",
            left + long(*count) + 5.0,
            y + 17.0,
        );
    }
    frame(says, lines.len().min(BARS_MAX) as f64 * step + 6.0, &body)
}

/// Columns over time, one small chart below the other for each series, with their own scales.
pub(crate) fn columns(says: &str, heads: &[String], series: &[(String, Vec<u64>)]) -> String {
    if heads.is_empty() || series.iter().all(|(_, counts)| counts.iter().all(|n| *n == 0)) {
        return String::new();
    }
    let (left, tall, gap) = (12.0, 62.0, 34.0);
    let step = (WIDTH - 2.0 * left) / heads.len() as f64;
    let wide = (step * 0.6).min(34.0);
    let mut body = String::new();
    for (row, (name, counts)) in series.iter().enumerate() {
        let base = row as f64 * (tall + gap) + tall + 22.0;
        let largest = counts.iter().copied().max().unwrap_or(0).max(1);
        let _ = write!(
            body,
            "<text class=\"k\" x=\"{left:.0}\" y=\"{:.0}\">{}</text>\
             <path class=\"ax\" d=\"M{left:.0} {base:.0}H{:.0}\"/>",
            base - tall - 8.0,
            escape(name),
            WIDTH - left,
        );
        for (at, count) in counts.iter().enumerate() {
            let high = *count as f64 / largest as f64 * (tall - 16.0);
            let middle = left + step * (at as f64 + 0.5);
            let _ = write!(
                body,
                "<rect class=\"f{}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{wide:.1}\" height=\"{high:.1}\"/>\
                 <text x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{count}</text>",
                row % 2 + 1,
                middle - wide / 2.0,
                base - high,
                base - high - 4.0,
            );
        }
    }
    let foot = series.len() as f64 * (tall + gap) + 8.0;
    for (at, head) in heads.iter().enumerate() {
        let middle = left + step * (at as f64 + 0.5);
        let _ = write!(
            body,
            "<text x=\"{middle:.1}\" y=\"{foot:.0}\" text-anchor=\"middle\">{}</text>",
            escape(&cut(head, 8)),
        );
    }
    frame(says, foot + 8.0, &body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_figures_and_names_are_text() {
        let lines = [("<b>甲".to_owned(), 40, Some(10)), ("乙".to_owned(), 20, None)];
        let svg = bars("两行", &lines);
        assert!(svg.contains("&lt;b&gt;甲") && !svg.contains("<b>"));
        assert!(svg.contains("width=\"234.0\"") && svg.contains("width=\"58.5\""));
        assert!(svg.contains("10 / 40") && svg.contains("aria-label=\"两行\""));
        assert_eq!(bars("无", &[("甲".into(), 0, None)]), "");
    }

    #[test]
    fn columns_stand_under_their_heads() {
        let heads = ["1".to_owned(), "2".to_owned()];
        let svg =
            columns("两月", &heads, &[("服务".into(), vec![3, 6]), ("诉求".into(), vec![0, 0])]);
        assert_eq!(svg.matches("<rect").count(), 4);
        assert!(svg.contains("height=\"46.0\"") && svg.contains("height=\"23.0\""));
        assert_eq!(columns("无", &heads, &[("服务".into(), vec![0, 0])]), "");
    }
}

//! The report as one page in HTML: no script, nothing loaded from elsewhere, every word escaped.

use crate::page::{Block, Line, Look, Report};

/// Renders a report.
pub fn render(report: &Report) -> String {
    let mut out = String::with_capacity(64 << 10);
    out.push_str("<!doctype html>\n<html lang=\"");
    out.push_str(report.lang);
    out.push_str("\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>",
    );
    escape(&mut out, &format!("{} {}", report.no, report.title));
    out.push_str("</title>\n<style>\n");
    out.push_str(include_str!("../templates/report.css"));
    out.push_str("</style>\n</head>\n<body>\n<header>\n");
    element(&mut out, "p", "kicker", &report.kicker);
    element(&mut out, "h1", "", &report.title);
    element(&mut out, "p", "holder", &report.holder);
    facts(&mut out, &report.facts);
    for notice in &report.notices {
        element(&mut out, "p", "notice", notice);
    }
    out.push_str("</header>\n");
    contents(&mut out, report);
    out.push_str("<main>\n");
    let mut section = 0;
    for block in &report.blocks {
        self::block(&mut out, block, &mut section);
    }
    out.push_str("</main>\n<footer>");
    element(&mut out, "p", "", &report.footer);
    out.push_str("</footer>\n</body>\n</html>\n");
    out
}

/// The sections, each a link to its heading.
fn contents(out: &mut String, report: &Report) {
    if report.contents.is_empty() {
        return;
    }
    out.push_str("<nav aria-labelledby=\"contents\">\n");
    out.push_str("<h2 id=\"contents\">");
    escape(out, &report.contents);
    out.push_str("</h2>\n<ol>\n");
    let mut section = 0;
    for block in &report.blocks {
        if let Block::Heading { level: 1, text } = block {
            section += 1;
            out.push_str(&format!("<li><a href=\"#part-{section}\">"));
            escape(out, text);
            out.push_str("</a></li>\n");
        }
    }
    out.push_str("</ol>\n</nav>\n");
}

fn block(out: &mut String, block: &Block, section: &mut usize) {
    match block {
        Block::Heading { level: 1, text } => {
            *section += 1;
            out.push_str(&format!("<h2 id=\"part-{section}\">"));
            escape(out, text);
            out.push_str("</h2>\n");
        }
        Block::Heading { level, text } => {
            element(out, if *level == 2 { "h3" } else { "h4" }, "", text);
        }
        Block::Para { text } => element(out, "p", "", text),
        Block::Note { text } => element(out, "p", "note", text),
        Block::Boxed { parts } => {
            out.push_str("<div class=\"boxed\">\n");
            for (head, lines) in parts {
                element(out, "h3", "", head);
                list(out, lines);
            }
            out.push_str("</div>\n");
        }
        Block::List { items } => list(out, items),
        Block::Facts { rows } => facts(out, rows),
        Block::Sides { heads, left, right } => sides(out, heads, [left, right]),
        Block::Table { columns, rows } => table(out, columns, rows),
    }
}

fn list(out: &mut String, items: &[String]) {
    out.push_str("<ul>\n");
    for item in items {
        element(out, "li", "", item);
    }
    out.push_str("</ul>\n");
}

fn facts(out: &mut String, rows: &[(String, Vec<Line>)]) {
    out.push_str("<dl>\n");
    for (name, lines) in rows {
        element(out, "dt", "", name);
        out.push_str("<dd>");
        cell(out, lines);
        out.push_str("</dd>\n");
    }
    out.push_str("</dl>\n");
}

fn table(out: &mut String, columns: &[(String, u16)], rows: &[Vec<Vec<Line>>]) {
    out.push_str("<div class=\"scroll\" tabindex=\"0\"><table>\n<colgroup>");
    for (_, share) in columns {
        out.push_str(&format!("<col style=\"width:{share}%\">"));
    }
    out.push_str("</colgroup>\n<thead><tr>");
    for (head, _) in columns {
        out.push_str("<th scope=\"col\">");
        escape(out, head);
        out.push_str("</th>");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for lines in row {
            out.push_str("<td>");
            cell(out, lines);
            out.push_str("</td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
}

fn sides(out: &mut String, heads: &[String; 2], texts: [&Vec<(bool, String)>; 2]) {
    out.push_str("<table class=\"sides\"><thead><tr>");
    for head in heads {
        out.push_str("<th scope=\"col\">");
        escape(out, head);
        out.push_str("</th>");
    }
    out.push_str("</tr></thead><tbody><tr>");
    for text in texts {
        out.push_str("<td>");
        for (same, piece) in text {
            let [open, close] = if *same { ["<mark>", "</mark>"] } else { ["", ""] };
            out.push_str(open);
            escape(out, piece);
            out.push_str(close);
        }
        out.push_str("</td>");
    }
    out.push_str("</tr></tbody></table>\n");
}

fn cell(out: &mut String, lines: &[Line]) {
    for line in lines {
        let (tag, class) = match line.look {
            Look::Plain => ("div", ""),
            Look::Code => ("code", ""),
            Look::Flag => ("strong", ""),
            Look::Quote => ("blockquote", ""),
            Look::Small => ("div", "small"),
        };
        element(out, tag, class, &line.text);
    }
}

fn element(out: &mut String, tag: &str, class: &str, text: &str) {
    out.push('<');
    out.push_str(tag);
    if !class.is_empty() {
        out.push_str(&format!(" class=\"{class}\""));
    }
    out.push('>');
    escape(out, text);
    out.push_str("</");
    out.push_str(tag);
    out.push_str(">\n");
}

/// Text as HTML shows it. Control characters other than line ends and tabs are left out: they are
/// not allowed in HTML and could hide what follows.
pub fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            // Marks that turn the direction of writing could show other words than are there.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => {
                out.push_str(&format!("[U+{:04X}]", u32::from(c)));
            }
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
}

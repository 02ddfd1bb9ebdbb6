//! The form of a visit as a table: taken along on a machine without network, filled in with any
//! spreadsheet, and read back.

use catalog::Checklist;
use domain::terms::{Grade, Mark};
use domain::{Day, Number};
use words::{Lang, t};

use crate::{Finding, Sort, Trouble, VisitForm};

/// The columns, by the keys of their headings. The first names the point and is not to be changed.
const COLUMNS: [&str; 9] = [
    "form-point",
    "field-theme",
    "w-col-point",
    "form-look",
    "form-mark",
    "field-finding",
    "field-advice",
    "field-grade",
    "field-due",
];
/// The name in the first column of the row that holds the remark on the whole.
const NOTE: &str = "note";

/// A blank form in CSV.
pub fn visit_form(list: &Checklist, lang: Lang) -> String {
    let mut text = String::from(sheet::csv_start());
    sheet::csv_line(&mut text, [words::law::text(lang, &list.title), &t(lang, "form-lead")]);
    sheet::csv_line(&mut text, COLUMNS.map(|key| t(lang, key)));
    let say = |of: &catalog::Text| words::law::text(lang, of).to_owned();
    for (theme, point) in list.points() {
        let grade = t(lang, &format!("grade-{}", point.grade.key()));
        let cells = [
            point.id.id.clone(),
            say(&theme.name),
            say(&point.ask),
            say(&point.look),
            String::new(),
            String::new(),
            say(&point.advice),
            grade,
            String::new(),
        ];
        sheet::csv_line(&mut text, cells);
    }
    sheet::csv_line(&mut text, [NOTE, "", &t(lang, "field-note")]);
    text
}

/// Reads a filled form: rows whose first cell names a point of the checklist, in any order and
/// either language; all others are headings. Rows without a result were not looked at.
///
/// # Errors
/// [`Trouble::Other`] with the row where something is not understood.
pub fn read_visit_form(
    bytes: &[u8],
    visit: Number,
    list: &Checklist,
    happened: Day,
) -> Result<VisitForm, Trouble> {
    let sheet = sheet::read(bytes).map_err(crate::intake::unreadable)?;
    let mut form =
        VisitForm { visit, happened, marks: Vec::new(), note: None, findings: Vec::new() };
    for row in sheet.rows {
        let cell = |at: usize| row.cells.get(at).map_or("", |text| text.trim());
        let id = cell(0);
        if id == NOTE {
            form.note = Some(cell(5).to_owned()).filter(|note| !note.is_empty());
            continue;
        }
        if list.point(id).is_none() || cell(4).is_empty() {
            continue;
        }
        let odd = |key, at| {
            let text = cell(at).chars().take(40).collect();
            Trouble::Other(key, vec![("line", row.line.to_string()), ("text", text)], Sort::Refused)
        };
        let mark = known("mark", Mark::ALL, Mark::word, cell(4));
        let mark = mark.ok_or_else(|| odd("trouble-form-mark", 4))?;
        form.marks.push((id.to_owned(), mark));
        if mark != Mark::Wanting {
            continue;
        }
        let grade = match cell(7) {
            "" => None,
            text => Some(
                known("grade", Grade::ALL, Grade::word, text)
                    .ok_or_else(|| odd("trouble-form-grade", 7))?,
            ),
        };
        let due = match cell(8) {
            "" => None,
            text => {
                // Spreadsheets write days with slashes.
                let text = text.replace('/', "-");
                Some(Day::parse(&text).map_err(|_| odd("trouble-form-day", 8))?)
            }
        };
        form.findings.push(Finding {
            point: id.to_owned(),
            finding: cell(5).to_owned(),
            advice: Some(cell(6).to_owned()),
            grade,
            due,
        });
    }
    Ok(form)
}

/// A term by its fixed word, or by its words in either language.
fn known<T: Copy>(prefix: &str, all: &[T], word: fn(T) -> &'static str, text: &str) -> Option<T> {
    let is_it = |term: &T| {
        let key = format!("{prefix}-{}", word(*term));
        text.eq_ignore_ascii_case(word(*term))
            || Lang::ALL.iter().any(|lang| t(*lang, &key).eq_ignore_ascii_case(text))
    };
    all.iter().copied().find(is_it)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Series;

    fn read(text: &str) -> Result<VisitForm, Trouble> {
        let list = crate::checklist("diagnosis").expect("it is shipped");
        let visit = Number { series: Series::Visit, count: 1 };
        let day = Day::parse("2026-11-20").expect("a day");
        read_visit_form(text.as_bytes(), visit, list, day)
    }

    #[test]
    fn a_form_comes_back_as_it_was_filled_in_either_language() {
        for lang in Lang::ALL {
            let list = crate::checklist("diagnosis").expect("it is shipped");
            let blank = visit_form(list, lang);
            assert_eq!(read(&blank).expect("a blank form").marks, []);
            let mut lines: Vec<String> = blank.lines().map(str::to_owned).collect();
            let advice = words::law::text(lang, &list.point("list").expect("a point").1.advice);
            let at = lines.iter().position(|line| line.starts_with("list,")).expect("its row");
            let wanting = t(lang, "mark-wanting");
            lines[at] = format!("list,,,,{wanting},\"只有总目录\",\"{advice}\",,2026/12/31");
            let at = lines.iter().position(|line| line.starts_with("level,")).expect("its row");
            lines[at] = format!("level,,,,{},,,,", t(lang, "mark-fine"));
            let form = read(&lines.join("\r\n")).expect("a filled form");
            assert_eq!(
                form.marks,
                [("list".to_owned(), Mark::Wanting), ("level".to_owned(), Mark::Fine)]
            );
            assert_eq!(form.findings.len(), 1);
            assert_eq!(form.findings[0].finding, "只有总目录");
            assert_eq!(form.findings[0].due, Day::parse("2026-12-31").ok());
        }
    }

    #[test]
    fn what_is_not_understood_is_named_with_its_row() {
        for (row, key) in [
            ("list,,,,大概,,,,", "trouble-form-mark"),
            ("list,,,,有缺口,无,,很高,", "trouble-form-grade"),
            ("list,,,,有缺口,无,,高,年底", "trouble-form-day"),
        ] {
            let trouble = read(&format!("编号,主题\n{row}\n")).expect_err(row);
            assert_eq!(trouble.key(), key);
            assert!(trouble.args().contains(&("line", "2".to_owned())), "{row}");
        }
    }
}

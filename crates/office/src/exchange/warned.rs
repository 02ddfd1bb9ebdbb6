//! Companies are told of an alert by letter. The letter names no other company, and figures too small
//! to hide one are left out.

use domain::coverage::SET_MIN;
use domain::effect::Wish;
use domain::terms::{LetterSort, LinkState};
use domain::{Command, Number};
use store::read::WarningRow;

use super::{LetterForm, content_of, once};
use crate::{Ask, Office, Sort, Trouble, warning_rule};

impl Office {
    /// Writes to the joined companies of an alert that were not told yet. Gives how many were.
    ///
    /// # Errors
    /// [`Trouble`]; refused when the rule has no letter. What was written before stays.
    pub fn tell_warning(&self, ask: &Ask, no: Number) -> Result<u64, Trouble> {
        let reader = self.reader()?;
        let row = reader.warning(no)?.ok_or(Trouble::Unknown(no))?;
        if row.closed.is_some() {
            return Err(domain::Refusal::Ended(no).into());
        }
        let form = self.warning_letter(&row)?;
        let content = content_of(&form, self.way()?)?;
        let told = reader.warning_letters(no)?;
        let mut written = 0;
        for (company, _) in reader.warned(no)? {
            for link in reader.links_of(company)? {
                let known = told.iter().any(|(of, _)| *of == link.no);
                if link.state != LinkState::Joined || known {
                    continue;
                }
                let key = once("warned", &[link.link.as_bytes(), &row.idx.to_be_bytes()]).key;
                let ask = Ask { by: ask.by.clone(), key };
                let (link, entry) = (link.no, row.idx);
                self.post(&ask, link, &content, &|letter| {
                    let sort = LetterSort::Warning;
                    Command::Effect(Wish::Carry { link, letter, sort, about: no, entry })
                })?;
                written += 1;
            }
        }
        Ok(written)
    }

    /// The letter of an alert, the same for each company.
    ///
    /// # Errors
    /// [`Trouble::Other`] when the rule has none.
    pub fn warning_letter(&self, row: &WarningRow) -> Result<LetterForm, Trouble> {
        let lang = self.language();
        let rule = warning_rule(&row.rule)?;
        let Some(letter) = &rule.letter else {
            let args = vec![("rule", words::law::text(lang, &rule.title).to_owned())];
            return Err(Trouble::Other("trouble-no-warning-letter", args, Sort::Refused));
        };
        let mut lines = vec![words::law::text(lang, letter).to_owned()];
        // What a company's own alert counts is its own; a set's count may give others away.
        if !row.matter.starts_with("company:") {
            let count = row.figures.first().and_then(|figure| {
                let digits = figure.split(['/', '>']).next()?;
                digits.parse::<u32>().ok()
            });
            let key = match count {
                Some(count) if count >= SET_MIN => "warning-letter-count",
                _ => "warning-letter-few",
            };
            let args = [("n", count.unwrap_or(0).to_string()), ("least", SET_MIN.to_string())];
            lines.push(words::tr(lang, key, &args));
        }
        lines.push(words::tr(lang, "warning-letter-end", &[("no", row.no.to_string())]));
        let title = words::tr(lang, "warning-letter-subject", &[("no", row.no.to_string())]);
        Ok(LetterForm {
            sort: LetterSort::Warning,
            subject: title,
            text: lines.join("\n\n"),
            re: None,
            due: Some(row.due),
            files: Vec::new(),
        })
    }
}

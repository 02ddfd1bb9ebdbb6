//! Templates filled in from a node's records, and printed.
//!
//! Nothing is written to the ledger: a paper counts when it is signed, and the signed scan goes in as a
//! paper of the person or partner.

use catalog::Text;
use catalog::document::{Piece, pieces};
use catalog::template::{Field, Filled, Of, Origin, Template};
use domain::{Number, Series};
use dossier::{CaseDocument, DocumentClause, DocumentRow};
use store::Reader;
use store::read::{CopyFilter, SecretFilter};
use words::Lang;

use crate::{Office, Sort, Trouble, law};

/// Secret points that are listed in a template; more are left to the pen.
const POINTS_MAX: u32 = 200;

impl Office {
    /// What the records have for a template's fields, in their order; blank where they have nothing.
    ///
    /// # Errors
    /// [`Trouble`] for somebody who is not there, or is of the wrong sort.
    pub fn template_sheet(
        &self,
        reader: &Reader,
        template: &'static Template,
        about: Option<Number>,
        lang: Lang,
    ) -> Result<Vec<(&'static Field, String)>, Trouble> {
        if let Some(no) = about {
            let series = match template.of {
                Of::Person => Series::Person,
                Of::Partner => Series::Partner,
                Of::Company => return Err(Trouble::Unknown(no)),
            };
            let there = match series {
                _ if no.series != series => false,
                Series::Person => reader.person(no)?.is_some(),
                _ => reader.partner(no)?.is_some(),
            };
            if !there {
                return Err(Trouble::Unknown(no));
            }
        }
        let value = |field: &'static Field| -> Result<_, Trouble> {
            let text = match field.from {
                Some(origin) => self.of_node(reader, origin, about, lang)?,
                None => String::new(),
            };
            Ok((field, text))
        };
        template.field.iter().map(value).collect()
    }

    /// What a node's records have; blank when they have nothing or the reader may not see it.
    fn of_node(
        &self,
        reader: &Reader,
        origin: Origin,
        about: Option<Number>,
        lang: Lang,
    ) -> Result<String, Trouble> {
        let of = |series| about.filter(|no| no.series == series);
        let person = of(Series::Person).map(|no| reader.person(no)).transpose()?.flatten();
        let partner = of(Series::Partner).map(|no| reader.partner(no)).transpose()?.flatten();
        Ok(match origin {
            Origin::Company => reader.node()?.map(|node| node.name).unwrap_or_default(),
            Origin::Today => self.today().to_string(),
            Origin::Name => match (&person, partner) {
                (Some(person), _) => self.person_name(reader, person)?.unwrap_or_default(),
                (None, Some(partner)) => partner.name,
                (None, None) => String::new(),
            },
            Origin::Number => about.map(|no| no.to_string()).unwrap_or_default(),
            Origin::Post => person.and_then(|person| person.post).unwrap_or_default(),
            Origin::Department => person.and_then(|person| person.department).unwrap_or_default(),
            Origin::Joined => person
                .and_then(|person| person.joined)
                .map(|day| day.to_string())
                .unwrap_or_default(),
            Origin::Code => partner.and_then(|partner| partner.code).unwrap_or_default(),
            Origin::Points => self.points(reader, about, lang)?.join("\n"),
            Origin::Copies => {
                let filter = CopyFilter { recipient: about, ..CopyFilter::default() };
                let copies = match about {
                    Some(_) => reader.copies(filter)?,
                    None => Vec::new(),
                };
                let out = copies.iter().filter(|copy| copy.at.is_some() && copy.ending.is_none());
                out.map(|copy| format!("{} {}", copy.no, copy.secret))
                    .collect::<Vec<_>>()
                    .join("\n")
            }
        })
    }

    /// Secret points by number, title and level: those a person may know, those disclosed to a partner, or
    /// all that stand.
    fn points(
        &self,
        reader: &Reader,
        about: Option<Number>,
        lang: Lang,
    ) -> Result<Vec<String>, Trouble> {
        let mut numbers: Vec<Number> = match about.map(|no| (no.series, no)) {
            Some((Series::Person, no)) => {
                let rows = reader.clearances_of_person(no)?;
                let open = rows.iter().filter(|row| {
                    row.barred_idx.is_none() && row.until.is_none_or(|day| day >= self.today())
                });
                open.map(|row| row.secret).collect()
            }
            Some((_, no)) => {
                let rows = reader.disclosures_to_partner(no)?;
                rows.iter().filter(|row| row.ending.is_none()).map(|row| row.secret).collect()
            }
            None => {
                let filter = SecretFilter { limit: POINTS_MAX, ..SecretFilter::default() };
                let rows = reader.secrets(&filter)?.rows;
                let stand = rows.iter().filter(|row| row.state.is_open());
                stand.map(|row| row.no).collect()
            }
        };
        numbers.sort();
        numbers.dedup();
        let mut lines = Vec::new();
        for no in numbers {
            // Who may not see a point gets its number, which the record names anyway.
            let row = reader.secret_row(no)?;
            lines.push(row.map_or_else(
                || no.to_string(),
                |row| {
                    let level = words::t(lang, &format!("level-{}", row.level.word()));
                    format!("{no} {} ({level})", row.title)
                },
            ));
        }
        Ok(lines)
    }

    /// A template as PDF/A-2b, with what was filled in; what is blank has room for a pen. Guidance that was
    /// passed does not stop it: that is for the page or command line to say before.
    ///
    /// # Errors
    /// [`Trouble`]: refused where a binding limit is passed, or a field is not the template's.
    pub fn template_pdf(
        &self,
        reader: &Reader,
        template: &'static Template,
        filled: &Filled,
        lang: Lang,
    ) -> Result<Vec<u8>, Trouble> {
        let known = |id: &str| template.field(id).is_some();
        if let Some(odd) = filled.keys().find(|id| !known(id)) {
            let all: Vec<_> = template.field.iter().map(|field| &*field.id.id).collect();
            let args = vec![("text", odd.chars().take(40).collect()), ("known", all.join(", "))];
            return Err(Trouble::Other("trouble-no-such-field", args, Sort::Refused));
        }
        if let Some(finding) = template.check(filled).first().filter(|finding| finding.binds()) {
            let (field, says) = finding_words(lang, finding);
            let args = vec![("name", field), ("says", says)];
            return Err(Trouble::Other("trouble-template-limit", args, Sort::Refused));
        }
        let text = |text: &Text| words::law::text(lang, text).to_owned();
        let value = |id: &str| -> String {
            let typed = filled.get(id).map_or("", |text| text.trim());
            let choices = template.field(id).map_or(&[][..], |field| &field.choice);
            let chosen = choices.iter().find(|choice| choice.id.id == typed);
            chosen.map_or_else(|| typed.to_owned(), |choice| text(&choice.name))
        };
        let cut = |of: &Text| -> Vec<String> {
            let piece = |piece: Piece<'_>| match piece {
                Piece::Words(words) => words.to_owned(),
                Piece::Field(id) => value(id),
            };
            pieces(words::law::text(lang, of)).into_iter().map(piece).collect()
        };
        let rows = template.rows.iter().filter_map(|row| template.field(&row.id));
        let rows = rows.map(|field| DocumentRow {
            name: text(&field.name),
            value: value(&field.id.id),
            lines: field.lines,
        });
        let clauses = template.clause.iter();
        let clauses = clauses
            .map(|clause| DocumentClause { name: text(&clause.name), text: cut(&clause.text) });
        let norms = law().norms();
        let cites = template.cites.iter().map(|cite| words::law::cite(lang, norms, cite));
        let cites: Vec<String> = cites.collect();
        let title = text(&template.title);
        let of = CaseDocument {
            lang: lang.tag(),
            author: reader.node()?.map(|node| node.name).unwrap_or_default(),
            reference: String::new(),
            to: None,
            text: template.text.as_ref().map(cut).unwrap_or_default(),
            rows: rows.collect(),
            clauses: clauses.collect(),
            rights: template.note.as_ref().map(cut),
            signers: template.sign.iter().map(text).collect(),
            dated: words::t(lang, "document-dated"),
            basis: match cites.is_empty() {
                true => String::new(),
                false => {
                    let cites = cites.join(&words::t(lang, "w-comma"));
                    words::tr(lang, "document-basis", &[("cites", cites)])
                }
            },
            footer: words::tr(lang, "template-footer", &[("title", &title)]),
            title,
        };
        dossier::document_pdf(&of, self.today())
            .map_err(|error| crate::dossier::trouble(error.into()))
    }
}

/// What is to be said of a field, and its name.
pub fn finding_words(lang: Lang, finding: &catalog::template::Finding<'_>) -> (String, String) {
    let name = words::law::text(lang, &finding.field.name).to_owned();
    let says = match finding.limit {
        None => words::t(lang, "template-not-a-number"),
        Some(limit) => {
            let says = words::law::text(lang, &limit.says);
            let cite = words::law::cite(lang, law().norms(), &limit.cites);
            words::tr(lang, "template-limit", &[("says", says), ("cite", &cite)])
        }
    };
    (name, says)
}

//! The law's data for pages: read once, the same for everybody.

use catalog::{Catalog, Cite, Mark, Text};
use words::law;

use crate::desk::Desk;
use crate::show::Status;

/// All procedures, calendars and standards.
pub(crate) fn catalog() -> &'static Catalog {
    office::law()
}

/// An article with what it says and whether its text was compared.
pub(crate) struct Basis {
    pub(crate) cite: String,
    pub(crate) says: String,
    pub(crate) mark: Status,
}

impl Desk {
    /// A text of the data.
    pub(crate) fn law(&self, text: &'static Text) -> String {
        law::text(self.lang(), text).to_owned()
    }

    /// What a figure rests on; `worst` lowers what it is worth.
    pub(crate) fn basis(&self, cite: &Cite, worst: Option<Mark>) -> Basis {
        let norms = catalog().norms();
        let article = norms.cited(cite).and_then(|norm| norm.articles.get(&cite.article));
        let says = article.map(|row| match self.lang() {
            words::Lang::Zh => row.zh.clone(),
            words::Lang::En => row.en.clone(),
        });
        let mark = norms.mark(cite).max(worst.unwrap_or(Mark::Seen));
        Basis {
            cite: law::cite(self.lang(), norms, cite),
            says: says.unwrap_or_default(),
            mark: self.mark(mark),
        }
    }

    /// Whether a text was compared, as a word with a tint.
    pub(crate) fn mark(&self, mark: Mark) -> Status {
        let class = match mark {
            Mark::Seen => "ok",
            Mark::Inferred => "part",
            Mark::Recalled => "due",
        };
        Status::new(class, self.t(&format!("law-mark-{}", mark.key())))
    }
}

//! The law that a report cites: which article, for what, and whether its text was compared.
//!
//! *Compared* means that the content of the article was read in a public collection of statutes;
//! it does not mean an official gazette. Document numbers and dates that were not compared are
//! marked as such.

/// An article cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cited {
    /// The translation key of the instrument's name; its number stands in the words.
    pub act: &'static str,
    /// The articles, as text.
    pub articles: &'static str,
    /// The translation key that says what it is cited for.
    pub what: &'static str,
    /// Where the article's content was read; `None` when it was not compared.
    pub source: Option<Source>,
    /// Whether document number and dates were compared too.
    pub number_compared: bool,
}

/// A public collection of statutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// just-laws, snapshot of 2026-07-17.
    JustLaws,
    /// LawRefBook, snapshot of 2025-04-19.
    LawRefBook,
    /// github.com/supermariao/laws, snapshot of 2025-09-30.
    Collection2025,
}

impl Source {
    /// The translation key.
    pub fn key(self) -> &'static str {
        match self {
            Self::JustLaws => "law-source-just-laws",
            Self::LawRefBook => "law-source-lawrefbook",
            Self::Collection2025 => "law-source-collection",
        }
    }
}

const fn statute(act: &'static str, articles: &'static str, what: &'static str) -> Cited {
    let source = Some(Source::JustLaws);
    Cited { act, articles, what, source, number_compared: true }
}

const fn court(act: &'static str, articles: &'static str, what: &'static str) -> Cited {
    let source = Some(Source::LawRefBook);
    Cited { act, articles, what, source, number_compared: false }
}

/// Cited in every report.
pub const ALWAYS: &[Cited] = &[
    statute("law-aucl", "10", "law-what-definition"),
    statute("law-aucl", "39", "law-what-burden"),
    court("law-secrets-2020", "3, 4", "law-what-public"),
    court("law-secrets-2020", "5, 6", "law-what-measures"),
    court("law-secrets-2020", "7", "law-what-value"),
    court("law-secrets-2020", "12, 13", "law-what-access"),
    court("law-evidence-2019", "14, 15", "law-what-original"),
    court("law-evidence-2019", "93", "law-what-factors"),
    court("law-evidence-2019", "94", "law-what-presumed"),
    court("law-online-2021", "16–19", "law-what-before"),
    statute("law-signature", "5, 8", "law-what-signature"),
    Cited {
        act: "law-secrets-act",
        articles: "—",
        what: "law-what-state-secrets",
        source: None,
        number_compared: false,
    },
];

/// Cited for a purpose, beside [`ALWAYS`].
pub fn for_purpose(purpose: domain::terms::Purpose) -> &'static [Cited] {
    use domain::terms::Purpose;
    match purpose {
        Purpose::Complaint => {
            const {
                &[
                    statute("law-aucl", "16, 20, 26", "law-what-complaint"),
                    statute("law-aucl", "19", "law-what-officials"),
                    Cited {
                        act: "law-penalty-rules",
                        articles: "18, 19, 24–26",
                        what: "law-what-complaint-evidence",
                        source: Some(Source::Collection2025),
                        number_compared: false,
                    },
                    Cited {
                        act: "law-order-126",
                        articles: "—",
                        what: "law-what-order-126",
                        source: None,
                        number_compared: false,
                    },
                ]
            }
        }
        Purpose::Police => {
            const {
                &[
                    statute("law-criminal", "219", "law-what-crime"),
                    statute("law-criminal-procedure", "110, 112", "law-what-report"),
                    Cited {
                        act: "law-criminal-2025",
                        articles: "16–21",
                        what: "law-what-thresholds",
                        source: None,
                        number_compared: false,
                    },
                ]
            }
        }
        Purpose::Suit => {
            const {
                &[
                    court("law-secrets-2020", "27", "law-what-points"),
                    court("law-secrets-2020", "21", "law-what-court-secrecy"),
                    statute("law-aucl", "22", "law-what-damages"),
                    court("law-ip-evidence-2020", "26", "law-what-undertaking"),
                ]
            }
        }
        Purpose::Preservation => {
            const {
                &[
                    court("law-preservation-2018", "6, 7", "law-what-urgent"),
                    statute("law-civil-procedure", "103, 104", "law-what-preserve"),
                    court("law-ip-evidence-2020", "11", "law-what-preserve-evidence"),
                ]
            }
        }
        Purpose::Abroad => {
            const {
                &[
                    statute("law-data-security", "36, 48", "law-what-abroad-data"),
                    statute("law-personal-information", "38, 39, 41", "law-what-abroad-personal"),
                    court("law-foreign-ip-801", "12, 13", "law-what-abroad-evidence"),
                    statute("law-civil-procedure", "294", "law-what-abroad-taking"),
                ]
            }
        }
        Purpose::Mediation | Purpose::Insurance | Purpose::Recognition => {
            const { &[court("law-secrets-2020", "21", "law-what-court-secrecy")] }
        }
    }
}

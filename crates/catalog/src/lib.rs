//! The law as data, and the engines that read it: calendars of working days, clocks, procedures,
//! evidence standards, checklists of visits, schemes of recognition, the boundary test of secret
//! points, the rules of an inventory and of early warning, the made-up district they are tried on,
//! guides of countries and what is asked before going abroad, the handbook, templates of papers, and packs for fields of industry.
//!
//! The data lies in the top-level folder `catalog/`, one TOML file a procedure, act, year,
//! standard, checklist or scheme; a wrong name or an unknown citation fails at load and says in which file and line.
//! Nothing here reads a clock or a disk: days come in as values, answers go out with their article,
//! and each figure says whether its text was seen.
//!
//! ```
//! use catalog::{Catalog, Happening, Papers, When};
//!
//! let catalog = Catalog::shipped().expect("the shipped data is checked");
//! let day = |text| When::parse(text).expect("a moment");
//! let mut case = catalog.open("transfer", day("2026-03-02").day).expect("a procedure in force");
//! let papers: Papers = ["team_order", "transfer_report"].map(String::from).into();
//! let mut take = |at, step: &str, by: &str| {
//!     let next = Happening { at: day(at), step: step.into(), by: by.into(), planned: None };
//!     case.take(next, &papers).map(|_| ()).map_err(|refusal| refusal.why.key())
//! };
//! take("2026-02-26", "form_team", "head")?;
//! take("2026-03-02 10:00", "report", "officer")?;
//! assert_eq!(take("2026-03-02 15:00", "approve", "officer"), Err("wrong_role"));
//! take("2026-03-02 15:00", "approve", "head")?;
//!
//! let clock = case.clock("hand_over_by", day("2026-03-02 15:00")).expect("it was started");
//! assert_eq!(clock.end.expect("nothing pauses hours").to_string(), "2026-03-03 15:00");
//! assert_eq!(clock.cites.to_string(), "行政执法机关移送涉嫌犯罪案件的规定 art. 5.2");
//! # Ok::<(), &'static str>(())
//! ```

mod board;
pub mod boundary;
pub mod calendar;
mod case;
mod check;
pub mod checklist;
pub mod clock;
pub mod control;
pub mod count;
mod day;
mod diagram;
pub mod document;
pub mod field;
pub mod handbook;
pub mod inventory;
pub mod loss;
pub mod moot;
mod norm;
pub mod overseas;
pub mod procedure;
mod read;
mod reckon;
pub mod recognition;
pub mod route;
pub mod standard;
pub mod template;
mod text;
pub mod twin;
pub mod warning;

pub use board::{Board, Due};
pub use boundary::Boundary;
pub use case::{Case, Choice, Happening, Move, Papers, Refusal, Why};
pub use checklist::Checklist;
pub use clock::{Because, Clock, Standing};
pub use control::Controls;
pub use count::End;
pub use day::{Day, NotADay, When};
pub use diagram::svg;
pub use document::Documents;
pub use field::Pack;
pub use handbook::Handbook;
pub use loss::Worksheet;
pub use moot::Moot;
pub use norm::{Article, Mark, Norm, Norms};
pub use overseas::Country;
pub use procedure::Procedure;
pub use read::{Catalog, FOLDERS, Fault, Problem, SHIPPED};
pub use reckon::{Between, Misfit, Part};
pub use recognition::Scheme;
pub use route::Routes;
pub use template::Template;
pub use text::{AnyOf, Cite, Lang, Length, Ref, Text};
pub use twin::Twin;
pub use warning::Warning;

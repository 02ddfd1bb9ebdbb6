//! `midun index`, `sweep`, `clear`, `compare`, `cluster`, `corpus` and `public-check`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::h;

#[derive(Debug, Args)]
pub struct Index {
    #[arg(long, value_name = "PATH", num_args = 1.., help = h("index-public"))]
    pub public: Vec<PathBuf>,
    #[arg(long, conflicts_with = "public", help = h("index-no-public"))]
    pub no_public: bool,
    #[arg(long, help = h("index-wide"))]
    pub wide: bool,
    #[arg(long, conflicts_with = "wide", help = h("index-fine"))]
    pub fine: bool,
    #[arg(long, help = h("index-anew"))]
    pub anew: bool,
    #[arg(long, help = h("index-all"))]
    pub all: bool,
}

#[derive(Debug, Args)]
pub struct Sweep {
    #[arg(required = true, value_name = "PATH", help = h("sweep-path"))]
    pub paths: Vec<PathBuf>,
    #[arg(long, value_name = "ID", num_args = 1.., help = h("sweep-secret"))]
    pub secret: Vec<String>,
    #[arg(long, value_name = "FILE|DIR", help = h("sweep-out"))]
    pub out: Option<PathBuf>,
    #[arg(long, value_name = "TEXT", help = h("sweep-what"))]
    pub what: Option<String>,
    #[arg(long, help = h("sweep-excerpts"))]
    pub excerpts: bool,
    #[arg(long, help = h("sweep-fresh"))]
    pub fresh: bool,
}

#[derive(Debug, Args)]
pub struct Clear {
    #[arg(required_unless_present_any = ["approve", "refuse"], value_name = "FILE",
          help = h("clear-file"))]
    pub paths: Vec<PathBuf>,
    #[arg(long, value_name = "TEXT", help = h("clear-what"))]
    pub what: Option<String>,
    #[arg(long, value_name = "TEXT", help = h("clear-to"))]
    pub to: Option<String>,
    #[arg(long, value_name = "FILE|DIR", help = h("sweep-out"))]
    pub out: Option<PathBuf>,
    #[arg(long, help = h("sweep-excerpts"))]
    pub excerpts: bool,
    #[arg(long, help = h("clear-record"))]
    pub record: bool,
    #[arg(long, value_name = "ID", conflicts_with_all = ["paths", "refuse"],
          requires_all = ["person", "why"], help = h("clear-approve"))]
    pub approve: Option<String>,
    #[arg(long, value_name = "ID", conflicts_with = "paths", requires_all = ["person", "why"],
          help = h("clear-refuse"))]
    pub refuse: Option<String>,
    #[arg(long, value_name = "ID", help = h("clear-person"))]
    pub person: Option<String>,
    #[arg(long, value_name = "TEXT", help = h("why"))]
    pub why: Option<String>,
}

#[derive(Debug, Args)]
pub struct Compare {
    #[arg(value_name = "LEFT", help = h("compare-left"))]
    pub left: Option<PathBuf>,
    #[arg(value_name = "RIGHT", help = h("compare-right"))]
    pub right: Vec<PathBuf>,
    #[arg(long, value_name = "PATH", num_args = 1.., help = h("compare-public"))]
    pub public: Vec<PathBuf>,
    #[arg(long, value_name = "PATH", num_args = 1.., help = h("compare-licensed"))]
    pub licensed: Vec<PathBuf>,
    #[arg(long, value_name = "PATH", num_args = 1.., help = h("compare-generated"))]
    pub generated: Vec<PathBuf>,
    #[arg(long, value_name = "TEXT", help = h("compare-what"))]
    pub what: Option<String>,
    #[arg(long, value_name = "TEXT", help = h("compare-source"))]
    pub source: Option<String>,
    #[arg(long, value_name = "FILE|DIR", help = h("compare-out"))]
    pub out: Option<PathBuf>,
    #[arg(long, value_name = "ID", help = h("compare-again"))]
    pub again: Option<String>,
    #[arg(long, conflicts_with_all = ["left", "report", "conclude"], help = h("compare-list"))]
    pub list: bool,
    #[arg(long, value_name = "ID", conflicts_with_all = ["left", "conclude"],
          help = h("compare-report"))]
    pub report: Option<String>,
    #[arg(long, value_name = "ID", conflicts_with = "left",
          requires_all = ["person", "sameness", "why"], help = h("compare-conclude"))]
    pub conclude: Option<String>,
    #[arg(long, value_name = "ID", help = h("compare-person"))]
    pub person: Option<String>,
    #[arg(long, value_name = "same|substantial|different|open", help = h("compare-sameness"))]
    pub sameness: Option<String>,
    #[arg(long, value_name = "TEXT", help = h("why"))]
    pub why: Option<String>,
    #[arg(long, value_name = "TEXT", help = h("compare-differences"))]
    pub differences: Option<String>,
    #[arg(long, value_name = "TEXT", help = h("compare-effects"))]
    pub effects: Option<String>,
}

#[derive(Debug, Args)]
pub struct Cluster {
    #[arg(required = true, value_name = "PATH", help = h("cluster-path"))]
    pub paths: Vec<PathBuf>,
    #[arg(long, value_name = "SCORE", help = h("cluster-least"))]
    pub least: Option<f32>,
}

#[derive(Debug, Args)]
pub struct Inventory {
    #[arg(value_name = "PATH", help = h("inventory-path"))]
    pub path: Option<PathBuf>,
    #[arg(long, value_name = "TEXT", help = h("inventory-what"))]
    pub what: Option<String>,
    #[arg(long, help = h("inventory-fresh"))]
    pub fresh: bool,
    #[arg(long, conflicts_with = "path", help = h("inventory-list"))]
    pub list: bool,
    #[arg(long, value_name = "ID[/N]", conflicts_with = "path", help = h("inventory-show"))]
    pub show: Option<String>,
    #[arg(long, value_name = "open|accepted|aside|not-secret", requires = "show",
          help = h("inventory-view"))]
    pub view: Option<String>,
    #[arg(long, value_name = "ID/N", conflicts_with_all = ["path", "show"],
          help = h("inventory-accept"))]
    pub accept: Option<String>,
    #[arg(long, value_name = "TEXT", requires = "accept", help = h("inventory-title"))]
    pub title: Option<String>,
    #[arg(long, value_name = "LEVEL", requires = "accept", help = h("inventory-level"))]
    pub level: Option<String>,
    #[arg(long, value_name = "FORM", requires = "accept", help = h("inventory-form"))]
    pub form: Option<String>,
    #[arg(long, value_name = "N", num_args = 1.., requires = "accept",
          help = h("inventory-file"))]
    pub file: Vec<usize>,
    #[arg(long, value_name = "ID/N", conflicts_with_all = ["path", "show", "accept"],
          help = h("inventory-aside"))]
    pub aside: Option<String>,
    #[arg(long, value_name = "ID/N", requires = "reason",
          conflicts_with_all = ["path", "show", "accept", "aside"], help = h("inventory-reject"))]
    pub reject: Option<String>,
    #[arg(long, value_name = "public|general|no-value|others|known|state|other",
          requires = "reject", help = h("inventory-reason"))]
    pub reason: Option<String>,
    #[arg(long, value_name = "TEXT", help = h("inventory-why"))]
    pub why: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Corpus {
    #[command(about = h("corpus-add"), after_help = h("corpus-add-after"))]
    Add(CorpusAdd),
    #[command(about = h("corpus-list"))]
    List,
    #[command(about = h("corpus-remove"))]
    Remove {
        #[arg(value_name = "ID", help = h("corpus-id"))]
        id: String,
        #[arg(long, value_name = "TEXT", help = h("corpus-why"))]
        why: String,
    },
}

#[derive(Debug, Args)]
pub struct CorpusAdd {
    #[arg(value_name = "NAME", help = h("corpus-name"))]
    pub name: String,
    #[arg(required = true, value_name = "PATH", help = h("corpus-path"))]
    pub paths: Vec<PathBuf>,
    #[arg(long, value_name = "patents|papers|web|packages|standards|other",
          default_value = "other", help = h("corpus-kind"))]
    pub kind: String,
    #[arg(long, value_name = "DAY", help = h("corpus-date"))]
    pub date: Option<String>,
    #[arg(long, value_name = "TEXT", help = h("corpus-source"))]
    pub source: Option<String>,
    #[arg(long, value_name = "WHAT=NAME,…", help = h("corpus-field"))]
    pub field: Vec<String>,
    #[arg(long, conflicts_with = "field", help = h("corpus-plain"))]
    pub plain: bool,
}

#[derive(Debug, Args)]
pub struct PublicCheck {
    #[arg(value_name = "ID", help = h("public-secret"))]
    pub secret: Option<String>,
    #[arg(long, value_name = "DAY", requires = "secret", help = h("public-as-of"))]
    pub as_of: Option<String>,
    #[arg(long, value_name = "ID", num_args = 1.., requires = "secret", help = h("public-corpus"))]
    pub corpus: Vec<String>,
    #[arg(long, value_name = "FILE|DIR", help = h("public-out"))]
    pub out: Option<PathBuf>,
    #[arg(long, conflicts_with_all = ["secret", "report"], help = h("public-list"))]
    pub list: bool,
    #[arg(long, value_name = "ID", conflicts_with = "secret", help = h("public-report"))]
    pub report: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Blind {
    #[command(about = h("blind-offer"))]
    Offer {
        #[command(flatten)]
        put: BlindArgs,
        #[arg(long, value_name = "FILE", help = h("blind-out"))]
        out: PathBuf,
    },
    #[command(about = h("blind-answer"))]
    Answer {
        #[arg(value_name = "FILE", help = h("blind-offer-file"))]
        offer: PathBuf,
        #[command(flatten)]
        put: BlindArgs,
        #[arg(long, value_name = "FILE", help = h("blind-out"))]
        out: PathBuf,
    },
    #[command(about = h("blind-take"))]
    Take {
        #[arg(value_name = "ID", help = h("blind-id"))]
        id: String,
        #[arg(value_name = "FILE", help = h("blind-message-file"))]
        message: PathBuf,
        #[arg(long, value_name = "FILE", help = h("blind-reply"))]
        out: Option<PathBuf>,
    },
    #[command(about = h("blind-message"))]
    Message {
        #[arg(value_name = "ID", help = h("blind-id"))]
        id: String,
        #[arg(long, value_name = "FILE", help = h("blind-out"))]
        out: PathBuf,
    },
    #[command(about = h("blind-list"))]
    List,
    #[command(about = h("blind-show"))]
    Show {
        #[arg(value_name = "ID", help = h("blind-id"))]
        id: String,
        #[arg(long, value_name = "FILE|DIR", help = h("public-out"))]
        out: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub struct BlindArgs {
    #[arg(required = true, value_name = "ID|PATH", help = h("blind-what"))]
    pub what: Vec<PathBuf>,
    #[arg(long, value_name = "ID", help = h("blind-partner"))]
    pub partner: Option<String>,
    #[arg(long, value_name = "PATH", num_args = 1.., help = h("blind-public"))]
    pub public: Vec<PathBuf>,
    #[arg(long, value_name = "N", help = h("blind-most"))]
    pub most: Option<u64>,
}

#[derive(Debug, Subcommand)]
pub enum Work {
    #[command(about = h("work-record"))]
    Record(WorkArgs),
    #[command(about = h("work-list"))]
    List,
    #[command(about = h("work-show"))]
    Show {
        #[arg(value_name = "ID", help = h("work-id"))]
        id: String,
    },
    #[command(about = h("work-trace"))]
    Trace {
        #[arg(value_name = "ID", help = h("work-id"))]
        id: String,
        #[arg(value_name = "ID|PATH", help = h("work-of"))]
        what: PathBuf,
        #[arg(long, value_name = "FILE|DIR", help = h("public-out"))]
        out: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub struct WorkArgs {
    #[arg(required = true, value_name = "PATH", help = h("work-path"))]
    pub paths: Vec<PathBuf>,
    #[arg(long, value_name = "TEXT", help = h("work-what"))]
    pub what: String,
    #[arg(long, value_name = "ID", num_args = 1.., help = h("work-secret"))]
    pub secret: Vec<String>,
    #[arg(long, value_name = "ID", help = h("work-after-id"))]
    pub after: Option<String>,
}

//! `midun index`, `sweep` and `clear`.

use std::path::PathBuf;

use clap::Args;

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

//! `midun handbook …`, `midun template …`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::h;

#[derive(Debug, Args)]
pub struct HandbookArgs {
    #[arg(value_name = "ID", help = h("handbook-id"))]
    pub id: Option<String>,
    #[arg(long, value_name = "WORDS", conflicts_with = "id", help = h("handbook-search"))]
    pub search: Option<String>,
    #[arg(long, conflicts_with_all = ["id", "search"], help = h("handbook-glossary"))]
    pub glossary: bool,
    #[arg(long, value_name = "FILE.pdf", conflicts_with_all = ["id", "search", "glossary"],
          help = h("handbook-out"))]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Template {
    #[command(about = h("template-list"))]
    List,
    #[command(about = h("template-show"))]
    Show {
        #[arg(value_name = "ID", help = h("template-id"))]
        id: String,
    },
    #[command(about = h("template-fill"))]
    Fill {
        #[arg(value_name = "ID", help = h("template-id"))]
        id: String,
        #[arg(long, value_name = "RY-…|HZ-…", help = h("template-for"))]
        r#for: Option<String>,
        #[arg(long, value_name = "FIELD=TEXT", help = h("template-set"))]
        set: Vec<String>,
        #[arg(long, value_name = "FILE.pdf", help = h("out"))]
        out: PathBuf,
    },
}

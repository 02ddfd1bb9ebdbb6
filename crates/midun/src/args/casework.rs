//! `midun case …`.

use std::path::PathBuf;

use clap::Subcommand;

use super::h;

#[derive(Debug, Subcommand)]
pub enum Case {
    #[command(about = h("case-open"))]
    Open {
        #[arg(long, help = h("case-procedure"))]
        procedure: String,
        #[arg(long, help = h("case-title"))]
        title: String,
        #[arg(long, value_name = "SOURCE", default_value = "paper", help = h("case-source"))]
        source: String,
        #[arg(long, value_name = "QY-…", help = h("company-no"))]
        company: Option<String>,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
        #[arg(long, value_name = "FILE", help = h("case-text"))]
        text: Option<PathBuf>,
    },
    #[command(about = h("case-list"))]
    List {
        #[arg(long, value_name = "TEXT", help = h("desk-find"))]
        find: Option<String>,
        #[arg(long, help = h("case-procedure"))]
        procedure: Option<String>,
        #[arg(long, value_name = "QY-…", help = h("company-no"))]
        company: Option<String>,
        #[arg(long, help = h("case-unit"))]
        unit: Option<String>,
        #[arg(long, conflicts_with = "all", help = h("case-ended"))]
        ended: bool,
        #[arg(long, help = h("case-all"))]
        all: bool,
        #[arg(long, default_value_t = 50, help = h("limit"))]
        limit: u32,
    },
    #[command(about = h("case-show"))]
    Show {
        #[arg(value_name = "AJ-…", help = h("case-no"))]
        id: String,
    },
    #[command(about = h("case-assign"))]
    Assign {
        #[arg(value_name = "AJ-…", help = h("case-no"))]
        id: String,
        #[arg(long, help = h("case-unit"))]
        unit: String,
        #[arg(long, help = h("case-handler"))]
        handler: Option<String>,
    },
    #[command(about = h("case-put"))]
    File {
        #[arg(value_name = "AJ-…", help = h("case-no"))]
        id: String,
        #[arg(value_name = "ITEM", help = h("case-item"))]
        item: String,
        #[arg(long, value_name = "FILE", help = h("case-scan"))]
        scan: Option<PathBuf>,
        #[arg(long, value_name = "signature|date|origin|hash|custody", value_delimiter = ',',
              help = h("case-bears"))]
        bears: Vec<String>,
        #[arg(long, value_name = "DATE", help = h("case-paper-day"))]
        dated: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("case-note"))]
        note: Option<String>,
    },
    #[command(about = h("case-unfile"))]
    Unfile {
        #[arg(value_name = "AJ-…", help = h("case-no"))]
        id: String,
        #[arg(value_name = "ITEM", help = h("case-item"))]
        item: String,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
    #[command(about = h("case-step"))]
    Step {
        #[arg(value_name = "AJ-…", help = h("case-no"))]
        id: String,
        #[arg(value_name = "STEP", help = h("case-step-name"))]
        step: String,
        #[arg(long, value_name = "ROLE", help = h("case-by"))]
        by: Option<String>,
        #[arg(long, value_name = "WHEN", help = h("case-at"))]
        at: Option<String>,
        #[arg(long, value_name = "DATE", help = h("case-planned"))]
        planned: Option<String>,
        #[arg(long, value_name = "FILE", help = h("case-note-file"))]
        note: Option<PathBuf>,
    },
    #[command(about = h("case-unstep"))]
    Unstep {
        #[arg(value_name = "AJ-…", help = h("case-no"))]
        id: String,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
    #[command(about = h("case-document"))]
    Document {
        #[arg(value_name = "AJ-…", help = h("case-no"))]
        id: String,
        #[arg(value_name = "ITEM", help = h("case-document-item"))]
        item: Option<String>,
        #[arg(long, value_name = "FILE", requires = "item", help = h("case-document-fill"))]
        fill: Option<PathBuf>,
        #[arg(long, value_name = "FIELD=TEXT", requires = "item", help = h("case-document-set"))]
        set: Vec<String>,
        #[arg(long, value_name = "FILE", requires = "item", help = h("case-document-out"))]
        out: Option<PathBuf>,
    },
    #[command(about = h("case-figures"))]
    Figures {
        #[arg(value_name = "AJ-…", help = h("case-no"))]
        id: String,
    },
    #[command(about = h("case-against"))]
    Against {
        #[arg(value_name = "AJ-…", help = h("case-no"))]
        id: String,
        #[arg(long, value_name = "QY-…", help = h("case-respondent"))]
        respondent: String,
    },
    #[command(about = h("case-reckon"))]
    Reckon {
        #[arg(value_name = "AJ-…", help = h("case-no"))]
        id: String,
        #[arg(value_name = "METHOD", help = h("case-method"))]
        method: String,
        #[arg(long, default_value = "criminal", help = h("case-sheet"))]
        sheet: String,
        #[arg(long, value_name = "INPUT=NUMBER", help = h("case-input"))]
        with: Vec<String>,
        #[arg(long, value_name = "FILE", help = h("case-basis"))]
        basis: Option<PathBuf>,
        #[arg(long, help = h("case-rely"))]
        rely: bool,
    },
    #[command(about = h("case-check"))]
    Check {
        #[arg(value_name = "AJ-…", help = h("case-no"))]
        id: String,
        #[arg(value_name = "STANDARD", help = h("case-standard"))]
        standard: String,
    },
    #[command(about = h("case-bundle"))]
    Bundle {
        #[arg(value_name = "AJ-…", help = h("case-no"))]
        id: String,
        #[arg(long, help = h("case-bundle-whole"))]
        whole: bool,
        #[arg(long, value_name = "FILE", help = h("case-bundle-out"))]
        out: PathBuf,
    },
    #[command(about = h("case-due"))]
    Due {
        #[arg(long, default_value_t = 14, help = h("case-days"))]
        days: u32,
        #[arg(long, help = h("case-unit"))]
        unit: Option<String>,
    },
}

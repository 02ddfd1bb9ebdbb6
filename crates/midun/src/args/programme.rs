//! `midun procurement …` and `midun engagement …`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::h;

#[derive(Debug, Args)]
pub struct RecordProcurement {
    #[arg(long, help = h("engagement-title"))]
    pub title: String,
    #[arg(long, help = h("procurement-reference"))]
    pub reference: String,
    #[arg(long, value_name = "FILE", help = h("procurement-table"))]
    pub table: PathBuf,
    #[arg(long, help = h("engagement-amount"))]
    pub amount: String,
    #[arg(long, help = h("procurement-contract"))]
    pub contract: Option<String>,
    #[arg(long, value_name = "DATE", help = h("happened-on"))]
    pub happened: Option<String>,
    #[arg(long, value_name = "DATE", help = h("from"))]
    pub from: String,
    #[arg(long, value_name = "DATE", help = h("until"))]
    pub until: String,
}

#[derive(Debug, Subcommand)]
pub enum Procurement {
    #[command(about = h("procurement-record"))]
    Record(Box<RecordProcurement>),
    #[command(about = h("procurement-list"))]
    List,
    #[command(about = h("procurement-show"))]
    Show {
        #[arg(value_name = "CG-…", help = h("procurement-no"))]
        id: String,
    },
}

#[derive(Debug, Args)]
pub struct OpenEngagement {
    #[arg(long, value_name = "JG-…", help = h("engagement-firm"))]
    pub firm: String,
    #[arg(long, value_name = "QY-…", help = h("company-no"))]
    pub company: String,
    #[arg(long, help = h("engagement-title"))]
    pub title: String,
    #[arg(long, value_name = "CG-…", help = h("procurement-no"))]
    pub procurement: Option<String>,
    #[arg(long, value_name = "DATE", help = h("from"))]
    pub from: String,
    #[arg(long, value_name = "DATE", help = h("until"))]
    pub until: String,
    #[arg(long, help = h("engagement-pilot"))]
    pub pilot: bool,
    #[arg(long, help = h("engagement-declared"))]
    pub declared: String,
}

#[derive(Debug, Subcommand)]
pub enum Engagement {
    #[command(about = h("engagement-open"))]
    Open(Box<OpenEngagement>),
    #[command(about = h("engagement-list"))]
    List {
        #[arg(long, value_name = "JG-…", help = h("engagement-firm"))]
        firm: Option<String>,
        #[arg(long, value_name = "QY-…", help = h("company-no"))]
        company: Option<String>,
        #[arg(long, help = h("engagement-late"))]
        late: bool,
        #[arg(long, help = h("engagement-pilots"))]
        pilot: bool,
        #[arg(long, default_value_t = 50, help = h("limit"))]
        limit: u32,
    },
    #[command(about = h("engagement-show"))]
    Show {
        #[arg(value_name = "WT-…", help = h("engagement-no"))]
        id: String,
    },
    #[command(about = h("engagement-plan"))]
    Plan {
        #[arg(value_name = "WT-…", help = h("engagement-no"))]
        id: String,
        #[arg(long, help = h("engagement-sort"))]
        sort: String,
        #[arg(long, help = h("engagement-title"))]
        title: String,
        #[arg(long, value_name = "DATE", help = h("due"))]
        due: String,
        #[arg(long, help = h("engagement-amount"))]
        amount: Option<String>,
        #[arg(long, value_name = "ITEM", help = h("engagement-after"))]
        after: Option<u32>,
    },
    #[command(about = h("engagement-log"))]
    Log {
        #[arg(value_name = "WT-…", help = h("engagement-no"))]
        id: String,
        #[arg(long, help = h("engagement-what"))]
        what: String,
        #[arg(long, help = h("engagement-minutes"))]
        minutes: u32,
        #[arg(long, value_name = "ITEM", help = h("engagement-item"))]
        item: Option<u32>,
        #[arg(long, value_name = "FILE", help = h("engagement-note"))]
        note: Option<PathBuf>,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
    },
    #[command(about = h("engagement-deliver"))]
    Deliver {
        #[arg(value_name = "WT-…", help = h("engagement-no"))]
        id: String,
        #[arg(long, value_name = "ITEM", help = h("engagement-item"))]
        item: u32,
        #[arg(long, value_name = "FILE", help = h("engagement-note"))]
        note: PathBuf,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
    },
    #[command(about = h("engagement-accept"))]
    Accept {
        #[arg(value_name = "WT-…", help = h("engagement-no"))]
        id: String,
        #[arg(long, value_name = "ITEM", help = h("engagement-item"))]
        item: u32,
        #[arg(long, help = h("engagement-refuse"))]
        refuse: bool,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
        #[arg(long, help = h("why"))]
        why: Option<String>,
    },
    #[command(about = h("engagement-pay"))]
    Pay {
        #[arg(value_name = "WT-…", help = h("engagement-no"))]
        id: String,
        #[arg(long, value_name = "ITEM", help = h("engagement-item"))]
        item: u32,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
    },
    #[command(about = h("engagement-rate"))]
    Rate {
        #[arg(value_name = "WT-…", help = h("engagement-no"))]
        id: String,
        #[arg(long, help = h("engagement-mark"))]
        mark: u32,
        #[arg(long, value_name = "FILE", help = h("engagement-note"))]
        note: Option<PathBuf>,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
    },
    #[command(about = h("engagement-end"))]
    End {
        #[arg(value_name = "WT-…", help = h("engagement-no"))]
        id: String,
        #[arg(long, help = h("engagement-how"))]
        how: String,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
        #[arg(long, help = h("why"))]
        why: Option<String>,
    },
    #[command(about = h("engagement-conflict"))]
    Conflict {
        #[arg(value_name = "JG-…", help = h("engagement-firm"))]
        firm: String,
        #[arg(long, value_name = "QY-…", help = h("company-no"))]
        company: String,
        #[arg(long, help = h("engagement-reason"))]
        reason: String,
        #[arg(long, value_name = "AJ-…", help = h("assistance-case"))]
        case: Option<String>,
        #[arg(long, value_name = "DATE", help = h("until"))]
        until: Option<String>,
        #[arg(long, help = h("why"))]
        why: Option<String>,
    },
    #[command(about = h("engagement-clear"))]
    Clear {
        #[arg(value_name = "JG-…", help = h("engagement-firm"))]
        firm: String,
        #[arg(long, value_name = "QY-…", help = h("company-no"))]
        company: String,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
        #[arg(long, help = h("why"))]
        why: String,
    },
}

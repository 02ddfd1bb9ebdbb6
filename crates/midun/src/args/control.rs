//! `midun control …`.

use std::path::PathBuf;

use clap::Subcommand;

use super::h;

#[derive(Debug, Subcommand)]
pub enum Control {
    #[command(about = h("control-list"))]
    List {
        #[arg(long, value_name = "STEP", help = h("control-step"))]
        step: Option<String>,
        #[arg(long, value_name = "STATE", help = h("control-standing"))]
        standing: Option<String>,
        #[arg(long, value_name = "DATE", help = h("control-as-of"))]
        as_of: Option<String>,
    },
    #[command(about = h("control-show"))]
    Show {
        #[arg(value_name = "CONTROL", help = h("control-id"))]
        id: String,
        #[arg(long, value_name = "DATE", help = h("control-as-of"))]
        as_of: Option<String>,
    },
    #[command(about = h("control-answer"))]
    Answer {
        #[arg(value_name = "CONTROL", help = h("control-id"))]
        id: String,
        #[arg(long, value_name = "WORD", help = h("control-verdict"))]
        verdict: String,
        #[arg(long, value_name = "FILE", help = h("control-paper"))]
        paper: Vec<PathBuf>,
        #[arg(long, value_name = "DATE", help = h("control-paper-day"))]
        dated: Option<String>,
        #[arg(long, value_name = "DATE", help = h("control-from"))]
        from: Option<String>,
        #[arg(long, value_name = "DATE", help = h("control-until"))]
        until: Option<String>,
        #[arg(long, value_name = "MD-…", help = h("control-secret"))]
        secret: Vec<String>,
        #[arg(long, value_name = "RY-…", help = h("control-person"))]
        person: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("control-why"))]
        why: Option<String>,
    },
    #[command(about = h("control-withdraw"))]
    Withdraw {
        #[arg(value_name = "ZP-…", help = h("control-answer-no"))]
        id: String,
        #[arg(long, value_name = "TEXT", help = h("control-why"))]
        why: String,
    },
    #[command(about = h("control-assign"))]
    Assign {
        #[arg(value_name = "CONTROL", help = h("control-id"))]
        id: String,
        #[arg(long, value_name = "RY-…", help = h("control-person"))]
        person: Option<String>,
        #[arg(long, value_name = "DATE", help = h("control-due"))]
        due: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("control-why"))]
        why: Option<String>,
    },
    #[command(about = h("control-score"))]
    Score {
        #[arg(long, value_name = "DATE", help = h("control-as-of"))]
        as_of: Option<String>,
        #[arg(long, conflicts_with = "as_of", help = h("control-trend"))]
        trend: bool,
    },
    #[command(about = h("control-gaps"))]
    Gaps {
        #[arg(long, help = h("control-all"))]
        all: bool,
        #[arg(long, default_value_t = 20, help = h("limit"))]
        limit: usize,
        #[arg(long, value_name = "DATE", help = h("control-as-of"))]
        as_of: Option<String>,
    },
    #[command(about = h("control-changes"))]
    Changes,
    #[command(about = h("control-adopt"))]
    Adopt {
        #[arg(long, value_name = "TEXT", help = h("control-why"))]
        why: Option<String>,
    },
}

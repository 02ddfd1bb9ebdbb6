//! `midun recognition …`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::h;

/// Points of criteria, and what excludes.
#[derive(Debug, Args)]
pub struct Points {
    #[arg(long, value_name = "ID=N", num_args = 1.., help = h("recognition-mark"))]
    pub mark: Vec<String>,
    #[arg(long, value_name = "ID", help = h("recognition-bar"))]
    pub bar: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub enum Recognition {
    #[command(about = h("recognition-schemes"))]
    Schemes,
    #[command(about = h("recognition-scheme"))]
    Scheme {
        #[arg(help = h("recognition-id"))]
        id: String,
    },
    #[command(about = h("recognition-apply"))]
    Apply {
        #[arg(long, value_name = "QY-…", help = h("company-no"))]
        company: String,
        #[arg(long, help = h("recognition-id"))]
        scheme: String,
        #[arg(long, value_name = "RD-…", help = h("recognition-under"))]
        under: Option<String>,
        #[arg(long, value_name = "FILE", help = h("recognition-statement"))]
        statement: Option<PathBuf>,
        #[arg(long, value_name = "LW-…/N", help = h("recognition-source"))]
        letter: Option<String>,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
    },
    #[command(about = h("recognition-list"))]
    List {
        #[arg(long, value_name = "TEXT", help = h("desk-find"))]
        find: Option<String>,
        #[arg(long, value_name = "QY-…", help = h("desk-company"))]
        company: Option<String>,
        #[arg(long, help = h("recognition-id"))]
        scheme: Option<String>,
        #[arg(long, help = h("desk-state"))]
        state: Option<String>,
        #[arg(long, value_name = "RD-…", help = h("recognition-under"))]
        under: Option<String>,
        #[arg(long, help = h("desk-open"))]
        open: bool,
        #[arg(long, help = h("recognition-holds"))]
        holds: bool,
        #[arg(long, help = h("recognition-check-late"))]
        check_late: bool,
        #[arg(long, default_value_t = 50, help = h("limit"))]
        limit: u32,
    },
    #[command(about = h("recognition-show"))]
    Show {
        #[arg(value_name = "RD-…", help = h("recognition-no"))]
        id: String,
    },
    #[command(about = h("recognition-evidence"))]
    Evidence {
        #[arg(value_name = "RD-…", help = h("recognition-no"))]
        id: String,
        #[arg(long, help = h("recognition-criterion"))]
        criterion: String,
        #[arg(long, value_name = "FILE", help = h("note-text"))]
        note: Option<PathBuf>,
        #[arg(long, value_name = "FILE", help = h("recognition-paper"))]
        paper: Vec<PathBuf>,
        #[arg(long, value_name = "FILE", help = h("recognition-proof"))]
        proof: Option<PathBuf>,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
    },
    #[command(about = h("recognition-assign"))]
    Assign {
        #[arg(value_name = "RD-…", help = h("recognition-no"))]
        id: String,
        #[arg(long, value_name = "ZJ-…", help = h("recognition-reviewer"))]
        expert: Vec<String>,
        #[arg(long, value_name = "DATE", help = h("due"))]
        due: Option<String>,
    },
    #[command(about = h("recognition-review"))]
    Review {
        #[arg(value_name = "RD-…", help = h("recognition-no"))]
        id: String,
        #[arg(long, value_name = "ZJ-…", help = h("expert-no"))]
        expert: String,
        #[command(flatten)]
        marks: Points,
        #[arg(long, value_name = "FILE", help = h("note-text"))]
        note: Option<PathBuf>,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
    },
    #[command(about = h("recognition-visit"))]
    Visit {
        #[arg(value_name = "RD-…", help = h("recognition-no"))]
        id: String,
        #[arg(long, value_name = "ZF-…", help = h("visit-no"))]
        visit: String,
    },
    #[command(about = h("recognition-agree"))]
    Agree {
        #[arg(value_name = "RD-…", help = h("recognition-no"))]
        id: String,
        #[command(flatten)]
        marks: Points,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: Option<String>,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
    },
    #[command(about = h("recognition-publish"))]
    Publish {
        #[arg(value_name = "RD-…", help = h("recognition-no"))]
        id: String,
        #[arg(long, value_name = "DATE", help = h("recognition-until"))]
        until: Option<String>,
    },
    #[command(about = h("recognition-object"))]
    Object {
        #[arg(value_name = "RD-…", help = h("recognition-no"))]
        id: String,
        #[arg(long, value_name = "FILE", help = h("recognition-objection"))]
        text: PathBuf,
        #[arg(long, help = h("recognition-objector"))]
        name: Option<String>,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
    },
    #[command(about = h("recognition-answer"))]
    Answer {
        #[arg(value_name = "RD-…", help = h("recognition-no"))]
        id: String,
        #[arg(value_name = "N", help = h("recognition-objection-no"))]
        objection: u32,
        #[arg(long, help = h("recognition-upheld"))]
        upheld: bool,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
    },
    #[command(about = h("recognition-award"))]
    Award {
        #[arg(value_name = "RD-…", help = h("recognition-no"))]
        id: String,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
    },
    #[command(about = h("recognition-certificate"))]
    Certificate {
        #[arg(value_name = "RD-…", help = h("recognition-no"))]
        id: String,
        #[arg(long, value_name = "FILE", help = h("out"))]
        out: PathBuf,
        #[arg(long, value_name = "URL", help = h("recognition-url"))]
        url: Option<String>,
    },
    #[command(about = h("recognition-check"))]
    Check {
        #[arg(value_name = "RD-…", help = h("recognition-no"))]
        id: String,
        #[arg(long, default_value = "kept", help = h("recognition-verdict"))]
        verdict: String,
        #[arg(long, value_name = "DATE", help = h("recognition-next"))]
        next: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: Option<String>,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
    },
    #[command(about = h("recognition-end"))]
    End {
        #[arg(value_name = "RD-…", help = h("recognition-no"))]
        id: String,
        #[arg(long, help = h("recognition-how"))]
        how: String,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
    },
}

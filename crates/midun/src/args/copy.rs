//! `midun copy …`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::h;

/// What may change in a text.
#[derive(Debug, Args)]
pub struct Marks {
    #[arg(long, value_name = "FILE", help = h("copy-wording"))]
    pub wording: Option<PathBuf>,
    #[arg(long, help = h("copy-free-order"))]
    pub free_order: bool,
    #[arg(long, value_name = "KIND", help = h("copy-without"))]
    pub without: Vec<String>,
}

/// How a copy came back or was acknowledged.
#[derive(Debug, Args)]
pub struct Attested {
    #[arg(value_name = "FB-…", help = h("copy-no"))]
    pub id: String,
    #[arg(long, value_name = "DATE", help = h("happened"))]
    pub happened: Option<String>,
    #[arg(long, value_name = "FILE", help = h("paper-file"))]
    pub paper: Vec<PathBuf>,
    #[arg(long, value_name = "DATE", help = h("paper-day"))]
    pub dated: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum CopyOf {
    #[command(about = h("copy-budget"))]
    Budget {
        #[arg(value_name = "MD-…", help = h("secret-no"))]
        secret: String,
        #[arg(long, value_name = "NO", help = h("copy-carrier"))]
        carrier: u32,
        #[arg(long, value_name = "N", default_value_t = 100, help = h("copy-among"))]
        among: usize,
        #[command(flatten)]
        marks: Marks,
    },
    #[command(about = h("copy-issue"))]
    Issue {
        #[arg(value_name = "MD-…", help = h("secret-no"))]
        secret: String,
        #[arg(long, value_name = "NO", help = h("copy-carrier"))]
        carrier: u32,
        #[arg(long, value_name = "HZ-…|RY-…", required = true, num_args = 1.., help = h("copy-to"))]
        to: Vec<String>,
        #[arg(long, value_name = "TEXT", help = h("disclose-purpose"))]
        purpose: String,
        #[arg(long, value_name = "DATE", help = h("disclose-until"))]
        until: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("copy-notice"))]
        notice: Option<String>,
        #[arg(long, value_name = "DIR", required_unless_present = "commit_only",
              help = h("copy-out"))]
        out: Option<PathBuf>,
        #[arg(long, help = h("copy-commit-only"))]
        commit_only: bool,
        #[command(flatten)]
        marks: Marks,
    },
    #[command(about = h("copy-make"))]
    Make {
        #[arg(value_name = "FF-…|FB-…", help = h("copy-make-no"))]
        batch: String,
        #[arg(long, value_name = "FB-…=HEX", help = h("copy-nonce"))]
        nonce: Vec<String>,
        #[arg(long, value_name = "DIR", help = h("copy-out"))]
        out: PathBuf,
    },
    #[command(about = h("copy-list"))]
    List {
        #[arg(long, value_name = "MD-…", help = h("secret-no"))]
        secret: Option<String>,
        #[arg(long, value_name = "FF-…", help = h("batch-no"))]
        batch: Option<String>,
        #[arg(long, value_name = "HZ-…|RY-…", help = h("copy-to"))]
        to: Option<String>,
        #[arg(long, help = h("copy-overdue"))]
        overdue: bool,
    },
    #[command(about = h("copy-show"))]
    Show {
        #[arg(value_name = "FB-…", help = h("copy-no"))]
        id: String,
    },
    #[command(about = h("copy-receipt"))]
    Receipt {
        #[command(flatten)]
        attested: Attested,
        #[arg(long, value_name = "SHA-256", help = h("copy-sha256"))]
        sha256: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("copy-how"))]
        how: Option<String>,
    },
    #[command(about = h("copy-returned"))]
    Returned {
        #[command(flatten)]
        attested: Attested,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: Option<String>,
    },
    #[command(about = h("copy-destroyed"))]
    Destroyed {
        #[command(flatten)]
        attested: Attested,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: Option<String>,
    },
    #[command(about = h("copy-recall"))]
    Recall {
        #[arg(value_name = "FB-…", required = true, help = h("copy-no"))]
        ids: Vec<String>,
        #[arg(long, value_name = "DATE", help = h("copy-recall-until"))]
        until: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
    #[command(about = h("copy-identify"))]
    Identify {
        #[arg(value_name = "FILE|-|XS-…", help = h("copy-identify-file"))]
        file: String,
        #[arg(long, value_name = "TEXT", help = h("copy-source"))]
        source: Option<String>,
        #[arg(long, value_name = "FF-…", help = h("copy-only-batch"))]
        batch: Vec<String>,
    },
    #[command(about = h("copy-finds"))]
    Finds,
    #[command(about = h("copy-report"))]
    Report {
        #[arg(value_name = "XS-…", help = h("find-no"))]
        id: String,
        #[arg(long, value_name = "FILE", help = h("copy-report-out"))]
        out: PathBuf,
    },
}

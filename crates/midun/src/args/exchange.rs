//! `midun exchange …`.

use std::path::PathBuf;

use clap::Subcommand;

use super::h;

#[derive(Debug, Subcommand)]
pub enum Exchange {
    #[command(about = h("exchange-offer"))]
    Offer {
        #[arg(long, value_name = "QY-…", help = h("exchange-company"))]
        company: Option<String>,
        #[arg(long, value_name = "DATE", help = h("exchange-until"))]
        until: Option<String>,
        #[arg(long, help = h("exchange-url"))]
        url: Option<String>,
    },
    #[command(about = h("exchange-join"))]
    Join {
        #[arg(value_name = "INVITATION|FILE", help = h("exchange-invitation"))]
        invitation: String,
        #[arg(long, help = h("exchange-code"))]
        code: Option<String>,
    },
    #[command(about = h("exchange-sync"))]
    Sync {
        #[arg(long, value_name = "LW-…", help = h("exchange-link"))]
        link: Option<String>,
    },
    #[command(about = h("exchange-status"))]
    Status,
    #[command(about = h("exchange-write"))]
    Write {
        #[arg(long, value_name = "LW-…", help = h("exchange-link"))]
        link: Option<String>,
        #[arg(long, help = h("exchange-sort"))]
        sort: String,
        #[arg(long, help = h("exchange-subject"))]
        subject: String,
        #[arg(long, value_name = "FILE", help = h("exchange-text"))]
        text: Option<PathBuf>,
        #[arg(long, value_name = "FILE", num_args = 1.., help = h("exchange-attach"))]
        attach: Vec<PathBuf>,
        #[arg(long, value_name = "N", help = h("exchange-re"))]
        re: Option<u64>,
        #[arg(long, value_name = "DATE", help = h("exchange-due"))]
        due: Option<String>,
    },
    #[command(about = h("exchange-list"))]
    List {
        #[arg(long, value_name = "LW-…", help = h("exchange-link"))]
        link: Option<String>,
        #[arg(long, default_value_t = 50, help = h("limit"))]
        limit: u32,
    },
    #[command(about = h("exchange-read"))]
    Read {
        #[arg(value_name = "in|out", help = h("exchange-way"))]
        way: String,
        #[arg(value_name = "N", help = h("exchange-seq"))]
        seq: u64,
        #[arg(long, value_name = "LW-…", help = h("exchange-link"))]
        link: Option<String>,
        #[arg(long, value_name = "DIR", help = h("exchange-files"))]
        files: Option<PathBuf>,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: Option<String>,
    },
    #[command(about = h("exchange-export"))]
    Export {
        #[arg(long, value_name = "FILE", help = h("exchange-out"))]
        out: PathBuf,
        #[arg(long, value_name = "LW-…", help = h("exchange-link"))]
        link: Option<String>,
    },
    #[command(about = h("exchange-import"))]
    Import {
        #[arg(value_name = "FILE", num_args = 1.., required = true, help = h("exchange-in"))]
        files: Vec<PathBuf>,
    },
    #[command(about = h("exchange-profile"))]
    Profile {
        #[arg(long, value_name = "LW-…", help = h("exchange-link"))]
        link: Option<String>,
        #[arg(long, value_name = "FIELD=TEXT", num_args = 1.., help = h("profile-set"))]
        set: Vec<String>,
        #[arg(long, value_name = "FIELD,…", value_delimiter = ',', help = h("profile-tick"))]
        tick: Vec<String>,
        #[arg(long, help = h("profile-agree"))]
        agree: bool,
    },
    #[command(about = h("exchange-unfile"))]
    Unfile {
        #[arg(long, value_name = "LW-…", help = h("exchange-link"))]
        link: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: Option<String>,
    },
    #[command(about = h("exchange-settle"))]
    Settle,
    #[command(about = h("exchange-end"))]
    End {
        #[arg(value_name = "LW-…", help = h("exchange-link"))]
        link: String,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
}

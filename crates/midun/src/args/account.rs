//! `midun account …`.

use std::path::PathBuf;

use clap::Subcommand;

use super::h;

#[derive(Debug, Subcommand)]
pub enum Account {
    #[command(about = h("account-add"))]
    Add {
        #[arg(long, help = h("account-name"))]
        name: String,
        #[arg(long, help = h("account-role"))]
        role: String,
        #[arg(long, value_name = "RY-…|ZJ-…", help = h("account-holder"))]
        holder: Option<String>,
        #[arg(long, value_name = "MD-…", num_args = 1.., help = h("account-secrets"))]
        secret: Vec<String>,
        #[arg(long, value_name = "DATE", help = h("account-until"))]
        until: Option<String>,
    },
    #[command(about = h("account-list"))]
    List,
    #[command(about = h("account-change"))]
    Change {
        #[arg(value_name = "ZH-…", help = h("account-id"))]
        id: String,
        #[arg(long, help = h("account-role"))]
        role: Option<String>,
        #[arg(long, value_name = "MD-…", num_args = 1.., help = h("account-secrets"))]
        secret: Vec<String>,
        #[arg(long, value_name = "DATE|none", help = h("account-until"))]
        until: Option<String>,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: Option<String>,
    },
    #[command(about = h("account-close"))]
    Close {
        #[arg(value_name = "ZH-…", help = h("account-id"))]
        id: String,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
    #[command(about = h("account-password"))]
    Password {
        #[arg(value_name = "ZH-…", help = h("account-id"))]
        id: String,
        #[arg(long, value_name = "FILE", requires = "new", help = h("account-old"))]
        old: Option<PathBuf>,
        #[arg(long, value_name = "FILE", requires = "old", help = h("account-new"))]
        new: Option<PathBuf>,
    },
    #[command(about = h("account-sessions"))]
    Sessions {
        #[arg(long, value_name = "ID", help = h("account-session-end"))]
        end: Option<String>,
        #[arg(long, value_name = "ZH-…", help = h("account-session-of"))]
        of: Option<String>,
    },
    #[command(about = h("account-roles"))]
    Roles,
}

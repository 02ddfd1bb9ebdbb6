//! `midun matrix`, `backup` and `restore`.

use std::path::PathBuf;

use clap::Args;

use super::h;

#[derive(Debug, Args)]
pub struct Matrix {
    #[arg(value_name = "MD-…", help = h("secret-no"))]
    pub id: String,
    #[arg(long, value_name = "DATE", help = h("matrix-as-of"))]
    pub as_of: Option<String>,
    #[arg(long, value_name = "FILE", help = h("matrix-out"))]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Backup {
    #[arg(value_name = "DIR", help = h("backup-dir"))]
    pub folder: PathBuf,
    #[arg(long, help = h("backup-drill"))]
    pub drill: bool,
    #[arg(long, requires = "drill", help = h("backup-no-open"))]
    pub no_open: bool,
    #[arg(long, requires = "drill", help = h("backup-record"))]
    pub record: bool,
}

#[derive(Debug, Args)]
pub struct Restore {
    #[arg(value_name = "DIR", help = h("restore-from"))]
    pub folder: PathBuf,
    #[arg(long, value_name = "DIR", help = h("restore-to"))]
    pub to: PathBuf,
    #[arg(long, help = h("restore-offline"))]
    pub offline: bool,
    #[arg(long, help = h("restore-accept-loss"))]
    pub accept_loss: bool,
}

//! `midun matrix`.

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

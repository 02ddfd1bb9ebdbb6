//! `midun task …`.

use std::path::PathBuf;

use clap::Subcommand;

use super::h;

#[derive(Debug, Subcommand)]
pub enum Task {
    #[command(about = h("task-list"))]
    List {
        #[arg(long, help = h("task-open"))]
        open: bool,
        #[arg(long, default_value_t = 50, help = h("limit"))]
        limit: u32,
    },
    #[command(about = h("task-show"))]
    Show {
        #[arg(value_name = "RW-…", help = h("task-no"))]
        id: String,
    },
    #[command(about = h("task-answer"))]
    Answer {
        #[arg(value_name = "RW-…", help = h("task-no"))]
        id: String,
        #[arg(long, help = h("activity-name"))]
        name: Option<String>,
        #[arg(long, help = h("activity-contact"))]
        contact: Option<String>,
    },
    #[command(about = h("task-progress"))]
    Progress {
        #[arg(value_name = "RW-…", help = h("task-no"))]
        id: String,
        #[arg(long, help = h("prescription-how"))]
        how: String,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
        #[arg(long, value_name = "FILE", help = h("note-text"))]
        note: Option<PathBuf>,
    },
}

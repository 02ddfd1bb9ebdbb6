//! `midun activity …`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{CompanyQuery, h};

/// When and where.
#[derive(Debug, Args)]
pub struct WhenArgs {
    #[arg(long, value_name = "DATE", help = h("activity-day"))]
    pub day: String,
    #[arg(long, value_name = "HH:MM", default_value = "14:00", help = h("activity-from"))]
    pub from: String,
    #[arg(long, value_name = "HH:MM", default_value = "16:30", help = h("activity-until"))]
    pub until: String,
    #[arg(long, help = h("activity-place"))]
    pub place: String,
}

#[derive(Debug, Subcommand)]
pub enum Activity {
    #[command(about = h("activity-plan"))]
    Plan {
        #[arg(long, help = h("activity-title"))]
        title: String,
        #[arg(long, help = h("activity-summary"))]
        summary: String,
        #[arg(long, default_value = "other", help = h("activity-theme"))]
        theme: String,
        #[command(flatten)]
        when: WhenArgs,
        #[arg(long, help = h("activity-series"))]
        series: Option<String>,
        #[arg(long, default_value_t = 0, help = h("activity-seats"))]
        seats: u32,
        #[arg(long, value_name = "DATE", help = h("activity-closes"))]
        closes: Option<String>,
        #[arg(long, value_name = "DAYS", default_value_t = 90, help = h("activity-keep"))]
        keep: u32,
        #[arg(long, help = h("activity-closed"))]
        closed: bool,
    },
    #[command(about = h("activity-list"))]
    List {
        #[arg(long, help = h("activity-ahead"))]
        ahead: bool,
        #[arg(long, default_value_t = 50, help = h("limit"))]
        limit: u32,
    },
    #[command(about = h("activity-show"))]
    Show {
        #[arg(value_name = "HD-…", help = h("activity-no"))]
        id: String,
    },
    #[command(about = h("activity-move"))]
    Move {
        #[arg(value_name = "HD-…", help = h("activity-no"))]
        id: String,
        #[command(flatten)]
        when: WhenArgs,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
    #[command(about = h("activity-cancel"))]
    Cancel {
        #[arg(value_name = "HD-…", help = h("activity-no"))]
        id: String,
        #[arg(long, value_name = "TEXT", help = h("why"))]
        why: String,
    },
    #[command(about = h("activity-invite"))]
    Invite {
        #[arg(value_name = "HD-…", help = h("activity-no"))]
        id: String,
        #[arg(long, value_name = "QY-…", num_args = 1.., help = h("service-company"))]
        company: Vec<String>,
        #[command(flatten)]
        query: Box<CompanyQuery>,
    },
    #[command(about = h("activity-register"))]
    Register {
        #[arg(value_name = "HD-…", help = h("activity-no"))]
        id: String,
        #[arg(long, help = h("activity-name"))]
        name: String,
        #[arg(long, help = h("activity-contact"))]
        contact: Option<String>,
        #[arg(long, value_name = "QY-…", help = h("company-no"))]
        company: Option<String>,
        #[arg(long, help = h("activity-organisation"))]
        organisation: Option<String>,
    },
    #[command(about = h("activity-check-in"))]
    CheckIn {
        #[arg(value_name = "CODE", help = h("activity-code"))]
        code: String,
    },
    #[command(about = h("activity-came"))]
    Came {
        #[arg(value_name = "HD-…", help = h("activity-no"))]
        id: String,
        #[arg(value_name = "N", help = h("activity-part"))]
        registration: u32,
    },
    #[command(about = h("activity-hold"))]
    Hold {
        #[arg(value_name = "HD-…", help = h("activity-no"))]
        id: String,
    },
    #[command(about = h("activity-ask"))]
    Ask {
        #[arg(value_name = "HD-…", help = h("activity-no"))]
        id: String,
        #[arg(value_name = "FILE", help = h("activity-text"))]
        text: PathBuf,
    },
    #[command(about = h("activity-answer"))]
    Answer {
        #[arg(value_name = "HD-…", help = h("activity-no"))]
        id: String,
        #[arg(value_name = "N", help = h("activity-part"))]
        question: u32,
        #[arg(value_name = "FILE", help = h("activity-text"))]
        text: PathBuf,
        #[arg(long, value_name = "ZJ-…", help = h("activity-expert"))]
        expert: Option<String>,
        #[arg(long, help = h("activity-shown"))]
        shown: bool,
    },
    #[command(about = h("activity-supply"))]
    Supply {
        #[arg(value_name = "HD-…", help = h("activity-no"))]
        id: String,
        #[arg(long, help = h("activity-title"))]
        title: String,
        #[arg(long, help = h("activity-url"))]
        url: String,
    },
    #[command(about = h("activity-erase"))]
    Erase,
}

//! `midun organisation …` and `midun assistance …`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::h;

#[derive(Debug, Subcommand)]
pub enum Organisation {
    #[command(about = h("organisation-add"))]
    Add {
        #[arg(long, help = h("organisation-name"))]
        name: String,
        #[arg(long, help = h("organisation-kind"))]
        kind: String,
        #[arg(long, help = h("organisation-area"))]
        area: Option<String>,
        #[arg(long, help = h("contact"))]
        contact: Option<String>,
    },
    #[command(about = h("organisation-list"))]
    List {
        #[arg(long, help = h("organisation-kind"))]
        kind: Option<String>,
    },
    #[command(about = h("organisation-show"))]
    Show {
        #[arg(value_name = "JG-…", help = h("organisation-no"))]
        id: String,
    },
    #[command(about = h("organisation-change"))]
    Change {
        #[arg(value_name = "JG-…", help = h("organisation-no"))]
        id: String,
        #[arg(long, help = h("organisation-name"))]
        name: Option<String>,
        #[arg(long, help = h("organisation-area"))]
        area: Option<String>,
        #[arg(long, help = h("contact"))]
        contact: Option<String>,
        #[arg(long, help = h("why"))]
        why: Option<String>,
    },
    #[command(about = h("organisation-end"))]
    End {
        #[arg(value_name = "JG-…", help = h("organisation-no"))]
        id: String,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
        #[arg(long, help = h("why"))]
        why: String,
    },
    #[command(about = h("organisation-enrol"))]
    Enrol {
        #[arg(value_name = "JG-…", help = h("organisation-no"))]
        id: String,
        #[arg(long, value_name = "QY-…", help = h("company-no"))]
        company: String,
        #[arg(long, help = h("organisation-post"))]
        post: Option<String>,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
    },
    #[command(about = h("organisation-leave"))]
    Leave {
        #[arg(value_name = "JG-…", help = h("organisation-no"))]
        id: String,
        #[arg(long, value_name = "QY-…", help = h("company-no"))]
        company: String,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
        #[arg(long, help = h("why"))]
        why: Option<String>,
    },
    #[command(about = h("organisation-sees"))]
    Sees,
}

#[derive(Debug, Args)]
pub struct AskAssistance {
    #[arg(long, value_name = "JG-…", help = h("assistance-from"))]
    pub from: String,
    #[arg(long, value_name = "JG-…|QY-…", help = h("assistance-to"))]
    pub to: String,
    #[arg(long, help = h("assistance-sort"))]
    pub sort: String,
    #[arg(long, help = h("assistance-title"))]
    pub title: String,
    #[arg(long, value_name = "FILE", help = h("assistance-text"))]
    pub text: PathBuf,
    #[arg(long, value_name = "DATE", help = h("due"))]
    pub due: Option<String>,
    #[arg(long, value_name = "DATE", help = h("happened-on"))]
    pub happened: Option<String>,
    #[arg(long, value_name = "QY-…", help = h("company-no"))]
    pub company: Option<String>,
    #[arg(long, value_name = "AJ-…", help = h("assistance-case"))]
    pub case: Option<String>,
    #[arg(long, value_name = "SQ-…", help = h("assistance-request"))]
    pub request: Option<String>,
    #[arg(long, value_name = "XZ-…", help = h("assistance-follows"))]
    pub follows: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Assistance {
    #[command(about = h("assistance-ask"))]
    Ask(AskAssistance),
    #[command(about = h("assistance-list"))]
    List {
        #[arg(long, value_name = "JG-…", help = h("assistance-of"))]
        of: Option<String>,
        #[arg(long, help = h("assistance-state"))]
        state: Option<String>,
        #[arg(long, help = h("desk-open"))]
        open: bool,
        #[arg(long, help = h("desk-late"))]
        late: bool,
        #[arg(long, default_value_t = 50, help = h("limit"))]
        limit: u32,
    },
    #[command(about = h("assistance-show"))]
    Show {
        #[arg(value_name = "XZ-…", help = h("assistance-no"))]
        id: String,
    },
    #[command(about = h("assistance-receive"))]
    Receive {
        #[arg(value_name = "XZ-…", help = h("assistance-no"))]
        id: String,
        #[arg(long, value_name = "JG-…", help = h("assistance-organisation"))]
        organisation: Option<String>,
        #[arg(long, help = h("assistance-reference"))]
        reference: Option<String>,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
    },
    #[command(about = h("assistance-triage"))]
    Triage {
        #[arg(value_name = "XZ-…", help = h("assistance-no"))]
        id: String,
        #[arg(long, help = h("assistance-unit"))]
        unit: String,
        #[arg(long, help = h("assistance-urgent"))]
        urgent: bool,
        #[arg(long, help = h("why"))]
        why: Option<String>,
    },
    #[command(about = h("assistance-reply"))]
    Reply {
        #[arg(value_name = "XZ-…", help = h("assistance-no"))]
        id: String,
        #[arg(long, help = h("assistance-answer"))]
        answer: String,
        #[arg(long, value_name = "FILE", help = h("assistance-text"))]
        text: PathBuf,
        #[arg(long, value_name = "JG-…", help = h("assistance-organisation"))]
        organisation: Option<String>,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
    },
    #[command(about = h("assistance-escalate"))]
    Escalate {
        #[arg(value_name = "XZ-…", help = h("assistance-no"))]
        id: String,
        #[arg(long, value_name = "JG-…", help = h("assistance-third"))]
        to: String,
        #[arg(long, value_name = "DATE", help = h("due"))]
        due: String,
        #[arg(long, help = h("why"))]
        why: String,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
    },
    #[command(about = h("assistance-close"))]
    Close {
        #[arg(value_name = "XZ-…", help = h("assistance-no"))]
        id: String,
        #[arg(long, help = h("assistance-how"))]
        how: String,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
        #[arg(long, help = h("why"))]
        why: Option<String>,
    },
}

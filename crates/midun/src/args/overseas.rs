//! `midun overseas …`.

use std::path::PathBuf;

use clap::Subcommand;

use super::h;

#[derive(Debug, Subcommand)]
pub enum Overseas {
    #[command(about = h("overseas-list"))]
    List,
    #[command(about = h("overseas-show"))]
    Show {
        #[arg(value_name = "COUNTRY", help = h("overseas-country"))]
        country: String,
    },
    #[command(about = h("overseas-compare"))]
    Compare {
        #[arg(value_name = "COUNTRY", num_args = 2.., required = true, help = h("overseas-country"))]
        countries: Vec<String>,
        #[arg(long, value_name = "FIELD", help = h("overseas-field"))]
        field: Option<String>,
    },
    #[command(about = h("overseas-guide"))]
    Guide {
        #[arg(value_name = "COUNTRY", num_args = 1.., required = true, help = h("overseas-country"))]
        countries: Vec<String>,
        #[arg(long, value_name = "FILE.pdf", help = h("out"))]
        out: PathBuf,
    },
    #[command(about = h("overseas-questions"))]
    Questions,
    #[command(about = h("overseas-assess"))]
    Assess {
        #[arg(long, value_name = "TEXT", help = h("overseas-product"))]
        product: String,
        #[arg(long, value_name = "COUNTRY", required = true, help = h("overseas-market"))]
        market: Vec<String>,
        #[arg(long, value_name = "QUESTION:CHOICE", required = true, help = h("overseas-answer"))]
        answer: Vec<String>,
    },
    #[command(about = h("overseas-assessments"))]
    Assessments,
    #[command(about = h("overseas-report"))]
    Report {
        #[arg(value_name = "YP-…", help = h("overseas-assessment"))]
        id: String,
        #[arg(long, value_name = "FILE.pdf", help = h("overseas-out"))]
        out: Option<PathBuf>,
    },
    #[command(about = h("overseas-aid"))]
    Aid {
        #[arg(value_name = "YP-…", help = h("overseas-assessment"))]
        id: String,
        #[arg(long, value_name = "LW-…", help = h("overseas-link"))]
        link: String,
        #[arg(long, value_name = "TEXT", help = h("overseas-text"))]
        text: String,
        #[arg(long, value_name = "DATE", help = h("overseas-due"))]
        due: Option<String>,
    },
    #[command(about = h("overseas-check"))]
    Check,
    #[command(about = h("overseas-export"))]
    Export {
        #[arg(long, value_name = "MD-…", required = true, help = h("overseas-secret"))]
        secret: Vec<String>,
        #[arg(long, value_name = "TEXT", help = h("overseas-to"))]
        to: String,
        #[arg(long, value_name = "QUESTION:CHOICE", required = true, help = h("overseas-say"))]
        say: Vec<String>,
        #[arg(long, value_name = "QUESTION:TEXT", help = h("overseas-proof"))]
        proof: Vec<String>,
    },
    #[command(about = h("overseas-exports"))]
    Exports,
}

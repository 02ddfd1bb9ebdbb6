//! `midun warning …`.

use clap::Subcommand;

use super::h;

#[derive(Debug, Subcommand)]
pub enum Warning {
    #[command(about = h("warning-rules"))]
    Rules,
    #[command(about = h("warning-twin"))]
    Twin {
        #[arg(long, help = h("warning-seed"))]
        seed: Option<u32>,
        #[arg(long, help = h("warning-companies"))]
        companies: Option<u32>,
        #[arg(long, value_name = "RULE", help = h("warning-rule"))]
        rule: Option<String>,
    },
    #[command(about = h("warning-score"))]
    Score {
        #[arg(long, help = h("warning-seed"))]
        seed: Option<u32>,
        #[arg(long, help = h("warning-companies"))]
        companies: Option<u32>,
    },
    #[command(about = h("warning-switch"))]
    Switch {
        #[arg(value_name = "RULE", help = h("warning-rule"))]
        rule: String,
        #[arg(long, conflicts_with = "off", required_unless_present = "off", help = h("warning-on"))]
        on: bool,
        #[arg(long, help = h("warning-off"))]
        off: bool,
        #[arg(long, help = h("why"))]
        why: Option<String>,
    },
    #[command(about = h("warning-run"))]
    Run {
        #[arg(long, help = h("warning-dry"))]
        dry: bool,
        #[arg(long, value_name = "RULE", requires = "dry", help = h("warning-only"))]
        rule: Option<String>,
    },
    #[command(about = h("warning-list"))]
    List {
        #[arg(long, help = h("warning-open"))]
        open: bool,
        #[arg(long, help = h("warning-late"))]
        late: bool,
        #[arg(long, value_name = "RULE", help = h("warning-rule"))]
        rule: Option<String>,
        #[arg(long, default_value_t = 50, help = h("limit"))]
        limit: u32,
    },
    #[command(about = h("warning-show"))]
    Show {
        #[arg(value_name = "YJ-…", help = h("warning-no"))]
        id: String,
    },
    #[command(about = h("warning-assign"))]
    Assign {
        #[arg(value_name = "YJ-…", help = h("warning-no"))]
        id: String,
        #[arg(long, help = h("warning-unit"))]
        unit: String,
        #[arg(long, value_name = "DATE", help = h("warning-due"))]
        due: String,
    },
    #[command(about = h("warning-tell"))]
    Tell {
        #[arg(value_name = "YJ-…", help = h("warning-no"))]
        id: String,
    },
    #[command(about = h("warning-close"))]
    Close {
        #[arg(value_name = "YJ-…", help = h("warning-no"))]
        id: String,
        #[arg(long, conflicts_with = "useless", required_unless_present = "useless", help = h("warning-useful"))]
        useful: bool,
        #[arg(long, help = h("warning-useless"))]
        useless: bool,
        #[arg(long, value_name = "DATE", help = h("happened-on"))]
        happened: Option<String>,
        #[arg(long, help = h("warning-why"))]
        why: String,
    },
}

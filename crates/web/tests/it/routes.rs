//! Every address of a node, read from the table of contents itself: a page that is added is tested
//! without touching these tests.

use crate::house::between;

const SOURCE: &str = include_str!("../../src/pages/mod.rs");

/// An address, with values for its holes, and the methods it takes.
#[derive(Debug)]
pub struct Route {
    pub pattern: String,
    pub path: String,
    pub get: bool,
    pub post: bool,
}

/// Addresses that need no sign-in, and why that is right.
pub const PUBLIC: &[(&str, &str)] = &[
    ("/unlock", "it is the sign-in"),
    ("/enter", "it is the sign-in by the terminal's link"),
    ("/verify", "a court verifies a dossier without an account"),
    ("/preferences", "language, theme and size are cookies"),
    ("/checkpoint", "witnesses read it"),
    ("/tile/{*path}", "witnesses read it"),
    ("/healthz", "monitors read it"),
    ("/assets/{name}", "style sheet, script and icon"),
    ("/handbook", "the handbook is the same for everybody"),
    ("/handbook/print", "the same in print"),
    ("/handbook/glossary", "the same for everybody"),
    ("/handbook/{page}", "the same for everybody"),
    ("/fields", "packs are the same for everybody"),
    ("/fields/{pack}", "the same for everybody"),
    ("/exchange", "nodes bring bundles, which are signed; the page itself asks who reads"),
    ("/public", "whom the station recognised is public"),
    ("/public/recognised", "leads to a code's page"),
    ("/public/recognised/{code}", "whether a certificate is real is public"),
    ("/public/notices/{no}", "anybody may object"),
    ("/public/figures", "figures that say nothing about anybody are public"),
    ("/public/figures.csv", "the same as open data"),
    ("/public/activities", "the calendar of open activities is public"),
    ("/public/activities.ics", "the same as a file"),
    ("/public/activities/{no}", "anybody may register for an open activity"),
    ("/public/tickets/{code}", "whoever registered holds the code and has no account"),
];

/// The addresses of a company's node.
pub fn all() -> Vec<Route> {
    let routes: Vec<Route> = [table("common"), table("enterprise")].into_iter().flatten().collect();
    assert!(routes.len() > 40, "the table of contents is read");
    routes
}

/// The addresses of a station.
pub fn of_station() -> Vec<Route> {
    let routes: Vec<Route> = [table("common"), table("station")].into_iter().flatten().collect();
    assert!(routes.len() > 20, "the table of contents is read");
    routes
}

/// Those that one function of the table of contents lists.
fn table(name: &str) -> Vec<Route> {
    let table = between(SOURCE, &format!("fn {name}() -> Router<App> {{"), "\n}");
    let squeezed: String = table.split_whitespace().collect();
    squeezed.split(".route(\"").skip(1).map(route).collect()
}

/// Those behind the sign-in.
pub fn private() -> impl Iterator<Item = Route> {
    all().into_iter().filter(|route| PUBLIC.iter().all(|(open, _)| *open != route.pattern))
}

fn route(text: &str) -> Route {
    let (pattern, handlers) = text.split_once('"').expect("a path ends");
    let no = match pattern.split('/').nth(1) {
        _ if pattern.starts_with("/public/activities") => "HD-0001",
        Some("activities") => "HD-0001",
        Some("secrets") => "MD-0001",
        Some("people" | "templates") => "RY-0001",
        Some("partners") => "HZ-0001",
        Some("measures") => "CS-0001",
        Some("agreements") => "XY-0001",
        Some("disclosures") => "PL-0001",
        Some("companies") => "QY-0001",
        Some("exchange") => "LW-0001",
        Some("releases") => "WF-0001",
        Some("sweeps") => "QC-0001",
        Some("inventories") => "SL-0001",
        Some("comparisons") => "BD-0001",
        Some("corpora") => "YL-0001",
        Some("public-checks") => "GZ-0001",
        Some("blind") => "MB-0001",
        Some("works") => "YF-0001",
        Some("batches") => "FF-0001",
        Some("copies") => "FB-0001",
        Some("finds") => "XS-0001",
        Some("experts") => "ZJ-0001",
        Some("requests") => "SQ-0001",
        Some("visits") => "ZF-0001",
        Some("prescriptions") => "CF-0001",
        Some("accounts") => "ZH-0001",
        Some("cases") => "AJ-0001",
        Some("incidents") => "SJ-0001",
        Some("holds") => "RY-0001",
        Some("recognitions" | "public") => "RD-0001",
        Some("tasks") => "RW-0001",
        _ if pattern.starts_with("/overseas/assessments") => "YP-0001",
        _ if pattern.starts_with("/overseas/exports") => "CJ-0001",
        Some("warnings") => "YJ-0001",
        Some("organisations") => "JG-0001",
        Some("assistance") => "XZ-0001",
        Some("engagements") => "WT-0001",
        Some("procurements") => "CG-0001",
        _ => "JZ-0001",
    };
    let deed = match no {
        "SQ-0001" => "route",
        "CF-0001" => "review",
        "RD-0001" => "evidence",
        "HD-0001" => "ask",
        "YJ-0001" | "XZ-0001" => "close",
        "JG-0001" => "change",
        "WT-0001" => "plan",
        _ => "recuse",
    };
    // A desk has deeds of its own.
    let deed = if pattern.contains("/desk/") { "answer" } else { deed };
    let holes = [
        ("{deed}", deed),
        ("{no}", no),
        ("{part}", "1"),
        ("{way}", "in"),
        ("{seq}", "1"),
        ("{at}", "0"),
        ("{person}", "RY-0001"),
        ("{procedure}", "transfer"),
        ("{standard}", "aucl-breach"),
        ("{control}", "lead"),
        ("{country}", "us"),
        ("{page}", "three-elements"),
        ("{pack}", "materials"),
        ("{template}", "employee-nda"),
        ("{rule}", "field-surge"),
        ("{step}", "register_clue"),
        ("{thing}", "BD-0001"),
        ("{route}", "civil"),
        ("{idx}", "3"),
        ("{item}", "decision"),
        ("{sheet}", "criminal"),
        ("{method}", "licence_fee"),
        ("{about}", "XY-0001"),
        ("{name}", "none"),
        ("{id}", "0123456789ab"),
        ("{code}", "0123456789AB"),
        ("{*path}", "0/000"),
    ];
    let path = holes.iter().fold(pattern.to_owned(), |path, (hole, with)| path.replace(hole, with));
    assert!(!path.contains('{'), "{path}: say in this test what fills the hole");
    Route {
        pattern: pattern.to_owned(),
        path,
        get: handlers.contains("get("),
        post: handlers.contains("post("),
    }
}

//! `midun sweep`, and what it shares with `midun clear`.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use domain::Series;
use office::matching::{Build, Control, Options, Report, Swept};
use office::{Office, Sort, Trouble};
use serde_json::{Value, json};

use super::index::{guarantee, part};
use super::{Desk, number, receipt_json, table};
use crate::args::Sweep;

/// Files and faults that are said on a terminal; the report has them all.
const SAID_MAX: usize = 20;
/// What a shell says of a program that was interrupted.
const INTERRUPTED: u8 = 130;

pub fn run(desk: &Desk<'_>, args: Sweep) -> anyhow::Result<ExitCode> {
    let only = args.secret.iter().map(|id| number(id, Series::Secret));
    let only = only.collect::<Result<Vec<_>, _>>()?;
    let out = args.out.as_deref().map(Out::at).transpose()?;
    let office = desk.office()?;
    {
        let reader = office.reader()?;
        for secret in &only {
            reader.secret_row(*secret)?.ok_or(Trouble::Unknown(*secret))?;
        }
    }
    let unlocked = desk.unlocked(&office)?;
    let protected = office.protected(&desk.ask(&office), &unlocked, &Build::default())?;
    let options =
        Options { what: args.what, only, excerpts: args.excerpts, ..Options::new(args.paths) };
    let mut swept = watched(desk, |control| {
        office.sweep_on(&protected, &options, control, (&unlocked, args.fresh))
    })?;
    let receipt = office.record_sweep(&desk.ask(&office), &mut swept)?;
    if let Some(out) = &out {
        out.write(desk, &office, &swept)?;
    }
    let value = json!({ "receipt": receipt_json(&receipt), "report": swept.report });
    desk.say.result(&value, || {
        let mut text = text(desk, &swept.report);
        text.push_str(&desk.receipt_text(&receipt));
        text
    });
    Ok(if swept.report.partial { ExitCode::from(INTERRUPTED) } else { ExitCode::SUCCESS })
}

/// Does work that may take long: says how it goes, and ends it early when asked to (Ctrl-C).
pub fn watched<T>(
    desk: &Desk<'_>,
    work: impl FnOnce(&Control) -> Result<T, Trouble>,
) -> Result<T, Trouble> {
    let control = Arc::new(Control::default());
    let over = Arc::new(AtomicBool::new(false));
    let said = (!desk.say.quiet && !desk.say.json).then(|| {
        let (control, over, say) = (control.clone(), over.clone(), *desk.say);
        std::thread::spawn(move || progress(&control, &over, say))
    });
    let stop = control.clone();
    // Without this thread the program would simply end, and all that was found be lost.
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        if let Ok(runtime) = runtime
            && runtime.block_on(tokio::signal::ctrl_c()).is_ok()
        {
            stop.stop();
        }
    });
    let done = work(&control);
    over.store(true, Ordering::Relaxed);
    if let Some(said) = said {
        drop(said.join());
    }
    done
}

fn progress(control: &Control, over: &AtomicBool, say: crate::say::Say) {
    let terminal = std::io::stderr().is_terminal();
    let pause = Duration::from_millis(if terminal { 200 } else { 10_000 });
    let begun = Instant::now();
    let mut next = begun + pause;
    while !over.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(20));
        if Instant::now() < next {
            continue;
        }
        next += pause;
        let [files, all, bytes, hits] = control.progress();
        let rate = bytes as f64 / begun.elapsed().as_secs_f64().max(0.001);
        let args = [
            ("files", files.to_string()),
            ("all", all.to_string()),
            ("size", size(bytes as f64)),
            ("rate", size(rate)),
            ("hits", hits.to_string()),
        ];
        let line = say.tr("match-progress", &args);
        if terminal { eprint!("\r\x1b[K{line}") } else { eprintln!("{line}") }
    }
    if terminal {
        eprint!("\r\x1b[K");
    }
}

pub fn size(bytes: f64) -> String {
    match bytes {
        few if few < 1024.0 => format!("{few:.0} B"),
        some if some < f64::from(1 << 20) => format!("{:.1} KiB", some / 1024.0),
        many => format!("{:.1} MiB", many / f64::from(1 << 20)),
    }
}

/// Where a report goes.
pub enum Out {
    /// `report.html`, `report.pdf`, `report.json` and `manifest.txt` in a folder.
    Folder(PathBuf),
    /// One file: HTML, PDF, or else JSON.
    File(PathBuf),
}

impl Out {
    /// A folder when it is one, or its name has no ending.
    pub fn at(path: &Path) -> Result<Self, Trouble> {
        let known = path
            .extension()
            .is_some_and(|ending| ending == "html" || ending == "pdf" || ending == "json");
        match known && !path.is_dir() {
            true if path.exists() => {
                let args = vec![("path", path.display().to_string())];
                Err(Trouble::Other("trouble-file-exists", args, Sort::Conflict))
            }
            true => Ok(Self::File(path.to_owned())),
            false => Ok(Self::Folder(path.to_owned())),
        }
    }

    pub fn write(&self, desk: &Desk<'_>, office: &Office, swept: &Swept) -> Result<(), Trouble> {
        let pdf = || office.paper_pdf(&office.sweep_paper(desk.say.lang, &swept.report)?);
        let html = || web::report_html(desk.say.lang, &swept.report).into_bytes();
        let json = || format!("{:#}\n", json!(swept.report)).into_bytes();
        match self {
            Self::File(path) if path.extension().is_some_and(|ending| ending == "html") => {
                write(path, &html())
            }
            Self::File(path) if path.extension().is_some_and(|ending| ending == "pdf") => {
                write(path, &pdf()?)
            }
            Self::File(path) => write(path, &json()),
            Self::Folder(dir) => {
                std::fs::create_dir_all(dir)
                    .map_err(|source| Trouble::Disk { path: dir.clone(), source })?;
                write(&dir.join("report.html"), &html())?;
                write(&dir.join("report.pdf"), &pdf()?)?;
                write(&dir.join("report.json"), &json())?;
                write(&dir.join("manifest.txt"), swept.manifest.as_bytes())
            }
        }
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    std::fs::write(path, bytes).map_err(|source| Trouble::Disk { path: path.to_owned(), source })
}

/// A report as it is said on a terminal.
pub fn text(desk: &Desk<'_>, report: &Report) -> String {
    let say = desk.say;
    let args = [
        ("files", report.files.to_string()),
        ("size", size(report.bytes as f64)),
        ("hits", report.hit_files().to_string()),
        ("faults", report.all_faults().to_string()),
    ];
    let mut text = String::new();
    if report.partial {
        text.push_str(&format!("{}\n", say.t("match-partial")));
    }
    text.push_str(&format!("{}\n", say.tr("match-summary", &args)));
    if report.resumed > 0 {
        let args = [("n", report.resumed.to_string())];
        text.push_str(&format!("{}\n", say.tr("sweep-resumed", &args)));
    }
    for secret in &report.secrets {
        let args = [
            ("no", secret.secret.to_string()),
            ("title", secret.title.clone()),
            ("files", secret.files.to_string()),
            ("share", percent(secret.share)),
        ];
        text.push_str(&format!("{}\n", say.tr("match-secret-line", &args)));
    }
    for hit in report.hits.iter().take(SAID_MAX) {
        text.push_str(&format!("\n{}\n", hit.path));
        for found in &hit.found {
            let inside = if found.inside.is_empty() { "" } else { "  !/" };
            text.push_str(&format!(
                "  {} {}  {}{inside}{}\n",
                found.secret,
                part(desk, &found.part),
                percent(found.share),
                found.inside,
            ));
            for place in found.places.iter().take(3) {
                text.push_str(&format!("    {}\n", words::place(say.lang, &where_of(place))));
                if let Some(excerpt) = &place.excerpt {
                    text.push_str(&format!("      {excerpt}\n"));
                }
            }
        }
    }
    let more = report.hit_files().saturating_sub(SAID_MAX as u64);
    if more > 0 {
        text.push_str(&format!("{}\n", say.tr("match-more-hits", &[("n", more.to_string())])));
    }
    if !report.faults.is_empty() {
        text.push_str(&format!("\n{}\n", say.t("match-faults")));
        let rows = report.faults.iter().take(SAID_MAX).map(|fault| {
            let within = if fault.inside.is_empty() { "" } else { "!/" };
            let path = format!("  {}{within}{}", fault.path, fault.inside);
            let why = say.tr(&format!("match-fault-{}", fault.why), &[("detail", String::new())]);
            vec![path, why, say.t(&format!("match-got-{}", fault.got))]
        });
        text.push_str(&table(rows.collect()));
        let more = report.all_faults().saturating_sub(SAID_MAX as u64);
        if more > 0 {
            text.push_str(&format!(
                "{}\n",
                say.tr("match-more-faults", &[("n", more.to_string())])
            ));
        }
    }
    if report.traces > 0 {
        let args = [("n", report.traces.to_string())];
        text.push_str(&format!("{}\n", say.tr("match-traces", &args)));
    }
    text.push_str(&format!("\n{}\n", guarantee(desk, &report.index)));
    text
}

fn where_of(place: &office::matching::Place) -> words::Where {
    words::Where { bytes: place.bytes, lines: place.lines, page: place.page, secret: place.secret }
}

/// A share as people read it: what is little but not nothing is not `0 %`.
pub fn percent(share: f64) -> String {
    match share * 100.0 {
        percent if percent > 0.0 && percent < 0.1 => "< 0.1 %".to_owned(),
        percent => format!("{percent:.1} %"),
    }
}

/// A report as a value, for `--json`.
pub fn value(report: &Report) -> Value {
    json!(report)
}

//! `midun bench station`: the pages of a district's station under load, asked of the served program,
//! beside bare reads of the same database.
//!
//! Open loop: a request is sent when it is due, whether or not those before were answered, and its
//! time counts from when it was due. A server that falls behind can't hide it.

mod client;

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use store::bench::BareReads;

use self::client::Client;
use super::Desk;
use crate::commands::demo::{Clock, PASSPHRASE, station};
use crate::commands::table;

/// Requests a second.
const RATE: u32 = 100;
/// Connections that wait for something to be due: with fewer, slow answers would hold up others.
const CONNECTIONS: usize = 24;

/// The pages: those that a station works with all day, then those it looks at now and then.
const PAGES: &[&str] = &[
    "/",
    "/companies",
    "/companies?view=key&sort=first",
    "/companies?q=%E7%B2%BE%E5%AF%86&park=%E5%8C%97%E5%B2%AD%E5%9B%AD%E5%8C%BA",
    "/companies?tag=high-tech&lacks=visit&sort=unserved&page=20",
    "/companies?view=never&sort=name&page=200",
    "/companies/QY-0007",
    "/companies/new",
    "/services",
    "/services/new?view=key",
    "/coverage",
    "/coverage?by=park&view=public",
    "/dashboard",
    "/requests",
    "/visits?view=made",
    "/prescriptions?view=open",
    "/experts",
    "/ledger",
];

pub fn run(desk: &Desk<'_>, companies: u32, seconds: u64) -> anyhow::Result<()> {
    let dir = std::env::temp_dir().join(format!("midun-bench-{}", std::process::id()));
    let result = measure(desk, &dir, companies, Duration::from_secs(seconds.max(1)));
    drop(std::fs::remove_dir_all(&dir));
    result
}

fn measure(desk: &Desk<'_>, dir: &Path, companies: u32, time: Duration) -> anyhow::Result<()> {
    let node = dir.join("node");
    std::fs::create_dir_all(dir)?;
    let begun = Instant::now();
    station::make(desk.say, &node, &Clock::new(crate::world::now()), None, companies)?;
    let made = begun.elapsed();
    let served = Served::start(dir, &node)?;
    let bare = Mutex::new(BareReads::new(&node)?);
    let read = || Ok(bare.lock().unwrap_or_else(|broken| broken.into_inner()).page()?);
    let mut rows = vec![("sqlite", paced(time, 1, &read)?)];
    let client = Client::enter(&served.enter)?;
    for page in PAGES {
        // Once before, so that nobody measures a cold cache.
        client.get(page)?;
        rows.push((page, paced(time, CONNECTIONS, &|| client.get(page))?));
    }
    let next = AtomicUsize::new(0);
    let in_turn = || client.get(PAGES[next.fetch_add(1, Ordering::Relaxed) % PAGES.len()]);
    let all = paced(time * 2, CONNECTIONS, &in_turn)?;
    rows.push(("*", all));
    report(desk, companies, made, &rows);
    Ok(())
}

fn report(desk: &Desk<'_>, companies: u32, made: Duration, rows: &[(&str, Figures)]) {
    let value: Vec<Value> = rows
        .iter()
        .map(|(page, figures)| {
            json!({
                "page": page, "p50_micros": micros(figures.at(50)), "p99_micros": micros(figures.at(99)),
                "max_micros": micros(figures.at(100)), "bytes": figures.bytes,
                "requests": figures.times.len(),
            })
        })
        .collect();
    let value = json!({
        "companies": companies, "made_millis": made.as_millis() as u64, "rate": RATE, "pages": value,
    });
    desk.say.result(&value, || {
        let args = [
            ("companies", companies.to_string()),
            ("seconds", format!("{:.1}", made.as_secs_f64())),
            ("rate", RATE.to_string()),
        ];
        let mut text = format!("{}\n", desk.say.tr("bench-station", &args));
        let ms = |time: Duration| format!("{:.2}", time.as_secs_f64() * 1e3);
        let mut lines = vec![
            ["bench-page", "bench-p50", "bench-p99", "bench-max", "bench-bytes"]
                .map(|key| desk.say.t(key))
                .to_vec(),
        ];
        lines.extend(rows.iter().map(|(page, figures)| {
            let name = match *page {
                "sqlite" => desk.say.t("bench-bare"),
                "*" => desk.say.t("bench-all-pages"),
                page => page.to_owned(),
            };
            let [p50, p99, max] = [50, 99, 100].map(|of| ms(figures.at(of)));
            vec![name, p50, p99, max, figures.bytes.to_string()]
        }));
        text += &table(lines);
        text
    });
}

fn micros(time: Duration) -> u64 {
    time.as_micros() as u64
}

/// How long requests took, sorted, and the size of the last answer.
struct Figures {
    times: Vec<Duration>,
    bytes: usize,
}

impl Figures {
    /// The time within which so many of 100 were answered; 100 for the longest.
    fn at(&self, of_100: usize) -> Duration {
        let rank = (self.times.len() * of_100).div_ceil(100).max(1);
        self.times.get(rank - 1).copied().unwrap_or_default()
    }
}

/// Does something [`RATE`] times a second, for a while, on so many threads; it gives the size of
/// what came back.
fn paced(
    time: Duration,
    threads: usize,
    work: &(dyn Fn() -> anyhow::Result<usize> + Sync),
) -> anyhow::Result<Figures> {
    let count = (time.as_secs_f64() * f64::from(RATE)) as u32;
    let begun = Instant::now();
    let next = AtomicU32::new(0);
    let worker = || {
        let (mut times, mut bytes) = (Vec::new(), 0);
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count {
                return Ok::<_, anyhow::Error>((times, bytes));
            }
            let due = begun + Duration::from_secs(1) * at / RATE;
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            bytes = work()?;
            times.push(due.elapsed());
        }
    };
    let mut figures = Figures { times: Vec::new(), bytes: 0 };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        for worker in workers {
            let done = worker.join().map_err(|_| anyhow::anyhow!("a client panicked"))??;
            figures.times.extend(done.0);
            figures.bytes = figures.bytes.max(done.1);
        }
        Ok::<_, anyhow::Error>(())
    })?;
    figures.times.sort_unstable();
    Ok(figures)
}

/// The program, serving a station on a free port; ends with this value.
struct Served {
    child: Child,
    enter: String,
}

impl Served {
    fn start(dir: &Path, node: &Path) -> anyhow::Result<Self> {
        let passphrase = dir.join("passphrase");
        std::fs::write(&passphrase, PASSPHRASE)?;
        let mut child = Command::new(std::env::current_exe()?)
            .args(["--json", "--dir"])
            .arg(node)
            .arg("--passphrase-file")
            .arg(&passphrase)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        if let Some(output) = child.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        let mut served = Self { child, enter: String::new() };
        let said: Value = serde_json::from_str(&line)?;
        served.enter = said["enter"].as_str().unwrap_or_default().to_owned();
        Ok(served)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

//! `midun demo`: a fictional company's node with work in it, a dossier on disk, and its pages; or
//! the station of a fictional district.
//!
//! Everything is made up and says so. The story takes place on a clock of its own, from three
//! years ago until now; its witnesses and its time-stamp authority run inside this process, on
//! the same clock, and are good for nothing but the demo.

mod activities;
mod blind;
mod bodies;
mod casework;
mod corpora;
mod desk;
mod district;
mod profiles;
mod recognition;
pub mod station;
mod story;
mod warnings;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::terms::{Purpose, Role, Standing};
use domain::{Day, Moment, Number, Series};
use ledger::note::VerifierKey;
use link::{AuthorityService, Witness, authority_router, witness_router};
use office::{BuildForm, NewNode, Office, Sort, Trouble, Whom, Withheld, World};
use serde_json::json;
use stamp::Authority;
use vault::WorkFactor;

use super::serve::{Serving, serve};
use super::{Desk, term_of};
use crate::args::Demo;
use crate::world::{PROGRAM, now, random};

/// The file that marks a directory as ours to throw away.
const MARK: &str = "DEMO-虚构";
/// Who acts in the demo.
const BY: &str = "owner";
/// Known to everybody: the demo holds nothing to protect.
pub const PASSPHRASE: &str = "demo";
/// Keys that a careful verifier would bring.
const POLICY: &str = "policy.txt";
/// The certificate of the demo's time-stamp authority.
const AUTHORITY: &str = "authority.pem";
const YEAR: i64 = 365 * 86_400_000;

pub fn run(desk: &Desk<'_>, args: Demo) -> anyhow::Result<ExitCode> {
    let role = term_of!(Role, &args.role)?;
    let folder = match role {
        Role::Enterprise => "midun-demo",
        Role::Station => "midun-demo-station",
    };
    let dir = desk.dir.clone().unwrap_or_else(|| PathBuf::from(folder));
    clear(&dir)?;
    desk.say.remark(&desk.say.t("demo-making"));
    let clock = Clock::new(now());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let node = dir.join("node");
    match role {
        Role::Enterprise => {
            let others = Others::start(&runtime, &dir, &clock, &WITNESSES)?;
            company(desk, &node, &dir, &clock, &others)?;
        }
        Role::Station => {
            let others = Others::start(&runtime, &dir, &clock, &WITNESSES[1..])?;
            station::make(desk.say, &node, &clock, Some(&others), args.companies)?;
            let value = json!({ "dir": node, "passphrase": PASSPHRASE });
            desk.say.result(&value, || {
                let args =
                    [("dir", node.display().to_string()), ("passphrase", PASSPHRASE.to_owned())];
                format!("{}\n", desk.say.tr("demo-station-done", &args))
            });
        }
    }
    clock.run_free();
    if args.no_serve {
        return Ok(ExitCode::SUCCESS);
    }
    let office = Arc::new(Office::open(&node, clock.world())?);
    let unlocked = Some(office.unlock(PASSPHRASE)?);
    let serving = Serving {
        office,
        unlocked,
        listen: args.listen.unwrap_or_else(|| listen_of(role).into()),
        hosts: Vec::new(),
        browser: !args.no_browser,
        fictional: true,
    };
    serve(desk, serving)?;
    Ok(ExitCode::SUCCESS)
}

/// Makes the company's node and says what came of it.
fn company(
    desk: &Desk<'_>,
    node: &Path,
    dir: &Path,
    clock: &Clock,
    others: &Others,
) -> anyhow::Result<()> {
    let dossier = make(desk, node, dir, clock, others)?;
    let value = json!({ "dir": node, "dossier": dossier, "passphrase": PASSPHRASE });
    desk.say.result(&value, || {
        let args = [
            ("dir", node.display().to_string()),
            ("dossier", dossier.display().to_string()),
            ("policy", dir.join(POLICY).display().to_string()),
            ("tsa", dir.join(AUTHORITY).display().to_string()),
            ("passphrase", PASSPHRASE.to_owned()),
            // As it was called: it need not be on the path.
            ("midun", std::env::args().next().unwrap_or_else(|| "midun".into())),
        ];
        format!("{}\n", desk.say.tr("demo-done", &args))
    });
    Ok(())
}

/// Makes room; never removes what a demo did not make.
fn clear(dir: &Path) -> anyhow::Result<()> {
    if dir.exists() {
        let empty = std::fs::read_dir(dir)?.next().is_none();
        if !empty && !dir.join(MARK).exists() {
            let args = vec![("dir", dir.display().to_string())];
            return Err(Trouble::Other("demo-not-empty", args, Sort::Conflict).into());
        }
        std::fs::remove_dir_all(dir)?;
    }
    std::fs::create_dir_all(dir)?;
    std::fs::write(dir.join(MARK), "演示数据，全部虚构。Demo data, all fictional.\n")?;
    Ok(())
}

/// A clock that the story sets; when it runs free it is the machine's.
#[derive(Clone)]
pub struct Clock {
    at: Arc<AtomicI64>,
    /// When the telling began: midnight may pass while it is told.
    began: Moment,
}

/// The demo's companies and stations are all on China's time.
const ZONE_MINUTES: i16 = 8 * 60;
const ZONE: i64 = ZONE_MINUTES as i64 * 60_000;
const DAY: i64 = 86_400_000;

impl Clock {
    /// A clock that runs free, for a story that ends at `began`.
    pub fn new(began: Moment) -> Self {
        Clock { at: Arc::default(), began }
    }

    fn now(&self) -> Moment {
        match self.at.load(Ordering::Relaxed) {
            0 => now(),
            // Each look takes a moment, so that no two entries are at once.
            _ => Moment(self.at.fetch_add(1_700, Ordering::Relaxed)),
        }
    }

    /// Sets the clock so many days back from the story's last day, at an hour of that day; never
    /// to a time that hasn't come.
    pub fn days_ago(&self, days: i64, hour: i64) {
        let midnight = (self.began.0 + ZONE).div_euclid(DAY) * DAY - ZONE;
        let at = midnight - days * DAY + hour * 3_600_000;
        let latest = self.began.0 - 600_000;
        // In the small hours several entries of the last day end here, one after the other.
        let at = if at < latest { at } else { latest.max(self.at.load(Ordering::Relaxed)) };
        self.at.store(at, Ordering::Relaxed);
    }

    /// The day so many days before the story's last.
    fn day_before(&self, days: i64) -> Option<Day> {
        self.began.day_at(ZONE_MINUTES).plus_days(-days)
    }

    fn run_free(&self) {
        self.at.store(0, Ordering::Relaxed);
    }

    fn world(&self) -> World {
        let clock = self.clone();
        World { clock: Arc::new(move || clock.now()), entropy: random, program: PROGRAM }
    }

    fn millis(&self) -> link::Clock {
        let clock = self.clone();
        Arc::new(move || clock.now().0)
    }
}

/// The demo's witnesses: a folder, a name, and how each is related to the node.
const WITNESSES: [(&str, &str, Standing); 2] = [
    ("station", "station.demo.invalid", Standing::Station),
    ("association", "association.demo.invalid", Standing::Independent),
];

/// The demo's witnesses and authority, at work.
pub struct Others {
    witnesses: Vec<(Witness, String, Standing)>,
    authority: (String, String),
}

impl Others {
    fn start(
        runtime: &tokio::runtime::Runtime,
        dir: &Path,
        clock: &Clock,
        witnesses: &[(&str, &str, Standing)],
    ) -> anyhow::Result<Self> {
        let mut started = Vec::new();
        for (folder, name, standing) in witnesses {
            let mut seed = [0; 32];
            random(&mut seed);
            let folder = dir.join(format!("witness-{folder}"));
            let witness = Witness::create(&folder, name, &seed, clock.millis())?;
            let url = listen(runtime, witness_router(witness.clone()))?;
            started.push((witness, url, *standing));
        }
        let mut seed = [0; 32];
        random(&mut seed);
        let from = now().0 - 4 * YEAR;
        let authority = Authority::from_seed(&seed, "演示授时", from, from + 20 * YEAR)?;
        let roots = stamp::certificates_to_pem(&[authority.root().to_vec()]);
        let chance: link::Chance = Arc::new(|| {
            let mut bytes = [0; 16];
            random(&mut bytes);
            bytes
        });
        let service = AuthorityService::new(authority, clock.millis(), chance);
        let url = listen(runtime, authority_router(service))?;
        Ok(Self { witnesses: started, authority: (url, roots) })
    }

    /// Lets a node know them, and asks all of them a first time.
    fn introduce(&self, office: &Office) -> anyhow::Result<()> {
        let log: VerifierKey = office.home().log_vkey()?;
        for (witness, url, standing) in &self.witnesses {
            witness.add_log(log.name(), &log)?;
            office.add_witness(&office.ask(BY), &witness.vkey(), Some(url.clone()), *standing)?;
        }
        let (url, roots) = &self.authority;
        let roots = office.keep_roots(roots)?;
        let name = "演示授时（虚构）".to_owned();
        office.add_authority(&office.ask(BY), name, url.clone(), roots, Standing::Drill)?;
        office.vouch(Whom::WitnessesAndAuthorities)?;
        Ok(())
    }
}

/// Serves a router on a free port of this machine, in the background; gives its address.
fn listen(runtime: &tokio::runtime::Runtime, router: axum::Router) -> anyhow::Result<String> {
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))?;
    let url = format!("http://{}", listener.local_addr()?);
    runtime.spawn(async move { axum::serve(listener, router).await });
    Ok(url)
}

/// Tells the story and builds the dossier.
fn make(
    desk: &Desk<'_>,
    node: &Path,
    dir: &Path,
    clock: &Clock,
    others: &Others,
) -> anyhow::Result<PathBuf> {
    clock.days_ago(1_080, 9);
    let new = new_node("岚屿新材料（虚构）", Role::Enterprise, desk.say.lang)?;
    office::init(node, new, &clock.world())?;
    let office = Office::open(node, clock.world())?;
    others.introduce(&office)?;

    story::tell(&office, clock)?;

    let form = BuildForm {
        secrets: vec![Number { series: Series::Secret, count: 1 }],
        purpose: Purpose::Complaint,
        language: desk.say.lang,
        // All of it is made up, and whoever looks is to see what a dossier can show.
        withheld: Withheld::default(),
        incident: None,
    };
    let unlocked = office.unlock(PASSPHRASE)?;
    let out = dir.join("JZ-0001.zip");
    office.build(&office.ask(BY), &form, &unlocked, &out, &|| {
        drop(office.vouch(Whom::WitnessesAndAuthorities));
    })?;
    corpora::look_up(&office, clock, &unlocked)?;
    blind::compare(&office, &unlocked)?;
    office::publish(office.home(), &office.reader()?)?;
    policy(dir, &office.home().log_vkey()?, others)?;
    Ok(out)
}

/// A directory of the demo: its keys are made fast, for they guard nothing.
fn new_node(name: &str, role: Role, lang: words::Lang) -> anyhow::Result<NewNode> {
    Ok(NewNode {
        name: name.into(),
        role,
        passphrase: PASSPHRASE.into(),
        work: WorkFactor::new(12)?,
        shares: Some((2, 3)),
        zone: "+08:00".into(),
        language: lang.tag().into(),
        listen: listen_of(role).into(),
        program: concat!("midun ", env!("CARGO_PKG_VERSION"), " demo").into(),
    })
}

/// Where the pages of a role's demo are.
fn listen_of(role: Role) -> &'static str {
    match role {
        Role::Enterprise => "127.0.0.1:8470",
        Role::Station => "127.0.0.1:8471",
    }
}

/// What a careful verifier would bring: keys that did not come with the dossier.
fn policy(dir: &Path, log: &VerifierKey, others: &Others) -> anyhow::Result<()> {
    let mut text =
        String::from("# 核验方自备的策略（虚构）。A verifier's own policy (fictional).\n");
    text += &format!("log {log}\n");
    for ((folder, ..), (witness, ..)) in WITNESSES.iter().zip(&others.witnesses) {
        text += &format!("witness {folder} {}\n", witness.vkey());
    }
    text += "quorum association\n";
    std::fs::write(dir.join(POLICY), text)?;
    std::fs::write(dir.join(AUTHORITY), &others.authority.1)?;
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// China's day begins while Greenwich still has the day before.
    #[test]
    fn the_stories_can_be_told_at_any_hour() {
        let today = (now().0 + ZONE).div_euclid(DAY) * DAY - ZONE;
        for minutes in [5, 7 * 60 + 59, 23 * 60 + 57] {
            let began = Moment(today - DAY + minutes * 60_000);
            let folder = tempfile::tempdir().unwrap();
            let clock = Clock::new(began);
            clock.days_ago(1_080, 9);
            let node = folder.path().join("node");
            office::init(
                &node,
                new_node("虚构", Role::Enterprise, words::Lang::Zh).unwrap(),
                &clock.world(),
            )
            .unwrap();
            let office = Office::open(&node, clock.world()).unwrap();
            story::tell(&office, &clock).unwrap_or_else(|why| panic!("minute {minutes}: {why}"));
            assert!(clock.now() < began, "minute {minutes}: the story runs past its end");
        }
    }
}

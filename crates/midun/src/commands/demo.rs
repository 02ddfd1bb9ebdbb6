//! `midun demo`: a fictional company's node with work in it, a dossier on disk, and its pages; or
//! the station of a fictional district.
//!
//! Everything is made up and says so. The story takes place on a clock of its own, from three
//! years ago until now; its witnesses and its time-stamp authority run inside this process, on
//! the same clock, and are good for nothing but the demo.

mod casework;
mod desk;
mod district;
mod recognition;
pub mod station;
mod story;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::terms::{Purpose, Role, Standing};
use domain::{Moment, Number, Series};
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
    let (folder, listen) = match role {
        Role::Enterprise => ("midun-demo", "127.0.0.1:8470"),
        Role::Station => ("midun-demo-station", "127.0.0.1:8471"),
    };
    let dir = desk.dir.clone().unwrap_or_else(|| PathBuf::from(folder));
    clear(&dir)?;
    desk.say.remark(&desk.say.t("demo-making"));
    let clock = Clock::default();
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
        listen: args.listen.unwrap_or_else(|| listen.into()),
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
#[derive(Clone, Default)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    fn now(&self) -> Moment {
        match self.0.load(Ordering::Relaxed) {
            0 => now(),
            // Each look takes a moment, so that no two entries are at once.
            _ => Moment(self.0.fetch_add(1_700, Ordering::Relaxed)),
        }
    }

    /// Sets the clock so many days back from the machine's, at an hour of that day.
    pub fn days_ago(&self, days: i64, hour: i64) {
        let midnight = now().0.div_euclid(86_400_000) * 86_400_000 - 8 * 3_600_000;
        let at = midnight - days * 86_400_000 + hour * 3_600_000;
        self.0.store(at.min(now().0 - 600_000), Ordering::Relaxed);
    }

    fn run_free(&self) {
        self.0.store(0, Ordering::Relaxed);
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
    let new = NewNode {
        name: "岚屿新材料（虚构）".into(),
        role: Role::Enterprise,
        passphrase: PASSPHRASE.into(),
        work: WorkFactor::new(12)?,
        shares: Some((2, 3)),
        zone: "+08:00".into(),
        language: desk.say.lang.tag().into(),
        listen: "127.0.0.1:8470".into(),
        program: concat!("midun ", env!("CARGO_PKG_VERSION"), " demo").into(),
    };
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
    };
    let unlocked = office.unlock(PASSPHRASE)?;
    let out = dir.join("JZ-0001.zip");
    office.build(&office.ask(BY), &form, &unlocked, &out, &|| {
        drop(office.vouch(Whom::WitnessesAndAuthorities));
    })?;
    office::publish(office.home(), &office.reader()?)?;
    policy(dir, &office.home().log_vkey()?, others)?;
    Ok(out)
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

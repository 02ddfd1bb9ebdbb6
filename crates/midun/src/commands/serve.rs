//! `midun serve` and `midun start`: the pages.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use office::{NewNode, Office, Sort, Trouble};
use serde_json::json;
use vault::{Unlocked, WorkFactor};

use super::Desk;
use crate::args::Serve;
use crate::world::{PROGRAM, random, world};

/// How often tiles and checkpoint are published, and letters exchanged with the station: a fixed
/// beat tells outsiders little.
const BEAT: Duration = Duration::from_secs(60);

/// What is served, and how.
pub struct Serving {
    /// The opened data directory.
    pub office: Arc<Office>,
    /// The vault's key, when the pages should open without a passphrase, by a one-time link.
    pub unlocked: Option<Arc<Unlocked>>,
    /// Where.
    pub listen: String,
    /// Names by which the pages are reached, besides `localhost` and addresses.
    pub hosts: Vec<String>,
    /// Whether the browser is opened.
    pub browser: bool,
    /// Whether the data is made up.
    pub fictional: bool,
}

pub fn run(desk: &Desk<'_>, args: Serve) -> anyhow::Result<ExitCode> {
    let office = Arc::new(desk.office()?);
    // Without a passphrase at hand the pages ask for it.
    let unlocked =
        if desk.has_passphrase() && !args.locked { Some(desk.unlocked(&office)?) } else { None };
    let listen = args.listen.unwrap_or_else(|| office.home().settings.listen.clone());
    let (hosts, browser) = (args.host, args.open);
    serve(desk, Serving { office, unlocked, listen, hosts, browser, fictional: false })?;
    Ok(ExitCode::SUCCESS)
}

/// A first start without arguments: asks what is needed, makes the node, and opens the pages.
pub fn start(desk: &Desk<'_>) -> anyhow::Result<ExitCode> {
    let result = begin(desk);
    if let Err(error) = &result {
        // A window opened by a double click closes with the program: let it be read first.
        desk.say.failure(error);
        prompt(&desk.say.t("cli-press-enter"))?;
        return Ok(ExitCode::from(70));
    }
    result
}

fn begin(desk: &Desk<'_>) -> anyhow::Result<ExitCode> {
    let say = desk.say;
    let dir = desk.dir.clone().unwrap_or_else(home_dir);
    if !dir.join("midun.toml").exists() {
        say.remark(&say.tr("cli-start-new", &[("dir", dir.display().to_string())]));
        let name = prompt(&say.t("cli-start-name"))?;
        let passphrase = crate::passphrase::new(desk.passphrase_file.as_deref(), say.lang)?;
        let node = NewNode {
            name,
            role: domain::terms::Role::Enterprise,
            passphrase,
            work: WorkFactor::default(),
            shares: Some((2, 3)),
            zone: "+08:00".into(),
            language: say.lang.tag().into(),
            listen: "127.0.0.1:8470".into(),
            program: PROGRAM.into(),
        };
        let shares = office::init(&dir, node, &world())?;
        println!("\n{}\n", say.tr("cli-init-shares", &[("need", "2".to_owned())]));
        for share in shares {
            println!("  {}\n", *share.line());
        }
        prompt(&say.t("cli-start-shares-kept"))?;
    }
    let office = Arc::new(Office::open(&dir, world())?);
    let listen = office.home().settings.listen.clone();
    let serving = Serving {
        office,
        unlocked: None,
        listen,
        hosts: Vec::new(),
        browser: true,
        fictional: false,
    };
    serve(desk, serving)?;
    Ok(ExitCode::SUCCESS)
}

fn home_dir() -> PathBuf {
    let home = std::env::var_os("USERPROFILE").or_else(|| std::env::var_os("HOME"));
    home.map_or_else(|| PathBuf::from("."), PathBuf::from).join("midun")
}

fn prompt(text: &str) -> anyhow::Result<String> {
    print!("{text}");
    std::io::stdout().flush()?;
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}

/// One server for one directory; commands beside it are welcome.
fn lock(dir: &Path) -> Result<File, Trouble> {
    let path = dir.join("serve.lock");
    let disk = |source| Trouble::Disk { path: path.clone(), source };
    let file = File::create(&path).map_err(disk)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => {
            let args = vec![("dir", dir.display().to_string())];
            Err(Trouble::Other("cli-already-served", args, Sort::Conflict))
        }
        Err(std::fs::TryLockError::Error(source)) => Err(disk(source)),
    }
}

/// Serves the pages until the program is ended.
pub fn serve(desk: &Desk<'_>, serving: Serving) -> anyhow::Result<()> {
    let Serving { office, unlocked, listen, hosts, browser, fictional } = serving;
    let _lock = lock(&office.home().dir)?;
    office::publish(office.home(), &office.reader()?)?;
    let code = unlocked.is_some().then(|| {
        let mut code = [0; 16];
        random(&mut code);
        hex::encode(code)
    });
    let key = unlocked.clone();
    let parts =
        web::Parts { office: office.clone(), unlocked, code: code.clone(), hosts, fictional };
    let router = web::app(parts)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(&listen)
            .await
            .map_err(|source| super::listen_trouble(listen.clone(), source))?;
        let url = format!("http://{}/", listener.local_addr()?);
        let enter = match &code {
            Some(code) => format!("{url}enter?code={code}"),
            None => url.clone(),
        };
        desk.say.result(&json!({ "url": url, "enter": enter }), || {
            format!("{}\n", desk.say.tr("cli-pages", &[("url", enter.clone())]))
        });
        if browser {
            open_browser(&enter);
        }
        tokio::spawn(async move {
            let mut beat = tokio::time::interval(BEAT);
            loop {
                beat.tick().await;
                let (office, key) = (office.clone(), key.clone());
                let work = move || {
                    office::publish(office.home(), &office.reader()?)?;
                    office.sync_all()?;
                    office.erase_registrations(&office.ask("retention"))?;
                    // Without the vault's key letters wait until somebody signs in.
                    key.map_or(Ok(()), |key| office.settle(&key).map(drop))
                };
                // A beat that fails is followed by the next; fsck and the pages show the state.
                drop(tokio::task::spawn_blocking(work).await);
            }
        });
        let stop = async { drop(tokio::signal::ctrl_c().await) };
        let router = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
        axum::serve(listener, router).with_graceful_shutdown(stop).await?;
        Ok(())
    })
}

/// Opens the user's browser, where there is one. Whoever has none reads the address.
fn open_browser(url: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let quiet = || std::process::Stdio::null();
    drop(
        std::process::Command::new(program)
            .args(arguments)
            .arg(url)
            .stdin(quiet())
            .stdout(quiet())
            .stderr(quiet())
            .spawn(),
    );
}

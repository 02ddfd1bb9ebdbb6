//! The process that serves a disk: orders come in, answers go out, a line each.

use std::io::{BufRead as _, Error, Result, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use fuser::{BackgroundSession, MountOption};

use crate::chance::Chance;
use crate::mounted::Mounted;
use crate::state::State;
use crate::{ANSWER, AT, SEED, WRONG};

/// How often a busy disk is unmounted again, every 10 milliseconds.
const UNMOUNTS_TRIED: u32 = 500;

/// Serves a disk until the test that asked for it ends; returns at once when none did.
pub fn serve_if_asked() {
    let Some(at) = std::env::var_os(AT) else { return };
    let seed = std::env::var(SEED).ok().and_then(|seed| seed.parse().ok()).unwrap_or(0);
    let state = Arc::new(Mutex::new(State::new(Chance::new(seed))));
    let mut server = Server { at: at.into(), state, session: None };
    answer(server.plug_in().map(|()| "mounted".into()));
    for order in std::io::stdin().lock().lines().map_while(Result::ok) {
        answer(server.obey(&order));
    }
    drop(server.unplug());
}

/// Says it past the test harness, which would hold it back.
fn answer(outcome: Result<String>) {
    let text = outcome.unwrap_or_else(|error| format!("{WRONG}{error}"));
    let line = format!("{ANSWER}{text}\n");
    // When nobody listens any more, the orders end, too.
    drop(std::io::stdout().lock().write_all(line.as_bytes()));
}

struct Server {
    at: PathBuf,
    state: Arc<Mutex<State>>,
    session: Option<BackgroundSession>,
}

impl Server {
    fn obey(&mut self, order: &str) -> Result<String> {
        let (verb, rest) = order.split_once(' ').unwrap_or((order, ""));
        let number = || rest.parse().map_err(Error::other);
        if verb == "up" {
            self.power_up()?;
            return Ok("up".into());
        }
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match verb {
            "cut" => state.changes_left = Some(number()?),
            "room" => state.room = number()?,
            "fail" => state.failing_sync = Some(rest.to_owned()),
            "lie" => state.lies = true,
            "off" => return Ok(state.off.to_string()),
            "used" => return Ok(state.used().to_string()),
            "syncs" => {
                return Ok(state.syncs_since_failure.map_or("none".into(), |n| n.to_string()));
            }
            _ => return Err(Error::other(format!("no such order: {order}"))),
        }
        Ok("done".into())
    }

    fn power_up(&mut self) -> Result<()> {
        let state = self.state.clone();
        let lock = || state.lock().unwrap_or_else(PoisonError::into_inner);
        lock().off = true;
        // A new mount, so that the kernel's page cache forgets too.
        self.unplug()?;
        lock().forget();
        self.plug_in()
    }

    fn plug_in(&mut self) -> Result<()> {
        let options = [MountOption::FSName("forgetful".into()), MountOption::NoAtime];
        let mounted = Mounted(self.state.clone());
        self.session = Some(fuser::spawn_mount2(mounted, &self.at, &options)?);
        Ok(())
    }

    /// Between fork and exec a child of the tests holds every file that they have open. For that
    /// moment the kernel calls the disk busy, and a session that could not unmount is joined never.
    /// So the disk is unmounted here first, and a disk that stays busy is an error.
    fn unplug(&mut self) -> Result<()> {
        let Some(session) = self.session.take() else { return Ok(()) };
        for _ in 0..UNMOUNTS_TRIED {
            if Command::new("umount").arg(&self.at).stderr(Stdio::null()).status()?.success() {
                session.join();
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        // The end of this process takes the disk away.
        std::mem::forget(session);
        Err(Error::other("the disk stays busy: something still has a file on it open"))
    }
}

//! midun.exe under Wine: the stories that the tests tell to the native program are told to it.

use std::path::Path;

use crate::cross::windows_exe;
use crate::shell::{Outcome, cargo, command, execute, target};
use crate::{Options, tools};

/// Debian's Wine for programs of 64 bits.
const WINE: &str = "/usr/lib/wine/wine64";

/// Tells the stories to midun.exe, which `cargo xtask windows` has built.
pub fn run(options: &Options) -> Outcome {
    tools::need(tools::EMULATOR)?;
    let exe = windows_exe(options);
    if !exe.exists() {
        return Err(format!("{} is not built: run `cargo xtask windows`", exe.display()));
    }
    let prefix = target().join("wine");
    generator(&prefix.join("drive_c/windows/system32"))?;
    // As for all tests: with `-p midun` the libraries would be built once more with other features.
    let mut tell =
        cargo(&["test", "--locked", "--workspace", "--test", "it", "--", "--exact", "stories"]);
    execute(
        tell.env("MIDUN_TOLD_BY", format!("{WINE} {}", exe.display()))
            .env("WINEPREFIX", &prefix)
            .env("WINEDEBUG", "-all")
            // Wine reads words on its command line by this; midun does not take its language from it.
            .env("LC_CTYPE", "C.UTF-8"),
    )
}

/// Gives Wine the library of Windows that Rust takes random bytes from; Debian 12's Wine lacks it.
fn generator(system: &Path) -> Outcome {
    std::fs::create_dir_all(system).map_err(|trouble| trouble.to_string())?;
    let library = system.join("bcryptprimitives.dll");
    if library.exists() {
        return Ok(());
    }
    let mut compile = command("x86_64-w64-mingw32-gcc", &["-shared", "-O1", "-o"]);
    execute(compile.arg(&library).args(["xtask/src/bcryptprimitives.c", "-ladvapi32"]))
}

//! The verifier for browsers, and midun for Windows.
//!
//! Both use Debian's rustc with Debian's source of the standard library, so that nothing but
//! Debian packages is needed; and for WebAssembly the bytes are the same wherever it is built.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{Outcome, ask, command, execute, read, root, target};
use crate::{Options, tools};

const RUSTC: &str = "/usr/bin/rustc";
/// Debian's rustc is of LLVM 22, and a linker may not be older than its compiler.
const LINKER: &str = "wasm-ld-22";
const ASSET: &str = "crates/dossier/assets/verifier.wasm";
/// Says which compiler made the asset: another one makes other bytes of equal meaning.
const MADE_BY: &str = "crates/dossier/assets/verifier.wasm.made-by";

/// What to do with a freshly built verifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wasm {
    /// Put it among the dossier's assets.
    Write,
    /// Fail unless it is what lies there.
    Compare,
}

/// Builds the verifier for browsers.
pub fn wasm(wish: Wasm) -> Outcome {
    tools::need(tools::WASM)?;
    let folder = target().join("wasm");
    let mut build = debian_cargo("wasm32-unknown-unknown", &folder, &["-p", "verifier", "--lib"]);
    execute(
        build
            .args(["--profile", "wasm"])
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", LINKER)
            .env("CARGO_ENCODED_RUSTFLAGS", same_everywhere(&folder).join("\x1f")),
    )?;
    let built = folder.join("wasm32-unknown-unknown/wasm/verifier.wasm");
    let fresh =
        std::fs::read(&built).map_err(|trouble| format!("{}: {trouble}", built.display()))?;
    println!("verifier.wasm: {} bytes", fresh.len());
    let (asset, made_by) = (root().join(ASSET), root().join(MADE_BY));
    let compiler = compiler();
    match wish {
        Wasm::Write => {
            let write = |path: &Path, bytes: &[u8]| {
                std::fs::create_dir_all(path.parent().unwrap_or(path))?;
                std::fs::write(path, bytes)
            };
            write(&asset, &fresh)
                .and_then(|()| write(&made_by, compiler.as_bytes()))
                .map_err(|trouble| format!("{ASSET}: {trouble}"))
        }
        Wasm::Compare if std::fs::read(&asset).is_ok_and(|kept| kept == fresh) => {
            println!("{ASSET} is what its source says, byte for byte");
            Ok(())
        }
        Wasm::Compare if read(&made_by).is_ok_and(|kept| kept != compiler) => {
            println!(
                "{ASSET} NOT COMPARED: it was made by another compiler\nmade by:\n{}here:\n{compiler}",
                read(&made_by)?
            );
            Ok(())
        }
        Wasm::Compare => Err(format!(
            "{ASSET} is not what its source says.\nBuild it with `cargo xtask wasm` and commit it \
             together with the change in the verifier, evidence or ledger."
        )),
    }
}

/// Builds midun.exe; returns nothing, see [`windows_exe`] for where it lies.
pub fn windows(options: &Options) -> Outcome {
    tools::need(tools::WINDOWS)?;
    let profile = options.profile.as_deref().unwrap_or("release");
    let folder = target().join("windows");
    let mut build =
        debian_cargo("x86_64-pc-windows-gnu", &folder, &["-p", "midun", "--bin", "midun"]);
    execute(
        build
            .args(["--profile", profile])
            .env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER", "x86_64-w64-mingw32-gcc"),
    )?;
    println!("{}", windows_exe(options).display());
    Ok(())
}

/// Where [`windows`] puts the program.
pub fn windows_exe(options: &Options) -> PathBuf {
    let folder = target().join("windows/x86_64-pc-windows-gnu");
    folder.join(profile_folder(options)).join("midun.exe")
}

/// The folder cargo uses for `--profile`.
pub fn profile_folder(options: &Options) -> &str {
    match options.profile.as_deref().unwrap_or("release") {
        "dev" => "debug",
        other => other,
    }
}

fn debian_cargo(triple: &str, folder: &Path, args: &[&str]) -> Command {
    let mut cargo =
        command("/usr/bin/cargo", &["build", "--locked", "-Zbuild-std=std,panic_abort"]);
    cargo
        .args(["--target", triple, "--target-dir"])
        .arg(folder)
        .args(args)
        // -Zbuild-std is not stable yet; Debian's compiler matches its source package.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTC", RUSTC);
    for leak in ["RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH", "RUSTFLAGS", "RUSTC_WRAPPER", "RUSTDOC"] {
        cargo.env_remove(leak);
    }
    cargo
}

/// Flags that keep this machine's folders out of the bytes.
fn same_everywhere(folder: &Path) -> Vec<String> {
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let cargo_home =
        std::env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    // The last match wins, and the target folder usually lies inside the workspace.
    let names = [(cargo_home, "cargo"), (root(), "midun"), (folder.to_owned(), "target")];
    let remap =
        |(path, name): &(PathBuf, &str)| format!("--remap-path-prefix={}={name}", path.display());
    names.iter().map(remap).collect()
}

/// Versions of everything that decides the bytes.
fn compiler() -> String {
    let version = |program: &str| ask(&mut command(program, &["--version"])).unwrap_or_default();
    format!("{}\n{}\n", version(RUSTC), version(LINKER))
}

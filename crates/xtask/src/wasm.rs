//! From Rust crates to `<name>.js` and `<name>_bg.wasm`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use crate::args::Mode;
use crate::modules::{Module, Table};
use crate::{glue, install, repo, shell};

const TARGET: &str = "wasm32-unknown-unknown";
const DEV_PROFILE: &str = "wasm-dev";

/// Builds every module of the table into `out`.
pub(crate) fn build(table: &Table, mode: Mode, out: &Path) -> Result<()> {
    install::wasm_target()?;
    if mode == Mode::Release {
        install::npm_packages()?;
    }
    std::fs::create_dir_all(out)?;
    for (run, modules) in runs(table, mode) {
        compile(run, modules.iter().map(|(_, module)| module.package.as_str()), mode)?;
        // At once: another run may build the same package with other features, into the same file.
        for (name, module) in modules {
            bind(name, &compiled(module, mode), out)?;
        }
    }
    if mode == Mode::Release {
        optimise(table, out)?;
    }
    Ok(())
}

fn profile(module: &Module, mode: Mode) -> &str {
    match mode {
        Mode::Dev => DEV_PROFILE,
        Mode::Release => &module.profile,
    }
}

/// What modules that are compiled together have in common.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Run<'a> {
    profile: &'a str,
    target_features: &'a [String],
    default_features: bool,
    /// The name of a module that is built alone.
    alone: Option<&'a str>,
}

/// One cargo run for each profile and set of features, so that shared dependencies are compiled once and modules link
/// side by side.
///
/// A module on demand has one of its own: what modules of a run share is compiled with the features that any of them
/// asks for, and the word lists that one of them is for would ship in all.
fn runs(table: &Table, mode: Mode) -> BTreeMap<Run<'_>, Vec<(&str, &Module)>> {
    let mut runs: BTreeMap<Run<'_>, Vec<(&str, &Module)>> = BTreeMap::new();
    for (name, module) in &table.modules {
        let run = Run {
            profile: profile(module, mode),
            target_features: &module.target_features,
            default_features: module.default_features,
            alone: module.on_demand.then_some(name),
        };
        runs.entry(run).or_default().push((name, module));
    }
    runs
}

fn compile<'a>(run: Run<'_>, packages: impl Iterator<Item = &'a str>, mode: Mode) -> Result<()> {
    let mut cargo = shell::cargo();
    cargo.args(["build", "--target", TARGET, "--profile", run.profile, "--lib"]);
    if !run.default_features {
        cargo.arg("--no-default-features");
    }
    for package in packages {
        cargo.args(["--package", package]);
    }
    let features = run.target_features.iter().map(|feature| format!("-Ctarget-feature=+{feature}"));
    with_flags(&mut cargo, &features.collect::<Vec<_>>())?;
    if mode == Mode::Release {
        with_flags(&mut cargo, &without_local_paths()?)?;
    }
    shell::run(&mut cargo).context("the WebAssembly modules did not compile")
}

/// Adds flags of rustc: as configuration rather than as RUSTFLAGS, which would replace those in `.cargo/config.toml`.
fn with_flags(cargo: &mut Command, flags: &[String]) -> Result<()> {
    let flags = serde_json::to_string(flags)?;
    cargo.arg("--config").arg(format!("target.{TARGET}.rustflags={flags}"));
    Ok(())
}

/// Flags that replace this machine's folders in panic messages and debug names, so that everybody builds the same
/// bytes.
fn without_local_paths() -> Result<Vec<String>> {
    let sysroot = shell::output(shell::command("rustc").args(["--print", "sysroot"]))?;
    let mut renamed = vec![
        (Path::new(sysroot.trim()).to_owned(), "/rust".to_owned()),
        (repo::root().to_owned(), "/candor".to_owned()),
        (repo::target(), "/candor/target".to_owned()),
    ];
    // The folder of a registry is named after its address, which a mirror changes.
    let registries = std::fs::read_dir(cargo_home()?.join("registry/src"));
    for registry in registries.into_iter().flatten() {
        renamed.push((registry?.path(), "/registry".to_owned()));
    }
    Ok(renamed.into_iter().map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display())).collect())
}

fn cargo_home() -> Result<PathBuf> {
    std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
        .ok_or_else(|| anyhow!("neither CARGO_HOME nor a home folder is known"))
}

fn compiled(module: &Module, mode: Mode) -> PathBuf {
    let folder = match profile(module, mode) {
        "dev" => "debug",
        other => other,
    };
    let file = format!("{}.wasm", module.package.replace('-', "_"));
    repo::target().join(TARGET).join(folder).join(file)
}

fn bind(name: &str, compiled: &Path, out: &Path) -> Result<()> {
    let generate = || -> Result<()> {
        Bindgen::new()
            .input_path(compiled)
            .out_name(name)
            .no_modules(true)?
            .typescript(false)
            .omit_default_module_path(true)
            .remove_producers_section(true)
            .generate(out)?;
        let js = out.join(format!("{name}.js"));
        let glue = std::fs::read_to_string(&js)?;
        std::fs::write(&js, glue::reinstantiable(&glue)?)?;
        Ok(())
    };
    generate().with_context(|| format!("no JavaScript glue could be made for module `{name}`"))
}

/// Runs wasm-opt on every module at once: it is single-threaded for its longest part.
fn optimise(table: &Table, out: &Path) -> Result<()> {
    let started = table
        .modules
        .iter()
        .map(|(name, module)| {
            let file = out.join(format!("{name}_bg.wasm"));
            let mut optimiser = shell::npm_tool("wasm-opt");
            optimiser.args(&module.wasm_opt).args(["--strip-debug", "--strip-producers"]);
            optimiser.args(table.wasm_opt_features.iter().map(|feature| format!("--enable-{feature}")));
            optimiser.arg(&file).arg("-o").arg(&file);
            Ok((name, optimiser.spawn().context("wasm-opt could not be started")?))
        })
        .collect::<Result<Vec<_>>>()?;
    for (name, mut optimiser) in started {
        if !optimiser.wait()?.success() {
            return Err(anyhow!("wasm-opt failed on module `{name}`"));
        }
    }
    Ok(())
}

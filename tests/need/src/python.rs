//! A Python of the tests' own, with what they use.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use crate::need::absent;

/// What the tests install.
const REQUIREMENTS: &str = include_str!("../../python/requirements.txt");

/// Runs a command; none, with its last lines printed after `skipped`, when it
/// fails or is not there.
fn run(what: &str, command: &mut Command) -> Option<Output> {
    match command.output() {
        Ok(output) if output.status.success() => Some(output),
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            let said: Vec<_> = said.lines().rev().take(3).collect();
            absent(&format!("{what}: {}", said.join(" | ")))
        }
        Err(error) => absent(&format!("{what}: {error}")),
    }
}

/// The Python of `DCC_PYTHON`, else that of a virtual environment made under
/// `target/venv` with the packages of `tests/python/requirements.txt`. `None`,
/// the reason printed, when there is none; a package that cannot be installed
/// is named, and the tests that import it skip.
pub fn python() -> Option<PathBuf> {
    static PYTHON: OnceLock<Option<PathBuf>> = OnceLock::new();
    PYTHON
        .get_or_init(|| match std::env::var_os("DCC_PYTHON") {
            Some(python) => Some(PathBuf::from(python)),
            None => venv(&workspace().join("target/venv")),
        })
        .clone()
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn venv(folder: &Path) -> Option<PathBuf> {
    let parent = folder.parent()?;
    fs::create_dir_all(parent).ok()?;
    // several test programs may come here at once
    let lock = File::create(parent.join("venv.lock")).ok()?;
    lock.lock().ok()?;
    let python = if cfg!(windows) {
        folder.join("Scripts/python.exe")
    } else {
        folder.join("bin/python")
    };
    let stamp = folder.join("requirements.txt");
    if python.exists() && fs::read_to_string(&stamp).is_ok_and(|s| s == REQUIREMENTS) {
        return Some(python);
    }
    let system = if cfg!(windows) { "python" } else { "python3" };
    run(
        "a Python with venv (set DCC_PYTHON)",
        Command::new(system).args(["-m", "venv"]).arg(folder),
    )?;
    let pip = |what: &str, packages: &[&str]| {
        let mut command = Command::new(&python);
        command.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]);
        run(what, command.args(packages)).is_some()
    };
    let packages: Vec<&str> = REQUIREMENTS
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    if pip("all Python packages at once", &packages) {
        fs::write(&stamp, REQUIREMENTS).ok()?;
    } else {
        for package in packages {
            pip(&format!("the Python package {package}"), &[package]);
        }
    }
    Some(python)
}

/// A Python that imports `module`. `None`, the reason printed, when there is none.
pub fn python_with(module: &str) -> Option<PathBuf> {
    let python = python()?;
    run(
        &format!("the Python module {module} (set DCC_PYTHON)"),
        Command::new(&python).args(["-c", &format!("import {module}")]),
    )?;
    Some(python)
}

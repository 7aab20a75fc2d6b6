//! Tools outside the workspace that some tests run.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::need::need;
pub use crate::python::python_with;

/// The workspace's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map(Path::to_path_buf)
        .unwrap_or_default()
}

/// A Chromium: `DCC_CHROMIUM`, else one of the path. `None`, the reason
/// printed, when there is none.
pub fn chromium() -> Option<PathBuf> {
    let candidates = match std::env::var_os("DCC_CHROMIUM") {
        Some(chromium) => vec![PathBuf::from(chromium)],
        None => ["chromium", "chromium-browser", "google-chrome"]
            .map(PathBuf::from)
            .into(),
    };
    let works = |chromium: &PathBuf| {
        Command::new(chromium)
            .arg("--version")
            .output()
            .is_ok_and(|o| o.status.success())
    };
    let found = candidates.iter().find(|chromium| works(chromium)).cloned();
    need(
        found,
        &format!("a Chromium among {candidates:?} (set DCC_CHROMIUM)"),
    )
}

/// A directory of this test run, empty.
pub fn scratch(name: &str) -> std::io::Result<PathBuf> {
    let dir = root().join("target/scratch").join(name);
    if dir.exists() {
        std::fs::remove_dir_all(&dir)?;
    }
    std::fs::create_dir_all(&dir)?;
    Ok(dir)
}

/// The XML Schema of the CDA with its French extensions, when `xmllint` is
/// there to judge by it.
pub fn cda_schema() -> Option<PathBuf> {
    let schema = crate::cisis_dir()?.join("infrastructure/cda/CDA_extended.xsd");
    let runs = Command::new("xmllint").arg("--version").output().is_ok();
    need(runs.then_some(schema), "xmllint")
}

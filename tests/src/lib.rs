//! What the tests of this workspace share.

pub mod activity;
pub mod documents;
pub mod library;
pub mod rcp;
pub mod strategies;
pub mod structure;
pub mod tools;

pub use dcc_tests_need as need;
pub use dcc_tests_need::python;

use std::path::{Path, PathBuf};

/// Folder of the CI-SIS reference data: the variable `DCC_CISIS_DIR`, or
/// `../shared/cisis` beside the workspace or above it. None, with the reason
/// printed, when there is none: the test then has nothing to compare with.
pub fn cisis_dir() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("DCC_CISIS_DIR") {
        let folder = PathBuf::from(folder);
        assert!(folder.is_dir(), "DCC_CISIS_DIR is no folder: {folder:?}");
        return Some(folder);
    }
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?;
    let found = workspace
        .ancestors()
        .skip(1)
        .take(2)
        .map(|above| above.join("shared/cisis"))
        .find(|folder| folder.is_dir());
    need::need(found, "the CI-SIS reference data (set DCC_CISIS_DIR)")
}

/// Folder of the official rules of the ANS (TestContenuCDA): the variable
/// `DCC_RULES_DIR`. They are not to be had with the project, so that their
/// absence is said and never a failure, also under `DCC_REQUIRE_ALL`.
pub fn rules_dir() -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("DCC_RULES_DIR") else {
        println!("skipped: the official rules (set DCC_RULES_DIR)");
        return None;
    };
    let folder = PathBuf::from(folder);
    assert!(folder.is_dir(), "DCC_RULES_DIR is no folder: {folder:?}");
    Some(folder)
}

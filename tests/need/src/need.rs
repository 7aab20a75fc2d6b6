//! Skips that cannot hide.

use std::path::PathBuf;

/// Set to `1`, it turns each skip into a failure: a run that must prove
/// everything cannot pass by absence.
pub const REQUIRE_ALL: &str = "DCC_REQUIRE_ALL";

/// The one way a test skips: names what is absent and answers `None`.
///
/// # Panics
/// When [`REQUIRE_ALL`] is `1`.
pub fn absent<T>(what: &str) -> Option<T> {
    let required = std::env::var_os(REQUIRE_ALL).is_some_and(|value| value == "1");
    assert!(!required, "needed, as {REQUIRE_ALL}=1, and absent: {what}");
    println!("skipped: {what}");
    None
}

/// `found`, or a skip that names `what`.
pub fn need<T>(found: Option<T>, what: &str) -> Option<T> {
    found.or_else(|| absent(what))
}

/// The folder that `variable` names. Nobody else can provide it, so that a
/// variable that is not set is a skip in every case.
///
/// # Panics
/// When the variable names no folder.
pub fn folder(variable: &str) -> Option<PathBuf> {
    let Some(folder) = std::env::var_os(variable).map(PathBuf::from) else {
        println!("skipped: no folder in {variable}");
        return None;
    };
    assert!(
        folder.is_dir(),
        "{variable} is no folder: {}",
        folder.display()
    );
    Some(folder)
}

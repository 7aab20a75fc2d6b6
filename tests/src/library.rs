//! The shared library of `dcc-ffi`, built for the tests of other languages.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::need::absent;

/// Root of the workspace.
pub fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(Path::new("."))
}

/// Folder of `libdcc.so` and `libdcc.a`, built once a process with the checks
/// of the `dev` profile.
///
/// # Panics
/// When the library does not build.
pub fn library_dir() -> &'static Path {
    static DIR: OnceLock<PathBuf> = OnceLock::new();
    DIR.get_or_init(|| build("ffi", "dev", &["--lib"]).join("debug"))
}

/// Builds `dcc-ffi` in `target/<folder>`, and answers that folder: one of its
/// own, as the one of `cargo test` may be locked.
///
/// # Panics
/// When the library does not build.
pub fn build(folder: &str, profile: &str, args: &[&str]) -> PathBuf {
    let target = target_dir().join(folder);
    let status = Command::new(env!("CARGO"))
        .args([
            "build",
            "-p",
            "dcc-ffi",
            "--profile",
            profile,
            "--target-dir",
        ])
        .arg(&target)
        .args(args)
        .current_dir(workspace())
        .status();
    assert!(status.is_ok_and(|s| s.success()), "dcc-ffi does not build");
    target
}

/// Folder of the shared libraries that cargo builds with the tests: `libdcc.so`
/// with every feature, `lib_dcc.so` (the Python extension).
pub fn test_library_dir() -> PathBuf {
    let exe = std::env::current_exe().unwrap_or_default();
    exe.parent().map(Path::to_path_buf).unwrap_or_default()
}

/// The target folder in use: that of the test that runs.
pub fn target_dir() -> PathBuf {
    let exe = std::env::current_exe().unwrap_or_default();
    exe.ancestors()
        .find(|dir| dir.join("CACHEDIR.TAG").exists())
        .map_or_else(|| workspace().join("target"), Path::to_path_buf)
}

/// A command on the PATH; false, with the reason printed, when there is none.
pub fn has(command: &str) -> bool {
    let found = std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join(command).is_file()));
    found || absent::<()>(&format!("the command {command}")).is_some()
}

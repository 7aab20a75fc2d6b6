//! The Python package: its wheel is installed in a virtual
//! environment of its own, and its tests (`tests/python`) run there.
//!
//! `DCC_PYTHON` names a Python to use instead, `DCC_WHEEL` a wheel already built.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use dcc_core::document::Document;
use dcc_tests::library::test_library_dir;
use dcc_tests::python::python_with;
use dcc_tests::tools::{root, scratch};

/// What Rust writes of every bundled document, for Python to compare.
fn reference(folder: &Path) {
    let data = root().join("dcc-core/examples/data");
    let mut written = 0;
    for entry in fs::read_dir(data).expect("bundled documents") {
        let path = entry.expect("entry").path();
        if path.extension().is_some_and(|e| e == "json") {
            let text = fs::read(&path).expect("readable");
            let document = Document::from_json(&text).expect("legal");
            let name = path.file_stem().expect("name").to_string_lossy();
            let xml = document.to_cda().expect("legal");
            fs::write(folder.join(format!("{name}.xml")), xml).expect("writable");
            fs::write(
                folder.join(format!("{name}.json")),
                document.to_json().expect("legal"),
            )
            .expect("writable");
            written += 1;
        }
    }
    assert!(written >= 5);
}

/// The wheel of `DCC_WHEEL`, else one around the extension that cargo has
/// built with these tests.
fn wheel(python: &Path) -> PathBuf {
    if let Some(wheel) = std::env::var_os("DCC_WHEEL") {
        return PathBuf::from(wheel);
    }
    let name = format!("{DLL_PREFIX}_dcc{DLL_SUFFIX}");
    let out = scratch("wheel").expect("scratch");
    let made = Command::new(python)
        .arg(root().join("tests/python/wheel.py"))
        .arg(root().join("dcc-python/python/dcc"))
        .arg(test_library_dir().join(name))
        .arg(env!("CARGO_PKG_VERSION"))
        .arg(&out)
        .output()
        .expect("Python runs");
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    PathBuf::from(String::from_utf8_lossy(&made.stdout).trim())
}

#[test]
fn the_package_passes_its_tests() {
    let Some(python) = python_with("pytest") else {
        return;
    };
    let wheel = wheel(&python);
    let size = fs::metadata(&wheel).expect("wheel").len();
    println!("{}: {size} bytes", wheel.display());
    let installed = Command::new(&python)
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--force-reinstall",
        ])
        .arg("--disable-pip-version-check")
        .arg(&wheel)
        .status()
        .expect("pip runs");
    assert!(installed.success());
    let folder = scratch("python_reference").expect("scratch");
    reference(&folder);
    let tests = Command::new(&python)
        .args(["-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider"])
        .arg(root().join("tests/python"))
        .env("DCC_REFERENCE", &folder)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .current_dir(&folder)
        .output()
        .expect("pytest runs");
    // the reasons of what is skipped are part of what is said
    println!("{}", String::from_utf8_lossy(&tests.stdout));
    assert!(
        tests.status.success(),
        "{}",
        String::from_utf8_lossy(&tests.stderr)
    );
}

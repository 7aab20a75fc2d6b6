//! The Python package: its wheel is built and installed in a virtual
//! environment of its own, and its tests (`tests/python`) run there.
//!
//! `DCC_PYTHON` names a Python to use instead, `DCC_WHEEL` a wheel already built.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use dcc_core::document::Document;
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
                document.to_json().unwrap(),
            )
            .expect("writable");
            written += 1;
        }
    }
    assert!(written >= 5);
}

/// The wheel of `DCC_WHEEL`, else one built as the tests are.
fn wheel(python: &Path) -> PathBuf {
    if let Some(wheel) = std::env::var_os("DCC_WHEEL") {
        return PathBuf::from(wheel);
    }
    let out = scratch("wheel").expect("scratch");
    let built = Command::new(python)
        .args(["-m", "maturin", "build", "--quiet", "--manifest-path"])
        .arg(root().join("dcc-python/Cargo.toml"))
        .arg("--out")
        .arg(&out)
        .output()
        .expect("maturin runs");
    assert!(
        built.status.success(),
        "{}",
        String::from_utf8_lossy(&built.stderr)
    );
    let mut wheels = fs::read_dir(out).expect("wheels");
    wheels.next().expect("a wheel").expect("entry").path()
}

#[test]
fn the_package_passes_its_tests() {
    let Some(python) = python_with("pytest").and_then(|_| python_with("maturin")) else {
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

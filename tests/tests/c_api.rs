//! The C API, from C: every function and every way it fails, threads, random
//! calls, memory; the examples; what the libraries export.
//!
//! `DCC_RANDOM_CALLS=1000000 cargo test -p dcc-tests --test c_api` runs the
//! random calls in full.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use dcc_core::document::Document;
use dcc_tests::library::{has, library_dir, target_dir, workspace};

const WARNINGS: &[&str] = &[
    "-std=c99",
    "-O1",
    "-g",
    "-Wall",
    "-Wextra",
    "-Wpedantic",
    "-Werror",
];

/// The bundled documents.
fn bundled() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(workspace().join("dcc-core/examples/data"))
        .unwrap()
        .map(|f| f.unwrap().path())
        .filter(|f| f.extension().is_some_and(|e| e == "json"))
        .filter(|f| Document::from_json(&fs::read(f).unwrap()).is_ok())
        .collect();
    files.sort();
    assert!(files.len() >= 5);
    files
}

fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{command:?}: {}\n{}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// Compiles one C program against the shared library.
fn compile(source: &str, name: &str, flags: &[&str]) -> PathBuf {
    let (root, lib) = (workspace(), library_dir());
    let folder = target_dir().join("c");
    fs::create_dir_all(&folder).unwrap();
    let program = folder.join(name);
    // the loader looks for the soname
    let soname = lib.join("libdcc.so.1");
    if !soname.exists() {
        let _ = std::os::unix::fs::symlink("libdcc.so", &soname);
    }
    run(Command::new("cc")
        .args(WARNINGS)
        .args(flags)
        .arg(root.join(source))
        .arg("-o")
        .arg(&program)
        .arg(format!("-I{}", root.join("include").display()))
        .arg(format!("-L{}", lib.display()))
        .args(["-ldcc", "-pthread"])
        .arg(format!("-Wl,-rpath,{}", lib.display())));
    program
}

fn random_calls(default: &str) -> String {
    std::env::var("DCC_RANDOM_CALLS").unwrap_or_else(|_| default.to_owned())
}

#[test]
fn every_function_and_every_error() {
    if !has("cc") {
        return;
    }
    run(Command::new(compile("tests/c/documents.c", "documents", &[])).arg(&bundled()[0]));
}

#[test]
fn sixteen_threads() {
    if !has("cc") {
        return;
    }
    run(Command::new(compile("tests/c/threads.c", "threads", &[])).arg(&bundled()[0]));
}

#[test]
fn random_calls_neither_crash_nor_lie() {
    if !has("cc") {
        return;
    }
    let program = compile("tests/c/random.c", "random", &[]);
    let output = run(Command::new(program)
        .arg(&bundled()[0])
        .args([random_calls("100000").as_str(), "20250314"]));
    println!("{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn the_example_writes_the_bytes_of_rust() {
    if !has("cc") {
        return;
    }
    let program = compile("examples/c/parcours.c", "parcours", &[]);
    for file in bundled() {
        let out = target_dir()
            .join("c")
            .join(file.with_extension("xml").file_name().unwrap());
        run(Command::new(&program).arg(&file).arg(&out));
        let document = Document::from_json(&fs::read(&file).unwrap()).unwrap();
        assert!(
            fs::read(&out).unwrap() == document.to_cda().unwrap(),
            "{}",
            file.display()
        );
    }
    // a document with problems: said on stderr, exit status 1, nothing written
    let bad = target_dir().join("c/bad.json");
    fs::write(&bad, r#"{"document": "facture"}"#).unwrap();
    let out = target_dir().join("c/bad.xml");
    let output = Command::new(&program).arg(&bad).arg(&out).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("JSON-DOCUMENT"));
    assert!(!out.exists());
}

#[test]
fn the_header_is_c_and_cpp() {
    let header = workspace().join("include/dcc.h");
    for (compiler, language) in [
        ("cc", ["-xc", "-std=c99"]),
        ("c++", ["-xc++", "-std=c++11"]),
    ] {
        if has(compiler) {
            run(Command::new(compiler)
                .args(["-fsyntax-only", "-Wall", "-Wextra", "-Werror"])
                .args(language)
                .arg(&header));
        }
    }
}

#[test]
fn nothing_but_dcc_is_exported() {
    if !has("nm") {
        return;
    }
    let library = library_dir().join("libdcc.so");
    let output = run(Command::new("nm")
        .args(["-D", "--defined-only"])
        .arg(&library));
    let mut exported: Vec<String> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .filter_map(|l| l.split_whitespace().nth(2).map(str::to_owned))
        .collect();
    exported.sort();
    let header = fs::read_to_string(workspace().join("include/dcc.h")).unwrap();
    let mut declared: Vec<String> = header
        .split("DCC_API")
        .skip(1)
        .filter_map(|rest| {
            let start = rest.find("dcc_")?;
            let end = start + rest[start..].find('(')?;
            (!rest[..end].contains('#')).then(|| rest[start..end].to_owned())
        })
        .collect();
    declared.sort();
    assert_eq!(exported, declared);
}

#[test]
fn the_soname_is_that_of_the_abi() {
    if !has("readelf") {
        return;
    }
    let output = run(Command::new("readelf")
        .arg("-d")
        .arg(library_dir().join("libdcc.so")));
    let header = fs::read_to_string(workspace().join("include/dcc.h")).unwrap();
    let abi = header
        .lines()
        .find_map(|l| l.strip_prefix("#define DCC_ABI_VERSION "))
        .unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains(&format!("[libdcc.so.{abi}]")));
}

#[test]
fn the_library_is_small() {
    if !has("strip") {
        return;
    }
    let stripped = target_dir().join("c/libdcc-stripped.so");
    fs::create_dir_all(stripped.parent().unwrap()).unwrap();
    run(Command::new("strip")
        .arg("-o")
        .arg(&stripped)
        .arg(library_dir().join("libdcc.so")));
    let size = fs::metadata(&stripped).unwrap().len();
    println!("libdcc.so, stripped: {size} bytes");
    assert!(size <= 5_000_000);
}

/// Runs every C test with a tool around it.
fn with_memory_checked(name: &str, flags: &[&str], around: &[&str], calls: &str) {
    let file = &bundled()[0];
    for (source, args) in [
        ("documents", vec![]),
        ("threads", vec![]),
        ("random", vec![calls, "7"]),
    ] {
        let program = compile(
            &format!("tests/c/{source}.c"),
            &format!("{source}-{name}"),
            flags,
        );
        let mut command = match around {
            [] => Command::new(&program),
            [tool, options @ ..] => {
                let mut command = Command::new(tool);
                command.args(options).arg(&program);
                command
            }
        };
        run(command.arg(file).args(args));
    }
}

#[test]
fn address_sanitizer_finds_nothing() {
    if !has("cc") {
        return;
    }
    if !has_sanitizer() {
        println!("skipped: cc has no -fsanitize=address");
        return;
    }
    with_memory_checked("asan", &["-fsanitize=address"], &[], "20000");
}

/// Whether cc makes a program with AddressSanitizer, and leaks are told.
fn has_sanitizer() -> bool {
    let folder = target_dir().join("c");
    fs::create_dir_all(&folder).unwrap();
    let (source, program) = (folder.join("leak.c"), folder.join("leak"));
    let text = "#include <stdlib.h>\nint main(void) { void *volatile p = malloc(7); p = 0; return p != 0; }\n";
    fs::write(&source, text).unwrap();
    let compiled = Command::new("cc")
        .arg("-fsanitize=address")
        .arg(&source)
        .arg("-o")
        .arg(&program)
        .output();
    compiled.is_ok_and(|o| o.status.success())
        && Command::new(&program)
            .output()
            .is_ok_and(|o| !o.status.success())
}

#[test]
fn valgrind_finds_nothing() {
    if !has("cc") || !has("valgrind") {
        return;
    }
    let around: &[&str] = &[
        "valgrind",
        "--quiet",
        "--leak-check=full",
        "--show-leak-kinds=definite,indirect,possible",
        "--errors-for-leak-kinds=definite,indirect,possible",
        "--error-exitcode=9",
    ];
    with_memory_checked("valgrind", &[], around, "3000");
}

//! The C API, from C: every function and every way it fails, threads, random
//! calls, memory; the examples; what the libraries export.
//!
//! `DCC_RANDOM_CALLS=1000000 cargo test -p dcc-tests --test c_api` runs the
//! random calls in full (with sanitizers, fewer: they are slow), and
//! `-- --ignored` measures the library as it ships.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use dcc_core::document::Document;
use dcc_core::indicators::export::{ExportOptions, export};
use dcc_core::indicators::{FactStore, FicheFact, Origin, Period, PpsFact, SessionFact};
use dcc_tests::library::{build, has, library_dir, target_dir, workspace};
use dcc_tests::need::absent;
use dcc_tests::rules_dir;

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

/// Where the programs go.
fn folder() -> PathBuf {
    let folder = target_dir().join("c");
    fs::create_dir_all(&folder).unwrap();
    folder
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
    compile_with(library_dir(), source, name, flags)
}

/// Compiles one C program against the shared library of a folder.
fn compile_with(lib: &Path, source: &str, name: &str, flags: &[&str]) -> PathBuf {
    let root = workspace();
    let program = folder().join(name);
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

/// The C tests, and their arguments.
fn programs(calls: &str, facts: &str) -> Vec<(&'static str, Vec<String>)> {
    let folder = workspace()
        .join("dcc-core/examples/data")
        .display()
        .to_string();
    let file = format!("{folder}/fiche_rcp_minimale.json");
    let file_of_rules = file.clone();
    vec![
        ("documents", vec![file.clone()]),
        ("threads", vec![file.clone()]),
        (
            "random",
            vec![file, calls.to_owned(), "20250314".to_owned()],
        ),
        ("indicators", vec![facts.to_owned(), folder]),
        ("rcp", vec![]),
        ("rules", vec![file_of_rules]),
    ]
}

/// Runs every C test, perhaps with a tool around it.
fn run_all(name: &str, flags: &[&str], around: &[&str], calls: &str, facts: &str) {
    for (source, args) in programs(calls, facts) {
        let program = compile(
            &format!("tests/c/{source}.c"),
            &format!("{source}{name}"),
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
        let output = run(command.args(args));
        print!("{}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn every_function_every_error_threads_and_random_calls() {
    if has("cc") {
        let calls = std::env::var("DCC_RANDOM_CALLS").unwrap_or_else(|_| "100000".to_owned());
        run_all("", &[], &[], &calls, "100000");
    }
}

/// The official rules, in a library built with them; the rules themselves are
/// those of `DCC_RULES_DIR`, which a machine need not have.
#[test]
fn the_official_rules_from_c() {
    let Some(rules) = rules_dir() else { return };
    if !has("cc") {
        return;
    }
    let args = ["--lib", "--features", "official"];
    let lib = build("ffi-official", "dev", &args).join("debug");
    let program = compile_with(&lib, "tests/c/rules.c", "rules-official", &[]);
    let fiche = workspace().join("dcc-core/examples/data/fiche_rcp_minimale.json");
    let output = run(Command::new(&program).arg(fiche).arg(rules));
    assert_eq!(output.stdout, b"rules: with rules\n");
}

/// Every function that the header declares is called by a C test.
#[test]
fn no_function_is_forgotten() {
    let sources: String = fs::read_dir(workspace().join("tests/c"))
        .unwrap()
        .map(|f| fs::read_to_string(f.unwrap().path()).unwrap())
        .collect();
    // dcc_aggregate_add_* are called through a macro by their ending
    let called = |name: &str| {
        sources.contains(&format!("{name}("))
            || name
                .strip_prefix("dcc_aggregate_add_")
                .is_some_and(|kind| sources.contains(&format!("ADD({kind},")))
    };
    let forgotten: Vec<String> = declared().into_iter().filter(|n| !called(n)).collect();
    assert_eq!(forgotten, Vec::<String>::new());
}

/// The functions of the header, sorted.
fn declared() -> Vec<String> {
    let header = fs::read_to_string(workspace().join("include/dcc.h")).unwrap();
    let mut names: Vec<String> = header
        .split("\nDCC_API")
        .skip(1)
        .filter_map(|rest| {
            let start = rest.find("dcc_")?;
            let end = start + rest[start..].find('(')?;
            Some(rest[start..end].to_owned())
        })
        .collect();
    names.sort();
    assert!(names.len() > 60);
    names
}

#[test]
fn the_example_writes_the_bytes_of_rust() {
    if !has("cc") {
        return;
    }
    let program = compile("examples/c/parcours.c", "parcours", &[]);
    let out = folder().join("parcours-out");
    let _ = fs::remove_dir_all(&out);
    fs::create_dir_all(&out).unwrap();
    run(Command::new(&program).arg(&out).args(bundled()));
    for file in bundled() {
        let document = Document::from_json(&fs::read(&file).unwrap()).unwrap();
        let written = out.join(file.with_extension("xml").file_name().unwrap());
        assert!(
            fs::read(&written).unwrap() == document.to_cda().unwrap(),
            "{}",
            file.display()
        );
    }
    // the same facts, exported by Rust: the same files
    let expected = exported();
    assert!(expected.len() >= 4);
    for (name, bytes) in expected {
        assert!(fs::read(out.join(&name)).unwrap() == bytes, "{name}");
    }
    // a document with problems: said on stderr, exit status 1, nothing written
    let bad = folder().join("bad.json");
    fs::write(&bad, r#"{"document": "facture"}"#).unwrap();
    let output = Command::new(&program).arg(&out).arg(&bad).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("JSON-DOCUMENT"));
    assert!(!out.join("bad.xml").exists());
}

/// What the example exports, by Rust: each bundled fiche in one session, and
/// each PPS.
fn exported() -> Vec<(String, Vec<u8>)> {
    let nowhere = Origin::new("", 0);
    let mut facts = FactStore::new();
    let day = "2025-03-14".parse().unwrap();
    assert!(facts.add_session(&SessionFact::held("S1", "R1", day), nowhere));
    let (mut fiches, mut plans) = (0, 0);
    for file in bundled() {
        let stem = file.file_stem().unwrap().to_str().unwrap();
        match Document::from_json(&fs::read(&file).unwrap()).unwrap() {
            Document::FicheRcp(fiche) => {
                assert!(facts.add_fiche(&FicheFact::from_fiche(&fiche, "S1", stem), nowhere));
                fiches += 1;
            }
            Document::Pps(pps) => {
                assert!(facts.add_pps(&PpsFact::from_pps(&pps, stem), nowhere));
                plans += 1;
            }
            _ => {}
        }
    }
    assert!(fiches >= 3 && plans >= 3);
    let year = Period::new("2025-01-01".parse().unwrap(), "2025-12-31".parse().unwrap()).unwrap();
    let options = ExportOptions::new("3C de test", "2026-01-05T08:00:00Z");
    export(&facts, &[], year, &options).unwrap().files
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
    assert_eq!(exported, declared());
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

/// `cargo test -p dcc-tests --test c_api -- --ignored --nocapture`
#[test]
#[ignore = "builds the library as it ships, in several minutes"]
fn the_library_is_small() {
    let library = build("embed", "embed", &["--lib"]).join("embed/libdcc.so");
    let stripped = folder().join("libdcc-stripped.so");
    run(Command::new("strip").arg("-o").arg(&stripped).arg(library));
    let size = fs::metadata(&stripped).unwrap().len();
    println!("libdcc.so, stripped: {size} bytes");
    assert!(size <= 5_000_000, "{size} bytes");
}

#[test]
fn address_sanitizer_finds_nothing() {
    if !has("cc") {
        return;
    }
    if !has_sanitizer() {
        absent::<()>("a cc whose -fsanitize=address finds leaks");
        return;
    }
    run_all("-asan", &["-fsanitize=address"], &[], "20000", "20000");
}

/// Whether cc makes a program with AddressSanitizer, and leaks are told.
fn has_sanitizer() -> bool {
    let (source, program) = (folder().join("leak.c"), folder().join("leak"));
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
    // "possibly lost" are the tables made once for the whole process
    let around: &[&str] = &[
        "valgrind",
        "--quiet",
        "--leak-check=full",
        "--show-leak-kinds=definite,indirect",
        "--errors-for-leak-kinds=definite,indirect",
        "--error-exitcode=9",
    ];
    run_all("-valgrind", &[], around, "2000", "10000");
}

/// CMake: CTest, then an installation that a program finds by
/// `find_package(dcc)` and another by pkg-config.
#[test]
fn cmake_tests_installs_and_is_found() {
    if !has("cc") || !has("cmake") {
        return;
    }
    library_dir(); // built here, so that CMake finds it done
    let (build, prefix) = (folder().join("cmake"), folder().join("prefix"));
    run(Command::new("cmake")
        .arg("-S")
        .arg(workspace().join("dcc-ffi"))
        .arg("-B")
        .arg(&build)
        .arg(format!("-DCARGO={}", env!("CARGO")))
        .arg("-DDCC_PROFILE=dev")
        .arg(format!(
            "-DDCC_TARGET_DIR={}",
            target_dir().join("ffi").display()
        )));
    run(Command::new("cmake").arg("--build").arg(&build));
    run(Command::new("ctest")
        .arg("--output-on-failure")
        .arg("--test-dir")
        .arg(&build));
    run(Command::new("cmake")
        .arg("--install")
        .arg(&build)
        .arg("--prefix")
        .arg(&prefix));

    let file = &bundled()[0];
    let out = folder().join(file.with_extension("xml").file_name().unwrap());
    let expected = Document::from_json(&fs::read(file).unwrap())
        .unwrap()
        .to_cda()
        .unwrap();
    let writes_it = |program: PathBuf| {
        let _ = fs::remove_file(&out);
        run(Command::new(&program).arg(folder()).arg(file));
        assert!(fs::read(&out).unwrap() == expected, "{}", program.display());
    };
    let user = folder().join("cmake-user");
    run(Command::new("cmake")
        .arg("-S")
        .arg(workspace().join("examples/c"))
        .arg("-B")
        .arg(&user)
        .arg(format!("-DCMAKE_PREFIX_PATH={}", prefix.display())));
    run(Command::new("cmake").arg("--build").arg(&user));
    writes_it(user.join("parcours"));
    writes_it(user.join("parcours-static"));

    if !has("pkg-config") {
        return;
    }
    let lib = run(Command::new("sh").args([
        "-c",
        r#"dirname "$(find "$0" -name dcc.pc)""#,
        &prefix.display().to_string(),
    ]));
    let lib = String::from_utf8(lib.stdout).unwrap().trim().to_owned();
    let flags = run(Command::new("pkg-config")
        .args(["--cflags", "--libs", "dcc"])
        .env("PKG_CONFIG_PATH", &lib));
    let program = folder().join("parcours-pkg-config");
    run(Command::new("cc")
        .arg(workspace().join("examples/c/parcours.c"))
        .args(String::from_utf8(flags.stdout).unwrap().split_whitespace())
        .arg(format!("-Wl,-rpath,{lib}/.."))
        .arg("-o")
        .arg(&program));
    writes_it(program);
}

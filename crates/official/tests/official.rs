//! The rules of the ANS themselves. `DCC_RULES_DIR` is a folder of TestContenuCDA-3-0; without it these tests say what
//! they skip, or fail when `DCC_REQUIRE_ALL=1`. The comparison with Saxon also wants `python3` with saxonche and lxml.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use dcc_official::{Folder, Level, Mode, RuleBook, Verdict, VoletChoice};

fn folder() -> Option<PathBuf> {
    dcc_tests_need::folder("DCC_RULES_DIR")
}

fn book() -> Option<&'static RuleBook> {
    static BOOK: OnceLock<Option<RuleBook>> = OnceLock::new();
    let load =
        || folder().map(|f| RuleBook::load(Folder::new(f)).expect("the rules of DCC_RULES_DIR"));
    BOOK.get_or_init(load).as_ref()
}

fn samples(root: &Path) -> Vec<PathBuf> {
    let all = std::fs::read_dir(root.join("ExemplesCDA")).expect("the samples");
    let mut files: Vec<PathBuf> = all.map(|e| e.expect("a file").path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "xml"));
    files.sort();
    files
}

fn name(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

fn check(file: &Path, volet: VoletChoice<'_>, mode: Mode) -> Verdict {
    let bytes = std::fs::read(file).expect("a sample");
    let book = book().expect("the rules");
    book.check(&bytes, volet, mode).expect("a known volet")
}

#[test]
fn as_many_rules_fire_and_tests_run_as_in_saxon() {
    let Some(root) = folder() else { return };
    let counts = |file: &str| -> Vec<(u64, u64)> {
        let verdict = check(
            &root.join("ExemplesCDA").join(file),
            VoletChoice::Auto,
            Mode::Official,
        );
        verdict.sets.iter().map(|s| (s.fired, s.tests)).collect()
    };
    assert_eq!(
        counts("CANCER-FRCP_2022.01_Appareil.xml"),
        [(359, 6235), (80, 523), (71, 288), (10, 59), (20, 65)]
    );
    let pps: Vec<u64> = (counts("CANCER-PPS_2022.01_Autopresentable.xml").iter())
        .map(|c| c.0)
        .collect();
    assert_eq!(pps, [346, 90, 88, 3, 15]);
}

#[test]
fn the_samples_of_cancerology_have_their_known_findings() {
    let Some(root) = folder() else { return };
    for (file, findings) in [
        ("CANCER-FRCP_2022.01_Appareil.xml", 1),
        ("CANCER-FRCP_2022.01_Transversale.xml", 1),
        ("CANCER-PPS_2022.01_Autopresentable.xml", 0),
        ("CANCER-PPS_2022.01_feuille-de-style-externe.xml", 0),
        ("DOC_NON_STRUCTURE_CDA-R2-N1.xml", 0),
    ] {
        let verdict = check(
            &root.join("ExemplesCDA").join(file),
            VoletChoice::Auto,
            Mode::Helpful,
        );
        assert_eq!(
            verdict.findings.len(),
            findings,
            "{file}: {:?}",
            verdict.findings
        );
    }
}

#[test]
fn the_volet_of_each_sample_is_recognised_by_its_templates() {
    let Some(root) = folder() else { return };
    let book = book().expect("the rules");
    let mut names: Vec<&str> = book.volets().iter().map(|v| v.name.as_str()).collect();
    names.sort_by_key(|n| std::cmp::Reverse(n.len()));
    let mut wrong = Vec::new();
    for file in samples(&root) {
        let verdict = check(&file, VoletChoice::Auto, Mode::Helpful);
        let name = name(&file);
        // the name of a sample begins with that of its volet, but for letters and a dash
        let plain = |s: &str| s.to_lowercase().replace(['-', '_'], "");
        let of_name = names.iter().find(|v| plain(&name).starts_with(&plain(v)));
        let found = verdict.volet.as_ref().map(|v| v.name.as_str());
        if found != of_name.copied() {
            wrong.push(format!("{name}: {found:?}"));
        }
    }
    assert_eq!(
        wrong,
        [
            // the catalogue of all models has the template of the synthesis (VSM), without version
            "01_Modèles_contenus_CDA.xml: Some(\"VSM_2023.01\")",
            // bodies of level 1 have templates of their own, whatever the volet
            "BIO-CR-BIO_2021.01_CDA-R2-Niveau-1.xml: None",
            // two samples of 2024 without the version in their template
            "BIO-CR-BIO_2024.01_TSH_1.xml: Some(\"BIO-CR-BIO_2021.01\")",
            "BIO-CR-BIO_2024.01_TSH_2.xml: Some(\"BIO-CR-BIO_2021.01\")",
            "IMG_CR_IMG_2024.01_CDA-R2-Niveau-1.xml: None",
            "TLM-CR_2022.01.xml: None",
        ]
    );
}

#[test]
fn known_defects_of_the_release_are_listed() {
    let Some(_) = folder() else { return };
    let book = book().expect("the rules");
    let notices = book.notices();
    let has = |set: &str, found: &str| {
        notices
            .iter()
            .any(|n| n.set == set && n.found.contains(found))
    };
    assert!(has(
        "CI-SIS_ModelesDeContenusCDA",
        "JDV_SpecimenType_CISIS.xml"
    ));
    assert!(has(
        "CI-SIS_CANCER-D2LM-FIN_2022.01",
        "JDV_BilanDiagnostic_CISIS"
    ));
    assert!(has("CI-SIS_BIO-CR-BIO_2023.01", "BIO-CR-BIO_2023.01/"));
    let blocked: Vec<&str> = (notices.iter())
        .filter(|n| n.blocks)
        .map(|n| n.set.as_str())
        .collect();
    assert!(
        blocked.iter().all(|s| *s == "CI-SIS_BIO-CR-BIO_2023.01"),
        "{blocked:?}"
    );
}

#[test]
fn every_rule_set_but_the_broken_one_compiles() {
    let Some(root) = folder() else { return };
    let book = RuleBook::load(Folder::new(root)).expect("the rules");
    book.prepare_all();
    let blocked: Vec<String> = (book.notices().into_iter())
        .filter(|n| n.blocks && n.set != "CI-SIS_BIO-CR-BIO_2023.01")
        .map(|n| n.to_string())
        .collect();
    assert!(blocked.is_empty(), "{}", blocked.join("\n"));
    let cache = book.to_cache();
    let folder = folder().expect("the rules");
    let again = RuleBook::from_cache(Folder::new(&folder), &cache).expect("the cache just made");
    let file = folder.join("ExemplesCDA/CANCER-FRCP_2022.01_Appareil.xml");
    let bytes = std::fs::read(file).expect("a sample");
    let verdict = |b: &RuleBook| b.check(&bytes, VoletChoice::Auto, Mode::Helpful);
    assert_eq!(verdict(&again), verdict(&book));
}

#[test]
fn an_error_hides_its_set_in_official_mode_only() {
    let Some(root) = folder() else { return };
    let file = root.join("ExemplesCDA/CANCER-FRCP_2022.01_Appareil.xml");
    let text = std::fs::read_to_string(file).expect("a sample");
    // a type whose prefix is not declared, and a language without its code
    let wrong = text
        .replacen("<id ", "<id xsi:type=\"zz:II\" ", 1)
        .replacen("<languageCode", "<languageCode nullFlavor=\"XXX\"", 1);
    assert_ne!(wrong, text);
    let book = book().expect("the rules");
    let run = |mode| {
        let verdict = book
            .check(wrong.as_bytes(), VoletChoice::Auto, mode)
            .expect("no volet named");
        let of_set = verdict.findings.into_iter();
        of_set
            .filter(|f| f.set == "ASIP-STRUCT-MIN-StrucMin")
            .map(|f| (f.level, f.code))
            .collect::<Vec<_>>()
    };
    let official = run(Mode::Official);
    assert_eq!(official, [(Level::Fatal, "FONS0004".to_owned())]);
    let helpful = run(Mode::Helpful);
    assert!(
        helpful.len() > 1 && helpful.contains(&official[0]),
        "{helpful:?}"
    );
}

#[test]
fn sixteen_threads_share_one_book() {
    let Some(root) = folder() else { return };
    let book = book().expect("the rules");
    let files: Vec<Vec<u8>> = samples(&root)
        .iter()
        .filter(|f| name(f).starts_with("CANCER") || name(f).starts_with("OBP"))
        .map(|f| std::fs::read(f).expect("a sample"))
        .collect();
    let alone: Vec<Verdict> = files
        .iter()
        .map(|f| {
            book.check(f, VoletChoice::Auto, Mode::Official)
                .expect("no volet named")
        })
        .collect();
    std::thread::scope(|scope| {
        for t in 0..16 {
            let (files, alone) = (&files, &alone);
            scope.spawn(move || {
                for i in 0..files.len() {
                    let at = (i + t) % files.len();
                    let verdict = book.check(&files[at], VoletChoice::Auto, Mode::Official);
                    assert_eq!(verdict.as_ref(), Ok(&alone[at]));
                }
            });
        }
    });
}

/// Saxon over the samples of cancerology and over some mutants, afresh.
#[test]
fn findings_equal_those_of_saxon() {
    let Some(root) = folder() else { return };
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let runner = std::env::var_os("DCC_RUNNER").map_or_else(
        || here.join("../../../shared/tools/schematron.py"),
        PathBuf::from,
    );
    let Some(runner) = dcc_tests_need::need(
        runner.is_file().then_some(runner),
        "the reference runner (DCC_RUNNER)",
    ) else {
        return;
    };
    let Some(python) = dcc_tests_need::python::python_with("saxonche, lxml") else {
        return;
    };
    let work = std::env::temp_dir().join(format!("dcc-official-{}", std::process::id()));
    let run = |command: &mut Command| {
        let output = command.output().expect("python3");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        output.stdout
    };
    let docs: Vec<PathBuf> = samples(&root)
        .into_iter()
        .filter(|f| name(f).starts_with("CANCER-FRCP") || name(f).starts_with("CANCER-CR-GM"))
        .collect();
    let tools = here.join("tests/tools");
    run(Command::new(&python)
        .arg(tools.join("mutants.py"))
        .args(["--seed", "15", "--count", "12", "--out"])
        .arg(&work)
        .arg("--suite")
        .arg(&root)
        .args(&docs));
    let stored = run(Command::new(&python)
        .arg(tools.join("oracle.py"))
        .arg("--runner")
        .arg(&runner)
        .arg("--suite")
        .arg(&root)
        .arg("--cache")
        .arg(work.join("cache"))
        .arg("--list")
        .arg(work.join("list.jsonl")));
    let book = book().expect("the rules");
    let mut compared = 0;
    for line in String::from_utf8(stored).expect("UTF-8").lines() {
        let reference: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let file = reference["file"].as_str().expect("a file");
        let bytes = std::fs::read(file).expect("a mutant");
        let volet = reference["volet"].as_str().expect("a volet");
        let verdict = book
            .check(&bytes, VoletChoice::Named(volet), Mode::Official)
            .expect("a known volet");
        for (set, result) in reference["sets"].as_object().expect("sets") {
            let ours = verdict.findings.iter().filter(|f| f.set == *set);
            let mut ours: Vec<[&str; 3]> = if result["fatal"].is_null() {
                ours.map(|f| [f.level.as_str(), &f.location, &f.text])
                    .collect()
            } else {
                ours.map(|f| [f.level.as_str(), "", ""]).collect()
            };
            let mut theirs: Vec<[&str; 3]> =
                (result["findings"].as_array().expect("findings").iter())
                    .map(|f| [0, 1, 2].map(|i| f[i].as_str().unwrap_or_default()))
                    .collect();
            if !result["fatal"].is_null() {
                theirs.push(["fatal", "", ""]);
            }
            ours.sort_unstable();
            theirs.sort_unstable();
            assert_eq!(ours, theirs, "{file} {set}");
            compared += 1;
        }
        let invalid = verdict.findings.iter().any(|f| f.set == "xsd");
        let wrong = reference["xsd"].as_array().is_some_and(|x| !x.is_empty());
        assert_eq!(invalid, wrong, "{file} xsd {:?}", reference["xsd"]);
    }
    let _ = std::fs::remove_dir_all(&work);
    assert_eq!(compared, 12 * 5);
}

//! The official rules on the official samples, against the reference runner (Saxon and libxml2) in the same run.
//!
//! `DCC_RULES_DIR` is the folder of TestContenuCDA-3-0; without it nothing is measured. The ratio to Saxon is printed
//! where `python3` has saxonche and lxml, and where the runner is found: `DCC_RUNNER`, by default
//! `../shared/tools/schematron.py`. Both check the same document in turn, parsing and XML Schema in both; the best
//! time of each counts.

use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use criterion::Criterion;
use dcc_official::{Folder, Mode, RuleBook, VoletChoice};
use dcc_schematron::{Document, Limits};

const COMMON: [&str; 4] = [
    "profils/structurationMinimale/ASIP-STRUCT-MIN-StrucMin.sch",
    "profils/IHE.sch",
    "profils/CI-SIS_ModelesDeContenusCDA.sch",
    "profils/CI-SIS_Modeles_ANS.sch",
];

/// Samples: what they show, file, volet.
const SAMPLES: [(&str, &str, Option<&str>); 4] = [
    (
        "fiche RCP",
        "CANCER-FRCP_2022.01_Appareil.xml",
        Some("CANCER-FRCP_2022.01"),
    ),
    (
        "PPS",
        "CANCER-PPS_2022.01_Autopresentable.xml",
        Some("CANCER-PPS_2022.01"),
    ),
    ("catalogue of models", "01_Modèles_contenus_CDA.xml", None),
    (
        "biology with an image of 3 MB",
        "BIO-CR-BIO_2021.01_Auto-Presentable_avec-image.xml",
        Some("BIO-CR-BIO_2021.01"),
    ),
];

fn main() {
    let Some(root) = std::env::var_os("DCC_RULES_DIR").map(PathBuf::from) else {
        println!("rules: not measured, DCC_RULES_DIR is not set");
        return;
    };
    loading(&root);
    let book = RuleBook::load(Folder::new(&root)).expect("the rules of DCC_RULES_DIR");
    for (what, file, volet) in SAMPLES {
        let Ok(bytes) = std::fs::read(root.join("ExemplesCDA").join(file)) else {
            println!("{what}: {file} is not there");
            continue;
        };
        one(&root, &book, what, file, &bytes, volet);
    }
    slope(&root, &book);
    criterion(&root, &book);
}

fn best(times: usize, mut f: impl FnMut()) -> Duration {
    let time = |f: &mut dyn FnMut()| {
        let start = Instant::now();
        f();
        start.elapsed()
    };
    (0..times).map(|_| time(&mut f)).min().unwrap_or_default()
}

fn ms(d: Duration) -> f64 {
    d.as_secs_f64() * 1e3
}

fn choice(volet: Option<&str>) -> VoletChoice<'_> {
    volet.map_or(VoletChoice::None, VoletChoice::Named)
}

fn loading(root: &Path) {
    let before = memory();
    let five = || {
        let book = RuleBook::load(Folder::new(root)).expect("the rules of DCC_RULES_DIR");
        book.prepare("CANCER-FRCP_2022.01").expect("the volet FRCP");
        book
    };
    let book = five();
    println!(
        "memory of the five sets and the XML Schema: {} MiB",
        memory().saturating_sub(before)
    );
    let load = best(7, || {
        black_box(five());
    });
    let cache = book.to_cache();
    let cached = best(15, || {
        black_box(RuleBook::from_cache(Folder::new(root), &cache).expect("a cache just made"));
    });
    println!(
        "loading the five sets and the XML Schema: {:.1} ms; the five sets from a cache of {:.1} MB: {:.1} ms",
        ms(load),
        cache.len() as f64 / 1e6,
        ms(cached),
    );
    let before = memory();
    let all = RuleBook::load(Folder::new(root)).expect("the rules of DCC_RULES_DIR");
    let time = best(1, || all.prepare_all());
    println!(
        "compiling the sets of all {} volets: {:.0} ms, {} MiB",
        all.volets().len(),
        ms(time),
        memory().saturating_sub(before),
    );
}

/// Mebibytes in memory, from the kernel's own count.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmRSS"));
    line.and_then(|l| l.split_whitespace().nth(1))
        .and_then(|n| n.parse::<u64>().ok())
        .unwrap_or(0)
        / 1024
}

fn one(root: &Path, book: &RuleBook, what: &str, file: &str, bytes: &[u8], volet: Option<&str>) {
    let check = || {
        book.check(bytes, choice(volet), Mode::Official)
            .expect("a known volet")
    };
    let verdict = check();
    let fired: u64 = verdict.sets.iter().map(|s| s.fired).sum();
    let tests: u64 = verdict.sets.iter().map(|s| s.tests).sum();
    let limits = Limits::default();
    let mut ours = best(60, || {
        black_box(check());
    });
    let parse = best(30, || {
        black_box(Document::parse(bytes, &limits).expect("a sample"));
    });
    let mut line = String::new();
    if let Some(mut saxon) = Saxon::start(root, file, volet) {
        let mut theirs = Duration::MAX;
        for _ in 0..5 {
            theirs = theirs.min(saxon.check());
            let again = best(10, || {
                black_box(check());
            });
            ours = ours.min(again);
        }
        line = format!(
            "; Saxon {:.0} ms, {:.0} times as long",
            ms(theirs),
            theirs.as_secs_f64() / ours.as_secs_f64()
        );
    }
    println!(
        "{what} ({} kB, {fired} rules, {tests} tests): {:.2} ms, of which parsing {:.2} ms{line}",
        bytes.len() / 1000,
        ms(ours),
        ms(parse),
    );
}

/// The reference runner, kept running.
struct Saxon {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Saxon {
    fn start(root: &Path, file: &str, volet: Option<&str>) -> Option<Self> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let runner = std::env::var_os("DCC_RUNNER").map_or_else(
            || here.join("../../shared/tools/schematron.py"),
            PathBuf::from,
        );
        let rules = root.join("schematrons");
        let mut command = Command::new("python3");
        command
            .arg(here.join("benches/rules_saxon.py"))
            .arg(runner)
            .arg(root.join("infrastructure/cda/CDA_extended.xsd"))
            .arg(root.join("ExemplesCDA").join(file));
        for set in COMMON {
            command.arg(rules.join(set));
        }
        if let Some(volet) = volet {
            command.arg(rules.join(format!("CI-SIS_{volet}.sch")));
        }
        let started = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut child = started.ok()?;
        let (input, output) = (child.stdin.take()?, child.stdout.take()?);
        let mut saxon = Saxon {
            child,
            input,
            output: BufReader::new(output),
        };
        let mut line = String::new();
        saxon.output.read_line(&mut line).ok()?;
        (line.trim() == "ready").then_some(saxon)
    }

    /// Time of one check, as the runner measures it.
    fn check(&mut self) -> Duration {
        let mut line = String::new();
        let sent = self.input.write_all(b"check\n").is_ok() && self.input.flush().is_ok();
        if !sent || self.output.read_line(&mut line).is_err() {
            return Duration::MAX;
        }
        let seconds = line.trim().parse();
        seconds.map_or(Duration::MAX, Duration::from_secs_f64)
    }
}

impl Drop for Saxon {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Time by size: the fiche with its entries repeated.
fn slope(root: &Path, book: &RuleBook) {
    let file = root.join("ExemplesCDA").join(SAMPLES[0].1);
    let Ok(text) = std::fs::read_to_string(file) else {
        return;
    };
    let (Some(from), Some(to)) = (
        text.find("<structuredBody"),
        text.rfind("</structuredBody>"),
    ) else {
        return;
    };
    let Some(inner) = text[from..to].find('>').map(|i| from + i + 1) else {
        return;
    };
    let body = &text[inner..to];
    for copies in [1, 2, 4, 8, 16] {
        let larger = [&text[..inner], &body.repeat(copies), &text[to..]].concat();
        let mut tests = 0;
        let time = best(10, || {
            let verdict = book
                .check(larger.as_bytes(), choice(SAMPLES[0].2), Mode::Helpful)
                .expect("a known volet");
            tests = verdict.sets.iter().map(|s| s.tests).sum();
        });
        println!(
            "fiche with its body {copies} times: {:.0} kB, {tests} tests, {:.2} ms, {:.1} ns a byte",
            larger.len() as f64 / 1e3,
            ms(time),
            time.as_secs_f64() * 1e9 / larger.len() as f64,
        );
    }
}

fn criterion(root: &Path, book: &RuleBook) {
    let mut criterion = Criterion::default().configure_from_args();
    for (what, file, volet) in &SAMPLES[..2] {
        let Ok(bytes) = std::fs::read(root.join("ExemplesCDA").join(file)) else {
            continue;
        };
        criterion.bench_function(&format!("rules/{what}"), |b| {
            b.iter(|| book.check(&bytes, choice(*volet), Mode::Official));
        });
    }
    criterion.final_summary();
}

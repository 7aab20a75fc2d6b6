//! The full cube of the indicators against DuckDB's `GROUP BY CUBE` with
//! `count(distinct)`: same facts, same threads, same run, every cell equal.
//!
//! `cargo bench -p dcc-benches --bench cube` runs the size of a large region:
//! 10 million fiches, 400 000 sessions, 300 establishments, 30 3C, 15 themes,
//! 12 months. Options, after `--`: `fiches=N` (sessions, patients and PPS
//! follow), `threads=N`, `nested=true` (each establishment has one 3C; by
//! default the two are independent, which makes the most cells).
//!
//! DuckDB is spared all that the library does beside counting: its keys are
//! whole numbers already, its versions already resolved, its sessions joined
//! to its fiches; only its `GROUP BY CUBE` queries are timed. Python with the
//! `duckdb` module is found through `DCC_PYTHON`, `target/venv` or the path;
//! without it the library alone is timed.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::HashMap;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use chrono::NaiveDate;
use dcc_core::indicators::{
    ComputeOptions, Dimension, FactStore, Indicators, Origin, Period, Scope, SessionFactStatus,
};
use dcc_tests::activity::Activity;
use dcc_tests::tools;

/// Mebibytes of the process, from the kernel's own count (`VmHWM` is the
/// highest since the last reset).
fn memory(field: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with(field));
    line.and_then(|l| l.split_whitespace().nth(1))
        .and_then(|n| n.parse::<u64>().ok())
        .unwrap_or(0)
        / 1024
}

/// Processor time of the process, all its threads, in seconds.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|n| n.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

fn forget_peak() {
    // refused on some systems: the peak is then that of the whole run
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

fn digits(text: &str) -> i64 {
    let start = text
        .rfind(|c: char| !c.is_ascii_digit())
        .map_or(0, |i| i + 1);
    text[start..].parse().unwrap()
}

fn label(text: Option<&str>) -> i64 {
    text.map_or(-2, digits)
}

fn main() {
    let mut options: HashMap<String, String> = HashMap::new();
    for argument in std::env::args().skip(1) {
        if let Some((name, value)) = argument.split_once('=') {
            options.insert(name.to_owned(), value.to_owned());
        }
    }
    let fiches: u64 = options
        .get("fiches")
        .map_or(10_000_000, |n| n.parse().unwrap());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads: usize = options.get("threads").map_or(cores, |n| n.parse().unwrap());
    let activity = Activity {
        seed: 2025,
        sessions: fiches / 25,
        fiches,
        patients: fiches * 2 / 5,
        pps: fiches / 5,
        rcps: 6_000,
        establishments: 300,
        centres_3c: 30,
        themes: 15,
        physicians: 50_000,
        professionals: 20_000,
        specialties: 40,
        attendances: 6,
        first: NaiveDate::from_ymd_opt(2025, 1, 1).unwrap(),
        days: 365,
        missing: 2,
        nested: options.get("nested").is_some_and(|n| n == "true"),
    };
    println!(
        "facts: {} fiches, {} sessions, {} patients, {} PPS; {threads} threads",
        fiches, activity.sessions, activity.patients, activity.pps
    );

    let dir = tools::scratch("bench-cube").unwrap();
    let (aggregate, seconds) = load(&activity, &dir);
    println!(
        "dcc: facts added in {seconds:.1} s ({:.2} µs a fact); {} MiB held",
        seconds * 1e6 / facts(&activity),
        memory("VmRSS")
    );

    let period = Period::year(2025).unwrap();
    let mut how = ComputeOptions::default().with_threads(threads);
    how.by_session = false;
    forget_peak();
    let (start, before) = (Instant::now(), processor_seconds());
    let indicators = aggregate.compute(period, &how);
    let (wall, cpu) = (start.elapsed().as_secs_f64(), processor_seconds() - before);
    println!(
        "dcc: full cube in {wall:.2} s ({cpu:.2} s of processor), {} cells, {} specialty rows; peak {} MiB, facts included",
        indicators.len(),
        indicators.specialty_len(),
        memory("VmHWM")
    );

    let Some(python) = tools::python_with("duckdb") else {
        return;
    };
    drop(aggregate);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/cube_duckdb.py");
    let run = Command::new(python)
        .arg(script)
        .arg(&dir)
        .arg(threads.to_string())
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let text = String::from_utf8(run.stdout).unwrap();
    print!("{text}");
    let line = text
        .lines()
        .find_map(|l| l.strip_prefix("duckdb: total "))
        .unwrap();
    let mut numbers = line.split(' ').filter_map(|word| word.parse::<f64>().ok());
    let (duckdb_wall, duckdb_cpu) = (numbers.next().unwrap(), numbers.next().unwrap());
    let compared = compare(&indicators, &dir);
    println!("equal: {compared} numbers, every indicator in every cell");
    println!(
        "ratio: dcc is {:.1} times as fast as DuckDB ({duckdb_wall:.2} s / {wall:.2} s, {threads} threads each, one run each)",
        duckdb_wall / wall
    );
    println!(
        "ratio of processor time, which other programs disturb less: {:.1} ({duckdb_cpu:.2} s / {cpu:.2} s)",
        duckdb_cpu / cpu
    );
    std::fs::remove_dir_all(dir).unwrap();
}

fn facts(activity: &Activity) -> f64 {
    (activity.fiches + activity.sessions * (1 + activity.attendances) + activity.pps) as f64
}

/// Adds the facts to an aggregate (timed), and writes them for DuckDB.
fn load(activity: &Activity, dir: &Path) -> (FactStore, f64) {
    let mut aggregate = FactStore::new();
    let mut seconds = 0.0;
    let file = |name: &str| BufWriter::new(std::fs::File::create(dir.join(name)).unwrap());
    let mut sessions = file("sessions.csv");
    let mut attendances = file("attendances.csv");
    for i in 0..activity.sessions {
        let s = activity.session(i);
        let start = Instant::now();
        assert!(aggregate.add_session(&s, Origin::new("sessions", i as u32 + 1)));
        seconds += start.elapsed().as_secs_f64();
        let status = match s.status {
            SessionFactStatus::Planned => 0,
            SessionFactStatus::Held => 1,
            SessionFactStatus::Cancelled => 2,
        };
        let quorum = s.quorum_reached.map_or(2, i32::from);
        writeln!(
            sessions,
            "{i},{},{status},{quorum},{},{},{}",
            s.date.format("%-m"),
            label(s.establishment.as_deref()),
            label(s.centre_3c.as_deref()),
            label(s.theme.as_deref())
        )
        .unwrap();
        for a in &s.attendances {
            writeln!(
                attendances,
                "{i},{},{}",
                digits(&a.professional),
                label(a.specialty.as_deref())
            )
            .unwrap();
        }
    }
    let mut out = file("fiches.csv");
    const BATCH: u64 = 100_000;
    for from in (0..activity.fiches).step_by(BATCH as usize) {
        let batch: Vec<_> = (from..(from + BATCH).min(activity.fiches))
            .map(|i| activity.fiche(i, activity.last_version(i)))
            .collect();
        let start = Instant::now();
        for (i, fiche) in batch.iter().enumerate() {
            assert!(
                aggregate.add_fiche(fiche, Origin::new("fiches", (from as usize + i) as u32 + 1))
            );
        }
        seconds += start.elapsed().as_secs_f64();
        for f in &batch {
            let physician = f
                .flags
                .attending_physician
                .as_deref()
                .map_or(String::new(), |p| digits(p).to_string());
            let b = i32::from;
            writeln!(
                out,
                "{},{},{physician},{},{},{},{},{},{},{}",
                digits(&f.session),
                digits(&f.patient),
                b(f.validated),
                b(f.flags.attending_physician_mssante),
                b(f.flags.g8),
                b(f.flags.oncogeriatric_requested),
                b(f.flags.fertility_preservation),
                b(f.flags.trial_proposed),
                f.flags.guideline_respected.map_or(2, i32::from)
            )
            .unwrap();
        }
    }
    let mut out = file("pps.csv");
    for i in 0..activity.pps {
        let p = activity.one_pps(i, 1);
        let start = Instant::now();
        assert!(aggregate.add_pps(&p, Origin::new("pps", i as u32 + 1)));
        seconds += start.elapsed().as_secs_f64();
        if let Some(date) = p.validated_on {
            writeln!(
                out,
                "{},{},{},{}",
                date.format("%-m"),
                label(p.establishment.as_deref()),
                label(p.centre_3c.as_deref()),
                label(p.theme.as_deref())
            )
            .unwrap();
        }
    }
    (aggregate, seconds)
}

fn key(scope: &Scope) -> [i64; 4] {
    let code = |d: &Dimension| match d {
        Dimension::All => -1,
        Dimension::Missing => -2,
        Dimension::Value(v) => digits(v),
    };
    [
        scope.month.map_or(-1, |m| m.month.into()),
        code(&scope.establishment),
        code(&scope.centre_3c),
        code(&scope.theme),
    ]
}

/// Every number of DuckDB is ours, and every number of ours is DuckDB's.
fn compare(indicators: &Indicators, dir: &Path) -> u64 {
    let mut compared = 0;
    let cells: HashMap<[i64; 4], _> = indicators.unmasked().map(|(s, c)| (key(&s), *c)).collect();
    let mut ours: u64 = cells
        .values()
        .flat_map(|c| c.fields())
        .map(|(_, n)| u64::from(n))
        .sum();
    for table in ["fiche", "session", "attendance", "pps"] {
        let text = std::fs::read_to_string(dir.join(format!("{table}.out.csv"))).unwrap();
        let mut lines = text.lines();
        let names: Vec<&str> = lines.next().unwrap().split(',').skip(4).collect();
        for line in lines {
            let n: Vec<i64> = line.split(',').map(|n| n.parse().unwrap()).collect();
            let counts = &cells[&[n[0], n[1], n[2], n[3]]];
            let fields: HashMap<_, _> = counts.fields().into();
            for (name, &there) in names.iter().zip(&n[4..]) {
                assert_eq!(i64::from(fields[name]), there, "{name} of {line}");
                compared += 1;
                ours -= there as u64;
            }
        }
    }
    assert_eq!(ours, 0, "numbers that DuckDB does not give");
    let text = std::fs::read_to_string(dir.join("specialty.out.csv")).unwrap();
    let mut there: HashMap<Vec<i64>, (u64, u64)> = HashMap::new();
    for line in text.lines().skip(1) {
        let n: Vec<i64> = line.split(',').map(|n| n.parse().unwrap()).collect();
        there.insert(n[..5].to_vec(), (n[5] as u64, n[6] as u64));
    }
    assert_eq!(there.len(), indicators.specialty_len());
    for row in indicators.specialty_rows() {
        let mut k = key(&row.scope).to_vec();
        k.push(label(row.specialty));
        assert_eq!(
            there.get(&k),
            Some(&(row.attendances, row.sessions)),
            "{k:?}"
        );
        compared += 2;
    }
    compared
}

//! The directory at the size of the nation: load, look-ups, searches, memory,
//! against DuckDB and SQLite on the same text and the same questions.
//!
//! `cargo bench -p dcc-benches --bench directory`: 2.4 million activities and
//! 535 000 mailboxes. Options, after `--`: `activities=N`, `mailboxes=N`,
//! `peers=false`. One thread everywhere. Targets: 300 MB/s from the text to a
//! file that answers, 200 ns a look-up, 1 ms a search by name at the 99th
//! percentile, a file of at most a quarter of the text.
//!
//! The peers load the columns that the questions need, no more, and have an
//! index on each (SQLite) or their own (DuckDB). Python with the `duckdb`
//! module is found through `DCC_PYTHON`, `target/venv` or the path; without it
//! the library alone is timed.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use dcc_benches::directory::{Choices, Edition};
use dcc_directory::{Directory, DirectoryBuilder, EditionDate, Nearness, PersonQuery, Source};
use dcc_tests::tools;

/// Mebibytes of the process (`VmHWM` is the highest since the last reset).
fn memory(field: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with(field));
    line.and_then(|l| l.split_whitespace().nth(1))
        .and_then(|n| n.parse::<u64>().ok())
        .unwrap_or(0)
        / 1024
}

/// Processor time of the process, in seconds.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|n| n.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0
}

/// Runs something and gives its wall and processor seconds.
fn timed<T>(run: impl FnOnce() -> T) -> (T, f64, f64) {
    let (start, before) = (Instant::now(), processor());
    let value = run();
    (value, start.elapsed().as_secs_f64(), processor() - before)
}

/// Median and 99th percentile, in microseconds.
fn percentiles(times: &mut [Duration]) -> (f64, f64) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e6;
    (at(0.5), at(0.99))
}

struct Question {
    kind: &'static str,
    first: String,
    second: String,
}

fn questions(edition: &Edition, count: u64) -> Vec<Question> {
    let mut all = Vec::new();
    let mut ask = |kind, first: &str, second: &str| {
        all.push(Question {
            kind,
            first: first.to_owned(),
            second: second.to_owned(),
        })
    };
    for i in 0..count {
        let mut c = Choices::of(7, 7, i);
        let p = edition.person(c.below(edition.persons()));
        ask("id", &p.national, "");
        let plain = |text: &str| text.bytes().all(|b| b.is_ascii_uppercase());
        if plain(&p.surname) {
            ask("surname", &p.surname, "");
            ask("full", &p.surname, &p.given);
            if p.surname.len() > 5 {
                ask("prefix", &p.surname[..p.surname.len() - 2], &p.given);
                // two letters exchanged, or one missing
                let at = 1 + c.below(p.surname.len() as u64 - 3) as usize;
                let mut bytes = p.surname.clone().into_bytes();
                if i % 2 == 0 {
                    bytes.swap(at, at + 1)
                } else {
                    bytes.remove(at);
                }
                ask("fault", std::str::from_utf8(&bytes).unwrap(), "");
            }
        } else {
            ask("compound", &p.surname, &p.given);
        }
        ask("site", &edition.finess(c.below(edition.sites())), "");
    }
    all
}

/// PS_IdNat of the answer to a question.
fn answer(directory: &Directory<'_>, q: &Question) -> (BTreeSet<String>, Duration) {
    let mut query = PersonQuery::default();
    query.limit = 1_000_000;
    let start = Instant::now();
    let found: Vec<_> = match q.kind {
        "id" => directory.professional(&q.first).value.into_iter().collect(),
        "site" => directory
            .structures(&q.first)
            .value
            .iter()
            .flat_map(|s| s.staff())
            .map(|a| a.professional())
            .collect(),
        _ => {
            query.surname = Some(&q.first);
            query.given = Some(&q.second)
                .filter(|g| !g.is_empty())
                .map(String::as_str);
            query.faults = u8::from(q.kind == "fault");
            let matches = directory.search(&query).value;
            assert!(matches.complete, "{} {}", q.kind, q.first);
            let exact = matches!(q.kind, "surname" | "full" | "compound");
            matches
                .found
                .iter()
                .filter(|m| !exact || m.nearness == Nearness::Exact)
                .map(|m| m.professional)
                .collect()
        }
    };
    let time = start.elapsed();
    (found.iter().map(|p| p.national_id()).collect(), time)
}

fn main() {
    let mut options: HashMap<String, String> = HashMap::new();
    for argument in std::env::args().skip(1) {
        if let Some((name, value)) = argument.split_once('=') {
            options.insert(name.to_owned(), value.to_owned());
        }
    }
    let number =
        |name: &str, default: u64| options.get(name).map_or(default, |n| n.parse().unwrap());
    let default = Edition::default();
    let edition = Edition {
        activities: number("activities", default.activities),
        mailboxes: number("mailboxes", default.mailboxes),
        ..default
    };
    let dir = tools::scratch("bench-directory").unwrap();
    let paths = ["activities.txt", "mailboxes.txt"].map(|name| dir.join(name));
    std::fs::write(&paths[0], edition.activities_text()).unwrap();
    std::fs::write(&paths[1], edition.mailboxes_text()).unwrap();
    let text: u64 = paths
        .iter()
        .map(|p| std::fs::metadata(p).unwrap().len())
        .sum();
    println!(
        "text: {} activities of {} persons, {} mailboxes, {:.1} MB",
        edition.activities,
        edition.persons(),
        edition.mailboxes,
        text as f64 / 1e6
    );

    let before = memory("VmRSS");
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let date = EditionDate::parse("2026-08-26").unwrap();
    let mut builder = DirectoryBuilder::default();
    let (mut wall, mut cpu) = (0.0, 0.0);
    for (source, path) in [Source::Activities, Source::Mailboxes]
        .into_iter()
        .zip(&paths)
    {
        let size = std::fs::metadata(path).unwrap().len() as f64 / 1e6;
        let (report, w, c) = timed(|| {
            builder
                .read(source, date, std::fs::File::open(path).unwrap())
                .unwrap()
        });
        assert!(report.problems.is_empty(), "{}", report.problems);
        println!(
            "dcc: {source:?} read in {w:.2} s ({c:.2} s of processor): {:.0} MB/s",
            size / c
        );
        wall += w;
        cpu += c;
    }
    let (file, w, c) = timed(|| builder.finish().unwrap());
    println!("dcc: file made in {w:.2} s ({c:.2} s of processor)");
    (wall, cpu) = (wall + w, cpu + c);
    println!(
        "dcc: from text to file in {wall:.2} s ({cpu:.2} s of processor): {:.0} MB/s of wall, {:.0} MB/s of processor",
        text as f64 / 1e6 / wall,
        text as f64 / 1e6 / cpu
    );
    println!(
        "dcc: peak while loading {} MiB",
        memory("VmHWM").saturating_sub(before)
    );
    println!(
        "dcc: file of {:.1} MB, {:.3} of the text",
        file.len() as f64 / 1e6,
        file.len() as f64 / text as f64
    );
    let (directory, w, _) = timed(|| Directory::open(&file).unwrap());
    println!("dcc: opened and verified in {:.0} ms", w * 1e3);
    let (_, w, _) = timed(|| Directory::open_unverified(&file).unwrap());
    println!("dcc: opened without the checksum in {:.0} ms", w * 1e3);

    if options.get("only").is_some_and(|o| o == "load") {
        return;
    }
    look_ups(&edition, &directory);
    let asked = questions(&edition, 2_000);
    let mut answers = Vec::new();
    let mut times: HashMap<&str, Vec<Duration>> = HashMap::new();
    for q in &asked {
        // the best of five, which other programs disturb least
        let (ids, first) = answer(&directory, q);
        let time = (0..4)
            .map(|_| answer(&directory, q).1)
            .fold(first, Duration::min);
        times.entry(q.kind).or_default().push(time);
        answers.push(ids);
    }
    let mut kinds: Vec<_> = times.into_iter().collect();
    kinds.sort();
    let mut of_names = Vec::new();
    for (kind, mut times) in kinds {
        let (median, last) = percentiles(&mut times);
        println!(
            "dcc: {kind}: median {median:.1} µs, 99th percentile {last:.1} µs, every answer in full, best of five"
        );
        if !matches!(kind, "id" | "site") {
            of_names.extend(times);
        }
    }
    let (median, last) = percentiles(&mut of_names);
    println!("dcc: searches by name together: median {median:.1} µs, 99th percentile {last:.1} µs");
    if options.get("peers").is_none_or(|p| p != "false") {
        peers(&dir, &asked, &answers);
    }
    std::fs::remove_dir_all(dir).unwrap();
}

fn look_ups(edition: &Edition, directory: &Directory<'_>) {
    let ids: Vec<String> = (0..1_000_000u64)
        .map(|i| {
            edition
                .person(Choices::of(9, 9, i).below(edition.persons()))
                .national
        })
        .collect();
    let rounds = |name: &str, of: &dyn Fn(&str) -> usize| {
        let (mut wall, mut cpu) = (f64::MAX, f64::MAX);
        for _ in 0..5 {
            let (sum, w, c) = timed(|| ids.iter().map(|id| of(black_box(id))).sum::<usize>());
            assert!(sum > 0);
            (wall, cpu) = (wall.min(w), cpu.min(c));
        }
        let each = |seconds: f64| seconds / ids.len() as f64 * 1e9;
        println!(
            "dcc: {:.0} ns {name} ({:.0} ns of processor), {} ids in random order",
            each(wall),
            each(cpu),
            ids.len()
        );
    };
    rounds("a look-up", &|id| {
        usize::from(directory.professional(id).value.is_some())
    });
    rounds("a look-up, its activities counted", &|id| {
        directory
            .professional(id)
            .value
            .map_or(0, |p| p.activities().count())
    });
    rounds("a look-up, its name read", &|id| {
        directory
            .professional(id)
            .value
            .map_or(0, |p| p.surname().len())
    });
}

fn peers(dir: &Path, asked: &[Question], answers: &[BTreeSet<String>]) {
    let Some(python) = tools::python_with("duckdb") else {
        return;
    };
    let mut lines = String::new();
    for (q, ids) in asked.iter().zip(answers) {
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        writeln!(
            lines,
            "{}\t{}\t{}\t{}",
            q.kind,
            q.first,
            q.second,
            ids.join(",")
        )
        .unwrap();
    }
    std::fs::write(dir.join("questions.tsv"), lines).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/directory_peers.py");
    let run = Command::new(python).arg(script).arg(dir).output().unwrap();
    print!("{}", String::from_utf8_lossy(&run.stdout));
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
}

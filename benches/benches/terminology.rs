//! Value sets: looking up a code. Baseline: reading the concepts one by one.

#![allow(missing_docs, clippy::unwrap_used)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use dcc_core::terminology::{Code, Jdv, Terminology, ValueSet};

/// Codes of every part of the set, and as many that it does not hold.
fn codes(set: &ValueSet) -> Vec<String> {
    set.iter()
        .step_by(7)
        .flat_map(|concept| [concept.code.to_string(), format!("{}?", concept.code)])
        .collect()
}

fn linear(set: &ValueSet, code: &str) -> bool {
    set.iter().any(|concept| concept.code == code)
}

/// Shortest time of one call of `work`, over a few rounds.
fn shortest(mut work: impl FnMut()) -> Duration {
    (0..20)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .min()
        .unwrap()
}

fn terminology(c: &mut Criterion) {
    let set = Terminology::embedded().set(Jdv::Morphologie);
    let codes = codes(set);

    let mut group = c.benchmark_group("value set, all codes");
    group.bench_function("find", |b| {
        b.iter(|| {
            codes
                .iter()
                .filter(|code| set.find(black_box(code)).is_some())
                .count()
        });
    });
    group.bench_function("baseline: one by one", |b| {
        b.iter(|| {
            codes
                .iter()
                .filter(|code| linear(set, black_box(code)))
                .count()
        });
    });
    group.finish();
    c.bench_function("value set, nearest to a wrong code", |b| {
        let code = Code::new("8000/33");
        b.iter(|| set.nearest_to(black_box(&code), None, 5));
    });
    c.bench_function("value set, search", |b| {
        b.iter(|| set.search(black_box("carcinome canalaire")))
    });

    let count = u32::try_from(codes.len()).unwrap();
    let find = shortest(|| {
        for code in &codes {
            black_box(set.find(black_box(code)));
        }
    }) / count;
    let baseline = shortest(|| {
        for code in &codes {
            black_box(linear(set, black_box(code)));
        }
    }) / count;
    println!(
        "find in {} concepts: {find:?} a code, {:.0} times faster than one by one ({baseline:?})",
        set.len(),
        baseline.as_secs_f64() / find.as_secs_f64(),
    );
}

criterion_group!(benches, terminology);
criterion_main!(benches);

//! JSON to CDA through the C API. Baseline: the same in Rust.
//!
//! `cargo bench -p dcc-benches --bench c_api`

#![allow(missing_docs, clippy::unwrap_used)]

use std::hint::black_box;
use std::ptr;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use dcc::bytes::{DccBytes, dcc_bytes_free, dcc_bytes_len};
use dcc::document::{
    DccDocument, dcc_document_free, dcc_document_from_json, dcc_document_kind, dcc_document_to_cda,
};
use dcc_core::document::Document;

const JSON: &[u8] = include_bytes!("../../dcc-core/examples/data/fiche_rcp_sein.json");

fn in_rust(json: &[u8]) -> usize {
    Document::from_json(json).unwrap().to_cda().unwrap().len()
}

fn read_by_c(json: &[u8]) -> *mut DccDocument {
    let mut document = ptr::null_mut();
    // SAFETY: a text, and a place on the stack.
    unsafe {
        dcc_document_from_json(
            json.as_ptr().cast(),
            json.len(),
            &raw mut document,
            ptr::null_mut(),
        );
    }
    document
}

fn through_c(json: &[u8]) -> usize {
    let document = read_by_c(json);
    let mut cda = ptr::null_mut::<DccBytes>();
    // SAFETY: places on the stack, each handle freed once.
    unsafe {
        dcc_document_to_cda(document, ptr::null(), &raw mut cda, ptr::null_mut());
        let len = dcc_bytes_len(cda);
        dcc_bytes_free(cda);
        dcc_document_free(document);
        len
    }
}

/// Shortest time of one call of `work`, over a few rounds.
fn shortest(mut work: impl FnMut() -> usize) -> Duration {
    (0..200)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed()
        })
        .min()
        .unwrap()
}

fn c_api(c: &mut Criterion) {
    assert_eq!(in_rust(JSON), through_c(JSON));
    let mut group = c.benchmark_group("JSON to CDA");
    group.bench_function("through C", |b| b.iter(|| through_c(black_box(JSON))));
    group.bench_function("baseline: Rust", |b| b.iter(|| in_rust(black_box(JSON))));
    group.finish();
    let document = read_by_c(JSON);
    c.bench_function("the smallest call through C", |b| {
        b.iter(|| {
            let mut kind = std::mem::MaybeUninit::uninit();
            // SAFETY: a live handle, and a place on the stack.
            unsafe { dcc_document_kind(black_box(document), kind.as_mut_ptr()) }
        });
    });
    // SAFETY: freed once.
    unsafe { dcc_document_free(document) };

    let (rust, by_c) = (shortest(|| in_rust(JSON)), shortest(|| through_c(JSON)));
    println!(
        "JSON to CDA: {by_c:?} through C, {rust:?} in Rust, ratio {:.3}",
        by_c.as_secs_f64() / rust.as_secs_f64(),
    );
}

criterion_group!(benches, c_api);
criterion_main!(benches);

//! Time and size of the HTML and the PDF of the official fiche RCP sample,
//! against the named baseline: reading the same document as bytes into a
//! bounded XML tree, which every use of a document pays.
#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dcc_core::render::Page;
use dcc_core::render::html::{HtmlOptions, to_html};
use dcc_core::render::pdf::{PdfOptions, to_pdf};
use dcc_core::xml::{Limits, Tree, decode};

const SAMPLE: &str = "ExemplesCDA/CANCER-FRCP_2022.01_Appareil.xml";

/// Median of 15 runs.
fn median(mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..15)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[7]
}

fn render(c: &mut Criterion) {
    let cisis = std::env::var_os("DCC_CISIS_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/cisis"),
        PathBuf::from,
    );
    let Ok(bytes) = std::fs::read(cisis.join(SAMPLE)) else {
        println!("skipped: no {SAMPLE}, set DCC_CISIS_DIR");
        return;
    };
    let limits = Limits::default();
    let page = Page::from_cda(&bytes, &limits).unwrap();
    let html = HtmlOptions::default();
    let pdf = PdfOptions::default();

    let tree = || {
        let text = decode(&bytes).unwrap();
        black_box(Tree::parse(&text, &limits).unwrap().len());
    };
    let baseline = median(tree);
    let all: [(&str, &dyn Fn() -> usize); 3] = [
        ("page", &|| {
            black_box(Page::from_cda(&bytes, &limits).unwrap());
            0
        }),
        ("html", &|| {
            black_box(to_html(&page, &html)).expect("no logo").len()
        }),
        ("pdf", &|| {
            black_box(to_pdf(&page, &pdf).unwrap().bytes).len()
        }),
    ];
    println!(
        "baseline xml-tree: {baseline:?} for {} bytes of CDA",
        bytes.len()
    );
    for (name, run) in all {
        let time = median(|| {
            run();
        });
        let ratio = time.as_secs_f64() / baseline.as_secs_f64();
        println!(
            "{name}: {time:?}, {ratio:.2} × xml-tree, {} bytes out",
            run()
        );
    }

    let mut group = c.benchmark_group("render");
    group.throughput(Throughput::Bytes(bytes.len() as u64));
    group.bench_function("xml-tree", |b| b.iter(tree));
    for (name, run) in all {
        group.bench_function(name, |b| b.iter(run));
    }
    group.finish();
}

criterion_group!(benches, render);
criterion_main!(benches);

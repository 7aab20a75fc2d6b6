//! Times the calls that `benches/call.py` times through Python:
//! `cargo run --release -p dcc-benches --example call -- FICHE.json SECONDS`.
//!
//! Prints one line a call: name, nanoseconds.

use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use std::{env, fs, io};

use dcc_core::document::Document;

/// Rounds that a measure is cut into.
const ROUNDS: u32 = 20;

/// Mean time of a call in the best of the rounds, all about that long: what
/// else the machine does only makes a round slower.
fn time(name: &str, long: Duration, mut call: impl FnMut()) {
    call();
    let best = (0..ROUNDS).map(|_| {
        let (start, mut calls) = (Instant::now(), 0_u32);
        while start.elapsed() < long / ROUNDS {
            call();
            calls += 1;
        }
        start.elapsed().as_nanos() / u128::from(calls.max(1))
    });
    println!("{name} {}", best.min().unwrap_or_default());
}

fn main() -> io::Result<()> {
    let mut args = env::args().skip(1);
    let file = args.next().map(PathBuf::from).unwrap_or_default();
    let long = args.next().and_then(|s| s.parse().ok()).unwrap_or(2.0);
    let long = Duration::from_secs_f64(long);
    let text = fs::read(file)?;
    let document = Document::from_json(&text).map_err(io::Error::other)?;
    let xml = document.to_cda().map_err(io::Error::other)?;
    time("from_json", long, || {
        let _ = black_box(Document::from_json(black_box(&text)));
    });
    time("to_cda", long, || {
        let _ = black_box(black_box(&document).to_cda());
    });
    time("from_cda", long, || {
        let _ = black_box(Document::from_cda(black_box(&xml)));
    });
    Ok(())
}

//! Writes random PPS as CDA files, to be judged by the official rules.
//!
//! `cargo run --release -p dcc-tests --example random_pps -- 300 out/`

use std::path::PathBuf;
use std::{env, fs};

use dcc_tests::random::any_pps;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = env::args().skip(1);
    let count: usize = args.next().unwrap_or_else(|| "300".to_owned()).parse()?;
    let folder = PathBuf::from(args.next().unwrap_or_else(|| "out".to_owned()));
    fs::create_dir_all(&folder)?;
    let mut runner = TestRunner::deterministic();
    let strategy = any_pps();
    for i in 0..count {
        let pps = strategy
            .new_tree(&mut runner)
            .map_err(|r| r.message().to_owned())?
            .current();
        let document = pps.to_cda().map_err(|problems| problems.to_string())?;
        fs::write(folder.join(format!("pps_{i:05}.xml")), document)?;
    }
    Ok(())
}

//! Writes random valid PPS into a folder, for a validator of CDA documents.
//!
//! `cargo run --release -p dcc-tests --example dump_pps -- FOLDER COUNT SEED`

use std::path::Path;
use std::process::ExitCode;

use dcc_tests::strategies::{of, pps::pps};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, count, seed] = &arguments[..] else {
        eprintln!("dump_pps FOLDER COUNT SEED");
        return ExitCode::from(2);
    };
    let (Ok(count), Ok(seed)) = (count.parse(), seed.parse()) else {
        eprintln!("COUNT and SEED are whole numbers");
        return ExitCode::from(2);
    };
    for (i, pps) in of(pps).sample(count, seed).into_iter().enumerate() {
        let problems = pps.check();
        let Ok(document) = pps.to_cda() else {
            eprintln!("pps {i} is refused:\n{problems}");
            return ExitCode::FAILURE;
        };
        for (name, content) in [
            (format!("{i:04}.xml"), document),
            (
                format!("{i:04}.json"),
                pps.to_json().expect("legal").into_bytes(),
            ),
        ] {
            if let Err(e) = std::fs::write(Path::new(folder).join(&name), content) {
                eprintln!("{name}: {e}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

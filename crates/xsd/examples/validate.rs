//! Validates documents against a schema on disk.
//!
//! ```text
//! cargo run -p dcc-xsd --example validate -- FOLDER ENTRY.xsd[,OTHER.xsd] DOC.xml...
//! ```
//!
//! One line a document, then its breaches; exit status 1 when one is not
//! valid. With `-` in place of the documents, their names come from standard
//! input, one a line.

use std::io::{self, BufRead};
use std::path::Path;
use std::process::ExitCode;

use dcc_xsd::{Limits, Schema};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, entries, documents @ ..] = arguments.as_slice() else {
        eprintln!("validate FOLDER ENTRY.xsd[,OTHER.xsd] DOC.xml...");
        return ExitCode::from(2);
    };
    let source = |path: &str| std::fs::read(Path::new(folder).join(path)).ok();
    let entries: Vec<&str> = entries.split(',').collect();
    let schema = match Schema::compile_all(&entries, &source) {
        Ok(schema) => schema,
        Err(errors) => {
            eprintln!("{errors}");
            return ExitCode::from(2);
        }
    };
    let documents: Vec<String> = if documents == ["-"] {
        io::stdin().lock().lines().map_while(Result::ok).collect()
    } else {
        documents.to_vec()
    };
    let mut all_valid = true;
    for document in documents {
        let bytes = match std::fs::read(&document) {
            Ok(bytes) => bytes,
            Err(error) => {
                eprintln!("{document} : {error}");
                return ExitCode::from(2);
            }
        };
        match schema.validate(&bytes, &Limits::default()) {
            Ok(findings) if findings.is_valid() => println!("{document} : valide"),
            Ok(findings) => {
                all_valid = false;
                println!("{document} : {} écart(s)", findings.total);
                for finding in findings.findings {
                    println!("  {finding}");
                }
            }
            Err(error) => {
                all_valid = false;
                println!("{document} : XML incorrect, {error}");
            }
        }
    }
    ExitCode::from(u8::from(!all_valid))
}

//! From JSON documents to CDA: the main job.
//!
//! `cargo run --release --example parcours [-- INPUT_DIR OUTPUT_DIR]` turns
//! every `*.json` of INPUT_DIR (the bundled documents by default) into
//! `OUTPUT_DIR/<name>.xml` (`out/` by default). A refused file tells all its
//! problems, writes nothing, and makes the exit status 1.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use std::{env, fs, io};

use dcc_core::document::Document;
use dcc_core::problem::Problems;

fn main() -> ExitCode {
    let mut args = env::args_os().skip(1).map(PathBuf::from);
    let bundled = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data");
    let input = args.next().unwrap_or(bundled);
    let output = args.next().unwrap_or_else(|| PathBuf::from("out"));
    match run(&input, &output) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(e) => {
            eprintln!("{} : {e}", input.display());
            ExitCode::FAILURE
        }
    }
}

/// Converts a folder; answers whether every file was written.
fn run(input: &Path, output: &Path) -> io::Result<bool> {
    let mut files: Vec<PathBuf> = fs::read_dir(input)?
        .collect::<Result<Vec<_>, _>>()?
        .iter()
        .map(fs::DirEntry::path)
        .collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "json"));
    files.sort();
    if files.is_empty() {
        return Err(io::Error::new(
            io::ErrorKind::NotFound,
            "aucun fichier .json",
        ));
    }
    fs::create_dir_all(output)?;
    println!(
        "{:<28} {:<10} {:>6} {:>8} {:>9} {:>9}",
        "fichier", "document", "niveau", "octets", "problèmes", "ms"
    );
    let mut all = true;
    for file in files {
        let name = file
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let text = fs::read(&file)?;
        let start = Instant::now();
        match convert(&text) {
            Ok((document, xml, problems)) => {
                let ms = start.elapsed().as_secs_f64() * 1000.0;
                // written beside then renamed: never a half-written document
                let target = output.join(format!("{name}.xml"));
                let partial = output.join(format!(".{name}.xml.partial"));
                fs::write(&partial, &xml)?;
                fs::rename(&partial, &target)?;
                println!(
                    "{name:<28} {:<10} {:>6} {:>8} {:>9} {ms:>9.2}",
                    document.kind(),
                    3,
                    xml.len(),
                    problems.len()
                );
                for problem in &problems {
                    println!("    avertissement {problem}");
                }
            }
            Err(problems) => {
                all = false;
                println!(
                    "{name:<28} {:<10} {:>6} {:>8} {:>9}",
                    "refusé",
                    "-",
                    "-",
                    problems.len()
                );
                for problem in &problems {
                    eprintln!("    {problem}");
                }
            }
        }
    }
    Ok(all)
}

fn convert(text: &[u8]) -> Result<(Document, Vec<u8>, Problems), Problems> {
    let document = Document::from_json(text)?;
    let xml = document.to_cda()?;
    let problems = document.check();
    Ok((document, xml, problems))
}

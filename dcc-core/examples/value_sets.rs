//! Writes the embedded tables of value sets from the files of the ANS.
//!
//! `cargo run -p dcc-core --example value_sets -- <folder jeuxDeValeurs>`
//!
//! Every set of [`Jdv`] is read from `<name>.xml` in that folder; a set whose
//! file is missing or cannot be read keeps its table, and the command fails
//! once it has said everything.

use std::path::Path;
use std::process::ExitCode;

use dcc_core::problem::Problems;
use dcc_core::terminology::{Jdv, ValueSet, table};

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1) else {
        eprintln!("usage: value_sets <folder of the JDV_*.xml files>");
        return ExitCode::FAILURE;
    };
    let tables = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/terminology/src/tables");
    let mut failed = false;
    let mut size = 0;
    for jdv in Jdv::ALL {
        match table_of(Path::new(&folder), *jdv) {
            Ok(text) => {
                size += text.len();
                if let Err(error) = std::fs::write(tables.join(format!("{jdv}.tsv")), text) {
                    eprintln!("{jdv}: {error}");
                    failed = true;
                }
            }
            Err(error) => {
                eprintln!("{jdv}: {error}");
                failed = true;
            }
        }
    }
    println!("{} tables, {} kB", Jdv::ALL.len(), size / 1000);
    if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

fn table_of(folder: &Path, jdv: Jdv) -> Result<String, String> {
    let file = format!("{jdv}.xml");
    let xml = std::fs::read(folder.join(&file)).map_err(|error| error.to_string())?;
    let mut problems = Problems::new();
    let set = ValueSet::read_svs(&xml, &mut problems);
    for problem in &problems {
        eprintln!("{jdv}: {problem}");
    }
    let set = set.ok_or("not readable")?;
    if set.oid() != jdv.oid() || set.name() != jdv.name() {
        return Err(format!(
            "the file is {} ({}), expected {}",
            set.name(),
            set.oid(),
            jdv.oid()
        ));
    }
    Ok(table::write(
        &set,
        &format!("ANS, jeux de valeurs du CI-SIS, {file}"),
    ))
}

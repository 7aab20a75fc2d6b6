//! Writes the JSON Schemas into `schemas/`, one file a kind:
//! `cargo run -p dcc-core --features schema --example schemas`.

use std::path::Path;
use std::{fs, io};

use dcc_core::schema;

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    fs::create_dir_all(&folder)?;
    for kind in schema::KINDS {
        let file = folder.join(format!("{}.schema.json", kind.name));
        fs::write(&file, schema::text(kind.name).unwrap_or_default())?;
        println!("{}", file.display());
    }
    Ok(())
}

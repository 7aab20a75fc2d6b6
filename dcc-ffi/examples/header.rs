//! Writes `include/dcc.h` again: `cargo run -p dcc-ffi --example header`.

use std::path::{Path, PathBuf};

fn main() -> std::io::Result<()> {
    let path = path();
    std::fs::write(&path, header())?;
    println!("{}", path.display());
    Ok(())
}

/// Where the header is committed.
pub fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../include/dcc.h")
}

/// The header that the sources give.
pub fn header() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = cbindgen::Config::from_file(root.join("cbindgen.toml")).expect("cbindgen.toml");
    let mut builder = cbindgen::Builder::new().with_config(config);
    // in the order of the map of the crate, without its features
    for module in modules(&root.join("src/lib.rs")) {
        builder = builder.with_src(root.join("src").join(module + ".rs"));
    }
    let mut bytes = Vec::new();
    builder
        .generate()
        .expect("cbindgen reads the sources")
        .write(&mut bytes);
    without_safety(&String::from_utf8(bytes).expect("the sources are UTF-8"))
}

fn modules(lib: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(lib).expect("lib.rs");
    let mut lines = text.lines().peekable();
    let mut out = Vec::new();
    while let Some(line) = lines.next() {
        if line.starts_with("#[cfg") {
            lines.next(); // what UniFFI exports is not C
        } else if let Some(name) = line.strip_prefix("pub mod ") {
            out.push(name.trim_end_matches(';').to_owned());
        }
    }
    out
}

/// The `# Safety` of a Rust function is what the conventions say once.
fn without_safety(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_safety = false;
    for line in text.lines() {
        is_safety = match line.trim() {
            "* # Safety" => true,
            "*/" => false,
            _ => is_safety,
        };
        if line.trim() == "*/" && out.ends_with(" *\n") {
            out.truncate(out.len() - " *\n".len());
        }
        if !is_safety {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

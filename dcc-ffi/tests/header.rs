//! The committed header is the one that the sources give, and is documented.

#![allow(clippy::unwrap_used)]

#[path = "../examples/header.rs"]
#[allow(dead_code, unreachable_pub)]
mod header;

#[test]
fn the_header_is_up_to_date() {
    let committed = std::fs::read_to_string(header::path()).unwrap_or_default();
    assert!(
        committed == header::header(),
        "include/dcc.h is stale: cargo run -p dcc-ffi --example header"
    );
}

#[test]
fn every_function_of_the_sources_is_in_the_header_and_documented() {
    let text = header::header();
    let lines: Vec<&str> = text.lines().collect();
    let mut functions = 0;
    for (i, line) in lines.iter().enumerate() {
        if line.starts_with("DCC_API") {
            functions += 1;
            assert_eq!(lines[i - 1].trim(), "*/", "not documented: {line}");
        }
    }
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let exported: usize = std::fs::read_dir(source)
        .unwrap()
        .map(|f| f.unwrap().path())
        .filter(|f| f.extension().is_some_and(|e| e == "rs"))
        .map(|f| {
            std::fs::read_to_string(f)
                .unwrap()
                .matches("#[unsafe(no_mangle)]")
                .count()
        })
        .sum();
    assert_eq!(functions, exported);
    assert!(functions > 20);
}

//! Documents read the same when another crate of the build turns on
//! serde_json's feature `arbitrary_precision`, which hides numbers in objects:
//! `cargo test -p dcc-tests --no-default-features --features arbitrary_precision --test json_numbers`.

#![allow(clippy::unwrap_used)]

use dcc_core::document::Document;
use dcc_core::model::json;
use dcc_tests::tools::root;
use serde_json::Value;

#[test]
fn the_feature_is_on_when_it_is_asked_for() {
    let on = serde_json::from_str::<Value>("1e999").is_ok();
    assert_eq!(on, cfg!(feature = "arbitrary_precision"));
}

#[test]
fn every_example_is_read_and_written_back() {
    let mut read = 0;
    for file in std::fs::read_dir(root().join("dcc-core/examples/data")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|e| e != "json") {
            continue;
        }
        let text = std::fs::read(&path).unwrap();
        if json::parse(&text).unwrap().get("document").is_none() {
            continue;
        }
        let document = Document::from_json(&text).unwrap_or_else(|p| panic!("{path:?}\n{p}"));
        let again = document.to_json().unwrap();
        assert_eq!(Document::from_json(again.as_bytes()).unwrap(), document);
        assert_eq!(serde_json::from_str::<Document>(&again).unwrap(), document);
        read += 1;
    }
    assert!(read > 5, "{read} examples");
}

#[test]
fn numbers_keep_their_kind() {
    let text = br#"[0, -1, 18446744073709551615, 70.5, 2.5e3, {"a": 1.25}]"#;
    let value = json::parse(text).unwrap();
    let numbers: (
        u8,
        i8,
        u64,
        f64,
        f64,
        std::collections::BTreeMap<String, f64>,
    ) = json::from_value(value, &mut Default::default()).unwrap();
    assert_eq!((numbers.0, numbers.1, numbers.2), (0, -1, u64::MAX));
    assert_eq!((numbers.3, numbers.4, numbers.5["a"]), (70.5, 2500.0, 1.25));
}

#[test]
fn an_object_that_looks_like_a_number_harms_nothing() {
    for text in [
        r#"{"$serde_json::private::Number": "70.5"}"#,
        r#"{"$serde_json::private::Number": "x"}"#,
        r#"{"a": 1, "$serde_json::private::Number": "1"}"#,
        r#"{"$serde_json::private::Number": 1}"#,
    ] {
        let _ = json::parse(text.as_bytes());
    }
}

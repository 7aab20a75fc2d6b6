//! Official sample messages of the CI-SIS (volet « Transmission de documents CDA en HL7 v2 »).
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use dcc_hl7v2::{Message, Path, ReadOptions};

/// The samples: below `DCC_CISIS_DIR`, or `../shared/cisis` beside the workspace.
fn samples() -> Option<Vec<PathBuf>> {
    let folder = std::env::var_os("DCC_CISIS_DIR").map_or_else(
        || {
            PathBuf::from(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../../shared/cisis"
            ))
        },
        PathBuf::from,
    );
    let Ok(folders) = std::fs::read_dir(folder.join("hl7v2")) else {
        return dcc_tests_need::absent("samples of HL7 v2 messages (set DCC_CISIS_DIR)");
    };
    let mut files: Vec<PathBuf> = folders
        .flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap())
        .map(|file| file.unwrap().path())
        .filter(|file| file.extension().is_some_and(|e| e == "er7"))
        .collect();
    files.sort();
    Some(files)
}

#[test]
fn official_messages_are_read_and_written_back_byte_for_byte() {
    let Some(files) = samples() else { return };
    assert!(files.len() >= 5, "{files:?}");
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        let message = Message::read(&bytes, &ReadOptions::default()).unwrap();
        // the files end their segments with LF; nothing else changes
        let text = String::from_utf8(bytes)
            .unwrap()
            .replace("\r\n", "\r")
            .replace('\n', "\r");
        let lines: Vec<&str> = text.split('\r').filter(|l| !l.trim().is_empty()).collect();
        let expected: String = lines.iter().map(|l| format!("{l}\r")).collect();
        assert_eq!(message.to_bytes(), expected.into_bytes(), "{file:?}");
        for segment in message.segments() {
            for field in segment.fields() {
                let path: Path = field.path().to_string().parse().unwrap();
                assert_eq!(message.get(&path).unwrap().raw(), field.raw());
            }
        }
        let tolerated: Vec<_> = message.warnings().iter().map(|p| p.code).collect();
        assert!(
            tolerated.iter().all(|code| *code == "HL7-FIN-DE-SEGMENT"),
            "{file:?}: {}",
            message.warnings()
        );
    }
}

//! The file against damage and malice: an error, never a panic.

mod common;

use common::*;
use dcc_directory::{
    Directory, DirectoryBuilder, OwnedDirectory, PersonQuery, Source, StructureQuery,
};
use proptest::prelude::*;

fn full_file() -> Vec<u8> {
    let mut builder = DirectoryBuilder::default();
    let people: Vec<String> = (0..40)
        .map(|i| {
            physician(
                &format!("81000000{i:04}"),
                ["DUPONT", "LE GALL", "ESSAI"][i % 3],
                ["ANNE", "JEAN PAUL"][i % 2],
                "SM36",
                &format!("R{}", i % 7),
                ("49000", "ANGERS"),
            )
        })
        .chain([physician(
            "3990000010/12",
            "ESSAI",
            "Zoé",
            "SM36",
            "TEXTE/1",
            ("69003", "LYON"),
        )])
        .collect();
    let mut lines: Vec<&str> = people.iter().map(String::as_str).collect();
    lines.push(ANNA);
    read(&mut builder, Source::Activities, &text(ACTIVITIES, &lines));
    read(
        &mut builder,
        Source::Mailboxes,
        &text(
            MAILBOXES,
            &[
                ANNA_BOX,
                "ORG|a@b.fr||||1|990000010||||||||||||||||||||||||",
            ],
        ),
    );
    builder.finish().expect("accepted")
}

/// Asks everything of a directory, to the end of every list.
fn ask_all(directory: &Directory<'_>) {
    let mut people: Vec<_> = directory.professionals().take(200).collect();
    people.extend(
        ["810099887761", "3990000010/12", "x"]
            .iter()
            .filter_map(|id| directory.professional(id).value),
    );
    for person in people {
        let _ = serde_json::to_string(&person.record());
    }
    for id in ["990000010", "R1", "TEXTE/1", "12345678200010"] {
        for structure in directory.structures(id).value {
            let _ = (
                structure.record(),
                structure.staff().take(500).map(|a| a.record()).count(),
                structure.mailboxes(),
            );
        }
        let _ = (
            directory.structures_of_legal_entity(id),
            directory.structures_of_siren(id),
            directory.mailboxes_of_structure(id),
        );
    }
    let _ = directory.mailboxes_at("a@b.fr");
    for name in ["dupont", "le gall", "d", "esaai", "zoe essai"] {
        let mut query = PersonQuery::default();
        query.name = Some(name);
        let _ = directory.search(&query);
        (query.town, query.skill) = (Some("angers"), Some("SM36"));
        let _ = directory.search(&query);
        query.name = None;
        let _ = directory.search(&query);
        let mut query = StructureQuery::default();
        (query.name, query.town) = (Some(name), Some("49000"));
        let _ = directory.search_structures(&query);
    }
    let _ = format!("{directory:?}");
}

#[test]
fn any_change_of_a_byte_is_seen() {
    let file = full_file();
    ask_all(&open(&file));
    for at in (0..file.len()).step_by(97) {
        let mut changed = file.clone();
        changed[at] ^= 1;
        assert!(Directory::open(&changed).is_err(), "byte {at}");
    }
    for len in [0, 7, 16, 100, file.len() - 1] {
        assert!(Directory::open(&file[..len]).is_err(), "{len} bytes");
    }
    let longer: Vec<u8> = file.iter().copied().chain([0]).collect();
    assert!(Directory::open(&longer).is_err());
}

#[test]
fn a_file_says_why_it_is_refused() {
    let code = |bytes: &[u8]| {
        Directory::open(bytes)
            .expect_err("refused")
            .iter()
            .map(|p| p.code)
            .collect::<Vec<_>>()
    };
    let file = full_file();
    assert_eq!(code(b"not a directory, not at all"), ["ANNUAIRE-FICHIER"]);
    let mut version = file.clone();
    version[8] = 9;
    assert_eq!(code(&version), ["ANNUAIRE-VERSION"]);
    let mut sum = file.clone();
    let last = sum.len() - 1;
    sum[last] ^= 1;
    assert_eq!(code(&sum), ["ANNUAIRE-SOMME"]);
    assert_eq!(code(&file[..file.len() - 8]), ["ANNUAIRE-SOMME"]);
}

#[test]
fn an_owned_directory_answers_as_its_bytes_do() {
    let file = full_file();
    let owned = OwnedDirectory::open(file.clone()).expect("sound");
    assert_eq!(owned.bytes(), file);
    assert_eq!(
        owned
            .get()
            .professional("810099887761")
            .value
            .expect("found")
            .surname(),
        "ESSAI"
    );
    assert!(OwnedDirectory::open(vec![1, 2, 3]).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_forged_file_never_makes_a_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 1usize..9), 1..20)) {
        let mut file = full_file();
        for (at, byte, size) in changes {
            let at = at.index(file.len());
            let end = (at + size).min(file.len());
            file[at..end].fill(byte);
        }
        if let Ok(directory) = Directory::open_unverified(&file) {
            ask_all(&directory);
        }
    }

    #[test]
    fn any_bytes_are_opened_without_panic(mut bytes: Vec<u8>) {
        let _ = Directory::open_unverified(&bytes);
        let mut file = b"DCC-ANNU\x01\0\0\0\0\0\0\0".to_vec();
        file.append(&mut bytes);
        let _ = Directory::open_unverified(&file);
    }

    #[test]
    fn any_edition_is_read_without_panic(source in prop::sample::select(Source::ALL.to_vec()), bytes: Vec<u8>, cells in "[0-9a-z|;@.\"{}:,\\[\\]\n]{0,300}") {
        for text in [bytes.as_slice(), cells.as_bytes(), format!("{ACTIVITIES}\n{cells}").as_bytes(), format!("{MAILBOXES}\n{cells}").as_bytes()] {
            let mut builder = DirectoryBuilder::default();
            builder.read(source, date("2026-08-26"), text).expect("memory");
            if let Ok(file) = builder.finish() {
                ask_all(&open(&file));
            }
        }
    }
}

//! Searches: by name with prefixes, accents, compounds and typing faults; by
//! profession, savoir-faire, town and structure; all against a plain filter.

mod common;

use common::*;
use dcc_directory::{Directory, Nearness, PersonQuery, StructureQuery};
use proptest::prelude::*;

const ANGERS: (&str, &str) = ("49000", "Angers");

fn directory_file() -> Vec<u8> {
    let people = [
        physician("810000000017", "DUPONT", "JEAN", "SM36", "R1", ANGERS),
        physician(
            "810000000025",
            "DUPOND",
            "JEAN-PIERRE",
            "SM26",
            "R2",
            ("69003", "Lyon 3e Arrondissement"),
        ),
        physician(
            "810000000033",
            "DE LA TOUR-MARTIN",
            "ANNE MARIE",
            "SM36",
            "R1",
            ANGERS,
        ),
        physician(
            "810000000041",
            "LE GALL",
            "Zoé",
            "SM54",
            "R3",
            ("42000", "Saint-Étienne"),
        ),
        physician(
            "810000000058",
            "LEGALL",
            "YANN",
            "SM54",
            "R3",
            ("42000", "Saint-Étienne"),
        ),
        physician(
            "810000000066",
            "MÜLLER",
            "FRANÇOIS",
            "SM36",
            "R4",
            ("75014", "PARIS"),
        ),
        physician(
            "810000000074",
            "MARTIN",
            "DUPONT",
            "SM26",
            "R4",
            ("75014", "PARIS"),
        ),
        physician(
            "810000000082",
            "D'ESSAI",
            "LÆTITIA",
            "SM26",
            "R4",
            ("75014", "PARIS"),
        ),
    ];
    let lines: Vec<&str> = people.iter().map(String::as_str).collect();
    file_of(&lines)
}

fn found(directory: &Directory<'_>, query: &PersonQuery<'_>) -> Vec<String> {
    let answer = directory.search(query);
    assert_eq!(answer.edition.to_string(), "2026-08-26");
    answer
        .value
        .found
        .iter()
        .map(|m| {
            format!(
                "{} {} {:?}",
                m.professional.surname(),
                m.professional.given(),
                m.nearness
            )
        })
        .collect()
}

#[test]
fn names_are_found_in_every_way_they_are_typed() {
    let file = directory_file();
    let directory = open(&file);
    let by = |surname: Option<&str>, given: Option<&str>, name: Option<&str>| {
        let mut query = PersonQuery::default();
        (query.surname, query.given, query.name) = (surname, given, name);
        found(&directory, &query)
    };
    let surname = |text: &str| by(Some(text), None, None);
    let name = |text: &str| by(None, None, Some(text));
    assert_eq!(
        surname("dupont"),
        ["DUPONT JEAN Exact", "DUPOND JEAN-PIERRE Spelling"]
    );
    assert_eq!(surname("dupnot"), ["DUPONT JEAN Spelling"]);
    assert_eq!(surname("muller"), ["MÜLLER FRANÇOIS Exact"]);
    assert_eq!(surname("tour"), ["DE LA TOUR-MARTIN ANNE MARIE Words"]);
    assert_eq!(
        surname("martin tour"),
        ["DE LA TOUR-MARTIN ANNE MARIE Words"]
    );
    assert_eq!(
        surname("de la tour martin"),
        ["DE LA TOUR-MARTIN ANNE MARIE Exact"]
    );
    assert_eq!(
        surname("DELATOURMARTIN"),
        ["DE LA TOUR-MARTIN ANNE MARIE Words"]
    );
    assert_eq!(
        surname("le gall"),
        ["LE GALL Zoé Exact", "LEGALL YANN Words"]
    );
    assert_eq!(
        surname("legall"),
        ["LEGALL YANN Exact", "LE GALL Zoé Words"]
    );
    assert_eq!(surname("dessai"), ["D'ESSAI LÆTITIA Words"]);
    assert_eq!(
        surname("dup"),
        ["DUPOND JEAN-PIERRE Prefix", "DUPONT JEAN Prefix"]
    );
    assert_eq!(
        by(Some("dup"), Some("jean pierre"), None),
        ["DUPOND JEAN-PIERRE Prefix"]
    );
    assert_eq!(
        by(Some("dup"), Some("jeanpierre"), None),
        ["DUPOND JEAN-PIERRE Prefix"]
    );
    assert_eq!(by(None, Some("laetitia"), None), ["D'ESSAI LÆTITIA Exact"]);
    assert_eq!(
        name("anne-marie de la tour martin"),
        ["DE LA TOUR-MARTIN ANNE MARIE Exact"]
    );
    assert_eq!(name("zoe le gall"), ["LE GALL Zoé Exact"]);
    assert_eq!(name("francois mulller"), ["MÜLLER FRANÇOIS Spelling"]);
    assert_eq!(name("martin dupont"), ["MARTIN DUPONT Exact"]);
    assert_eq!(name("xyz"), [] as [&str; 0]);
    assert_eq!(name("  "), [] as [&str; 0]);
}

#[test]
fn criteria_add_up() {
    let file = directory_file();
    let directory = open(&file);
    let by = |set: &dyn Fn(&mut PersonQuery<'_>)| {
        let mut query = PersonQuery::default();
        set(&mut query);
        let mut ids: Vec<String> = directory
            .search(&query)
            .value
            .found
            .iter()
            .map(|m| m.professional.national_id())
            .collect();
        ids.sort();
        ids.iter()
            .map(|i| i[9..].to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(by(&|q| q.skill = Some("SM36")), "017 033 066");
    assert_eq!(
        by(&|q| (q.skill, q.town) = (Some("SM36"), Some("angers"))),
        "017 033"
    );
    assert_eq!(by(&|q| q.town = Some("Lyon")), "025");
    assert_eq!(by(&|q| q.town = Some("St Etienne")), "041 058");
    assert_eq!(by(&|q| q.town = Some("75014")), "066 074 082");
    assert_eq!(by(&|q| q.structure = Some("R1")), "017 033");
    assert_eq!(
        by(&|q| (q.structure, q.name) = (Some("R1"), Some("dupont"))),
        "017"
    );
    assert_eq!(
        by(&|q| (q.profession, q.town) = (Some("21"), Some("Lyon"))),
        ""
    );
    assert_eq!(by(&|q| q.profession = Some("10")).split(' ').count(), 8);
    assert_eq!(by(&|_| ()), "");
    let mut query = PersonQuery::default();
    (query.profession, query.limit) = (Some("10"), 3);
    let answer = directory.search(&query).value;
    assert_eq!((answer.found.len(), answer.complete), (3, false));
    (query.limit, query.work) = (20, 4);
    let answer = directory.search(&query).value;
    assert_eq!((answer.found.len(), answer.complete), (4, false));
}

#[test]
fn structures_are_found_by_name_and_town() {
    let line = |id: &str, name: &str, trade: &str, town: &str| {
        activity(&[
            ("Identification nationale PP", "810099887761"),
            ("Identifiant technique", id),
            ("Raison sociale", name),
            ("Enseigne", trade),
            ("Libellé commune", town),
        ])
    };
    let lines = [
        line("R1", "CENTRE HOSPITALIER D'ESSAI", "", "Angers"),
        line("R2", "CLINIQUE DE L'ÉTÉ", "POLYCLINIQUE", "Lyon"),
        line("R3", "PHARMACIE CENTRALE", "", "Angers"),
    ];
    let file = file_of(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    let directory = open(&file);
    let by = |name: Option<&str>, town: Option<&str>| {
        let mut query = StructureQuery::default();
        (query.name, query.town) = (name, town);
        directory
            .search_structures(&query)
            .value
            .found
            .iter()
            .map(|m| (m.structure.technical_id().expect("has one"), m.nearness))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        by(Some("essai centre"), None),
        [("R1".into(), Nearness::Words)]
    );
    assert_eq!(
        by(Some("centr"), None),
        [
            ("R1".into(), Nearness::Prefix),
            ("R3".into(), Nearness::Prefix)
        ]
    );
    assert_eq!(
        by(Some("polyclinique"), None),
        [("R2".into(), Nearness::Words)]
    );
    assert_eq!(
        by(Some("clinqiue ete"), None),
        [("R2".into(), Nearness::Spelling)]
    );
    assert_eq!(by(Some("centr"), Some("Lyon")), []);
    assert_eq!(by(None, Some("angers")).len(), 2);
}

fn name() -> impl Strategy<Value = String> {
    "[ABE]{1,4}([ -][AB]{1,3})?"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_search_finds_what_a_filter_finds(people in prop::collection::vec((name(), name()), 1..30), surname in "[ABE]{1,3}", given in prop::option::of("[ABE]{1,2}")) {
        let lines: Vec<String> = people.iter().enumerate().map(|(i, (s, g))| physician(&format!("8100000{i:05}"), s, g, "SM36", "R1", ANGERS)).collect();
        let mut builder = dcc_directory::DirectoryBuilder::default();
        read(&mut builder, dcc_directory::Source::Activities, &text(ACTIVITIES, &lines.iter().map(String::as_str).collect::<Vec<_>>()));
        let file = builder.finish().expect("accepted");
        let directory = open(&file);
        let mut query = PersonQuery::default();
        (query.surname, query.given, query.faults, query.limit) = (Some(surname.as_str()), given.as_deref(), 0, 100);
        let answer = directory.search(&query).value;
        prop_assert!(answer.complete);
        let mut ids: Vec<String> = answer.found.iter().map(|m| m.professional.national_id()).collect();
        ids.sort();
        let begins = |name: &str, asked: &str| {
            let words: Vec<&str> = name.split([' ', '-']).collect();
            words.iter().any(|w| w.starts_with(asked)) || words.concat().starts_with(asked)
        };
        let expected: Vec<String> = people.iter().enumerate()
            .filter(|(_, (s, g))| begins(s, &surname) && given.as_ref().is_none_or(|asked| begins(g, asked)))
            .map(|(i, _)| format!("8100000{i:05}"))
            .collect();
        prop_assert_eq!(ids, expected);
    }

    #[test]
    fn identifiers_of_any_form_are_found(ids in prop::collection::btree_set("(8[0-9]{11}|0[0-9A-Z]{9}|3[0-9]{9}/[a-z0-9]{1,4}|ANS[0-9]{14})", 1..40)) {
        let lines: Vec<String> = ids.iter().map(|id| physician(id, id, "X", "SM36", id, ANGERS)).collect();
        let mut builder = dcc_directory::DirectoryBuilder::default();
        read(&mut builder, dcc_directory::Source::Activities, &text(ACTIVITIES, &lines.iter().map(String::as_str).collect::<Vec<_>>()));
        let file = builder.finish().expect("accepted");
        let directory = open(&file);
        for id in &ids {
            let found = directory.professional(id).value;
            prop_assert_eq!(found.map(|p| (p.national_id(), p.surname())), Some((id.clone(), id.as_str())));
            let structures = directory.structures(id).value;
            prop_assert!(structures.iter().any(|s| s.technical_id().as_deref() == Some(id)));
        }
        let mut all: Vec<String> = directory.professionals().map(|p| p.national_id()).collect();
        all.sort();
        prop_assert_eq!(all, ids.into_iter().collect::<Vec<_>>());
    }
}

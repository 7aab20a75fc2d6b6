//! Value sets: the embedded tables against the files of the ANS, the reader
//! of those files, search and neighbours.

#![allow(missing_docs, clippy::unwrap_used)]

use dcc_core::problem::Problems;
use dcc_core::terminology::{Code, Jdv, Terminology, ValueSet, code_system, table};
use dcc_tests::cisis_dir;
use proptest::prelude::*;

/// The files of the ANS, in the order of their names.
fn ans_files() -> Option<Vec<(String, Vec<u8>)>> {
    let folder = cisis_dir()?.join("jeuxDeValeurs");
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|of| of == "xml"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read(path).unwrap())
        })
        .collect();
    files.sort();
    Some(files)
}

#[test]
fn every_ans_file_loads_but_the_two_placeholders() {
    let Some(files) = ans_files() else { return };
    assert!(files.len() >= 523, "{} files", files.len());
    let mut refused = Vec::new();
    let mut warned = Vec::new();
    for (name, xml) in &files {
        let mut problems = Problems::new();
        let set = ValueSet::read_svs(xml, &mut problems);
        assert_eq!(set.is_none(), problems.has_blocking(), "{name}");
        match set {
            Some(set) => {
                assert_eq!(set.name(), name);
                assert_eq!(set.len(), count(xml, b"<Concept "), "{name}");
                assert_eq!(ValueSet::from_svs(xml).as_ref(), Ok(&set));
                for concept in &set {
                    assert!(set.find_in(&concept.system, &concept.code).is_some());
                }
                if !problems.is_empty() {
                    let codes: Vec<&str> = problems.iter().map(|p| p.code).collect();
                    warned.push((name.as_str(), codes));
                }
            }
            None => refused.push((name.as_str(), problems.to_string())),
        }
    }
    // Both hold a single concept "à compléter", without code or code system.
    let names: Vec<&str> = refused.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        names,
        [
            "JDV_Evaluation_AGGIR_PA_CISIS",
            "JDV_Evaluation_AGGIR_PH_CISIS"
        ],
        "{refused:#?}"
    );
    for (_, problems) in &refused {
        assert!(problems.contains("JDV-SVS-ATTRIBUT ligne 11 : Concept sans attribut code "));
        assert!(problems.contains("Concept sans attribut codeSystem"));
    }
    // Codes with a space around them are kept as the ANS writes them, and a
    // code given twice ("code à fournir") is told.
    assert!(warned.len() >= 10, "{warned:?}");
    for (name, codes) in &warned {
        let expected = match *name {
            "JDV_TrousseCCU_CISIS" => "JDV-SVS-DOUBLON",
            _ => "JDV-SVS-ESPACE",
        };
        assert!(
            codes.iter().all(|code| *code == expected),
            "{name}: {codes:?}"
        );
        assert!(Jdv::by_name_or_oid(name).is_none(), "{name} is embedded");
    }
}

fn count(text: &[u8], what: &[u8]) -> usize {
    text.windows(what.len()).filter(|w| *w == what).count()
}

#[test]
fn embedded_tables_are_the_ans_files() {
    let Some(files) = ans_files() else { return };
    for jdv in Jdv::ALL {
        let (_, xml) = files
            .iter()
            .find(|(name, _)| name == jdv.name())
            .unwrap_or_else(|| panic!("{jdv}.xml"));
        let of_ans = ValueSet::from_svs(xml).unwrap();
        let embedded = Terminology::embedded().set(*jdv);
        assert!(
            &of_ans == embedded,
            "{jdv} differs: run the example value_sets"
        );
    }
}

/// Coded values of the official FRCP and PPS samples whose field is bound to
/// a value set.
#[test]
fn codes_of_the_official_samples_are_in_their_value_sets() {
    let date = "2024-09-01".parse().unwrap();
    for (jdv, system, code) in [
        (Jdv::NatureDiscussion, code_system::TA_ASIP, "ORG-117"),
        (Jdv::RcpAppareil, code_system::SNOMED_CT, "76752008"),
        (Jdv::RcpOrgane, code_system::SNOMED_CT, "76752008"),
        (Jdv::TraitementSoinsFrcp, code_system::NCIT, "C15747"),
        (Jdv::Tumeur, code_system::CIM10, "C50.2"),
        (Jdv::Morphologie, code_system::CIMO_MORPHOLOGY, "8000/3"),
        (
            Jdv::ModificateurTopographique,
            code_system::SNOMED_CT,
            "24028007",
        ),
        (Jdv::OmsEchPerf, code_system::TA_ASIP, "MED-240"),
        (Jdv::PhaseCancer, code_system::TA_ASIP, "MED-244"),
        (Jdv::StatutQuorum, code_system::TA_ASIP, "ORG-126"),
        (Jdv::StatutCasPresente, code_system::TA_ASIP, "ORG-128"),
        (Jdv::StatutDoc, code_system::SNOMED_CT, "9571008"),
        (Jdv::TypeTraitementFrcp, code_system::NCIT, "C15313"),
        (Jdv::TypeTraitementPps, code_system::SNOMED_CT, "387713003"),
        (Jdv::GestionEffetsSecondaires, code_system::NCIT, "C20427"),
        (Jdv::MesuresAssociees, code_system::TA_ASIP, "GEN-092.04.11"),
        (Jdv::TypeDeSuivi, code_system::SNOMED_CT, "11429006"),
        (Jdv::SoinsOncoDeSupport, code_system::TA_ASIP, "MED-562"),
        (
            Jdv::TypeAccompagnementSocioPro,
            code_system::TA_ASIP,
            "PAT-024",
        ),
        (Jdv::MotifMiseAJour, code_system::TA_ASIP, "MED-560"),
        (
            Jdv::J01AuthorSpecialty,
            code_system::PROFESSION,
            "G15_10/SM36",
        ),
        (
            Jdv::J02HealthcareFacilityType,
            code_system::HEALTHCARE_FACILITY_TYPE,
            "SA01",
        ),
        (
            Jdv::J04PracticeSetting,
            code_system::PRACTICE_SETTING,
            "ETABLISSEMENT",
        ),
        (Jdv::J07TypeCode, code_system::LOINC, "34794-8"),
        (Jdv::J11RelationPatient, code_system::ROLE_CODE, "SIS"),
        (
            Jdv::J19ModePriseEnCharge,
            code_system::MODE_PRISE_EN_CHARGE,
            "39",
        ),
        (
            Jdv::J47FunctionCode,
            code_system::PARTICIPATION_FUNCTION,
            "PCP",
        ),
        (Jdv::J142TypeRencontre, code_system::ACT_CODE, "VR"),
        (
            Jdv::J143AdministrativeGender,
            code_system::ADMINISTRATIVE_GENDER,
            "F",
        ),
        (Jdv::Confidentiality, code_system::CONFIDENTIALITY, "N"),
        (Jdv::RouteOfAdministration, code_system::EDQM, "20062000"),
    ] {
        let mut problems = Problems::new();
        let coded = Code::new(code).in_system(system.oid);
        let concept =
            Terminology::embedded().check_code(jdv, &coded, "/x", Some(date), &mut problems);
        assert!(problems.is_empty(), "{jdv}: {problems}");
        let concept = concept.unwrap();
        assert_eq!(concept.code, code);
        assert_eq!(concept.code_system(), Some(system));
    }
}

#[test]
fn search_is_french() {
    let tumeur = Terminology::embedded().set(Jdv::Tumeur);
    let sein = tumeur.search("SEIN");
    assert!(sein.iter().any(|concept| concept.code == "C50.9"));
    assert!(
        sein.iter()
            .all(|concept| concept.label.to_lowercase().contains("sein"))
    );
    assert_eq!(
        tumeur.search("supero interne sein")[0].code,
        "C50.2",
        "without accents or order"
    );
    assert_eq!(tumeur.search("œsophage"), tumeur.search("OESOPHAGE"));
    assert!(!tumeur.search("œsophage").is_empty());
    assert_eq!(tumeur.search("c50.2")[0].code, "C50.2");
    let c50 = tumeur.search("C50");
    assert_eq!(c50[0].code, "C50");
    assert!(c50.iter().all(|concept| concept.code.starts_with("C50")));
    assert!(tumeur.search(" - ").is_empty());
    assert!(tumeur.search("xyzzy").is_empty());
}

#[test]
fn nearest_codes_are_sensible() {
    let terminology = Terminology::embedded();
    let first = |jdv, code: &str| terminology.set(jdv).nearest(code, 1)[0].code.to_string();
    assert_eq!(first(Jdv::Tumeur, "C502"), "C50.2");
    assert_eq!(first(Jdv::Tumeur, "c50.2"), "C50.2");
    assert_eq!(first(Jdv::Tumeur, "C50.22"), "C50.2");
    assert_eq!(first(Jdv::Morphologie, "M8000/3"), "8000/3");
    assert_eq!(first(Jdv::OmsEchPerf, "Stade 2"), "MED-265");
    assert_eq!(first(Jdv::NatureDiscussion, "ORG117"), "ORG-117");

    // A former surgery speciality: by its label, the speciality of today.
    let code = Code::new("G15_10/SCH10").labelled("Médecin - Chirurgie générale (SCH)");
    let set = terminology.set(Jdv::J01AuthorSpecialty);
    let near = set.nearest_to(&code, None, 3);
    assert_eq!(near[0].code, "G15_10/SM05");
    assert!(
        near.iter()
            .all(|concept| concept.label.contains("Chirurgie"))
    );
    // By its code alone, at least a physician's.
    assert!(
        set.nearest("G15_10/SCH10", 5)
            .iter()
            .all(|concept| concept.label.starts_with("Médecin"))
    );
    assert_eq!(set.nearest("x", 0).len(), 0);
    assert_eq!(set.nearest("x", usize::MAX).len(), set.len());
}

const HEAD: &str = r#"<RetrieveValueSetResponse xmlns="urn:ihe:iti:svs:2008">
<ValueSet id="1.2.3" displayName="JDV_Essai.tabs" revisionDate="2024-01-31T12:00:00+01:00">
<ConceptList>
"#;
const TAIL: &str = "</ConceptList></ValueSet></RetrieveValueSetResponse>";

fn problems_of(xml: &str) -> Vec<String> {
    let problems = ValueSet::from_svs(xml.as_bytes()).unwrap_err();
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn reads_any_prefix_and_every_date_form() {
    let xml = r#"<?xml version="1.0" encoding="UTF-8"?>
<v:RetrieveValueSetResponse xmlns:v="urn:ihe:iti:svs:2008"><v:ValueSet id="1.2.3"
 displayName="JDV_Essai.tabs" version="2" dateFin="" effectiveDate="2020-02-29">
<v:ConceptList xml:lang="en"><v:Concept code="A" codeSystem="1.2" displayName="One"/></v:ConceptList>
<v:ConceptList xml:lang="fr-FR">
<v:Concept code="A" codeSystem="1.2" displayName=" Un &amp; l&#8217;autre " dateValid="20240301"/>
<v:Concept code="B" codeSystem="1.2" displayName="Deux" dateValid="20240301120000" dateFin="20250101000000"/>
</v:ConceptList></v:ValueSet></v:RetrieveValueSetResponse>"#;
    let set = ValueSet::from_svs(xml.as_bytes()).unwrap();
    assert_eq!(
        (set.oid(), set.name(), set.version()),
        ("1.2.3", "JDV_Essai", Some("2"))
    );
    assert_eq!(set.effective().unwrap().to_string(), "2020-02-29");
    assert_eq!(set.len(), 2);
    assert_eq!(set.find("A").unwrap().label, "Un & l’autre");
    let b = set.find("B").unwrap();
    assert_eq!(b.valid_from.unwrap().to_string(), "2024-03-01");
    assert!(b.is_valid_on("2025-01-01".parse().unwrap()));
    assert_eq!(set.find_on("B", "2025-01-02".parse().unwrap()), None);
    assert_eq!(set.active_on("2025-01-02".parse().unwrap()).count(), 1);
}

#[test]
fn a_bad_file_gives_every_problem_with_its_line() {
    let xml = format!(
        "{HEAD}<Concept code=\"A\" displayName=\"Un\"/>\n\
         <Concept codeSystem=\"1.2\" displayName=\"Deux\" dateValid=\"20240230000000\"/>\n\
         <Concept code=\"C\" codeSystem=\"1.2\" displayName=\"Trois\" dateFin=\"hier\"/>\n{TAIL}"
    );
    assert_eq!(
        problems_of(&xml),
        [
            "JDV-SVS-ATTRIBUT ligne 4 : Concept sans attribut codeSystem (trouvé : A)",
            "JDV-SVS-ATTRIBUT ligne 5 : Concept sans attribut code (trouvé : Deux)",
            "JDV-SVS-DATE ligne 5 : Date dateValid illisible (trouvé : 20240230000000)",
            "JDV-SVS-DATE ligne 6 : Date dateFin illisible (trouvé : hier)",
        ]
    );
    let header = HEAD
        .replace("id=\"1.2.3\"", "id=\"oid\"")
        .replace("displayName", "nom");
    let concept = "<Concept code=\"A\" codeSystem=\"1\" displayName=\"Un\"/>";
    assert_eq!(
        problems_of(&format!("{header}{concept}{TAIL}")),
        [
            "JDV-SVS-OID ligne 2 : L'identifiant du jeu de valeurs n'est pas un OID (trouvé : oid)",
            "JDV-SVS-ATTRIBUT ligne 2 : ValueSet sans attribut displayName",
        ]
    );
}

#[test]
fn a_file_that_is_no_value_set_is_refused() {
    let codes = |xml: &[u8]| -> Vec<&'static str> {
        ValueSet::from_svs(xml)
            .unwrap_err()
            .iter()
            .map(|p| p.code)
            .collect()
    };
    let empty = format!("{HEAD}{TAIL}");
    assert_eq!(codes(empty.as_bytes()), ["JDV-SVS-STRUCTURE"]);
    assert_eq!(codes(b""), ["JDV-SVS-STRUCTURE"]);
    assert_eq!(codes(b"<ClinicalDocument/>"), ["JDV-SVS-STRUCTURE"]);
    let no_namespace = empty.replace(" xmlns=\"urn:ihe:iti:svs:2008\"", "");
    assert_eq!(codes(no_namespace.as_bytes()), ["JDV-SVS-STRUCTURE"]);
    let dtd = format!("<!DOCTYPE x [<!ENTITY a \"b\">]>{HEAD}{TAIL}");
    assert_eq!(codes(dtd.as_bytes()), ["JDV-SVS-XML"]);
    assert_eq!(codes(HEAD.as_bytes()), ["JDV-SVS-XML"]);
    assert_eq!(codes(b"<a><b></a>"), ["JDV-SVS-XML"]);
    assert_eq!(codes(b"<a x=\"&nbsp;\"/>"), ["JDV-SVS-XML"]);
    assert_eq!(codes(b"\n\xff\xfe"), ["JDV-SVS-XML"]);
    assert!(problems_of("<a>\n<b></a>")[0].contains("ligne 2"));
}

#[test]
fn a_withdrawn_set_withdraws_its_concepts() {
    let xml = format!(
        "{}<Concept code=\"A\" codeSystem=\"1.2\" displayName=\"Un\"/>{TAIL}",
        HEAD.replace("<ValueSet ", "<ValueSet dateFin=\"20231231120000\" ")
    );
    let set = ValueSet::from_svs(xml.as_bytes()).unwrap();
    assert!(set.find_on("A", "2023-12-31".parse().unwrap()).is_some());
    assert!(set.find_on("A", "2024-01-01".parse().unwrap()).is_none());
}

proptest! {
    #[test]
    fn the_reader_never_panics(xml in "(<|/|>|Concept|ValueSet|code=|\"|&| |é|\n|xmlns='urn:ihe:iti:svs:2008'){0,40}") {
        let mut problems = Problems::new();
        let set = ValueSet::read_svs(xml.as_bytes(), &mut problems);
        prop_assert_eq!(set.is_none(), problems.has_blocking());
    }

    #[test]
    fn a_cut_file_never_passes_for_a_whole_one(cut in 0usize..1000) {
        let xml = format!("{HEAD}<Concept code=\"A\" codeSystem=\"1.2\" displayName=\"é\"/>\n{TAIL}");
        let cut = cut % xml.len();
        prop_assert!(ValueSet::from_svs(&xml.as_bytes()[..cut]).is_err());
    }

    #[test]
    fn tables_keep_what_they_are_given(
        rows in prop::collection::vec(("[A-Z0-9./_-]{1,8}", "[0-2](\\.[1-9][0-9]{0,3}){1,4}", "[a-zé'() ]{1,30}"), 1..20),
        day in 0i64..20_000,
    ) {
        let date = chrono::DateTime::UNIX_EPOCH.date_naive() + chrono::Days::new(day.unsigned_abs());
        let concepts = rows
            .into_iter()
            .enumerate()
            .map(|(i, (code, system, label))| dcc_core::terminology::Concept {
                code: code.into(),
                system: system.into(),
                label: label.into(),
                valid_from: (i % 2 == 0).then_some(date),
                valid_to: (i % 3 == 0).then_some(date),
            })
            .collect();
        let set = ValueSet::new("1.2.3", "JDV_Essai", concepts).with_dates(Some(date), None);
        let text: &'static str = Box::leak(table::write(&set, "essai").into_boxed_str());
        prop_assert_eq!(table::read(text), Ok(set.clone()));
        for concept in &set {
            prop_assert!(set.find_in(&concept.system, &concept.code).is_some());
            prop_assert!(set.find_all(&concept.code).any(|found| found == concept));
        }
    }

    #[test]
    fn a_code_is_found_if_and_only_if_it_stands_in_the_set(code in "[A-Z][0-9]{2}(\\.[0-9])?") {
        let set = Terminology::embedded().set(Jdv::Tumeur);
        prop_assert_eq!(
            set.find(&code).map(|concept| concept.code.as_ref()),
            set.iter().map(|concept| concept.code.as_ref()).find(|of| *of == code)
        );
    }

    #[test]
    fn a_wrong_code_always_gives_one_problem_and_five_codes(code in "\\PC{0,12}", label in proptest::option::of("\\PC{0,20}")) {
        let set = Terminology::embedded().set(Jdv::Tumeur);
        prop_assume!(set.find(&code).is_none());
        let mut problems = Problems::new();
        let code = Code { code, system: None, label };
        let found = Terminology::embedded().check_code(Jdv::Tumeur, &code, "/x", None, &mut problems);
        prop_assert!(found.is_none());
        prop_assert_eq!(problems.len(), 1);
        prop_assert_eq!(problems.iter().next().map(|p| p.allowed.len()), Some(5));
    }
}

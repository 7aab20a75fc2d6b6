//! The metadata of the official documents.
#![allow(clippy::unwrap_used)]

mod support;

use dcc_exchange::code::Code;
use dcc_exchange::door::Door;
use dcc_exchange::metadata::{DocumentEntry, Submission};
use dcc_exchange::sending::Outgoing;
use dcc_exchange::visibility::Visibility;
use support::{codes, sample, samples, sending};

const DOORS: [Door; 4] = [Door::Xdm, Door::Gateway, Door::Dmp, Door::Pdsm];

fn entry(name: &str, door: Door) -> Option<(DocumentEntry, Vec<&'static str>)> {
    let cda = sample(name)?;
    let outgoing = Outgoing::new(&cda, Visibility::before_announcement());
    Some(match Submission::prepare(&[outgoing], &sending(), door) {
        Ok(submission) => (
            submission.documents[0].entry.clone(),
            codes(&submission.warnings),
        ),
        Err(problems) => panic!("{name}: {problems}"),
    })
}

fn code(code: &Option<Code>) -> (&str, &str, &str) {
    let code = code.as_ref().unwrap();
    (&code.code, &code.system, &code.label)
}

const LOINC: &str = "2.16.840.1.113883.6.1";

#[test]
fn the_metadata_of_a_fiche_are_those_made_by_hand() {
    let Some((entry, warnings)) = entry("CANCER-FRCP_2022.01_Transversale.xml", Door::Dmp) else {
        return;
    };
    assert_eq!(warnings, Vec::<&str>::new());
    assert_eq!(entry.unique_id, "1.2.250.1.213.1.1.1.8.2022.2.1");
    assert_eq!(
        code(&entry.type_code),
        (
            "34794-8",
            LOINC,
            "CR de réunion de concertation pluridisciplinaire"
        )
    );
    assert_eq!(
        code(&entry.class_code),
        ("10", "1.2.250.1.213.1.1.4.1", "Compte rendu")
    );
    assert_eq!(
        code(&entry.format_code),
        (
            "urn:asip:ci-sis:frcp:2011",
            "1.2.250.1.213.1.1.4.2.282",
            "Fiche de réunion de concertation pluridisciplinaire"
        )
    );
    assert_eq!(
        code(&entry.facility_type),
        (
            "SA01",
            "1.2.250.1.71.4.2.4",
            "Etablissement public de santé"
        )
    );
    assert_eq!(
        code(&entry.practice_setting),
        (
            "ETABLISSEMENT",
            "1.2.250.1.213.1.1.4.9",
            "Etablissement de santé"
        )
    );
    let events: Vec<_> = entry
        .event_codes
        .iter()
        .map(|c| (c.code.as_str(), c.system.as_str()))
        .collect();
    assert_eq!(
        events,
        [
            ("39", "1.2.250.1.213.3.3.13"),
            ("C50.2", "2.16.840.1.113883.6.43.1")
        ]
    );
    assert_eq!(entry.creation_time.as_deref(), Some("20190218084914"));
    assert_eq!(entry.service_start_time.as_deref(), Some("20190218144500"));
    assert_eq!(entry.service_stop_time, None);
    assert_eq!(entry.language_code.as_deref(), Some("fr-FR"));
    assert_eq!(entry.mime_type, "text/xml");
    assert_eq!(
        entry.patient_id.as_ref().unwrap().as_str(),
        "279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH"
    );
    assert_eq!(
        entry.source_patient_id.as_ref().unwrap().as_str(),
        "1234567890121^^^&1.2.3.4.567.8.9.10&ISO^PI"
    );
    assert_eq!(
        entry.source_patient_info,
        [
            "PID-5|PAT-TROIS^DOMINIQUE^^^^^L",
            "PID-5|PAT-TROIS^DOMINIQUE^^^^^S",
            "PID-7|19790328",
            "PID-8|F"
        ]
    );
    assert_eq!(
        entry.legal_authenticator.as_ref().unwrap().as_str(),
        "801234567897^MULLER^Charles^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS"
    );
    let author = &entry.authors[0];
    assert_eq!(
        author.persons[0].as_str(),
        "801234567897^MULLER^Charles^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS"
    );
    assert_eq!(
        author.institutions[0].as_str(),
        "Centre Hospitalier d'Angers^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^1490000049"
    );
    assert_eq!(author.roles, ["Membre de l'équipe de soins"]);
    assert_eq!(
        author.specialties,
        ["G15_10/SM36^Médecin - Oncologie, opt médicale (SM)^1.2.250.1.213.1.1.4.5"]
    );
    let masks: Vec<_> = entry
        .confidentiality
        .iter()
        .map(|c| c.code.as_str())
        .collect();
    assert_eq!(
        masks,
        ["N", "INVISIBLE_PATIENT", "INVISIBLE_REPRESENTANTS_LEGAUX"]
    );
}

#[test]
fn a_pps_without_an_act_code_has_no_event() {
    for (name, mime, rank) in [
        (
            "CANCER-PPS_2022.01_Autopresentable.xml",
            "application/xslt+xml",
            1,
        ),
        (
            "CANCER-PPS_2022.01_feuille-de-style-externe.xml",
            "text/xml",
            2,
        ),
    ] {
        let Some((entry, _)) = entry(name, Door::Dmp) else {
            return;
        };
        assert_eq!(entry.mime_type, mime, "{name}");
        assert_eq!(
            entry.unique_id,
            format!("1.2.250.1.213.1.1.1.26.2022.{rank}.1")
        );
        assert_eq!(
            code(&entry.type_code),
            ("18776-5", LOINC, "Plan personnalisé de soins")
        );
        assert_eq!(code(&entry.class_code).0, "44");
        assert_eq!(
            code(&entry.format_code).0,
            "urn:asip:ci-sis:pps-cancer:2017"
        );
        assert_eq!(entry.service_start_time.as_deref(), Some("20190930111700"));
        assert!(entry.event_codes.is_empty());
    }
}

#[test]
fn a_molecular_report_has_several_authors() {
    let Some((entry, _)) = entry("CANCER-CR-GM_2022.01_AnalyseRealisee.xml", Door::Dmp) else {
        return;
    };
    let names: Vec<_> = entry
        .authors
        .iter()
        .map(|a| a.persons[0].family())
        .collect();
    assert_eq!(names, ["MARTIN", "BUBON", "ROUSSEAU"]);
    assert_eq!(code(&entry.class_code).0, "10");
    assert_eq!(code(&entry.format_code).0, "urn:asip:ci-sis:crgm:2018");
}

#[test]
fn a_level_1_has_the_format_of_its_body() {
    let Some((entry, warnings)) = entry("DOC_NON_STRUCTURE_CDA-R2-N1.xml", Door::Xdm) else {
        return;
    };
    assert_eq!(
        code(&entry.format_code),
        (
            "urn:ihe:iti:xds-sd:pdf:2008",
            "1.3.6.1.4.1.19376.1.2.3",
            "Document à corps non structuré en Pdf/A-1"
        )
    );
    assert_eq!(code(&entry.type_code).0, "11502-2");
    assert_eq!(code(&entry.facility_type).0, "SA07");
    assert_eq!(entry.service_start_time.as_deref(), Some("20210104124700"));
    assert_eq!(entry.service_stop_time.as_deref(), Some("20210104125500"));
    assert_eq!(warnings, ["ECHANGE-FUSEAU"]);
}

#[test]
fn an_old_pathology_report_leaves_by_mail_but_not_to_the_dmp() {
    let name = "CR_ACP_sein_DCC_v1.5.xml";
    let Some(cda) = sample(name) else { return };
    let outgoing = [Outgoing::new(&cda, Visibility::everybody())];
    let by_mail = Submission::prepare(&outgoing, &sending(), Door::Xdm).unwrap();
    let entry = &by_mail.documents[0].entry;
    assert_eq!(entry.unique_id, "1.2.250.1.213.1.1.9^A7102400008_1");
    assert_eq!(code(&entry.class_code).0, "10");
    assert_eq!(code(&entry.format_code).0, "urn:ihe:pat:apsr:breast:2010");
    assert_eq!(code(&entry.facility_type).0, "SA21");
    assert_eq!(code(&entry.practice_setting).0, "AMBULATOIRE");
    assert_eq!(entry.service_start_time.as_deref(), Some("201001040822"));
    assert_eq!(entry.service_stop_time.as_deref(), Some("201001041505"));
    assert_eq!(
        entry.source_patient_info,
        [
            "PID-5|BREST^Barbara^^^^^L",
            "PID-5|BREAST^Barbara^^^^^D",
            "PID-7|19710921",
            "PID-8|F"
        ]
    );
    // an INS-C is no INS any more
    assert_eq!(entry.patient_id, None);
    let refused = Submission::prepare(&outgoing, &sending(), Door::Dmp).unwrap_err();
    let paths: Vec<_> = refused
        .iter()
        .filter(|p| p.is_blocking())
        .map(|p| (p.code, p.path.as_str()))
        .collect();
    assert_eq!(
        paths,
        [
            (
                "META-ID-EXTENSION",
                "/documents/0/ClinicalDocument/id/@extension"
            ),
            (
                "META-FORMAT-DMP",
                "/documents/0/ClinicalDocument/templateId"
            ),
            (
                "META-INS",
                "/documents/0/ClinicalDocument/recordTarget/patientRole/id"
            ),
        ]
    );
}

#[test]
fn every_official_document_gives_its_metadata() {
    let mut refused = Vec::new();
    for (name, cda) in samples() {
        for door in DOORS {
            let outgoing = [Outgoing::new(&cda, Visibility::before_announcement())];
            match Submission::prepare(&outgoing, &sending(), door) {
                Ok(submission) => {
                    let entry = &submission.documents[0].entry;
                    assert_eq!(entry.hash.as_deref().map(str::len), Some(40), "{name}");
                    assert_eq!(entry.size, Some(cda.len() as u64), "{name}");
                    assert!(entry.format_code.is_some(), "{name}");
                }
                Err(problems) => refused.push((name.clone(), door, problems)),
            }
        }
    }
    for (name, door, problems) in &refused {
        for problem in problems.iter().filter(|p| p.is_blocking()) {
            println!("{name} {door:?} {problem}");
        }
    }
    // by mail, nothing official is refused but a false key (CSE-CS24_2024.01)
    for (name, _, problems) in refused.iter().filter(|(_, door, _)| *door == Door::Xdm) {
        let blocking: Vec<_> = problems.iter().filter(|p| p.is_blocking()).collect();
        assert!(
            blocking.iter().all(|p| p.code == "INS-CLE"),
            "{name}: {problems}"
        );
    }
}

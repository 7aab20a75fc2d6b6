//! From the type of a document to its class.
//!
//! ASS_X04-CorrespondanceType-Classe-CISIS of 2026-06-29 and its DMP form
//! ASS_X16; labels of JDV_J06 and JDV_J57.

use super::systems;
use crate::code::Code;

/// Classes of TRE_A03, with their label.
const CLASSES: &[(&str, &str)] = &[
    ("10", "Compte rendu"),
    ("11", "Synthèse"),
    ("31", "Imagerie médicale"),
    ("42", "Prescription"),
    ("43", "Dispensation"),
    ("44", "Plan de soins, protocole de soins"),
    ("45", "Traitement administré"),
    ("52", "Certificat, déclaration"),
    ("60", "Données de remboursement"),
    ("90", "Autres documents déposés par le patient"),
    ("95", "Document de gestion"),
    ("99", "Document technique"),
];

/// LOINC types of each class (ASS_X04).
const LOINC: &[(&str, &[&str])] = &[
    (
        "10",
        &[
            "10213-7", "11488-4", "11490-0", "11493-4", "11502-2", "11505-5", "11506-3", "11526-1",
            "11528-7", "15507-7", "15508-5", "24611-6", "27899-4", "28617-9", "28653-4", "29274-8",
            "29554-3", "34112-3", "34120-6", "34749-2", "34794-8", "34874-8", "34875-5", "34876-3",
            "39256-3", "46241-6", "47420-5", "51969-4", "59283-2", "60568-3", "67851-6", "68814-3",
            "70004-7", "75482-0", "75492-9", "75497-8", "75496-0", "77436-4", "78513-9", "78601-2",
            "83981-1", "85208-7", "89233-1", "93024-8", "96349-6", "97694-4", "100967-9",
        ],
    ),
    (
        "11",
        &[
            "18761-7", "34133-9", "34842-5", "56445-0", "57055-6", "57057-2", "57075-4", "60280-5",
            "60591-5", "68599-0", "68817-6", "74207-2", "78341-5", "78489-2", "80820-4", "83836-7",
            "83901-9", "83963-9", "84067-8", "89235-6", "88348-8", "96163-1",
        ],
    ),
    ("31", &["18748-4", "52040-3"]),
    (
        "42",
        &[
            "29551-9", "52063-5", "52521-2", "55115-0", "57828-6", "57832-8", "57833-6", "61357-0",
            "75468-9",
        ],
    ),
    ("43", &["29550-1", "60593-1"]),
    (
        "44",
        &[
            "18776-5", "34895-3", "77604-7", "80771-9", "80788-3", "83869-8",
        ],
    ),
    ("45", &["80565-5"]),
    (
        "52",
        &[
            "11369-6", "55751-2", "87273-9", "89601-9", "96874-3", "96173-0", "101881-1",
        ],
    ),
    ("90", &["74465-6"]),
    (
        "95",
        &[
            "51851-4", "56446-8", "59284-0", "61358-8", "61359-6", "86531-1",
        ],
    ),
];

/// TRE_A05 types of each class (ASS_X04).
const COMPLEMENTARY: &[(&str, &[&str])] = &[
    ("10", &["BIL_AUTO", "DOCPAT03", "DOCPAT05", "DOCPAT06"]),
    ("11", &["DOCPAT01", "DOCPAT08", "EXPORT_DUI", "SYNTH"]),
    ("31", &["DOCPAT04", "IMG-KOS"]),
    (
        "42",
        &[
            "DOCPAT02",
            "PRESC-AAT",
            "PRESC-BIO",
            "PRESC-KINE",
            "PRESC-INF",
            "PRESC-PEDI",
            "PRESC-ORTHOPHO",
            "PRESC-ORTHOPTIE",
        ],
    ),
    ("43", &["DISP_AUT"]),
    ("44", &["PROT_ALD"]),
    ("52", &["CERT_DECL", "DOCPAT07"]),
    ("60", &["REMB"]),
    ("90", &["DOCPAT10", "EXPPAT_1", "EXPPAT_2", "EXPPAT_3"]),
    (
        "95",
        &[
            "ATTEST-ASS-COMPL",
            "ATTEST-DROITS-AM",
            "ATTEST-HEBGT",
            "ATTEST-RESID",
            "ATTEST-VITALE",
            "AUTORIS-SOINS",
            "CONTACTS-URGENCE",
            "DOCPAT09",
            "FICHE-CONTACTS",
            "PIECE-IDENTITE",
        ],
    ),
    ("99", &["FEUILLE-DE-STYLE"]),
];

/// The class (*classe*) of a type of document; none for a type outside the table.
pub fn class_of(document_type: &Code) -> Option<Code> {
    let table = match document_type.system.as_str() {
        systems::LOINC => LOINC,
        systems::TRE_A05 => COMPLEMENTARY,
        _ => return None,
    };
    let code = document_type.code.as_str();
    let (class, _) = table.iter().find(|(_, types)| types.contains(&code))?;
    let (class, label) = CLASSES.iter().find(|(c, _)| c == class)?;
    Some(Code::new(*class, systems::TRE_A03, *label))
}

/// True for a class that the DMP takes (JDV_J57: every class but 99).
pub fn is_taken_by_dmp(class: &str) -> bool {
    class != "99" && CLASSES.iter().any(|(code, _)| *code == class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fiche_is_a_report_and_a_pps_a_plan() {
        let class = |code: &str, system: &str| {
            class_of(&Code::new(code, system, "")).map(|c| (c.code, c.label))
        };
        let found = |code: &str, label: &str| Some((code.to_owned(), label.to_owned()));
        assert_eq!(
            class("34794-8", systems::LOINC),
            found("10", "Compte rendu")
        );
        assert_eq!(
            class("18776-5", systems::LOINC),
            found("44", "Plan de soins, protocole de soins")
        );
        assert_eq!(class("SYNTH", systems::TRE_A05), found("11", "Synthèse"));
        assert_eq!(class("SYNTH", systems::LOINC), None);
        assert_eq!(class("34794-8", "1.2.3"), None);
    }

    #[test]
    fn each_type_stands_in_one_class_that_has_a_label() {
        for table in [LOINC, COMPLEMENTARY] {
            let mut all: Vec<_> = table.iter().flat_map(|(_, types)| *types).collect();
            let count = all.len();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), count);
            for (class, _) in table {
                assert!(CLASSES.iter().any(|(code, _)| code == class), "{class}");
            }
        }
    }
}

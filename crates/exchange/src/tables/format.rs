//! From the template of a document, or the media type of its body, to its
//! format: ASS_A11-CorresModeleCDA-XdsFormatCode-CISIS and ASS_A12; labels of
//! JDV_J10 of 2024-04-26; what the DMP takes is JDV_J60 of 2026-09-28.

use super::systems;
use crate::code::Code;

/// A format, its label, and whether JDV_J60 (DMP) has it.
struct Format {
    code: &'static str,
    label: &'static str,
    dmp: bool,
}

const fn format(code: &'static str, label: &'static str, dmp: bool) -> Format {
    Format { code, label, dmp }
}

/// The format of a document whose template has none.
const OUTSIDE_PROFILES: Format = format(
    "urn:asipSante:modelesHorsProfils:2011",
    "Document non référencé IHE ou CI-SIS",
    true,
);

/// Level 1 template of the CI-SIS (IHE XDS-SD).
pub const UNSTRUCTURED: &str = "1.3.6.1.4.1.19376.1.2.20";

/// Formats of an unstructured body, by media type (ASS_A12).
const MEDIA: &[(&str, Format)] = &[
    (
        "application/pdf",
        format(
            "urn:ihe:iti:xds-sd:pdf:2008",
            "Document à corps non structuré en Pdf/A-1",
            true,
        ),
    ),
    (
        "text/plain",
        format(
            "urn:ihe:iti:xds-sd:text:2008",
            "Document à corps non structuré en texte brut",
            true,
        ),
    ),
    (
        "text/rtf",
        format(
            "urn:ihe:iti-fr:xds-sd:rtf:2010",
            "Document à corps non structuré en format rtf",
            true,
        ),
    ),
    (
        "image/jpeg",
        format(
            "urn:ihe:iti-fr:xds-sd:jpeg:2010",
            "Document à corps non structuré en format jpeg",
            true,
        ),
    ),
    (
        "image/tiff",
        format(
            "urn:ihe:iti-fr:xds-sd:tiff:2010",
            "Document à corps non structuré en format tiff",
            true,
        ),
    ),
];

/// Formats of a structured body, by template (ASS_A11). The templates of the
/// CI-SIS are written from their last arcs, below [`CISIS`].
#[rustfmt::skip]
const TEMPLATES: &[(&str, Format)] = &[
    ("5.1", format("urn:asip:ci-sis:cse-cs8:2017", "Certificat de santé du 8ème jour de l'enfant", true)),
    ("5.2", format("urn:asip:ci-sis:cse-cs9:2017", "Certificat de santé du 9ème mois de l'enfant", true)),
    ("5.3", format("urn:asip:ci-sis:cse-cs24:2017", "Certificat de santé du 24ème mois de l'enfant", true)),
    ("5.4", format("urn:ans:ci-sis:cse-mde:2023", "Mesures de signes vitaux", true)),
    ("8", format("urn:asip:ci-sis:frcp:2011", "Fiche de réunion de concertation pluridisciplinaire", true)),
    ("9", format("urn:asip:ci-sis:idap:2011", "Information et directives anticipées du patient", true)),
    ("10", format("urn:asip:ci-sis:cva:2017", "Carnet de vaccination électronique", false)),
    ("12.1", format("urn:asip:ci-sis:obp-sap:2023", "Synthèse antepartum", true)),
    ("12.2", format("urn:asip:ci-sis:obp-snm:2023", "Synthèse Salle de Naissance Mère", true)),
    ("12.3", format("urn:asip:ci-sis:obp-sne:2023", "Synthèse Salle de Naissance Enfant", true)),
    ("12.4", format("urn:asip:ci-sis:obp-scm:2023", "Synthèse Suites de Couches Mère", true)),
    ("12.5", format("urn:asip:ci-sis:obp-sem:2023", "Synthèse Enfant en Maternité", true)),
    ("13", format("urn:asip:ci-sis:vsm:2012", "Synthèse médicale", true)),
    ("15", format("urn:asip:ci-sis:aunv:2013", "Fiche d'admission en unité neuro-vasculaire", true)),
    ("16", format("urn:asip:ci-sis:eunv:2013", "Fiche d'épisode de soin en unité neuro-vasculaire", true)),
    ("17", format("urn:asip:ci-sis:sunv:2013", "Fiche de sortie d'unité neuro-vasculaire", true)),
    ("18", format("urn:asip:ci-sis:crrtn:2013", "Compte-rendu de rétinographie", true)),
    ("2.1.1", format("urn:asip:ci-sis:avk:2009", "Fiche patient à risque en cardiologie - Traitement AVK", true)),
    ("2.1.2", format("urn:asip:ci-sis:tap:2009", "Fiche patient à risque en cardiologie - Traitement antiagrégant plaquettaire, stent", true)),
    ("2.1.3", format("urn:asip:ci-sis:dci:2009", "Fiche patient à risque en cardiologie - Défibrillateur cardiaque interne", true)),
    ("2.1.4", format("urn:asip:ci-sis:psc:2009", "Fiche patient à risque en cardiologie - Porteur d'un stimulateur cardiaque", true)),
    ("2.1.5", format("urn:asip:ci-sis:ppv:2009", "Fiche patient à risque en cardiologie - Porteur d'une prothèse valvulaire", true)),
    ("20", format("urn:asip:ci-sis:pps-paerpa:2017", "Plan Personnalisé de Santé - PAERPA", true)),
    ("21", format("urn:asip:ci-sis:ldl-ees:2017", "Lettre de Liaison à l'entrée d'un établissement de santé", true)),
    ("22", format("urn:asip:ci-sis:dlu:2015", "Document de liaison d'urgence", true)),
    ("23", format("urn:asip:ci-sis:fludt:2017", "Fiche de liaison d'urgence - Transfert de l'EHPAD vers les urgences", true)),
    ("24", format("urn:asip:ci-sis:fludr:2017", "Fiche de liaison d'urgence - Retour des urgences vers l'EHPAD", true)),
    ("25", format("urn:asip:ci-sis:pavc:2016", "Compte-rendu de consultation d'évaluation pluri-professionnelle post AVC", true)),
    ("26", format("urn:asip:ci-sis:pps-cancer:2017", "Programme Personnalisé de Soins - Cancer", true)),
    ("27", format("urn:asip:ci-sis:d2lm-fin:2017", "Seconde lecture de mammographie - Fiche d'interprétation nationale", true)),
    ("28", format("urn:asip:ci-sis:d2lm-fidd:2017", "Seconde lecture de mammographie - Fiche d'interprétation du bilan de diagnostic différé", true)),
    ("29", format("urn:asip:ci-sis:ldl-ses:2017", "Lettre de Liaison à la sortie de l'établissement de santé", true)),
    ("30", format("urn:asip:ci-sis:sdm-mr:2017", "Set de Données Minimum - Maladies Rares", true)),
    ("32", format("urn:asip:ci-sis:crgm:2018", "Compte rendu de génétique moléculaire", true)),
    ("36", format("urn:asip:ci-sis:hr:2019", "Données de remboursement", true)),
    ("37", format("urn:asip:ci-sis:vac:2019", "Historique des vaccinations", true)),
    ("38", format("urn:asip:ci-sis:tlm-da:2020", "Demande d'acte de télémédecine", true)),
    ("39", format("urn:ihe:pharm:pre:2010", "Prescription de médicaments", true)),
    ("40", format("urn:asip:ci-sis:cr-anest:2020", "Compte rendu d'anesthésie", true)),
    ("41", format("urn:asip:ci-sis:cr-cpa:2020", "Compte rendu de consultation pré-anesthésique", true)),
    ("42", format("urn:ihe:eyecare:geneyeevalcn:2014", "CR de consultation en ophtalmologie", true)),
    ("43", format("urn:ihe:eyecare:geneyeevalcn:2014", "CR de consultation en ophtalmologie", true)),
    ("44", format("urn:ihe:eyecare:geneyeevalcn:2014", "CR de consultation en ophtalmologie", true)),
    ("45", format("urn:ihe:rad:CDA:ImagingReportStructuredHeadings:2013", "Compte-rendu d'imagerie médicale", true)),
    ("46", format("urn:asip:ci-sis:vac-note:2021", "Note de vaccination", true)),
    ("47", format("urn:ans:ci-sis:img-da:2022", "Demande d'actes d'imagerie", true)),
    ("48", format("urn:asip:ci-sis:dlu-dlu-dom:2022", "Document de liaison d'urgence DOM", false)),
    ("49", format("urn:asip:ci-sis:dlu-fludt-dom:2022", "Fiche de liaison d'urgence - Transfert du domicile vers les urgences", false)),
    ("50", format("urn:asip:ci-sis:dlu-fludr-dom:2022", "Fiche de liaison d'urgence - Retour des urgences vers le domicile", false)),
    ("51", format("urn:ihe:pcc:ips:2020", "Synthèse médicale", true)),
    ("52", format("urn:ans:ci-sis:bio-ep-bio:2022", "Prescription d'actes de biologie médicale", true)),
    ("54", format("urn:ihe:pharm:dis:2010", "Dispensation médicamenteuse", true)),
    ("55", format("urn:ihe:lab:xd-lab:2008", "Compte rendu structuré d'examens de biologie médicale", true)),
    ("56", format("urn:asip:ci-sis:ppp:2023", "Plan personnalisé de prévention", true)),
    ("57", format("urn:ihe:palm:apsr:2016", "CR d'anatomie et de cytologie pathologiques", true)),
    ("58", format("urn:asip:ci-sis:export-dui:2023", "Export du Dossier Usager informatisé", false)),
    ("1.3.6.1.4.1.19376.1.3.3", format("urn:ihe:lab:xd-lab:2008", "Compte rendu structuré d'examens de biologie médicale", true)),
    ("1.3.6.1.4.1.19376.1.8.1.1.1", format("urn:ihe:pat:apsr:all:2010", "Compte rendu d'anatomie et de cytologie pathologiques - Modèle générique", false)),
];

/// Root of the document templates of the CI-SIS.
const CISIS: &str = "1.2.250.1.213.1.1.1.";

/// The organ templates of IHE APSR 2010 (1.3.6.1.4.1.19376.1.8.1.1.2.x), x from 1.
const APSR_ORGANS: &[(&str, &str)] = &[
    ("breast", "sein"),
    ("colon", "côlon"),
    ("prostate", "prostate"),
    ("thyroid", "thyroïde"),
    ("lung", "poumon"),
    ("skin", "mélanome cutané"),
    ("kidney", "rein"),
    ("cervix", "col de l'utérus"),
    ("endometrium", "corps utérin"),
    ("ovary", "ovaires"),
    ("esophagus", "œsophage"),
    ("stomach", "estomac"),
    ("liver", "foie"),
    ("pancreas", "pancréas"),
    ("testis", "testicule"),
    ("urinary_bladder", "vessie"),
    ("lip_oral_cavity", "cavité buccale"),
    ("pharynx", "pharynx"),
    ("salivary_gland", "glandes salivaires"),
    ("larynx", "larynx"),
];

/// Root of the organ templates.
const APSR_ORGAN: &str = "1.3.6.1.4.1.19376.1.8.1.1.2.";

fn coded(format: &Format) -> Code {
    let system = if format.code.starts_with("urn:ihe:") {
        systems::TRE_A11
    } else {
        systems::TRE_A06
    };
    Code::new(format.code, system, format.label)
}

/// The format of one template; none when ASS_A11 has no row for it.
fn of_template(template: &str) -> Option<Code> {
    if let Some(rank) = template.strip_prefix(APSR_ORGAN) {
        let rank: usize = rank.parse().ok()?;
        let (organ, french) = APSR_ORGANS.get(rank.checked_sub(1)?)?;
        return Some(Code::new(
            format!("urn:ihe:pat:apsr:{organ}:2010"),
            systems::TRE_A11,
            format!("Compte rendu d'anatomie et de cytologie pathologiques - {french}"),
        ));
    }
    let short = template.strip_prefix(CISIS).unwrap_or(template);
    let (_, format) = TEMPLATES.iter().find(|(known, _)| *known == short)?;
    Some(coded(format))
}

/// The format (*formatCode*) of a structured document: that of the last of its
/// templates that ASS_A11 knows (the most special stands last), else
/// `urn:asipSante:modelesHorsProfils:2011`.
pub fn of_templates<'a>(templates: impl DoubleEndedIterator<Item = &'a str>) -> Code {
    templates
        .rev()
        .find_map(of_template)
        .unwrap_or_else(outside_profiles)
}

/// `urn:asipSante:modelesHorsProfils:2011`, the format of a document whose
/// template ASS_A11 does not know.
pub fn outside_profiles() -> Code {
    coded(&OUTSIDE_PROFILES)
}

/// The format of an unstructured document by the media type of its body;
/// parameters and case do not count.
pub fn of_media_type(media_type: &str) -> Option<Code> {
    let bare = media_type.split(';').next()?.trim().to_ascii_lowercase();
    let bare = if bare == "application/rtf" {
        "text/rtf"
    } else {
        &bare
    };
    let (_, format) = MEDIA.iter().find(|(known, _)| *known == bare)?;
    Some(coded(format))
}

/// True for a format of JDV_J60, the list of the DMP.
pub fn is_taken_by_dmp(code: &str) -> bool {
    let known = TEMPLATES.iter().chain(MEDIA).map(|(_, format)| format);
    known
        .chain([&OUTSIDE_PROFILES])
        .any(|format| format.dmp && format.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(templates: &[&str]) -> String {
        of_templates(templates.iter().copied()).code
    }

    #[test]
    fn the_documents_of_a_cancer_record() {
        let header = ["2.16.840.1.113883.2.8.2.1", "1.2.250.1.213.1.1.1.1"];
        let with = |last: &str| of(&[header[0], header[1], last]);
        assert_eq!(with("1.2.250.1.213.1.1.1.8"), "urn:asip:ci-sis:frcp:2011");
        assert_eq!(
            with("1.2.250.1.213.1.1.1.26"),
            "urn:asip:ci-sis:pps-cancer:2017"
        );
        assert_eq!(with("1.2.250.1.213.1.1.1.32"), "urn:asip:ci-sis:crgm:2018");
        assert_eq!(with("1.2.250.1.213.1.1.1.57"), "urn:ihe:palm:apsr:2016");
        assert_eq!(
            with("1.3.6.1.4.1.19376.1.5.3.1.1.1"),
            "urn:asipSante:modelesHorsProfils:2011"
        );
    }

    #[test]
    fn an_organ_is_more_special_than_the_generic_report() {
        let generic = "1.3.6.1.4.1.19376.1.8.1.1.1";
        let breast = "1.3.6.1.4.1.19376.1.8.1.1.2.1";
        assert_eq!(of(&[generic, breast]), "urn:ihe:pat:apsr:breast:2010");
        assert_eq!(of(&[generic]), "urn:ihe:pat:apsr:all:2010");
        assert_eq!(
            of(&["1.3.6.1.4.1.19376.1.8.1.1.2.0"]),
            OUTSIDE_PROFILES.code
        );
        assert!(!is_taken_by_dmp("urn:ihe:pat:apsr:breast:2010"));
        assert!(is_taken_by_dmp("urn:asip:ci-sis:frcp:2011"));
    }

    #[test]
    fn a_media_type_is_read_without_case_or_parameter() {
        let code = |media: &str| of_media_type(media).map(|c| c.code);
        assert_eq!(
            code("Application/PDF; version=1").as_deref(),
            Some("urn:ihe:iti:xds-sd:pdf:2008")
        );
        assert_eq!(
            code("application/rtf").as_deref(),
            Some("urn:ihe:iti-fr:xds-sd:rtf:2010")
        );
        assert_eq!(code("image/png"), None);
    }
}

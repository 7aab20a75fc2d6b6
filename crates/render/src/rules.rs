//! What can keep a part of a document from being shown.

use dcc_base::problem::{Rule, Severity};

macro_rules! rule {
    ($name:ident, $code:literal, $severity:ident, $text:literal, $source:literal) => {
        #[doc = $text]
        pub static $name: Rule = Rule {
            code: $code,
            severity: Severity::$severity,
            text: $text,
            source: $source,
        };
    };
}

rule!(
    NOT_CDA,
    "RENDU-CDA",
    Blocking,
    "Le document XML ne contient pas d'élément ClinicalDocument",
    "HL7 CDA R2 §4.1"
);
rule!(
    IMAGE,
    "RENDU-IMAGE",
    Warning,
    "Une image n'est pas montrée",
    "HL7 CDA R2 §4.3.5.6"
);
rule!(
    LINK,
    "RENDU-LIEN",
    Warning,
    "Un lien est montré comme du texte : son adresse n'est pas d'un type sûr",
    "HL7 CDA R2 §4.3.5.2"
);
rule!(
    TABLE,
    "RENDU-TABLEAU",
    Warning,
    "Un tableau annonce des cellules fusionnées au-delà de ce qui est montré",
    "HL7 CDA R2 §4.3.5.7"
);
rule!(
    DEPTH,
    "RENDU-PROFONDEUR",
    Warning,
    "Un passage trop imbriqué est montré sans sa mise en forme",
    "dcc, rendu"
);
rule!(
    BODY,
    "RENDU-CORPS",
    Warning,
    "Le corps du document n'est pas lisible",
    "HL7 CDA R2 §4.3.1"
);
rule!(
    LOGO,
    "RENDU-LOGO",
    Blocking,
    "Le logo n'est pas une image qui peut être montrée",
    "dcc, rendu"
);
rule!(
    DATE,
    "RENDU-DATE",
    Blocking,
    "Le document n'a pas de date lisible, et un PDF/A en demande une",
    "ISO 19005-1 §6.7.3"
);
rule!(
    PDF,
    "RENDU-PDF",
    Blocking,
    "Le PDF ne peut pas être produit",
    "ISO 19005-1 (PDF/A-1b)"
);

/// The rules of this concept.
pub static RULES: &[&Rule] = &[
    &NOT_CDA, &IMAGE, &LINK, &TABLE, &DEPTH, &BODY, &LOGO, &DATE, &PDF,
];

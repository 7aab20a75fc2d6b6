//! Rules that an XML text can break.

use crate::problem::{Rule, Severity};

macro_rules! rule {
    ($name:ident, $code:literal, $text:literal, $source:literal) => {
        #[doc = $text]
        pub static $name: Rule = Rule {
            code: $code,
            severity: Severity::Blocking,
            text: $text,
            source: $source,
        };
    };
}

rule!(
    ENCODING,
    "XML-ENCODAGE",
    "Le texte ne se lit pas dans l'encodage annoncé",
    "XML 1.0 §4.3.3"
);
rule!(
    MALFORMED,
    "XML-FORME",
    "Le document n'est pas un XML bien formé",
    "XML 1.0 §2.1"
);
rule!(
    DTD,
    "XML-DTD",
    "Une DTD ou une entité externe n'est pas acceptée dans un document CDA",
    "CI-SIS, volet Structuration minimale"
);
rule!(
    LIMIT,
    "XML-LIMITE",
    "Le document dépasse une limite de lecture",
    "dcc, options de lecture"
);
rule!(
    CHARACTER,
    "XML-CARACTERE",
    "Un caractère est interdit par XML 1.0",
    "XML 1.0 §2.2"
);

/// The rules of this concept.
pub static RULES: &[&Rule] = &[&ENCODING, &MALFORMED, &DTD, &LIMIT, &CHARACTER];

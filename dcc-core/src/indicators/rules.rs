//! What facts must respect to be counted.

use crate::problem::{Rule, Severity};

macro_rules! rule {
    ($name:ident, $code:literal, $severity:ident, $text:literal) => {
        pub(crate) static $name: Rule = Rule {
            code: $code,
            severity: Severity::$severity,
            text: $text,
            source: "annexe 2, qualité des faits",
        };
    };
}

rule!(
    COLUMN,
    "FAIT-COLONNE",
    Blocking,
    "Chaque colonne porte un nom connu, une seule fois"
);
rule!(
    MISSING,
    "FAIT-OBLIGATOIRE",
    Blocking,
    "La valeur est obligatoire"
);
rule!(
    DATE,
    "FAIT-DATE",
    Blocking,
    "La date est une date du calendrier, AAAA-MM-JJ ou JJ/MM/AAAA, sans heure"
);
rule!(
    DATE_RANGE,
    "FAIT-DATE-BORNES",
    Blocking,
    "La date se trouve dans les bornes admises"
);
rule!(
    BOOLEAN,
    "FAIT-BOOLEEN",
    Blocking,
    "La valeur est un booléen"
);
rule!(
    INTEGER,
    "FAIT-ENTIER",
    Blocking,
    "La valeur est un nombre entier, sans décimale"
);
rule!(
    NEGATIVE,
    "FAIT-NEGATIF",
    Blocking,
    "Le nombre n'est pas négatif"
);
rule!(
    STATUS,
    "FAIT-STATUT",
    Blocking,
    "Le statut de la session est connu"
);
rule!(
    TEXT,
    "FAIT-TEXTE",
    Blocking,
    "La valeur est un texte d'au plus 65 535 octets"
);
rule!(
    RESERVED,
    "FAIT-RESERVE",
    Blocking,
    "Le mot « tous », qui désigne les totaux, n'est ni un établissement, ni un 3C, ni un thème"
);
rule!(
    LINE,
    "FAIT-LIGNE",
    Blocking,
    "La ligne se lit dans le format annoncé"
);
rule!(
    SESSION,
    "FAIT-SESSION",
    Blocking,
    "La session citée figure parmi les sessions fournies"
);
rule!(
    CONFLICT,
    "FAIT-CONFLIT",
    Blocking,
    "Un même identifiant et une même version ne portent qu'un seul contenu ; un seul fait est compté"
);
rule!(
    DUPLICATE,
    "FAIT-DOUBLON",
    Warning,
    "Le même fait est donné plusieurs fois ; il est compté une seule fois"
);
rule!(
    PERIOD,
    "INDIC-PERIODE",
    Blocking,
    "La période commence avant sa fin et ne dépasse pas cent ans"
);
rule!(
    BYTES,
    "INDIC-OCTETS",
    Blocking,
    "Les octets sont ceux d'un agrégat, entiers et intacts"
);
rule!(
    BYTES_VERSION,
    "INDIC-VERSION",
    Blocking,
    "La version du format de l'agrégat est connue"
);
rule!(
    TABLE,
    "INDIC-TABLE",
    Blocking,
    "La table porte un nom connu"
);

/// Every rule of the facts and of their aggregate.
pub static RULES: &[&Rule] = &[
    &COLUMN,
    &MISSING,
    &DATE,
    &DATE_RANGE,
    &BOOLEAN,
    &INTEGER,
    &NEGATIVE,
    &STATUS,
    &TEXT,
    &RESERVED,
    &LINE,
    &SESSION,
    &CONFLICT,
    &DUPLICATE,
    &PERIOD,
    &BYTES,
    &BYTES_VERSION,
    &TABLE,
];

//! Rules on coded values and on value-set files.

use crate::problem::{Rule, Severity};

macro_rules! rules {
    ($($name:ident, $code:literal, $severity:ident, $text:literal, $source:literal;)*) => {
        $(
            #[doc = concat!("`", $code, "`: ", $text, ".")]
            pub(crate) static $name: Rule = Rule {
                code: $code,
                severity: Severity::$severity,
                text: $text,
                source: $source,
            };
        )*
        /// The rules of this area, in the order of the table.
        pub static RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    CODE, "JDV-CODE", Blocking,
        "Le code appartient au jeu de valeurs",
        "CI-SIS, volets de contenu et règle dansJeuDeValeurs";
    PERIME, "JDV-PERIME", Blocking,
        "Le code n'est pas retiré à la date du document",
        "CI-SIS, jeux de valeurs (dateFin)";
    SYSTEME, "JDV-SYSTEME", Blocking,
        "Le système de codage est celui que le jeu de valeurs donne à ce code",
        "CI-SIS, volets de contenu et règle dansJeuDeValeurs";
    SVS_XML, "JDV-SVS-XML", Blocking,
        "Le fichier est un document XML bien formé, en UTF-8 et sans DTD",
        "IHE ITI SVS, RetrieveValueSetResponse";
    SVS_STRUCTURE, "JDV-SVS-STRUCTURE", Blocking,
        "Le fichier porte un RetrieveValueSetResponse, un seul ValueSet et au moins un Concept",
        "IHE ITI SVS, RetrieveValueSetResponse";
    SVS_ATTRIBUT, "JDV-SVS-ATTRIBUT", Blocking,
        "Les attributs obligatoires sont présents et renseignés",
        "IHE ITI SVS, RetrieveValueSetResponse";
    SVS_OID, "JDV-SVS-OID", Blocking,
        "L'identifiant du jeu de valeurs est un OID",
        "IHE ITI SVS, RetrieveValueSetResponse";
    SVS_DATE, "JDV-SVS-DATE", Blocking,
        "Une date s'écrit AAAAMMJJ[HHMMSS] ou AAAA-MM-JJ[THH:MM:SS…]",
        "ANS, jeux de valeurs du CI-SIS";
    SVS_PERIODE, "JDV-SVS-PERIODE", Warning,
        "La fin de validité ne précède pas le début",
        "ANS, jeux de valeurs du CI-SIS";
    SVS_DOUBLON, "JDV-SVS-DOUBLON", Warning,
        "Un code ne figure qu'une fois par système de codage ; le premier est retenu",
        "ANS, jeux de valeurs du CI-SIS";
    SVS_ESPACE, "JDV-SVS-ESPACE", Warning,
        "Un code ne commence ni ne finit par une espace",
        "ANS, jeux de valeurs du CI-SIS";
}

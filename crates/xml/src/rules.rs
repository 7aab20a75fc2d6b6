//! Rules that an XML text can break.

use dcc_base::problem::rules;

rules! {
    ENCODING: Blocking "XML-ENCODAGE" "Le texte ne se lit pas dans l'encodage annoncé" "XML 1.0 §4.3.3";
    MALFORMED: Blocking "XML-FORME" "Le document n'est pas un XML bien formé" "XML 1.0 §2.1";
    DTD: Blocking "XML-DTD" "Une DTD ou une entité externe n'est pas acceptée dans un document CDA" "CI-SIS, volet Structuration minimale";
    LIMIT: Blocking "XML-LIMITE" "Le document dépasse une limite de lecture" "dcc, options de lecture";
    CHARACTER: Blocking "XML-CARACTERE" "Un caractère est interdit par XML 1.0" "XML 1.0 §2.2";
}

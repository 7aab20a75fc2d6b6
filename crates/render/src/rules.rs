//! What can keep a part of a document from being shown.

use dcc_base::rules;

rules! {
    NOT_CDA: Blocking "RENDU-CDA" "Le document XML ne contient pas d'élément ClinicalDocument" "HL7 CDA R2 §4.1";
    IMAGE: Warning "RENDU-IMAGE" "Une image n'est pas montrée" "HL7 CDA R2 §4.3.5.6";
    LINK: Warning "RENDU-LIEN" "Un lien est montré comme du texte : son adresse n'est pas d'un type sûr" "HL7 CDA R2 §4.3.5.2";
    TABLE: Warning "RENDU-TABLEAU" "Un tableau annonce des cellules fusionnées au-delà de ce qui est montré" "HL7 CDA R2 §4.3.5.7";
    DEPTH: Warning "RENDU-PROFONDEUR" "Un passage trop imbriqué est montré sans sa mise en forme" "dcc, rendu";
    BODY: Warning "RENDU-CORPS" "Le corps du document n'est pas lisible" "HL7 CDA R2 §4.3.1";
    LOGO: Blocking "RENDU-LOGO" "Le logo n'est pas une image qui peut être montrée" "dcc, rendu";
    DATE: Blocking "RENDU-DATE" "Le document n'a pas de date lisible, et un PDF/A en demande une" "ISO 19005-1 §6.7.3";
    PDF: Blocking "RENDU-PDF" "Le PDF ne peut pas être produit" "ISO 19005-1 (PDF/A-1b)";
}

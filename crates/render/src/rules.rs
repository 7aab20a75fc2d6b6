//! What can keep a part of a document from being shown.

use dcc_base::rules;

rules! {
    NOT_CDA: Blocking "RENDU-CDA" "Le document XML ne contient pas d'élément ClinicalDocument de l'espace de noms urn:hl7-org:v3" "HL7 CDA R2 §4.1";
    MOMENT: Warning "RENDU-MOMENT" "Une date est montrée telle qu'elle est écrite : ce n'est pas une date HL7 possible" "HL7 CDA R2, types de données, TS";
    IMAGE: Warning "RENDU-IMAGE" "Une image n'est pas montrée" "HL7 CDA R2 §4.3.5.6";
    FILE: Warning "RENDU-PIECE" "Une pièce jointe n'est pas lisible comme le document l'annonce" "HL7 CDA R2 §4.3.5.6, types de données, ED";
    LINK: Warning "RENDU-LIEN" "Un lien est montré comme du texte : son adresse n'est pas d'un type sûr" "HL7 CDA R2 §4.3.5.2";
    NOTE: Warning "RENDU-NOTE" "Un appel de note renvoie à une note absente du document" "HL7 CDA R2 §4.3.5.9";
    TABLE: Warning "RENDU-TABLEAU" "Un tableau annonce des cellules fusionnées au-delà de ce qui est montré" "HL7 CDA R2 §4.3.5.7";
    DEPTH: Warning "RENDU-PROFONDEUR" "Un passage trop imbriqué est montré sans sa mise en forme" "dcc, rendu";
    SECTION: Warning "RENDU-SECTION" "Une section a un contenu structuré sans texte : il n'est pas montré" "HL7 CDA R2 §4.3.5";
    BODY: Warning "RENDU-CORPS" "Le corps du document n'est pas lisible" "HL7 CDA R2 §4.3.1";
    GLYPH: Warning "RENDU-CARACTERE" "Un caractère n'est dans aucune police du PDF : il y est remplacé par un signe d'absence" "dcc, rendu";
    PRIVATE: Warning "RENDU-SYMBOLE" "Un caractère privé d'un traitement de texte est remplacé par le signe qu'il représente" "Unicode, zone à usage privé U+F020 à U+F0FF";
    MARKS: Warning "RENDU-DIACRITIQUES" "Des signes diacritiques en trop sur une même lettre ne sont pas montrés" "dcc, rendu";
    LOGO: Blocking "RENDU-LOGO" "Le logo n'est pas une image qui peut être montrée" "dcc, rendu";
    DATE: Warning "RENDU-DATE" "Le document n'a pas de date lisible : le PDF ne se déclare pas PDF/A, qui en demande une" "ISO 19005-1 §6.7.3";
    UNTAGGED: Warning "RENDU-PDF-1B" "Le PDF est un PDF/A-1b et non un PDF/A-1a : un de ses textes ne peut pas être balisé" "ISO 19005-1";
    PDF: Blocking "RENDU-PDF" "Le PDF ne peut pas être produit" "ISO 19005-1 (PDF/A-1a)";
}

//! What a reader of data types reports.

use dcc_base::rules;

rules! {
    NOT_CDA: Blocking "CDA-DOCUMENT" "Le document XML ne contient pas d'élément ClinicalDocument de l'espace de noms urn:hl7-org:v3" "HL7 CDA R2 §4.1";
    TS: Warning "CDA-TS" "Une date n'est pas une date HL7 possible : elle est montrée telle qu'elle est écrite" "HL7 CDA R2, types de données, TS";
    REPRESENTATION: Warning "CDA-ED-FORME" "La représentation d'un contenu n'est pas celle qui est annoncée" "HL7 CDA R2, types de données, ED";
    BASE64: Warning "CDA-ED-BASE64" "Un contenu n'est pas un base64 lisible" "HL7 CDA R2, types de données, ED ; RFC 4648";
    COMPRESSION: Warning "CDA-ED-COMPRESSION" "Un contenu compressé n'a pas pu être décompressé" "HL7 CDA R2, types de données, ED ; RFC 1951, RFC 1952";
    INTEGRITY: Warning "CDA-ED-EMPREINTE" "Un contenu n'a pas l'empreinte annoncée" "HL7 CDA R2, types de données, ED";
    SIZE: Warning "CDA-ED-TAILLE" "Un contenu dépasse la taille acceptée" "dcc, limites";
    EMPTY: Warning "CDA-ED-VIDE" "Un contenu est vide" "HL7 CDA R2, types de données, ED";
    REFERENCE: Warning "CDA-ED-REFERENCE" "Un contenu est en dehors du document" "HL7 CDA R2, types de données, ED";
}

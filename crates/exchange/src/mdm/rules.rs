//! Rules on MDM messages.

use dcc_base::rules;

const V2: &str = "CI-SIS, volet « Transmission d'un document CDA-R2 en HL7 v2 » 2.1";
const LPS: &str =
    "CI-SIS, volet « Transmission au LPS d'un document CDA provenant d'un courriel MSSanté » 1.1";

rules! {
    GATEWAY: Blocking "MDM-PASSERELLE" "Les applications et les organisations émettrices et réceptrices sont indiquées (MSH-3 à MSH-6)" V2;
    MESSAGE_ID: Blocking "MDM-MESSAGE" "L'identifiant du message est indiqué (MSH-10)" V2;
    PROCESSING: Blocking "MDM-MODE" "Le mode est P, T ou D (MSH-11)" V2;
    VISIT: Blocking "MDM-VENUE" "La classe de la venue est I, O, E, R ou N (PV1-2)" V2;
    VISIT_NUMBER: Blocking "MDM-VENUE-NUMERO" "Le numéro de venue est indiqué pour une venue I, O, E ou R (PV1-19)" V2;
    ACCOUNT: Warning "MDM-DOSSIER" "Le numéro de dossier administratif est indiqué s'il est connu (PID-18)" V2;
    CODING: Warning "MDM-TYPE" "Le type du document est un code LOINC ou TRE_A05 (OBX-3.3)" V2;
    PATIENT_HIDDEN: Blocking "MDM-PATIENT-INVISIBLE" "Un document non visible par le patient ne lui est pas envoyé par messagerie" V2;
    ADDRESS: Blocking "MDM-ADRESSE" "Chaque destinataire a une adresse MSSanté (PRT-15)" V2;
    NO_DESTINATION: Warning "MDM-SANS-DESTINATION" "Le message ne demande ni alimentation du DMP ni envoi par MSSanté" V2;
    MATRIX: Warning "MDM-MATRICE" "La combinaison de masques et de destinataires n'est pas dans la matrice MSSanté du volet (les messages officiels en sortent eux-mêmes)" V2;

    KIND: Blocking "MDM-EVENEMENT" "Le message est un MDM^T02, MDM^T10 ou MDM^T04 (MSH-9)" V2;
    AGREEMENT: Blocking "MDM-ACCORD" "MSH-9, ORC-1 et OBX-11 demandent la même chose" V2;
    STRUCTURE: Warning "MDM-STRUCTURE" "La structure du message est MDM_T02 (MSH-9.3)" V2;
    PROFILE: Warning "MDM-PROFIL" "Le profil du message est CISIS_CDA_HL7_V2 ou CISIS_CDA_HL7_LPS (MSH-21)" V2;
    NO_DOCUMENT: Blocking "MDM-DOCUMENT" "Le message contient un document en base 64 (OBX-2 = ED, OBX-5.5)" V2;
    SEVERAL: Warning "MDM-PLUSIEURS" "Un message MDM transporte un seul document ; le premier est repris" V2;
    BASE64: Blocking "MDM-BASE64" "Le document se décode en base 64" V2;
    PADDING: Warning "MDM-BASE64-BOURRAGE" "Le bourrage de la base 64 est incorrect ; le document est lu quand même" V2;
    NOT_A_CDA: Warning "MDM-CDA" "Le contenu du document est un CDA" V2;
    DOCUMENT_ID: Warning "MDM-TXA12" "L'identifiant de TXA-12 est celui du document" V2;
    PARENT_ID: Warning "MDM-TXA13" "L'identifiant de TXA-13 est celui du document remplacé" V2;
    PARENT_MISSING: Blocking "MDM-TXA13-ABSENT" "Un remplacement indique le document remplacé (TXA-13)" V2;
    PARENT_UNASKED: Warning "MDM-TXA13-INATTENDU" "TXA-13 n'est renseigné que pour un remplacement" V2;
    NAMESPACE: Warning "MDM-TXA12-NOM" "TXA-12.2 et TXA-13.2 ne sont pas renseignés" V2;
    PATIENT: Warning "MDM-PID3" "Les identifiants de PID-3 sont ceux du document" V2;
    FLAG_MISSING: Warning "MDM-META-ABSENTE" "Chaque métadonnée requise est présente" V2;
    FLAG_VALUE: Warning "MDM-META-VALEUR" "Une métadonnée vaut Y ou N (OBX-5)" V2;
    FLAG_TWICE: Warning "MDM-META-DOUBLE" "Une métadonnée est présente une fois ; la première est reprise" V2;
    FLAG_ORDER: Warning "MDM-META-ORDRE" "Les métadonnées suivent l'ordre du volet" V2;
    UNKNOWN: Warning "MDM-INCONNU" "Cet élément n'est pas prévu par le volet ; il n'est pas repris" V2;
    SENDER: Warning "MDM-EMETTEUR" "L'émetteur est indiqué (PRT, SB)" V2;
    BLANKS: Warning "MDM-BLANCS" "Une valeur finit par des espaces ; elles ne sont pas reprises" V2;
    NO_MAIL: Warning "MDM-COURRIEL" "Le courriel reçu accompagne le document (second OBX ED)" LPS;

    ANSWER: Blocking "ACK-TYPE" "Le message est un acquittement ACK ou ZAM" V2;
    ANSWER_CODE: Blocking "ACK-CODE" "MSA-1 vaut AA, AE ou AR" V2;
    ANSWER_ID: Blocking "ACK-MESSAGE" "L'acquittement indique le message auquel il répond" V2;
    ANSWER_FAULT: Warning "ACK-ERREUR" "Un refus est expliqué par un segment ERR" V2;
    BUSINESS_VALUE: Blocking "ACK-VALEUR" "L'accusé métier vaut Y ou N (OBX-5)" V2;
}

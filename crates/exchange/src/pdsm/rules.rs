//! Rules on FHIR requests and answers.

use dcc_base::rules;

const PDSM: &str = "CI-SIS, PDSm 3.1.1 ; PDSm4DMP";
const FHIR: &str = "HL7 FHIR R4";

rules! {
    ONE_DOCUMENT: Blocking "PDSM-UN-DOCUMENT" "La publication simplifiée porte un seul document" PDSM;
    NO_REPLACEMENT: Blocking "PDSM-SIMPLIFIEE-REMPLACE" "La publication simplifiée ne remplace pas de document" PDSM;
    CUSTODIAN: Blocking "PDSM-CONSERVATION" "La structure qui conserve le document est indiquée (custodian)" PDSM;
    DELETION: Warning "PDSM-SUPPRESSION" "La suppression par FHIR n'est pas tranchée par les textes (statut entered-in-error) ; le serveur peut la refuser" PDSM;
    UNCHANGED: Blocking "PDSM-INCHANGE" "La modification demandée change quelque chose" PDSM;
    ID: Blocking "PDSM-ID" "La fiche à modifier a un identifiant" PDSM;

    JSON: Blocking "PDSM-JSON" "La réponse est un JSON lisible, dans les limites de lecture" FHIR;
    RESOURCE: Blocking "PDSM-RESSOURCE" "La réponse est un Bundle, un DocumentReference ou un OperationOutcome" FHIR;
    COUNT: Blocking "PDSM-REPONSES" "La réponse à une transaction a une entrée par entrée de la requête" FHIR;
    UNKNOWN: Warning "PDSM-INCONNU" "Une ressource de la réponse n'est pas un DocumentReference ; elle n'est pas reprise" FHIR;
}

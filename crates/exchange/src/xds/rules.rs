//! Rules on requests to a registry and on its answers.

use dcc_base::rules;

const DMP: &str = "Service DMP intégré aux LPS ; PDSm4DMP, TD3.3";
const IHE: &str = "IHE ITI TF-2 §3.41, §3.57";
const DSIG: &str = "W3C XML Signature ; IHE ITI TF-3 §5.5 (DSG)";

rules! {
    ENTRY: Blocking "XDS-FICHE" "La fiche à modifier est celle que donne le registre : entryUUID, patientId" IHE;
    LOGICAL: Blocking "XDS-FICHE-VERSION" "La fiche à modifier porte son logicalId et sa version, que donne le registre" IHE;
    HIDING: Blocking "XDS-INVISIBLE-APRES" "Après l'alimentation, un document peut devenir visible par le patient ou ses représentants, jamais invisible" DMP;
    CONFIRM: Blocking "XDS-CONFIRMATION" "Rendre un document visible par les représentants légaux est irréversible et se confirme" DMP;
    UNCHANGED: Blocking "XDS-INCHANGE" "La visibilité demandée diffère de celle de la fiche" DMP;
    STATUS: Blocking "XDS-STATUT" "Le statut actuel de la fiche permet ce changement" IHE;

    ANSWER: Blocking "XDS-REPONSE" "La réponse contient un RegistryResponse, une AdhocQueryResponse ou une erreur SOAP" IHE;
    MULTIPART: Blocking "XDS-MULTIPART" "La réponse multipart se découpe selon sa frontière" "RFC 2046 ; W3C MTOM";
    STATUS_UNKNOWN: Blocking "XDS-REPONSE-STATUT" "Le statut de la réponse est Success, PartialSuccess ou Failure" IHE;

    SIGNATURE_VALUE: Blocking "XDS-SIGNATURE" "La valeur de la signature n'est pas vide" DSIG;
    SIGNATURE_ID: Blocking "XDS-SIGNATURE-ID" "L'identifiant du document de signature est un OID, différent des autres" DSIG;
    SIGNATURE_SET: Blocking "XDS-SIGNATURE-LOT" "La signature est celle de ce lot et de ces documents" DSIG;
    CERTIFICATE: Blocking "XDS-CERTIFICAT" "Le certificat de signature, son émetteur et son numéro de série sont indiqués" DSIG;
}

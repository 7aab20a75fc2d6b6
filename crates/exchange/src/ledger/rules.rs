//! Rules on what may leave, given what has left.

use dcc_base::rules;

const DMP: &str = "Service DMP intégré aux LPS, alimentation et gestion des documents";
const DCC: &str = "dcc, journal des envois";

rules! {
    ALREADY: Blocking "JOURNAL-DEJA-ENVOYE" "Le DMP détient déjà ce document" DMP;
    PENDING: Blocking "JOURNAL-EN-ATTENTE" "Un envoi de ce document attend sa réponse" DCC;
    UNCHANGED: Blocking "JOURNAL-INCHANGE" "Le DMP détient déjà ce contenu : un document inchangé n'est pas renvoyé" DMP;
    OLDER: Blocking "JOURNAL-VERSION" "La version envoyée est plus récente que celle que détient le DMP" DMP;
    NOT_REPLACING: Blocking "JOURNAL-SANS-REMPLACEMENT" "Une nouvelle version remplace celle que détient le DMP (relatedDocument RPLC)" DMP;
    TWO_VERSIONS: Blocking "JOURNAL-DEUX-VERSIONS" "Un envoi contient une seule version d'un document" DMP;
    DELETED: Blocking "JOURNAL-SUPPRIME" "Le document a été supprimé du DMP" DMP;
    NOT_HELD: Blocking "JOURNAL-ABSENT" "Le document remplacé, supprimé ou modifié est détenu par le DMP" DMP;
    SUPERSEDED: Blocking "JOURNAL-REMPLACE" "Le document visé est la version en cours" DMP;
    ARCHIVED: Blocking "JOURNAL-ARCHIVE" "Le document visé n'est pas archivé" DMP;
    SAME_STATE: Blocking "JOURNAL-SANS-EFFET" "La modification demandée change quelque chose" DMP;
    MAILED: Warning "JOURNAL-DEJA-ADRESSE" "Ce document est déjà parti par messagerie" DCC;

    SET_TWICE: Blocking "JOURNAL-LOT-DOUBLE" "Un lot figure une seule fois dans le journal" DCC;
    SET_UNKNOWN: Blocking "JOURNAL-LOT-INCONNU" "Une réponse concerne un lot du journal" DCC;
    DOCUMENT_UNKNOWN: Blocking "JOURNAL-DOCUMENT-INCONNU" "Un événement concerne un document du journal" DCC;
    SETTLED: Blocking "JOURNAL-REPONSE-DOUBLE" "La réponse à un lot est reçue une seule fois" DCC;
    MESSAGE_UNKNOWN: Blocking "JOURNAL-MESSAGE-INCONNU" "Un acquittement concerne un message du journal" DCC;
}

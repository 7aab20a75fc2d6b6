//! Table of the rules of the RCP.

use crate::problem::rules;

rules! {
    ID: Blocking "RCP-ID" "l'identifiant est vide ou mal formé (128 octets au plus, sans blanc aux extrémités ni caractère de contrôle)" "moteur";
    ID_TAKEN: Blocking "RCP-ID-DOUBLE" "cet identifiant existe déjà" "moteur";
    TEXT: Blocking "RCP-TEXTE" "ce texte est obligatoire" "moteur";
    INSTANT: Blocking "RCP-INSTANT" "l'instant précède celui de la dernière action enregistrée" "moteur";
    RIGHT: Blocking "RCP-DROIT" "ce droit manque à l'acteur" "table des droits";
    AUTHENTICATION: Blocking "RCP-AUTHENTIFICATION" "cette action demande une authentification forte" "PGSSI-S, référentiel d'identification électronique";
    UNKNOWN_OFFER: Blocking "RCP-OFFRE-INCONNUE" "cette RCP est inconnue" "moteur";
    UNKNOWN_SESSION: Blocking "RCP-SESSION-INCONNUE" "cette session est inconnue" "moteur";
    UNKNOWN_CASE: Blocking "RCP-DOSSIER-INCONNU" "ce dossier est inconnu" "moteur";
    UNKNOWN_FICHE: Blocking "RCP-FICHE-INCONNUE" "cette fiche est inconnue" "moteur";
    OFFER_STATE: Blocking "RCP-OFFRE-ETAT" "l'état de l'offre ne permet pas cette action" "cycle de vie";
    SESSION_STATE: Blocking "RCP-SESSION-ETAT" "l'état de la session ne permet pas cette action" "cycle de vie";
    CASE_STATE: Blocking "RCP-DOSSIER-ETAT" "l'état du dossier ne permet pas cette action" "cycle de vie";
    FICHE_STATE: Blocking "RCP-FICHE-ETAT" "l'état de la fiche ne permet pas cette action" "cycle de vie";
    FINESS: Blocking "RCP-OFFRE-FINESS" "le numéro FINESS a neuf caractères : neuf chiffres, le deuxième pouvant être A ou B" "FINESS";
    OFFER_LIST: Blocking "RCP-OFFRE-LISTE" "au moins un élément est attendu" "offre RCP";
    PLACE: Blocking "RCP-OFFRE-LIEU" "un lieu ou un lien de visioconférence est attendu" "offre RCP";
    CONTACT: Blocking "RCP-OFFRE-CONTACT" "un contact a un téléphone, une adresse électronique ou une adresse MSSanté" "offre RCP";
    ADDRESS: Blocking "RCP-OFFRE-ADRESSE" "l'adresse électronique est mal formée" "RFC 5322";
    NUMBER: Blocking "RCP-OFFRE-NOMBRE" "le nombre est hors des bornes" "offre RCP";
    RECURRENCE_RULE: Blocking "RCP-RECURRENCE-REGLE" "la récurrence n'est pas une règle RFC 5545 de jours" "RFC 5545 §3.3.10";
    PERIOD: Blocking "RCP-PERIODE" "la période est vide ou dépasse cinq ans" "moteur";
    OFFER_RESERVED: Blocking "RCP-OFFRE-RESERVE" "« tous » et « non renseigné » désignent autre chose dans les indicateurs : ni un thème, ni un 3C ne porte ce nom" "annexe 2";
    LOCAL_TIME: Blocking "RCP-HEURE" "cette heure n'existe pas à Paris (changement d'heure)" "Europe/Paris";
    NO_RECURRENCE: Blocking "RCP-RECURRENCE-ABSENTE" "cette RCP n'a pas de récurrence : la session se planifie à la main" "offre RCP";
    SESSION_PAST: Blocking "RCP-SESSION-PASSEE" "la date est passée" "cycle de vie";
    SESSION_CLASH: Blocking "RCP-SESSION-DOUBLE" "une autre session de cette RCP commence au même instant" "offre RCP";
    SESSION_DAY: Blocking "RCP-SESSION-JOUR" "cette action n'est possible que le jour de la session" "cycle de vie";
    CAPACITY: Blocking "RCP-SESSION-COMPLETE" "la session est complète" "offre RCP";
    DEADLINE: Blocking "RCP-SESSION-DELAI" "le délai d'inscription est passé" "offre RCP";
    PENDING_CASE: Blocking "RCP-SESSION-DOSSIER" "ce dossier de l'ordre du jour n'a pas d'issue : discuté, reporté, retiré ou orienté" "cycle de vie";
    DISCUSSED_CASE: Blocking "RCP-SESSION-DISCUTEE" "un dossier a déjà été discuté : la session ne peut plus être annulée" "cycle de vie";
    DESTINATION: Blocking "RCP-SESSION-DESTINATION" "la session d'arrivée doit être une autre session à venir de la même RCP" "cycle de vie";
    ESTABLISHMENT: Blocking "RCP-SESSION-ETABLISSEMENT" "l'établissement n'est pas un organisateur de cette RCP" "offre RCP";
    PRESENT: Blocking "RCP-PRESENCE-DOUBLE" "ce professionnel est déjà enregistré comme présent" "feuille de présence";
    ABSENT: Blocking "RCP-PRESENCE-ABSENT" "ce professionnel n'est pas enregistré comme présent" "feuille de présence";
    PATIENT_TWICE: Blocking "RCP-DOSSIER-DOUBLE" "ce patient a déjà un dossier à l'ordre du jour de cette session" "ordre du jour";
    DOCUMENT: Blocking "RCP-DOSSIER-PIECE" "cette pièce n'est pas attendue ou l'est déjà" "ordre du jour";
    REFERRED: Blocking "RCP-RECOURS-DOUBLE" "ce dossier est déjà orienté vers une RCP de recours" "INCa, RCP de recours";
    AGENDA: Blocking "RCP-ORDRE-DU-JOUR" "l'ordre proposé n'est pas une permutation de l'ordre du jour" "ordre du jour";
    RECOURSE: Blocking "RCP-RECOURS" "la RCP de recours doit être une autre RCP, et la session l'une des siennes" "INCa, RCP de recours";
    FICHE_TWICE: Blocking "RCP-FICHE-DOUBLE" "ce dossier a déjà une fiche : elle se modifie ou se remplace" "fiche RCP";
    DIGEST: Blocking "RCP-FICHE-EMPREINTE" "l'empreinte est un SHA-256 en 64 chiffres hexadécimaux minuscules" "FIPS 180-4";
    FLAGS: Blocking "RCP-FICHE-MESSAGERIE" "une messagerie sécurisée est déclarée sans médecin traitant" "annexe 2, QUA-04";
    PHYSICIAN: Blocking "RCP-FICHE-MEDECIN" "le médecin responsable de la fiche est un médecin présent à la session où le dossier a été discuté" "fiche RCP";
    SAME_CONTENT: Blocking "RCP-FICHE-IDENTIQUE" "la nouvelle version a le même contenu que celle qu'elle remplace" "fiche RCP";
    EVENT_VERSION: Blocking "RCP-EVENEMENT-VERSION" "cette version d'événement n'est pas connue" "journal des événements";
    EVENT_ORDER: Blocking "RCP-EVENEMENT-ORDRE" "l'événement n'est pas celui qui suit" "journal des événements";
    EVENT_STATE: Blocking "RCP-EVENEMENT-ETAT" "l'événement ne s'applique pas à cet état" "journal des événements";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_stated_once() {
        let codes: BTreeSet<_> = RULES.iter().map(|r| r.code).collect();
        assert_eq!(codes.len(), RULES.len());
        assert!(
            RULES
                .iter()
                .all(|r| r.code.starts_with("RCP-") && !r.text.ends_with('.'))
        );
    }
}

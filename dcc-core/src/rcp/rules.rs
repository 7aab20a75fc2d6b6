//! What commands, offers and events must respect.

use crate::problem::rules;

rules! {
    ID: Blocking "RCP-ID" "L'identifiant n'est pas vide, tient en 128 octets et n'a ni blanc aux extrémités, ni caractère de contrôle" "moteur";
    ID_TAKEN: Blocking "RCP-ID-DOUBLE" "Cet identifiant existe déjà" "moteur";
    TEXT: Blocking "RCP-TEXTE" "Ce texte est obligatoire" "moteur";
    INSTANT: Blocking "RCP-INSTANT" "L'instant précède celui de la dernière action enregistrée" "moteur";
    RIGHT: Blocking "RCP-DROIT" "L'acteur n'a pas ce droit" "table des droits";
    AUTHENTICATION: Blocking "RCP-AUTHENTIFICATION" "Cette action demande une authentification forte" "PGSSI-S, référentiel d'identification électronique";
    UNKNOWN_OFFER: Blocking "RCP-OFFRE-INCONNUE" "Cette RCP est inconnue" "moteur";
    UNKNOWN_SESSION: Blocking "RCP-SESSION-INCONNUE" "Cette session est inconnue" "moteur";
    UNKNOWN_CASE: Blocking "RCP-DOSSIER-INCONNU" "Ce dossier est inconnu" "moteur";
    UNKNOWN_FICHE: Blocking "RCP-FICHE-INCONNUE" "Cette fiche est inconnue" "moteur";
    OFFER_STATE: Blocking "RCP-OFFRE-ETAT" "L'état de l'offre ne permet pas cette action" "cycle de vie";
    SESSION_STATE: Blocking "RCP-SESSION-ETAT" "L'état de la session ne permet pas cette action" "cycle de vie";
    CASE_STATE: Blocking "RCP-DOSSIER-ETAT" "L'état du dossier ne permet pas cette action" "cycle de vie";
    FICHE_STATE: Blocking "RCP-FICHE-ETAT" "L'état de la fiche ne permet pas cette action" "cycle de vie";
    OFFER_LIST: Blocking "RCP-OFFRE-LISTE" "Au moins un élément est attendu" "offre RCP";
    PLACE: Blocking "RCP-OFFRE-LIEU" "Un lieu ou un lien de visioconférence est attendu" "offre RCP";
    CONTACT: Blocking "RCP-OFFRE-CONTACT" "Un contact a un téléphone, une adresse électronique ou une adresse MSSanté" "offre RCP";
    ADDRESS: Blocking "RCP-OFFRE-ADRESSE" "L'adresse électronique est mal formée" "RFC 5322";
    NUMBER: Blocking "RCP-OFFRE-NOMBRE" "Le nombre est hors des bornes" "offre RCP";
    RECURRENCE_RULE: Blocking "RCP-RECURRENCE-REGLE" "La récurrence est une règle de jours de la RFC 5545" "RFC 5545 §3.3.10";
    PERIOD: Blocking "RCP-PERIODE" "La période n'est pas vide et ne dépasse pas cinq ans" "moteur";
    OFFER_RESERVED: Blocking "RCP-OFFRE-RESERVE" "« tous » et « non renseigné » sont des mots réservés des indicateurs : aucun thème, aucun 3C ne porte ce nom" "annexe 2";
    LOCAL_TIME: Blocking "RCP-HEURE" "Cette heure n'existe pas à Paris (changement d'heure)" "Europe/Paris";
    NO_RECURRENCE: Blocking "RCP-RECURRENCE-ABSENTE" "Cette RCP n'a pas de récurrence : ses sessions se planifient à la main" "offre RCP";
    SESSION_PAST: Blocking "RCP-SESSION-PASSEE" "La date est passée" "cycle de vie";
    SESSION_CLASH: Blocking "RCP-SESSION-DOUBLE" "Une autre session de cette RCP commence au même instant" "offre RCP";
    SESSION_DAY: Blocking "RCP-SESSION-JOUR" "Cette action n'est possible que le jour de la session" "cycle de vie";
    CAPACITY: Blocking "RCP-SESSION-COMPLETE" "La session est complète" "offre RCP";
    DEADLINE: Blocking "RCP-SESSION-DELAI" "Le délai d'inscription est passé" "offre RCP";
    PENDING_CASE: Blocking "RCP-SESSION-DOSSIER" "Ce dossier de l'ordre du jour n'a pas d'issue : discuté, reporté, retiré ou orienté" "cycle de vie";
    DISCUSSED_CASE: Blocking "RCP-SESSION-DISCUTEE" "Un dossier a déjà été discuté : la session ne peut plus être annulée" "cycle de vie";
    DESTINATION: Blocking "RCP-SESSION-DESTINATION" "La session d'arrivée est une autre session, à venir, de la même RCP" "cycle de vie";
    ESTABLISHMENT: Blocking "RCP-SESSION-ETABLISSEMENT" "L'établissement n'est pas un organisateur de cette RCP" "offre RCP";
    PRESENT: Blocking "RCP-PRESENCE-DOUBLE" "Ce professionnel est déjà enregistré comme présent" "feuille de présence";
    ABSENT: Blocking "RCP-PRESENCE-ABSENT" "Ce professionnel n'est pas enregistré comme présent" "feuille de présence";
    PATIENT_TWICE: Blocking "RCP-DOSSIER-DOUBLE" "Ce patient a déjà un dossier à l'ordre du jour de cette session" "ordre du jour";
    DOCUMENT: Blocking "RCP-DOSSIER-PIECE" "Cette pièce n'est pas attendue, ou l'est déjà" "ordre du jour";
    REFERRED: Blocking "RCP-RECOURS-DOUBLE" "Ce dossier est déjà orienté vers une RCP de recours" "INCa, RCP de recours";
    AGENDA: Blocking "RCP-ORDRE-DU-JOUR" "L'ordre proposé contient chaque dossier de l'ordre du jour, une seule fois" "ordre du jour";
    RECOURSE: Blocking "RCP-RECOURS" "La RCP de recours est une autre RCP, et la session est l'une des siennes" "INCa, RCP de recours";
    FICHE_TWICE: Blocking "RCP-FICHE-DOUBLE" "Ce dossier a déjà une fiche : elle se modifie ou se remplace" "fiche RCP";
    DIGEST: Blocking "RCP-FICHE-EMPREINTE" "L'empreinte est un SHA-256 en 64 chiffres hexadécimaux minuscules" "FIPS 180-4";
    FLAGS: Blocking "RCP-FICHE-MESSAGERIE" "Une messagerie sécurisée est indiquée sans médecin traitant" "annexe 2, QUA-04";
    PHYSICIAN: Blocking "RCP-FICHE-MEDECIN" "Le médecin responsable de la fiche est un médecin présent à la session où le dossier a été discuté" "fiche RCP";
    SAME_CONTENT: Blocking "RCP-FICHE-IDENTIQUE" "La nouvelle version a le même contenu que celle qu'elle remplace" "fiche RCP";
    EVENT_VERSION: Blocking "RCP-EVENEMENT-VERSION" "Cette version d'événement n'est pas connue" "journal des événements";
    EVENT_ORDER: Blocking "RCP-EVENEMENT-ORDRE" "L'événement n'est pas celui qui suit" "journal des événements";
    EVENT_STATE: Blocking "RCP-EVENEMENT-ETAT" "L'événement ne s'applique pas à cet état" "journal des événements";
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

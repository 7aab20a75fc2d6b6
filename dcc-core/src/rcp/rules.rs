//! Table of the rules of the RCP.

use crate::problem::{Rule, Severity};

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $text:literal, $source:literal;)*) => {
        $($(#[$doc])* pub static $name: Rule = Rule {
            code: $code,
            severity: Severity::Blocking,
            text: $text,
            source: $source,
        };)*
        /// All the rules of the RCP.
        pub static RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    /// Well-formed identifiers.
    ID = "RCP-ID", "l'identifiant est vide ou mal formé (128 octets au plus, sans blanc aux extrémités ni caractère de contrôle)", "moteur";
    /// New identifiers.
    ID_TAKEN = "RCP-ID-DOUBLE", "cet identifiant existe déjà", "moteur";
    /// Text that is required.
    TEXT = "RCP-TEXTE", "ce texte est obligatoire", "moteur";
    /// Order of instants.
    INSTANT = "RCP-INSTANT", "l'instant précède celui de la dernière action enregistrée", "moteur";
    /// Rights.
    RIGHT = "RCP-DROIT", "ce droit manque à l'acteur", "table des droits";
    /// Strong authentication.
    AUTHENTICATION = "RCP-AUTHENTIFICATION", "cette action demande une authentification forte", "PGSSI-S, référentiel d'identification électronique";
    /// Known RCP.
    UNKNOWN_OFFER = "RCP-OFFRE-INCONNUE", "cette RCP est inconnue", "moteur";
    /// Known session.
    UNKNOWN_SESSION = "RCP-SEANCE-INCONNUE", "cette séance est inconnue", "moteur";
    /// Known case.
    UNKNOWN_CASE = "RCP-DOSSIER-INCONNU", "ce dossier est inconnu", "moteur";
    /// Known fiche.
    UNKNOWN_FICHE = "RCP-FICHE-INCONNUE", "cette fiche est inconnue", "moteur";
    /// State of the offer.
    OFFER_STATE = "RCP-OFFRE-ETAT", "l'état de l'offre ne permet pas cette action", "cycle de vie";
    /// State of the session.
    SESSION_STATE = "RCP-SEANCE-ETAT", "l'état de la séance ne permet pas cette action", "cycle de vie";
    /// State of the case.
    CASE_STATE = "RCP-DOSSIER-ETAT", "l'état du dossier ne permet pas cette action", "cycle de vie";
    /// State of the fiche.
    FICHE_STATE = "RCP-FICHE-ETAT", "l'état de la fiche ne permet pas cette action", "cycle de vie";
    /// FINESS of an establishment.
    FINESS = "RCP-OFFRE-FINESS", "le numéro FINESS a neuf caractères : neuf chiffres, le deuxième pouvant être A ou B", "FINESS";
    /// Lists of the offer that cannot be empty.
    OFFER_LIST = "RCP-OFFRE-LISTE", "au moins un élément est attendu", "offre RCP";
    /// Place or video link.
    PLACE = "RCP-OFFRE-LIEU", "un lieu ou un lien de visioconférence est attendu", "offre RCP";
    /// Contacts.
    CONTACT = "RCP-OFFRE-CONTACT", "un contact a un téléphone, une adresse électronique ou une adresse MSSanté", "offre RCP";
    /// Electronic addresses.
    ADDRESS = "RCP-OFFRE-ADRESSE", "l'adresse électronique est mal formée", "RFC 5322";
    /// Numbers of the offer.
    NUMBER = "RCP-OFFRE-NOMBRE", "le nombre est hors des bornes", "offre RCP";
    /// Recurrence rule.
    RECURRENCE_RULE = "RCP-RECURRENCE-REGLE", "la récurrence n'est pas une règle RFC 5545 de jours", "RFC 5545 §3.3.10";
    /// Period of planning.
    PERIOD = "RCP-PERIODE", "la période est vide ou dépasse cinq ans", "moteur";
    /// Local times that exist.
    LOCAL_TIME = "RCP-HEURE", "cette heure n'existe pas à Paris (changement d'heure)", "Europe/Paris";
    /// No recurrence to plan from.
    NO_RECURRENCE = "RCP-RECURRENCE-ABSENTE", "cette RCP n'a pas de récurrence : la séance se planifie à la main", "offre RCP";
    /// Sessions in the past.
    SESSION_PAST = "RCP-SEANCE-PASSEE", "la date est passée", "cycle de vie";
    /// Sessions at the same instant.
    SESSION_CLASH = "RCP-SEANCE-DOUBLE", "une autre séance de cette RCP commence au même instant", "offre RCP";
    /// Day of the session.
    SESSION_DAY = "RCP-SEANCE-JOUR", "cette action n'est possible que le jour de la séance", "cycle de vie";
    /// Capacity.
    CAPACITY = "RCP-SEANCE-COMPLETE", "la séance est complète", "offre RCP";
    /// Deadline.
    DEADLINE = "RCP-SEANCE-DELAI", "le délai d'inscription est passé", "offre RCP";
    /// Cases without outcome.
    PENDING_CASE = "RCP-SEANCE-DOSSIER", "ce dossier de l'ordre du jour n'a pas d'issue : discuté, reporté, retiré ou orienté", "cycle de vie";
    /// A started session with a case discussed stays.
    DISCUSSED_CASE = "RCP-SEANCE-DISCUTEE", "un dossier a déjà été discuté : la séance ne peut plus être annulée", "cycle de vie";
    /// Where cases go.
    DESTINATION = "RCP-SEANCE-DESTINATION", "la séance d'arrivée doit être une autre séance à venir de la même RCP", "cycle de vie";
    /// Establishment of the session.
    ESTABLISHMENT = "RCP-SEANCE-ETABLISSEMENT", "l'établissement n'est pas un organisateur de cette RCP", "offre RCP";
    /// Attendance said twice.
    PRESENT = "RCP-PRESENCE-DOUBLE", "ce professionnel est déjà enregistré comme présent", "feuille de présence";
    /// Departure of one absent.
    ABSENT = "RCP-PRESENCE-ABSENT", "ce professionnel n'est pas enregistré comme présent", "feuille de présence";
    /// A patient twice in a session.
    PATIENT_TWICE = "RCP-DOSSIER-DOUBLE", "ce patient a déjà un dossier à l'ordre du jour de cette séance", "ordre du jour";
    /// Documents.
    DOCUMENT = "RCP-DOSSIER-PIECE", "cette pièce n'est pas attendue ou l'est déjà", "ordre du jour";
    /// One referral a case.
    REFERRED = "RCP-RECOURS-DOUBLE", "ce dossier est déjà orienté vers une RCP de recours", "INCa, RCP de recours";
    /// Order of the agenda.
    AGENDA = "RCP-ORDRE-DU-JOUR", "l'ordre proposé n'est pas une permutation de l'ordre du jour", "ordre du jour";
    /// Recourse RCP.
    RECOURSE = "RCP-RECOURS", "la RCP de recours doit être une autre RCP, et la séance l'une des siennes", "INCa, RCP de recours";
    /// One fiche a case.
    FICHE_TWICE = "RCP-FICHE-DOUBLE", "ce dossier a déjà une fiche : elle se modifie ou se remplace", "fiche RCP";
    /// Digest of the content.
    DIGEST = "RCP-FICHE-EMPREINTE", "l'empreinte est un SHA-256 en 64 chiffres hexadécimaux minuscules", "FIPS 180-4";
    /// Coherence of the flags.
    FLAGS = "RCP-FICHE-MESSAGERIE", "une messagerie sécurisée est déclarée sans médecin traitant", "annexe 2, QUA-04";
    /// Physician in charge.
    PHYSICIAN = "RCP-FICHE-MEDECIN", "le médecin responsable de la fiche est un médecin présent à la séance où le dossier a été discuté", "fiche RCP";
    /// Same content.
    SAME_CONTENT = "RCP-FICHE-IDENTIQUE", "la nouvelle version a le même contenu que celle qu'elle remplace", "fiche RCP";
    /// Version of an event.
    EVENT_VERSION = "RCP-EVENEMENT-VERSION", "cette version d'événement n'est pas connue", "journal des événements";
    /// Order of events.
    EVENT_ORDER = "RCP-EVENEMENT-ORDRE", "l'événement n'est pas celui qui suit", "journal des événements";
    /// Events that fit the state.
    EVENT_STATE = "RCP-EVENEMENT-ETAT", "l'événement ne s'applique pas à cet état", "journal des événements";
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

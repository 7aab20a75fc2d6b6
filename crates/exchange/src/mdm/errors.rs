//! Codes of errors in acknowledgements, and what to do about them.
//!
//! Sources: volet « Transmission d'un document CDA-R2 en HL7 v2 », page of the
//! error codes; HL7 table 0357; RFC 5321 for the codes of mail servers. The
//! DMP's own codes are in no public text.

use serde::Serialize;

/// A code, its meaning and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorCode {
    /// *Code*.
    pub code: &'static str,
    /// *Signification*.
    pub meaning: &'static str,
    /// *Que faire*.
    pub action: &'static str,
}

const fn code(code: &'static str, meaning: &'static str, action: &'static str) -> ErrorCode {
    ErrorCode {
        code,
        meaning,
        action,
    }
}

const MESSAGE: &str =
    "Corriger le message à l'endroit indiqué (ERR-2) et le renvoyer sous un nouvel identifiant.";
const LATER: &str = "Attendre et renvoyer ; prévenir l'opérateur si l'erreur dure.";
const MAIL_ADDRESS: &str = "Vérifier l'adresse du destinataire dans l'annuaire MSSanté.";
const MAIL_SETTINGS: &str =
    "Prévenir l'exploitant de la passerelle : le réglage de la messagerie est en cause.";

/// Errors of the message (HL7 table 0357, *messageErrorCondition*).
pub const MESSAGE_ERRORS: &[ErrorCode] = &[
    code("0", "Message accepté", "Rien."),
    code(
        "100",
        "Les segments ne sont pas dans l'ordre, ou un segment requis manque",
        MESSAGE,
    ),
    code("101", "Un champ requis manque", MESSAGE),
    code("102", "Un champ n'a pas le bon type de donnée", MESSAGE),
    code("103", "Une valeur n'est pas dans sa table", MESSAGE),
    code("198", "Une cardinalité n'est pas respectée", MESSAGE),
    code("199", "Autre erreur de syntaxe du message", MESSAGE),
    code(
        "200",
        "Le type de message n'est pas géré par le récepteur",
        "Vérifier le paramétrage du flux avec le récepteur.",
    ),
    code(
        "201",
        "L'événement n'est pas géré par le récepteur",
        "Vérifier le paramétrage du flux avec le récepteur.",
    ),
    code(
        "202",
        "Le mode de traitement n'est pas géré par le récepteur",
        "Vérifier MSH-11 : P en production, T en test.",
    ),
    code(
        "203",
        "La version de HL7 n'est pas gérée par le récepteur",
        "Vérifier MSH-12 et le paramétrage du flux.",
    ),
    code(
        "207",
        "Erreur de l'application réceptrice",
        "Lire le code applicatif de la même erreur (ERR-5).",
    ),
];

/// Errors of the integration of the document (*applicationErrorCondition*).
pub const APPLICATION_ERRORS: &[ErrorCode] = &[
    code(
        "900",
        "La version du document n'est pas la plus récente que connaît le récepteur",
        "Rechercher la dernière version du document et la remplacer ou la supprimer, elle.",
    ),
    code(
        "901",
        "L'auteur de la demande n'est pas celui du document, ni de la même structure",
        "Faire faire le remplacement ou la suppression par l'auteur du document ou par sa structure.",
    ),
    code(
        "902",
        "Le patient est inconnu du récepteur",
        "Vérifier les identifiants du patient avec le récepteur avant de renvoyer.",
    ),
    code(
        "903",
        "Le document ne porte pas l'INS du patient",
        "Qualifier l'identité, écrire l'INS dans le document et le renvoyer.",
    ),
    code(
        "904",
        "L'INS ou les traits du document diffèrent de ceux du récepteur",
        "Appeler le téléservice INSi, comparer les traits et corriger l'identité en erreur avant de renvoyer.",
    ),
    code(
        "905",
        "Le document porte l'INS sans tous les traits",
        "Compléter nom de naissance, prénoms, date de naissance et sexe, puis renvoyer.",
    ),
    code(
        "906",
        "Autre erreur de l'application réceptrice",
        "Lire le libellé de l'erreur et contacter le récepteur.",
    ),
];

/// Errors of mail servers (*SMTPERRORCODE*).
pub const MAIL_ERRORS: &[ErrorCode] = &[
    code(
        "101",
        "Le serveur de messagerie ne parvient pas à se connecter",
        LATER,
    ),
    code(
        "111",
        "La connexion au serveur de messagerie est refusée",
        LATER,
    ),
    code(
        "251",
        "Le compte est sur un autre serveur, auquel le message est relayé",
        "Rien ; mettre l'adresse à jour si elle a changé.",
    ),
    code(
        "252",
        "Le serveur ne peut pas vérifier le compte et tente la remise",
        "Attendre l'accusé de lecture.",
    ),
    code("420", "La connexion a expiré pendant le transfert", LATER),
    code(
        "421",
        "Le service de messagerie n'est pas disponible",
        LATER,
    ),
    code(
        "422",
        "La boîte du destinataire est pleine",
        "Prévenir le destinataire par un autre moyen, puis renvoyer.",
    ),
    code("431", "Le serveur manque d'espace ou de mémoire", LATER),
    code(
        "432",
        "Le serveur demande un changement de mot de passe",
        MAIL_SETTINGS,
    ),
    code("441", "Le serveur du destinataire ne répond pas", LATER),
    code(
        "442",
        "La connexion a été interrompue pendant l'envoi",
        LATER,
    ),
    code(
        "450",
        "La boîte du destinataire est bloquée ou occupée",
        LATER,
    ),
    code("451", "Le serveur a échoué pendant le traitement", LATER),
    code("452", "Le serveur manque de ressources", LATER),
    code(
        "500",
        "Le serveur ne reconnaît pas une commande",
        MAIL_SETTINGS,
    ),
    code(
        "501",
        "Un paramètre d'une commande est mal formé",
        MAIL_SETTINGS,
    ),
    code(
        "502",
        "Une commande n'est pas gérée par le serveur",
        MAIL_SETTINGS,
    ),
    code(
        "503",
        "Les commandes ne sont pas dans le bon ordre",
        MAIL_SETTINGS,
    ),
    code(
        "504",
        "Un paramètre d'une commande n'est pas géré",
        MAIL_SETTINGS,
    ),
    code("510", "L'adresse du destinataire est fausse", MAIL_ADDRESS),
    code(
        "512",
        "Le domaine du destinataire est introuvable",
        MAIL_ADDRESS,
    ),
    code(
        "513",
        "L'adresse du destinataire est mal formée",
        MAIL_ADDRESS,
    ),
    code(
        "523",
        "Le message dépasse la taille admise par le serveur du destinataire",
        "Réduire les pièces jointes, ou envoyer les documents en plusieurs messages.",
    ),
    code(
        "530",
        "Le serveur demande une authentification",
        MAIL_SETTINGS,
    ),
    code(
        "541",
        "Le serveur du destinataire a rejeté le message",
        "Prévenir le destinataire et son opérateur.",
    ),
    code(
        "550",
        "La boîte du destinataire n'existe pas ou n'est pas accessible",
        MAIL_ADDRESS,
    ),
    code(
        "551",
        "L'adresse n'est pas hébergée par ce serveur",
        MAIL_ADDRESS,
    ),
    code(
        "552",
        "La boîte du destinataire dépasse sa limite de stockage",
        "Prévenir le destinataire par un autre moyen, puis renvoyer.",
    ),
    code("553", "Le nom de la boîte n'est pas valide", MAIL_ADDRESS),
    code(
        "554",
        "L'envoi a échoué définitivement",
        "Ne pas renvoyer tel quel ; contacter l'opérateur.",
    ),
];

/// Errors of the DMP seen in public samples (*DMP_ERROR_CODE*).
pub const DMP_ERRORS: &[ErrorCode] = &[code(
    "DMPClosed",
    "Le DMP du patient est fermé",
    "Ne pas renvoyer ; remettre le document au patient par un autre moyen.",
)];

/// What is known of a code, whatever its table: those of the tables differ,
/// but for 101 and 111, which are of the message when `is_mail` is false.
pub fn explain(code: &str, is_mail: bool) -> Option<&'static ErrorCode> {
    let tables: &[&[ErrorCode]] = if is_mail {
        &[MAIL_ERRORS]
    } else {
        &[APPLICATION_ERRORS, DMP_ERRORS, MESSAGE_ERRORS]
    };
    tables
        .iter()
        .flat_map(|table| table.iter())
        .find(|known| known.code == code)
}

//! The table of status numbers.

/// What a call answers. Ranges tell the origin: 1-99 the call itself (a
/// mistake of the calling program), 100-199 an input that cannot be read,
/// 200-299 a document, 300-399 indicators and exports, 400-499 the life of
/// RCPs, 900 the library itself. A number never changes meaning and is never
/// used again. New numbers may come: test for DCC_STATUS_OK, and treat a
/// number not known as an error.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DccStatus {
    /// Done.
    Ok = 0,
    /// A pointer that must not be NULL is NULL.
    NullPointer = 1,
    /// A text is not UTF-8.
    BadUtf8 = 2,
    /// A length is larger than any object in memory can be.
    BadLength = 3,
    /// An index is not below the length of the list.
    BadIndex = 4,
    /// An argument has none of the values allowed.
    BadValue = 5,
    /// The size given for a struct is smaller than that of its first version.
    BadSize = 6,
    /// The library was built without the feature asked for.
    NotBuiltIn = 7,
    /// A JSON text cannot be read as what is asked for (a document, events, a
    /// command, an actor, offers, options): syntax, kind, fields, values.
    InvalidJson = 100,
    /// Bytes cannot be read as a CDA document of the DCC.
    InvalidCda = 101,
    /// Bytes cannot be read as a value set (IHE SVS).
    InvalidValueSet = 102,
    /// A folder or an archive cannot be read as the official rules.
    InvalidRules = 103,
    /// A document has problems that forbid writing it.
    DocumentRefused = 200,
    /// A value set has no such name or OID.
    UnknownValueSet = 201,
    /// The page or the PDF of a document cannot be written.
    RenderFailed = 202,
    /// The official rules have no such volet.
    UnknownVolet = 203,
    /// Facts, offers or options of an export have problems that forbid it.
    ExportRefused = 300,
    /// Bytes are not those of an aggregate, or of one of another version.
    InvalidAggregate = 301,
    /// A period ends before it begins, or is out of the calendar.
    InvalidPeriod = 302,
    /// A command to an RCP is refused: rights, states, values.
    CommandRefused = 400,
    /// An event does not follow from the events before it.
    EventRefused = 401,
    /// An RCP or a session is not known.
    UnknownInRcp = 402,
    /// The library failed: a mistake in it, please report it.
    Panic = 900,
    /// An earlier failure of the library (DCC_STATUS_PANIC) left this handle
    /// unusable: free it.
    Poisoned = 901,
}

/// Name in C and French text of every status.
pub(crate) const TABLE: &[(DccStatus, &str, &str)] = &[
    (DccStatus::Ok, "DCC_STATUS_OK", "Réussi"),
    (
        DccStatus::NullPointer,
        "DCC_STATUS_NULL_POINTER",
        "Un pointeur obligatoire est NULL",
    ),
    (
        DccStatus::BadUtf8,
        "DCC_STATUS_BAD_UTF8",
        "Un texte n'est pas en UTF-8",
    ),
    (
        DccStatus::BadLength,
        "DCC_STATUS_BAD_LENGTH",
        "Une longueur est impossible",
    ),
    (
        DccStatus::BadIndex,
        "DCC_STATUS_BAD_INDEX",
        "Un indice dépasse la liste",
    ),
    (
        DccStatus::BadValue,
        "DCC_STATUS_BAD_VALUE",
        "Un argument n'a aucune des valeurs admises",
    ),
    (
        DccStatus::BadSize,
        "DCC_STATUS_BAD_SIZE",
        "La taille d'une structure est trop petite",
    ),
    (
        DccStatus::NotBuiltIn,
        "DCC_STATUS_NOT_BUILT_IN",
        "La bibliothèque a été construite sans cette fonction",
    ),
    (
        DccStatus::InvalidJson,
        "DCC_STATUS_INVALID_JSON",
        "Le JSON ne peut pas être lu",
    ),
    (
        DccStatus::InvalidCda,
        "DCC_STATUS_INVALID_CDA",
        "Le document CDA ne peut pas être lu",
    ),
    (
        DccStatus::InvalidValueSet,
        "DCC_STATUS_INVALID_VALUE_SET",
        "Le jeu de valeurs ne peut pas être lu",
    ),
    (
        DccStatus::InvalidRules,
        "DCC_STATUS_INVALID_RULES",
        "Les règles officielles ne peuvent pas être lues",
    ),
    (
        DccStatus::DocumentRefused,
        "DCC_STATUS_DOCUMENT_REFUSED",
        "Le document a des problèmes bloquants",
    ),
    (
        DccStatus::UnknownValueSet,
        "DCC_STATUS_UNKNOWN_VALUE_SET",
        "Le jeu de valeurs est inconnu",
    ),
    (
        DccStatus::RenderFailed,
        "DCC_STATUS_RENDER_FAILED",
        "La page ou le PDF ne peut pas être écrit",
    ),
    (
        DccStatus::UnknownVolet,
        "DCC_STATUS_UNKNOWN_VOLET",
        "Le volet est inconnu des règles officielles",
    ),
    (
        DccStatus::ExportRefused,
        "DCC_STATUS_EXPORT_REFUSED",
        "L'export a des problèmes bloquants",
    ),
    (
        DccStatus::InvalidAggregate,
        "DCC_STATUS_INVALID_AGGREGATE",
        "Les octets ne sont pas ceux d'un agrégat lisible",
    ),
    (
        DccStatus::InvalidPeriod,
        "DCC_STATUS_INVALID_PERIOD",
        "La période est impossible",
    ),
    (
        DccStatus::CommandRefused,
        "DCC_STATUS_COMMAND_REFUSED",
        "La commande est refusée",
    ),
    (
        DccStatus::EventRefused,
        "DCC_STATUS_EVENT_REFUSED",
        "Un événement ne suit pas des précédents",
    ),
    (
        DccStatus::UnknownInRcp,
        "DCC_STATUS_UNKNOWN_IN_RCP",
        "La RCP ou la séance est inconnue",
    ),
    (
        DccStatus::Panic,
        "DCC_STATUS_PANIC",
        "Défaut interne de la bibliothèque",
    ),
    (
        DccStatus::Poisoned,
        "DCC_STATUS_POISONED",
        "Un défaut interne précédent a rendu cet objet inutilisable",
    ),
];

impl DccStatus {
    fn line(self) -> Option<&'static (DccStatus, &'static str, &'static str)> {
        TABLE.iter().find(|line| line.0 == self)
    }

    /// Name in C.
    pub(crate) fn name(self) -> &'static str {
        self.line().map_or("", |line| line.1)
    }

    /// French text.
    pub(crate) fn text(self) -> &'static str {
        self.line().map_or("", |line| line.2)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Every variant of the enum, with the number that it will keep.
    const NUMBERS: &[(&str, i32)] = &[
        ("DCC_STATUS_OK", 0),
        ("DCC_STATUS_NULL_POINTER", 1),
        ("DCC_STATUS_BAD_UTF8", 2),
        ("DCC_STATUS_BAD_LENGTH", 3),
        ("DCC_STATUS_BAD_INDEX", 4),
        ("DCC_STATUS_BAD_VALUE", 5),
        ("DCC_STATUS_BAD_SIZE", 6),
        ("DCC_STATUS_NOT_BUILT_IN", 7),
        ("DCC_STATUS_INVALID_JSON", 100),
        ("DCC_STATUS_INVALID_CDA", 101),
        ("DCC_STATUS_INVALID_VALUE_SET", 102),
        ("DCC_STATUS_INVALID_RULES", 103),
        ("DCC_STATUS_DOCUMENT_REFUSED", 200),
        ("DCC_STATUS_UNKNOWN_VALUE_SET", 201),
        ("DCC_STATUS_RENDER_FAILED", 202),
        ("DCC_STATUS_UNKNOWN_VOLET", 203),
        ("DCC_STATUS_EXPORT_REFUSED", 300),
        ("DCC_STATUS_INVALID_AGGREGATE", 301),
        ("DCC_STATUS_INVALID_PERIOD", 302),
        ("DCC_STATUS_COMMAND_REFUSED", 400),
        ("DCC_STATUS_EVENT_REFUSED", 401),
        ("DCC_STATUS_UNKNOWN_IN_RCP", 402),
        ("DCC_STATUS_PANIC", 900),
        ("DCC_STATUS_POISONED", 901),
    ];

    #[test]
    fn numbers_do_not_change() {
        let table: Vec<_> = TABLE.iter().map(|l| (l.1, l.0 as i32)).collect();
        assert_eq!(table, NUMBERS);
        let source = include_str!("status.rs");
        let variants = source.split("pub enum DccStatus").nth(1).unwrap();
        let variants = variants.split("\n}").next().unwrap();
        assert_eq!(variants.matches(" = ").count(), TABLE.len());
    }
}

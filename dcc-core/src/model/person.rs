//! Names, addresses, telecoms and identifiers.

use super::model;

/// An instance identifier (HL7 `II`): an OID or UUID, and an extension when
/// the root alone does not identify.
///
/// Two identifiers are equal whatever the case of their UUID; a document
/// carries it in upper case, as HL7 v3 asks.
#[derive(Clone, Debug, Default, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Identifier {
    /// *Racine*: the OID of the assigning authority, or of the thing itself, or a UUID.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub root: String,
    /// *Extension*: the identifier within the root, at most 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<String>,
}

impl PartialEq for Identifier {
    fn eq(&self, other: &Self) -> bool {
        // an OID has no letters
        self.root.eq_ignore_ascii_case(&other.root) && self.extension == other.extension
    }
}

impl std::hash::Hash for Identifier {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.root.to_ascii_uppercase().hash(state);
        self.extension.hash(state);
    }
}

model! {
    /// The name of a person other than the patient.
    #[derive(Eq)]
    pub struct PersonName {
        /// *Nom d'exercice* or *nom utilisé*.
        pub family: String,
        /// *Prénom*.
        pub given: Option<String>,
        /// *Civilité*, value set JDV_J245_Civilite_CISIS: `M`, `MME`.
        pub prefix: Option<String>,
        /// *Titre*, value set JDV_J246_Titre_CISIS: `DR`, `PR`, `MC`…
        pub suffix: Option<String>,
    }

    /// A postal address (*adresse*), in parts or in lines, not both.
    #[derive(Eq, Hash)]
    pub struct Address {
        /// *Usage*: `H` home, `HP` main home, `HV` holiday home, `WP` work, `TMP` temporary.
        pub usage: Option<String>,
        /// *Lignes d'adresse*, at most 7, instead of the parts below.
        pub lines: Vec<String>,
        /// *Numéro dans la voie*.
        pub house_number: Option<String>,
        /// *Type de voie*.
        pub street_type: Option<String>,
        /// *Libellé de la voie*.
        pub street_name: Option<String>,
        /// *Point de remise* (étage, escalier, appartement).
        pub unit: Option<String>,
        /// *Complément* (résidence, bâtiment, entrée).
        pub additional_locator: Option<String>,
        /// *Lieu-dit*.
        pub precinct: Option<String>,
        /// *Boîte postale*.
        pub post_box: Option<String>,
        /// *Code INSEE de la commune*.
        pub insee: Option<String>,
        /// *Code postal*.
        pub postal_code: Option<String>,
        /// *Commune*.
        pub city: Option<String>,
        /// *Région, état*.
        pub state: Option<String>,
        /// *Pays*.
        pub country: Option<String>,
    }

    /// A telecommunication address (*coordonnée télécom*; HL7 `TEL`).
    #[derive(Eq)]
    pub struct Telecom {
        /// *Adresse (URI)*: `tel:0144534551`, `fax:…`, `mailto:…` (MSSanté addresses too), `http:…`.
        pub uri: String,
        /// *Usage*: `H` home, `HP`, `HV`, `WP` work, `DIR`, `PUB`, `EC`, `MC` mobile, `PG`.
        pub usage: Option<String>,
    }
}

impl Identifier {
    /// A root alone.
    pub fn root(root: impl Into<String>) -> Self {
        Identifier {
            root: root.into(),
            extension: None,
        }
    }

    /// A root and an extension.
    pub fn new(root: impl Into<String>, extension: impl Into<String>) -> Self {
        Identifier {
            root: root.into(),
            extension: Some(extension.into()),
        }
    }

    /// As a reader is shown it: `FRCP-2021-00001 (1.2.3)`.
    pub fn shown(&self) -> String {
        match &self.extension {
            Some(extension) => format!("{extension} ({})", self.root),
            None => self.root.clone(),
        }
    }
}

impl std::fmt::Display for Identifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.root.to_ascii_uppercase())?;
        match &self.extension {
            Some(extension) => write!(f, "^{extension}"),
            None => Ok(()),
        }
    }
}

impl PersonName {
    /// As a reader expects it: `Dr Michel ZENBERGER`.
    pub fn display(&self) -> String {
        [&self.suffix, &self.given, &Some(self.family.clone())]
            .into_iter()
            .flatten()
            .filter(|p| !p.is_empty())
            .map(|p| {
                if p == "DR" {
                    "Dr"
                } else if p == "PR" {
                    "Pr"
                } else {
                    p.as_str()
                }
            })
            .collect::<Vec<_>>()
            .join(" ")
    }
}

impl Address {
    /// True when nothing but perhaps a usage is given.
    pub fn is_empty(&self) -> bool {
        *self
            == Address {
                usage: self.usage.clone(),
                ..Address::default()
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_has_no_case() {
        let id = |root: &str| Identifier::root(root);
        let (upper, lower) = (
            "2CE71A5B-FD99-4958-ADE4-CA39E86625ED",
            "2ce71a5b-fd99-4958-ade4-ca39e86625ed",
        );
        assert_eq!(id(upper), id(lower));
        assert_eq!(id(lower).to_string(), upper);
        assert_ne!(id("1.2.3"), id("1.2.4"));
        assert_ne!(Identifier::new("1.2", "a"), Identifier::new("1.2", "A"));
    }
}

//! Identifiers: opaque strings that the host chooses.

use std::borrow::Borrow;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Longest identifier, in bytes.
pub(crate) const MAX_ID: usize = 128;

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                $name(id.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                $name(id)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl FromStr for $name {
            type Err = Infallible;

            /// Any text; whether it can name something is checked by the
            /// commands that use it.
            fn from_str(id: &str) -> Result<Self, Infallible> {
                Ok(id.into())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id_type! {
    /// Identifier of an RCP within the host (*identifiant de la RCP*).
    RcpId
}
id_type! {
    /// Identifier of a session (*identifiant de session*). A session planned
    /// from a recurrence is named `{rcp}-{AAAAMMJJ}T{HHMM}`, Paris time.
    SessionId
}
id_type! {
    /// Identifier of a case enrolled (*identifiant d'inscription*).
    EnrolmentId
}
id_type! {
    /// Identifier of a fiche RCP, the same for all its versions.
    FicheId
}

/// True when `id` can name something: not blank, no blank at its ends, no
/// control character, at most 128 bytes.
pub(crate) fn is_valid_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= MAX_ID && id.trim() == id && !id.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn an_id_is_used_as_the_text_it_is() {
        let id: RcpId = "R1".into();
        assert!(id == "R1" && id == *"R1" && id == RcpId::from("R1".to_owned()));
        assert_eq!("R1".parse(), Ok(id.clone()));
        assert_eq!(id.as_ref(), "R1");
        assert_eq!(String::from(id.clone()), "R1");
        // found by its text
        let map: BTreeMap<RcpId, u8> = [(id, 1)].into();
        assert_eq!((map.get("R1"), map.get("R2")), (Some(&1), None));
    }
}

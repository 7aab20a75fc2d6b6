//! Whom an RCP depends on, and how to reach them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::problem::{Problem, Problems};
use crate::rcp::rules;

/// *Centre de coordination en cancérologie* (3C).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Centre3c {
    /// Identifier of the 3C within the region.
    pub id: String,
    /// Name.
    pub name: String,
}

/// A person or a decision to contact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Contact {
    /// Name of the person or of the decision.
    pub name: String,
    /// Opaque key of the professional, if the contact is one.
    #[serde(default)]
    pub professional: Option<String>,
    /// Telephone number, as dialled.
    #[serde(default)]
    pub phone: Option<String>,
    /// Electronic address.
    #[serde(default)]
    pub email: Option<String>,
    /// Secure address (*MSSanté*).
    #[serde(default)]
    pub mssante: Option<String>,
}

impl Centre3c {
    /// A 3C.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Centre3c {
            id: id.into(),
            name: name.into(),
        }
    }
}

impl Contact {
    /// A contact; one way to reach it at least is to be added.
    pub fn new(name: impl Into<String>) -> Self {
        Contact {
            name: name.into(),
            ..Contact::default()
        }
    }

    /// The same contact with a telephone number.
    #[must_use]
    pub fn with_phone(mut self, phone: impl Into<String>) -> Self {
        self.phone = Some(phone.into());
        self
    }

    /// The same contact with an electronic address.
    #[must_use]
    pub fn with_email(mut self, email: impl Into<String>) -> Self {
        self.email = Some(email.into());
        self
    }

    /// The same contact with a secure address (*MSSanté*).
    #[must_use]
    pub fn with_mssante(mut self, mssante: impl Into<String>) -> Self {
        self.mssante = Some(mssante.into());
        self
    }
}

impl fmt::Display for Contact {
    /// Who, and how to reach them: `Secrétariat (01 00 00 00 00,
    /// secretariat@rcp.example)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name.trim())?;
        let ways = [&self.phone, &self.email, &self.mssante];
        let ways: Vec<&str> = ways.into_iter().flatten().map(|way| way.trim()).collect();
        if ways.is_empty() {
            return Ok(());
        }
        write!(f, " ({})", ways.join(", "))
    }
}

/// A text that may not be blank.
pub(super) fn text(value: &str, path: String, problems: &mut Problems) {
    if value.trim().is_empty() {
        problems.push(Problem::new(&rules::TEXT, path));
    }
}

fn address(value: Option<&String>, path: String, problems: &mut Problems) {
    let Some(value) = value else { return };
    let ok = value
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'));
    if !ok || value.chars().any(|c| c.is_whitespace() || c.is_control()) {
        problems.push(Problem::new(&rules::ADDRESS, path).found(value));
    }
}

impl Contact {
    pub(super) fn check(&self, path: &str, problems: &mut Problems) {
        text(&self.name, format!("{path}/name"), problems);
        if self.phone.is_none() && self.email.is_none() && self.mssante.is_none() {
            problems.push(Problem::new(&rules::CONTACT, path));
        }
        address(self.email.as_ref(), format!("{path}/email"), problems);
        address(self.mssante.as_ref(), format!("{path}/mssante"), problems);
    }
}

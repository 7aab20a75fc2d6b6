//! Status of an identity and its attributes.
//!
//! The status is computed from two independent facts, never stored:
//!
//! | from INSi | checked on a device | status |
//! |---|---|---|
//! | no | no | [`Status::Provisional`] |
//! | yes | no | [`Status::Retrieved`] |
//! | no | yes | [`Status::Validated`] |
//! | yes | yes | [`Status::Qualified`] |
//!
//! and is provisional, whatever the facts, when the identity is doubtful or fictitious.
//!
//! Source: RNIV 1; Guide d'implémentation de l'INS v3, EXI SI 07, EXI ID 24 and 26.

use dcc_base::problem::{Problem, Problems};
use serde::{Deserialize, Serialize};

use crate::rules;

/// *Statut de l'identité* (RNIV): how far the identity is trusted, from the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// *Identité provisoire*: neither called from INSi nor checked on a device.
    #[serde(alias = "provisoire")]
    Provisional,
    /// *Identité récupérée*: called from INSi, not checked on a device.
    #[serde(alias = "recuperee")]
    Retrieved,
    /// *Identité validée*: checked on a device, not called from INSi.
    #[serde(alias = "validee")]
    Validated,
    /// *Identité qualifiée*: both. The only status under which the matricule leaves.
    #[serde(alias = "qualifiee")]
    Qualified,
}

/// What a status is computed from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// Traits and matricule come from INSi, and the call still stands.
    pub insi: bool,
    /// Traits were found coherent with an identity device of high confidence.
    pub device: bool,
}

impl Status {
    /// The four statuses.
    pub const ALL: [Status; 4] = [
        Status::Provisional,
        Status::Retrieved,
        Status::Validated,
        Status::Qualified,
    ];

    /// The status that the evidence gives.
    pub fn compute(evidence: Evidence, attributes: Attributes) -> Status {
        if attributes.doubtful || attributes.fictitious {
            return Status::Provisional;
        }
        match (evidence.insi, evidence.device) {
            (false, false) => Status::Provisional,
            (true, false) => Status::Retrieved,
            (false, true) => Status::Validated,
            (true, true) => Status::Qualified,
        }
    }

    /// True when a matricule is held with this status.
    pub fn holds_matricule(self) -> bool {
        matches!(self, Status::Retrieved | Status::Qualified)
    }

    /// French name.
    pub fn label(self) -> &'static str {
        match self {
            Status::Provisional => "provisoire",
            Status::Retrieved => "récupérée",
            Status::Validated => "validée",
            Status::Qualified => "qualifiée",
        }
    }

    /// Code of the FHIR FR Core code system of identity statuses.
    pub fn code(self) -> &'static str {
        match self {
            Status::Provisional => "PROV",
            Status::Retrieved => "RECUP",
            Status::Validated => "VALI",
            Status::Qualified => "QUAL",
        }
    }

    /// PID-32 (HL7 table 0445), which has neither QUAL nor RECUP: a qualified
    /// identity is `VALI` with an INS in PID-3, a retrieved one is `PROV`.
    pub fn pid_32(self) -> &'static str {
        match self {
            Status::Provisional | Status::Retrieved => "PROV",
            Status::Validated | Status::Qualified => "VALI",
        }
    }
}

/// Attributes of an identity (*attributs*).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Attributes {
    /// *Homonyme*: another patient has close traits.
    pub homonym: bool,
    /// *Douteuse*: there is doubt on who the patient is.
    pub doubtful: bool,
    /// *Fictive*: no real patient (test, training, anonymous care).
    pub fictitious: bool,
}

impl Attributes {
    /// Checks that the attributes go together, and with `status` where one is given.
    ///
    /// *Douteuse* and *fictive* go with a provisional identity alone; only
    /// *douteuse* and *homonyme* combine.
    pub fn check(self, status: Option<Status>, path: &str, problems: &mut Problems) {
        let combined = self.fictitious && (self.doubtful || self.homonym);
        let low = status.is_none_or(|status| status == Status::Provisional);
        if combined || ((self.doubtful || self.fictitious) && !low) {
            let mut found = self.labels();
            found.extend(status.map(Status::label));
            problems.push(
                Problem::new(&rules::ATTRIBUTES, path)
                    .found(found.join(", "))
                    .allowed(["homonyme", "douteuse", "douteuse et homonyme", "fictive"]),
            );
        }
    }

    /// French names of those set.
    pub fn labels(self) -> Vec<&'static str> {
        let all = [
            (self.homonym, "homonyme"),
            (self.doubtful, "douteuse"),
            (self.fictitious, "fictive"),
        ];
        all.iter()
            .filter(|(set, _)| *set)
            .map(|(_, label)| *label)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_attributes() -> impl Iterator<Item = Attributes> {
        (0..8).map(|n| Attributes {
            homonym: n & 1 != 0,
            doubtful: n & 2 != 0,
            fictitious: n & 4 != 0,
        })
    }

    #[test]
    fn the_truth_table_of_statuses_is_whole() {
        let mut seen = 0;
        for attributes in all_attributes() {
            for (insi, device) in [(false, false), (true, false), (false, true), (true, true)] {
                let status = Status::compute(Evidence { insi, device }, attributes);
                let expected = match (attributes.doubtful, attributes.fictitious, insi, device) {
                    (true, _, _, _) | (_, true, _, _) => Status::Provisional,
                    (_, _, true, true) => Status::Qualified,
                    (_, _, true, false) => Status::Retrieved,
                    (_, _, false, true) => Status::Validated,
                    _ => Status::Provisional,
                };
                assert_eq!(status, expected);
                seen += 1;
            }
        }
        assert_eq!(seen, 32);
    }

    #[test]
    fn the_attributes_allowed_with_each_status() {
        for attributes in all_attributes() {
            for status in Status::ALL {
                let mut problems = Problems::new();
                attributes.check(Some(status), "/identity_status", &mut problems);
                let Attributes {
                    homonym,
                    doubtful,
                    fictitious,
                } = attributes;
                let combination = !(fictitious && (homonym || doubtful));
                let low = !(doubtful || fictitious) || status == Status::Provisional;
                assert_eq!(
                    problems.is_empty(),
                    combination && low,
                    "{attributes:?} {status:?}"
                );
            }
        }
    }

    #[test]
    fn codes() {
        let codes: Vec<_> = Status::ALL
            .iter()
            .map(|s| (s.code(), s.pid_32(), s.holds_matricule()))
            .collect();
        assert_eq!(
            codes,
            [
                ("PROV", "PROV", false),
                ("RECUP", "PROV", true),
                ("VALI", "VALI", false),
                ("QUAL", "VALI", true)
            ]
        );
    }
}

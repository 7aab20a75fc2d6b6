//! The parts that every document of the DCC shares, as plain data.
//!
//! - [`partial_date_time`]: a date or an instant, as precise as it is known
//! - [`period`]: a span of time
//! - [`or_absent`]: a value, or why there is none
//! - [`person`]: names, addresses, telecoms, identifiers
//! - [`patient`]: the patient and the persons around
//! - [`professional`]: professionals and their organisations
//! - [`clinical`]: diagnosis, phase, status of the document
//! - [`header`]: what the header of a document says
//! - [`context`]: the care around a document
//! - [`binary`]: the bytes of a file
//! - `pattern`: patterns of texts, for the schemas
//! - [`pdf`]: what a PDF must look like to leave
//! - `check`: the checks that every document shares, by the rules of [`rules`]
//! - [`json`]: JSON in and out, every problem at once

pub mod binary;
pub(crate) mod check;
pub mod clinical;
pub mod context;
pub mod header;
pub mod or_absent;
pub mod partial_date_time;
pub mod patient;
#[cfg(feature = "schema")]
pub(crate) mod pattern;
pub mod pdf;
pub mod period;
pub mod person;
pub mod professional;
pub mod rules;

pub use crate::terminology::Code;
pub use binary::Binary;
pub(crate) use check::Checker;
pub use clinical::{
    Answer, CodedText, DatedText, DocumentStatus, OtherClassification, Phase, Progression, Tnm,
    TnmBasis, TnmComponent, Tumour,
};
pub use context::CareContext;
pub use dcc_json as json;
pub use header::{Author, Header, LegalAuthenticator};
pub use or_absent::{AbsentReason, OrAbsent};
pub use partial_date_time::{PartialDateTime, PartialDateTimeError};
pub use patient::{Guardian, IdentityStatus, Ins, Patient, RelatedPerson};
pub use period::Period;
pub use person::{Address, Identifier, PersonName, Telecom};
pub use professional::{
    AttendingPhysician, Establishment, Organization, Participant, Professional, ProfessionalId,
};

/// Defines input types: every field may be left out, an unknown field is an
/// error, and a field that says nothing is not written.
macro_rules! model {
    ($(
        $(#[$meta:meta])*
        pub struct $name:ident {
            $( $(#[$fmeta:meta])* pub $field:ident: $ty:ty, )*
        }
    )*) => {
        $(
            #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
            #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
            #[serde(default, deny_unknown_fields)]
            $(#[$meta])*
            pub struct $name {
                $(
                    $(#[$fmeta])*
                    #[serde(skip_serializing_if = "crate::model::is_default")]
                    pub $field: $ty,
                )*
            }
        )*
    };
}
pub(crate) use model;

/// Defines a document: as [`model!`], but for the two sides of serde, which
/// name its kind first: they are those of a private structure of its fields,
/// given to `clinical_document!`.
macro_rules! document_model {
    (
        $fields:ident, $remote:literal;
        $(#[$meta:meta])*
        pub struct $name:ident {
            $( $(#[$fmeta:meta])* pub $field:ident: $ty:ty, )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq)]
        #[cfg_attr(
            feature = "schema",
            derive(schemars::JsonSchema),
            serde(default, deny_unknown_fields)
        )]
        pub struct $name {
            $(
                $(#[$fmeta])*
                #[cfg_attr(
                    feature = "schema",
                    serde(skip_serializing_if = "crate::model::is_default")
                )]
                pub $field: $ty,
            )*
        }

        #[allow(dead_code)] // serde reads and writes the document itself
        #[derive(serde::Serialize, serde::Deserialize)]
        #[serde(remote = $remote, deny_unknown_fields)]
        pub(crate) struct $fields {
            $(
                #[serde(default, skip_serializing_if = "crate::model::is_default")]
                $field: $ty,
            )*
        }
    };
}
pub(crate) use document_model;

pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

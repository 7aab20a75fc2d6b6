//! The parts that every document of the DCC shares, as plain data.
//!
//! - [`partial_date_time`]: a date or an instant, as precise as it is known
//! - [`or_absent`]: a value, or why there is none
//! - `tagged`: enumerations told by a field `type`
//! - [`person`]: names, addresses, telecoms, identifiers
//! - [`patient`]: the patient and the persons around
//! - [`professional`]: professionals and their organisations
//! - [`clinical`]: diagnosis, phase, status of the document
//! - [`header`]: what the header of a document says
//! - [`context`]: the care around a document
//! - [`binary`]: the bytes of a file
//! - [`check`]: the checks that every document shares, by the rules of [`rules`]
//! - [`json`]: JSON in and out, every problem at once (`json_text`: a text in
//!   which no field is given twice; `json_value`: a value that knows where it is)

pub mod binary;
pub mod check;
mod check_clinical;
mod check_context;
pub mod clinical;
pub mod context;
pub mod header;
pub mod json;
mod json_text;
mod json_value;
pub mod or_absent;
pub mod partial_date_time;
pub mod patient;
pub mod person;
pub mod professional;
pub mod rules;
pub(crate) mod tagged;

pub use crate::terminology::Code;
pub use binary::Binary;
pub use check::Checker;
pub use clinical::{
    Answer, CodedText, DatedText, DocumentStatus, OtherClassification, Phase, Progression, Tnm,
    TnmBasis, TnmComponent, Tumour,
};
pub use context::CareContext;
pub use header::{Author, Header, LegalAuthenticator};
pub use or_absent::{AbsentReason, OrAbsent};
pub use partial_date_time::{PartialDateTime, Period};
pub use patient::{Guardian, IdentityStatus, Ins, Patient, RelatedPerson};
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
            $(#[$meta])*
            #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
            #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
            #[serde(default, deny_unknown_fields)]
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

pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

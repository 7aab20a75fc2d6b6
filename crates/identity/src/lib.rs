//! Identity of the patient (*identité du patient*, *INS*): statuses, traits, records.
//!
//! - [`status`]: the status, computed from evidence; attributes
//! - [`release`]: what may leave, by status and channel: the one place that decides
//! - [`traits`]: traits, their normalisation and their comparison
//! - [`device`], [`capture`]: identity devices, ways to capture an identity
//! - [`Ins`], [`LocalId`]: matricule and local identifiers
//! - [`Record`]: the record of a patient; [`Outgoing`]: what leaves of it
//! - [`registry`]: the records, their commands, events, journal, search, duplicates
//! - [`mod@datamatrix`]: the INS datamatrix, read, written, drawn
//! - [`insi`]: requests to INSi, and its answers
//! - [`pam`]: HL7 v2 messages of IHE PAM France, in and out
//! - [`rules`]: what can be wrong
//!
//! ```
//! use chrono::{DateTime, NaiveDate, Utc};
//! use dcc_identity::device::{Device, DeviceCheck};
//! use dcc_identity::registry::{Agent, Command, NewIdentity, Policy, Registry};
//! use dcc_identity::status::Status;
//! use dcc_identity::traits::{Sex, Traits};
//!
//! let mut registry = Registry::new();
//! let desk = Agent::new("A-TEST", "Accueil TEST");
//! let at: DateTime<Utc> = "2026-03-03T08:00:00Z".parse().unwrap();
//! let born = NaiveDate::from_ymd_opt(1962, 4, 17);
//! let traits = Traits::new("d'Essai", "Anna-Maria Else", Sex::Female, born).born_in("99109");
//! let create = Command::CreateRecord { record: "P1".into(), identity: NewIdentity::new(traits) };
//! registry.execute(&create, &desk, at, &Policy::default())?;
//! let check = Command::CheckDevice { record: "P1".into(), check: DeviceCheck::new(Device::Passport) };
//! registry.execute(&check, &desk, at, &Policy::default())?;
//!
//! let record = registry.record(&"P1".into()).unwrap();
//! assert_eq!(record.status(), Status::Validated);
//! assert_eq!(record.traits().birth_name, "D'ESSAI");
//! # Ok::<(), dcc_base::problem::Problems>(())
//! ```

pub mod capture; // ways to capture an identity
pub mod datamatrix; // the INS datamatrix
pub mod device; // identity devices
mod ins; // matricule and OID
pub mod insi; // the service INSi
mod local_id; // local identifiers
mod opaque; // Debug without values
pub mod pam; // HL7 v2 messages
mod record; // the record of a patient
pub mod registry; // records, commands, events
pub mod release; // what may leave
pub mod rules; // table of rules
pub mod status; // status and attributes
pub mod traits; // traits of identity

pub use ins::{DatedIns, Ins};
pub use local_id::{Authority, LocalId};
pub use record::{DmpConsent, InsiSource, Life, Outgoing, Proof, Record, RecordId};

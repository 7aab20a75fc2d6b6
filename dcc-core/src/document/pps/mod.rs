//! *Programme personnalisé de soins* (PPS): the care that a patient is handed,
//! from a vendor's data to a CDA R2 document, and back.
//!
//! | | |
//! |---|---|
//! | volet | CI-SIS, *Programme personnalisé de soins* (CANCER-PPS) 2022.01, <https://esante.gouv.fr/offres-services/ci-sis/espace-publication> |
//! | template | 1.2.250.1.213.1.1.1.26 |
//! | type | LOINC 18776-5 |
//!
//! A PPS starts from the fiche RCP; what is left to enter is listed:
//!
//! ```
//! use dcc_core::fiche_rcp::FicheRcp;
//! use dcc_core::model::Identifier;
//! use dcc_core::pps::Pps;
//!
//! # let json = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/fiche_rcp_sein.json"))?;
//! let fiche = FicheRcp::from_json(&json)?;
//! let started = Pps::from_fiche(
//!     &fiche,
//!     Identifier::new("1.2.250.1.999.3", "PPS-1"),
//!     Identifier::new("1.2.250.1.999.4", "PPS"),
//!     "2026-03-20T09:00:00+01:00".parse()?,
//! );
//! assert_eq!(started.pps.tumours, fiche.tumours);
//! for problem in started.to_enter.blocking() {
//!     println!("{} {}", problem.path, problem.message);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! - `model`: the content of a PPS
//! - `templates`: the codes of the volet, one line each
//! - `cda`: the document, written and read by one description
//! - `notice`: information on personal data, as the volet words it
//! - `check`: every problem of a PPS
//! - [`rules`]: the rules of the volet
//! - `from_fiche`: a PPS started from a fiche RCP
//! - `from_needs`: its supportive care, from the needs of a patient
//! - `version`: a new version that replaces the old

mod cda;
mod check;
mod from_fiche;
mod from_needs;
mod model;
mod notice;
pub mod rules;
mod templates;
mod version;

pub use from_fiche::Started;
pub use from_needs::care_acts;
pub use model::*;
pub use notice::{INCA_NOTICE, PROVIDER_NOTICE};

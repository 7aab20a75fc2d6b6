//! *Fiche RCP*: what a multidisciplinary meeting concluded on a case, from a
//! vendor's data to a CDA R2 document, and back.
//!
//! | | |
//! |---|---|
//! | volet | CI-SIS, *Fiche réunion de concertation pluridisciplinaire* (CANCER-FRCP) 2022.01, <https://esante.gouv.fr/offres-services/ci-sis/espace-publication> |
//! | template | 1.2.250.1.213.1.1.1.8; its version 2021.01 is read too |
//! | type | LOINC 34794-8 |
//!
//! A fiche is filled field by field, those left out being `None` or empty, and
//! [`check`](FicheRcp::check) lists all that is missing or wrong:
//!
//! ```
//! use dcc_core::fiche_rcp::{Discussion, FicheRcp, ProposedTreatment, Proposal};
//! use dcc_core::model::{Answer, OrAbsent};
//!
//! let mut fiche = FicheRcp {
//!     discussion: Discussion {
//!         // an organ system, of the value set JDV_NatureDiscussion_CISIS
//!         nature: Some("ORG-117".into()),
//!         paediatric: Some(Answer::from(false)),
//!         ..Discussion::default()
//!     },
//!     from_screening: Some(OrAbsent::Known(Answer::from(true))),
//!     ..FicheRcp::default()
//! };
//! fiche.proposal = Proposal {
//!     treatments: vec![ProposedTreatment {
//!         intention: 1,
//!         kind: Some("387713003".into()),
//!         ..ProposedTreatment::default()
//!     }],
//!     ..Proposal::default()
//! };
//! let paths: Vec<_> = fiche.check().blocking().map(|p| p.path.clone()).collect();
//! assert!(paths.contains(&"/discussion/organs".to_owned()));
//! ```
//!
//! - `model`: the content of a fiche
//! - `templates`: the codes of the volet, one line each
//! - `cda`: the document, written and read by one description
//! - `check`: every problem of a fiche
//! - `from_cr_acp`: the conclusion of a pathology report, for the fiche
//! - [`rules`]: the rules of the volet

mod cda;
mod check;
mod from_cr_acp;
mod model;
pub mod rules;
mod templates;

pub use model::*;

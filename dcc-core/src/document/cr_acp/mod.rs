//! *Compte rendu d'anatomie et cytologie pathologiques* (CR-ACP), and the
//! molecular genetics report (CR-GM) that shares its structure: read, checked,
//! written; its conclusion is copied into the fiche RCP
//! ([`ReportConclusion::from_cr_acp`](crate::fiche_rcp::ReportConclusion::from_cr_acp)).
//!
//! | | |
//! |---|---|
//! | volet | IHE PaLM, Anatomic Pathology Structured Report (APSR) 2.0, and 1.x as « CR-ACP sein » 1.5 uses it; CI-SIS, volet CR-GM 2022.01, <https://esante.gouv.fr/offres-services/ci-sis/espace-publication> |
//! | templates | 1.3.6.1.4.1.19376.1.8.1.1.1 (CR-ACP), 1.2.250.1.213.1.1.1.32 (CR-GM, read only) |
//! | types | LOINC 60568-3, formerly 11526-1; 51969-4 for a CR-GM |
//!
//! A report received is read, and forwarded as it came:
//!
//! ```
//! use dcc_core::cr_acp::{CrAcp, Received};
//! use dcc_core::fiche_rcp::ReportConclusion;
//!
//! # let json = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/cr_acp_sein.json"))?;
//! # let bytes = CrAcp::from_json(&json)?.to_cda()?;
//! let received = Received::from_cda(bytes)?;
//! let conclusion = ReportConclusion::from_cr_acp(&received.report);
//! assert_eq!(conclusion.entries.len(), 1);
//! let forwarded: &[u8] = received.forward();
//! # assert!(!forwarded.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! - `model`: the content of a report
//! - `received`: a report as it came, to forward byte for byte
//! - `views`: specimens, codes, TNM, images of a report
//! - `templates`: templates and codes of IHE APSR 2, one line each
//! - `cda`: the document, written and read by one description
//! - `check`: every problem of a report
//! - [`rules`]: the rules
//!
//! Templates and ids of sections and entries are not kept when a report is
//! read: they are derived again when it is written. What must not change is
//! forwarded as it came, see [`Received::forward`].

mod cda;
mod check;
mod model;
mod received;
pub mod rules;
mod templates;
mod views;

pub use model::*;
pub use received::Received;

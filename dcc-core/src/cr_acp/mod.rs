//! *Compte rendu d'anatomie et cytologie pathologiques* (CR-ACP), and the
//! molecular genetics report (CR-GM) that shares its structure: read, checked,
//! written, and told to the fiche RCP.
//!
//! - `model`: what a report says
//! - `received`: a report as it came, to forward byte for byte
//! - `views`: specimens, codes, TNM, images of a report, and its conclusion for the fiche
//! - `templates`: templates and codes of IHE APSR 2, one line each
//! - `cda`: the document, written and read by one description
//! - `check`: every problem of a report
//! - [`rules`]: the rules
//!
//! Source: IHE PaLM, Anatomic Pathology Structured Report (APSR) 2.0, and 1.x
//! as the French template « CR-ACP sein » 1.5 uses it; CI-SIS, volet CR-GM
//! 2022.01. Templates and ids of sections and entries are not kept when a
//! report is read: they are derived again when it is written. What must not
//! change is forwarded as it came, see [`Received::forward`].

mod cda;
mod check;
mod model;
mod received;
pub mod rules;
mod templates;
mod views;

pub use cda::CR_ACP;
pub use model::*;
pub use received::Received;

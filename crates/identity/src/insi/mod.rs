//! *Téléservice INSi* of the CNAM: bodies of requests, and answers.
//!
//! - [`request`]: by traits, by Vitale card; the SOAP envelope and its contexts
//! - [`Attempts`]: which given names to ask, in which order
//! - [`Answer`]: a result or a SOAP fault, read
//!
//! TLS, certificates and sending are the matter of the host.
//!
//! Source: WSDL DESIR_ICIR_EXP 1.5.0 and its schemas; test cases of the CNDA.

mod answer;
mod attempts;
pub mod request;

pub use answer::{Answer, Fault, FaultSeverity};
pub use attempts::{Attempts, Step};

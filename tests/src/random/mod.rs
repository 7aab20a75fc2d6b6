//! Random valid documents.
//!
//! A document is built from a list of numbers: a number that is 0, or that is
//! not there, stands for the simplest choice (absent, the first code, no more
//! items). So proptest shrinks a failure to the smallest document that fails.
//!
//! - [`choices`]: numbers, texts, dates, codes
//! - [`people`]: professionals, organisations, patient, header
//! - [`clinical`]: tumours, phase, screening
//! - [`pps`]: the PPS

pub mod choices;
pub mod clinical;
pub mod people;
pub mod pps;

use dcc_core::pps::Pps;
use proptest::collection::vec;
use proptest::prelude::*;

use choices::Choices;

/// Random valid PPS.
pub fn any_pps() -> impl Strategy<Value = Pps> {
    vec(any::<u16>(), 0..4000).prop_map(|numbers| pps::pps(&mut Choices::new(&numbers)))
}

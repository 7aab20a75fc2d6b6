//! Traits of identity: what they are, how they are written, how they compare.
//!
//! - [`Traits`]: the strict traits (*traits stricts*) of a patient
//! - [`mod@normalise`]: from a typed name to the characters of INSi
//! - [`birth_date`]: dates of which a part is unknown
//! - [`birth_place`]: codes of the place of birth
//! - [`compare`]: two sets of traits, each answer explained

pub mod birth_date;
pub mod birth_place;
pub mod compare;
pub mod normalise;
mod sex;
mod strict;

pub use sex::Sex;
pub use strict::{Traits, UsedNames, first_name_fits};

//! Terminology: code systems, value sets (*jeux de valeurs*), coded values.

mod code;
pub mod code_system;
mod index;
mod jdv;
mod registry;
pub mod rules;
mod search;
mod svs;
pub mod table;
mod value_set;

pub use code::Code;
pub use code_system::CodeSystem;
pub use jdv::Jdv;
pub use registry::Terminology;
pub use value_set::{Concept, ValueSet};

//! The native half of the Python package `dcc`: what Python sees of it is
//! said in `python/dcc/_dcc.pyi`.
//!
//! Nothing here decides anything: arguments are turned into those of
//! `dcc-core`, and what it answers into Python objects.

// a cdylib exports to Python, not to Rust
#![allow(unreachable_pub)]

mod convert; // Python objects to JSON and back
mod document; // documents of every kind, by one class
mod export; // the monthly deposit
mod facts; // facts, and what is made of them
mod held; // facts and offers, as Python holds them
mod indicators; // the indicators of a period
mod number; // whole numbers, in their bounds
mod options; // arguments that several calls have
mod problem; // problems, and the exception that carries them
mod rcp; // life of an RCP
mod render; // HTML and PDF
mod rulebook; // the official rules
mod schema; // JSON Schema
mod shared; // what threads change each in its turn
mod table; // Arrow tables in and out
mod value_sets; // value sets and their codes
mod verdict; // what a check by the official rules finds
mod watch; // progress of long work

use dcc_core::indicators::export::Dialect;
use pyo3::prelude::*;

/// Native half of the package `dcc`.
#[pymodule]
mod _dcc {
    use super::*;

    #[pymodule_export]
    use super::document::{Document, read};
    #[pymodule_export]
    use super::facts::Facts;
    #[pymodule_export]
    use super::indicators::Indicators;
    #[pymodule_export]
    use super::options::_accepted;
    #[pymodule_export]
    use super::rcp::{Rcp, journal};
    #[pymodule_export]
    use super::render::{to_html, to_pdf};
    #[pymodule_export]
    use super::rulebook::{Notice, RuleBook};
    #[pymodule_export]
    use super::schema::{schema, schema_json, schema_kinds};
    #[pymodule_export]
    use super::table::Table;
    #[pymodule_export]
    use super::value_sets::{Concept, ValueSet, ValueSets};
    #[pymodule_export]
    use super::verdict::{Finding, Verdict};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("DIALECTS", Dialect::ALL.map(Dialect::name).to_vec())?;
        module.add("KINDS", dcc_core::document::Document::KINDS)
    }
}

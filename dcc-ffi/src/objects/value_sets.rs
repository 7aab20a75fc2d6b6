//! Value sets (*jeux de valeurs*) and their codes. A value set is called by
//! its name or its OID.

use std::sync::Arc;

use dcc_core::terminology as core;

use super::options::Options;
use super::problem::DccException;
use crate::input::{codes, value_set as find};

/// One code of a value set.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Concept {
    /// Code, for example `C50.2`.
    pub code: String,
    /// OID of the code system.
    pub system: String,
    /// French label (*libellé*).
    pub label: String,
    /// First day on which the code may be used, when stated.
    pub valid_from: Option<String>,
    /// Last day on which the code may be used; none while it is in use.
    pub valid_to: Option<String>,
}

impl From<&core::Concept> for Concept {
    fn from(concept: &core::Concept) -> Self {
        Concept {
            code: concept.code.clone().into_owned(),
            system: concept.system.clone().into_owned(),
            label: concept.label.clone().into_owned(),
            valid_from: concept.valid_from.map(|day| day.to_string()),
            valid_to: concept.valid_to.map(|day| day.to_string()),
        }
    }
}

/// What a value set is.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ValueSet {
    /// OID.
    pub oid: String,
    /// Name, for example `JDV_J06-XdsFacilityType-CISIS`.
    pub name: String,
    /// Version, when stated.
    pub version: Option<String>,
    /// Day of the last revision, when stated.
    pub revised: Option<String>,
    /// Number of codes.
    pub len: u64,
}

/// The value sets known, embedded or of the options.
#[uniffi::export(default(options = None))]
pub fn value_sets(options: Option<Arc<Options>>) -> Result<Vec<ValueSet>, DccException> {
    let record = |set: &core::ValueSet| ValueSet {
        oid: set.oid().to_owned(),
        name: set.name().to_owned(),
        version: set.version().map(str::to_owned),
        revised: set.revised().map(|day| day.to_string()),
        len: set.len() as u64,
    };
    Options::with_terminology(options.as_ref(), |t| Ok(t.iter().map(record).collect()))
}

/// The concepts whose code or label holds every word of `text`, whatever the
/// case and the accents, best first; without `text`, all of them.
#[uniffi::export(default(text = None, options = None))]
pub fn search_codes(
    value_set: String,
    text: Option<String>,
    options: Option<Arc<Options>>,
) -> Result<Vec<Concept>, DccException> {
    Options::with_terminology(options.as_ref(), |terminology| {
        let found = codes(terminology, &value_set, text.as_deref())?;
        Ok(found.into_iter().map(Concept::from).collect())
    })
}

/// The concept of a code, when the value set has it; `system` is the OID of
/// its code system, where one code is in several.
#[uniffi::export(default(system = None, options = None))]
pub fn find_code(
    value_set: String,
    code: String,
    system: Option<String>,
    options: Option<Arc<Options>>,
) -> Result<Option<Concept>, DccException> {
    Options::with_terminology(options.as_ref(), |terminology| {
        let set = find(terminology, &value_set)?;
        let found = match &system {
            Some(system) => set.find_in(system, &code),
            None => set.find(&code),
        };
        Ok(found.map(Concept::from))
    })
}

/// The concepts nearest to a wrong code, best first.
#[uniffi::export(default(most = 5, options = None))]
pub fn nearest_codes(
    value_set: String,
    code: String,
    most: u32,
    options: Option<Arc<Options>>,
) -> Result<Vec<Concept>, DccException> {
    Options::with_terminology(options.as_ref(), |terminology| {
        let found = find(terminology, &value_set)?.nearest(&code, most as usize);
        Ok(found.into_iter().map(Concept::from).collect())
    })
}

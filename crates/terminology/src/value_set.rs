//! Value sets (*jeux de valeurs*, JDV): the codes a field may hold.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::Serialize;

use super::code_system::CodeSystem;
use super::index::CodeIndex;

/// One code of a value set (*concept*).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Concept {
    /// Code, for example `C50.2`.
    pub code: Cow<'static, str>,
    /// OID of the code system, for example `2.16.840.1.113883.6.3`.
    pub system: Cow<'static, str>,
    /// French label (*libellé*), the `displayName` of CDA.
    pub label: Cow<'static, str>,
    /// First day on which the code may be used; none when never stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    /// Last day on which the code may be used; none while it is in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
}

impl Concept {
    /// True when the code may be used on that day.
    pub fn is_valid_on(&self, date: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= date) && self.valid_to.is_none_or(|to| date <= to)
    }

    /// The code system, when the library knows it.
    pub fn code_system(&self) -> Option<&'static CodeSystem> {
        CodeSystem::by_oid(&self.system)
    }

    /// Name of the code system, the `codeSystemName` of CDA, when known.
    pub fn system_name(&self) -> Option<&'static str> {
        self.code_system().map(|system| system.name)
    }
}

impl std::fmt::Display for Concept {
    /// `C50.2 — Tumeur maligne du quadrant supéro-interne du sein`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} — {}", self.code, self.label)
    }
}

/// A value set (*jeu de valeurs*): concepts in the order of their source.
#[derive(Clone, Debug)]
pub struct ValueSet {
    oid: Cow<'static, str>,
    name: Cow<'static, str>,
    version: Option<Cow<'static, str>>,
    effective: Option<NaiveDate>,
    revised: Option<NaiveDate>,
    concepts: Vec<Concept>,
    index: CodeIndex,
}

impl PartialEq for ValueSet {
    fn eq(&self, other: &Self) -> bool {
        self.oid == other.oid
            && self.name == other.name
            && self.version == other.version
            && self.effective == other.effective
            && self.revised == other.revised
            && self.concepts == other.concepts
    }
}

impl Eq for ValueSet {}

impl ValueSet {
    /// A value set of these concepts.
    ///
    /// When one code of one code system comes twice, a lookup answers with
    /// the first.
    pub fn new(
        oid: impl Into<Cow<'static, str>>,
        name: impl Into<Cow<'static, str>>,
        concepts: Vec<Concept>,
    ) -> Self {
        let index = CodeIndex::new(concepts.iter().map(|concept| &concept.code));
        ValueSet {
            oid: oid.into(),
            name: name.into(),
            version: None,
            effective: None,
            revised: None,
            concepts,
            index,
        }
    }

    /// The same value set, with the version its publisher gives it.
    #[must_use]
    pub fn with_version(mut self, version: Option<Cow<'static, str>>) -> Self {
        self.version = version;
        self
    }

    /// The same value set, with its day of effect and of last revision.
    #[must_use]
    pub fn with_dates(mut self, effective: Option<NaiveDate>, revised: Option<NaiveDate>) -> Self {
        self.effective = effective;
        self.revised = revised;
        self
    }

    /// OID of the value set.
    pub fn oid(&self) -> &str {
        &self.oid
    }

    /// Name of the value set, for example `JDV_Tumeur_CISIS`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Version as the publisher writes it; the ANS tells its releases apart
    /// by [`Self::revised`] instead.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// Day from which the value set is in force.
    pub fn effective(&self) -> Option<NaiveDate> {
        self.effective
    }

    /// Day of the last revision.
    pub fn revised(&self) -> Option<NaiveDate> {
        self.revised
    }

    /// The concepts, in the order of the source.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// The concepts, in the order of the source.
    pub fn iter(&self) -> std::slice::Iter<'_, Concept> {
        self.concepts.iter()
    }

    /// Number of concepts.
    pub fn len(&self) -> usize {
        self.concepts.len()
    }

    /// True when the value set holds no concept.
    pub fn is_empty(&self) -> bool {
        self.concepts.is_empty()
    }

    /// The concept of this code, withdrawn or not; the first one when the
    /// code stands in several code systems.
    pub fn find(&self, code: &str) -> Option<&Concept> {
        self.index.first(code).map(|i| &self.concepts[i])
    }

    /// Every concept of this code: one a code system that holds it.
    pub fn find_all(&self, code: &str) -> impl Iterator<Item = &Concept> {
        self.index.all(code).map(|i| &self.concepts[i])
    }

    /// The concept of this code in this code system (OID).
    pub fn find_in(&self, system: &str, code: &str) -> Option<&Concept> {
        self.find_all(code).find(|concept| concept.system == system)
    }

    /// The concept of this code that may be used on that day.
    pub fn find_on(&self, code: &str, date: NaiveDate) -> Option<&Concept> {
        self.find_all(code)
            .find(|concept| concept.is_valid_on(date))
    }

    /// The concepts that may be used on that day, in order.
    pub fn active_on(&self, date: NaiveDate) -> impl Iterator<Item = &Concept> {
        self.iter().filter(move |concept| concept.is_valid_on(date))
    }
}

impl<'a> IntoIterator for &'a ValueSet {
    type Item = &'a Concept;
    type IntoIter = std::slice::Iter<'a, Concept>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

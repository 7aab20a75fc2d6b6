//! What a reader looks for in a report.

use super::CrAcp;
use super::model::{Battery, Coded, Image, Observation, Procedure, Section, SectionKind, Value};
use crate::model::{Code, OrAbsent, Tnm, TnmComponent};
use crate::terminology::CodeSystem;
use crate::terminology::code_system::{PATHLEX, TNM_UICC};

impl Section {
    /// This section and all below, in the order of the document.
    pub(crate) fn walk<'s>(&'s self, visit: &mut dyn FnMut(&'s Section)) {
        visit(self);
        for section in &self.sections {
            section.walk(visit);
        }
    }

    fn batteries(&self) -> impl Iterator<Item = &Battery> {
        let of_specimens = self.specimens.iter().flat_map(|s| &s.batteries);
        self.batteries.iter().chain(of_specimens)
    }
}

impl Observation {
    fn walk<'s>(&'s self, visit: &mut dyn FnMut(&'s Observation)) {
        visit(self);
        for component in &self.components {
            component.walk(visit);
        }
    }

    /// Every coded part: code, value, site, interpretation, method.
    fn coded(&self) -> impl Iterator<Item = &Code> {
        let value = match &self.value {
            Some(Value::Code(coded)) => Some(coded),
            _ => None,
        };
        let coded = self.code.iter().chain(value).chain(&self.site);
        let single = self.interpretation.iter().chain(&self.method);
        coded.flat_map(all_codes).chain(single)
    }
}

/// The codes of a coded part, those of its qualifiers too.
fn all_codes(coded: &Coded) -> impl Iterator<Item = &Code> {
    let qualifiers = coded.qualifiers.iter().filter_map(|q| q.value.as_ref());
    coded.codes().chain(qualifiers)
}

impl CrAcp {
    /// Every section, those below others too, in the order of the document.
    pub fn all_sections(&self) -> Vec<&Section> {
        let mut all = Vec::new();
        for section in &self.sections {
            section.walk(&mut |s| all.push(s));
        }
        all
    }

    /// The first section of a nature.
    pub fn section(&self, kind: SectionKind) -> Option<&Section> {
        self.all_sections()
            .into_iter()
            .find(|s| s.kind == Some(kind))
    }

    /// *Conclusion*.
    pub fn conclusion(&self) -> Option<&Section> {
        self.section(SectionKind::Conclusion)
    }

    /// *Prélèvements*: every sampling, in the order of the document.
    pub fn samplings(&self) -> Vec<&Procedure> {
        let sections = self.all_sections().into_iter();
        sections
            .flat_map(|s| {
                s.procedures
                    .iter()
                    .chain(s.specimens.iter().flat_map(|s| &s.procedures))
            })
            .collect()
    }

    /// *Observations*, components too, in the order of the document.
    pub fn observations(&self) -> Vec<&Observation> {
        let mut all = Vec::new();
        for section in self.all_sections() {
            for observation in section
                .batteries()
                .flat_map(|b| &b.observations)
                .chain(&section.observations)
            {
                observation.walk(&mut |o| all.push(o));
            }
        }
        all
    }

    /// *Images* kept.
    pub fn images(&self) -> Vec<&Image> {
        self.all_sections()
            .into_iter()
            .flat_map(|s| &s.images)
            .collect()
    }

    /// Every code of a code system, in the order of the document: ADICAP,
    /// CIM-O, SNOMED 3.5, PathLex… of observations, values, sites and acts.
    pub fn codes_of(&self, system: &CodeSystem) -> Vec<&Code> {
        let samplings = self.samplings().into_iter();
        let of_samplings = samplings
            .flat_map(|p| p.code.iter().chain(&p.site))
            .flat_map(all_codes);
        let observations = self.observations().into_iter();
        of_samplings
            .chain(observations.flat_map(Observation::coded))
            .filter(|c| c.system.as_deref() == Some(system.oid))
            .collect()
    }

    /// *Stade TNM* of the report: the first T, N and M that its observations
    /// state, as codes of the TNM or in the label of PathLex codes
    /// (`pT1c:taille de la tumeur…`). None when there is no component.
    pub fn tnm(&self) -> Option<Tnm> {
        let mut tnm = Tnm::default();
        for observation in self.observations() {
            let Some(Value::Code(coded)) = &observation.value else {
                continue;
            };
            let Some(component) = coded.codes().find_map(tnm_component) else {
                continue;
            };
            let place = match component.value.as_bytes().first() {
                Some(b'T') => &mut tnm.t,
                Some(b'N') => &mut tnm.n,
                _ => &mut tnm.m,
            };
            if place.is_none() {
                *place = Some(OrAbsent::Known(component));
                tnm.date = tnm.date.or(observation.period.start);
            }
        }
        (tnm != Tnm::default()).then_some(tnm)
    }
}

/// The component of the TNM that a code states.
fn tnm_component(code: &Code) -> Option<TnmComponent> {
    let system = code.system.as_deref()?;
    let label = code.label.as_deref().unwrap_or_default();
    let token = if system == TNM_UICC.oid {
        &code.code
    } else if system == PATHLEX.oid {
        label.split([':', ' ', ',']).next()?
    } else {
        return None;
    };
    let mut component = TnmComponent::from_code(token);
    let mut value = component.value.chars();
    let is_tnm = matches!(value.next(), Some('T' | 'N' | 'M'))
        && (matches!(value.next(), Some('0'..='9' | 'X' | 'x' | 'a'))
            || component.value.starts_with("Tis"))
        && component.value.len() <= 16;
    if !is_tnm {
        return None;
    }
    let rest = label.strip_prefix(token).unwrap_or(label);
    let rest = rest.trim_start_matches([':', ' ', ',']);
    component.label = Some(rest.to_owned()).filter(|l| !l.is_empty());
    Some(component)
}

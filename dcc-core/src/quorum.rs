//! Quorum of an RCP: at least three physicians of different specialties, and
//! the specialties that the theme requires.
//!
//! A physician is a professional whose code of the value set J01
//! (*XdsAuthorSpecialty*) is the profession `G15_10`, alone or followed by a
//! specialty (`G15_10/SM36`, oncologie option médicale). Two codes are two
//! specialties; `G15_10` alone is a physician who brings no specialty.
//!
//! The one rule of the library: of a session as its attendance stands, and of
//! a fiche by the participants it names.
//!
//! Source: circulaire DHOS/SDO/2005/101 of 22 February 2005, annex 1.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Profession "médecin" of the value set J01.
pub const PHYSICIAN_PREFIX: &str = "G15_10";

/// True when `specialty` is that of a physician.
pub(crate) fn is_physician(specialty: &str) -> bool {
    specialty
        .strip_prefix(PHYSICIAN_PREFIX)
        .is_some_and(|rest| rest.is_empty() || (rest.starts_with('/') && rest.len() > 1))
}

/// A specialty that the theme requires: one of several codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequiredSpecialty {
    /// French name, for example `radiothérapie`.
    pub label: String,
    /// Codes of J01, any of which will do.
    pub any_of: Vec<String>,
}

/// Quorum rule of an RCP (*règle de quorum*).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct QuorumRule {
    /// Least number of physicians; 3 by default.
    pub physicians: u32,
    /// Least number of different specialties among them; 3 by
    /// default.
    pub specialties: u32,
    /// Specialties that the theme requires besides.
    pub required: Vec<RequiredSpecialty>,
    /// Whether those who attend by video count; true by default.
    pub video_counts: bool,
}

impl Default for QuorumRule {
    fn default() -> Self {
        QuorumRule {
            physicians: 3,
            specialties: 3,
            required: Vec::new(),
            video_counts: true,
        }
    }
}

/// What the quorum was at an instant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuorumJudgement {
    /// Whether the quorum was reached.
    pub reached: bool,
    /// Physicians present.
    pub physicians: u32,
    /// Different specialties of these physicians, codes in order.
    pub specialties: Vec<String>,
    /// What was missing, in French; empty when the quorum was reached.
    pub missing: Vec<String>,
}

impl fmt::Display for QuorumRule {
    /// The rule in French: `au moins 3 médecins de 3 spécialités différentes ;
    /// présence requise : radiothérapie`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |n: u32| if n > 1 { "s" } else { "" };
        let (physicians, specialties) = (self.physicians, self.specialties);
        write!(f, "au moins {physicians} médecin{}", plural(physicians))?;
        match specialties {
            0 | 1 => {}
            n => write!(f, " de {n} spécialités différentes")?,
        }
        if !self.required.is_empty() {
            let labels: Vec<&str> = self.required.iter().map(|r| r.label.as_str()).collect();
            write!(f, " ; présence requise : {}", labels.join(", "))?;
        }
        if !self.video_counts {
            f.write_str(" ; sur place seulement")?;
        }
        Ok(())
    }
}

impl QuorumRule {
    /// Judges the quorum of those whose specialties these are, codes of J01.
    pub fn judge_specialties<'a>(
        &self,
        present: impl IntoIterator<Item = &'a str>,
    ) -> QuorumJudgement {
        let mut physicians = 0;
        let mut specialties = BTreeSet::new();
        let mut all = BTreeSet::new();
        for code in present {
            all.insert(code);
            if is_physician(code) {
                physicians += 1;
                if code != PHYSICIAN_PREFIX {
                    specialties.insert(code);
                }
            }
        }
        let mut missing = Vec::new();
        if physicians < self.physicians {
            missing.push(format!("médecins : {physicians} sur {}", self.physicians));
        }
        let different = specialties.len();
        if different < self.specialties as usize {
            missing.push(format!(
                "spécialités différentes : {different} sur {}",
                self.specialties
            ));
        }
        for required in &self.required {
            if !required
                .any_of
                .iter()
                .any(|code| all.contains(code.as_str()))
            {
                missing.push(required.label.clone());
            }
        }
        QuorumJudgement {
            reached: missing.is_empty(),
            physicians,
            specialties: specialties.into_iter().map(str::to_owned).collect(),
            missing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_reads_in_french() {
        let mut rule = QuorumRule::default();
        assert_eq!(
            rule.to_string(),
            "au moins 3 médecins de 3 spécialités différentes"
        );
        rule.required = vec![RequiredSpecialty {
            label: "radiothérapie".into(),
            any_of: Vec::new(),
        }];
        rule.video_counts = false;
        rule.specialties = 1;
        assert_eq!(
            rule.to_string(),
            "au moins 3 médecins ; présence requise : radiothérapie ; sur place seulement"
        );
    }
}

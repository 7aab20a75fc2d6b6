//! Quorum of an RCP: at least three physicians of different specialties, and
//! the specialties that the theme requires.
//!
//! A physician is a professional whose code of the value set J01
//! (*XdsAuthorSpecialty*) is the profession `G15_10`, alone or followed by a
//! specialty (`G15_10/SM36`, oncologie option médicale). Two codes are two
//! specialties; `G15_10` alone is a physician who brings no specialty.
//!
//! Source: circulaire DHOS/SDO/2005/101 of 22 February 2005, annex 1.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::attendance::{Attendance, AttendanceMode};

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
    /// Least number of physicians; 3 unless said otherwise.
    pub physicians: u32,
    /// Least number of different specialties among them; 3 unless said
    /// otherwise.
    pub specialties: u32,
    /// Specialties that the theme requires besides.
    pub required: Vec<RequiredSpecialty>,
    /// Whether those who attend by video count; true unless said otherwise.
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
    /// Judges the quorum of those present (who have not left).
    pub fn judge<'a>(
        &self,
        attendances: impl IntoIterator<Item = &'a Attendance>,
    ) -> QuorumJudgement {
        let mut physicians = 0;
        let mut specialties = BTreeSet::new();
        let mut present = BTreeSet::new();
        for attendance in attendances {
            let counts = self.video_counts || attendance.attendee.mode == AttendanceMode::OnSite;
            let Some(code) = attendance.attendee.specialty.as_deref() else {
                continue;
            };
            if attendance.left.is_some() || !counts {
                continue;
            }
            present.insert(code);
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
                .any(|code| present.contains(code.as_str()))
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
    use crate::rcp::Attendee;
    use chrono::DateTime;

    fn present(specialty: &str, mode: AttendanceMode) -> Attendance {
        Attendance {
            attendee: Attendee {
                professional: format!("P-{specialty}"),
                name: "TEST".into(),
                specialty: (!specialty.is_empty()).then(|| specialty.to_owned()),
                mode,
            },
            arrived: DateTime::UNIX_EPOCH,
            left: None,
        }
    }

    fn on_site(codes: &[&str]) -> Vec<Attendance> {
        codes
            .iter()
            .map(|code| present(code, AttendanceMode::OnSite))
            .collect()
    }

    #[test]
    fn three_physicians_of_three_specialties() {
        let rule = QuorumRule::default();
        assert!(
            rule.judge(&on_site(&["G15_10/SM36", "G15_10/SM45", "G15_10/SM01"]))
                .reached
        );
        let two = rule.judge(&on_site(&["G15_10/SM36", "G15_10/SM36", "G15_10/SM01"]));
        assert!(!two.reached);
        assert_eq!(two.physicians, 3);
        assert_eq!(two.missing, ["spécialités différentes : 2 sur 3"]);
    }

    #[test]
    fn others_do_not_count_as_physicians() {
        let rule = QuorumRule::default();
        let judged = rule.judge(&on_site(&[
            "G15_10/SM36",
            "G15_10/SM45",
            "G15_60",
            "",
            "G15_100/X",
            "G15_10",
        ]));
        assert_eq!(judged.physicians, 3);
        assert_eq!(judged.specialties, ["G15_10/SM36", "G15_10/SM45"]);
        assert!(!judged.reached);
    }

    #[test]
    fn required_specialties_and_video() {
        let mut rule = QuorumRule {
            required: vec![RequiredSpecialty {
                label: "radiothérapie".into(),
                any_of: vec!["G15_10/SM37".into(), "G15_10/SM45".into()],
            }],
            ..QuorumRule::default()
        };
        let mut there = on_site(&["G15_10/SM36", "G15_10/SM14", "G15_10/SM01"]);
        assert_eq!(rule.judge(&there).missing, ["radiothérapie"]);
        there.push(present("G15_10/SM45", AttendanceMode::Video));
        assert!(rule.judge(&there).reached);
        rule.video_counts = false;
        assert!(!rule.judge(&there).reached);
    }

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

    #[test]
    fn who_left_does_not_count() {
        let mut there = on_site(&["G15_10/SM36", "G15_10/SM14", "G15_10/SM01"]);
        there[0].left = Some(DateTime::UNIX_EPOCH);
        assert!(!QuorumRule::default().judge(&there).reached);
    }
}

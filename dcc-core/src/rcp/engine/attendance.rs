//! Attendance of a session (*feuille de présence*).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::quorum::{QuorumJudgement, QuorumRule};

/// How a professional attends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttendanceMode {
    /// *Sur place*.
    OnSite,
    /// *En visioconférence*.
    Video,
}

impl AttendanceMode {
    /// French text.
    pub fn label(self) -> &'static str {
        match self {
            AttendanceMode::OnSite => "sur place",
            AttendanceMode::Video => "en visioconférence",
        }
    }
}

/// A professional who attends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Attendee {
    /// Opaque key of the professional (for example the RPPS number).
    pub professional: String,
    /// Name as shown.
    pub name: String,
    /// Code of the value set J01, for example `G15_10/SM36`; none when the
    /// professional has none.
    #[serde(default)]
    pub specialty: Option<String>,
    /// How they attend.
    pub mode: AttendanceMode,
}

impl Attendee {
    /// A professional without specialty.
    pub fn new(
        professional: impl Into<String>,
        name: impl Into<String>,
        mode: AttendanceMode,
    ) -> Self {
        Attendee {
            professional: professional.into(),
            name: name.into(),
            specialty: None,
            mode,
        }
    }

    /// The same professional, in a specialty: its code of the value set J01.
    #[must_use]
    pub fn in_specialty(mut self, code: impl Into<String>) -> Self {
        self.specialty = Some(code.into());
        self
    }
}

/// Attendance of one professional.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attendance {
    /// Who and how; the last way recorded.
    pub attendee: Attendee,
    /// First arrival recorded.
    pub arrived: DateTime<Utc>,
    /// Departure; none while present or when they stayed to the end. Cleared
    /// when they come back.
    pub left: Option<DateTime<Utc>>,
}

impl QuorumRule {
    /// Judges the quorum of those present (who have not left).
    pub fn judge<'a>(
        &self,
        attendances: impl IntoIterator<Item = &'a Attendance>,
    ) -> QuorumJudgement {
        let counts = |attendance: &Attendance| {
            let on_site = attendance.attendee.mode == AttendanceMode::OnSite;
            attendance.left.is_none() && (self.video_counts || on_site)
        };
        let present = attendances.into_iter().filter(|a| counts(a));
        self.judge_specialties(present.filter_map(|a| a.attendee.specialty.as_deref()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quorum::RequiredSpecialty;
    use chrono::DateTime;

    fn present(specialty: &str, mode: AttendanceMode) -> Attendance {
        Attendance {
            attendee: Attendee {
                specialty: (!specialty.is_empty()).then(|| specialty.to_owned()),
                ..Attendee::new(format!("P-{specialty}"), "TEST", mode)
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
    fn who_left_does_not_count() {
        let mut there = on_site(&["G15_10/SM36", "G15_10/SM14", "G15_10/SM01"]);
        there[0].left = Some(DateTime::UNIX_EPOCH);
        assert!(!QuorumRule::default().judge(&there).reached);
    }
}

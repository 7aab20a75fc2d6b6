//! Attendance of a session (*feuille de présence*).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

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

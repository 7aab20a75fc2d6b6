//! What an RCP offers (*offre RCP*): the line that the regional network's
//! directory lists.

use std::fmt;

use chrono::{DateTime, Days, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::contact::{Centre3c, Contact, text};
use super::ids::{RcpId, is_valid_id};
use crate::calendar::holidays::{HolidayCalendar, previous_working_day};
use crate::calendar::paris::{from_paris, paris_date};
use crate::facts::reserved::{MISSING, TOTAL};
use crate::identity::finess;
use crate::problem::{Problem, Problems};
use crate::quorum::QuorumRule;
use crate::rcp::calendar::Recurrence;
use crate::rcp::rules;

/// Longest session, in minutes.
pub(crate) const MAX_DURATION: u32 = 24 * 60;
/// Greatest capacity, in cases.
pub(crate) const MAX_CAPACITY: u32 = 500;

/// Until when cases can be enrolled (*délai d'inscription*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnrolmentDeadline {
    /// Days before that of the session; 0 is the same day.
    pub days_before: u32,
    /// Whether these are working days.
    #[serde(default)]
    pub working_days: bool,
    /// Time of that day in Paris; none: the time of the session.
    #[serde(default)]
    pub at: Option<NaiveTime>,
}

impl fmt::Display for EnrolmentDeadline {
    /// In French: `la veille à 12:00`, `2 jours ouvrés avant, à l'heure de la
    /// session`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = match (self.days_before, self.working_days) {
            (0, _) => "le jour même".to_owned(),
            (1, false) => "la veille".to_owned(),
            (1, true) => "le jour ouvré précédent".to_owned(),
            (n, false) => format!("{n} jours avant"),
            (n, true) => format!("{n} jours ouvrés avant"),
        };
        match self.at {
            Some(at) => write!(f, "{day} à {}", at.format("%H:%M")),
            None => write!(f, "{day}, à l'heure de la session"),
        }
    }
}

/// Offer of one RCP.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Offer {
    /// Identifier within the host.
    pub id: RcpId,
    /// National identifier (*identifiant national de la RCP*), once given.
    #[serde(default)]
    pub national_id: Option<String>,
    /// Local identifiers, in the region or the 3C (*identifiants locaux*).
    pub local_ids: Vec<String>,
    /// Name.
    pub name: String,
    /// Theme (*thématique*): code or name, a dimension of the indicators.
    pub theme: String,
    /// Organ systems (*appareils*), codes.
    #[serde(default)]
    pub organ_systems: Vec<String>,
    /// FINESS of the organising establishments, the main one first.
    pub establishments: Vec<String>,
    /// The 3C.
    pub centre_3c: Centre3c,
    /// Whether other RCPs may refer cases to it (*RCP de recours*).
    #[serde(default)]
    pub recourse: bool,
    /// Where it meets.
    #[serde(default)]
    pub place: Option<String>,
    /// Video link.
    #[serde(default)]
    pub video_link: Option<String>,
    /// Coordinators.
    pub coordinators: Vec<Contact>,
    /// Secretariat.
    pub secretariat: Contact,
    /// When it meets; none: planned by hand.
    #[serde(default)]
    pub recurrence: Option<Recurrence>,
    /// Duration of a session, in minutes.
    pub duration_minutes: u32,
    /// Most cases of a session; none: no limit.
    #[serde(default)]
    pub capacity: Option<u32>,
    /// Until when cases can be enrolled; none: until the session starts.
    #[serde(default)]
    pub enrolment_deadline: Option<EnrolmentDeadline>,
    /// Quorum.
    #[serde(default)]
    pub quorum: QuorumRule,
}

impl Offer {
    /// An offer of sessions of an hour, planned by hand, that asks for the
    /// usual quorum. Before it is created, it needs an identifier besides its
    /// own (`local_ids` or `national_id`), its establishments, where it meets
    /// (`place` or `video_link`), coordinators, and a secretariat that can be
    /// reached.
    pub fn new(
        id: impl Into<RcpId>,
        name: impl Into<String>,
        theme: impl Into<String>,
        centre_3c: Centre3c,
    ) -> Self {
        Offer {
            id: id.into(),
            national_id: None,
            local_ids: Vec::new(),
            name: name.into(),
            theme: theme.into(),
            organ_systems: Vec::new(),
            establishments: Vec::new(),
            centre_3c,
            recourse: false,
            place: None,
            video_link: None,
            coordinators: Vec::new(),
            secretariat: Contact::default(),
            recurrence: None,
            duration_minutes: 60,
            capacity: None,
            enrolment_deadline: None,
            quorum: QuorumRule::default(),
        }
    }

    /// The problems of the offer; `path` is its JSON pointer.
    pub fn check(&self, path: &str) -> Problems {
        let mut problems = Problems::new();
        let p = &mut problems;
        if !is_valid_id(self.id.as_str()) {
            p.push(Problem::new(&rules::ID, format!("{path}/id")).found(&self.id));
        }
        for (value, field) in [
            (&self.name, "name"),
            (&self.theme, "theme"),
            (&self.centre_3c.id, "centre_3c/id"),
            (&self.centre_3c.name, "centre_3c/name"),
        ] {
            text(value, format!("{path}/{field}"), p);
        }
        for (value, field) in [(&self.theme, "theme"), (&self.centre_3c.id, "centre_3c/id")] {
            if [TOTAL, MISSING].contains(&value.trim()) {
                p.push(
                    Problem::new(&rules::OFFER_RESERVED, format!("{path}/{field}")).found(value),
                );
            }
        }
        for (i, id) in self.local_ids.iter().enumerate() {
            text(id, format!("{path}/local_ids/{i}"), p);
        }
        if self.local_ids.is_empty() && self.national_id.is_none() {
            p.push(Problem::new(
                &rules::OFFER_LIST,
                format!("{path}/local_ids"),
            ));
        }
        if self.establishments.is_empty() {
            p.push(Problem::new(
                &rules::OFFER_LIST,
                format!("{path}/establishments"),
            ));
        }
        for (i, number) in self.establishments.iter().enumerate() {
            finess::check_form(number, &format!("{path}/establishments/{i}"), p);
        }
        for (i, code) in self.organ_systems.iter().enumerate() {
            text(code, format!("{path}/organ_systems/{i}"), p);
        }
        let given = |t: &Option<String>| t.as_ref().is_some_and(|t| !t.trim().is_empty());
        if !given(&self.place) && !given(&self.video_link) {
            p.push(Problem::new(&rules::PLACE, format!("{path}/place")));
        }
        if self.coordinators.is_empty() {
            p.push(Problem::new(
                &rules::OFFER_LIST,
                format!("{path}/coordinators"),
            ));
        }
        for (i, contact) in self.coordinators.iter().enumerate() {
            contact.check(&format!("{path}/coordinators/{i}"), p);
        }
        self.secretariat.check(&format!("{path}/secretariat"), p);
        if let Some(recurrence) = &self.recurrence {
            p.extend(recurrence.check(&format!("{path}/recurrence")));
        }
        self.check_numbers(path, p);
        problems
    }

    fn check_numbers(&self, path: &str, p: &mut Problems) {
        let mut bounds = |value: u32, low: u32, high: u32, field: &str| {
            if !(low..=high).contains(&value) {
                p.push(
                    Problem::new(&rules::NUMBER, format!("{path}/{field}"))
                        .found(value)
                        .allowed([format!("de {low} à {high}")]),
                );
            }
        };
        bounds(self.duration_minutes, 1, MAX_DURATION, "duration_minutes");
        bounds(self.capacity.unwrap_or(1), 1, MAX_CAPACITY, "capacity");
        bounds(self.quorum.physicians, 1, 50, "quorum/physicians");
        bounds(self.quorum.specialties, 1, 50, "quorum/specialties");
        bounds(
            self.enrolment_deadline.map_or(0, |d| d.days_before),
            0,
            60,
            "enrolment_deadline/days_before",
        );
        for (i, required) in self.quorum.required.iter().enumerate() {
            let here = format!("{path}/quorum/required/{i}");
            text(&required.label, format!("{here}/label"), p);
            if required.any_of.is_empty() {
                p.push(Problem::new(&rules::OFFER_LIST, format!("{here}/any_of")));
            }
        }
    }

    /// Last instant at which cases can be enrolled to a session that starts
    /// at `start`.
    pub fn deadline_of(&self, start: DateTime<Utc>) -> DateTime<Utc> {
        let Some(deadline) = self.enrolment_deadline else {
            return start;
        };
        let calendar = self
            .recurrence
            .as_ref()
            .map_or(HolidayCalendar::National, |recurrence| recurrence.calendar);
        let session = paris_date(start);
        let day = if deadline.working_days {
            (0..deadline.days_before)
                .try_fold(session, |day, _| previous_working_day(day, calendar))
        } else {
            session.checked_sub_days(Days::new(deadline.days_before.into()))
        };
        let time = deadline
            .at
            .unwrap_or_else(|| crate::calendar::paris::paris(start).time());
        // A time that the spring change removes is one hour later.
        day.and_then(|day| {
            let local = day.and_time(time);
            from_paris(local).or_else(|| from_paris(local + chrono::TimeDelta::hours(1)))
        })
        .map_or(start, |at| at.min(start))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn offer(deadline: Option<EnrolmentDeadline>) -> Offer {
        Offer {
            local_ids: vec!["L".into()],
            establishments: vec!["990000001".into()],
            place: Some("Salle".into()),
            enrolment_deadline: deadline,
            ..Offer::new("R", "Essai", "essai", Centre3c::new("3C", "3C"))
        }
    }

    fn deadline(days: u32, working: bool, at: &str, start: &str) -> String {
        let at = (!at.is_empty()).then(|| at.parse().unwrap());
        let rule = EnrolmentDeadline {
            days_before: days,
            working_days: working,
            at,
        };
        let start = from_paris(start.parse().unwrap()).unwrap();
        crate::calendar::paris::french_date_time(offer(Some(rule)).deadline_of(start))
    }

    #[test]
    fn deadlines() {
        let tuesday = "2026-04-07T14:00:00"; // after Easter Monday
        assert_eq!(
            deadline(1, true, "12:00:00", tuesday),
            "03/04/2026 12:00:00"
        );
        assert_eq!(
            deadline(1, false, "12:00:00", tuesday),
            "06/04/2026 12:00:00"
        );
        assert_eq!(deadline(2, false, "", tuesday), "05/04/2026 14:00:00");
        // Never after the start.
        assert_eq!(
            deadline(0, false, "18:00:00", tuesday),
            "07/04/2026 14:00:00"
        );
        // A time that the spring change removes is one hour later.
        assert_eq!(
            deadline(1, false, "02:30:00", "2026-03-30T14:00:00"),
            "29/03/2026 03:30:00"
        );
        let start = from_paris(tuesday.parse().unwrap()).unwrap();
        assert_eq!(offer(None).deadline_of(start), start);
    }

    #[test]
    fn words_of_the_offer() {
        let deadline = |days_before, working_days, at: &str| {
            let at = (!at.is_empty()).then(|| at.parse().unwrap());
            EnrolmentDeadline {
                days_before,
                working_days,
                at,
            }
            .to_string()
        };
        assert_eq!(deadline(0, true, "09:30:00"), "le jour même à 09:30");
        assert_eq!(deadline(1, false, "12:00:00"), "la veille à 12:00");
        assert_eq!(
            deadline(1, true, "12:00:00"),
            "le jour ouvré précédent à 12:00"
        );
        assert_eq!(
            deadline(2, true, ""),
            "2 jours ouvrés avant, à l'heure de la session"
        );
        let mut contact = Contact {
            name: "Dr ESSAI".into(),
            ..Contact::default()
        };
        assert_eq!(contact.to_string(), "Dr ESSAI");
        contact.phone = Some("01 00 00 00 00".into());
        contact.mssante = Some("dr.essai@essai.mssante.fr".into());
        assert_eq!(
            contact.to_string(),
            "Dr ESSAI (01 00 00 00 00, dr.essai@essai.mssante.fr)"
        );
    }

    #[test]
    fn words_of_the_indicators_name_no_theme() {
        let mut bad = offer(None);
        bad.theme = " tous".into();
        bad.centre_3c.id = "non renseigné".into();
        let found: Vec<_> = bad
            .check("")
            .into_iter()
            .map(|p| (p.code, p.path))
            .collect();
        for path in ["/theme", "/centre_3c/id"] {
            assert!(
                found.contains(&("RCP-OFFRE-RESERVE", path.to_owned())),
                "{found:?}"
            );
        }
    }

    #[test]
    fn an_empty_offer_lists_what_it_lacks() {
        let mut bad = offer(None);
        bad.local_ids.clear();
        bad.establishments.clear();
        bad.quorum.physicians = 0;
        let found: Vec<_> = bad
            .check("")
            .iter()
            .map(|p| format!("{} {}", p.code, p.path))
            .collect();
        assert_eq!(
            found,
            [
                "RCP-OFFRE-LISTE /local_ids",
                "RCP-OFFRE-LISTE /establishments",
                "RCP-OFFRE-LISTE /coordinators",
                "RCP-TEXTE /secretariat/name",
                "RCP-OFFRE-CONTACT /secretariat",
                "RCP-OFFRE-NOMBRE /quorum/physicians",
            ]
        );
    }
}

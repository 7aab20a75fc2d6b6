//! What is counted: plain facts that a vendor fills from their tables.
//!
//! Dates are Europe/Paris calendar dates. Keys (session, fiche, patient,
//! professional, RCP) are opaque: they are compared, never read. A patient
//! key should be a pseudonym; it never leaves the aggregate's bytes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// State of a session (*statut de la session*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SessionStatus {
    /// *Planifiée*: its fiches count, its quorum does not.
    Planned,
    /// *Réalisée*.
    Held,
    /// *Annulée*: nothing of it counts.
    Cancelled,
}

impl SessionStatus {
    /// Every status, with the words that the feeds accept for it.
    pub const WORDS: [(SessionStatus, &'static [&'static str]); 3] = [
        (
            SessionStatus::Planned,
            &["planned", "planifiée", "planifiee"],
        ),
        (
            SessionStatus::Held,
            &["held", "réalisée", "realisee", "tenue"],
        ),
        (
            SessionStatus::Cancelled,
            &["cancelled", "annulée", "annulee"],
        ),
    ];
}

/// One professional present at a session (*présence*), inside a [`SessionFact`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Attendance {
    /// Opaque key of the professional (*professionnel*), for example the RPPS.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = crate::model::pattern::STATED)))]
    pub professional: String,
    /// Code of the specialty exercised (*spécialité*, value set J01), if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub specialty: Option<String>,
}

/// One session of an RCP (*session de RCP*).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SessionFact {
    /// *Identifiant de la session*: opaque.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = crate::model::pattern::STATED)))]
    pub id: String,
    /// *Identifiant de la RCP* that holds it: opaque.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = crate::model::pattern::STATED)))]
    pub rcp: String,
    /// *Date*, of the Europe/Paris calendar; its month is the month of all its fiches.
    #[cfg_attr(feature = "schema", schemars(with = "crate::model::pattern::Day"))]
    pub date: NaiveDate,
    /// *Statut*: planned, held or cancelled.
    pub status: SessionStatus,
    /// FINESS of the organising establishment (*établissement*), if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = crate::model::pattern::NOT_TOTAL)))]
    pub establishment: Option<String>,
    /// Code of the 3C (*centre de coordination en cancérologie*), if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = crate::model::pattern::NOT_TOTAL)))]
    pub centre_3c: Option<String>,
    /// *Thème* of the RCP, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = crate::model::pattern::NOT_TOTAL)))]
    pub theme: Option<String>,
    /// *Quorum atteint*, or not; `None` when nobody stated it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quorum_reached: Option<bool>,
    /// *Présences*: who was there; may be fed apart as [`AttendanceFact`]s.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attendances: Vec<Attendance>,
}

impl SessionFact {
    /// A session held, every optional field absent.
    pub fn held(id: impl Into<String>, rcp: impl Into<String>, date: NaiveDate) -> Self {
        SessionFact {
            id: id.into(),
            rcp: rcp.into(),
            date,
            status: SessionStatus::Held,
            establishment: None,
            centre_3c: None,
            theme: None,
            quorum_reached: None,
            attendances: Vec::new(),
        }
    }

    /// The same session, its quorum stated.
    #[must_use]
    pub fn quorum(mut self, reached: bool) -> Self {
        self.quorum_reached = Some(reached);
        self
    }
}

/// One professional present at a session, as a row of a table of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AttendanceFact {
    /// *Identifiant de la session*, as in [`SessionFact::id`].
    #[cfg_attr(feature = "schema", schemars(regex(pattern = crate::model::pattern::STATED)))]
    pub session: String,
    /// *Professionnel*: opaque key.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = crate::model::pattern::STATED)))]
    pub professional: String,
    /// *Spécialité exercée*: its code, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub specialty: Option<String>,
}

/// One version of one fiche RCP.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FicheFact {
    /// *Identifiant de la fiche*: opaque, the same for all its versions.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = crate::model::pattern::STATED)))]
    pub id: String,
    /// *Version*; the highest one alone counts.
    pub version: u32,
    /// *Identifiant de la session* where the case is discussed.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = crate::model::pattern::STATED)))]
    pub session: String,
    /// *Patient*: opaque key.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = crate::model::pattern::STATED)))]
    pub patient: String,
    /// *Fiche validée*.
    pub validated: bool,
    /// Opaque key of the attending physician (*médecin traitant*), if named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attending_physician: Option<String>,
    /// *Médecin traitant joignable par messagerie sécurisée* (MSSanté).
    #[serde(default)]
    pub attending_physician_mssante: bool,
    /// *Score G8 réalisé*.
    #[serde(default)]
    pub g8: bool,
    /// *Évaluation oncogériatrique demandée*.
    #[serde(default)]
    pub oncogeriatric_requested: bool,
    /// *Préservation de la fertilité* proposed or organised.
    #[serde(default)]
    pub fertility_preservation: bool,
    /// *Essai clinique proposé*.
    #[serde(default)]
    pub trial_proposed: bool,
    /// *Proposition conforme au référentiel*, or not; `None`
    /// when the fiche does not state it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guideline_respected: Option<bool>,
}

impl FicheFact {
    /// A validated fiche, every optional field absent.
    pub fn validated(
        id: impl Into<String>,
        version: u32,
        session: impl Into<String>,
        patient: impl Into<String>,
    ) -> Self {
        FicheFact {
            id: id.into(),
            version,
            session: session.into(),
            patient: patient.into(),
            validated: true,
            attending_physician: None,
            attending_physician_mssante: false,
            g8: false,
            oncogeriatric_requested: false,
            fertility_preservation: false,
            trial_proposed: false,
            guideline_respected: None,
        }
    }
}

/// One version of one PPS (*programme personnalisé de soins*).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PpsFact {
    /// *Identifiant du PPS*: opaque, the same for all its versions.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = crate::model::pattern::STATED)))]
    pub id: String,
    /// *Version*; the highest one alone counts.
    pub version: u32,
    /// *Patient*: opaque key.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = crate::model::pattern::STATED)))]
    pub patient: String,
    /// *Date de validation*, of the Europe/Paris calendar; `None` while not validated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "schema",
        schemars(with = "Option<crate::model::pattern::Day>")
    )]
    pub validated_on: Option<NaiveDate>,
    /// *FINESS de l'établissement*, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = crate::model::pattern::NOT_TOTAL)))]
    pub establishment: Option<String>,
    /// *Code du 3C*, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = crate::model::pattern::NOT_TOTAL)))]
    pub centre_3c: Option<String>,
    /// *Thème*, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = crate::model::pattern::NOT_TOTAL)))]
    pub theme: Option<String>,
}

/// One line of the offer of RCPs (*offre RCP*), as `offre_rcp.csv` lists it.
///
/// In a CSV feed, the lists are one cell, values separated by `|`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OfferFact {
    /// *Identifiant national de la RCP*, or its only id when it has no national one.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = crate::model::pattern::STATED)))]
    pub id: String,
    /// Local ids (*identifiants locaux*).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub local_ids: Vec<String>,
    /// Name (*intitulé*).
    #[cfg_attr(feature = "schema", schemars(regex(pattern = crate::model::pattern::STATED)))]
    pub name: String,
    /// *Thème*.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// Organ systems (*appareils*).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organ_systems: Vec<String>,
    /// *FINESS des établissements organisateurs*.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub establishments: Vec<String>,
    /// *Code du 3C*.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub centre_3c: Option<String>,
    /// Place (*lieu*).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Link of the video meeting (*lien de visioconférence*).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video_link: Option<String>,
    /// Coordinators (*coordonnateurs*), with how to reach them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coordinators: Vec<String>,
    /// The secretariat (*secrétariat*) and how to reach it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secretariat: Option<String>,
    /// Recurrence in words (*périodicité*), for example "le jeudi à 14 h".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<String>,
    /// Cases a session can take (*capacité*).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
    /// Until when cases are enrolled, in words (*délai d'inscription*), for
    /// example "la veille à 12:00".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enrolment_deadline: Option<String>,
    /// The quorum rule in words (*règle de quorum*).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quorum_rule: Option<String>,
    /// Whether other RCPs refer cases to it (*RCP de recours*).
    #[serde(default)]
    pub recourse: bool,
    /// *Date de fermeture* of the RCP, of the Europe/Paris calendar, if
    /// it was: it stays listed for the sessions that it held.
    #[cfg_attr(
        feature = "schema",
        schemars(with = "Option<crate::model::pattern::Day>")
    )]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_on: Option<NaiveDate>,
}

/// Where a fact comes from, so that a problem can name its line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin<'a> {
    /// Name of the feed, for example `fiches_2025-03.csv`; may be empty.
    pub source: &'a str,
    /// Line in the feed, the first being 1; 0 when there is none.
    pub line: u32,
}

impl<'a> Origin<'a> {
    /// A line of an unnamed feed.
    pub fn line(line: u32) -> Self {
        Origin { source: "", line }
    }

    /// A line of a named feed.
    pub fn new(source: &'a str, line: u32) -> Self {
        Origin { source, line }
    }

    /// `fiches.csv ligne 12`, `ligne 12`, `fiches.csv` or nothing.
    pub fn path(&self) -> String {
        match (self.source, self.line) {
            (source, 0) => source.to_owned(),
            ("", line) => format!("ligne {line}"),
            (source, line) => format!("{source} ligne {line}"),
        }
    }
}

//! The offer of RCPs, that the export lists.

use dcc_core::indicators as core;
use dcc_core::indicators::Feed;

use super::problem::{Problem, told};
use crate::batch::{self, FactRow};
use crate::error::Failure;
use crate::input::day;

/// One line of the offer of RCPs (*offre RCP*), as `offre_rcp.csv` lists it.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct OfferFact {
    /// *Identifiant national de la RCP*, or its only id when it has no national one.
    pub id: String,
    /// Name (*intitulé*).
    pub name: String,
    /// Local ids (*identifiants locaux*).
    #[uniffi(default = [])]
    pub local_ids: Vec<String>,
    /// *Thème*.
    #[uniffi(default = None)]
    pub theme: Option<String>,
    /// Organ systems (*appareils*).
    #[uniffi(default = [])]
    pub organ_systems: Vec<String>,
    /// *FINESS des établissements organisateurs*.
    #[uniffi(default = [])]
    pub establishments: Vec<String>,
    /// *Code du 3C*.
    #[uniffi(default = None)]
    pub centre_3c: Option<String>,
    /// Place (*lieu*).
    #[uniffi(default = None)]
    pub place: Option<String>,
    /// Link of the video meeting.
    #[uniffi(default = None)]
    pub video_link: Option<String>,
    /// Coordinators (*coordonnateurs*), with how to reach them.
    #[uniffi(default = [])]
    pub coordinators: Vec<String>,
    /// The secretariat and how to reach it.
    #[uniffi(default = None)]
    pub secretariat: Option<String>,
    /// Recurrence in words (*périodicité*).
    #[uniffi(default = None)]
    pub recurrence: Option<String>,
    /// Cases a session can take (*capacité*).
    #[uniffi(default = None)]
    pub capacity: Option<u32>,
    /// Until when cases are enrolled, in words.
    #[uniffi(default = None)]
    pub enrolment_deadline: Option<String>,
    /// The quorum rule in words.
    #[uniffi(default = None)]
    pub quorum_rule: Option<String>,
    /// Whether other RCPs refer cases to it (*RCP de recours*).
    #[uniffi(default = false)]
    pub recourse: bool,
    /// Europe/Paris calendar date of closing, if it was.
    #[uniffi(default = None)]
    pub closed_on: Option<String>,
}

impl FactRow for &OfferFact {
    type Fact = core::OfferFact;

    fn empty() -> core::OfferFact {
        core::OfferFact::default()
    }

    fn fill(&self, fact: &mut core::OfferFact) -> Result<(), Failure> {
        let of = (*self).clone();
        *fact = core::OfferFact {
            closed_on: match &of.closed_on {
                None => None,
                Some(text) => Some(day("closed_on", text)?),
            },
            id: of.id,
            local_ids: of.local_ids,
            name: of.name,
            theme: of.theme,
            organ_systems: of.organ_systems,
            establishments: of.establishments,
            centre_3c: of.centre_3c,
            place: of.place,
            video_link: of.video_link,
            coordinators: of.coordinators,
            secretariat: of.secretariat,
            recurrence: of.recurrence,
            capacity: of.capacity,
            enrolment_deadline: of.enrolment_deadline,
            quorum_rule: of.quorum_rule,
            recourse: of.recourse,
        };
        Ok(())
    }

    fn line(&self) -> u32 {
        0
    }
}

impl From<core::OfferFact> for OfferFact {
    fn from(fact: core::OfferFact) -> Self {
        OfferFact {
            id: fact.id,
            name: fact.name,
            local_ids: fact.local_ids,
            theme: fact.theme,
            organ_systems: fact.organ_systems,
            establishments: fact.establishments,
            centre_3c: fact.centre_3c,
            place: fact.place,
            video_link: fact.video_link,
            coordinators: fact.coordinators,
            secretariat: fact.secretariat,
            recurrence: fact.recurrence,
            capacity: fact.capacity,
            enrolment_deadline: fact.enrolment_deadline,
            quorum_rule: fact.quorum_rule,
            recourse: fact.recourse,
            closed_on: fact.closed_on.map(|day| day.to_string()),
        }
    }
}

/// Offers given as records; every date that does not exist is named
/// (`/offers/3/closed_on`).
pub(super) fn read_all(offers: &[OfferFact]) -> Result<Vec<core::OfferFact>, Failure> {
    let mut read = Vec::with_capacity(offers.len());
    batch::read(offers.iter(), |fact, _| {
        read.push(fact.clone());
        true
    })
    .map_err(|failure| failure.below("/offers"))?;
    Ok(read)
}

/// The offer of a file, and what is wrong with the lines left out.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct OfferReading {
    /// The lines read.
    pub offers: Vec<OfferFact>,
    /// Problems of the others.
    pub problems: Vec<Problem>,
}

impl From<(Vec<core::OfferFact>, dcc_core::problem::Problems)> for OfferReading {
    fn from((offers, problems): (Vec<core::OfferFact>, dcc_core::problem::Problems)) -> Self {
        OfferReading {
            offers: offers.into_iter().map(OfferFact::from).collect(),
            problems: told(problems),
        }
    }
}

/// Reads the offer of a CSV file; lists are one cell, values separated by `|`.
#[uniffi::export(default(source = ""))]
pub fn offers_from_csv(csv: Vec<u8>, source: String) -> OfferReading {
    Feed::offers_csv(&source, &csv).into()
}

/// Reads the offer of JSON lines, one object a line.
#[uniffi::export(default(source = ""))]
pub fn offers_from_json_lines(lines: Vec<u8>, source: String) -> OfferReading {
    Feed::offers_json_lines(&source, &lines).into()
}

//! Facts of the indicators: records, CSV, JSON lines.

use std::sync::Arc;

use dcc_core::indicators as core;
use dcc_core::indicators::{ComputeOptions, Feed, Origin};

use super::export::{Export, ExportOptions};
use super::indicators::Indicators;
use super::offer::{OfferFact, read_all};
use super::problem::{DccException, Problem, told};
use crate::aggregate::DccAggregate;
use crate::batch::{self, FactRow, optional, required};
use crate::error::{Failure, Faults};
use crate::export::make;
use crate::input::{day, period as read_period};

/// The tables that a file may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Table {
    /// Sessions of RCPs.
    Sessions,
    /// Professionals present at sessions.
    Attendances,
    /// Versions of fiches RCP.
    Fiches,
    /// Versions of PPS.
    Pps,
}

impl From<Table> for core::Table {
    fn from(table: Table) -> Self {
        match table {
            Table::Sessions => core::Table::Sessions,
            Table::Attendances => core::Table::Attendances,
            Table::Fiches => core::Table::Fiches,
            Table::Pps => core::Table::Pps,
        }
    }
}

/// State of a session (*statut de la session*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum SessionStatus {
    /// *Planifiée*: its fiches count, its quorum does not.
    Planned,
    /// *Réalisée*.
    Held,
    /// *Annulée*: nothing of it counts.
    Cancelled,
}

/// One session of an RCP.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SessionFact {
    /// Opaque id of the session.
    pub id: String,
    /// Opaque id of the RCP that holds it.
    pub rcp: String,
    /// Europe/Paris calendar date, `2025-03-14`.
    pub date: String,
    /// Planned, held or cancelled.
    pub status: SessionStatus,
    /// FINESS of the organising establishment.
    #[uniffi(default = None)]
    pub establishment: Option<String>,
    /// Code of the 3C.
    #[uniffi(default = None)]
    pub centre_3c: Option<String>,
    /// Theme of the RCP.
    #[uniffi(default = None)]
    pub theme: Option<String>,
    /// Quorum reached, or not; none when nobody stated it.
    #[uniffi(default = None)]
    pub quorum_reached: Option<bool>,
    /// Line in the source, that problems name; 0 when there is none.
    #[uniffi(default = 0)]
    pub line: u32,
}

impl FactRow for &SessionFact {
    type Fact = core::SessionFact;

    fn empty() -> core::SessionFact {
        core::SessionFact::held("", "", chrono::NaiveDate::default())
    }

    fn fill(&self, fact: &mut core::SessionFact) -> Result<(), Failure> {
        required(&mut fact.id, Some(&self.id));
        required(&mut fact.rcp, Some(&self.rcp));
        optional(&mut fact.establishment, self.establishment.as_deref());
        optional(&mut fact.centre_3c, self.centre_3c.as_deref());
        optional(&mut fact.theme, self.theme.as_deref());
        fact.date = day("date", &self.date)?; // the one field that can be wrong
        fact.status = match self.status {
            SessionStatus::Planned => core::SessionStatus::Planned,
            SessionStatus::Held => core::SessionStatus::Held,
            SessionStatus::Cancelled => core::SessionStatus::Cancelled,
        };
        fact.quorum_reached = self.quorum_reached;
        Ok(())
    }

    fn line(&self) -> u32 {
        self.line
    }
}

/// One professional present at a session.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct AttendanceFact {
    /// Id of the session.
    pub session: String,
    /// Opaque key of the professional, for example the RPPS.
    pub professional: String,
    /// Code of the specialty exercised.
    #[uniffi(default = None)]
    pub specialty: Option<String>,
    /// Line in the source, that problems name; 0 when there is none.
    #[uniffi(default = 0)]
    pub line: u32,
}

impl FactRow for &AttendanceFact {
    type Fact = core::AttendanceFact;

    fn empty() -> core::AttendanceFact {
        core::AttendanceFact {
            session: String::new(),
            professional: String::new(),
            specialty: None,
        }
    }

    fn fill(&self, fact: &mut core::AttendanceFact) -> Result<(), Failure> {
        required(&mut fact.session, Some(&self.session));
        required(&mut fact.professional, Some(&self.professional));
        optional(&mut fact.specialty, self.specialty.as_deref());
        Ok(())
    }

    fn line(&self) -> u32 {
        self.line
    }
}

/// One version of one fiche RCP.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct FicheFact {
    /// Opaque id of the fiche, the same for all its versions.
    pub id: String,
    /// Version; the highest one alone counts.
    pub version: u32,
    /// Id of the session where the case is discussed.
    pub session: String,
    /// Opaque key of the patient, better a pseudonym.
    pub patient: String,
    /// Its status is *validée*.
    pub validated: bool,
    /// Opaque key of the attending physician (*médecin traitant*).
    #[uniffi(default = None)]
    pub attending_physician: Option<String>,
    /// The attending physician has an MSSanté address.
    #[uniffi(default = false)]
    pub attending_physician_mssante: bool,
    /// A G8 geriatric assessment was done.
    #[uniffi(default = false)]
    pub g8: bool,
    /// An onco-geriatric assessment was requested.
    #[uniffi(default = false)]
    pub oncogeriatric_requested: bool,
    /// Fertility preservation was proposed or organised.
    #[uniffi(default = false)]
    pub fertility_preservation: bool,
    /// A clinical trial was proposed.
    #[uniffi(default = false)]
    pub trial_proposed: bool,
    /// The proposal respects the guideline, or not; none when not stated.
    #[uniffi(default = None)]
    pub guideline_respected: Option<bool>,
    /// Line in the source, that problems name; 0 when there is none.
    #[uniffi(default = 0)]
    pub line: u32,
}

impl FactRow for &FicheFact {
    type Fact = core::FicheFact;

    fn empty() -> core::FicheFact {
        core::FicheFact::validated("", 1, "", "")
    }

    fn fill(&self, fact: &mut core::FicheFact) -> Result<(), Failure> {
        required(&mut fact.id, Some(&self.id));
        required(&mut fact.session, Some(&self.session));
        required(&mut fact.patient, Some(&self.patient));
        optional(
            &mut fact.attending_physician,
            self.attending_physician.as_deref(),
        );
        fact.version = self.version;
        fact.validated = self.validated;
        fact.attending_physician_mssante = self.attending_physician_mssante;
        fact.g8 = self.g8;
        fact.oncogeriatric_requested = self.oncogeriatric_requested;
        fact.fertility_preservation = self.fertility_preservation;
        fact.trial_proposed = self.trial_proposed;
        fact.guideline_respected = self.guideline_respected;
        Ok(())
    }

    fn line(&self) -> u32 {
        self.line
    }
}

impl From<core::FicheFact> for FicheFact {
    fn from(fact: core::FicheFact) -> Self {
        FicheFact {
            id: fact.id,
            version: fact.version,
            session: fact.session,
            patient: fact.patient,
            validated: fact.validated,
            attending_physician: fact.attending_physician,
            attending_physician_mssante: fact.attending_physician_mssante,
            g8: fact.g8,
            oncogeriatric_requested: fact.oncogeriatric_requested,
            fertility_preservation: fact.fertility_preservation,
            trial_proposed: fact.trial_proposed,
            guideline_respected: fact.guideline_respected,
            line: 0,
        }
    }
}

/// One version of one PPS.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct PpsFact {
    /// Opaque id of the PPS, the same for all its versions.
    pub id: String,
    /// Version; the highest one alone counts.
    pub version: u32,
    /// Opaque key of the patient.
    pub patient: String,
    /// Europe/Paris calendar date of validation; none while not validated.
    #[uniffi(default = None)]
    pub validated_on: Option<String>,
    /// FINESS of the establishment.
    #[uniffi(default = None)]
    pub establishment: Option<String>,
    /// Code of the 3C.
    #[uniffi(default = None)]
    pub centre_3c: Option<String>,
    /// Theme.
    #[uniffi(default = None)]
    pub theme: Option<String>,
    /// Line in the source, that problems name; 0 when there is none.
    #[uniffi(default = 0)]
    pub line: u32,
}

impl FactRow for &PpsFact {
    type Fact = core::PpsFact;

    fn empty() -> core::PpsFact {
        core::PpsFact {
            id: String::new(),
            version: 1,
            patient: String::new(),
            validated_on: None,
            establishment: None,
            centre_3c: None,
            theme: None,
        }
    }

    fn fill(&self, fact: &mut core::PpsFact) -> Result<(), Failure> {
        required(&mut fact.id, Some(&self.id));
        required(&mut fact.patient, Some(&self.patient));
        optional(&mut fact.establishment, self.establishment.as_deref());
        optional(&mut fact.centre_3c, self.centre_3c.as_deref());
        optional(&mut fact.theme, self.theme.as_deref());
        fact.version = self.version;
        fact.validated_on = match &self.validated_on {
            None => None,
            Some(text) => Some(day("validated_on", text)?),
        };
        Ok(())
    }

    fn line(&self) -> u32 {
        self.line
    }
}

impl From<core::PpsFact> for PpsFact {
    fn from(fact: core::PpsFact) -> Self {
        PpsFact {
            id: fact.id,
            version: fact.version,
            patient: fact.patient,
            validated_on: fact.validated_on.map(|day| day.to_string()),
            establishment: fact.establishment,
            centre_3c: fact.centre_3c,
            theme: fact.theme,
            line: 0,
        }
    }
}

/// The facts of any part of any period, in the order that they come. Any
/// number of threads may add to the same one; it is faster to give each its
/// own and to merge them at the end.
#[derive(Debug, uniffi::Object)]
pub struct Facts(DccAggregate);

#[uniffi::export]
impl Facts {
    /// Without facts. Dates before `earliest` or after `latest` are refused;
    /// by default 2000-01-01 and 2099-12-31.
    #[uniffi::constructor(default(earliest = None, latest = None))]
    pub fn new(earliest: Option<String>, latest: Option<String>) -> Result<Self, DccException> {
        let bound = |name, text: Option<String>| text.map(|text| day(name, &text)).transpose();
        let mut faults = Faults::default();
        let earliest = faults.keep(bound("earliest", earliest));
        let latest = faults.keep(bound("latest", latest));
        let (earliest, latest) = faults.all(earliest.zip(latest))?;
        Ok(Facts(DccAggregate::within(earliest, latest)?))
    }

    /// Reads what `to_bytes` wrote.
    #[uniffi::constructor]
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, DccException> {
        Ok(Facts(DccAggregate::from_bytes(&bytes)?))
    }

    /// The facts as bytes, to keep them or to send them to another machine.
    pub fn to_bytes(&self) -> Result<Vec<u8>, DccException> {
        Ok(self.0.read()?.to_bytes())
    }

    /// Adds sessions; `source` names the feed in problems. A batch with a date
    /// that does not exist fails whole, and names each (`/12/date`). A fact
    /// that cannot count (without an id, out of bounds) is left out and told
    /// by `problems`. How many were taken.
    #[uniffi::method(default(source = ""))]
    pub fn add_sessions(
        &self,
        facts: Vec<SessionFact>,
        source: String,
    ) -> Result<u64, DccException> {
        let mut to = self.0.write()?;
        Ok(batch::read(facts.iter(), |fact, line| {
            to.add_session(fact, Origin::new(&source, line))
        })? as u64)
    }

    /// Adds attendances, as `add_sessions`.
    #[uniffi::method(default(source = ""))]
    pub fn add_attendances(
        &self,
        facts: Vec<AttendanceFact>,
        source: String,
    ) -> Result<u64, DccException> {
        let mut to = self.0.write()?;
        Ok(batch::read(facts.iter(), |fact, line| {
            to.add_attendance(fact, Origin::new(&source, line))
        })? as u64)
    }

    /// Adds versions of fiches, as `add_sessions`.
    #[uniffi::method(default(source = ""))]
    pub fn add_fiches(&self, facts: Vec<FicheFact>, source: String) -> Result<u64, DccException> {
        let mut to = self.0.write()?;
        Ok(batch::read(facts.iter(), |fact, line| {
            to.add_fiche(fact, Origin::new(&source, line))
        })? as u64)
    }

    /// Adds versions of PPS, as `add_sessions`.
    #[uniffi::method(default(source = ""))]
    pub fn add_pps(&self, facts: Vec<PpsFact>, source: String) -> Result<u64, DccException> {
        let mut to = self.0.write()?;
        Ok(batch::read(facts.iter(), |fact, line| {
            to.add_pps(fact, Origin::new(&source, line))
        })? as u64)
    }

    /// Adds the facts of a CSV file (separator `;` or `,`, first line the names
    /// of the columns). How many were taken; `problems` says why others were not.
    #[uniffi::method(default(source = ""))]
    pub fn add_csv(&self, table: Table, csv: Vec<u8>, source: String) -> Result<u64, DccException> {
        let feed = Feed::new(table.into(), &source);
        Ok(self.0.write()?.add_csv(feed, &csv) as u64)
    }

    /// Adds the facts of JSON lines, one object a line, as `add_csv`.
    #[uniffi::method(default(source = ""))]
    pub fn add_json_lines(
        &self,
        table: Table,
        lines: Vec<u8>,
        source: String,
    ) -> Result<u64, DccException> {
        let feed = Feed::new(table.into(), &source);
        Ok(self.0.write()?.add_json_lines(feed, &lines) as u64)
    }

    /// Adds the facts of `other`, which is unchanged. The order of merges
    /// changes nothing; a fact that is in both counts once and is told.
    pub fn merge(&self, other: Arc<Facts>) -> Result<(), DccException> {
        Ok(self.0.merge(&other.0)?)
    }

    /// Every problem of the facts.
    pub fn problems(&self) -> Result<Vec<Problem>, DccException> {
        Ok(told(self.0.read()?.problems()))
    }

    /// Every indicator of a period: `2025`, `2025-03`, `2025-03-14`, or two of
    /// them and all between, `2025-01..2025-06`. `threads` changes the time,
    /// not the result. Counts of persons from 1 to `small_counts`, excluded,
    /// are masked, with those that would give them away.
    #[uniffi::method(default(threads = 1, by_session = true, specialties = true, small_counts = None))]
    pub fn compute(
        &self,
        period: String,
        threads: u32,
        by_session: bool,
        specialties: bool,
        small_counts: Option<u32>,
    ) -> Result<Arc<Indicators>, DccException> {
        let options = ComputeOptions {
            threads: threads as usize,
            by_session,
            specialties,
            small_counts,
        };
        let computed = self.0.read()?.compute(read_period(&period)?, &options);
        Ok(Arc::new(Indicators::new(computed)))
    }

    /// The files of a deposit of a period, as `compute` reads it, with the
    /// offer of RCPs. Fails with every problem of the period, the offer
    /// (`/offers/3/name`) and the options (`/options/generated_at`), and, once
    /// these can be read, of the facts, when one is blocking and not accepted.
    #[uniffi::method(default(offers = []))]
    pub fn export(
        &self,
        period: String,
        options: ExportOptions,
        offers: Vec<OfferFact>,
    ) -> Result<Export, DccException> {
        let (period, offers) = (read_period(&period), read_all(&offers));
        Ok(make(&self.0, offers, period, Ok(options.into()))?.into())
    }
}

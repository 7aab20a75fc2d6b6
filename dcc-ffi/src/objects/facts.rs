//! Facts of the indicators: records, CSV, JSON lines.

use std::sync::Arc;

use dcc_core::indicators::{ComputeOptions, FactTable, Origin, Source};

use super::export::{Export, ExportOptions};
use super::indicators::Indicators;
use super::offer::read_all;
use super::problem::{DccException, Problem, told};
use super::records::{AttendanceFact, FicheFact, OfferFact, PpsFact, SessionFact};
use crate::aggregate::DccAggregate;
use crate::batch;
use crate::export::make;
use crate::failure::Faults;
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

impl From<Table> for FactTable {
    fn from(table: Table) -> Self {
        match table {
            Table::Sessions => FactTable::Sessions,
            Table::Attendances => FactTable::Attendances,
            Table::Fiches => FactTable::Fiches,
            Table::Pps => FactTable::Pps,
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
    /// that cannot count (without an id, out of bounds) is left out and listed
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
    /// of the columns). How many were taken; `problems` has why the others were not.
    #[uniffi::method(default(source = ""))]
    pub fn add_csv(&self, table: Table, csv: Vec<u8>, source: String) -> Result<u64, DccException> {
        let mut rows = Source::new(table.into(), &source).csv(&csv);
        Ok(self.0.write()?.read(&mut rows) as u64)
    }

    /// Adds the facts of JSON lines, one object per line, as `add_csv`.
    #[uniffi::method(default(source = ""))]
    pub fn add_json_lines(
        &self,
        table: Table,
        lines: Vec<u8>,
        source: String,
    ) -> Result<u64, DccException> {
        let mut rows = Source::new(table.into(), &source).json_lines(&lines);
        Ok(self.0.write()?.read(&mut rows) as u64)
    }

    /// Adds the facts of `other`, which is unchanged. The order of merges
    /// changes nothing; a fact that is in both counts once and is listed.
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
        let mut options = ComputeOptions::default();
        options.threads = threads as usize;
        options.by_session = by_session;
        options.specialties = specialties;
        options.small_counts = small_counts;
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

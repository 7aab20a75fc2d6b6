//! A [`FactStore`] as bytes, to compute a year by parts on several days.
//!
//! Canonical: the same facts and problems give the same bytes, whatever the
//! order in which they came. Layout, little-endian: `DCCAGG`, version (u16),
//! the tables of texts in byte order, the rows in the order of their ids,
//! the problems, then the SHA-256 of all that precedes. Patient keys are
//! inside: the bytes deserve the protection of the facts.

use sha2::{Digest, Sha256};

use super::encoding::{Reader, Scalar, Writer};
use super::names::{Maps, Names};
use super::rows::Row;
use super::{ById, FactStore, Refused};
use crate::indicators::problem_log::{Entry, ProblemLog};
use crate::indicators::rules;
use crate::problem::{Problem, Problems};

const MAGIC: &[u8; 6] = b"DCCAGG";
const VERSION: u16 = 1;
const CHECK: usize = 32;

impl Writer {
    fn rows<R: Row>(&mut self, rows: &ById<R>, ids: &[u32], maps: &Maps) {
        let mut rows: Vec<(u32, R)> = rows
            .rows()
            .map(|(id, row)| (ids[id as usize], row.translate(maps)))
            .collect();
        rows.sort_unstable();
        (rows.len() as u64).write(self);
        for (id, row) in &rows {
            id.write(self);
            row.write(self);
        }
    }
    fn problem(&mut self, entry: &Entry) {
        let problem = &entry.problem;
        self.text(problem.code);
        self.text(&entry.source);
        entry.line.write(self);
        self.text(&problem.path);
        self.text(&problem.message);
        u8::from(problem.found.is_some()).write(self);
        self.text(problem.found.as_deref().unwrap_or_default());
        (problem.allowed.len() as u32).write(self);
        for allowed in &problem.allowed {
            self.text(allowed);
        }
    }
}

impl FactStore {
    /// The facts and problems as bytes; [`FactStore::from_bytes`] reads them.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut w = Writer(MAGIC.to_vec());
        VERSION.write(&mut w);
        let maps = self.names.written(|texts| w.interner(texts));
        w.rows(&self.sessions, &maps.sessions, &maps);
        w.rows(&self.fiches, &maps.fiches, &maps);
        w.rows(&self.pps, &maps.pps, &maps);
        let attendances = self.attendances.iter().map(|row| row.translate(&maps));
        let mut attendances: Vec<_> = attendances.collect();
        attendances.sort_unstable();
        (attendances.len() as u64).write(&mut w);
        for row in &attendances {
            row.write(&mut w);
        }
        let log = self.log.clone().sorted();
        (log.len() as u64).write(&mut w);
        for entry in &log {
            w.problem(entry);
        }
        for n in [
            self.refused.sessions,
            self.refused.attendances,
            self.refused.fiches,
            self.refused.pps,
        ] {
            n.write(&mut w);
        }
        let check = Sha256::digest(&w.0);
        w.0.extend_from_slice(&check);
        w.0
    }

    /// Reads what [`FactStore::to_bytes`] wrote.
    ///
    /// # Errors
    /// `INDIC-OCTETS` when the bytes are not those of a store, are cut short
    /// or damaged; `INDIC-VERSION` when another version of the library wrote
    /// them in a format unknown here.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Problems> {
        let bad = |why: &str| Problems::from(Problem::new(&rules::BYTES, "").found(why));
        if bytes.len() < MAGIC.len() + 2 || &bytes[..MAGIC.len()] != MAGIC {
            return Err(bad("autre chose qu'un agrégat"));
        }
        let version = u16::from_le_bytes([bytes[6], bytes[7]]);
        if version != VERSION {
            return Err(Problem::new(&rules::BYTES_VERSION, "")
                .found(version)
                .allowed([VERSION])
                .into());
        }
        let Some(end) = bytes.len().checked_sub(CHECK).filter(|&end| end >= 8) else {
            return Err(bad("un agrégat tronqué"));
        };
        if Sha256::digest(&bytes[..end])[..] != bytes[end..] {
            return Err(bad("un agrégat tronqué ou abîmé"));
        }
        let mut r = Reader(&bytes[8..end]);
        match r.store() {
            Some(store) if r.0.is_empty() => Ok(store),
            _ => Err(bad("un agrégat incohérent")),
        }
    }
}

impl Reader<'_> {
    fn rows<R: Row>(&mut self, ids: usize, names: &Names) -> Option<ById<R>> {
        let mut rows = ById::default();
        rows.grow(ids);
        for _ in 0..u64::read(self)? {
            let id = u32::read(self).filter(|&id| (id as usize) < ids)?;
            rows.keep(id, R::read(self, names)?, names);
        }
        Some(rows)
    }
    fn problem(&mut self) -> Option<Entry> {
        let code = self.text()?;
        let rule = rules::RULES.iter().find(|r| r.code == code)?;
        let source = self.text()?.to_owned();
        let line = u32::read(self)?;
        let mut problem = Problem::new(rule, self.text()?).message(self.text()?);
        let found = u8::read(self)?;
        let text = self.text()?;
        if found == 1 {
            problem = problem.found(text);
        }
        for _ in 0..u32::read(self)? {
            problem.allowed.push(self.text()?.to_owned());
        }
        Some(Entry {
            source,
            line,
            problem,
        })
    }

    fn store(&mut self) -> Option<FactStore> {
        let names = Names::read(|| self.interner())?;
        let sessions = self.rows(names.sessions.len(), &names)?;
        let fiches: ById<_> = self.rows(names.fiches.len(), &names)?;
        let pps: ById<_> = self.rows(names.pps.len(), &names)?;
        let mut attendances = Vec::new();
        for _ in 0..u64::read(self)? {
            attendances.push(Row::read(self, &names)?);
        }
        let mut log = ProblemLog::default();
        for _ in 0..u64::read(self)? {
            log.push(self.problem()?);
        }
        let refused = Refused {
            sessions: u64::read(self)?,
            attendances: u64::read(self)?,
            fiches: u64::read(self)?,
            pps: u64::read(self)?,
        };
        // the id of a fiche or of a PPS is never only cited
        let given =
            fiches.first.iter().all(Option::is_some) && pps.first.iter().all(Option::is_some);
        given.then(|| FactStore {
            names,
            sessions,
            fiches,
            pps,
            attendances,
            log,
            refused,
            ..FactStore::new()
        })
    }
}

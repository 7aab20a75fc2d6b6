//! An [`Aggregate`] as bytes, to compute a year by parts on several days.
//!
//! Canonical: the same facts and problems give the same bytes, whatever the
//! order in which they came. Layout, little-endian: `DCCAGG`, version (u16),
//! the tables of texts in byte order, the rows in the order of their ids,
//! the problems, then the SHA-256 of all that precedes. Patient keys are
//! inside: the bytes deserve the protection of the facts.

use sha2::{Digest, Sha256};

use super::aggregate::Aggregate;
use super::intern::{Interner, NONE, translate};
use super::ledger::{Entry, Ledger};
use super::rows::{
    AttendanceRow, CANCELLED, FicheRow, Names, PpsRow, SessionRow, Store, flag, within,
};
use super::rules;
use crate::problem::{Problem, Problems};

const MAGIC: &[u8; 6] = b"DCCAGG";
const VERSION: u16 = 1;
const CHECK: usize = 32;

struct Writer(Vec<u8>);

impl Writer {
    fn u8(&mut self, n: u8) {
        self.0.push(n);
    }
    fn u32(&mut self, n: u32) {
        self.0.extend_from_slice(&n.to_le_bytes());
    }
    fn i32(&mut self, n: i32) {
        self.0.extend_from_slice(&n.to_le_bytes());
    }
    fn u64(&mut self, n: u64) {
        self.0.extend_from_slice(&n.to_le_bytes());
    }
    fn text(&mut self, text: &str) {
        self.u32(text.len() as u32);
        self.0.extend_from_slice(text.as_bytes());
    }
    /// Writes the texts in byte order; gives the rank of each number.
    fn interner(&mut self, interner: &Interner) -> Vec<u32> {
        let (rank, order) = interner.ranks();
        self.u64(order.len() as u64);
        for symbol in order {
            self.text(interner.get(symbol));
        }
        rank
    }
    fn rows<R: Ord>(&mut self, mut rows: Vec<(u32, R)>, write: impl Fn(&mut Self, &R)) {
        rows.sort_unstable();
        self.u64(rows.len() as u64);
        for (id, row) in &rows {
            self.u32(*id);
            write(self, row);
        }
    }
}

impl Aggregate {
    /// The facts and problems as bytes; [`Aggregate::from_bytes`] reads them.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut w = Writer(Vec::new());
        w.0.extend_from_slice(MAGIC);
        w.0.extend_from_slice(&VERSION.to_le_bytes());
        let n = &self.names;
        let source = w.interner(&n.sources);
        let rcp = w.interner(&n.rcps);
        let establishment = w.interner(&n.establishments);
        let centre = w.interner(&n.centres);
        let theme = w.interner(&n.themes);
        let patient = w.interner(&n.patients);
        let physician = w.interner(&n.physicians);
        let professional = w.interner(&n.professionals);
        let specialty = w.interner(&n.specialties);
        let session = w.interner(&self.sessions.ids);
        let fiche = w.interner(&self.fiches.ids);
        let pps = w.interner(&self.pps.ids);

        let rows = self.sessions.rows().map(|(id, r)| {
            let row = SessionRow {
                rcp: rcp[r.rcp as usize],
                establishment: translate(&establishment, r.establishment),
                centre: translate(&centre, r.centre),
                theme: translate(&theme, r.theme),
                source: source[r.source as usize],
                ..*r
            };
            (session[id as usize], row)
        });
        w.rows(rows.collect(), |w, r| {
            w.i32(r.day);
            w.u8(r.status);
            w.u8(r.quorum);
            for n in [r.rcp, r.establishment, r.centre, r.theme, r.source, r.line] {
                w.u32(n);
            }
        });
        let rows = self.fiches.rows().map(|(id, r)| {
            let row = FicheRow {
                session: session[r.session as usize],
                patient: patient[r.patient as usize],
                physician: translate(&physician, r.physician),
                source: source[r.source as usize],
                ..*r
            };
            (fiche[id as usize], row)
        });
        w.rows(rows.collect(), |w, r| {
            for n in [
                r.version,
                r.session,
                r.patient,
                r.physician,
                r.flags,
                r.source,
                r.line,
            ] {
                w.u32(n);
            }
        });
        let rows = self.pps.rows().map(|(id, r)| {
            let row = PpsRow {
                patient: patient[r.patient as usize],
                establishment: translate(&establishment, r.establishment),
                centre: translate(&centre, r.centre),
                theme: translate(&theme, r.theme),
                source: source[r.source as usize],
                ..*r
            };
            (pps[id as usize], row)
        });
        w.rows(rows.collect(), |w, r| {
            w.u32(r.version);
            w.i32(r.day);
            for n in [
                r.patient,
                r.establishment,
                r.centre,
                r.theme,
                r.source,
                r.line,
            ] {
                w.u32(n);
            }
        });
        let rows = self.attendances.iter().map(|r| {
            let row = AttendanceRow {
                session: session[r.session as usize],
                professional: professional[r.professional as usize],
                specialty: translate(&specialty, r.specialty),
                source: source[r.source as usize],
                line: r.line,
            };
            (row.session, row)
        });
        w.rows(rows.collect(), |w, r| {
            for n in [r.professional, r.specialty, r.source, r.line] {
                w.u32(n);
            }
        });
        let mut ledger = self.ledger.clone();
        ledger.sort();
        w.u64(ledger.0.len() as u64);
        for e in &ledger.0 {
            w.text(e.problem.code);
            w.text(&e.source);
            w.u32(e.line);
            w.text(&e.problem.path);
            w.text(&e.problem.message);
            w.u8(u8::from(e.problem.found.is_some()));
            w.text(e.problem.found.as_deref().unwrap_or_default());
            w.u32(e.problem.allowed.len() as u32);
            for allowed in &e.problem.allowed {
                w.text(allowed);
            }
        }
        for n in [
            self.refused.sessions,
            self.refused.attendances,
            self.refused.fiches,
            self.refused.pps,
        ] {
            w.u64(n);
        }
        let check = Sha256::digest(&w.0);
        w.0.extend_from_slice(&check);
        w.0
    }

    /// Reads what [`Aggregate::to_bytes`] wrote.
    ///
    /// # Errors
    /// `INDIC-OCTETS` when the bytes are not an aggregate, are cut short or
    /// damaged; `INDIC-VERSION` when another version of the library wrote
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
        let mut r = Reader {
            bytes: &bytes[8..end],
        };
        match r.aggregate() {
            Some(aggregate) if r.bytes.is_empty() => Ok(aggregate),
            _ => Err(bad("un agrégat incohérent")),
        }
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (head, tail) = self.bytes.split_at_checked(n)?;
        self.bytes = tail;
        Some(head)
    }
    fn u8(&mut self) -> Option<u8> {
        self.take(1).map(|b| b[0])
    }
    fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }
    fn i32(&mut self) -> Option<i32> {
        self.take(4)?.try_into().ok().map(i32::from_le_bytes)
    }
    fn u64(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_le_bytes)
    }
    fn text(&mut self) -> Option<&'a str> {
        let n = self.u32()? as usize;
        std::str::from_utf8(self.take(n)?).ok()
    }
    /// A number of a table of `limit` texts.
    fn symbol(&mut self, limit: usize) -> Option<u32> {
        self.u32().filter(|&s| (s as usize) < limit)
    }
    fn symbol_or_none(&mut self, limit: usize) -> Option<u32> {
        self.u32().filter(|&s| within(s, limit))
    }
    fn interner(&mut self) -> Option<Interner> {
        let mut interner = Interner::default();
        let n = self.u64()?;
        for i in 0..n {
            if u64::from(interner.add(self.text()?)) != i || i >= u64::from(NONE) {
                return None;
            }
        }
        Some(interner)
    }

    fn aggregate(&mut self) -> Option<Aggregate> {
        let mut a = Aggregate::new();
        a.names = Names {
            sources: self.interner()?,
            rcps: self.interner()?,
            establishments: self.interner()?,
            centres: self.interner()?,
            themes: self.interner()?,
            patients: self.interner()?,
            physicians: self.interner()?,
            professionals: self.interner()?,
            specialties: self.interner()?,
        };
        let n = &a.names;
        let (sources, patients) = (n.sources.len(), n.patients.len());
        let (establishments, centres, themes) =
            (n.establishments.len(), n.centres.len(), n.themes.len());
        let (rcps, physicians) = (n.rcps.len(), n.physicians.len());
        let (professionals, specialties) = (n.professionals.len(), n.specialties.len());
        a.sessions = Store::with_ids(self.interner()?);
        a.fiches = Store::with_ids(self.interner()?);
        a.pps = Store::with_ids(self.interner()?);
        let sessions = a.sessions.ids.len();

        for _ in 0..self.u64()? {
            let id = self.symbol(sessions)?;
            let row = SessionRow {
                day: self.i32()?,
                status: self.u8().filter(|&s| s <= CANCELLED)?,
                quorum: self.u8().filter(|&q| q <= 2)?,
                rcp: self.symbol(rcps)?,
                establishment: self.symbol_or_none(establishments)?,
                centre: self.symbol_or_none(centres)?,
                theme: self.symbol_or_none(themes)?,
                source: self.symbol(sources)?,
                line: self.u32()?,
            };
            a.sessions.restore(id, row, &a.names, None);
        }
        let fiches = a.fiches.ids.len();
        for _ in 0..self.u64()? {
            let id = self.symbol(fiches)?;
            let row = FicheRow {
                version: self.u32()?,
                session: self.symbol(sessions)?,
                patient: self.symbol(patients)?,
                physician: self.symbol_or_none(physicians)?,
                flags: self.u32().filter(|f| f & !flag::ALL == 0)?,
                source: self.symbol(sources)?,
                line: self.u32()?,
            };
            a.fiches.restore(id, row, &a.names, Some(&a.sessions.ids));
        }
        let pps = a.pps.ids.len();
        for _ in 0..self.u64()? {
            let id = self.symbol(pps)?;
            let row = PpsRow {
                version: self.u32()?,
                day: self.i32()?,
                patient: self.symbol(patients)?,
                establishment: self.symbol_or_none(establishments)?,
                centre: self.symbol_or_none(centres)?,
                theme: self.symbol_or_none(themes)?,
                source: self.symbol(sources)?,
                line: self.u32()?,
            };
            a.pps.restore(id, row, &a.names, None);
        }
        for _ in 0..self.u64()? {
            let row = AttendanceRow {
                session: self.symbol(sessions)?,
                professional: self.symbol(professionals)?,
                specialty: self.symbol_or_none(specialties)?,
                source: self.symbol(sources)?,
                line: self.u32()?,
            };
            a.attendances.push(row);
        }
        let mut ledger = Ledger::default();
        for _ in 0..self.u64()? {
            let code = self.text()?;
            let rule = rules::RULES.iter().find(|r| r.code == code)?;
            let source = self.text()?.to_owned();
            let line = self.u32()?;
            let mut problem = Problem::new(rule, self.text()?).message(self.text()?);
            let found = self.u8()?;
            let text = self.text()?;
            if found == 1 {
                problem = problem.found(text);
            }
            for _ in 0..self.u32()? {
                problem.allowed.push(self.text()?.to_owned());
            }
            ledger.0.push(Entry {
                source,
                line,
                problem,
            });
        }
        a.ledger = ledger;
        a.refused.sessions = self.u64()?;
        a.refused.attendances = self.u64()?;
        a.refused.fiches = self.u64()?;
        a.refused.pps = self.u64()?;
        let dates_ok = |day: i32| super::cube::month_of(day).is_some();
        let ok = a.sessions.rows().all(|(_, r)| dates_ok(r.day))
            && a.pps
                .rows()
                .all(|(_, r)| r.day == i32::MIN || dates_ok(r.day))
            && a.fiches.first.iter().all(Option::is_some)
            && a.pps.first.iter().all(Option::is_some);
        ok.then_some(a)
    }
}

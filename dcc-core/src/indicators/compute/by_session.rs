//! The distinct counts of each session.

use super::presences::Presences;
use crate::indicators::cube::distinct::Grouped;
use crate::indicators::results::SessionRow;
use crate::indicators::store::FactStore;
use crate::indicators::store::intern::NONE;
use crate::indicators::store::rows::StoredFiche;

impl FactStore {
    /// The distinct counts of each session.
    pub(super) fn by_session(&self, rows: &mut [SessionRow], row_of: &[u32], present: &Presences) {
        let fiches = &self.fiches.first;
        let by_session = Grouped::new(rows.len(), fiches.len(), |i| {
            let row = row_of[fiches[i].as_ref()?.session as usize];
            (row != NONE).then_some((row, i as u32))
        });
        let mut keys = Vec::new();
        by_session.read(0..by_session.parts(), |row, of_session| {
            let counts = &mut rows[row as usize].counts;
            let rows = || {
                of_session
                    .iter()
                    .filter_map(|&i| fiches[i as usize].as_ref())
            };
            counts.patients = distinct(&mut keys, rows().map(|r| r.patient));
            counts.patients_held = if counts.fiches_held > 0 {
                counts.patients
            } else {
                0
            };
            counts.physicians = distinct(
                &mut keys,
                rows().map(|r| r.attending_physician).filter(|&p| p != NONE),
            );
            let mssante = rows().filter(|r| r.bits & StoredFiche::attending_physician_mssante != 0);
            counts.physicians_mssante = distinct(
                &mut keys,
                mssante
                    .map(|r| r.attending_physician)
                    .filter(|&p| p != NONE),
            );
        });
        for of_session in present.rows.chunk_by(|a, b| a.session == b.session) {
            let row = row_of[of_session[0].session as usize];
            if row != NONE {
                let counts = &mut rows[row as usize].counts;
                counts.attendances = of_session.len() as u32;
                counts.professionals =
                    distinct(&mut keys, of_session.iter().map(|r| r.professional));
            }
        }
    }
}

fn distinct(keys: &mut Vec<u32>, of: impl Iterator<Item = u32>) -> u32 {
    keys.clear();
    keys.extend(of);
    keys.sort_unstable();
    keys.dedup();
    keys.len() as u32
}

//! What became of every fact given.

use super::presences::Presences;
use super::standing::{Standing, Standings};
use crate::indicators::results::Tallies;
use crate::indicators::store::rows::{NO_DAY, Row};
use crate::indicators::store::{ById, FactStore};

impl FactStore {
    pub(super) fn tallies(
        &self,
        standings: &Standings,
        present: &Presences,
        sessions: u64,
        pps: u64,
    ) -> Tallies {
        let mut t = Tallies::default();
        let s = &mut t.sessions;
        s.refused = self.refused.sessions;
        s.received = self.sessions.len() as u64 + s.refused;
        s.repeated = self.sessions.others.len() as u64;
        s.counted = sessions;
        // an id only cited is no fact
        let of = |wanted| standings.iter().filter(|s| *s == wanted).count() as u64;
        s.cancelled = of(Standing::Cancelled);
        s.outside_period = of(Standing::Outside);

        t.attendances = present.tally;
        t.attendances.refused = self.refused.attendances;
        t.attendances.received = self.attendances.len() as u64 + self.refused.attendances;

        let f = &mut t.fiches;
        f.refused = self.refused.fiches;
        f.received = self.fiches.len() as u64 + f.refused;
        f.repeated = self.repeated(&self.fiches);
        f.superseded = self.fiches.others.len() as u64 - f.repeated;
        for row in self.fiches.first.iter().flatten() {
            match standings.of(row.session) {
                Standing::Unknown => f.unknown_session += 1,
                Standing::Outside => f.outside_period += 1,
                Standing::Cancelled => f.cancelled += 1,
                Standing::Counted { .. } => f.counted += 1,
            }
        }

        let p = &mut t.pps;
        p.refused = self.refused.pps;
        p.received = self.pps.len() as u64 + p.refused;
        p.repeated = self.repeated(&self.pps);
        p.superseded = self.pps.others.len() as u64 - p.repeated;
        p.not_concerned = self
            .pps
            .first
            .iter()
            .flatten()
            .filter(|r| r.validated_on == NO_DAY)
            .count() as u64;
        p.counted = pps;
        p.outside_period =
            p.received - p.refused - p.repeated - p.superseded - p.not_concerned - p.counted;
        t
    }

    fn repeated<R: Row>(&self, rows: &ById<R>) -> u64 {
        rows.repeated(&self.names).count() as u64
    }
}

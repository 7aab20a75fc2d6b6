//! What only the whole of the facts shows: unknown sessions, facts given
//! twice, facts that contradict each other.

use super::intern::Interner;
use super::names::Names;
use super::rows::{Row, StoredAttendance};
use super::{ById, FactStore};
use crate::facts::Origin;
use crate::indicators::problem_log::ProblemLog;
use crate::indicators::rules;
use crate::problem::Problems;

impl FactStore {
    /// All the problems of the facts, by line: those refused when given, and
    /// those that only the whole shows (unknown session, duplicates).
    pub fn problems(&self) -> Problems {
        let mut log = self.log.clone();
        let n = &self.names;
        duplicates(&self.sessions, "session", &n.sessions, n, &mut log);
        duplicates(&self.fiches, "fiche", &n.fiches, n, &mut log);
        duplicates(&self.pps, "PPS", &n.pps, n, &mut log);
        self.unknown_sessions(&mut log);
        self.repeated_attendances(&mut log);
        log.into_problems()
    }

    fn unknown_sessions(&self, log: &mut ProblemLog) {
        let unknown = |session: u32| self.sessions.first[session as usize].is_none();
        if !self.sessions.first.iter().any(Option::is_none) {
            return;
        }
        let mut add = |origin: Origin<'_>, session: u32, what: String| {
            log.add(origin, &rules::SESSION, |p| {
                p.message(format!(
                    "{what} cite une session qui n'est pas fournie ; ce fait n'est pas compté"
                ))
                .found(self.names.sessions.get(session))
            });
        };
        for (symbol, row) in self.fiches.rows() {
            if unknown(row.session) {
                let what = format!(
                    "La fiche {} version {}",
                    self.names.fiches.get(symbol),
                    row.version
                );
                add(row.origin(&self.names), row.session, what);
            }
        }
        for row in &self.attendances {
            if unknown(row.session) {
                let origin = row.origin(&self.names);
                add(origin, row.session, "La présence".to_owned());
            }
        }
    }

    fn repeated_attendances(&self, log: &mut ProblemLog) {
        let mut order: Vec<&StoredAttendance> = self.attendances.iter().collect();
        let key = |r: &StoredAttendance| (r.session, r.professional, r.specialty);
        order.sort_unstable_by_key(|r| key(r));
        for same in order
            .chunk_by(|a, b| key(a) == key(b))
            .filter(|same| same.len() > 1)
        {
            let mut origins: Vec<Origin<'_>> =
                same.iter().map(|row| row.origin(&self.names)).collect();
            origins.sort_unstable();
            for again in &origins[1..] {
                log.add(*again, &rules::DUPLICATE, |p| {
                    p.message(again_text("La même présence", origins[0]))
                        .found(format!(
                            "session {}",
                            self.names.sessions.get(same[0].session)
                        ))
                });
            }
        }
    }
}

fn again_text(what: &str, first: Origin<'_>) -> String {
    let place = first.path();
    if place.is_empty() {
        format!("{what} est donnée plusieurs fois ; elle est comptée une seule fois")
    } else {
        format!("{what} est déjà donnée ({place}) ; elle est comptée une seule fois")
    }
}

fn duplicates<R: Row>(
    rows: &ById<R>,
    what: &str,
    ids: &Interner,
    names: &Names,
    log: &mut ProblemLog,
) {
    for (symbol, first, row) in rows.repeated(names) {
        let same = row.same(&first);
        let rule = if same {
            &rules::DUPLICATE
        } else {
            &rules::CONFLICT
        };
        log.add(row.origin(names), rule, |p| {
            let id = ids.get(symbol);
            let found =
                if what == "session" { format!("{what} {id}") } else { format!("{what} {id} version {}", row.version()) };
            let place = first.origin(names).path();
            let place = if place.is_empty() { String::new() } else { format!(" ({place})") };
            p.message(if same {
                format!("Ce fait est déjà donné{place} ; il est compté une seule fois")
            } else {
                format!("Cet identifiant et cette version sont déjà donnés avec un autre contenu{place}, seul compté")
            })
            .found(found)
        });
    }
}

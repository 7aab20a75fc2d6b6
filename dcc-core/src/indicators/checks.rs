//! What only the whole of the facts shows: unknown sessions, facts given
//! twice, facts that contradict each other.

use super::aggregate::Aggregate;
use super::facts::Origin;
use super::intern::Interner;
use super::ledger::Ledger;
use super::rows::{AttendanceRow, Names, Row, Store, repeated};
use super::rules;
use crate::problem::Problems;

impl Aggregate {
    /// All the problems of the facts, by line: those refused when given, and
    /// those that only the whole shows (unknown session, duplicates).
    pub fn problems(&self) -> Problems {
        let mut ledger = self.ledger.clone();
        duplicates(
            &self.sessions,
            "session",
            &self.names,
            &self.sessions.ids,
            &mut ledger,
        );
        duplicates(
            &self.fiches,
            "fiche",
            &self.names,
            &self.sessions.ids,
            &mut ledger,
        );
        duplicates(
            &self.pps,
            "PPS",
            &self.names,
            &self.sessions.ids,
            &mut ledger,
        );
        self.unknown_sessions(&mut ledger);
        self.repeated_attendances(&mut ledger);
        ledger.into_problems()
    }

    fn unknown_sessions(&self, ledger: &mut Ledger) {
        let unknown = |session: u32| self.sessions.first[session as usize].is_none();
        if !self.sessions.first.iter().any(Option::is_none) {
            return;
        }
        let mut add = |origin: Origin<'_>, session: u32, what: String| {
            ledger.add(origin, &rules::SESSION, |p| {
                p.message(format!(
                    "{what} cite une session qui n'est pas fournie ; ce fait n'est pas compté"
                ))
                .found(self.sessions.ids.get(session))
            });
        };
        for (symbol, row) in self.fiches.rows() {
            if unknown(row.session) {
                let what = format!(
                    "La fiche {} version {}",
                    self.fiches.ids.get(symbol),
                    row.version
                );
                add(row.origin(&self.names), row.session, what);
            }
        }
        for row in &self.attendances {
            if unknown(row.session) {
                let origin = Origin::new(self.names.sources.get(row.source), row.line);
                add(origin, row.session, "La présence".to_owned());
            }
        }
    }

    fn repeated_attendances(&self, ledger: &mut Ledger) {
        let mut order: Vec<&AttendanceRow> = self.attendances.iter().collect();
        let key = |r: &AttendanceRow| (r.session, r.professional, r.specialty);
        order.sort_unstable_by_key(|r| key(r));
        for same in order
            .chunk_by(|a, b| key(a) == key(b))
            .filter(|same| same.len() > 1)
        {
            let origin = |r: &AttendanceRow| Origin::new(self.names.sources.get(r.source), r.line);
            let mut origins: Vec<Origin<'_>> = same.iter().map(|r| origin(r)).collect();
            origins.sort_unstable();
            for again in &origins[1..] {
                ledger.add(*again, &rules::DUPLICATE, |p| {
                    p.message(again_text("La même présence", origins[0]))
                        .found(format!(
                            "session {}",
                            self.sessions.ids.get(same[0].session)
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
    store: &Store<R>,
    what: &str,
    names: &Names,
    sessions: &Interner,
    ledger: &mut Ledger,
) {
    for (symbol, first, row) in repeated(store, names, sessions) {
        let same = row.same(&first);
        let rule = if same {
            &rules::DUPLICATE
        } else {
            &rules::CONFLICT
        };
        ledger.add(row.origin(names), rule, |p| {
            let id = store.ids.get(symbol);
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

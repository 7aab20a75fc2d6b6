//! An identity message read.

use dcc_base::problem::{Problem, Problems};
use dcc_hl7v2::{Message, Segment};

use super::cx::{self, Identifiers};
use super::pid::{self, PidOptions};
use super::tables::SEGMENTS;
use crate::registry::ReceivedIdentity;
use crate::rules;

/// Event of an identity message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdtEvent {
    /// *Création d'identité*.
    A28,
    /// *Mise à jour d'identité*.
    A31,
    /// *Fusion*.
    A40,
    /// *Changement d'identifiant*.
    A47,
    /// *Lien*.
    A24,
    /// *Rupture de lien*.
    A37,
}

impl AdtEvent {
    /// Every event.
    pub const ALL: [AdtEvent; 6] = [
        AdtEvent::A28,
        AdtEvent::A31,
        AdtEvent::A40,
        AdtEvent::A47,
        AdtEvent::A24,
        AdtEvent::A37,
    ];

    /// Its code, MSH-9.2.
    pub fn code(self) -> &'static str {
        match self {
            AdtEvent::A28 => "A28",
            AdtEvent::A31 => "A31",
            AdtEvent::A40 => "A40",
            AdtEvent::A47 => "A47",
            AdtEvent::A24 => "A24",
            AdtEvent::A37 => "A37",
        }
    }

    /// Structure of its messages, MSH-9.3.
    pub fn structure(self) -> &'static str {
        match self {
            AdtEvent::A28 | AdtEvent::A31 => "ADT_A05",
            AdtEvent::A40 => "ADT_A39",
            AdtEvent::A47 => "ADT_A30",
            AdtEvent::A24 => "ADT_A24",
            AdtEvent::A37 => "ADT_A37",
        }
    }
}

/// A patient of a message: PID, with what goes with it.
#[derive(Clone)]
#[non_exhaustive]
pub struct Person {
    /// Rank of PID, from 1.
    pub rank: usize,
    /// The identity received.
    pub identity: ReceivedIdentity,
    pub(super) ids: Identifiers,
    /// MRG-1 that follows PID.
    pub(super) merged: Option<Identifiers>,
}

crate::opaque::opaque!(Person);

/// An identity message (*message d'identité*, ITI-30).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Adt {
    /// Its event.
    pub event: AdtEvent,
    /// Its patients, in order.
    pub persons: Vec<Person>,
    /// What the message holds and has no effect: unknown segments and codes,
    /// forbidden fields, an INS that is not used.
    pub warnings: Problems,
}

impl Adt {
    /// Reads a message.
    ///
    /// # Errors
    /// `PAM-EVENEMENT`, `PAM-ABSENT` (a segment or a field needed), `PAM-VALEUR`,
    /// `TRAIT-DATE`; paths are those of HL7.
    pub(super) fn read(
        message: &Message,
        origin: &str,
        options: &PidOptions,
    ) -> Result<Self, Problems> {
        let header = message.header();
        let code = header.field(9).component(2).text();
        let known = AdtEvent::ALL.into_iter().find(|event| event.code() == code);
        let Some(event) = known.filter(|_| header.field(9).component(1).text() == "ADT") else {
            let found = header.field(9).raw().to_owned();
            let allowed = AdtEvent::ALL.map(|event| format!("ADT^{}", event.code()));
            return Err(Problem::new(&rules::PAM_TYPE, "MSH-9")
                .found(found)
                .allowed(allowed)
                .into());
        };
        let mut problems = Problems::new();
        let version = header.field(12).component(1);
        if version.text() != "2.5" {
            problems.push(
                Problem::new(&rules::PAM_VERSION, "MSH-12.1")
                    .found(version.text())
                    .allowed(["2.5"]),
            );
        }
        for segment in message.segments().filter(|s| !SEGMENTS.contains(&s.name())) {
            problems.push(
                Problem::new(&rules::PAM_UNKNOWN_SEGMENT, segment.path().to_string())
                    .found(segment.name()),
            );
        }
        let mut persons = persons(message, event, origin, options, &mut problems);
        let missing =
            |path: &str, text: &str| Problem::new(&rules::PAM_MISSING, path).message(text);
        let most = if matches!(event, AdtEvent::A28 | AdtEvent::A31 | AdtEvent::A47) {
            1
        } else {
            usize::MAX
        };
        if persons.len() > most {
            problems.push(missing(
                "PID[2]",
                "Ce message ne contient qu'un segment PID",
            ));
        }
        match event {
            AdtEvent::A40 | AdtEvent::A47 => {
                for person in persons.iter().filter(|p| p.merged.is_none()) {
                    let path = format!("MRG{}", rank(person.rank));
                    problems.push(missing(&path, "Un segment MRG suit chaque segment PID"));
                }
            }
            AdtEvent::A24 | AdtEvent::A37 if persons.len() != 2 => {
                problems.push(missing("PID[2]", "Ce message contient deux segments PID"));
            }
            _ => {}
        }
        if persons.is_empty() {
            problems.push(missing("PID", "Le segment PID est obligatoire"));
        }
        if problems.has_blocking() {
            return Err(problems);
        }
        persons.truncate(most);
        Ok(Adt {
            event,
            persons,
            warnings: problems,
        })
    }
}

pub(super) fn rank(n: usize) -> String {
    if n > 1 {
        format!("[{n}]")
    } else {
        String::new()
    }
}

/// Each PID, with the MRG, ZFD and ZFA that follow it.
fn persons(
    message: &Message,
    event: AdtEvent,
    origin: &str,
    options: &PidOptions,
    problems: &mut Problems,
) -> Vec<Person> {
    let segments: Vec<Segment<'_>> = message.segments().collect();
    let starts: Vec<usize> = (0..segments.len())
        .filter(|i| segments[*i].name() == "PID")
        .collect();
    let mut persons = Vec::new();
    for (n, start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(segments.len());
        let after = &segments[start + 1..end];
        let find = |name: &str| after.iter().find(|s| s.name() == name).copied();
        let pid = segments[*start];
        let ids = cx::read(&pid.field(3), problems);
        let merged = find("MRG").map(|mrg| cx::read(&mrg.field(1), problems));
        if ids.keys().next().is_none() && event != AdtEvent::A47 {
            problems.push(
                Problem::new(&rules::PAM_MISSING, pid.field(3).path().to_string()).message(
                    "PID-3 contient un identifiant local (PI) et son autorité d'affectation",
                ),
            );
        }
        let mut identity = if matches!(event, AdtEvent::A28 | AdtEvent::A31) {
            pid::read(pid, find("ZFD"), find("ZFA"), &ids, options, problems)
        } else {
            // the identity stands in the other messages to be recognised, not to be updated
            ReceivedIdentity::default()
        };
        origin.clone_into(&mut identity.origin);
        persons.push(Person {
            rank: n + 1,
            identity,
            ids,
            merged,
        });
    }
    persons
}

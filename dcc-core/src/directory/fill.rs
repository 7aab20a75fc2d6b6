//! Parts of a document from an identifier.

use dcc_directory::{Activity, Directory, EditionDate, MailboxKind, Source, Structure};

use super::rules;
use crate::identity::oid;
use crate::model::{
    Address, Identifier, Organization, PersonName, Professional, ProfessionalId, Telecom,
};
use crate::problem::{Problem, Problems};
use crate::terminology::{Code, Jdv, Terminology};

/// What the caller chooses where the directory knows several.
#[derive(Clone, Copy, Debug, Default)]
pub struct Choice<'c> {
    /// *Profession et spécialité*, a code of JDV_J01: `G15_10/SM36`.
    pub specialty: Option<&'c str>,
    /// *Structure d'exercice*: FINESS, SIRET, technical identifier or Struct_IdNat.
    pub structure: Option<&'c str>,
}

/// A part that was filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled<T> {
    /// The part.
    pub value: T,
    /// *Date d'édition* of the directory.
    pub edition: EditionDate,
    /// What is left to choose or is doubtful; no blocking problem.
    pub problems: Problems,
}

/// A professional from a PS_IdNat (`8` and the RPPS number…): name,
/// identifier, specialty when there is one or it is chosen, MSSanté
/// addresses, structure when there is one or it is chosen.
///
/// # Errors
/// `ANNUAIRE-PS-INCONNU`.
pub fn professional(
    directory: &Directory<'_>,
    national_id: &str,
    choice: &Choice<'_>,
) -> Result<Filled<Professional>, Problems> {
    let answer = directory.professional(national_id);
    let Some(person) = answer.value else {
        return Err(unknown(&rules::PERSON_UNKNOWN, "", national_id, answer.edition).into());
    };
    let mut problems = Problems::new();
    if person.is_deactivated() {
        problems.push(Problem::new(&rules::PERSON_CLOSED, "").found(national_id));
    }
    let activities: Vec<Activity<'_>> = person.activities().collect();
    let first = activities.first();
    let (family, given) = first.map_or((person.surname(), person.given()), |a| a.names());
    let title = |code: Option<&str>, set: Jdv| {
        let known = code.filter(|c| Terminology::embedded().set(set).find(c).is_some());
        known.map(str::to_owned)
    };
    let name = PersonName {
        family: family.to_owned(),
        given: Some(given.to_owned()).filter(|g| !g.is_empty()),
        prefix: title(first.map(|a| a.civility().code), Jdv::J245Civilite),
        suffix: title(first.map(|a| a.practice_civility().code), Jdv::J246Titre),
    };
    let mailboxes = person.mailboxes().value;
    let personal = mailboxes.iter().filter(|m| m.kind == MailboxKind::Personal);
    let telecoms = personal
        .map(|m| Telecom {
            uri: format!("mailto:{}", m.address),
            usage: Some("WP".to_owned()),
        })
        .collect();
    let value = Professional {
        ids: vec![ProfessionalId::from_identifier(Identifier::new(
            oid::PROFESSIONAL,
            person.national_id(),
        ))],
        specialty: specialty(person, choice.specialty, &mut problems),
        name,
        telecoms,
        organization: structure(directory, &activities, choice.structure, &mut problems),
        ..Professional::default()
    };
    Ok(Filled {
        value,
        edition: answer.edition,
        problems,
    })
}

/// Codes of JDV_J01 that the directory has for a person.
pub(super) fn specialties(person: dcc_directory::Professional<'_>) -> Vec<String> {
    let set = Terminology::embedded().set(Jdv::J01AuthorSpecialty);
    let candidates = person.author_specialties().into_iter();
    candidates
        .map(|c| c.code)
        .filter(|code| set.find(code).is_some())
        .collect()
}

fn specialty(
    person: dcc_directory::Professional<'_>,
    chosen: Option<&str>,
    problems: &mut Problems,
) -> Option<Code> {
    let known = specialties(person);
    match (chosen, known.as_slice()) {
        (Some(code), _) if known.iter().any(|k| k == code) => Some(Code::new(code)),
        (Some(code), _) => {
            problems.push(
                Problem::new(&rules::CHOICE_UNKNOWN, "/specialty")
                    .found(code)
                    .allowed(known),
            );
            None
        }
        (None, [one]) => Some(Code::new(one.as_str())),
        (None, []) => None,
        (None, _) => {
            problems.push(Problem::new(&rules::SPECIALTY_CHOICE, "/specialty").allowed(known));
            None
        }
    }
}

fn structure(
    directory: &Directory<'_>,
    activities: &[Activity<'_>],
    chosen: Option<&str>,
    problems: &mut Problems,
) -> Option<Organization> {
    let mut known: Vec<(String, Structure<'_>)> = Vec::new();
    for place in activities.iter().filter_map(|a| a.structure()) {
        let Some(id) = id_of(&place) else { continue };
        if !known.iter().any(|(k, _)| *k == id) {
            known.push((id, place));
        }
    }
    let ids = || known.iter().map(|(id, _)| id.clone());
    let one = match (chosen, known.as_slice()) {
        (Some(id), _) => {
            let of = |s: &Structure<'_>| {
                [s.finess(), s.siret(), s.technical_id(), s.national_id()]
                    .iter()
                    .flatten()
                    .any(|k| k == id)
            };
            let found = known.iter().find(|(_, s)| of(s)).map(|(_, s)| s);
            if found.is_none() {
                problems.push(
                    Problem::new(&rules::CHOICE_UNKNOWN, "/organization")
                        .found(id)
                        .allowed(ids()),
                );
            }
            found
        }
        (None, [(_, one)]) => Some(one),
        (None, []) => None,
        (None, _) => {
            problems.push(Problem::new(&rules::STRUCTURE_CHOICE, "/organization").allowed(ids()));
            None
        }
    };
    one.map(|s| merged(directory, s))
}

/// The identifier that names a structure best.
fn id_of(structure: &Structure<'_>) -> Option<String> {
    structure
        .finess()
        .or_else(|| structure.siret())
        .or_else(|| structure.technical_id())
        .or_else(|| structure.national_id())
}

/// An organisation from a FINESS, a SIRET, a technical identifier or a
/// Struct_IdNat. FINESS comes first where it has the structure.
///
/// # Errors
/// `ANNUAIRE-STRUCTURE-INCONNUE`.
pub fn organization(directory: &Directory<'_>, id: &str) -> Result<Filled<Organization>, Problems> {
    let answer = directory.structures(id);
    let Some(first) = best(&answer.value) else {
        return Err(unknown(&rules::STRUCTURE_UNKNOWN, "", id, answer.edition).into());
    };
    let mut problems = Problems::new();
    if first.is_deactivated() {
        problems.push(Problem::new(&rules::STRUCTURE_CLOSED, "").found(id));
    }
    Ok(Filled {
        value: merged(directory, first),
        edition: first.edition(),
        problems,
    })
}

/// The record to trust first: open, then of FINESS.
fn best<'s, 'd>(records: &'s [Structure<'d>]) -> Option<&'s Structure<'d>> {
    let rank = |s: &&Structure<'_>| {
        let source = match s.source() {
            Some(Source::FinessJson) => 0,
            Some(Source::FinessCsv) => 1,
            _ => 2,
        };
        (s.is_deactivated(), source)
    };
    records.iter().min_by_key(rank)
}

/// A record, what it lacks taken from the others of the same FINESS.
fn merged(directory: &Directory<'_>, structure: &Structure<'_>) -> Organization {
    let mut own = of_record(structure);
    let Some(finess) = structure.finess() else {
        return own;
    };
    let others = directory.structures(&finess).value;
    if let Some(other) = best(&others).map(of_record) {
        own.siret = own.siret.or(other.siret);
        own.name = other.name.or(own.name);
        for (mine, theirs) in [(&mut own.addresses, other.addresses)] {
            if mine.is_empty() {
                *mine = theirs
            }
        }
        if own.telecoms.is_empty() {
            own.telecoms = other.telecoms;
        }
    }
    own
}

fn of_record(s: &Structure<'_>) -> Organization {
    let text = |t: &str| Some(t.to_owned()).filter(|t| !t.is_empty());
    let street_type = s.street_type();
    let address = Address {
        house_number: s.street_number().map(|n| format!("{n}{}", s.repetition())),
        street_type: text(if street_type.label.is_empty() {
            street_type.code
        } else {
            street_type.label
        }),
        street_name: text(s.street()),
        unit: text(s.access_point()),
        additional_locator: text(s.recipient()),
        precinct: text(s.mention()),
        insee: text(s.commune().code),
        postal_code: text(s.postal_code()),
        city: text(s.town()),
        country: text(s.country().label),
        ..Address::default()
    };
    let telecom = |scheme: &str, value: Option<String>| {
        value.map(|v| Telecom {
            uri: format!("{scheme}:{}", v.replace([' ', '.'], "")),
            usage: Some("WP".to_owned()),
        })
    };
    let finess = s.finess();
    let siret = s.siret().filter(|siret| siret.len() == 14);
    // an identifier of another kind, when there is neither of the two
    let other = s
        .national_id()
        .filter(|_| finess.is_none() && siret.is_none());
    Organization {
        other_ids: other
            .map(|id| Identifier::new(oid::ORGANIZATION, id))
            .into_iter()
            .collect(),
        name: text(s.name()).or_else(|| text(s.trade_name())),
        addresses: Some(address)
            .filter(|a| *a != Address::default())
            .into_iter()
            .collect(),
        telecoms: telecom("tel", s.phone())
            .into_iter()
            .chain(telecom("fax", s.fax()))
            .collect(),
        finess,
        siret,
        ..Organization::default()
    }
}

/// An identifier that the directory does not hold, and since when.
pub(super) fn unknown(
    rule: &'static crate::problem::Rule,
    path: &str,
    found: &str,
    edition: EditionDate,
) -> Problem {
    Problem::new(rule, path)
        .message(format!("{} (édition du {edition})", rule.text))
        .found(found)
}

//! Authors and patient, in the strings of HL7 v2.5.

use dcc_base::identity::ins::InsKind;

use super::entry::Author;
use crate::cda::{Identifier, Participant, Patient, PersonName};
use crate::code::Code;
use crate::composite::{Cx, Xcn, Xon, escape};

/// True for an identifier under an OID of the INS. The old INS-C
/// (1.2.250.1.213.1.4.2) is none.
pub(crate) fn is_ins(id: &Identifier) -> bool {
    InsKind::from_oid(&id.root).is_some()
}

/// The INS of a patient.
pub(crate) fn ins(patient: &Patient) -> Option<&Identifier> {
    patient.ids.iter().find(|id| is_ins(id))
}

/// An INS as an identifier of XDS.
pub(super) fn ins_cx(id: &Identifier, with_type: bool) -> Cx {
    Cx::new(&id.extension, &id.root, if with_type { "NH" } else { "" })
}

/// *sourcePatientId*: the number of the patient in the hospital, else the INS.
pub(super) fn source_id(patient: &Patient) -> Option<Cx> {
    let local = patient
        .ids
        .iter()
        .find(|id| !is_ins(id) && !id.extension.is_empty());
    match local {
        Some(id) => Some(Cx::new(&id.extension, &id.root, "PI")),
        None => ins(patient).map(|id| ins_cx(id, true)),
    }
}

/// *sourcePatientInfo*: names, birth date, gender.
pub(super) fn source_info(patient: &Patient) -> Vec<String> {
    let mut info = Vec::new();
    for name in &patient.names {
        for (qualifier, family) in &name.families {
            let kind = match qualifier.as_str() {
                "BR" => "L",
                "CL" => "S",
                "SP" => "D",
                _ => "U",
            };
            let given = given_for(name, qualifier);
            let (family, given) = (escape(family), escape(&given));
            info.push(format!("PID-5|{family}^{given}^^^^^{kind}"));
        }
    }
    if let Some(birth) = patient.birth_time {
        info.push(format!("PID-7|{}", birth.day()));
    }
    if !patient.gender.is_empty() {
        info.push(format!("PID-8|{}", escape(&patient.gender)));
    }
    info
}

/// The given name that goes with a family name: that of the same qualifier,
/// else one without qualifier, else the first.
pub(crate) fn given_for(name: &PersonName, qualifier: &str) -> String {
    name.given(qualifier)
        .or_else(|| name.given(""))
        .unwrap_or_else(|| name.first_given().to_owned())
}

/// `code^label^system`.
pub(super) fn specialty(code: &Code) -> String {
    format!(
        "{}^{}^{}",
        escape(&code.code),
        escape(&code.label),
        escape(&code.system)
    )
}

/// A participant as a person, a device or the patient; none when it has
/// neither an identifier nor a name.
pub(super) fn xcn(participant: &Participant) -> Option<Xcn> {
    let none = Identifier::default();
    let id = participant.id.as_ref().unwrap_or(&none);
    // a root alone is the whole identifier
    let (number, authority) = if id.extension.is_empty() {
        (id.root.as_str(), "")
    } else {
        (id.extension.as_str(), id.root.as_str())
    };
    if let Some((software, model)) = &participant.device {
        return Some(Xcn::device(number, software, model, authority));
    }
    let (family, given) = (
        participant.name.first_family(),
        participant.name.first_given(),
    );
    if number.is_empty() && family.is_empty() && given.is_empty() {
        return None;
    }
    Some(if is_ins(id) {
        Xcn::patient(number, family, given, authority)
    } else {
        Xcn::person(number, family, given, authority)
    })
}

/// An author of a document. An author who is the patient has no institution.
pub(super) fn author(participant: &Participant, idnst: bool) -> Author {
    let is_patient = participant.id.as_ref().is_some_and(is_ins);
    let institution = participant
        .organization
        .as_ref()
        .filter(|_| !is_patient)
        .map(|organization| {
            let (oid, id) = match &organization.id {
                Some(id) if id.extension.is_empty() => ("", id.root.as_str()),
                Some(id) => (id.root.as_str(), id.extension.as_str()),
                None => ("", ""),
            };
            Xon::new(&organization.name, oid, id, idnst)
        })
        .filter(|institution| !institution.as_str().is_empty());
    Author {
        persons: xcn(participant).into_iter().collect(),
        institutions: institution.into_iter().collect(),
        roles: participant.role.iter().cloned().collect(),
        specialties: participant.specialty.iter().map(specialty).collect(),
        telecommunications: Vec::new(),
    }
}

//! From a header and a sending to the attributes of a document and of a set.

use uuid::Uuid;

use super::entry::{Author, DocumentEntry};
use super::person;
use super::set::SubmissionSet;
use crate::cda::{Body, Header};
use crate::code::Code;
use crate::composite::{Cx, Xcn, Xon};
use crate::hash;
use crate::sending::{DocumentOptions, Sending, Submitter};
use crate::tables::{activity, class, format, setting, systems};
use crate::time;
use crate::visibility::Mask;

use dcc_base::identity::oid;

/// The type of a referenced order.
const ORDER: &str = "urn:ihe:iti:xds:2013:order";

/// The attributes of a document. What the document lacks stays empty:
/// whether it is needed depends on the way out (see
/// [`Submission::prepare`](super::Submission::prepare)).
pub fn derive(
    cda: &[u8],
    header: &Header,
    options: &DocumentOptions,
    sending: &Sending,
) -> DocumentEntry {
    let dialect = sending.dialect;
    let event = header.main_event();
    let unique_id = header
        .id
        .as_ref()
        .map_or_else(String::new, |id| id.to_xds());
    let entry_uuid = options
        .entry_uuid
        .clone()
        .unwrap_or_else(|| minted(&sending.set_id, &unique_id));
    let patient = &header.patient;
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    DocumentEntry {
        entry_uuid,
        unique_id,
        mime_type: if header.is_self_presenting {
            "application/xslt+xml"
        } else {
            "text/xml"
        }
        .to_owned(),
        hash: Some(hash::hexadecimal(cda)),
        size: Some(cda.len() as u64),
        title: text(&header.title),
        comments: options.comments.clone(),
        language_code: text(&header.language),
        creation_time: header.effective_time.map(|at| at.to_xds()),
        service_start_time: event.and_then(|e| e.start).map(|at| at.to_xds()),
        service_stop_time: event.and_then(|e| e.stop).map(|at| at.to_xds()),
        patient_id: person::ins(patient).map(|id| person::ins_cx(id, dialect.ins_type)),
        source_patient_id: person::source_id(patient),
        source_patient_info: person::source_info(patient),
        legal_authenticator: header.legal_authenticator.as_ref().and_then(person::xcn),
        authors: header
            .authors
            .iter()
            .map(|author| person::author(author, dialect.structure_type))
            .collect(),
        class_code: header.code.as_ref().and_then(class::class_of),
        type_code: header.code.clone(),
        format_code: format_of(header),
        facility_type: header
            .encounter
            .as_ref()
            .and_then(|encounter| encounter.facility.as_ref())
            .map(setting::with_label),
        practice_setting: event
            .and_then(|event| event.setting.as_ref())
            .or_else(|| {
                header
                    .service_events
                    .iter()
                    .find_map(|e| e.setting.as_ref())
            })
            .map(setting::with_label),
        confidentiality: confidentiality(header, options),
        event_codes: header
            .service_events
            .iter()
            .filter_map(|event| event.code.clone())
            .collect(),
        reference_ids: header
            .orders
            .iter()
            .filter(|order| oid::is_oid(&order.root) && !order.extension.is_empty())
            .map(|order| Cx::new(&order.extension, &order.root, ORDER))
            .collect(),
        ..DocumentEntry::default()
    }
}

/// `urn:uuid:` of the identifiers of a set and of a document in it.
pub(super) fn minted(set_id: &str, document_id: &str) -> String {
    let name = format!("{set_id}/{document_id}");
    let uuid = Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes());
    format!("urn:uuid:{uuid}")
}

/// The format: by the media type of a body that is a file, else by the template.
fn format_of(header: &Header) -> Option<Code> {
    match &header.body {
        Body::Unstructured(media) if header.has_template(format::UNSTRUCTURED) => {
            format::of_media_type(media)
        }
        // a level 1 by a template of its own has the format of its body too
        Body::Unstructured(media) => {
            Some(format::of_media_type(media).unwrap_or_else(format::outside_profiles))
        }
        _ => Some(format::of_templates(
            header.templates.iter().map(String::as_str),
        )),
    }
}

/// The level, then the masks.
fn confidentiality(header: &Header, options: &DocumentOptions) -> Vec<Code> {
    let level = header.confidentiality.clone().map(|mut level| {
        if level.label.is_empty() {
            level.label = level_label(&level.code).to_owned();
        }
        level
    });
    let masks = options.visibility.masks().map(Mask::code);
    level.into_iter().chain(masks).collect()
}

fn level_label(code: &str) -> &'static str {
    match code {
        "N" => "Normal",
        "R" => "Restreint",
        "V" => "Très restreint",
        _ => "",
    }
}

/// The attributes of a set that holds these documents.
pub(super) fn derive_set(sending: &Sending, headers: &[&Header]) -> SubmissionSet {
    let patient = headers.iter().find_map(|h| person::ins(&h.patient));
    SubmissionSet {
        entry_uuid: minted(&sending.set_id, ""),
        unique_id: sending.set_id.clone(),
        source_id: sending.source_id.clone(),
        submission_time: time::xds(sending.at),
        patient_id: patient.map(|id| person::ins_cx(id, sending.dialect.ins_type)),
        authors: vec![submitter(
            &sending.submitter,
            sending.dialect.structure_type,
        )],
        activity: activity_of(sending, headers),
        title: sending.title.clone(),
        comments: sending.comments.clone(),
        ..SubmissionSet::default()
    }
}

/// The activity that the caller gives, else that of the class of the visit,
/// else that of the facility, else « indifférencié ».
fn activity_of(sending: &Sending, headers: &[&Header]) -> Option<Code> {
    let visit = sending.visit.as_ref();
    sending
        .activity
        .clone()
        .or_else(|| activity::from_visit_class(&visit?.class))
        .or_else(|| {
            headers
                .iter()
                .filter_map(|header| header.encounter.as_ref()?.facility.as_ref())
                .find_map(activity::from_facility)
        })
        .or_else(|| activity::activity("97"))
}

/// The author of a set.
fn submitter(submitter: &Submitter, idnst: bool) -> Author {
    let structure = &submitter.structure;
    let person = match (&submitter.person, &submitter.device) {
        (Some(p), _) => Some(Xcn::person(&p.id, &p.family, &p.given, oid::PROFESSIONAL)),
        (None, Some(d)) => Some(Xcn::device(&d.id, &d.name, &d.model, oid::PROFESSIONAL)),
        (None, None) => None,
    };
    let has_structure = !structure.id.is_empty() || !structure.name.is_empty();
    let specialty = match (&submitter.specialty, &submitter.person) {
        (Some(code), _) => Some(person::specialty(code)),
        (None, None) => Some(person::specialty(&device_specialty())),
        (None, Some(_)) => None,
    };
    Author {
        persons: person.into_iter().collect(),
        institutions: has_structure
            .then(|| Xon::new(&structure.name, oid::ORGANIZATION, &structure.id, idnst))
            .into_iter()
            .collect(),
        roles: submitter.role.iter().cloned().collect(),
        specialties: specialty.into_iter().collect(),
        telecommunications: Vec::new(),
    }
}

/// What stands for the speciality of a device (TRE_A00).
fn device_specialty() -> Code {
    Code::new("DISPOSITIF", systems::TRE_A00, "dispositif médical")
}

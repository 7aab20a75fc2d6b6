//! The segments of an MDM message, in their order.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dcc_base::identity::ins::InsKind;
use dcc_base::identity::{finess, oid};
use dcc_base::problem::{Problem, Problems};
use dcc_base::text::one_line;
use dcc_hl7v2::{Charset, Draft, SegmentDraft};

use super::codes::{
    BODIES, Event, Flag, METADATA, RECIPIENT, REPLY, SENDER, TO_GATEWAY, VERSION, YES_NO,
    coding_system,
};
use super::rules;
use crate::cda::{Address, Identifier};
use crate::metadata::Prepared;
use crate::sending::{Connection, Gateway, IdentityStatus, Person, Recipient, Sending, Structure};
use crate::tables::systems;
use crate::time;
use crate::visibility::Mask;

/// A message being written.
pub(super) struct Segments<'s> {
    draft: Draft,
    document: &'s Prepared<'s>,
    sending: &'s Sending,
    gateway: Gateway,
    event: Event,
    observations: usize,
    problems: Problems,
}

impl<'s> Segments<'s> {
    pub(super) fn new(document: &'s Prepared<'s>, sending: &'s Sending, event: Event) -> Self {
        let gateway = sending.gateway.clone().unwrap_or_default();
        let charset = if gateway.latin9 {
            Charset::Latin9
        } else {
            Charset::Utf8
        };
        Segments {
            draft: Draft::new().in_charset(charset),
            document,
            sending,
            gateway,
            event,
            observations: 0,
            problems: Problems::new(),
        }
    }

    pub(super) fn all(&mut self) {
        self.msh();
        self.pid();
        self.pv1();
        self.orders();
        self.document();
        self.participations();
        self.flags();
        self.bodies();
    }

    /// The bytes, and what is doubtful; no bytes when a blocking problem is
    /// among it.
    pub(super) fn finish(mut self) -> (Vec<u8>, Problems) {
        match self.draft.write() {
            Ok(bytes) => (bytes, self.problems),
            Err(problems) => {
                self.problems.extend(problems);
                (Vec::new(), self.problems)
            }
        }
    }

    fn msh(&mut self) {
        let now = time::hl7v2(self.sending.at);
        let processing = match self.gateway.processing.as_str() {
            "" => "P",
            other => other,
        };
        let msh = self.draft.segment("MSH");
        msh.set(3, &self.gateway.sending_application)
            .set(4, &self.gateway.sending_facility)
            .set(5, &self.gateway.receiving_application)
            .set(6, &self.gateway.receiving_facility)
            .set(7, &now)
            .set((9, 1), "MDM")
            .set((9, 2), self.event.trigger())
            .set((9, 3), "MDM_T02")
            .set(10, &self.gateway.message_id)
            .set(11, processing)
            .set(12, "2.6")
            .set(17, "FRA")
            .set((21, 1), VERSION)
            .set((21, 2), TO_GATEWAY);
        self.draft.segment("EVN").set(2, &now);
    }

    fn pid(&mut self) {
        let patient = &self.document.header.patient;
        let visit = self.sending.visit.clone().unwrap_or_default();
        let pid = self.draft.segment("PID");
        for (rank, id) in (1..).zip(&patient.ids) {
            identifier(pid, rank, id);
        }
        if let Some(name) = patient.names.first() {
            let family = name
                .family("BR")
                .unwrap_or_else(|| name.first_family().to_owned());
            let given = name
                .given("BR")
                .unwrap_or_else(|| name.first_given().to_owned());
            pid.set((5, 1), family)
                .set((5, 2), given)
                .set_some((5, 3), name.given(""))
                .set((5, 7), "L");
        }
        pid.set_some(7, patient.birth_time.map(|birth| birth.day()))
            .set(8, &patient.gender);
        let home = patient.addresses.first().map(|address| (address, "H"));
        let birth = patient.birth_place.as_ref().map(|place| (place, "BDL"));
        for (rank, (address, kind)) in (1..).zip(home.into_iter().chain(birth)) {
            place(pid, rank, address, kind);
        }
        if !visit.account.is_empty() {
            pid.set((18, 1), &visit.account).set((18, 5), "AN");
            authority(pid, 18, 4, &visit.authority, &visit.authority_oid);
        }
        if self.sending.identity == IdentityStatus::Qualified {
            pid.set(31, "N").set(32, "VALI");
        }
    }

    fn pv1(&mut self) {
        let visit = self.sending.visit.clone().unwrap_or_default();
        let pv1 = self.draft.segment("PV1");
        pv1.set(1, "1").set(2, &visit.class).set(3, &visit.unit);
        if !visit.number.is_empty() {
            pv1.set((19, 1), &visit.number).set((19, 5), "VN");
            authority(pv1, 19, 4, &visit.authority, &visit.authority_oid);
        }
        pv1.set_some(44, visit.admitted.map(time::hl7v2))
            .set_some(45, visit.discharged.map(time::hl7v2));
    }

    fn orders(&mut self) {
        self.draft.segment("ORC").set(1, self.event.order());
        let obr = self.draft.segment("OBR");
        obr.set(1, "1");
        document_type(obr, 4, self.document);
        let header = &self.document.header;
        let code = header.code.as_ref();
        let start = header.main_event().and_then(|event| event.start);
        let txa = self.draft.segment("TXA");
        txa.set(1, "1")
            .set_some(2, code.map(|code| &code.code))
            .set(3, "TEXT")
            .set_some(4, start.map(|at| time::hl7v2(at.instant())));
        if let Some(id) = &header.id {
            entity(txa, 12, id);
        }
        // EX, the official examples, repeat it in a deletion; the volet does not
        if self.event == Event::Replace
            && let Some(replaced) = header.replaces()
        {
            entity(txa, 13, replaced);
        }
        let authenticator = self.document.entry.legal_authenticator.as_ref();
        txa.set(17, "AU")
            .set_some((22, 1), authenticator.map(|person| person.id()));
        if let Some(code) = code
            && !matches!(code.system.as_str(), systems::LOINC | systems::TRE_A05)
        {
            let problem = Problem::new(&rules::CODING, "OBR-4.3").found(&code.system);
            self.problems.push(problem);
        }
    }

    fn observation(&mut self, kind: &str) -> &mut SegmentDraft {
        self.observations += 1;
        let obx = self.draft.segment("OBX");
        obx.set(1, self.observations.to_string()).set(2, kind)
    }

    fn document(&mut self) {
        let document = self.document;
        let status = self.event.status();
        let obx = self.observation("ED");
        document_type(obx, 3, document);
        obx.set((5, 2), "text")
            .set((5, 3), "XML")
            .set((5, 4), "Base64")
            .set((5, 5), STANDARD.encode(document.cda))
            .set(11, status);
    }

    fn participation(&mut self, (code, label): (&str, &str)) -> &mut SegmentDraft {
        self.draft
            .segment("PRT")
            .set(2, "UC")
            .set((4, 1), code)
            .set((4, 2), label)
            .set((4, 3), "participation")
    }

    fn participations(&mut self) {
        let sending = self.sending;
        let submitter = &sending.submitter;
        let prt = self.participation(SENDER);
        match (&submitter.person, &submitter.device) {
            (Some(person), _) => professional(prt, person),
            (None, Some(device)) => {
                prt.set((10, 1), &device.id);
            }
            (None, None) => {}
        }
        structure(prt, &submitter.structure);
        let patient = self.document.header.patient.clone();
        for recipient in &sending.recipients {
            let prt = self.participation(RECIPIENT);
            match recipient {
                Recipient::Professional { person, .. } => professional(prt, person),
                Recipient::Structure { structure: s, .. } => structure(prt, s),
                Recipient::Application { id, .. } => {
                    prt.set((10, 1), id);
                }
                Recipient::Patient { .. } => {
                    let ins = patient
                        .ids
                        .iter()
                        .find(|id| InsKind::from_oid(&id.root).is_some());
                    let name = patient.names.first().cloned().unwrap_or_default();
                    let given = name
                        .given("BR")
                        .unwrap_or_else(|| name.first_given().to_owned());
                    let family = name
                        .family("BR")
                        .unwrap_or_else(|| name.first_family().to_owned());
                    prt.set_some((5, 1), ins.map(|id| &id.extension))
                        .set((5, 2), family)
                        .set((5, 3), given);
                    if let Some(id) = ins {
                        authority(prt, 5, 9, "", &id.root);
                        prt.set((5, 13), "INS");
                    }
                }
            }
            address(prt, recipient.address());
        }
        if let Some(reply) = &sending.reply_to {
            address(self.participation(REPLY), reply);
        }
    }

    fn flags(&mut self) {
        for flag in Flag::ALL {
            let value = if self.is_set(flag) { "Y" } else { "N" };
            let obx = self.observation("CWE");
            obx.set((3, 1), flag.code())
                .set((3, 2), flag.label())
                .set((3, 3), METADATA)
                .set((5, 1), value)
                .set((5, 3), YES_NO)
                .set(11, "F");
            if flag == Flag::ToPatient && self.sending.without_patient_answer {
                self.draft.segment("NTE").set(1, "1").set(4, "FIN");
            }
        }
    }

    fn is_set(&self, flag: Flag) -> bool {
        let options = &self.document.options;
        let recipients = &self.sending.recipients;
        match flag {
            Flag::HiddenFromProfessionals => options.visibility.has(Mask::Professionals),
            Flag::HiddenFromPatient => options.visibility.has(Mask::Patient),
            Flag::HiddenFromRepresentatives => options.visibility.has(Mask::Representatives),
            Flag::SecretConnection => self.sending.connection == Connection::Secret,
            Flag::ChangesVisibility => options.changes_visibility,
            Flag::ToDmp => self.gateway.to_dmp,
            Flag::ToProfessionals => recipients.iter().any(|r| !r.is_patient()),
            Flag::ToPatient => recipients.iter().any(Recipient::is_patient),
            Flag::AcknowledgeReception => self.gateway.acknowledge_reception,
            Flag::AcknowledgeReading => self.gateway.acknowledge_reading,
        }
    }

    fn bodies(&mut self) {
        let sending = self.sending;
        let bodies = [&sending.body_for_professionals, &sending.body_for_patient];
        for ((code, label), body) in BODIES.into_iter().zip(bodies) {
            let Some(body) = body else { continue };
            let obx = self.observation("ED");
            obx.set((3, 1), code)
                .set((3, 2), label)
                .set((3, 3), METADATA)
                .set((5, 2), "text")
                .set((5, 4), "Base64")
                .set((5, 5), STANDARD.encode(body))
                .set(11, "F");
        }
    }
}

/// A repetition of PID-3: an INS under its name, or a number of the hospital.
fn identifier(pid: &mut SegmentDraft, rank: u16, id: &Identifier) {
    let value = if id.extension.is_empty() {
        &id.root
    } else {
        &id.extension
    };
    let (name, kind) = match InsKind::from_oid(&id.root) {
        Some(InsKind::Nia) => ("ASIP-SANTE-INS-NIA", "INS"),
        Some(_) => ("ASIP-SANTE-INS-NIR", "INS"),
        None => ("", "PI"),
    };
    pid.set((3, rank, 1), value)
        .set((3, rank, 4, 1), name)
        .set((3, rank, 4, 2), &id.root)
        .set((3, rank, 4, 3), "ISO")
        .set((3, rank, 5), kind);
}

/// A repetition of PID-11: street, town, postal code, country (ISO 3166, three
/// letters), and for a birth place its official geographic code.
fn place(pid: &mut SegmentDraft, rank: u16, address: &Address, kind: &str) {
    let country = match address.country.to_uppercase().as_str() {
        "FRANCE" | "FR" => "FRA".to_owned(),
        other if other.len() == 3 => other.to_owned(),
        _ => String::new(),
    };
    pid.set_some((11, rank, 1), address.lines.first())
        .set(
            (11, rank, 2),
            address.lines.get(1..).unwrap_or_default().join(" "),
        )
        .set((11, rank, 3), &address.city)
        .set((11, rank, 5), &address.postal_code)
        .set((11, rank, 6), country)
        .set((11, rank, 7), kind);
    if kind == "BDL" {
        pid.set((11, rank, 9), &address.county);
    }
}

/// A component that names an authority (HD): name, OID.
fn authority(segment: &mut SegmentDraft, field: u16, component: u16, name: &str, oid: &str) {
    segment.set((field, 1, component, 1), name);
    if !oid.is_empty() {
        segment
            .set((field, 1, component, 2), oid)
            .set((field, 1, component, 3), "ISO");
    }
}

/// An identifier of a document (EI): `extension^^root^ISO`, or the root alone.
fn entity(txa: &mut SegmentDraft, field: u16, id: &Identifier) {
    if id.extension.is_empty() {
        txa.set((field, 1), &id.root);
    } else {
        txa.set((field, 1), &id.extension)
            .set((field, 3), &id.root)
            .set((field, 4), "ISO");
    }
}

/// The type of the document, where OBR-4 and OBX-3 want it.
fn document_type(segment: &mut SegmentDraft, field: u16, document: &Prepared<'_>) {
    if let Some(code) = &document.header.code {
        segment
            .set((field, 1), &code.code)
            .set((field, 2), &code.label)
            .set((field, 3), coding_system(&code.system));
    }
}

fn professional(prt: &mut SegmentDraft, person: &Person) {
    prt.set((5, 1), &person.id)
        .set((5, 2), one_line(&person.family))
        .set((5, 3), one_line(&person.given))
        .set((5, 10), "D")
        .set(
            (5, 13),
            if person.id.contains('/') {
                "EI"
            } else {
                "IDNPS"
            },
        );
    authority(prt, 5, 9, "", oid::PROFESSIONAL);
}

/// An organisation: under `FINEG` or `FINEJ` its FINESS number, else its
/// national identifier, or that of a unit in its hospital.
fn structure(prt: &mut SegmentDraft, structure: &Structure) {
    let kind = match structure.id_type.as_str() {
        "" => "IDNST",
        other => other,
    };
    let number = structure
        .id
        .strip_prefix('1')
        .filter(|n| finess::has_form(n));
    let number = match (kind, number) {
        ("FINEG" | "FINEJ", Some(number)) => number,
        _ => &structure.id,
    };
    let authority = match structure.authority.as_str() {
        "" => oid::ORGANIZATION,
        other => other,
    };
    prt.set((8, 1), one_line(&structure.name));
    if structure.id.is_empty() {
        return;
    }
    prt.set((8, 1, 6, 2), authority)
        .set((8, 7), kind)
        .set((8, 10), number);
    if structure.authority.is_empty() || oid::is_oid(authority) {
        prt.set((8, 1, 6, 3), "ISO");
    }
}

fn address(prt: &mut SegmentDraft, address: &str) {
    prt.set((15, 3), "X.400").set((15, 4), address.trim());
}

//! A message of either direction to what it asks and holds.

use std::fmt;

use base64::Engine as _;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use dcc_base::problem::{Problem, Problems};
use dcc_hl7v2::{Element, Message, ReadOptions, Segment};

use super::codes::{
    BODIES, Event, FROM_GATEWAY, Flag, METADATA, Profile, RECIPIENT, REPLY, SENDER, TO_GATEWAY,
    coding_oid,
};
use super::participation::ReceivedParty;
use super::rules;
use crate::cda::{Header, Identifier};
use crate::code::Code;
use crate::visibility::{Mask, Visibility};

/// The mail that brought a document (gateway to record).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReceivedMail {
    /// *Identifiant du courriel* (Message-ID).
    pub message_id: String,
    /// *Objet*.
    pub subject: String,
    /// *Corps*, in UTF-8 whatever its bytes.
    pub body: String,
}

/// What a message asks and holds (*message MDM reçu*).
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ReceivedMdm {
    /// The message itself, for an acknowledgement.
    pub message: Message,
    /// *Volet* of the message.
    pub profile: Profile,
    /// What it asks.
    pub event: Event,
    /// *Identifiant du message* (MSH-10).
    pub message_id: String,
    /// *Application et organisation émettrices* (MSH-3, MSH-4).
    pub from: (String, String),
    /// *Application et organisation réceptrices* (MSH-5, MSH-6).
    pub to: (String, String),
    /// *Identifiants du patient* (PID-3).
    pub patient_ids: Vec<Identifier>,
    /// *Document*, untouched.
    pub document: Vec<u8>,
    /// *Type de document* (OBX-3).
    pub document_type: Code,
    /// *Identifiant du document* (TXA-12).
    pub document_id: Option<Identifier>,
    /// *Identifiant du document remplacé* (TXA-13).
    pub replaced_id: Option<Identifier>,
    /// *Émetteur*.
    pub sender: Option<ReceivedParty>,
    /// *Destinataires*.
    pub recipients: Vec<ReceivedParty>,
    /// *Adresse de réponse*.
    pub reply_to: Option<String>,
    /// Metadata that are set to yes or no, in the order of the message.
    pub flags: Vec<(Flag, bool)>,
    /// *Pas de réponse du patient*.
    pub without_patient_answer: bool,
    /// *Corps du courriel* for professionals.
    pub body_for_professionals: Option<String>,
    /// *Corps du courriel* for the patient.
    pub body_for_patient: Option<String>,
    /// *Courriel reçu* (gateway to record).
    pub mail: Option<ReceivedMail>,
    /// Oddities that do not stop the reading.
    pub problems: Problems,
}

impl fmt::Debug for ReceivedMail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReceivedMail(…)")
    }
}

impl fmt::Debug for ReceivedMdm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedMdm")
            .field("profile", &self.profile)
            .field("event", &self.event)
            .field("document_type", &self.document_type)
            .finish_non_exhaustive()
    }
}

impl ReceivedMdm {
    /// The value of a metadata, when the message has it.
    pub fn flag(&self, flag: Flag) -> Option<bool> {
        self.flags.iter().find(|(f, _)| *f == flag).map(|(_, v)| *v)
    }

    /// The visibility that the message asks.
    pub fn visibility(&self) -> Visibility {
        let masks = [
            (Flag::HiddenFromProfessionals, Mask::Professionals),
            (Flag::HiddenFromPatient, Mask::Patient),
            (Flag::HiddenFromRepresentatives, Mask::Representatives),
        ];
        let set = masks
            .into_iter()
            .filter(|(f, _)| self.flag(*f) == Some(true));
        let mut visibility = Visibility::from_masks(set.map(|(_, mask)| mask));
        if self.flag(Flag::HiddenFromRepresentatives).is_none() {
            visibility.hidden_from_representatives = None;
        }
        visibility
    }
}

/// Reads a message to the gateway, or from it. Tolerated and reported: line
/// ends, a wrong padding of the base 64, blanks, metadata out of order.
///
/// # Errors
/// `HL7-…`, `MDM-EVENEMENT`, `MDM-ACCORD`, `MDM-DOCUMENT`, `MDM-BASE64`,
/// `MDM-TXA13-ABSENT`.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<ReceivedMdm, Problems> {
    let message = Message::read(bytes, options)?;
    let mut reader = Reader {
        message: &message,
        problems: message.warnings().clone(),
    };
    let Some(event) = reader.event() else {
        return Err(reader.problems);
    };
    let mut received = ReceivedMdm {
        message: message.clone(),
        profile: reader.profile(),
        event,
        message_id: reader.msh(10),
        from: (reader.msh(3), reader.msh(4)),
        to: (reader.msh(5), reader.msh(6)),
        patient_ids: reader.patient_ids(),
        document: Vec::new(),
        document_type: Code::default(),
        document_id: None,
        replaced_id: None,
        sender: None,
        recipients: Vec::new(),
        reply_to: None,
        flags: Vec::new(),
        without_patient_answer: false,
        body_for_professionals: None,
        body_for_patient: None,
        mail: None,
        problems: Problems::new(),
    };
    reader.observations(&mut received);
    reader.transcription(&mut received);
    reader.participations(&mut received);
    reader.against_the_document(&received);
    let problems = reader.problems;
    received.problems = problems.clone();
    problems.or(received)
}

struct Reader<'m> {
    message: &'m Message,
    problems: Problems,
}

impl<'m> Reader<'m> {
    fn msh(&self, field: usize) -> String {
        self.message.header().field(field).text().into_owned()
    }

    fn push(&mut self, rule: &'static dcc_base::problem::Rule, at: &Element<'_>) {
        let mut problem = Problem::new(rule, at.path().to_string());
        if !at.is_empty() {
            problem = problem.found(at.text());
        }
        self.problems.push(problem);
    }

    /// The event, when MSH-9, ORC-1 and OBX-11 agree.
    fn event(&mut self) -> Option<Event> {
        let kind = self.message.header().field(9);
        let trigger = kind.component(2);
        let event = Event::of(&trigger.text(), Event::trigger);
        let Some(event) = event.filter(|_| kind.component(1).text() == "MDM") else {
            self.push(&rules::KIND, &kind);
            return None;
        };
        if kind.component(3).text() != "MDM_T02" {
            self.push(&rules::STRUCTURE, &kind.component(3));
        }
        let order = self.message.segment("ORC").map(|orc| orc.field(1));
        let status = self.documents().next().map(|obx| obx.field(11));
        let mut agrees = true;
        for (place, code, expected) in [
            (
                order,
                Event::order as fn(Event) -> &'static str,
                event.order(),
            ),
            (status, Event::status, event.status()),
        ] {
            let Some(place) = place else { continue };
            if Event::of(&place.text(), code) != Some(event) {
                agrees = false;
                let problem = Problem::new(&rules::AGREEMENT, place.path().to_string());
                let asked = format!("{expected} pour {}", event.trigger());
                self.problems
                    .push(problem.found(place.text()).allowed([asked]));
            }
        }
        if order.is_none() {
            agrees = false;
            let asked = format!("{} pour {}", event.order(), event.trigger());
            let problem = Problem::new(&rules::AGREEMENT, "ORC-1").allowed([asked]);
            self.problems.push(problem);
        }
        agrees.then_some(event)
    }

    fn profile(&mut self) -> Profile {
        let profile = self.message.header().field(21);
        let id = profile.component(2);
        match id.text().trim() {
            TO_GATEWAY => Profile::ToGateway,
            FROM_GATEWAY => Profile::FromGateway,
            _ => {
                self.push(&rules::PROFILE, &profile);
                Profile::Unknown
            }
        }
    }

    fn patient_ids(&self) -> Vec<Identifier> {
        let Some(pid) = self.message.segment("PID") else {
            return Vec::new();
        };
        pid.field(3)
            .repetitions()
            .map(|id| Identifier {
                root: id.component(4).subcomponent(2).text().into_owned(),
                extension: id.component(1).text().into_owned(),
            })
            .collect()
    }

    /// The OBX that hold a document: those of type ED under the type of a
    /// document, not under a metadata nor a mail.
    fn documents(&self) -> impl Iterator<Item = Segment<'m>> + use<'m> {
        self.message.named("OBX").filter(|obx| {
            obx.field(2).text() == "ED"
                && obx.field(3).component(3).text() != METADATA
                && obx.field(5).component(3).text().eq_ignore_ascii_case("XML")
        })
    }

    fn observations(&mut self, received: &mut ReceivedMdm) {
        let documents: Vec<usize> = self.documents().map(|obx| obx.rank()).collect();
        if documents.is_empty() {
            let problem = Problem::new(&rules::NO_DOCUMENT, "OBX");
            self.problems.push(problem);
        }
        let mut last_flag = None;
        let mut previous: Option<Flag> = None;
        for segment in self.message.segments() {
            match segment.name() {
                "OBX" if documents.contains(&segment.rank()) => {
                    if received.document.is_empty() {
                        self.document(segment, received);
                    } else {
                        self.push(&rules::SEVERAL, &segment.field(3));
                    }
                }
                "OBX" => last_flag = self.observation(segment, received, &mut previous),
                "NTE" if last_flag == Some(Flag::ToPatient) => {
                    received.without_patient_answer = segment.field(4).text() == "FIN";
                }
                _ => {}
            }
        }
        let required: &[Flag] = match received.profile {
            Profile::FromGateway => &Flag::INCOMING,
            _ => &Flag::ALL,
        };
        for flag in required {
            if received.flag(*flag).is_none() {
                let problem = Problem::new(&rules::FLAG_MISSING, "OBX").allowed([flag.code()]);
                self.problems.push(problem);
            }
        }
        if received.profile == Profile::FromGateway && received.mail.is_none() {
            self.problems.push(Problem::new(&rules::NO_MAIL, "OBX"));
        }
    }

    /// The bytes of an ED; the padding may be wrong.
    fn data(&mut self, obx: Segment<'_>) -> Option<Vec<u8>> {
        let data = obx.field(5).component(5);
        let text: String = data.raw().split_ascii_whitespace().collect();
        let strict = GeneralPurpose::new(&ALPHABET, GeneralPurposeConfig::new());
        if let Ok(bytes) = strict.decode(&text) {
            return Some(bytes);
        }
        let lenient = GeneralPurposeConfig::new()
            .with_decode_allow_trailing_bits(true)
            .with_decode_padding_mode(DecodePaddingMode::Indifferent);
        let lenient = GeneralPurpose::new(&ALPHABET, lenient);
        let path = data.path().to_string();
        match lenient.decode(text.trim_end_matches('=')) {
            Ok(bytes) => {
                self.problems.push(Problem::new(&rules::PADDING, path));
                Some(bytes)
            }
            Err(_) => {
                self.problems.push(Problem::new(&rules::BASE64, path));
                None
            }
        }
    }

    fn document(&mut self, obx: Segment<'_>, received: &mut ReceivedMdm) {
        received.document = self.data(obx).unwrap_or_default();
        let code = obx.field(3);
        received.document_type = Code::new(
            code.component(1).text(),
            coding_oid(&code.component(3).text()),
            code.component(2).text(),
        );
    }

    fn observation(
        &mut self,
        obx: Segment<'_>,
        received: &mut ReceivedMdm,
        previous: &mut Option<Flag>,
    ) -> Option<Flag> {
        let code = obx.field(3).component(1);
        let text = code.text();
        if obx.field(2).text() == "ED" {
            let body = self.data(obx)?;
            let body = String::from_utf8_lossy(&body).into_owned();
            if text == BODIES[0].0 {
                received.body_for_professionals = Some(body);
            } else if text == BODIES[1].0 {
                received.body_for_patient = Some(body);
            } else if received.profile == Profile::FromGateway && received.mail.is_none() {
                received.mail = Some(ReceivedMail {
                    message_id: text.into_owned(),
                    subject: obx.field(3).component(2).text().into_owned(),
                    body,
                });
            } else {
                self.push(&rules::UNKNOWN, &code);
            }
            return None;
        }
        let Some(flag) = Flag::from_code(&text) else {
            self.push(&rules::UNKNOWN, &code);
            return None;
        };
        if received.flag(flag).is_some() {
            self.push(&rules::FLAG_TWICE, &code);
            return Some(flag);
        }
        if previous.is_some_and(|previous| previous > flag) {
            self.push(&rules::FLAG_ORDER, &code);
        }
        *previous = Some(flag);
        let value = obx.field(5).component(1);
        match value.text().as_ref() {
            "Y" => received.flags.push((flag, true)),
            "N" => received.flags.push((flag, false)),
            _ => self.push(&rules::FLAG_VALUE, &value),
        }
        Some(flag)
    }

    fn transcription(&mut self, received: &mut ReceivedMdm) {
        let Some(txa) = self.message.segment("TXA") else {
            return;
        };
        received.document_id = self.entity(txa.field(12));
        received.replaced_id = self.entity(txa.field(13));
        match (received.event, &received.replaced_id) {
            (Event::Replace, None) => self.push(&rules::PARENT_MISSING, &txa.field(13)),
            (Event::New | Event::Delete, Some(_)) => {
                self.push(&rules::PARENT_UNASKED, &txa.field(13));
            }
            _ => {}
        }
    }

    /// An identifier (EI): `extension^^root^ISO`, or the root alone.
    fn entity(&mut self, field: Element<'_>) -> Option<Identifier> {
        if field.is_empty() {
            return None;
        }
        if !field.component(2).is_empty() {
            self.push(&rules::NAMESPACE, &field.component(2));
        }
        let (first, root) = (field.component(1).text(), field.component(3).text());
        Some(if root.is_empty() {
            Identifier {
                root: first.into_owned(),
                extension: String::new(),
            }
        } else {
            Identifier {
                root: root.into_owned(),
                extension: first.into_owned(),
            }
        })
    }

    fn participations(&mut self, received: &mut ReceivedMdm) {
        for prt in self.message.named("PRT") {
            let role = prt.field(4).component(1);
            let (party, had_blanks) = ReceivedParty::read(prt);
            if had_blanks {
                let path = prt.path().to_string();
                self.problems.push(Problem::new(&rules::BLANKS, path));
            }
            let text = role.text();
            if text == SENDER.0 {
                received.sender = Some(party);
            } else if text == RECIPIENT.0 {
                received.recipients.push(party);
            } else if text == REPLY.0 {
                received.reply_to = Some(party.address);
            } else {
                self.push(&rules::UNKNOWN, &role);
            }
        }
        if received.sender.is_none() {
            self.problems.push(Problem::new(&rules::SENDER, "PRT"));
        }
    }

    /// The identifiers of the message against those of the document.
    fn against_the_document(&mut self, received: &ReceivedMdm) {
        if received.document.is_empty() {
            return;
        }
        let read = Header::read(&received.document, &dcc_xml::Limits::default());
        let Ok((header, _)) = read else {
            self.problems
                .push(Problem::new(&rules::NOT_A_CDA, "OBX-5.5"));
            return;
        };
        let differs = |given: &Option<Identifier>, own: Option<&Identifier>| matches!((given, own), (Some(given), Some(own)) if given != own && !is_flat(given, own));
        if differs(&received.document_id, header.id.as_ref()) {
            self.problems
                .push(Problem::new(&rules::DOCUMENT_ID, "TXA-12"));
        }
        if received.event == Event::Replace && differs(&received.replaced_id, header.replaces()) {
            self.problems
                .push(Problem::new(&rules::PARENT_ID, "TXA-13"));
        }
        let ids = &header.patient.ids;
        for (i, id) in (1..).zip(&received.patient_ids) {
            if !id.root.is_empty() && !ids.contains(id) {
                let path = if i == 1 {
                    "PID-3".to_owned()
                } else {
                    format!("PID-3({i})")
                };
                self.problems.push(Problem::new(&rules::PATIENT, path));
            }
        }
    }
}

/// True for `root.extension` written as one OID.
fn is_flat(given: &Identifier, document: &Identifier) -> bool {
    given.extension.is_empty() && given.root == format!("{}.{}", document.root, document.extension)
}

//! Acknowledgements: of the message (ACK), and of what became of the document
//! (ZAM^Z01 of the DMP, Z02 of the delivery of a mail, Z03 of its reading).

use chrono::{DateTime, Utc};
use dcc_base::problem::{Problem, Problems};
use dcc_hl7v2::{AckCode, Draft, Message, ReadOptions, Segment};
use serde::Serialize;

use super::errors::{self, ErrorCode};
use super::rules;
use crate::code::Code;
use crate::time;

/// An error of an acknowledgement (ERR).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Fault {
    /// *Endroit* in the message (ERR-2), for instance `MSH^1^12`.
    pub location: String,
    /// *Erreur du message* (ERR-3, table 0357).
    pub message: Code,
    /// *Gravité* (ERR-4): `E`, `F`, `W`, `I`; words are read as their letter.
    pub severity: String,
    /// *Erreur applicative* (ERR-5): its code, label and table.
    pub application: Option<Code>,
    /// *Texte* for the user (ERR-8).
    pub text: String,
    /// What is known of the most precise of the codes: meaning, what to do.
    pub known: Option<ErrorCode>,
}

/// The acknowledgement of a message (ACK).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Acknowledgement {
    /// *Réponse* (MSA-1).
    pub code: AckCode,
    /// *Message acquitté* (MSA-2): the MSH-10 of the message sent.
    pub message_id: String,
    /// *Identifiant de l'acquittement* (MSH-10).
    pub id: String,
    /// *Événement* (MSH-9.2): `T02`, `Z01`…
    pub event: String,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// Oddities that do not stop the reading.
    pub problems: Problems,
}

/// What a business acknowledgement is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BusinessKind {
    /// *Réception par le DMP* (Z01).
    Dmp,
    /// *Réception par la messagerie du destinataire* (Z02).
    Delivered,
    /// *Lecture ou traitement par le destinataire* (Z03).
    Read,
}

/// What became of a document (ZAM).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BusinessAck {
    /// What it is about.
    pub kind: BusinessKind,
    /// *Message concerné* (OBX-4): the MSH-10 of the MDM.
    pub message_id: String,
    /// *Identifiant de l'accusé* (MSH-10), which an ACK answers.
    pub id: String,
    /// True when it was received or read.
    pub is_positive: bool,
    /// *Destinataire* of the mail: identifier and address.
    pub recipient: Option<(String, String)>,
    /// Why not.
    pub faults: Vec<Fault>,
    /// Oddities that do not stop the reading.
    pub problems: Problems,
}

/// An answer of the gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The message was received, or not.
    Message(Acknowledgement),
    /// The document was received or read, or not.
    Business(BusinessAck),
}

impl Answer {
    /// Reads an ACK or a ZAM.
    ///
    /// # Errors
    /// `HL7-…`, `ACK-TYPE`, `ACK-CODE`, `ACK-MESSAGE`, `ACK-VALEUR`.
    pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Answer, Problems> {
        let message = Message::read(bytes, options)?;
        let kind = message.header().field(9);
        match kind.component(1).text().as_ref() {
            "ACK" => acknowledgement(&message).map(Answer::Message),
            "ZAM" => business(&message).map(Answer::Business),
            _ => Err(Problem::new(&rules::ANSWER, "MSH-9")
                .found(kind.raw())
                .allowed(["ACK", "ZAM"])
                .into()),
        }
    }
}

fn acknowledgement(message: &Message) -> Result<Acknowledgement, Problems> {
    let mut problems = message.warnings().clone();
    let header = message.header();
    let (mut code, mut id) = (None, String::new());
    if let Some(msa) = message.segment("MSA") {
        let value = msa.field(1);
        code = match value.text().as_ref() {
            "AA" | "CA" => Some(AckCode::Accept),
            "AE" | "CE" => Some(AckCode::Error),
            "AR" | "CR" => Some(AckCode::Reject),
            _ => None,
        };
        id = msa.field(2).text().into_owned();
    }
    if code.is_none() {
        problems.push(Problem::new(&rules::ANSWER_CODE, "MSA-1"));
    }
    if id.is_empty() {
        problems.push(Problem::new(&rules::ANSWER_ID, "MSA-2"));
    }
    let faults = faults(message, false);
    let code = code.unwrap_or(AckCode::Reject);
    if code != AckCode::Accept && faults.is_empty() {
        problems.push(Problem::new(&rules::ANSWER_FAULT, "ERR"));
    }
    let read = Acknowledgement {
        code,
        message_id: id,
        id: header.field(10).text().into_owned(),
        event: header.field(9).component(2).text().into_owned(),
        faults,
        problems: problems.clone(),
    };
    problems.or(read)
}

fn business(message: &Message) -> Result<BusinessAck, Problems> {
    let mut problems = message.warnings().clone();
    let header = message.header();
    let event = header.field(9).component(2);
    let kind = match event.text().as_ref() {
        "Z01" => BusinessKind::Dmp,
        "Z02" => BusinessKind::Delivered,
        "Z03" => BusinessKind::Read,
        _ => {
            let problem = Problem::new(&rules::ANSWER, "MSH-9.2").found(event.text());
            return Err(problem.allowed(["Z01", "Z02", "Z03"]).into());
        }
    };
    let mut id = String::new();
    let mut is_positive = None;
    let mut recipient = None;
    for obx in message.named("OBX") {
        let code = obx.field(3).component(1).text().into_owned();
        match code.as_str() {
            "ACK_RECEPTION_DMP" | "ACK_RECEPTION_MSS" | "ACK_LECTURE_MSS" => {
                id = obx.field(4).text().into_owned();
                is_positive = match obx.field(5).component(1).text().as_ref() {
                    "Y" => Some(true),
                    "N" => Some(false),
                    _ => None,
                };
            }
            "DESTINATAIRE_MSS" | "LECTEUR_MSS" => {
                let address = obx.field(5).component(4).text().into_owned();
                recipient = Some((obx.field(4).text().into_owned(), address));
            }
            _ => {
                let path = obx.field(3).path().to_string();
                problems.push(Problem::new(&rules::UNKNOWN, path).found(code));
            }
        }
    }
    if id.is_empty() {
        problems.push(Problem::new(&rules::ANSWER_ID, "OBX-4"));
    }
    if is_positive.is_none() {
        problems.push(Problem::new(&rules::BUSINESS_VALUE, "OBX-5"));
    }
    let faults = faults(message, kind == BusinessKind::Delivered);
    let is_positive = is_positive.unwrap_or(false);
    if !is_positive && faults.is_empty() {
        problems.push(Problem::new(&rules::ANSWER_FAULT, "ERR"));
    }
    let read = BusinessAck {
        kind,
        message_id: id,
        id: header.field(10).text().into_owned(),
        is_positive,
        recipient,
        faults,
        problems: problems.clone(),
    };
    problems.or(read)
}

fn faults(message: &Message, is_mail: bool) -> Vec<Fault> {
    message
        .named("ERR")
        .map(|err| fault(err, is_mail))
        .collect()
}

fn fault(err: Segment<'_>, is_mail: bool) -> Fault {
    let coded = |field: usize| {
        let part = |n: usize| err.field(field).component(n).text().into_owned();
        Code::new(part(1), part(3), part(2))
    };
    let message = coded(3);
    let application = Some(coded(5)).filter(|code| !code.code.is_empty());
    // the text of the volet has words, its samples the letters of table 0516
    let severity = match err.field(4).text().to_lowercase().as_str() {
        "error" => "E".to_owned(),
        "fatal" | "fatal error" => "F".to_owned(),
        "warning" => "W".to_owned(),
        "information" => "I".to_owned(),
        other => other.to_uppercase(),
    };
    let known = match &application {
        Some(code) => errors::explain(&code.code, is_mail),
        None => errors::explain(&message.code, false),
    };
    Fault {
        location: err.field(2).raw().to_owned(),
        message,
        severity,
        application,
        text: err.field(8).text().into_owned(),
        known: known.copied(),
    }
}

/// Writes the acknowledgement of a message that came from the gateway: of a
/// document (MDM) or of a business acknowledgement (ZAM). Without `refusal`,
/// the message is accepted; with one, its code is `AR` for an error of the
/// message and `AE` for one of the application (900 to 906, see [`errors`]).
///
/// # Errors
/// As for [`Draft::write`]; `ACK-ERREUR` for a code that no table has.
pub fn acknowledge(
    message: &Message,
    id: &str,
    at: DateTime<Utc>,
    refusal: Option<&str>,
) -> Result<Vec<u8>, Problems> {
    let header = message.header();
    let raw = |field: usize| header.field(field).raw().to_owned();
    let mut draft = Draft::new()
        .in_charset(message.charset())
        .with_delimiters(*message.delimiters());
    let event = header.field(9).component(2).text().into_owned();
    let msh = draft.segment("MSH");
    for (to, from) in [(3_u16, 5), (4, 6), (5, 3), (6, 4), (11, 11), (17, 17)] {
        msh.raw(to, raw(from));
    }
    msh.set(7, time::hl7v2(at))
        .set((9, 1), "ACK")
        .set((9, 2), event)
        .set((9, 3), "ACK")
        .set(10, id)
        .set(12, "2.6");
    let known = match refusal {
        None => None,
        Some(code) => Some(errors::explain(code, false).ok_or_else(|| {
            let codes = errors::APPLICATION_ERRORS.iter().map(|known| known.code);
            Problem::new(&rules::ANSWER_FAULT, "ERR-5")
                .found(code)
                .allowed(codes)
        })?),
    };
    let is_application = known.is_some_and(|k| errors::APPLICATION_ERRORS.contains(k));
    let code = match known {
        None => "AA",
        Some(_) if is_application => "AE",
        Some(_) => "AR",
    };
    draft.segment("MSA").set(1, code).raw(2, raw(10));
    let meaning = |known: &ErrorCode| -> String {
        let plain = |c: char| if message.charset().has(c) { c } else { '?' };
        known.meaning.chars().map(plain).collect()
    };
    if let Some(known) = known {
        let err = draft.segment("ERR");
        let (number, label) = if is_application {
            ("207", "Application error".to_owned())
        } else {
            (known.code, meaning(known))
        };
        err.set((3, 1), number)
            .set((3, 2), label)
            .set((3, 3), "messageErrorCondition")
            .set(4, "E");
        if is_application {
            err.set((5, 1), known.code)
                .set((5, 2), meaning(known))
                .set((5, 3), "applicationErrorCondition");
        }
    }
    draft.write()
}

//! The mail that carries a package: what MSSanté asks of its subject, its
//! headers and its attachments. The host writes and sends the mail.
//!
//! Sources: Référentiel socle MSSanté #2 (ECO.2.1 to ECO.2.4), as quoted by
//! its implementers; IHE ITI-32 for the subject; volet « Transmission d'un
//! document CDA-R2 en HL7 v2 », mapping MSS.

use std::fmt;

use chrono::NaiveDate;
use dcc_base::calendar::paris::{french_day, paris_date};

use super::options::{Action, XdmOptions, action_of};
use crate::metadata::{Prepared, Submission};
use crate::sending::{Recipient, Sending};

/// Name of the attached package.
pub const ATTACHMENT: &str = "IHE_XDM.zip";
/// How the subject of every mail with a package begins (IHE).
pub const SUBJECT: &str = "XDM/1.0/DDM";
/// Most characters of a type in the name of a PDF (ECO.2.1.6).
const TYPE_LENGTH: usize = 40;

/// What the mail needs.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mail {
    /// *Destinataires* that are not the patient.
    pub to: Vec<String>,
    /// *Patient*, in a mail of its own.
    pub to_patient: Option<String>,
    /// *Adresse de réponse*.
    pub reply_to: Option<String>,
    /// *Objet*: `XDM/1.0/DDM+type NOM prénom date`.
    pub subject: String,
    /// *En-têtes* of every mail: `X-MSS-CODECDA`, `X-MSS-INS`, `X-MSS-NIL`.
    pub headers: Vec<(String, String)>,
    /// *En-têtes* of the mail to the patient alone: `X-MSS-MES: FIN`.
    pub patient_headers: Vec<(String, String)>,
    /// *Pièce jointe*: name of the package.
    pub attachment: String,
    /// *Pièces jointes*: names of the PDF of the documents, in order, which
    /// the host makes and attaches.
    pub pdf_names: Vec<String>,
    /// *Action* that the mail asks.
    pub action: Option<Action>,
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mail(…)")
    }
}

impl Mail {
    pub(super) fn of(submission: &Submission<'_>, sending: &Sending, options: &XdmOptions) -> Self {
        let action = action_of(submission);
        let mark = if options.marks_replacement && action == Some(Action::Replace) {
            "[Annule et remplace] "
        } else {
            ""
        };
        let label = match (submission.documents.as_slice(), &submission.set.title) {
            ([document], _) | ([document, ..], None) => type_label(document),
            (_, Some(title)) => title.clone(),
            ([], None) => String::new(),
        };
        let first = submission.documents.first();
        let (family, given) = first.map_or_else(Default::default, traits);
        let day = first.map_or_else(|| paris_date(sending.at), act_day);
        let of_patient = |r: &&Recipient| r.is_patient();
        let to = sending.recipients.iter().filter(|r| !r.is_patient());
        let patient_headers = if sending.without_patient_answer {
            vec![("X-MSS-MES".to_owned(), "FIN".to_owned())]
        } else {
            Vec::new()
        };
        Mail {
            to: to.map(|r| r.address().to_owned()).collect(),
            to_patient: sending
                .recipients
                .iter()
                .find(of_patient)
                .map(|r| r.address().to_owned()),
            reply_to: sending.reply_to.clone(),
            subject: header_text(&format!(
                "{mark}{SUBJECT}+{label} {family} {given} {}",
                french_day(day)
            )),
            headers: headers(submission, sending),
            patient_headers,
            attachment: ATTACHMENT.to_owned(),
            pdf_names: pdf_names(submission),
            action,
        }
    }
}

fn headers(submission: &Submission<'_>, sending: &Sending) -> Vec<(String, String)> {
    let codes: Vec<&str> = submission
        .entries()
        .filter_map(|entry| Some(entry.type_code.as_ref()?.code.as_str()))
        .collect();
    let mut headers = vec![
        ("X-MSS-CODECDA".to_owned(), header_text(&codes.join(","))),
        (
            "X-MSS-INS".to_owned(),
            if has_ins(submission) { "O" } else { "N" }.to_owned(),
        ),
    ];
    let reference = &sending.software.product_reference;
    if !reference.is_empty() {
        headers.push(("X-MSS-NIL".to_owned(), header_text(reference)));
    }
    headers
}

/// A qualified INS: the matricule, its OID, and the four traits.
fn has_ins(submission: &Submission<'_>) -> bool {
    submission.documents.iter().all(|document| {
        let patient = &document.header.patient;
        let (family, given) = traits(document);
        document.entry.patient_id.is_some()
            && !family.is_empty()
            && !given.is_empty()
            && patient.birth_time.is_some()
            && !patient.gender.is_empty()
    })
}

/// Birth name and first given name.
fn traits(document: &Prepared<'_>) -> (String, String) {
    let names = &document.header.patient.names;
    let named = names.iter().find(|name| name.family("BR").is_some());
    let Some(name) = named.or(names.first()) else {
        return Default::default();
    };
    let family = name
        .family("BR")
        .unwrap_or_else(|| name.first_family().to_owned());
    let given = name
        .given("BR")
        .unwrap_or_else(|| name.first_given().to_owned());
    (family, given)
}

fn type_label(document: &Prepared<'_>) -> String {
    let code = document.entry.type_code.as_ref();
    match code {
        Some(code) if !code.label.is_empty() => code.label.clone(),
        _ => document.entry.title.clone().unwrap_or_default(),
    }
}

/// The day of the act, else that of the document.
fn act_day(document: &Prepared<'_>) -> NaiveDate {
    let header = &document.header;
    let start = header.main_event().and_then(|event| event.start);
    start
        .or(header.effective_time)
        .map(|at| at.date())
        .unwrap_or_default()
}

/// `AAAAMMJJ_type_NOM_prénom.pdf`, each once.
fn pdf_names(submission: &Submission<'_>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for document in &submission.documents {
        let (family, given) = traits(document);
        let label: String = type_label(document).chars().take(TYPE_LENGTH).collect();
        let base = format!(
            "{}_{}_{}_{}",
            act_day(document).format("%Y%m%d"),
            file_text(&label),
            file_text(&family),
            file_text(&given)
        );
        let mut name = format!("{base}.pdf");
        let mut rank = 2;
        while names.contains(&name) {
            name = format!("{base}_{rank}.pdf");
            rank += 1;
        }
        names.push(name);
    }
    names
}

/// A text that a header of a mail can hold: one line, no control character.
fn header_text(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text that a file name can hold on every system.
fn file_text(text: &str) -> String {
    let forbidden = |c: char| c.is_control() || "\\/:*?\"<>|_".contains(c);
    let plain: String = text
        .chars()
        .map(|c| if forbidden(c) { ' ' } else { c })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a failed integration answers (MDN): the code, and the subject of the
/// mail that failed. None for any other subject.
///
/// Source: volet « Transmission au LPS d'un document CDA provenant d'un
/// courriel MSSanté » 1.1.
///
/// ```
/// use dcc_exchange::xdm::mail::failure;
///
/// let subject = "[KO Intégration système !][904] XDM/1.0/DDM+CR";
/// assert_eq!(failure(subject), Some(("904", "XDM/1.0/DDM+CR")));
/// ```
pub fn failure(subject: &str) -> Option<(&str, &str)> {
    let rest = subject.trim().strip_prefix("[KO Intégration système")?;
    let (_, rest) = rest.split_once(']')?;
    let (code, rest) = rest.trim_start().strip_prefix('[')?.split_once(']')?;
    Some((code, rest.trim()))
}

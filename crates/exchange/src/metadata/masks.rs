//! What is asked of the visibility of a document.
//!
//! Rules of the DMP: a document is hidden either from professionals or from
//! the patient (unless the DMP's parameter allows both); for a minor the
//! visibility by the legal representatives is stated, and in a secret
//! connection it is refused to them. Public sources know no delay and no list
//! of documents hidden by default: a fiche or a PPS that leaves visible
//! without an announcement date is a warning, no more.

use chrono::Datelike;
use dcc_base::calendar::paris::paris_date;
use dcc_base::problem::{Problem, Problems};

use super::rules;
use crate::cda::Header;
use crate::sending::{Connection, DocumentOptions, Sending};

/// Templates whose documents wait for an announcement: fiche RCP and PPS.
const ANNOUNCED: [&str; 2] = ["1.2.250.1.213.1.1.1.8", "1.2.250.1.213.1.1.1.26"];
/// Types (LOINC) of the same documents, at level 1 or from elsewhere.
const ANNOUNCED_TYPES: [&str; 2] = ["34794-8", "18776-5"];
/// Age of majority.
const MAJORITY: i32 = 18;

/// Checks the visibility asked for a document.
pub(super) fn check(
    header: &Header,
    options: &DocumentOptions,
    sending: &Sending,
    path: &str,
    problems: &mut Problems,
) {
    let visibility = options.visibility;
    let path = format!("{path}/visibility");
    if visibility.hidden_from_professionals
        && visibility.hidden_from_patient
        && !sending.dialect.hidden_from_both
    {
        problems.push(Problem::new(&rules::BOTH_MASKS, &path));
    }
    if is_minor(header, sending) {
        let path = format!("{path}/hidden_from_representatives");
        match (sending.connection, visibility.hidden_from_representatives) {
            (Connection::Secret, Some(true)) => {}
            (Connection::Secret, _) => problems.push(Problem::new(&rules::MINOR_SECRET, path)),
            (Connection::Normal, None) => problems.push(Problem::new(&rules::MINOR_STATED, path)),
            (Connection::Normal, Some(_)) => {}
        }
    }
    let is_announced = options.announced || header.announcement.is_some() || options.delete;
    if waits_for_announcement(header) && !visibility.hidden_from_patient && !is_announced {
        problems.push(
            Problem::new(&rules::ANNOUNCEMENT, format!("{path}/hidden_from_patient"))
                .found("false")
                .allowed(["true", "announced = true"]),
        );
    }
}

fn waits_for_announcement(header: &Header) -> bool {
    let by_type = header
        .code
        .as_ref()
        .is_some_and(|code| ANNOUNCED_TYPES.contains(&code.code.as_str()));
    by_type
        || ANNOUNCED
            .iter()
            .any(|template| header.has_template(template))
}

/// True for a patient under 18 on the day of the sending.
fn is_minor(header: &Header, sending: &Sending) -> bool {
    let Some(birth) = header.patient.birth_time else {
        return false;
    };
    let (birth, today) = (birth.date(), paris_date(sending.at));
    let has_had_birthday = (today.month(), today.day()) >= (birth.month(), birth.day());
    let age = today.year() - birth.year() - i32::from(!has_had_birthday);
    age < MAJORITY
}

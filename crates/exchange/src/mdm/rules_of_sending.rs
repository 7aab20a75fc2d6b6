//! What is asked across the fields of a message to write.

use dcc_base::problem::{Problem, Problems};

use super::rules;
use crate::sending::{Connection, Gateway, Sending, Visit};
use crate::visibility::Visibility;

/// Classes of a visit (PV1-2) that have a number.
const NUMBERED: [&str; 4] = ["E", "I", "O", "R"];

/// Checks what the gateway needs of a sending.
pub(super) fn check(sending: &Sending, visibility: Visibility) -> Problems {
    let mut problems = Problems::new();
    match &sending.gateway {
        Some(gateway) => applications(gateway, &mut problems),
        None => problems.push(Problem::new(&rules::GATEWAY, "/gateway")),
    }
    match &sending.visit {
        Some(visit) => the_visit(visit, &mut problems),
        None => problems.push(Problem::new(&rules::VISIT, "/visit")),
    }
    for (i, recipient) in sending.recipients.iter().enumerate() {
        let path = format!("/recipients/{i}");
        if recipient.address().trim().is_empty() {
            problems.push(Problem::new(&rules::ADDRESS, format!("{path}/address")));
        }
        if recipient.is_patient() && visibility.hidden_from_patient {
            problems.push(Problem::new(&rules::PATIENT_HIDDEN, path));
        }
    }
    let to_dmp = sending.gateway.as_ref().is_some_and(|g| g.to_dmp);
    if sending.recipients.is_empty() {
        if !to_dmp {
            problems.push(Problem::new(&rules::NO_DESTINATION, "/gateway/to_dmp"));
        }
    } else if !is_in_matrix(sending, visibility, to_dmp) {
        problems.push(Problem::new(&rules::MATRIX, "/recipients"));
    }
    problems
}

fn applications(gateway: &Gateway, problems: &mut Problems) {
    for (value, name) in [
        (&gateway.sending_application, "sending_application"),
        (&gateway.sending_facility, "sending_facility"),
        (&gateway.receiving_application, "receiving_application"),
        (&gateway.receiving_facility, "receiving_facility"),
    ] {
        if value.is_empty() {
            problems.push(Problem::new(&rules::GATEWAY, format!("/gateway/{name}")));
        }
    }
    if gateway.message_id.is_empty() {
        problems.push(Problem::new(&rules::MESSAGE_ID, "/gateway/message_id"));
    }
    if !matches!(gateway.processing.as_str(), "" | "P" | "T" | "D") {
        problems.push(
            Problem::new(&rules::PROCESSING, "/gateway/processing")
                .found(&gateway.processing)
                .allowed(["P", "T", "D"]),
        );
    }
}

fn the_visit(visit: &Visit, problems: &mut Problems) {
    let class = visit.class.as_str();
    let is_numbered = NUMBERED.contains(&class);
    if !is_numbered && class != "N" {
        problems.push(
            Problem::new(&rules::VISIT, "/visit/class")
                .found(class)
                .allowed(["I", "O", "E", "R", "N"]),
        );
    }
    if is_numbered && visit.number.is_empty() {
        problems.push(Problem::new(&rules::VISIT_NUMBER, "/visit/number").found(class));
    }
    if visit.account.is_empty() {
        problems.push(Problem::new(&rules::ACCOUNT, "/visit/account"));
    }
}

/// The three combinations of the volet's matrix for MSSanté.
fn is_in_matrix(sending: &Sending, visibility: Visibility, to_dmp: bool) -> bool {
    let professionals = sending.recipients.iter().any(|r| !r.is_patient());
    let patient = sending.recipients.iter().any(|r| r.is_patient());
    let representatives = visibility.hidden_from_representatives == Some(true);
    match (professionals, patient) {
        (true, true) => {
            !visibility.hidden_from_professionals
                && !visibility.hidden_from_patient
                && !representatives
        }
        (true, false) => {
            !visibility.hidden_from_professionals
                && visibility.hidden_from_patient
                && !representatives
        }
        _ => !visibility.hidden_from_patient && sending.connection == Connection::Normal && !to_dmp,
    }
}

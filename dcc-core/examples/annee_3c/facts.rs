//! What the indicators count, read off the state: one JSON value a session, a
//! fiche, an offer, with the field names of the tables that a vendor feeds.

use std::error::Error;
use std::fs;
use std::path::Path;

use dcc_core::rcp::{Fiche, Offer, Session, SessionStatus, State};
use serde_json::{Value, json};

/// `seances.jsonl`, `fiches.jsonl` and `offres.jsonl`: the input of the
/// indicators and of the export.
pub(crate) fn write_facts(state: &State, out: &Path) -> Result<(), Box<dyn Error>> {
    let write = |name: &str, rows: Vec<Value>| {
        let lines: Vec<String> = rows.iter().map(|row| format!("{row}\n")).collect();
        fs::write(out.join(name), lines.concat())
    };
    write("seances.jsonl", state.sessions().map(session).collect())?;
    write(
        "fiches.jsonl",
        state.fiches().filter_map(|f| fiche(state, f)).collect(),
    )?;
    write("offres.jsonl", state.offers().map(offer).collect())?;
    Ok(())
}

fn session(session: &Session) -> Value {
    let attendances: Vec<Value> = session
        .attendances
        .values()
        .map(|a| {
            json!({
                "professional": a.attendee.professional,
                "specialty": a.attendee.specialty,
            })
        })
        .collect();
    json!({
        "id": session.plan.id,
        "rcp": session.plan.rcp,
        "date": session.date(),
        "status": match session.status {
            SessionStatus::Held => "held",
            SessionStatus::Cancelled => "cancelled",
            _ => "planned",
        },
        "establishment": session.plan.establishment,
        "centre_3c": session.plan.three_c,
        "theme": session.plan.theme,
        "quorum_reached": session.quorum.as_ref().map(|q| q.reached),
        "attendances": attendances,
    })
}

/// The version that counts; none for a fiche without session: its case waits
/// for one, was withdrawn, or was referred before being discussed.
fn fiche(state: &State, fiche: &Fiche) -> Option<Value> {
    let (case, session) = state.context_of(fiche)?;
    let (session, version) = (session?, fiche.in_force()?);
    let flags = &version.draft.flags;
    Some(json!({
        "id": fiche.id,
        "version": version.number,
        "session": session.plan.id,
        "patient": case.patient,
        "validated": version.status.is_validated(),
        "attending_physician": flags.attending_physician,
        "attending_physician_mssante": flags.attending_physician_mssante,
        "g8": flags.g8,
        "oncogeriatric_requested": flags.onco_geriatric_requested,
        "fertility_preservation": flags.fertility_preservation,
        "trial_proposed": flags.trial_proposed,
        "guideline_respected": flags.guideline_respected,
    }))
}

fn offer(offer: &Offer) -> Value {
    let coordinators: Vec<&str> = offer.coordinators.iter().map(|c| c.name.as_str()).collect();
    json!({
        "id": offer.national_id.as_deref().unwrap_or(offer.id.as_str()),
        "local_ids": offer.local_ids,
        "name": offer.name,
        "theme": offer.theme,
        "organ_systems": offer.organ_systems,
        "establishments": offer.establishments,
        "centre_3c": offer.three_c.id,
        "place": offer.place,
        "video_link": offer.video_link,
        "coordinators": coordinators,
        "secretariat": offer.secretariat.name,
        "recurrence": offer.recurrence.as_ref().map(|r| r.describe()),
        "capacity": offer.capacity,
        "quorum_rule": offer.quorum.to_string(),
    })
}

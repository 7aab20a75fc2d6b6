//! The supportive care of a PPS, from the needs of a patient.

use super::model::{CareAct, CareState};
use crate::model::{Period, Professional};
use crate::supportive_care::{NeedState, SupportNeed, SupportStep};

/// The supportive care of a PPS (`support.care`), a need a line, in the order given.
///
/// A need only assessed asks for nothing yet and gives no line. One requested
/// or planned is *à venir*; given, *en cours*; ended after it was given,
/// *réalisé*; refused, or ended before it was given, *annulé*.
pub fn care_acts(needs: &[SupportNeed]) -> Vec<CareAct> {
    needs.iter().filter_map(care_act).collect()
}

fn care_act(need: &SupportNeed) -> Option<CareAct> {
    let given = need.last(NeedState::Given);
    let planned = need.last(NeedState::Planned);
    let state = match need.state()? {
        NeedState::Assessed => return None,
        NeedState::Requested => CareState::Planned,
        // sessions given go on when another one is planned
        NeedState::Planned if given.is_some() => CareState::Ongoing,
        NeedState::Planned => CareState::Planned,
        NeedState::Given => CareState::Ongoing,
        NeedState::Ended if given.is_some() => CareState::Done,
        NeedState::Refused if given.is_some() => CareState::Stopped,
        NeedState::Ended | NeedState::Refused => CareState::Cancelled,
    };
    let last = need.steps.last()?;
    let telling = given.or(planned).unwrap_or(last);
    let mut comment: Vec<String> = Vec::new();
    if last.state == Some(NeedState::Refused) {
        let when = last
            .date
            .map(|d| format!(" le {}", d.french()))
            .unwrap_or_default();
        comment.push(format!("Refusé par le patient{when}"));
    }
    comment.extend(last.place.iter().map(|place| format!("Lieu : {place}")));
    comment.extend(last.comment.clone());
    Some(CareAct {
        kind: need.kind.clone(),
        detail: need.detail.clone(),
        state: Some(state),
        confirmed: given_period(need, state),
        planned: planned.map(|s| s.period).unwrap_or_default(),
        performers: vec![performer(telling)],
        rhythm: telling.rhythm.clone(),
        at_home: telling.at_home,
        comment: (!comment.is_empty()).then(|| comment.join("\n")),
        ..CareAct::default()
    })
}

/// From the first session to the last, or to the end.
fn given_period(need: &SupportNeed, state: CareState) -> Period {
    let mut sessions = need
        .steps
        .iter()
        .filter(|s| s.state == Some(NeedState::Given));
    let Some(first) = sessions.next() else {
        return Period::default();
    };
    let start = first.period.start.or(first.date);
    let end = match state {
        CareState::Ongoing => None,
        _ => {
            let last = sessions.next_back().unwrap_or(first);
            last.period.end.or(last.period.start).or(last.date)
        }
    };
    Period {
        start,
        end: end.filter(|end| start.is_none_or(|start| start.is_before(*end))),
    }
}

fn performer(step: &SupportStep) -> Professional {
    let mut professional = step.professional.clone();
    if step.structure.is_some() {
        professional.organization = step.structure.clone();
    }
    professional
}

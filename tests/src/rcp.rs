//! A small 3C for the tests of the RCP, and what a legal state is.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDateTime, Utc};
use dcc_core::rcp::{
    Actor, AttendanceMode, Attendee, Authentication, Centre3c, Contact, ContentRef,
    EnrolmentDeadline, EnrolmentRequest, EnrolmentStatus, FicheDraft, FicheStatus, HolidayPolicy,
    Offer, Recurrence, RequiredSpecialty, Role, SessionStatus, State,
};

/// Specialties of the test physicians `D0`, `D1`… ; the last is no physician.
pub const SPECIALTIES: [&str; 6] = [
    "G15_10/SM36",
    "G15_10/SM45",
    "G15_10/SM14",
    "G15_10/SM01",
    "G15_10/SM36",
    "G15_60",
];

/// An instant, from RFC 3339.
///
/// # Panics
/// When the text is no instant.
pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("RFC 3339")
}

/// A wall-clock time.
///
/// # Panics
/// When the text is no local time.
pub fn local(text: &str) -> NaiveDateTime {
    text.parse().expect("local time")
}

/// An offer: Tuesdays at 14:00, two cases a session, the day before at noon.
pub fn offer(id: &str) -> Offer {
    let contact = |name: &str| {
        Contact::new(name)
            .with_email("secretariat@rcp.example")
            .with_phone("01 00 00 00 00")
    };
    let mut offer = Offer::new(
        id,
        format!("Essai {id}"),
        "digestif",
        Centre3c::new("3C-TEST", "3C d'essai"),
    );
    offer.local_ids = vec![format!("L-{id}")];
    offer.organ_systems = vec!["DIG".into()];
    offer.establishments = vec!["990000001".into(), "9A0000002".into()];
    offer.recourse = id == "R2";
    offer.place = Some("Salle 1".into());
    offer.video_link = Some("https://visio.example/rcp".into());
    offer.coordinators = vec![contact("Dr COORDONNATEUR")];
    offer.secretariat = contact("Secrétariat");
    offer.recurrence = Some(Recurrence {
        start: local("2026-01-06T14:00:00"),
        rule: "FREQ=WEEKLY;BYDAY=TU".into(),
        exceptions: Vec::new(),
        holidays: HolidayPolicy::NextWorkingDay,
        calendar: Default::default(),
    });
    offer.duration_minutes = 90;
    offer.capacity = Some(2);
    offer.enrolment_deadline = Some(EnrolmentDeadline {
        days_before: 1,
        working_days: true,
        at: Some("12:00:00".parse().expect("time")),
    });
    if id == "R1" {
        offer.quorum.required = vec![RequiredSpecialty {
            label: "radiothérapie".into(),
            any_of: vec!["G15_10/SM45".into()],
        }];
    }
    offer
}

/// A coordinator of all RCPs, with a CPS card.
pub fn coordinator() -> Actor {
    Actor::new("C", "Dr COORDONNATEUR", Authentication::Cps).with_role(Role::Coordinator)
}

/// A secretary of all RCPs.
pub fn secretary() -> Actor {
    Actor::new("S", "Mme SECRETAIRE", Authentication::Password).with_role(Role::Secretary)
}

/// Participant and presenter number `i`, with Pro Santé Connect.
pub fn physician(i: usize) -> Actor {
    Actor::new(
        format!("D{i}"),
        format!("Dr ESSAI{i}"),
        Authentication::ProSanteConnect,
    )
    .with_role(Role::Participant)
    .with_role(Role::Presenter)
}

/// The attendance of [`physician`] number `i`.
pub fn attendee(i: usize) -> Attendee {
    let mode = if i.is_multiple_of(2) {
        AttendanceMode::OnSite
    } else {
        AttendanceMode::Video
    };
    let mut attendee = Attendee::new(format!("D{i}"), format!("Dr ESSAI{i}"), mode);
    attendee.specialty = SPECIALTIES.get(i).map(|s| (*s).to_owned());
    attendee
}

/// A case of patient `patient`, asked for by `D0` and presented by `D1`.
pub fn request(id: &str, session: &str, patient: &str) -> EnrolmentRequest {
    let mut request = EnrolmentRequest::new(id, session, patient, "D0", "Traitement adjuvant ?");
    request.presenter = "D1".into();
    request
}

/// A draft whose content is told apart by `n`, in charge of `physician`.
pub fn draft(n: u64, physician: &str) -> FicheDraft {
    let content = ContentRef::new(format!("{n:064x}"), format!("fiche/{n}"));
    FicheDraft::new(content, physician)
}

/// All that is illegal in a state; empty for every state that commands reach.
pub fn illegal(state: &State) -> Vec<String> {
    let mut wrong = Vec::new();
    sessions(state, &mut wrong);
    cases(state, &mut wrong);
    fiches(state, &mut wrong);
    for offer in state.offers() {
        let listed: BTreeSet<_> = state.calendar(&offer.id).map(|s| &s.plan.id).collect();
        let live: Vec<_> = state
            .sessions()
            .filter(|s| s.plan.rcp == offer.id && s.status != SessionStatus::Cancelled)
            .collect();
        if listed != live.iter().map(|s| &s.plan.id).collect() {
            wrong.push(format!("calendar of {} is not its live sessions", offer.id));
        }
        let starts: BTreeSet<_> = live.iter().map(|s| s.plan.start).collect();
        if starts.len() != live.len() {
            wrong.push(format!("two sessions of {} start together", offer.id));
        }
        let closed = state.closing(&offer.id).is_some();
        if closed && live.iter().any(|s| s.status != SessionStatus::Held) {
            wrong.push(format!("closed offer {} has a session to come", offer.id));
        }
    }
    wrong
}

fn sessions(state: &State, wrong: &mut Vec<String>) {
    use SessionStatus::{Cancelled, Held, Started};
    for session in state.sessions() {
        let id = &session.plan.id;
        let mut check = |ok: bool, what: &str| {
            if !ok {
                wrong.push(format!("session {id}: {what}"));
            }
        };
        let unique: BTreeSet<_> = session.agenda.iter().collect();
        check(
            unique.len() == session.agenda.len(),
            "a case is twice on the agenda",
        );
        let agenda: Vec<_> = session
            .agenda
            .iter()
            .filter_map(|c| state.enrolment(c))
            .collect();
        check(
            agenda.len() == session.agenda.len(),
            "an unknown case is on the agenda",
        );
        let held_here: BTreeSet<_> = state
            .enrolments()
            .filter(|c| c.session.as_ref() == Some(id))
            .map(|c| &c.id)
            .collect();
        check(
            unique == held_here,
            "the agenda is not a permutation of its cases",
        );
        let patients: BTreeSet<_> = agenda.iter().map(|c| &c.patient).collect();
        check(
            patients.len() == agenda.len(),
            "a patient is twice on the agenda",
        );
        let capacity = session.plan.capacity.map_or(usize::MAX, |c| c as usize);
        check(agenda.len() <= capacity, "more cases than the capacity");
        check(
            session.plan.enrolment_deadline <= session.plan.start,
            "deadline after the start",
        );
        check(
            agenda.iter().all(|c| c.rcp == session.plan.rcp),
            "a case of another RCP",
        );

        let running = matches!(session.status, Started | Held);
        let discussed = agenda
            .iter()
            .any(|c| c.status == EnrolmentStatus::Discussed);
        check(
            !discussed || running,
            "a case discussed in a session that did not start",
        );
        check(
            !running || session.started.is_some(),
            "running without a start",
        );
        check(
            session.started.is_some() == session.quorum.is_some(),
            "start without quorum",
        );
        let upcoming = session.status.is_upcoming();
        check(
            !upcoming || session.started.is_none(),
            "upcoming yet started",
        );
        check(
            (session.status == Held) == session.held.is_some(),
            "held without saying so",
        );
        check(
            session.held >= session.started || session.held.is_none(),
            "ended before started",
        );
        let pending = agenda.iter().any(|c| c.status == EnrolmentStatus::Enrolled);
        check(
            session.status != Held || !pending,
            "held with a case without outcome",
        );
        let cancelled = session.status == Cancelled;
        check(
            cancelled == session.cancelled.is_some(),
            "cancelled without saying so",
        );
        check(!cancelled || agenda.is_empty(), "cancelled with a case");
        for (key, attendance) in &session.attendances {
            check(
                *key == attendance.attendee.professional,
                "attendance under another key",
            );
            check(
                attendance.left.is_none_or(|l| l >= attendance.arrived),
                "left before arrival",
            );
        }
        let rule = state.offer(&session.plan.rcp).map(|o| &o.quorum);
        let judged = session.quorum.iter().chain(
            agenda
                .iter()
                .filter_map(|c| c.discussion.as_ref())
                .map(|d| &d.quorum),
        );
        for quorum in judged {
            check(
                quorum.reached == quorum.missing.is_empty(),
                "quorum flag and reasons differ",
            );
            check(
                !quorum.reached || quorum.specialties.len() >= 3 && quorum.physicians >= 3,
                "quorum reached with fewer than three specialties",
            );
            let attended: BTreeSet<_> = session
                .attendances
                .values()
                .filter_map(|a| a.attendee.specialty.as_deref())
                .collect();
            check(
                quorum
                    .specialties
                    .iter()
                    .all(|s| attended.contains(s.as_str())),
                "quorum counts a specialty that never attended",
            );
            let required = rule.into_iter().flat_map(|r| &r.required);
            check(
                !quorum.reached
                    || required
                        .into_iter()
                        .all(|r| r.any_of.iter().any(|code| attended.contains(code.as_str()))),
                "quorum reached without a required specialty",
            );
        }
    }
}

fn cases(state: &State, wrong: &mut Vec<String>) {
    use EnrolmentStatus::{Discussed, Enrolled, Referred};
    for case in state.enrolments() {
        let mut check = |ok: bool, what: &str| {
            if !ok {
                wrong.push(format!("case {}: {what}", case.id));
            }
        };
        let on_agenda = matches!(case.status, Enrolled | Discussed);
        check(
            on_agenda == case.session.is_some(),
            "status and session differ",
        );
        check(
            (case.status == Discussed) == case.discussion.is_some(),
            "status and discussion",
        );
        check(
            case.status != Referred || case.referral.is_some(),
            "referred nowhere",
        );
        check(
            case.referral.is_none() || matches!(case.status, Referred | Discussed),
            "referred yet alive here",
        );
        if let Some(discussion) = &case.discussion {
            let session = case.session.as_ref().and_then(|s| state.session(s));
            check(
                session.is_some_and(|s| s.started.is_some_and(|start| start <= discussion.at)),
                "discussed before the session started",
            );
            check(
                session.is_none_or(|s| s.held.is_none_or(|end| discussion.at <= end)),
                "discussed after the session ended",
            );
        }
        if let Some(referral) = &case.referral {
            let born = state.enrolment(&referral.enrolment);
            check(
                born.is_some_and(|b| {
                    b.origin.as_ref() == Some(&case.id)
                        && b.rcp == referral.rcp
                        && b.rcp != case.rcp
                        && b.patient == case.patient
                }),
                "the case referred is not that of the recourse RCP",
            );
        }
        if let Some(origin) = &case.origin {
            let from = state.enrolment(origin).and_then(|c| c.referral.as_ref());
            check(
                from.is_some_and(|r| r.enrolment == case.id),
                "its origin refers elsewhere",
            );
        }
        if let Some(fiche) = &case.fiche {
            check(
                state.fiche(fiche).is_some_and(|f| f.enrolment == case.id),
                "the fiche is not that of the case",
            );
        }
    }
}

fn fiches(state: &State, wrong: &mut Vec<String>) {
    use FicheStatus::{Abandoned, Completed, Drafted, Replaced, Sent};
    for fiche in state.fiches() {
        let mut check = |ok: bool, what: &str| {
            if !ok {
                wrong.push(format!("fiche {}: {what}", fiche.id));
            }
        };
        let case = state.enrolment(&fiche.enrolment);
        check(
            case.is_some_and(|c| c.fiche.as_ref() == Some(&fiche.id)),
            "not that of its case",
        );
        let Some(case) = case else { continue };
        let session = case.session.as_ref().and_then(|s| state.session(s));
        check(!fiche.versions.is_empty(), "no version");
        let in_force = fiche
            .versions
            .iter()
            .filter(|v| v.status.is_validated())
            .count();
        check(in_force <= 1, "two versions in force");
        let last = fiche.versions.len();
        for (i, version) in fiche.versions.iter().enumerate() {
            check(
                version.number as usize == i + 1,
                "versions are not numbered in order",
            );
            let frozen = version.status.is_validated() || version.status == Replaced;
            check(
                frozen == version.validated.is_some(),
                "validated without saying who",
            );
            check(
                version.status != Replaced || i + 1 < last,
                "replaced by nothing",
            );
            let open = matches!(version.status, Drafted | Completed | Abandoned);
            check(!open || i + 1 == last, "an open version is not the last");
            check(
                i == 0 || version.reason.is_some(),
                "replaced without reason",
            );
            let done = frozen || version.status == Completed;
            check(
                done == version.completed.is_some(),
                "completed without saying who",
            );
            check(
                (version.status == Sent) <= !version.sent.is_empty(),
                "sent to nobody",
            );
            check(
                version.sent.is_empty() || frozen,
                "sent without being validated",
            );
            check(
                !done || case.discussion.is_some(),
                "completed without discussion",
            );
            if let Some((_, by)) = &version.validated {
                check(
                    by.authentication.is_strong(),
                    "validated without strong authentication",
                );
                check(
                    by.key == version.draft.physician,
                    "validated by someone else",
                );
                let attendance = session.and_then(|s| s.attendances.get(&by.key));
                check(
                    attendance.is_some_and(|a| {
                        a.attendee
                            .specialty
                            .as_ref()
                            .is_some_and(|s| s.starts_with("G15_10"))
                    }),
                    "validated by one who did not attend as a physician",
                );
            }
            check(
                version.status != Abandoned
                    || matches!(
                        case.status,
                        EnrolmentStatus::Withdrawn | EnrolmentStatus::Referred
                    ),
                "abandoned though its case lives",
            );
        }
    }
}

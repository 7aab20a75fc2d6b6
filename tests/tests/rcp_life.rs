//! The life of a session, its cases and its fiches, and what each refusal
//! says.

use dcc_core::rcp::{
    Actor, Authentication, CaseDisposal, Command, EnrolmentStatus, Event, FicheStatus, Role,
    SessionStatus, State, decide, journal,
};
use dcc_tests::rcp::{
    at, attendee, coordinator, draft, illegal, local, offer, physician, request, secretary,
};

struct Host {
    state: State,
    log: Vec<Event>,
}

impl Host {
    /// R1 and R2 exist, R1 has the sessions `R1-20260106T1400` and a week
    /// later, both open.
    fn new() -> Self {
        let mut host = Host {
            state: State::new(),
            log: Vec::new(),
        };
        let t = "2026-01-02T08:00:00Z";
        host.ok(
            &coordinator(),
            t,
            Command::CreateOffer { offer: offer("R1") },
        );
        host.ok(
            &coordinator(),
            t,
            Command::CreateOffer { offer: offer("R2") },
        );
        let plan = |rcp: &str| Command::PlanSessions {
            rcp: rcp.into(),
            from: local("2026-01-02T00:00:00").date(),
            to: local("2026-01-14T00:00:00").date(),
        };
        host.ok(&secretary(), t, plan("R1"));
        host.ok(&secretary(), t, plan("R2"));
        for session in [S1, S2] {
            host.ok(
                &secretary(),
                t,
                Command::OpenSession {
                    session: session.into(),
                },
            );
        }
        host
    }

    fn ok(&mut self, actor: &Actor, when: &str, command: Command) -> usize {
        let events = self
            .state
            .execute(&command, actor, at(when))
            .unwrap_or_else(|problems| panic!("{command:?}\n{problems}"));
        let wrong = illegal(&self.state);
        assert!(wrong.is_empty(), "{wrong:?}");
        let count = events.len();
        self.log.extend(events);
        count
    }

    /// Codes and paths of a refusal.
    fn refused(&self, actor: &Actor, when: &str, command: Command) -> Vec<String> {
        let problems = decide(&self.state, &command, actor, at(when)).expect_err("refused");
        problems
            .iter()
            .map(|p| format!("{} {}", p.code, p.path))
            .collect()
    }

    fn enrol(&mut self, id: &str, session: &str, patient: &str) {
        let request = request(id, session, patient);
        self.ok(
            &secretary(),
            "2026-01-05T09:00:00Z",
            Command::EnrolCase { request },
        );
    }

    /// S1 started at 14:00 with physicians `present`.
    fn start(&mut self, present: &[usize]) {
        for i in present {
            let attendee = attendee(*i);
            self.ok(
                &physician(*i),
                "2026-01-06T12:55:00Z",
                Command::RecordAttendance {
                    session: S1.into(),
                    attendee,
                },
            );
        }
        self.ok(
            &secretary(),
            START,
            Command::StartSession { session: S1.into() },
        );
    }
}

const S1: &str = "R1-20260106T1400";
const S2: &str = "R1-20260113T1400";
const START: &str = "2026-01-06T13:00:00Z";

#[test]
fn a_case_from_enrolment_to_a_corrected_fiche() {
    let mut host = Host::new();
    host.enrol("e1", S1, "P1");
    host.start(&[0, 1, 2, 3]);
    let quorum = host
        .state
        .session(S1)
        .and_then(|s| s.quorum.clone())
        .expect("quorum");
    assert!(quorum.reached);
    assert_eq!(quorum.physicians, 4);

    let t = "2026-01-06T13:20:00Z";
    let f1 = || "f1".into();
    host.ok(
        &physician(1),
        t,
        Command::DiscussCase {
            enrolment: "e1".into(),
        },
    );
    let write = Command::DraftFiche {
        fiche: f1(),
        enrolment: "e1".into(),
        draft: draft(1, "D2"),
    };
    host.ok(&secretary(), t, write);
    host.ok(&secretary(), t, Command::CompleteFiche { fiche: f1() });

    // Neither another physician nor a weak proof of identity validates.
    let validate = || Command::ValidateFiche { fiche: f1() };
    assert_eq!(host.refused(&physician(1), t, validate()), ["RCP-DROIT "]);
    let weak =
        Actor::new("D2", "Dr ESSAI2", Authentication::TwoFactor).with_role(Role::Participant);
    assert_eq!(
        host.refused(&weak, t, validate()),
        ["RCP-AUTHENTIFICATION "]
    );
    let refused = decide(&host.state, &validate(), &secretary(), at(t)).expect_err("refused");
    let text = refused.to_string();
    assert!(
        text.contains("Il manque à Mme SECRETAIRE le droit « valider une fiche »"),
        "{text}"
    );
    assert!(text.contains("trouvé : mot de passe"), "{text}");

    host.ok(&physician(2), t, validate());
    let edit = || Command::EditFiche {
        fiche: f1(),
        draft: draft(9, "D2"),
    };
    assert_eq!(
        host.refused(&coordinator(), t, edit()),
        ["RCP-FICHE-ETAT /fiche"]
    );
    host.ok(
        &secretary(),
        t,
        Command::SendFiche {
            fiche: f1(),
            recipient: "DMP".into(),
        },
    );

    // A correction is a new version; the former counts until it is validated.
    let replace = |n| Command::ReplaceFiche {
        fiche: f1(),
        draft: draft(n, "D2"),
        reason: "posologie".into(),
    };
    assert_eq!(
        host.refused(&coordinator(), t, replace(1)),
        ["RCP-FICHE-IDENTIQUE /draft"]
    );
    host.ok(&coordinator(), t, replace(2));
    assert_eq!(
        host.refused(&coordinator(), t, replace(3)),
        ["RCP-FICHE-ETAT /fiche"]
    );
    let fiche = host.state.fiche(&f1()).expect("fiche");
    assert_eq!(fiche.in_force().map(|v| v.number), Some(1));
    assert_eq!(fiche.latest().map(|v| v.status), Some(FicheStatus::Drafted));
    host.ok(&secretary(), t, Command::CompleteFiche { fiche: f1() });
    host.ok(&physician(2), t, validate());
    let fiche = host.state.fiche(&f1()).expect("fiche");
    let statuses: Vec<_> = fiche.versions.iter().map(|v| v.status).collect();
    assert_eq!(statuses, [FicheStatus::Replaced, FicheStatus::Validated]);
    assert_eq!(fiche.versions[0].draft, draft(1, "D2"));
    let (when, by) = fiche.versions[1].validated.clone().expect("validated");
    assert_eq!((when, by.key.as_str()), (at(t), "D2"));
    assert_eq!(by.authentication, Authentication::ProSanteConnect);

    host.ok(
        &secretary(),
        "2026-01-06T14:30:00Z",
        Command::HoldSession { session: S1.into() },
    );
    let lines = journal::lines(&host.log).expect("journal");
    let expected = [
        "06/01/2026 14:00:00 Mme SECRETAIRE (mot de passe) : session démarrée, RCP « Essai R1 » \
         du 06/01/2026 à 14:00 ; quorum atteint, 4 médecins, 4 spécialités",
        "Dr ESSAI1 (Pro Santé Connect) : dossier e1 (patient P1) discuté ; quorum atteint",
        "Dr ESSAI2 (Pro Santé Connect) : fiche f1 version 2 (patient P1) validée",
        "fiche f1 version 2 (patient P1) rédigée pour remplacer la version 1 ; motif : posologie",
    ];
    for line in expected {
        assert!(
            lines.iter().any(|l| l.contains(line)),
            "{line}\n{}",
            lines.join("\n")
        );
    }
}

#[test]
fn a_case_discussed_without_quorum_says_so() {
    let mut host = Host::new();
    host.enrol("e1", S1, "P1");
    host.enrol("e2", S1, "P2");
    host.start(&[0, 1, 2]);
    let t = "2026-01-06T13:10:00Z";
    host.ok(
        &coordinator(),
        t,
        Command::DiscussCase {
            enrolment: "e1".into(),
        },
    );
    // The radiotherapist, whom the theme requires, leaves.
    let leave = || Command::RecordDeparture {
        session: S1.into(),
        professional: "D1".into(),
    };
    host.ok(&secretary(), t, leave());
    assert_eq!(
        host.refused(&secretary(), t, leave()),
        ["RCP-PRESENCE-ABSENT /professional"]
    );
    host.ok(
        &coordinator(),
        t,
        Command::DiscussCase {
            enrolment: "e2".into(),
        },
    );
    let quorum = |id: &str| {
        let case = host.state.enrolment(id).expect("case");
        case.discussion.as_ref().expect("discussion").quorum.clone()
    };
    assert!(quorum("e1").reached);
    assert!(!quorum("e2").reached);
    assert_eq!(
        quorum("e2").missing,
        [
            "médecins : 2 sur 3",
            "spécialités différentes : 2 sur 3",
            "radiothérapie"
        ]
    );
    assert!(host.state.session(S1).is_some_and(|s| s.quorum_reached()));
}

#[test]
fn a_cancelled_session_gives_its_cases_back_or_moves_them() {
    let mut host = Host::new();
    host.enrol("e1", S1, "P1");
    host.enrol("e2", S1, "P2");
    host.enrol("e3", S2, "P1");
    let t = "2026-01-05T10:00:00Z";
    let cancel = |cases| Command::CancelSession {
        session: S1.into(),
        reason: "grève".into(),
        cases,
    };
    // S2 has one place, and already a case of P1: both are said.
    assert_eq!(
        host.refused(&coordinator(), t, cancel(CaseDisposal::MoveTo(S2.into()))),
        [
            "RCP-SESSION-COMPLETE /cases/move_to",
            "RCP-DOSSIER-DOUBLE /cases/move_to"
        ]
    );
    assert_eq!(
        host.refused(&coordinator(), t, cancel(CaseDisposal::MoveTo(S1.into()))),
        ["RCP-SESSION-DESTINATION /cases/move_to"]
    );
    host.ok(
        &coordinator(),
        t,
        Command::WithdrawCase {
            enrolment: "e3".into(),
            reason: "doublon".into(),
        },
    );
    assert_eq!(
        host.ok(&coordinator(), t, cancel(CaseDisposal::MoveTo(S2.into()))),
        3
    );
    let session = host.state.session(S1).expect("session");
    assert_eq!(session.status, SessionStatus::Cancelled);
    assert_eq!(session.revision, 1);
    assert_eq!(host.state.session(S2).expect("session").agenda.len(), 2);
    let refused = decide(
        &host.state,
        &Command::StartSession { session: S1.into() },
        &secretary(),
        at(START),
    )
    .expect_err("cancelled");
    assert_eq!(
        refused.to_string(),
        "RCP-SESSION-ETAT /session : La session est annulée, ce qui ne permet pas cette action \
         (trouvé : annulée ; attendu : ouverte aux inscriptions, close aux inscriptions)"
    );
    // The date stays taken for the recurrence: a cancelled session is not
    // planned again.
    let plan = Command::PlanSessions {
        rcp: "R1".into(),
        from: local("2026-01-05T00:00:00").date(),
        to: local("2026-01-14T00:00:00").date(),
    };
    assert_eq!(host.ok(&secretary(), t, plan), 0);

    let back = Command::CancelSession {
        session: S2.into(),
        reason: "panne".into(),
        cases: CaseDisposal::ReturnToRequesters,
    };
    host.ok(&coordinator(), t, back);
    let case = host.state.enrolment("e1").expect("case");
    assert_eq!((case.status, case.moves), (EnrolmentStatus::Waiting, 2));
}

#[test]
fn deadline_capacity_and_late_enrolment() {
    let mut host = Host::new();
    let enrol = |id: &str, patient: &str| Command::EnrolCase {
        request: request(id, S1, patient),
    };
    // The deadline is Monday 5 January at noon in Paris.
    let (before, after) = ("2026-01-05T11:00:00Z", "2026-01-05T11:00:01Z");
    host.ok(&secretary(), before, enrol("e1", "P1"));
    assert_eq!(
        host.refused(&secretary(), after, enrol("e2", "P2")),
        ["RCP-DROIT ", "RCP-SESSION-DELAI "]
    );
    assert_eq!(
        host.refused(&secretary(), before, enrol("e1", "P1")),
        [
            "RCP-ID-DOUBLE /request/id",
            "RCP-DOSSIER-DOUBLE /request/patient"
        ]
    );
    host.ok(&coordinator(), after, enrol("e2", "P2"));
    assert!(host.state.enrolment("e2").is_some_and(|c| c.late));
    assert_eq!(
        host.refused(&coordinator(), after, enrol("e3", "P3")),
        ["RCP-SESSION-COMPLETE /request/session"]
    );
}

#[test]
fn all_the_problems_of_a_command_come_at_once() {
    let mut host = Host::new();
    host.enrol("e1", S1, "P1");
    let mut bad = request("", S1, "P1");
    bad.question = " ".into();
    bad.requester = String::new();
    let nobody = Actor::new("X", "M. X", Authentication::Password);
    assert_eq!(
        host.refused(
            &nobody,
            "2026-01-01T00:00:00Z",
            Command::EnrolCase { request: bad }
        ),
        [
            "RCP-INSTANT ",
            "RCP-ID /request/id",
            "RCP-ID /request/requester",
            "RCP-TEXTE /request/question",
            "RCP-DROIT ",
            "RCP-DOSSIER-DOUBLE /request/patient",
        ]
    );
    let mut bad = offer("R3");
    bad.establishments = vec!["123".into()];
    bad.place = None;
    bad.video_link = Some(" ".into());
    bad.capacity = Some(0);
    bad.secretariat.email = Some("sans arobase".into());
    bad.recurrence.as_mut().expect("recurrence").rule = "FREQ=HOURLY".into();
    let t = "2026-01-05T10:00:00Z";
    assert_eq!(
        host.refused(&coordinator(), t, Command::CreateOffer { offer: bad }),
        [
            "FINESS-FORMAT /offer/establishments/0",
            "RCP-OFFRE-LIEU /offer/place",
            "RCP-OFFRE-ADRESSE /offer/secretariat/email",
            "RCP-RECURRENCE-REGLE /offer/recurrence/rule",
            "RCP-OFFRE-NOMBRE /offer/capacity",
        ]
    );
}

#[test]
fn referral_to_a_recourse_rcp_gives_birth_to_a_case_there() {
    let mut host = Host::new();
    host.enrol("e1", S1, "P1");
    let t = "2026-01-05T10:00:00Z";
    let write = Command::DraftFiche {
        fiche: "f1".into(),
        enrolment: "e1".into(),
        draft: draft(1, "D2"),
    };
    host.ok(&secretary(), t, write);
    let refer = |rcp: &str| Command::ReferCase {
        enrolment: "e1".into(),
        rcp: rcp.into(),
        new_enrolment: "e1-recours".into(),
        session: None,
        reason: "sarcome".into(),
    };
    assert_eq!(
        host.refused(&coordinator(), t, refer("R1")),
        ["RCP-RECOURS /rcp"]
    );
    assert_eq!(host.refused(&secretary(), t, refer("R2")), ["RCP-DROIT "]);
    host.ok(&physician(1), t, refer("R2"));
    let (old, new) = (
        host.state.enrolment("e1").expect("old"),
        host.state.enrolment("e1-recours").expect("new"),
    );
    assert_eq!(old.status, EnrolmentStatus::Referred);
    assert_eq!(
        (new.status, new.patient.as_str()),
        (EnrolmentStatus::Waiting, "P1")
    );
    assert_eq!(new.origin.as_ref(), Some(&old.id));
    let fiche = host.state.fiche("f1").expect("fiche");
    assert_eq!(
        fiche.latest().map(|v| v.status),
        Some(FicheStatus::Abandoned)
    );
    let place = Command::PlaceCase {
        enrolment: "e1-recours".into(),
        session: "R2-20260106T1400".into(),
    };
    host.ok(&coordinator(), t, place);
    assert_eq!(
        host.state
            .session("R2-20260106T1400")
            .expect("session")
            .agenda,
        ["e1-recours"]
    );
}

#[test]
fn a_case_discussed_is_referred_once() {
    let mut host = Host::new();
    host.enrol("e1", S1, "P1");
    host.start(&[0, 1, 2]);
    let t = "2026-01-06T13:10:00Z";
    let refer = |new: &str| Command::ReferCase {
        enrolment: "e1".into(),
        rcp: "R2".into(),
        new_enrolment: new.into(),
        session: None,
        reason: "avis".into(),
    };
    host.ok(
        &coordinator(),
        t,
        Command::DiscussCase {
            enrolment: "e1".into(),
        },
    );
    host.ok(&coordinator(), t, refer("n1"));
    let case = host.state.enrolment("e1").expect("case");
    assert_eq!(case.status, EnrolmentStatus::Discussed);
    assert_eq!(
        host.refused(&coordinator(), t, refer("n2")),
        ["RCP-RECOURS-DOUBLE /enrolment"]
    );
}

#[test]
fn documents_agenda_and_end_of_session() {
    let mut host = Host::new();
    let mut urgent = request("e2", S1, "P2");
    urgent.urgency = dcc_core::rcp::Urgency::Urgent;
    host.enrol("e1", S1, "P1");
    let t = "2026-01-05T10:00:00Z";
    host.ok(&secretary(), t, Command::EnrolCase { request: urgent });
    let ask = Command::RequestDocument {
        enrolment: "e2".into(),
        code: "ACP".into(),
        label: "Anatomopathologie".into(),
    };
    host.ok(&secretary(), t, ask.clone());
    assert_eq!(
        host.refused(&secretary(), t, ask),
        ["RCP-DOSSIER-PIECE /code"]
    );
    let case = host.state.enrolment("e2").expect("case");
    assert!(!case.is_complete());
    assert_eq!(
        case.missing_documents().next(),
        Some(("ACP", "Anatomopathologie"))
    );
    let order = host.state.suggested_agenda(S1);
    assert_eq!(order, ["e2", "e1"]);
    host.ok(
        &secretary(),
        t,
        Command::OrderAgenda {
            session: S1.into(),
            order: order.clone(),
        },
    );
    assert_eq!(host.state.session(S1).expect("session").agenda, order);
    let short = Command::OrderAgenda {
        session: S1.into(),
        order: order[..1].to_vec(),
    };
    assert_eq!(
        host.refused(&secretary(), t, short),
        ["RCP-ORDRE-DU-JOUR /order"]
    );
    let early = Command::StartSession { session: S1.into() };
    assert_eq!(
        host.refused(&secretary(), t, early),
        ["RCP-SESSION-JOUR /session"]
    );

    host.start(&[0, 1, 2]);
    let t = "2026-01-06T13:30:00Z";
    host.ok(
        &coordinator(),
        t,
        Command::DiscussCase {
            enrolment: "e2".into(),
        },
    );
    let discussion = host
        .state
        .enrolment("e2")
        .and_then(|c| c.discussion.clone());
    assert_eq!(discussion.expect("discussion").missing_documents, ["ACP"]);
    let hold = || Command::HoldSession { session: S1.into() };
    let refused = decide(&host.state, &hold(), &secretary(), at(t)).expect_err("e1 is pending");
    let pending: Vec<_> = refused
        .iter()
        .map(|p| (p.code, p.found.as_deref()))
        .collect();
    assert_eq!(pending, [("RCP-SESSION-DOSSIER", Some("e1"))]);
    let cancel = Command::CancelSession {
        session: S1.into(),
        reason: "x".into(),
        cases: CaseDisposal::ReturnToRequesters,
    };
    assert_eq!(
        host.refused(&coordinator(), t, cancel),
        ["RCP-SESSION-DISCUTEE /session"]
    );
    let postpone = Command::PostponeCase {
        enrolment: "e1".into(),
        to: Some(S2.into()),
        reason: "IRM attendue".into(),
    };
    host.ok(&physician(1), t, postpone);
    host.ok(&secretary(), t, hold());
    assert_eq!(host.state.session(S2).expect("session").agenda, ["e1"]);
}

#[test]
fn commands_and_events_are_plain_json() {
    let command: Command = serde_json::from_str(
        r#"{"type": "plan_session", "id": "s1", "rcp": "R1", "start": "2026-03-03T14:00:00"}"#,
    )
    .expect("command");
    assert!(matches!(
        &command,
        Command::PlanSession { capacity: None, .. }
    ));
    let unknown = r#"{"type": "open_session", "session": "s1", "sesion": "s2"}"#;
    assert!(serde_json::from_str::<Command>(unknown).is_err());
    let mut host = Host::new();
    host.ok(&coordinator(), "2026-01-05T10:00:00Z", command);
    let json = serde_json::to_value(host.log.last().expect("event")).expect("json");
    assert_eq!(json["version"], 1);
    assert_eq!(json["at"], "2026-01-05T10:00:00Z");
    assert_eq!(json["by"]["authentication"], "cps");
    assert_eq!(json["fact"]["type"], "session_planned");
    assert_eq!(json["fact"]["plan"]["start"], "2026-03-03T13:00:00Z");
    assert_eq!(
        json["fact"]["plan"]["enrolment_deadline"],
        "2026-03-02T11:00:00Z"
    );
}

#[test]
fn a_closed_offer_plans_nothing_more() {
    let mut host = Host::new();
    let t = "2026-01-05T10:00:00Z";
    let close = || Command::CloseOffer {
        rcp: "R1".into(),
        reason: "fusion".into(),
    };
    let refused = host.refused(&coordinator(), t, close());
    assert_eq!(refused, ["RCP-SESSION-ETAT /rcp", "RCP-SESSION-ETAT /rcp"]);
    for session in [S1, S2] {
        host.ok(
            &coordinator(),
            t,
            Command::CancelSession {
                session: session.into(),
                reason: "fusion".into(),
                cases: CaseDisposal::ReturnToRequesters,
            },
        );
    }
    host.ok(&coordinator(), t, close());
    let plan = Command::PlanSession {
        id: "s9".into(),
        rcp: "R1".into(),
        start: local("2026-03-29T02:30:00"),
        duration_minutes: Some(0),
        capacity: None,
        establishment: Some("000000000".into()),
    };
    assert_eq!(
        host.refused(&secretary(), t, plan),
        [
            "RCP-OFFRE-ETAT /rcp",
            "RCP-OFFRE-NOMBRE /duration_minutes",
            "RCP-SESSION-ETABLISSEMENT /establishment",
            "RCP-HEURE /start",
        ]
    );
}

#[test]
fn an_event_is_read_by_either_key_of_its_payload() {
    let mut host = Host::new();
    let close = Command::CloseSession { session: S1.into() };
    host.ok(&coordinator(), "2026-01-05T10:00:00Z", close);
    let event = host.log.last().expect("event");
    assert_eq!(event.kind(), "session_closed");
    let text = serde_json::to_string(event).expect("json");
    assert!(
        text.contains(r#""fact":{"type":"session_closed""#),
        "{text}"
    );
    let renamed = text.replace(r#""fact":"#, r#""payload":"#);
    assert_eq!(
        serde_json::from_str::<Event>(&renamed).as_ref().ok(),
        Some(event)
    );
}

#[test]
fn a_snapshot_of_another_form_is_refused_and_an_old_one_read() {
    let host = Host::new();
    let mut snapshot = serde_json::to_value(&host.state).expect("json");
    assert_eq!(snapshot["version"], 1);
    let read = |json: &serde_json::Value| serde_json::from_value::<State>(json.clone()).ok();
    assert_eq!(read(&snapshot).as_ref(), Some(&host.state));
    snapshot["version"] = 2.into();
    assert_eq!(read(&snapshot), None);
    // written before snapshots had a version
    snapshot.as_object_mut().expect("object").remove("version");
    assert_eq!(read(&snapshot).as_ref(), Some(&host.state));
}

#[test]
fn the_last_sequence_of_all_is_an_end_and_no_fault() {
    let host = Host::new();
    let mut snapshot = serde_json::to_value(&host.state).expect("json");
    snapshot["sequence"] = u64::MAX.into();
    let mut state: State = serde_json::from_value(snapshot).expect("state");
    let close = Command::CloseSession { session: S1.into() };
    let refused = dcc_core::rcp::decide(&state, &close, &coordinator(), at("2026-01-05T10:00:00Z"));
    let codes: Vec<_> = refused.unwrap_err().iter().map(|p| p.code).collect();
    assert_eq!(codes, ["RCP-EVENEMENT-ORDRE"]);
    let refused = state.apply(host.log.last().expect("event")).unwrap_err();
    assert_eq!(
        refused.iter().next().map(|p| p.code),
        Some("RCP-EVENEMENT-ORDRE")
    );
}

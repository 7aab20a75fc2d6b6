//! The year, command by command, in the order of time.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use dcc_core::calendar::paris::from_paris;
use dcc_core::rcp::{
    Actor, Authentication, CaseDisposal, CaseDocument, Command, ContentRef, EnrolmentId,
    EnrolmentRequest, EnrolmentStatus, Event, FicheDraft, FicheFlags, FicheId, RcpId, Role,
    Session, SessionId, SessionStatus, State, Urgency,
};
use sha2::{Digest, Sha256};

use crate::catalogue::{FICHES, PATIENTS, RECOURSE, SESSIONS, TEAM, YEAR, offers, professional};
use crate::random::Random;

/// What the simulation gives.
pub(crate) struct Year {
    pub(crate) state: State,
    pub(crate) events: Vec<Event>,
    pub(crate) commands: usize,
    pub(crate) refused: usize,
}

/// What is to be done at an instant.
enum Task {
    Open(SessionId),
    Enrol(SessionId),
    Cancel(SessionId),
    Close(SessionId),
    Late(SessionId),
    Run(SessionId),
    Complete(FicheId),
    Validate(FicheId),
    Send(FicheId),
    Correct(FicheId),
}

fn noon(month: u32, day: u32) -> DateTime<Utc> {
    let local = NaiveDate::from_ymd_opt(YEAR, month, day).and_then(|d| d.and_hms_opt(12, 0, 0));
    local.and_then(from_paris).unwrap_or_default()
}

/// Instant at which everything is over.
pub(crate) fn end() -> DateTime<Utc> {
    noon(12, 31) + TimeDelta::days(60)
}

struct World {
    year: Year,
    random: Random,
    now: DateTime<Utc>,
    tasks: BTreeMap<(DateTime<Utc>, usize), Task>,
    tickets: usize,
    rcps: Vec<RcpId>,
    /// Patients not yet seen, and those seen.
    fresh: Vec<String>,
    seen: Vec<String>,
    cases: usize,
    /// Cases that end as a fiche, unless something happens.
    expected: usize,
    /// Sessions whose cases are still to be enrolled.
    to_enrol: usize,
}

/// Runs the year.
pub(crate) fn simulate() -> Year {
    let year = Year {
        state: State::new(),
        events: Vec::new(),
        commands: 0,
        refused: 0,
    };
    let mut world = World {
        year,
        random: Random::new(2026),
        now: noon(1, 1) - TimeDelta::days(20),
        tasks: BTreeMap::new(),
        tickets: 0,
        rcps: Vec::new(),
        fresh: (1..=PATIENTS)
            .rev()
            .map(|n| format!("PAT-{n:05}"))
            .collect(),
        seen: Vec::new(),
        cases: 0,
        expected: 0,
        to_enrol: 0,
    };
    world.plan();
    while let Some(((at, _), task)) = world.tasks.pop_first() {
        world.now = world.now.max(at);
        world.perform(task);
    }
    world.year
}

fn coordinator(rcp: usize) -> Actor {
    let person = professional(rcp, 0);
    Actor::new(person.professional, person.name, Authentication::Cps).with_role(Role::Coordinator)
}

fn secretary(rcp: usize) -> Actor {
    Actor::new(
        format!("SEC-{:02}", rcp + 1),
        "Secrétariat",
        Authentication::Password,
    )
    .with_role(Role::Secretary)
}

/// Professional `i` of an RCP, with a strong proof of identity.
fn physician(rcp: usize, i: usize) -> Actor {
    let person = professional(rcp, i);
    let mut actor = Actor::new(
        person.professional,
        person.name,
        Authentication::ProSanteConnect,
    )
    .with_role(Role::Participant)
    .with_role(Role::Presenter);
    actor.proof = Some("PSC-ESSAI".into());
    actor
}

impl World {
    /// Gives a command that must be accepted.
    fn must(&mut self, actor: &Actor, command: &Command) {
        if !self.may(actor, command) {
            let problems = dcc_core::rcp::decide(&self.year.state, command, actor, self.now);
            panic!("{command:?}\n{}", problems.err().unwrap_or_default());
        }
    }

    /// Gives a command that may be refused, as in life.
    fn may(&mut self, actor: &Actor, command: &Command) -> bool {
        self.year.commands += 1;
        match self.year.state.execute(command, actor, self.now) {
            Ok(events) => {
                self.year.events.extend(events);
                true
            }
            Err(_) => {
                self.year.refused += 1;
                false
            }
        }
    }

    fn at(&mut self, at: DateTime<Utc>, task: Task) {
        self.tickets += 1;
        self.tasks.insert((at, self.tickets), task);
    }

    fn session(&self, id: &SessionId) -> Session {
        self.year.state.session(id).cloned().expect("session")
    }

    fn rcp_of(&self, session: &Session) -> usize {
        self.rcps
            .iter()
            .position(|r| *r == session.plan.rcp)
            .unwrap_or_default()
    }

    /// Offers, recurrences, then sessions by hand up to the number wished.
    fn plan(&mut self) {
        let (Some(from), Some(to)) = (
            NaiveDate::from_ymd_opt(YEAR, 1, 1),
            NaiveDate::from_ymd_opt(YEAR, 12, 31),
        ) else {
            return;
        };
        for (i, offer) in offers().into_iter().enumerate() {
            self.rcps.push(offer.id.clone());
            self.must(&coordinator(i), &Command::CreateOffer { offer });
        }
        for i in 0..self.rcps.len() {
            let rcp = self.rcps[i].clone();
            self.must(&secretary(i), &Command::PlanSessions { rcp, from, to });
        }
        let mut by_hand = 0;
        while self.year.state.sessions().count() < SESSIONS {
            let i = [10, 9, 11][by_hand % 3];
            let day = from + Days::new(20 + 17 * by_hand as u64);
            let start = day.and_hms_opt(9, 15, 0).unwrap_or_default();
            by_hand += 1;
            let command = Command::PlanSession {
                id: format!("{}-SUPP-{by_hand}", self.rcps[i]).into(),
                rcp: self.rcps[i].clone(),
                start,
                duration_minutes: None,
                capacity: None,
                establishment: None,
            };
            self.must(&secretary(i), &command);
        }
        let mut sessions: Vec<_> = self.year.state.sessions().map(|s| s.plan.clone()).collect();
        sessions.sort_by_key(|s| (s.start, s.id.clone()));
        self.to_enrol = sessions.len();
        for plan in sessions {
            let day = TimeDelta::days;
            self.at(plan.start - day(16), Task::Open(plan.id.clone()));
            self.at(plan.start - day(6), Task::Enrol(plan.id.clone()));
            if plan.start < noon(12, 1) && self.random.percent(4) {
                self.at(plan.start - day(2), Task::Cancel(plan.id.clone()));
            }
            let deadline = plan
                .enrolment_deadline
                .max(plan.start - day(6) + TimeDelta::hours(1));
            self.at(deadline, Task::Close(plan.id.clone()));
            self.at(
                deadline + TimeDelta::minutes(30),
                Task::Late(plan.id.clone()),
            );
            self.at(plan.start - TimeDelta::minutes(20), Task::Run(plan.id));
        }
    }

    fn perform(&mut self, task: Task) {
        match task {
            Task::Open(id) => {
                let rcp = self.rcp_of(&self.session(&id));
                self.must(&secretary(rcp), &Command::OpenSession { session: id });
            }
            Task::Enrol(id) => self.enrol(&id),
            Task::Cancel(id) => self.cancel(&id),
            Task::Close(id) => {
                let session = self.session(&id);
                if session.status == SessionStatus::Open {
                    let rcp = self.rcp_of(&session);
                    let mut order = self.year.state.suggested_agenda(&id);
                    self.must(
                        &secretary(rcp),
                        &Command::CloseSession {
                            session: id.clone(),
                        },
                    );
                    // A table read upside down, refused.
                    if self.random.percent(2) {
                        order.pop();
                    }
                    self.may(
                        &secretary(rcp),
                        &Command::OrderAgenda { session: id, order },
                    );
                }
            }
            Task::Late(id) => {
                let session = self.session(&id);
                if session.status == SessionStatus::Closed
                    && self.expected < FICHES
                    && self.random.percent(30)
                {
                    let rcp = self.rcp_of(&session);
                    // The secretary has not the right; the coordinator has.
                    let command = self.case(&session, rcp, Urgency::Urgent);
                    if !self.may(&secretary(rcp), &command) && self.may(&coordinator(rcp), &command)
                    {
                        self.enrolled(&command);
                    }
                }
            }
            Task::Run(id) => self.run(&id),
            Task::Complete(_) | Task::Validate(_) | Task::Send(_) | Task::Correct(_) => {
                self.fiche(task);
            }
        }
    }

    /// Waiting cases first, then new ones: as many as lead to the number of
    /// fiches of the year.
    fn enrol(&mut self, id: &SessionId) {
        let session = self.session(id);
        let rcp = self.rcp_of(&session);
        let waiting: Vec<EnrolmentId> = self
            .year
            .state
            .enrolments()
            .filter(|c| c.status == EnrolmentStatus::Waiting && c.rcp == session.plan.rcp)
            .map(|c| c.id.clone())
            .collect();
        for enrolment in waiting {
            let place = Command::PlaceCase {
                enrolment,
                session: id.clone(),
            };
            self.may(&secretary(rcp), &place);
        }
        let missing = FICHES.saturating_sub(self.expected);
        let mean = missing.div_ceil(self.to_enrol.max(1));
        self.to_enrol -= 1;
        let spread = if self.to_enrol > 25 {
            self.random.below(9)
        } else {
            4
        };
        let wished = (mean + spread).saturating_sub(4).min(missing);
        let wished = if self.to_enrol == 0 { missing } else { wished };
        for _ in 0..wished {
            let urgency = match self.random.below(10) {
                0 => Urgency::Urgent,
                1 | 2 => Urgency::Soon,
                _ => Urgency::Routine,
            };
            let command = self.case(&session, rcp, urgency);
            if self.may(&secretary(rcp), &command) {
                self.enrolled(&command);
            }
            self.now += TimeDelta::seconds(40);
        }
    }

    /// A new case for a session.
    fn case(&mut self, session: &Session, rcp: usize, urgency: Urgency) -> Command {
        let left = FICHES.saturating_sub(self.expected);
        let fresh = self.fresh.len() + 40 >= left || self.random.percent(58);
        let patient = match (fresh, self.fresh.last()) {
            (true, Some(patient)) => patient.clone(),
            _ => self.random.pick(&self.seen).cloned().unwrap_or_default(),
        };
        let mut documents = BTreeMap::new();
        for (code, label, missing) in [
            ("11529-5", "Compte rendu d'anatomie pathologique", 8),
            ("18748-4", "Compte rendu d'imagerie", 5),
        ] {
            let mut document = CaseDocument::new(label);
            document.received = !self.random.percent(missing);
            documents.insert(code.to_owned(), document);
        }
        let requester = professional(rcp, [0, 3, 6][self.random.below(3)]).professional;
        let mut request = EnrolmentRequest::new(
            format!("DOS-{:05}", self.cases + 1),
            session.plan.id.clone(),
            patient,
            requester,
            "Conduite à tenir ?",
        );
        request.presenter = professional(rcp, 3).professional;
        request.urgency = urgency;
        request.documents = documents;
        Command::EnrolCase { request }
    }

    fn enrolled(&mut self, command: &Command) {
        let Command::EnrolCase { request } = command else {
            return;
        };
        self.cases += 1;
        self.expected += 1;
        if self.fresh.last() == Some(&request.patient) {
            self.seen.extend(self.fresh.pop());
        }
    }

    /// Upcoming sessions of an RCP after `start`, by start.
    fn next_sessions(&self, rcp: &RcpId, start: DateTime<Utc>) -> Vec<SessionId> {
        self.year
            .state
            .calendar(rcp)
            .filter(|s| s.plan.start > start && s.status.is_upcoming())
            .map(|s| s.plan.id.clone())
            .collect()
    }

    /// True when what leaves this session still finds others in the year.
    fn has_time(&self, session: &Session) -> bool {
        session.plan.start < noon(11, 20)
            && self
                .next_sessions(&session.plan.rcp, session.plan.start)
                .len()
                > 1
    }

    fn cancel(&mut self, id: &SessionId) {
        let session = self.session(id);
        if !self.has_time(&session) {
            return;
        }
        let rcp = self.rcp_of(&session);
        let next = self.next_sessions(&session.plan.rcp, session.plan.start);
        let command = |cases| Command::CancelSession {
            session: id.clone(),
            reason: "trop de participants absents".into(),
            cases,
        };
        let moved = next.first().cloned().is_some_and(|to| {
            let cases = CaseDisposal::MoveTo(to);
            self.may(&coordinator(rcp), &command(cases))
        });
        if !moved {
            self.must(
                &coordinator(rcp),
                &command(CaseDisposal::ReturnToRequesters),
            );
        }
    }

    fn run(&mut self, id: &SessionId) {
        let session = self.session(id);
        if !session.status.is_upcoming() {
            return;
        }
        let rcp = self.rcp_of(&session);
        // The presenter is always there; now and then too few physicians are.
        let few = self.random.percent(6);
        for i in 0..TEAM {
            let present = match i {
                3 => true,
                0 => !few,
                1 => !few || self.random.percent(50),
                2 | 4 => !few && self.random.percent(93),
                _ => self.random.percent(if few { 20 } else { 55 }),
            };
            if present {
                let attendee = professional(rcp, i);
                let command = Command::RecordAttendance {
                    session: id.clone(),
                    attendee,
                };
                self.must(&secretary(rcp), &command);
            }
        }
        self.now = self.now.max(session.plan.start);
        self.must(
            &secretary(rcp),
            &Command::StartSession {
                session: id.clone(),
            },
        );
        for (n, case) in session.agenda.iter().enumerate() {
            self.now += TimeDelta::minutes(4);
            if n == 8 && self.random.percent(5) {
                let professional = professional(rcp, 3).professional;
                let command = Command::RecordDeparture {
                    session: id.clone(),
                    professional,
                };
                self.may(&secretary(rcp), &command);
            }
            self.discuss(&session, rcp, case);
        }
        self.must(
            &secretary(rcp),
            &Command::HoldSession {
                session: id.clone(),
            },
        );
    }

    /// One case of the agenda: discussed, most often.
    fn discuss(&mut self, session: &Session, rcp: usize, case: &EnrolmentId) {
        let enrolment = case.clone();
        if self.has_time(session) {
            match self.random.below(100) {
                0 | 1 => {
                    let next = self.next_sessions(&session.plan.rcp, session.plan.start);
                    let to = next.first().cloned();
                    let reason = "examen en attente".into();
                    let command = Command::PostponeCase {
                        enrolment,
                        to,
                        reason,
                    };
                    if self.may(&coordinator(rcp), &command) {
                        return;
                    }
                }
                2 => {
                    let patient = self.year.state.enrolment(case).map(|c| c.patient.clone());
                    let reason = "pris en charge dans un autre établissement".into();
                    self.must(
                        &coordinator(rcp),
                        &Command::WithdrawCase { enrolment, reason },
                    );
                    self.expected -= 1;
                    // The patient comes back later in the year.
                    self.seen.retain(|p| Some(p) != patient.as_ref());
                    self.fresh.extend(patient);
                    return;
                }
                3 if rcp != RECOURSE => {
                    let recourse = self.rcps[RECOURSE].clone();
                    let next = self.next_sessions(&recourse, self.now + TimeDelta::days(3));
                    let command = Command::ReferCase {
                        new_enrolment: format!("{case}-R").into(),
                        enrolment,
                        rcp: recourse,
                        session: next.first().cloned(),
                        reason: "tumeur rare".into(),
                    };
                    if self.may(&coordinator(rcp), &command) {
                        return;
                    }
                }
                _ => {}
            }
        }
        self.must(
            &coordinator(rcp),
            &Command::DiscussCase {
                enrolment: case.clone(),
            },
        );
        let fiche: FicheId = format!("FICHE-{}", case.as_str().trim_start_matches("DOS-")).into();
        let draft = self.draft(&fiche, 1, rcp);
        let command = Command::DraftFiche {
            fiche: fiche.clone(),
            enrolment: case.clone(),
            draft,
        };
        self.must(&physician(rcp, 3), &command);
        self.at(self.now + TimeDelta::minutes(50), Task::Complete(fiche));
    }

    fn draft(&mut self, fiche: &FicheId, version: u32, rcp: usize) -> FicheDraft {
        let reference = format!("{fiche}/{version}");
        let mut sha256 = String::new();
        for byte in Sha256::digest(&reference) {
            let _ = write!(sha256, "{byte:02x}");
        }
        let attending = self.random.percent(92).then(|| self.random.below(900));
        let mut flags = FicheFlags::default();
        flags.attending_physician = attending.map(|n| format!("MT-{n:04}"));
        flags.attending_physician_mssante = attending.is_some_and(|n| n % 5 != 0);
        flags.g8 = self.random.percent(28);
        flags.oncogeriatric_requested = self.random.percent(11);
        flags.fertility_preservation = self.random.percent(5);
        flags.trial_proposed = self.random.percent(9);
        flags.guideline_respected = match self.random.below(100) {
            0..=6 => Some(false),
            7..=12 => None,
            _ => Some(true),
        };
        let content = ContentRef::new(sha256, reference);
        FicheDraft::new(content, professional(rcp, 3).professional).with_flags(flags)
    }

    fn fiche(&mut self, task: Task) {
        let (Task::Complete(id) | Task::Validate(id) | Task::Send(id) | Task::Correct(id)) = &task
        else {
            return;
        };
        let (id, known) = (id.clone(), self.year.state.fiche(id).cloned());
        let Some(fiche) = known else { return };
        let case = self.year.state.enrolment(&fiche.enrolment);
        let rcp = case
            .and_then(|c| self.rcps.iter().position(|r| *r == c.rcp))
            .unwrap_or(0);
        let version = fiche.latest().map_or(1, |v| v.number);
        match task {
            Task::Complete(_) => {
                self.must(
                    &secretary(rcp),
                    &Command::CompleteFiche { fiche: id.clone() },
                );
                if version > 1 || self.random.percent(93) {
                    let wait = TimeDelta::hours(1 + self.random.below(200) as i64);
                    self.at(self.now + wait, Task::Validate(id));
                }
            }
            Task::Validate(_) => {
                let validate = Command::ValidateFiche { fiche: id.clone() };
                if self.random.percent(2) {
                    // The card was left at home, and a password is no proof.
                    let mut weak = physician(rcp, 3);
                    weak.authentication = Authentication::Password;
                    self.may(&weak, &validate);
                }
                self.must(&physician(rcp, 3), &validate);
                self.at(self.now + TimeDelta::minutes(5), Task::Send(id));
            }
            Task::Send(_) => {
                let send = |recipient: &str| Command::SendFiche {
                    fiche: id.clone(),
                    recipient: recipient.into(),
                };
                self.must(&secretary(rcp), &send("DMP"));
                let flags = fiche
                    .latest()
                    .map(|v| v.draft.flags.clone())
                    .unwrap_or_default();
                if flags.attending_physician_mssante {
                    self.must(&secretary(rcp), &send("médecin traitant (MSSanté)"));
                }
                if version == 1 && self.random.percent(4) {
                    let wait = TimeDelta::days(1 + self.random.below(12) as i64);
                    self.at(self.now + wait, Task::Correct(id));
                }
            }
            _ => {
                let command = Command::ReplaceFiche {
                    fiche: id.clone(),
                    draft: self.draft(&id, version + 1, rcp),
                    reason: "erreur de saisie".into(),
                };
                self.must(&physician(rcp, 3), &command);
                self.at(self.now + TimeDelta::minutes(20), Task::Complete(id));
            }
        }
    }
}

//! Transitions of the status, each with its refusals.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Desk, anna, anna_ins, dominique, dominique_ins, found, ipp};
use dcc_identity::capture::Capture;
use dcc_identity::device::{Device, DeviceCheck};
use dcc_identity::registry::{Command, NewIdentity, Registry, journal};
use dcc_identity::status::{Attributes, Status};

/// From where a transition starts.
#[derive(Clone, Copy, Debug, PartialEq)]
enum From {
    Provisional,
    Retrieved,
    Validated,
    Qualified,
    Doubtful,
    Fictitious,
}

const ALL: [From; 6] = [
    From::Provisional,
    From::Retrieved,
    From::Validated,
    From::Qualified,
    From::Doubtful,
    From::Fictitious,
];

fn insi(accepted: bool) -> Command {
    Command::RecordInsi {
        record: "P".into(),
        found: found(dominique_ins(), dominique()),
        accepted,
    }
}

fn device() -> Command {
    Command::CheckDevice {
        record: "P".into(),
        check: DeviceCheck::new(Device::IdentityCard),
    }
}

fn attributes(homonym: bool, doubtful: bool, fictitious: bool) -> Command {
    Command::SetAttributes {
        record: "P".into(),
        attributes: Attributes {
            homonym,
            doubtful,
            fictitious,
        },
    }
}

fn start(from: From) -> Desk {
    let mut desk = Desk::new();
    desk.create("P", dominique());
    let commands = match from {
        From::Provisional => vec![],
        From::Retrieved => vec![insi(true)],
        From::Validated => vec![device()],
        From::Qualified => vec![insi(true), device()],
        From::Doubtful => vec![attributes(false, true, false)],
        From::Fictitious => vec![attributes(false, false, true)],
    };
    for command in commands {
        desk.run(command).unwrap();
    }
    desk
}

/// What every command does from everywhere, in the order of [`ALL`].
#[test]
fn each_event_from_each_status() {
    use Status::{Provisional as P, Qualified as Q, Retrieved as R, Validated as V};
    let edit = |unlock| {
        let mut traits = dominique();
        traits.birth_place = Some("75056".into());
        Command::EditTraits {
            record: "P".into(),
            traits,
            unlock,
        }
    };
    let reason = || "erreur de saisie".to_owned();
    let licence = Command::CheckDevice {
        record: "P".into(),
        check: DeviceCheck::new(Device::DrivingLicence),
    };
    let app = Command::RecordInsi {
        record: "P".into(),
        found: found(dominique_ins(), dominique()).by(Capture::VitaleApp),
        accepted: true,
    };
    let scan = Command::RecordInsi {
        record: "P".into(),
        found: found(dominique_ins(), dominique()).by(Capture::Scan),
        accepted: true,
    };
    let no = |code| Err(vec![code]);
    let table = [
        // an answer of INSi, accepted by a user
        (
            insi(true),
            [
                Ok(R),
                Ok(R),
                Ok(Q),
                Ok(Q),
                no("INSI-INTERDIT"),
                no("INSI-INTERDIT"),
            ],
        ),
        // not accepted: only a checked identity with equal traits needs nobody
        (
            insi(false),
            [
                no("INSI-ACCORD"),
                no("INSI-ACCORD"),
                Ok(Q),
                Ok(Q),
                Err(vec!["INSI-INTERDIT", "INSI-ACCORD"]),
                Err(vec!["INSI-INTERDIT", "INSI-ACCORD"]),
            ],
        ),
        (
            device(),
            [Ok(V), Ok(Q), Ok(V), Ok(Q), Ok(P), no("INS-ATTRIBUT")],
        ),
        (
            licence,
            [
                no("IDENTITE-DISPOSITIF"),
                no("IDENTITE-DISPOSITIF"),
                no("IDENTITE-DISPOSITIF"),
                no("IDENTITE-DISPOSITIF"),
                no("IDENTITE-DISPOSITIF"),
                Err(vec!["IDENTITE-DISPOSITIF", "INS-ATTRIBUT"]),
            ],
        ),
        (
            app,
            [
                Ok(Q),
                Ok(Q),
                Ok(Q),
                Ok(Q),
                no("INSI-INTERDIT"),
                no("INSI-INTERDIT"),
            ],
        ),
        // a scan is a capture, never a proof
        (
            scan,
            [
                no("INSI-INTERDIT"),
                no("INSI-INTERDIT"),
                no("INSI-INTERDIT"),
                no("INSI-INTERDIT"),
                Err(vec!["INSI-INTERDIT", "INSI-INTERDIT"]),
                Err(vec!["INSI-INTERDIT", "INSI-INTERDIT"]),
            ],
        ),
        (
            Command::WithdrawInsi {
                record: "P".into(),
                reason: reason(),
            },
            [
                no("INSI-ABSENT"),
                Ok(P),
                no("INSI-ABSENT"),
                Ok(V),
                no("INSI-ABSENT"),
                no("INSI-ABSENT"),
            ],
        ),
        (
            Command::WithdrawDevice {
                record: "P".into(),
                reason: reason(),
            },
            [
                no("IDENTITE-SANS-DISPOSITIF"),
                no("IDENTITE-SANS-DISPOSITIF"),
                Ok(P),
                Ok(R),
                no("IDENTITE-SANS-DISPOSITIF"),
                no("IDENTITE-SANS-DISPOSITIF"),
            ],
        ),
        (
            edit(false),
            [
                Ok(P),
                no("IDENTITE-VERROU"),
                no("IDENTITE-VERROU"),
                no("IDENTITE-VERROU"),
                Ok(P),
                Ok(P),
            ],
        ),
        (edit(true), [const { Ok(Status::Provisional) }; 6]),
        (
            attributes(false, true, false),
            [const { Ok(Status::Provisional) }; 6],
        ),
        (
            attributes(false, false, true),
            [const { Ok(Status::Provisional) }; 6],
        ),
        (
            attributes(true, false, false),
            [Ok(P), Ok(R), Ok(V), Ok(Q), Ok(P), Ok(P)],
        ),
        (
            attributes(true, true, false),
            [const { Ok(Status::Provisional) }; 6],
        ),
        (
            attributes(true, false, true),
            [
                no("INS-ATTRIBUT"),
                no("INS-ATTRIBUT"),
                no("INS-ATTRIBUT"),
                no("INS-ATTRIBUT"),
                no("INS-ATTRIBUT"),
                no("INS-ATTRIBUT"),
            ],
        ),
        (
            Command::RecordInsiFailure {
                record: "P".into(),
                code: "01".into(),
            },
            [Ok(P), Ok(R), Ok(V), Ok(Q), Ok(P), Ok(P)],
        ),
    ];
    for (command, expected) in table {
        for (from, expected) in ALL.into_iter().zip(expected) {
            let mut desk = start(from);
            let done = desk.run(command.clone());
            let status = desk.status("P");
            assert_eq!(done.map(|_| status), expected, "{command:?} from {from:?}");
            desk.replays();
        }
    }
}

#[test]
fn marking_an_identity_doubtful_withdraws_its_evidence_for_good() {
    let mut desk = start(From::Qualified);
    desk.run(attributes(false, true, false)).unwrap();
    let record = desk.registry.record(&"P".into()).unwrap();
    assert!(record.insi_source().is_none() && record.proof().is_none());
    assert_eq!(record.former_ins().len(), 1);
    assert!(desk.registry.by_ins(&dominique_ins()).is_none());
    desk.run(attributes(false, false, false)).unwrap();
    assert_eq!(desk.status("P"), Status::Provisional);
    // a proof given while in doubt counts once the doubt is lifted
    let mut desk = start(From::Doubtful);
    desk.run(device()).unwrap();
    desk.run(attributes(false, false, false)).unwrap();
    assert_eq!(desk.status("P"), Status::Validated);
}

#[test]
fn a_user_decides_when_traits_differ() {
    let mut desk = start(From::Validated);
    let mut other = dominique();
    other.birth_name = "PAT TROIS".into();
    let answer = |accepted| Command::RecordInsi {
        record: "P".into(),
        found: found(dominique_ins(), other.clone()),
        accepted,
    };
    assert_eq!(desk.run(answer(false)), Err(vec!["INSI-ACCORD"]));
    desk.run(answer(true)).unwrap();
    let record = desk.registry.record(&"P".into()).unwrap();
    assert_eq!(
        (record.status(), record.traits().birth_name.as_str()),
        (Status::Qualified, "PAT TROIS")
    );
}

#[test]
fn a_first_given_name_that_insi_does_not_give_is_proposed() {
    let mut desk = Desk::new();
    let mut local = anna();
    local.first_given_name = "ANNA MARIA".into();
    desk.create("P", local);
    let mut insi = anna();
    insi.first_given_name = String::new();
    insi.birth_place = None;
    let answer = Command::RecordInsi {
        record: "P".into(),
        found: found(anna_ins(), insi),
        accepted: true,
    };
    assert_eq!(desk.run(answer), Ok(vec![]));
    let traits = desk.registry.record(&"P".into()).unwrap().traits();
    assert_eq!(traits.first_given_name, "ANNA MARIA");
    assert_eq!(traits.birth_place.as_deref(), Some("99109"));
    // and never silently when it does not fit
    let mut desk = Desk::new();
    let mut local = anna();
    local.first_given_name = "ANN".into();
    local.given_names = "ANN".into();
    desk.create("P", local);
    let answer = Command::RecordInsi {
        record: "P".into(),
        found: found(anna_ins(), anna()),
        accepted: true,
    };
    assert_eq!(desk.run(answer), Ok(vec!["TRAIT-PREMIER-PRENOM"]));
}

#[test]
fn a_false_key_of_insi_is_kept_and_told() {
    let mut desk = Desk::new();
    desk.create("P", dominique());
    let wrong = dcc_identity::Ins::new("181036322045660", dcc_base::identity::ins::InsKind::Nir);
    let answer = Command::RecordInsi {
        record: "P".into(),
        found: found(wrong.clone(), dominique()),
        accepted: true,
    };
    assert_eq!(desk.run(answer), Ok(vec!["INS-CLE-INSI"]));
    assert!(desk.registry.by_ins(&wrong).is_some());
}

#[test]
fn one_ins_is_active_on_one_record() {
    let mut desk = start(From::Qualified);
    desk.create("Q", anna());
    let answer = Command::RecordInsi {
        record: "Q".into(),
        found: found(dominique_ins(), dominique()),
        accepted: true,
    };
    let told = desk.run(answer.clone());
    assert_eq!(told, Err(vec!["INS-DEJA-PORTE", "TRAIT-PREMIER-PRENOM"]));
    desk.run(Command::WithdrawInsi {
        record: "P".into(),
        reason: "erreur".into(),
    })
    .unwrap();
    let told = desk.run(answer).unwrap();
    assert_eq!(told, ["TRAIT-PREMIER-PRENOM"]);
    assert_eq!(
        desk.registry
            .by_ins(&dominique_ins())
            .unwrap()
            .id()
            .as_str(),
        "Q"
    );
}

#[test]
fn what_is_typed_is_normalised_or_refused_with_all_its_faults() {
    let mut desk = Desk::new();
    let mut traits = dominique();
    traits.birth_name = "Élie-d’Été".into();
    traits.first_given_name = "4".into();
    traits.given_names = String::new();
    traits.birth_date = common::day("2030-01-01");
    traits.birth_place = Some("6322".into());
    let command = Command::CreateRecord {
        record: " ".into(),
        identity: NewIdentity::new(traits),
    };
    let mut told = desk.run(command).unwrap_err();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            "DOSSIER-IDENTIFIANT",
            "TRAIT-CARACTERE",
            "TRAIT-CARACTERE",
            "TRAIT-DATE",
            "TRAIT-LIEU"
        ]
    );
}

#[test]
fn the_journal_tells_who_when_and_by_what_means() {
    let mut desk = start(From::Qualified);
    desk.run(Command::WithdrawInsi {
        record: "P".into(),
        reason: "INS\nerronée".into(),
    })
    .unwrap();
    desk.run(attributes(true, true, false)).unwrap();
    let lines = journal::lines(&desk.events).unwrap();
    assert_eq!(
        lines,
        [
            "000001 03/03/2026 09:01:00 Accueil TEST : dossier P créé, saisie manuelle ; identité provisoire",
            "000002 03/03/2026 09:02:00 Accueil TEST : identité trouvée par INSi (téléservice INSi), traits acceptés par l'utilisateur, dossier P ; identité provisoire → récupérée",
            "000003 03/03/2026 09:03:00 Accueil TEST : identité contrôlée sur carte nationale d'identité, dossier P ; identité récupérée → qualifiée",
            "000004 03/03/2026 09:04:00 Accueil TEST : INS invalidée, dossier P ; motif : INS erronée ; identité qualifiée → validée",
            "000005 03/03/2026 09:05:00 Accueil TEST : attributs posés : homonyme, douteuse, dossier P ; identité validée → provisoire",
        ]
    );
}

#[test]
fn events_that_do_not_fit_are_refused() {
    let desk = start(From::Qualified);
    let code = |events: &[dcc_identity::registry::Event]| {
        Registry::replay(events)
            .err()
            .and_then(|p| p.iter().next().map(|p| (p.code, p.path.clone())))
    };
    assert_eq!(code(&desk.events), None);
    let mut wrong = desk.events.clone();
    wrong[1].version = 9;
    assert_eq!(
        code(&wrong),
        Some(("IDENTITE-VERSION", "/1/version".into()))
    );
    assert_eq!(
        code(&desk.events[1..]),
        Some(("IDENTITE-ORDRE", "/0/sequence".into()))
    );
    let mut wrong = desk.events.clone();
    wrong[2].at = wrong[0].at - chrono::TimeDelta::days(1);
    assert_eq!(code(&wrong), Some(("IDENTITE-INSTANT", "/2/at".into())));
    let mut alone = desk.events[1].clone();
    alone.sequence = 1;
    assert_eq!(code(&[alone]), Some(("DOSSIER-INCONNU", "/0/fact".into())));
    let mut desk = desk;
    desk.at -= chrono::TimeDelta::days(2);
    assert_eq!(desk.run(device()), Err(vec!["IDENTITE-INSTANT"]));
}

#[test]
fn local_identifiers_belong_to_one_record() {
    let mut desk = start(From::Provisional);
    desk.create("Q", anna());
    let add = |record: &str, id| Command::AddLocalId {
        record: record.into(),
        id,
    };
    assert_eq!(desk.run(add("Q", ipp("P"))), Err(vec!["IPP-DEJA-PORTE"]));
    assert_eq!(desk.run(add("Q", ipp(" "))), Err(vec!["IPP-FORME"]));
    desk.run(add("Q", ipp("Q2"))).unwrap();
    desk.run(Command::ChangeLocalId {
        record: "Q".into(),
        old: ipp("Q2"),
        new: ipp("Q3"),
    })
    .unwrap();
    assert!(desk.registry.by_local_id(&ipp("Q2")).is_none());
    assert_eq!(
        desk.registry.by_local_id(&ipp("Q3")).unwrap().id().as_str(),
        "Q"
    );
    let gone = Command::RemoveLocalId {
        record: "Q".into(),
        id: ipp("Q2"),
    };
    assert_eq!(desk.run(gone), Err(vec!["IPP-INCONNU"]));
    desk.replays();
}

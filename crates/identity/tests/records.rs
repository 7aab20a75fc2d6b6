//! Merges, links, search and duplicates.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Desk, anna, anna_ins, day, dominique, dominique_ins, found, ipp};
use dcc_identity::Life;
use dcc_identity::device::{Device, DeviceCheck};
use dcc_identity::registry::{Command, DuplicateOptions, Query};
use dcc_identity::status::Status;
use dcc_identity::traits::{Sex, Traits};

fn merge(survivor: &str, eliminated: &str, confirmed: bool) -> Command {
    Command::MergeRecords {
        survivor: survivor.into(),
        eliminated: eliminated.into(),
        confirmed,
    }
}

fn insi(desk: &mut Desk, id: &str, ins: dcc_identity::Ins, traits: Traits) {
    desk.run(Command::RecordInsi {
        record: id.into(),
        found: found(ins, traits),
        accepted: true,
    })
    .unwrap();
}

fn device(desk: &mut Desk, id: &str) {
    desk.run(Command::CheckDevice {
        record: id.into(),
        check: DeviceCheck::new(Device::Passport),
    })
    .unwrap();
}

/// Two records of Dominique, with these statuses.
fn pair(kept: Status, gone: Status) -> Desk {
    let mut desk = Desk::new();
    for (id, status) in [("K", kept), ("G", gone)] {
        desk.create(id, dominique());
        if status.holds_matricule() {
            // one INS is active on one record: the second gets it after it is withdrawn
            if desk.registry.by_ins(&dominique_ins()).is_some() {
                insi(&mut desk, id, anna_ins(), dominique());
            } else {
                insi(&mut desk, id, dominique_ins(), dominique());
            }
        }
        if status >= Status::Validated {
            device(&mut desk, id);
        }
        assert_eq!(desk.status(id), status);
    }
    desk
}

#[test]
fn merges_of_every_pair_of_statuses() {
    use Status::{Provisional as P, Qualified as Q, Retrieved as R, Validated as V};
    for kept in Status::ALL {
        for gone in Status::ALL {
            let both = kept.holds_matricule() && gone.holds_matricule();
            let confirm = matches!(
                (kept, gone),
                (V, P) | (P, V) | (Q | R, V | P) | (V | P, Q | R)
            );
            let mut expected = Vec::new();
            if both {
                expected.push("INS-DIFFERENTS");
            }
            if confirm {
                expected.push("FUSION-CONFIRMATION");
            }
            let weaker = gone > kept;
            let refused = !expected.is_empty();
            if weaker {
                expected.push("FUSION-SENS");
            }
            let mut desk = pair(kept, gone);
            let done = desk.run(merge("K", "G", false));
            assert_eq!(done.is_err(), refused, "{kept:?} {gone:?}");
            assert_eq!(done.unwrap_or_else(|e| e), expected, "{kept:?} {gone:?}");
            if !both {
                let mut desk = pair(kept, gone);
                desk.run(merge("K", "G", true)).unwrap();
                assert_eq!(
                    desk.status("K"),
                    kept,
                    "the survivor keeps its own evidence"
                );
                desk.replays();
            }
        }
    }
}

#[test]
fn a_merge_is_undone_and_nothing_is_lost() {
    let mut desk = pair(Status::Qualified, Status::Provisional);
    let before = desk.registry.record(&"G".into()).unwrap().clone();
    desk.run(merge("K", "G", true)).unwrap();
    // late messages still find the record
    assert_eq!(
        desk.registry.by_local_id(&ipp("G")).unwrap().id().as_str(),
        "K"
    );
    assert_eq!(
        desk.registry.resolve(&"G".into()).unwrap().id().as_str(),
        "K"
    );
    let edit = Command::EditUsedNames {
        record: "G".into(),
        used: Default::default(),
    };
    assert_eq!(desk.run(edit), Err(vec!["DOSSIER-FERME"]));
    assert_eq!(desk.run(merge("K", "G", true)), Err(vec!["DOSSIER-FERME"]));
    assert_eq!(
        desk.run(merge("K", "K", true)),
        Err(vec!["FUSION-MEME-DOSSIER"])
    );
    let undo = |reason: &str| Command::UndoMerge {
        eliminated: "G".into(),
        reason: reason.into(),
    };
    assert_eq!(desk.run(undo(" ")), Err(vec!["DOSSIER-MOTIF"]));
    desk.run(undo("deux patientes")).unwrap();
    assert_eq!(*desk.registry.record(&"G".into()).unwrap(), before);
    assert_eq!(
        desk.registry.by_local_id(&ipp("G")).unwrap().id().as_str(),
        "G"
    );
    assert_eq!(desk.run(undo("encore")), Err(vec!["FUSION-AUCUNE"]));
    desk.replays();
}

#[test]
fn a_merge_is_not_undone_into_two_records_with_one_ins() {
    let mut desk = pair(Status::Provisional, Status::Qualified);
    desk.run(merge("K", "G", true)).unwrap();
    insi(&mut desk, "K", dominique_ins(), dominique());
    let undo = Command::UndoMerge {
        eliminated: "G".into(),
        reason: "erreur".into(),
    };
    assert_eq!(desk.run(undo), Err(vec!["INS-DEJA-PORTE"]));
}

#[test]
fn links_and_life() {
    let mut desk = Desk::new();
    for id in ["A", "B", "C"] {
        desk.create(id, anna());
    }
    let link = |a: &str, b: &str| Command::LinkRecords {
        record: a.into(),
        other: b.into(),
    };
    desk.run(link("A", "B")).unwrap();
    desk.run(link("C", "B")).unwrap();
    assert_eq!(desk.registry.linked(&"A".into()).len(), 3);
    desk.run(Command::UnlinkRecords {
        record: "A".into(),
        other: "B".into(),
    })
    .unwrap();
    assert_eq!(desk.registry.linked(&"A".into()).len(), 1);
    let again = Command::UnlinkRecords {
        record: "A".into(),
        other: "B".into(),
    };
    assert_eq!(desk.run(again), Err(vec!["LIEN-AUCUN"]));
    insi(&mut desk, "A", anna_ins(), anna());
    insi(&mut desk, "C", dominique_ins(), anna());
    assert_eq!(desk.run(link("A", "C")), Err(vec!["INS-DIFFERENTS"]));
    let off = Command::DeactivateRecord {
        record: "A".into(),
        reason: "doublon".into(),
        duplicate: true,
    };
    desk.run(off.clone()).unwrap();
    assert!(matches!(
        desk.registry.record(&"A".into()).unwrap().life(),
        Life::Deactivated {
            duplicate: true,
            ..
        }
    ));
    assert!(desk.registry.by_ins(&anna_ins()).is_none());
    assert_eq!(desk.run(off), Err(vec!["DOSSIER-FERME"]));
    let on = Command::ReactivateRecord {
        record: "A".into(),
        reason: "erreur".into(),
    };
    desk.run(on.clone()).unwrap();
    assert!(desk.registry.by_ins(&anna_ins()).is_some());
    assert_eq!(
        desk.run(on),
        Err(vec!["DOSSIER-OUVERT", "INS-DEJA-PORTE"]
            .into_iter()
            .take(1)
            .collect())
    );
    desk.replays();
}

#[test]
fn candidates_are_found_by_traits_and_by_ins() {
    let mut desk = Desk::new();
    desk.create("A", anna());
    desk.create("D", dominique());
    insi(&mut desk, "D", dominique_ins(), dominique());
    let mut used = dcc_identity::traits::UsedNames::default();
    used.family = Some("ESSAI-DURAND".into());
    used.given = Some("ELSE".into());
    desk.run(Command::EditUsedNames {
        record: "A".into(),
        used,
    })
    .unwrap();
    let ask = |fill: &dyn Fn(&mut Query)| {
        let mut query = Query::default();
        fill(&mut query);
        let (found, _) = desk.registry.search(&query)?;
        Ok::<_, dcc_base::problem::Problems>(
            found
                .iter()
                .map(|c| c.record.as_str().to_owned())
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(ask(&|q| q.ins = Some(dominique_ins())).unwrap(), ["D"]);
    assert_eq!(ask(&|q| q.local_id = Some(ipp("A"))).unwrap(), ["A"]);
    assert_eq!(ask(&|q| q.birth_date = day("1962-04-17")).unwrap(), ["A"]);
    assert_eq!(ask(&|q| q.name = Some("d'ess".into())).unwrap(), ["A"]);
    assert_eq!(ask(&|q| q.name = Some("essai du".into())).unwrap(), ["A"]);
    assert_eq!(ask(&|q| q.name = Some("pat-".into())).unwrap(), ["D"]);
    let narrow = |q: &mut Query| {
        q.name = Some("PAT".into());
        q.sex = Some(Sex::Male);
    };
    assert_eq!(ask(&narrow).unwrap(), Vec::<String>::new());
    let given = |q: &mut Query| {
        q.birth_year = Some(1962);
        q.name = Some("D ESSAI".into());
        q.given = Some("maria".into());
    };
    assert_eq!(ask(&given).unwrap(), ["A"]);
    for wide in [None, Some("PA")] {
        let told = ask(&|q| q.name = wide.map(str::to_owned)).unwrap_err();
        assert_eq!(told.iter().next().unwrap().code, "RECHERCHE-CRITERES");
    }
    assert_eq!(
        ask(&|q| q.name = Some("p@t".into()))
            .unwrap_err()
            .iter()
            .next()
            .unwrap()
            .code,
        "TRAIT-CARACTERE"
    );
}

#[test]
fn duplicates_are_explained_point_by_point() {
    let mut desk = Desk::new();
    desk.create("A", dominique());
    let mut close = dominique();
    close.birth_name = "PAT TROIS".into();
    close.birth_date = day("1979-03-28");
    let command = Command::CreateRecord {
        record: "B".into(),
        identity: dcc_identity::registry::NewIdentity::new(close),
    };
    assert_eq!(desk.run(command), Ok(vec!["DOUBLON-PRESUME"]));
    desk.create("C", anna());
    let (found, stopped) = desk.registry.duplicates(&DuplicateOptions::default());
    assert!(!stopped);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].score, 100);
    assert_eq!(
        found[0].reasons,
        [
            "même date de naissance (+30)",
            "même nom de naissance (+30)",
            "même premier prénom (+20)",
            "même sexe (+5)",
            "même lieu de naissance (+15)",
        ]
    );
    let mut swapped = anna();
    swapped.birth_name = "DESSAI".into();
    swapped.birth_date = day("1962-04-01");
    let mut other = swapped.clone();
    other.birth_date = day("1962-01-04");
    other.sex = Sex::Male;
    desk.create("D", swapped);
    desk.create("E", other);
    let told = desk.registry.duplicates_of(&"D".into(), &{
        let mut options = DuplicateOptions::default();
        options.least = 1;
        options
    });
    let with = |id: &str| told.iter().find(|d| d.other.as_str() == id).unwrap();
    assert_eq!(with("E").score, 65);
    assert!(
        with("E")
            .reasons
            .iter()
            .any(|r| r == "jour et mois de naissance échangés (+15)")
    );
    assert!(
        with("E")
            .reasons
            .iter()
            .any(|r| r == "sexes différents (-15)")
    );
    // two patients indeed: not told again
    desk.run(Command::DeclareDistinct {
        record: "A".into(),
        other: "B".into(),
    })
    .unwrap();
    assert!(
        desk.registry
            .duplicates(&DuplicateOptions::default())
            .0
            .is_empty()
    );
    let bounded = {
        let mut options = DuplicateOptions::default();
        options.max_comparisons = 0;
        options
    };
    assert!(desk.registry.duplicates(&bounded).1);
}

#[test]
fn the_patient_of_a_document_received_is_matched_character_for_character() {
    use dcc_identity::registry::{ReceivedPatient, receiver_code};
    let mut desk = Desk::new();
    desk.create("A", dominique());
    insi(&mut desk, "A", dominique_ins(), dominique());
    let mut patient = ReceivedPatient::default();
    patient.ins = Some(dominique_ins());
    patient.traits = dominique();
    let codes = |patient: &ReceivedPatient| match desk.registry.match_received(patient) {
        Ok(record) => vec![record.id().as_str().to_owned()],
        Err(told) => told
            .iter()
            .map(|p| receiver_code(p).unwrap().to_owned())
            .collect(),
    };
    assert_eq!(codes(&patient), ["A"]);
    let change = |f: &dyn Fn(&mut ReceivedPatient)| {
        let mut patient = patient.clone();
        f(&mut patient);
        codes(&patient)
    };
    assert_eq!(change(&|p| p.ins = None), ["903"]);
    assert_eq!(change(&|p| p.ins = Some(anna_ins())), ["902"]);
    let local = |p: &mut ReceivedPatient| {
        p.ins = Some(anna_ins());
        p.local_ids = vec![ipp("A")];
    };
    assert_eq!(change(&local), ["904"]);
    assert_eq!(
        change(&|p| p.traits.birth_name = "PAT TROIS".into()),
        ["904"]
    );
    assert_eq!(change(&|p| p.traits.sex = Sex::Male), ["904"]);
    assert_eq!(change(&|p| p.traits.birth_date = None), ["905"]);
    assert_eq!(change(&|p| p.traits.birth_place = None), ["A"]);
}

#[test]
fn a_former_ins_makes_a_duplicate() {
    let mut desk = Desk::new();
    desk.create("A", dominique());
    insi(&mut desk, "A", anna_ins(), dominique());
    desk.run(Command::WithdrawInsi {
        record: "A".into(),
        reason: "collision".into(),
    })
    .unwrap();
    desk.create("B", anna());
    insi(&mut desk, "B", anna_ins(), anna());
    let (found, _) = desk.registry.duplicates(&DuplicateOptions::default());
    assert_eq!((found.len(), found[0].score), (1, 95));
    assert_eq!(
        found[0].reasons[0],
        "même matricule INS, actif ou ancien (+100)"
    );
}

#[test]
fn records_show_no_value_in_debug() {
    let mut desk = Desk::new();
    desk.create("A", dominique());
    insi(&mut desk, "A", dominique_ins(), dominique());
    let record = desk.registry.record(&"A".into()).unwrap();
    let shown = format!(
        "{:?}{record:?}{:?}{:?}",
        desk.registry,
        desk.events,
        record.traits()
    );
    for value in ["PAT", "DOMINIQUE", "279035", "1979", "63220"] {
        assert!(!shown.contains(value), "{value}");
    }
}

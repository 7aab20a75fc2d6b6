//! Whatever happens, a matricule leaves with a qualified identity alone.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Desk, anna, anna_ins, dominique, dominique_ins, found, ipp};
use dcc_identity::Record;
use dcc_identity::capture::Capture;
use dcc_identity::datamatrix;
use dcc_identity::device::{Device, DeviceCheck};
use dcc_identity::pam::{AdtEvent, write};
use dcc_identity::registry::{Command, Query, ReceivedIdentity, Registry, journal};
use dcc_identity::release::{Channel, ReleaseOptions};
use dcc_identity::status::{Attributes, Status};
use proptest::prelude::*;

const RECORDS: [&str; 3] = ["A", "B", "C"];

fn record() -> impl Strategy<Value = dcc_identity::RecordId> {
    prop::sample::select(&RECORDS[..]).prop_map(Into::into)
}

fn attributes() -> impl Strategy<Value = Attributes> {
    (
        any::<bool>(),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.1),
    )
        .prop_map(|(homonym, doubtful, fictitious)| Attributes {
            homonym,
            doubtful,
            fictitious,
        })
}

fn person() -> impl Strategy<Value = (dcc_identity::Ins, dcc_identity::traits::Traits)> {
    prop_oneof![
        Just((anna_ins(), anna())),
        Just((dominique_ins(), dominique()))
    ]
}

fn check() -> impl Strategy<Value = DeviceCheck> {
    let devices: Vec<Device> = Device::all().collect();
    (prop::sample::select(devices), prop::bool::weighted(0.8)).prop_map(|(device, coherent)| {
        let mut check = DeviceCheck::new(device);
        check.coherent = coherent;
        check
    })
}

fn received() -> impl Strategy<Value = ReceivedIdentity> {
    (
        person(),
        attributes(),
        any::<bool>(),
        prop::option::of(check()),
        record(),
    )
        .prop_map(|((ins, traits), attributes, with_ins, device, record)| {
            let mut identity = ReceivedIdentity::default();
            identity.traits = traits;
            identity.attributes = attributes;
            identity.ins = with_ins.then(|| ins.into());
            identity.device = device;
            identity.local_ids = vec![ipp(record.as_str())];
            identity.origin = "GAM".into();
            identity
        })
}

fn command() -> impl Strategy<Value = Command> {
    let reason = || "motif".to_owned();
    let modes = prop::sample::select(vec![
        Capture::Insi,
        Capture::VitaleCard,
        Capture::VitaleApp,
        Capture::Scan,
    ]);
    prop_oneof![
        4 => (record(), person(), any::<bool>(), modes).prop_map(|(record, (ins, traits), accepted, mode)| {
            Command::RecordInsi { record, found: found(ins, traits).by(mode), accepted }
        }),
        4 => (record(), check()).prop_map(|(record, check)| Command::CheckDevice { record, check }),
        2 => (record(), attributes()).prop_map(|(record, attributes)| Command::SetAttributes { record, attributes }),
        2 => (record(), person(), any::<bool>()).prop_map(|(record, (_, traits), unlock)| {
            Command::EditTraits { record, traits, unlock }
        }),
        1 => record().prop_map(move |record| Command::WithdrawInsi { record, reason: reason() }),
        1 => record().prop_map(move |record| Command::WithdrawDevice { record, reason: reason() }),
        2 => (record(), received()).prop_map(|(record, identity)| Command::ReceiveIdentity { record, identity }),
        1 => (record(), person()).prop_map(|(record, (ins, _))| Command::ReplaceIns {
            record, ins: ins.into(), origin: "GAM".into()
        }),
        1 => (record(), record(), any::<bool>()).prop_map(|(survivor, eliminated, confirmed)| {
            Command::MergeRecords { survivor, eliminated, confirmed }
        }),
        1 => record().prop_map(move |eliminated| Command::UndoMerge { eliminated, reason: reason() }),
        1 => (record(), record()).prop_map(|(record, other)| Command::LinkRecords { record, other }),
        1 => record().prop_map(move |record| Command::DeactivateRecord { record, reason: reason(), duplicate: false }),
        1 => record().prop_map(move |record| Command::ReactivateRecord { record, reason: reason() }),
    ]
}

/// All that can leave of a record, as text.
fn all_that_leaves(record: &Record) -> String {
    let mut out = String::new();
    for channel in Channel::ALL {
        if let Ok(outgoing) = record.outgoing(channel, &ReleaseOptions::default()) {
            if let Some(ins) = outgoing.ins() {
                out.push_str(&ins.ins.matricule);
            }
            out.push_str(&format!("{outgoing:?}"));
        }
    }
    out.push_str(&datamatrix::write(record).unwrap_or_default());
    let at = "2026-03-03T08:00:00Z".parse().unwrap();
    let envelope = write::Envelope::new("DCC", "DPI", "1", at);
    for event in [AdtEvent::A28, AdtEvent::A31] {
        let message = write::identity(record, event, &envelope).unwrap_or_default();
        out.push_str(&String::from_utf8(message).unwrap());
    }
    let merged = write::merge(record, record, &envelope).unwrap_or_default();
    out.push_str(&String::from_utf8(merged).unwrap());
    out.push_str(&format!("{record:?}"));
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_sequence_of_events_lets_a_matricule_leave_unqualified(
        commands in prop::collection::vec(command(), 1..30)
    ) {
        let mut desk = Desk::new();
        for (id, traits) in RECORDS.iter().zip([anna(), dominique(), anna()]) {
            desk.create(id, traits);
        }
        let matricules = [anna_ins().matricule, dominique_ins().matricule];
        for command in commands {
            let _ = desk.run(command);
            let mut active = Vec::new();
            for record in desk.registry.records() {
                let out = all_that_leaves(record);
                let sure = record.status() == Status::Qualified;
                let doubt = record.attributes().doubtful || record.attributes().fictitious;
                prop_assert!(!(sure && doubt));
                prop_assert!(sure || matricules.iter().all(|m| !out.contains(m.as_str())), "{record:?}");
                prop_assert!(!sure || matricules.iter().any(|m| out.contains(m.as_str())));
                if let Some(source) = record.insi_source().filter(|_| record.is_active()) {
                    active.push(source.ins.ins.matricule.clone());
                }
            }
            let count = active.len();
            active.sort();
            active.dedup();
            prop_assert_eq!(active.len(), count, "one INS on two active records");
        }
        let journal = journal::lines(&desk.events).unwrap().join("\n");
        prop_assert!(matricules.iter().all(|m| !journal.contains(m.as_str())));
        desk.replays();
        // the indexes are those of a registry rebuilt
        let again = Registry::replay(&desk.events).unwrap();
        for date in [common::day("1962-04-17"), common::day("1979-03-28")] {
            let mut query = Query::default();
            query.birth_date = date;
            prop_assert_eq!(again.search(&query), desk.registry.search(&query));
        }
    }
}

//! The ledger: replay, no double sending, replacement only of what was accepted.
#![allow(clippy::unwrap_used)]

mod support;

use std::collections::HashSet;

use dcc_exchange::door::Door;
use dcc_exchange::ledger::{Change, Event, Ledger, Operation, Outcome, Status};
use dcc_exchange::mdm::Answer;
use dcc_exchange::sending::{IdentityStatus, Outgoing, Sending};
use dcc_exchange::visibility::Visibility;
use dcc_exchange::xds::RegistryAnswer;
use dcc_hl7v2::ReadOptions;
use proptest::prelude::*;
use support::{Fiche, at, codes, sending};

fn numbered(set: usize) -> Sending {
    let mut sending = sending();
    sending.set_id = format!("1.2.250.1.999.1.2.{set}");
    sending.gateway.as_mut().unwrap().message_id = format!("MSG-{set}");
    sending
}

fn fiche(document: usize, version: u32, replaces: Option<u32>) -> Vec<u8> {
    let id = |version: u32| format!("1.2.250.1.999.5.{document}.{version}");
    Fiche {
        id: id(version),
        series: format!("1.2.250.1.999.5.{document}"),
        version,
        replaces: replaces.map(id),
        body: format!("{document} {version}"),
        ..Fiche::default()
    }
    .cda()
}

fn hidden(cda: &[u8]) -> Outgoing<'_> {
    let mut outgoing = Outgoing::new(cda, Visibility::before_announcement());
    outgoing.options.replaced_entry = Some("urn:uuid:22222222-2222-4222-8222-222222222222".into());
    outgoing
}

fn registry(status: &str, errors: &str) -> RegistryAnswer {
    let text = format!(
        "<r:RegistryResponse xmlns:r='x' status='urn:x:{status}'>{errors}</r:RegistryResponse>"
    );
    RegistryAnswer::read(text.as_bytes(), "", &[]).unwrap()
}

const NOW: &str = "2026-03-03T15:00:00Z";

fn accepted(ledger: &mut Ledger, cda: &[u8], set: usize) {
    let sending = numbered(set);
    let event = ledger.plan(&[hidden(cda)], &sending, Door::Dmp).unwrap();
    ledger.apply(event).unwrap();
    let answer = ledger
        .answered(&sending.set_id, &registry("Success", ""), at(NOW))
        .unwrap();
    ledger.apply(answer).unwrap();
}

fn refusal(ledger: &Ledger, cda: &[u8], set: usize) -> Vec<&'static str> {
    let refused = ledger
        .plan(&[hidden(cda)], &numbered(set), Door::Dmp)
        .unwrap_err();
    codes(&refused)
}

#[test]
fn a_document_lives_from_its_feed_to_its_deletion() {
    let mut ledger = Ledger::new();
    let (first, second) = (fiche(1, 1, None), fiche(1, 2, Some(1)));
    accepted(&mut ledger, &first, 1);
    let id = "1.2.250.1.999.5.1.1";
    assert_eq!(ledger.document(id).unwrap().status, Status::Held);
    // after the announcement
    let change = Change::Visibility(Visibility::everybody());
    let event = ledger
        .plan_change(id, change, &numbered(2), Door::Dmp)
        .unwrap();
    ledger.apply(event).unwrap();
    assert_eq!(refusal(&ledger, &second, 3), ["JOURNAL-EN-ATTENTE"]);
    let answer = ledger
        .answered(&numbered(2).set_id, &registry("Success", ""), at(NOW))
        .unwrap();
    ledger.apply(answer).unwrap();
    assert_eq!(
        ledger.document(id).unwrap().visibility,
        Visibility::everybody()
    );
    accepted(&mut ledger, &second, 3);
    assert_eq!(
        ledger.document(id).unwrap().status,
        Status::Replaced("1.2.250.1.999.5.1.2".into())
    );
    assert_eq!(
        ledger.current("1.2.250.1.999.5.1").unwrap().0,
        "1.2.250.1.999.5.1.2"
    );
    let event = ledger
        .plan_change(
            "1.2.250.1.999.5.1.2",
            Change::Delete,
            &numbered(4),
            Door::Dmp,
        )
        .unwrap();
    ledger.apply(event).unwrap();
    let answer = ledger
        .answered(&numbered(4).set_id, &registry("Success", ""), at(NOW))
        .unwrap();
    ledger.apply(answer).unwrap();
    assert_eq!(ledger.held().count(), 0);
    assert_eq!(
        refusal(&ledger, &second, 5),
        ["JOURNAL-REMPLACE", "JOURNAL-SUPPRIME"]
    );
    let replayed = Ledger::replay(ledger.events().to_vec()).unwrap();
    assert_eq!(replayed, ledger);
    // the events are stored as JSON
    let json = serde_json::to_string(ledger.events()).unwrap();
    let events: Vec<Event> = serde_json::from_str(&json).unwrap();
    assert_eq!(events, ledger.events());
    assert!(
        !json.contains("279035121518989"),
        "no identifier of the patient"
    );
}

#[test]
fn a_refused_sending_says_why() {
    let mut ledger = Ledger::new();
    let first = fiche(1, 2, None);
    let mut provisional = numbered(1);
    provisional.identity = IdentityStatus::Provisional;
    let refused = ledger
        .plan(&[hidden(&first)], &provisional, Door::Dmp)
        .unwrap_err();
    assert_eq!(codes(&refused), ["ENVOI-IDENTITE"]);
    accepted(&mut ledger, &first, 1);
    assert_eq!(refusal(&ledger, &first, 2), ["JOURNAL-DEJA-ENVOYE"]);
    assert_eq!(
        refusal(&ledger, &fiche(2, 1, None), 1),
        ["JOURNAL-LOT-DOUBLE"]
    );
    // an older version, and one that does not say what it replaces
    assert_eq!(
        refusal(&ledger, &fiche(1, 1, None), 2),
        ["JOURNAL-SANS-REMPLACEMENT", "JOURNAL-VERSION"]
    );
    // a replacement of what the DMP does not hold
    assert_eq!(
        refusal(&ledger, &fiche(2, 2, Some(1)), 2),
        ["JOURNAL-ABSENT"]
    );
    // the same content under another identifier
    let copy = String::from_utf8(fiche(1, 2, None)).unwrap();
    let state = ledger.document("1.2.250.1.999.5.1.2").unwrap();
    assert_eq!(state.hash.len(), 40);
    assert!(copy.contains("1.2.250.1.999.5.1.2"));
    let gone = ledger.plan_change("1.2.3", Change::Delete, &numbered(2), Door::Dmp);
    assert_eq!(codes(&gone.unwrap_err()), ["JOURNAL-ABSENT"]);
    let same = ledger.plan_change(
        "1.2.250.1.999.5.1.2",
        Change::Visibility(Visibility::before_announcement()),
        &numbered(2),
        Door::Dmp,
    );
    assert_eq!(codes(&same.unwrap_err()), ["JOURNAL-SANS-EFFET"]);
}

#[test]
fn a_refused_document_may_be_sent_again() {
    let mut ledger = Ledger::new();
    let cda = fiche(1, 1, None);
    let event = ledger
        .plan(&[hidden(&cda)], &numbered(1), Door::Dmp)
        .unwrap();
    ledger.apply(event).unwrap();
    assert_eq!(refusal(&ledger, &cda, 2), ["JOURNAL-EN-ATTENTE"]);
    let errors = "<r:RegistryErrorList><r:RegistryError errorCode='XDSRegistryBusy' \
        codeContext='later' severity='urn:x:Error'/></r:RegistryErrorList>";
    let answer = ledger
        .answered(&numbered(1).set_id, &registry("Failure", errors), at(NOW))
        .unwrap();
    ledger.apply(answer).unwrap();
    assert_eq!(
        ledger.document("1.2.250.1.999.5.1.1").unwrap().status,
        Status::Refused("XDSRegistryBusy".into(), "later".into())
    );
    accepted(&mut ledger, &cda, 2);
    assert_eq!(ledger.held().count(), 1);
    let twice = ledger.answered(&numbered(1).set_id, &registry("Success", ""), at(NOW));
    assert_eq!(codes(&twice.unwrap_err()), ["JOURNAL-REPONSE-DOUBLE"]);
}

#[test]
fn the_gateway_answers_in_two_steps() {
    let mut ledger = Ledger::new();
    let cda = fiche(1, 1, None);
    let event = ledger
        .plan(&[hidden(&cda)], &numbered(1), Door::Gateway)
        .unwrap();
    ledger.apply(event).unwrap();
    let read = |text: &str| Answer::read(text.as_bytes(), &ReadOptions::default()).unwrap();
    let ack = read("MSH|^~\\&|PFI|CH|DCC|CH|20260303||ACK^T02^ACK|1|P|2.6\rMSA|AA|MSG-1\r");
    let event = ledger.gateway_answered(&ack, at(NOW)).unwrap();
    assert!(matches!(event, Event::Received { .. }));
    ledger.apply(event).unwrap();
    assert_eq!(
        ledger.document("1.2.250.1.999.5.1.1").unwrap().status,
        Status::Pending
    );
    let zam = read(
        "MSH|^~\\&|PFI|CH|DCC|CH|20260303||ZAM^Z01^ZAM_Z01|2|P|2.6\rEVN||20260303\rOBX|1|CWE|ACK_RECEPTION_DMP^x^AckMetierZAM|MSG-1|Y^^x||||||F\r",
    );
    let event = ledger.gateway_answered(&zam, at(NOW)).unwrap();
    ledger.apply(event).unwrap();
    assert_eq!(
        ledger.document("1.2.250.1.999.5.1.1").unwrap().status,
        Status::Held
    );
    let read_mail = read(
        "MSH|^~\\&|PFI|CH|DCC|CH|20260303||ZAM^Z03^ZAM_Z01|3|P|2.6\rEVN||20260303\rOBX|1|CWE|ACK_LECTURE_MSS^x^AckMetierZAM|MSG-1|Y^^x||||||F\rOBX|2|XTN|LECTEUR_MSS^x^AckMetierZAM|801|^^X.400^a@test.mssante.fr||||||F\r",
    );
    let event = ledger.gateway_answered(&read_mail, at(NOW)).unwrap();
    assert!(
        matches!(&event, Event::Mailed { address, read: true, .. } if address == "a@test.mssante.fr")
    );
    ledger.apply(event).unwrap();
    let other = read("MSH|^~\\&|PFI|CH|DCC|CH|20260303||ACK^T02^ACK|1|P|2.6\rMSA|AA|X\r");
    assert_eq!(
        codes(&ledger.gateway_answered(&other, at(NOW)).unwrap_err()),
        ["JOURNAL-MESSAGE-INCONNU"]
    );
}

#[test]
fn a_mail_may_leave_twice() {
    let mut ledger = Ledger::new();
    let cda = fiche(1, 1, None);
    for set in [1, 2] {
        let event = ledger
            .plan(&[hidden(&cda)], &numbered(set), Door::Xdm)
            .unwrap();
        ledger.apply(event).unwrap();
    }
    let state = ledger.document("1.2.250.1.999.5.1.1").unwrap();
    assert_eq!((state.mailed, &state.status), (2, &Status::MailOnly));
    accepted(&mut ledger, &cda, 3);
    assert_eq!(ledger.held().count(), 1);
}

#[test]
fn events_that_do_not_follow_are_refused_one_by_one() {
    let mut ledger = Ledger::new();
    accepted(&mut ledger, &fiche(1, 1, None), 1);
    let mut events = ledger.events().to_vec();
    events.extend(ledger.events().to_vec());
    events.push(Event::Registered {
        at: at(NOW),
        unique_id: "1.2".into(),
        entry_uuid: "urn:uuid:x".into(),
        logical_id: None,
    });
    let refused = Ledger::replay(events).unwrap_err();
    let told: Vec<_> = refused.iter().map(|p| (p.code, p.path.as_str())).collect();
    assert_eq!(
        told,
        [
            ("JOURNAL-LOT-DOUBLE", "/events/2"),
            ("JOURNAL-REPONSE-DOUBLE", "/events/3"),
            ("JOURNAL-DOCUMENT-INCONNU", "/events/4"),
        ]
    );
}

/// What a random host tries.
#[derive(Clone, Debug)]
enum Try {
    Feed {
        document: usize,
        version: u32,
        replaces: Option<u32>,
    },
    Change {
        document: usize,
        version: u32,
        change: usize,
    },
    Answer {
        accept: bool,
    },
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let one = prop_oneof![
        (0usize..3, 1u32..4, proptest::option::of(1u32..4)).prop_map(
            |(document, version, replaces)| {
                Try::Feed {
                    document,
                    version,
                    replaces: replaces.filter(|r| *r != version),
                }
            }
        ),
        (0usize..3, 1u32..4, 0usize..4).prop_map(|(document, version, change)| Try::Change {
            document,
            version,
            change
        }),
        any::<bool>().prop_map(|accept| Try::Answer { accept }),
    ];
    proptest::collection::vec(one, 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 48,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]
    #[test]
    fn whatever_a_host_tries_the_ledger_holds(tries in tries()) {
        let mut ledger = Ledger::new();
        let mut waiting: Vec<String> = Vec::new();
        let mut fed: HashSet<String> = HashSet::new();
        for (set, one) in tries.into_iter().enumerate() {
            let sending = numbered(set + 1);
            let planned = match one {
                Try::Feed { document, version, replaces } => {
                    let cda = fiche(document, version, replaces);
                    ledger.plan(&[hidden(&cda)], &sending, Door::Dmp)
                }
                Try::Change { document, version, change } => {
                    let id = format!("1.2.250.1.999.5.{document}.{version}");
                    let change = [
                        Change::Delete,
                        Change::Archive,
                        Change::Unarchive,
                        Change::Visibility(Visibility::everybody()),
                    ][change];
                    ledger.plan_change(&id, change, &sending, Door::Dmp)
                }
                Try::Answer { accept } => {
                    if let Some(set_id) = waiting.pop() {
                        let status = if accept { "Success" } else { "Failure" };
                        let event = ledger.answered(&set_id, &registry(status, ""), at(NOW)).unwrap();
                        if let Event::Settled { outcomes, .. } = &event {
                            prop_assert_eq!(outcomes[0] == Outcome::Accepted, accept);
                        }
                        ledger.apply(event).unwrap();
                    }
                    continue;
                }
            };
            let Ok(event) = planned else { continue };
            if let Event::Sent { operation, documents, .. } = &event {
                let sent = &documents[0];
                let before = ledger.document(&sent.unique_id).map(|s| s.status.clone());
                if *operation == Operation::Feed {
                    // no double sending
                    prop_assert!(!matches!(before, Some(Status::Held | Status::Pending | Status::Deleted)));
                    // a replacement only of what was accepted
                    if let Some(old) = &sent.replaces {
                        prop_assert_eq!(&ledger.document(old).unwrap().status, &Status::Held);
                    }
                    fed.insert(sent.unique_id.clone());
                } else {
                    prop_assert!(matches!(before, Some(Status::Held | Status::Archived)));
                }
            }
            ledger.apply(event).unwrap();
            waiting.push(sending.set_id);
        }
        // one current version of a series at most
        let mut series = HashSet::new();
        for (id, state) in ledger.held() {
            prop_assert!(fed.contains(id));
            prop_assert!(series.insert(state.series.clone()), "two versions held");
        }
        prop_assert_eq!(Ledger::replay(ledger.events().to_vec()).unwrap(), ledger);
    }
}

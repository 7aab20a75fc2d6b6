//! What is written is read back equal, for random documents and sendings; and
//! no bytes make a reader panic.
#![allow(clippy::unwrap_used)]

mod support;

use dcc_base::text::one_line;
use dcc_exchange::cda::Header;
use dcc_exchange::ebrim::Objects;
use dcc_exchange::ledger::Ledger;
use dcc_exchange::mdm::{self, Answer, Flag};
use dcc_exchange::metadata::Submission;
use dcc_exchange::pdsm::{self, FhirAnswer, found};
use dcc_exchange::sending::{Connection, Outgoing, Sending};
use dcc_exchange::visibility::Visibility;
use dcc_exchange::xdm::{self, Limits, XdmOptions};
use dcc_exchange::xds::{self, RegistryAnswer, SoapOptions};
use dcc_hl7v2::ReadOptions;
use proptest::prelude::*;
use support::{Fiche, sending};

/// A text as people write it, with all that breaks formats.
fn text() -> impl Strategy<Value = String> {
    "[ -~éèœŒÀ’€|^&~\\\\<>\"']{1,30}".prop_filter("not blank", |t| !t.trim().is_empty())
}

fn fiche() -> impl Strategy<Value = Fiche> {
    let texts = (text(), text(), text(), text(), text());
    let rest = (
        1u32..1_000_000,
        1u32..9,
        proptest::option::of((text(), text())),
        0u32..24,
    );
    (texts, rest).prop_map(
        |((family, given, title, structure, body), (id, version, event, hour))| Fiche {
            id: format!("1.2.250.1.999.5.{id}"),
            version,
            family,
            given,
            title,
            structure,
            body,
            event,
            start: format!("20260302{hour:02}0000+0100"),
            ..Fiche::default()
        },
    )
}

fn visibility() -> impl Strategy<Value = Visibility> {
    (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(professionals, patient, representatives)| Visibility {
            hidden_from_professionals: professionals && !patient,
            hidden_from_patient: patient,
            hidden_from_representatives: Some(representatives),
        },
    )
}

fn sendings() -> impl Strategy<Value = Sending> {
    let texts = (
        text(),
        text(),
        text(),
        proptest::option::of(text()),
        proptest::option::of(text()),
    );
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (texts, flags, 1u32..1_000_000).prop_map(
        |((name, family, facility, title, comments), (secret, dmp, nh, idnst), set)| {
            let mut sending = sending();
            sending.set_id = format!("1.2.250.1.999.1.2.{set}");
            sending.submitter.structure.name = name;
            sending.submitter.person.as_mut().unwrap().family = family;
            sending.gateway.as_mut().unwrap().receiving_facility = facility;
            sending.gateway.as_mut().unwrap().to_dmp = dmp;
            sending.title = title;
            sending.comments = comments;
            if secret {
                sending.connection = Connection::Secret;
            }
            sending.dialect.ins_type = nh;
            sending.dialect.structure_type = idnst;
            sending
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_package_gives_back_its_metadata_and_documents(
        fiches in proptest::collection::vec(fiche(), 1..4), visibility in visibility(), sending in sendings()) {
        let mut cdas: Vec<(String, Vec<u8>)> = fiches.iter().map(|f| (f.id.clone(), f.cda())).collect();
        cdas.sort();
        cdas.dedup_by(|a, b| a.0 == b.0);
        let outgoing: Vec<_> = cdas.iter().map(|(_, cda)| Outgoing::new(cda, visibility)).collect();
        let package = xdm::write(&outgoing, &sending, &XdmOptions::default()).unwrap();
        let received = xdm::read(&package.bytes, &Limits::default()).unwrap();
        prop_assert!(received.problems.is_empty(), "{}", received.problems);
        let submission = Submission::prepare(&outgoing, &sending, dcc_exchange::door::Door::Xdm).unwrap();
        let mut expected = Objects::of(&submission);
        for (i, entry) in expected.entries.iter_mut().enumerate() {
            entry.uri = Some(format!("DOC{:05}.XML", i + 1));
        }
        let set = &received.sets[0];
        prop_assert_eq!(&set.set, &expected.sets[0]);
        prop_assert_eq!(&set.associations, &expected.associations);
        for ((document, entry), (_, cda)) in set.documents.iter().zip(&expected.entries).zip(&cdas) {
            prop_assert_eq!(&document.entry, entry);
            prop_assert_eq!(&document.bytes, cda);
        }
        // names come out of the strings as they went in
        let author = &set.set.authors[0];
        prop_assert_eq!(author.persons[0].family(), one_line(&sending.submitter.person.as_ref().unwrap().family));
    }

    #[test]
    fn a_message_gives_back_its_document_and_flags(
        fiche in fiche(), visibility in visibility(), sending in sendings(), delete in any::<bool>()) {
        let cda = fiche.cda();
        let mut outgoing = Outgoing::new(&cda, visibility);
        outgoing.options.delete = delete;
        let message = mdm::write(&outgoing, &sending).unwrap();
        let read = mdm::read(&message.bytes, &ReadOptions::default()).unwrap();
        prop_assert!(read.problems.is_empty(), "{}", read.problems);
        prop_assert_eq!(&read.document, &cda);
        prop_assert_eq!(read.event, message.event);
        prop_assert_eq!(read.visibility(), visibility);
        prop_assert_eq!(read.flag(Flag::ToDmp), Some(sending.gateway.as_ref().unwrap().to_dmp));
        prop_assert_eq!(read.flag(Flag::SecretConnection), Some(sending.connection == Connection::Secret));
        prop_assert_eq!(&read.to.1, &sending.gateway.as_ref().unwrap().receiving_facility);
        let sender = read.sender.unwrap();
        prop_assert_eq!(sender.structure_name, one_line(&sending.submitter.structure.name));
    }

    #[test]
    fn a_registry_that_answers_by_fhir_gives_back_the_metadata(
        fiche in fiche(), visibility in visibility(), sending in sendings()) {
        let cda = fiche.cda();
        let outgoing = [Outgoing::new(&cda, visibility)];
        let request = pdsm::provide(&outgoing, &sending).unwrap();
        let bundle: serde_json::Value = serde_json::from_slice(&request.body).unwrap();
        let reference = bundle["entry"][1]["resource"].to_string();
        let (documents, _) = found(reference.as_bytes()).unwrap();
        let submission = Submission::prepare(&outgoing, &sending, dcc_exchange::door::Door::Pdsm).unwrap();
        let (read, made) = (&documents[0].entry, &submission.documents[0].entry);
        prop_assert_eq!(&read.unique_id, &made.unique_id);
        prop_assert_eq!(&read.hash, &made.hash);
        prop_assert_eq!(read.size, made.size);
        prop_assert_eq!(&read.title, &made.title);
        prop_assert_eq!(&read.creation_time, &made.creation_time);
        prop_assert_eq!(&read.service_start_time, &made.service_start_time);
        prop_assert_eq!(&read.class_code, &made.class_code);
        prop_assert_eq!(&read.type_code, &made.type_code);
        prop_assert_eq!(&read.format_code, &made.format_code);
        prop_assert_eq!(&read.facility_type, &made.facility_type);
        prop_assert_eq!(&read.practice_setting, &made.practice_setting);
        prop_assert_eq!(&read.confidentiality, &made.confidentiality);
        prop_assert_eq!(&read.event_codes, &made.event_codes);
    }

    #[test]
    fn a_sending_is_the_same_in_json(sending in sendings()) {
        let json = serde_json::to_string(&sending).unwrap();
        let read: Sending = serde_json::from_str(&json).unwrap();
        prop_assert!(read == sending);
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        every_reader(&bytes);
    }

    #[test]
    fn nothing_changed_in_what_was_written_makes_a_reader_panic(
        fiche in fiche(), at in any::<proptest::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let cda = fiche.cda();
        let outgoing = Outgoing::new(&cda, Visibility::everybody());
        let sending = sending();
        let one = std::slice::from_ref(&outgoing);
        let written = [
            cda.clone(),
            xdm::write(one, &sending, &XdmOptions::default()).unwrap().bytes,
            mdm::write(&outgoing, &sending).unwrap().bytes,
            xds::provide_and_register(one, &sending, None, &SoapOptions::default()).unwrap().http().1,
            pdsm::provide(one, &sending).unwrap().body,
        ];
        for mut bytes in written {
            let at = at.index(bytes.len());
            if cut {
                bytes.truncate(at);
            } else {
                bytes[at] = byte;
            }
            every_reader(&bytes);
        }
    }
}

fn every_reader(bytes: &[u8]) {
    let _ = Header::read(bytes, &dcc_xml::Limits::default());
    let _ = xdm::read(bytes, &Limits::default());
    let _ = mdm::read(bytes, &ReadOptions::default());
    let _ = Answer::read(bytes, &ReadOptions::default());
    let _ = RegistryAnswer::read(bytes, "", &[]);
    let _ = RegistryAnswer::read(bytes, "multipart/related; boundary=x", &[]);
    let _ = xds::read_entries(bytes, "");
    let _ = FhirAnswer::read(bytes, 1);
    let _ = found(bytes);
    if let Ok(events) = serde_json::from_slice::<Vec<dcc_exchange::ledger::Event>>(bytes) {
        let _ = Ledger::replay(events);
    }
    if let Ok(text) = dcc_xml::decode(bytes) {
        let _ = dcc_xml::canonical(&text, true);
    }
}

//! MDM messages: written, read back, the official ones with their oddities.
#![allow(clippy::unwrap_used)]

mod support;

use dcc_exchange::mdm::{self, Answer, BusinessKind, Event, Flag, Profile, acknowledge};
use dcc_exchange::sending::{Connection, Device, Outgoing, Recipient, Structure, Submitter, Visit};
use dcc_exchange::visibility::Visibility;
use dcc_hl7v2::{AckCode, Message, ReadOptions};
use support::{at, codes, file, sample, sending};

const FICHE: &str = "CANCER-FRCP_2022.01_Transversale.xml";

fn text(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    text.split_terminator('\r').map(str::to_owned).collect()
}

/// The fiche as the replacement of another version.
fn replacing(cda: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(cda.to_vec()).unwrap();
    let related = "<relatedDocument typeCode=\"RPLC\"><parentDocument>\
        <id root=\"1.2.250.1.213.1.1.1.8.2022.2.0\"/></parentDocument></relatedDocument>";
    let at = text.rfind("<componentOf>").unwrap();
    format!("{}{related}{}", &text[..at], &text[at..]).into_bytes()
}

#[test]
fn a_first_sending_has_the_segments_of_the_volet() {
    let Some(cda) = sample(FICHE) else { return };
    let mut sending = sending();
    sending.reply_to = Some("reponse@test.mssante.fr".into());
    sending.body_for_professionals = Some("Cher confrère".into());
    let outgoing = Outgoing::new(&cda, Visibility::before_announcement());
    let message = mdm::write(&outgoing, &sending).unwrap();
    assert_eq!(message.event, Event::New);
    let lines = text(&message.bytes);
    assert!(!message.bytes.contains(&b'\n'));
    assert_eq!(
        lines[0],
        "MSH|^~\\&|DCC|CH-ESSAI|PFI|CH-ESSAI|20260303150510+0100||MDM^T02^MDM_T02|MSG-1|T|2.6|||||FRA|UNICODE UTF-8|||2.1^CISIS_CDA_HL7_V2"
    );
    assert_eq!(lines[1], "EVN||20260303150510+0100");
    assert_eq!(
        lines[2],
        "PID|||279035121518989^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS~1234567890121^^^&1.2.3.4.567.8.9.10&ISO^PI||PAT-TROIS^DOMINIQUE^DOMINIQUE MARIE-LOUISE^^^^L||19790328|F|||28 Avenue de Breteuil^Escalier A^PARIS^^75007^FRA^H~^^DOMPREMY^^^^BDL^^51215||||||||||||||||||||N|VALI"
    );
    assert_eq!(
        lines[3],
        "PV1|1|I|ONCO1||||||||||||||||000897406^^^CH-ESSAI&1.2.250.1.999.9&ISO^VN|||||||||||||||||||||||||20260301090000+0100"
    );
    assert_eq!(lines[4], "ORC|NW");
    assert_eq!(
        lines[5],
        "OBR|1|||34794-8^CR de réunion de concertation pluridisciplinaire^LN"
    );
    assert_eq!(
        lines[6],
        "TXA|1|34794-8|TEXT|20190218154500+0100||||||||1.2.250.1.213.1.1.1.8.2022.2.1|||||AU|||||801234567897"
    );
    assert!(lines[7].starts_with(
        "OBX|1|ED|34794-8^CR de réunion de concertation pluridisciplinaire^LN||^text^XML^Base64^"
    ));
    assert!(lines[7].ends_with("||||||F"));
    assert_eq!(
        lines[8],
        "PRT||UC||SB^Send by^participation|801234567897^ESSAI^Anne^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS|||Centre hospitalier d'Essai^^^^^&1.2.250.1.71.4.2.2&ISO^FINEG^^^490000049"
    );
    assert_eq!(
        lines[9],
        "PRT||UC||RCT^Result Copies To^participation|801234567897^ESSAI^Anne^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS||||||||||^^X.400^anne.essai@test.mssante.fr"
    );
    assert_eq!(
        lines[10],
        "PRT||UC||REPLY^Reply To^participation|||||||||||^^X.400^reponse@test.mssante.fr"
    );
    assert_eq!(
        lines[11],
        "OBX|2|CWE|MASQUE_PS^Masqué aux professionnels de Santé^MetaDMPMSS||N^^expandedYes-NoIndicator||||||F"
    );
    assert_eq!(
        lines[13],
        "OBX|4|CWE|INVISIBLE_REP_LEGAUX^Non visible par les représentants Légaux du patient^MetaDMPMSS||Y^^expandedYes-NoIndicator||||||F"
    );
    assert_eq!(lines.len(), 11 + 10 + 1);
    assert!(
        lines[21].starts_with(
            "OBX|12|ED|CORPSMAIL_PS^Corps du mail pour un PS^MetaDMPMSS||^text^^Base64^"
        )
    );
    assert_eq!(codes(&message.warnings), ["MDM-DOSSIER", "MDM-MATRICE"]);
}

#[test]
fn what_is_written_is_read_back() {
    let Some(cda) = sample(FICHE) else { return };
    let replacing = replacing(&cda);
    for (document, delete, event) in [
        (&cda, false, Event::New),
        (&replacing, false, Event::Replace),
        (&cda, true, Event::Delete),
    ] {
        let mut outgoing = Outgoing::new(document, Visibility::before_announcement());
        outgoing.options.delete = delete;
        outgoing.options.changes_visibility = event == Event::Replace;
        let mut sending = sending();
        sending.connection = Connection::Secret;
        sending.body_for_patient = Some("Œuvre à cœur".into());
        let message = mdm::write(&outgoing, &sending).unwrap();
        assert_eq!(message.event, event);
        let read = mdm::read(&message.bytes, &ReadOptions::default()).unwrap();
        assert_eq!(
            codes(&read.problems),
            Vec::<&str>::new(),
            "{}",
            read.problems
        );
        assert_eq!(read.event, event);
        assert_eq!(read.profile, Profile::ToGateway);
        assert_eq!(&read.document, document);
        assert_eq!(read.visibility(), Visibility::before_announcement());
        assert_eq!(read.flag(Flag::SecretConnection), Some(true));
        assert_eq!(read.flag(Flag::ToDmp), Some(true));
        assert_eq!(
            read.flag(Flag::ChangesVisibility),
            Some(event == Event::Replace)
        );
        assert_eq!(read.body_for_patient.as_deref(), Some("Œuvre à cœur"));
        assert_eq!(read.sender.as_ref().unwrap().structure_id, "490000049");
        assert_eq!(read.recipients[0].address, "anne.essai@test.mssante.fr");
        assert_eq!(read.replaced_id.is_some(), event == Event::Replace);
        assert_eq!(read.document_type.code, "34794-8");
    }
}

#[test]
fn a_message_in_8859_15_has_its_bytes() {
    let Some(cda) = sample(FICHE) else { return };
    let mut sending = sending();
    sending.gateway.as_mut().unwrap().latin9 = true;
    let outgoing = Outgoing::new(&cda, Visibility::before_announcement());
    let message = mdm::write(&outgoing, &sending).unwrap();
    assert!(message.bytes.windows(7).any(|w| w == b"r\xe9union"));
    let read = mdm::read(&message.bytes, &ReadOptions::default()).unwrap();
    assert_eq!(read.document, cda);
    assert!(read.document_type.label.contains("réunion"));
    // a name that the set does not have is refused, never changed
    sending.submitter.structure.name = "Центр".into();
    let refused = mdm::write(&outgoing, &sending).unwrap_err();
    assert!(codes(&refused).contains(&"HL7-ENCODAGE"), "{refused}");
}

#[test]
fn recipients_of_every_kind_have_their_fields() {
    let Some(cda) = sample(FICHE) else { return };
    let mut sending = sending();
    sending.submitter = Submitter::device(
        Device {
            id: "1490000049/DCC".into(),
            name: "DCC".into(),
            model: "1".into(),
        },
        sending.submitter.structure.clone(),
    );
    sending.recipients = vec![
        Recipient::Patient {
            address: "279035121518989@patient.mssante.fr".into(),
        },
        Recipient::Structure {
            structure: Structure {
                id: "3435".into(),
                name: "Urologie".into(),
                id_type: "UF".into(),
                authority: "490000049".into(),
                ..Structure::default()
            },
            address: "urologie@test.mssante.fr".into(),
        },
        Recipient::Application {
            id: "DPI-1".into(),
            address: "dpi@test.mssante.fr".into(),
        },
    ];
    sending.without_patient_answer = true;
    let outgoing = Outgoing::new(&cda, Visibility::everybody());
    let message = mdm::write(&outgoing, &sending).unwrap();
    let lines = text(&message.bytes);
    assert!(lines[8].starts_with("PRT||UC||SB^Send by^participation||||Centre hospitalier"));
    assert!(lines[8].ends_with("|1490000049/DCC"));
    assert_eq!(
        lines[9],
        "PRT||UC||RCT^Result Copies To^participation|279035121518989^PAT-TROIS^DOMINIQUE^^^^^^&1.2.250.1.213.1.4.10&ISO^^^^INS||||||||||^^X.400^279035121518989@patient.mssante.fr"
    );
    assert_eq!(
        lines[10],
        "PRT||UC||RCT^Result Copies To^participation||||Urologie^^^^^&490000049^UF^^^3435|||||||^^X.400^urologie@test.mssante.fr"
    );
    assert!(lines[11].contains("|DPI-1|"));
    assert!(lines.contains(&"NTE|1|||FIN".to_owned()));
    let read = mdm::read(&message.bytes, &ReadOptions::default()).unwrap();
    assert!(read.without_patient_answer);
    assert_eq!(read.flag(Flag::ToPatient), Some(true));
    // a document hidden from the patient is not mailed to the patient
    let hidden = Outgoing::new(&cda, Visibility::before_announcement());
    let refused = mdm::write(&hidden, &sending).unwrap_err();
    assert!(codes(&refused).contains(&"MDM-PATIENT-INVISIBLE"));
}

#[test]
fn what_the_gateway_needs_is_asked_all_at_once() {
    let Some(cda) = sample(FICHE) else { return };
    let mut sending = sending();
    let gateway = sending.gateway.as_mut().unwrap();
    gateway.message_id = String::new();
    gateway.processing = "X".into();
    gateway.sending_facility = String::new();
    sending.visit = Some(Visit {
        class: "E".into(),
        ..Visit::default()
    });
    sending.recipients = vec![Recipient::Application {
        id: "A".into(),
        address: " ".into(),
    }];
    let outgoing = Outgoing::new(&cda, Visibility::before_announcement());
    let refused = mdm::write(&outgoing, &sending).unwrap_err();
    let told: Vec<_> = refused
        .iter()
        .filter(|p| p.is_blocking())
        .map(|p| (p.code, p.path.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("MDM-PASSERELLE", "/gateway/sending_facility"),
            ("MDM-MESSAGE", "/gateway/message_id"),
            ("MDM-MODE", "/gateway/processing"),
            ("MDM-VENUE-NUMERO", "/visit/number"),
            ("MDM-ADRESSE", "/recipients/0/address"),
        ]
    );
}

fn official(path: &str) -> Option<Vec<u8>> {
    file(&format!("hl7v2/{path}"))
}

#[test]
fn the_official_messages_are_read_with_their_oddities() {
    let common = ["HL7-FIN-DE-SEGMENT"];
    for (path, event, length, oddities) in [
        (
            "Transmission initiale MDM/message_MDM_CR_Radio_INIT_N1.er7",
            Event::New,
            39,
            vec!["MDM-CDA"],
        ),
        (
            "Transmission initiale MDM/message_MDM_CR_Radio_INIT_N1_Base64.er7",
            Event::New,
            246_117,
            vec!["MDM-BLANCS", "MDM-TXA12-NOM"],
        ),
        (
            "Remplacement MDM/message_MDM_CR_Radio_RPLC_N1.er7",
            Event::Replace,
            246_324,
            vec!["MDM-TXA12-NOM"],
        ),
        (
            "Suppression MDM/message_MDM_CR_Radio_DEL_N1.er7",
            Event::Delete,
            246_326,
            vec![
                "MDM-BASE64-BOURRAGE",
                "MDM-TXA12-NOM",
                "MDM-TXA13-INATTENDU",
            ],
        ),
    ] {
        let Some(bytes) = official(path) else { return };
        let read = mdm::read(&bytes, &ReadOptions::default()).unwrap();
        let mut expected = common.to_vec();
        expected.extend(oddities);
        expected.sort_unstable();
        assert_eq!(codes(&read.problems), expected, "{path}\n{}", read.problems);
        assert_eq!(read.event, event);
        assert_eq!(read.document.len(), length, "{path}");
        assert_eq!(read.flags.len(), 10);
        assert_eq!(read.sender.unwrap().structure_id, "300017985");
        assert_eq!(
            read.recipients[0].address,
            "adam.hoda@test-ci-sis.mssante.fr"
        );
        assert_eq!(read.patient_ids[0].root, "1.2.250.1.213.1.4.10");
        assert!(read.body_for_professionals.unwrap().starts_with("Cher"));
    }
}

#[test]
fn the_three_places_of_the_event_must_agree() {
    let Some(cda) = sample(FICHE) else { return };
    let outgoing = Outgoing::new(&cda, Visibility::before_announcement());
    let message = mdm::write(&outgoing, &sending()).unwrap();
    let text = String::from_utf8(message.bytes).unwrap();
    for (from, to, path) in [
        ("ORC|NW", "ORC|RO", "ORC-1"),
        ("||||||F\rPRT", "||||||D\rPRT", "OBX-11"),
        ("ORC|NW\r", "", "ORC-1"),
    ] {
        let wrong = text.replacen(from, to, 1);
        let refused = mdm::read(wrong.as_bytes(), &ReadOptions::default()).unwrap_err();
        let blocking: Vec<_> = refused
            .iter()
            .filter(|p| p.is_blocking())
            .map(|p| (p.code, p.path.as_str()))
            .collect();
        assert_eq!(blocking, [("MDM-ACCORD", path)]);
    }
    let other = text.replacen("MDM^T02", "ORU^R01", 1);
    let refused = mdm::read(other.as_bytes(), &ReadOptions::default()).unwrap_err();
    assert!(codes(&refused).contains(&"MDM-EVENEMENT"));
}

#[test]
fn a_mail_received_by_the_gateway_is_read() {
    let message = "MSH|^~\\&|PFI|CH|DPI|CH|20260303||MDM^T02^MDM_T02|15|P|2.6|||||FRA|UNICODE UTF-8|||1.1^CISIS_CDA_HL7_LPS\r\
        EVN||20260303\rPID|||42^^^&1.2.3&ISO^PI||ESSAI^ANNE^^^^^L\rPV1|1|N\rORC|NW\rOBR|1|||18748-4^CR^LN\r\
        TXA|1|18748-4|TEXT|20260303||||||||1.2.3.4|||||AU\r\
        OBX|1|ED|18748-4^CR^LN||^text^XML^Base64^PGEvPg==||||||F\r\
        PRT||UC||SB^Send by^participation|801^A^B||||||||||^^X.400^a.b@test.mssante.fr\r\
        PRT||UC||REPLY^Reply To^participation|||||||||||^^X.400^c@test.mssante.fr\r\
        OBX|2|ED|<1@test>^XDM/1.0/DDM+CR ESSAI ANNE 03/03/2026||^text^^Base64^Q29ycHM=||||||F\r\
        OBX|3|CWE|MASQUE_PS^x^MetaDMPMSS||N^^expandedYes-NoIndicator||||||F\r\
        OBX|4|CWE|INVISIBLE_PATIENT^x^MetaDMPMSS||Y^^expandedYes-NoIndicator||||||F\r\
        OBX|5|CWE|INVISIBLE_REP_LEGAUX^x^MetaDMPMSS||Y^^expandedYes-NoIndicator||||||F\r\
        OBX|6|CWE|MODIF_CONF_CODE^x^MetaDMPMSS||N^^expandedYes-NoIndicator||||||F\r";
    let read = mdm::read(message.as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!(read.profile, Profile::FromGateway);
    let mail = read.mail.as_ref().unwrap();
    assert_eq!(mail.message_id, "<1@test>");
    assert_eq!(mail.subject, "XDM/1.0/DDM+CR ESSAI ANNE 03/03/2026");
    assert_eq!(mail.body, "Corps");
    assert_eq!(read.document, b"<a/>");
    assert_eq!(read.reply_to.as_deref(), Some("c@test.mssante.fr"));
    assert_eq!(codes(&read.problems), ["MDM-CDA"]);

    let accepted = acknowledge(&read.message, "A1", at("2026-03-03T10:00:00Z"), None).unwrap();
    assert_eq!(
        text(&accepted),
        [
            "MSH|^~\\&|DPI|CH|PFI|CH|20260303110000+0100||ACK^T02^ACK|A1|P|2.6|||||FRA|UNICODE UTF-8",
            "MSA|AA|15"
        ]
    );
    let refused =
        acknowledge(&read.message, "A2", at("2026-03-03T10:00:00Z"), Some("904")).unwrap();
    let Answer::Message(ack) = Answer::read(&refused, &ReadOptions::default()).unwrap() else {
        panic!("an ACK");
    };
    assert_eq!(ack.code, AckCode::Error);
    assert_eq!(ack.message_id, "15");
    let fault = &ack.faults[0];
    assert_eq!(fault.message.code, "207");
    assert_eq!(fault.application.as_ref().unwrap().code, "904");
    assert!(fault.known.unwrap().action.contains("INSi"));
    let unknown = acknowledge(&read.message, "A3", at("2026-03-03T10:00:00Z"), Some("999"));
    assert_eq!(codes(&unknown.unwrap_err()), ["ACK-ERREUR"]);
}

#[test]
fn acknowledgements_have_named_results() {
    let options = ReadOptions::default();
    for path in ["Remplacement MDM/ack.er7", "Suppression MDM/ack.er7"] {
        let Some(bytes) = official(path) else { return };
        let Answer::Message(ack) = Answer::read(&bytes, &options).unwrap() else {
            panic!("an ACK");
        };
        assert_eq!(
            (ack.code, ack.message_id.as_str()),
            (AckCode::Accept, "015")
        );
        assert!(ack.faults.is_empty());
    }
    let rejected = b"MSH|^~\\&|PFI|CH|DCC|CH|20260303||ACK^T02^ACK|16|P|2.6\rMSA|AR|15\rERR||MSH^1^12|203^Unsupported version^messageErrorCondition|Error\r";
    let Answer::Message(ack) = Answer::read(rejected, &options).unwrap() else {
        panic!("an ACK");
    };
    assert_eq!(ack.code, AckCode::Reject);
    assert_eq!(ack.faults[0].location, "MSH^1^12");
    assert_eq!(ack.faults[0].severity, "E");
    assert_eq!(ack.faults[0].known.unwrap().code, "203");

    let closed = b"MSH|^~\\&|PFI|CH|DCC|CH|20260303||ZAM^Z01^ZAM_Z01|17|P|2.6|||||FRA|UNICODE UTF-8|||2.1^CISIS_CDA_HL7_V2\rEVN||20260303\rOBX|1|CWE|ACK_RECEPTION_DMP^x^AckMetierZAM|MSG-1|N^^expandedYes-NoIndicator||||||F|\rERR|||207^Application internal error^messageErrorCondition|E|DMPClosed^x^DMPERRORCODE\r";
    let Answer::Business(zam) = Answer::read(closed, &options).unwrap() else {
        panic!("a ZAM");
    };
    assert_eq!(zam.kind, BusinessKind::Dmp);
    assert_eq!((zam.message_id.as_str(), zam.is_positive), ("MSG-1", false));
    assert_eq!(zam.faults[0].known.unwrap().code, "DMPClosed");

    let delivered = b"MSH|^~\\&|PFI|CH|DCC|CH|20260303||ZAM^Z02^ZAM_Z01|18|P|2.6\rEVN||20260303\rOBX|1|CWE|ACK_RECEPTION_MSS^x^AckMetierZAM|MSG-1|Y^^expandedYes-NoIndicator||||||F\rOBX|2|XTN|DESTINATAIRE_MSS^x^AckMetierZAM|801|^^X.400^a@test.mssante.fr||||||F\r";
    let Answer::Business(zam) = Answer::read(delivered, &options).unwrap() else {
        panic!("a ZAM");
    };
    assert_eq!(zam.kind, BusinessKind::Delivered);
    assert!(zam.is_positive);
    assert_eq!(zam.recipient.unwrap().1, "a@test.mssante.fr");
    let zam = Message::read(delivered, &options).unwrap();
    let answer = acknowledge(&zam, "A9", at("2026-03-03T10:00:00Z"), None).unwrap();
    assert!(text(&answer)[0].contains("ACK^Z02^ACK"));
    assert_eq!(
        codes(&Answer::read(b"MSH|^~\\&|||||||ADT^A01|1|P|2.6\r", &options).unwrap_err()),
        ["ACK-TYPE"]
    );
}

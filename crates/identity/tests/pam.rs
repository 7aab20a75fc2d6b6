//! Messages of PAM France, in and out.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Desk, dominique, dominique_ins};
use dcc_hl7v2::{Message, ReadOptions};
use dcc_identity::pam::{AdtEvent, Interface, receive, write};
use dcc_identity::registry::Command;
use dcc_identity::status::Status;
use dcc_identity::{Authority, LocalId};
use proptest::prelude::*;

const CH: &str = "CHU-X&000897406&N";
const INS: &str = "279035121518989^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS";

fn ipp(value: &str) -> LocalId {
    let mut authority = Authority::default();
    authority.name = "CHU-X".into();
    authority.id = "000897406".into();
    authority.id_type = "N".into();
    LocalId::ipp(value, authority)
}

fn message(event: &str, rest: &str) -> Message {
    let text = format!(
        "MSH|^~\\&|GAM|CHU-X|DPI|CHU-X|20240306111154||ADT^{event}^ADT_A05|3975|D|2.5^FRA^2.11|||||FRA|UNICODE UTF-8\
         |FR||2.11^IHE_FRANCE-2.11-PAM\rEVN||20240306111154\r{rest}"
    );
    Message::read(text.as_bytes(), &ReadOptions::default()).unwrap()
}

fn pid(ids: &str, status: &str) -> String {
    format!(
        "PID|1||{ids}||PAT-TROIS^DOMINIQUE^DOMINIQUE^^^^L||19790328|F|||28 Av de Breteuil^^PARIS^^75007^FRA^H~\
         ^^^^^^BDL^^63220|||||S||||||||||||||||{status}\r"
    )
}

struct Out {
    events: usize,
    codes: Vec<(&'static str, String)>,
    ack: String,
}

fn take(desk: &mut Desk, message: &Message, new: &str) -> Out {
    take_with(desk, message, new, &Interface::default())
}

fn take_with(desk: &mut Desk, message: &Message, new: &str, interface: &Interface) -> Out {
    let received = receive(
        &mut desk.registry,
        message,
        &new.into(),
        &Desk::agent(),
        desk.at,
        &desk.policy,
        interface,
    );
    desk.events.extend(received.events.iter().cloned());
    let ack = received.ack("A1", "20260303090000").write(message).unwrap();
    Out {
        events: received.events.len(),
        codes: received
            .problems
            .iter()
            .map(|p| (p.code, p.path.clone()))
            .collect(),
        ack: String::from_utf8(ack).unwrap(),
    }
}

fn codes(out: &Out) -> Vec<&'static str> {
    out.codes.iter().map(|c| c.0).collect()
}

#[test]
fn an_identity_received_keeps_the_status_that_its_evidence_gives() {
    let table = [
        // PID-32, INS in PID-3, ZFD; status, warnings
        (
            "VALI",
            true,
            "ZFD|||Y|N|INSI|20211201|CN|20300101",
            Status::Qualified,
            vec![],
        ),
        (
            "VALI",
            true,
            "ZFD|||Y|N|INSI|20211201",
            Status::Qualified,
            vec!["PAM-PREUVE"],
        ),
        ("VALI", true, "", Status::Qualified, vec!["PAM-PREUVE"]),
        (
            "VALI",
            true,
            "ZFD|||Y|N|CB||PA",
            Status::Validated,
            vec!["PAM-INS"],
        ),
        ("VALI", false, "ZFD|||||||PA", Status::Validated, vec![]),
        (
            "VALI",
            false,
            "ZFD|||||||XX",
            Status::Provisional,
            vec!["PAM-CODE"],
        ),
        ("VALI", false, "ZFD|||||||PC", Status::Provisional, vec![]),
        (
            "PROV",
            true,
            "ZFD|||||INSI",
            Status::Provisional,
            vec!["PAM-INS"],
        ),
        (
            "PROV",
            false,
            "ZFD|||||||CN",
            Status::Provisional,
            vec!["PAM-STATUT"],
        ),
        ("RECUP", true, "ZFD|||||INSI", Status::Retrieved, vec![]),
        ("RECUP", false, "", Status::Provisional, vec!["PAM-STATUT"]),
        ("QUAL", true, "ZFD|||||INSI||CS", Status::Qualified, vec![]),
        (
            "QUAL",
            false,
            "ZFD|||||INSI||CS",
            Status::Validated,
            vec!["PAM-STATUT"],
        ),
        (
            "PROV~VALI",
            false,
            "",
            Status::Provisional,
            vec!["PAM-STATUT"],
        ),
        ("PROV~FICT", true, "", Status::Provisional, vec!["PAM-INS"]),
        ("PROV~FICTI", false, "", Status::Provisional, vec![]),
        ("PROV~DOUT~HOMA", false, "", Status::Provisional, vec![]),
        (
            "VALI~DOUT",
            true,
            "ZFD|||||INSI||CN",
            Status::Provisional,
            vec!["PAM-STATUT"],
        ),
        (
            "VALI~HOMD",
            false,
            "ZFD|||||||CN",
            Status::Validated,
            vec![],
        ),
        ("VIDE", true, "", Status::Provisional, vec!["PAM-INS"]),
        ("", false, "", Status::Provisional, vec![]),
        (
            "VALI~CACH~ZUT",
            false,
            "ZFD|||||||CN",
            Status::Validated,
            vec!["PAM-CODE", "PAM-CODE"],
        ),
    ];
    for (code, ins, zfd, status, warnings) in table {
        let mut desk = Desk::new();
        let ids = if ins {
            format!("000003^^^{CH}^PI~{INS}^^20101207")
        } else {
            format!("000003^^^{CH}^PI")
        };
        let out = take(
            &mut desk,
            &message("A28", &format!("{}{zfd}", pid(&ids, code))),
            "P",
        );
        assert_eq!(codes(&out), warnings, "{code} {ins} {zfd}");
        assert_eq!(desk.status("P"), status, "{code} {ins} {zfd}");
        assert!(out.ack.contains("\rMSA|AA|3975\r"), "{}", out.ack);
        let record = desk.registry.record(&"P".into()).unwrap();
        assert_eq!(record.is_unqualified(), matches!(code, "" | "VIDE"));
        assert_eq!(record.traits().birth_place.as_deref(), Some("63220"));
        assert_eq!(
            desk.registry
                .by_local_id(&ipp("000003"))
                .unwrap()
                .id()
                .as_str(),
            "P"
        );
        desk.replays();
    }
}

#[test]
fn settings_of_the_interface_and_of_the_establishment() {
    let ids = format!("000003^^^{CH}^PI~{INS}");
    let qualified = message("A28", &pid(&ids, "VALI"));
    let mut interface = Interface::default();
    interface.require_zfd_5 = true;
    interface.placeholder_proof = false;
    let mut desk = Desk::new();
    let out = take_with(&mut desk, &qualified, "P", &interface);
    assert_eq!(codes(&out), ["PAM-PREUVE", "PAM-INS"]);
    assert_eq!(desk.status("P"), Status::Provisional);
    let mut desk = Desk::new();
    desk.policy.trust_received = false;
    take(&mut desk, &qualified, "P");
    assert_eq!(desk.status("P"), Status::Provisional);
    interface.create_on_update = false;
    let unknown = take_with(
        &mut Desk::new(),
        &message("A31", &pid(&ids, "PROV")),
        "P",
        &interface,
    );
    assert!(unknown.codes.contains(&("IPP-INCONNU", "PID-3".into())));
    assert!(unknown.ack.contains("MSA|AE|3975\r") && unknown.ack.contains("|204^"));
}

#[test]
fn an_update_keeps_the_evidence_obtained_here_while_the_traits_are_the_same() {
    let mut desk = Desk::new();
    let ids = format!("000003^^^{CH}^PI");
    take(&mut desk, &message("A28", &pid(&ids, "PROV")), "P");
    let found = common::found(dominique_ins(), dominique());
    desk.run(Command::RecordInsi {
        record: "P".into(),
        found,
        accepted: true,
    })
    .unwrap();
    take(&mut desk, &message("A31", &pid(&ids, "PROV")), "X");
    assert_eq!(desk.status("P"), Status::Retrieved);
    let other = pid(&ids, "PROV").replace("19790328", "19790329");
    take(&mut desk, &message("A31", &other), "X");
    assert_eq!(desk.status("P"), Status::Provisional);
    assert_eq!(
        desk.registry
            .record(&"P".into())
            .unwrap()
            .former_ins()
            .len(),
        1
    );
    assert!(desk.registry.record(&"X".into()).is_none());
    let created = take(
        &mut desk,
        &message("A31", &pid(&format!("4^^^{CH}^PI"), "PROV")),
        "Y",
    );
    assert_eq!(codes(&created), ["PAM-CREATION", "DOUBLON-PRESUME"]);
}

#[test]
fn used_names_lunar_dates_and_consents() {
    let mut desk = Desk::new();
    let line = format!(
        "PID|1|x|3^^^{CH}^PI||D'ESSAI^Anna-Maria^Anna-Maria Else^^^^L~DURAND^ELSE^^^^^D~X^Y^^^^^S|||F\r\
         ZFA|ACTIF|20240306111154|||||||INO|20240306111154|IC|20240306111154\rZFD|40^13^1960||Y|Y|SM\rZZZ|1\r"
    );
    let out = take(&mut desk, &message("A28", &line), "P");
    assert_eq!(
        out.codes,
        [
            ("PAM-SEGMENT-INCONNU", "ZZZ".to_owned()),
            ("PAM-INTERDIT", "PID-2".into()),
            ("PAM-CODE", "PID-5(3).7".into()),
            ("TRAIT-LIEU-ABSENT", "PID-11.9".into()),
        ]
    );
    let record = desk.registry.record(&"P".into()).unwrap();
    assert_eq!(record.traits().birth_date, common::day("1960-12-31"));
    assert!(record.traits().birth_date_corrected);
    assert_eq!(record.lunar_date(), Some("1960-13-40"));
    assert_eq!(record.used_names().family.as_deref(), Some("DURAND"));
    assert_eq!(record.traits().given_names, "ANNA-MARIA ELSE");
    let consent = record.dmp_consent().unwrap();
    assert_eq!(
        (consent.feeding.as_deref(), consent.reading.as_deref()),
        (Some("INO"), Some("IC"))
    );
}

proptest! {
    #[test]
    fn any_fields_are_received_or_refused(
        event in prop::sample::select(vec!["A28", "A31", "A40", "A47", "A24", "A37"]),
        fields in prop::collection::vec("[A-Z0-9^~&|\\\\\"é -]{0,40}", 1..6),
        names in prop::collection::vec(prop::sample::select(vec!["PID", "MRG", "ZFD", "ZFA", "ZBE", "XYZ"]), 1..6),
    ) {
        let body: String = names.iter().zip(fields.iter().cycle()).map(|(n, f)| format!("{n}|{f}\r")).collect();
        let mut desk = Desk::new();
        let out = take(&mut desk, &message(event, &body), "P");
        prop_assert!(out.ack.contains("\rMSA|A"));
        desk.replays();
    }
}

#[test]
fn a_hostile_number_of_repetitions_is_refused() {
    let ids = format!("1^^^{CH}^PI{}", "~".repeat(100_000));
    let out = take(
        &mut Desk::new(),
        &message("A28", &pid(&ids, "PROV~~~~X")),
        "P",
    );
    assert!(out.codes.contains(&("PAM-REPETITIONS", "PID-3".into())));
    assert!(out.codes.len() < 300);
}

#[test]
fn merges_leave_an_alias() {
    let mut desk = Desk::new();
    for (value, id) in [("1", "A"), ("2", "B"), ("3", "C")] {
        take(
            &mut desk,
            &message("A28", &pid(&format!("{value}^^^{CH}^PI"), "PROV")),
            id,
        );
    }
    let merge = |kept: &str, gone: &str| {
        message(
            "A40",
            &format!(
                "{}MRG|{gone}^^^{CH}^PI\r",
                pid(&format!("{kept}^^^{CH}^PI"), "PROV")
            ),
        )
    };
    assert_eq!(take(&mut desk, &merge("1", "2"), "X").events, 1);
    assert_eq!(
        desk.registry.by_local_id(&ipp("2")).unwrap().id().as_str(),
        "A"
    );
    let again = take(&mut desk, &merge("1", "2"), "X");
    assert_eq!((again.events, codes(&again)), (0, vec!["PAM-DEJA-FAIT"]));
    assert!(again.ack.contains("MSA|AA|"));
    let unknown = take(&mut desk, &merge("1", "9"), "X");
    assert_eq!(unknown.codes, [("IPP-INCONNU", "MRG-1".to_owned())]);
    // a late message on the eliminated identifier updates the survivor
    take(
        &mut desk,
        &message("A31", &pid(&format!("2^^^{CH}^PI"), "PROV~HOMA")),
        "X",
    );
    assert!(
        desk.registry
            .record(&"A".into())
            .unwrap()
            .attributes()
            .homonym
    );
    // two merges in one message, the second refused: none is done
    let two = format!(
        "{}MRG|3^^^{CH}^PI\r{}MRG|9^^^{CH}^PI\r",
        pid(&format!("1^^^{CH}^PI"), "PROV"),
        pid(&format!("1^^^{CH}^PI"), "PROV")
    );
    let out = take(&mut desk, &message("A40", &two), "X");
    assert_eq!(
        (out.events, out.codes),
        (0, vec![("IPP-INCONNU", "MRG[2]-1".to_owned())])
    );
    assert!(desk.registry.record(&"C".into()).unwrap().is_active());
    desk.replays();
}

#[test]
fn a_merge_of_two_ins_is_never_silent() {
    let mut desk = Desk::new();
    let first = format!("1^^^{CH}^PI~{INS}");
    let second =
        format!("2^^^{CH}^PI~262049910901289^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS");
    let third = format!("3^^^{CH}^PI");
    take(&mut desk, &message("A28", &pid(&first, "VALI")), "A");
    take(&mut desk, &message("A28", &pid(&second, "VALI")), "B");
    take(&mut desk, &message("A28", &pid(&third, "PROV")), "C");
    let merge = message(
        "A40",
        &format!(
            "{}MRG|3^^^{CH}^PI\r{}MRG|2^^^{CH}^PI\r",
            pid(&first, "VALI"),
            pid(&first, "VALI")
        ),
    );
    let out = take(&mut desk, &merge, "X");
    assert_eq!(
        (out.events, out.codes),
        (0, vec![("INS-DIFFERENTS", "MRG[2]-1".to_owned())])
    );
    assert!(out.ack.contains("ERR||MRG^2^1^1|207^") && !out.ack.contains("262049910901289"));
    // the first merge is taken back with the second
    assert!(desk.registry.record(&"C".into()).unwrap().is_active());
    let same = take(
        &mut desk,
        &message("A28", &pid(&format!("4^^^{CH}^PI~{INS}"), "VALI")),
        "D",
    );
    assert!(codes(&same).contains(&"INS-DEJA-PORTE"));
    assert!(same.ack.contains("|205^"));
    desk.replays();
}

#[test]
fn identifiers_change_and_an_ins_is_withdrawn() {
    let mut desk = Desk::new();
    take(
        &mut desk,
        &message("A28", &pid(&format!("1^^^{CH}^PI~{INS}"), "VALI")),
        "A",
    );
    let change = |new: &str, old: &str| message("A47", &format!("{}MRG|{old}\r", pid(new, "VALI")));
    let out = take(
        &mut desk,
        &change(&format!("7^^^{CH}^PI"), &format!("1^^^{CH}^PI")),
        "X",
    );
    assert_eq!((out.events, out.codes), (1, vec![]));
    assert!(
        desk.registry.by_local_id(&ipp("1")).is_none()
            && desk.registry.by_local_id(&ipp("7")).is_some()
    );
    let other = INS.replace("279035121518989", "262049910901289");
    assert_eq!(take(&mut desk, &change(&other, INS), "X").events, 1);
    assert_eq!(desk.status("A"), Status::Qualified);
    let gone = other.replace("262049910901289", "\"\"");
    assert_eq!(take(&mut desk, &change(&gone, &other), "X").events, 1);
    assert_eq!(desk.status("A"), Status::Validated);
    assert_eq!(
        desk.registry
            .record(&"A".into())
            .unwrap()
            .former_ins()
            .len(),
        2
    );
    let unknown = take(
        &mut desk,
        &change(&format!("8^^^{CH}^PI"), &format!("9^^^{CH}^PI")),
        "X",
    );
    assert_eq!(unknown.codes, [("IPP-INCONNU", "MRG-1".to_owned())]);
    desk.replays();
}

#[test]
fn records_are_linked_and_unlinked() {
    let mut desk = Desk::new();
    for (value, id) in [("1", "A"), ("2", "B")] {
        take(
            &mut desk,
            &message("A28", &pid(&format!("{value}^^^{CH}^PI"), "PROV")),
            id,
        );
    }
    let two = format!(
        "{}{}",
        pid(&format!("1^^^{CH}^PI"), "PROV"),
        pid(&format!("2^^^{CH}^PI"), "PROV")
    );
    assert_eq!(take(&mut desk, &message("A24", &two), "X").events, 1);
    assert_eq!(desk.registry.linked(&"A".into()).len(), 2);
    assert_eq!(take(&mut desk, &message("A37", &two), "X").events, 1);
    let again = take(&mut desk, &message("A37", &two), "X");
    assert_eq!(again.codes, [("LIEN-AUCUN", "PID[2]-3".to_owned())]);
    let one = take(
        &mut desk,
        &message("A24", &pid(&format!("1^^^{CH}^PI"), "PROV")),
        "X",
    );
    assert_eq!(codes(&one), ["PAM-ABSENT"]);
}

#[test]
fn what_is_not_an_identity_message_is_refused() {
    let ids = format!("1^^^{CH}^PI");
    let stay = take(&mut Desk::new(), &message("A01", &pid(&ids, "VALI")), "X");
    assert_eq!(stay.codes, [("PAM-EVENEMENT", "MSH-9".to_owned())]);
    assert!(
        stay.ack.contains("MSA|AR|3975\r")
            && stay.ack.contains("|201^Unsupported event code^HL70357|E|")
    );
    let none = take(&mut Desk::new(), &message("A28", ""), "X");
    assert_eq!(none.codes, [("PAM-ABSENT", "PID".to_owned())]);
    let faulty =
        format!("PID|1||1^^^^PI||PAT3^D^D^^^^L||1979x|F|||^^^^^^BDL^^6322\rPID|2||{ids}\r");
    let out = take(&mut Desk::new(), &message("A28", &faulty), "X");
    let mut told = out.codes;
    told.sort();
    assert_eq!(
        told,
        [
            ("PAM-ABSENT", "PID-3".to_owned()),
            ("PAM-ABSENT", "PID[2]".into()),
            ("PAM-ABSENT", "PID[2]-5".into()),
            ("PAM-CODE", "PID-3".into()),
        ]
    );
    let name = take(
        &mut Desk::new(),
        &message("A28", &pid(&ids, "VALI").replace("PAT-TROIS", "PAT3")),
        "X",
    );
    assert!(
        name.codes.contains(&("TRAIT-CARACTERE", "PID-5.1".into())),
        "{:?}",
        name.codes
    );
    let several = {
        let mut desk = Desk::new();
        for (value, id) in [("1", "A"), ("2", "B")] {
            take(
                &mut desk,
                &message("A28", &pid(&format!("{value}^^^{CH}^PI"), "PROV")),
                id,
            );
        }
        take(
            &mut desk,
            &message("A31", &pid(&format!("1^^^{CH}^PI~2^^^{CH}^PI"), "PROV")),
            "X",
        )
    };
    assert!(
        several
            .codes
            .contains(&("PAM-PLUSIEURS-DOSSIERS", "PID-3".into()))
    );
}

#[test]
fn a_message_written_is_read_back_as_the_same_identity() {
    for (status, ins) in [
        ("VALI", true),
        ("VALI", false),
        ("PROV~DOUT~HOMA", false),
        ("RECUP", true),
    ] {
        let mut desk = Desk::new();
        let ids = if ins {
            format!("1^^^{CH}^PI~{INS}^^20101207")
        } else {
            format!("1^^^{CH}^PI")
        };
        let zfd = "ZFD|||Y|N|INSI|20211201|CN|20300101\r";
        take(
            &mut desk,
            &message("A28", &format!("{}{zfd}", pid(&ids, status))),
            "P",
        );
        let record = desk.registry.record(&"P".into()).unwrap();
        let envelope = write::Envelope::new("DCC", "DPI", "42", desk.at);
        let bytes = write::identity(record, AdtEvent::A31, &envelope).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert_eq!(
            text.contains("279035121518989"),
            record.status() == Status::Qualified,
            "{text}"
        );
        let sent = Message::read(&bytes, &ReadOptions::default()).unwrap();
        assert_eq!(sent.to_bytes(), bytes);
        let mut other = Desk::new();
        let out = take(&mut other, &sent, "P");
        assert!(
            out.codes.iter().all(|c| c.0 == "PAM-CREATION"),
            "{:?}",
            out.codes
        );
        let again = other.registry.record(&"P".into()).unwrap();
        let expected = if status == "RECUP" {
            Status::Provisional
        } else {
            record.status()
        };
        assert_eq!(again.status(), expected);
        assert!(again.traits() == record.traits() && again.local_ids() == record.local_ids());
        assert_eq!(again.attributes(), record.attributes());
        if expected == Status::Qualified {
            assert!(again.insi_source().unwrap().ins == record.insi_source().unwrap().ins);
            assert_eq!(
                again.insi_source().unwrap().called_on,
                common::day("2021-12-01")
            );
            assert!(again.proof().unwrap().check == record.proof().unwrap().check);
        }
    }
}

//! The INS datamatrix: examples, faults and their places, what is written.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Desk, anna, anna_ins, dominique, dominique_ins, found};
use dcc_base::identity::ins::InsKind;
use dcc_identity::datamatrix::{Content, write};
use dcc_identity::device::{Device, DeviceCheck};
use dcc_identity::registry::Command;
use dcc_identity::traits::{Sex, Traits};
use dcc_identity::{Ins, Record};
use proptest::prelude::*;

const DOMINIQUE: &str = "IS010000000000000000000000S1279035121518989S21.2.250.1.213.1.4.10S3DOMINIQUE\u{1D}S4PAT-TROIS\u{1D}S5FS628-03-1979S763220";
const CORSE: &str = "IS010000000000000000000000S1180032B02040123S21.2.250.1.213.1.4.8\u{1D}S3ANTHONY\u{1D}S4CORSE\u{1D}S5MS602-03-1980S72B020";
const ANNA: &str = "IS010000000000000000000000S1262049910901289S21.2.250.1.213.1.4.10S3ANNA-MARIA ELSE\u{1D}S4D'ESSAI\u{1D}S5FS617-04-1962S799109";
const FALSE_KEY: &str = "IS010000000000000000000000S1123549685274612S225978456325481569525S3TEST1 TEST2 TEST\u{1D}S4DATAMATRIXTEST\u{1D}S5MS631-08-2021S717000";

/// A record of these traits and this INS, qualified.
fn qualified(traits: Traits, ins: Ins) -> Record {
    let mut desk = Desk::new();
    desk.create("P", traits.clone());
    desk.run(Command::RecordInsi {
        record: "P".into(),
        found: found(ins, traits),
        accepted: true,
    })
    .unwrap();
    desk.run(Command::CheckDevice {
        record: "P".into(),
        check: DeviceCheck::new(Device::Passport),
    })
    .unwrap();
    desk.registry.record(&"P".into()).unwrap().clone()
}

fn corse() -> (Traits, Ins) {
    let traits =
        Traits::new("CORSE", "ANTHONY", Sex::Male, common::day("1980-03-02")).born_in("2B020");
    (traits, Ins::new("180032B02040123", InsKind::Nir))
}

#[test]
fn the_examples_are_read_and_written_byte_for_byte() {
    let examples = [
        (DOMINIQUE, dominique(), dominique_ins()),
        (ANNA, anna(), anna_ins()),
        (CORSE, corse().0, corse().1),
    ];
    for ((text, mut traits, ins), bytes) in examples.into_iter().zip([111, 115, 105]) {
        assert_eq!(text.len(), bytes);
        assert_eq!(
            write(&qualified(traits.clone(), ins.clone())).unwrap(),
            text
        );
        let read = Content::parse(text).unwrap();
        traits.first_given_name = traits.given_names.split(' ').next().unwrap().to_owned();
        assert!(read.traits == traits && read.ins == ins);
    }
}

/// The order in which ZXing's test vector has its blocks, and scanners that spell GS.
#[test]
fn blocks_come_in_any_order() {
    let order = "IS010000000000000000000000S1279035121518989S21.2.250.1.213.1.4.10S3DOMINIQUE\u{1D}S5FS628-03-1979S763220S4PAT-TROIS";
    let expected = Content::parse(DOMINIQUE).unwrap();
    for text in [
        order.to_owned(),
        DOMINIQUE.replace('\u{1D}', "<GS>"),
        format!("{DOMINIQUE}\r\n"),
    ] {
        assert!(Content::parse(&text).unwrap() == expected, "{text}");
    }
    let without = DOMINIQUE.replace("S763220", "");
    assert_eq!(Content::parse(&without).unwrap().traits.birth_place, None);
}

fn faults(text: &str) -> Vec<(&'static str, String)> {
    let told = Content::parse(text).unwrap_err();
    told.iter().map(|p| (p.code, p.path.clone())).collect()
}

#[test]
fn each_fault_is_told_with_its_place() {
    let at = |code, n: usize| (code, format!("caractère {n}"));
    let end = |text: &str| text.chars().count() + 1;
    assert_eq!(
        faults(FALSE_KEY),
        [
            at("INS-CLE", 29),
            at("DATAMATRIX-VALEUR", 46),
            at("TRAIT-CARACTERE", 68),
            at("TRAIT-CARACTERE", 68),
        ]
    );
    assert_eq!(faults(""), [at("DATAMATRIX-ENTETE", 1)]);
    assert_eq!(
        faults(&format!("{DOMINIQUE}{}", "S5F".repeat(9_999))),
        [at("DATAMATRIX-LONGUEUR", 1)]
    );
    assert_eq!(faults("DC0400000000"), [at("DATAMATRIX-ENTETE", 1)]);
    assert_eq!(
        faults(&DOMINIQUE.replace("IS01", "IS02")),
        [at("DATAMATRIX-ENTETE", 4)]
    );
    assert_eq!(
        faults(&DOMINIQUE.replace("S5F", "S5X")),
        [at("DATAMATRIX-VALEUR", 90)].map(|mut f| {
            f.1 = format!("caractère {}", DOMINIQUE.find("S5").unwrap() + 3);
            f
        })
    );
    let twice = format!("{DOMINIQUE}S5F");
    assert_eq!(faults(&twice), [at("DATAMATRIX-BLOC", DOMINIQUE.len() + 1)]);
    let unknown = format!("{DOMINIQUE}S8F");
    assert_eq!(
        faults(&unknown)[0],
        at("DATAMATRIX-BLOC", DOMINIQUE.len() + 1)
    );
    let head = "IS010000000000000000000000";
    let missing = faults(head);
    assert_eq!(missing, vec![at("DATAMATRIX-ABSENT", end(head)); 6]);
    let date = DOMINIQUE.replace("28-03-1979", "31-02-1979");
    assert_eq!(faults(&date)[0].0, "DATAMATRIX-VALEUR");
    let short = DOMINIQUE.replace("S763220", "S7632");
    assert_eq!(faults(&short)[0].0, "DATAMATRIX-LONGUEUR");
    let key = DOMINIQUE.replace("18989", "18988");
    assert_eq!(faults(&key), [at("INS-CLE", 29)]);
    let lower = DOMINIQUE.replace("PAT-TROIS", "Pat-trois");
    assert!(faults(&lower).iter().all(|f| f.0 == "TRAIT-CARACTERE"));
}

#[test]
fn a_lost_separator_is_refused_rather_than_guessed() {
    let lost = DOMINIQUE.replace('\u{1D}', "");
    assert!(
        faults(&lost).iter().any(|f| f.0 == "DATAMATRIX-SEPARATEUR"),
        "{:?}",
        faults(&lost)
    );
    let one = DOMINIQUE.replacen('\u{1D}', "", 1);
    assert!(!faults(&one).is_empty());
    let oid = CORSE.replacen('\u{1D}', "", 1);
    assert!(
        faults(&oid).iter().any(|f| f.0 == "DATAMATRIX-SEPARATEUR"),
        "{:?}",
        faults(&oid)
    );
}

#[test]
fn a_scan_creates_a_provisional_identity() {
    let mut desk = Desk::new();
    let identity = Content::parse(ANNA).unwrap().to_new_identity();
    desk.run(Command::CreateRecord {
        record: "P".into(),
        identity,
    })
    .unwrap();
    let record = desk.registry.record(&"P".into()).unwrap();
    assert_eq!(record.status(), dcc_identity::status::Status::Provisional);
    assert_eq!(record.capture(), dcc_identity::capture::Capture::Scan);
    assert!(record.insi_source().is_none());
}

#[test]
fn only_a_qualified_identity_is_written() {
    let mut desk = Desk::new();
    desk.create("P", dominique());
    let code = |desk: &Desk| {
        let told = write(desk.registry.record(&"P".into()).unwrap()).unwrap_err();
        told.iter().map(|p| p.code).collect::<Vec<_>>()
    };
    assert_eq!(code(&desk), ["IDENTITE-DIFFUSION"]);
    desk.run(Command::CheckDevice {
        record: "P".into(),
        check: DeviceCheck::new(Device::Passport),
    })
    .unwrap();
    assert_eq!(code(&desk), ["IDENTITE-DIFFUSION"]);
    let mut nobody = dominique();
    nobody.sex = Sex::Indeterminate;
    let told = write(&qualified(nobody, dominique_ins())).unwrap_err();
    assert_eq!(
        told.iter().map(|p| p.code).collect::<Vec<_>>(),
        ["DATAMATRIX-SEXE"]
    );
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        name in "[A-Z]{1,20}(-[A-Z]{1,20}){0,4}", given in "[A-Z]{2,9}( [A-Z]{2,9}){0,6}",
        male in any::<bool>(), days in 0..40_000, place in prop::option::of(0..99_999u32), test in any::<bool>(),
    ) {
        let date = common::day("1900-01-01").unwrap() + chrono::Days::new(days as u64);
        let sex = if male { Sex::Male } else { Sex::Female };
        let mut traits = Traits::new(name, given, sex, Some(date));
        traits.birth_place = place.map(|p| format!("{:05}", p.clamp(1001, 98_999)));
        let kind = if test { InsKind::NirTest } else { InsKind::Nir };
        let ins = Ins::new("279035121518989", kind);
        let text = write(&qualified(traits.clone(), ins.clone())).unwrap();
        let read = Content::parse(&text).unwrap();
        prop_assert!(read.ins == ins && read.traits == traits, "{}", text);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(IS010000000000000000000000)?(S[0-9][A-Z0-9.\u{1D}é-]{0,20}){0,9}") {
        let _ = Content::parse(&text);
        let _ = Content::parse_leniently(&text);
    }
}

#[cfg(feature = "symbol")]
#[test]
fn the_symbol_is_square_and_its_images_show_it() {
    use dcc_identity::datamatrix::{CAPTION, Symbol};
    let symbol = Symbol::of(&qualified(dominique(), dominique_ins())).unwrap();
    assert_eq!(symbol.side(), 36);
    // the finder pattern: a full left side and a full bottom
    assert!((0..36).all(|i| symbol.is_black(i, 0) && symbol.is_black(35, i)));
    assert!((0..36).all(|i| symbol.is_black(0, i) == (i % 2 == 0)));
    assert!(!symbol.is_black(36, 0));
    let svg = symbol.svg(&format!("{CAPTION} <&>"));
    assert!(
        svg.contains("viewBox=\"0 0 38 38\"")
            && svg.contains("<title>INS à scanner &lt;&amp;&gt;</title>")
    );
    let black = (0..36)
        .flat_map(|l| (0..36).map(move |c| (l, c)))
        .filter(|(l, c)| symbol.is_black(*l, *c))
        .count();
    let runs: usize = svg
        .split("v1h-")
        .skip(1)
        .map(|r| r.split('z').next().unwrap().parse::<usize>().unwrap())
        .sum();
    assert_eq!(runs, black);
    let png = symbol.png(4).unwrap();
    assert!(png.starts_with(b"\x89PNG"));
    assert_eq!(png, symbol.png(4).unwrap());
    assert!(symbol.png(0).is_err() && symbol.png(1000).is_err());
    assert!(!format!("{symbol:?}").contains("true"));
}

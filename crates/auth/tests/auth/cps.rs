//! CPS certificates, written here in DER.

use chrono::DateTime;
use dcc_auth::cps::{CpsCertificate, IGC_SANTE};
use dcc_auth::{Level, Limits, Means, Policy};

/// One DER value: tag, length, content.
fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![tag];
    match content.len() {
        length @ 0..128 => bytes.push(length as u8),
        length @ 128..256 => bytes.extend([0x81, length as u8]),
        length => bytes.extend([0x82, (length >> 8) as u8, length as u8]),
    }
    bytes.extend(content);
    bytes
}

fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    der(0x30, &parts.concat())
}

/// A SET, its elements in the order of DER.
fn set(mut parts: Vec<Vec<u8>>) -> Vec<u8> {
    parts.sort();
    der(0x31, &parts.concat())
}

fn oid(last: &[u8]) -> Vec<u8> {
    der(0x06, last)
}

const UTF8: u8 = 0x0c;
const PRINTABLE: u8 = 0x13;
const BMP: u8 = 0x1e;

/// Attribute `2.5.4.<number>`.
fn attribute(number: u8, tag: u8, value: &[u8]) -> Vec<u8> {
    sequence(&[oid(&[0x55, 4, number]), der(tag, value)])
}

fn country() -> Vec<u8> {
    set(vec![attribute(6, PRINTABLE, b"FR")])
}

/// The RDN of a professional: GN + CN + SN.
fn holder(id: &str) -> Vec<u8> {
    set(vec![
        attribute(42, PRINTABLE, b"ANNA"),
        attribute(3, PRINTABLE, id.as_bytes()),
        attribute(4, UTF8, "ESSAI+FICTIF, épouse=TEST".as_bytes()),
    ])
}

fn subject(id: &str) -> Vec<u8> {
    let title = set(vec![attribute(12, UTF8, "Médecin".as_bytes())]);
    sequence(&[country(), title, holder(id)])
}

fn issuer(organization: &str) -> Vec<u8> {
    let organization = set(vec![attribute(10, PRINTABLE, organization.as_bytes())]);
    let name = set(vec![attribute(
        3,
        PRINTABLE,
        b"TEST AC IGC-SANTE FORT PERSONNES",
    )]);
    sequence(&[country(), organization, name])
}

/// Extension `1.2.250.1.71.1.2.<number>`.
fn extension(number: u8, value: Vec<u8>) -> Vec<u8> {
    let arcs = oid(&[0x2a, 0x81, 0x7a, 0x01, 0x47, 0x01, 0x02, number]);
    sequence(&[arcs, der(0x04, &value)])
}

fn certificate(subject: Vec<u8>, organization: &str) -> Vec<u8> {
    let algorithm = sequence(&[
        // sha256WithRSAEncryption
        oid(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b]),
        der(0x05, &[]),
    ]);
    let validity = sequence(&[der(0x17, b"260101000000Z"), der(0x17, b"290101000000Z")]);
    let key = sequence(&[algorithm.clone(), der(0x03, &[0, 1, 2, 3])]);
    let extensions = sequence(&[
        extension(3, der(PRINTABLE, b"8025000001/2800000000")),
        extension(7, der(0x02, &[10])),
    ]);
    let body = sequence(&[
        der(0xa0, &der(0x02, &[2])),
        der(0x02, &[1]),
        algorithm.clone(),
        issuer(organization),
        validity,
        subject,
        key,
        der(0xa3, &extensions),
    ]);
    sequence(&[body, algorithm, der(0x03, &[0, 1, 2, 3])])
}

fn read(bytes: &[u8]) -> Result<CpsCertificate, String> {
    CpsCertificate::read(bytes, &Limits::default())
        .map_err(|problems| problems.iter().next().unwrap().code.to_owned())
}

#[test]
fn the_ps_idnat_is_read_from_the_multi_valued_rdn() {
    let certificate = read(&certificate(subject("899700218896"), IGC_SANTE)).unwrap();
    assert_eq!(certificate.national_id.as_str(), "899700218896");
    assert_eq!(certificate.family_name, "ESSAI+FICTIF, épouse=TEST");
    assert_eq!(certificate.given_name, "ANNA");
    assert_eq!(certificate.profession.as_deref(), Some("Médecin"));
    assert_eq!(certificate.profession_code, Some(10));
    assert_eq!(certificate.card.as_deref(), Some("8025000001/2800000000"));
    assert_eq!(
        certificate.issuer.as_deref(),
        Some("TEST AC IGC-SANTE FORT PERSONNES")
    );
    assert_eq!(
        certificate.not_after.to_rfc3339(),
        "2029-01-01T00:00:00+00:00"
    );
    let shown = format!("{certificate:?}");
    assert!(
        !shown.contains("8997") && !shown.contains("ESSAI"),
        "{shown}"
    );
}

#[test]
fn an_adeli_identifier_and_other_alphabets_are_read() {
    let adeli = read(&certificate(subject("00B6087510"), IGC_SANTE)).unwrap();
    assert_eq!(adeli.national_id.as_str(), "00B6087510");
    let wide: Vec<u8> = "ÉLÉONORE"
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    let rdn = set(vec![
        attribute(42, BMP, &wide),
        attribute(3, UTF8, b"899700218896"),
        attribute(4, 0x14, b"M\xdcLLER"),
    ]);
    let read = read(&certificate(sequence(&[rdn]), IGC_SANTE)).unwrap();
    assert_eq!(
        (read.given_name.as_str(), read.family_name.as_str()),
        ("ÉLÉONORE", "MÜLLER")
    );
}

#[test]
fn a_certificate_of_no_professional_is_refused() {
    let cn = |id: &[u8]| set(vec![attribute(3, PRINTABLE, id)]);
    let name = || {
        set(vec![
            attribute(4, UTF8, b"ESSAI"),
            attribute(42, UTF8, b"ANNA"),
        ])
    };
    let subjects = [
        (sequence(&[country()]), "AUTH-CPS-TITULAIRE"),
        (sequence(&[cn(b"serveur.example.fr")]), "AUTH-CPS-TITULAIRE"),
        // the same attributes in RDNs of their own: another directory entry
        (
            sequence(&[name(), cn(b"899700218896")]),
            "AUTH-CPS-TITULAIRE",
        ),
        (
            sequence(&[holder("899700218896"), cn(b"899700218896")]),
            "AUTH-CPS-TITULAIRE",
        ),
        (subject("899700218897"), "AUTH-CPS-PSIDNAT"),
        (subject("serveur"), "AUTH-CPS-PSIDNAT"),
    ];
    for (subject, code) in subjects {
        assert_eq!(read(&certificate(subject, IGC_SANTE)).unwrap_err(), code);
    }
    let sound = certificate(subject("899700218896"), IGC_SANTE);
    for length in 0..sound.len() {
        assert_eq!(read(&sound[..length]).unwrap_err(), "AUTH-CPS-FORME");
    }
    assert_eq!(
        read(&[sound.as_slice(), &[0]].concat()).unwrap_err(),
        "AUTH-CPS-FORME"
    );
    assert_eq!(read(&vec![0x30; 40_000]).unwrap_err(), "AUTH-CPS-TAILLE");
}

#[test]
fn a_card_gives_a_proof_within_its_validity_and_of_its_issuer() {
    let bytes = certificate(subject("899700218896"), IGC_SANTE);
    let certificate_read = read(&bytes).unwrap();
    let now = DateTime::from_timestamp(crate::case::NOW, 0).unwrap();
    let proof = certificate_read.proof(&[IGC_SANTE], now).unwrap();
    assert_eq!((proof.means, proof.level), (Means::Cps, Level::Eidas3));
    assert!(
        Policy::default()
            .check(&proof, "99700218896", now)
            .is_empty()
    );
    let late = DateTime::from_timestamp(1_900_000_000, 0).unwrap();
    let stranger = read(&certificate(subject("899700218896"), "AUTRE")).unwrap();
    let refused = stranger.proof(&[IGC_SANTE], late).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "AUTH-CPS-EMETTEUR /certificate/issuer : Le certificat n'est pas émis par une autorité admise \
         (attendu : ASIP-SANTE)\n\
         AUTH-CPS-PERIODE /certificate/validity : Le certificat n'est pas dans sa période de validité \
         (attendu : du 01/01/2026 au 01/01/2029)"
    );
}

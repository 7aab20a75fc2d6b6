//! Random valid parts of every document.
//!
//! Everything is as a reader gives it back, so that what is written and read
//! again is equal:
//! - a code is bare, or with a label of its own; its system is that of the
//!   value set;
//! - an identifier under a national root is in the field made for it;
//! - what a document does not carry is left out: identity status but
//!   *qualifiée*, attributes of the identity, a matricule that may not leave.
//!
//! A text is never a lone dash, which stands for nothing in a document.

use dcc_core::identity::ins::{self, InsKind};
use dcc_core::identity::luhn;
use dcc_core::identity::oid::ORGANIZATION;
use dcc_core::model::header::Replaced;
use dcc_core::model::{
    Address, Author, Code, Guardian, Header, Identifier, IdentityStatus, Ins, LegalAuthenticator,
    Organization, PartialDateTime, Participant, Patient, Period, PersonName, Professional,
    ProfessionalId, RelatedPerson, Telecom,
};
use dcc_core::terminology::{Jdv, Terminology};
use dcc_core::xml::is_xml_char;

use super::Draws;

/// Words, among which all that a careless writer or reader would change.
const WORDS: &[&str] = &[
    "texte",
    "évaluation",
    "<b>",
    "&amp;",
    "\"guillemets\"",
    "l'été",
    "l’œuvre",
    "≥ 75 %",
    "]]>",
    "<!-- x -->",
    "&",
    "<",
    ">",
    "'",
    "\u{A0}",
    "Inconnu",
    "Oui",
    "18/02/2019",
    "T1b",
    "Score 3",
    "#raison",
    "raison",
    "-",
    "--",
    ";",
    "日本語",
    "🎗",
    "e\u{301}",
    "\u{200B}",
    "\u{2028}",
    "\u{FEFF}",
    "\u{85}",
    "{}",
    "\\n",
    "Commentaire",
    "Données autres",
    "0",
    "1 (Première intention)",
    "%s",
    "ß",
    "İ",
    "ŉ",
];

/// What stands between words.
const SPACES: &[&str] = &[
    " ", " ", " ", " ", "\n", "", "  ", "\n\n", "\t", "\r\n", " \n ", "\r", " : ", ", ",
];

/// A text: words, spaces, line breaks, and any character that XML allows.
pub fn text(d: &mut Draws<'_>) -> String {
    let mut text = String::new();
    if d.once_in(12) {
        text.push_str(d.pick(SPACES));
    }
    text.push_str("Texte");
    for _ in 0..d.below(6) {
        text.push_str(d.pick(SPACES));
        if d.once_in(5) {
            text.push(character(d));
        } else {
            text.push_str(d.pick(WORDS));
        }
    }
    if d.once_in(12) {
        text.push_str(d.pick(SPACES));
    }
    text
}

/// A character that XML allows, ASCII more often than not.
fn character(d: &mut Draws<'_>) -> char {
    let end = d.pick(&[0x80, 0x250, 0x1_0000, 0x11_0000]);
    u32::try_from(d.below(end))
        .ok()
        .and_then(char::from_u32)
        .filter(|&c| is_xml_char(c))
        .unwrap_or('a')
}

/// A code of a value set in force, at times with a label of its own.
pub fn code(d: &mut Draws<'_>, jdv: Jdv) -> Code {
    let set = Terminology::embedded().set(jdv);
    let concepts: Vec<_> = set.iter().filter(|c| c.valid_to.is_none()).collect();
    let concept = concepts[d.below(concepts.len())];
    let mut code = Code::new(&*concept.code);
    if d.once_in(8) {
        code.label = Some(label(d));
    }
    code
}

/// A text of 64 characters at most: the extension of an identifier.
pub fn extension(d: &mut Draws<'_>) -> String {
    text(d).chars().take(64).collect()
}

/// A label of the source's own, on one line. It never equals a [`text`]: words that only
/// repeat the label of their code are not read again as words.
pub fn label(d: &mut Draws<'_>) -> String {
    format!("Libellé {}", text(d)).replace(['\n', '\r', '\t'], " ")
}

/// An OID under a root made for tests.
pub fn oid(d: &mut Draws<'_>) -> String {
    let root = d.pick(&["1.2.250.1.999", "2.999", "0.9.2342"]);
    format!("{root}.{}.{}", d.below(3), d.below(100_000))
}

/// A UUID.
pub fn uuid(d: &mut Draws<'_>) -> String {
    let hex = |d: &mut Draws<'_>, n| {
        (0..n)
            .map(|_| d.pick(&['0', 'A', 'f', '7', 'e', '1', 'C', '9']))
            .collect::<String>()
    };
    [8, 4, 4, 4, 12].map(|n| hex(d, n)).join("-")
}

/// An identifier: OID or UUID, with an extension or not.
pub fn identifier(d: &mut Draws<'_>) -> Identifier {
    let root = if d.yes() { uuid(d) } else { oid(d) };
    Identifier {
        root,
        extension: d.option(extension),
    }
}

/// An identifier with its extension.
pub fn local_identifier(d: &mut Draws<'_>) -> Identifier {
    Identifier {
        root: oid(d),
        extension: Some(extension(d)),
    }
}

/// A moment as precise as is drawn, with its zone when it has a time.
pub fn moment(d: &mut Draws<'_>) -> PartialDateTime {
    let year = format!("{:04}", d.between(1930, 2025));
    let month = format!("{year}-{:02}", d.between(1, 12));
    let day = format!("{month}-{:02}", d.between(1, 28));
    match d.below(6) {
        0 | 1 => parse(&day),
        2 => parse(&year),
        3 => parse(&month),
        _ => clock(d, &day),
    }
}

/// A date and a time with its zone.
pub fn instant(d: &mut Draws<'_>) -> PartialDateTime {
    let day = format!(
        "{:04}-{:02}-{:02}",
        d.between(2022, 2025),
        d.between(1, 12),
        d.between(1, 28)
    );
    clock(d, &day)
}

fn clock(d: &mut Draws<'_>, day: &str) -> PartialDateTime {
    let second = if d.yes() {
        format!(":{:02}", d.below(60))
    } else {
        String::new()
    };
    let zone = d.pick(&["+01:00", "+02:00", "Z", "-04:00", "+11:00", "-09:30"]);
    parse(&format!(
        "{day}T{:02}:{:02}{second}{zone}",
        d.below(24),
        d.below(60)
    ))
}

#[allow(clippy::expect_used)]
fn parse(iso: &str) -> PartialDateTime {
    iso.parse().expect("a moment made above")
}

/// A period, open at one end, at both or at none.
pub fn period(d: &mut Draws<'_>) -> Period {
    let (start, end) = (d.option(moment), d.option(moment));
    match (start, end) {
        (Some(a), Some(b)) if a.hl7().to_string() == b.hl7().to_string() => {
            Period { start, end: None }
        }
        (Some(a), Some(b)) if a.hl7().to_string() > b.hl7().to_string() => Period {
            start: end,
            end: start,
        },
        _ => Period { start, end },
    }
}

fn with_luhn(mut digits: String) -> String {
    digits.extend(luhn::key(&digits));
    digits
}

/// An RPPS number.
pub fn rpps(d: &mut Draws<'_>) -> String {
    with_luhn(format!("10{}", d.digits(8)))
}

/// A FINESS number, of Corsica at times.
pub fn finess(d: &mut Draws<'_>) -> String {
    let department = d.pick(&["75", "49", "2A", "2B", "97"]);
    let rest = d.digits(6);
    let key = luhn::key(&format!(
        "{}{rest}",
        department.replace('A', "1").replace('B', "2")
    ));
    format!("{department}{rest}{}", key.unwrap_or('0'))
}

/// A SIRET number.
pub fn siret(d: &mut Draws<'_>) -> String {
    with_luhn(format!("1{}", d.digits(12)))
}

/// A matricule with its key.
pub fn matricule(d: &mut Draws<'_>) -> String {
    let department = d.pick(&["75", "2A", "2B", "99", "13"]);
    let month = d.between(1, 12);
    let number = format!(
        "{}{}{month:02}{department}{}",
        d.between(1, 2),
        d.digits(2),
        d.digits(6)
    );
    format!("{number}{:02}", ins::key(&number).unwrap_or_default())
}

/// A list says each thing once.
pub fn distinct<T: PartialEq>(items: Vec<T>) -> Vec<T> {
    items.into_iter().fold(Vec::new(), |mut kept, item| {
        if !kept.contains(&item) {
            kept.push(item);
        }
        kept
    })
}

/// An address, in lines or in parts.
pub fn address(d: &mut Draws<'_>) -> Address {
    let usage = d.option(|d| d.pick(&["H", "HP", "HV", "WP", "TMP"]).to_owned());
    if d.yes() {
        return Address {
            usage,
            lines: d.some(1, 7, text),
            ..Address::default()
        };
    }
    Address {
        usage,
        lines: Vec::new(),
        house_number: d.option(text),
        street_type: d.option(text),
        street_name: d.option(text),
        unit: d.option(text),
        additional_locator: d.option(text),
        precinct: d.option(text),
        post_box: d.option(text),
        insee: d.option(text),
        postal_code: d.option(text),
        city: Some(text(d)),
        state: d.option(text),
        country: d.option(text),
    }
}

/// A telecom.
pub fn telecom(d: &mut Draws<'_>) -> Telecom {
    let uri = match d.below(6) {
        0 => format!("tel:0{}", d.digits(9)),
        1 => format!("fax:+33{}", d.digits(9)),
        2 => format!("mailto:essai{}@ch.exemple.mssante.fr", d.digits(3)),
        3 => format!("http://exemple.fr/?a=1&b=l'%C3%A9%20{}#x", d.digits(2)),
        4 => "ftp://exemple.fr/~essai".to_owned(),
        _ => "mllp://[::1]:2575".to_owned(),
    };
    Telecom {
        uri,
        usage: d.option(|d| {
            d.pick(&["H", "HP", "HV", "WP", "DIR", "PUB", "EC", "MC", "PG"])
                .to_owned()
        }),
    }
}

/// The name of a person.
pub fn name(d: &mut Draws<'_>) -> PersonName {
    let title = |d: &mut Draws<'_>, jdv| code(d, jdv).code;
    PersonName {
        family: text(d),
        given: d.option(text),
        prefix: d.option(|d| title(d, Jdv::J245Civilite)),
        suffix: d.option(|d| title(d, Jdv::J246Titre)),
    }
}

/// An organisation.
pub fn organization(d: &mut Draws<'_>) -> Organization {
    Organization {
        finess: d.option(finess),
        siret: d.option(siret),
        other_ids: distinct(d.many(2, local_identifier)),
        name: d.option(text),
        sector: d.option(|d| code(d, Jdv::J04PracticeSetting)),
        addresses: distinct(d.many(2, address)),
        telecoms: distinct(d.many(2, telecom)),
        part_of: None,
    }
}

/// The organisation that keeps the document: one national identifier, no
/// sector, one address and one telecom at most.
pub fn custodian(d: &mut Draws<'_>) -> Organization {
    let mut one = known(d);
    one.sector = None;
    one.addresses.truncate(1);
    one.telecoms.truncate(1);
    one
}

/// An organisation with one national identifier.
fn known(d: &mut Draws<'_>) -> Organization {
    let mut one = organization(d);
    (one.finess, one.siret, one.other_ids) = (None, None, Vec::new());
    match d.below(3) {
        0 => one.finess = Some(finess(d)),
        1 => one.siret = Some(siret(d)),
        _ => one
            .other_ids
            .push(Identifier::new(ORGANIZATION, format!("2{}", d.digits(9)))),
    }
    one
}

/// An organisation with one identifier at most.
fn with_one_id(mut one: Organization) -> Organization {
    if one.finess.is_some() {
        one.siret = None;
    }
    if one.finess.is_some() || one.siret.is_some() {
        one.other_ids.clear();
    }
    one.other_ids.truncate(1);
    one
}

fn professional_id(d: &mut Draws<'_>) -> ProfessionalId {
    match d.below(4) {
        0 => ProfessionalId::Rpps(rpps(d)),
        1 => ProfessionalId::Adeli(d.digits(9)),
        2 => ProfessionalId::National(format!(
            "{}{}/{}",
            d.pick(&["1", "3", "4", "5", "6"]),
            d.digits(9),
            d.digits(4)
        )),
        _ => ProfessionalId::Local(local_identifier(d)),
    }
}

/// A professional with an identifier.
pub fn professional(d: &mut Draws<'_>) -> Professional {
    let mut one = anyone(d);
    if one.ids.is_empty() {
        one.ids.push(ProfessionalId::Rpps(rpps(d)));
    }
    one
}

/// A professional, known to a register or not.
pub fn anyone(d: &mut Draws<'_>) -> Professional {
    Professional {
        ids: distinct(d.many(2, professional_id)),
        specialty: d.option(|d| code(d, Jdv::J01AuthorSpecialty)),
        name: name(d),
        addresses: distinct(d.many(2, address)),
        telecoms: distinct(d.many(2, telecom)),
        organization: d.option(organization),
    }
}

/// A professional with one identifier.
pub fn professional_of_one_id(d: &mut Draws<'_>) -> Professional {
    let mut one = professional(d);
    one.ids.truncate(1);
    one
}

/// A participant: one identifier at most, of the person as of the organisation.
pub fn participant(d: &mut Draws<'_>) -> Participant {
    let (time, period) = match d.below(3) {
        0 => (None, Period::default()),
        1 => (Some(moment(d)), Period::default()),
        _ => (None, period(d)),
    };
    let mut professional = anyone(d);
    professional.ids.truncate(1);
    professional.organization = professional.organization.map(with_one_id);
    Participant {
        professional,
        comment: d.option(text),
        period,
        time,
    }
}

/// An author.
pub fn author(d: &mut Draws<'_>) -> Author {
    let function = d.option(|d| code(d, Jdv::J47FunctionCode));
    let comment = if function.is_some() {
        d.option(text)
    } else {
        None
    };
    Author {
        time: d.option(instant),
        function,
        comment,
        professional: professional(d),
    }
}

/// An author of the document.
fn document_author(d: &mut Draws<'_>) -> Author {
    let mut one = author(d);
    one.time = Some(instant(d));
    one.professional.organization = d.option(known);
    one
}

/// The name of a person near the patient, without a title.
fn untitled(d: &mut Draws<'_>) -> PersonName {
    PersonName {
        suffix: None,
        ..name(d)
    }
}

fn related(d: &mut Draws<'_>) -> RelatedPerson {
    RelatedPerson {
        relation: d.option(|d| code(d, Jdv::J11RelationPatient)),
        name: untitled(d),
        addresses: distinct(d.many(2, address)),
        telecoms: distinct(d.many(2, telecom)),
    }
}

/// A patient, of a qualified identity or with a local identifier.
pub fn patient(d: &mut Draws<'_>) -> Patient {
    let qualified = d.yes();
    let insee = |d: &mut Draws<'_>| d.pick(&["63220", "2A004", "99100", "75056"]).to_owned();
    Patient {
        ins: qualified.then(|| Ins {
            matricule: matricule(d),
            kind: d.pick(&InsKind::ALL),
        }),
        identity_status: qualified.then_some(IdentityStatus::Qualified),
        local_ids: distinct(d.some(usize::from(!qualified), 2, local_identifier)),
        birth_name: text(d),
        birth_given_names: Some(text(d)).filter(|_| qualified || d.yes()),
        first_birth_given_name: Some(text(d)),
        used_name: d.option(text),
        used_given_name: d.option(text),
        sex: Some(code(d, Jdv::J143AdministrativeGender)),
        birth_date: Some(moment(d)),
        birth_place_insee: Some(insee(d)).filter(|_| qualified || d.yes()),
        birth_place_city: d.option(text),
        addresses: distinct(d.many(2, address)),
        telecoms: distinct(d.many(2, telecom)),
        mssante: (qualified && d.yes()).then(|| format!("{}@patient.mssante.fr", d.digits(15))),
        guardians: d.many(2, |d| Guardian {
            name: untitled(d),
            addresses: distinct(d.many(2, address)),
            telecoms: distinct(d.many(2, telecom)),
        }),
        trusted_persons: d.many(2, related),
        persons_to_contact: d.many(2, related),
        ..Patient::default()
    }
}

/// A header.
pub fn header(d: &mut Draws<'_>) -> Header {
    let (id, set_id) = (identifier(d), identifier(d));
    let version = if d.yes() { d.between(2, 9) as u32 } else { 1 };
    let replaces = (version > 1).then(|| Replaced {
        id: Some(identifier(d))
            .filter(|replaced| *replaced != id)
            .unwrap_or_else(|| Identifier::root("2.999.9")),
        set_id: None,
        version: d.yes().then_some(version - 1),
    });
    Header {
        id,
        set_id,
        version,
        replaces,
        title: d.option(text),
        created: Some(instant(d)),
        confidentiality: d.option(|d| Code::new(d.pick(&["R", "V"]))),
        language: d.option(|_| "fr-CA".to_owned()),
        patient: patient(d),
        authors: d.some(1, 2, document_author),
        custodian: custodian(d),
        recipients: d.many(2, |d| Professional {
            ids: vec![ProfessionalId::Rpps(rpps(d))],
            name: name(d),
            ..Professional::default()
        }),
        legal_authenticator: LegalAuthenticator {
            time: Some(instant(d)),
            professional: Professional {
                organization: d.option(known),
                ..professional_of_one_id(d)
            },
        },
    }
}

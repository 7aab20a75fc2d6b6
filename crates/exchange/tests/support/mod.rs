//! What the tests of exchange share: official samples, a sending, peers.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use dcc_exchange::sending::{
    Gateway, IdentityStatus, Person, Recipient, Sending, Software, Structure, Submitter, Visit,
};

/// The folder of the official samples: `DCC_CISIS_DIR`, else `../shared/cisis`.
pub fn cisis() -> PathBuf {
    match std::env::var_os("DCC_CISIS_DIR") {
        Some(dir) => PathBuf::from(dir),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cisis"),
    }
}

pub use dcc_tests_need::need;

/// An official document; none when the samples are not there.
pub fn sample(name: &str) -> Option<Vec<u8>> {
    file(&format!("ExemplesCDA/{name}"))
}

/// A file of the official samples.
pub fn file(path: &str) -> Option<Vec<u8>> {
    need(fs::read(cisis().join(path)).ok(), path)
}

/// Every official document.
pub fn samples() -> Vec<(String, Vec<u8>)> {
    let Some(dir) = need(
        fs::read_dir(cisis().join("ExemplesCDA")).ok(),
        "ExemplesCDA",
    ) else {
        return Vec::new();
    };
    let mut all: Vec<_> = dir
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "xml"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read(path).unwrap())
        })
        .collect();
    all.sort();
    all
}

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A professional of a fictitious hospital sends, to everybody.
pub fn sending() -> Sending {
    let structure = Structure {
        id: "1490000049".into(),
        name: "Centre hospitalier d'Essai".into(),
        id_type: "FINEG".into(),
        address: "1 rue de l'Essai, 49000 ANGERS".into(),
        phone: "0241000000".into(),
        ..Structure::default()
    };
    let person = Person {
        id: "801234567897".into(),
        family: "ESSAI".into(),
        given: "Anne".into(),
    };
    let mut sending = Sending::new(
        Submitter::person(person.clone(), structure),
        "1.2.250.1.999.1.1",
        "1.2.250.1.999.1.2.20260303.1",
        at("2026-03-03T14:05:10Z"),
    );
    sending.identity = IdentityStatus::Qualified;
    sending.software = Software {
        name: "DCC d'essai".into(),
        version: "1.0".into(),
        vendor: "Éditeur d'essai".into(),
        homologation: "ESSAI-1".into(),
        product_reference: "NIL-ESSAI".into(),
    };
    sending.visit = Some(Visit {
        class: "I".into(),
        number: "000897406".into(),
        authority: "CH-ESSAI".into(),
        authority_oid: "1.2.250.1.999.9".into(),
        unit: "ONCO1".into(),
        admitted: Some(at("2026-03-01T08:00:00Z")),
        ..Visit::default()
    });
    let mut gateway = Gateway::default();
    gateway.sending_application = "DCC".into();
    gateway.sending_facility = "CH-ESSAI".into();
    gateway.receiving_application = "PFI".into();
    gateway.receiving_facility = "CH-ESSAI".into();
    gateway.message_id = "MSG-1".into();
    gateway.processing = "T".into();
    gateway.to_dmp = true;
    gateway.acknowledge_reception = true;
    sending.gateway = Some(gateway);
    sending.recipients = vec![Recipient::Professional {
        person,
        address: "anne.essai@test.mssante.fr".into(),
    }];
    sending
}

/// Codes of problems, in order, each once.
pub fn codes(problems: &dcc_base::problem::Problems) -> Vec<&'static str> {
    let mut codes: Vec<_> = problems.iter().map(|p| p.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// A program of the machine, for a peer.
pub fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let found = std::env::split_paths(&path)
        .map(|dir| dir.join(name))
        .find(|file| file.is_file());
    need(found, name)
}

/// A folder of its own for a test.
pub fn scratch(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    dir
}

/// A fictitious document, for what no official one shows.
#[derive(Clone, Debug)]
pub struct Fiche {
    pub id: String,
    pub series: String,
    pub version: u32,
    pub replaces: Option<String>,
    pub family: String,
    pub given: String,
    pub title: String,
    pub structure: String,
    pub start: String,
    pub event: Option<(String, String)>,
    pub body: String,
}

impl Default for Fiche {
    fn default() -> Self {
        Fiche {
            id: "1.2.250.1.999.5.1".into(),
            series: "1.2.250.1.999.5".into(),
            version: 1,
            replaces: None,
            family: "ESSAI".into(),
            given: "ANNE".into(),
            title: "Fiche RCP d'essai".into(),
            structure: "Centre hospitalier d'Essai".into(),
            start: "20260302140000+0100".into(),
            event: None,
            body: "Texte".into(),
        }
    }
}

fn markup(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

impl Fiche {
    pub fn cda(&self) -> Vec<u8> {
        let person = "<id root='1.2.250.1.71.4.2.1' extension='801234567897'/>\
            <code code='G15_10/SM36' codeSystem='1.2.250.1.213.1.1.4.5' displayName='Médecin'/>\
            <assignedPerson><name><family>ESSAI</family><given>Paul</given></name></assignedPerson>";
        let structure = format!(
            "<representedOrganization><id root='1.2.250.1.71.4.2.2' extension='1490000049'/>\
             <name>{}</name><standardIndustryClassCode code='ETABLISSEMENT' \
             codeSystem='1.2.250.1.213.1.1.4.9'/></representedOrganization>",
            markup(&self.structure)
        );
        let related = self.replaces.as_ref().map_or_else(String::new, |id| {
            format!(
                "<relatedDocument typeCode='RPLC'><parentDocument><id root='{id}'/>\
                 </parentDocument></relatedDocument>"
            )
        });
        let event = self
            .event
            .as_ref()
            .map_or_else(String::new, |(code, label)| {
                format!(
                    "<code code=\"{}\" codeSystem='1.2.250.1.213.2.5' displayName=\"{}\"/>",
                    markup(code),
                    markup(label)
                )
            });
        format!(
            "<?xml version='1.0' encoding='UTF-8'?><ClinicalDocument xmlns='urn:hl7-org:v3'>\
             <realmCode code='FR'/><typeId root='2.16.840.1.113883.1.3' extension='POCD_HD000040'/>\
             <templateId root='2.16.840.1.113883.2.8.2.1'/><templateId root='1.2.250.1.213.1.1.1.1'/>\
             <templateId root='1.2.250.1.213.1.1.1.8'/><id root='{id}'/>\
             <code code='34794-8' codeSystem='2.16.840.1.113883.6.1' displayName='CR de RCP'/>\
             <title>{title}</title><effectiveTime value='20260302150000+0100'/>\
             <confidentialityCode code='N' codeSystem='2.16.840.1.113883.5.25' displayName='Normal'/>\
             <languageCode code='fr-FR'/><setId root='{series}'/><versionNumber value='{version}'/>\
             <recordTarget><patientRole><id root='1.2.250.1.213.1.4.10' extension='279035121518989'/>\
             <patient><name><family qualifier='BR'>{family}</family><given qualifier='BR'>{given}</given>\
             </name><administrativeGenderCode code='F' codeSystem='2.16.840.1.113883.5.1'/>\
             <birthTime value='19790328'/></patient></patientRole></recordTarget>\
             <author><time value='20260302150000+0100'/><assignedAuthor>{person}{structure}\
             </assignedAuthor></author>\
             <custodian><assignedCustodian><representedCustodianOrganization>\
             <id root='1.2.250.1.71.4.2.2' extension='1490000049'/><name>CH</name>\
             </representedCustodianOrganization></assignedCustodian></custodian>\
             <legalAuthenticator><time value='20260302150000+0100'/><signatureCode code='S'/>\
             <assignedEntity>{person}</assignedEntity></legalAuthenticator>\
             <documentationOf><serviceEvent>{event}<effectiveTime><low value='{start}'/></effectiveTime>\
             <performer typeCode='PRF'><assignedEntity>{person}{structure}</assignedEntity></performer>\
             </serviceEvent></documentationOf>{related}\
             <componentOf><encompassingEncounter><effectiveTime><low value='{start}'/></effectiveTime>\
             <location><healthCareFacility><code code='SA01' codeSystem='1.2.250.1.71.4.2.4'/>\
             </healthCareFacility></location></encompassingEncounter></componentOf>\
             <component><structuredBody><component><section><text>{body}</text></section></component>\
             </structuredBody></component></ClinicalDocument>",
            id = self.id,
            title = markup(&self.title),
            series = self.series,
            version = self.version,
            family = markup(&self.family),
            given = markup(&self.given),
            start = self.start,
            body = markup(&self.body),
        )
        .into_bytes()
    }
}

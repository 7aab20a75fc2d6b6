//! Judges written by others: the ebRIM schemas and the validator of IPF, HAPI
//! HL7 v2, HAPI FHIR, the XML signature of Java, hl7apy.
//!
//! They need a JDK and Maven (or a class path in the file that
//! `DCC_PEERS_CLASSPATH` names), and hl7apy in the Python of `DCC_PYTHON`.
#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use dcc_exchange::metadata::DocumentEntry;
use dcc_exchange::sending::{Outgoing, Recipient, Sending};
use dcc_exchange::visibility::Visibility;
use dcc_exchange::xdm::XdmOptions;
use dcc_exchange::xds::{SetSignature, SignatureOptions, SignedSet, SoapOptions, StatusChange};
use dcc_exchange::{mdm, pdsm, xdm, xds};
use dcc_hl7v2::{Message, ReadOptions};
use support::{Fiche, at, need, program, samples, scratch, sending};

/// The documents that the judges see: the official ones, and fictitious ones.
fn documents() -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = samples()
        .into_iter()
        .filter(|(name, _)| !name.starts_with("CR_ACP") && !name.starts_with("01_"))
        .collect();
    let names = "D'ÉSSAI & FILS <A^B|C~D\\E>";
    let fiche = Fiche {
        family: names.into(),
        title: names.into(),
        structure: names.into(),
        event: Some(("HFFC009".into(), names.into())),
        ..Fiche::default()
    };
    all.push(("fictitious.xml".into(), fiche.cda()));
    let second = Fiche {
        id: "1.2.250.1.999.5.2".into(),
        version: 2,
        replaces: Some("1.2.250.1.999.5.1".into()),
        ..Fiche::default()
    };
    all.push(("replacement.xml".into(), second.cda()));
    all
}

fn outgoing(cda: &[u8]) -> Outgoing<'_> {
    let mut outgoing = Outgoing::new(cda, Visibility::before_announcement());
    outgoing.options.replaced_entry = Some("urn:uuid:22222222-2222-4222-8222-222222222222".into());
    outgoing
}

fn soap() -> SoapOptions {
    SoapOptions::to("https://dmp.example/si-dmp-server/v2/services/repository")
}

fn metadata(package: &[u8]) -> Vec<u8> {
    let archive = rawzip::ZipArchive::from_slice(package).unwrap();
    let mut entries = archive.entries();
    while let Some(record) = entries.next_entry().unwrap() {
        if record.file_path().as_bytes().ends_with(b"METADATA.XML") {
            let entry = archive.get_entry(record.wayfinder()).unwrap();
            let mut bytes = Vec::new();
            flate2::read::DeflateDecoder::new(entry.data())
                .read_to_end(&mut bytes)
                .unwrap();
            return bytes;
        }
    }
    panic!("no metadata");
}

/// The entry of a document as its registry knows it.
fn registered(cda: &[u8], sending: &Sending) -> DocumentEntry {
    let prepared = dcc_exchange::metadata::Submission::prepare(
        &[outgoing(cda)],
        sending,
        dcc_exchange::door::Door::Dmp,
    );
    let mut entry = prepared.unwrap().documents[0].entry.clone();
    entry.logical_id = Some("urn:uuid:11111111-1111-4111-8111-111111111111".into());
    entry.version = Some("1".into());
    entry
}

/// Everything this library writes, one file a judge.
fn write_all(dir: &Path) -> usize {
    let sending = sending();
    let mut count = 0;
    let mut save = |name: &str, kind: &str, bytes: &[u8]| {
        let stem = name.trim_end_matches(".xml");
        fs::write(dir.join(format!("{stem}.{kind}")), bytes).unwrap();
        count += 1;
    };
    for (name, cda) in documents() {
        let one = [outgoing(&cda)];
        let package = xdm::write(&one, &sending, &XdmOptions::default()).unwrap();
        save(&name, "xdm", &metadata(&package.bytes));
        let request = xds::provide_and_register(&one, &sending, None, &soap()).unwrap();
        save(&name, "iti41", &request.envelope);
        let message = mdm::write(&one[0], &sending).unwrap();
        save(&name, "hl7", &message.bytes);
        let bundle = pdsm::provide(&one, &sending).unwrap();
        save(&name, "json", &bundle.body);
    }
    let cda = Fiche::default().cda();
    let one = [outgoing(&cda)];
    let entry = registered(&cda, &sending);
    let request = xds::update_status(&entry, StatusChange::Delete, &sending, &soap()).unwrap();
    save("deletion", "iti57", &request.envelope);
    let request = xds::make_visible(&entry, true, &sending, &soap()).unwrap();
    save("visible", "iti57", &request.envelope);
    save(
        "query",
        "iti18",
        &xds::find_by_id(&["1.2.3"], &soap()).envelope,
    );
    for (name, digest) in [("sha1", xds::Digest::Sha1), ("sha256", xds::Digest::Sha256)] {
        let Some(signed) = signed(&one, &sending, digest, dir) else {
            continue;
        };
        save(name, "xades", &signed.bytes);
        let request = xds::provide_and_register(&one, &sending, Some(&signed), &soap()).unwrap();
        save(&format!("signed-{name}"), "iti41", &request.envelope);
    }
    save(
        "simplified",
        "json",
        &pdsm::publish(&one[0], &sending).unwrap().body,
    );
    let mut deletion = one[0].clone();
    deletion.options.delete = true;
    save(
        "deletion",
        "hl7",
        &mdm::write(&deletion, &sending).unwrap().bytes,
    );
    let mut patient = sending.clone();
    patient.recipients.push(Recipient::Patient {
        address: "279035121518989@patient.mssante.fr".into(),
    });
    patient.without_patient_answer = true;
    patient.body_for_patient = Some("Bonjour".into());
    let visible = Outgoing::new(&cda, Visibility::everybody());
    let message = mdm::write(&visible, &patient).unwrap();
    save("patient", "hl7", &message.bytes);
    let message = Message::read(&message.bytes, &ReadOptions::default()).unwrap();
    let ack = mdm::acknowledge(&message, "A1", at("2026-03-03T14:05:10Z"), Some("904")).unwrap();
    save("ack", "hl7", &ack);
    count
}

/// The signature of a set, by a key that openssl makes.
fn signed(
    documents: &[Outgoing<'_>],
    sending: &Sending,
    digest: xds::Digest,
    dir: &Path,
) -> Option<SignedSet> {
    let openssl = program("openssl")?;
    let run = |arguments: &[&str]| {
        let mut command = Command::new(&openssl);
        let status = command
            .current_dir(dir)
            .args(arguments)
            .output()
            .unwrap()
            .status;
        assert!(status.success(), "{arguments:?}");
    };
    run(&[
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "key.pem",
        "-outform",
        "DER",
        "-out",
        "certificate.der",
        "-subj",
        "/CN=ESSAI",
        "-days",
        "1",
    ]);
    let mut options = SignatureOptions::new(
        "1.2.250.1.999.1.9.1",
        fs::read(dir.join("certificate.der")).unwrap(),
        "CN=\"D'ESSAI & FILS <1>\",C=FR",
        "42",
        at("2026-03-03T14:05:10Z"),
    );
    options.digest = digest;
    let prepared = SetSignature::prepare(documents, sending, options).unwrap();
    fs::write(dir.join("to_sign"), &prepared.to_sign).unwrap();
    let hash = match digest {
        xds::Digest::Sha1 => "-sha1",
        xds::Digest::Sha256 => "-sha256",
    };
    run(&["dgst", hash, "-sign", "key.pem", "-out", "value", "to_sign"]);
    let value = fs::read(dir.join("value")).unwrap();
    Some(prepared.sign(&value).unwrap())
}

/// The class path of the judges, made once.
fn classpath() -> Option<String> {
    if let Some(file) = std::env::var_os("DCC_PEERS_CLASSPATH") {
        return Some(fs::read_to_string(file).unwrap());
    }
    let maven = program("mvn")?;
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("peers");
    let cached = dir.join("classpath.txt");
    if !cached.exists() {
        fs::create_dir_all(&dir).unwrap();
        let pom = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/pom.xml");
        fs::copy(pom, dir.join("pom.xml")).unwrap();
        let run = |offline: &[&str]| {
            Command::new(&maven)
                .current_dir(&dir)
                .args(["-q", "-B"])
                .args(offline)
                .args([
                    "dependency:build-classpath",
                    "-Dmdep.outputFile=classpath.txt",
                ])
                .status()
                .is_ok_and(|status| status.success())
        };
        need(
            (run(&["-o"]) || run(&[])).then_some(()),
            "the artifacts of the judges",
        )?;
    }
    Some(fs::read_to_string(cached).unwrap())
}

#[test]
fn the_judges_of_java_accept_all_that_is_written() {
    if need(samples().first(), "ExemplesCDA").is_none() {
        return;
    }
    let (Some(java), Some(classpath)) = (program("java"), classpath()) else {
        return;
    };
    let dir = scratch("peers_files");
    let count = write_all(&dir);
    let peers = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/Peers.java");
    let out = Command::new(java)
        .args(["-cp", classpath.trim()])
        .arg(peers)
        .arg(&dir)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&out.stdout);
    let judged = told
        .lines()
        .filter(|l| l.starts_with("OK ") || l.starts_with("KO "));
    let refused: Vec<_> = told.lines().filter(|l| l.starts_with("KO ")).collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    let errors = String::from_utf8_lossy(&out.stderr);
    assert_eq!(judged.count(), count, "{told}\n{errors}");
}

#[test]
fn hl7apy_reads_the_messages() {
    let Some(python) = dcc_tests_need::python::python_with("hl7apy") else {
        return;
    };
    let cda = Fiche::default().cda();
    let message = mdm::write(&outgoing(&cda), &sending()).unwrap();
    let dir = scratch("peers_hl7apy");
    let file = dir.join("message.hl7");
    fs::write(&file, &message.bytes).unwrap();
    let script = r"
import sys, base64
from hl7apy.parser import parse_message, parse_segment
text = open(sys.argv[1], 'rb').read().decode('utf-8')
# PRT comes from a later version
prt = [s for s in text.split('\r') if s.startswith('PRT')]
text = '\r'.join(s for s in text.split('\r') if not s.startswith('PRT'))
for s, role in zip(prt, ['SB', 'RCT']):
    s = parse_segment(s, version='2.8.2')
    assert s.prt_4.prt_4_1.to_er7() == role, s.to_er7()
    assert s.prt_5.prt_5_1.to_er7() == '801234567897'
assert s.prt_15.prt_15_4.to_er7() == 'anne.essai@test.mssante.fr'
m = parse_message(text, find_groups=False)
assert m.msh.msh_9.to_er7() == 'MDM^T02^MDM_T02'
assert m.pid.pid_5.pid_5_1.to_er7() == 'ESSAI'
obx = [s for s in m.children if s.name == 'OBX']
assert len(obx) == 11, len(obx)
data = obx[0].obx_5.to_er7().split('^')
assert data[:4] == ['', 'text', 'XML', 'Base64']
sys.stdout.buffer.write(base64.b64decode(data[4]))
";
    let out = Command::new(python)
        .arg("-c")
        .arg(script)
        .arg(&file)
        .output()
        .unwrap();
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    assert!(out.stdout == cda);
}

//! XDM packages: written, read back, judged by python and unzip; hostile ones.
#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::io::{Read as _, Write as _};
use std::process::Command;

use dcc_exchange::sending::{Outgoing, Recipient};
use dcc_exchange::visibility::Visibility;
use dcc_exchange::xdm::{self, Action, ActionSlot, Limits, XdmOptions};
use rawzip::path::EntryPath;
use rawzip::{CompressionMethod, DataDescriptorOutput, ZipArchiveWriter};
use support::{cisis, codes, need, program, sample, scratch, sending};

const FICHE: &str = "CANCER-FRCP_2022.01_Transversale.xml";
const PPS: &str = "CANCER-PPS_2022.01_feuille-de-style-externe.xml";

fn package(names: &[&str], options: &XdmOptions) -> Option<(Vec<Vec<u8>>, xdm::Package)> {
    let cdas: Option<Vec<Vec<u8>>> = names.iter().map(|name| sample(name)).collect();
    let cdas = cdas?;
    let outgoing: Vec<_> = cdas
        .iter()
        .map(|cda| Outgoing::new(cda, Visibility::everybody()))
        .collect();
    let package = xdm::write(&outgoing, &sending(), options).unwrap();
    Some((cdas, package))
}

#[test]
fn what_is_written_is_read_back() {
    let Some((cdas, package)) = package(&[FICHE, PPS], &XdmOptions::default()) else {
        return;
    };
    let received = xdm::read(&package.bytes, &Limits::default()).unwrap();
    assert_eq!(
        codes(&received.problems),
        Vec::<&str>::new(),
        "{}",
        received.problems
    );
    let set = &received.sets[0];
    assert_eq!(set.folder, "SUBSET01");
    assert_eq!(set.set.unique_id, "1.2.250.1.999.1.2.20260303.1");
    assert_eq!(set.set.submission_time, "20260303140510");
    assert_eq!(set.set.activity.as_ref().unwrap().code, "03");
    assert_eq!(set.documents.len(), 2);
    for (document, cda) in set.documents.iter().zip(&cdas) {
        assert_eq!(&document.bytes, cda);
    }
    assert_eq!(set.documents[1].path, "IHE_XDM/SUBSET01/DOC00002.XML");
    assert_eq!(set.associations.len(), 2);
    assert!(received.others.is_empty());
    let readme = received.readme.unwrap();
    assert!(
        readme.contains(". Nom : Anne ESSAI (801234567897)"),
        "{readme}"
    );
    assert!(readme.contains("DOC00002.XML"));
}

#[test]
fn the_same_sending_gives_the_same_bytes() {
    let Some((_, first)) = package(&[FICHE], &XdmOptions::default()) else {
        return;
    };
    let (_, second) = package(&[FICHE], &XdmOptions::default()).unwrap();
    assert_eq!(first.bytes, second.bytes);
}

#[test]
fn the_mail_has_its_subject_headers_and_names() {
    let Some(cda) = sample(FICHE) else { return };
    let mut sending = sending();
    sending.recipients.push(Recipient::Patient {
        address: "279035121518989@patient.mssante.fr".into(),
    });
    sending.without_patient_answer = true;
    let outgoing = [Outgoing::new(&cda, Visibility::everybody())];
    let package = xdm::write(&outgoing, &sending, &XdmOptions::default()).unwrap();
    let mail = package.mail;
    assert_eq!(
        mail.subject,
        "XDM/1.0/DDM+CR de réunion de concertation pluridisciplinaire PAT-TROIS DOMINIQUE 18/02/2019"
    );
    assert_eq!(mail.to, ["anne.essai@test.mssante.fr"]);
    assert_eq!(
        mail.headers,
        [
            ("X-MSS-CODECDA".to_owned(), "34794-8".to_owned()),
            ("X-MSS-INS".to_owned(), "O".to_owned()),
            ("X-MSS-NIL".to_owned(), "NIL-ESSAI".to_owned()),
        ]
    );
    assert_eq!(
        mail.patient_headers,
        [("X-MSS-MES".to_owned(), "FIN".to_owned())]
    );
    assert_eq!(
        mail.pdf_names,
        ["20190218_CR de réunion de concertation pluridisci_PAT-TROIS_DOMINIQUE.pdf"]
    );
    // a fiche that leaves visible to the patient, its diagnosis not announced
    assert_eq!(codes(&package.warnings), ["ENVOI-ANNONCE"]);
}

#[test]
fn a_deletion_has_its_action_where_the_caller_wants_it() {
    let Some(cda) = sample(FICHE) else { return };
    let mut outgoing = Outgoing::new(&cda, Visibility::everybody());
    outgoing.options.delete = true;
    for in_documents in [false, true] {
        let mut options = XdmOptions::default();
        options.action = Some(ActionSlot {
            name: "urn:essai:action".into(),
            in_documents,
        });
        let package = xdm::write(&[outgoing.clone()], &sending(), &options).unwrap();
        assert_eq!(package.mail.action, Some(Action::Delete));
        let received = xdm::read(&package.bytes, &Limits::default()).unwrap();
        let set = &received.sets[0];
        let slots = if in_documents {
            &set.documents[0].entry.other_slots
        } else {
            &set.set.other_slots
        };
        assert_eq!(slots[0].name, "urn:essai:action");
        assert_eq!(slots[0].values, ["D"]);
    }
    let mut options = XdmOptions::default();
    options.action = Some(ActionSlot {
        name: "action".into(),
        in_documents: false,
    });
    let refused = xdm::write(&[outgoing], &sending(), &options).unwrap_err();
    assert_eq!(codes(&refused), ["XDM-ACTION"]);
}

#[test]
fn python_and_unzip_read_the_package() {
    let Some((cdas, package)) = package(&[FICHE, PPS], &XdmOptions::default()) else {
        return;
    };
    let dir = scratch("xdm_peers");
    let zip = dir.join("IHE_XDM.ZIP");
    fs::write(&zip, &package.bytes).unwrap();
    if let Some(unzip) = program("unzip") {
        let out = Command::new(unzip).arg("-t").arg(&zip).output().unwrap();
        assert!(
            out.status.success(),
            "{}",
            String::from_utf8_lossy(&out.stdout)
        );
    }
    let Some(python) = program("python3") else {
        return;
    };
    let script = r"
import sys, zipfile, hashlib, re
from xml.dom import minidom
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
names = z.namelist()
assert names == ['README.TXT', 'INDEX.HTM', 'IHE_XDM/SUBSET01/METADATA.XML',
                 'IHE_XDM/SUBSET01/DOC00001.XML', 'IHE_XDM/SUBSET01/DOC00002.XML'], names
for name in names:
    for part in name.split('/'):
        assert re.fullmatch(r'[A-Z0-9_]{1,8}(\.[A-Z0-9]{1,3})?', part), part
minidom.parseString(z.read('INDEX.HTM'))
dom = minidom.parseString(z.read('IHE_XDM/SUBSET01/METADATA.XML'))
for entry in dom.getElementsByTagName('rim:ExtrinsicObject'):
    slot = {}
    for s in entry.getElementsByTagName('rim:Slot'):
        values = [v.firstChild.data for v in s.getElementsByTagName('rim:Value')]
        slot.setdefault(s.getAttribute('name'), values)
    data = z.read('IHE_XDM/SUBSET01/' + slot['URI'][0])
    assert slot['hash'] == [hashlib.sha1(data).hexdigest()]
    assert slot['size'] == [str(len(data))]
    print(len(data))
";
    let out = Command::new(python)
        .arg("-c")
        .arg(script)
        .arg(&zip)
        .output()
        .unwrap();
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    let sizes = format!("{}\n{}\n", cdas[0].len(), cdas[1].len());
    assert_eq!(String::from_utf8_lossy(&out.stdout), sizes);
}

/// A ZIP of files, for packages that this library does not write.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipArchiveWriter::new(Vec::new());
    for (name, bytes) in files {
        let (mut entry, config) = writer
            .new_file(EntryPath::verbatim(name.as_bytes()))
            .start()
            .unwrap();
        let mut data = config.wrap(&mut entry);
        data.write_all(bytes).unwrap();
        let (_, descriptor) = data.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    writer.finish().unwrap()
}

/// An official package, zipped as its folder stands.
fn official(name: &str) -> Option<Vec<u8>> {
    let root = cisis().join("xdm").join(name);
    let subset = root.join("IHE_XDM/IHE_XDM/SUBSET01");
    let mut files = Vec::new();
    let mut documents: Vec<_> = need(fs::read_dir(&subset).ok(), name)?
        .map(|entry| entry.unwrap().path())
        .collect();
    documents.sort();
    for file in ["README.TXT", "INDEX.HTM"] {
        files.push((
            file.to_owned(),
            fs::read(root.join("IHE_XDM").join(file)).unwrap(),
        ));
    }
    for path in documents {
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        files.push((format!("IHE_XDM/SUBSET01/{file}"), fs::read(path).unwrap()));
    }
    let files: Vec<_> = files
        .iter()
        .map(|(n, b)| (n.as_str(), b.as_slice()))
        .collect();
    Some(zip(&files))
}

#[test]
fn the_faults_of_the_official_packages_are_reported() {
    let Some(vsm) = official("XDM_VSM") else {
        return;
    };
    let received = xdm::read(&vsm, &Limits::default()).unwrap();
    assert_eq!(
        codes(&received.problems),
        ["EBRIM-BLANCS", "XDM-HASH", "XDM-LOT-ID", "XDM-TAILLE"],
        "{}",
        received.problems
    );
    let set = &received.sets[0];
    assert_eq!(set.documents[0].bytes.len(), 59_684);
    let entry = &set.documents[0].entry;
    assert_eq!(entry.size, Some(60_582));
    assert_eq!(entry.title.as_deref(), Some("Synthèse médicale"));
    assert_eq!(entry.authors[0].persons[0].family(), "MEDECIN5729");
    assert_eq!(
        entry.class_code.as_ref().unwrap().system,
        "1.2.250.1.213.1.1.4.12"
    );

    let biology = xdm::read(&official("XDM_2-CR-BIO").unwrap(), &Limits::default()).unwrap();
    assert_eq!(biology.sets[0].documents.len(), 2);
    assert_eq!(
        codes(&biology.problems),
        ["EBRIM-BLANCS", "XDM-HASH", "XDM-TAILLE"],
        "{}",
        biology.problems
    );
}

#[test]
fn a_package_zipped_with_its_folder_is_read_too() {
    let Some((cdas, package)) = package(&[FICHE], &XdmOptions::default()) else {
        return;
    };
    let received = xdm::read(&package.bytes, &Limits::default()).unwrap();
    let metadata = metadata_of(&package.bytes);
    let outer = zip(&[
        ("IHE_XDM/README.TXT", b"x"),
        ("IHE_XDM/INDEX.HTM", b"x"),
        ("IHE_XDM/IHE_XDM/SUBSET01/metadata.xml", &metadata),
        ("IHE_XDM/IHE_XDM/SUBSET01/DOC00001.XML", &cdas[0]),
        ("IHE_XDM/IHE_XDM/SUBSET01/DOC00001.PDF", b"%PDF"),
    ]);
    let outer = xdm::read(&outer, &Limits::default()).unwrap();
    assert_eq!(codes(&outer.problems), ["XDM-NON-DECLARE", "XDM-RACINE"]);
    assert_eq!(outer.sets[0].set, received.sets[0].set);
    assert_eq!(outer.others[0].1, b"%PDF");
}

fn metadata_of(package: &[u8]) -> Vec<u8> {
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

fn refusal(bytes: &[u8], limits: &Limits) -> Vec<&'static str> {
    codes(&xdm::read(bytes, limits).unwrap_err())
}

#[test]
fn hostile_packages_are_refused() {
    let all = Limits::default();
    assert_eq!(refusal(b"", &all), ["XDM-ZIP"]);
    assert_eq!(refusal(b"PK\x03\x04 not a zip", &all), ["XDM-ZIP"]);
    assert_eq!(refusal(&zip(&[("a.txt", b"x")]), &all), ["XDM-LOT"]);
    for path in ["../../etc/passwd", "/etc/passwd", "C:\\x.xml", "a/../../b"] {
        assert_eq!(refusal(&zip(&[(path, b"x")]), &all), ["XDM-NOM"], "{path}");
    }
    let twice = zip(&[("README.TXT", b"x"), ("readme.txt", b"y")]);
    assert_eq!(refusal(&twice, &all), ["XDM-DOUBLE"]);
    let few = Limits {
        max_files: 1,
        ..all
    };
    assert_eq!(
        refusal(&zip(&[("a", b"x"), ("b", b"x")]), &few),
        ["XDM-LIMITE"]
    );

    // a bomb stops at the limit, whatever size it tells
    let zeros = vec![0; 30_000_000];
    let bomb = deflated("IHE_XDM/SUBSET01/METADATA.XML", &zeros, 10, false);
    assert!(bomb.len() < 100_000);
    let small = Limits {
        max_file_bytes: 1_000_000,
        ..all
    };
    assert_eq!(refusal(&bomb, &small), ["XDM-LIMITE"]);
    // a size that is not the true one
    assert_eq!(refusal(&bomb, &all), ["XDM-CONTENU"]);
    let secret = deflated("README.TXT", b"x", 1, true);
    assert_eq!(refusal(&secret, &all), ["XDM-CHIFFRE"]);

    // two names for one content
    let mut overlap = zip(&[("AAAA.TXT", b"0123456789"), ("BBBB.TXT", b"0123456789")]);
    let second = overlap.windows(8).rposition(|w| w == b"BBBB.TXT").unwrap();
    overlap[second - 4..second].copy_from_slice(&0_u32.to_le_bytes());
    let told = refusal(&overlap, &all);
    assert!(told.contains(&"XDM-CHEVAUCHEMENT"), "{told:?}");
}

fn deflated(name: &str, bytes: &[u8], told: u64, encrypted: bool) -> Vec<u8> {
    let mut writer = ZipArchiveWriter::new(Vec::new());
    let (mut entry, _) = writer
        .new_file(name)
        .compression_method(CompressionMethod::DEFLATE)
        .encrypted(encrypted)
        .start()
        .unwrap();
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    let compressed = encoder.finish().unwrap();
    entry.write_all(&compressed).unwrap();
    entry
        .finish(DataDescriptorOutput::new(rawzip::crc32(bytes), told))
        .unwrap();
    writer.finish().unwrap()
}

#[test]
fn any_package_cut_or_changed_is_read_or_refused() {
    let Some((_, package)) = package(&[FICHE], &XdmOptions::default()) else {
        return;
    };
    let bytes = &package.bytes;
    for cut in (0..bytes.len()).step_by(bytes.len() / 200) {
        let _ = xdm::read(&bytes[..cut], &Limits::default());
        let mut changed = bytes.clone();
        changed[cut] ^= 0x55;
        let _ = xdm::read(&changed, &Limits::default());
    }
}

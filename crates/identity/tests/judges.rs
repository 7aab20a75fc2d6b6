//! What peers say: zxing-cpp and pylibdmtx read our symbols and we read what
//! they read, python-stdnum checks keys, hl7apy parses our messages, lxml
//! validates the requests against the schemas of the CNAM.
//!
//! `DCC_PYTHON` names a Python that has them, `DCC_INSI_DIR` a folder with the
//! schemas (`wsdl/xsd`) and the answers of the CNDA (`ins/fixtures`), `DCC_HL7V2_DIR` one with
//! messages of PAM France; each absence is told, and is a failure when
//! `DCC_REQUIRE_ALL` is `1`.
#![cfg(feature = "symbol")]
#![allow(clippy::unwrap_used)]

mod common;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};

use common::{Desk, anna, anna_ins, dominique, dominique_ins, found, ipp};
use dcc_hl7v2::{Message, ReadOptions};
use dcc_identity::Record;
use dcc_identity::capture::Capture;
use dcc_identity::datamatrix::{Content, Symbol, write};
use dcc_identity::device::{Device, DeviceCheck};
use dcc_identity::insi::Answer;
use dcc_identity::insi::request::{Context, TraitsRequest, VitaleRequest};
use dcc_identity::pam::{AdtEvent, Interface, receive, write as adt};
use dcc_identity::registry::Command;
use dcc_identity::status::Status;
use dcc_tests_need::folder;
use dcc_tests_need::python::python_with;

/// What a Python script prints for this input; none, the reason printed, when
/// its modules are not there.
fn python(modules: &str, script: &str, input: &[u8]) -> Option<String> {
    let python = python_with(modules)?;
    let mut child = Process::new(&python)
        .args(["-X", "utf8", "-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{modules}");
    Some(String::from_utf8(output.stdout).unwrap())
}

fn qualified(anna_too: bool) -> Record {
    let (traits, ins) = if anna_too {
        (anna(), anna_ins())
    } else {
        (dominique(), dominique_ins())
    };
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

const ZXING: &str = "import sys,io,zxingcpp\nfrom PIL import Image\n\
    r=zxingcpp.read_barcodes(Image.open(io.BytesIO(sys.stdin.buffer.read())).convert('L'))\n\
    print(len(r),r[0].format.name,r[0].bytes.hex())";
const DMTX: &str = "import sys,io\nfrom pylibdmtx.pylibdmtx import decode\nfrom PIL import Image\n\
    r=decode(Image.open(io.BytesIO(sys.stdin.buffer.read())).convert('L'))\nprint(len(r),'DataMatrix',r[0].data.hex())";

#[test]
fn zxing_and_libdmtx_read_our_symbols() {
    for record in [qualified(false), qualified(true)] {
        let text = write(&record).unwrap();
        let png = Symbol::of(&record).unwrap().png(6).unwrap();
        let hex: String = text.bytes().map(|b| format!("{b:02x}")).collect();
        for (modules, script) in [("zxingcpp, PIL", ZXING), ("pylibdmtx.pylibdmtx, PIL", DMTX)] {
            if let Some(said) = python(modules, script, &png) {
                assert_eq!(said.trim(), format!("1 DataMatrix {hex}"), "{modules}");
            }
        }
    }
}

/// zxing-cpp reads the SVG too, drawn by cairo.
#[test]
fn zxing_reads_our_svg() {
    let record = qualified(true);
    let svg = Symbol::of(&record).unwrap().svg("INS à scanner");
    let script = "import sys,io,zxingcpp,cairosvg\nfrom PIL import Image\n\
        p=cairosvg.svg2png(bytestring=sys.stdin.buffer.read(),output_width=380,output_height=380)\n\
        r=zxingcpp.read_barcodes(Image.open(io.BytesIO(p)).convert('L'))\nprint(r[0].bytes.hex())";
    if let Some(said) = python("zxingcpp, cairosvg, PIL", script, svg.as_bytes()) {
        let hex: String = write(&record)
            .unwrap()
            .bytes()
            .map(|b| format!("{b:02x}"))
            .collect();
        assert_eq!(said.trim(), hex);
    }
}

/// Symbols made by zxing-cpp are read by zxing-cpp, and the text by us.
#[test]
fn we_read_what_peers_write_and_read() {
    let text = write(&qualified(true)).unwrap();
    let script = "import sys,zxingcpp\n\
        b=zxingcpp.create_barcode(sys.stdin.buffer.read(),zxingcpp.BarcodeFormat.DataMatrix,force_square=True)\n\
        i=b.to_image(scale=5)\nr=zxingcpp.read_barcodes(i)\nsys.stdout.buffer.write(r[0].bytes)";
    if let Some(said) = python("zxingcpp", script, text.as_bytes()) {
        let read = Content::parse(&said).unwrap();
        assert!(read == Content::parse(&text).unwrap());
    }
}

/// Public test identities, with their keys.
const MATRICULES: [(&str, bool); 14] = [
    ("279035121518989", true),
    ("275126322074974", true),
    ("297022A02077878", true),
    ("160012B02077713", true),
    ("109076322083489", true),
    ("209076322083439", true),
    ("180032B02040123", true),
    ("110086322083060", true),
    ("236066322083656", true),
    ("109076322088835", true),
    ("181036322045660", false),
    ("118058599124123", false),
    ("275031234274436", false),
    ("123549685274612", false),
];

#[test]
fn keys_are_those_of_python_stdnum() {
    for (matricule, right) in MATRICULES {
        let ins = dcc_identity::Ins::new(matricule, Default::default());
        assert_eq!(ins.has_right_key(), right, "{matricule}");
    }
    let numbers: Vec<&str> = MATRICULES.iter().map(|m| &m.0[..13]).collect();
    let script = "import sys\nfrom stdnum.fr import nir\nfor n in sys.stdin.read().split(): print(nir.calc_check_digits(n))";
    if let Some(said) = python("stdnum.fr.nir", script, numbers.join("\n").as_bytes()) {
        let ours: Vec<String> = numbers
            .iter()
            .map(|n| format!("{:02}", dcc_base::identity::ins::key(n).unwrap()))
            .collect();
        assert_eq!(said.split_whitespace().collect::<Vec<_>>(), ours);
    }
}

#[test]
fn hl7apy_reads_our_messages() {
    let record = qualified(true);
    let at = "2026-03-03T08:00:00Z".parse().unwrap();
    let bytes = adt::identity(
        &record,
        AdtEvent::A28,
        &adt::Envelope::new("DCC", "DPI", "42", at),
    )
    .unwrap();
    let script = "import sys\nfrom hl7apy.parser import parse_message\n\
        m=parse_message(sys.stdin.buffer.read().decode('utf-8').replace('\\n','\\r'),find_groups=False)\n\
        p=m.pid\nprint(m.msh.msh_9.to_er7(),len(p.pid_3),p.pid_3[1].cx_1.to_er7(),p.pid_3[1].cx_4.to_er7(),\
        p.pid_5.xpn_1.to_er7(),p.pid_5.xpn_3.to_er7(),p.pid_7.to_er7(),p.pid_32.to_er7(),sep='|')";
    if let Some(said) = python("hl7apy", script, &bytes) {
        let expected = format!(
            "ADT^A28^ADT_A05|2|{}|ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO|D'ESSAI|ANNA-MARIA ELSE|19620417|VALI",
            anna_ins().matricule
        );
        assert_eq!(said.trim(), expected);
    }
    assert!(record.local_ids().contains(&ipp("P")));
}

#[test]
fn requests_are_valid_against_the_schemas_of_the_cnam() {
    let Some(folder) = folder("DCC_INSI_DIR") else {
        return;
    };
    let traits = TraitsRequest::new(&dominique(), "DOMINIQUE").unwrap();
    let vitale = VitaleRequest::new(
        "279035121518989",
        "279035121518989",
        "PAT-TROIS",
        "1979-03-28",
        1,
    )
    .unwrap();
    let valid = |schema: &Path, input: &[u8], pick: &str| {
        let script = format!(
            "import sys\nfrom lxml import etree\ns=etree.XMLSchema(etree.parse({schema:?}))\n\
             t=etree.fromstring(sys.stdin.buffer.read())\n\
             for e in ([t] if not {pick:?} else t.iter('{{*}}'+{pick:?})):\n  print(s.validate(etree.ElementTree(etree.fromstring(etree.tostring(e)))),s.error_log)"
        );
        if let Some(said) = python("lxml", &script, input) {
            assert_eq!(said.trim(), "True", "{schema:?}");
        }
    };
    let folder = folder.join("wsdl/xsd");
    let bodies = folder.join("ServiceIdentiteCertifiee");
    valid(&bodies.join("INSi_RECSANS_INS.xsd"), &traits.body(), "");
    valid(&bodies.join("INSi_RECVITALE_INS.xsd"), &vitale.body(), "");
    let mut context = Context::new(
        "LPS-TEST",
        "dcc",
        "1.0",
        "00000000-0000-4000-8000-000000000001",
    );
    context.id = "00000000-0000-4000-8000-000000000002".into();
    context.time = "2026-03-03T09:00:00Z".into();
    context.message_id = "00000000-0000-4000-8000-000000000003".into();
    context.sender = Some("10B0152872".into());
    let envelope = context.by_traits(&traits).unwrap();
    valid(
        &folder.join("CTX/ROOT_ctxlps_CTXLPS_V01_00.xsd"),
        &envelope,
        "ContexteLPS",
    );
    valid(
        &folder.join("CTX/ROOT_ctxbam_CTXBAM_V01_02.xsd"),
        &envelope,
        "ContexteBAM",
    );
}

/// The files of a folder and of those below it, with this extension.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn answers_of_the_test_cases_of_the_cnda_are_read() {
    let Some(folder) = folder("DCC_INSI_DIR") else {
        return;
    };
    let mut codes = Vec::new();
    for file in files(&folder.join("ins/fixtures"), "xml") {
        let bytes = std::fs::read(&file).unwrap();
        let answer = Answer::parse(&bytes, Capture::Insi, &dcc_xml::Limits::default()).unwrap();
        codes.push(answer.code().to_owned());
    }
    assert!(
        codes.len() >= 5 && codes.iter().any(|c| c == "01"),
        "{codes:?}"
    );
    assert!(
        codes.iter().filter(|c| *c == "00").count() >= 4,
        "{codes:?}"
    );
}

/// Admissions of the ANS, taken as updates of identity: that is what they hold.
#[test]
fn admissions_of_the_ans_hold_a_qualified_identity() {
    let Some(folder) = folder("DCC_HL7V2_DIR") else {
        return;
    };
    let mut seen = 0;
    for file in files(&folder, "er7") {
        let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
        if !text.contains("ADT^A0") {
            continue;
        }
        seen += 1;
        let update = text
            .replace("ADT^A01^ADT_A01", "ADT^A31^ADT_A05")
            .replace("ADT^A03^ADT_A03", "ADT^A31^ADT_A05");
        let message = Message::read(update.as_bytes(), &ReadOptions::default()).unwrap();
        let mut desk = Desk::new();
        let received = receive(
            &mut desk.registry,
            &message,
            &"P".into(),
            &Desk::agent(),
            desk.at,
            &desk.policy,
            &Interface::default(),
        );
        assert!(
            !received.problems.has_blocking(),
            "{file:?}: {}",
            received.problems
        );
        assert_eq!(desk.status("P"), Status::Qualified, "{file:?}");
        assert!(desk.registry.by_ins(&dominique_ins()).is_some());
    }
    assert!(seen >= 7, "{seen}");
}

//! XDS.b: requests made, answers read, the signature of a set.
#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::process::Command;

use dcc_exchange::cda::Header;
use dcc_exchange::ebrim::vocabulary::status;
use dcc_exchange::metadata::DocumentEntry;
use dcc_exchange::sending::Outgoing;
use dcc_exchange::visibility::Visibility;
use dcc_exchange::xds::vihf::{Value, Vihf, VihfOptions};
use dcc_exchange::xds::{
    self, RegistryAnswer, RegistryStatus, SetSignature, SignatureOptions, SoapOptions, StatusChange,
};
use dcc_xml::canonical;
use support::{at, codes, program, sample, samples, scratch, sending};

const FICHE: &str = "CANCER-FRCP_2022.01_Transversale.xml";
const PPS: &str = "CANCER-PPS_2022.01_feuille-de-style-externe.xml";

fn soap() -> SoapOptions {
    SoapOptions::to("https://dmp.example/si-dmp-server/v2/services/repository")
}

/// The entries of the fiche and the PPS, as a registry answers.
fn registered(visibility: Visibility) -> Option<(Vec<DocumentEntry>, Vec<u8>)> {
    let (fiche, pps) = (sample(FICHE)?, sample(PPS)?);
    let outgoing = [
        Outgoing::new(&fiche, visibility),
        Outgoing::new(&pps, visibility),
    ];
    let request = xds::provide_and_register(&outgoing, &sending(), None, &soap()).unwrap();
    let text = String::from_utf8(request.envelope).unwrap();
    // a registry answers with the objects of the request, its own attributes added
    let start = text.find("<rim:RegistryObjectList").unwrap();
    let end = text.find("</lcm:SubmitObjectsRequest>").unwrap();
    let list = text[start..end].replace(
        "mimeType=",
        "lid=\"urn:uuid:11111111-1111-4111-8111-111111111111\" status=\"urn:oasis:names:tc:ebxml-regrep:StatusType:Approved\" mimeType=",
    );
    let version = "<rim:VersionInfo versionName=\"1\"/><rim:Classification";
    let list = list.replacen("<rim:Classification", version, 3);
    let answer = format!(
        "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body>\
         <q:AdhocQueryResponse xmlns:q=\"urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0\" \
         xmlns:rim=\"urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0\" \
         status=\"urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success\">{list}\
         </q:AdhocQueryResponse></s:Body></s:Envelope>"
    );
    let (mut entries, _) = xds::read_entries(answer.as_bytes(), "application/soap+xml").unwrap();
    for entry in &mut entries {
        entry.version = Some("1".into());
    }
    Some((entries, answer.into_bytes()))
}

#[test]
fn a_set_leaves_in_mtom_with_one_part_a_document() {
    let (Some(fiche), Some(pps)) = (sample(FICHE), sample(PPS)) else {
        return;
    };
    let visibility = Visibility::before_announcement();
    let outgoing = [
        Outgoing::new(&fiche, visibility),
        Outgoing::new(&pps, visibility),
    ];
    let mut options = soap();
    options.assertion = Some("<saml2:Assertion xmlns:saml2=\"urn:x\"/>".into());
    let request = xds::provide_and_register(&outgoing, &sending(), None, &options).unwrap();
    assert_eq!(
        request.action,
        "urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b"
    );
    let (kind, body) = request.http();
    assert!(kind.starts_with("multipart/related; boundary=\"dcc-"));
    assert!(kind.contains("start-info=\"application/soap+xml\""));
    assert_eq!(body, request.http().1);
    let Some(python) = program("python3") else {
        return;
    };
    let dir = scratch("xds_mtom");
    let file = dir.join("body");
    fs::write(
        &file,
        [format!("Content-Type: {kind}\r\n\r\n").as_bytes(), &body].concat(),
    )
    .unwrap();
    let script = r"
import sys, email, email.policy
from xml.dom import minidom
m = email.message_from_bytes(open(sys.argv[1], 'rb').read(), policy=email.policy.HTTP)
parts = list(m.iter_parts())
dom = minidom.parseString(parts[0].get_payload(decode=True))
cids = [e.getAttribute('href') for e in dom.getElementsByTagName('xop:Include')]
docs = [e.getAttribute('id') for e in dom.getElementsByTagName('xdsb:Document')]
entries = [e.getAttribute('id') for e in dom.getElementsByTagName('rim:ExtrinsicObject')]
assert docs == entries, (docs, entries)
assert cids == ['cid:' + p['Content-ID'].strip('<>') for p in parts[1:]], cids
assert dom.getElementsByTagName('saml2:Assertion')
print(*[len(p.get_payload(decode=True)) for p in parts[1:]])
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
    assert_eq!(
        String::from_utf8_lossy(&out.stdout).trim(),
        format!("{} {}", fiche.len(), pps.len())
    );
}

#[test]
fn a_replacement_needs_the_entry_of_the_registry() {
    let Some(fiche) = sample(FICHE) else { return };
    let text = String::from_utf8(fiche).unwrap();
    let at = text.rfind("<componentOf>").unwrap();
    let related = "<relatedDocument typeCode=\"RPLC\"><parentDocument>\
        <id root=\"1.2.250.1.213.1.1.1.8.2022.2.0\"/></parentDocument></relatedDocument>";
    let text = format!("{}{related}{}", &text[..at], &text[at..]);
    let mut outgoing = Outgoing::new(text.as_bytes(), Visibility::before_announcement());
    let refused = xds::provide_and_register(&[outgoing.clone()], &sending(), None, &soap());
    assert_eq!(codes(&refused.unwrap_err()), ["ENVOI-REMPLACE"]);
    outgoing.options.replaced_entry = Some("urn:uuid:22222222-2222-4222-8222-222222222222".into());
    let request = xds::provide_and_register(&[outgoing], &sending(), None, &soap()).unwrap();
    let envelope = String::from_utf8(request.envelope).unwrap();
    assert!(envelope.contains("associationType=\"urn:ihe:iti:2007:AssociationType:RPLC\""));
    assert!(envelope.contains("targetObject=\"urn:uuid:22222222-2222-4222-8222-222222222222\""));
}

#[test]
fn what_a_registry_gives_is_read_back() {
    let Some((entries, _)) = registered(Visibility::before_announcement()) else {
        return;
    };
    assert_eq!(entries.len(), 2);
    let entry = &entries[0];
    assert_eq!(entry.unique_id, "1.2.250.1.213.1.1.1.8.2022.2.1");
    assert_eq!(entry.availability_status.as_deref(), Some(status::APPROVED));
    assert!(entry.logical_id.is_some());
    assert_eq!(entry.visibility(), Visibility::before_announcement());
    let query = xds::find_by_id(&[&entry.unique_id], &soap());
    let text = String::from_utf8(query.envelope).unwrap();
    assert!(text.contains("<rim:Value>('1.2.250.1.213.1.1.1.8.2022.2.1')</rim:Value>"));
}

#[test]
fn a_document_is_deleted_archived_or_refused() {
    let Some((entries, _)) = registered(Visibility::everybody()) else {
        return;
    };
    let mut entry = entries[0].clone();
    for (change, now, new) in [
        (StatusChange::Delete, status::APPROVED, status::DELETED),
        (StatusChange::Archive, status::APPROVED, status::ARCHIVED),
        (StatusChange::Unarchive, status::ARCHIVED, status::APPROVED),
    ] {
        entry.availability_status = Some(now.into());
        let request = xds::update_status(&entry, change, &sending(), &soap()).unwrap();
        let text = String::from_utf8(request.envelope.clone()).unwrap();
        assert!(text.contains(&format!(
            "<rim:Slot name=\"NewStatus\"><rim:ValueList><rim:Value>{new}</rim:Value>"
        )));
        assert!(text.contains(&format!("targetObject=\"{}\"", entry.entry_uuid)));
        assert!(!text.contains("ExtrinsicObject"));
        assert!(request.http().0.starts_with("application/soap+xml"));
    }
    entry.availability_status = Some(status::DELETED.into());
    let refused = xds::update_status(&entry, StatusChange::Delete, &sending(), &soap());
    assert_eq!(codes(&refused.unwrap_err()), ["XDS-STATUT"]);
    let bare = DocumentEntry::default();
    let refused = xds::update_status(&bare, StatusChange::Delete, &sending(), &soap());
    assert_eq!(codes(&refused.unwrap_err()), ["XDS-FICHE"]);
}

#[test]
fn a_document_is_made_visible_but_never_hidden_again() {
    let Some((entries, _)) = registered(Visibility::before_announcement()) else {
        return;
    };
    let hidden = &entries[0];
    let request = xds::make_visible(hidden, false, &sending(), &soap()).unwrap();
    let text = String::from_utf8(request.envelope).unwrap();
    assert!(!text.contains("nodeRepresentation=\"INVISIBLE_PATIENT\""));
    assert!(text.contains("nodeRepresentation=\"INVISIBLE_REPRESENTANTS_LEGAUX\""));
    assert!(text.contains("lid=\"urn:uuid:11111111-1111-4111-8111-111111111111\""));
    assert!(text.contains("name=\"PreviousVersion\""));
    assert!(!text.contains(&format!("ExtrinsicObject id=\"{}\"", hidden.entry_uuid)));
    let request = xds::make_visible(hidden, true, &sending(), &soap()).unwrap();
    assert!(
        !String::from_utf8(request.envelope)
            .unwrap()
            .contains("INVISIBLE")
    );
    let unconfirmed =
        xds::update_visibility(hidden, Visibility::everybody(), false, &sending(), &soap());
    assert_eq!(codes(&unconfirmed.unwrap_err()), ["XDS-CONFIRMATION"]);

    let visible = &registered(Visibility::everybody()).unwrap().0[0];
    let refused = xds::update_visibility(
        visible,
        Visibility::before_announcement(),
        true,
        &sending(),
        &soap(),
    );
    assert_eq!(codes(&refused.unwrap_err()), ["XDS-INVISIBLE-APRES"]);
    let same = xds::make_visible(visible, false, &sending(), &soap());
    assert_eq!(codes(&same.unwrap_err()), ["XDS-INCHANGE"]);
}

#[test]
fn each_error_finds_its_document() {
    let Some((entries, _)) = registered(Visibility::everybody()) else {
        return;
    };
    let answer = |status: &str, errors: &str| {
        format!(
            "<rs:RegistryResponse xmlns:rs=\"urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0\" \
             status=\"{status}\">{errors}</rs:RegistryResponse>"
        )
    };
    let success = "urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success";
    let read = |text: &str| RegistryAnswer::read(text.as_bytes(), "", &entries);
    let taken = read(&answer(success, "")).unwrap();
    assert_eq!(taken.status, RegistryStatus::Success);
    assert!(taken.is_taken(0) && taken.is_taken(1));

    let id = &entries[1].unique_id;
    let errors = format!(
        "<rs:RegistryErrorList><rs:RegistryError errorCode=\"XDSDuplicateUniqueIdInRegistry\" \
         codeContext=\"document {id} already registered\" \
         severity=\"urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:Error\"/>\
         <rs:RegistryError errorCode=\"X\" codeContext=\"{id}1 and {id}.1\" \
         severity=\"urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:Warning\"/></rs:RegistryErrorList>"
    );
    let partial = read(&answer(
        "urn:ihe:iti:2007:ResponseStatusType:PartialSuccess",
        &errors,
    ));
    let partial = partial.unwrap();
    assert_eq!(partial.status, RegistryStatus::PartialSuccess);
    assert_eq!(partial.errors[0].document, Some(1));
    assert!(
        partial.errors[0]
            .meaning
            .unwrap()
            .contains("ne pas le renvoyer")
    );
    assert_eq!(
        (partial.errors[1].document, partial.errors[1].is_error),
        (None, false)
    );
    assert!(partial.is_taken(0) && !partial.is_taken(1));

    let fault = "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body><s:Fault>\
        <s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text>VIHF invalide</s:Text></s:Reason>\
        </s:Fault></s:Body></s:Envelope>";
    let failed = read(fault).unwrap();
    assert_eq!(failed.status, RegistryStatus::Failure);
    assert_eq!(failed.errors[0].context, "VIHF invalide");

    let inside = format!(
        "--b\r\nContent-Type: application/xop+xml\r\n\r\n{}\r\n--b--",
        answer(success, "")
    );
    for kind in ["multipart/related; boundary=\"b\"; type=x", ""] {
        let read = RegistryAnswer::read(inside.as_bytes(), kind, &entries).unwrap();
        assert_eq!(read.status, RegistryStatus::Success);
    }
    assert_eq!(codes(&read("<a/>").unwrap_err()), ["XDS-REPONSE"]);
    assert_eq!(
        codes(&read(&answer("x", "")).unwrap_err()),
        ["XDS-REPONSE-STATUT"]
    );
    let cut = RegistryAnswer::read(b"x", "multipart/related; boundary=b", &entries);
    assert_eq!(codes(&cut.unwrap_err()), ["XDS-MULTIPART"]);
}

fn signature_options() -> SignatureOptions {
    SignatureOptions::new(
        "1.2.250.1.999.1.9.1",
        b"certificate".to_vec(),
        "CN=ESSAI,O=CH ESSAI,C=FR",
        "42",
        at("2026-03-03T14:05:10Z"),
    )
}

#[test]
fn a_signature_goes_with_the_set_it_signs() {
    let Some(fiche) = sample(FICHE) else { return };
    let outgoing = [Outgoing::new(&fiche, Visibility::before_announcement())];
    let prepared = SetSignature::prepare(&outgoing, &sending(), signature_options()).unwrap();
    let to_sign = String::from_utf8(prepared.to_sign.clone()).unwrap();
    assert!(to_sign.starts_with("<SignedInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\">"));
    let signed = prepared.sign(b"value").unwrap();
    let document = String::from_utf8(signed.bytes.clone()).unwrap();
    assert!(document.contains(&to_sign));
    assert!(document.contains("<SignatureValue>dmFsdWU=</SignatureValue>"));
    assert!(document.contains("URI=\"urn:oid:1.2.250.1.999.1.2.20260303.1\""));
    let request = xds::provide_and_register(&outgoing, &sending(), Some(&signed), &soap()).unwrap();
    assert_eq!(request.parts.len(), 2);
    let envelope = String::from_utf8(request.envelope).unwrap();
    assert!(envelope.contains("urn:ihe:iti:2007:AssociationType:signs"));
    assert!(envelope.contains("nodeRepresentation=\"E1762\""));

    // the same signature does not go with another set, nor with other bytes
    let mut other = sending();
    other.set_id = "1.2.250.1.999.1.2.20260303.2".into();
    let refused = xds::provide_and_register(&outgoing, &other, Some(&signed), &soap());
    assert_eq!(codes(&refused.unwrap_err()), ["XDS-SIGNATURE-LOT"]);
    let changed = [fiche.as_slice(), b"\n"].concat();
    let outgoing = [Outgoing::new(&changed, Visibility::before_announcement())];
    let refused = xds::provide_and_register(&outgoing, &sending(), Some(&signed), &soap());
    assert_eq!(codes(&refused.unwrap_err()), ["XDS-SIGNATURE-LOT"]);
    let mut options = signature_options();
    options.certificate.clear();
    options.unique_id = "x".into();
    let refused = SetSignature::prepare(&outgoing, &sending(), options).unwrap_err();
    assert_eq!(codes(&refused), ["XDS-CERTIFICAT", "XDS-SIGNATURE-ID"]);
}

#[test]
fn xmllint_finds_the_same_canonical_form() {
    let Some(xmllint) = program("xmllint") else {
        return;
    };
    for (name, cda) in samples() {
        let dir = scratch("c14n");
        let file = dir.join("a.xml");
        fs::write(&file, &cda).unwrap();
        let out = Command::new(&xmllint)
            .arg("--c14n")
            .arg(&file)
            .output()
            .unwrap();
        assert!(out.status.success(), "{name}");
        let text = dcc_xml::decode(&cda).unwrap();
        let ours = canonical(&text, true).unwrap();
        assert!(ours == out.stdout, "{name}");
    }
}

#[test]
fn the_attributes_of_the_assertion_are_those_of_the_volet() {
    let Some(fiche) = sample(FICHE) else { return };
    let (header, _) = Header::read(&fiche, &dcc_xml::Limits::default()).unwrap();
    let mut options = VihfOptions::default();
    options.issuer = "CN=ESSAI".into();
    options.sector = "SA01".into();
    let vihf = Vihf::indirect(&header, &sending(), &options);
    assert_eq!(vihf.name_id, "801234567897");
    let text = |name: &str| {
        vihf.attributes
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, v)| match v {
                Value::Text(text) => text.clone(),
                Value::Codes(codes) => codes[0].code.clone(),
            })
    };
    for (name, value) in [
        ("VIHF_Version", "4.0"),
        ("Identifiant_Structure", "1490000049"),
        ("Secteur_Activite", "SA01^1.2.250.1.71.4.2.4"),
        ("Authentification_Mode", "INDIRECTE"),
        (
            "urn:oasis:names:tc:xspa:1.0:subject:subject-id",
            "ESSAI Anne",
        ),
        (
            "urn:oasis:names:tc:xacml:2.0:resource:resource-id",
            "279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH",
        ),
        ("LPS_ID_HOMOLOGATION_DMP", "ESSAI-1"),
        ("urn:oasis:names:tc:xspa:1.0:subject:purposeofuse", "normal"),
    ] {
        assert_eq!(text(name).as_deref(), Some(value), "{name}");
    }
}

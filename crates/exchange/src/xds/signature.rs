//! The signature of a set: a XAdES document (IHE DSG) that goes with the set
//! as one more document.
//!
//! Nothing is signed here. The digests are computed and `SignedInfo` comes
//! out in its canonical form; the host signs these bytes with its key, and the
//! value goes in:
//!
//! 1. [`SetSignature::prepare`], then sign [`SetSignature::to_sign`];
//! 2. [`SetSignature::sign`] with the value gives the [`SignedSet`];
//! 3. [`provide_and_register`](super::provide_and_register) sends it.
//!
//! Source: the DMP client DRIMbox published by the ANS, which the DMP accepts;
//! it signs with SHA-1. The guide of the DMP is not public.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, SecondsFormat, Utc};
use dcc_base::identity::oid;
use dcc_base::problem::{Problem, Problems};
use dcc_xml::{XmlWriter, canonical, decode};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::rules;
use crate::code::Code;
use crate::door::Door;
use crate::hash;
use crate::metadata::submission::new_entry;
use crate::metadata::{DocumentEntry, Submission};
use crate::sending::{Outgoing, Sending};
use crate::tables::systems;
use crate::time;
use crate::visibility::Mask;

const XMLDSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
const XADES: &str = "http://uri.etsi.org/01903/v1.1.1#";
const SIGNED_PROPERTIES: &str = "http://uri.etsi.org/01903/v1.1.1#SignedProperties";
const CANONICAL: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments";
/// Purpose of the signature: *Source* (ASTM E1762).
const PURPOSE: &str = "1.2.840.10065.1.12.1.14";

/// The digests and the signature algorithm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Digest {
    /// SHA-1 and `rsa-sha1`: what the published client of the DMP does.
    #[default]
    Sha1,
    /// SHA-256 and `rsa-sha256`.
    Sha256,
}

impl Digest {
    fn uri(self) -> &'static str {
        match self {
            Digest::Sha1 => "http://www.w3.org/2000/09/xmldsig#sha1",
            Digest::Sha256 => "http://www.w3.org/2001/04/xmlenc#sha256",
        }
    }

    fn signature_uri(self) -> &'static str {
        match self {
            Digest::Sha1 => "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
            Digest::Sha256 => "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        }
    }

    fn base64(self, bytes: &[u8]) -> String {
        match self {
            Digest::Sha1 => hash::base64(bytes),
            Digest::Sha256 => STANDARD.encode(Sha256::digest(bytes)),
        }
    }
}

/// What the host gives of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignatureOptions {
    /// *Identifiant* of the signature document: an OID, new for each one.
    pub unique_id: String,
    /// *Certificat de signature* (IGC-Santé, ORG_SIGN), in DER.
    pub certificate: Vec<u8>,
    /// *Émetteur du certificat*, as RFC 4514 writes it.
    pub issuer: String,
    /// *Numéro de série*, in decimal.
    pub serial: String,
    /// *Date de signature*.
    pub at: DateTime<Utc>,
    /// The algorithms.
    pub digest: Digest,
}

impl SignatureOptions {
    /// A signature with the default algorithms.
    pub fn new(
        unique_id: impl Into<String>,
        certificate: impl Into<Vec<u8>>,
        issuer: impl Into<String>,
        serial: impl Into<String>,
        at: DateTime<Utc>,
    ) -> Self {
        SignatureOptions {
            unique_id: unique_id.into(),
            certificate: certificate.into(),
            issuer: issuer.into(),
            serial: serial.into(),
            at,
            digest: Digest::default(),
        }
    }
}

/// A signature that waits for its value.
#[derive(Clone)]
#[non_exhaustive]
pub struct SetSignature {
    /// `SignedInfo` in its canonical form: the bytes that the host signs.
    pub to_sign: Vec<u8>,
    options: SignatureOptions,
    manifest: Vec<u8>,
    properties: Vec<u8>,
    entry: DocumentEntry,
    signed: Vec<String>,
}

/// A signature in place: one more document of the set.
#[derive(Clone)]
#[non_exhaustive]
pub struct SignedSet {
    /// The XAdES document.
    pub bytes: Vec<u8>,
    /// Its metadata.
    pub entry: DocumentEntry,
    /// Identifier of the set, then of its documents with their digest.
    signed: Vec<String>,
}

impl fmt::Debug for SetSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SetSignature({} references)", self.signed.len())
    }
}

impl fmt::Debug for SignedSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignedSet({} bytes)", self.bytes.len())
    }
}

impl SetSignature {
    /// Prepares the signature of a set and its documents.
    ///
    /// # Errors
    /// All the problems of [`Submission::prepare`]; `XDS-SIGNATURE-ID`,
    /// `XDS-CERTIFICAT`.
    pub fn prepare(
        documents: &[Outgoing<'_>],
        sending: &Sending,
        options: SignatureOptions,
    ) -> Result<Self, Problems> {
        let submission = Submission::prepare(documents, sending, Door::Dmp)?;
        let mut problems = Problems::new();
        let is_used = submission.set.unique_id == options.unique_id
            || submission
                .entries()
                .any(|e| e.unique_id == options.unique_id);
        if !oid::is_oid(&options.unique_id) || is_used {
            problems
                .push(Problem::new(&rules::SIGNATURE_ID, "/unique_id").found(&options.unique_id));
        }
        for (is_missing, path) in [
            (options.certificate.is_empty(), "/certificate"),
            (options.issuer.is_empty(), "/issuer"),
            (options.serial.is_empty(), "/serial"),
        ] {
            if is_missing {
                problems.push(Problem::new(&rules::CERTIFICATE, path));
            }
        }
        if problems.has_blocking() {
            return Err(problems);
        }
        let references = references(&submission, options.digest)?;
        let signed = signed(&submission);
        let manifest = canonical_of(|w| manifest(w, &references, options.digest))?;
        let properties = canonical_of(|w| properties(w, &options))?;
        let to_sign = canonical_of(|w| {
            signed_info(
                w,
                options.digest,
                &options.digest.base64(&manifest),
                &options.digest.base64(&properties),
            );
        })?;
        Ok(SetSignature {
            to_sign,
            entry: entry_of(&submission, &options, &sending.set_id),
            options,
            manifest,
            properties,
            signed,
        })
    }

    /// Puts the value of the signature in place.
    ///
    /// # Errors
    /// `XDS-SIGNATURE` for an empty value.
    pub fn sign(self, value: &[u8]) -> Result<SignedSet, Problems> {
        if value.is_empty() {
            return Err(Problem::new(&rules::SIGNATURE_VALUE, "/value").into());
        }
        let bytes = self.document(&STANDARD.encode(value));
        let mut entry = self.entry;
        entry.hash = Some(hash::hexadecimal(&bytes));
        entry.size = Some(bytes.len() as u64);
        Ok(SignedSet {
            bytes,
            entry,
            signed: self.signed,
        })
    }

    /// The whole document. The signed parts stand in it byte for byte as they
    /// were digested.
    fn document(&self, value: &str) -> Vec<u8> {
        let id = format!("S-{}", self.options.unique_id);
        let certificate = STANDARD.encode(&self.options.certificate);
        let mut out = Vec::with_capacity(8 * 1024);
        let mut add = |part: &[u8]| out.extend_from_slice(part);
        add(format!("<Signature xmlns=\"{XMLDSIG}\" Id=\"{id}\">").as_bytes());
        add(&self.to_sign);
        add(format!("<SignatureValue>{value}</SignatureValue>").as_bytes());
        add(format!(
            "<KeyInfo><X509Data><X509Certificate>{certificate}</X509Certificate></X509Data></KeyInfo>"
        )
        .as_bytes());
        add(format!(
            "<Object><SignatureProperties><SignatureProperty Id=\"purposeOfSignature\" \
             Target=\"#{id}\">{PURPOSE}</SignatureProperty></SignatureProperties></Object>"
        )
        .as_bytes());
        add(b"<Object>");
        add(&self.manifest);
        add(b"</Object>");
        add(
            format!("<Object><QualifyingProperties xmlns=\"{XADES}\" Target=\"#{id}\">").as_bytes(),
        );
        add(&self.properties);
        add(b"</QualifyingProperties></Object></Signature>");
        out
    }
}

impl SignedSet {
    /// True when the signature is that of this set, these documents and these
    /// bytes.
    pub(super) fn is_of(&self, submission: &Submission<'_>) -> bool {
        self.signed == signed(submission)
    }
}

/// What a signature signs.
fn signed(submission: &Submission<'_>) -> Vec<String> {
    let documents = submission.entries().map(|entry| {
        format!(
            "{} {}",
            entry.unique_id,
            entry.hash.as_deref().unwrap_or_default()
        )
    });
    std::iter::once(submission.set.unique_id.clone())
        .chain(documents)
        .collect()
}

/// The reference of the set, then of each document by its canonical form.
fn references(
    submission: &Submission<'_>,
    digest: Digest,
) -> Result<Vec<(String, String, bool)>, Problems> {
    let set = format!("urn:oid:{}", submission.set.unique_id);
    // one zero byte stands for the set, which has no bytes of its own
    let mut references = vec![(set, "AA==".to_owned(), false)];
    for document in &submission.documents {
        let text = decode(document.cda)?;
        let form = canonical(&text, true)?;
        let id = format!("urn:oid:{}", document.entry.unique_id);
        references.push((id, digest.base64(&form), true));
    }
    Ok(references)
}

fn canonical_of(write: impl FnOnce(&mut XmlWriter)) -> Result<Vec<u8>, Problems> {
    let mut w = XmlWriter::new();
    write(&mut w);
    let bytes = w.finish();
    canonical(&decode(&bytes)?, true)
}

/// An element with attributes and a text.
fn leaf(w: &mut XmlWriter, name: &str, attributes: &[(&str, &str)], text: &str) {
    w.start(name);
    for (name, value) in attributes {
        w.attr(name, value);
    }
    if !text.is_empty() {
        w.text(text);
    }
    w.end(name);
}

fn reference(
    w: &mut XmlWriter,
    attributes: &[(&str, &str)],
    digest: Digest,
    value: &str,
    is_canonical: bool,
) {
    w.start("Reference");
    for (name, value) in attributes {
        w.attr(name, value);
    }
    if is_canonical {
        w.start("Transforms");
        leaf(w, "Transform", &[("Algorithm", CANONICAL)], "");
        w.end("Transforms");
    }
    leaf(w, "DigestMethod", &[("Algorithm", digest.uri())], "");
    leaf(w, "DigestValue", &[], value);
    w.end("Reference");
}

fn signed_info(w: &mut XmlWriter, digest: Digest, manifest: &str, properties: &str) {
    w.start("SignedInfo");
    w.attr("xmlns", XMLDSIG);
    leaf(w, "CanonicalizationMethod", &[("Algorithm", CANONICAL)], "");
    leaf(
        w,
        "SignatureMethod",
        &[("Algorithm", digest.signature_uri())],
        "",
    );
    let kind = "http://www.w3.org/2000/09/xmldsig#Manifest";
    reference(
        w,
        &[("Type", kind), ("URI", "#IHEManifest")],
        digest,
        manifest,
        true,
    );
    let target = [("Type", SIGNED_PROPERTIES), ("URI", "#SignedProperties")];
    reference(w, &target, digest, properties, true);
    w.end("SignedInfo");
}

fn manifest(w: &mut XmlWriter, references: &[(String, String, bool)], digest: Digest) {
    w.start("Manifest");
    w.attr("xmlns", XMLDSIG);
    w.attr("Id", "IHEManifest");
    for (uri, value, is_canonical) in references {
        reference(w, &[("URI", uri)], digest, value, *is_canonical);
    }
    w.end("Manifest");
}

fn properties(w: &mut XmlWriter, options: &SignatureOptions) {
    let digest = options.digest;
    w.start("SignedProperties");
    w.attr("xmlns", XADES);
    w.attr("Id", "SignedProperties");
    w.start("SignedSignatureProperties");
    let at = options.at.to_rfc3339_opts(SecondsFormat::Secs, true);
    leaf(w, "SigningTime", &[], &at);
    w.start("SigningCertificate");
    w.start("Cert");
    w.start("CertDigest");
    leaf(w, "DigestMethod", &[("Algorithm", digest.uri())], "");
    leaf(w, "DigestValue", &[], &digest.base64(&options.certificate));
    w.end("CertDigest");
    w.start("IssuerSerial");
    leaf(w, "X509IssuerName", &[("xmlns", XMLDSIG)], &options.issuer);
    leaf(
        w,
        "X509SerialNumber",
        &[("xmlns", XMLDSIG)],
        &options.serial,
    );
    w.end("IssuerSerial");
    w.end("Cert");
    w.end("SigningCertificate");
    w.start("SignaturePolicyIdentifier");
    leaf(w, "SignaturePolicyImplied", &[], "");
    w.end("SignaturePolicyIdentifier");
    w.end("SignedSignatureProperties");
    leaf(w, "SignedDataObjectProperties", &[], "");
    w.end("SignedProperties");
}

/// The metadata of the signature: the codes of IHE DSG, hidden from the
/// patient and from professionals.
fn entry_of(
    submission: &Submission<'_>,
    options: &SignatureOptions,
    set_id: &str,
) -> DocumentEntry {
    let first = submission.documents.first().map(|d| &d.entry);
    let from_first = |pick: fn(&DocumentEntry) -> Option<Code>| first.and_then(pick);
    let signer = submission.set.authors.first();
    let at = time::xds(options.at);
    let level = Code::new("N", systems::CONFIDENTIALITY, "Normal");
    DocumentEntry {
        entry_uuid: new_entry(set_id, &options.unique_id),
        unique_id: options.unique_id.clone(),
        mime_type: "text/xml".to_owned(),
        title: Some("Signature".to_owned()),
        language_code: Some("art".to_owned()),
        creation_time: Some(at.clone()),
        service_start_time: Some(at.clone()),
        service_stop_time: Some(at),
        patient_id: submission.set.patient_id.clone(),
        source_patient_id: first.and_then(|e| e.source_patient_id.clone()),
        source_patient_info: first
            .map(|e| e.source_patient_info.clone())
            .unwrap_or_default(),
        legal_authenticator: signer.and_then(|a| a.persons.first().cloned()),
        authors: submission.set.authors.clone(),
        class_code: Some(Code::new(
            "urn:oid:1.3.6.1.4.1.19376.1.2.1.1.1",
            "URN",
            "Digital Signature",
        )),
        type_code: Some(Code::new("E1762", "ASTM", "Full Document")),
        format_code: Some(Code::new(XMLDSIG, "URN", "Default signature style")),
        facility_type: from_first(|e| e.facility_type.clone()),
        practice_setting: from_first(|e| e.practice_setting.clone()),
        confidentiality: [level]
            .into_iter()
            .chain([Mask::Professionals.code(), Mask::Patient.code()])
            .collect(),
        event_codes: vec![Code::new(PURPOSE, "1.2.840.10065.1.12", "Source")],
        ..DocumentEntry::default()
    }
}

//! ITI-41: a set of documents to the repository.

use dcc_base::problem::{Problem, Problems};
use dcc_xml::XmlWriter;

use super::rules;
use super::signature::SignedSet;
use super::soap::{Request, Service, SoapOptions, XOP, envelope};
use crate::door::Door;
use crate::ebrim::vocabulary::{XDSB, association};
use crate::ebrim::{self, Association, Objects, RIM_NAMESPACES};
use crate::metadata::{DocumentEntry, Submission};
use crate::sending::{Outgoing, Sending};

/// SOAP action of ITI-41.
const ACTION: &str = "urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b";

/// Writes the request that sends documents: a first feed, or a replacement for
/// those that replace another and whose replaced entry is known. With
/// `signature`, the signature of the set goes with them.
///
/// # Errors
/// All the problems of [`Submission::prepare`], when one is blocking;
/// `XDS-SIGNATURE-LOT` when the signature is not that of this set.
pub fn provide_and_register(
    documents: &[Outgoing<'_>],
    sending: &Sending,
    signature: Option<&SignedSet>,
    options: &SoapOptions,
) -> Result<Request, Problems> {
    let submission = Submission::prepare(documents, sending, Door::Dmp)?;
    let mut objects = Objects::of(&submission);
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for (i, document) in submission.documents.iter().enumerate() {
        parts.push((format!("document{}", i + 1), document.cda.to_vec()));
    }
    if let Some(signature) = signature {
        if !signature.is_of(&submission) {
            return Err(Problem::new(&rules::SIGNATURE_SET, "/signature").into());
        }
        add_signature(&mut objects, &signature.entry);
        parts.push(("signature".to_owned(), signature.bytes.clone()));
    }
    let envelope = envelope(ACTION, options, &sending.set_id, |w| {
        request(w, &objects, &parts);
    });
    Ok(Request {
        service: Service::Repository,
        action: ACTION.to_owned(),
        envelope,
        parts,
        warnings: submission.warnings,
    })
}

fn add_signature(objects: &mut Objects, entry: &DocumentEntry) {
    let Some(set) = objects.sets.first().cloned() else {
        return;
    };
    objects.add_member(&set, entry);
    let id = objects.next_id();
    let signs = Association::new(id, association::SIGNS, &entry.entry_uuid, &set.entry_uuid);
    objects.associations.push(signs);
    objects.entries.push(entry.clone());
}

fn request(w: &mut XmlWriter, objects: &Objects, parts: &[(String, Vec<u8>)]) {
    w.start("xdsb:ProvideAndRegisterDocumentSetRequest");
    w.attr("xmlns:xdsb", XDSB);
    for (name, uri) in RIM_NAMESPACES {
        w.attr(name, uri);
    }
    w.start("lcm:SubmitObjectsRequest");
    ebrim::objects(w, objects);
    w.end("lcm:SubmitObjectsRequest");
    for (entry, (id, _)) in objects.entries.iter().zip(parts) {
        w.start("xdsb:Document");
        w.attr("id", &entry.entry_uuid);
        w.start("xop:Include");
        w.attr("xmlns:xop", XOP);
        w.attr("href", &format!("cid:{id}"));
        w.end("xop:Include");
        w.end("xdsb:Document");
    }
    w.end("xdsb:ProvideAndRegisterDocumentSetRequest");
}

//! ITI-18: the entry of a document by its identifier (TD3.1), which gives the
//! *entryUUID*, the *logicalId* and the version that other requests need.

use dcc_base::problem::{Problem, Problems};
use dcc_xml::{Tree, decode};

use super::response::{body_of, parts_of};
use super::rules;
use super::soap::{Request, Service, SoapOptions, envelope};
use crate::ebrim::vocabulary::{QUERY, RIM};
use crate::ebrim::{descend, objects_of};
use crate::metadata::DocumentEntry;

/// SOAP action of ITI-18.
const ACTION: &str = "urn:ihe:iti:2007:RegistryStoredQuery";
/// The stored query *GetDocuments*.
const GET_DOCUMENTS: &str = "urn:uuid:5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4";

/// Asks a registry for the entries of documents, by their identifiers
/// (*uniqueId*).
pub fn find_by_id(unique_ids: &[&str], options: &SoapOptions) -> Request {
    let quoted: Vec<String> = unique_ids
        .iter()
        .map(|id| format!("'{}'", id.replace('\'', "''")))
        .collect();
    let list = format!("({})", quoted.join(","));
    let envelope = envelope(ACTION, options, &list, |w| {
        w.start("query:AdhocQueryRequest");
        w.attr("xmlns:query", QUERY);
        w.attr("xmlns:rim", RIM);
        w.start("query:ResponseOption");
        w.attr("returnComposedObjects", "true");
        w.attr("returnType", "LeafClass");
        w.end("query:ResponseOption");
        w.start("rim:AdhocQuery");
        w.attr("id", GET_DOCUMENTS);
        w.start("rim:Slot");
        w.attr("name", "$XDSDocumentEntryUniqueId");
        w.start("rim:ValueList");
        w.start("rim:Value");
        w.text(&list);
        w.end("rim:Value");
        w.end("rim:ValueList");
        w.end("rim:Slot");
        w.end("rim:AdhocQuery");
        w.end("query:AdhocQueryRequest");
    });
    Request {
        service: Service::Registry,
        action: ACTION.to_owned(),
        envelope,
        parts: Vec::new(),
        warnings: Problems::new(),
    }
}

/// The entries of an answer to a query, with what is doubtful in them. An
/// answer that is an error has no entry: read it with
/// [`RegistryAnswer`](super::RegistryAnswer).
///
/// # Errors
/// `XDS-REPONSE`, `XDS-MULTIPART`, `XML-…`.
pub fn read_entries(
    body: &[u8],
    content_type: &str,
) -> Result<(Vec<DocumentEntry>, Problems), Problems> {
    let parts = parts_of(body, content_type)?;
    let text = decode(body_of(&parts))?;
    let tree = Tree::parse(&text, &dcc_xml::Limits::default())?;
    if descend(&tree, "AdhocQueryResponse").is_none() {
        return Err(Problem::new(&rules::ANSWER, "").into());
    }
    let Some(list) = descend(&tree, "RegistryObjectList") else {
        return Ok((Vec::new(), Problems::new()));
    };
    let (objects, problems) = objects_of(&tree, list);
    Ok((objects.entries, problems))
}

//! Answers of a registry or a repository: success, partial success, failure,
//! each error with its document, SOAP faults.

use dcc_base::problem::{Problem, Problems};
use dcc_xml::{NodeId, Tree, decode};
use serde::Serialize;

use super::rules;
use crate::ebrim::descend;
use crate::metadata::DocumentEntry;

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RegistryStatus {
    /// *Succès*.
    Success,
    /// *Succès partiel*: some documents only.
    PartialSuccess,
    /// *Échec*: nothing was taken.
    Failure,
}

/// One error of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RegistryError {
    /// *Code*: of IHE, or of the DMP (whose list is not public).
    pub code: String,
    /// *Contexte*: the text of the registry.
    pub context: String,
    /// *Gravité*: true for an error, false for a warning.
    pub is_error: bool,
    /// *Endroit* in the server.
    pub location: String,
    /// Rank, among the entries sent, of the document that the context names.
    pub document: Option<usize>,
    /// *Signification* and what to do, for a code of IHE.
    pub meaning: Option<&'static str>,
}

/// The answer to ITI-41 or ITI-57 (or to a query that failed).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RegistryAnswer {
    /// How it ended.
    pub status: RegistryStatus,
    /// Its errors and warnings.
    pub errors: Vec<RegistryError>,
}

/// Codes of IHE (ITI TF-3 table 4.2.4.1-2), and what to do.
const CODES: &[(&str, &str)] = &[
    (
        "XDSDuplicateUniqueIdInRegistry",
        "Le document est déjà dans le registre : ne pas le renvoyer ; pour une nouvelle version, un nouvel identifiant et un remplacement.",
    ),
    (
        "XDSDuplicateDocumentUniqueIdInMessage",
        "Deux documents de l'envoi ont le même identifiant.",
    ),
    (
        "XDSDuplicateUniqueIdInMessage",
        "Deux objets de l'envoi ont le même identifiant.",
    ),
    (
        "XDSNonIdenticalHash",
        "Le registre connaît ce document avec un autre contenu : une nouvelle version demande un nouvel identifiant.",
    ),
    (
        "XDSNonIdenticalSize",
        "Le registre connaît ce document avec une autre taille : une nouvelle version demande un nouvel identifiant.",
    ),
    (
        "XDSInvalidDocumentContent",
        "Le contenu du document ne correspond pas à ses métadonnées.",
    ),
    (
        "XDSUnknownPatientId",
        "Le patient n'a pas de dossier : vérifier l'INS et l'existence du DMP.",
    ),
    (
        "XDSPatientIdDoesNotMatch",
        "Les patients du lot et des documents diffèrent.",
    ),
    (
        "XDSPatientIDReconciliationError",
        "Les patients du lot et du registre ne se rapprochent pas.",
    ),
    (
        "XDSRegistryMetadataError",
        "Une métadonnée est refusée par le registre : lire le contexte.",
    ),
    (
        "XDSRepositoryMetadataError",
        "Une métadonnée est refusée par l'entrepôt : lire le contexte.",
    ),
    (
        "XDSMissingDocument",
        "Une fiche n'a pas son document dans la requête.",
    ),
    (
        "XDSMissingDocumentMetadata",
        "Un document de la requête n'a pas sa fiche.",
    ),
    (
        "XDSMetadataUpdateError",
        "La modification est refusée : relire la fiche dans le registre et recommencer.",
    ),
    (
        "XDSMetadataUpdateOperationError",
        "Cette modification n'est pas permise.",
    ),
    (
        "XDSMetadataIdentifierError",
        "Un identifiant de la modification est faux.",
    ),
    (
        "XDSMetadataVersionError",
        "La version de la fiche a changé : relire la fiche dans le registre et recommencer.",
    ),
    (
        "XDSReplaceFailed",
        "Le document remplacé n'est pas la version en cours : relire la fiche dans le registre.",
    ),
    (
        "XDSRegistryDeprecatedDocumentError",
        "Le document visé est déjà remplacé.",
    ),
    (
        "XDSRegistryDuplicateUniqueIdInMessage",
        "Deux objets de l'envoi ont le même identifiant.",
    ),
    (
        "XDSRegistryBusy",
        "Le registre est occupé : renvoyer plus tard, sous le même identifiant de lot.",
    ),
    (
        "XDSRepositoryBusy",
        "L'entrepôt est occupé : renvoyer plus tard, sous le même identifiant de lot.",
    ),
    (
        "XDSRegistryOutOfResources",
        "Le registre manque de ressources : renvoyer plus tard.",
    ),
    (
        "XDSRepositoryOutOfResources",
        "L'entrepôt manque de ressources : renvoyer plus tard.",
    ),
    (
        "XDSRegistryNotAvailable",
        "Le registre n'est pas joignable : renvoyer plus tard.",
    ),
    ("XDSRegistryError", "Erreur du registre : lire le contexte."),
    (
        "XDSRepositoryError",
        "Erreur de l'entrepôt : lire le contexte.",
    ),
    (
        "XDSUnknownStoredQuery",
        "La recherche demandée n'existe pas.",
    ),
    (
        "XDSTooManyResults",
        "La recherche donne trop de résultats : la préciser.",
    ),
    (
        "UnresolvedReferenceException",
        "Un objet désigné dans la requête n'existe pas dans le registre.",
    ),
    ("DMPClosed", "Le DMP du patient est fermé."),
];

impl RegistryAnswer {
    /// Reads an answer. `entries` are those sent, in order, so that an error
    /// finds its document by an identifier in its context.
    ///
    /// # Errors
    /// `XDS-REPONSE`, `XDS-REPONSE-STATUT`, `XDS-MULTIPART`, `XML-…`.
    pub fn read(
        body: &[u8],
        content_type: &str,
        entries: &[DocumentEntry],
    ) -> Result<RegistryAnswer, Problems> {
        let parts = parts_of(body, content_type)?;
        let text = decode(body_of(&parts))?;
        let tree = Tree::parse(&text, &dcc_xml::Limits::default())?;
        let found = descend(&tree, "RegistryResponse").or(descend(&tree, "AdhocQueryResponse"));
        let Some(response) = found else {
            return match descend(&tree, "Fault") {
                Some(fault) => Ok(fault_of(&tree, fault)),
                None => Err(Problem::new(&rules::ANSWER, "")
                    .found(tree.name(tree.root()))
                    .into()),
            };
        };
        let value = tree.attr(response, "status").unwrap_or_default();
        let status = match value.rsplit(':').next() {
            Some("Success") => RegistryStatus::Success,
            Some("PartialSuccess") => RegistryStatus::PartialSuccess,
            Some("Failure") => RegistryStatus::Failure,
            _ => {
                return Err(
                    Problem::new(&rules::STATUS_UNKNOWN, "/RegistryResponse/@status")
                        .found(value)
                        .into(),
                );
            }
        };
        let mut errors = Vec::new();
        for list in named(&tree, response, "RegistryErrorList") {
            for error in named(&tree, list, "RegistryError") {
                errors.push(error_of(&tree, error, entries));
            }
        }
        Ok(RegistryAnswer { status, errors })
    }

    /// True when the documents of this rank was taken: all of them on a
    /// success, those that no error names on a partial one.
    pub fn is_taken(&self, document: usize) -> bool {
        match self.status {
            RegistryStatus::Success => true,
            RegistryStatus::Failure => false,
            RegistryStatus::PartialSuccess => {
                let mut errors = self.errors.iter().filter(|e| e.is_error);
                !errors.any(|e| e.document.is_none_or(|d| d == document))
            }
        }
    }
}

fn named<'t>(tree: &'t Tree<'_>, node: NodeId, name: &'t str) -> impl Iterator<Item = NodeId> + 't {
    tree.children(node).filter(move |&c| tree.name(c) == name)
}

fn error_of(tree: &Tree<'_>, node: NodeId, entries: &[DocumentEntry]) -> RegistryError {
    let attr = |name: &str| tree.attr(node, name).unwrap_or_default().to_owned();
    let code = attr("errorCode");
    let mut context = attr("codeContext");
    if context.is_empty() {
        context = tree.text_of(node).trim().to_owned();
    }
    let severity = attr("severity");
    let short = code.rsplit(':').next().unwrap_or_default().to_owned();
    let location = attr("location");
    let names =
        |text: &str| !text.is_empty() && (mentions(&context, text) || mentions(&location, text));
    let document = entries.iter().position(|entry| {
        let uuid = entry.entry_uuid.trim_start_matches("urn:uuid:");
        names(&entry.unique_id) || names(uuid)
    });
    RegistryError {
        meaning: CODES.iter().find(|(c, _)| *c == short).map(|(_, m)| *m),
        is_error: !severity.ends_with("Warning"),
        context,
        location,
        document,
        code,
    }
}

/// True when the text holds the identifier, not only the start of a longer one.
fn mentions(text: &str, id: &str) -> bool {
    text.match_indices(id).any(|(at, _)| {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let before = text[..at].chars().next_back();
        let mut after = text[at + id.len()..].chars();
        let next = after.next();
        let continues = next.is_some_and(is_part)
            || (next == Some('.') && after.next().is_some_and(|c| c.is_ascii_digit()));
        !before.is_some_and(|c| is_part(c) || c == '.') && !continues
    })
}

/// A SOAP fault is the failure of the whole request.
fn fault_of(tree: &Tree<'_>, fault: NodeId) -> RegistryAnswer {
    let text = |names: [&str; 2]| {
        let found = names
            .iter()
            .find_map(|name| named(tree, fault, name).next());
        found.map_or_else(String::new, |node| tree.text_of(node).trim().to_owned())
    };
    RegistryAnswer {
        status: RegistryStatus::Failure,
        errors: vec![RegistryError {
            code: text(["Code", "faultcode"]),
            context: text(["Reason", "faultstring"]),
            is_error: true,
            location: String::new(),
            document: None,
            meaning: None,
        }],
    }
}

/// The parts of a body: itself, or those of a `multipart/related`, headers and
/// content.
pub(super) fn parts_of<'b>(body: &'b [u8], content_type: &str) -> Result<Vec<&'b [u8]>, Problems> {
    let declared = boundary_in(content_type);
    let looks_multipart = body.trim_ascii_start().starts_with(b"--");
    let boundary = match declared {
        Some(boundary) => boundary,
        // some hosts lose the header: the first line is the boundary
        None if looks_multipart => {
            let start = body.trim_ascii_start();
            let end = start.iter().position(|b| *b == b'\r' || *b == b'\n');
            String::from_utf8_lossy(&start[2..end.unwrap_or(start.len()).max(2)]).into_owned()
        }
        None => return Ok(vec![body]),
    };
    let mark = format!("--{boundary}");
    let mut parts = Vec::new();
    let mut rest = body;
    let mut inside = false;
    while let Some(at) = find(rest, mark.as_bytes()) {
        if inside {
            parts.push(content_of(&rest[..at]));
        }
        rest = &rest[at + mark.len()..];
        inside = true;
        if rest.starts_with(b"--") {
            break;
        }
    }
    if parts.is_empty() {
        return Err(Problem::new(&rules::MULTIPART, "").found(boundary).into());
    }
    Ok(parts)
}

/// The part that is the envelope: the first that holds XML.
pub(super) fn body_of<'b>(parts: &[&'b [u8]]) -> &'b [u8] {
    let is_xml = |part: &&&[u8]| part.trim_ascii_start().starts_with(b"<");
    parts
        .iter()
        .find(is_xml)
        .or(parts.first())
        .copied()
        .unwrap_or_default()
}

fn boundary_in(content_type: &str) -> Option<String> {
    let mut parameters = content_type.split(';').map(str::trim);
    let found = parameters.find(|p| p.to_ascii_lowercase().starts_with("boundary="))?;
    Some(found["boundary=".len()..].trim_matches('"').to_owned())
}

/// What follows the headers of a part, without the line end before the next mark.
fn content_of(part: &[u8]) -> &[u8] {
    let blank = find(part, b"\r\n\r\n").map(|at| at + 4);
    let start = blank.or(find(part, b"\n\n").map(|at| at + 2)).unwrap_or(0);
    let content = &part[start..];
    content
        .strip_suffix(b"\r\n")
        .or(content.strip_suffix(b"\n"))
        .unwrap_or(content)
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    if wanted.is_empty() {
        return None;
    }
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

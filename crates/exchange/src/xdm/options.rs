//! Options of a package, and the action that it asks.

use serde::{Deserialize, Serialize};

use crate::metadata::Submission;

/// What the receiver must do with the documents (*action* of the volet).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// `C`: the package replaces a document.
    Replace,
    /// `D`: the package deletes its documents.
    Delete,
}

impl Action {
    /// The code of the volet.
    pub fn code(self) -> &'static str {
        match self {
            Action::Replace => "C",
            Action::Delete => "D",
        }
    }
}

/// Where the metadata *action* stands. The volet asks for it and no public
/// source gives its name nor its place: the receiver's agreement does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionSlot {
    /// Name of the slot: `urn:` and not `urn:ihe:`.
    pub name: String,
    /// In each document rather than in the set.
    #[serde(default)]
    pub in_documents: bool,
}

/// Options of a package.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct XdmOptions {
    /// Writes *action* for a replacement or a deletion. Default: no.
    pub action: Option<ActionSlot>,
    /// Writes `[Annule et remplace]` before the subject of a replacement (a
    /// use seen among senders, in no public text). Default: no.
    pub marks_replacement: bool,
}

/// What the documents of a sending ask: a deletion, else a replacement.
pub(super) fn action_of(submission: &Submission<'_>) -> Option<Action> {
    let documents = &submission.documents;
    if documents.iter().any(|d| d.options.delete) {
        Some(Action::Delete)
    } else if documents.iter().any(|d| d.header.replaces().is_some()) {
        Some(Action::Replace)
    } else {
        None
    }
}

//! Sets, documents and associations of a registry.

use crate::metadata::{DocumentEntry, Slot, Submission, SubmissionSet};

use super::vocabulary::association;

/// A link between two objects (*association*).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Association {
    /// *Identifiant*.
    pub id: String,
    /// *Type*: a URN of `vocabulary::association`.
    pub kind: String,
    /// *Objet source*.
    pub source: String,
    /// *Objet cible*.
    pub target: String,
    /// *Attributs*, for instance `SubmissionSetStatus`.
    pub slots: Vec<Slot>,
}

impl Association {
    /// A link without attribute.
    pub fn new(
        id: impl Into<String>,
        kind: &str,
        source: impl Into<String>,
        target: impl Into<String>,
    ) -> Self {
        Association {
            id: id.into(),
            kind: kind.to_owned(),
            source: source.into(),
            target: target.into(),
            slots: Vec::new(),
        }
    }

    /// The same link with one more attribute.
    #[must_use]
    pub fn slot(mut self, name: &str, value: impl Into<String>) -> Self {
        self.slots.push(Slot {
            name: name.to_owned(),
            values: vec![value.into()],
        });
        self
    }
}

/// Objects of a registry, as a request holds them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Objects {
    /// *Lots de soumission*.
    pub sets: Vec<SubmissionSet>,
    /// *Fiches*.
    pub entries: Vec<DocumentEntry>,
    /// *Associations*.
    pub associations: Vec<Association>,
}

impl Objects {
    /// The objects of a sending: the set, its documents, their membership, and
    /// the replacement of the documents of which the registry's identifier is
    /// known.
    pub fn of(submission: &Submission<'_>) -> Self {
        let set = submission.set.clone();
        let mut objects = Objects::default();
        for document in &submission.documents {
            let entry = document.entry.clone();
            objects.add_member(&set, &entry);
            if let (Some(replaced), Some(_)) =
                (&document.options.replaced_entry, document.header.replaces())
            {
                let id = objects.next_id();
                let link = Association::new(id, association::REPLACE, &entry.entry_uuid, replaced);
                objects.associations.push(link);
            }
            objects.entries.push(entry);
        }
        objects.sets.push(set);
        objects
    }

    /// A fresh symbolic identifier of an association.
    pub(crate) fn next_id(&self) -> String {
        format!("Association{:02}", self.associations.len() + 1)
    }

    /// Links an entry to its set.
    pub(crate) fn add_member(&mut self, set: &SubmissionSet, entry: &DocumentEntry) {
        let member = Association::new(
            self.next_id(),
            association::HAS_MEMBER,
            &set.entry_uuid,
            &entry.entry_uuid,
        );
        self.associations
            .push(member.slot("SubmissionSetStatus", "Original"));
    }
}

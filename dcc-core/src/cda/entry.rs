//! Entries: observations, acts, procedures and what hangs below them.

use super::codec::Codec;
use super::datatypes::{FixedCode, NullFlavorPolicy};
use super::slot::{Slot, local};
use super::templates::{COMMENT, EntryTemplate};
use crate::model::PartialDateTime;
use crate::terminology::code_system::LOINC;
use crate::xml::{NodeId, Tree};

/// The element around a statement.
#[derive(Clone, Copy, Debug)]
pub struct ActRelationship {
    element: &'static str,
    type_code: Option<&'static str>,
    inversion: Option<&'static str>,
}

/// An entry of a section.
pub(crate) const ENTRY: ActRelationship = ActRelationship {
    element: "entry",
    type_code: None,
    inversion: None,
};
/// A component of an organizer.
pub(crate) const COMPONENT: ActRelationship = ActRelationship {
    element: "component",
    type_code: None,
    inversion: None,
};
/// `SUBJ`.
pub(crate) const SUBJ: ActRelationship = relation("SUBJ", None);
/// `SUBJ`, not inverted.
pub(crate) const SUBJ_FALSE: ActRelationship = relation("SUBJ", Some("false"));
/// `SUBJ`, inverted.
pub(crate) const SUBJ_TRUE: ActRelationship = relation("SUBJ", Some("true"));
/// `REFR`.
pub(crate) const REFR: ActRelationship = relation("REFR", None);
/// `COMP`.
pub(crate) const COMP: ActRelationship = relation("COMP", None);

/// `COMP`, not inverted.
pub(crate) const COMP_FALSE: ActRelationship = relation("COMP", Some("false"));
/// `RSON`, not inverted.
pub(crate) const RSON_FALSE: ActRelationship = relation("RSON", Some("false"));

const fn relation(type_code: &'static str, inversion: Option<&'static str>) -> ActRelationship {
    ActRelationship {
        element: "entryRelationship",
        type_code: Some(type_code),
        inversion,
    }
}

pub(crate) static COMMENT_ENTRY: EntryTemplate =
    EntryTemplate::observation(COMMENT, FixedCode::new(LOINC, "48767-8", "Commentaire"))
        .as_element("act", "ACT", "EVN")
        .without_id();

impl EntryTemplate {
    /// True when `node` is a statement of this shape.
    fn matches(&self, tree: &Tree<'_>, node: NodeId) -> bool {
        let Some(code) = &self.code else {
            return self.has_template(tree, node)
                && tree.peek(node, "moodCode").is_none_or(|m| m == self.mood);
        };
        let found = tree
            .element(node, "code")
            .and_then(|c| tree.peek(c, "code"));
        found == Some(code.code) || found.is_some_and(|f| self.other_codes.contains(&f))
    }

    fn has_template(&self, tree: &Tree<'_>, node: NodeId) -> bool {
        let Some(last) = self.templates.last() else {
            return true;
        };
        tree.elements(node, "templateId").any(|t| {
            let root = tree.peek(t, "root");
            root == Some(last) || (root.is_some() && root == self.other_template)
        })
    }
}

impl Codec<'_> {
    /// A statement, written when `present`; read when one of this shape is
    /// there. Answers whether `f` ran.
    pub fn statement(
        &mut self,
        relation: ActRelationship,
        shape: &EntryTemplate,
        present: bool,
        f: impl FnOnce(&mut Self),
    ) -> bool {
        self.statement_where(relation, shape, present, |_, _| true, f)
    }

    /// As [`Codec::statement`], reading only a statement that `wanted` accepts.
    pub(crate) fn statement_where(
        &mut self,
        relation: ActRelationship,
        shape: &EntryTemplate,
        present: bool,
        wanted: impl Fn(&Tree<'_>, NodeId) -> bool,
        f: impl FnOnce(&mut Self),
    ) -> bool {
        let is_one = |tree: &Tree<'_>, node: NodeId| {
            tree.elements(node, shape.element)
                .any(|s| shape.matches(tree, s) && wanted(tree, s))
        };
        self.element_where(present, relation.element, is_one, |s| {
            if let Some(type_code) = relation.type_code {
                s.fixed("typeCode", type_code);
            }
            if let Some(inversion) = relation.inversion {
                s.fixed("inversionInd", inversion);
            }
            s.ignore_templates();
            s.enter();
            s.element(shape.element, |s| {
                s.fixed("classCode", shape.class);
                s.fixed("moodCode", shape.mood);
                if shape.negated {
                    s.fixed("negationInd", "true");
                } else if shape.negation || !s.is_writing() {
                    s.fixed("negationInd", "false");
                }
                s.templates(shape.templates);
                if shape.id || !s.is_writing() {
                    s.derived_id();
                }
                if let Some(code) = &shape.code {
                    s.element("code", |s| s.statement_code(code));
                }
                f(s);
            });
            s.leave();
        })
    }

    /// The code of a statement already recognised: another version of the
    /// volet may give it another code. A `translation` that only points into
    /// the narrative states nothing more.
    fn statement_code(&mut self, code: &FixedCode) {
        self.repeated("code", code.code);
        self.code_labels(code);
        let pointing = |tree: &Tree<'_>, n: NodeId| {
            tree.peek(n, "code").is_none() && tree.path(n, &["originalText", "reference"]).is_some()
        };
        if let (Some(node), Some((tree, _))) = (self.child("translation", pointing), self.here()) {
            tree.mark_all(node);
        }
    }

    /// A statement for each value.
    pub fn statements<T: Default>(
        &mut self,
        relation: ActRelationship,
        shape: &EntryTemplate,
        values: Slot<'_, Vec<T>>,
        f: impl FnMut(&mut Self, usize, Slot<'_, T>),
    ) {
        self.statements_where(relation, shape, |_, _| true, values, f);
    }

    /// As [`Codec::statements`], reading only statements that `wanted` accepts.
    pub(crate) fn statements_where<T: Default>(
        &mut self,
        relation: ActRelationship,
        shape: &EntryTemplate,
        wanted: impl Fn(&Tree<'_>, NodeId) -> bool + Copy,
        values: Slot<'_, Vec<T>>,
        mut f: impl FnMut(&mut Self, usize, Slot<'_, T>),
    ) {
        self.list(values, |s, rank, value| {
            s.statement_where(relation, shape, true, wanted, |s| f(s, rank, value))
        });
    }

    /// A statement that may be absent.
    pub(crate) fn statement_option<T: Default>(
        &mut self,
        relation: ActRelationship,
        shape: &EntryTemplate,
        value: Slot<'_, Option<T>>,
        f: impl FnOnce(&mut Self, Slot<'_, T>),
    ) {
        self.maybe(value, |s, present, value| {
            s.statement(relation, shape, present, |s| f(s, value))
        });
    }

    /// `templateId` elements.
    pub fn templates(&mut self, templates: &'static [&'static str]) {
        for template in templates {
            self.element_where(
                true,
                "templateId",
                |tree, n| tree.peek(n, "root") == Some(template),
                |s| {
                    s.fixed("root", template);
                },
            );
        }
    }

    /// Marks, for a reader, templates that no rule of this library rests on.
    pub(crate) fn ignore_templates(&mut self) {
        if !self.is_writing() {
            while let (Some(node), Some((tree, _))) =
                (self.child("templateId", |_, _| true), self.here())
            {
                tree.mark_all(node);
            }
        }
    }

    /// `statusCode`.
    pub fn status(&mut self, code: &'static str) {
        self.element("statusCode", |s| s.fixed("code", code));
    }

    /// FR-Commentaire-ER.
    pub fn comment(
        &mut self,
        relation: ActRelationship,
        id: &str,
        comment: Slot<'_, Option<String>>,
    ) {
        self.comment_dated(relation, id, comment, local(&mut None));
    }

    /// FR-Commentaire-ER with a date.
    pub fn comment_dated(
        &mut self,
        relation: ActRelationship,
        id: &str,
        comment: Slot<'_, Option<String>>,
        date: Slot<'_, Option<PartialDateTime>>,
    ) {
        self.statement(relation, &COMMENT_ENTRY, comment.is_some(), |s| {
            s.reference("text", id, comment);
            s.status("completed");
            s.time("effectiveTime", date, NullFlavorPolicy::Omit);
        });
    }
}

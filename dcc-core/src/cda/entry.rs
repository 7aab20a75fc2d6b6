//! Entries: observations, acts, procedures and what hangs below them.

use super::codec::Codec;
use super::datatypes::{Codes, Fixed, Null};
use super::narrative;
use super::templates::{COMMENT, Shape};
use crate::model::{Author, Code, PartialDateTime, Professional, ProfessionalId};
use crate::terminology::Jdv;
use crate::terminology::code_system::LOINC;
use crate::xml::{NodeId, Tree};

/// The element around a statement.
#[derive(Clone, Copy, Debug)]
pub struct Wrap {
    element: &'static str,
    type_code: Option<&'static str>,
    inversion: Option<&'static str>,
}

/// An entry of a section.
pub const ENTRY: Wrap = Wrap {
    element: "entry",
    type_code: None,
    inversion: None,
};
/// A component of an organizer.
pub const COMPONENT: Wrap = Wrap {
    element: "component",
    type_code: None,
    inversion: None,
};
/// `SUBJ`.
pub const SUBJ: Wrap = relation("SUBJ", None);
/// `SUBJ`, not inverted.
pub const SUBJ_FALSE: Wrap = relation("SUBJ", Some("false"));
/// `SUBJ`, inverted.
pub const SUBJ_TRUE: Wrap = relation("SUBJ", Some("true"));
/// `REFR`.
pub const REFR: Wrap = relation("REFR", None);
/// `COMP`.
pub const COMP: Wrap = relation("COMP", None);

/// `COMP`, not inverted.
pub const COMP_FALSE: Wrap = relation("COMP", Some("false"));
/// `RSON`, not inverted.
pub const RSON_FALSE: Wrap = relation("RSON", Some("false"));

const fn relation(type_code: &'static str, inversion: Option<&'static str>) -> Wrap {
    Wrap {
        element: "entryRelationship",
        type_code: Some(type_code),
        inversion,
    }
}

pub(crate) static COMMENT_SHAPE: Shape = Shape::observation(
    COMMENT,
    Fixed {
        system: LOINC,
        code: "48767-8",
        label: "Commentaire",
    },
)
.as_element("act", "ACT", "EVN")
.without_id();

impl Shape {
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
        wrap: Wrap,
        shape: &Shape,
        present: bool,
        f: impl FnOnce(&mut Self),
    ) -> bool {
        self.statement_where(wrap, shape, present, |_, _| true, f)
    }

    /// As [`Codec::statement`], reading only a statement that `wanted` accepts.
    pub(crate) fn statement_where(
        &mut self,
        wrap: Wrap,
        shape: &Shape,
        present: bool,
        wanted: impl Fn(&Tree<'_>, NodeId) -> bool,
        f: impl FnOnce(&mut Self),
    ) -> bool {
        let is_one = |tree: &Tree<'_>, node: NodeId| {
            tree.elements(node, shape.element)
                .any(|s| shape.matches(tree, s) && wanted(tree, s))
        };
        self.element_where(present, wrap.element, is_one, |s| {
            if let Some(type_code) = wrap.type_code {
                s.fixed("typeCode", type_code);
            }
            if let Some(inversion) = wrap.inversion {
                s.fixed("inversionInd", inversion);
            }
            s.ignore(&["typeCode", "inversionInd", "contextConductionInd"]);
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
                    if s.is_writing() {
                        s.element("code", |s| s.fixed_code_attrs(code));
                    } else {
                        // the same statement may have another code in another version of the volet
                        if let Some(node) = s.child("code", |_, _| true) {
                            s.inside(node, |s| s.statement_code());
                        }
                    }
                }
                f(s);
            });
            s.leave();
        })
    }

    /// The code of a statement already recognised; a `translation` that only
    /// points into the narrative says nothing more.
    fn statement_code(&mut self) {
        self.ignore(&[
            "code",
            "displayName",
            "codeSystem",
            "codeSystemName",
            "codeSystemVersion",
        ]);
        let pointing = |tree: &Tree<'_>, n: NodeId| {
            tree.peek(n, "code").is_none() && tree.path(n, &["originalText", "reference"]).is_some()
        };
        if let (Some(node), Some((tree, _))) = (self.child("translation", pointing), self.here()) {
            tree.mark_all(node);
        }
    }

    /// Marks, for a reader, an `originalText` that only points to where the statement points.
    fn repeated_reference(&mut self) {
        let pointing = |tree: &Tree<'_>, n: NodeId| {
            tree.element(n, "reference").is_some() && narrative::plain(tree, n).is_empty()
        };
        if let (Some(node), Some((tree, _))) = (self.child("originalText", pointing), self.here()) {
            tree.mark_all(node);
        }
    }

    /// A statement for each value.
    pub fn statements<T: Default>(
        &mut self,
        wrap: Wrap,
        shape: &Shape,
        values: &mut Vec<T>,
        f: impl FnMut(&mut Self, usize, &mut T),
    ) {
        self.statements_where(wrap, shape, |_, _| true, values, f);
    }

    /// As [`Codec::statements`], reading only statements that `wanted` accepts.
    pub(crate) fn statements_where<T: Default>(
        &mut self,
        wrap: Wrap,
        shape: &Shape,
        wanted: impl Fn(&Tree<'_>, NodeId) -> bool + Copy,
        values: &mut Vec<T>,
        mut f: impl FnMut(&mut Self, usize, &mut T),
    ) {
        if self.is_writing() {
            for (i, value) in values.iter_mut().enumerate() {
                self.statement(wrap, shape, true, |s| f(s, i, value));
            }
            return;
        }
        loop {
            let mut value = T::default();
            let rank = values.len();
            if !self.statement_where(wrap, shape, true, wanted, |s| f(s, rank, &mut value)) {
                break;
            }
            values.push(value);
        }
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

    /// `text` pointing into the narrative at `id`.
    ///
    /// The text there only shows what the entry codes: a reader leaves it to
    /// the list of what was not read, should it say more.
    pub fn pointer(&mut self, id: &str) -> Option<String> {
        let mut target = None;
        self.element("text", |s| target = s.target(id));
        target
    }

    /// An element that points into the narrative at `id`, where a reader finds `text`.
    /// Answers a reader the ID that the document points to.
    pub fn reference(
        &mut self,
        name: &'static str,
        id: &str,
        text: &mut Option<String>,
    ) -> Option<String> {
        let mut target = None;
        self.element(name, |s| target = s.reference_here(id, text));
        target
    }

    /// The reference alone, inside an element already open.
    pub(crate) fn reference_only(&mut self, id: &str, text: &mut Option<String>) -> Option<String> {
        self.reference_here(id, text)
    }

    fn reference_here(&mut self, id: &str, text: &mut Option<String>) -> Option<String> {
        let target = self.target(id);
        if self.is_writing() {
            return None;
        }
        if let Some(found) = target.as_deref().and_then(|t| self.narrative_at(t)) {
            *text = Some(found);
        } else {
            // an inline text, where the specification wants a reference
            let mut inline = String::new();
            self.text(&mut inline);
            let inline = inline.trim();
            if !inline.is_empty() {
                *text = Some(inline.to_owned());
            }
        }
        target
    }

    /// `reference`; answers a reader the ID that the document points to.
    fn target(&mut self, id: &str) -> Option<String> {
        if self.is_writing() {
            let target = format!("#{id}");
            self.element("reference", |s| s.fixed("value", &target));
            return None;
        }
        self.ignore(&["mediaType"]);
        let mut target = None;
        self.element("reference", |s| s.attr_option("value", &mut target));
        self.null_flavor();
        target.map(|t| t.trim_start_matches('#').to_owned())
    }

    /// The cells of the table row that holds an ID of the narrative.
    pub(crate) fn row_of(&mut self, id: &str) -> Vec<NodeId> {
        let Some((tree, _)) = self.here() else {
            return Vec::new();
        };
        let mut node = narrative::find(tree, id);
        while let Some(at) = node {
            if tree.is(at, "tr") {
                return tree.elements(at, "td").collect();
            }
            node = tree.parent(at);
        }
        Vec::new()
    }

    /// A reader's text of a cell, now read; none when it is empty or a dash.
    pub(crate) fn cell_text(&mut self, cell: NodeId) -> Option<String> {
        let (tree, _) = self.here()?;
        let text = narrative::plain(tree, cell);
        tree.mark_all(cell);
        Some(text).filter(|t| !t.trim_matches([' ', '\t', '\n']).is_empty() && t != "-")
    }

    /// The text of the cell beside a label of the narrative of the section.
    pub(crate) fn beside(&mut self, label: &str) -> Option<String> {
        let (tree, _) = self.here()?;
        for table in self.tables() {
            for row in &table.rows {
                if let [first, second, ..] = row[..]
                    && narrative::words(&narrative::plain(tree, first)).any(|w| w == label)
                {
                    return self.cell_text(second);
                }
            }
        }
        None
    }

    /// A reader's text at an ID of the narrative, now read.
    pub(crate) fn narrative_at(&mut self, id: &str) -> Option<String> {
        let (tree, _) = self.here()?;
        let node = narrative::find(tree, id)?;
        narrative::take(tree, node)
    }

    /// FR-Commentaire-ER.
    pub fn comment(&mut self, wrap: Wrap, id: &str, comment: &mut Option<String>) {
        self.comment_dated(wrap, id, comment, &mut None);
    }

    /// FR-Commentaire-ER with a date.
    pub fn comment_dated(
        &mut self,
        wrap: Wrap,
        id: &str,
        comment: &mut Option<String>,
        date: &mut Option<PartialDateTime>,
    ) {
        self.statement(wrap, &COMMENT_SHAPE, comment.is_some(), |s| {
            s.reference("text", id, comment);
            s.status("completed");
            s.time("effectiveTime", date, Null::Omit);
        });
    }

    /// `value` of type BL.
    pub fn value_bool(&mut self, value: &mut Option<bool>, null: Null) {
        self.element("value", |s| {
            s.xsi_type("BL");
            s.boolean(value, null);
        });
    }

    /// `value` of type CD.
    pub fn value_code(&mut self, value: &mut Option<Code>, codes: Codes, null: Null) {
        self.element("value", |s| {
            s.xsi_type("CD");
            s.coded_or_null(value, codes, null);
            s.repeated_reference();
        });
    }

    /// `value` of type PQ; the unit is `unit` when the input gives none.
    pub fn value_quantity(
        &mut self,
        value: &mut Option<f64>,
        given: &mut Option<String>,
        unit: &'static str,
    ) {
        self.element("value", |s| {
            s.xsi_type("PQ");
            if s.is_writing() {
                match value {
                    Some(value) => {
                        s.fixed("value", &value.to_string());
                        s.fixed("unit", given.as_deref().unwrap_or(unit));
                    }
                    None => s.fixed("nullFlavor", "UNK"),
                }
                return;
            }
            s.null_flavor();
            let mut text = None;
            if s.peek_value()
                .is_some_and(|v| v.trim().parse::<f64>().is_ok())
            {
                s.attr_option("value", &mut text);
            }
            *value = text.and_then(|v| v.trim().parse().ok());
            s.attr_option("unit", given);
            given.take_if(|g| g == unit);
        });
    }

    fn peek_value(&self) -> Option<&str> {
        let (tree, at) = self.here()?;
        tree.peek(at, "value")
    }

    /// `value` of type EIVL_TS, of which the volet uses the date alone.
    pub fn value_time(&mut self, moment: &mut Option<PartialDateTime>) {
        self.element("value", |s| s.time_value(moment));
    }

    /// The attributes of such a value.
    pub(crate) fn time_value(&mut self, moment: &mut Option<PartialDateTime>) {
        self.xsi_type("EIVL_TS");
        self.moment(moment, Null::Flavor("UNK"));
    }

    /// `value` of type CD that only points to a text.
    pub fn value_text(&mut self, id: &str, text: &mut Option<String>) {
        self.element("value", |s| {
            s.xsi_type("CD");
            s.reference("originalText", id, text);
        });
    }

    /// What an author, a performer or an authenticator is: identifiers,
    /// specialty, addresses, telecoms, person, organisation.
    pub(crate) fn professional(
        &mut self,
        p: &mut Professional,
        person: &'static str,
        organization: &'static str,
    ) {
        self.professional_head(p);
        let named = p.name != Default::default() || !self.is_writing();
        self.element_if(named, person, |s| s.name(&mut p.name));
        self.option(organization, &mut p.organization, |s, o| {
            s.ignore(&["classCode", "determinerCode"]);
            s.organization(o);
        });
    }

    pub(crate) fn professional_head(&mut self, p: &mut Professional) {
        if self.is_writing() {
            for id in &p.ids {
                self.identifier("id", &mut id.to_identifier());
            }
        } else {
            let mut ids = Vec::new();
            self.each_where(
                "id",
                |tree, n| tree.peek(n, "nullFlavor").is_none(),
                &mut ids,
                |s, id| s.ii(id),
            );
            p.ids = ids
                .into_iter()
                .map(ProfessionalId::from_identifier)
                .collect();
        }
        self.code(
            "code",
            &mut p.specialty,
            Codes::Set(Jdv::J01AuthorSpecialty),
            Null::Omit,
        );
        self.addresses(&mut p.addresses, Null::Omit);
        self.telecoms(&mut p.telecoms, Null::Omit);
    }

    /// `author`, in the header, a section or an entry.
    pub fn author(&mut self, author: &mut Author) {
        self.ignore(&["contextControlCode", "typeCode"]);
        self.ignore_templates();
        self.code_with(
            "functionCode",
            &mut author.function,
            Codes::Set(Jdv::J47FunctionCode),
            Null::Omit,
            |s| {
                s.text_element("originalText", &mut author.comment);
            },
        );
        self.time("time", &mut author.time, Null::Flavor("UNK"));
        self.element("assignedAuthor", |s| {
            s.ignore(&["classCode"]);
            s.professional(
                &mut author.professional,
                "assignedPerson",
                "representedOrganization",
            );
        });
    }

    /// `assignedEntity`.
    pub fn assigned_entity(&mut self, professional: &mut Professional) {
        self.element("assignedEntity", |s| {
            s.ignore(&["classCode"]);
            // the schema wants an identifier
            s.null_element("id", professional.ids.is_empty(), Null::Flavor("NA"));
            s.professional(professional, "assignedPerson", "representedOrganization");
        });
    }
}

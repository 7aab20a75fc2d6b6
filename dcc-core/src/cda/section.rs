//! Sections of the body.

use super::codec::Codec;
use super::narrative::{self, Narrative};
use super::slot::Slot;
use super::templates::SectionTemplate;
use crate::xml::{NodeId, Tree};

impl SectionTemplate {
    fn matches(&self, tree: &Tree<'_>, section: NodeId) -> bool {
        let has = |wanted: &str| {
            tree.elements(section, "templateId")
                .any(|t| tree.peek(t, "root") == Some(wanted))
        };
        let Some(last) = self.templates.last() else {
            // a section that no template defines is known by its code
            let code = tree.element(section, "code");
            return code.and_then(|c| tree.peek(c, "code")) == Some(self.code.code);
        };
        let known = has(last) || self.other_templates.iter().any(|t| has(t));
        known
            && self.translation.is_none_or(|wanted| {
                tree.path(section, &["code", "translation"])
                    .is_some_and(|t| tree.peek(t, "code") == Some(wanted.code))
            })
    }
}

impl Codec<'_> {
    /// A section, written when `present`; read when it is there.
    pub fn section(
        &mut self,
        shape: &SectionTemplate,
        present: bool,
        f: impl FnOnce(&mut Self),
    ) -> bool {
        let is_one = |tree: &Tree<'_>, node: NodeId| {
            tree.elements(node, "section")
                .any(|s| shape.matches(tree, s))
        };
        self.section_where(present, is_one, |s| {
            s.templates(shape.templates);
            if !s.is_writing() {
                s.templates(shape.other_templates);
            }
            if shape.id || !s.is_writing() {
                s.derived_id();
            }
            s.fixed_code("code", &shape.code, |s| {
                s.xsi_type_optional("CE");
                if let Some(translation) = &shape.translation {
                    s.fixed_code("translation", translation, |_| {});
                }
            });
            s.section_title(shape.title);
            s.section_content(f);
        })
    }

    /// A section of which `f` describes the head (templates, id, code, title)
    /// and the [content](Codec::section_content), reading only one in a
    /// `component` that `wanted` accepts.
    pub(crate) fn section_where(
        &mut self,
        present: bool,
        wanted: impl Fn(&Tree<'_>, NodeId) -> bool,
        f: impl FnOnce(&mut Self),
    ) -> bool {
        self.element_where(present, "component", wanted, |s| {
            s.enter();
            s.element("section", f);
            s.leave();
        })
    }

    /// What follows the head of a section; a reader has its narrative.
    pub(crate) fn section_content(&mut self, f: impl FnOnce(&mut Self)) {
        let before = self.cursor().map(|c| {
            let text = c.tree.element(c.at, "text");
            if let Some(text) = text {
                c.tree.mark(text);
            }
            std::mem::replace(&mut c.narrative, text)
        });
        f(self);
        if let (Some(cursor), Some(before)) = (self.cursor(), before) {
            cursor.narrative = before;
        }
    }

    /// A section for each value.
    pub fn sections<T: Default>(
        &mut self,
        shape: &SectionTemplate,
        values: Slot<'_, Vec<T>>,
        mut f: impl FnMut(&mut Self, usize, Slot<'_, T>),
    ) {
        self.list(values, |s, rank, value| {
            s.section(shape, true, |s| f(s, rank, value))
        });
    }

    /// A section that may be absent.
    pub(crate) fn section_option<T: Default>(
        &mut self,
        shape: &SectionTemplate,
        value: Slot<'_, Option<T>>,
        f: impl FnOnce(&mut Self, Slot<'_, T>),
    ) {
        self.maybe(value, |s, present, value| {
            s.section(shape, present, |s| f(s, value))
        });
    }

    fn section_title(&mut self, title: Option<&'static str>) {
        if let Some(writer) = self.writer() {
            if let Some(title) = title {
                writer.start("title");
                writer.text(title);
                writer.end("title");
            }
            return;
        }
        let Some((tree, at)) = self.here() else {
            return;
        };
        let Some(node) = tree.element(at, "title") else {
            return;
        };
        tree.mark(node);
        tree.attr(node, "nullFlavor");
        let found = narrative::plain(tree, node);
        let same = title.is_some_and(|t| narrative::same_words(t, &found));
        if same || found.is_empty() {
            tree.mark_all(node);
        }
    }

    /// The text of the section; a reader has it through the entries that
    /// point into it, and through its tables.
    pub fn narrative(&mut self, f: impl FnOnce(&mut Narrative<'_>)) {
        if let Some(writer) = self.writer() {
            writer.start("text");
            f(&mut Narrative::new(writer));
            writer.end("text");
        }
    }

    /// A reader's text of the section, now read, as a whole: of what stands
    /// under `id` alone, when it is there.
    pub(crate) fn free_text(&mut self, id: &str) -> Option<String> {
        let narrative = self.cursor()?.narrative?;
        let (tree, _) = self.here()?;
        let inside = |mut node: NodeId| loop {
            if node == narrative {
                return true;
            }
            match tree.parent(node) {
                Some(parent) => node = parent,
                None => return false,
            }
        };
        let own = tree.by_id(id).filter(|&n| inside(n));
        let text = narrative::plain(tree, own.unwrap_or(narrative));
        narrative::mark_texts(tree, own.unwrap_or(narrative));
        let text = match own {
            Some(_) => text,
            None => text.trim().to_owned(),
        };
        (!text.is_empty()).then_some(text)
    }

    /// Marks, for a reader, the marks of the text that stand for the image `id`.
    pub(crate) fn image_marks(&mut self, id: &str) {
        let narrative = self.cursor().and_then(|c| c.narrative);
        if let (Some(narrative), Some((tree, _))) = (narrative, self.here()) {
            narrative::mark_images(tree, narrative, id);
        }
    }

    /// A reader's tables of the text of the section.
    pub(crate) fn tables(&mut self) -> Vec<narrative::Table> {
        match self.cursor() {
            Some(cursor) => cursor
                .narrative
                .map(|n| narrative::tables(cursor.tree, n))
                .unwrap_or_default(),
            None => Vec::new(),
        }
    }
}

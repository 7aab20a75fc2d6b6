//! The elements of a narrative, one by one.

use super::flow::{Flow, flatten, join};
use super::reader::{MAX_DEPTH, Reader};
use crate::block::{Block, Inline, Style};
use crate::rules;
use dcc_base::problem::Problem;
use dcc_cda::parts;
use dcc_xml::tree::NodeId;

impl Reader<'_, '_, '_> {
    pub(super) fn blocks(&mut self, id: NodeId, style: Style, depth: usize) -> Vec<Block> {
        let mut flow = Flow::default();
        self.children(id, style, None, depth, &mut flow);
        self.done(flow, id)
    }

    pub(super) fn children(
        &mut self,
        id: NodeId,
        style: Style,
        link: Option<&str>,
        depth: usize,
        flow: &mut Flow,
    ) {
        let tree = self.tree;
        for child in tree.children(id) {
            if tree.is_text(child) {
                flow.text(tree.text(child), style, link);
            } else {
                self.element(child, style, link, depth, flow);
            }
        }
    }

    pub(super) fn element(
        &mut self,
        id: NodeId,
        style: Style,
        link: Option<&str>,
        depth: usize,
        flow: &mut Flow,
    ) {
        let tree = self.tree;
        if depth >= MAX_DEPTH {
            if self.warnings.wants(rules::DEPTH.code) {
                self.warnings.push(
                    Problem::new(&rules::DEPTH, tree.path_of(id))
                        .allowed([format!("{MAX_DEPTH} niveaux au plus")]),
                );
            } else {
                self.warnings.count(&rules::DEPTH);
            }
            flow.text(&parts::text_of(tree, id), style, None);
            return;
        }
        let mut style = style.with_code(tree.peek(id, "styleCode").unwrap_or_default());
        match tree.name(id) {
            "br" => {
                flow.inlines.push(Inline::Break);
                self.children(id, style, link, depth + 1, flow);
            }
            "sup" => {
                style.superscript = true;
                self.children(id, style, link, depth, flow);
            }
            "sub" => {
                style.subscript = true;
                self.children(id, style, link, depth, flow);
            }
            "content" => {
                match tree.peek(id, "revised") {
                    Some("delete") => style.strike = true,
                    Some("insert") => style.underline = true,
                    _ => {}
                }
                self.children(id, style, link, depth + 1, flow);
            }
            "linkHtml" => {
                let href = self.link(id);
                self.children(id, style, href.as_deref(), depth + 1, flow);
            }
            "footnote" => self.footnote(id, style, depth, flow),
            "footnoteRef" => {
                self.call(id, flow);
                self.children(id, style, link, depth + 1, flow);
            }
            "paragraph" => {
                flow.flush();
                self.children(id, style, link, depth + 1, flow);
                flow.flush();
            }
            "caption" => {
                flow.flush();
                style.bold = true;
                self.children(id, style, link, depth + 1, flow);
                flow.flush();
            }
            "list" => {
                let list = self.list(id, style, depth + 1);
                flow.block(list);
            }
            "table" => {
                if let Some(table) = self.table(id, style, depth + 1) {
                    flow.block(Block::Table(table));
                }
            }
            "renderMultiMedia" => self.media(id, style, depth, flow),
            _ => self.children(id, style, link, depth + 1, flow),
        }
    }

    /// The address of a link, when it is of a safe kind.
    fn link(&mut self, id: NodeId) -> Option<String> {
        let href = self.tree.peek(id, "href")?.trim();
        if href.is_empty() || href.starts_with('#') {
            return None;
        }
        if is_safe_link(href) {
            return Some(href.to_owned());
        }
        if self.warnings.wants(rules::LINK.code) {
            self.warnings.push(
                Problem::new(&rules::LINK, self.tree.path_of(id))
                    .found(href.chars().take(80).collect::<String>())
                    .allowed(["http:", "https:", "mailto:", "tel:"]),
            );
        } else {
            self.warnings.count(&rules::LINK);
        }
        None
    }

    fn list(&mut self, id: NodeId, style: Style, depth: usize) -> Block {
        let tree = self.tree;
        let mut items = Vec::new();
        let mut caption = Vec::new();
        for child in tree.children(id) {
            if tree.is(child, "caption") {
                join(&mut caption, self.inlines(child, style, depth));
            } else if tree.is_text(child) {
                let mut flow = Flow::default();
                flow.text(tree.text(child), style, None);
                let stray = self.done(flow, child);
                if !stray.is_empty() {
                    items.push(stray);
                }
            } else {
                let style = style.with_code(tree.peek(child, "styleCode").unwrap_or_default());
                items.push(self.blocks(child, style, depth));
            }
        }
        Block::List {
            ordered: tree.peek(id, "listType") == Some("ordered"),
            caption,
            items,
        }
    }

    /// A caption: one paragraph, whatever it holds.
    pub(super) fn inlines(&mut self, id: NodeId, style: Style, depth: usize) -> Vec<Inline> {
        let mut out: Vec<Inline> = Vec::new();
        for block in self.blocks(id, style, depth) {
            join(&mut out, flatten(block));
        }
        out
    }
}

/// True for an address that a reader may follow: `http`, `https`, `mailto`,
/// `tel`, without any white space or control character.
pub fn is_safe_link(href: &str) -> bool {
    let scheme = href.split(':').next().unwrap_or_default();
    let known = ["http", "https", "mailto", "tel"]
        .iter()
        .any(|s| scheme.eq_ignore_ascii_case(s));
    known && href.contains(':') && !href.chars().any(|c| c.is_control() || c.is_whitespace())
}

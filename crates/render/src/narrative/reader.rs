//! The reader of a body: what it knows of the whole before it reads a part.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::flow::{Changes, Flow};
use super::footnotes::Footnotes;
use crate::attachment::Attachment;
use crate::block::Block;
use crate::page_options::PageOptions;
use crate::rules;
use crate::warn::Warnings;
use dcc_base::problem::Problem;
use dcc_xml::tree::{NodeId, Tree};

/// Deepest nesting of blocks; below, only the text is kept.
pub(super) const MAX_DEPTH: usize = 24;

/// What reads a body.
pub(super) struct Reader<'t, 'a, 'p> {
    pub(super) tree: &'t Tree<'a>,
    pub(super) options: &'t PageOptions,
    pub(super) warnings: &'p mut Warnings,
    /// The media and regions of the body by their ID.
    pub(super) media: HashMap<&'t str, NodeId>,
    /// Rank of each media in the document, from 1.
    pub(super) ranks: HashMap<NodeId, usize>,
    /// IDs that the narratives call.
    pub(super) called: HashSet<&'t str>,
    /// Files already read.
    pub(super) files: HashMap<NodeId, Result<Attachment, String>>,
    /// The bytes of files, by their digest: an equal file is kept once.
    pub(super) digests: HashMap<Vec<u8>, Arc<[u8]>>,
    /// Bytes of the images and files already shown.
    pub(super) shown: usize,
    /// Pixels of the images already shown, each image once.
    pub(super) pixels: u64,
    pub(super) seen: HashSet<NodeId>,
    pub(super) footnotes: Footnotes<'t>,
    /// Notes called within a text, for the end of its section.
    pub(super) pending: Vec<Block>,
    /// Names of the authors of the document, folded.
    pub(super) authors: Vec<String>,
}

impl<'t, 'a, 'p> Reader<'t, 'a, 'p> {
    pub(super) fn new(
        tree: &'t Tree<'a>,
        body: NodeId,
        options: &'t PageOptions,
        warnings: &'p mut Warnings,
    ) -> Self {
        let mut reader = Reader {
            tree,
            options,
            warnings,
            media: HashMap::new(),
            ranks: HashMap::new(),
            called: HashSet::new(),
            files: HashMap::new(),
            digests: HashMap::new(),
            shown: 0,
            pixels: 0,
            seen: HashSet::new(),
            footnotes: Footnotes::default(),
            pending: Vec::new(),
            authors: Vec::new(),
        };
        reader.survey(body);
        reader.footnotes.number();
        reader
    }

    /// What the body holds: media, their calls, notes and theirs.
    fn survey(&mut self, id: NodeId) {
        let tree = self.tree;
        match tree.name(id) {
            "observationMedia" | "regionOfInterest" => {
                if tree.name(id) == "observationMedia" {
                    let rank = self.ranks.len() + 1;
                    self.ranks.insert(id, rank);
                }
                if let Some(key) = tree.peek(id, "ID") {
                    self.media.entry(key).or_insert(id);
                }
            }
            "renderMultiMedia" => {
                let calls = tree.peek(id, "referencedObject").unwrap_or_default();
                self.called.extend(calls.split_ascii_whitespace());
            }
            "footnote" => self.footnotes.note(tree.peek(id, "ID")),
            "footnoteRef" => self.footnotes.call(tree.peek(id, "IDREF")),
            _ => {}
        }
        for child in tree.children(id) {
            self.survey(child);
        }
    }

    /// The blocks of a flow; what was changed in its characters is reported at
    /// `at`.
    pub(super) fn done(&mut self, flow: Flow, at: NodeId) -> Vec<Block> {
        let (blocks, changes) = flow.finish();
        self.report(&changes, at);
        blocks
    }

    fn report(&mut self, changes: &Changes, at: NodeId) {
        let known = changes.private.iter().map(|c| (c, &rules::PRIVATE));
        let unknown = changes.unknown.iter().map(|c| (c, &rules::GLYPH));
        for (c, rule) in known.chain(unknown) {
            let mut problem =
                Problem::new(rule, self.tree.path_of(at)).found(format!("U+{:04X}", u32::from(*c)));
            if rule.code == rules::GLYPH.code {
                problem = problem
                    .message("Un caractère privé d'un traitement de texte n'a pas de signe connu");
            }
            self.warnings.push(problem);
        }
        if changes.marks > 0 {
            self.warnings.push(
                Problem::new(&rules::MARKS, self.tree.path_of(at))
                    .found(format!("{} signes", changes.marks))
                    .allowed([format!("{} par lettre", crate::typography::MAX_MARKS)]),
            );
        }
    }
}

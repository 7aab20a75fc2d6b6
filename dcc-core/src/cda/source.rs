//! A file that was parsed, and the CDA document in it.

use super::options::ReadOptions;
use super::rules;
use crate::problem::{Problem, Problems};
use crate::terminology::Terminology;
use crate::xml::{self, NodeId, Tree};

/// The document of a file, before it is read as a kind.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    pub(super) tree: &'a Tree<'a>,
    pub(super) root: NodeId,
    pub(super) terminology: &'a Terminology,
}

impl<'a> Source<'a> {
    /// Parses a file, once for all kinds, and gives its document to `then`.
    ///
    /// # Errors
    /// The text is not XML, passes a limit, or is not a `ClinicalDocument`;
    /// those of `then`.
    pub fn parse<R>(
        bytes: &[u8],
        options: &ReadOptions,
        then: impl FnOnce(&Source<'_>) -> Result<R, Problems>,
    ) -> Result<R, Problems> {
        let text = xml::decode(bytes)?;
        let tree = Tree::parse(&text, &options.limits)?;
        let root = dcc_cda::document::find(&tree).map_err(|problems| {
            let of_this_table = |problem| Problem {
                code: rules::NOT_CDA.code,
                ..problem
            };
            problems
                .into_iter()
                .map(of_this_table)
                .collect::<Problems>()
        })?;
        then(&Source {
            tree: &tree,
            root,
            terminology: options.terminology(),
        })
    }

    /// Its templates, in order.
    pub fn templates(&self) -> impl Iterator<Item = &'a str> {
        let tree = self.tree;
        tree.elements(self.root, "templateId")
            .filter_map(|t| tree.peek(t, "root"))
    }

    /// True when it has one of these templates.
    pub fn has_any(&self, templates: &[&str]) -> bool {
        self.templates().any(|t| templates.contains(&t))
    }

    /// Its type, and its title.
    pub fn type_and_title(&self) -> (&'a str, String) {
        let (tree, root) = (self.tree, self.root);
        let code = tree
            .element(root, "code")
            .and_then(|c| tree.peek(c, "code"));
        let title = tree.element(root, "title").map(|t| tree.text_of(t));
        (code.unwrap_or_default(), title.unwrap_or_default())
    }

    /// True when its body is a file of this media type.
    pub fn has_file(&self, media_type: &str) -> bool {
        let tree = self.tree;
        tree.path(self.root, &["component", "nonXMLBody"])
            .is_some_and(|body| {
                tree.elements(body, "text")
                    .any(|t| tree.peek(t, "mediaType") == Some(media_type))
            })
    }

    /// It has none of the templates of a kind.
    pub fn not_of(&self, templates: &[&str]) -> Problem {
        let found: Vec<_> = self.templates().collect();
        Problem::new(&rules::TEMPLATE, "/ClinicalDocument/templateId")
            .found(found.join(", "))
            .allowed(templates)
    }
}

//! Documents that expressions read: value sets beside the rule file.

use std::sync::OnceLock;

use crate::document::Document;
use crate::eval::{Foreign, State, View};
use crate::limits::Limits;
use crate::names::{NameMap, Names};
use crate::source::{Source, resolve_path};

/// A document beside the rule file.
#[derive(Debug)]
pub(super) struct Beside {
    /// Path in the source; the path as written when it leaves the source.
    pub(super) path: String,
    pub(super) state: State,
    /// The bytes, when expressions read more of the document than its sets.
    pub(super) bytes: Option<Vec<u8>>,
    tree: OnceLock<Option<(Document<'static>, NameMap)>>,
}

impl Beside {
    pub(super) fn new(path: String, state: State, bytes: Option<Vec<u8>>) -> Self {
        Beside {
            path,
            state,
            bytes,
            tree: OnceLock::new(),
        }
    }

    /// Reads the document that `href` means in the rule file `from`.
    pub(super) fn read(source: &dyn Source, from: &str, href: &str, limits: &Limits) -> Self {
        let Some(path) = resolve_path(from, href) else {
            return Beside::new(href.to_owned(), State::Missing, None);
        };
        let found = match source.read(&path) {
            Ok(Some(found)) => found,
            _ => return Beside::new(path, State::Missing, None),
        };
        let state = if found.exact {
            State::Found
        } else {
            State::OtherCase
        };
        match Document::parse(&found.bytes, limits) {
            Ok(_) => Beside::new(path, state, Some(found.bytes.into_owned())),
            Err(_) => Beside::new(path, State::Malformed, None),
        }
    }

    /// The document as the rule set that owns the names sees it.
    pub(super) fn foreign(&self, index: u32, names: &Names) -> Foreign<'_> {
        let tree = self.tree.get_or_init(|| {
            // the bytes were read once without a fault
            let bytes = self.bytes.as_ref()?;
            let document = Document::parse(bytes, &Limits::default()).ok()?;
            let document = document.into_owned();
            let map = names.map_to(document.names());
            Some((document, map))
        });
        Foreign {
            path: &self.path,
            state: self.state,
            view: tree.as_ref().map(|(doc, map)| View {
                doc,
                map,
                index: index + 1,
            }),
        }
    }

    /// Forgets the content.
    pub(super) fn drop_bytes(&mut self) {
        self.bytes = None;
        self.tree = OnceLock::new();
    }

    /// Forgets the tree, made with names that are not the last ones.
    pub(super) fn drop_tree(&mut self) {
        self.tree = OnceLock::new();
    }
}

//! A schema file as a tree of its elements.

use std::rc::Rc;

use crate::limits::Limits;
use crate::name::XS;
use crate::reader::{self, Attribute, Expanded, Handler, Scope, XmlError};

/// An element of a schema file.
#[derive(Debug)]
pub(super) struct Node {
    /// Local name in the namespace of XML Schema.
    pub(super) tag: String,
    /// Attributes without namespace.
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<usize>,
    /// Byte of its `<`.
    pub(super) at: usize,
    /// Prefixes in scope.
    pub(super) prefixes: Rc<Vec<(String, String)>>,
}

/// A schema file. Annotations are left out.
#[derive(Debug)]
pub(super) struct File {
    pub(super) path: String,
    pub(super) nodes: Vec<Node>,
    /// First byte of each line.
    lines: Vec<usize>,
}

impl File {
    /// Reads a file; the error has a line and a message.
    pub(super) fn parse(path: &str, bytes: &[u8]) -> Result<File, (usize, String)> {
        let place = |e: XmlError| (e.line, e.message);
        let text = reader::decode(bytes).map_err(place)?;
        let mut builder = Builder {
            nodes: Vec::new(),
            open: Vec::new(),
            skipped: 0,
            foreign: None,
            prefixes: Rc::new(Vec::new()),
        };
        reader::read(text, &Limits::default(), true, &mut builder).map_err(place)?;
        let mut lines = vec![0];
        lines.extend(
            text.bytes()
                .enumerate()
                .filter(|(_, b)| *b == b'\n')
                .map(|(i, _)| i + 1),
        );
        let file = File {
            path: path.to_owned(),
            nodes: builder.nodes,
            lines,
        };
        if let Some((at, what)) = builder.foreign {
            return Err((file.line_at(at), what));
        }
        if file.nodes[0].tag != "schema" {
            return Err((
                file.line(0),
                "l'élément racine n'est pas xs:schema".to_owned(),
            ));
        }
        Ok(file)
    }

    /// Line of a node.
    pub(super) fn line(&self, node: usize) -> usize {
        self.line_at(self.nodes[node].at)
    }

    fn line_at(&self, at: usize) -> usize {
        self.lines.partition_point(|&start| start <= at)
    }

    pub(super) fn attribute(&self, node: usize, name: &str) -> Option<&str> {
        self.nodes[node]
            .attributes
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    }
}

struct Builder {
    nodes: Vec<Node>,
    open: Vec<usize>,
    /// Depth inside an annotation.
    skipped: usize,
    foreign: Option<(usize, String)>,
    /// The bindings of the last element, shared while they stay the same.
    prefixes: Rc<Vec<(String, String)>>,
}

impl<'a> Handler<'a> for Builder {
    fn start(
        &mut self,
        at: usize,
        name: Expanded<'a>,
        attributes: &[Attribute<'a>],
        scope: &Scope<'a>,
    ) {
        if self.skipped > 0 || (scope.uri(name.namespace) == XS && name.local == "annotation") {
            self.skipped += 1;
            return;
        }
        if scope.uri(name.namespace) != XS {
            let what = format!(
                "l'élément « {} » n'est pas de l'espace de noms de XML Schema",
                name.local
            );
            self.foreign.get_or_insert((at, what));
        }
        let same = scope.bindings().count() == self.prefixes.len()
            && scope
                .bindings()
                .zip(self.prefixes.iter())
                .all(|((p, u), (q, v))| p == q && u == v);
        if !same {
            let list = scope
                .bindings()
                .map(|(p, u)| (p.to_owned(), u.to_owned()))
                .collect();
            self.prefixes = Rc::new(list);
        }
        let id = self.nodes.len();
        self.nodes.push(Node {
            tag: name.local.to_owned(),
            attributes: attributes
                .iter()
                .filter(|a| a.name.namespace == 0)
                .map(|a| {
                    // blanks count in the values of facets
                    let raw = matches!(a.name.local, "value" | "fixed" | "default");
                    let value = if raw { &*a.value } else { a.value.trim() };
                    (a.name.local.to_owned(), value.to_owned())
                })
                .collect(),
            children: Vec::new(),
            at,
            prefixes: Rc::clone(&self.prefixes),
        });
        if let Some(&parent) = self.open.last() {
            self.nodes[parent].children.push(id);
        }
        self.open.push(id);
    }

    fn text(&mut self, text: &str) {
        if self.skipped == 0 && self.foreign.is_none() && !text.trim().is_empty() {
            let at = self.open.last().map_or(0, |&n| self.nodes[n].at);
            self.foreign = Some((at, "texte inattendu".to_owned()));
        }
    }

    fn end(&mut self, _: &Scope<'a>) {
        if self.skipped > 0 {
            self.skipped -= 1;
        } else {
            self.open.pop();
        }
    }
}

//! Images and attached files (`observationMedia`, `regionOfInterest`).

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::flow::Flow;
use super::reader::Reader;
use crate::attachment::Attachment;
use crate::block::{Block, Inline, Style};
use crate::picture::{Picture, PictureKind};
use crate::rules;
use dcc_base::problem::{Problem, Problems};
use dcc_cda::ed::{self, Content};
use dcc_cda::parts;
use dcc_xml::tree::NodeId;

impl Reader<'_, '_, '_> {
    /// A `renderMultiMedia`: what it calls, each for what it is.
    pub(super) fn media(&mut self, id: NodeId, style: Style, depth: usize, flow: &mut Flow) {
        let tree = self.tree;
        let reference = tree.peek(id, "referencedObject").unwrap_or_default();
        if reference.trim().is_empty() {
            self.children(id, style, None, depth + 1, flow);
            return;
        }
        let caption = tree
            .elements(id, "caption")
            .map(|c| parts::text_of(tree, c))
            .collect::<Vec<_>>()
            .join(" ");
        for key in reference.split_ascii_whitespace() {
            let block = match self.target(key) {
                Ok(node) => self.show(node, &caption, id),
                Err(why) => {
                    self.warnings.push(
                        Problem::new(&rules::IMAGE, tree.path_of(id))
                            .found(format!("{key} : {why}")),
                    );
                    not_shown(&caption, "image", why)
                }
            };
            flow.block(block);
        }
        for child in tree.children(id).filter(|c| !tree.is(*c, "caption")) {
            if tree.is_text(child) {
                flow.text(tree.text(child), style, None);
            } else {
                self.element(child, style, None, depth + 1, flow);
            }
        }
    }

    /// The media that a key calls; for a region, the media it is of.
    fn target(&self, key: &str) -> Result<NodeId, &'static str> {
        let tree = self.tree;
        let node = *self.media.get(key).ok_or("introuvable dans le document")?;
        if !tree.is(node, "regionOfInterest") {
            return Ok(node);
        }
        tree.elements(node, "entryRelationship")
            .find_map(|r| tree.element(r, "observationMedia"))
            .ok_or("région sans image")
    }

    /// The media of a section that no narrative calls, nor a region.
    pub(super) fn uncalled(&mut self, section: NodeId) -> Vec<Block> {
        let tree = self.tree;
        let mut found = Vec::new();
        let mut stack: Vec<NodeId> = tree.elements(section, "entry").collect();
        stack.reverse();
        while let Some(id) = stack.pop() {
            let own = tree.peek(id, "ID");
            let is_called = own.is_some_and(|key| self.called.contains(key));
            match tree.name(id) {
                "regionOfInterest" if is_called => continue,
                "observationMedia" if !is_called => found.push(id),
                _ => {}
            }
            let first = stack.len();
            stack.extend(tree.children(id).filter(|c| !tree.is_text(*c)));
            stack[first..].reverse();
        }
        found
            .into_iter()
            .map(|node| self.show(node, "", node))
            .collect()
    }

    /// A media as a block, within the limits of the page. `at` is where a
    /// fault is reported.
    fn show(&mut self, node: NodeId, caption: &str, at: NodeId) -> Block {
        let file = match self.file(node) {
            Ok(file) => file,
            Err(why) => return not_shown(caption, "pièce jointe", &why),
        };
        if self.shown + file.bytes.len() > self.options.max_files {
            let why = "trop d’images ou de fichiers dans le document";
            return self.refuse(at, caption, why);
        }
        if PictureKind::of(&file.bytes).is_none() {
            self.shown += file.bytes.len();
            return Block::File(Attachment {
                caption: caption.to_owned(),
                ..file
            });
        }
        let mut picture = match Picture::new(file.bytes.clone(), caption.to_owned()) {
            Ok(picture) => picture,
            Err(why) => {
                // not as an image: as a file that one may open
                self.refuse(at, caption, why);
                self.shown += file.bytes.len();
                return Block::File(Attachment {
                    caption: caption.to_owned(),
                    ..file
                });
            }
        };
        if self.seen.insert(node) {
            if self.pixels + picture.pixels() > self.options.max_pixels {
                self.seen.remove(&node);
                return self.refuse(
                    at,
                    caption,
                    "trop d’images de grande taille dans le document",
                );
            }
            self.pixels += picture.pixels();
        }
        self.shown += file.bytes.len();
        picture.path = self.tree.path_of(at);
        Block::Picture(picture)
    }

    fn refuse(&mut self, at: NodeId, caption: &str, why: &str) -> Block {
        if self.warnings.wants(rules::IMAGE.code) {
            let path = self.tree.path_of(at);
            self.warnings
                .push(Problem::new(&rules::IMAGE, path).found(why));
        } else {
            self.warnings.count(&rules::IMAGE);
        }
        not_shown(caption, "image", why)
    }

    /// The file of a media, read once.
    pub(super) fn file(&mut self, node: NodeId) -> Result<Attachment, String> {
        if let Some(known) = self.files.get(&node) {
            return known.clone();
        }
        let read = self.read_file(node);
        self.files.insert(node, read.clone());
        read
    }

    fn read_file(&mut self, node: NodeId) -> Result<Attachment, String> {
        let tree = self.tree;
        let path = tree.path_of(node);
        let Some(value) = tree.element(node, "value") else {
            self.warnings.push(
                Problem::new(&rules::FILE, path.as_str())
                    .message("Une pièce jointe est sans contenu"),
            );
            return Err("sans contenu".to_owned());
        };
        let mut problems = Problems::new();
        let ed = ed::read(tree, value, self.options.max_file, &mut problems);
        for mut problem in problems {
            problem.code = rules::FILE.code;
            self.warnings.push(problem);
        }
        let bytes = match ed.content {
            Content::Bytes(bytes) => bytes,
            Content::Text(text) => text.into_bytes(),
            Content::Outside(address) => {
                return Err(format!(
                    "elle est en dehors du document, à l’adresse « {address} »"
                ));
            }
            Content::Empty => return Err("elle est vide".to_owned()),
            Content::Unreadable => return Err("elle n’est pas lisible".to_owned()),
        };
        let digest = Sha256::digest(&bytes).to_vec();
        let bytes: Arc<[u8]> = self
            .digests
            .entry(digest)
            .or_insert_with(|| Arc::from(bytes))
            .clone();
        let rank = self.ranks.get(&node).copied().unwrap_or_default();
        let id = tree.peek(node, "ID").unwrap_or_default();
        let file = Attachment::new(rank, id, &ed.media_type, bytes, path);
        if file.is_cut() {
            self.warnings.push(
                Problem::new(&rules::FILE, file.path.as_str())
                    .message("Une pièce jointe PDF est incomplète : sa fin manque"),
            );
        }
        Ok(file)
    }
}

fn not_shown(caption: &str, what: &str, why: &str) -> Block {
    let text = format!("{caption} [{what} non montrée : {why}]");
    Block::Paragraph(vec![Inline::plain(text.trim())])
}

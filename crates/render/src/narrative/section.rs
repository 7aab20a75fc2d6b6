//! Sections: title, what they state of themselves, narrative, files.

use super::reader::Reader;
use crate::attachment::Attachment;
use crate::block::{Block, Note, Section, Style};
use crate::page_options::PageOptions;
use crate::typography::french;
use crate::warn::Warnings;
use crate::{rules, words};
use dcc_base::problem::{Problem, Problems};
use dcc_base::text::fold;
use dcc_cda::{code, interval, name, parts};
use dcc_xml::tree::{NodeId, Tree};

/// Deepest nesting of sections.
const MAX_DEPTH: usize = 100;

/// The sections of a structured body.
pub(crate) fn sections(
    tree: &Tree<'_>,
    body: NodeId,
    options: &PageOptions,
    warnings: &mut Warnings,
) -> Vec<Section> {
    let mut reader = Reader::new(tree, body, options, warnings);
    reader.authors = authors(tree, body);
    reader.sections(body, 0)
}

/// The files of a structured body, each once, in order.
pub(crate) fn files(
    tree: &Tree<'_>,
    body: NodeId,
    options: &PageOptions,
    warnings: &mut Warnings,
) -> Vec<Attachment> {
    let mut reader = Reader::new(tree, body, options, warnings);
    let mut all: Vec<(usize, NodeId)> =
        reader.ranks.iter().map(|(id, rank)| (*rank, *id)).collect();
    all.sort_unstable();
    all.into_iter()
        .filter_map(|(_, id)| reader.file(id).ok())
        .collect()
}

/// Names of the authors of the document that `body` belongs to, folded.
fn authors(tree: &Tree<'_>, body: NodeId) -> Vec<String> {
    let document = tree.parent(body).and_then(|c| tree.parent(c));
    document
        .into_iter()
        .flat_map(|d| tree.elements(d, "author"))
        .filter_map(|a| tree.path(a, &["assignedAuthor", "assignedPerson"]))
        .filter_map(|p| name::people(tree, p, &mut Problems::new()))
        .map(|name| fold(&name))
        .collect()
}

impl Reader<'_, '_, '_> {
    fn sections(&mut self, parent: NodeId, depth: usize) -> Vec<Section> {
        let tree = self.tree;
        let mut out = Vec::new();
        for component in tree.elements(parent, "component") {
            for section in tree.elements(component, "section") {
                let section = self.section(section, depth);
                if !section.is_empty() {
                    out.push(section);
                }
            }
        }
        out
    }

    fn section(&mut self, id: NodeId, depth: usize) -> Section {
        let tree = self.tree;
        let mut section = Section {
            title: parts::child_text(tree, id, "title")
                .or_else(|| code::child(tree, id, "code"))
                .map(|title| french(&title).into_owned()),
            path: tree.path_of(id),
            notes: self.notes(id),
            ..Section::default()
        };
        if let Some(text) = tree.element(id, "text") {
            section.blocks = self.blocks(text, Style::default(), depth);
        }
        section.blocks.append(&mut self.pending);
        let files = self.uncalled(id);
        section.blocks.extend(files);
        if section.blocks.is_empty() && tree.element(id, "entry").is_some() {
            self.warnings
                .push(Problem::new(&rules::SECTION, section.path.as_str()));
            section.blocks.push(Block::Notice(
                "Contenu structuré non affiché : cette section n’a pas de texte.".to_owned(),
            ));
        }
        if depth < MAX_DEPTH {
            section.sections = self.sections(id, depth + 1);
        }
        section
    }

    /// What a section states of itself that is not so of the whole document.
    fn notes(&mut self, id: NodeId) -> Vec<Note> {
        let tree = self.tree;
        let mut out = Vec::new();
        let mut note = |label: &str, text: String| {
            if !text.is_empty() {
                out.push(Note {
                    label: label.to_owned(),
                    text,
                });
            }
        };
        let mut problems = Problems::new();
        for subject in tree.elements(id, "subject") {
            note("Concerne", self.subject(subject, &mut problems));
        }
        for author in tree.elements(id, "author") {
            let text = self.who(author, &mut problems);
            let folded = fold(&text);
            let is_known = self.authors.iter().any(|known| folded.starts_with(known));
            if !is_known {
                note("Auteur de la section", text);
            }
        }
        for informant in tree.elements(id, "informant") {
            note("Informateur", self.who(informant, &mut problems));
        }
        if let Some(level) = tree.element(id, "confidentialityCode") {
            let code = tree.peek(level, "code").unwrap_or("N");
            let shown = words::confidentiality(code).map(str::to_owned);
            if code != "N" {
                let text = shown.or_else(|| code::label(tree, level));
                note("Confidentialité de la section", text.unwrap_or_default());
            }
        }
        for mut problem in problems {
            problem.code = rules::MOMENT.code;
            self.warnings.push(problem);
        }
        out
    }

    /// Of whom a section speaks: a relative, a fetus, a donor.
    fn subject(&self, subject: NodeId, problems: &mut Problems) -> String {
        let tree = self.tree;
        let mut all: Vec<String> = Vec::new();
        all.extend(code::child(tree, subject, "awarenessCode"));
        if let Some(related) = tree.element(subject, "relatedSubject") {
            all.extend(code::child(tree, related, "code"));
            if let Some(person) = tree.element(related, "subject") {
                all.extend(name::people(tree, person, problems));
                all.extend(
                    tree.element(person, "administrativeGenderCode")
                        .and_then(|e| {
                            let known = tree.peek(e, "code").and_then(words::sex);
                            known.map(str::to_owned).or_else(|| code::label(tree, e))
                        }),
                );
                all.extend(
                    interval::child(tree, person, "birthTime", problems)
                        .map(|d| format!("date de naissance {d}")),
                );
            }
        }
        if all.is_empty() {
            all.push("une autre personne que le patient".to_owned());
        }
        all.join(", ")
    }

    /// The person of a participation, with its organisation and its date.
    fn who(&self, id: NodeId, problems: &mut Problems) -> String {
        let tree = self.tree;
        let entity = ["assignedAuthor", "assignedEntity", "relatedEntity"]
            .iter()
            .find_map(|name| tree.element(id, name));
        let Some(entity) = entity else {
            return String::new();
        };
        let mut all: Vec<String> = Vec::new();
        for person in ["assignedPerson", "relatedPerson", "assignedAuthoringDevice"] {
            if let Some(person) = tree.element(entity, person) {
                all.extend(name::people(tree, person, problems));
                all.extend(parts::child_text(tree, person, "softwareName"));
            }
        }
        if let Some(organization) = tree.element(entity, "representedOrganization") {
            all.extend(name::organization(tree, organization));
        }
        all.extend(code::child(tree, entity, "code"));
        if !all.is_empty() {
            all.extend(interval::child(tree, id, "time", problems));
        }
        all.join(", ")
    }
}

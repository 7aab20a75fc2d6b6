//! Follows the includes and imports of schema files.

use std::collections::{HashMap, HashSet};

use super::census;
use super::document::File;
use crate::source::{SchemaError, Source, resolve};

/// Most files of a schema.
const MAX_FILES: usize = 1_000;

/// A file as a part of a namespace. A file without a target namespace that
/// is included takes that of its includer (a *chameleon*), and so may be
/// part of several.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) file: usize,
    pub(super) namespace: String,
}

/// All files of a schema.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) files: Vec<File>,
    pub(super) parts: Vec<Part>,
}

/// Reads the files at `entries` and all that they include and import.
pub(super) fn load(entries: &[&str], source: &dyn Source) -> Result<Loaded, Vec<SchemaError>> {
    let mut loader = Loader {
        source,
        loaded: Loaded::default(),
        by_path: HashMap::new(),
        seen: HashSet::new(),
        todo: Vec::new(),
        errors: Vec::new(),
    };
    for entry in entries {
        let place = (String::new(), 0);
        if let Some(file) = loader.file(entry, &place) {
            let namespace = loader.target(file).to_owned();
            loader.part(file, namespace);
        }
    }
    while let Some(part) = loader.todo.pop() {
        loader.follow(part);
    }
    if loader.errors.is_empty() {
        Ok(loader.loaded)
    } else {
        Err(loader.errors)
    }
}

struct Loader<'s> {
    source: &'s dyn Source,
    loaded: Loaded,
    by_path: HashMap<String, Option<usize>>,
    seen: HashSet<(usize, String)>,
    todo: Vec<usize>,
    errors: Vec<SchemaError>,
}

impl Loader<'_> {
    fn error(&mut self, file: &str, line: usize, message: impl Into<String>) {
        self.errors.push(SchemaError {
            file: file.to_owned(),
            line,
            message: message.into(),
        });
    }

    /// The file at `path`, read once; `place` is where it is asked for.
    fn file(&mut self, path: &str, place: &(String, usize)) -> Option<usize> {
        if let Some(known) = self.by_path.get(path) {
            return *known;
        }
        let id = self.read(path, place);
        self.by_path.insert(path.to_owned(), id);
        id
    }

    fn read(&mut self, path: &str, place: &(String, usize)) -> Option<usize> {
        let Some(bytes) = self.source.bytes(path) else {
            let (file, line) = if place.1 == 0 {
                (path, 1)
            } else {
                (place.0.as_str(), place.1)
            };
            self.error(file, line, format!("fichier « {path} » introuvable"));
            return None;
        };
        if self.loaded.files.len() >= MAX_FILES {
            self.error(&place.0, place.1, format!("plus de {MAX_FILES} fichiers"));
            return None;
        }
        match File::parse(path, &bytes) {
            Ok(file) => {
                for (line, message) in census::check(&file) {
                    self.error(path, line, message);
                }
                self.loaded.files.push(file);
                Some(self.loaded.files.len() - 1)
            }
            Err((line, message)) => {
                self.error(path, line, message);
                None
            }
        }
    }

    fn target(&self, file: usize) -> &str {
        self.loaded.files[file]
            .attribute(0, "targetNamespace")
            .unwrap_or_default()
    }

    fn part(&mut self, file: usize, namespace: String) {
        if self.seen.insert((file, namespace.clone())) {
            self.todo.push(self.loaded.parts.len());
            self.loaded.parts.push(Part { file, namespace });
        }
    }

    fn follow(&mut self, part: usize) {
        let Part { file, namespace } = self.loaded.parts[part].clone();
        let path = self.loaded.files[file].path.clone();
        for child in self.loaded.files[file].nodes[0].children.clone() {
            let source = &self.loaded.files[file];
            let include = match source.nodes[child].tag.as_str() {
                "include" => true,
                "import" => false,
                _ => continue,
            };
            let line = source.line(child);
            let wanted = source
                .attribute(child, "namespace")
                .unwrap_or_default()
                .to_owned();
            let Some(location) = source.attribute(child, "schemaLocation").map(str::to_owned)
            else {
                if include {
                    self.error(&path, line, "xs:include sans schemaLocation");
                }
                continue;
            };
            let place = (path.clone(), line);
            let Some(other) = self.file(&resolve(&path, &location), &place) else {
                continue;
            };
            let target = self.target(other).to_owned();
            if include && target.is_empty() {
                self.part(other, namespace.clone());
            } else if include && target != namespace {
                let what = format!(
                    "le fichier inclus est de l'espace de noms « {target} », pas de « {namespace} »"
                );
                self.error(&path, line, what);
            } else if !include && target != wanted {
                let what = format!(
                    "le fichier importé est de l'espace de noms « {target} », pas de « {wanted} »"
                );
                self.error(&path, line, what);
            } else {
                self.part(other, target);
            }
        }
    }
}

//! Which file of a crate uses which: the arrows between modules, read from the
//! sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The files of a crate and the arrows between them.
pub struct Structure {
    /// Each file, and the files that it uses; module roots (`mod.rs`, `lib.rs`)
    /// only gather others and are left out.
    pub files: BTreeMap<PathBuf, BTreeSet<PathBuf>>,
    /// Each first-level folder or file, and those that it uses.
    pub rooms: BTreeMap<String, BTreeSet<String>>,
}

/// Sources below `folder`, tests left out.
fn sources(folder: &Path, out: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_tests = path.file_stem().is_some_and(|stem| stem == "tests");
        if is_tests {
            continue;
        }
        if path.is_dir() {
            sources(&path, out)?;
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
    Ok(())
}

/// The code of a file: without its test module and its comments.
fn code(text: &str) -> String {
    let tests = text
        .match_indices("#[cfg(test)]")
        .find(|(at, _)| {
            let after = &text[*at..];
            after
                .find('{')
                .is_some_and(|brace| after[..brace].contains("mod "))
        })
        .map_or(text.len(), |(at, _)| at);
    text[..tests]
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The paths of a `use` tree: `a::{b, c::{d, e}}` gives `a::b`, `a::c::d`, `a::c::e`.
fn expand(tree: &str, out: &mut Vec<String>) {
    let Some(open) = tree.find('{') else {
        out.push(
            tree.split(" as ")
                .next()
                .unwrap_or_default()
                .trim()
                .to_owned(),
        );
        return;
    };
    let head = &tree[..open];
    let inner = tree[open + 1..]
        .rsplit_once('}')
        .map_or("", |(inner, _)| inner);
    let mut depth = 0_usize;
    let mut start = 0;
    for (at, c) in inner.char_indices().chain([(inner.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                let part = inner[start..at].trim();
                if !part.is_empty() {
                    expand(&format!("{head}{part}"), out);
                }
                start = at + 1;
            }
            _ => {}
        }
    }
}

/// Every path of a code that starts at the crate or at a module above.
fn paths(code: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (at, _) in code.match_indices("use ") {
        let starts_a_word = code[..at]
            .chars()
            .next_back()
            .is_none_or(char::is_whitespace);
        let tree = code[at + 4..].split(';').next().unwrap_or_default().trim();
        let is_ours = ["crate::", "super::", "self::"]
            .iter()
            .any(|s| tree.starts_with(s));
        if starts_a_word && is_ours {
            expand(tree, &mut out);
        }
    }
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '$')) {
                continue;
            }
            let path: String = code[at..]
                .chars()
                .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':'))
                .collect();
            out.push(path);
        }
    }
    out
}

/// The module path of a file within its crate.
fn module(src: &Path, file: &Path) -> Vec<String> {
    let relative = file.strip_prefix(src).unwrap_or(file).with_extension("");
    let mut parts: Vec<String> = relative
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    if parts
        .last()
        .is_some_and(|last| last == "mod" || last == "lib")
    {
        parts.pop();
    }
    parts
}

fn is_root(file: &Path) -> bool {
    file.file_stem()
        .is_some_and(|stem| stem == "mod" || stem == "lib")
}

impl Structure {
    /// Reads the sources of a crate.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn of(src: &Path) -> io::Result<Self> {
        let mut all = Vec::new();
        sources(src, &mut all)?;
        let by_module: BTreeMap<Vec<String>, PathBuf> = all
            .iter()
            .map(|file| (module(src, file), file.clone()))
            .collect();
        let room = |file: &Path| {
            let relative = file.strip_prefix(src).unwrap_or(file);
            let first = relative.iter().next().unwrap_or_default();
            first.to_string_lossy().into_owned()
        };
        let mut structure = Structure {
            files: all
                .iter()
                .map(|file| (file.clone(), BTreeSet::new()))
                .collect(),
            rooms: BTreeMap::new(),
        };
        for file in &all {
            let here = module(src, file);
            for path in paths(&code(&fs::read_to_string(file)?)) {
                let Some(end) = target(&by_module, &here, &path) else {
                    continue;
                };
                let ends_at_lib = end.file_stem().is_some_and(|s| s == "lib")
                    || file.file_stem().is_some_and(|s| s == "lib");
                if !ends_at_lib && room(file) != room(end) {
                    let used = structure.rooms.entry(room(file)).or_default();
                    used.insert(room(end));
                }
                if end != file && !is_root(end) && !is_root(file) {
                    let used = structure.files.entry(file.clone()).or_default();
                    used.insert(end.clone());
                }
            }
        }
        Ok(structure)
    }

    /// Files from which a walk along the arrows comes back.
    pub fn in_circles(&self) -> Vec<&Path> {
        let comes_back = |start: &PathBuf| {
            let mut seen = BTreeSet::new();
            let mut next: Vec<&PathBuf> = self.files[start].iter().collect();
            while let Some(file) = next.pop() {
                if file == start {
                    return true;
                }
                if seen.insert(file) {
                    next.extend(&self.files[file]);
                }
            }
            false
        };
        let circles = self.files.keys().filter(|file| comes_back(file));
        circles.map(PathBuf::as_path).collect()
    }

    /// Pairs of first-level folders or files that use each other.
    pub fn mutual_rooms(&self) -> Vec<(&str, &str)> {
        let uses = |a: &str, b: &str| self.rooms.get(a).is_some_and(|used| used.contains(b));
        let mut pairs = Vec::new();
        for (a, used) in &self.rooms {
            for b in used {
                if a < b && uses(b, a) {
                    pairs.push((a.as_str(), b.as_str()));
                }
            }
        }
        pairs
    }
}

/// The file in which the longest known part of a path ends.
fn target<'m>(
    modules: &'m BTreeMap<Vec<String>, PathBuf>,
    here: &[String],
    path: &str,
) -> Option<&'m PathBuf> {
    let mut steps = path
        .split("::")
        .filter(|s| !s.is_empty() && *s != "*")
        .peekable();
    let mut at: Vec<String> = Vec::new();
    if steps.peek() == Some(&"crate") {
        steps.next();
    } else {
        at = here.to_vec();
        while let Some(step @ ("super" | "self")) = steps.peek().copied() {
            if step == "super" {
                at.pop();
            }
            steps.next();
        }
    }
    let mut end = modules.get(&at);
    for step in steps {
        at.push(step.to_owned());
        match modules.get(&at) {
            Some(file) => end = Some(file),
            None => break,
        }
    }
    end
}

//! Where the files of a schema come from, and what is wrong with them.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

/// Gives the bytes of a schema file.
///
/// Paths are those of `schemaLocation`, resolved against the file that has
/// it: `general/datatypes.xsd`. The crate itself reads nothing: a source looks
/// into a folder, an archive, a map.
pub trait Source {
    /// The bytes of the file at `path`; `None` when there is none.
    fn bytes(&self, path: &str) -> Option<Vec<u8>>;
}

impl<F: Fn(&str) -> Option<Vec<u8>>> Source for F {
    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        self(path)
    }
}

impl Source for BTreeMap<String, Vec<u8>> {
    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        self.get(path).cloned()
    }
}

impl Source for HashMap<String, Vec<u8>> {
    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        self.get(path).cloned()
    }
}

/// The path that `location` names, seen from the file at `from`.
pub(crate) fn resolve(from: &str, location: &str) -> String {
    let location = location.replace('\\', "/");
    if location.contains("://") || location.starts_with('/') {
        return location;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in location.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|p| *p != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// One thing that is wrong with a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SchemaError {
    /// File, as the [`Source`] was asked for it.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong, in French.
    pub message: String,
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, ligne {} : {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for SchemaError {}

/// All that is wrong with a schema, in the order of its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaErrors(pub(crate) Vec<SchemaError>);

impl SchemaErrors {
    /// The errors; never empty.
    pub fn errors(&self) -> &[SchemaError] {
        &self.0
    }
}

impl fmt::Display for SchemaErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, error) in self.0.iter().enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for SchemaErrors {}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn a_location_is_relative_to_the_file_that_has_it() {
        assert_eq!(resolve("a/b.xsd", "c.xsd"), "a/c.xsd");
        assert_eq!(resolve("a/b.xsd", "../c/./d.xsd"), "c/d.xsd");
        assert_eq!(resolve("b.xsd", "../../c.xsd"), "../../c.xsd");
        assert_eq!(resolve("b.xsd", "http://x/c.xsd"), "http://x/c.xsd");
    }
}

//! Typed members of a JSON object.

use dcc_base::problem::{Problem, Problems, Rule};
use serde_json::{Map, Value};

use crate::rules;

/// Reads the members of one object; a member of the wrong type is a problem,
/// and reads as absent. `null` is absent.
pub(crate) struct Members<'a> {
    map: &'a Map<String, Value>,
    path: String,
    wrong: &'static Rule,
}

impl<'a> Members<'a> {
    /// Members that the verification needs: a wrong type is blocking.
    pub(crate) fn of(map: &'a Map<String, Value>, path: impl Into<String>) -> Self {
        Members {
            map,
            path: path.into(),
            wrong: &rules::MEMBER_TYPE,
        }
    }

    /// Members that only describe: a wrong type is a warning.
    pub(crate) fn described(map: &'a Map<String, Value>, path: impl Into<String>) -> Self {
        Members {
            map,
            path: path.into(),
            wrong: &rules::USERINFO_VALUE,
        }
    }

    /// Place of a member.
    pub(crate) fn path(&self, name: &str) -> String {
        format!(
            "{}/{}",
            self.path,
            name.replace('~', "~0").replace('/', "~1")
        )
    }

    fn wrong(&self, path: String, allowed: &str, problems: &mut Problems) {
        problems.push(Problem::new(self.wrong, path).allowed([allowed]));
    }

    fn value(&self, name: &str) -> Option<&'a Value> {
        self.map.get(name).filter(|value| !value.is_null())
    }

    /// Whether the member is there at all.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.value(name).is_some()
    }

    /// Names of all the members.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.map.keys().map(String::as_str)
    }

    /// A string.
    pub(crate) fn text(&self, name: &str, problems: &mut Problems) -> Option<&'a str> {
        match self.value(name)? {
            Value::String(text) => Some(text),
            _ => {
                self.wrong(self.path(name), "chaîne de caractères", problems);
                None
            }
        }
    }

    /// A string, or an integer as its digits.
    pub(crate) fn text_or_number(&self, name: &str, problems: &mut Problems) -> Option<String> {
        match self.value(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) if !number.is_f64() => Some(number.to_string()),
            _ => {
                self.wrong(self.path(name), "chaîne de caractères", problems);
                None
            }
        }
    }

    /// A string, or a list of strings.
    pub(crate) fn texts(&self, name: &str, problems: &mut Problems) -> Option<Vec<&'a str>> {
        let value = self.value(name)?;
        let texts = match value {
            Value::String(text) => Some(vec![text.as_str()]),
            Value::Array(values) => values.iter().map(Value::as_str).collect(),
            _ => None,
        };
        if texts.is_none() {
            self.wrong(self.path(name), "chaîne ou liste de chaînes", problems);
        }
        texts
    }

    /// An instant: seconds since 1970 (NumericDate, RFC 7519 §2); a fraction
    /// of a second is left out.
    pub(crate) fn instant(&self, name: &str, problems: &mut Problems) -> Option<i64> {
        /// Year 9999.
        const LAST: f64 = 253_402_300_799.0;
        let value = self.value(name)?;
        let seconds = value.as_f64().filter(|s| (0.0..=LAST).contains(s));
        if seconds.is_none() {
            let allowed = "nombre de secondes depuis le 1er janvier 1970";
            self.wrong(self.path(name), allowed, problems);
        }
        #[allow(clippy::cast_possible_truncation)] // within the bounds above
        seconds.map(|s| s as i64)
    }

    /// An object.
    pub(crate) fn object(&self, name: &str, problems: &mut Problems) -> Option<Members<'a>> {
        match self.value(name)? {
            Value::Object(map) => Some(self.inner(map, self.path(name))),
            _ => {
                self.wrong(self.path(name), "objet", problems);
                None
            }
        }
    }

    /// A list of objects; absent is empty.
    pub(crate) fn objects(&self, name: &str, problems: &mut Problems) -> Vec<Members<'a>> {
        let values = match self.value(name) {
            None => return Vec::new(),
            Some(Value::Array(values)) => values,
            Some(_) => {
                self.wrong(self.path(name), "liste d'objets", problems);
                return Vec::new();
            }
        };
        let mut objects = Vec::new();
        for (rank, value) in values.iter().enumerate() {
            let path = format!("{}/{rank}", self.path(name));
            match value {
                Value::Object(map) => objects.push(self.inner(map, path)),
                _ => self.wrong(path, "objet", problems),
            }
        }
        objects
    }

    fn inner(&self, map: &'a Map<String, Value>, path: String) -> Members<'a> {
        Members {
            map,
            path,
            wrong: self.wrong,
        }
    }
}

//! The identities of a document against the directory.

use dcc_directory::Directory;
use serde::Serialize;
use serde_json::Value;

use super::fill::{specialties, unknown};
use super::rules;
use crate::identity::rpps;
use crate::problem::{Problem, Problems};

/// Checks every professional and every structure of a document, of any kind:
/// unknown, deactivated, or contradictory. Paths are those of its JSON.
///
/// What the directory does not hold is not a contradiction, and a document
/// without identifiers gives no problem.
pub fn check(document: &impl Serialize, directory: &Directory<'_>) -> Problems {
    let mut check = Check {
        directory,
        problems: Problems::new(),
    };
    match serde_json::to_value(document) {
        Ok(value) => check.walk(&value, &mut String::new()),
        // a model always becomes JSON; if it did not, nothing was checked
        Err(error) => check
            .problems
            .push(Problem::new(&rules::PERSON_UNKNOWN, "").message(error.to_string())),
    }
    check.problems
}

struct Check<'d> {
    directory: &'d Directory<'d>,
    problems: Problems,
}

impl Check<'_> {
    fn walk(&mut self, value: &Value, path: &mut String) {
        let length = path.len();
        match value {
            Value::Object(members) => {
                if let (Some(Value::Array(ids)), true) =
                    (members.get("ids"), members.contains_key("name"))
                {
                    self.person(value, ids, path);
                }
                self.structure(value, path);
                for (name, member) in members {
                    path.push('/');
                    path.push_str(&name.replace('~', "~0").replace('/', "~1"));
                    self.walk(member, path);
                    path.truncate(length);
                }
            }
            Value::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    path.push('/');
                    path.push_str(&i.to_string());
                    self.walk(item, path);
                    path.truncate(length);
                }
            }
            _ => {}
        }
    }

    fn person(&mut self, person: &Value, ids: &[Value], path: &str) {
        for (i, id) in ids.iter().enumerate() {
            let text = |kind: &str| id.get(kind).and_then(Value::as_str);
            let national = text("rpps")
                .map(rpps::national)
                .or_else(|| text("adeli").map(|n| format!("0{n}")))
                .or_else(|| text("national").map(str::to_owned));
            let Some(national) = national else { continue };
            let answer = self.directory.professional(&national);
            let at = format!("{path}/ids/{i}");
            let Some(known) = answer.value else {
                self.problems.push(unknown(
                    &rules::PERSON_UNKNOWN,
                    &at,
                    &national,
                    answer.edition,
                ));
                continue;
            };
            if known.is_deactivated() {
                self.problems
                    .push(Problem::new(&rules::PERSON_CLOSED, at).found(&national));
            }
            self.name(person, known, path);
            self.specialty(person, known, path);
            self.mailboxes(person, &national, path);
        }
    }

    fn name(&mut self, person: &Value, known: dcc_directory::Professional<'_>, path: &str) {
        let Some(family) = person
            .pointer("/name/family")
            .and_then(Value::as_str)
            .filter(|f| !f.is_empty())
        else {
            return;
        };
        let mut names: Vec<&str> = known.activities().map(|a| a.names().0).collect();
        names.push(known.surname());
        names.retain(|n| !n.is_empty());
        names.dedup();
        if !names.is_empty() && !names.iter().any(|n| letters(n) == letters(family)) {
            let problem =
                Problem::new(&rules::PERSON_NAME, format!("{path}/name/family")).found(family);
            self.problems.push(problem.allowed(names));
        }
    }

    fn specialty(&mut self, person: &Value, known: dcc_directory::Professional<'_>, path: &str) {
        let Some(specialty) = person.get("specialty") else {
            return;
        };
        let code = specialty
            .as_str()
            .or_else(|| specialty.get("code").and_then(Value::as_str));
        let candidates = specialties(known);
        // a profession stands for its specialties
        let same = |c: &String, code: &str| {
            c == code
                || c.strip_prefix(code)
                    .is_some_and(|rest| rest.starts_with('/'))
        };
        if let Some(code) =
            code.filter(|code| !candidates.is_empty() && !candidates.iter().any(|c| same(c, code)))
        {
            let problem =
                Problem::new(&rules::PERSON_SPECIALTY, format!("{path}/specialty")).found(code);
            self.problems.push(problem.allowed(candidates));
        }
    }

    fn mailboxes(&mut self, person: &Value, national: &str, path: &str) {
        if self.directory.mailbox_count() == 0 {
            return;
        }
        let telecoms = person.get("telecoms").and_then(Value::as_array);
        for (i, telecom) in telecoms.into_iter().flatten().enumerate() {
            let uri = telecom.get("uri").and_then(Value::as_str).unwrap_or("");
            let Some(address) = uri
                .strip_prefix("mailto:")
                .filter(|a| a.to_ascii_lowercase().ends_with(".mssante.fr"))
            else {
                continue;
            };
            let at = format!("{path}/telecoms/{i}/uri");
            let answer = self.directory.mailboxes_at(address);
            let others = answer
                .value
                .iter()
                .all(|m| !m.professional.is_empty() && m.professional != national);
            if answer.value.is_empty() {
                self.problems.push(unknown(
                    &rules::MAILBOX_UNKNOWN,
                    &at,
                    address,
                    answer.edition,
                ));
            } else if others {
                self.problems
                    .push(Problem::new(&rules::MAILBOX_OWNER, at).found(address));
            }
        }
    }

    fn structure(&mut self, value: &Value, path: &str) {
        let ids = ["finess", "siret"].map(|kind| (kind, value.get(kind).and_then(Value::as_str)));
        for (kind, id) in ids
            .into_iter()
            .filter_map(|(kind, id)| Some((kind, id.filter(|id| !id.is_empty())?)))
        {
            let answer = self.directory.structures(id);
            let at = format!("{path}/{kind}");
            if answer.value.is_empty() {
                self.problems
                    .push(unknown(&rules::STRUCTURE_UNKNOWN, &at, id, answer.edition));
            } else if answer.value.iter().all(|s| s.is_deactivated()) {
                self.problems
                    .push(Problem::new(&rules::STRUCTURE_CLOSED, at).found(id));
            }
        }
    }
}

/// The letters of a name, case, accents, spaces and hyphens aside.
fn letters(name: &str) -> String {
    name.chars()
        .flat_map(dcc_base::text::fold_char)
        .filter(|c| c.is_alphanumeric())
        .collect()
}

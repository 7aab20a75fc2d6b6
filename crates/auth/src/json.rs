//! JSON in which no member stands twice.
//!
//! Readers that keep the first or the last of two equal members can be played
//! one against the other; RFC 7515 §4 and RFC 7519 §4 allow to refuse them.

use dcc_base::problem::{Problem, Problems, Rule};
use serde_json::{Map, Value};

use crate::rules;

/// How many members that stand twice are listed.
const MAX_LISTED: usize = 16;

/// An object; problems at `path` when it is none (`rule`), or for each member
/// that stands twice. The parser's own problems show a piece of the text: they
/// are not passed on.
pub(crate) fn object(
    bytes: &[u8],
    path: &str,
    rule: &'static Rule,
    problems: &mut Problems,
) -> Option<Map<String, Value>> {
    // a byte order mark is no JSON (RFC 8259 §8.1)
    let marked = bytes.starts_with(b"\xEF\xBB\xBF");
    match dcc_json::parse(bytes) {
        Ok(Value::Object(map)) if !marked => return Some(map),
        Err(wrong) if wrong.iter().all(is_double) && !marked => {
            let twice = wrong.iter().take(MAX_LISTED);
            problems.extend(twice.map(|double| {
                let place = format!("{path}{}", double.path);
                Problem::new(&rules::TOKEN_TWICE, place)
            }));
        }
        _ => problems.push(Problem::new(rule, path)),
    }
    None
}

fn is_double(problem: &Problem) -> bool {
    problem.code == dcc_json::rules::DOUBLE.code
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (bool, Vec<String>) {
        let mut problems = Problems::new();
        let map = object(
            text.as_bytes(),
            "/id_token",
            &rules::TOKEN_JSON,
            &mut problems,
        );
        let places = problems.iter().map(|p| format!("{} {}", p.code, p.path));
        (map.is_some(), places.collect())
    }

    #[test]
    fn members_that_stand_twice_are_found_at_any_depth() {
        let sound = r#"{"a": [1, {"b": 2, "c": null}], "d": 1.5}"#;
        assert_eq!(read(sound), (true, vec![]));
        assert_eq!(
            read(r#"{"sub": 1, "sub": 2, "x": [{}, {"a/b": 1, "a/b": 1}]}"#),
            (
                false,
                vec![
                    "AUTH-JETON-DOUBLON /id_token/sub".to_owned(),
                    "AUTH-JETON-DOUBLON /id_token/x/1/a~1b".to_owned()
                ]
            )
        );
        assert_eq!(read(r#"{"sub": 1, "s\u0075b": 2}"#).1.len(), 1);
        let many = format!("{{{}\"a\":1}}", "\"a\":1,".repeat(1000));
        assert_eq!(read(&many).1.len(), MAX_LISTED);
    }

    #[test]
    fn what_is_no_object_is_refused() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        let texts = ["", "1", "[]", "{} {}", "{", "\u{feff}{}", "{'a': 1}", &deep];
        for text in texts {
            let refused = vec!["AUTH-JETON-JSON /id_token".to_owned()];
            assert_eq!(read(text), (false, refused));
        }
        let mut problems = Problems::new();
        assert!(object(b"{\"a\":\"\xff\"}", "", &rules::TOKEN_JSON, &mut problems).is_none());
    }
}

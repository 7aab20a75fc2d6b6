//! JSON pointers, and places of a value.

use serde_json::Value;

/// The JSON pointer (RFC 6901) of steps from the whole.
pub(crate) fn pointer<S: AsRef<str>>(steps: &[S]) -> String {
    let mut out = String::new();
    for step in steps {
        push(&mut out, step.as_ref());
    }
    out
}

/// Adds one step to a JSON pointer.
pub(crate) fn push(pointer: &mut String, step: &str) {
    pointer.push('/');
    for c in step.chars() {
        match c {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            c => pointer.push(c),
        }
    }
}

/// The value at a place.
pub(crate) fn get_mut<'v>(value: &'v mut Value, steps: &[String]) -> Option<&'v mut Value> {
    steps.iter().try_fold(value, |v, step| match v {
        Value::Array(items) => items.get_mut(step.parse::<usize>().ok()?),
        Value::Object(fields) => fields.get_mut(step),
        _ => None,
    })
}

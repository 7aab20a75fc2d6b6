//! A value as a type, every fault at once.

use dcc_base::problem::{Problem, Problems};
use dcc_base::text::clip;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::fault::{Error, Fault};
use crate::names::TAG;
use crate::path::{get_mut, pointer};
use crate::rules::{FIELD, MORE, VALUE};
use crate::source::Node;
use crate::stand_in::{attempt, first, stand_in};

/// Reads a value. As serde stops at its first error, what is in fault or
/// absent is told, a stand-in takes its place, and the rest is read again until
/// all is told: `None` then.
///
/// The faults told are at most a thousand, and fewer when the value is so
/// large that reading it again for each would be long: the last one then says
/// so (`JSON-SUITE`).
pub fn from_value<T: DeserializeOwned>(mut value: Value, problems: &mut Problems) -> Option<T> {
    let before = problems.len();
    refuse_nul(&mut value, &mut Vec::new(), problems);
    for _ in 0..most(&value) {
        match T::deserialize(Node(&value)) {
            Ok(read) => return (problems.len() == before).then_some(read),
            Err(error) => {
                if !tell(error, &mut value, problems) {
                    return None;
                }
            }
        }
    }
    problems.push(Problem::new(&MORE, ""));
    None
}

/// How often a value is read again: a thousand times, less when it is large.
fn most(value: &Value) -> usize {
    const READS: usize = 20_000_000;
    (READS / size(value)).clamp(10, 1000)
}

/// Values within a value, itself included.
fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(fields) => fields.values().map(size).sum::<usize>(),
        _ => 0,
    }
}

/// Tells every text that holds U+0000, and puts a stand-in in its place: no
/// document can hold that character, and stand-ins are known by it.
fn refuse_nul(value: &mut Value, steps: &mut Vec<String>, problems: &mut Problems) {
    match value {
        Value::String(text) if text.contains('\0') => {
            problems.push(
                Problem::new(&VALUE, pointer(steps))
                    .message("Le texte contient le caractère U+0000")
                    .found(clip(&Value::String(text.clone()).to_string())),
            );
            *value = first();
        }
        Value::Array(items) => {
            for (i, item) in items.iter_mut().enumerate() {
                steps.push(i.to_string());
                refuse_nul(item, steps, problems);
                steps.pop();
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                steps.push(name.clone());
                refuse_nul(field, steps, problems);
                steps.pop();
            }
        }
        _ => {}
    }
}

/// Tells one fault and puts a stand-in in its place; false when there is no
/// place left for one.
fn tell(Error(located): Error, value: &mut Value, problems: &mut Problems) -> bool {
    let mut steps = located.steps;
    steps.reverse();
    // a stand-in that does not do: its next try
    for depth in 0..=steps.len() {
        let Some(place) = get_mut(value, &steps[..depth]) else {
            break;
        };
        if let Some(attempt) = attempt(place) {
            return match stand_in(attempt + 1) {
                Some(next) => {
                    *place = next;
                    true
                }
                // what holds it cannot be read
                None => depth > 1 && replace(value, &steps[..depth - 1]),
            };
        }
    }
    let fault = located.fault;
    let mut at = steps.clone();
    if matches!(fault, Fault::Variant { .. }) {
        at.push(TAG.to_owned());
    }
    match &fault {
        Fault::UnknownField { found, .. } => {
            if steps.last() != Some(found) {
                steps.push(found.clone());
            }
            problems.push(
                Problem::new(&FIELD, pointer(&steps))
                    .found(clip(found))
                    .allowed(fault.allowed()),
            );
            let (parents, last) = steps.split_at(steps.len() - 1);
            match get_mut(value, parents) {
                Some(Value::Object(fields)) => fields.remove(&last[0]).is_some(),
                _ => false,
            }
        }
        Fault::MissingField(field) => {
            problems.push(
                Problem::new(&VALUE, pointer(&steps))
                    .message(fault.message())
                    .allowed(fault.allowed()),
            );
            match get_mut(value, &steps) {
                Some(Value::Object(fields)) => {
                    fields.insert((*field).to_owned(), first());
                    true
                }
                _ => false,
            }
        }
        fault => {
            let mut problem = Problem::new(&VALUE, pointer(&at))
                .message(fault.message())
                .allowed(fault.allowed());
            problem.found = get_mut(value, &at).map(|v| clip(&v.to_string()).into_owned());
            problems.push(problem);
            !steps.is_empty() && replace(value, &steps)
        }
    }
}

/// Puts a stand-in at a place.
fn replace(value: &mut Value, steps: &[String]) -> bool {
    match get_mut(value, steps) {
        Some(place) => {
            *place = first();
            true
        }
        None => false,
    }
}

//! The generator of forged logins: each fault spoils one part of a login that
//! holds.

mod claims;
mod person;
mod token;

use crate::case::{Case, national_id};
use crate::keys::{decode, encode};

/// A fault: what it is, the code of its refusal, how it is made. `variant`
/// changes the way.
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    pub(crate) code: &'static str,
    pub(crate) forge: fn(&mut Case, usize),
}

const fn fault(name: &'static str, code: &'static str, forge: fn(&mut Case, usize)) -> Fault {
    Fault { name, code, forge }
}

fn after(case: &mut Case, change: impl Fn(String) -> String + 'static) {
    case.after = Some(Box::new(change));
}

/// The three parts of a token.
fn parts(token: &str) -> [String; 3] {
    let parts: Vec<String> = token.split('.').map(str::to_owned).collect();
    parts.try_into().unwrap()
}

/// The token with other bytes as its signature.
fn resigned(token: &str, change: impl Fn(Vec<u8>) -> Vec<u8>) -> String {
    let [header, claims, signature] = parts(token);
    format!("{header}.{claims}.{}", encode(change(decode(&signature))))
}

/// Another national identifier in all its places.
fn everywhere(case: &mut Case, id: &str) {
    let sub = format!("f:550dc1c8-0000-4000-8000-000000000000:{id}");
    for map in [&mut case.claims, &mut case.info] {
        map.insert("SubjectNameID".to_owned(), id.into());
        map.insert("preferred_username".to_owned(), id.into());
        map.insert("sub".to_owned(), sub.clone().into());
    }
    case.info["otherIds"][0]["identifiant"] = id.into();
}

/// Another professional.
fn other(variant: usize) -> String {
    national_id(900_000 + variant as u64)
}

fn pick<'a>(list: &[&'a str], variant: usize) -> &'a str {
    list[variant % list.len()]
}

/// All the faults.
pub(crate) fn faults() -> impl Iterator<Item = &'static Fault> {
    [token::FAULTS, claims::FAULTS, person::FAULTS]
        .into_iter()
        .flatten()
}

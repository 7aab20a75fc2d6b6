//! The text of a datamatrix.

use dcc_base::problem::{Problem, Problems};

use super::format::{BLOCKS, GS, HEADER};
use crate::ins::Ins;
use crate::record::Record;
use crate::release::{Channel, ReleaseOptions};
use crate::rules;
use crate::traits::normalise::{NameKind, NameOptions, check};
use crate::traits::{Sex, Traits, birth_place};

/// The text of the datamatrix of a record: its identity has to be qualified.
///
/// # Errors
/// `IDENTITE-DIFFUSION` when it is not; `DATAMATRIX-SEXE` for an indeterminate
/// sex; what a trait lacks to be written.
pub fn write(record: &Record) -> Result<String, Problems> {
    let outgoing = record.outgoing(Channel::Datamatrix, &ReleaseOptions::default())?;
    match outgoing.ins() {
        Some(ins) => text(&ins.ins, &outgoing.traits),
        // the channel gives the INS or refuses
        None => Err(Problem::new(&rules::RELEASE, "/identity_status").into()),
    }
}

/// The text of the datamatrix of these traits and this INS.
fn text(ins: &Ins, traits: &Traits) -> Result<String, Problems> {
    let mut problems = Problems::new();
    let given = if traits.given_names.is_empty() {
        &traits.first_given_name
    } else {
        &traits.given_names
    };
    check(
        given,
        NameKind::Given,
        NameOptions::default(),
        "/traits/given_names",
        &mut problems,
    );
    check(
        &traits.birth_name,
        NameKind::Family,
        NameOptions::default(),
        "/traits/birth_name",
        &mut problems,
    );
    if traits.sex == Sex::Indeterminate {
        problems.push(
            Problem::new(&rules::CODE_SEX, "/traits/sex")
                .found("I")
                .allowed(["M", "F"]),
        );
    }
    if traits.birth_date.is_none() {
        problems.push(Problem::new(&rules::NAME_EMPTY, "/traits/birth_date"));
    }
    if let Some(place) = &traits.birth_place {
        birth_place::check(place, "/traits/birth_place", &mut problems);
    }
    let date = traits
        .birth_date
        .map(|d| d.format("%d-%m-%Y").to_string())
        .unwrap_or_default();
    let values = [
        Some(ins.matricule.as_str()),
        Some(ins.oid()),
        Some(given.as_str()),
        Some(traits.birth_name.as_str()),
        Some(traits.sex.code()),
        Some(date.as_str()),
        traits.birth_place.as_deref(),
    ];
    let mut out = HEADER.to_owned();
    let last = values.iter().rposition(Option::is_some).unwrap_or(0);
    for (i, (block, value)) in BLOCKS.iter().zip(values).enumerate() {
        let Some(value) = value else { continue };
        let count = value.chars().count();
        if count < block.least || count > block.most {
            problems.push(
                Problem::new(&rules::CODE_LENGTH, format!("/{}", block.id))
                    .message(format!(
                        "{} a {} à {} caractères",
                        block.label, block.least, block.most
                    ))
                    .found(format!("{count} caractères")),
            );
        }
        out.push_str(block.id);
        out.push_str(value);
        if !block.is_fixed() && count < block.most && i != last {
            out.push(GS);
        }
    }
    problems.or(out)
}

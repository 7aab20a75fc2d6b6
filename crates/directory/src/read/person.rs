//! The identifiers and names that begin every line of the extractions.

use dcc_base::identity::{luhn, rpps};
use dcc_base::problem::Problems;

use super::ledger::{Ledger, at_line};
use crate::build::people::Met;
use crate::build::store::Store;
use crate::rules;

/// The person of a line, by her national identifier (*identification
/// nationale PP*: the type of identifier, then the identifier).
#[inline]
pub(crate) fn meet(
    line: u64,
    kind: &str,
    id: &str,
    national: &str,
    names: (&str, &str),
    store: &mut Store,
    ledger: &mut Ledger,
) -> Option<Met> {
    let parts = !kind.is_empty() && !id.is_empty();
    if national.is_empty() {
        if !parts {
            ledger.refuse(&rules::ID_MISSING, line, "");
            return None;
        }
        return Some(store_person(
            line,
            &format!("{kind}{id}"),
            names,
            store,
            ledger,
        ));
    }
    if parts
        && (national.len() != kind.len() + id.len()
            || !national.starts_with(kind)
            || !national.ends_with(id))
    {
        ledger.line(&rules::ID_PARTS, line, national);
    }
    Some(store_person(line, national, names, store, ledger))
}

#[inline]
fn store_person(
    line: u64,
    national: &str,
    names: (&str, &str),
    store: &mut Store,
    ledger: &mut Ledger,
) -> Met {
    let met = store.person(national, names.0, names.1);
    let usual = national.len() == 12 && national.starts_with('8');
    if met.is_new && !(usual && national.get(1..).is_some_and(luhn::is_valid)) {
        let mut problems = Problems::new();
        rpps::check_national(national, &at_line(line), &mut problems);
        ledger.extend(problems);
    }
    met
}

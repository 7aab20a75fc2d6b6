//! From the place of a fault in a command to its place in the message.

use dcc_base::problem::{Problem, Problems};

use super::adt::rank;

/// Places in a command, and fields of PID or MRG.
const PLACES: [(&str, &str); 14] = [
    ("/identity/traits/birth_name", "PID{}-5.1"),
    ("/identity/traits/first_given_name", "PID{}-5.2"),
    ("/identity/traits/given_names", "PID{}-5.3"),
    ("/identity/traits/sex", "PID{}-8"),
    ("/identity/traits/birth_date", "PID{}-7"),
    ("/identity/traits/birth_place", "PID{}-11.9"),
    ("/identity/attributes", "PID{}-32"),
    ("/identity/", "PID{}-3"),
    ("/eliminated", "MRG{}-1"),
    ("/old", "MRG{}-1"),
    ("/confirmed", "PID{}-32"),
    ("/other", "PID[2]-3"),
    ("/accepted", "PID{}-5"),
    ("/", "PID{}-3"),
];

/// The same problems, placed in the message; `n` is the rank of PID.
pub(super) fn in_message(problems: Problems, n: usize) -> Problems {
    let placed = |mut problem: Problem| {
        if let Some((_, place)) = PLACES
            .iter()
            .find(|(from, _)| problem.path.starts_with(from))
        {
            problem.path = place.replace("{}", &rank(n));
        }
        problem
    };
    problems.into_iter().map(placed).collect()
}

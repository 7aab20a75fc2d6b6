//! Which given names to ask, in which order.

use std::collections::BTreeSet;

use dcc_base::problem::Problems;

use super::answer::Answer;
use super::request::TraitsRequest;
use crate::opaque::opaque;
use crate::traits::Traits;

/// The calls to make for a patient, in order (test cases of the CNDA): each
/// given name alone, then all of them joined by spaces. The first identity found
/// stops them, and so does any answer but « none found ».
///
/// ```
/// use dcc_identity::insi::{Answer, Attempts, Step};
/// use dcc_identity::traits::{Sex, Traits};
/// use chrono::NaiveDate;
///
/// let born = NaiveDate::from_ymd_opt(1936, 6, 21);
/// let traits = Traits::new("TCHITCHI", "OLA CATARINA", Sex::Female, born);
/// let mut attempts = Attempts::new(&traits)?;
/// let Step::Ask(first) = attempts.next(None) else { panic!() };
/// assert_eq!(first.given_name, "OLA");
/// let none = Answer::NotFound { label: "Aucune identite trouvee".into() };
/// let Step::Ask(second) = attempts.next(Some(&none)) else { panic!() };
/// assert_eq!(second.given_name, "CATARINA");
/// # Ok::<(), dcc_base::problem::Problems>(())
/// ```
#[derive(Clone)]
pub struct Attempts {
    requests: Vec<TraitsRequest>,
    next: usize,
}

opaque!(Attempts);

/// What to do next.
#[derive(Clone, PartialEq, Eq)]
pub enum Step {
    /// Send this request.
    Ask(TraitsRequest),
    /// An identity was found: show it beside the local one.
    Found,
    /// Nothing was found: the status stays, the patient's traits are to be checked.
    GiveUp,
    /// Several identities answer: ask for more traits (the birth place); the status stays.
    TooMany,
    /// The service failed: call again later.
    Failed,
}

impl std::fmt::Debug for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Step::Ask(_) => "Ask(…)",
            Step::Found => "Found",
            Step::GiveUp => "GiveUp",
            Step::TooMany => "TooMany",
            Step::Failed => "Failed",
        })
    }
}

impl Attempts {
    /// The calls for these traits.
    ///
    /// # Errors
    /// As for [`TraitsRequest::new`].
    pub fn new(traits: &Traits) -> Result<Self, Problems> {
        let list = if traits.given_names.is_empty() {
            &traits.first_given_name
        } else {
            &traits.given_names
        };
        let mut asked: Vec<&str> = Vec::new();
        let mut seen = BTreeSet::new();
        for name in list
            .split(' ')
            .filter(|name| !name.is_empty())
            .chain([list.as_str()])
        {
            if seen.insert(name) {
                asked.push(name);
            }
        }
        let requests: Result<Vec<_>, _> = asked
            .into_iter()
            .map(|name| TraitsRequest::new(traits, name))
            .collect();
        Ok(Attempts {
            requests: requests?,
            next: 0,
        })
    }

    /// The next step, from the answer to the last request (none before the first).
    pub fn next(&mut self, answer: Option<&Answer>) -> Step {
        match answer {
            None | Some(Answer::NotFound { .. }) => match self.requests.get(self.next) {
                Some(request) => {
                    self.next += 1;
                    Step::Ask(request.clone())
                }
                None => Step::GiveUp,
            },
            Some(Answer::Found { .. }) => Step::Found,
            Some(Answer::Several { .. }) => Step::TooMany,
            Some(Answer::Other { .. } | Answer::Fault(_)) => Step::Failed,
        }
    }
}

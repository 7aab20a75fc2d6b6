//! An answer and the edition it comes from; a code and its label.

use serde::Serialize;

use crate::edition::EditionDate;

/// An answer of the directory. Boxes vanish and professionals move: what an
/// answer states holds for its edition, and a person who is not there is « non
/// trouvé au … », which is no error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Answer<T> {
    /// What was found.
    pub value: T,
    /// *Date d'édition* of what was searched.
    pub edition: EditionDate,
}

impl<T> Answer<T> {
    /// The same edition with another value.
    pub fn map<U>(self, of: impl FnOnce(T) -> U) -> Answer<U> {
        Answer {
            value: of(self.value),
            edition: self.edition,
        }
    }
}

/// A code of a nomenclature and its label, as the edition has them; either may
/// be empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Coded<'d> {
    /// *Code*.
    pub code: &'d str,
    /// *Libellé*.
    pub label: &'d str,
}

impl Coded<'_> {
    /// True when neither is known.
    pub fn is_empty(&self) -> bool {
        self.code.is_empty() && self.label.is_empty()
    }
}

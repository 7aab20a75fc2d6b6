//! A cell of the cube, as its reader chooses it.

use crate::facts::reserved::{MISSING, TOTAL};
use crate::indicators::period::Month;

/// One choice of a dimension.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// All values together (*tous*): the dimension's total.
    All,
    /// One value.
    Value(String),
    /// The facts that do not state the dimension (*non renseigné*).
    Missing,
}

impl Dimension {
    /// One value.
    pub fn value(value: impl Into<String>) -> Self {
        Dimension::Value(value.into())
    }

    /// The reverse of [`Dimension::label`]: all for none and for [`TOTAL`], the
    /// facts that do not state it for [`MISSING`], or the value.
    pub fn chosen(label: Option<&str>) -> Self {
        match label {
            None | Some(TOTAL) => Dimension::All,
            Some(MISSING) => Dimension::Missing,
            Some(value) => Dimension::value(value),
        }
    }

    /// `fallback_all` for all, `non renseigné` when missing, or the value.
    pub fn label<'a>(&'a self, all: &'a str) -> &'a str {
        match self {
            Dimension::All => all,
            Dimension::Value(value) => value,
            Dimension::Missing => MISSING,
        }
    }
}

/// One cell of the cube: a choice in each of the four dimensions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    /// Month; `None` for the whole period.
    pub month: Option<Month>,
    /// Establishment.
    pub establishment: Dimension,
    /// 3C.
    pub centre_3c: Dimension,
    /// Theme.
    pub theme: Dimension,
}

impl Scope {
    /// The total of the four dimensions.
    pub fn all() -> Self {
        Scope {
            month: None,
            establishment: Dimension::All,
            centre_3c: Dimension::All,
            theme: Dimension::All,
        }
    }
}

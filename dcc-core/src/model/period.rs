//! A span of time.

use super::{PartialDateTime, model};

model! {
    /// A span of time (*période*; HL7 `IVL_TS`), open where a bound is not given.
    #[derive(Copy, Eq)]
    pub struct Period {
        /// *Début*.
        pub start: Option<PartialDateTime>,
        /// *Fin*.
        pub end: Option<PartialDateTime>,
    }
}

impl Period {
    /// One moment: both bounds are the same.
    pub fn at(moment: PartialDateTime) -> Self {
        Period {
            start: Some(moment),
            end: Some(moment),
        }
    }

    /// True when neither bound is given.
    pub fn is_empty(&self) -> bool {
        self.start.is_none() && self.end.is_none()
    }

    /// As a French reader writes it.
    pub fn french(&self) -> String {
        match (self.start, self.end) {
            (None, None) => String::new(),
            (Some(start), None) => format!("à partir du {}", start.french()),
            (None, Some(end)) => format!("jusqu'au {}", end.french()),
            (Some(start), Some(end)) => format!("du {} au {}", start.french(), end.french()),
        }
    }
}

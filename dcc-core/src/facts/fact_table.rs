//! The tables of facts, their names and their columns.

use super::define::{AttendanceFact, FicheFact, OfferFact, PpsFact, SessionFact};

/// A table of facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactTable {
    /// [`SessionFact`]s.
    Sessions,
    /// [`AttendanceFact`]s.
    Attendances,
    /// [`FicheFact`]s.
    Fiches,
    /// [`PpsFact`]s.
    Pps,
    /// [`OfferFact`]s, which the export lists and a store ignores.
    Offers,
}

/// Whether a kind of field must be there.
macro_rules! required {
    (id) => {
        true
    };
    (key) => {
        true
    };
    (version) => {
        true
    };
    (day) => {
        true
    };
    (status) => {
        true
    };
    (yes_no) => {
        true
    };
    ($other:ident) => {
        false
    };
}

macro_rules! columns {
    ($(
        $(#[$doc:meta])*
        $fact:ident as $row:ident {
            $( $(#[$fdoc:meta])* $field:ident: $kind:ident $(in $names:ident)? $($label:literal)?, )*
        }
        $( with { $(#[$edoc:meta])* $embed:ident: $Embed:ident {
            $( $(#[$bdoc:meta])* $flag:ident: $fkind:ident $(in $fnames:ident)? $($flabel:literal)?, )*
        } } )?
        $( list { $($list:tt)* } )?
        ;
    )*) => { $(
        impl $fact {
            const COLUMNS: &'static [(&'static str, bool)] = &[
                $( (stringify!($field), required!($kind)), )*
                $($( (stringify!($flag), required!($fkind)), )*)?
            ];
        }
    )* };
}

crate::facts!(columns);

impl FactTable {
    /// Every table, with its name.
    pub const NAMES: [(FactTable, &'static str); 5] = [
        (FactTable::Sessions, "sessions"),
        (FactTable::Attendances, "attendances"),
        (FactTable::Fiches, "fiches"),
        (FactTable::Pps, "pps"),
        (FactTable::Offers, "offers"),
    ];

    /// The table of a name; none when no table has it.
    pub fn named(name: &str) -> Option<Self> {
        let mut known = Self::NAMES.into_iter();
        known
            .find(|(_, known)| *known == name)
            .map(|(table, _)| table)
    }

    /// The columns, and whether each is required.
    pub const fn columns(self) -> &'static [(&'static str, bool)] {
        match self {
            FactTable::Sessions => SessionFact::COLUMNS,
            FactTable::Attendances => AttendanceFact::COLUMNS,
            FactTable::Fiches => FicheFact::COLUMNS,
            FactTable::Pps => PpsFact::COLUMNS,
            FactTable::Offers => OfferFact::COLUMNS,
        }
    }
}

/// One fact of any table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// A session.
    Session(SessionFact),
    /// An attendance.
    Attendance(AttendanceFact),
    /// A version of a fiche.
    Fiche(FicheFact),
    /// A version of a PPS.
    Pps(PpsFact),
    /// A line of the offer.
    Offer(OfferFact),
}

//! The facts as records, from the table of facts of the core.

use chrono::NaiveDate;
use dcc_core::indicators as core;

use crate::batch::{FactRow, optional, required};
use crate::failure::{Failure, Faults};
use crate::input::day;

/// State of a session (*statut de la session*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum SessionStatus {
    /// *Planifiée*: its fiches count, its quorum does not.
    Planned,
    /// *Réalisée*.
    Held,
    /// *Annulée*: nothing of it counts.
    Cancelled,
}

/// Fills a field of a fact from that of a record, by its kind.
mod fill {
    use super::*;

    type Filled = Result<(), Failure>;

    pub(super) fn key(_: &str, to: &mut String, from: &str) -> Filled {
        required(to, Some(from));
        Ok(())
    }
    pub(super) use key as id;

    pub(super) fn text(_: &str, to: &mut Option<String>, from: &Option<String>) -> Filled {
        optional(to, from.as_deref());
        Ok(())
    }
    pub(super) use text as dimension;

    pub(super) fn same<T: Clone>(_: &str, to: &mut T, from: &T) -> Filled {
        to.clone_from(from);
        Ok(())
    }
    pub(super) use same as version;
    pub(super) use same as number;
    pub(super) use same as yes_no;
    pub(super) use same as flag;
    pub(super) use same as answer;
    pub(super) use same as list;

    pub(super) fn day(name: &str, to: &mut NaiveDate, from: &str) -> Filled {
        *to = super::day(name, from)?;
        Ok(())
    }

    pub(super) fn maybe_day(
        name: &str,
        to: &mut Option<NaiveDate>,
        from: &Option<String>,
    ) -> Filled {
        let read = from.as_deref().map(|text| super::day(name, text));
        *to = read.transpose()?;
        Ok(())
    }

    pub(super) fn status(
        _: &str,
        to: &mut core::SessionFactStatus,
        from: &SessionStatus,
    ) -> Filled {
        *to = match from {
            SessionStatus::Planned => core::SessionFactStatus::Planned,
            SessionStatus::Held => core::SessionFactStatus::Held,
            SessionStatus::Cancelled => core::SessionFactStatus::Cancelled,
        };
        Ok(())
    }
}

/// The field of a record from that of a fact, by its kind.
mod give {
    use super::*;

    pub(super) fn same<T>(from: T) -> T {
        from
    }
    pub(super) use same as id;
    pub(super) use same as key;
    pub(super) use same as text;
    pub(super) use same as dimension;
    pub(super) use same as version;
    pub(super) use same as number;
    pub(super) use same as yes_no;
    pub(super) use same as flag;
    pub(super) use same as answer;
    pub(super) use same as list;

    pub(super) fn day(from: NaiveDate) -> String {
        from.to_string()
    }

    pub(super) fn maybe_day(from: Option<NaiveDate>) -> Option<String> {
        from.map(day)
    }

    pub(super) fn status(from: core::SessionFactStatus) -> SessionStatus {
        match from {
            core::SessionFactStatus::Planned => SessionStatus::Planned,
            core::SessionFactStatus::Held => SessionStatus::Held,
            core::SessionFactStatus::Cancelled => SessionStatus::Cancelled,
        }
    }
}

/// The records: `records!{ @next .. }` gives each field the type and the
/// default of its kind, `@end` the record and its two conversions.
macro_rules! records {
    ($(
        $(#[$doc:meta])*
        $fact:ident as $row:ident { $($fields:tt)* }
        $( with { $(#[$edoc:meta])* $embed:ident: $Embed:ident { $($inner:tt)* } } )?
        $( list { $($list:tt)* } )?
        ;
    )*) => { $(
        records! { @next $row [$(#[$doc])*] $fact [] []
            own { $($fields)* } inner { $( $embed { $($inner)* } )? } }
    )* };

    (@next $row:ident $doc:tt $fact:ident $done:tt $all:tt
        own { $(#[$fdoc:meta])* $name:ident: $kind:ident $(in $names:ident)? $($label:literal)?, $($rest:tt)* } inner $inner:tt) => {
        records! { @$kind [$(#[$fdoc])*] $name [$name] $kind $row $doc $fact $done $all own { $($rest)* } inner $inner }
    };
    (@next $row:ident $doc:tt $fact:ident $done:tt $all:tt
        own { } inner { $embed:ident { $(#[$fdoc:meta])* $name:ident: $kind:ident $(in $names:ident)? $($label:literal)?, $($rest:tt)* } }) => {
        records! { @$kind [$(#[$fdoc])*] $name [$embed.$name] $kind $row $doc $fact $done $all own { } inner { $embed { $($rest)* } } }
    };

    (@id $($rest:tt)*) => { records! { @field [] [String] $($rest)* } };
    (@key $($rest:tt)*) => { records! { @field [] [String] $($rest)* } };
    (@text $($rest:tt)*) => { records! { @field [#[uniffi(default = None)]] [Option<String>] $($rest)* } };
    (@dimension $($rest:tt)*) => { records! { @field [#[uniffi(default = None)]] [Option<String>] $($rest)* } };
    (@version $($rest:tt)*) => { records! { @field [] [u32] $($rest)* } };
    (@number $($rest:tt)*) => { records! { @field [#[uniffi(default = None)]] [Option<u32>] $($rest)* } };
    (@day $($rest:tt)*) => { records! { @field [] [String] $($rest)* } };
    (@maybe_day $($rest:tt)*) => { records! { @field [#[uniffi(default = None)]] [Option<String>] $($rest)* } };
    (@status $($rest:tt)*) => { records! { @field [] [SessionStatus] $($rest)* } };
    (@yes_no $($rest:tt)*) => { records! { @field [] [bool] $($rest)* } };
    (@flag $($rest:tt)*) => { records! { @field [#[uniffi(default = false)]] [bool] $($rest)* } };
    (@answer $($rest:tt)*) => { records! { @field [#[uniffi(default = None)]] [Option<bool>] $($rest)* } };
    (@list $($rest:tt)*) => { records! { @field [#[uniffi(default = [])]] [Vec<String>] $($rest)* } };
    (@field [$($default:tt)*] [$type:ty] [$($fdoc:tt)*] $name:ident $path:tt $kind:ident $row:ident $doc:tt $fact:ident
        [$($done:tt)*] [$($all:tt)*] $($rest:tt)*) => {
        records! { @next $row $doc $fact
            [$($done)* $($fdoc)* $($default)* pub $name: $type,]
            [$($all)* ($name $kind $path)]
            $($rest)* }
    };

    // an offer has no line
    (@next none $doc:tt $fact:ident $done:tt $all:tt own { } inner { }) => {
        records! { @end $doc $fact $done $all [] [] }
    };
    (@next $row:ident $doc:tt $fact:ident [$($done:tt)*] $all:tt own { } inner { $( $embed:ident { } )? }) => {
        records! { @end $doc $fact
            [$($done)*
                /// Line in the source, that problems name; 0 when there is none.
                #[uniffi(default = 0)]
                pub line: u32,
            ]
            $all [line: 0,] [.line] }
    };
    (@end [$($doc:tt)*] $fact:ident [$($fields:tt)*] [$(($name:ident $kind:ident [$($path:tt)*]))*] [$($no_line:tt)*] [$($line:tt)*]) => {
        $($doc)*
        #[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
        pub struct $fact {
            $($fields)*
        }

        impl FactRow for &$fact {
            type Fact = core::$fact;

            fn fill(&self, fact: &mut core::$fact) -> Result<(), Failure> {
                let mut faults = Faults::default();
                $( faults.keep(fill::$kind(stringify!($name), &mut fact.$($path)*, &self.$name)); )*
                faults.all(Some(()))
            }

            fn line(&self) -> u32 {
                records!(@line self $($line)*)
            }
        }

        impl From<core::$fact> for $fact {
            fn from(fact: core::$fact) -> Self {
                $fact {
                    $( $name: give::$kind(fact.$($path)*), )*
                    $($no_line)*
                }
            }
        }
    };
    (@line $record:ident) => { 0 };
    (@line $record:ident .line) => { $record.line };
}

dcc_core::facts!(records);

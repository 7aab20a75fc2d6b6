//! Facts as rows of numbers, from the table of facts.
//!
//! A row holds the numbers of its fact, then those of its texts in
//! [`Names`], then its bits, then its origin. It is compared, written and
//! read in that order.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::accept::{Acceptance, stated};
use super::day;
use super::encoding::{Reader, Scalar, Writer};
use super::intern::{Interner, NONE};
use super::names::{Maps, Names, translate};
use crate::facts::{AttendanceFact, FicheFact, Origin, PpsFact, SessionFact, SessionFactStatus};

/// Status of a session, as a row holds it.
pub(crate) const PLANNED: u8 = 0;
pub(crate) const HELD: u8 = 1;
pub(crate) const CANCELLED: u8 = 2;

/// An answer, as a row holds it; 0 is no.
pub(crate) const YES: u8 = 1;
pub(crate) const NOT_STATED: u8 = 2;

/// A day that is not stated.
pub(crate) const NO_DAY: i32 = i32::MIN;

/// What every row does.
pub(crate) trait Row: Copy + Ord {
    /// The highest version of an id counts; 0 for facts without versions.
    fn version(&self) -> u32;
    fn origin<'a>(&self, names: &'a Names) -> Origin<'a>;
    /// Same content, origin apart.
    fn same(&self, other: &Self) -> bool;
    /// Order of the content, by its texts.
    fn content(&self, other: &Self, names: &Names) -> Ordering;
    /// The same row with the numbers of other names.
    fn translate(&self, maps: &Maps) -> Self;
    fn write(&self, to: &mut Writer);
    /// The next row, when each of its numbers is one of `names` and allowed.
    fn read(from: &mut Reader<'_>, names: &Names) -> Option<Self>;

    /// The row that counts comes first: highest version, then earliest
    /// origin, then content. A total order that no order of arrival changes.
    fn order(&self, other: &Self, names: &Names) -> Ordering {
        (other.version().cmp(&self.version()))
            .then_with(|| self.origin(names).cmp(&other.origin(names)))
            .then_with(|| self.content(other, names))
    }
}

/// A fact that is kept as a row.
pub(crate) trait Stored {
    type Row: Row;
    /// Whether the fact can be kept; what is wrong is noted.
    fn accepted(&self, by: &mut Acceptance<'_>) -> bool;
    fn row(&self, names: &mut Names, origin: Origin<'_>) -> Self::Row;
}

/// A fact kept by its id.
pub(crate) trait Identified: Stored {
    fn id(&self) -> &str;
    fn ids(names: &Names) -> &Interner;
    fn ids_mut(names: &mut Names) -> &mut Interner;
}

fn texts(of: &Interner, a: u32, b: u32) -> Ordering {
    if a == b {
        Ordering::Equal
    } else {
        of.get_opt(a).cmp(&of.get_opt(b))
    }
}

/// The numbers of the fields that are no text: their type, how they are made,
/// and which are allowed.
macro_rules! scalar {
    (version) => {
        u32
    };
    (day) => {
        i32
    };
    (maybe_day) => {
        i32
    };
    (status) => {
        u8
    };
    (answer) => {
        u8
    };
}

mod scalar {
    use super::*;

    pub(super) fn version(version: &u32) -> u32 {
        *version
    }
    pub(super) fn day(date: &NaiveDate) -> i32 {
        super::day(*date)
    }
    pub(super) fn maybe_day(date: &Option<NaiveDate>) -> i32 {
        date.map_or(NO_DAY, super::day)
    }
    pub(super) fn status(status: &SessionFactStatus) -> u8 {
        match status {
            SessionFactStatus::Planned => PLANNED,
            SessionFactStatus::Held => HELD,
            SessionFactStatus::Cancelled => CANCELLED,
        }
    }
    pub(super) fn answer(answer: &Option<bool>) -> u8 {
        answer.map_or(NOT_STATED, u8::from)
    }
}

mod allowed {
    use super::*;
    use crate::indicators::store::date_of;

    pub(super) fn version(_: u32) -> bool {
        true
    }
    pub(super) fn day(day: i32) -> bool {
        date_of(day).is_some()
    }
    pub(super) fn maybe_day(day: i32) -> bool {
        day == NO_DAY || date_of(day).is_some()
    }
    pub(super) fn status(status: u8) -> bool {
        status <= CANCELLED
    }
    pub(super) fn answer(answer: u8) -> bool {
        answer <= NOT_STATED
    }
}

/// The numbers of the fields that are texts.
mod symbol {
    use super::*;

    pub(super) fn key(names: &mut Interner, key: &str) -> u32 {
        names.add(key.trim())
    }
    pub(super) fn text(names: &mut Interner, text: &Option<String>) -> u32 {
        names.add_opt(stated(text.as_deref()))
    }
}

/// Whether a number is that of a text, or of none where none may be.
mod known {
    use super::*;

    pub(super) fn key(symbol: u32, of: &Interner) -> bool {
        (symbol as usize) < of.len()
    }
    pub(super) fn text(symbol: u32, of: &Interner) -> bool {
        symbol == NONE || key(symbol, of)
    }
}

/// The bits of a field. An answer has two: yes, and stated.
mod bits {
    pub(super) fn flag(flag: &bool) -> u32 {
        u32::from(*flag)
    }
    pub(super) use flag as yes_no;
    pub(super) fn answer(answer: &Option<bool>) -> u32 {
        answer.map_or(0, |yes| 2 | u32::from(yes))
    }
}

macro_rules! rows {
    ($(
        $(#[$doc:meta])*
        $fact:ident as $row:ident { $($fields:tt)* }
        $( with { $(#[$edoc:meta])* $embed:ident: $Embed:ident { $($inner:tt)* } } )?
        $( list { $($list:tt)* } )?
        ;
    )*) => { $(
        rows! { @one $row $fact { $($fields)* } $( $embed { $($inner)* } )? }
    )* };

    (@one none $($rest:tt)*) => {};
    (@one $row:ident $fact:ident { $($fields:tt)* } $( $embed:ident { $($inner:tt)* } )?) => {
        rows! {
            @sort $row $fact ids [] version [] scalars [] symbols [] word [] bits [] width (0)
            own { $($fields)* } inner { $( $embed { $($inner)* } )? }
        }
        rows! { @stored $row $fact { $($fields)* } $( $embed { $($inner)* } )? }
    };

    // the fields, sorted by what a row makes of them
    (@sort $row:ident $fact:ident ids $i:tt version $v:tt scalars $s:tt symbols $y:tt word $w:tt bits $b:tt width $n:tt
        own { $(#[$doc:meta])* $name:ident: $kind:ident $(in $names:ident)? $($label:literal)?, $($rest:tt)* } inner $inner:tt) => {
        rows! { @$kind [$name] [$($names)?] $row $fact ids $i version $v scalars $s symbols $y word $w bits $b width $n
            ($name) own { $($rest)* } inner $inner }
    };
    (@sort $row:ident $fact:ident ids $i:tt version $v:tt scalars $s:tt symbols $y:tt word $w:tt bits $b:tt width $n:tt
        own { } inner { $embed:ident { $(#[$doc:meta])* $name:ident: $kind:ident $(in $names:ident)? $($label:literal)?, $($rest:tt)* } }) => {
        rows! { @$kind [$embed.$name] [$($names)?] $row $fact ids $i version $v scalars $s symbols $y word $w bits $b width $n
            ($name) own { } inner { $embed { $($rest)* } } }
    };
    (@id $path:tt [$names:ident] $row:ident $fact:ident ids [] $($rest:tt)*) => {
        rows! { @next $row $fact ids [$names] $($rest)* }
    };
    (@key $path:tt [$names:ident] $row:ident $fact:ident ids $i:tt version $v:tt scalars $s:tt symbols [$($y:tt)*] word $w:tt bits $b:tt width $n:tt ($name:ident) $($rest:tt)*) => {
        rows! { @sort $row $fact ids $i version $v scalars $s symbols [$($y)* ($name key $names $path)] word $w bits $b width $n $($rest)* }
    };
    (@text $path:tt [$names:ident] $row:ident $fact:ident ids $i:tt version $v:tt scalars $s:tt symbols [$($y:tt)*] word $w:tt bits $b:tt width $n:tt ($name:ident) $($rest:tt)*) => {
        rows! { @sort $row $fact ids $i version $v scalars $s symbols [$($y)* ($name text $names $path)] word $w bits $b width $n $($rest)* }
    };
    (@dimension $($rest:tt)*) => { rows! { @text $($rest)* } };
    (@version $path:tt [] $row:ident $fact:ident ids $i:tt version [] scalars [$($s:tt)*] symbols $y:tt word $w:tt bits $b:tt width $n:tt ($name:ident) $($rest:tt)*) => {
        rows! { @sort $row $fact ids $i version [$name] scalars [$($s)* ($name version $path)] symbols $y word $w bits $b width $n $($rest)* }
    };
    (@day $($rest:tt)*) => { rows! { @scalar day $($rest)* } };
    (@maybe_day $($rest:tt)*) => { rows! { @scalar maybe_day $($rest)* } };
    (@status $($rest:tt)*) => { rows! { @scalar status $($rest)* } };
    // an answer of the fact itself is a number, one among flags two bits
    (@answer [$name:ident] $($rest:tt)*) => { rows! { @scalar answer [$name] $($rest)* } };
    (@scalar $kind:ident $path:tt [] $row:ident $fact:ident ids $i:tt version $v:tt scalars [$($s:tt)*] symbols $y:tt word $w:tt bits $b:tt width $n:tt ($name:ident) $($rest:tt)*) => {
        rows! { @sort $row $fact ids $i version $v scalars [$($s)* ($name $kind $path)] symbols $y word $w bits $b width $n $($rest)* }
    };
    (@answer $($rest:tt)*) => { rows! { @bit answer 2 $($rest)* } };
    (@yes_no $($rest:tt)*) => { rows! { @bit yes_no 1 $($rest)* } };
    (@flag $($rest:tt)*) => { rows! { @bit flag 1 $($rest)* } };
    (@bit $kind:ident $wide:literal $path:tt [] $row:ident $fact:ident ids $i:tt version $v:tt scalars $s:tt symbols $y:tt word $w:tt bits [$($b:tt)*] width $n:tt ($name:ident) $($rest:tt)*) => {
        rows! { @sort $row $fact ids $i version $v scalars $s symbols $y word [bits] bits [$($b)* ($name $kind $n $path)] width ($n + $wide) $($rest)* }
    };
    (@next $row:ident $fact:ident ids $i:tt version $v:tt scalars $s:tt symbols $y:tt word $w:tt bits $b:tt width $n:tt ($name:ident) $($rest:tt)*) => {
        rows! { @sort $row $fact ids $i version $v scalars $s symbols $y word $w bits $b width $n $($rest)* }
    };

    (@sort $row:ident $fact:ident ids [$($ids:ident)?] version [$($version:ident)?]
        scalars [$(($s:ident $skind:ident [$($spath:tt)*]))*]
        symbols [$(($y:ident $ykind:ident $names:ident [$($ypath:tt)*]))*]
        word [$($word:ident)?] bits $bits:tt width $width:tt
        own { } inner { $( $embed:ident { } )? }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) struct $row {
            $( pub(crate) $s: scalar!($skind), )*
            $( pub(crate) $y: u32, )*
            $( pub(crate) $word: u32, )?
            pub(crate) source: u32,
            pub(crate) line: u32,
        }

        rows! { @consts $row $bits $width }

        impl $row {
            fn of(fact: &$fact, names: &mut Names, origin: Origin<'_>) -> Self {
                $row {
                    $( $s: scalar::$skind(&fact.$($spath)*), )*
                    $( $y: symbol::$ykind(&mut names.$names, &fact.$($ypath)*), )*
                    $( $word: rows!(@word fact $bits), )?
                    source: names.sources.add(origin.source),
                    line: origin.line,
                }
            }
        }

        impl Row for $row {
            fn version(&self) -> u32 {
                0 $( .max(self.$version) )?
            }
            fn origin<'a>(&self, names: &'a Names) -> Origin<'a> {
                Origin::new(names.sources.get(self.source), self.line)
            }
            fn same(&self, other: &Self) -> bool {
                let content = |row: &Self| $row { source: 0, line: 0, ..*row };
                content(self) == content(other)
            }
            fn content(&self, other: &Self, names: &Names) -> Ordering {
                Ordering::Equal
                    $( .then_with(|| self.$s.cmp(&other.$s)) )*
                    $( .then_with(|| texts(&names.$names, self.$y, other.$y)) )*
                    $( .then_with(|| self.$word.cmp(&other.$word)) )?
            }
            fn translate(&self, maps: &Maps) -> Self {
                $row {
                    $( $y: translate(&maps.$names, self.$y), )*
                    source: translate(&maps.sources, self.source),
                    ..*self
                }
            }
            fn write(&self, to: &mut Writer) {
                $( self.$s.write(to); )*
                $( self.$y.write(to); )*
                $( self.$word.write(to); )?
                self.source.write(to);
                self.line.write(to);
            }
            fn read(from: &mut Reader<'_>, names: &Names) -> Option<Self> {
                Some($row {
                    $( $s: Scalar::read(from).filter(|n| allowed::$skind(*n))?, )*
                    $( $y: Scalar::read(from).filter(|n| known::$ykind(*n, &names.$names))?, )*
                    $( $word: Scalar::read(from).filter(|n| n & !Self::ALL == 0)?, )?
                    source: Scalar::read(from).filter(|n| known::key(*n, &names.sources))?,
                    line: Scalar::read(from)?,
                })
            }
        }

        $(
            impl Identified for $fact {
                fn id(&self) -> &str {
                    self.id.trim()
                }
                fn ids(names: &Names) -> &Interner {
                    &names.$ids
                }
                fn ids_mut(names: &mut Names) -> &mut Interner {
                    &mut names.$ids
                }
            }
        )?
    };
    (@consts $row:ident [] $width:tt) => {};
    (@consts $row:ident [$(($b:ident $kind:ident $shift:tt $path:tt))*] $width:tt) => {
        #[allow(non_upper_case_globals)] // named as the fields
        impl $row {
            $( pub(crate) const $b: u32 = 1 << $shift; )*
            /// Every bit.
            pub(crate) const ALL: u32 = (1 << $width) - 1;
        }
    };
    (@word $fact:ident [$(($b:ident $bkind:ident $shift:tt [$($bpath:tt)*]))*]) => {
        0 $( | bits::$bkind(&$fact.$($bpath)*) << $shift )*
    };

    (@stored $row:ident $fact:ident
        { $( $(#[$fdoc:meta])* $field:ident: $kind:ident $(in $names:ident)? $($label:literal)?, )* }
        $( $embed:ident { $( $(#[$bdoc:meta])* $flag:ident: $fkind:ident $(in $fnames:ident)? $($flabel:literal)?, )* } )?
    ) => {
        impl Stored for $fact {
            type Row = $row;

            fn accepted(&self, by: &mut Acceptance<'_>) -> bool {
                let mut ok = true;
                $( ok &= by.$kind(stringify!($field), &self.$field); )*
                $($( ok &= by.$fkind(stringify!($flag), &self.$embed.$flag); )*)?
                ok
            }
            fn row(&self, names: &mut Names, origin: Origin<'_>) -> $row {
                $row::of(self, names, origin)
            }
        }
    };
}

crate::facts!(rows);

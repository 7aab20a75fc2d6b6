//! The texts behind the numbers of the rows, each kept once.

use super::intern::{Interner, NONE};

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// One table of texts for each kind of key or label.
        #[derive(Clone, Debug, Default)]
        pub(crate) struct Names {
            $($(#[$doc])* pub(crate) $name: Interner,)*
        }

        /// For each number of other [`Names`], the number of the same text here.
        #[derive(Debug)]
        pub(crate) struct Maps {
            $(pub(super) $name: Vec<u32>,)*
        }

        impl Names {
            /// Adds the texts of others; what their numbers are here.
            pub(super) fn absorb(&mut self, other: &Names) -> Maps {
                Maps { $($name: self.$name.absorb(&other.$name),)* }
            }

            /// Gives every table to `write`, in a fixed order, and keeps what
            /// it answers: the numbers of the texts as written.
            pub(super) fn written(&self, mut write: impl FnMut(&Interner) -> Vec<u32>) -> Maps {
                Maps { $($name: write(&self.$name),)* }
            }

            /// Every table, read in the order in which it was written.
            pub(super) fn read(mut read: impl FnMut() -> Option<Interner>) -> Option<Self> {
                Some(Names { $($name: read()?,)* })
            }
        }
    };
}

names! {
    /// Sources of facts.
    sources,
    rcps,
    establishments,
    /// 3C.
    centres,
    themes,
    patients,
    /// Attending physicians.
    physicians,
    /// Professionals who attend.
    professionals,
    specialties,
    /// Ids of sessions, given or only cited.
    sessions,
    fiches,
    pps,
}

/// The number in `map` of a number that may be absent.
pub(super) fn translate(map: &[u32], symbol: u32) -> u32 {
    if symbol == NONE {
        NONE
    } else {
        map[symbol as usize]
    }
}

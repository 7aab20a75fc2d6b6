//! What an expression may give, as far as it is known without running it.

/// A set of kinds of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kind(u8);

impl Kind {
    pub(crate) const NOTHING: Kind = Kind(0);
    pub(crate) const NODE: Kind = Kind(1);
    pub(crate) const STRING: Kind = Kind(2);
    pub(crate) const NUMBER: Kind = Kind(4);
    pub(crate) const BOOLEAN: Kind = Kind(8);
    pub(crate) const OTHER: Kind = Kind(16);

    pub(crate) fn or(self, other: Kind) -> Kind {
        Kind(self.0 | other.0)
    }

    /// Whether an item may be of one of the kinds.
    pub(crate) fn may_be(self, other: Kind) -> bool {
        self.0 & other.0 != 0
    }
}

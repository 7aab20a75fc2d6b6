//! A value of the model under a codec: a writer borrows it, a reader fills it.

use std::ops::Deref;

/// A place of the model. It reads as the value in both directions; only a
/// reader can change it, so that writing needs no copy of the model.
pub enum Slot<'v, T> {
    /// The value of a document that is written.
    Lent(&'v T),
    /// The value that a reader fills, or one made for the occasion.
    Given(&'v mut T),
}

impl<T> Deref for Slot<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Slot::Lent(value) => value,
            Slot::Given(value) => value,
        }
    }
}

impl<'v, T> From<&'v mut T> for Slot<'v, T> {
    fn from(value: &'v mut T) -> Self {
        Slot::Given(value)
    }
}

impl<T> Slot<'_, T> {
    /// A part of the value: see [`slot!`].
    pub fn part<U>(
        &mut self,
        lend: impl FnOnce(&T) -> &U,
        give: impl FnOnce(&mut T) -> &mut U,
    ) -> Slot<'_, U> {
        match self {
            Slot::Lent(value) => Slot::Lent(lend(value)),
            Slot::Given(value) => Slot::Given(give(value)),
        }
    }

    /// Two parts of the value at once: see [`slots!`].
    pub fn parts<U, V>(
        &mut self,
        lend: impl FnOnce(&T) -> (&U, &V),
        give: impl FnOnce(&mut T) -> (&mut U, &mut V),
    ) -> (Slot<'_, U>, Slot<'_, V>) {
        match self {
            Slot::Lent(value) => {
                let (one, other) = lend(value);
                (Slot::Lent(one), Slot::Lent(other))
            }
            Slot::Given(value) => {
                let (one, other) = give(value);
                (Slot::Given(one), Slot::Given(other))
            }
        }
    }

    /// The same place, for a while.
    pub fn by(&mut self) -> Slot<'_, T> {
        match self {
            Slot::Lent(value) => Slot::Lent(value),
            Slot::Given(value) => Slot::Given(value),
        }
    }

    /// Fills it; nothing where the value is only lent.
    pub fn set(&mut self, value: T) {
        if let Some(place) = self.given() {
            *place = value;
        }
    }

    /// The value to fill; none where it is only lent.
    pub fn given(&mut self) -> Option<&mut T> {
        match self {
            Slot::Lent(_) => None,
            Slot::Given(value) => Some(value),
        }
    }
}

/// A part of what a slot holds: `slot!(patient.name.family)`.
macro_rules! slot {
    ($slot:ident $(. $field:tt)+) => {
        $slot.part(|v| &v $(.$field)+, |v| &mut v $(.$field)+)
    };
}

/// Two parts of what a slot holds: `slots!(phase.comment, phase.date)`.
macro_rules! slots {
    ($slot:ident $(. $field:tt)+, $same:ident $(. $other:tt)+) => {
        $slot.parts(
            |$slot| (&$slot $(.$field)+, &$same $(.$other)+),
            |$slot| (&mut $slot $(.$field)+, &mut $same $(.$other)+),
        )
    };
}
pub(crate) use {slot, slots};

/// A value made for the occasion, in either direction.
pub(crate) fn local<T>(value: &mut T) -> Slot<'_, T> {
    Slot::Given(value)
}

//! Lists of rows by group: offsets, then the members of each group.

use super::ints::{put_u32s, u32_at};
use super::narrow::{self, Narrow};

/// A list per group.
#[derive(Clone, Copy, Default)]
pub(crate) struct Lists<'a> {
    /// u32 column, one more than there are groups.
    pub(crate) offsets: &'a [u8],
    /// Narrow table of one cell.
    pub(crate) members: &'a [u8],
}

impl<'a> Lists<'a> {
    /// True when the columns are whole and there are `groups` groups.
    pub(crate) fn is_sound(&self, groups: usize) -> bool {
        self.offsets.len() == (groups + 1) * 4
            && Narrow::<1>::is_sound(self.members)
            && is_ascending(self.offsets)
    }

    /// Where the members of a group stand.
    pub(crate) fn range(&self, group: usize) -> std::ops::Range<usize> {
        let end = Narrow::<1>::new(self.members).len();
        let at = |i| u32_at(self.offsets, i).map_or(0, |n| (n as usize).min(end));
        let (from, to) = (at(group), at(group + 1));
        from..to.max(from)
    }

    /// Members of a group.
    pub(crate) fn of(&self, group: usize) -> impl Iterator<Item = u32> + Clone + use<'a> {
        let members = Narrow::<1>::new(self.members);
        self.range(group)
            .filter_map(move |i| members.row(i))
            .map(|[member]| member)
    }
}

/// True when a u32 column is whole and never goes down: parts that it marks
/// then never overlap, so that reading them all is linear.
pub(crate) fn is_ascending(offsets: &[u8]) -> bool {
    let mut numbers = offsets
        .chunks_exact(4)
        .map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
    let first = numbers.next().unwrap_or(0);
    let ascending = numbers
        .try_fold(first, |last, n| (n >= last).then_some(n))
        .is_some();
    offsets.len() % 4 == 0 && ascending
}

/// Writes the lists of `group_of` (one group per member, members in order;
/// `None` belongs to no group).
pub(crate) fn put_lists(
    groups: usize,
    group_of: impl Iterator<Item = Option<u32>> + Clone,
) -> [Vec<u8>; 2] {
    let (offsets, members) = grouped(groups, group_of);
    let mut first = Vec::with_capacity(offsets.len() * 4);
    put_u32s(&mut first, offsets);
    [first, narrow::put(members.iter().map(|m| [*m]))]
}

/// Offsets and members, by counting.
pub(crate) fn grouped(
    groups: usize,
    group_of: impl Iterator<Item = Option<u32>> + Clone,
) -> (Vec<u32>, Vec<u32>) {
    let mut offsets = vec![0u32; groups + 1];
    for group in group_of.clone().flatten() {
        offsets[group as usize + 1] += 1;
    }
    for i in 0..groups {
        offsets[i + 1] += offsets[i];
    }
    let mut next = offsets.clone();
    let mut members = vec![0u32; offsets[groups] as usize];
    for (member, group) in group_of.enumerate() {
        if let Some(group) = group {
            let place = &mut next[group as usize];
            members[*place as usize] = member as u32;
            *place += 1;
        }
    }
    (offsets, members)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_group_has_its_members_in_order(groups in prop::collection::vec(prop::option::of(0u32..7), 0..99)) {
            let parts = put_lists(7, groups.iter().copied());
            let lists = Lists { offsets: &parts[0], members: &parts[1] };
            prop_assert!(lists.is_sound(7));
            for g in 0..7u32 {
                let expected: Vec<u32> = (0..groups.len() as u32).filter(|&i| groups[i as usize] == Some(g)).collect();
                prop_assert_eq!(lists.of(g as usize).collect::<Vec<_>>(), expected);
            }
        }

        #[test]
        fn any_bytes_are_read_without_panic(offsets: Vec<u8>, members: Vec<u8>, group in 0usize..99) {
            let lists = Lists { offsets: &offsets, members: &members };
            prop_assert!(lists.of(group).count() <= members.len());
        }
    }
}

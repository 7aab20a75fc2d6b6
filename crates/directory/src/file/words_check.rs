//! Whether the bytes of an `fst` can be walked without leaving them.
//!
//! The crate `fst` trusts its bytes and panics on others. A file comes from
//! outside, so every node that can be reached is read once here, with each
//! bound checked, before the crate sees it. The layout is that of version 3
//! of the format of `fst` (crate 0.4).

use super::ints::u64_at;

/// Bytes before the first node: version and type.
const HEADER: usize = 16;
/// Bytes behind the last node: number of words, address of the root, CRC.
const FOOTER: usize = 20;
/// Nodes of more transitions have an index of 256 bytes.
const INDEX_THRESHOLD: usize = 32;

/// True when every node holds together; also bounds each output to 32 bits.
pub(crate) fn is_sound(fst: &[u8]) -> bool {
    let root = fst
        .len()
        .checked_sub(12)
        .and_then(|at| fst.get(at..at + 8))
        .and_then(|bytes| u64_at(bytes, 0));
    if fst.len() < HEADER + FOOTER || u64_at(fst, 0) != Some(3) {
        return false;
    }
    match root {
        Some(0) => fst.len() == HEADER + FOOTER,
        Some(root) => root == (fst.len() - FOOTER - 1) as u64 && walk(fst, root as usize),
        None => false,
    }
}

fn walk(fst: &[u8], root: usize) -> bool {
    let mut seen = vec![0u64; fst.len() / 64 + 1];
    let mut left = vec![root];
    while let Some(addr) = left.pop() {
        let sound = node(fst, addr, addr == root, |target| {
            if seen[target / 64] & (1 << (target % 64)) == 0 {
                seen[target / 64] |= 1 << (target % 64);
                left.push(target);
            }
        });
        if sound.is_none() {
            return false;
        }
    }
    true
}

/// Checks the node whose last byte is at `addr`, and passes on its targets.
fn node(fst: &[u8], addr: usize, is_root: bool, mut target: impl FnMut(usize)) -> Option<()> {
    let state = *fst.get(addr).filter(|_| addr >= HEADER)?;
    let number = |at: usize, size: usize| -> Option<u64> {
        let bytes = fst
            .get(at..at + size)
            .filter(|_| (1..=8).contains(&size) && at >= HEADER)?;
        Some(bytes.iter().rev().fold(0, |n, b| (n << 8) | u64::from(*b)))
    };
    let output = |at: usize, size: usize| -> Option<()> {
        (size == 0 || number(at, size)? <= u64::from(u32::MAX)).then_some(())
    };
    let mut follow = |delta: u64, end: usize| -> Option<()> {
        if delta != 0 {
            let to = end
                .checked_sub(usize::try_from(delta).ok()?)
                .filter(|to| *to >= HEADER)?;
            target(to);
        }
        Some(())
    };
    let input = usize::from(state & 0x3f == 0);
    match state >> 6 {
        // one transition, to the node just before
        0b11 => {
            let end = addr.checked_sub(input).filter(|end| *end > HEADER)?;
            follow(1, end)
        }
        // one transition
        0b10 => {
            let sizes_at = addr.checked_sub(input + 1)?;
            let (tsize, osize) = sizes(*fst.get(sizes_at)?)?;
            let end = sizes_at
                .checked_sub(tsize + osize)
                .filter(|end| *end >= HEADER)?;
            output(end, osize)?;
            follow(number(sizes_at - tsize, tsize)?, end)
        }
        any => {
            let count = match state & 0x3f {
                0 => match *fst.get(addr.checked_sub(1)?)? {
                    1 => 256,
                    n => usize::from(n),
                },
                n => usize::from(n),
            };
            let sizes_at = addr.checked_sub(input + 1)?;
            let (tsize, osize) = sizes(*fst.get(sizes_at)?)?;
            let index = if count > INDEX_THRESHOLD { 256 } else { 0 };
            let is_final = any == 0b01;
            // a dead end would make a search wander; no word at all is one at the root
            if count == 0 && !is_final && !is_root {
                return None;
            }
            let targets = sizes_at.checked_sub(index + count + count * tsize)?;
            let outputs = targets.checked_sub(count * osize)?;
            let end = outputs
                .checked_sub(if is_final { osize } else { 0 })
                .filter(|end| *end >= HEADER)?;
            if is_final {
                output(end, osize)?;
            }
            for i in 0..count {
                output(outputs + i * osize, osize)?;
                follow(number(targets + i * tsize, tsize)?, end)?;
            }
            Some(())
        }
    }
}

fn sizes(byte: u8) -> Option<(usize, usize)> {
    let (t, o) = (usize::from(byte >> 4), usize::from(byte & 0xf));
    (t <= 8 && o <= 8).then_some((t, o))
}

#[cfg(test)]
mod tests {
    use super::*;
    use fst::{IntoStreamer, Streamer};
    use proptest::prelude::*;

    fn words(list: &[String]) -> Vec<u8> {
        let mut sorted = list.to_vec();
        sorted.sort();
        sorted.dedup();
        let mut builder = fst::MapBuilder::memory();
        for (i, word) in sorted.iter().enumerate() {
            builder.insert(word, i as u64 * 1000).expect("sorted");
        }
        builder.into_inner().expect("written")
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn what_fst_writes_is_sound(list in prop::collection::vec("[A-Z]{0,5}|\\PC{0,3}", 0..200)) {
            prop_assert!(is_sound(&words(&list)));
        }

        #[test]
        fn what_is_sound_never_makes_fst_panic(
            list in prop::collection::vec("[A-D]{0,6}", 0..60),
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
            asked in "[A-D]{0,4}",
        ) {
            let mut bytes = words(&list);
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            if is_sound(&bytes) {
                let map = fst::Map::new(&bytes).expect("header");
                let _ = map.get(&asked);
                let mut stream = map.range().ge(&asked).into_stream();
                for _ in 0..1000 {
                    if stream.next().is_none() { break; }
                }
            }
        }

        #[test]
        fn any_bytes_are_checked_without_panic(bytes: Vec<u8>) {
            let _ = is_sound(&bytes);
        }
    }

    #[test]
    fn large_nodes_are_sound() {
        let all: Vec<String> = (0..0x800)
            .filter_map(char::from_u32)
            .map(String::from)
            .collect();
        assert!(is_sound(&words(&all)));
        assert!(!is_sound(&[]));
        assert!(is_sound(&words(&[])) && is_sound(&words(&[String::new()])));
    }
}

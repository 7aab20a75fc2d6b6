//! Numbers in bytes: fixed columns and varints.

/// The `i`th u32 of a column.
#[inline]
pub(crate) fn u32_at(column: &[u8], i: usize) -> Option<u32> {
    let at = i.checked_mul(4)?;
    let bytes = column.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

/// The `i`th u64 of a column.
#[inline]
pub(crate) fn u64_at(column: &[u8], i: usize) -> Option<u64> {
    let at = i.checked_mul(8)?;
    let bytes = column.get(at..at.checked_add(8)?)?;
    Some(u64::from_le_bytes(bytes.try_into().ok()?))
}

/// Row `i` of a table of `N` u32 columns.
#[inline]
pub(crate) fn row_at<const N: usize>(table: &[u8], i: usize) -> Option<[u32; N]> {
    let at = i.checked_mul(4 * N)?;
    let bytes = table.get(at..at.checked_add(4 * N)?)?;
    let mut row = [0; N];
    for (cell, four) in row.iter_mut().zip(bytes.chunks_exact(4)) {
        *cell = u32::from_le_bytes(four.try_into().ok()?);
    }
    Some(row)
}

/// Number of rows of a table of `N` u32 columns.
pub(crate) fn rows<const N: usize>(table: &[u8]) -> usize {
    table.len() / (4 * N)
}

/// Writes a column of u32.
pub(crate) fn put_u32s(out: &mut Vec<u8>, values: impl IntoIterator<Item = u32>) {
    for value in values {
        out.extend_from_slice(&value.to_le_bytes());
    }
}

/// Writes a number in groups of seven bits, the lowest first.
#[inline]
pub(crate) fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Reads a varint at `*at`, which moves behind it.
#[inline]
pub(crate) fn varint(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut value = 0u64;
    for shift in (0..64).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

/// Reads a varint that must fit in 32 bits.
#[inline]
pub(crate) fn varint32(bytes: &[u8], at: &mut usize) -> Option<u32> {
    varint(bytes, at)?.try_into().ok()
}

/// Reads `len` bytes at `*at`, which moves behind them.
#[inline]
pub(crate) fn take<'a>(bytes: &'a [u8], at: &mut usize, len: usize) -> Option<&'a [u8]> {
    let end = at.checked_add(len)?;
    let part = bytes.get(*at..end)?;
    *at = end;
    Some(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_varint_reads_back(value: u64) {
            let mut out = Vec::new();
            put_varint(&mut out, value);
            let mut at = 0;
            assert_eq!(varint(&out, &mut at), Some(value));
            assert_eq!(at, out.len());
        }

        #[test]
        fn any_bytes_are_read_without_panic(bytes: Vec<u8>, at: usize, i: usize) {
            let _ = varint(&bytes, &mut { at });
            let _ = take(&bytes, &mut { at }, i);
            let _ = (u32_at(&bytes, i), u64_at(&bytes, i), row_at::<3>(&bytes, i));
        }
    }
}

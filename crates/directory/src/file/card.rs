//! The record of a card: its type, then six texts.

use super::id;
use super::ints::{put_varint, varint32};

/// Number of texts of the record: number of the card, national identifier in
/// the card, first and last day, day of the opposition, day of the update.
pub(crate) const TEXTS: usize = 6;

/// Writes a card.
pub(crate) fn put(out: &mut Vec<u8>, kind: u32, texts: [&str; TEXTS]) {
    put_varint(out, kind.into());
    for text in texts {
        id::put(out, text);
    }
}

/// Reads the card at `at`.
pub(crate) fn read(cards: &[u8], mut at: usize) -> Option<(u32, [String; TEXTS])> {
    let kind = varint32(cards, &mut at)?;
    let mut texts = <[String; TEXTS]>::default();
    for text in &mut texts {
        *text = id::get(cards, &mut at)?.into_string();
    }
    Some((kind, texts))
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(bytes: Vec<u8>, at: usize) {
            let _ = read(&bytes, at);
        }
    }

    #[test]
    fn a_card_reads_back() {
        let mut out = vec![9];
        put(
            &mut out,
            3,
            [
                "2800636234",
                "810099887761",
                "01/01/2026",
                "31/12/2028",
                "",
                "2026",
            ],
        );
        let (kind, texts) = read(&out, 1).expect("whole");
        assert_eq!(
            (
                kind,
                texts[0].as_str(),
                texts[2].as_str(),
                texts[4].as_str()
            ),
            (3, "2800636234", "01/01/2026", "")
        );
    }
}

//! The attributes inside a start tag, strictly by XML 1.0.

/// One attribute as written: offsets are in the text that was scanned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Raw<'t> {
    pub(super) name: &'t str,
    pub(super) value: &'t str,
}

/// Scans `name="value"` pairs. Each item is an attribute, or the offset of a fault.
pub(super) struct Attributes<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Attributes<'t> {
    /// `text` is what follows the name of the element, up to `>` or `/>`.
    pub(super) fn new(text: &'t str) -> Self {
        Attributes { text, at: 0 }
    }

    fn spaces(&mut self) -> bool {
        let start = self.at;
        let bytes = self.text.as_bytes();
        while matches!(bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
        self.at > start
    }
}

impl<'t> Iterator for Attributes<'t> {
    type Item = Result<Raw<'t>, usize>;

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.text.as_bytes();
        let spaced = self.spaces();
        if self.at == bytes.len() {
            return None;
        }
        let start = self.at;
        if !spaced {
            self.at = bytes.len();
            return Some(Err(start));
        }
        while !matches!(bytes.get(self.at), None | Some(b'=' | b' ' | b'\t' | b'\n')) {
            self.at += 1;
        }
        let name = &self.text[start..self.at];
        self.spaces();
        let equals = bytes.get(self.at) == Some(&b'=');
        self.at += usize::from(equals);
        self.spaces();
        let quote = bytes.get(self.at).copied();
        let (true, Some(quote @ (b'"' | b'\''))) = (equals, quote) else {
            self.at = bytes.len();
            return Some(Err(start));
        };
        let from = self.at + 1;
        let Some(len) = bytes[from..].iter().position(|&b| b == quote) else {
            self.at = bytes.len();
            return Some(Err(start));
        };
        self.at = from + len + 1;
        Some(Ok(Raw {
            name,
            value: &self.text[from..from + len],
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_scanned_strictly() {
        let all = |t| Attributes::new(t).collect::<Vec<_>>();
        let raw = |name, value| Ok(Raw { name, value });
        assert_eq!(
            all(" a=\"1\"\n b = 'x>\"' "),
            [raw("a", "1"), raw("b", "x>\"")]
        );
        assert_eq!(all(" a=\"1\"b='2'"), [raw("a", "1"), Err(6)]);
        assert_eq!(all(" a"), [Err(1)]);
        assert_eq!(all(" a=1"), [Err(1)]);
        assert_eq!(all("  "), []);
    }
}

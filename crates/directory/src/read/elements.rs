//! The elements of one array of a large JSON object, one after the other.
//!
//! Only strings and brackets are followed, so that an edition of any size goes
//! through in bounded memory; each element is then read as JSON.

/// Splits the array that a member of the top object holds.
pub(crate) struct Elements {
    member: &'static str,
    limit: usize,
    depth: usize,
    in_string: bool,
    escaped: bool,
    key: Vec<u8>,
    /// Between a name of the top object and its value.
    named: bool,
    in_array: bool,
    element: Vec<u8>,
    too_long: bool,
    /// True once the array was found.
    pub(crate) found: bool,
    /// True once something stood outside the top object.
    pub(crate) astray: bool,
    closed: bool,
}

impl Elements {
    pub(crate) fn new(member: &'static str, limit: usize) -> Self {
        Elements {
            member,
            limit,
            depth: 0,
            in_string: false,
            escaped: false,
            key: Vec::new(),
            named: false,
            in_array: false,
            element: Vec::new(),
            too_long: false,
            found: false,
            astray: false,
            closed: false,
        }
    }

    /// True when the top object is whole.
    pub(crate) fn is_whole(&self) -> bool {
        self.closed && self.depth == 0
    }

    /// Takes bytes; gives each element that ends there, `None` for one that is
    /// longer than allowed.
    pub(crate) fn feed(&mut self, chunk: &[u8], mut tell: impl FnMut(Option<&[u8]>)) {
        for &byte in chunk {
            self.byte(byte, &mut tell);
        }
    }

    fn byte(&mut self, byte: u8, tell: &mut impl FnMut(Option<&[u8]>)) {
        if self.in_string {
            self.keep(byte);
            if self.escaped {
                self.escaped = false;
            } else if byte == b'\\' {
                self.escaped = true;
            } else if byte == b'"' {
                self.in_string = false;
            } else if self.depth == 1 && !self.named && self.key.len() <= self.member.len() {
                self.key.push(byte);
            }
            return;
        }
        match byte {
            b'"' => {
                self.in_string = true;
                if self.depth == 1 && !self.named {
                    self.key.clear();
                }
                self.keep(byte);
            }
            b'{' | b'[' => {
                self.depth += 1;
                if self.depth == 1 {
                    self.astray |= byte == b'[' || self.closed;
                }
                if self.depth == 2
                    && byte == b'['
                    && self.named
                    && self.key == self.member.as_bytes()
                {
                    (self.in_array, self.found) = (true, true);
                } else {
                    self.keep(byte);
                }
            }
            b'}' | b']' => {
                if self.in_array && self.depth == 2 {
                    self.end_element(tell);
                    self.in_array = false;
                } else {
                    self.keep(byte);
                }
                self.astray |= self.depth == 0;
                self.depth = self.depth.saturating_sub(1);
                self.closed |= self.depth == 0;
            }
            b',' if self.in_array && self.depth == 2 => self.end_element(tell),
            b',' if self.depth == 1 => self.named = false,
            b':' if self.depth == 1 => self.named = true,
            b' ' | b'\t' | b'\r' | b'\n' => self.keep(byte),
            _ => {
                self.astray |= self.depth == 0 && !matches!(byte, 0xef | 0xbb | 0xbf);
                self.keep(byte);
            }
        }
    }

    fn keep(&mut self, byte: u8) {
        if self.in_array && !self.too_long {
            if self.element.len() < self.limit {
                self.element.push(byte);
            } else {
                self.too_long = true;
                self.element = Vec::new();
            }
        }
    }

    fn end_element(&mut self, tell: &mut impl FnMut(Option<&[u8]>)) {
        if std::mem::take(&mut self.too_long) {
            tell(None);
        } else if !self.element.trim_ascii().is_empty() {
            tell(Some(&self.element));
        }
        self.element.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn split(text: &str, size: usize, limit: usize) -> (Vec<Option<Value>>, bool) {
        let mut elements = Elements::new("pmej", limit);
        let mut all = Vec::new();
        for chunk in text.as_bytes().chunks(size) {
            elements.feed(chunk, |e| {
                all.push(e.map(|e| serde_json::from_slice(e).expect("an element")))
            });
        }
        (
            all,
            elements.is_whole() && elements.found && !elements.astray,
        )
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            "[a\"\\\\\\[\\]{},:é]{0,6}".prop_map(Value::from)
        ];
        leaf.prop_recursive(3, 20, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::vec(("[pmej]{0,4}", inner), 0..4)
                    .prop_map(|m| Value::Object(m.into_iter().collect()))
            ]
        })
    }

    proptest! {
        #[test]
        fn elements_are_those_of_the_array(list in prop::collection::vec(value(), 0..5), other in value(), size in 1usize..9, pretty: bool) {
            let whole = json!({"autre": other, "pmej": list, "zz": {"pmej": [1]}});
            let text = if pretty { serde_json::to_string_pretty(&whole) } else { serde_json::to_string(&whole) }.expect("text");
            let (all, sound) = split(&text, size, 100_000);
            prop_assert_eq!(all, list.into_iter().map(Some).collect::<Vec<_>>());
            prop_assert!(sound);
        }

        #[test]
        fn any_bytes_are_split_without_panic(bytes: Vec<u8>) {
            let mut elements = Elements::new("pmej", 10);
            elements.feed(&bytes, |_| ());
        }
    }

    #[test]
    fn what_is_too_long_or_cut_is_seen() {
        let text = r#"{"pmej":[{"a":1},{"b":"xxxxxxxxxxxxxxxxxxxx"},{"c":3}]}"#;
        assert_eq!(
            split(text, 7, 10).0,
            [Some(json!({"a": 1})), None, Some(json!({"c": 3}))]
        );
        assert!(!split(&text[..30], 7, 100).1);
        assert!(!split("[1]", 7, 100).1 && !split("{}", 7, 100).1 && !split("<html>", 7, 100).1);
    }
}

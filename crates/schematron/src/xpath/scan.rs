//! The characters of an expression.

/// Why a text is not an expression of the subset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ParseError {
    /// Offset in the text.
    pub(crate) at: usize,
    pub(crate) message: String,
}

/// A place in the text of an expression.
pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Scanner { text, at: 0 }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn back_to(&mut self, at: usize) {
        self.at = at;
    }

    pub(super) fn error<T>(&self, message: impl Into<String>) -> Result<T, ParseError> {
        Err(ParseError {
            at: self.at,
            message: message.into(),
        })
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Skips blanks and comments.
    pub(super) fn skip(&mut self) {
        loop {
            let trimmed = self.rest().trim_start_matches([' ', '\t', '\n', '\r']);
            self.at = self.text.len() - trimmed.len();
            if !trimmed.starts_with("(:") {
                return;
            }
            let mut depth = 0;
            let mut skipped = trimmed.len();
            let bytes = trimmed.as_bytes();
            let mut i = 0;
            while i + 1 < bytes.len() {
                match &bytes[i..i + 2] {
                    b"(:" => (depth, i) = (depth + 1, i + 2),
                    b":)" => (depth, i) = (depth - 1, i + 2),
                    _ => i += 1,
                }
                if depth == 0 {
                    skipped = i;
                    break;
                }
            }
            self.at += skipped;
            if depth > 0 {
                return;
            }
        }
    }

    pub(super) fn done(&mut self) -> bool {
        self.skip();
        self.at == self.text.len()
    }

    /// Whether the text goes on like this, after blanks.
    pub(super) fn sees(&mut self, token: &str) -> bool {
        self.skip();
        self.rest().starts_with(token)
    }

    pub(super) fn take(&mut self, token: &str) -> bool {
        let seen = self.sees(token);
        if seen {
            self.at += token.len();
        }
        seen
    }

    pub(super) fn expect(&mut self, token: &str) -> Result<(), ParseError> {
        if self.take(token) {
            Ok(())
        } else {
            self.error(format!("« {token} » expected"))
        }
    }

    /// The next character after blanks.
    pub(super) fn peek(&mut self) -> Option<char> {
        self.skip();
        self.rest().chars().next()
    }

    /// The next character as it stands.
    pub(super) fn peek_close(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// An NCName, without moving.
    pub(super) fn sees_name(&mut self) -> Option<&'t str> {
        self.skip();
        let rest = self.rest();
        let inner =
            |c: char| is_start(c) || c.is_ascii_digit() || matches!(c, '-' | '.' | '\u{b7}');
        rest.chars().next().filter(|&c| is_start(c))?;
        let len = rest.find(|c: char| !inner(c)).unwrap_or(rest.len());
        Some(&rest[..len])
    }

    pub(super) fn take_name(&mut self) -> Option<&'t str> {
        let name = self.sees_name()?;
        self.at += name.len();
        Some(name)
    }

    /// Takes a word when it is the whole next name.
    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let seen = self.sees_name() == Some(word);
        if seen {
            self.at += word.len();
        }
        seen
    }

    /// A string literal, its doubled quotes made single.
    pub(super) fn take_string(&mut self) -> Result<Option<String>, ParseError> {
        let Some(quote @ ('"' | '\'')) = self.peek() else {
            return Ok(None);
        };
        let mut out = String::new();
        let mut rest = &self.rest()[1..];
        loop {
            let Some(end) = rest.find(quote) else {
                return self.error("string without its end");
            };
            out.push_str(&rest[..end]);
            rest = &rest[end + 1..];
            match rest.strip_prefix(quote) {
                Some(more) => {
                    out.push(quote);
                    rest = more;
                }
                None => break,
            }
        }
        self.at = self.text.len() - rest.len();
        Ok(Some(out))
    }

    /// A whole number.
    pub(super) fn take_integer(&mut self) -> Result<Option<i64>, ParseError> {
        if !self.peek().is_some_and(|c| c.is_ascii_digit()) {
            return Ok(None);
        }
        let rest = self.rest();
        let len = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        let after = rest[len..].chars().next();
        let number = rest[..len].parse();
        match (number, after) {
            (Ok(number), after) if !after.is_some_and(|c| c == '.' || is_start(c)) => {
                self.at += len;
                Ok(Some(number))
            }
            _ => self.error("only whole numbers are supported"),
        }
    }
}

fn is_start(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_' || (c as u32 >= 0xC0 && c.is_alphabetic())
}

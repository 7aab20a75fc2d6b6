//! Strings: arguments of functions, values of items, texts of messages.

use crate::document::{ATTRIBUTE, TEXT};
use crate::text::Text;
use crate::xpath::{Expr, Id};

use super::fail::{R, WRONG_TYPE, fail};
use super::machine::Eval;
use super::numbers::write_double;
use super::value::{Focus, Item};

/// The text of an atom, as a cast to a string gives it.
pub(super) fn atom_text<'a>(item: Item<'a>) -> R<Text<'a>> {
    Ok(match item {
        Item::Node(node) => node.string_value(),
        Item::Str(text) | Item::Untyped(text) => text,
        Item::Int(n) => n.to_string().into(),
        Item::Double(n) => write_double(n).into(),
        Item::Bool(true) => Text::Borrowed("true"),
        Item::Bool(false) => Text::Borrowed("false"),
        Item::DateTime(at) => at.text.clone().into(),
        Item::QName(_) => return fail(WRONG_TYPE, "the text of a qualified name"),
    })
}

/// Blanks at the ends dropped, runs of blanks made one; only the four blanks of XML count.
pub(super) fn normalize<'a>(text: Text<'a>) -> Text<'a> {
    let blank = |b: u8| matches!(b, b' ' | b'\t' | b'\n' | b'\r');
    let bytes = text.as_bytes();
    let neat = !bytes.first().is_some_and(|&b| blank(b))
        && !bytes.last().is_some_and(|&b| blank(b))
        && !bytes.windows(2).any(|w| {
            (blank(w[0]) && (w[0] != b' ' || blank(w[1]))) || (blank(w[1]) && w[1] != b' ')
        });
    if neat {
        return text;
    }
    let words = text.split([' ', '\t', '\n', '\r']);
    let words: Vec<&str> = words.filter(|w| !w.is_empty()).collect();
    match &words[..] {
        [] => Text::Borrowed(""),
        _ => words.join(" ").into(),
    }
}

impl<'a> Eval<'a> {
    /// An argument that a function wants as `xs:string?`.
    pub(super) fn string(&mut self, id: Id, f: Focus<'a>) -> R<Option<Text<'a>>> {
        match self.expr(id) {
            Expr::Str(text) => return Ok(Some(Text::Borrowed(self.str(text)))),
            Expr::Attr(name) if !f.is_atom() => {
                return Ok(f.attribute(name).map(Focus::string_value));
            }
            _ => {}
        }
        match self.single(id, f)?.map(Item::atom) {
            None => Ok(None),
            Some(Item::Str(text) | Item::Untyped(text)) => Ok(Some(text)),
            Some(_) => fail(WRONG_TYPE, "a string is expected"),
        }
    }

    pub(super) fn string_or_empty(&mut self, id: Id, f: Focus<'a>) -> R<Text<'a>> {
        Ok(self.string(id, f)?.unwrap_or(Text::Borrowed("")))
    }

    /// An argument of `string()` or `concat()`: any single item.
    pub(super) fn text_or_empty(&mut self, id: Id, f: Focus<'a>) -> R<Text<'a>> {
        match self.expr(id) {
            Expr::Str(text) => return Ok(Text::Borrowed(self.str(text))),
            Expr::Attr(name) if !f.is_atom() => {
                let value = f.attribute(name).map(Focus::string_value);
                return Ok(value.unwrap_or(Text::Borrowed("")));
            }
            _ => {}
        }
        match self.single(id, f)? {
            Some(item) => atom_text(item),
            None => Ok(Text::Borrowed("")),
        }
    }

    /// The string value of the context, for functions called without an argument.
    pub(super) fn own_text(&self, f: Focus<'a>) -> R<Text<'a>> {
        atom_text(self.context(f))
    }

    /// What `value-of` writes: the items joined by blanks, texts that follow each other joined without.
    pub(crate) fn write(&mut self, id: Id, f: Focus<'a>, out: &mut String) -> R<()> {
        let mut items = Vec::new();
        self.collect(id, f, &mut items)?;
        let mut first = true;
        let mut after_text = false;
        for item in items {
            let is_text = match &item {
                Item::Node(n) => n.n & ATTRIBUTE == 0 && n.view.doc.node(n.n).name == TEXT,
                _ => false,
            };
            let text = atom_text(item)?;
            if is_text && text.is_empty() {
                continue;
            }
            let joined = first || (is_text && after_text);
            if !joined {
                out.push(' ');
            }
            out.push_str(&text);
            first = false;
            after_text = is_text;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_those_of_xml() {
        let n = |t: &str| normalize(Text::from(t.to_owned())).to_string();
        assert_eq!(n("  a\t\n b "), "a b");
        assert_eq!(n("a b"), "a b");
        assert_eq!(n("a\nb"), "a b");
        assert_eq!(n("\u{a0}a"), "\u{a0}a");
        assert_eq!(n(" \n"), "");
        assert_eq!(n(""), "");
    }
}

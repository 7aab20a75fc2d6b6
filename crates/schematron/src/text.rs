//! A string that is either a piece of a document or shared by those who use it.

use std::ops::Deref;
use std::rc::Rc;

/// A string that costs nothing to copy.
#[derive(Debug, Clone)]
pub(crate) enum Text<'a> {
    Borrowed(&'a str),
    Shared(Rc<str>),
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Text::Borrowed(text) => text,
            Text::Shared(text) => text,
        }
    }
}

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Text::Shared(Rc::from(text))
    }
}

impl<'a> Text<'a> {
    /// A part of the text, by offsets.
    pub(crate) fn slice(&self, from: usize, to: usize) -> Text<'a> {
        match self {
            Text::Borrowed(text) => Text::Borrowed(&text[from..to]),
            Text::Shared(text) if from == 0 && to == text.len() => self.clone(),
            Text::Shared(text) => Text::Shared(Rc::from(&text[from..to])),
        }
    }
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Text<'_> {}

impl std::hash::Hash for Text<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

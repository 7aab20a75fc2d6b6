//! Functions that give strings, and `castable as`.

use hashbrown::HashSet;

use crate::text::Text;
use crate::xpath::{Expr, Func, Id, Type};

use super::dates::DateTime;
use super::fail::{BAD_VALUE, R, WRONG_TYPE, fail};
use super::items::Sink;
use super::machine::Eval;
use super::numbers::is_integer;
use super::strings::{atom_text, normalize};
use super::value::{Focus, Item};

impl<'a> Eval<'a> {
    /// The value of a call that gives a string.
    pub(super) fn string_of(&mut self, id: Id, f: Focus<'a>) -> R<Text<'a>> {
        let pool = self.given.pool;
        let (func, args) = match self.expr(id) {
            Expr::Call(func, args) => (func, pool.list(args)),
            Expr::Replace(text, pattern, by) => return self.replace(text, pattern, by, f),
            _ => return fail(WRONG_TYPE, "a string is expected"),
        };
        Ok(match func {
            Func::String => match args.first() {
                Some(&id) => self.text_or_empty(id, f)?,
                None => self.own_text(f)?,
            },
            Func::NormalizeSpace => match args.first() {
                Some(&id) => normalize(self.string_or_empty(id, f)?),
                None => normalize(self.own_text(f)?),
            },
            Func::Name | Func::LocalName => Text::Borrowed(self.name_of(func, args, f)?),
            Func::Concat => {
                let mut out = String::new();
                for &id in args {
                    out.push_str(&self.text_or_empty(id, f)?);
                }
                out.into()
            }
            Func::StringJoin => {
                let mut items = Vec::new();
                self.collect(args[0], f, &mut items)?;
                let separator = match self.string(args[1], f)? {
                    Some(separator) => separator,
                    None => return fail(WRONG_TYPE, "a string is expected"),
                };
                if items.len() == 1 {
                    return items.pop().map_or(Ok(Text::Borrowed("")), atom_text);
                }
                let mut out = String::new();
                for (i, item) in items.into_iter().enumerate() {
                    if i > 0 {
                        out.push_str(&separator);
                    }
                    out.push_str(&atom_text(item)?);
                }
                out.into()
            }
            Func::Substring => self.substring(args, f)?,
            Func::SubstringBefore => {
                let (text, part) = self.two(args, f)?;
                match text.find(&*part) {
                    Some(at) => text.slice(0, at),
                    None => Text::Borrowed(""),
                }
            }
            Func::SubstringAfter => {
                let (text, part) = self.two(args, f)?;
                match text.find(&*part) {
                    Some(at) => text.slice(at + part.len(), text.len()),
                    None => Text::Borrowed(""),
                }
            }
            Func::IriToUri => iri_to_uri(self.string_or_empty(args[0], f)?),
            _ => return fail(WRONG_TYPE, "a string is expected"),
        })
    }

    fn two(&mut self, args: &[Id], f: Focus<'a>) -> R<(Text<'a>, Text<'a>)> {
        Ok((
            self.string_or_empty(args[0], f)?,
            self.string_or_empty(args[1], f)?,
        ))
    }

    /// `substring(text, start, length)`: places are counted in characters and rounded.
    fn substring(&mut self, args: &[Id], f: Focus<'a>) -> R<Text<'a>> {
        let text = self.string_or_empty(args[0], f)?;
        let start = self.place(args[1], f)?;
        let end = match args.get(2) {
            Some(&length) => start + self.place(length, f)?,
            None => f64::INFINITY,
        };
        let inside = |i: usize| {
            let place = i as f64 + 1.0;
            place >= start && place < end
        };
        let mut places = text.char_indices().enumerate();
        let Some((_, (from, _))) = places.find(|&(i, _)| inside(i)) else {
            return Ok(Text::Borrowed(""));
        };
        let to = places
            .find(|&(i, _)| !inside(i))
            .map_or(text.len(), |(_, (to, _))| to);
        Ok(text.slice(from, to))
    }

    fn place(&mut self, id: Id, f: Focus<'a>) -> R<f64> {
        match self.single(id, f)?.map(Item::atom) {
            Some(Item::Int(n)) => Ok(n as f64),
            // halves are rounded up
            Some(Item::Double(n)) => Ok((n + 0.5).floor()),
            Some(Item::Untyped(text)) => match super::numbers::double(&text) {
                Some(n) => Ok((n + 0.5).floor()),
                None => fail(BAD_VALUE, "a value that is not a number"),
            },
            _ => fail(WRONG_TYPE, "a number is expected"),
        }
    }

    pub(super) fn string_length(&mut self, args: &[Id], f: Focus<'a>) -> R<usize> {
        let text = match args.first() {
            Some(&id) => self.string_or_empty(id, f)?,
            None => self.own_text(f)?,
        };
        Ok(text.chars().count())
    }

    pub(super) fn matches(&mut self, text: Id, pattern: u32, f: Focus<'a>) -> R<bool> {
        let text = self.string_or_empty(text, f)?;
        let regex = self.given.pool.patterns[pattern as usize].regex();
        Ok(regex.is_some_and(|r| r.is_match(&text)))
    }

    pub(super) fn tokenize(
        &mut self,
        text: Id,
        pattern: u32,
        f: Focus<'a>,
        out: &mut Sink<'_, 'a>,
    ) -> R<bool> {
        let text = self.string_or_empty(text, f)?;
        let Some(regex) = self.given.pool.patterns[pattern as usize].regex() else {
            return Ok(false);
        };
        if text.is_empty() {
            return Ok(false);
        }
        let mut from = 0;
        for found in regex.find_iter(&text) {
            let token = text.slice(from, found.start());
            from = found.end();
            if out(self, Item::Str(token))? {
                return Ok(true);
            }
        }
        let last = text.slice(from, text.len());
        out(self, Item::Str(last))
    }

    fn replace(&mut self, text: Id, pattern: u32, by: u32, f: Focus<'a>) -> R<Text<'a>> {
        let text = self.string_or_empty(text, f)?;
        let pool = self.given.pool;
        let Some(regex) = pool.patterns[pattern as usize].regex() else {
            return Ok(text);
        };
        let parts = &pool.replacements[by as usize].parts;
        let mut out = String::new();
        let mut from = 0;
        for groups in regex.captures_iter(&text) {
            let Some(whole) = groups.get(0) else { continue };
            // a text that a single group replaces as a whole stays a piece of itself
            if let ([(before, Some(group))], 0) = (&parts[..], whole.start())
                && before.is_empty()
                && whole.end() == text.len()
            {
                return Ok(match groups.get(*group as usize) {
                    Some(found) => text.slice(found.start(), found.end()),
                    None => Text::Borrowed(""),
                });
            }
            out.push_str(&text[from..whole.start()]);
            for (before, group) in parts {
                out.push_str(before);
                let found = group.and_then(|g| groups.get(g as usize));
                out.push_str(found.map_or("", |g| g.as_str()));
            }
            from = whole.end();
        }
        if from == 0 && out.is_empty() {
            return Ok(text);
        }
        out.push_str(&text[from..]);
        Ok(out.into())
    }

    pub(super) fn date_time(&mut self, id: Id, f: Focus<'a>) -> R<Option<DateTime>> {
        match self.single(id, f)?.map(Item::atom) {
            None => Ok(None),
            Some(Item::Str(text) | Item::Untyped(text)) => match DateTime::parse(&text) {
                Some(at) => Ok(Some(at)),
                None => fail(BAD_VALUE, "a text that is not an xs:dateTime"),
            },
            Some(Item::DateTime(at)) => Ok(Some((*at).clone())),
            Some(_) => fail(WRONG_TYPE, "a text is expected"),
        }
    }

    pub(super) fn castable(&mut self, to: Type, id: Id, f: Focus<'a>) -> R<bool> {
        let mut first = None;
        let more = self.each(id, f, &mut |_, item| {
            let more = first.is_some();
            if !more {
                first = Some(item);
            }
            Ok(more)
        })?;
        if more {
            return Ok(false);
        }
        Ok(match (first.map(Item::atom), to) {
            (None, _) => false,
            (Some(Item::Str(text) | Item::Untyped(text)), to) => match to {
                Type::Integer => is_integer(&text),
                Type::DateTime => DateTime::parse(&text).is_some(),
                Type::AnyUri => true,
            },
            (Some(Item::Int(_) | Item::Bool(_)), Type::Integer) => true,
            (Some(Item::Double(n)), Type::Integer) => n.is_finite(),
            (Some(Item::DateTime(_)), Type::DateTime) => true,
            _ => false,
        })
    }

    pub(super) fn distinct_values(
        &mut self,
        id: Id,
        f: Focus<'a>,
        out: &mut Sink<'_, 'a>,
    ) -> R<bool> {
        let mut items = Vec::new();
        self.collect(id, f, &mut items)?;
        let mut texts: HashSet<Text<'a>, foldhash::fast::FixedState> = HashSet::default();
        let mut others: Vec<Item<'a>> = Vec::new();
        for item in items.into_iter().map(Item::atom) {
            let new = match &item {
                Item::Str(text) | Item::Untyped(text) => texts.insert(text.clone()),
                other => {
                    self.tick(others.len() as u64)?;
                    let same = |o: &Item<'a>| super::compare::same(o, other);
                    let new = !others.iter().any(same);
                    others.push(other.clone());
                    new
                }
            };
            if new && out(self, item)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Everything that a URI may not hold, written as percent and bytes.
fn iri_to_uri(text: Text<'_>) -> Text<'_> {
    let stays = |b: u8| (0x21..0x7f).contains(&b) && !b"<>\"{}|\\^`".contains(&b);
    if text.bytes().all(stays) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 8);
    for b in text.bytes() {
        if stays(b) {
            out.push(char::from(b));
        } else {
            out.push_str(&format!("%{b:02X}"));
        }
    }
    out.into()
}

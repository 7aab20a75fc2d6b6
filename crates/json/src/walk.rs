//! Every text of a value, without writing it.

use std::fmt::{self, Display, Write};

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use crate::path;

/// What a visit is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Leaf<'t> {
    /// A text.
    Text(&'t str),
    /// A number that has no JSON form: infinite, or not a number.
    NotFinite,
}

/// Where a leaf stands.
#[derive(Debug)]
pub struct Place<'p>(&'p [Step]);

impl Place<'_> {
    /// Its JSON pointer.
    pub fn pointer(&self) -> String {
        let mut out = String::new();
        for step in self.0 {
            match step {
                Step::Name(name) => path::push(&mut out, name),
                Step::Key(key) => path::push(&mut out, key),
                Step::Rank(rank) => {
                    let _ = write!(out, "/{rank}");
                }
            }
        }
        out
    }
}

#[derive(Debug)]
enum Step {
    Name(&'static str),
    Key(String),
    Rank(usize),
}

/// Shows each text of a value, and each number without a JSON form, in order.
pub fn walk<T: Serialize + ?Sized>(value: &T, visit: &mut dyn FnMut(&Place<'_>, Leaf<'_>)) {
    let mut walker = Walker {
        steps: Vec::new(),
        text: String::new(),
        visit,
    };
    // a type that refuses to be written is shown up to there
    let _ = value.serialize(&mut walker);
}

struct Walker<'v> {
    steps: Vec<Step>,
    text: String,
    visit: &'v mut dyn FnMut(&Place<'_>, Leaf<'_>),
}

impl Walker<'_> {
    fn show(&mut self, leaf: Leaf<'_>) {
        (self.visit)(&Place(&self.steps), leaf);
    }

    fn under<T: Serialize + ?Sized>(&mut self, step: Step, value: &T) -> fmt::Result {
        self.steps.push(step);
        let result = value.serialize(&mut *self);
        self.steps.pop();
        result
    }

    fn list(&mut self) -> Items<'_, Self> {
        Items {
            walker: self,
            rank: 0,
            deep: false,
        }
    }

    fn variant(&mut self, variant: &'static str) -> Items<'_, Self> {
        self.steps.push(Step::Name(variant));
        Items {
            walker: self,
            rank: 0,
            deep: true,
        }
    }
}

/// The items or fields of a value; `deep` below the name of a variant.
struct Items<'w, W> {
    walker: &'w mut W,
    rank: usize,
    deep: bool,
}

impl Items<'_, Walker<'_>> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
        let rank = self.rank;
        self.rank += 1;
        self.walker.under(Step::Rank(rank), value)
    }

    fn close(self) -> fmt::Result {
        if self.deep {
            self.walker.steps.pop();
        }
        Ok(())
    }
}

macro_rules! skip {
    ($($method:ident($of:ty);)*) => {$(
        fn $method(self, _: $of) -> fmt::Result { Ok(()) }
    )*};
}

impl<'w, 'v> Serializer for &'w mut Walker<'v> {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Items<'w, Walker<'v>>;
    type SerializeTuple = Items<'w, Walker<'v>>;
    type SerializeTupleStruct = Items<'w, Walker<'v>>;
    type SerializeTupleVariant = Items<'w, Walker<'v>>;
    type SerializeMap = Items<'w, Walker<'v>>;
    type SerializeStruct = Items<'w, Walker<'v>>;
    type SerializeStructVariant = Items<'w, Walker<'v>>;

    skip! {
        serialize_bool(bool); serialize_i8(i8); serialize_i16(i16); serialize_i32(i32);
        serialize_i64(i64); serialize_u8(u8); serialize_u16(u16); serialize_u32(u32);
        serialize_u64(u64); serialize_bytes(&[u8]); serialize_unit_struct(&'static str);
    }

    fn serialize_f32(self, n: f32) -> fmt::Result {
        self.serialize_f64(f64::from(n))
    }

    fn serialize_f64(self, n: f64) -> fmt::Result {
        if !n.is_finite() {
            self.show(Leaf::NotFinite);
        }
        Ok(())
    }

    fn serialize_char(self, c: char) -> fmt::Result {
        self.show(Leaf::Text(c.encode_utf8(&mut [0; 4])));
        Ok(())
    }

    fn serialize_str(self, text: &str) -> fmt::Result {
        self.show(Leaf::Text(text));
        Ok(())
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> fmt::Result {
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        write!(text, "{value}")?;
        self.show(Leaf::Text(&text));
        self.text = text;
        Ok(())
    }

    fn serialize_none(self) -> fmt::Result {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_unit(self) -> fmt::Result {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> fmt::Result {
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> fmt::Result {
        self.under(Step::Name(variant), value)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, fmt::Error> {
        Ok(self.list())
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, fmt::Error> {
        Ok(self.list())
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, fmt::Error> {
        Ok(self.list())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, fmt::Error> {
        Ok(self.variant(variant))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, fmt::Error> {
        Ok(self.list())
    }

    fn serialize_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStruct, fmt::Error> {
        Ok(self.list())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, fmt::Error> {
        Ok(self.variant(variant))
    }
}

macro_rules! items {
    ($($of:ident $method:ident;)*) => {$(
        impl $of for Items<'_, Walker<'_>> {
            type Ok = ();
            type Error = fmt::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
                self.item(value)
            }

            fn end(self) -> fmt::Result {
                self.close()
            }
        }
    )*};
}
items! {
    SerializeSeq serialize_element;
    SerializeTuple serialize_element;
    SerializeTupleStruct serialize_field;
    SerializeTupleVariant serialize_field;
}

macro_rules! fields {
    ($($of:ident)*) => {$(
        impl $of for Items<'_, Walker<'_>> {
            type Ok = ();
            type Error = fmt::Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> fmt::Result {
                self.walker.under(Step::Name(name), value)
            }

            fn end(self) -> fmt::Result {
                self.close()
            }
        }
    )*};
}
fields! { SerializeStruct SerializeStructVariant }

impl SerializeMap for Items<'_, Walker<'_>> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> fmt::Result {
        let mut name = String::new();
        walk(key, &mut |_, leaf| {
            if let Leaf::Text(text) = leaf {
                name.push_str(text);
            }
        });
        self.walker.steps.push(Step::Key(name));
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
        let result = value.serialize(&mut *self.walker);
        self.walker.steps.pop();
        result
    }

    fn end(self) -> fmt::Result {
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    use super::*;

    #[derive(Serialize)]
    struct Form {
        name: &'static str,
        pair: (u8, &'static str),
        maybe: Option<&'static str>,
        many: Vec<Kind>,
        map: BTreeMap<&'static str, &'static str>,
        number: f64,
        after: char,
    }

    #[derive(Serialize)]
    enum Kind {
        Empty,
        One(&'static str),
        Two(u8, &'static str),
        Named { text: &'static str },
    }

    #[test]
    fn the_texts_and_places_are_those_of_the_json() {
        let form = |number| Form {
            name: "a",
            pair: (1, "b"),
            maybe: Some("c"),
            many: vec![
                Kind::Empty,
                Kind::One("d"),
                Kind::Two(2, "e"),
                Kind::Named { text: "f" },
            ],
            map: BTreeMap::from([("k/~", "g")]),
            number,
            after: 'h',
        };
        let mut texts = Vec::new();
        let mut odd = Vec::new();
        walk(&form(f64::NAN), &mut |place, leaf| match leaf {
            Leaf::Text(text) => texts.push((place.pointer(), text.to_owned())),
            Leaf::NotFinite => odd.push(place.pointer()),
        });
        assert_eq!(odd, ["/number"]);
        let json = serde_json::to_value(form(0.5)).unwrap();
        let all: String = texts.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(all, "abcdefgh");
        for (pointer, text) in &texts {
            assert_eq!(json.pointer(pointer).unwrap(), text.as_str(), "{pointer}");
        }
    }
}

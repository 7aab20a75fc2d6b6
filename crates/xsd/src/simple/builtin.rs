//! The built-in types of XML Schema 1.0 and what may be written for each.

use std::borrow::Cow;

use super::lexical::Lexical;
use super::value::{self, Decimal, Value};
use super::{chars, date, uri};

/// What is done to blanks before a value is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Whitespace {
    Preserve,
    Replace,
    Collapse,
}

macro_rules! builtins {
    ($($variant:ident $name:literal $base:ident $french:literal;)*) => {
        /// A built-in atomic type.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum Builtin { $(#[doc = $name] $variant,)* }

        impl Builtin {
            /// All, each after the type it derives from.
            pub(crate) const ALL: &'static [Builtin] = &[$(Builtin::$variant),*];

            /// Its local name in the namespace of XML Schema.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Builtin::$variant => $name,)* }
            }

            /// The type it derives from; itself for `anySimpleType`.
            pub(crate) fn base(self) -> Builtin {
                match self { $(Builtin::$variant => Builtin::$base,)* }
            }

            /// What it stands for, in French.
            pub(crate) fn french(self) -> &'static str {
                match self { $(Builtin::$variant => $french,)* }
            }
        }
    };
}

builtins! {
    AnySimple "anySimpleType" AnySimple "un texte";
    String "string" AnySimple "un texte";
    NormalizedString "normalizedString" String "un texte";
    Token "token" NormalizedString "un texte";
    Language "language" Token "un code de langue (par exemple fr ou fr-FR)";
    Nmtoken "NMTOKEN" Token "un mot sans espace (NMTOKEN)";
    Name "Name" Token "un nom XML (Name)";
    NcName "NCName" Name "un nom XML sans deux-points (NCName)";
    Id "ID" NcName "un identifiant unique dans le document (ID)";
    IdRef "IDREF" NcName "une référence à un identifiant (IDREF)";
    Entity "ENTITY" NcName "le nom d'une entité";
    Boolean "boolean" AnySimple "true, false, 1 ou 0";
    Decimal "decimal" AnySimple "un nombre décimal";
    Integer "integer" Decimal "un nombre entier";
    NonPositive "nonPositiveInteger" Integer "un nombre entier négatif ou nul";
    Negative "negativeInteger" NonPositive "un nombre entier strictement négatif";
    Long "long" Integer "un nombre entier (64 bits)";
    Int "int" Long "un nombre entier (32 bits)";
    Short "short" Int "un nombre entier (16 bits)";
    Byte "byte" Short "un nombre entier de -128 à 127";
    NonNegative "nonNegativeInteger" Integer "un nombre entier positif ou nul";
    Positive "positiveInteger" NonNegative "un nombre entier strictement positif";
    UnsignedLong "unsignedLong" NonNegative "un nombre entier positif ou nul (64 bits)";
    UnsignedInt "unsignedInt" UnsignedLong "un nombre entier positif ou nul (32 bits)";
    UnsignedShort "unsignedShort" UnsignedInt "un nombre entier de 0 à 65535";
    UnsignedByte "unsignedByte" UnsignedShort "un nombre entier de 0 à 255";
    Float "float" AnySimple "un nombre";
    Double "double" AnySimple "un nombre";
    AnyUri "anyURI" AnySimple "une URI";
    QName "QName" AnySimple "un nom XML dont le préfixe est déclaré (QName)";
    HexBinary "hexBinary" AnySimple "des octets en hexadécimal";
    Base64 "base64Binary" AnySimple "des octets en base64";
    DateTime "dateTime" AnySimple "une date et une heure (AAAA-MM-JJThh:mm:ss)";
    Date "date" AnySimple "une date (AAAA-MM-JJ)";
    Time "time" AnySimple "une heure (hh:mm:ss)";
    GYear "gYear" AnySimple "une année (AAAA)";
    GYearMonth "gYearMonth" AnySimple "une année et un mois (AAAA-MM)";
    GMonth "gMonth" AnySimple "un mois (--MM)";
    GMonthDay "gMonthDay" AnySimple "un mois et un jour (--MM-JJ)";
    GDay "gDay" AnySimple "un jour (---JJ)";
    Duration "duration" AnySimple "une durée (par exemple P1DT12H)";
}

impl Builtin {
    /// The primitive type, or `decimal`, `string`… from which it derives.
    pub(crate) fn primitive(self) -> Builtin {
        let mut builtin = self;
        while builtin.base() != Builtin::AnySimple {
            builtin = builtin.base();
        }
        builtin
    }

    /// True for dates, times and durations.
    pub(crate) fn is_date(self) -> bool {
        self.date_kind().is_some()
    }

    fn date_kind(self) -> Option<date::Kind> {
        Some(match self {
            Builtin::DateTime => date::Kind::DateTime,
            Builtin::Date => date::Kind::Date,
            Builtin::Time => date::Kind::Time,
            Builtin::GYear => date::Kind::GYear,
            Builtin::GYearMonth => date::Kind::GYearMonth,
            Builtin::GMonth => date::Kind::GMonth,
            Builtin::GMonthDay => date::Kind::GMonthDay,
            Builtin::GDay => date::Kind::GDay,
            Builtin::Duration => date::Kind::Duration,
            _ => return None,
        })
    }

    pub(crate) fn whitespace(self) -> Whitespace {
        match self {
            Builtin::AnySimple | Builtin::String => Whitespace::Preserve,
            Builtin::NormalizedString => Whitespace::Replace,
            _ => Whitespace::Collapse,
        }
    }

    /// True for the types whose blanks libxml2 leaves to the type, when no
    /// pattern, enumeration, list or union asks for clean values.
    pub(crate) fn treats_blanks(self) -> bool {
        self.is_date() || matches!(self, Builtin::Float | Builtin::Double)
    }

    /// True when `value`, its blanks already treated, may be written.
    pub(crate) fn accepts(self, value: &str, lexical: &Lexical<'_>) -> bool {
        match self {
            Builtin::AnySimple | Builtin::String | Builtin::NormalizedString | Builtin::Token => {
                true
            }
            Builtin::Language => language(value),
            Builtin::Nmtoken => !value.is_empty() && value.chars().all(chars::is_name_char),
            Builtin::Name => name(value),
            Builtin::NcName | Builtin::Id | Builtin::IdRef => ncname(value),
            // entities are never declared: documents have no DTD
            Builtin::Entity => false,
            Builtin::Boolean => matches!(value, "true" | "false" | "1" | "0"),
            Builtin::AnyUri => uri::is_uri(value),
            Builtin::QName => qname(value, lexical),
            other => match other.date_kind() {
                Some(kind) => date::is_date(kind, value),
                None => other.number_or_bytes(value).is_some(),
            },
        }
    }

    fn number_or_bytes(self, text: &str) -> Option<Value> {
        match self {
            Builtin::Float | Builtin::Double => value::double(text).map(Value::Double),
            Builtin::HexBinary => value::hex(text).map(Value::Bytes),
            Builtin::Base64 => value::base64(text).map(Value::Bytes),
            _ => {
                let number = Decimal::parse(text, self != Builtin::Decimal)?;
                let bound = |text: &str| Decimal::parse(text, true);
                let (low, high) = self.bounds();
                let fits = low.and_then(bound).is_none_or(|low| number >= low)
                    && high.and_then(bound).is_none_or(|high| number <= high);
                fits.then_some(Value::Decimal(number))
            }
        }
    }

    fn bounds(self) -> (Option<&'static str>, Option<&'static str>) {
        match self {
            Builtin::NonPositive => (None, Some("0")),
            Builtin::Negative => (None, Some("-1")),
            Builtin::NonNegative => (Some("0"), None),
            Builtin::Positive => (Some("1"), None),
            Builtin::Long => (Some("-9223372036854775808"), Some("9223372036854775807")),
            Builtin::Int => (Some("-2147483648"), Some("2147483647")),
            Builtin::Short => (Some("-32768"), Some("32767")),
            Builtin::Byte => (Some("-128"), Some("127")),
            Builtin::UnsignedLong => (Some("0"), Some("18446744073709551615")),
            Builtin::UnsignedInt => (Some("0"), Some("4294967295")),
            Builtin::UnsignedShort => (Some("0"), Some("65535")),
            Builtin::UnsignedByte => (Some("0"), Some("255")),
            _ => (None, None),
        }
    }

    /// The value written, when it is one of the type.
    pub(crate) fn value(self, text: &str, lexical: &Lexical<'_>) -> Option<Value> {
        if !self.accepts(text, lexical) {
            return None;
        }
        match self.primitive() {
            Builtin::Boolean => Some(Value::Bool(matches!(text, "true" | "1"))),
            Builtin::Decimal
            | Builtin::Float
            | Builtin::Double
            | Builtin::HexBinary
            | Builtin::Base64 => self.number_or_bytes(text),
            _ => Some(Value::Text(text.to_owned())),
        }
    }
}

impl Whitespace {
    /// `value` with its blanks replaced or collapsed.
    pub(crate) fn apply(self, value: &str) -> Cow<'_, str> {
        let blank = |b: u8| matches!(b, b' ' | b'\t' | b'\n' | b'\r');
        match self {
            Whitespace::Preserve => Cow::Borrowed(value),
            Whitespace::Replace if value.bytes().any(|b| b != b' ' && blank(b)) => {
                Cow::Owned(value.replace(['\t', '\n', '\r'], " "))
            }
            Whitespace::Replace => Cow::Borrowed(value),
            Whitespace::Collapse => {
                let bytes = value.as_bytes();
                let mut clean = true;
                let mut previous = true;
                for &b in bytes {
                    let now = blank(b);
                    if now && (previous || b != b' ') {
                        clean = false;
                        break;
                    }
                    previous = now;
                }
                if clean && (bytes.is_empty() || !previous) {
                    return Cow::Borrowed(value);
                }
                let words: Vec<&str> = words(value).collect();
                Cow::Owned(words.join(" "))
            }
        }
    }
}

/// The items of a list.
pub(crate) fn words(value: &str) -> impl Iterator<Item = &str> {
    value
        .split([' ', '\t', '\n', '\r'])
        .filter(|w| !w.is_empty())
}

fn name(value: &str) -> bool {
    value.chars().next().is_some_and(chars::is_name_start) && value.chars().all(chars::is_name_char)
}

fn ncname(value: &str) -> bool {
    name(value) && !value.contains(':')
}

fn qname(value: &str, lexical: &Lexical<'_>) -> bool {
    match value.split_once(':') {
        None => ncname(value),
        Some((prefix, local)) => {
            ncname(prefix) && ncname(local) && lexical.namespace(prefix).is_some()
        }
    }
}

fn language(value: &str) -> bool {
    let mut parts = value.split('-');
    let size = |p: &str| (1..=8).contains(&p.len());
    parts
        .next()
        .is_some_and(|p| size(p) && p.bytes().all(|b| b.is_ascii_alphabetic()))
        && parts.all(|p| size(p) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

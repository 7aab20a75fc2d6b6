//! The place of a value in a message.

use std::fmt;
use std::str::FromStr;

use dcc_base::problem::Problem;

use crate::rules;

/// The place of a value (*chemin*): `PID`, `PID-3`, `PID-3(2)`, `PID-3(2).4.1`,
/// `OBX[3]-5`.
///
/// Ranks begin at 1. The rank of a segment among those of its name, and that
/// of a repetition, are not written when they are 1.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Path {
    /// Name of the segment.
    pub segment: String,
    /// Rank among the segments of this name.
    pub occurrence: usize,
    /// Field; 0 for the whole segment.
    pub field: usize,
    /// Repetition; 1 when not written.
    pub repetition: usize,
    /// Component; 0 for the whole field.
    pub component: usize,
    /// Subcomponent; 0 for the whole component.
    pub subcomponent: usize,
}

impl Path {
    /// A whole segment.
    pub fn segment(name: impl Into<String>, occurrence: usize) -> Self {
        Path {
            segment: name.into(),
            occurrence: occurrence.max(1),
            field: 0,
            repetition: 1,
            component: 0,
            subcomponent: 0,
        }
    }

    /// A field of a segment, in its first repetition.
    #[must_use]
    pub fn field(mut self, field: usize) -> Self {
        self.field = field;
        self
    }

    /// A repetition of a field.
    #[must_use]
    pub fn repetition(mut self, repetition: usize) -> Self {
        self.repetition = repetition.max(1);
        self
    }

    /// A component of a field.
    #[must_use]
    pub fn component(mut self, component: usize) -> Self {
        self.component = component;
        self
    }

    /// A subcomponent of a component.
    #[must_use]
    pub fn subcomponent(mut self, subcomponent: usize) -> Self {
        self.subcomponent = subcomponent;
        self
    }

    /// The components of ERR-2 (HL7 `ERL`): segment, its rank, field,
    /// repetition, component, subcomponent, cut where the path stops.
    pub fn erl(&self) -> Vec<String> {
        let mut parts = vec![self.segment.clone(), self.occurrence.to_string()];
        if self.field > 0 {
            parts.extend([self.field.to_string(), self.repetition.to_string()]);
        }
        if self.component > 0 {
            parts.push(self.component.to_string());
        }
        if self.subcomponent > 0 {
            parts.push(self.subcomponent.to_string());
        }
        parts
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.segment)?;
        if self.occurrence > 1 {
            write!(f, "[{}]", self.occurrence)?;
        }
        if self.field > 0 {
            write!(f, "-{}", self.field)?;
            if self.repetition > 1 {
                write!(f, "({})", self.repetition)?;
            }
            if self.component > 0 {
                write!(f, ".{}", self.component)?;
                if self.subcomponent > 0 {
                    write!(f, ".{}", self.subcomponent)?;
                }
            }
        }
        Ok(())
    }
}

/// True for the name of a segment: a capital letter, then two capital letters or digits.
pub(crate) fn is_segment_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.len() == 3
        && bytes[0].is_ascii_uppercase()
        && bytes[1..]
            .iter()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

impl FromStr for Path {
    type Err = Problem;

    /// Reads what [`Path`] displays.
    ///
    /// # Errors
    /// `HL7-CHEMIN`.
    fn from_str(text: &str) -> Result<Self, Problem> {
        parse(text).ok_or_else(|| {
            Problem::new(&rules::PATH, "").found(text).allowed([
                "PID",
                "PID-3",
                "PID-3(2).4.1",
                "OBX[3]-5",
            ])
        })
    }
}

fn parse(text: &str) -> Option<Path> {
    let name = text.get(..3).filter(|name| is_segment_name(name))?;
    let (occurrence, rest) = rank(&text[3..], '[', ']')?;
    let mut path = Path::segment(name, occurrence.unwrap_or(1));
    if rest.is_empty() {
        return Some(path);
    }
    let rest = rest.strip_prefix('-')?;
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    path.field = number(&rest[..end])?;
    let (repetition, rest) = rank(&rest[end..], '(', ')')?;
    path.repetition = repetition.unwrap_or(1);
    if rest.is_empty() {
        return Some(path);
    }
    let mut ranks = rest.strip_prefix('.')?.split('.');
    path.component = number(ranks.next()?)?;
    if let Some(subcomponent) = ranks.next() {
        path.subcomponent = number(subcomponent)?;
    }
    ranks.next().is_none().then_some(path)
}

/// A rank between two marks, when there is one, and what follows.
fn rank(text: &str, open: char, close: char) -> Option<(Option<usize>, &str)> {
    let Some(inside) = text.strip_prefix(open) else {
        return Some((None, text));
    };
    let (digits, rest) = inside.split_once(close)?;
    Some((Some(number(digits)?), rest))
}

fn number(digits: &str) -> Option<usize> {
    let short = (1..=9).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    short
        .then(|| digits.parse().ok())
        .flatten()
        .filter(|n| *n > 0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_read_as_it_is_written() {
        for text in [
            "PID",
            "PID-3",
            "PID-3(2)",
            "PID-3(2).4.1",
            "OBX[3]-5",
            "ZFD-1.2",
        ] {
            assert_eq!(text.parse::<Path>().unwrap().to_string(), text);
        }
        let first: Path = "PID[1]-3(1).4".parse().unwrap();
        assert_eq!(first.to_string(), "PID-3.4");
        for wrong in [
            "",
            "pid",
            "PID-",
            "PID-0",
            "PID3",
            "PID-3.",
            "PID-3.1.2.3",
            "PID-3()",
            "PIé-1",
            "PID-99999999999",
        ] {
            assert_eq!(
                wrong.parse::<Path>().unwrap_err().code,
                "HL7-CHEMIN",
                "{wrong}"
            );
        }
    }

    #[test]
    fn the_place_of_an_error_in_an_acknowledgement() {
        let erl = |text: &str| text.parse::<Path>().unwrap().erl().join("^");
        assert_eq!(erl("PID-3(2).4.1"), "PID^1^3^2^4^1");
        assert_eq!(erl("PID[2]"), "PID^2");
        assert_eq!(erl("MSH-12"), "MSH^1^12^1");
    }
}

//! The delimiters that MSH-1 and MSH-2 declare.

use dcc_base::problem::Problem;

use crate::rules;

/// The delimiters of a message (*délimiteurs*): MSH-1 and MSH-2.
///
/// The default is that of HL7, `|` and `^~\&`. A message may declare fewer of
/// them: what it does not declare, it cannot contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Delimiters {
    /// Between fields (*champs*): MSH-1.
    pub field: char,
    /// Between components (*composants*).
    pub component: char,
    /// Between repetitions (*répétitions*).
    pub repetition: Option<char>,
    /// Around escape sequences (*échappement*).
    pub escape: Option<char>,
    /// Between subcomponents (*sous-composants*).
    pub subcomponent: Option<char>,
    /// Marks a truncated value, from HL7 v2.7 on (*troncature*).
    pub truncation: Option<char>,
}

impl Default for Delimiters {
    fn default() -> Self {
        Delimiters {
            field: '|',
            component: '^',
            repetition: Some('~'),
            escape: Some('\\'),
            subcomponent: Some('&'),
            truncation: None,
        }
    }
}

impl Delimiters {
    /// The delimiters of a message from what stands after its first `MSH`, with the length in
    /// bytes of MSH-1 and MSH-2 together.
    pub(crate) fn read(after: &str) -> Result<(Self, usize), Problem> {
        let mut chars = after.chars();
        let field = chars.next().unwrap_or('\r');
        let encoding: &str = chars.as_str();
        let end = encoding.find([field, '\r', '\n']).unwrap_or(encoding.len());
        let encoding = &encoding[..end];
        let mut marks = encoding.chars();
        let fault = || Problem::new(&rules::DELIMITERS, "MSH-2").allowed([r"^~\&"]);
        let delimiters = Delimiters {
            field,
            component: marks.next().ok_or_else(fault)?,
            repetition: marks.next(),
            escape: marks.next(),
            subcomponent: marks.next(),
            truncation: marks.next(),
        };
        let all = delimiters.all();
        let wrong = all.iter().enumerate().any(|(i, c)| {
            c.is_alphanumeric()
                || c.is_control()
                || *c == '"'
                || !c.is_ascii()
                || all[..i].contains(c)
        });
        if wrong || marks.next().is_some() {
            return Err(fault().found(encoding.chars().take(12).collect::<String>()));
        }
        Ok((delimiters, field.len_utf8() + end))
    }

    /// MSH-2: the delimiters other than the first, `^~\&`.
    pub fn encoding_characters(&self) -> String {
        self.all()[1..].iter().collect()
    }

    /// All those declared, MSH-1 first.
    pub(crate) fn all(&self) -> Vec<char> {
        let mut all = vec![self.field, self.component];
        let rest = [
            self.repetition,
            self.escape,
            self.subcomponent,
            self.truncation,
        ];
        all.extend(rest.iter().map_while(|c| *c));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_msh_declares_is_what_is_used() {
        let read = |text: &str| Delimiters::read(text);
        assert_eq!(read(r"|^~\&|A"), Ok((Delimiters::default(), 5)));
        assert_eq!(read(r"|^~\&#|A").map(|d| d.0.truncation), Ok(Some('#')));
        let other = read("#:*!;#A").map(|d| d.0.encoding_characters());
        assert_eq!(other.as_deref(), Ok(":*!;"));
        let few = read("|^|A").map(|d| d.0);
        assert_eq!(few.map(|d| (d.repetition, d.escape)), Ok((None, None)));
        for wrong in [
            "",
            "|",
            "||",
            "|^^\\&|",
            "|^~\\A|",
            "|^~\\&#%|",
            "|é~\\&|",
            "|^|~|",
        ] {
            let told = read(wrong).err().map(|p| p.code);
            if wrong != "|^|~|" {
                assert_eq!(told, Some("HL7-DELIMITEURS"), "{wrong}");
            }
        }
    }
}

//! The character set that MSH-18 declares (HL7 table 0211).

use dcc_base::problem::Problem;

use crate::rules;

/// A character set of a message (*jeu de caractères*).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Charset {
    /// `UNICODE UTF-8`.
    #[default]
    Utf8,
    /// `8859/15` (Latin 9, with œ and €).
    Latin9,
    /// `8859/1` (Latin 1).
    Latin1,
    /// `ASCII`, the default of HL7.
    Ascii,
}

/// Where 8859/15 differs from 8859/1.
const LATIN9: [(u8, char); 8] = [
    (0xA4, '€'),
    (0xA6, 'Š'),
    (0xA8, 'š'),
    (0xB4, 'Ž'),
    (0xB8, 'ž'),
    (0xBC, 'Œ'),
    (0xBD, 'œ'),
    (0xBE, 'Ÿ'),
];

impl Charset {
    /// Every set read and written.
    pub const ALL: [Charset; 4] = [
        Charset::Utf8,
        Charset::Latin9,
        Charset::Latin1,
        Charset::Ascii,
    ];

    /// The value of MSH-18.
    pub fn hl7(self) -> &'static str {
        match self {
            Charset::Utf8 => "UNICODE UTF-8",
            Charset::Latin9 => "8859/15",
            Charset::Latin1 => "8859/1",
            Charset::Ascii => "ASCII",
        }
    }

    /// The set named by a value of MSH-18; the spellings `UTF-8`, `UNICODE`
    /// and `ISO-8859-15` that senders use are understood too.
    pub fn from_hl7(name: &str) -> Option<Self> {
        match name.trim().to_ascii_uppercase().as_str() {
            "UNICODE UTF-8" | "UTF-8" | "UTF8" | "UNICODE" => Some(Charset::Utf8),
            "8859/15" | "ISO-8859-15" | "ISO8859-15" | "8859-15" => Some(Charset::Latin9),
            "8859/1" | "ISO-8859-1" | "ISO8859-1" | "8859-1" => Some(Charset::Latin1),
            "ASCII" | "US-ASCII" | "ISO IR6" => Some(Charset::Ascii),
            _ => None,
        }
    }

    /// Bytes to text.
    ///
    /// # Errors
    /// `HL7-ENCODAGE`, with the place of the first byte that is none of this set.
    pub fn decode(self, bytes: &[u8]) -> Result<String, Problem> {
        let fault = |at: usize| {
            Problem::new(&rules::CHARSET, "MSH-18")
                .message(format!(
                    "l'octet {} du message n'est pas un caractère du jeu {}",
                    at + 1,
                    self.hl7()
                ))
                .found(format!("{:02X}", bytes.get(at).copied().unwrap_or(0)))
        };
        match self {
            Charset::Utf8 => match std::str::from_utf8(bytes) {
                Ok(text) => Ok(text.to_owned()),
                Err(error) => Err(fault(error.valid_up_to())),
            },
            Charset::Ascii => match bytes.iter().position(|b| !b.is_ascii()) {
                Some(at) => Err(fault(at)),
                None => Ok(bytes.iter().map(|b| char::from(*b)).collect()),
            },
            Charset::Latin1 => Ok(bytes.iter().map(|b| char::from(*b)).collect()),
            Charset::Latin9 => Ok(bytes
                .iter()
                .map(|b| {
                    let other = LATIN9.iter().find(|(byte, _)| byte == b);
                    other.map_or(char::from(*b), |(_, c)| *c)
                })
                .collect()),
        }
    }

    /// Text to bytes; the first character that the set does not have.
    ///
    /// # Errors
    /// That character, with its place in the text, in bytes.
    pub fn encode(self, text: &str) -> Result<Vec<u8>, (usize, char)> {
        if self == Charset::Utf8 || text.is_ascii() {
            return Ok(text.as_bytes().to_vec());
        }
        let mut bytes = Vec::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            bytes.push(self.byte(c).ok_or((at, c))?);
        }
        Ok(bytes)
    }

    /// True when the set has this character.
    pub fn has(self, c: char) -> bool {
        self == Charset::Utf8 || self.byte(c).is_some()
    }

    fn byte(self, c: char) -> Option<u8> {
        let byte = u8::try_from(u32::from(c)).ok();
        match self {
            Charset::Utf8 | Charset::Ascii => byte.filter(u8::is_ascii),
            Charset::Latin1 => byte,
            Charset::Latin9 => {
                if let Some((byte, _)) = LATIN9.iter().find(|(_, other)| *other == c) {
                    return Some(*byte);
                }
                byte.filter(|b| LATIN9.iter().all(|(taken, _)| taken != b))
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_comes_back() {
        let bytes: Vec<u8> = (0..=255).collect();
        for set in [Charset::Latin1, Charset::Latin9] {
            let text = set.decode(&bytes).unwrap();
            assert_eq!(set.encode(&text).unwrap(), bytes);
        }
        assert_eq!(Charset::Latin9.decode(&[0xBD, 0xA4, 0xE9]).unwrap(), "œ€é");
        assert_eq!(Charset::Latin1.encode("aœ"), Err((1, 'œ')));
        assert_eq!(Charset::Latin9.encode("½"), Err((0, '½')));
    }

    #[test]
    fn the_first_wrong_byte_is_placed() {
        let fault = Charset::Utf8.decode(b"ab\xE9c").unwrap_err();
        assert!(fault.message.contains("octet 3"), "{fault}");
        assert_eq!(fault.found.as_deref(), Some("E9"));
        assert!(Charset::Ascii.decode("é".as_bytes()).is_err());
    }

    #[test]
    fn the_names_of_table_0211() {
        for set in Charset::ALL {
            assert_eq!(Charset::from_hl7(set.hl7()), Some(set));
        }
        assert_eq!(Charset::from_hl7("UNICODE UTF-16"), None);
    }
}

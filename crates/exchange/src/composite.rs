//! The composite strings of HL7 v2.5 that XDS metadata are made of: persons
//! (XCN), organisations (XON) and identifiers (CX).
//!
//! They are kept as text, so that what a foreign system wrote is read back
//! as it was; the components are read out of it on demand.
//! Source: IHE ITI TF-3 4.2.3.1.7; forms of the CI-SIS: volet « Partage de
//! documents de santé », logical models of the DMP in FHIR (PDSm4DMP).

use std::fmt;

use serde::{Deserialize, Serialize};

/// The component of a composite, from 1, unescaped.
fn component(text: &str, rank: usize) -> String {
    unescape(text.split('^').nth(rank - 1).unwrap_or_default())
}

/// The subcomponent of a component, from 1, unescaped.
fn subcomponent(text: &str, rank: usize, sub: usize) -> String {
    let component = text.split('^').nth(rank - 1).unwrap_or_default();
    unescape(component.split('&').nth(sub - 1).unwrap_or_default())
}

/// Joins components, without the empty ones at the end.
fn join(components: &[&str]) -> String {
    components.join("^").trim_end_matches('^').to_owned()
}

/// The text with one space for each run of white space, and the separators of
/// HL7 v2 as escape sequences.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_after_space = true;
    for c in text.trim().chars() {
        let is_space = c.is_whitespace() || c.is_control();
        match c {
            _ if is_space && is_after_space => {}
            _ if is_space => out.push(' '),
            '\\' => out.push_str("\\E\\"),
            '|' => out.push_str("\\F\\"),
            '^' => out.push_str("\\S\\"),
            '&' => out.push_str("\\T\\"),
            '~' => out.push_str("\\R\\"),
            c => out.push(c),
        }
        is_after_space = is_space;
    }
    out
}

/// The text of an escaped one; an unknown sequence stays as it is.
pub(crate) fn unescape(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('\\') {
        out.push_str(&rest[..start]);
        let tail = &rest[start..];
        let known = [
            ("\\E\\", '\\'),
            ("\\F\\", '|'),
            ("\\S\\", '^'),
            ("\\T\\", '&'),
            ("\\R\\", '~'),
        ];
        match known
            .iter()
            .find(|(sequence, _)| tail.starts_with(sequence))
        {
            Some((sequence, c)) => {
                out.push(*c);
                rest = &tail[sequence.len()..];
            }
            None => {
                out.push('\\');
                rest = &tail[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// A composite kept as text, whose values never show in `Debug`.
macro_rules! composite {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The composite as a foreign system wrote it.
            pub fn from_text(text: impl Into<String>) -> Self {
                $name(text.into())
            }

            /// The composite as XDS writes it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

composite! {
    /// A person or a device (XCN).
    Xcn
}
composite! {
    /// An organisation (XON).
    Xon
}
composite! {
    /// An identifier (CX).
    Cx
}

impl Xcn {
    /// A person: national identifier, names, OID of the register. An
    /// identifier with a `/` (structure and local number) is of type `EI`,
    /// another of type `IDNPS`.
    pub fn person(id: &str, family: &str, given: &str, oid: &str) -> Self {
        let kind = if id.contains('/') { "EI" } else { "IDNPS" };
        Self::of([id, family, given], oid, "D", kind)
    }

    /// A patient who is an author, by the INS.
    pub fn patient(ins: &str, family: &str, given: &str, oid: &str) -> Self {
        Self::of([ins, family, given], oid, "D", "NH")
    }

    /// A device or a system: `structure/number`, name, model.
    pub fn device(id: &str, name: &str, model: &str, oid: &str) -> Self {
        Self::of([id, name, model], oid, "U", "RI")
    }

    fn of([id, family, given]: [&str; 3], oid: &str, name_type: &str, id_type: &str) -> Self {
        let (id, family, given) = (escape(id), escape(family), escape(given));
        let (authority, id_type) = if id.is_empty() || oid.is_empty() {
            (String::new(), "")
        } else {
            (format!("&{}&ISO", escape(oid)), id_type)
        };
        Xcn(join(&[
            &id, &family, &given, "", "", "", "", "", &authority, name_type, "", "", id_type,
        ]))
    }

    /// *Identifiant* (XCN.1).
    pub fn id(&self) -> String {
        component(&self.0, 1)
    }

    /// *Nom* (XCN.2).
    pub fn family(&self) -> String {
        component(&self.0, 2)
    }

    /// *Prénom* (XCN.3).
    pub fn given(&self) -> String {
        component(&self.0, 3)
    }

    /// OID of the register of the identifier (XCN.9).
    pub fn authority(&self) -> String {
        subcomponent(&self.0, 9, 2)
    }

    /// Type of the identifier (XCN.13): `IDNPS`, `EI`, `RI`, `NH`.
    pub fn id_type(&self) -> String {
        component(&self.0, 13)
    }
}

impl Xon {
    /// An organisation: name, OID of the register, identifier. With `idnst`,
    /// the type `IDNST` stands in XON.7 (volet), without it the component is
    /// empty (official XDM samples). Without an identifier, only the name.
    pub fn new(name: &str, oid: &str, id: &str, idnst: bool) -> Self {
        let name = escape(name);
        if id.is_empty() {
            return Xon(name);
        }
        let authority = if oid.is_empty() {
            String::new()
        } else {
            format!("&{}&ISO", escape(oid))
        };
        let kind = if idnst { "IDNST" } else { "" };
        Xon(join(&[
            &name,
            "",
            "",
            "",
            "",
            &authority,
            kind,
            "",
            "",
            &escape(id),
        ]))
    }

    /// *Nom* (XON.1).
    pub fn name(&self) -> String {
        component(&self.0, 1)
    }

    /// OID of the register of the identifier (XON.6).
    pub fn authority(&self) -> String {
        subcomponent(&self.0, 6, 2)
    }

    /// *Identifiant* (XON.10).
    pub fn id(&self) -> String {
        component(&self.0, 10)
    }
}

impl Cx {
    /// An identifier, the OID of its authority and its type (`NH` for the
    /// INS, `PI` for the number of a patient in a hospital; empty for none).
    pub fn new(id: &str, oid: &str, kind: &str) -> Self {
        Cx(join(&[
            &escape(id),
            "",
            "",
            &format!("&{}&ISO", escape(oid)),
            kind,
        ]))
    }

    /// *Identifiant* (CX.1).
    pub fn id(&self) -> String {
        component(&self.0, 1)
    }

    /// OID of the authority (CX.4).
    pub fn authority(&self) -> String {
        subcomponent(&self.0, 4, 2)
    }

    /// Type of the identifier (CX.5).
    pub fn kind(&self) -> String {
        component(&self.0, 5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_the_volet() {
        let person = Xcn::person("801234567897", "MULLER", "Charles ", "1.2.250.1.71.4.2.1");
        assert_eq!(
            person.as_str(),
            "801234567897^MULLER^Charles^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS"
        );
        assert_eq!(person.authority(), "1.2.250.1.71.4.2.1");
        assert_eq!(Xcn::person("3750/12", "A", "B", "1.2").id_type(), "EI");
        let structure = Xon::new("Centre", "1.2.250.1.71.4.2.2", "1490000049", true);
        assert_eq!(
            structure.as_str(),
            "Centre^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^1490000049"
        );
        assert_eq!(structure.id(), "1490000049");
        assert_eq!(Xon::new("Centre", "", "", true).as_str(), "Centre");
        let ins = Cx::new("279035121518989", "1.2.250.1.213.1.4.10", "NH");
        assert_eq!(
            ins.as_str(),
            "279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH"
        );
        assert_eq!(
            Xcn::person("", "LILOU", "V", "").as_str(),
            "^LILOU^V^^^^^^^D"
        );
    }

    #[test]
    fn separators_in_a_name_are_read_back() {
        let name = r"A^B & C|D~E\F";
        let structure = Xon::new(name, "1.2", "9", true);
        assert_eq!(structure.name(), name);
        assert_eq!(structure.id(), "9");
        assert_eq!(unescape(r"a\.br\b"), r"a\.br\b");
        assert_eq!(escape(" a \r\n\t b "), "a b");
    }

    #[test]
    fn no_value_shows_in_debug() {
        let shown = format!("{:?}", Xcn::person("8", "MULLER", "Charles", "1.2"));
        assert_eq!(shown, "Xcn(…)");
    }
}

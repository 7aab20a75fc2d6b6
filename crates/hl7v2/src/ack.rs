//! The acknowledgement of a message (*accusé de réception*): MSH, MSA, ERR.

use dcc_base::problem::{Problem, Problems, Severity};

use crate::draft::Draft;
use crate::message::Message;
use crate::path::Path;

/// MSA-1 (HL7 table 0008).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AckCode {
    /// `AA`: accepted.
    Accept,
    /// `AE`: the content is in error.
    Error,
    /// `AR`: refused (not a message for this receiver, or it failed).
    Reject,
}

impl AckCode {
    /// The code of MSA-1.
    pub fn hl7(self) -> &'static str {
        match self {
            AckCode::Accept => "AA",
            AckCode::Error => "AE",
            AckCode::Reject => "AR",
        }
    }
}

/// What an acknowledgement carries besides what it takes from the message:
/// MSH-3 to 6 crossed, MSH-11, 12, 17 and 18 copied, MSA-2 = MSH-10.
///
/// Problems become ERR segments: ERR-2 the place, ERR-3 the code of HL7 table
/// 0357, ERR-4 the severity, ERR-5 the code of the rule, ERR-8 its text in
/// French. What was found is never copied: an acknowledgement goes to journals.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Ack {
    /// MSA-1.
    pub code: AckCode,
    /// MSH-10 of the acknowledgement, given by the caller.
    pub control_id: String,
    /// MSH-7, `AAAAMMJJHHMMSS`, given by the caller.
    pub time: String,
    /// What was wrong with the message.
    pub problems: Problems,
    /// ERR-3 of the blocking problems, code and label; default `207`.
    pub error: (String, String),
    /// ERR-5.3: name of the table of the codes of ERR-5, when they are another's.
    pub error_table: Option<String>,
}

impl Ack {
    /// The acknowledgement that `problems` call for: accepted when none is blocking.
    pub fn new(control_id: impl Into<String>, time: impl Into<String>, problems: Problems) -> Self {
        let code = if problems.has_blocking() {
            AckCode::Error
        } else {
            AckCode::Accept
        };
        Ack {
            code,
            control_id: control_id.into(),
            time: time.into(),
            problems,
            error: ("207".to_owned(), "Application internal error".to_owned()),
            error_table: None,
        }
    }

    /// Writes the acknowledgement of `message`, in its character set. A
    /// character that this set does not have becomes `?` in the texts of ERR.
    ///
    /// # Errors
    /// As for [`Draft::write`].
    pub fn write(&self, message: &Message) -> Result<Vec<u8>, Problems> {
        let header = message.header();
        let copy = |field: usize| header.field(field).raw().to_owned();
        let mut draft = Draft::new()
            .in_charset(message.charset())
            .with_delimiters(*message.delimiters());
        let msh = draft.segment("MSH");
        for (to, from) in [
            (3, 5),
            (4, 6),
            (5, 3),
            (6, 4),
            (11, 11),
            (12, 12),
            (17, 17),
            (18, 18),
        ] {
            let value = copy(from);
            if to != 18_u16 || !value.is_empty() {
                msh.raw(to, value);
            }
        }
        let event = header.field(9).component(2).text().into_owned();
        msh.set(7, &self.time)
            .set((9, 1), "ACK")
            .set((9, 2), event)
            .set((9, 3), "ACK");
        msh.set(10, &self.control_id);
        draft
            .segment("MSA")
            .set(1, self.code.hl7())
            .raw(2, copy(10));
        for problem in &self.problems {
            self.error(&mut draft, problem, message);
        }
        draft.write()
    }

    fn error(&self, draft: &mut Draft, problem: &Problem, message: &Message) {
        let representable = |text: &str| -> String {
            text.chars()
                .map(|c| if message.charset().has(c) { c } else { '?' })
                .collect()
        };
        let err = draft.segment("ERR");
        if let Ok(path) = problem.path.parse::<Path>() {
            for (i, part) in (1..).zip(path.erl()) {
                err.set((2, i), part);
            }
        }
        let blocking = problem.severity == Severity::Blocking;
        let (code, label) = if blocking {
            (self.error.0.as_str(), self.error.1.as_str())
        } else {
            ("0", "Message accepted")
        };
        err.set((3, 1), code)
            .set((3, 2), representable(label))
            .set((3, 3), "HL70357");
        err.set(4, if blocking { "E" } else { "W" });
        err.set((5, 1), problem.code)
            .set_some((5, 3), self.error_table.as_deref());
        err.set(8, representable(&problem.message));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{ReadOptions, rules};

    #[test]
    fn an_acknowledgement_crosses_the_applications_and_places_the_errors() {
        let bytes = b"MSH|^~\\&|RIS|CH|DPI|CH&1.2|20260303||ADT^A28^ADT_A05|M7|P|2.5^FRA^2.11|||||FRA|8859/1\r";
        let message = Message::read(bytes, &ReadOptions::default()).unwrap();
        let mut problems = Problems::new();
        problems.push(Problem::new(&rules::WRITE, "PID-3(2).4.1").found("279035121518989"));
        problems.push(Problem::new(&rules::LINE_END, "").message("à cœur"));
        let ack = Ack::new("A1", "20260303120000", problems);
        let text = ack.write(&message).unwrap();
        let text: String = text.iter().map(|b| char::from(*b)).collect();
        assert_eq!(
            text,
            "MSH|^~\\&|DPI|CH&1.2|RIS|CH|20260303120000||ACK^A28^ACK|A1|P|2.5^FRA^2.11|||||FRA|8859/1\r\
             MSA|AE|M7\r\
             ERR||PID^1^3^2^4^1|207^Application internal error^HL70357|E|HL7-ECRITURE|||La valeur ne peut pas être écrite à cette place\r\
             ERR|||0^Message accepted^HL70357|W|HL7-FIN-DE-SEGMENT|||à c?ur\r"
        );
        let none = Ack::new("A1", "20260303", Problems::new())
            .write(&message)
            .unwrap();
        assert!(none.ends_with(b"MSA|AA|M7\r"));
    }
}

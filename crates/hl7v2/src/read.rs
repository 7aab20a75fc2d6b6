//! Bytes to a message.

use std::collections::HashMap;

use dcc_base::problem::{Problem, Problems};

use crate::charset::Charset;
use crate::delimiters::Delimiters;
use crate::escape;
use crate::message::{Cut, Message};
use crate::path::{Path, is_segment_name};
use crate::rules;

/// How a message is read, and the bounds of what is accepted.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReadOptions {
    /// Largest message, in bytes. Default 64 MB.
    pub max_bytes: usize,
    /// Most segments. Default 100 000.
    pub max_segments: usize,
    /// Most fields, all segments together. Default 1 million.
    pub max_fields: usize,
    /// Most warnings kept; more are counted. Default 100.
    pub max_warnings: usize,
    /// Character set of a message without MSH-18 that is not valid UTF-8.
    /// Default 8859/15.
    pub fallback: Charset,
}

impl Default for ReadOptions {
    fn default() -> Self {
        ReadOptions {
            max_bytes: 64 << 20,
            max_segments: 100_000,
            max_fields: 1_000_000,
            max_warnings: 100,
            fallback: Charset::Latin9,
        }
    }
}

impl Message {
    /// Reads one message.
    ///
    /// Tolerated, with a warning: segments ended by LF or CR LF, blank lines,
    /// a byte order mark, MLLP marks left around the message, MSH-18 missing,
    /// unknown escape sequences, control characters.
    ///
    /// # Errors
    /// `HL7-ENTETE`, `HL7-DELIMITEURS`, `HL7-ENCODAGE`, `HL7-SEGMENT` (every
    /// line that is not a segment), `HL7-LIMITE`.
    pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Message, Problems> {
        if bytes.len() > options.max_bytes {
            return Err(limit("octets", bytes.len(), options.max_bytes).into());
        }
        let bytes = trim(bytes);
        if !bytes.starts_with(b"MSH") {
            return Err(Problem::new(&rules::HEADER, "MSH").into());
        }
        let mut warnings = Problems::new();
        let charset = charset(bytes, options, &mut warnings)?;
        let text = charset.decode(bytes)?;
        let (delimiters, head) = Delimiters::read(&text[3..])?;
        let mut reader = Reader {
            options,
            delimiters,
            charset,
            head,
            problems: Problems::new(),
            warnings,
            left_out: 0,
            occurrences: HashMap::new(),
            segments: Vec::new(),
            fields: Vec::new(),
        };
        reader.lines(&text)?;
        if reader.problems.has_blocking() {
            return Err(reader.problems);
        }
        if reader.left_out > 0 {
            let more = format!(
                "{} autres avertissements ne sont pas montrés",
                reader.left_out
            );
            reader
                .warnings
                .push(Problem::new(&rules::ESCAPE, "").message(more));
        }
        Ok(Message {
            delimiters,
            charset,
            segments: reader.segments,
            fields: reader.fields,
            warnings: reader.warnings,
            text,
        })
    }
}

fn limit(what: &str, found: usize, most: usize) -> Problem {
    Problem::new(&rules::LIMIT, "")
        .message(format!("le message a trop de {what}"))
        .found(found)
        .allowed([format!("{most} au plus")])
}

/// Without a byte order mark, MLLP marks, and blank lines at the ends.
fn trim(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let blank = |b: &u8| matches!(b, b'\r' | b'\n' | b' ' | 0x0B | 0x1C);
    let start = bytes.iter().position(|b| !blank(b)).unwrap_or(bytes.len());
    let end = bytes
        .iter()
        .rposition(|b| !matches!(b, b'\r' | b'\n' | 0x1C))
        .map_or(start, |i| i + 1);
    &bytes[start..end.max(start)]
}

/// The character set that MSH-18 declares, checked against the bytes.
fn charset(
    bytes: &[u8],
    options: &ReadOptions,
    warnings: &mut Problems,
) -> Result<Charset, Problem> {
    let msh = bytes
        .split(|b| matches!(b, b'\r' | b'\n'))
        .next()
        .unwrap_or_default();
    let separator = msh.get(3).copied().unwrap_or(b'|');
    let declared = msh.split(|b| *b == separator).nth(17).unwrap_or_default();
    // MSH-2 has the mark of repetition in second place
    let mark = msh.get(5).copied().unwrap_or(b'~');
    let first = declared.split(|b| *b == mark).next().unwrap_or_default();
    let utf8 = std::str::from_utf8(bytes).is_ok();
    if first.is_empty() {
        if bytes.is_ascii() {
            return Ok(Charset::Ascii);
        }
        let taken = if utf8 {
            Charset::Utf8
        } else {
            options.fallback
        };
        warnings.push(
            Problem::new(&rules::CHARSET_DOUBT, "MSH-18")
                .message(format!(
                    "MSH-18 est vide : le message est lu en {}",
                    taken.hl7()
                ))
                .allowed(Charset::ALL.map(Charset::hl7)),
        );
        return Ok(taken);
    }
    let name = String::from_utf8_lossy(first);
    let Some(declared) = Charset::from_hl7(&name) else {
        return Err(Problem::new(&rules::CHARSET, "MSH-18")
            .message("le jeu de caractères déclaré en MSH-18 n'est pas lu")
            .found(name.chars().take(40).collect::<String>())
            .allowed(Charset::ALL.map(Charset::hl7)));
    };
    if matches!(declared, Charset::Latin1 | Charset::Latin9) && utf8 && !bytes.is_ascii() {
        warnings.push(
            Problem::new(&rules::CHARSET_DOUBT, "MSH-18")
                .message("le message est déclaré en 8859, mais ses octets forment de l'UTF-8")
                .found(declared.hl7())
                .allowed([Charset::Utf8.hl7()]),
        );
    }
    Ok(declared)
}

struct Reader<'o> {
    options: &'o ReadOptions,
    delimiters: Delimiters,
    charset: Charset,
    /// Length of MSH-1 and MSH-2.
    head: usize,
    problems: Problems,
    warnings: Problems,
    left_out: usize,
    occurrences: HashMap<[u8; 3], usize>,
    segments: Vec<Cut>,
    fields: Vec<std::ops::Range<usize>>,
}

impl Reader<'_> {
    fn lines(&mut self, text: &str) -> Result<(), Problem> {
        let mut start = 0;
        let mut feeds = false;
        for line in text.split(['\r', '\n']) {
            let end = start + line.len();
            feeds |= text[end..].starts_with('\n');
            if !line.trim().is_empty() {
                self.segment(text, start, line)?;
            }
            start = end + 1;
        }
        if feeds {
            let problem = Problem::new(&rules::LINE_END, "MSH")
                .found("LF")
                .allowed(["CR"]);
            self.warn(problem);
        }
        Ok(())
    }

    fn segment(&mut self, text: &str, start: usize, line: &str) -> Result<(), Problem> {
        let rank = self.segments.len() + 1;
        if rank > self.options.max_segments {
            return Err(limit("segments", rank, self.options.max_segments));
        }
        let name = line.get(..3).filter(|name| is_segment_name(name));
        let after = line.get(3..).and_then(|rest| rest.chars().next());
        let delimited = after.is_none_or(|c| c == self.delimiters.field);
        let Some(name) = name.filter(|_| delimited) else {
            return self.not_a_segment(rank);
        };
        if name == "MSH" && rank > 1 {
            self.problems
                .push(Problem::new(&rules::HEADER, "MSH[2]").message(
                "un second segment MSH suit le premier : plusieurs messages sont à lire un à un",
            ));
        }
        let key = name.as_bytes().try_into().unwrap_or(*b"???");
        let occurrence = self.occurrences.entry(key).or_default();
        *occurrence += 1;
        let occurrence = *occurrence;
        let first = self.fields.len();
        let end = start + line.len();
        let body = if name == "MSH" && rank == 1 {
            let msh2 = start + 3 + self.delimiters.field.len_utf8();
            self.fields.push(start + 3..msh2);
            self.fields.push(msh2..start + 3 + self.head);
            start + 3 + self.head
        } else {
            start + 3
        };
        if body < end {
            // the first piece is what stands before the first delimiter: nothing
            let mut at = body + 1;
            for piece in text[at..end].split(self.delimiters.field) {
                self.fields.push(at..at + piece.len());
                at += piece.len() + 1;
                if self.fields.len() > self.options.max_fields {
                    let found = self.fields.len();
                    return Err(limit("champs", found, self.options.max_fields));
                }
            }
        }
        let cut = Cut {
            span: start..end,
            occurrence,
            fields: first..self.fields.len(),
        };
        self.doubts(text, Path::segment(name, occurrence), &cut, rank == 1);
        self.segments.push(cut);
        Ok(())
    }

    fn not_a_segment(&mut self, rank: usize) -> Result<(), Problem> {
        if self.problems.len() >= self.options.max_warnings {
            return Err(limit(
                "segments faux",
                self.problems.len() + 1,
                self.options.max_warnings,
            ));
        }
        self.problems.push(
            Problem::new(&rules::SEGMENT, format!("ligne {rank}")).message(
                "cette ligne n'est pas un segment : un texte sur plusieurs lignes s'écrit avec \\.br\\ \
                 ou \\X0D\\",
            ),
        );
        // its place is kept, so that the ranks of the others stay true
        self.segments.push(Cut {
            span: 0..0,
            occurrence: 0,
            fields: 0..0,
        });
        Ok(())
    }

    /// Warns of unknown escape sequences and control characters, field by field.
    fn doubts(&mut self, text: &str, path: Path, cut: &Cut, header: bool) {
        let line = &text[cut.span.clone()];
        let mark = self.delimiters.escape;
        let escaped = mark.is_some_and(|mark| line.contains(mark));
        let control = line.contains(char::is_control);
        if !escaped && !control {
            return;
        }
        for i in 0..cut.fields.len() {
            if header && i < 2 {
                continue;
            }
            let field = &text[self.fields[cut.fields.start + i].clone()];
            let here = path.clone().field(i + 1);
            let delimiters = self.delimiters;
            for (_, sequence) in escape::unknown(field, &delimiters, self.charset) {
                let shown: String = sequence.chars().take(12).collect();
                self.warn(Problem::new(&rules::ESCAPE, here.to_string()).found(shown));
            }
            if let Some(c) = field.chars().find(|c| c.is_control()) {
                let found = format!("U+{:04X}", u32::from(c));
                self.warn(Problem::new(&rules::CHARACTER, here.to_string()).found(found));
            }
        }
    }

    fn warn(&mut self, problem: Problem) {
        if self.warnings.len() < self.options.max_warnings {
            self.warnings.push(problem);
        } else {
            self.left_out += 1;
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ADT: &str = "MSH|^~\\&|A|B|C|D|20260303||ADT^A28^ADT_A05|7|P|2.5|||||FRA|UNICODE UTF-8\rEVN||20260303\r\
        PID|1||42^^^CH&1.2.3&ISO^PI~279035121518989^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS||\
        PAT-TROIS^DOMINIQUE^DOMINIQUE^^^^L~\"\"^^^^^^D||19790328|F\rZZZ\rPID|2";

    fn read(text: &str) -> Result<Message, Problems> {
        Message::read(text.as_bytes(), &ReadOptions::default())
    }

    fn codes(text: &str) -> Vec<&'static str> {
        let told = read(text).unwrap_err();
        told.iter().map(|p| p.code).collect()
    }

    #[test]
    fn parts_and_places() {
        let message = read(ADT).unwrap();
        let at = |path: &str| {
            let path: Path = path.parse().unwrap();
            let element = message.get(&path).unwrap();
            assert_eq!(element.path(), path);
            assert_eq!(&message.text[element.span()], element.raw());
            element.text().into_owned()
        };
        assert_eq!(at("MSH-1"), "|");
        assert_eq!(at("MSH-2"), r"^~\&");
        assert_eq!(at("MSH-9.3"), "ADT_A05");
        assert_eq!(at("PID-3(2).4.2"), "1.2.250.1.213.1.4.10");
        assert_eq!(at("PID-3.1.1"), "42");
        assert_eq!(at("PID-3(3).4"), "");
        assert_eq!(at("PID-99"), "");
        assert_eq!(at("PID[2]-1"), "2");
        assert!(message.get(&"PV1-2".parse().unwrap()).is_none());
        let pid = message.segment("PID").unwrap();
        assert!(pid.field(5).repetition(2).component(1).is_null());
        assert_eq!(pid.field(3).repetitions().count(), 2);
        assert_eq!(pid.field(2).repetitions().count(), 0);
        assert_eq!(pid.field(5).components().count(), 7);
        assert_eq!((pid.len(), pid.rank()), (8, 3));
        assert!(message.segment("ZZZ").unwrap().is_empty());
        assert!(message.warnings().is_empty(), "{}", message.warnings());
        assert_eq!(message.to_bytes(), format!("{ADT}\r").into_bytes());
        assert!(!format!("{message:?}{pid:?}{:?}", pid.field(5)).contains("PAT"));
    }

    #[test]
    fn what_is_tolerated_is_told() {
        let message = read(&format!(
            "\u{feff}\u{b}{}\r\n\u{1c}\r",
            ADT.replace('\r', "\r\n")
        ))
        .unwrap();
        let told: Vec<_> = message.warnings().iter().map(|p| p.code).collect();
        assert_eq!(told, ["HL7-FIN-DE-SEGMENT"]);
        assert_eq!(message.to_bytes(), format!("{ADT}\r").into_bytes());
        let odd = read("MSH|^~\\&|||||||||||||||\rNTE|1||C:\\temp\u{7}").unwrap();
        let told: Vec<_> = odd
            .warnings()
            .iter()
            .map(|p| (p.code, p.path.as_str()))
            .collect();
        assert_eq!(
            told,
            [("HL7-ECHAPPEMENT", "NTE-3"), ("HL7-CARACTERE", "NTE-3")]
        );
        assert_eq!(odd.segment("NTE").unwrap().field(3).text(), "C:\\temp\u{7}");
    }

    #[test]
    fn what_is_not_a_message_is_refused_with_all_its_faults() {
        for none in ["", "PID|1", "MS", "\r\n", "hello"] {
            assert_eq!(codes(none), ["HL7-ENTETE"], "{none}");
        }
        assert_eq!(codes("MSH"), ["HL7-DELIMITEURS"]);
        assert_eq!(
            codes("MSH|^~\\&|\rPID|1\rsuite du texte\rpid|1\rOBX^1"),
            ["HL7-SEGMENT"; 3]
        );
        assert_eq!(codes("MSH|^~\\&|\rMSH|^~\\&|"), ["HL7-ENTETE"]);
        let few = ReadOptions {
            max_fields: 5,
            ..ReadOptions::default()
        };
        assert!(Message::read(ADT.as_bytes(), &few).is_err());
        let small = ReadOptions {
            max_bytes: 5,
            ..ReadOptions::default()
        };
        assert_eq!(
            Message::read(ADT.as_bytes(), &small)
                .unwrap_err()
                .iter()
                .next()
                .unwrap()
                .code,
            "HL7-LIMITE"
        );
    }

    #[test]
    fn character_sets() {
        let latin = |declared: &str| {
            let mut bytes = format!("MSH|^~\\&||||||||||||||||{declared}\rPID|||||").into_bytes();
            bytes.extend(b"B\xBDUF");
            Message::read(&bytes, &ReadOptions::default())
        };
        let name = |m: &Message| m.segment("PID").unwrap().field(5).text().into_owned();
        assert_eq!(name(&latin("8859/15").unwrap()), "BœUF");
        assert_eq!(name(&latin("8859/1~8859/15").unwrap()), "B½UF");
        let guessed = latin("").unwrap();
        assert_eq!(
            (name(&guessed), guessed.warnings().len()),
            ("BœUF".to_owned(), 1)
        );
        assert_eq!(
            latin("UNICODE UTF-8")
                .unwrap_err()
                .iter()
                .next()
                .unwrap()
                .code,
            "HL7-ENCODAGE"
        );
        assert_eq!(
            latin("UNICODE UTF-16")
                .unwrap_err()
                .iter()
                .next()
                .unwrap()
                .path,
            "MSH-18"
        );
        let doubt = read("MSH|^~\\&||||||||||||||||8859/1\rPID|||||é").unwrap();
        assert_eq!(
            doubt.warnings().iter().next().unwrap().code,
            "HL7-ENCODAGE-DOUTE"
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut message = b"MSH|^~\\&|".to_vec();
            message.extend(bytes);
            if let Ok(message) = Message::read(&message, &ReadOptions::default()) {
                for segment in message.segments() {
                    for field in segment.fields() {
                        for repetition in field.repetitions() {
                            for component in repetition.components() {
                                let _ = (component.text(), component.subcomponent(2).path());
                            }
                        }
                    }
                }
            }
            let _ = crate::split(&message);
        }
    }
}

//! CSV in two dialects, safe to open in a spreadsheet.
//!
//! A text that a spreadsheet would run as a formula (`=`, `+`, `-`, `@`, tab
//! or carriage return at its start, after blanks, after a separator or on a
//! new line) gets an apostrophe before that character, so that it is shown
//! and not run; the manifest counts the cells of each file that were changed.
//! A plain number such as `-12,5` is no formula and is left as it is. Numbers
//! of the library itself never pass through here.
//!
//! The crate `csv`, which reads the facts, does not write these files. Its
//! writer quotes a cell for the separator of the file alone; these are opened
//! by spreadsheets whose separator is set by the country, so a cell is quoted
//! for either separator, for a tab, and for the blanks at its ends that some
//! readers trim. Its `QuoteStyle` holds for a whole file, not for a cell.

/// How a CSV file is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// A French spreadsheet opens it: `;`, decimal comma, UTF-8 with a byte
    /// order mark, CRLF.
    #[default]
    French,
    /// RFC 4180: `,`, decimal point, UTF-8 without a mark, CRLF.
    Rfc4180,
}

impl Dialect {
    /// Every dialect, the usual one first.
    pub const ALL: [Dialect; 2] = [Dialect::French, Dialect::Rfc4180];

    /// The dialect of a [name](Dialect::name).
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dialect| dialect.name() == name)
    }

    /// Its name, in the manifest and in the options of every language.
    pub fn name(self) -> &'static str {
        match self {
            Dialect::French => "tableur-fr",
            Dialect::Rfc4180 => "rfc4180",
        }
    }

    fn separator(self) -> char {
        match self {
            Dialect::French => ';',
            Dialect::Rfc4180 => ',',
        }
    }
}

fn starts_formula(c: char) -> bool {
    matches!(
        c,
        '=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠'
    )
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let mut parts = digits.splitn(2, ['.', ',']);
    let all = |part: Option<&str>| {
        part.is_none_or(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()))
    };
    all(parts.next()) && all(parts.next())
}

/// The text with an apostrophe before each character that would start a
/// formula; `None` when there is none.
pub fn neutralise(text: &str) -> Option<String> {
    if is_number(text) {
        return None;
    }
    let mut out = String::with_capacity(text.len() + 1);
    let mut at_start = true;
    let mut changed = false;
    for c in text.chars() {
        if at_start && starts_formula(c) {
            out.push('\'');
            changed = true;
            at_start = false;
        }
        out.push(c);
        match c {
            ';' | ',' | '\n' | '\r' | '\t' | '|' => at_start = true,
            c if c.is_whitespace() || c == '"' || c.is_control() || c == '\u{feff}' => (),
            _ => at_start = false,
        }
    }
    changed.then_some(out)
}

/// A CSV file being written.
pub(super) struct Csv {
    out: String,
    dialect: Dialect,
    first: bool,
    columns: usize,
    width: usize,
    pub(super) rows: u64,
    pub(super) neutralised: u64,
}

impl Csv {
    pub(super) fn new(dialect: Dialect, header: &[&str]) -> Self {
        let mark = if dialect == Dialect::French {
            "\u{feff}"
        } else {
            ""
        };
        let mut csv = Csv {
            out: mark.to_owned(),
            dialect,
            first: true,
            columns: 0,
            width: header.len(),
            rows: 0,
            neutralised: 0,
        };
        header.iter().for_each(|name| csv.text(name));
        csv.end();
        csv.rows = 0;
        csv
    }

    fn next(&mut self) {
        if !self.first {
            self.out.push(self.dialect.separator());
        }
        self.first = false;
        self.columns += 1;
    }

    /// A cell of text, from whoever wrote it.
    pub(super) fn text(&mut self, text: &str) {
        self.next();
        let safe = neutralise(text);
        self.neutralised += u64::from(safe.is_some());
        let text = safe.as_deref().unwrap_or(text);
        if text.contains([';', ',', '"', '\n', '\r', '\t'])
            || text.starts_with(' ')
            || text.ends_with(' ')
        {
            self.out.push('"');
            self.out.push_str(&text.replace('"', "\"\""));
            self.out.push('"');
        } else {
            self.out.push_str(text);
        }
    }

    /// An empty cell or a whole number.
    pub(super) fn number(&mut self, number: Option<u64>) {
        self.next();
        if let Some(number) = number {
            self.out.push_str(&number.to_string());
        }
    }

    /// An empty cell, a whole number, or a ratio with four decimals.
    pub(super) fn ratio(&mut self, numerator: Option<u64>, denominator: Option<u64>) {
        match (numerator, denominator) {
            (Some(n), Some(d)) => {
                self.next();
                if let Some(text) = ratio_text(n, d) {
                    self.out.push_str(&if self.dialect == Dialect::French {
                        text.replace('.', ",")
                    } else {
                        text
                    });
                }
            }
            (numerator, _) => self.number(numerator),
        }
    }

    pub(super) fn end(&mut self) {
        debug_assert_eq!(self.columns, self.width, "a row has a cell for each column");
        self.out.push_str("\r\n");
        self.first = true;
        self.columns = 0;
        self.rows += 1;
    }

    pub(super) fn file(self, name: &'static str) -> super::File {
        super::File {
            name,
            bytes: self.out.into_bytes(),
            rows: Some(self.rows),
            neutralised: self.neutralised,
        }
    }
}

/// A ratio with four decimals, rounded half up, in whole numbers only, so
/// that every machine writes the same; `None` over zero.
pub(super) fn ratio_text(numerator: u64, denominator: u64) -> Option<String> {
    let (n, d) = (u128::from(numerator), u128::from(denominator));
    let scaled = (n * 20_000 + d).checked_div(2 * d)?;
    Some(format!("{}.{:04}", scaled / 10_000, scaled % 10_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_neutralised_and_numbers_kept() {
        for (text, safe) in [
            ("=1+1", "'=1+1"),
            ("+33 1 23 45 67 89", "'+33 1 23 45 67 89"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t'=1"),
            ("\r=1", "'\r'=1"),
            ("-1+2", "'-1+2"),
            ("-", "'-"),
            ("a;=1", "a;'=1"),
            ("a, =1", "a, '=1"),
            ("\"=1", "\"'=1"),
            ("a\n=1", "a\n'=1"),
            ("＝1", "'＝1"),
        ] {
            assert_eq!(neutralise(text).as_deref(), Some(safe), "{text:?}");
        }
        for text in [
            "-12",
            "-12,5",
            "+3.25",
            "0",
            "RCP sein - Nord",
            "a=b",
            "",
            "1 + 1",
            "https://exemple.fr/?a=b",
        ] {
            assert_eq!(neutralise(text), None, "{text:?}");
        }
    }

    #[test]
    fn ratios_are_rounded_the_same_everywhere() {
        for (n, d, text) in [
            (1, 3, "0.3333"),
            (2, 3, "0.6667"),
            (1, 1, "1.0000"),
            (0, 7, "0.0000"),
            (1, 20_000, "0.0001"),
            (7, 2, "3.5000"),
        ] {
            assert_eq!(ratio_text(n, d).as_deref(), Some(text));
        }
        assert_eq!(ratio_text(1, 0), None);
    }

    #[test]
    fn both_dialects() {
        let write = |dialect| {
            let mut csv = Csv::new(dialect, &["nom", "valeur"]);
            csv.text("a \"b\"; c");
            csv.ratio(Some(1), Some(2));
            csv.end();
            String::from_utf8(csv.file("x.csv").bytes).ok()
        };
        assert_eq!(
            write(Dialect::French).as_deref(),
            Some("\u{feff}nom;valeur\r\n\"a \"\"b\"\"; c\";0,5000\r\n")
        );
        assert_eq!(
            write(Dialect::Rfc4180).as_deref(),
            Some("nom,valeur\r\n\"a \"\"b\"\"; c\",0.5000\r\n")
        );
    }
}

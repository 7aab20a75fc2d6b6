//! Numbers, texts, dates, codes.

use dcc_core::model::{Answer, Code, Identifier, Moment, Period, Stated};
use dcc_core::terminology::{Jdv, Terminology};

/// Numbers that a document is built from.
pub struct Choices<'a> {
    numbers: &'a [u16],
    next: usize,
}

const FRAGMENTS: &[&str] = &[
    "Contrôle à l'hôpital",
    "œdème du bras gauche",
    "« à jeun », puis <repas> léger",
    "5 mg/kg & surveillance",
    "voir \"annexe\" ; ne pas dépasser 38,5 °C",
    "Été 2024",
    "cœur, foie, rein",
    "]]> fin",
    "n° 12/7",
    "l’aidante principale",
];

const FIRST_YEAR: usize = 2010;

impl<'a> Choices<'a> {
    /// Choices from these numbers.
    pub fn new(numbers: &'a [u16]) -> Self {
        Choices { numbers, next: 0 }
    }

    /// A number below `n`; 0 when the numbers are used up.
    pub fn pick(&mut self, n: usize) -> usize {
        let number = self.numbers.get(self.next).copied().unwrap_or_default();
        self.next += 1;
        usize::from(number) % n.max(1)
    }

    /// One time in two, once there are numbers.
    pub fn flip(&mut self) -> bool {
        self.pick(2) == 1
    }

    /// A value or none.
    pub fn maybe<T>(&mut self, f: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.flip().then(|| f(self))
    }

    /// Up to `most` values.
    pub fn some<T>(&mut self, most: usize, mut f: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let n = self.pick(most + 1);
        (0..n).map(|_| f(self)).collect()
    }

    /// One of these.
    pub fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.pick(of.len())].clone()
    }

    /// A text of one or several lines.
    pub fn text(&mut self) -> String {
        let mut text = self.one(FRAGMENTS).to_owned();
        for _ in 0..self.pick(3) {
            text.push(if self.flip() { '\n' } else { ' ' });
            text.push_str(self.one::<&str>(FRAGMENTS));
        }
        text
    }

    /// A text of one line.
    pub fn word(&mut self) -> String {
        self.one(FRAGMENTS).to_owned()
    }

    /// A date of the past, as precise as it is known, 2010 to 2019.
    pub fn past(&mut self) -> Moment {
        let year = FIRST_YEAR + self.pick(10);
        self.in_year(year)
    }

    /// A moment of a year.
    pub fn in_year(&mut self, year: usize) -> Moment {
        let (month, day) = (1 + self.pick(12), 1 + self.pick(28));
        let text = match self.pick(4) {
            0 => format!("{year}-{month:02}-{day:02}"),
            1 => format!("{year}-{month:02}"),
            2 => format!("{year}"),
            _ => {
                let (hour, minute) = (self.pick(24), self.pick(60));
                format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}+01:00")
            }
        };
        parse(&text)
    }

    /// A day of a year.
    pub fn day(&mut self, year: usize) -> Moment {
        parse(&format!(
            "{year}-{:02}-{:02}",
            1 + self.pick(12),
            1 + self.pick(28)
        ))
    }

    /// An instant of a year.
    pub fn instant(&mut self, year: usize) -> Moment {
        let day = self.day(year);
        parse(&format!(
            "{day}T{:02}:{:02}:00+02:00",
            self.pick(24),
            self.pick(60)
        ))
    }

    /// A period that may be empty, or open, from 2010 to 2029.
    pub fn period(&mut self) -> Period {
        let (start, end) = (self.pick(10), 10 + self.pick(10));
        Period {
            start: self.maybe(|c| c.in_year(FIRST_YEAR + start)),
            end: self.maybe(|c| c.in_year(FIRST_YEAR + end)),
        }
    }

    /// A period of the past that has a start.
    pub fn past_period(&mut self) -> Period {
        let start = self.pick(4);
        Period {
            start: Some(self.in_year(FIRST_YEAR + start)),
            end: self.maybe(|c| c.in_year(FIRST_YEAR + 4 + start)),
        }
    }

    /// A code in force of a value set, without its system where it needs none.
    pub fn code(&mut self, jdv: Jdv) -> Code {
        let set = Terminology::embedded().set(jdv);
        let concepts: Vec<_> = set.iter().filter(|c| c.valid_to.is_none()).collect();
        let concept = concepts[self.pick(concepts.len())];
        let code = Code::new(concept.code.to_string());
        let first = set.find(&concept.code).map(|c| c.system.as_ref());
        if first == Some(concept.system.as_ref()) {
            code
        } else {
            code.in_system(concept.system.to_string())
        }
    }

    /// A yes or no.
    pub fn answer(&mut self) -> Answer {
        Answer {
            value: self.flip(),
            date: self.maybe(Self::past),
        }
    }

    /// A known value, or one of these reasons.
    pub fn stated<T>(
        &mut self,
        reasons: &[dcc_core::model::Absence],
        f: impl FnOnce(&mut Self) -> T,
    ) -> Stated<T> {
        if self.pick(4) == 3 {
            Stated::Absent(self.one(reasons))
        } else {
            Stated::Known(f(self))
        }
    }

    /// An identifier of anything.
    pub fn identifier(&mut self) -> Identifier {
        let root = self.one(&[
            "1.2.3.4.567.8.9.10",
            "1.2.250.1.213.1.1.10",
            "2CE71A5B-FD99-4958-ADE4-CA39E86625ED",
        ]);
        let number = self.pick(10_000);
        if self.flip() {
            Identifier::new(root, format!("DOC-{number}_1"))
        } else {
            Identifier::root(format!("1.2.3.4.{number}"))
        }
    }
}

fn parse(text: &str) -> Moment {
    text.parse().expect("a date")
}

//! Reads regular expressions (part 2, appendix F) into automata.

use super::automaton::{First, Nfa, Part, Set};
use super::chars;

/// Deepest nesting of parentheses.
const MAX_DEPTH: usize = 60;

/// Reads `text` into `nfa`: its start and end, and the classes that start its
/// alternatives.
pub(super) fn parse(text: &str, nfa: &mut Nfa) -> Result<(Part, Vec<First>), String> {
    let mut parser = Parser {
        chars: text.chars().collect(),
        at: 0,
        nfa,
        depth: 0,
    };
    let found = parser.alternation()?;
    if parser.at < parser.chars.len() {
        return Err(format!(
            "motif « {text} » : parenthèse fermante sans ouvrante"
        ));
    }
    Ok(found)
}

struct Parser<'n> {
    chars: Vec<char>,
    at: usize,
    nfa: &'n mut Nfa,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn error<T>(&self, what: &str) -> Result<T, String> {
        let text: String = self.chars.iter().collect();
        Err(format!(
            "motif « {text} », caractère {} : {what}",
            self.at + 1
        ))
    }

    fn alternation(&mut self) -> Result<(Part, Vec<First>), String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return self.error("trop de parenthèses imbriquées");
        }
        let (start, end) = (self.nfa.state(), self.nfa.state());
        let mut firsts = Vec::new();
        loop {
            let ((from, to), first) = self.branch()?;
            firsts.extend(first);
            self.nfa.empty(start, from);
            self.nfa.empty(to, end);
            if self.peek() != Some('|') {
                break;
            }
            self.at += 1;
        }
        self.depth -= 1;
        Ok(((start, end), firsts))
    }

    fn branch(&mut self) -> Result<(Part, Vec<First>), String> {
        let start = self.nfa.state();
        let mut end = start;
        let mut firsts = None;
        while let Some(c) = self.peek() {
            if c == '|' || c == ')' {
                break;
            }
            let from = self.at;
            let (part, mut inner) = self.atom()?;
            // the order in which libxml2 tries the alternatives of a group
            inner.reverse();
            let quantified = matches!(self.peek(), Some('?' | '*' | '+' | '{'));
            let (part, late) = self.quantified(part, from)?;
            if let (Some(late), [first]) = (late, &mut inner[..]) {
                (first.start, first.late) = (part.0, Some(late));
            } else if quantified {
                inner.clear();
            }
            match firsts {
                None => firsts = Some(inner),
                Some(_) => self.nfa.link_late(&inner),
            }
            self.nfa.empty(end, part.0);
            end = part.1;
            if self.nfa.is_too_large() {
                return self.error("motif trop grand");
            }
        }
        Ok(((start, end), firsts.unwrap_or_default()))
    }

    fn atom(&mut self) -> Result<(Part, Vec<First>), String> {
        if self.peek() == Some('(') {
            self.at += 1;
            let found = self.alternation()?;
            if self.peek() != Some(')') {
                return self.error("parenthèse non fermée");
            }
            self.at += 1;
            return Ok(found);
        }
        let class = self.peek() == Some('[');
        let set = self.set()?;
        let part = (self.nfa.state(), self.nfa.state());
        let set = self.nfa.on(part.0, set, part.1);
        let first = class.then_some(First {
            set,
            start: part.0,
            late: None,
        });
        Ok((part, first.into_iter().collect()))
    }

    /// One character, `.`, an escape or a class in brackets.
    fn set(&mut self) -> Result<Set, String> {
        let Some(c) = self.peek() else {
            return self.error("motif incomplet");
        };
        self.at += 1;
        match c {
            '.' => Ok(Set::of(vec![(10, 10), (13, 13)]).not()),
            '\\' => self.escape(),
            '[' => self.class(),
            '?' | '*' | '+' | '{' | '}' | ']' => {
                self.at -= 1;
                self.error("caractère inattendu")
            }
            c => Ok(Set::of(vec![(c as u32, c as u32)])),
        }
    }

    fn escape(&mut self) -> Result<Set, String> {
        let Some(c) = self.peek() else {
            return self.error("motif incomplet");
        };
        self.at += 1;
        let one = |c: u32| Ok(Set::of(vec![(c, c)]));
        let blank = || Set::of(vec![(9, 10), (13, 13), (32, 32)]);
        match c {
            'n' => one(10),
            'r' => one(13),
            't' => one(9),
            '\\' | '|' | '.' | '-' | '^' | '?' | '*' | '+' | '{' | '}' | '(' | ')' | '[' | ']' => {
                one(c as u32)
            }
            's' => Ok(blank()),
            'S' => Ok(blank().not()),
            'i' => Ok(Set::of(chars::name_start())),
            'I' => Ok(Set::of(chars::name_start()).not()),
            'c' => Ok(Set::of(chars::name_char())),
            'C' => Ok(Set::of(chars::name_char()).not()),
            _ => {
                self.at -= 1;
                self.error(&format!("séquence « \\{c} » non prise en charge"))
            }
        }
    }

    /// After `[`.
    fn class(&mut self) -> Result<Set, String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return self.error("trop de classes imbriquées");
        }
        let negative = self.peek() == Some('^');
        if negative {
            self.at += 1;
        }
        let mut ranges = Vec::new();
        let mut minus = None;
        let from = self.at;
        loop {
            let Some(c) = self.peek() else {
                return self.error("classe de caractères non fermée");
            };
            if c == ']' && self.at > from {
                self.at += 1;
                break;
            }
            if c == '-' && self.chars.get(self.at + 1) == Some(&'[') {
                self.at += 2;
                minus = Some(self.class()?);
                if self.peek() != Some(']') {
                    return self.error("« ] » attendu après la soustraction");
                }
                self.at += 1;
                break;
            }
            if c == '[' || c == ']' {
                return self.error("caractère inattendu dans une classe");
            }
            self.at += 1;
            let first = if c == '\\' {
                self.escape()?.0
            } else {
                vec![(c as u32, c as u32)]
            };
            let range = self.peek() == Some('-')
                && !matches!(self.chars.get(self.at + 1), Some('[' | ']') | None)
                && first.len() == 1
                && first[0].0 == first[0].1;
            if range {
                self.at += 1;
                let Some(last) = self.peek() else {
                    return self.error("classe de caractères non fermée");
                };
                self.at += 1;
                let last = if last == '\\' {
                    self.escape()?.0
                } else {
                    vec![(last as u32, last as u32)]
                };
                if last.len() != 1 || last[0].0 != last[0].1 || last[0].0 < first[0].0 {
                    return self.error("intervalle de caractères incorrect");
                }
                ranges.push((first[0].0, last[0].0));
            } else {
                ranges.extend(first);
            }
        }
        self.depth -= 1;
        let mut set = Set::of(ranges);
        if negative {
            set = set.not();
        }
        Ok(match minus {
            Some(minus) => set.and(&minus.not()),
            None => set,
        })
    }

    /// The part repeated, and the state before its last copy when counted.
    fn quantified(&mut self, part: Part, from: usize) -> Result<(Part, Option<u32>), String> {
        let (min, max) = match self.peek() {
            Some('?') => (0, Some(1)),
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('{') => return self.counted(part, from),
            _ => return Ok((part, None)),
        };
        self.at += 1;
        Ok((self.repeat(part, min, max), None))
    }

    /// `?`, `*` and `+` reuse the part itself.
    fn repeat(&mut self, part: Part, min: u32, max: Option<u32>) -> Part {
        let (start, end) = (self.nfa.state(), self.nfa.state());
        self.nfa.empty(start, part.0);
        self.nfa.empty(part.1, end);
        if min == 0 {
            self.nfa.empty(start, end);
        }
        if max.is_none() {
            self.nfa.empty(part.1, part.0);
        }
        (start, end)
    }

    /// `{n}`, `{n,}`, `{n,m}`: the atom is read again for each copy.
    fn counted(&mut self, first: Part, from: usize) -> Result<(Part, Option<u32>), String> {
        let atom_end = self.at;
        self.at += 1;
        let min = self.number()?;
        let max = if self.peek() == Some(',') {
            self.at += 1;
            if self.peek() == Some('}') {
                None
            } else {
                Some(self.number()?)
            }
        } else {
            Some(min)
        };
        if self.peek() != Some('}') || max.is_some_and(|m| m < min) {
            return self.error("quantificateur incorrect");
        }
        self.at += 1;
        let after = self.at;
        let (start, end) = (self.nfa.state(), self.nfa.state());
        let mut at = start;
        let copies = max.unwrap_or(min + 1);
        let mut late = None;
        if copies == 0 {
            self.nfa.empty(start, end);
        }
        for i in 0..copies {
            let mut part = first;
            if i > 0 {
                self.at = from;
                part = self.atom()?.0;
                debug_assert_eq!(self.at, atom_end);
            }
            if self.nfa.is_too_large() {
                return self.error("motif trop grand");
            }
            if i >= min {
                self.nfa.empty(at, end);
                if max.is_none() {
                    self.nfa.empty(part.1, part.0);
                }
            }
            self.nfa.empty(at, part.0);
            late = (max.is_some() && i > 0).then_some(part.0);
            at = part.1;
        }
        self.nfa.empty(at, end);
        self.at = after;
        Ok(((start, end), late))
    }

    fn number(&mut self) -> Result<u32, String> {
        let from = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
        }
        let digits: String = self.chars[from..self.at].iter().collect();
        match digits.parse() {
            Ok(n) if n <= 10_000 => Ok(n),
            _ => self.error("quantificateur incorrect ou trop grand"),
        }
    }
}

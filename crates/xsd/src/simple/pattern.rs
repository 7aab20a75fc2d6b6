//! The regular expressions of the facet `pattern`, as deterministic automata:
//! a match costs one table look-up a character, whatever the expression.

use std::collections::HashMap;
use std::fmt;

use super::chars;

/// Largest automaton that is built, in states.
const MAX_STATES: usize = 20_000;
/// Deepest nesting of parentheses.
const MAX_DEPTH: usize = 60;
const MAX_CHAR: u32 = 0x10_FFFF;

/// A compiled pattern; alternatives of one derivation step are merged.
#[derive(Clone)]
pub(crate) struct Pattern {
    /// Class of each ASCII character.
    ascii: [u16; 128],
    /// First character of each class interval beyond ASCII, with its class.
    beyond: Vec<(u32, u16)>,
    classes: usize,
    /// `state * classes + class`; state 0 is the dead end, 1 the start.
    next: Vec<u16>,
    accept: Vec<bool>,
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pattern({} states)", self.accept.len())
    }
}

impl Pattern {
    /// Compiles the alternatives of a derivation step.
    ///
    /// # Errors
    /// A text in French: what cannot be compiled, and why.
    pub(crate) fn compile(alternatives: &[&str]) -> Result<Pattern, String> {
        let mut nfa = Nfa::default();
        let start = nfa.state();
        let end = nfa.state();
        for text in alternatives {
            let mut parser = Parser { chars: text.chars().collect(), at: 0, nfa: &mut nfa, depth: 0 };
            let ((from, to), firsts) = parser.alternation()?;
            if parser.at < parser.chars.len() {
                return Err(format!("motif « {text} » : parenthèse fermante sans ouvrante"));
            }
            nfa.empty(start, from);
            nfa.empty(to, end);
            nfa.link_late(&firsts);
        }
        nfa.determinize(start, end)
    }

    /// True when the whole of `value` follows the pattern.
    pub(crate) fn matches(&self, value: &str) -> bool {
        let mut state = 1_usize;
        for c in value.chars() {
            let class = if (c as u32) < 128 {
                self.ascii[c as usize]
            } else {
                let i = self.beyond.partition_point(|&(first, _)| first <= c as u32);
                self.beyond[i - 1].1
            };
            state = usize::from(self.next[state * self.classes + usize::from(class)]);
            if state == 0 {
                return false;
            }
        }
        self.accept[state]
    }
}

/// A set of characters: sorted, disjoint ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Set(Vec<(u32, u32)>);

impl Set {
    fn of(mut ranges: Vec<(u32, u32)>) -> Set {
        ranges.sort_unstable();
        let mut out: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (first, last) in ranges {
            match out.last_mut() {
                Some(previous) if first <= previous.1.saturating_add(1) => {
                    previous.1 = previous.1.max(last);
                }
                _ => out.push((first, last)),
            }
        }
        Set(out)
    }

    fn not(&self) -> Set {
        let mut out = Vec::new();
        let mut from = 0;
        for &(first, last) in &self.0 {
            if first > from {
                out.push((from, first - 1));
            }
            from = last + 1;
        }
        if from <= MAX_CHAR {
            out.push((from, MAX_CHAR));
        }
        Set(out)
    }

    fn and(&self, other: &Set) -> Set {
        // not (not a or not b)
        let mut ranges = self.not().0;
        ranges.extend(other.not().0);
        Set::of(ranges).not()
    }
}

#[derive(Default)]
struct Nfa {
    empty: Vec<Vec<u32>>,
    step: Vec<Option<(usize, u32)>>,
    sets: Vec<Set>,
    by_set: HashMap<Set, usize>,
}

impl Nfa {
    fn state(&mut self) -> u32 {
        self.empty.push(Vec::new());
        self.step.push(None);
        self.step.len() as u32 - 1
    }

    fn empty(&mut self, from: u32, to: u32) {
        self.empty[from as usize].push(to);
    }

    fn on(&mut self, from: u32, set: Set, to: u32) -> usize {
        let next = self.sets.len();
        let id = *self.by_set.entry(set.clone()).or_insert(next);
        if id == next {
            self.sets.push(set);
        }
        self.step[from as usize] = Some((id, to));
        id
    }

    /// Lets the alternatives after a counted one start at its last character.
    fn link_late(&mut self, firsts: &[First]) {
        for (i, first) in firsts.iter().enumerate() {
            let Some(late) = first.late else {
                continue;
            };
            for other in &firsts[i + 1..] {
                if other.set == first.set {
                    self.empty(late, other.start);
                }
            }
        }
    }

    fn closure(&self, states: &mut Vec<u32>) {
        let mut seen: Vec<bool> = vec![false; self.step.len()];
        let mut todo: Vec<u32> = std::mem::take(states);
        while let Some(state) = todo.pop() {
            if !std::mem::replace(&mut seen[state as usize], true) {
                states.push(state);
                todo.extend(&self.empty[state as usize]);
            }
        }
        states.sort_unstable();
    }

    fn determinize(&self, start: u32, end: u32) -> Result<Pattern, String> {
        // the characters fall into intervals that no set cuts
        let mut cuts = vec![0];
        for set in &self.sets {
            for &(first, last) in &set.0 {
                cuts.push(first);
                cuts.push(last + 1);
            }
        }
        cuts.sort_unstable();
        cuts.dedup();
        cuts.retain(|&c| c <= MAX_CHAR);
        // intervals that belong to the same sets share a class
        let mut class_of: HashMap<Vec<bool>, u16> = HashMap::new();
        let mut members: Vec<Vec<bool>> = Vec::new();
        let mut intervals = Vec::with_capacity(cuts.len());
        for &first in &cuts {
            let member: Vec<bool> = self.sets.iter().map(|s| holds(s, first)).collect();
            let class = *class_of.entry(member.clone()).or_insert_with(|| {
                members.push(member);
                members.len() as u16 - 1
            });
            intervals.push((first, class));
        }
        let classes = members.len();
        let mut ascii = [0; 128];
        for (c, slot) in ascii.iter_mut().enumerate() {
            let i = intervals.partition_point(|&(first, _)| first as usize <= c);
            *slot = intervals[i - 1].1;
        }
        let mut states: HashMap<Vec<u32>, u16> = HashMap::new();
        let mut order: Vec<Vec<u32>> = vec![Vec::new()];
        let mut first = vec![start];
        self.closure(&mut first);
        states.insert(first.clone(), 1);
        order.push(first);
        let mut next = vec![0; classes];
        let mut done = 1;
        while done < order.len() {
            for member in &members {
                let mut to: Vec<u32> = Vec::new();
                for &state in &order[done] {
                    if let Some((set, target)) = self.step[state as usize]
                        && member[set]
                    {
                        to.push(target);
                    }
                }
                if to.is_empty() {
                    next.push(0);
                    continue;
                }
                self.closure(&mut to);
                let new = order.len();
                let id = *states.entry(to.clone()).or_insert(new as u16);
                if usize::from(id) == new {
                    if new >= MAX_STATES.min(usize::from(u16::MAX)) {
                        return Err("motif trop grand".to_owned());
                    }
                    order.push(to);
                }
                next.push(id);
            }
            done += 1;
        }
        let accept = order.iter().map(|s| s.binary_search(&end).is_ok()).collect();
        Ok(Pattern { ascii, beyond: intervals, classes, next, accept })
    }
}

fn holds(set: &Set, c: u32) -> bool {
    let i = set.0.partition_point(|&(_, last)| last < c);
    set.0.get(i).is_some_and(|&(first, _)| first <= c)
}

struct Parser<'n> {
    chars: Vec<char>,
    at: usize,
    nfa: &'n mut Nfa,
    depth: usize,
}

type Part = (u32, u32);

/// A class of characters that starts an alternative, for a leniency of
/// libxml2: when a counted class has taken all it may and the rest does not
/// follow, the alternatives after it are tried from its *last* character, not
/// from its first. With `[0-9]{1,8}|[0-9]{9,14}`, 7 + 9 to 7 + 14 digits
/// pass; so do 16 to 27 digits as a time stamp of HL7 (`ts`).
#[derive(Clone)]
struct First {
    set: usize,
    start: u32,
    /// The state before the last character that may be taken, when counted.
    late: Option<u32>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn error<T>(&self, what: &str) -> Result<T, String> {
        let text: String = self.chars.iter().collect();
        Err(format!("motif « {text} », caractère {} : {what}", self.at + 1))
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
            if self.nfa.step.len() > MAX_STATES {
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
        let first = class.then_some(First { set, start: part.0, late: None });
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
            '\\' | '|' | '.' | '-' | '^' | '?' | '*' | '+' | '{' | '}' | '(' | ')' | '[' | ']' => one(c as u32),
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
            let first = if c == '\\' { self.escape()?.0 } else { vec![(c as u32, c as u32)] };
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
                let last = if last == '\\' { self.escape()?.0 } else { vec![(last as u32, last as u32)] };
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
            if self.peek() == Some('}') { None } else { Some(self.number()?) }
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
            if self.nfa.step.len() > MAX_STATES {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, good: &[&str], bad: &[&str]) {
        let p = Pattern::compile(&[pattern]).expect(pattern);
        for value in good {
            assert!(p.matches(value), "{pattern} should match {value:?}");
        }
        for value in bad {
            assert!(!p.matches(value), "{pattern} should not match {value:?}");
        }
    }

    #[test]
    fn the_whole_value_must_follow_the_pattern() {
        check("[^\\s]+", &["a", "é", "\u{A0}"], &["", "a b", "a\n"]);
        check("true|false", &["true", "false"], &["", "truefalse", "tru"]);
        check("[0-2](\\.(0|[1-9][0-9]*))*", &["1", "1.2.250", "2.0.10"], &["3", "1.", "1.02", ""]);
        check(
            "[0-9]{1,8}|([0-9]{9,14}|[0-9]{14,14}\\.[0-9]+)([+\\-][0-9]{1,4})?",
            &["2022", "20220101", "202201011200", "20220101120000.1+0100", "202201011200-5"],
            &["", "2022+0100", "202201011200000", "2022010112.5", "20220101120000.", "202201011200+01000", &"1".repeat(28)],
        );
        check("[\\i-[:]][\\c-[:]]*", &["a-1", "_", "é"], &["a:b", "1", "-a", ""]);
        check("\\c*:\\c*", &[":", "a:b", "::"], &["a", "a:b c"]);
        check(".+", &["a b"], &["", "a\nb"]);
        check("a{2}b{0,2}c{1,}", &["aac", "aabbccc"], &["ac", "aabbbc", "aabb"]);
        check("(a|b){0}", &[""], &["a"]);
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for pattern in ["\\d+", "\\p{L}", "(a", "a)", "[a", "a{2,1}", "a{99999}", "*a", "[b-a]", "\\", "[]"] {
            assert!(Pattern::compile(&[pattern]).is_err(), "{pattern}");
        }
        let deep = "(".repeat(100_000);
        assert!(Pattern::compile(&[&deep]).is_err());
        let wide = "((a{100}){100}){100}";
        assert!(Pattern::compile(&[wide]).is_err());
    }
}

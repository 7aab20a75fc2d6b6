//! The facet `pattern`: a match costs one table look-up a character, whatever
//! the expression.

use std::fmt;

use super::automaton::{Dfa, Nfa};
use super::regex;

/// A compiled pattern; alternatives of one derivation step are merged.
#[derive(Clone)]
pub(crate) struct Pattern(Dfa);

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pattern({} states)", self.0.accept.len())
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
            let ((from, to), firsts) = regex::parse(text, &mut nfa)?;
            nfa.empty(start, from);
            nfa.empty(to, end);
            nfa.link_late(&firsts);
        }
        nfa.determinize(start, end).map(Pattern)
    }

    /// True when the whole of `value` follows the pattern.
    pub(crate) fn matches(&self, value: &str) -> bool {
        let dfa = &self.0;
        let mut state = 1_usize;
        for c in value.chars() {
            let class = if (c as u32) < 128 {
                dfa.ascii[c as usize]
            } else {
                let i = dfa.beyond.partition_point(|&(first, _)| first <= c as u32);
                dfa.beyond[i - 1].1
            };
            state = usize::from(dfa.next[state * dfa.classes + usize::from(class)]);
            if state == 0 {
                return false;
            }
        }
        dfa.accept[state]
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
        check(
            "[0-2](\\.(0|[1-9][0-9]*))*",
            &["1", "1.2.250", "2.0.10"],
            &["3", "1.", "1.02", ""],
        );
        check(
            "[0-9]{1,8}|([0-9]{9,14}|[0-9]{14,14}\\.[0-9]+)([+\\-][0-9]{1,4})?",
            &[
                "2022",
                "20220101",
                "202201011200",
                "20220101120000.1+0100",
                "202201011200-5",
            ],
            &[
                "",
                "2022+0100",
                "202201011200000",
                "2022010112.5",
                "20220101120000.",
                "202201011200+01000",
                &"1".repeat(28),
            ],
        );
        check(
            "[\\i-[:]][\\c-[:]]*",
            &["a-1", "_", "é"],
            &["a:b", "1", "-a", ""],
        );
        check("\\c*:\\c*", &[":", "a:b", "::"], &["a", "a:b c"]);
        check(".+", &["a b"], &["", "a\nb"]);
        check(
            "a{2}b{0,2}c{1,}",
            &["aac", "aabbccc"],
            &["ac", "aabbbc", "aabb"],
        );
        check("(a|b){0}", &[""], &["a"]);
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for pattern in [
            "\\d+", "\\p{L}", "(a", "a)", "[a", "a{2,1}", "a{99999}", "*a", "[b-a]", "\\", "[]",
        ] {
            assert!(Pattern::compile(&[pattern]).is_err(), "{pattern}");
        }
        let deep = "(".repeat(100_000);
        assert!(Pattern::compile(&[&deep]).is_err());
        let wide = "((a{100}){100}){100}";
        assert!(Pattern::compile(&[wide]).is_err());
    }
}

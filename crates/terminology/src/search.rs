//! Finding a concept from words or from a wrong code.

use chrono::NaiveDate;
use dcc_base::text::fold;

use super::code::Code;
use super::value_set::{Concept, ValueSet};

impl ValueSet {
    /// The concepts whose code or label holds every word of `text`, without
    /// regard to case or accents; best first: the code itself, a code that
    /// begins so, a label that begins so, whole words, parts of words; then
    /// the order of the source. A text without any word finds nothing.
    pub fn search(&self, text: &str) -> Vec<&Concept> {
        let query = fold(text);
        let words: Vec<&str> = words(&query).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let mut hits: Vec<(u8, &Concept)> = self
            .iter()
            .filter_map(|concept| rank(query.trim(), &words, concept).map(|rank| (rank, concept)))
            .collect();
        hits.sort_by_key(|(rank, _)| *rank);
        hits.into_iter().map(|(_, concept)| concept).collect()
    }

    /// The `n` concepts nearest to a wrong code, or to the words put in its
    /// place, nearest first.
    pub fn nearest(&self, code: &str, n: usize) -> Vec<&Concept> {
        self.nearest_to(&Code::new(code), None, n)
    }

    /// The `n` concepts nearest to a wrong or withdrawn coded value, by its
    /// code and, when it has one, by its label; only those in force on `on`,
    /// when a day is given.
    pub fn nearest_to(&self, code: &Code, on: Option<NaiveDate>, n: usize) -> Vec<&Concept> {
        let wrong = fold(&code.code);
        let label = code.label.as_deref().map(fold);
        let query: Vec<&str> = words(&wrong).collect();
        let mut scored: Vec<(f64, &Concept)> = self
            .iter()
            .filter(|concept| on.is_none_or(|on| concept.is_valid_on(on)))
            .map(|concept| (distance(&wrong, &query, label.as_deref(), concept), concept))
            .collect();
        scored.sort_by(|a, b| a.0.total_cmp(&b.0));
        scored.truncate(n);
        scored.into_iter().map(|(_, concept)| concept).collect()
    }
}

/// Distance, 0 (the same) to 1, between a wrong coded value and a concept.
/// All texts but the concept's are folded.
fn distance(wrong: &str, words: &[&str], label: Option<&str>, concept: &Concept) -> f64 {
    let by_code = 1.0 - strsim::jaro_winkler(wrong, &fold(&concept.code));
    let concept_label = fold(&concept.label);
    match label {
        // The label says more than the code: a code of a former release
        // resembles anything, its label still names the same thing.
        Some(label) => 0.35 * by_code + 0.65 * (1.0 - strsim::sorensen_dice(label, &concept_label)),
        None => {
            let in_words = match rank(wrong, words, concept) {
                Some(rank) => 0.02 * f64::from(rank),
                // What looks like a code resembles no label but by chance.
                None if looks_like_code(wrong) => 1.0,
                None => 1.0 - strsim::sorensen_dice(wrong, &concept_label),
            };
            by_code.min(in_words)
        }
    }
}

/// True for one word with a digit.
fn looks_like_code(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) && !text.contains(char::is_whitespace)
}

/// How well a concept answers a folded query; lower is better.
fn rank(query: &str, query_words: &[&str], concept: &Concept) -> Option<u8> {
    let code = fold(&concept.code);
    if code == query {
        return Some(0);
    }
    if code.starts_with(query) {
        return Some(1);
    }
    let label = fold(&concept.label);
    if !query_words
        .iter()
        .all(|word| label.contains(word) || code.contains(word))
    {
        return None;
    }
    if label.starts_with(query) {
        Some(2)
    } else if query_words
        .iter()
        .all(|word| words(&label).any(|of_label| of_label == *word))
    {
        Some(3)
    } else if query_words
        .iter()
        .all(|word| words(&label).any(|of_label| of_label.starts_with(word)))
    {
        Some(4)
    } else {
        Some(5)
    }
}

fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

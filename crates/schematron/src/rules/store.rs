//! A compiled rule set as bytes, and back.

use crate::codec::{Reader, Writer};
use crate::eval::State;
use crate::sets::StringSet;
use crate::xpath::{Pool, Range, read_range, read_test, write_test};

use super::documents::Beside;
use super::fault::{Fault, FaultKind};
use super::schema::{CompiledPart, CompiledPattern, CompiledRule, CompiledTest, Node, Schema, TOP};

/// Changes with every change of the form or of the meaning of what is stored.
const FORM: u32 = 1;

const STATES: [State; 4] = [
    State::Found,
    State::OtherCase,
    State::Missing,
    State::Malformed,
];

impl Schema {
    /// The compiled rules as bytes, for [`Schema::from_bytes`]. They hold the texts of the rules and the parts of the
    /// value sets that they use: as free to pass on as those are.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.number(FORM);
        out.text(&self.path);
        out.text(&self.title);
        out.number(self.files.len() as u32);
        self.files.iter().for_each(|f| out.text(f));
        out.number(self.notices.len() as u32);
        for notice in &self.notices {
            let kind = FaultKind::ALL.iter().position(|k| *k == notice.kind);
            out.number(kind.unwrap_or_default() as u32);
            out.text(&notice.file);
            out.number(notice.line);
            out.text(&notice.found);
        }
        out.number(self.sets.len() as u32);
        for set in &self.sets {
            out.numbers(&set.documents);
            out.number(set.entries().len() as u32);
            for (a, b) in set.entries() {
                out.text(a);
                out.text(b);
            }
        }
        out.number(self.documents.len() as u32);
        for document in &self.documents {
            let state = STATES.iter().position(|s| *s == document.state);
            out.number(state.unwrap_or_default() as u32);
            out.text(&document.path);
            out.number(u32::from(document.bytes.is_some()));
            out.raw(document.bytes.as_deref().unwrap_or_default());
        }
        self.pool.write(&mut out);
        out.numbers(&self.globals);
        out.numbers(&self.lets);
        out.number(self.trie.len() as u32);
        for node in &self.trie {
            out.number(node.parent);
            out.number(u32::from(node.below));
            write_test(&mut out, node.test);
            write_range(&mut out, node.predicates);
            let (child, attribute, text) = node.key.unwrap_or((u32::MAX, 0, 0));
            out.number(child);
            out.number(attribute);
            out.number(text);
        }
        out.numbers(&self.contexts);
        out.number(self.parts.len() as u32);
        for part in &self.parts {
            let (tag, n) = match *part {
                CompiledPart::Text(n) => (0, n),
                CompiledPart::Value(n) => (1, n),
            };
            out.number(tag);
            out.number(n);
        }
        out.number(self.tests.len() as u32);
        for test in &self.tests {
            out.number(u32::from(test.report));
            out.number(test.expr);
            out.number(test.text);
            out.number(test.role);
            write_range(&mut out, test.parts);
            out.number(test.file);
            out.number(test.line);
        }
        out.number(self.rules.len() as u32);
        for rule in &self.rules {
            write_range(&mut out, rule.contexts);
            write_range(&mut out, rule.lets);
            write_range(&mut out, rule.tests);
            out.number(rule.context);
        }
        out.number(self.patterns.len() as u32);
        for pattern in &self.patterns {
            out.number(pattern.id);
            write_range(&mut out, pattern.rules);
        }
        out.bytes
    }

    /// Rules that [`Schema::to_bytes`] of the same version of the crate wrote; `None` for any other bytes. Bytes that
    /// were altered never lead to a panic, but may lead to other rules: keep a digest of them.
    pub fn from_bytes(bytes: &[u8]) -> Option<Schema> {
        let mut from = Reader::new(bytes);
        let from = &mut from;
        (from.number()? == FORM).then_some(())?;
        let path = from.text()?.to_owned();
        let title = from.text()?.to_owned();
        let mut files = Vec::new();
        for _ in 0..from.count(4)? {
            files.push(from.text()?.to_owned());
        }
        let mut notices = Vec::new();
        for _ in 0..from.count(16)? {
            notices.push(Fault {
                kind: *FaultKind::ALL.get(from.number()? as usize)?,
                file: from.text()?.to_owned(),
                line: from.number()?,
                found: from.text()?.to_owned(),
            });
        }
        let mut sets = Vec::new();
        for _ in 0..from.count(8)? {
            let mut set = StringSet::new(from.numbers()?);
            for _ in 0..from.count(8)? {
                set.insert(from.text()?, from.text()?);
            }
            sets.push(set);
        }
        let mut documents = Vec::new();
        for _ in 0..from.count(16)? {
            let state = *STATES.get(from.number()? as usize)?;
            let path = from.text()?.to_owned();
            let kept = from.number()? == 1;
            let bytes = from.raw()?.to_vec();
            documents.push(Beside::new(path, state, kept.then_some(bytes)));
        }
        let known = |d: &u32| (*d as usize) < documents.len();
        sets.iter()
            .all(|s| s.documents.iter().all(known))
            .then_some(())?;
        let pool = Pool::read(from, sets.len(), documents.len())?;
        let id = |n: u32| ((n as usize) < pool.exprs.len()).then_some(n);
        let string = |n: u32| ((n as usize) < pool.strings.len()).then_some(n);
        let globals = from.numbers()?;
        let lets = from.numbers()?;
        let sound = |&n: &u32| id(n).is_some();
        (globals.iter().all(sound) && lets.iter().all(sound)).then_some(())?;
        let mut trie = Vec::new();
        for at in 0..from.count(36)? as u32 {
            let parent = from.number()?;
            (parent == TOP || parent < at).then_some(())?;
            let below = from.number()? == 1;
            let test = read_test(from, &pool.names)?;
            let predicates = read_range(from, pool.lists.len())?;
            pool.list(predicates).iter().all(sound).then_some(())?;
            let (child, attribute, text) = (from.number()?, from.number()?, from.number()?);
            let key = (child != u32::MAX).then_some((child, attribute, text));
            if key.is_some() {
                let name = |n: u32| (n as usize) < pool.names.len();
                (name(child) && name(attribute)).then_some(())?;
                string(text)?;
            }
            trie.push(Node {
                parent,
                below,
                test,
                predicates,
                key,
            });
        }
        let contexts = from.numbers()?;
        let known = |&n: &u32| n == TOP || (n as usize) < trie.len();
        contexts.iter().all(known).then_some(())?;
        let mut parts = Vec::new();
        for _ in 0..from.count(8)? {
            parts.push(match (from.number()?, from.number()?) {
                (0, n) => CompiledPart::Text(string(n)?),
                (1, n) => CompiledPart::Value(id(n)?),
                _ => return None,
            });
        }
        let mut tests = Vec::new();
        for _ in 0..from.count(32)? {
            let report = from.number()? == 1;
            let (expr, text, role) = (from.number()?, from.number()?, from.number()?);
            if role != u32::MAX {
                string(role)?;
            }
            tests.push(CompiledTest {
                report,
                expr: id(expr)?,
                text: string(text)?,
                role,
                parts: read_range(from, parts.len())?,
                file: from.number()?,
                line: from.number()?,
            });
        }
        let mut rules = Vec::new();
        for _ in 0..from.count(28)? {
            rules.push(CompiledRule {
                contexts: read_range(from, contexts.len())?,
                lets: read_range(from, lets.len())?,
                tests: read_range(from, tests.len())?,
                context: from.number().and_then(string)?,
            });
        }
        let mut patterns = Vec::new();
        for _ in 0..from.count(12)? {
            patterns.push(CompiledPattern {
                id: from.number().and_then(string)?,
                rules: read_range(from, rules.len())?,
            });
        }
        from.done().then_some(())?;
        let mut schema = Schema {
            path,
            title,
            files,
            notices,
            pool,
            sets,
            documents,
            globals,
            trie,
            keys: Vec::new(),
            patterns,
            rules,
            contexts,
            lets,
            tests,
            parts,
        };
        schema.index_keys();
        Some(schema)
    }
}

fn write_range(out: &mut Writer, range: Range) {
    out.number(range.at);
    out.number(range.len);
}

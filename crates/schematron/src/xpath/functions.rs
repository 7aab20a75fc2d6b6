//! Primaries: literals, variables, parentheses and function calls.

use super::expr::{Expr, Func, Id};
use super::kind::Kind;
use super::parser::{Parser, Typed};
use super::regex::{Pattern, Replacement};
use super::scan::ParseError;

const XSD: &str = "http://www.w3.org/2001/XMLSchema";

impl Parser<'_, '_> {
    pub(super) fn primary(&mut self) -> Result<Typed, ParseError> {
        if let Some(text) = self.scan.take_string()? {
            return Ok((self.builder.string(&text), Kind::STRING));
        }
        if let Some(number) = self.scan.take_integer()? {
            return Ok((self.add(Expr::Int(number)), Kind::NUMBER));
        }
        if self.scan.take("$") {
            return self.variable();
        }
        if self.scan.take("(") {
            if self.scan.take(")") {
                let none = self.builder.list(&[]);
                return Ok((self.add(Expr::List(none)), Kind::NOTHING));
            }
            let inner = self.sequence()?;
            self.scan.expect(")")?;
            return Ok(inner);
        }
        if self.scan.take(".") {
            // the context of a predicate may be a string
            return Ok((self.add(Expr::Context), Kind::NODE.or(Kind::STRING)));
        }
        let Some(name) = self.scan.take_name() else {
            return self.scan.error("expression expected");
        };
        let mut name = name.to_owned();
        if self.scan.take(":") {
            let local = self.scan.take_name().unwrap_or_default();
            if self.scope.namespace(&name) != Some(XSD) {
                return self
                    .scan
                    .error(format!("function {name}:{local} is not supported"));
            }
            name = format!("xs:{local}");
        }
        self.scan.expect("(")?;
        let mut args = Vec::new();
        if !self.scan.take(")") {
            loop {
                args.push(self.single()?);
                if !self.scan.take(",") {
                    break;
                }
            }
            self.scan.expect(")")?;
        }
        self.call(&name, &args)
    }

    fn call(&mut self, name: &str, args: &[Typed]) -> Result<Typed, ParseError> {
        use Kind as K;
        let ids: Vec<Id> = args.iter().map(|a| a.0).collect();
        let (func, kind) = match (name, args.len()) {
            ("not", 1) => return Ok((self.add(Expr::Not(ids[0])), K::BOOLEAN)),
            ("count", 1) => (Func::Count, K::NUMBER),
            ("document" | "doc", 1) => return self.document(ids[0]),
            ("doc-available", 1) => {
                let Some(path) = self.builder.constant(ids[0]).map(str::to_owned) else {
                    return self.scan.error("doc-available() needs a constant path");
                };
                let document = self.builder.documents.intern(&path);
                return Ok((self.add(Expr::DocAvailable(document)), K::BOOLEAN));
            }
            ("matches", 2) => return self.matches(&ids, false),
            ("matches", 3) => {
                if self.builder.constant(ids[2]) != Some("i") {
                    return self.scan.error("the only flag supported is « i »");
                }
                return self.matches(&ids, true);
            }
            ("tokenize", 2) => {
                let pattern = self.pattern(ids[1], false, true)?;
                return Ok((self.add(Expr::Tokenize(ids[0], pattern)), K::STRING));
            }
            ("replace", 3) => return self.replace(&ids),
            ("string", 0 | 1) => (Func::String, K::STRING),
            ("string-length", 0 | 1) => (Func::StringLength, K::NUMBER),
            ("normalize-space", 0 | 1) => (Func::NormalizeSpace, K::STRING),
            ("local-name", 0) => (Func::LocalName, K::STRING),
            ("name", 0 | 1) => (Func::Name, K::STRING),
            ("empty", 1) => (Func::Empty, K::BOOLEAN),
            ("exists", 1) => (Func::Exists, K::BOOLEAN),
            ("QName", 2) => (Func::QName, K::OTHER),
            ("resolve-QName", 2) => (Func::ResolveQName, K::OTHER),
            ("namespace-uri-from-QName", 1) => (Func::NamespaceUriFromQName, K::STRING),
            ("local-name-from-QName", 1) => (Func::LocalNameFromQName, K::STRING),
            ("substring", 2 | 3) => (Func::Substring, K::STRING),
            ("concat", 2..) => return self.concat(&ids),
            ("string-join", 2) => (Func::StringJoin, K::STRING),
            ("distinct-values", 1) => (Func::DistinctValues, K::STRING.or(atomic(args[0].1))),
            ("starts-with", 2) => (Func::StartsWith, K::BOOLEAN),
            ("contains", 2) => (Func::Contains, K::BOOLEAN),
            ("substring-before", 2) => (Func::SubstringBefore, K::STRING),
            ("substring-after", 2) => (Func::SubstringAfter, K::STRING),
            ("number", 1) => (Func::Number, K::NUMBER),
            ("iri-to-uri", 1) => (Func::IriToUri, K::STRING),
            ("xs:dateTime", 1) => (Func::DateTime, K::OTHER),
            (name, n) => {
                let message = format!("function {name}#{n} is not supported");
                return self.scan.error(message);
            }
        };
        let list = self.builder.list(&ids);
        Ok((self.add(Expr::Call(func, list)), kind))
    }

    fn document(&mut self, path: Id) -> Result<Typed, ParseError> {
        let Some(path) = self.builder.constant(path).map(str::to_owned) else {
            return self.scan.error("document() needs a constant path");
        };
        let document = self.builder.documents.intern(&path);
        Ok((self.add(Expr::Doc(document)), Kind::NODE))
    }

    /// `concat`, constants joined at once.
    fn concat(&mut self, ids: &[Id]) -> Result<Typed, ParseError> {
        let parts: Option<Vec<&str>> = ids.iter().map(|&i| self.builder.constant(i)).collect();
        if let Some(parts) = parts {
            let text = parts.concat();
            return Ok((self.builder.string(&text), Kind::STRING));
        }
        let list = self.builder.list(ids);
        Ok((self.add(Expr::Call(Func::Concat, list)), Kind::STRING))
    }

    fn pattern(&mut self, id: Id, folds: bool, not_empty: bool) -> Result<u32, ParseError> {
        let Some(source) = self.builder.constant(id).map(str::to_owned) else {
            return self.scan.error("a regular expression must be a constant");
        };
        let pattern = match Pattern::new(&source, folds) {
            Ok(pattern) => pattern,
            Err(why) => {
                let message = format!("regular expression {source} is not supported: {why}");
                return self.scan.error(message);
            }
        };
        if not_empty && pattern.regex().is_some_and(|r| r.is_match("")) {
            let message = format!("regular expression {source} matches the empty string");
            return self.scan.error(message);
        }
        Ok(self.builder.pattern(pattern))
    }

    fn matches(&mut self, ids: &[Id], folds: bool) -> Result<Typed, ParseError> {
        let pattern = self.pattern(ids[1], folds, false)?;
        Ok((self.add(Expr::Matches(ids[0], pattern)), Kind::BOOLEAN))
    }

    fn replace(&mut self, ids: &[Id]) -> Result<Typed, ParseError> {
        let pattern = self.pattern(ids[1], false, true)?;
        let replacement = self.builder.constant(ids[2]).and_then(Replacement::new);
        let Some(replacement) = replacement else {
            return self
                .scan
                .error("replacement that is not a constant of groups and text");
        };
        let replacement = self.builder.replacement(replacement);
        let expr = Expr::Replace(ids[0], pattern, replacement);
        Ok((self.add(expr), Kind::STRING))
    }
}

/// Kind of the atoms of a sequence.
fn atomic(kind: Kind) -> Kind {
    let mut out = Kind::NOTHING;
    for k in [Kind::STRING, Kind::NUMBER, Kind::BOOLEAN, Kind::OTHER] {
        if kind.may_be(k) {
            out = out.or(k);
        }
    }
    out
}

//! Rules run over a document.

use crate::document::Document;
use crate::eval::{Eval, Fail, Foreign, Given, View};
use crate::limits::Limits;

use super::contexts::{Matches, matches};
use super::finding::{Finding, Level, Report, RunError};
use super::schema::{CompiledPart, CompiledPattern, CompiledRule, CompiledTest, Schema};

/// What an error of a test does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// As XSLT processors do: the first error ends the run and all that is left is one fatal finding. Names of
    /// value-set files count to the letter.
    Official,
    /// The error is a fatal finding of its test, and the rest goes on.
    #[default]
    Helpful,
}

impl Schema {
    /// Runs the rules over a document.
    pub fn check(&self, document: &Document<'_>, mode: Mode, limits: &Limits) -> Report {
        check(self, document, mode, limits, None)
    }

    /// [`Schema::check`] that also calls `seen` for each test evaluated, with its place in [`Schema::tests`] and whether
    /// it held: to know what a set of documents exercises.
    pub fn check_seen(
        &self,
        document: &Document<'_>,
        mode: Mode,
        limits: &Limits,
        seen: &mut dyn FnMut(usize, bool),
    ) -> Report {
        check(self, document, mode, limits, Some(seen))
    }
}

fn check(
    schema: &Schema,
    document: &Document<'_>,
    mode: Mode,
    limits: &Limits,
    seen: Option<&mut dyn FnMut(usize, bool)>,
) -> Report {
    let map = schema.pool.names.map_to(document.names());
    let view = View {
        doc: document,
        map: &map,
        index: 0,
    };
    let documents: Vec<Foreign<'_>> = (schema.documents.iter().enumerate())
        .map(|(i, d)| d.foreign(i as u32, &schema.pool.names))
        .collect();
    let given = Given {
        pool: &schema.pool,
        sets: &schema.sets,
        documents: &documents,
        globals: &schema.globals,
        exact: mode == Mode::Official,
    };
    let mut run = Run {
        schema,
        view: &view,
        mode,
        max_findings: limits.max_findings,
        seen,
        report: Report::default(),
    };
    let mut eval = Eval::new(given, &view, limits);
    let outcome = matches(schema, &view, &mut eval).and_then(|m| run.all(&mut eval, &m));
    let mut report = run.report;
    if let Err(e) = outcome {
        if mode == Mode::Official {
            report.findings.clear();
        }
        report.findings.push(stopped(schema, &e));
    }
    report
}

/// The finding of a run that came to no end.
fn stopped(schema: &Schema, e: &Fail) -> Finding {
    Finding {
        level: Level::Fatal,
        location: String::new(),
        line: 0,
        column: 0,
        text: e.to_string(),
        test: String::new(),
        report: false,
        context: String::new(),
        pattern: String::new(),
        file: schema.path.clone(),
        rule_line: 0,
        error: Some(run_error(e)),
    }
}

fn run_error(e: &Fail) -> RunError {
    RunError {
        code: e.code,
        detail: e.detail.clone(),
    }
}

struct Run<'a, 's> {
    schema: &'a Schema,
    view: &'a View<'a>,
    mode: Mode,
    max_findings: usize,
    /// Is given the number of each test that was evaluated and whether it held.
    seen: Option<&'s mut dyn FnMut(usize, bool)>,
    report: Report,
}

impl<'a> Run<'a, '_> {
    fn all(&mut self, eval: &mut Eval<'a>, matches: &Matches) -> Result<(), Box<Fail>> {
        let mut stamps = vec![0u32; self.view.doc.node_count()];
        let mut firing: Vec<(u32, u32)> = Vec::new();
        for (p, pattern) in self.schema.patterns.iter().enumerate() {
            let stamp = p as u32 + 1;
            firing.clear();
            for r in pattern.rules.at..pattern.rules.at + pattern.rules.len {
                let rule = &self.schema.rules[r as usize];
                let ends = rule.contexts.at..rule.contexts.at + rule.contexts.len;
                for &end in &self.schema.contexts[ends.start as usize..ends.end as usize] {
                    for &n in matches.of(end) {
                        // the first rule of a pattern that matches a node takes it
                        if stamps[n as usize] != stamp {
                            stamps[n as usize] = stamp;
                            firing.push((n, r));
                        }
                    }
                }
            }
            if !firing.is_sorted() {
                firing.sort_unstable();
            }
            for &(n, r) in &firing {
                self.fire(eval, pattern, &self.schema.rules[r as usize], n)?;
            }
        }
        Ok(())
    }

    fn fire(
        &mut self,
        eval: &mut Eval<'a>,
        pattern: &CompiledPattern,
        rule: &'a CompiledRule,
        n: u32,
    ) -> Result<(), Box<Fail>> {
        let schema = self.schema;
        let lets = &schema.lets[rule.lets.at as usize..(rule.lets.at + rule.lets.len) as usize];
        let tests = rule.tests.at as usize..(rule.tests.at + rule.tests.len) as usize;
        self.report.fired += 1;
        self.report.tests += u64::from(rule.tests.len);
        let focus = eval.enter(n, lets);
        let first = tests.start;
        for (i, test) in schema.tests[tests].iter().enumerate() {
            let outcome = eval.boolean(test.expr, focus).and_then(|holds| {
                if let Some(seen) = &mut self.seen {
                    seen(first + i, holds);
                }
                if holds == test.report {
                    self.text(eval, test, focus).map(Some)
                } else {
                    Ok(None)
                }
            });
            match outcome {
                Ok(None) => {}
                Ok(Some(text)) => self.found(eval, pattern, rule, test, n, text, None)?,
                Err(e) if self.mode == Mode::Official || e.is_limit() => return Err(e),
                Err(e) => {
                    // what the error interrupted is not to be seen
                    eval.settle();
                    let text = e.to_string();
                    self.found(eval, pattern, rule, test, n, text, Some(&e))?;
                }
            }
        }
        Ok(())
    }

    /// The message, its values put in and its blanks made single.
    fn text(
        &self,
        eval: &mut Eval<'a>,
        test: &CompiledTest,
        focus: crate::eval::Focus<'a>,
    ) -> Result<String, Box<Fail>> {
        let parts = test.parts.at as usize..(test.parts.at + test.parts.len) as usize;
        let mut text = String::new();
        for part in &self.schema.parts[parts] {
            match *part {
                CompiledPart::Text(t) => text.push_str(self.schema.pool.str(t)),
                CompiledPart::Value(id) => eval.write(id, focus, &mut text)?,
            }
        }
        let mut out = String::with_capacity(text.len());
        for word in text.split_whitespace() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
        Ok(out)
    }

    #[allow(clippy::too_many_arguments)]
    fn found(
        &mut self,
        eval: &mut Eval<'a>,
        pattern: &CompiledPattern,
        rule: &CompiledRule,
        test: &CompiledTest,
        n: u32,
        text: String,
        error: Option<&Fail>,
    ) -> Result<(), Box<Fail>> {
        if self.report.findings.len() >= self.max_findings {
            return Err(Box::new(Fail {
                code: "limit-findings",
                detail: format!("more than {} findings", self.max_findings),
            }));
        }
        let doc = self.view.doc;
        let (location, seen) = doc.location(n);
        eval.tick(seen)?;
        let (line, column) = if n == crate::document::ROOT {
            (0, 0)
        } else {
            doc.position_of(n)
        };
        let pool = &self.schema.pool;
        let level = match (error, test.role) {
            (Some(_), _) => Level::Fatal,
            (None, u32::MAX) => Level::of_role(None),
            (None, role) => Level::of_role(Some(pool.str(role))),
        };
        let file = self.schema.files.get(test.file as usize);
        self.report.findings.push(Finding {
            level,
            location,
            line,
            column,
            text,
            test: pool.str(test.text).to_owned(),
            report: test.report,
            context: pool.str(rule.context).to_owned(),
            pattern: pool.str(pattern.id).to_owned(),
            file: file.cloned().unwrap_or_default(),
            rule_line: test.line,
            error: error.map(run_error),
        });
        Ok(())
    }
}

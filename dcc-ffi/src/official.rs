//! The engine of the official rules, or what stands in for it in a library
//! built without: types that nothing can be of.

#[cfg(not(feature = "official"))]
pub(crate) use absent::{RuleBook, Verdict};
#[cfg(feature = "official")]
pub(crate) use present::{RuleBook, Verdict};

/// A finding, whose texts are lent by its verdict.
pub(crate) struct Finding<'v> {
    pub(crate) set: &'v str,
    pub(crate) level: Level,
    pub(crate) location: &'v str,
    pub(crate) text: &'v str,
    pub(crate) test: &'v str,
    pub(crate) code: &'v str,
    pub(crate) pointer: Option<&'v str>,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// Level of a finding.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "official"), allow(dead_code))]
pub(crate) enum Level {
    Fatal,
    Error,
    Warning,
    Info,
}

#[cfg(feature = "official")]
mod present {
    use std::path::Path;

    use dcc_core::problem::Problem;
    use dcc_official as core;
    use dcc_official::{Folder, LoadError, Mode, VoletChoice, Zip};
    use serde_json::json;

    use super::{Finding, Level};
    use crate::failure::{Failure, UNKNOWN_VOLET, UNREADABLE_RULES};
    use crate::status::DccStatus;

    #[derive(Debug)]
    pub(crate) struct RuleBook(core::RuleBook);

    #[derive(Debug)]
    pub(crate) struct Verdict {
        verdict: core::Verdict,
        summary: String,
    }

    fn refused(path: &str, why: String) -> Failure {
        let problem = Problem::new(&UNREADABLE_RULES, path).found(why);
        Failure::new(DccStatus::InvalidRules, problem)
    }

    impl RuleBook {
        /// The rules of a folder or of a ZIP archive.
        pub(crate) fn open(path: &str) -> Result<Self, Failure> {
            let unloaded = |e: LoadError| refused(path, e.to_string());
            let book = if Path::new(path).is_dir() {
                core::RuleBook::load(Folder::new(path)).map_err(unloaded)?
            } else {
                let bytes = std::fs::read(path).map_err(|e| refused(path, e.to_string()))?;
                let zip = Zip::new(bytes).map_err(|e| refused(path, e))?;
                core::RuleBook::load(zip).map_err(unloaded)?
            };
            Ok(RuleBook(book))
        }

        pub(crate) fn release(&self) -> &str {
            self.0.release()
        }

        pub(crate) fn volets(&self) -> Vec<&str> {
            self.0.volets().iter().map(|v| v.name.as_str()).collect()
        }

        /// What is amiss in the release, as JSON.
        pub(crate) fn notices(&self) -> serde_json::Value {
            let list = self.0.notices();
            let told = list.iter().map(|n| {
                json!({
                    "set": n.set, "code": n.code, "blocks": n.blocks,
                    "file": n.file, "line": n.line, "text": n.text(),
                })
            });
            told.collect()
        }

        /// Without `volet`, the one that the document names.
        pub(crate) fn check(
            &self,
            cda: &[u8],
            volet: Option<&str>,
            official: bool,
        ) -> Result<Verdict, Failure> {
            let choice = volet.map_or(VoletChoice::Auto, VoletChoice::Named);
            let mode = if official {
                Mode::Official
            } else {
                Mode::Helpful
            };
            let verdict = self.0.check(cda, choice, mode).map_err(|e| {
                let problem = Problem::new(&UNKNOWN_VOLET, "volet")
                    .found(e.found)
                    .allowed(e.allowed);
                Failure::new(DccStatus::UnknownVolet, problem)
            })?;
            Ok(Verdict {
                summary: verdict.summary(),
                verdict,
            })
        }
    }

    impl Verdict {
        pub(crate) fn volet(&self) -> Option<&str> {
            self.verdict.volet.as_ref().map(|v| v.name.as_str())
        }

        pub(crate) fn is_conformant(&self) -> bool {
            self.verdict.is_conformant()
        }

        pub(crate) fn summary(&self) -> &str {
            &self.summary
        }

        pub(crate) fn len(&self) -> usize {
            self.verdict.findings.len()
        }

        pub(crate) fn finding(&self, index: usize) -> Option<Finding<'_>> {
            let f = self.verdict.findings.get(index)?;
            Some(Finding {
                set: &f.set,
                level: match f.level {
                    core::Level::Fatal => Level::Fatal,
                    core::Level::Error => Level::Error,
                    core::Level::Warning => Level::Warning,
                    core::Level::Info => Level::Info,
                },
                location: &f.location,
                text: &f.text,
                test: &f.test,
                code: &f.code,
                pointer: f.pointer.as_deref(),
                line: f.line,
                column: f.column,
            })
        }

        pub(crate) fn to_json(&self, file: &str) -> String {
            self.verdict.to_json(file)
        }

        pub(crate) fn to_svrl(&self) -> String {
            self.verdict.to_svrl()
        }

        pub(crate) fn to_html(&self, title: &str) -> String {
            self.verdict.to_html(title)
        }
    }
}

#[cfg(not(feature = "official"))]
mod absent {
    use super::Finding;
    use crate::failure::Failure;

    #[derive(Debug)]
    pub(crate) enum RuleBook {}

    #[derive(Debug)]
    pub(crate) enum Verdict {}

    impl RuleBook {
        pub(crate) fn open(_: &str) -> Result<Self, Failure> {
            Err(Failure::not_built_in("official"))
        }

        pub(crate) fn release(&self) -> &str {
            match *self {}
        }

        pub(crate) fn volets(&self) -> Vec<&str> {
            match *self {}
        }

        pub(crate) fn notices(&self) -> serde_json::Value {
            match *self {}
        }

        pub(crate) fn check(&self, _: &[u8], _: Option<&str>, _: bool) -> Result<Verdict, Failure> {
            match *self {}
        }
    }

    impl Verdict {
        pub(crate) fn volet(&self) -> Option<&str> {
            match *self {}
        }

        pub(crate) fn is_conformant(&self) -> bool {
            match *self {}
        }

        pub(crate) fn summary(&self) -> &str {
            match *self {}
        }

        pub(crate) fn len(&self) -> usize {
            match *self {}
        }

        pub(crate) fn finding(&self, _: usize) -> Option<Finding<'_>> {
            match *self {}
        }

        pub(crate) fn to_json(&self, _: &str) -> String {
            match *self {}
        }

        pub(crate) fn to_svrl(&self) -> String {
            match *self {}
        }

        pub(crate) fn to_html(&self, _: &str) -> String {
            match *self {}
        }
    }
}

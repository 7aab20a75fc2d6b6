//! Every problem of a document at level 1.

use super::{UnstructuredDocument, rules};
use crate::model::{Binary, Checker, pdf};
use crate::problem::Problems;
use crate::terminology::{Jdv, Terminology};

impl UnstructuredDocument {
    /// Every problem of the document around a PDF.
    pub(super) fn every_problem(&self, file: &Binary, terminology: &Terminology) -> Problems {
        let mut c = Checker::new(terminology, &self.header);
        c.texts(&(&self.header, &self.context));
        c.header(&self.header);
        c.required_text(
            "header/title",
            self.header.title.as_deref().unwrap_or_default(),
        );
        c.require(self.code.is_some(), "code", &rules::TYPE);
        c.code("code", self.code.as_ref(), Jdv::J07TypeCode);
        c.at("context", |c| c.care_context(&self.context));
        let mut problems = c.finish();
        pdf::check(file, "/pdf", &mut problems);
        problems
    }
}

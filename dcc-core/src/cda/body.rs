//! The body of a document: sections (level 3), or a file (level 1).

use super::scribe::Scribe;

impl Scribe<'_> {
    /// A structured body.
    pub fn structured_body(&mut self, f: impl FnOnce(&mut Self)) {
        self.element("component", |s| {
            s.ignore(&["typeCode", "contextConductionInd"]);
            s.element("structuredBody", |s| {
                s.ignore(&["classCode", "moodCode"]);
                f(s);
            });
        });
    }
}

//! A verdict in SVRL (Schematron Validation Report Language, ISO/IEC 19757-3, annex D).

use crate::verdict::{Finding, Verdict};
use crate::xml::escape;

impl Verdict {
    /// An SVRL document: one `active-pattern` for each rule set that ran (or found something), with the rules that
    /// found something and their messages. Locations are XPath 2.0.
    pub fn to_svrl(&self) -> String {
        let mut out = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <svrl:schematron-output xmlns:svrl=\"http://purl.oclc.org/dsdl/svrl\" schemaVersion=\"",
        );
        out.push_str(&escape(&self.release));
        out.push_str("\" title=\"");
        out.push_str(&escape(&self.summary()));
        out.push_str("\">\n");
        let mut sets: Vec<&str> = self.sets.iter().map(|s| &*s.set).collect();
        let first = self.findings.iter().map(|f| &*f.set);
        let others: Vec<&str> = first.filter(|s| !sets.contains(s)).collect();
        for set in others.into_iter().rev() {
            if !sets.contains(&set) {
                sets.insert(0, set);
            }
        }
        for set in sets {
            out.push_str(&format!(
                "  <svrl:active-pattern name=\"{0}\" id=\"{0}\"/>\n",
                escape(set)
            ));
            let mut context: Option<&str> = None;
            for f in self.findings.iter().filter(|f| f.set == set) {
                if context != Some(&f.context) {
                    let text = if f.context.is_empty() {
                        "/"
                    } else {
                        &f.context
                    };
                    out.push_str(&format!(
                        "  <svrl:fired-rule context=\"{}\"/>\n",
                        escape(text)
                    ));
                    context = Some(&f.context);
                }
                finding(f, &mut out);
            }
        }
        out.push_str("</svrl:schematron-output>\n");
        out
    }
}

fn finding(f: &Finding, out: &mut String) {
    let name = if f.report {
        "successful-report"
    } else {
        "failed-assert"
    };
    let test = if f.test.is_empty() { &f.code } else { &f.test };
    out.push_str(&format!(
        "  <svrl:{name} test=\"{}\" role=\"{}\" location=\"{}\">\n    <svrl:text>{}</svrl:text>\n  </svrl:{name}>\n",
        escape(test),
        f.level.as_str(),
        escape(&xpath(&f.location)),
        escape(&f.text),
    ));
}

/// `/a/b[2]/@c` as a path that holds whatever the namespaces: `/*:a/*:b[2]/@*:c`.
fn xpath(location: &str) -> String {
    if location.is_empty() {
        return "/".to_owned();
    }
    location.replace('/', "/*:").replace("/*:@", "/@*:")
}

#[cfg(test)]
mod tests {
    use super::xpath;

    #[test]
    fn locations_are_xpath() {
        assert_eq!(xpath(""), "/");
        assert_eq!(xpath("/a/b[2]"), "/*:a/*:b[2]");
        assert_eq!(xpath("/a/@c"), "/*:a/@*:c");
    }
}

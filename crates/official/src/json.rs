//! A verdict as one line of JSON.

use dcc_schematron::Level;
use serde_json::{Map, Value, json};

use crate::verdict::{Finding, Verdict};

impl Verdict {
    /// One JSON object, without a line feed:
    /// `{"file", "volet", "conformant", "release", "findings": [{"set", "level", "location", "line", "column", "text", …}]}`.
    /// `volet` is the rule set's name without `CI-SIS_`, or `null`.
    pub fn to_json(&self, file: &str) -> String {
        let findings: Vec<Value> = self.findings.iter().map(finding).collect();
        json!({
            "file": file,
            "volet": self.volet.as_ref().map(|v| &v.name),
            "recognised": !self.unrecognised,
            "conformant": self.is_conformant(),
            "release": self.release,
            "findings": findings,
        })
        .to_string()
    }
}

fn finding(f: &Finding) -> Value {
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| {
        out.insert(key.to_owned(), value);
    };
    put("set", json!(f.set));
    put("level", json!(f.level.as_str()));
    put("location", json!(f.location));
    put("text", json!(f.text));
    if f.line > 0 {
        put("line", json!(f.line));
        put("column", json!(f.column));
    }
    if !f.test.is_empty() {
        put("test", json!(f.test));
        put("context", json!(f.context));
        put("rule", json!(format!("{}:{}", f.file, f.rule_line)));
    }
    if !f.code.is_empty() {
        put("code", json!(f.code));
    }
    if let Some(pointer) = &f.pointer {
        put("pointer", json!(pointer));
    }
    debug_assert!(f.level <= Level::Info);
    Value::Object(out)
}

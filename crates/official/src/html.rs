//! A verdict as a page to read, in French.

use dcc_schematron::Level;

use crate::verdict::{Finding, Verdict};
use crate::xml::escape;

const STYLE: &str = "body{font:16px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1b1b1b}\
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}.ok{color:#18632e}.ko{color:#a1151f}\
article{border-left:4px solid #888;padding:.2rem .8rem;margin:.8rem 0;background:#f7f7f7}\
article.fatal,article.error{border-color:#a1151f}article.warning{border-color:#9a5b00}article.info{border-color:#1f5fa8}\
p{margin:.3rem 0}code{font-size:.85rem;overflow-wrap:anywhere}.small{font-size:.85rem;color:#444}";

impl Verdict {
    /// A self-contained HTML page; `title` names the document.
    pub fn to_html(&self, title: &str) -> String {
        let (class, word) = if self.is_conformant() {
            ("ok", "Document conforme")
        } else {
            ("ko", "Document non conforme")
        };
        let volet = match (&self.volet, self.unrecognised) {
            (Some(v), _) => format!("Volet : {}.", escape(&v.name)),
            (None, true) => {
                "Aucun volet reconnu : seules les règles communes ont été appliquées.".to_owned()
            }
            (None, false) => "Règles communes seules.".to_owned(),
        };
        let mut out = format!(
            "<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>Contrôle officiel – {0}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n\
             <h1>Contrôle officiel – {0}</h1>\n<p class=\"{class}\"><strong>{word}</strong></p>\n\
             <p>{volet} {1}</p>\n",
            escape(title),
            escape(&counted(self)),
        );
        let mut set: Option<&str> = None;
        for f in &self.findings {
            if set != Some(&f.set) {
                set = Some(&f.set);
                out.push_str(&format!("<h2>{}</h2>\n", escape(&heading(&f.set))));
            }
            article(f, &mut out);
        }
        let tests: u64 = self.sets.iter().map(|s| s.tests).sum();
        out.push_str(&format!(
            "<p class=\"small\">{} jeux de règles, {tests} contrôles. Version des règles : <code>{}</code></p>\n\
             </main>\n</body>\n</html>\n",
            self.sets.len(),
            escape(&self.release),
        ));
        out
    }
}

fn counted(verdict: &Verdict) -> String {
    match verdict.findings.len() {
        0 => "Aucun constat.".to_owned(),
        1 => "1 constat.".to_owned(),
        n => format!("{n} constats."),
    }
}

fn heading(set: &str) -> String {
    match set {
        "xml" => "Lecture du document".to_owned(),
        "xsd" => "Schéma XML du CDA".to_owned(),
        set => format!("Règles {set}"),
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Fatal => "Erreur bloquante",
        Level::Error => "Erreur",
        Level::Warning => "Avertissement",
        Level::Info => "Information",
    }
}

fn article(f: &Finding, out: &mut String) {
    let place = match (f.line, f.location.is_empty()) {
        (0, true) => "Document entier".to_owned(),
        (0, false) => format!("<code>{}</code>", escape(&f.location)),
        (line, true) => format!("Ligne {line}, colonne {}", f.column),
        (line, false) => format!(
            "Ligne {line}, colonne {} : <code>{}</code>",
            f.column,
            escape(&f.location)
        ),
    };
    out.push_str(&format!(
        "<article class=\"{}\">\n<p><strong>{}</strong> – {}</p>\n<p class=\"small\">{place}</p>\n",
        f.level.as_str(),
        level(f.level),
        escape(&f.text),
    ));
    if !f.test.is_empty() {
        out.push_str(&format!(
            "<details><summary class=\"small\">Règle</summary><p class=\"small\"><code>{}</code></p>\
             <p class=\"small\">{}, ligne {}</p></details>\n",
            escape(&f.test),
            escape(&f.file),
            f.rule_line,
        ));
    }
    out.push_str("</article>\n");
}

//! README.TXT and INDEX.HTM.

use std::fmt::Write as _;

use dcc_base::text::{escape_html, one_line};

use crate::metadata::Submission;
use crate::sending::Sending;

/// What a person reads first: who sends, with what, and what the package
/// holds (IHE ITI-32). UTF-8 with a byte order mark, as in the official samples.
pub(super) fn readme(sending: &Sending, folder: &str, files: &[String]) -> String {
    let submitter = &sending.submitter;
    let structure = &submitter.structure;
    let sender = match (&submitter.person, &submitter.device) {
        (Some(p), _) => format!("{} {} ({})", p.given, p.family, p.id),
        (None, Some(d)) => format!("{} {} ({})", d.name, d.model, d.id),
        (None, None) => String::new(),
    };
    let software = &sending.software;
    let blocks: [(&str, Vec<String>); 4] = [
        (
            "Emetteur :",
            vec![
                format!(". Nom : {}", one_line(&sender)),
                format!(
                    ". Organisme : {} ({})",
                    one_line(&structure.name),
                    structure.id
                ),
                format!(". Adresse : {}", one_line(&structure.address)),
                format!(". Téléphone : {}", one_line(&structure.phone)),
            ],
        ),
        (
            "Application de l'émetteur :",
            vec![
                format!(". Nom : {}", one_line(&software.name)),
                format!(". Version : {}", one_line(&software.version)),
                format!(". Editeur : {}", one_line(&software.vendor)),
            ],
        ),
        (
            "Instructions :",
            vec![
                ". Consultez les fichiers reçus par messagerie sécurisée de santé dans votre \
                 logiciel de professionnel de santé."
                    .to_owned(),
            ],
        ),
        ("Arborescence :", tree(folder, files)),
    ];
    let mut out = String::from("\u{FEFF}");
    for (i, (title, lines)) in blocks.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        out.push_str(title);
        out.push('\n');
        out.push_str(&"=".repeat(title.chars().count() - 2));
        out.push('\n');
        for line in lines {
            out.push('\t');
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

fn tree(folder: &str, files: &[String]) -> Vec<String> {
    let mut lines = vec![
        "README.TXT".to_owned(),
        "INDEX.HTM".to_owned(),
        "+ IHE_XDM".to_owned(),
        format!("\t+ {folder}"),
        "\t\tMETADATA.XML".to_owned(),
    ];
    lines.extend(files.iter().map(|file| format!("\t\t{file}")));
    lines
}

/// The start page: the sender and a link to each document, without any trait
/// of the patient. Well-formed XHTML.
pub(super) fn index(submission: &Submission<'_>, sending: &Sending, folder: &str) -> String {
    let structure = &sending.submitter.structure;
    let sender = format!("{} ({})", one_line(&structure.name), structure.id);
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML Basic 1.1//EN\" \
         \"http://www.w3.org/TR/xhtml-basic/xhtml-basic11.dtd\">\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xml:lang=\"fr\">\n\
         <head><title>Documents de santé</title></head>\n<body>\n",
    );
    let _ = writeln!(out, "<p>Emetteur : {}</p>", escape_html(&sender));
    out.push_str("<p>Voir le fichier <a href=\"README.TXT\">README.TXT</a></p>\n<ul>\n");
    for entry in submission.entries() {
        let uri = entry.uri.as_deref().unwrap_or_default();
        let title = entry.title.as_deref().unwrap_or(uri);
        let _ = writeln!(
            out,
            "<li><a href=\"IHE_XDM/{folder}/{uri}\">{}</a></li>",
            escape_html(title)
        );
    }
    out.push_str("</ul>\n</body>\n</html>\n");
    out
}

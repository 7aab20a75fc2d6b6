//! What the XML library finds wrong with a text, in French.

use quick_xml::Error;
use quick_xml::errors::{IllFormedError, SyntaxError};
use quick_xml::events::attributes::AttrError;

/// A text that is not well-formed.
pub(super) fn french(error: &Error) -> String {
    match error {
        Error::Syntax(fault) => syntax(fault).to_owned(),
        Error::IllFormed(fault) => ill_formed(fault),
        Error::InvalidAttr(fault) => attribute(fault).to_owned(),
        Error::Escape(_) => "référence « &…; » inconnue ou mal formée".to_owned(),
        Error::Encoding(_) => "caractère hors de l'encodage".to_owned(),
        Error::Namespace(_) => "espace de noms mal déclaré".to_owned(),
        Error::Io(_) => "lecture interrompue".to_owned(),
    }
}

fn syntax(fault: &SyntaxError) -> &'static str {
    match fault {
        SyntaxError::InvalidBangMarkup => "balise « <! » inconnue",
        SyntaxError::UnclosedPI => "instruction sans « ?> »",
        SyntaxError::UnclosedXmlDecl => "déclaration XML sans « ?> »",
        SyntaxError::UnclosedComment => "commentaire sans « --> »",
        SyntaxError::UnclosedDoctype => "DOCTYPE sans « > »",
        SyntaxError::UnclosedCData => "CDATA sans « ]]> »",
        SyntaxError::UnclosedTag => "balise sans « > »",
        SyntaxError::UnclosedSingleQuotedAttributeValue => "valeur d'attribut sans « ' » à la fin",
        SyntaxError::UnclosedDoubleQuotedAttributeValue => "valeur d'attribut sans « \" » à la fin",
    }
}

fn ill_formed(fault: &IllFormedError) -> String {
    match fault {
        IllFormedError::MissingDeclVersion(_) => "déclaration XML sans version".to_owned(),
        IllFormedError::UnknownVersion => "version de XML inconnue".to_owned(),
        IllFormedError::MissingDoctypeName => "DOCTYPE sans nom".to_owned(),
        IllFormedError::MissingEndTag(name) => format!("<{name}> n'est pas fermé"),
        IllFormedError::UnmatchedEndTag(name) => format!("</{name}> ne ferme rien"),
        IllFormedError::MismatchedEndTag { expected, found } => {
            format!("</{found}> à la place de </{expected}>")
        }
        IllFormedError::DoubleHyphenInComment => "« -- » dans un commentaire".to_owned(),
        IllFormedError::UnclosedReference => "référence « & » sans « ; »".to_owned(),
    }
}

/// An attribute that is not well-formed.
pub(super) fn attribute(fault: &AttrError) -> &'static str {
    match fault {
        AttrError::ExpectedEq(_) => "attribut sans « = »",
        AttrError::ExpectedValue(_) => "attribut sans valeur",
        AttrError::UnquotedValue(_) => "valeur d'attribut sans guillemets",
        AttrError::ExpectedQuote(..) => "valeur d'attribut sans guillemet à la fin",
        AttrError::Duplicated(..) => "attribut donné deux fois",
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::{Limits, Tree};

    #[test]
    fn faults_read_in_french() {
        for (text, found) in [
            ("<a><b></a>", "</a> à la place de </b>"),
            ("<a/></b>", "</b> ne ferme rien"),
            ("<a", "balise sans « > »"),
            ("<a><!-- x", "commentaire sans « --> »"),
            ("<a><![CDATA[x", "CDATA sans « ]]> »"),
            ("<a><!x></a>", "balise « <! » inconnue"),
            ("<a k=v/>", "valeur d'attribut sans guillemets"),
            ("<a k/>", "attribut sans « = »"),
            ("<a k=\"v/>", "valeur d'attribut sans « \" » à la fin"),
            ("<a>x &amp y</a>", "référence « & » sans « ; »"),
        ] {
            let problems = Tree::parse(text, &Limits::default()).unwrap_err();
            let first = problems.iter().next().unwrap();
            assert_eq!(
                (first.code, first.found.as_deref()),
                ("XML-FORME", Some(found)),
                "{text}"
            );
        }
    }
}

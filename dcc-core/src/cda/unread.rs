//! What a document says and the model has no place for.
//!
//! Of the coded part, every element, attribute and text that the reader did
//! not take. Of the narrative, every line that says a word that neither the
//! entries of its section nor the usual labels say.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use serde::Serialize;

use super::narrative::word_keys;
use crate::xml::{NodeId, Tree};

/// One thing that was in a document and is not in the model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// Place in the document: `/ClinicalDocument/…/observation[2]/@code`.
    pub path: String,
    /// What stands there.
    pub content: String,
    /// True for a text of the narrative.
    pub narrative: bool,
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} : {}", self.path, self.content)
    }
}

/// Everything of `document` that was not read, in document order.
pub(crate) fn list(tree: &Tree<'_>, document: NodeId) -> Vec<Unread> {
    let mut out = Vec::new();
    walk(tree, document, &mut out);
    out
}

fn walk(tree: &Tree<'_>, node: NodeId, out: &mut Vec<Unread>) {
    for attr in tree.unseen_attrs(node) {
        out.push(Unread {
            path: format!("{}/@{}", tree.path_of(node), attr.name),
            content: attr.value.clone().into_owned(),
            narrative: false,
        });
    }
    let is_section = tree.is(node, "section");
    for child in tree.children(node) {
        if tree.is_text(child) {
            let text = tree.text(child).trim();
            if !tree.is_seen(child) && !text.is_empty() {
                out.push(Unread {
                    path: tree.path_of(child),
                    content: text.to_owned(),
                    narrative: false,
                });
            }
        } else if is_section && tree.is(child, "text") {
            narrative(tree, node, child, out);
        } else if tree.is_seen(child) {
            walk(tree, child, out);
        } else {
            let content = summary(tree, child);
            out.push(Unread {
                path: tree.path_of(child),
                content,
                narrative: false,
            });
        }
    }
}

/// An element with all that it holds, on one line.
fn summary(tree: &Tree<'_>, node: NodeId) -> String {
    let mut out = String::new();
    summarize(tree, node, &mut out);
    out
}

fn summarize(tree: &Tree<'_>, node: NodeId, out: &mut String) {
    if tree.is_text(node) {
        let text = tree.text(node);
        out.extend(text.split_whitespace().flat_map(|w| [w, " "]));
        return;
    }
    out.push('<');
    out.push_str(tree.name(node));
    for attr in tree.attrs(node) {
        out.push_str(&format!(" {}=\"{}\"", attr.name, attr.value));
    }
    out.push('>');
    for child in tree.children(node) {
        summarize(tree, child, out);
    }
}

/// Lines of a section's text that say more than its entries.
fn narrative(tree: &Tree<'_>, section: NodeId, text: NodeId, out: &mut Vec<Unread>) {
    let said = OnceCell::new();
    let said = || {
        said.get_or_init(|| {
            let mut said = Said::default();
            for child in tree.children(section).filter(|&c| c != text) {
                gather(tree, child, &mut said);
            }
            said
        })
    };
    lines(tree, text, out, &|key| {
        VOCABULARY.contains(&key) || said().contains(&key)
    });
}

/// Words, each by its key.
type Said = HashSet<u64, BuildHasherDefault<KeyHasher>>;

/// Keys are hashes already.
#[derive(Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

fn lines(tree: &Tree<'_>, node: NodeId, out: &mut Vec<Unread>, is_known: &dyn Fn(u64) -> bool) {
    for child in tree.children(node) {
        if !tree.is_text(child) {
            if tree.is(child, "renderMultiMedia") && !tree.is_seen(child) {
                let content = summary(tree, child);
                out.push(Unread {
                    path: tree.path_of(child),
                    content,
                    narrative: true,
                });
            }
            lines(tree, child, out, is_known);
            continue;
        }
        let text = tree.text(child);
        if tree.is_seen(child) || text.trim().is_empty() {
            continue;
        }
        let mut known = true;
        word_keys(text, |key| known = known && is_known(key));
        if !known {
            let content = text.split_whitespace().collect::<Vec<_>>().join(" ");
            out.push(Unread {
                path: tree.path_of(child),
                content,
                narrative: true,
            });
        }
    }
}

/// The words that the coded part of a section says.
fn gather(tree: &Tree<'_>, node: NodeId, said: &mut Said) {
    if tree.is_text(node) {
        word_keys(tree.text(node), |key| {
            said.insert(key);
        });
        return;
    }
    // what entries say counts, not what another narrative says, nor ids
    let is_narrative =
        tree.is(node, "text") && tree.parent(node).is_some_and(|p| tree.is(p, "section"));
    // the number of a specimen is a fact that a reader is shown
    let of_specimen = tree
        .parent(node)
        .is_some_and(|p| matches!(tree.name(p), "specimenRole" | "participantRole"));
    let is_id = matches!(tree.name(node), "templateId" | "id" | "reference");
    if is_narrative || (is_id && !of_specimen) {
        return;
    }
    for attr in tree.attrs(node) {
        if matches!(
            attr.name,
            "codeSystem" | "classCode" | "moodCode" | "typeCode" | "type"
        ) {
            continue;
        }
        let value = &*attr.value;
        let mut say = |part: Option<&str>| {
            if let Some(part) = part {
                word_keys(part, |key| {
                    said.insert(key);
                });
            }
        };
        say(Some(value));
        let digits = value.bytes().take_while(u8::is_ascii_digit).count();
        if attr.name == "value" && digits >= 4 {
            // a date, in the parts that a reader is shown, and its zone
            say(value.get(..4));
            for at in (4..digits.min(14)).step_by(2) {
                say(value.get(at..at + 2));
            }
            say(value.get(digits + 1..digits + 3));
            say(value.get(digits + 3..digits + 5));
        }
    }
    for child in tree.children(node) {
        gather(tree, child, said);
    }
}

/// Words of the labels that the samples and this library use, and the small
/// words of French: alone, they say nothing about a patient.
static VOCABULARY: LazyLock<Said> = LazyLock::new(|| {
    let mut said = Said::default();
    word_keys(LABELS, |key| {
        said.insert(key);
    });
    said
});

const LABELS: &str = "
    a à au aux avec ce ces d dans de des du en et est l la le les ou par pas pour qu que qui s sans si son sur un une utc plus tot tard
    oui non inconnu inconnue autre autres applicable objet refus repondre disponible
    type types rcp motif nature discussion appareil appareils organe organes recours pediatrique pediatrie commentaire commentaires
    precision precisions avis diagnostique proposition propositions therapeutique therapeutiques dont surveillance ajustement traitement
    traitements statut cas presente soins mode decouverte cancer patient issu depistage
    date diagnostic initial minimum mois annee topographie lateralite morphologie stade clinique tnm t n m pertinent tumeur primitive
    tumeurs classification nom version edition
    antecedents medicaux notables comorbidites echelle performance oms fragilite geriatrique age 75 ans outil score douleur severite
    elements paracliniques cliniques examen examens resultat phase progression locale regionale distance
    debut fin conclusion cro chirurgien auteur operation prelevement preleveur anatomopathologiste biologie moleculaire titre
    synthese question posee donnees indispensables dossier complet quorum passage expertises complementaires souhaitee
    intention numero sequentiel premiere alternative cadre correspondant recommandation referentiel pratique utilise inclusion essai
    document fiche raison probleme prelevements realise realisee realisation deja cours dates douleur ceux notables ou plus
    partir jusqu respect
    confirmee confirmees previsionnelle previsionnelles rythme periodicite lieu intervenants realises venir arrete annule domicile
    mode administration effets secondaires prevention gestion medicamenteuse maladie modalite mesure mesures associees complement
    information suivi suivis pendant active situation arret directement actifs contre poursuite soin oncologiques support
    accompagnement accompagnements social socioprofessionnel poids tabac tel mise jour consultation annonce remise remis
    references reference personnelles vous concernant
    elements codes element valeur observe reception echantillon
";

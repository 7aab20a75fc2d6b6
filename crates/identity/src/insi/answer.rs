//! Answers of INSi: results and SOAP faults.

use chrono::NaiveDate;
use dcc_base::identity::ins::{InsKind, key};
use dcc_base::problem::{Problem, Problems};
use dcc_xml::tree::{Limits, NodeId, Tree};

use crate::capture::Capture;
use crate::ins::{DatedIns, Ins};
use crate::registry::InsiFound;
use crate::rules;
use crate::traits::birth_date::KnownDate;
use crate::traits::{Sex, Traits};

/// An answer of INSi (*réponse du téléservice*).
#[derive(Clone, PartialEq)]
#[allow(clippy::large_enum_variant)] // one answer at a time
#[non_exhaustive]
pub enum Answer {
    /// `00`: one identity; compare it with the local one.
    Found {
        /// The identity.
        found: InsiFound,
        /// What is unexpected in the answer, and kept: a false key, a date of
        /// billing, an end before its start.
        warnings: Problems,
    },
    /// `01`: none; try the next given name.
    NotFound {
        /// *Libellé*, as sent.
        label: String,
    },
    /// `02`: several; ask for more traits.
    Several {
        /// *Libellé*, as sent.
        label: String,
    },
    /// Another code, kept as sent.
    Other {
        /// *Code*.
        code: String,
        /// *Libellé*.
        label: String,
    },
    /// A SOAP fault.
    Fault(Fault),
}

/// How much a fault weighs, by the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultSeverity {
    /// `information`.
    Information,
    /// `avertissement`.
    Warning,
    /// `erreur`.
    Error,
    /// `fatale`.
    Fatal,
}

/// A SOAP fault (*erreur*), codes and texts as sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// `Code/Value`: `Sender`, `Receiver`.
    pub code: String,
    /// `Code/Subcode/Value`: `siram_100`.
    pub subcode: String,
    /// `Reason/Text`.
    pub reason: String,
    /// `Detail/Erreur/@code`: `desir_550`.
    pub detail_code: Option<String>,
    /// `Detail/Erreur/@severite`.
    pub severity: Option<FaultSeverity>,
    /// `Detail/Erreur/@messageID`.
    pub message_id: Option<String>,
    /// `Detail/Erreur`.
    pub detail: Option<String>,
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Answer::Found { .. } => f.write_str("Found(…)"),
            Answer::NotFound { .. } => f.write_str("NotFound"),
            Answer::Several { .. } => f.write_str("Several"),
            Answer::Other { code, .. } => write!(f, "Other({code})"),
            Answer::Fault(fault) => write!(f, "{fault:?}"),
        }
    }
}

impl Answer {
    /// Reads an answer: a SOAP envelope, or `RESULTAT` alone. Elements are known
    /// by their local name: prefixes differ between test and production. Those of
    /// INS may come in any order.
    ///
    /// `mode` is how INSi was called.
    ///
    /// # Errors
    /// `XML-…` when it is no XML; `INSI-REPONSE` when it is neither a result nor
    /// a fault; `INSI-FORME` for what an identity found lacks. A key that fails
    /// is kept, with a warning.
    pub fn parse(bytes: &[u8], mode: Capture, limits: &Limits) -> Result<Self, Problems> {
        let text = dcc_xml::decode(bytes)?;
        let tree = Tree::parse(&text, limits)?;
        let mut reader = Reader {
            tree: &tree,
            problems: Problems::new(),
        };
        let answer = reader.answer(mode);
        let problems = reader.problems;
        match answer {
            Some(Answer::Found { found, .. }) if !problems.has_blocking() => Ok(Answer::Found {
                found,
                warnings: problems,
            }),
            Some(answer) if !problems.has_blocking() => Ok(answer),
            _ => Err(problems),
        }
    }

    /// The code, as [`Command::RecordInsiFailure`](crate::registry::Command) keeps it.
    pub fn code(&self) -> &str {
        match self {
            Answer::Found { .. } => "00",
            Answer::NotFound { .. } => "01",
            Answer::Several { .. } => "02",
            Answer::Other { code, .. } => code,
            Answer::Fault(fault) => fault.detail_code.as_deref().unwrap_or(&fault.subcode),
        }
    }
}

struct Reader<'t> {
    tree: &'t Tree<'t>,
    problems: Problems,
}

impl<'t> Reader<'t> {
    fn child(&self, node: NodeId, name: &str) -> Option<NodeId> {
        self.tree
            .children(node)
            .find(|c| self.tree.name(*c) == name)
    }

    fn children(&self, node: NodeId, name: &'static str) -> Vec<NodeId> {
        self.tree
            .children(node)
            .filter(|c| self.tree.name(*c) == name)
            .collect()
    }

    fn text(&self, node: NodeId, name: &str) -> Option<String> {
        let text = self.tree.text_of(self.child(node, name)?).trim().to_owned();
        Some(text).filter(|text| !text.is_empty())
    }

    fn missing(&mut self, node: NodeId, name: &str) {
        let path = format!("{}/{name}", self.tree.path_of(node));
        self.problems.push(Problem::new(&rules::INSI_FORM, path));
    }

    fn doubt(&mut self, node: NodeId, message: &str, found: &str) {
        let path = self.tree.path_of(node);
        self.problems.push(
            Problem::new(&rules::INSI_DOUBT, path)
                .message(message)
                .found(found),
        );
    }

    fn answer(&mut self, mode: Capture) -> Option<Answer> {
        let root = self.tree.root();
        let body = match self.tree.name(root) {
            "RESULTAT" => return self.result(root, mode),
            "Envelope" => self.child(root, "Body"),
            _ => None,
        };
        if let Some(body) = body {
            if let Some(fault) = self.child(body, "Fault") {
                return Some(Answer::Fault(self.fault(fault)));
            }
            if let Some(result) = self.child(body, "RESULTAT") {
                return self.result(result, mode);
            }
        }
        let path = self.tree.path_of(body.unwrap_or(root));
        self.problems
            .push(Problem::new(&rules::INSI_XML, path).allowed(["RESULTAT", "Fault"]));
        None
    }

    fn fault(&self, node: NodeId) -> Fault {
        let local = |text: String| text.rsplit(':').next().unwrap_or_default().to_owned();
        let code = self.child(node, "Code");
        let error = self
            .child(node, "Detail")
            .and_then(|detail| self.child(detail, "Erreur"));
        let attribute = |name: &str| {
            error
                .and_then(|e| self.tree.attr(e, name))
                .map(str::to_owned)
        };
        let severity = attribute("severite").map(local);
        Fault {
            code: code
                .and_then(|c| self.text(c, "Value"))
                .map(local)
                .unwrap_or_default(),
            subcode: code
                .and_then(|c| self.child(c, "Subcode"))
                .and_then(|s| self.text(s, "Value"))
                .map(local)
                .unwrap_or_default(),
            reason: self
                .child(node, "Reason")
                .and_then(|r| self.text(r, "Text"))
                .unwrap_or_default(),
            detail_code: attribute("code"),
            severity: match severity.as_deref() {
                Some("information") => Some(FaultSeverity::Information),
                Some("avertissement") => Some(FaultSeverity::Warning),
                Some("erreur") => Some(FaultSeverity::Error),
                Some("fatale") => Some(FaultSeverity::Fatal),
                _ => None,
            },
            message_id: attribute("messageID"),
            detail: error.map(|e| self.tree.text_of(e).trim().to_owned()),
        }
    }

    fn result(&mut self, node: NodeId, mode: Capture) -> Option<Answer> {
        let Some(report) = self.child(node, "CR") else {
            self.missing(node, "CR");
            return None;
        };
        let label = self.text(report, "LibelleCR").unwrap_or_default();
        match self.text(report, "CodeCR").as_deref() {
            Some("00") => {
                let Some(person) = self.child(node, "INDIVIDU") else {
                    self.missing(node, "INDIVIDU");
                    return None;
                };
                let found = self.person(person, mode)?;
                Some(Answer::Found {
                    found,
                    warnings: Problems::new(),
                })
            }
            Some("01") => Some(Answer::NotFound { label }),
            Some("02") => Some(Answer::Several { label }),
            Some(code) => Some(Answer::Other {
                code: code.to_owned(),
                label,
            }),
            None => {
                self.missing(report, "CodeCR");
                None
            }
        }
    }

    fn person(&mut self, node: NodeId, mode: Capture) -> Option<InsiFound> {
        let active = self.child(node, "INSACTIF");
        let traits = self.child(node, "TIQ");
        if active.is_none() {
            self.missing(node, "INSACTIF");
        }
        if traits.is_none() {
            self.missing(node, "TIQ");
        }
        let ins = active.and_then(|active| self.ins(active));
        let traits = traits.and_then(|traits| self.traits(traits));
        let history: Vec<_> = self
            .children(node, "INSHISTO")
            .into_iter()
            .filter_map(|ins| self.ins(ins))
            .collect();
        let mut found = InsiFound::new(ins?, traits?).by(mode);
        found.history = history;
        Some(found)
    }

    fn ins(&mut self, node: NodeId) -> Option<DatedIns> {
        let id = self.child(node, "IdIndividu");
        let number = id.and_then(|id| self.text(id, "NumIdentifiant"));
        let oid = self.text(node, "OID");
        let kind = oid.as_deref().and_then(InsKind::from_oid);
        let (Some(id), Some(number), Some(kind)) = (id, number.clone(), kind) else {
            if number.is_none() {
                self.missing(node, "IdIndividu/NumIdentifiant");
            }
            if kind.is_none() {
                let path = format!("{}/OID", self.tree.path_of(node));
                let told =
                    Problem::new(&rules::INSI_FORM, path).allowed(InsKind::ALL.map(InsKind::oid));
                self.problems.push(told.found(oid.unwrap_or_default()));
            }
            return None;
        };
        let number = number.to_ascii_uppercase();
        let right = key(&number);
        let Some(right) = right else {
            let path = self.tree.path_of(id);
            let told = Problem::new(&rules::INSI_FORM, path)
                .message("Le matricule n'a pas 13 caractères d'un NIR");
            self.problems.push(told.found(number));
            return None;
        };
        let right = format!("{right:02}");
        let given = self.text(id, "Cle");
        if let Some(given) = given.as_ref().filter(|given| **given != right) {
            let path = self.tree.path_of(id);
            self.problems.push(
                Problem::new(&rules::INS_KEY_DOUBT, path)
                    .found(given)
                    .allowed([&right]),
            );
        }
        let mut ins: DatedIns =
            Ins::new(format!("{number}{}", given.unwrap_or(right)), kind).into();
        ins.start = self.date(node, "DateDeb");
        ins.end = self.date(node, "DateFin");
        if ins
            .start
            .zip(ins.end)
            .is_some_and(|(start, end)| end < start)
        {
            self.doubt(node, "La date de fin de l'INS précède sa date de début", "");
        }
        Some(ins)
    }

    fn date(&mut self, node: NodeId, name: &str) -> Option<NaiveDate> {
        let text = self.text(node, name)?;
        // xs:date may end with a time zone
        let day = text.get(..10).and_then(|day| day.parse().ok());
        if day.is_none() {
            self.doubt(
                node,
                "Une date de l'INS n'est pas lisible : elle n'est pas reprise",
                &text,
            );
        }
        day
    }

    fn traits(&mut self, node: NodeId) -> Option<Traits> {
        let name = self.text(node, "NomNaissance");
        let list = self.text(node, "ListePrenom");
        let given = self.text(node, "Prenom");
        let date = self.text(node, "DateNaissance");
        let sex = self.text(node, "Sexe").and_then(|s| Sex::from_code(&s));
        let needed = [
            (name.is_none(), "NomNaissance"),
            (list.is_none() && given.is_none(), "ListePrenom"),
            (sex.is_none(), "Sexe"),
            (date.is_none(), "DateNaissance"),
        ];
        for (_, name) in needed.iter().filter(|(missing, _)| *missing) {
            self.missing(node, name);
        }
        let date = date.as_ref().and_then(|text| {
            let path = format!("{}/DateNaissance", self.tree.path_of(node));
            match KnownDate::from_lunar(text, &path).and_then(|known| known.sanitary(None, &path)) {
                Ok(date) => Some(date),
                Err(problem) => {
                    self.problems.push(problem);
                    None
                }
            }
        })?;
        if date.corrected {
            self.doubt(
                node,
                "La date de naissance renvoyée est incomplète : elle est complétée",
                "",
            );
        }
        let mut traits = Traits::new(
            name?,
            list.or_else(|| given.clone())?,
            sex?,
            Some(date.date),
        );
        traits.birth_date_corrected = date.corrected;
        // often not given: then proposed from what was asked
        traits.first_given_name = given.unwrap_or_default();
        traits.birth_place = self.text(node, "LieuNaissance");
        Some(traits)
    }
}

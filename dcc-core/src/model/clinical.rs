//! The clinical parts that several documents of the DCC share: diagnosis,
//! phase, status of the document.
//!
//! Source: CI-SIS, volets CANCER-FRCP and CANCER-PPS 2022.01.

use super::{AbsentReason, Code, OrAbsent, PartialDateTime, model};

model! {
    /// A tumour (*tumeur*).
    pub struct Tumour {
        /// *Date du diagnostic*, at least month and year; may be `{"absent": "unknown"}`.
        pub diagnosed: Option<OrAbsent<PartialDateTime>>,
        /// *Date de début* of the list of problems, when it is not the date
        /// of diagnosis. The list is one: only the first tumour has it.
        pub listed: Option<PartialDateTime>,
        /// *Morphologie*, value set JDV_Morphologie_CISIS (CIM-O 3), or words.
        pub morphology: CodedText,
        /// *Topographie*, value set JDV_Tumeur_CISIS (CIM-10), or words.
        pub topography: CodedText,
        /// *Latéralité*, value set JDV_ModificateurTopographique_CISIS.
        pub laterality: Option<Code>,
        /// *Stade TNM*; none where the TNM is not relevant (haematology).
        pub tnm: Option<Tnm>,
        /// *Autres classifications*.
        pub other_classifications: Vec<OtherClassification>,
        /// *Commentaire sur la tumeur*.
        pub comment: Option<String>,
    }

    /// A code, or words where no code of the value set applies (nullFlavor `OTH`).
    #[derive(Eq)]
    pub struct CodedText {
        /// *Code*.
        pub code: Option<Code>,
        /// *Précision en clair*.
        pub text: Option<String>,
    }

    /// *Classification TNM* (UICC).
    pub struct Tnm {
        /// *Date de la stadification*.
        pub date: Option<PartialDateTime>,
        /// *Édition* of the UICC classification: 7, 8, 9.
        pub edition: Option<String>,
        /// *Stade clinique* (stage group): `IB`.
        pub stage: Option<Code>,
        /// *T, tumeur primitive*; may be absent with its reason.
        pub t: Option<OrAbsent<TnmComponent>>,
        /// *N, adénopathies régionales*.
        pub n: Option<OrAbsent<TnmComponent>>,
        /// *M, métastases à distance*.
        pub m: Option<OrAbsent<TnmComponent>>,
    }

    /// One component of the TNM, with its prefixes.
    #[derive(Eq)]
    pub struct TnmComponent {
        /// *Valeur* without prefixes: `T1b`, `N0(sn)`, `M0`.
        pub value: String,
        /// *Préfixe c ou p*: clinical, pathological.
        pub basis: Option<TnmBasis>,
        /// *Préfixe y*: after treatment.
        pub post_treatment: bool,
        /// *Préfixe r*: recurrence.
        pub recurrence: bool,
        /// *Préfixe a*: found at autopsy.
        pub autopsy: bool,
        /// *Libellé*.
        pub label: Option<String>,
        /// *Précision*, such as the size: `2-3 cm`.
        pub detail: Option<String>,
    }

    /// *Autre classification* of the stage.
    pub struct OtherClassification {
        /// *Valeur*.
        pub value: String,
        /// *Nom de la classification*.
        pub name: Option<String>,
        /// *Version de la classification*.
        pub version: Option<String>,
    }

    /// A text with a date (*antécédent, comorbidité*).
    pub struct DatedText {
        /// *Date*.
        pub date: Option<PartialDateTime>,
        /// *Texte*.
        pub text: String,
    }

    /// *Phase et progression du cancer*.
    pub struct Phase {
        /// *Phase*, value set JDV_PhaseCancer_CISIS: `MED-268` initial, `MED-244` relapse.
        pub phase: Option<Code>,
        /// *Date* of the observation, or of the relapse.
        pub date: Option<PartialDateTime>,
        /// *Commentaire*.
        pub comment: Option<String>,
        /// *Date du commentaire*.
        pub comment_date: Option<PartialDateTime>,
        /// *Progression*.
        pub progression: Option<Progression>,
    }

    /// *Progression du cancer*.
    pub struct Progression {
        /// *Le cancer progresse*.
        pub present: Option<bool>,
        /// *Date*.
        pub date: Option<PartialDateTime>,
        /// *Progression locale*; required when the cancer progresses.
        pub local: Option<bool>,
        /// *Progression régionale*; required when the cancer progresses.
        pub regional: Option<bool>,
        /// *Progression à distance*; required when the cancer progresses.
        pub distant: Option<bool>,
    }

    /// *Statut du document*.
    pub struct DocumentStatus {
        /// *Statut*, value set JDV_StatutDoc_CISIS: `385651009` in progress,
        /// `9571008` approved, `398166005` done, `29179001` closed.
        pub code: Option<Code>,
        /// *Date du statut*.
        pub date: Option<PartialDateTime>,
        /// *Commentaire sur le document*.
        pub comment: Option<String>,
    }
}

impl DocumentStatus {
    /// *En cours*.
    pub const IN_PROGRESS: &str = "385651009";
    /// *Approuvé*, that is validated.
    pub const APPROVED: &str = "9571008";
    /// *Réalisé*.
    pub const DONE: &str = "398166005";

    /// Whether the status has this code.
    pub fn is(&self, code: &str) -> bool {
        self.code.as_ref().is_some_and(|c| c.code.trim() == code)
    }
}

/// A yes or no, with its date when known. JSON: `true`, or `{"value": true, "date": "2019-03-01"}`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// *Oui* or *non*.
    pub value: bool,
    /// *Date*.
    pub date: Option<PartialDateTime>,
}

impl From<bool> for Answer {
    fn from(value: bool) -> Self {
        Answer { value, date: None }
    }
}

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerForm {
    value: bool,
    #[serde(default)]
    date: Option<PartialDateTime>,
}

impl serde::Serialize for Answer {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.date {
            None => serializer.serialize_bool(self.value),
            date => AnswerForm {
                value: self.value,
                date,
            }
            .serialize(serializer),
        }
    }
}

impl<'de> serde::Deserialize<'de> for Answer {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct BoolOrObject;
        impl<'de> serde::de::Visitor<'de> for BoolOrObject {
            type Value = Answer;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("true, false, ou un objet {value, date}")
            }
            fn visit_bool<E>(self, value: bool) -> Result<Answer, E> {
                Ok(value.into())
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Answer, A::Error> {
                let form = <AnswerForm as serde::Deserialize>::deserialize(
                    serde::de::value::MapAccessDeserializer::new(map),
                )?;
                Ok(Answer {
                    value: form.value,
                    date: form.date,
                })
            }
        }
        deserializer.deserialize_any(BoolOrObject)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Answer {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Answer".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let date = generator.subschema_for::<PartialDateTime>();
        schemars::json_schema!({
            "description": "*Oui ou non, avec sa date quand elle est connue*",
            "anyOf": [
                { "type": "boolean" },
                {
                    "type": "object",
                    "properties": {
                        "value": { "type": "boolean", "description": "*Oui ou non*" },
                        "date": { "anyOf": [date, { "type": "null" }], "description": "*Date*" }
                    },
                    "required": ["value"],
                    "additionalProperties": false
                }
            ]
        })
    }
}

/// *Préfixe c ou p* of a TNM component.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TnmBasis {
    /// *Clinique*: `c`.
    Clinical,
    /// *Anatomopathologique*: `p`.
    Pathological,
}

impl TnmBasis {
    /// Its French name.
    pub const fn label(self) -> &'static str {
        match self {
            TnmBasis::Clinical => "clinique",
            TnmBasis::Pathological => "anatomopathologique",
        }
    }
}

impl TnmComponent {
    /// The code as a document carries it, prefixes first: `ypT1b`.
    pub fn code(&self) -> String {
        let mut code = String::new();
        for (letter, on) in [
            ('r', self.recurrence),
            ('y', self.post_treatment),
            ('a', self.autopsy),
            ('c', self.basis == Some(TnmBasis::Clinical)),
            ('p', self.basis == Some(TnmBasis::Pathological)),
        ] {
            if on {
                code.push(letter);
            }
        }
        code.push_str(&self.value);
        code
    }

    /// Takes the prefixes off a code.
    pub fn from_code(code: &str) -> Self {
        let mut component = TnmComponent::default();
        let mut rest = code;
        // prefixes stand before the capital T, N or M, and only there
        if let Some(at) = code
            .find(['T', 'N', 'M'])
            .filter(|&at| code[..at].bytes().all(|b| b"rycpa".contains(&b)))
        {
            for letter in code[..at].bytes() {
                match letter {
                    b'r' => component.recurrence = true,
                    b'y' => component.post_treatment = true,
                    b'a' => component.autopsy = true,
                    b'c' => component.basis = Some(TnmBasis::Clinical),
                    _ => component.basis = Some(TnmBasis::Pathological),
                }
            }
            rest = &code[at..];
        }
        component.value = rest.to_owned();
        component
    }
}

impl Tnm {
    /// True when nothing is staged: how a document says that the TNM is not relevant.
    pub fn says_nothing(&self) -> bool {
        let not_applicable = Some(OrAbsent::Absent(AbsentReason::NotApplicable));
        *self
            == Tnm {
                t: not_applicable.clone(),
                n: not_applicable.clone(),
                m: not_applicable,
                ..Tnm::default()
            }
            || *self == Tnm::default()
    }
}

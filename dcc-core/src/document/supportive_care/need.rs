//! A need of supportive care, and which step may follow which.

use super::kind::SupportKind;
use super::rules;
use crate::model::{
    Checker, Code, Header, Identifier, Organization, PartialDateTime, Period, Professional, model,
};
use crate::problem::Problems;
use crate::terminology::{Jdv, Terminology};

/// *État d'un besoin*.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NeedState {
    /// *Évalué*: the need was found.
    Assessed,
    /// *Demandé*.
    Requested,
    /// *Planifié*.
    Planned,
    /// *Réalisé*: given once or more, may go on.
    Given,
    /// *Refusé* by the patient, who may change their mind.
    Refused,
    /// *Terminé*.
    Ended,
}

impl NeedState {
    /// Every state.
    pub const ALL: [NeedState; 6] = [
        NeedState::Assessed,
        NeedState::Requested,
        NeedState::Planned,
        NeedState::Given,
        NeedState::Refused,
        NeedState::Ended,
    ];

    /// How it is said in French.
    pub fn label(self) -> &'static str {
        match self {
            NeedState::Assessed => "évalué",
            NeedState::Requested => "demandé",
            NeedState::Planned => "planifié",
            NeedState::Given => "réalisé",
            NeedState::Refused => "refusé",
            NeedState::Ended => "terminé",
        }
    }

    /// The steps that may follow `state`; none: the first one.
    pub fn after(state: Option<NeedState>) -> &'static [NeedState] {
        use NeedState::{Assessed, Ended, Given, Planned, Refused, Requested};
        match state {
            None => &[Assessed],
            Some(Assessed) => &[Requested, Refused, Ended],
            Some(Requested) => &[Planned, Given, Refused, Ended],
            // a date may be changed, a session given again
            Some(Planned) | Some(Given) => &[Planned, Given, Refused, Ended],
            Some(Refused) => &[Requested, Ended],
            Some(Ended) => &[],
        }
    }
}

model! {
    /// *Besoin en soins oncologiques de support* of a patient.
    pub struct SupportNeed {
        /// *Identifiant*.
        pub id: Identifier,
        /// *Type de soin*, value set JDV_SoinsOncoDeSupport_CISIS.
        pub kind: Option<Code>,
        /// *Précision en clair*; required when the kind is *Autre*.
        pub detail: Option<String>,
        /// *Étapes*, in order.
        pub steps: Vec<SupportStep>,
    }

    /// *Étape* of a need.
    pub struct SupportStep {
        /// *État* reached.
        pub state: Option<NeedState>,
        /// *Date*.
        pub date: Option<PartialDateTime>,
        /// *Professionnel*.
        pub professional: Professional,
        /// *Structure*; the professional's own when not given.
        pub structure: Option<Organization>,
        /// *À domicile*.
        pub at_home: Option<bool>,
        /// *Lieu*, in words.
        pub place: Option<String>,
        /// *Dates* planned, or of what was given.
        pub period: Period,
        /// *Rythme*.
        pub rhythm: Option<String>,
        /// *Commentaire*; the reason of a refusal.
        pub comment: Option<String>,
    }
}

impl SupportNeed {
    /// A need that has no step yet.
    pub fn new(id: Identifier, kind: SupportKind, detail: Option<String>) -> Self {
        SupportNeed {
            id,
            kind: Some(Code::new(kind.code())),
            detail,
            steps: Vec::new(),
        }
    }

    /// The state, none before the assessment.
    pub fn state(&self) -> Option<NeedState> {
        self.steps.last().and_then(|s| s.state)
    }

    /// The kind, when its code is known.
    pub fn support_kind(&self) -> Option<SupportKind> {
        SupportKind::from_code(&self.kind.as_ref()?.code)
    }

    /// The last step that reached `state`.
    pub fn last(&self, state: NeedState) -> Option<&SupportStep> {
        self.steps.iter().rev().find(|s| s.state == Some(state))
    }

    /// The need with one more step.
    ///
    /// # Errors
    /// Every problem of the step, `SOS-ETAPE` with the steps allowed among
    /// them; the need itself is not changed.
    pub fn record(&self, step: SupportStep) -> Result<SupportNeed, Problems> {
        let mut next = self.clone();
        next.steps.push(step);
        let path = format!("/steps/{}", self.steps.len());
        let of_step =
            |p: &crate::problem::Problem| p.path == path || p.path.starts_with(&format!("{path}/"));
        let problems: Problems = next.check().into_iter().filter(of_step).collect();
        problems.or(next)
    }

    /// Every problem of the need: path (JSON pointer into its JSON), code,
    /// French text, what was found, what is allowed.
    pub fn check(&self) -> Problems {
        let mut c = Checker::new(Terminology::embedded(), &Header::default());
        c.texts(self);
        c.required_code("kind", self.kind.as_ref(), Jdv::SoinsOncoDeSupport);
        let other = self.support_kind() == Some(SupportKind::Other);
        c.require(!other || self.detail.is_some(), "detail", &rules::OTHER);
        c.at("steps", |c| {
            for (i, step) in self.steps.iter().enumerate() {
                let before = i.checked_sub(1).map(|before| &self.steps[before]);
                c.at(i, |c| check_step(c, before, step));
            }
        });
        c.finish()
    }
}

fn check_step(c: &mut Checker<'_>, before: Option<&SupportStep>, step: &SupportStep) {
    let allowed = NeedState::after(before.and_then(|s| s.state));
    if !step.state.is_some_and(|s| allowed.contains(&s)) {
        let after = before
            .and_then(|s| s.state)
            .map_or("non évalué", NeedState::label);
        let found = step.state.map_or("absente", NeedState::label);
        c.push(
            c.problem_at("state", &rules::TRANSITION)
                .found(format!("{found}, après {after}"))
                .allowed(allowed.iter().map(|s| s.label())),
        );
    }
    c.require(step.date.is_some(), "date", &crate::model::rules::REQUIRED);
    c.moment("date", step.date);
    if let (Some(date), Some(previous)) = (step.date, before.and_then(|s| s.date))
        && date.is_before(previous)
    {
        c.push(
            c.problem_at("date", &rules::DATE)
                .found(date)
                .allowed([format!("à partir du {previous}")]),
        );
    }
    let named = !step.professional.name.family.trim().is_empty();
    c.require(named, "professional", &rules::PROFESSIONAL);
    if named {
        c.at("professional", |c| c.professional(&step.professional));
    }
    if let Some(structure) = &step.structure {
        c.at("structure", |c| c.organization(structure));
    }
    c.period("period", &step.period);
    let planned = step.state == Some(NeedState::Planned);
    c.require(
        !planned || step.period.start.is_some(),
        "period",
        &rules::PLANNED_DATES,
    );
    let refused = step.state == Some(NeedState::Refused);
    c.require(
        !refused || step.comment.is_some(),
        "comment",
        &rules::REFUSAL,
    );
}

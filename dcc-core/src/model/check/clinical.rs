//! Checks of the clinical parts that several documents share.

use crate::model::rules as common;
use crate::model::{
    AbsentReason, Answer, AttendingPhysician, Checker, Code, CodedText, Establishment, OrAbsent,
    Phase, Tnm, TnmComponent, Tumour,
};
use crate::terminology::Jdv;

impl Checker<'_> {
    /// The tumours, at least one.
    pub(crate) fn tumours(&mut self, tumours: &[Tumour]) {
        self.require(!tumours.is_empty(), "tumours", &common::TUMOUR);
        self.each("tumours", tumours, check_tumour);
        // one list of problems holds every tumour, and has one date
        for (i, tumour) in tumours.iter().enumerate().skip(1) {
            self.at("tumours", |c| {
                c.at(i, |c| {
                    c.require(tumour.listed.is_none(), "listed", &common::NOT_CARRIED)
                });
            });
        }
    }

    /// How the cancer was found.
    pub(crate) fn screening(&mut self, screening: Option<&OrAbsent<Answer>>) {
        let c = self;
        if screening.is_none() {
            c.push(c.problem_at("from_screening", &common::REQUIRED).allowed([
                "true",
                "false",
                "{\"absent\": \"unknown\"}",
            ]));
        }
        c.absence(
            "from_screening",
            screening,
            &[
                AbsentReason::Unknown,
                AbsentReason::Refused,
                AbsentReason::NotAvailable,
            ],
        );
        c.at("from_screening", |c| {
            c.past(
                "date",
                screening
                    .as_ref()
                    .and_then(|a| a.known())
                    .and_then(|a| a.date),
            )
        });
    }

    /// Phase and progression.
    pub(crate) fn phase(&mut self, p: &Phase) {
        let c = self;
        c.required_code("phase", p.phase.as_ref(), Jdv::PhaseCancer);
        c.past("date", p.date);
        c.moment("comment_date", p.comment_date);
        c.require(
            p.comment_date.is_none() || p.comment.is_some(),
            "comment_date",
            &common::NOT_CARRIED,
        );
        let Some(progression) = &p.progression else {
            c.push(c.problem_at("progression", &common::REQUIRED));
            return;
        };
        c.at("progression", |c| {
            c.require(progression.present.is_some(), "present", &common::REQUIRED);
            c.past("date", progression.date);
            if progression.present == Some(true) {
                for (field, value) in [
                    ("local", progression.local),
                    ("regional", progression.regional),
                    ("distant", progression.distant),
                ] {
                    c.require(value.is_some(), field, &common::PROGRESSION);
                }
            }
        });
    }

    /// *Médecin traitant*, named or why not.
    pub(crate) fn attending_physician(&mut self, physician: Option<&AttendingPhysician>) {
        let c = self;
        match physician {
            None => c.push(
                c.problem_at("attending_physician", &common::REQUIRED)
                    .message("Le médecin traitant est nommé, ou dit absent ou inconnu")
                    .allowed(["{\"named\": …}", "\"none\"", "\"unknown\""]),
            ),
            Some(AttendingPhysician::Named(p)) => c.at("attending_physician", |c| {
                c.at("named", |c| c.participant(p))
            }),
            Some(AttendingPhysician::None | AttendingPhysician::Unknown) => {}
        }
    }

    /// Where something takes place.
    pub(crate) fn establishment(&mut self, e: &Establishment) {
        if let Some(finess) = &e.finess {
            self.finess("finess", finess);
        }
        if let Some(id) = &e.other_id {
            self.at("other_id", |c| c.identifier(id));
        }
        self.require(
            e.finess.is_none() || e.other_id.is_none(),
            "other_id",
            &common::NOT_CARRIED,
        );
        self.required_code(
            "facility_type",
            e.facility_type.as_ref(),
            Jdv::J02HealthcareFacilityType,
        );
        if !e.address.is_empty() {
            self.at("address", |c| c.address(&e.address));
        }
    }
}

fn check_tumour(c: &mut Checker<'_>, t: &Tumour) {
    if t.diagnosed.is_none() {
        c.push(
            c.problem_at("diagnosed", &common::TUMOUR)
                .message("La date du diagnostic est donnée, ou dite inconnue")
                .allowed(["aaaa-mm", "aaaa-mm-jj", "{\"absent\": \"unknown\"}"]),
        );
    }
    c.absence("diagnosed", t.diagnosed.as_ref(), &[AbsentReason::Unknown]);
    c.past(
        "diagnosed",
        t.diagnosed.as_ref().and_then(|d| d.known().copied()),
    );
    c.past("listed", t.listed);
    for (field, coded, jdv) in [
        ("morphology", &t.morphology, Jdv::Morphologie),
        ("topography", &t.topography, Jdv::Tumeur),
    ] {
        c.require(*coded != CodedText::default(), field, &common::TUMOUR);
        c.at(field, |c| c.code("code", coded.code.as_ref(), jdv));
    }
    c.code(
        "laterality",
        t.laterality.as_ref(),
        Jdv::ModificateurTopographique,
    );
    if let Some(tnm) = &t.tnm {
        c.at("tnm", |c| check_tnm(c, tnm));
    }
    c.each("other_classifications", &t.other_classifications, |c, o| {
        c.required_text("value", &o.value)
    });
}

fn check_tnm(c: &mut Checker<'_>, tnm: &Tnm) {
    c.past("date", tnm.date);
    if tnm.says_nothing() {
        c.push(c.problem(&common::TNM));
        return;
    }
    c.free_code("stage", tnm.stage.as_ref());
    let edition = tnm.edition.as_deref().map(Code::new);
    c.free_code("edition", edition.as_ref());
    for (field, letter, component) in [("t", 'T', &tnm.t), ("n", 'N', &tnm.n), ("m", 'M', &tnm.m)] {
        c.require(component.is_some(), field, &common::TNM);
        c.absence(
            field,
            component.as_ref(),
            &[
                AbsentReason::Unknown,
                AbsentReason::NotApplicable,
                AbsentReason::NotAvailable,
            ],
        );
        if let Some(OrAbsent::Known(component)) = component {
            c.at(field, |c| check_tnm_component(c, letter, component));
        }
    }
}

fn check_tnm_component(c: &mut Checker<'_>, letter: char, component: &TnmComponent) {
    c.label(component.label.as_deref());
    let value = &component.value;
    let good = value.starts_with(letter) && value.len() > 1 && !value.contains(char::is_whitespace);
    if !good {
        c.push(
            c.problem_at("value", &common::TNM_VALUE)
                .found(value)
                .allowed([format!("{letter}0, {letter}1, {letter}X…")]),
        );
    }
}

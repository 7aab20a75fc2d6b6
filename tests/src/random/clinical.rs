//! Tumours, phase, screening, status.

use dcc_core::model::{
    Absence, Answer, Code, CodedText, DocumentStatus, OtherClassification, Phase, Progression,
    Stated, Tnm, TnmBasis, TnmComponent, Tumour,
};
use dcc_core::terminology::Jdv;

use super::choices::Choices;

impl Choices<'_> {
    fn coded_text(&mut self, jdv: Jdv) -> CodedText {
        match self.pick(3) {
            0 => CodedText {
                code: Some(self.code(jdv)),
                text: None,
            },
            1 => CodedText {
                code: Some(self.code(jdv)),
                text: Some(self.text()),
            },
            _ => CodedText {
                code: None,
                text: Some(self.text()),
            },
        }
    }

    /// A tumour.
    pub fn tumour(&mut self) -> Tumour {
        let diagnosed = self.stated(&[Absence::Unknown], Self::past);
        let listed = self
            .maybe(Self::past)
            .filter(|l| Some(l) != diagnosed.known());
        Tumour {
            diagnosed: Some(diagnosed),
            listed,
            morphology: self.coded_text(Jdv::Morphologie),
            topography: self.coded_text(Jdv::Tumeur),
            laterality: self.maybe(|c| c.code(Jdv::ModificateurTopographique)),
            tnm: self.maybe(Self::tnm),
            other_classifications: self.some(2, |c| OtherClassification {
                value: c.word(),
                name: c.maybe(Self::word),
                version: c.maybe(Self::word),
            }),
            comment: self.maybe(Self::text),
        }
    }

    fn tnm(&mut self) -> Tnm {
        Tnm {
            date: self.maybe(Self::past),
            edition: self.maybe(|c| c.one(&["7", "8"]).to_owned()),
            stage: self.maybe(|c| Code::new(c.one(&["IB", "IIIA"]))),
            t: Some(Stated::Known(self.tnm_component("T1b"))),
            n: Some(self.tnm_part("N0(sn)")),
            m: Some(self.tnm_part("M0")),
        }
    }

    fn tnm_part(&mut self, value: &str) -> Stated<TnmComponent> {
        let reasons = [
            Absence::Unknown,
            Absence::NotApplicable,
            Absence::NotAvailable,
        ];
        self.stated(&reasons, |c| c.tnm_component(value))
    }

    fn tnm_component(&mut self, value: &str) -> TnmComponent {
        TnmComponent {
            value: value.to_owned(),
            basis: self.maybe(|c| c.one(&[TnmBasis::Clinical, TnmBasis::Pathological])),
            post_treatment: self.flip(),
            recurrence: self.flip(),
            autopsy: self.flip(),
            label: self.maybe(Self::word),
            detail: self.maybe(Self::word),
        }
    }

    /// How the cancer was found.
    pub fn screening(&mut self) -> Stated<Answer> {
        let reasons = [Absence::Unknown, Absence::Refused, Absence::NotAvailable];
        self.stated(&reasons, Self::answer)
    }

    /// Phase and progression.
    pub fn phase(&mut self) -> Phase {
        let present = self.flip();
        let said = |c: &mut Self| {
            if present {
                Some(c.flip())
            } else {
                c.maybe(Self::flip)
            }
        };
        let comment = self.maybe(Self::text);
        Phase {
            phase: Some(self.code(Jdv::PhaseCancer)),
            date: self.maybe(Self::past),
            comment_date: comment.as_ref().and_then(|_| self.maybe(Self::past)),
            comment,
            progression: Some(Progression {
                present: Some(present),
                date: self.maybe(Self::past),
                local: said(self),
                regional: said(self),
                distant: said(self),
            }),
        }
    }

    /// Status of the document.
    pub fn status(&mut self) -> DocumentStatus {
        DocumentStatus {
            code: Some(self.code(Jdv::StatutDoc)),
            date: self.maybe(Self::past),
            comment: self.maybe(Self::text),
        }
    }
}

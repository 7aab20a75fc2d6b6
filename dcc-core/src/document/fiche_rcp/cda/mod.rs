//! The document of a fiche RCP, written and read by one description.
//!
//! - [`context`]: participants, act and meeting, in the header
//! - [`question`]: type and reason of the meeting, way of discovery
//! - [`disease`]: tumours, history, functional status, exams, phase
//! - [`reports`]: conclusions of the CRO, CR-ACP and CR-GM
//! - [`proposal`]: treatments, synthesis, proposal, frame, status

mod context;
mod disease;
mod proposal;
mod question;
mod reports;

use super::FicheRcp;
use super::model::FicheRcpFields;
use super::templates;
use crate::cda::Codec;
use crate::cda::datatypes::FixedCode;
use crate::cda::description::{Described, Level};
use crate::cda::header::DocumentTemplate;
use crate::cda::slot::{Slot, local, slot};
use crate::document::clinical_document;
use crate::model::Header;
use crate::problem::Problems;
use crate::terminology::Terminology;
use crate::terminology::code_system::LOINC;

/// The volet: template 1.2.250.1.213.1.1.1.8, version 2022.01; 2021.01 is read too.
static FRCP: DocumentTemplate = DocumentTemplate {
    template: ("1.2.250.1.213.1.1.1.8", Some("2022.01")),
    other_versions: &["2021.01"],
    code: FixedCode::new(
        LOINC,
        "34794-8",
        "CR de réunion de concertation pluridisciplinaire",
    ),
};

clinical_document!(FicheRcp as FicheRcpFields, "fiche_rcp");

impl Described for FicheRcp {
    const TEMPLATE: &'static DocumentTemplate = &FRCP;
    const KNOWN_BY: &'static [&'static str] = &[FRCP.template.0];

    fn head(&self) -> &Header {
        &self.header
    }

    fn problems(&self, terminology: &Terminology) -> Problems {
        self.every_problem(terminology)
    }

    fn describe(codec: &mut Codec<'_>, mut fiche: Slot<'_, Self>, level: Level<'_>) {
        codec.fiche_rcp(fiche.by(), level);
        if !codec.is_writing()
            && let Some(fiche) = fiche.given()
        {
            fiche.drop_defaults();
        }
    }
}

impl FicheRcp {
    /// Title of the document when the header gives none.
    fn default_title(&self) -> String {
        format!("FRCP {}", self.rcp.name)
    }
}

impl Codec<'_> {
    fn fiche_rcp(&mut self, mut f: Slot<'_, FicheRcp>, level: Level<'_>) {
        let title = f.default_title();
        self.document_head(
            &level.template(&FRCP),
            local(&mut None),
            slot!(f.header),
            &title,
        );
        self.frcp_participants(slot!(f.participants));
        self.frcp_acts(f.by());
        self.replaced(slot!(f.header));
        self.frcp_encounter(slot!(f.rcp));
        self.body(level, |s| s.frcp_sections(f));
        self.document_end();
    }

    fn frcp_sections(&mut self, mut f: Slot<'_, FicheRcp>) {
        self.frcp_question(f.by());
        self.screening(slot!(f.from_screening));
        self.tumours(&templates::S_DIAGNOSIS, slot!(f.tumours));
        self.dated_texts(
            &templates::S_HISTORY,
            "Antécédents médicaux notables",
            slot!(f.history),
        );
        self.dated_texts(
            &templates::S_COMORBIDITIES,
            "Comorbidités",
            slot!(f.comorbidities),
        );
        self.frcp_functional_status(slot!(f.functional_status));
        self.frcp_exams(f.by());
        self.phase(true, slot!(f.phase));
        self.frcp_past_treatments(slot!(f.past_treatments));
        self.frcp_reports(f.by());
        self.frcp_synthesis(slot!(f.synthesis));
        self.frcp_file_status(slot!(f.file_status));
        self.frcp_proposal(slot!(f.proposal));
        self.frcp_frame(slot!(f.frame));
        self.text_section(
            &templates::S_PATIENT_COMMENT,
            "Commentaires / précisions sur le patient",
            slot!(f.patient_comment),
        );
        self.frcp_status(slot!(f.status));
    }
}

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
use super::templates;
use crate::cda::calls::document_calls;
use crate::cda::datatypes::Fixed;
use crate::cda::header::DocumentTemplate;
use crate::cda::{Codec, ReadOptions, Reading};
use crate::problem::Problems;
use crate::terminology::code_system::LOINC;

/// The volet: template 1.2.250.1.213.1.1.1.8, version 2022.01; 2021.01 is read too.
pub static FRCP: DocumentTemplate = DocumentTemplate {
    template: ("1.2.250.1.213.1.1.1.8", Some("2022.01")),
    other_versions: &["2021.01"],
    code: Fixed {
        system: LOINC,
        code: "34794-8",
        label: "CR de réunion de concertation pluridisciplinaire",
    },
};

document_calls!(
    FicheRcp, "fiche_rcp", "fiche",
    shape: FRCP, describe: fiche_rcp, body: frcp_body
);

impl FicheRcp {
    /// Templates by which a CDA document is known to be one.
    pub(crate) const TEMPLATES: &[&str] = &[FRCP.template.0];

    /// Reads a document, volet 2022.01 or 2021.01.
    ///
    /// What the document says and the model has no place for is listed beside
    /// the fiche. Identifiers of sections and entries are not kept: they are
    /// derived again when the fiche is written.
    ///
    /// # Errors
    /// The text is not XML, passes a limit, holds a DTD, or is not a fiche RCP.
    pub fn from_cda_with(bytes: &[u8], options: &ReadOptions) -> Result<Reading<Self>, Problems> {
        Codec::read(bytes, options, Self::TEMPLATES, |s| {
            let mut fiche = FicheRcp::default();
            s.fiche_rcp(&FRCP, &mut fiche, Codec::frcp_body);
            fiche
        })
    }

    /// Title of the document when the header gives none.
    fn default_title(&self) -> String {
        format!("FRCP {}", self.rcp.name)
    }
}

impl Codec<'_> {
    fn fiche_rcp(
        &mut self,
        shape: &DocumentTemplate,
        f: &mut FicheRcp,
        body: impl FnOnce(&mut Self, &mut FicheRcp),
    ) {
        let title = f.default_title();
        let mut header = std::mem::take(&mut f.header);
        self.document(shape, &mut header, &title, |s, header| {
            s.frcp_participants(&mut f.participants);
            s.frcp_acts(f);
            s.replaced(&mut header.replaces, &header.set_id);
            s.frcp_encounter(&mut f.rcp);
            body(s, f);
        });
        f.header = header;
        if !self.is_writing() {
            f.drop_defaults();
        }
    }

    fn frcp_body(&mut self, f: &mut FicheRcp) {
        self.structured_body(|s| s.frcp_sections(f));
    }

    fn frcp_sections(&mut self, f: &mut FicheRcp) {
        self.frcp_question(f);
        self.screening(&mut f.from_screening);
        self.tumours(&templates::S_DIAGNOSIS, &mut f.tumours);
        self.dated_texts(
            &templates::S_HISTORY,
            "Antécédents médicaux notables",
            &mut f.history,
        );
        self.dated_texts(
            &templates::S_COMORBIDITIES,
            "Comorbidités",
            &mut f.comorbidities,
        );
        self.frcp_functional_status(&mut f.functional_status);
        self.frcp_exams(f);
        self.phase(true, &mut f.phase);
        self.frcp_past_treatments(&mut f.past_treatments);
        self.frcp_reports(f);
        self.frcp_synthesis(&mut f.synthesis);
        self.frcp_file_status(&mut f.file_status);
        self.frcp_proposal(&mut f.proposal);
        self.frcp_frame(&mut f.frame);
        self.text_section(
            &templates::S_PATIENT_COMMENT,
            "Commentaires / précisions sur le patient",
            &mut f.patient_comment,
        );
        self.frcp_status(&mut f.status);
    }
}

//! Facts of the indicators as plain structs.

use std::mem::offset_of;

use dcc_core::indicators::{AttendanceFact, FicheFact, PpsFact, SessionFact, SessionStatus};

use crate::abi::{DccStr, Plain, Row};
use crate::batch::{FactRow, optional, required};
use crate::error::{Failure, Faults};
use crate::input::date;

/// Status of a session: planned.
pub const DCC_SESSION_PLANNED: i32 = 1;
/// Status of a session: held.
pub const DCC_SESSION_HELD: i32 = 2;
/// Status of a session: cancelled, nothing of it counts.
pub const DCC_SESSION_CANCELLED: i32 = 3;

/// Quorum of a session: nobody stated it.
pub const DCC_QUORUM_NOT_STATED: i32 = 0;
/// Quorum of a session: reached.
pub const DCC_QUORUM_REACHED: i32 = 1;
/// Quorum of a session: not reached.
pub const DCC_QUORUM_NOT_REACHED: i32 = 2;

/// Flag of a fiche: its status is "validée".
pub const DCC_FICHE_VALIDATED: u32 = 1;
/// Flag of a fiche: the attending physician has an MSSanté address.
pub const DCC_FICHE_MSSANTE: u32 = 2;
/// Flag of a fiche: a G8 geriatric assessment was done.
pub const DCC_FICHE_G8: u32 = 4;
/// Flag of a fiche: an onco-geriatric assessment was requested.
pub const DCC_FICHE_ONCOGERIATRIC: u32 = 8;
/// Flag of a fiche: fertility preservation was proposed or organised.
pub const DCC_FICHE_FERTILITY: u32 = 16;
/// Flag of a fiche: a clinical trial was proposed.
pub const DCC_FICHE_TRIAL: u32 = 32;
/// Flag of a fiche: the proposal respects the guideline. Without this one and
/// the next, the fiche does not state it; both together are refused.
pub const DCC_FICHE_GUIDELINE_RESPECTED: u32 = 64;
/// Flag of a fiche: the proposal does not respect the guideline.
pub const DCC_FICHE_GUIDELINE_NOT_RESPECTED: u32 = 128;

/// One session of an RCP. Fill the struct with zeros first: zero is "absent".
#[repr(C)]
#[derive(Clone, Copy)]
pub struct DccSessionFact {
    /// Opaque id of the session. Required.
    pub id: DccStr,
    /// Opaque id of the RCP that holds it. Required.
    pub rcp: DccStr,
    /// FINESS of the organising establishment.
    pub establishment: DccStr,
    /// Code of the 3C.
    pub centre_3c: DccStr,
    /// Theme of the RCP.
    pub theme: DccStr,
    /// Europe/Paris calendar date, yyyymmdd. Required.
    pub date: i32,
    /// DCC_SESSION_... Required.
    pub status: i32,
    /// DCC_QUORUM_...
    pub quorum: i32,
    /// Line in the source, that problems name; 0 when there is none.
    pub line: u32,
}

/// One professional present at a session.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct DccAttendanceFact {
    /// Id of the session. Required.
    pub session: DccStr,
    /// Opaque key of the professional, for example the RPPS. Required.
    pub professional: DccStr,
    /// Code of the specialty exercised.
    pub specialty: DccStr,
    /// Line in the source, that problems name; 0 when there is none.
    pub line: u32,
    /// Always 0.
    pub reserved: u32,
}

/// One version of one fiche RCP.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct DccFicheFact {
    /// Opaque id of the fiche, the same for all its versions. Required.
    pub id: DccStr,
    /// Id of the session where the case is discussed. Required.
    pub session: DccStr,
    /// Opaque key of the patient, better a pseudonym. Required.
    pub patient: DccStr,
    /// Opaque key of the attending physician (médecin traitant).
    pub attending_physician: DccStr,
    /// Version; the highest one alone counts.
    pub version: u32,
    /// DCC_FICHE_... added together.
    pub flags: u32,
    /// Line in the source, that problems name; 0 when there is none.
    pub line: u32,
    /// Always 0.
    pub reserved: u32,
}

/// One version of one PPS.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct DccPpsFact {
    /// Opaque id of the PPS, the same for all its versions. Required.
    pub id: DccStr,
    /// Opaque key of the patient. Required.
    pub patient: DccStr,
    /// FINESS of the establishment.
    pub establishment: DccStr,
    /// Code of the 3C.
    pub centre_3c: DccStr,
    /// Theme.
    pub theme: DccStr,
    /// Version; the highest one alone counts.
    pub version: u32,
    /// Europe/Paris calendar date of validation, yyyymmdd; 0 while not validated.
    pub validated_on: i32,
    /// Line in the source, that problems name; 0 when there is none.
    pub line: u32,
    /// Always 0.
    pub reserved: u32,
}

// SAFETY: numbers, and DccStr: a pointer and a number.
unsafe impl Plain for DccSessionFact {
    const FIRST_SIZE: usize = offset_of!(Self, line) + size_of::<u32>();
}
// SAFETY: as above.
unsafe impl Plain for DccAttendanceFact {
    const FIRST_SIZE: usize = offset_of!(Self, reserved) + size_of::<u32>();
}
// SAFETY: as above.
unsafe impl Plain for DccFicheFact {
    const FIRST_SIZE: usize = offset_of!(Self, reserved) + size_of::<u32>();
}
// SAFETY: as above.
unsafe impl Plain for DccPpsFact {
    const FIRST_SIZE: usize = offset_of!(Self, reserved) + size_of::<u32>();
}

impl FactRow for Row<'_, DccSessionFact> {
    type Fact = SessionFact;

    fn empty() -> SessionFact {
        SessionFact::held("", "", chrono::NaiveDate::default())
    }

    fn fill(&self, fact: &mut SessionFact) -> Result<(), Failure> {
        let mut faults = Faults::default();
        required(
            &mut fact.id,
            faults.keep(self.text("id", |r| r.id)).flatten(),
        );
        required(
            &mut fact.rcp,
            faults.keep(self.text("rcp", |r| r.rcp)).flatten(),
        );
        optional(
            &mut fact.establishment,
            faults
                .keep(self.text("establishment", |r| r.establishment))
                .flatten(),
        );
        optional(
            &mut fact.centre_3c,
            faults
                .keep(self.text("centre_3c", |r| r.centre_3c))
                .flatten(),
        );
        optional(
            &mut fact.theme,
            faults.keep(self.text("theme", |r| r.theme)).flatten(),
        );
        let row = self.plain();
        if let Some(day) = faults.keep(date("date", row.date)) {
            fact.date = day;
        }
        let status = match row.status {
            DCC_SESSION_PLANNED => Ok(SessionStatus::Planned),
            DCC_SESSION_HELD => Ok(SessionStatus::Held),
            DCC_SESSION_CANCELLED => Ok(SessionStatus::Cancelled),
            other => Err(Failure::value("status", other, [1, 2, 3])),
        };
        if let Some(status) = faults.keep(status) {
            fact.status = status;
        }
        let quorum = match row.quorum {
            DCC_QUORUM_NOT_STATED => Ok(None),
            DCC_QUORUM_REACHED => Ok(Some(true)),
            DCC_QUORUM_NOT_REACHED => Ok(Some(false)),
            other => Err(Failure::value("quorum", other, [0, 1, 2])),
        };
        fact.quorum_reached = faults.keep(quorum).flatten();
        faults.all(Some(()))
    }

    fn line(&self) -> u32 {
        self.plain().line
    }
}

impl FactRow for Row<'_, DccAttendanceFact> {
    type Fact = AttendanceFact;

    fn empty() -> AttendanceFact {
        AttendanceFact {
            session: String::new(),
            professional: String::new(),
            specialty: None,
        }
    }

    fn fill(&self, fact: &mut AttendanceFact) -> Result<(), Failure> {
        let mut faults = Faults::default();
        required(
            &mut fact.session,
            faults.keep(self.text("session", |r| r.session)).flatten(),
        );
        required(
            &mut fact.professional,
            faults
                .keep(self.text("professional", |r| r.professional))
                .flatten(),
        );
        optional(
            &mut fact.specialty,
            faults
                .keep(self.text("specialty", |r| r.specialty))
                .flatten(),
        );
        faults.all(Some(()))
    }

    fn line(&self) -> u32 {
        self.plain().line
    }
}

impl FactRow for Row<'_, DccFicheFact> {
    type Fact = FicheFact;

    fn empty() -> FicheFact {
        FicheFact::validated("", 1, "", "")
    }

    fn fill(&self, fact: &mut FicheFact) -> Result<(), Failure> {
        const GUIDELINE: u32 = DCC_FICHE_GUIDELINE_RESPECTED | DCC_FICHE_GUIDELINE_NOT_RESPECTED;
        let mut faults = Faults::default();
        required(
            &mut fact.id,
            faults.keep(self.text("id", |r| r.id)).flatten(),
        );
        required(
            &mut fact.session,
            faults.keep(self.text("session", |r| r.session)).flatten(),
        );
        required(
            &mut fact.patient,
            faults.keep(self.text("patient", |r| r.patient)).flatten(),
        );
        optional(
            &mut fact.attending_physician,
            faults
                .keep(self.text("attending_physician", |r| r.attending_physician))
                .flatten(),
        );
        let row = self.plain();
        let has = |flag: u32| row.flags & flag != 0;
        if row.flags > 255 || row.flags & GUIDELINE == GUIDELINE {
            let allowed = ["DCC_FICHE_..., un seul des deux GUIDELINE"];
            faults.keep::<()>(Err(Failure::value("flags", row.flags, allowed)));
        }
        fact.version = row.version;
        fact.validated = has(DCC_FICHE_VALIDATED);
        fact.attending_physician_mssante = has(DCC_FICHE_MSSANTE);
        fact.g8 = has(DCC_FICHE_G8);
        fact.oncogeriatric_requested = has(DCC_FICHE_ONCOGERIATRIC);
        fact.fertility_preservation = has(DCC_FICHE_FERTILITY);
        fact.trial_proposed = has(DCC_FICHE_TRIAL);
        fact.guideline_respected = has(GUIDELINE).then(|| has(DCC_FICHE_GUIDELINE_RESPECTED));
        faults.all(Some(()))
    }

    fn line(&self) -> u32 {
        self.plain().line
    }
}

impl FactRow for Row<'_, DccPpsFact> {
    type Fact = PpsFact;

    fn empty() -> PpsFact {
        PpsFact {
            id: String::new(),
            version: 1,
            patient: String::new(),
            validated_on: None,
            establishment: None,
            centre_3c: None,
            theme: None,
        }
    }

    fn fill(&self, fact: &mut PpsFact) -> Result<(), Failure> {
        let mut faults = Faults::default();
        required(
            &mut fact.id,
            faults.keep(self.text("id", |r| r.id)).flatten(),
        );
        required(
            &mut fact.patient,
            faults.keep(self.text("patient", |r| r.patient)).flatten(),
        );
        optional(
            &mut fact.establishment,
            faults
                .keep(self.text("establishment", |r| r.establishment))
                .flatten(),
        );
        optional(
            &mut fact.centre_3c,
            faults
                .keep(self.text("centre_3c", |r| r.centre_3c))
                .flatten(),
        );
        optional(
            &mut fact.theme,
            faults.keep(self.text("theme", |r| r.theme)).flatten(),
        );
        let row = self.plain();
        fact.version = row.version;
        fact.validated_on = match row.validated_on {
            0 => None,
            number => faults.keep(date("validated_on", number)),
        };
        faults.all(Some(()))
    }

    fn line(&self) -> u32 {
        self.plain().line
    }
}

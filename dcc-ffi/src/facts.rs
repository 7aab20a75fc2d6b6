//! Facts of the indicators as plain structs.

use std::mem::offset_of;

use chrono::NaiveDate;
use dcc_core::indicators::{AttendanceFact, FicheFact, PpsFact, SessionFact, SessionFactStatus};

use crate::abi::{DccStr, Plain, Row};
use crate::batch::{FactRow, optional, required};
use crate::failure::{Failure, Faults};
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

/// How a field of a fact is filled from the field of the struct, by its kind.
macro_rules! fill {
    (key $row:ident $fact:ident $faults:ident $plain:ident $($field:ident).+) => {
        let text = $row.text(stringify!($plain), |r| r.$plain);
        required(&mut $fact.$($field).+, $faults.keep(text).flatten());
    };
    (text $row:ident $fact:ident $faults:ident $plain:ident $($field:ident).+) => {
        let text = $row.text(stringify!($plain), |r| r.$plain);
        optional(&mut $fact.$($field).+, $faults.keep(text).flatten());
    };
    (number $row:ident $fact:ident $faults:ident $plain:ident $($field:ident).+) => {
        $fact.$($field).+ = $row.plain().$plain;
    };
    ($read:ident $row:ident $fact:ident $faults:ident $plain:ident $($field:ident).+) => {
        if let Some(value) = $faults.keep($read($row.plain().$plain)) {
            $fact.$($field).+ = value;
        }
    };
}

macro_rules! rows {
    ($( $plain:ident as $fact:ident { $( $kind:ident $from:ident => $($field:ident).+, )* } )*) => { $(
        impl FactRow for Row<'_, $plain> {
            type Fact = $fact;

            fn fill(&self, fact: &mut $fact) -> Result<(), Failure> {
                let mut faults = Faults::default();
                $( fill! { $kind self fact faults $from $($field).+ } )*
                faults.all(Some(()))
            }

            fn line(&self) -> u32 {
                self.plain().line
            }
        }
    )* };
}

rows! {
    DccSessionFact as SessionFact {
        key id => id,
        key rcp => rcp,
        text establishment => establishment,
        text centre_3c => centre_3c,
        text theme => theme,
        day date => date,
        status status => status,
        quorum quorum => quorum_reached,
    }
    DccAttendanceFact as AttendanceFact {
        key session => session,
        key professional => professional,
        text specialty => specialty,
    }
    DccFicheFact as FicheFact {
        key id => id,
        key session => session,
        key patient => patient,
        text attending_physician => flags.attending_physician,
        number version => version,
        known_flags flags => validated,
        mssante flags => flags.attending_physician_mssante,
        g8 flags => flags.g8,
        oncogeriatric flags => flags.oncogeriatric_requested,
        fertility flags => flags.fertility_preservation,
        trial flags => flags.trial_proposed,
        guideline flags => flags.guideline_respected,
    }
    DccPpsFact as PpsFact {
        key id => id,
        key patient => patient,
        text establishment => establishment,
        text centre_3c => centre_3c,
        text theme => theme,
        number version => version,
        validation validated_on => validated_on,
    }
}

fn day(number: i32) -> Result<NaiveDate, Failure> {
    date("date", number)
}

fn validation(number: i32) -> Result<Option<NaiveDate>, Failure> {
    let given = (number != 0).then_some(number);
    given.map(|number| date("validated_on", number)).transpose()
}

fn status(number: i32) -> Result<SessionFactStatus, Failure> {
    match number {
        DCC_SESSION_PLANNED => Ok(SessionFactStatus::Planned),
        DCC_SESSION_HELD => Ok(SessionFactStatus::Held),
        DCC_SESSION_CANCELLED => Ok(SessionFactStatus::Cancelled),
        other => Err(Failure::value("status", other, [1, 2, 3])),
    }
}

fn quorum(number: i32) -> Result<Option<bool>, Failure> {
    match number {
        DCC_QUORUM_NOT_STATED => Ok(None),
        DCC_QUORUM_REACHED => Ok(Some(true)),
        DCC_QUORUM_NOT_REACHED => Ok(Some(false)),
        other => Err(Failure::value("quorum", other, [0, 1, 2])),
    }
}

const GUIDELINE: u32 = DCC_FICHE_GUIDELINE_RESPECTED | DCC_FICHE_GUIDELINE_NOT_RESPECTED;

/// Whether the fiche is validated, when all its flags are known.
fn known_flags(flags: u32) -> Result<bool, Failure> {
    if flags > 255 || flags & GUIDELINE == GUIDELINE {
        let allowed = ["DCC_FICHE_..., un seul des deux GUIDELINE"];
        return Err(Failure::value("flags", flags, allowed));
    }
    Ok(flags & DCC_FICHE_VALIDATED != 0)
}

macro_rules! flags {
    ($($name:ident $flag:ident;)*) => { $(
        fn $name(flags: u32) -> Result<bool, Failure> {
            Ok(flags & $flag != 0)
        }
    )* };
}

flags! {
    mssante DCC_FICHE_MSSANTE;
    g8 DCC_FICHE_G8;
    oncogeriatric DCC_FICHE_ONCOGERIATRIC;
    fertility DCC_FICHE_FERTILITY;
    trial DCC_FICHE_TRIAL;
}

fn guideline(flags: u32) -> Result<Option<bool>, Failure> {
    Ok((flags & GUIDELINE != 0).then_some(flags & DCC_FICHE_GUIDELINE_RESPECTED != 0))
}

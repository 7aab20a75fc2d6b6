//! An identity as a message. The INS stands in it when the identity is
//! qualified: a retrieved one is sent as `PROV`, without its matricule.

use chrono::{DateTime, Utc};
use dcc_base::calendar::paris::paris;
use dcc_base::problem::{Problem, Problems};
use dcc_hl7v2::{Charset, Draft, SegmentDraft};

use super::adt::AdtEvent;
use super::tables::ins_authority;
use crate::capture::Capture;
use crate::local_id::LocalId;
use crate::record::{Outgoing, Record};
use crate::release::{Channel, ReleaseOptions};
use crate::rules;
use crate::traits::Sex;

/// What the host gives of a message to send.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Envelope {
    /// MSH-3, *application émettrice*.
    pub sender: String,
    /// MSH-4, *établissement émetteur*.
    pub sender_facility: String,
    /// MSH-5, *application réceptrice*.
    pub receiver: String,
    /// MSH-6, *établissement récepteur*.
    pub receiver_facility: String,
    /// MSH-7 and EVN-2.
    pub at: DateTime<Utc>,
    /// MSH-10.
    pub control_id: String,
    /// MSH-11: `P`, `D`, `T`.
    pub processing: String,
    /// MSH-18.
    pub charset: Charset,
    /// Code of the attribute *homonyme* in PID-32: `HOMA` (default) or `HOMD`,
    /// by the agreement of the two applications.
    pub homonym_code: String,
}

impl Envelope {
    /// A production message in UTF-8 between two applications.
    pub fn new(
        sender: impl Into<String>,
        receiver: impl Into<String>,
        control_id: impl Into<String>,
        at: DateTime<Utc>,
    ) -> Self {
        Envelope {
            sender: sender.into(),
            sender_facility: String::new(),
            receiver: receiver.into(),
            receiver_facility: String::new(),
            at,
            control_id: control_id.into(),
            processing: "P".to_owned(),
            charset: Charset::Utf8,
            homonym_code: "HOMA".to_owned(),
        }
    }

    fn draft(&self, event: AdtEvent) -> Draft {
        let time = paris(self.at).format("%Y%m%d%H%M%S%z").to_string();
        let mut draft = Draft::new().in_charset(self.charset);
        draft
            .segment("MSH")
            .set(3, &self.sender)
            .set(4, &self.sender_facility)
            .set(5, &self.receiver)
            .set(6, &self.receiver_facility)
            .set(7, &time)
            .set((9, 1), "ADT")
            .set((9, 2), event.code())
            .set((9, 3), event.structure())
            .set(10, &self.control_id)
            .set(11, &self.processing)
            .set((12, 1), "2.5")
            .set((12, 2), "FRA")
            .set((12, 3), "2.11")
            .set(17, "FRA")
            .set((21, 1), "2.11")
            .set((21, 2), "IHE_FRANCE-2.11-PAM");
        draft.segment("EVN").set(2, &time);
        draft
    }
}

/// A28 or A31: the identity of a record.
///
/// # Errors
/// `PAM-EVENEMENT` for another event, `PAM-ABSENT` for a record without local
/// identifier, `IDENTITE-…` when it may not leave, what cannot be written.
pub fn identity(
    record: &Record,
    event: AdtEvent,
    envelope: &Envelope,
) -> Result<Vec<u8>, Problems> {
    if !matches!(event, AdtEvent::A28 | AdtEvent::A31) {
        let told = Problem::new(&rules::PAM_TYPE, "")
            .found(event.code())
            .allowed(["A28", "A31"]);
        return Err(told.into());
    }
    let outgoing = outgoing(record)?;
    let mut draft = envelope.draft(event);
    pid(draft.segment("PID"), &outgoing, envelope);
    draft.segment("PV1").set(2, "N");
    zfd(&mut draft, record, &outgoing);
    draft.write()
}

/// A40: `eliminated` gives way to `survivor`, one MRG for each of its local identifiers.
///
/// # Errors
/// As for [`identity`].
pub fn merge(
    survivor: &Record,
    eliminated: &Record,
    envelope: &Envelope,
) -> Result<Vec<u8>, Problems> {
    let outgoing = outgoing(survivor)?;
    if eliminated.local_ids().is_empty() {
        return Err(Problem::new(&rules::PAM_MISSING, "MRG-1").into());
    }
    let mut draft = envelope.draft(AdtEvent::A40);
    for id in eliminated.local_ids() {
        pid(draft.segment("PID"), &outgoing, envelope);
        cx(draft.segment("MRG"), 1, 1, id);
    }
    draft.write()
}

fn outgoing(record: &Record) -> Result<Outgoing, Problems> {
    let outgoing = record.outgoing(Channel::Interface, &ReleaseOptions::default())?;
    if outgoing.local_ids.is_empty() {
        return Err(Problem::new(&rules::PAM_MISSING, "PID-3").into());
    }
    Ok(outgoing)
}

fn cx(segment: &mut SegmentDraft, field: u16, repetition: u16, id: &LocalId) {
    segment
        .set((field, repetition, 1), &id.value)
        .set((field, repetition, 4, 1), &id.authority.name)
        .set((field, repetition, 4, 2), &id.authority.id)
        .set((field, repetition, 4, 3), &id.authority.id_type)
        .set((field, repetition, 5), &id.kind);
}

fn pid(segment: &mut SegmentDraft, outgoing: &Outgoing, envelope: &Envelope) {
    let traits = &outgoing.traits;
    segment.set(1, "1");
    for (n, id) in (1..).zip(&outgoing.local_ids) {
        cx(segment, 3, n, id);
    }
    if let Some(dated) = outgoing.ins() {
        let n = u16::try_from(outgoing.local_ids.len() + 1).unwrap_or(u16::MAX);
        let day = |d: chrono::NaiveDate| d.format("%Y%m%d").to_string();
        segment
            .set((3, n, 1), &dated.ins.matricule)
            .set((3, n, 4, 1), ins_authority(dated.ins.kind))
            .set((3, n, 4, 2), dated.ins.oid())
            .set((3, n, 4, 3), "ISO")
            .set((3, n, 5), "INS")
            .set_some((3, n, 7), dated.start.map(day))
            .set_some((3, n, 8), dated.end.map(day));
    }
    segment
        .set((5, 1, 1), &traits.birth_name)
        .set((5, 1, 2), &traits.first_given_name)
        .set((5, 1, 3), &traits.given_names)
        .set((5, 1, 7), "L");
    if outgoing.used.family.is_some() || outgoing.used.given.is_some() {
        segment
            .set_some((5, 2, 1), outgoing.used.family.as_deref())
            .set_some((5, 2, 2), outgoing.used.given.as_deref())
            .set((5, 2, 7), "D");
    }
    segment
        .set_some(7, traits.birth_date.map(|d| d.format("%Y%m%d").to_string()))
        .set(
            8,
            if traits.sex == Sex::Indeterminate {
                "U"
            } else {
                traits.sex.code()
            },
        );
    if let Some(place) = &traits.birth_place {
        segment.set((11, 1, 7), "BDL").set((11, 1, 9), place);
    }
    segment.set((32, 1, 1), outgoing.status.pid_32());
    let attributes = [
        (outgoing.attributes.homonym, envelope.homonym_code.as_str()),
        (outgoing.attributes.doubtful, "DOUT"),
        (outgoing.attributes.fictitious, "FICT"),
    ];
    for (n, (_, code)) in (2..).zip(attributes.iter().filter(|(set, _)| *set)) {
        segment.set((32, n, 1), *code);
    }
}

fn zfd(draft: &mut Draft, record: &Record, outgoing: &Outgoing) {
    let zfd = draft.segment("ZFD");
    // AAAA-MM-JJ, by the rules of reception
    if let Some(parts) = record
        .lunar_date()
        .map(|date| date.split('-').collect::<Vec<_>>())
    {
        for (n, part) in (1..).zip(parts.iter().rev().take(3)) {
            zfd.set((1, n), *part);
        }
    }
    zfd.set(
        4,
        if outgoing.traits.birth_date_corrected {
            "Y"
        } else {
            "N"
        },
    );
    // table 9003 has no local codes
    let capture =
        Some(record.capture()).filter(|c| !matches!(c, Capture::Interface | Capture::Import));
    let source = record.insi_source().filter(|_| outgoing.ins().is_some());
    zfd.set_some(5, source.map(|s| s.mode).or(capture).map(Capture::code));
    zfd.set_some(
        6,
        source
            .and_then(|s| s.called_on)
            .map(|d| d.format("%Y%m%d").to_string()),
    );
    if outgoing.status.pid_32() == "VALI" {
        let check = record.proof().map(|proof| &proof.check);
        zfd.set_some(7, check.and_then(|c| c.device.hl7_code()));
        zfd.set_some(
            8,
            check
                .and_then(|c| c.valid_until)
                .map(|d| d.format("%Y%m%d").to_string()),
        );
    }
}

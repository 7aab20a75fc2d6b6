//! The invented 3C: its RCPs and the professionals who attend them.

use chrono::NaiveDate;
use dcc_core::rcp::{
    AttendanceMode, Attendee, Centre3c, Contact, EnrolmentDeadline, HolidayPolicy, Offer,
    QuorumRule, Recurrence, RequiredSpecialty,
};

/// The year.
pub(crate) const YEAR: i32 = 2026;
/// Sessions of the year.
pub(crate) const SESSIONS: usize = 500;
/// Fiches of the year.
pub(crate) const FICHES: usize = 8_000;
/// Patients of the year.
pub(crate) const PATIENTS: usize = 5_000;

const ONCOLOGY: &str = "G15_10/SM36";
const RADIOTHERAPY: &str = "G15_10/SM45";
const PATHOLOGY: &str = "G15_10/SM01";
const RADIOLOGY: &str = "G15_10/SM44";
const GERIATRICS: &str = "G15_10/SM18";

/// Line of the catalogue: id, name, theme, organ system, specialty proper to
/// the theme, recurrence rule, first session.
type Line = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

#[rustfmt::skip]
const RCPS: [Line; 12] = [
    ("RCP01", "Sénologie", "Sein", "SEIN", "G15_10/SM20", "FREQ=WEEKLY;BYDAY=TU", "2026-01-06T12:30:00"),
    ("RCP02", "Gynécologie pelvienne", "Gynécologie", "GYN", "G15_10/SM20", "FREQ=WEEKLY;BYDAY=TH", "2026-01-08T17:00:00"),
    ("RCP03", "Digestif", "Digestif", "DIG", "G15_10/SM14", "FREQ=WEEKLY;BYDAY=MO", "2026-01-05T17:30:00"),
    ("RCP04", "Hépatologie", "Digestif", "DIG", "G15_10/SM24", "FREQ=WEEKLY;BYDAY=WE", "2026-01-07T13:00:00"),
    ("RCP05", "Urologie", "Urologie", "URO", "G15_10/SM12", "FREQ=WEEKLY;BYDAY=TU", "2026-01-06T18:00:00"),
    ("RCP06", "Thoracique", "Thorax", "THO", "G15_10/SM41", "FREQ=WEEKLY;BYDAY=FR", "2026-01-02T08:30:00"),
    ("RCP07", "Voies aérodigestives supérieures", "VADS", "VADS", "G15_10/SM39", "FREQ=WEEKLY;BYDAY=TH", "2026-01-08T12:00:00"),
    ("RCP08", "Hématologie", "Hématologie", "HEM", "G15_10/SM22", "FREQ=WEEKLY;BYDAY=MO", "2026-01-05T14:00:00"),
    ("RCP09", "Neuro-oncologie", "Système nerveux central", "SNC", "G15_10/SM31", "FREQ=WEEKLY;BYDAY=WE", "2026-01-07T17:00:00"),
    ("RCP10", "Thyroïde", "Thyroïde", "THYR", "G15_10/SM16", "FREQ=MONTHLY;BYDAY=1TH", "2026-01-01T18:00:00"),
    ("RCP11", "Dermatologie", "Peau", "PEAU", "G15_10/SM15", "FREQ=MONTHLY;BYDAY=3FR", "2026-01-02T14:00:00"),
    ("RCP12", "Sarcomes et tumeurs rares (recours)", "Sarcomes", "SARC", "G15_10/SM14", "FREQ=MONTHLY;BYDAY=2WE", "2026-01-07T09:00:00"),
];

/// Index of the recourse RCP.
pub(crate) const RECOURSE: usize = 11;

/// The offers of the 3C.
pub(crate) fn offers() -> Vec<Offer> {
    RCPS.iter()
        .enumerate()
        .map(|(i, line)| offer(i, line))
        .collect()
}

fn offer(i: usize, (id, name, theme, organ, _, rule, start): &Line) -> Offer {
    let contact = |name: String| {
        Contact::new(name)
            .with_phone("01 00 00 00 00")
            .with_email(format!("{}@3c.example", id.to_lowercase()))
    };
    let radiotherapy = RequiredSpecialty {
        label: "radiothérapie".into(),
        any_of: vec![RADIOTHERAPY.into(), "G15_10/SM37".into()],
    };
    let start: chrono::NaiveDateTime = start.parse().expect("local time");
    let centre = Centre3c::new("3C-ESSAI", "3C d'essai");
    let mut offer = Offer::new(*id, *name, *theme, centre);
    offer.national_id = (i != 10).then(|| format!("N-ESSAI-{:03}", i + 1));
    offer.local_ids = vec![format!("ESSAI-{id}")];
    offer.organ_systems = vec![(*organ).into()];
    offer.establishments = if i.is_multiple_of(4) {
        vec![finess(i), finess(i + 1)]
    } else {
        vec![finess(i)]
    };
    offer.recourse = i == RECOURSE;
    offer.place = (i != 8).then(|| format!("Salle {}", i + 1));
    offer.video_link = (i % 3 != 1).then(|| format!("https://visio.example/{}", id.to_lowercase()));
    offer.coordinators = vec![contact(professional_name(i, 0))];
    offer.secretariat = contact(format!("Secrétariat {name}"));
    offer.recurrence = Some(Recurrence {
        start,
        rule: (*rule).into(),
        exceptions: NaiveDate::from_ymd_opt(YEAR, 12, 24).into_iter().collect(),
        holidays: if i.is_multiple_of(2) {
            HolidayPolicy::NextWorkingDay
        } else {
            HolidayPolicy::Skip
        },
        calendar: Default::default(),
    });
    offer.duration_minutes = 120;
    offer.capacity = Some(30);
    offer.enrolment_deadline = Some(EnrolmentDeadline {
        days_before: 1,
        working_days: true,
        at: chrono::NaiveTime::from_hms_opt(12, 0, 0),
    });
    offer.quorum = QuorumRule {
        required: if matches!(i, 0 | 4 | 5 | 6) {
            vec![radiotherapy]
        } else {
            Vec::new()
        },
        ..QuorumRule::default()
    };
    offer
}

/// FINESS, invented, of an establishment.
fn finess(i: usize) -> String {
    format!("99000000{}", i % 3 + 1)
}

/// Number of professionals of an RCP.
pub(crate) const TEAM: usize = 9;

fn professional_name(rcp: usize, i: usize) -> String {
    format!("Dr ESSAI-{:02}{i}", rcp + 1)
}

/// Professional `i` of an RCP. Radiotherapists and pathologists (1 and 2) are
/// shared by the RCPs three by three, as they would be.
pub(crate) fn professional(rcp: usize, i: usize) -> Attendee {
    let desk = if matches!(i, 1 | 2) {
        rcp - rcp % 3
    } else {
        rcp
    };
    let specialty = match i {
        0 => Some(ONCOLOGY),
        1 => Some(RADIOTHERAPY),
        2 => Some(PATHOLOGY),
        3 | 6 => Some(RCPS[rcp].4),
        4 => Some(RADIOLOGY),
        5 => Some(GERIATRICS),
        7 => Some("G15_60"), // infirmier
        _ => None,           // attaché de recherche clinique
    };
    let mode = if (rcp + i).is_multiple_of(4) {
        AttendanceMode::Video
    } else {
        AttendanceMode::OnSite
    };
    let key = format!("PRO-{:02}{i}", desk + 1);
    let mut attendee = Attendee::new(key, professional_name(desk, i), mode);
    attendee.specialty = specialty.map(str::to_owned);
    attendee
}

//! A made-up activity: facts of sessions, fiches and PPS, drawn from a seed.
//!
//! No person is behind any key. The same settings give the same facts.

use chrono::{Days, NaiveDate};
use dcc_core::indicators::{FicheFact, PpsFact, SessionAttendance, SessionFact, SessionFactStatus};

/// A small generator of numbers (splitmix64), the same everywhere.
#[derive(Clone, Debug)]
pub struct Draw(u64);

impl Draw {
    /// A generator for one thing: the same seed and index give the same draws.
    pub fn new(seed: u64, index: u64) -> Self {
        let mut draw = Draw(
            seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ index.wrapping_mul(0xd6e8_feb8_6659_fd93),
        );
        draw.number();
        draw
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.number()) * u128::from(n)) >> 64) as u64
    }

    /// True `percent` times in a hundred.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// How much of everything.
#[derive(Clone, Debug)]
pub struct Activity {
    /// Seed of all the draws.
    pub seed: u64,
    /// Sessions.
    pub sessions: u64,
    /// Fiches, each in its last version.
    pub fiches: u64,
    /// Patients.
    pub patients: u64,
    /// PPS.
    pub pps: u64,
    /// RCPs.
    pub rcps: u64,
    /// Establishments.
    pub establishments: u64,
    /// 3C.
    pub centres_3c: u64,
    /// Themes.
    pub themes: u64,
    /// Attending physicians.
    pub physicians: u64,
    /// Professionals who attend.
    pub professionals: u64,
    /// Specialties.
    pub specialties: u64,
    /// Attendances of a session.
    pub attendances: u64,
    /// First day of the sessions.
    pub first: NaiveDate,
    /// Days over which they spread.
    pub days: u64,
    /// Percentage of dimensions that are not stated.
    pub missing: u64,
    /// True when an establishment has one 3C; else the two are independent.
    pub nested: bool,
}

impl Activity {
    /// A year and its edges, small enough to count by hand in a test.
    pub fn small(seed: u64) -> Self {
        Activity {
            seed,
            sessions: 300,
            fiches: 3_000,
            patients: 900,
            pps: 500,
            rcps: 40,
            establishments: 5,
            centres_3c: 3,
            themes: 4,
            physicians: 120,
            professionals: 60,
            specialties: 7,
            attendances: 5,
            first: NaiveDate::from_ymd_opt(2024, 12, 1).unwrap_or_default(),
            days: 420,
            missing: 8,
            nested: false,
        }
    }

    fn label(&self, draw: &mut Draw, prefix: &str, n: u64) -> Option<String> {
        let value = draw.below(n);
        (!draw.chance(self.missing)).then(|| format!("{prefix}{value:03}"))
    }

    /// Establishment, 3C and theme, any of them missing.
    fn dimensions(&self, draw: &mut Draw) -> (Option<String>, Option<String>, Option<String>) {
        let establishment = draw.below(self.establishments);
        let centre = if self.nested {
            establishment % self.centres_3c
        } else {
            draw.below(self.centres_3c)
        };
        let stated = |draw: &mut Draw, text: String| (!draw.chance(self.missing)).then_some(text);
        (
            stated(draw, format!("750{establishment:06}")),
            stated(draw, format!("3C{centre:02}")),
            self.label(draw, "theme ", self.themes),
        )
    }

    /// One session.
    pub fn session(&self, i: u64) -> SessionFact {
        let draw = &mut Draw::new(self.seed, i);
        let (establishment, centre_3c, theme) = self.dimensions(draw);
        let attendances = (0..self.attendances).map(|_| {
            let professional = format!("prof{}", draw.below(self.professionals));
            let specialty = self.label(draw, "SM", self.specialties);
            SessionAttendance::new(professional, specialty.as_deref())
        });
        let mut attendances: Vec<SessionAttendance> = attendances.collect();
        attendances.sort();
        attendances.dedup();
        let rcp = format!("RCP{:03}", draw.below(self.rcps));
        let date = self.first + Days::new(draw.below(self.days));
        let status = match draw.below(100) {
            0..8 => SessionFactStatus::Cancelled,
            8..13 => SessionFactStatus::Planned,
            _ => SessionFactStatus::Held,
        };
        let mut fact = SessionFact::new(format!("S{i:06}"), rcp, date, status);
        fact.establishment = establishment;
        fact.centre_3c = centre_3c;
        fact.theme = theme;
        fact.quorum_reached = (!draw.chance(5)).then(|| draw.chance(85));
        fact.attendances = attendances;
        fact
    }

    /// One fiche in a version; the version changes all but the patient.
    pub fn fiche(&self, i: u64, version: u32) -> FicheFact {
        let patient = Draw::new(self.seed ^ 0xf1c4e, i).below(self.patients);
        let draw = &mut Draw::new(self.seed ^ u64::from(version) << 40, i);
        let session = if version == self.last_version(i) {
            i * self.sessions / self.fiches
        } else {
            draw.below(self.sessions)
        };
        let named = draw.chance(90);
        let physician = draw.below(self.physicians);
        let mut fact = FicheFact::validated(
            format!("F{i:08}"),
            version,
            format!("S{session:06}"),
            format!("P{patient:07}"),
        );
        fact.validated = draw.chance(88);
        let flags = &mut fact.flags;
        flags.attending_physician = named.then(|| format!("MT{physician:05}"));
        flags.attending_physician_mssante =
            named && (physician.is_multiple_of(3) || draw.chance(20));
        flags.g8 = draw.chance(18);
        flags.oncogeriatric_requested = draw.chance(6);
        flags.fertility_preservation = draw.chance(3);
        flags.trial_proposed = draw.chance(9);
        flags.guideline_respected = (!draw.chance(12)).then(|| draw.chance(93));
        fact
    }

    /// The last version of a fiche: one in ten was replaced.
    pub fn last_version(&self, i: u64) -> u32 {
        if Draw::new(self.seed ^ 0x7e75, i).chance(10) {
            2
        } else {
            1
        }
    }

    /// One PPS in a version.
    pub fn one_pps(&self, i: u64, version: u32) -> PpsFact {
        let draw = &mut Draw::new(self.seed ^ 0x995 ^ u64::from(version) << 40, i);
        let (establishment, centre_3c, theme) = self.dimensions(draw);
        let patient = format!("P{:07}", draw.below(self.patients));
        let mut fact = PpsFact::new(format!("PPS{i:07}"), version, patient);
        fact.validated_on =
            (!draw.chance(15)).then(|| self.first + Days::new(draw.below(self.days)));
        fact.establishment = establishment;
        fact.centre_3c = centre_3c;
        fact.theme = theme;
        fact
    }

    /// Every session.
    pub fn all_sessions(&self) -> Vec<SessionFact> {
        (0..self.sessions).map(|i| self.session(i)).collect()
    }

    /// Every fiche in every version, the last before the first.
    pub fn all_fiches(&self) -> Vec<FicheFact> {
        (0..self.fiches)
            .flat_map(|i| {
                (1..=self.last_version(i))
                    .rev()
                    .map(move |version| (i, version))
            })
            .map(|(i, version)| self.fiche(i, version))
            .collect()
    }

    /// Every PPS in every version.
    pub fn all_pps(&self) -> Vec<PpsFact> {
        (0..self.pps)
            .flat_map(|i| (1..=self.last_version(i)).map(move |version| (i, version)))
            .map(|(i, version)| self.one_pps(i, version))
            .collect()
    }
}

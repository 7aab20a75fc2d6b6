//! Identity devices (*dispositifs d'identité*), and which of them have a high
//! level of confidence.
//!
//! Source: RNIV 1 § 3.3.3, EXI ID 19; codes of FHIR FR Core (mode of
//! validation) and of HL7 table 9004 of PAM France.

use chrono::NaiveDate;
use dcc_base::problem::{Problem, Problems};
use serde::{Deserialize, Serialize};

use crate::opaque::opaque;
use crate::rules;

/// An identity device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Device {
    /// *Carte nationale d'identité*.
    IdentityCard,
    /// *Passeport*.
    Passport,
    /// *Titre de séjour*.
    ResidencePermit,
    /// *Carte d'identité européenne* (EU, EEA, Switzerland, United Kingdom).
    EuropeanCard,
    /// *Application carte Vitale* (ApCV), eIDAS *substantiel*.
    VitaleApp,
    /// *e-carte d'identité*, eIDAS *élevé*.
    ElectronicIdentity,
    /// *Identité numérique La Poste*, eIDAS *substantiel*.
    PostIdentity,
    /// *Tiers de confiance*.
    TrustedThirdParty,
    /// *Livret de famille*: for a minor, with the device of the guardian.
    FamilyBook,
    /// *Extrait d'acte de naissance*: for a minor, with the device of the guardian.
    BirthCertificate,
    /// *Carte Vitale avec photo*, in an EHPAD, with one of the two above.
    VitaleCard,
    /// *Carnet de circulation*.
    TravelBooklet,
    /// *Carte militaire*.
    MilitaryCard,
    /// *Permis de conduire*.
    DrivingLicence,
    /// A validated identity received without its device.
    Unstated,
    /// A device received under a code that is not known.
    Other,
}

/// Code, FHIR code, HL7 9004 code and French name of each device.
const DEVICES: [(Device, &str, &str, &str); 16] = [
    (
        Device::IdentityCard,
        "CN",
        "CN",
        "carte nationale d'identité",
    ),
    (Device::Passport, "PA", "PA", "passeport"),
    (Device::ResidencePermit, "CS", "CS", "titre de séjour"),
    (
        Device::EuropeanCard,
        "",
        "CE",
        "carte d'identité européenne",
    ),
    (Device::VitaleApp, "AV", "AV", "application carte Vitale"),
    (Device::ElectronicIdentity, "eCN", "", "e-carte d'identité"),
    (
        Device::PostIdentity,
        "IN",
        "",
        "Identité numérique La Poste",
    ),
    (Device::TrustedThirdParty, "", "", "tiers de confiance"),
    (Device::FamilyBook, "LEP", "LE", "livret de famille"),
    (
        Device::BirthCertificate,
        "AN",
        "AN",
        "extrait d'acte de naissance",
    ),
    (Device::VitaleCard, "LECV", "", "carte Vitale avec photo"),
    (Device::TravelBooklet, "CC", "CC", "carnet de circulation"),
    (Device::MilitaryCard, "", "CM", "carte militaire"),
    (Device::DrivingLicence, "", "PC", "permis de conduire"),
    (Device::Unstated, "", "", "dispositif non indiqué"),
    (Device::Other, "", "", "dispositif inconnu"),
];

impl Device {
    /// Every device.
    pub fn all() -> impl Iterator<Item = Device> {
        DEVICES.iter().map(|d| d.0)
    }

    fn line(self) -> &'static (Device, &'static str, &'static str, &'static str) {
        DEVICES.iter().find(|d| d.0 == self).unwrap_or(&DEVICES[15])
    }

    /// French name.
    pub fn label(self) -> &'static str {
        self.line().3
    }

    /// Code of the FHIR FR Core code system of modes of validation.
    pub fn fhir_code(self) -> Option<&'static str> {
        Some(self.line().1).filter(|code| !code.is_empty())
    }

    /// Code of HL7 table 9004 (ZFD-7).
    pub fn hl7_code(self) -> Option<&'static str> {
        Some(self.line().2).filter(|code| !code.is_empty())
    }

    /// The device of a code of ZFD-7; FHIR codes are understood too.
    pub fn from_hl7(code: &str) -> Option<Self> {
        let found = DEVICES
            .iter()
            .find(|d| d.2 == code)
            .or_else(|| DEVICES.iter().find(|d| d.1 == code));
        found.filter(|_| !code.is_empty()).map(|d| d.0)
    }
}

/// Which devices count, by decision of the establishment (EXI ID 19). The
/// default is the list of the RNIV.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DevicePolicy {
    /// Devices of high confidence by themselves.
    pub high: Vec<Device>,
    /// Devices that count when a guardian has shown one of `high`.
    pub with_guardian: Vec<Device>,
    /// True when an expired device counts all the same, with a warning. Default
    /// false: no text of the RNIV that we could read settles it.
    pub accept_expired: bool,
}

impl Default for DevicePolicy {
    fn default() -> Self {
        DevicePolicy {
            high: vec![
                Device::IdentityCard,
                Device::Passport,
                Device::ResidencePermit,
                Device::EuropeanCard,
                Device::VitaleApp,
                Device::ElectronicIdentity,
                Device::PostIdentity,
                Device::TrustedThirdParty,
            ],
            with_guardian: vec![
                Device::FamilyBook,
                Device::BirthCertificate,
                Device::VitaleCard,
            ],
            accept_expired: false,
        }
    }
}

/// A device shown, as the front desk records it: its kind, no image.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeviceCheck {
    /// *Type de dispositif*.
    pub device: Device,
    /// *Fin de validité*, when the device has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
    /// *Dispositif du représentant*, shown with that of a minor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guardian: Option<Device>,
    /// True when the traits are those of the device, by the one who looked at it.
    pub coherent: bool,
}

opaque!(DeviceCheck);

impl DeviceCheck {
    /// A device whose traits were found coherent.
    pub fn new(device: Device) -> Self {
        DeviceCheck {
            device,
            valid_until: None,
            guardian: None,
            coherent: true,
        }
    }

    /// The same device, valid until a date.
    #[must_use]
    pub fn valid_until(mut self, date: NaiveDate) -> Self {
        self.valid_until = Some(date);
        self
    }

    /// The same device, with that of the guardian.
    #[must_use]
    pub fn with_guardian(mut self, device: Device) -> Self {
        self.guardian = Some(device);
        self
    }

    /// Checks that the device proves an identity on `day`: high confidence, not
    /// expired, traits coherent.
    pub fn check(
        &self,
        policy: &DevicePolicy,
        day: NaiveDate,
        path: &str,
        problems: &mut Problems,
    ) {
        let device = format!("{path}/device");
        if !policy.high.contains(&self.device) {
            let guardian = self.guardian.is_some_and(|g| policy.high.contains(&g));
            let rule = match policy.with_guardian.contains(&self.device) {
                true if guardian => None,
                true => Some(&rules::DEVICE_GUARDIAN),
                false => Some(&rules::DEVICE),
            };
            problems.extend(rule.map(|rule| {
                Problem::new(rule, &device)
                    .found(self.device.label())
                    .allowed(policy.high.iter().map(|d| d.label()))
            }));
        }
        if self.valid_until.is_some_and(|end| end < day) {
            let rule = if policy.accept_expired {
                &rules::DEVICE_EXPIRED_TOLERATED
            } else {
                &rules::DEVICE_EXPIRED
            };
            let end = self.valid_until.map(|d| d.format("%d/%m/%Y").to_string());
            problems.push(
                Problem::new(rule, format!("{path}/valid_until")).found(end.unwrap_or_default()),
            );
        }
        if !self.coherent {
            problems.push(Problem::new(
                &rules::DEVICE_TRAITS,
                format!("{path}/coherent"),
            ));
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn codes(check: &DeviceCheck, policy: &DevicePolicy) -> Vec<&'static str> {
        let mut problems = Problems::new();
        let day = NaiveDate::from_ymd_opt(2026, 3, 3).unwrap();
        check.check(policy, day, "", &mut problems);
        problems.iter().map(|p| p.code).collect()
    }

    #[test]
    fn devices_that_prove_an_identity() {
        let rniv = DevicePolicy::default();
        for device in Device::all() {
            let alone = codes(&DeviceCheck::new(device), &rniv);
            let guardian = codes(
                &DeviceCheck::new(device).with_guardian(Device::Passport),
                &rniv,
            );
            let high = rniv.high.contains(&device);
            let minor = rniv.with_guardian.contains(&device);
            assert_eq!(
                (alone.is_empty(), guardian.is_empty()),
                (high, high || minor),
                "{device:?}"
            );
        }
        let licence = codes(&DeviceCheck::new(Device::DrivingLicence), &rniv);
        assert_eq!(licence, ["IDENTITE-DISPOSITIF"]);
        let low = DeviceCheck::new(Device::FamilyBook).with_guardian(Device::DrivingLicence);
        assert_eq!(codes(&low, &rniv), ["IDENTITE-DISPOSITIF-REPRESENTANT"]);
    }

    #[test]
    fn an_expired_device_and_other_traits() {
        let end = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        let mut check = DeviceCheck::new(Device::Passport).valid_until(end);
        check.coherent = false;
        let rniv = DevicePolicy::default();
        assert_eq!(
            codes(&check, &rniv),
            ["IDENTITE-DISPOSITIF-PERIME", "IDENTITE-DISPOSITIF-TRAITS"]
        );
        let lax = DevicePolicy {
            accept_expired: true,
            ..rniv
        };
        assert_eq!(codes(&check, &lax)[0], "IDENTITE-DISPOSITIF-PERIME-ADMIS");
    }

    #[test]
    fn codes_come_back() {
        for device in Device::all() {
            if let Some(code) = device.hl7_code() {
                assert_eq!(Device::from_hl7(code), Some(device));
            }
            if let Some(code) = device.fhir_code() {
                assert_eq!(Device::from_hl7(code), Some(device));
            }
        }
        assert_eq!((Device::from_hl7(""), Device::from_hl7("XX")), (None, None));
    }
}

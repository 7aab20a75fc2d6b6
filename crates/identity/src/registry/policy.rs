//! Settings of the establishment.

use crate::device::DevicePolicy;
use crate::traits::normalise::NameOptions;

/// Settings of the establishment on identities.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policy {
    /// Which devices prove an identity.
    pub devices: DevicePolicy,
    /// How names are checked.
    pub names: NameOptions,
    /// True (the default) when the evidence received with an identity, from an
    /// application of the circle of trust, counts as if obtained here; it is
    /// kept with its origin. False: what is received is provisional.
    pub trust_received: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Policy {
            devices: DevicePolicy::default(),
            names: NameOptions::default(),
            trust_received: true,
        }
    }
}

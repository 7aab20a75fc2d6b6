//! Who acts: an actor, the roles they hold, and the proof of their identity.

use serde::{Deserialize, Serialize};

use super::ids::RcpId;

/// Role in an RCP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// *Secrétaire* of the RCP.
    Secretary,
    /// *Coordonnateur* (physician responsible for the RCP).
    Coordinator,
    /// *Présentateur*: presents cases.
    Presenter,
    /// *Participant*: attends sessions.
    Participant,
    /// *Demandeur*: asks that a case be discussed.
    Requester,
}

impl Role {
    /// All the roles, in the order of the table of rights.
    pub const ALL: [Role; 5] = [
        Role::Secretary,
        Role::Coordinator,
        Role::Presenter,
        Role::Participant,
        Role::Requester,
    ];

    /// French name.
    pub fn label(self) -> &'static str {
        match self {
            Role::Secretary => "secrétaire",
            Role::Coordinator => "coordonnateur",
            Role::Presenter => "présentateur",
            Role::Participant => "participant",
            Role::Requester => "demandeur",
        }
    }
}

/// How the host proved who the actor is (*niveau d'authentification*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Authentication {
    /// User name and password, or a session of the establishment.
    Password,
    /// Two factors other than those below.
    TwoFactor,
    /// Pro Santé Connect (e-CPS or card).
    ProSanteConnect,
    /// CPS card read directly.
    Cps,
}

impl Authentication {
    /// True for the strong means that validation asks for (*référentiel
    /// d'identification électronique* of the PGSSI-S): Pro Santé Connect, CPS.
    pub fn is_strong(self) -> bool {
        matches!(self, Authentication::ProSanteConnect | Authentication::Cps)
    }

    /// French name.
    pub fn label(self) -> &'static str {
        match self {
            Authentication::Password => "mot de passe",
            Authentication::TwoFactor => "deux facteurs",
            Authentication::ProSanteConnect => "Pro Santé Connect",
            Authentication::Cps => "carte CPS",
        }
    }
}

/// A role, in one RCP or in all those of the 3C.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The RCP in which it is held; none: in all.
    #[serde(default)]
    pub rcp: Option<RcpId>,
}

/// Who gives a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// Opaque key of the professional, the one used in attendances, enrolments
    /// and fiches (for example the RPPS number).
    pub key: String,
    /// Name as shown in the journal.
    pub name: String,
    /// Roles held.
    #[serde(default)]
    pub grants: Vec<Grant>,
    /// How the identity was proved.
    pub authentication: Authentication,
    /// Reference of the proof kept by the host: number of the Pro Santé
    /// Connect session, serial number of the certificate.
    #[serde(default)]
    pub proof: Option<String>,
}

impl Actor {
    /// An actor without role.
    pub fn new(
        key: impl Into<String>,
        name: impl Into<String>,
        authentication: Authentication,
    ) -> Self {
        Actor {
            key: key.into(),
            name: name.into(),
            grants: Vec::new(),
            authentication,
            proof: None,
        }
    }

    /// The same actor with a role in all RCPs.
    #[must_use]
    pub fn with_role(mut self, role: Role) -> Self {
        self.grants.push(Grant { role, rcp: None });
        self
    }

    /// The same actor with a role in one RCP.
    #[must_use]
    pub fn with_role_in(mut self, role: Role, rcp: impl Into<RcpId>) -> Self {
        self.grants.push(Grant {
            role,
            rcp: Some(rcp.into()),
        });
        self
    }

    /// Whether the actor holds `role` in `rcp`.
    pub fn has_role(&self, role: Role, rcp: &RcpId) -> bool {
        self.grants
            .iter()
            .any(|g| g.role == role && g.rcp.as_ref().is_none_or(|r| r == rcp))
    }

    /// What an event keeps of the actor.
    pub fn stamp(&self) -> Stamp {
        Stamp {
            key: self.key.clone(),
            name: self.name.clone(),
            authentication: self.authentication,
            proof: self.proof.clone(),
        }
    }
}

/// What an event keeps of its actor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// Opaque key of the professional.
    pub key: String,
    /// Name as shown.
    pub name: String,
    /// How the identity was proved.
    pub authentication: Authentication,
    /// Reference of the proof, when the host gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
}

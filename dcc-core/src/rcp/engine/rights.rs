//! Who may do what: one table, action × role.

use super::actor::{Actor, Role};
use super::ids::RcpId;
use crate::problem::{Problem, Problems};
use crate::rcp::rules;

/// Extent of a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The role does not have the right.
    None,
    /// On what concerns the actor: the case that they asked for or present,
    /// the fiche that they are in charge of, their own attendance.
    Own,
    /// On everything in the RCP.
    All,
}

/// What a right allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Create, change, close the offer.
    ManageOffer,
    /// Plan sessions, move their date.
    PlanSession,
    /// Open and close the enrolment.
    OpenSession,
    /// Start and end a session.
    RunSession,
    /// Cancel a session.
    CancelSession,
    /// Record who attends.
    RecordAttendance,
    /// Enrol a case.
    EnrolCase,
    /// Enrol a case after the deadline or once the enrolment is closed.
    EnrolLate,
    /// Ask for documents and record that they are to hand.
    ManageDocuments,
    /// Set the order of the agenda.
    OrderAgenda,
    /// Postpone a case, or place a waiting case on a session.
    PostponeCase,
    /// Withdraw a case.
    WithdrawCase,
    /// Refer a case to a recourse RCP.
    ReferCase,
    /// Record that a case is discussed.
    DiscussCase,
    /// Draft and edit a fiche.
    DraftFiche,
    /// Declare a fiche complete.
    CompleteFiche,
    /// Validate a fiche.
    ValidateFiche,
    /// Send a fiche.
    SendFiche,
    /// Replace a validated fiche by a new version.
    ReplaceFiche,
}

/// One line of the table of rights.
#[derive(Clone, Copy, Debug)]
pub struct Right {
    /// The action.
    pub action: Action,
    /// Its French name.
    pub label: &'static str,
    /// Extent for each role, in the order of [`Role::ALL`].
    pub extents: [Extent; 5],
    /// Whether strong authentication is asked for.
    pub strong: bool,
}

const N: Extent = Extent::None;
const O: Extent = Extent::Own;
const A: Extent = Extent::All;

const fn right(action: Action, label: &'static str, extents: [Extent; 5], strong: bool) -> Right {
    Right {
        action,
        label,
        extents,
        strong,
    }
}

/// The table of rights, one line an action, in the order of [`Action`].
/// Columns: secretary, coordinator, presenter, participant, requester.
#[rustfmt::skip]
pub static RIGHTS: &[Right] = &[
    right(Action::ManageOffer,      "gérer l'offre RCP",                      [N, A, N, N, N], false),
    right(Action::PlanSession,      "planifier une session",                   [A, A, N, N, N], false),
    right(Action::OpenSession,      "ouvrir ou clore les inscriptions",       [A, A, N, N, N], false),
    right(Action::RunSession,       "démarrer ou terminer une session",        [A, A, N, N, N], false),
    right(Action::CancelSession,    "annuler une session",                     [N, A, N, N, N], false),
    right(Action::RecordAttendance, "enregistrer les présences",              [A, A, O, O, N], false),
    right(Action::EnrolCase,        "inscrire un dossier",                    [A, A, O, N, O], false),
    right(Action::EnrolLate,        "inscrire un dossier hors délai",         [N, A, N, N, N], false),
    right(Action::ManageDocuments,  "gérer les pièces d'un dossier",          [A, A, O, N, O], false),
    right(Action::OrderAgenda,      "ordonner l'ordre du jour",               [A, A, N, N, N], false),
    right(Action::PostponeCase,     "reporter un dossier",                    [A, A, O, N, O], false),
    right(Action::WithdrawCase,     "retirer un dossier",                     [A, A, O, N, O], false),
    right(Action::ReferCase,        "orienter un dossier vers une RCP de recours", [N, A, O, N, N], false),
    right(Action::DiscussCase,      "enregistrer la discussion d'un dossier", [A, A, O, N, N], false),
    right(Action::DraftFiche,       "rédiger une fiche",                      [A, A, O, O, O], false),
    right(Action::CompleteFiche,    "déclarer une fiche complète",            [A, A, O, O, N], false),
    right(Action::ValidateFiche,    "valider une fiche",                      [N, O, O, O, N], true),
    right(Action::SendFiche,        "envoyer une fiche",                      [A, A, O, O, N], false),
    right(Action::ReplaceFiche,     "remplacer une fiche validée",            [N, A, O, O, N], false),
];

impl Action {
    /// Its line of the table.
    pub fn right(self) -> &'static Right {
        // The table is in the order of the enumeration (tested below).
        &RIGHTS[self as usize]
    }
}

/// The problems that keep `actor` from `action` in `rcp`: the right that is
/// missing, the authentication that is too weak. `owners` are the keys of
/// those whom the target concerns.
pub fn check(actor: &Actor, action: Action, rcp: &RcpId, owners: &[&str]) -> Problems {
    let right = action.right();
    let mut problems = Problems::new();
    let own = owners.contains(&actor.key.as_str());
    let allowed = Role::ALL
        .iter()
        .zip(right.extents)
        .any(|(role, extent)| match extent {
            Extent::None => false,
            Extent::Own => own && actor.has_role(*role, rcp),
            Extent::All => actor.has_role(*role, rcp),
        });
    if !allowed {
        let held: Vec<&str> = Role::ALL
            .iter()
            .filter(|r| actor.has_role(**r, rcp))
            .map(|r| r.label())
            .collect();
        let found = if held.is_empty() {
            "aucun rôle".to_owned()
        } else {
            held.join(", ")
        };
        let holders =
            Role::ALL
                .iter()
                .zip(right.extents)
                .filter_map(|(role, extent)| match extent {
                    Extent::None => None,
                    Extent::Own => Some(format!("{} (pour ce qui le concerne)", role.label())),
                    Extent::All => Some(role.label().to_owned()),
                });
        problems.push(
            Problem::new(&rules::RIGHT, "")
                .message(format!(
                    "Il manque à {} le droit « {} »",
                    actor.name, right.label
                ))
                .found(found)
                .allowed(holders),
        );
    }
    if right.strong && !actor.authentication.is_strong() {
        problems.push(
            Problem::new(&rules::AUTHENTICATION, "")
                .message(format!(
                    "« {} » demande une authentification forte",
                    right.label
                ))
                .found(actor.authentication.label())
                .allowed(["Pro Santé Connect", "carte CPS"]),
        );
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rcp::Authentication;

    #[test]
    fn the_table_is_in_the_order_of_the_actions() {
        for (i, right) in RIGHTS.iter().enumerate() {
            assert_eq!(right.action as usize, i, "{:?}", right.action);
        }
        assert_eq!(Action::ReplaceFiche as usize + 1, RIGHTS.len());
    }

    #[test]
    fn every_action_can_be_done_by_someone() {
        for right in RIGHTS {
            assert!(
                right.extents.iter().any(|e| *e != Extent::None),
                "{}",
                right.label
            );
        }
    }

    #[test]
    fn a_role_of_another_rcp_is_worth_nothing() {
        let actor =
            Actor::new("P1", "Dr TEST", Authentication::Cps).with_role_in(Role::Coordinator, "R1");
        assert!(check(&actor, Action::CancelSession, &"R1".into(), &[]).is_empty());
        let refused = check(&actor, Action::CancelSession, &"R2".into(), &[]);
        let problem = refused.iter().next().expect("one problem");
        assert_eq!(problem.code, "RCP-DROIT");
        assert_eq!(
            problem.message,
            "Il manque à Dr TEST le droit « annuler une session »"
        );
        assert_eq!(problem.found.as_deref(), Some("aucun rôle"));
        assert_eq!(problem.allowed, ["coordonnateur"]);
    }

    #[test]
    fn own_means_own_and_validation_is_strong() {
        let actor =
            Actor::new("P1", "Dr TEST", Authentication::TwoFactor).with_role(Role::Participant);
        let rcp = RcpId::from("R1");
        let codes = |owners: &[&str]| -> Vec<_> {
            check(&actor, Action::ValidateFiche, &rcp, owners)
                .iter()
                .map(|p| p.code)
                .collect()
        };
        assert_eq!(codes(&["P1"]), ["RCP-AUTHENTIFICATION"]);
        assert_eq!(codes(&["P2"]), ["RCP-DROIT", "RCP-AUTHENTIFICATION"]);
    }
}

//! Journal of the identities (*journal des identités*): one line of French an
//! event, dated in Paris: who, when, by what means, and what became of the status.
//!
//! ```text
//! 000003 03/03/2026 14:05:10 Accueil TEST : identité contrôlée sur passeport,
//! dossier P-TEST ; identité récupérée → qualifiée
//! ```
//! (on one line). Patients are named by the identifier of their record; no
//! trait, no matricule, no local identifier is shown.

use dcc_base::calendar::paris::french_date_time;
use dcc_base::problem::Problems;

use super::event::{Event, Fact};
use super::state::Registry;
use crate::record::RecordId;
use crate::status::{Attributes, Status};
use crate::traits::compare::{Match, compare};

/// The lines of a whole log, in order.
///
/// # Errors
/// The first event that does not fit, as for [`Registry::replay`].
pub fn lines<'a>(events: impl IntoIterator<Item = &'a Event>) -> Result<Vec<String>, Problems> {
    let mut registry = Registry::new();
    let mut lines = Vec::new();
    for event in events {
        let line = line(event, &registry);
        let record = subject(&event.fact);
        let before = registry.record(record).map(|r| r.status());
        registry.apply(event)?;
        let after = registry.record(record).map(|r| r.status());
        lines.push(format!("{line}{}", movement(before, after)));
    }
    Ok(lines)
}

/// The line of one event, without the movement of the status. `before` is the
/// registry just before the event.
pub fn line(event: &Event, before: &Registry) -> String {
    let Event {
        sequence,
        at,
        by,
        fact,
        ..
    } = event;
    let line = format!(
        "{sequence:06} {} {} : {}",
        french_date_time(*at),
        by.name,
        said(fact, before)
    );
    // one event, one line, whatever the texts hold
    line.chars()
        .map(|c| {
            if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
                ' '
            } else {
                c
            }
        })
        .collect()
}

fn movement(before: Option<Status>, after: Option<Status>) -> String {
    match (before, after) {
        (Some(before), Some(after)) if before != after => {
            format!(" ; identité {} → {}", before.label(), after.label())
        }
        (None, Some(after)) => format!(" ; identité {}", after.label()),
        _ => String::new(),
    }
}

/// The record an event is about first.
fn subject(fact: &Fact) -> &RecordId {
    match fact {
        Fact::RecordCreated { record, .. }
        | Fact::TraitsEdited { record, .. }
        | Fact::UsedNamesEdited { record, .. }
        | Fact::AttributesSet { record, .. }
        | Fact::DeviceChecked { record, .. }
        | Fact::DeviceWithdrawn { record, .. }
        | Fact::InsiObtained { record, .. }
        | Fact::InsiFailed { record, .. }
        | Fact::InsiWithdrawn { record, .. }
        | Fact::IdentityReceived { record, .. }
        | Fact::LocalIdAdded { record, .. }
        | Fact::LocalIdRemoved { record, .. }
        | Fact::LocalIdChanged { record, .. }
        | Fact::RecordsLinked { record, .. }
        | Fact::RecordsUnlinked { record, .. }
        | Fact::DeclaredDistinct { record, .. }
        | Fact::RecordDeactivated { record, .. }
        | Fact::RecordReactivated { record, .. } => record,
        Fact::RecordsMerged { survivor, .. } => survivor,
        Fact::MergeUndone { eliminated, .. } => eliminated,
    }
}

fn said(fact: &Fact, before: &Registry) -> String {
    let traits = |record: &RecordId, new: &crate::traits::Traits| {
        let Some(old) = before.record(record) else {
            return String::new();
        };
        let changed: Vec<&str> = compare(old.traits(), new)
            .traits
            .iter()
            .filter(|c| c.how != Match::Equal)
            .map(|c| c.which.label())
            .collect();
        if changed.is_empty() {
            String::new()
        } else {
            format!(" ; changent : {}", changed.join(", "))
        }
    };
    match fact {
        Fact::RecordCreated { record, identity } => {
            let attributes = labels(identity.attributes);
            format!(
                "dossier {record} créé, {}{attributes}",
                identity.capture.label()
            )
        }
        Fact::TraitsEdited {
            record,
            traits: new,
        } => {
            format!(
                "traits stricts modifiés, dossier {record}{}",
                traits(record, new)
            )
        }
        Fact::UsedNamesEdited { record, .. } => {
            format!("nom et prénom utilisés modifiés, dossier {record}")
        }
        Fact::AttributesSet { record, attributes } => {
            let labels = attributes.labels();
            if labels.is_empty() {
                format!("attributs levés, dossier {record}")
            } else {
                format!("attributs posés : {}, dossier {record}", labels.join(", "))
            }
        }
        Fact::DeviceChecked { record, proof } => {
            format!(
                "identité contrôlée sur {}, dossier {record}",
                proof.check.device.label()
            )
        }
        Fact::DeviceWithdrawn { record, reason } => {
            format!("contrôle d'identité retiré, dossier {record} ; motif : {reason}")
        }
        Fact::InsiObtained {
            record,
            source,
            traits: new,
            automatic,
            ..
        } => {
            let how = if *automatic {
                "traits identiques"
            } else {
                "traits acceptés par l'utilisateur"
            };
            let mode = source.mode.label();
            format!(
                "identité trouvée par INSi ({mode}), {how}, dossier {record}{}",
                traits(record, new)
            )
        }
        Fact::InsiFailed { record, code } => {
            format!("appel à INSi sans résultat, code {code}, dossier {record}")
        }
        Fact::InsiWithdrawn { record, reason } => {
            format!("INS invalidée, dossier {record} ; motif : {reason}")
        }
        Fact::IdentityReceived {
            record, identity, ..
        } => format!(
            "identité reçue de {}{}, dossier {record}{}",
            identity.origin,
            labels(identity.attributes),
            traits(record, &identity.traits)
        ),
        Fact::LocalIdAdded { record, id } => {
            format!(
                "identifiant local ajouté (autorité {}), dossier {record}",
                id.authority.key()
            )
        }
        Fact::LocalIdRemoved { record, id } => {
            format!(
                "identifiant local retiré (autorité {}), dossier {record}",
                id.authority.key()
            )
        }
        Fact::LocalIdChanged { record, new, .. } => {
            format!(
                "identifiant local changé (autorité {}), dossier {record}",
                new.authority.key()
            )
        }
        Fact::RecordsMerged {
            survivor,
            eliminated,
        } => {
            format!("dossier {eliminated} fusionné dans le dossier {survivor}")
        }
        Fact::MergeUndone { eliminated, reason } => {
            format!("fusion annulée, dossier {eliminated} rétabli ; motif : {reason}")
        }
        Fact::RecordsLinked { record, other } => format!("dossiers {record} et {other} liés"),
        Fact::RecordsUnlinked { record, other } => format!("dossiers {record} et {other} déliés"),
        Fact::DeclaredDistinct { record, other } => {
            format!("doublon présumé écarté entre les dossiers {record} et {other}")
        }
        Fact::RecordDeactivated {
            record,
            reason,
            duplicate,
        } => {
            let what = if *duplicate {
                "désactivé, doublon avéré"
            } else {
                "désactivé"
            };
            format!("dossier {record} {what} ; motif : {reason}")
        }
        Fact::RecordReactivated { record, reason } => {
            format!("dossier {record} réactivé ; motif : {reason}")
        }
    }
}

fn labels(attributes: Attributes) -> String {
    let labels = attributes.labels();
    if labels.is_empty() {
        String::new()
    } else {
        format!(", attributs {}", labels.join(", "))
    }
}

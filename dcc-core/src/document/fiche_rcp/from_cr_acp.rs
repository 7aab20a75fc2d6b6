//! The conclusion of a pathology report, for the fiche RCP.

use super::model::{Conclusion, Performer, ReportConclusion};
use crate::cr_acp::{CrAcp, Procedure};
use crate::model::Period;

impl ReportConclusion {
    /// The conclusion of a report (*Conclusion du CR-ACP*, or one of the
    /// *conclusions des CR-GM*): its text, the period of the exam, who did the
    /// exam, its author, the sampler, and in the comment the reference of the
    /// report. The author of the fiche's own section is left to the fiche.
    pub fn from_cr_acp(report: &CrAcp) -> ReportConclusion {
        let mut text = Vec::new();
        if let Some(conclusion) = report.conclusion() {
            conclusion.walk(&mut |s| text.extend(s.text.as_deref()));
        }
        let act = report.context.acts.first();
        let period = act.map(|a| a.period).unwrap_or_default();
        let performer = act.and_then(|a| a.performer.as_ref()).map(|p| Performer {
            date: p.period.end.or(p.period.start),
            professional: p.professional.clone(),
        });
        ReportConclusion {
            author: None,
            entries: vec![Conclusion {
                text: Some(text.join("\n")).filter(|t| !t.is_empty()),
                period: not_a_point(period),
                performers: performer.into_iter().collect(),
                author: report.header.authors.first().cloned(),
                sampler: sampler(report).map(for_the_fiche),
            }],
            comment: Some(reference(report)),
        }
    }
}

/// *Préleveur*: the participant of the header, or who did the first sampling.
fn sampler(report: &CrAcp) -> Option<Performer> {
    let participant = report
        .context
        .of_function("PRELV")
        .next()
        .map(|p| Performer {
            date: p.time.or(p.period.end).or(p.period.start),
            professional: p.professional.clone(),
        });
    participant.or_else(|| {
        let performer = |p: &Procedure| {
            p.performers.first().map(|performer| Performer {
                date: performer.period.end.or(p.period.start),
                professional: performer.professional.clone(),
            })
        };
        report.samplings().into_iter().find_map(performer)
    })
}

/// What identifies the report, in words.
fn reference(report: &CrAcp) -> String {
    let h = &report.header;
    let mut text = format!(
        "Référence du compte rendu : {}, version {}",
        h.set_id, h.version
    );
    if let Some(created) = h.created {
        text.push_str(&format!(" du {}", created.french()));
    }
    text.push_str(&format!(", document {}", h.id));
    text
}

/// A sampler without what the fiche has no place for: sector, addresses and
/// telecoms of the organisation.
fn for_the_fiche(mut sampler: Performer) -> Performer {
    if let Some(organization) = &mut sampler.professional.organization {
        organization.sector = None;
        organization.addresses.clear();
        organization.telecoms.clear();
    }
    sampler
}

/// A period whose end comes after its start: one moment is a start.
fn not_a_point(period: Period) -> Period {
    Period {
        end: period.end.filter(|_| period.start != period.end),
        ..period
    }
}

//! The year on one screen, in French.

use std::fmt::Write as _;

use dcc_core::indicators::{DEFINITIONS, IndicatorKind, Indicators, Scope};
use dcc_core::rcp::{Enrolment, EnrolmentStatus, Session, SessionStatus, State};

/// What the state counts.
pub(crate) fn life(state: &State) -> String {
    let sessions = |test: &dyn Fn(&Session) -> bool| state.sessions().filter(|s| test(s)).count();
    let cases = |test: &dyn Fn(&Enrolment) -> bool| state.enrolments().filter(|c| test(c)).count();
    let rows = [
        ("RCP", state.offers().count()),
        ("Sessions planifiées", sessions(&|_| true)),
        (
            "  dont annulées",
            sessions(&|s| s.status == SessionStatus::Cancelled),
        ),
        (
            "  dont tenues sans quorum",
            sessions(&|s| s.held.is_some() && !s.quorum_reached()),
        ),
        ("Dossiers inscrits", cases(&|_| true)),
        (
            "  dont discutés",
            cases(&|c| c.status == EnrolmentStatus::Discussed),
        ),
        (
            "  dont discutés incomplets",
            cases(&|c| {
                let discussion = c.discussion.as_ref();
                discussion.is_some_and(|d| !d.missing_documents.is_empty())
            }),
        ),
        ("  dont reportés au moins une fois", cases(&|c| c.moves > 0)),
        (
            "  dont retirés",
            cases(&|c| c.status == EnrolmentStatus::Withdrawn),
        ),
        (
            "  dont orientés en recours",
            cases(&|c| c.referral.is_some()),
        ),
        ("Fiches", state.fiches().count()),
        (
            "  dont corrigées",
            state.fiches().filter(|f| f.versions.len() > 1).count(),
        ),
    ];
    let mut text = String::new();
    for (label, value) in rows {
        let _ = writeln!(text, "{label:<46}{value:>7}");
    }
    text
}

/// The indicators of the whole period.
pub(crate) fn indicators(indicators: &Indicators) -> String {
    let mut text = String::new();
    for definition in DEFINITIONS {
        let Some(value) = indicators.value(definition.code, &Scope::all()) else {
            continue;
        };
        let number = |n: Option<u64>| n.map_or("masqué".to_owned(), |n| n.to_string());
        let _ = write!(
            text,
            "{:<10}{:<36}{:>7}",
            definition.code,
            definition.label,
            number(value.numerator)
        );
        if definition.kind == IndicatorKind::Ratio {
            let ratio = value.ratio().map_or(String::new(), |r| format!("{r:.3}"));
            let _ = write!(
                text,
                " / {:<6}{}",
                number(value.denominator),
                ratio.replace('.', ",")
            );
        }
        text.push('\n');
    }
    text
}

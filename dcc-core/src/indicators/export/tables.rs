//! `indicateurs.csv` and `specialites.csv`: one number a row.
//!
//! A dimension's total is written `tous`, a dimension that is not stated
//! `non renseigné`; a row of a session names it and its RCP. The column
//! `mention` explains an empty value.

use super::File;
use super::options::ExportOptions;
use super::text::{Csv, Dialect};
use crate::facts::reserved::{MISSING, TOTAL};
use crate::indicators::definition::{DEFINITIONS, QUA_02};
use crate::indicators::{Definition, Indicators, Scope, Value};

fn scope(csv: &mut Csv, scope: &Scope) {
    match scope.month {
        Some(month) => csv.text(&month.to_string()),
        None => csv.text(TOTAL),
    }
    for dimension in [&scope.establishment, &scope.centre_3c, &scope.theme] {
        csv.text(dimension.label(TOTAL));
    }
}

pub(super) fn indicators(indicators: &Indicators, options: &ExportOptions) -> File {
    let mut csv = Csv::new(
        options.dialect,
        &[
            "code",
            "libellé",
            "période",
            "mois",
            "établissement",
            "3C",
            "thème",
            "session",
            "numérateur",
            "dénominateur",
            "valeur",
            "rcp",
            "mention",
        ],
    );
    let period = indicators.period().to_string();
    let hidden = indicators.threshold().map_or(String::new(), |t| {
        format!("masqué (petit effectif, seuil {t})")
    });
    let mut row = |definition: &Definition, at: &Scope, session: &str, rcp: &str, value: Value| {
        csv.text(definition.code);
        csv.text(definition.label);
        csv.text(&period);
        scope(&mut csv, at);
        csv.text(session);
        csv.number(value.numerator);
        csv.number(value.denominator);
        csv.ratio(value.numerator, value.denominator);
        csv.text(rcp);
        csv.text(if value.masked {
            &hidden
        } else if value.denominator == Some(0) {
            "sans objet (dénominateur nul)"
        } else {
            ""
        });
        csv.end();
    };
    for (scope, values) in indicators.cells() {
        for (definition, value) in values {
            row(definition, &scope, "", "", value);
        }
    }
    for session in indicators.sessions() {
        let scope = indicators.session_scope(session);
        // a PPS has no session
        for (definition, value) in indicators
            .session_values(session)
            .filter(|(d, _)| d.code != "PPS-01")
        {
            row(definition, &scope, &session.id, &session.rcp, value);
        }
    }
    debug_assert!(
        DEFINITIONS.len() <= 32,
        "the masks have a bit for each definition"
    );
    csv.file("indicateurs.csv")
}

pub(super) fn specialties(indicators: &Indicators, dialect: Dialect) -> File {
    let mut csv = Csv::new(
        dialect,
        &[
            "code",
            "libellé",
            "période",
            "mois",
            "établissement",
            "3C",
            "thème",
            "spécialité",
            "présences",
            "sessions avec la spécialité",
            "sessions réalisées",
        ],
    );
    let period = indicators.period().to_string();
    let mut held: Option<(Scope, Option<u64>)> = None;
    for row in indicators.specialty_rows() {
        if held.as_ref().is_none_or(|(scope, _)| *scope != row.scope) {
            let sessions = indicators
                .value("ACT-04", &row.scope)
                .and_then(|v| v.numerator);
            held = Some((row.scope.clone(), sessions));
        }
        csv.text(QUA_02.0);
        csv.text(QUA_02.1);
        csv.text(&period);
        scope(&mut csv, &row.scope);
        csv.text(row.specialty.unwrap_or(MISSING));
        csv.number(Some(row.attendances));
        csv.number(Some(row.sessions));
        csv.number(held.as_ref().and_then(|(_, n)| *n));
        csv.end();
    }
    csv.file("specialites.csv")
}

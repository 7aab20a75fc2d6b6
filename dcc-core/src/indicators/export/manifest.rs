//! `manifest.json`: what the deposit holds, and what became of the facts.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::File;
use super::options::ExportOptions;
use crate::indicators::definition::{DEFINITIONS, QUA_02};
use crate::indicators::{IndicatorKind, Indicators, Tallies};
use crate::problem::Problems;

#[derive(Serialize)]
struct Manifest<'a> {
    format: &'static str,
    format_version: u32,
    period: PeriodText,
    generated_at: &'a str,
    producer: ProducerText<'a>,
    library: &'static str,
    library_version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    replaces: Option<&'a str>,
    dialect: &'static str,
    small_counts_masked_below: Option<u32>,
    files: Vec<FileText>,
    formula_neutralisation: &'static str,
    facts: &'a Tallies,
    /// Number of problems of the facts, by code.
    problems: BTreeMap<&'static str, u64>,
    indicators: Vec<DefinitionText>,
}

#[derive(Serialize)]
struct PeriodText {
    label: String,
    first: String,
    last: String,
}

#[derive(Serialize)]
struct ProducerText<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    finess: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    software: Option<&'a str>,
}

#[derive(Serialize)]
struct FileText {
    name: &'static str,
    bytes: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<u64>,
    neutralised_cells: u64,
    sha256: String,
}

#[derive(Serialize)]
struct DefinitionText {
    code: &'static str,
    label: &'static str,
    kind: &'static str,
    numerator: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    denominator: &'static str,
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

pub(super) fn manifest(
    indicators: &Indicators,
    options: &ExportOptions,
    files: &[File],
    problems: &Problems,
) -> File {
    let period = indicators.period();
    let mut by_code = BTreeMap::new();
    for problem in problems {
        *by_code.entry(problem.code).or_default() += 1;
    }
    let definitions = DEFINITIONS.iter().map(|d| DefinitionText {
        code: d.code,
        label: d.label,
        kind: match d.kind {
            IndicatorKind::Count => "effectif",
            IndicatorKind::Distinct => "distincts",
            IndicatorKind::Ratio => "rapport",
        },
        numerator: d.numerator,
        denominator: d.denominator,
    });
    let specialties = DefinitionText {
        code: QUA_02.0,
        label: QUA_02.1,
        kind: "effectifs par spécialité",
        numerator: QUA_02.2,
        denominator: QUA_02.3,
    };
    let manifest = Manifest {
        format: "dcc-indicateurs",
        format_version: 1,
        period: PeriodText {
            label: period.to_string(),
            first: period.first().to_string(),
            last: period.last().to_string(),
        },
        generated_at: &options.generated_at,
        producer: ProducerText {
            name: &options.producer.name,
            finess: options.producer.finess.as_deref(),
            software: options.producer.software.as_deref(),
        },
        library: "dcc-core",
        library_version: env!("CARGO_PKG_VERSION"),
        replaces: options.replaces.as_deref(),
        dialect: options.dialect.name(),
        small_counts_masked_below: indicators.threshold(),
        files: files
            .iter()
            .map(|f| FileText {
                name: f.name,
                bytes: f.bytes.len(),
                rows: f.rows,
                neutralised_cells: f.neutralised,
                sha256: hexadecimal(&Sha256::digest(&f.bytes)),
            })
            .collect(),
        formula_neutralisation: "Dans les cellules de texte, une apostrophe (') précède tout caractère qu'un tableur \
            prendrait pour le début d'une formule ; neutralised_cells compte les cellules ainsi modifiées.",
        facts: indicators.tallies(),
        problems: by_code,
        indicators: definitions.chain([specialties]).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
    bytes.push(b'\n');
    File {
        name: "manifest.json",
        bytes,
        rows: None,
        neutralised: 0,
    }
}

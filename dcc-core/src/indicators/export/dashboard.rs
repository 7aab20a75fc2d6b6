//! `dashboard.html`: one page with everything inside, in French.
//!
//! The page carries the cells of the cube and draws them: changing a filter
//! shows another cell, never a sum of cells, so a distinct count stays exact
//! and every number is one of `indicateurs.csv`. The charts are bars drawn
//! as SVG by a script of the page (`dashboard/page.js`): the well-kept chart
//! libraries are JavaScript files of 50 kB to 4 MB, drawn on canvases that
//! neither print nor read aloud well, and none comes as a crate that could be
//! put inside a page without copying it here. A content security policy
//! names the hash of the style and of the script, and allows nothing else:
//! the page can ask nothing of any network. Filters are kept in the address
//! (`#etablissement=…&centre=…&theme=…`), so a view can be shared.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::File;
use super::options::ExportOptions;
use dcc_base::text::escape_html;

use crate::calendar::paris::french_day;
use crate::indicators::definition::DEFINITIONS;
use crate::indicators::{Indicators, OfferFact};

const PAGE: &str = include_str!("dashboard/page.html");
const STYLE: &str = include_str!("dashboard/page.css");
const SCRIPT: &str = include_str!("dashboard/page.js");

fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// JSON that no HTML parser can take for the end of its element.
fn embed(json: &Json) -> String {
    let mut out = String::new();
    for c in json.to_string().chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", c as u32))
            }
            c => out.push(c),
        }
    }
    out
}

pub(super) fn page(indicators: &Indicators, offers: &[OfferFact], options: &ExportOptions) -> File {
    let period = indicators.period();
    let title = format!("Activité des RCP – {}", options.producer.name.trim());
    let csp = format!(
        "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    );
    let instant = options.instant().map_or(options.generated_at.clone(), |i| {
        i.format("%d/%m/%Y à %H:%M").to_string()
    });
    let single = indicators.len() > options.dashboard_cells;
    let mut subtitle = format!(
        "Du {} au {}. Produit le {instant}.",
        french_day(period.first()),
        french_day(period.last())
    );
    if options.replaces.is_some() {
        subtitle.push_str(" Cette version corrige et remplace un export antérieur.");
    }
    if let Some(threshold) = indicators.threshold() {
        subtitle.push_str(&format!(
            " Les effectifs de patients, de fiches et de PPS de 1 à {} sont masqués, ainsi que ceux qui permettraient de les retrouver.",
            threshold.saturating_sub(1)
        ));
    }
    if single {
        subtitle.push_str(" Le volume est grand : les filtres se choisissent un à la fois ; toutes les combinaisons sont dans indicateurs.csv.");
    }
    let footer = format!(
        "Mêmes nombres que indicateurs.csv et specialites.csv. dcc-core {}. Cette page ne fait aucune requête.",
        env!("CARGO_PKG_VERSION")
    );
    let data = data(indicators, offers, single, &subtitle, &footer);
    // each placeholder once, by position: a name of the data is never taken for one
    let parts = [
        ("{csp}", csp),
        ("{title}", escape_html(&title).into_owned()),
        ("{style}", STYLE.to_owned()),
        ("{title}", escape_html(&title).into_owned()),
        ("{data}", data),
        ("{script}", SCRIPT.to_owned()),
    ];
    let mut page = String::new();
    let mut rest = PAGE;
    for (placeholder, text) in parts {
        let Some((before, after)) = rest.split_once(placeholder) else {
            continue;
        };
        page.push_str(before);
        page.push_str(&text);
        rest = after;
    }
    page.push_str(rest);
    File {
        name: "dashboard.html",
        bytes: page.into_bytes(),
        rows: None,
        neutralised: 0,
    }
}

fn data(
    indicators: &Indicators,
    offers: &[OfferFact],
    single: bool,
    subtitle: &str,
    footer: &str,
) -> String {
    let mut width = 4;
    let columns: Vec<Json> = DEFINITIONS
        .iter()
        .map(|d| {
            let at = width - 4;
            let ratio = !d.denominator.is_empty();
            width += if ratio { 2 } else { 1 };
            json!({
                "code": d.code, "label": d.label, "at": at, "ratio": ratio,
                // SOI-01 is fiches over patients, not a share
                "share": ratio && d.code != "SOI-01",
                "numerator": d.numerator, "denominator": d.denominator,
            })
        })
        .collect();
    let kept = |key: &[i64; 4]| !single || key[1..].iter().filter(|&&code| code >= 0).count() <= 1;
    let mut cells: Vec<Json> = Vec::new();
    for (group, key) in indicators.keys().enumerate().filter(|(_, key)| kept(key)) {
        cells.extend(key.iter().map(|&code| json!(code)));
        for (i, definition) in DEFINITIONS.iter().enumerate() {
            let value = indicators.group_value(group, i);
            cells.push(json!(value.numerator));
            if !definition.denominator.is_empty() {
                cells.push(json!(value.denominator));
            }
        }
    }
    let specialties: Vec<Json> = indicators
        .specialty_keys()
        .filter(|(key, _)| key[0] < 0 && kept(key))
        .map(|(key, (specialty, attendances, sessions))| {
            json!([key[1], key[2], key[3], specialty, attendances, sessions])
        })
        .collect();
    // the months of an RCP add up: its quorum counts sessions, each once
    let mut names: Vec<&str> = Vec::new();
    let mut rcps: Vec<Json> = Vec::new();
    let mut sums: std::collections::BTreeMap<[i64; 3], [u64; 3]> =
        std::collections::BTreeMap::new();
    let mut flush = |name: usize, sums: &mut std::collections::BTreeMap<[i64; 3], [u64; 3]>| {
        for (k, n) in std::mem::take(sums) {
            rcps.push(json!([name, k[0], k[1], k[2], n[0], n[1], n[2]]));
        }
    };
    for row in indicators.rcps() {
        if names.last() != Some(&row.rcp.as_str()) {
            if !names.is_empty() {
                flush(names.len() - 1, &mut sums);
            }
            names.push(&row.rcp);
        }
        let key = indicators.rcp_key(row);
        let sum = sums.entry([key[1], key[2], key[3]]).or_default();
        for (s, n) in sum.iter_mut().zip([row.held, row.quorum, row.unknown]) {
            *s += n;
        }
    }
    if !names.is_empty() {
        flush(names.len() - 1, &mut sums);
    }
    let rcp_names: Vec<String> = names
        .iter()
        .map(|id| {
            match offers
                .iter()
                .find(|o| o.id == *id || o.local_ids.iter().any(|l| l == id))
            {
                Some(offer) => format!("{} ({id})", offer.name.trim()),
                None => (*id).to_owned(),
            }
        })
        .collect();
    embed(&json!({
        "subtitle": subtitle,
        "footer": footer,
        "months": indicators.months().iter().map(ToString::to_string).collect::<Vec<_>>(),
        "establishments": indicators.establishments(),
        "centres": indicators.centres_3c(),
        "themes": indicators.themes(),
        "indicators": columns,
        "width": width,
        "cells": cells,
        "single": single,
        "rcpNames": rcp_names,
        "rcps": rcps,
        "specialties": { "names": indicators.specialties(), "rows": specialties },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_data() {
        let json = json!({ "theme": "</script><script>alert(1)</script><!-- & \u{2028}" });
        let text = embed(&json);
        assert!(!text.contains(['<', '>', '&', '\u{2028}']));
        assert_eq!(serde_json::from_str::<Json>(&text).ok(), Some(json));
    }

    #[test]
    fn the_page_has_each_placeholder_once_in_order() {
        let mut rest = PAGE;
        for placeholder in [
            "{csp}", "{title}", "{style}", "{title}", "{data}", "{script}",
        ] {
            let after = rest.split_once(placeholder).map(|(_, after)| after);
            assert!(after.is_some(), "{placeholder}");
            rest = after.unwrap_or_default();
        }
        assert!(
            !STYLE.contains("url(h") && !SCRIPT.contains("fetch(") && !SCRIPT.contains("innerHTML")
        );
    }
}

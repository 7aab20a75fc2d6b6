use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use dcc_core::indicators::ComputeOptions;
use dcc_core::indicators::export::Dialect;
use dcc_tests::tools;

use crate::{options, rows, run};

/// The page once drawn, as the browser has it.
fn drawn(chromium: &Path, page: &Path, profile: &Path, filters: &[(&str, &str)]) -> String {
    let encode = |text: &str| {
        text.bytes()
            .map(|b| format!("%{b:02X}"))
            .collect::<String>()
    };
    let hash: Vec<String> = filters
        .iter()
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    let run = Command::new(chromium)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--virtual-time-budget=4000",
            "--dump-dom",
        ])
        .arg("--host-resolver-rules=MAP * ~NOTFOUND")
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("file://{}#{}", page.display(), hash.join("&")))
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    String::from_utf8(run.stdout).unwrap()
}

fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    let start = tag.find(&format!("{name}=\"")).unwrap() + name.len() + 2;
    tag[start..].split('"').next().unwrap()
}

/// The numbers of the tables: (code, month, num or den) to number.
fn numbers(dom: &str) -> BTreeMap<(String, String, String), String> {
    let tags = dom
        .split("<td ")
        .skip(1)
        .map(|rest| rest.split('>').next().unwrap())
        .filter(|tag| tag.contains("data-code"));
    tags.map(|tag| {
        let of = |name| attribute(tag, name).to_owned();
        (
            (of("data-code"), of("data-mois"), of("data-part")),
            of("data-valeur"),
        )
    })
    .collect()
}

#[test]
fn the_page_asks_for_nothing() {
    let export = run(&options());
    let page = std::str::from_utf8(export.file("dashboard.html").unwrap()).unwrap();
    assert!(page.contains("default-src 'none'"));
    assert!(!page.contains("unsafe-inline") && !page.contains("unsafe-eval"));
    let urls: Vec<&str> = page
        .match_indices("http")
        .map(|(i, _)| &page[i..(i + 30).min(page.len())])
        .collect();
    assert_eq!(urls.iter().filter(|u| !u.starts_with("http://www.w3.org/2000/svg") && !u.starts_with("http-equiv")).count(), 0, "{urls:?}");
    assert_eq!(page.matches("<script").count(), 2);
    assert_eq!(page.matches("</script").count(), 2);
    assert!(page.contains("<h1>Activité des RCP – 3C d'essai &lt;&amp;&gt;</h1>"));
}

#[test]
fn filters_change_the_numbers_to_those_of_the_csv() {
    let Some(chromium) = tools::chromium() else {
        return;
    };
    for (name, threshold, views) in [("ouvert", None, 5), ("masque", Some(5), 2)] {
        let mut compute = ComputeOptions::default();
        compute.small_counts = threshold;
        let export = run(&options().with_compute(compute));
        let dir = tools::scratch(&format!("dashboard-{name}")).unwrap();
        for (file, bytes) in &export.files {
            std::fs::write(dir.join(file), bytes).unwrap();
        }
        let page = dir.join("dashboard.html");
        let csv = rows(&export, "indicateurs.csv", Dialect::French);
        let specialties = rows(&export, "specialites.csv", Dialect::French);
        let choices = [
            ("tous", "tous", "tous"),
            ("750000001", "tous", "tous"),
            ("tous", "3C02", "theme 001"),
            ("750000003", "3C00", "theme 002"),
            ("non renseigné", "tous", "non renseigné"),
        ];
        let mut seen: Vec<BTreeMap<_, _>> = Vec::new();
        for (establishment, centre, theme) in choices.into_iter().take(views) {
            let filters = [
                ("etablissement", establishment),
                ("centre", centre),
                ("theme", theme),
            ];
            let dom = drawn(&chromium, &page, &dir.join("profil"), &filters);
            for id in [
                "synthese",
                "activite-mois",
                "activite-theme",
                "quorum",
                "specialites",
                "medecins",
                "pps",
                "essais",
                "referentiel",
            ] {
                let start = dom
                    .find(&format!("<section id=\"{id}\""))
                    .unwrap_or_else(|| panic!("no section {id}"));
                let section = dom[start..].split("</section>").next().unwrap();
                assert!(
                    section.contains("<caption>") && section.contains("<td"),
                    "{id} has a table"
                );
                assert!(
                    id == "synthese" || section.contains("<svg") && section.contains("<desc"),
                    "{id} has a chart"
                );
                if establishment == "tous" && centre == "tous" && id != "synthese" {
                    assert!(
                        section.matches("class=\"serie0\"").count() > 4,
                        "{id} has bars"
                    );
                }
            }
            let shown = numbers(&dom);
            let here = |r: &BTreeMap<String, String>| {
                r["établissement"] == establishment && r["3C"] == centre && r["thème"] == theme
            };
            let mut compared = 0;
            for row in csv.iter().filter(|r| r["session"].is_empty() && here(r)) {
                for (part, column) in [("num", "numérateur"), ("den", "dénominateur")] {
                    let key = (row["code"].clone(), row["mois"].clone(), part.to_owned());
                    let Some(number) = shown.get(&key) else {
                        continue;
                    };
                    let masked = row["mention"].starts_with("masqué");
                    assert_eq!(
                        number,
                        if masked { "null" } else { &row[column] },
                        "{name} {key:?}"
                    );
                    compared += 1;
                }
            }
            assert!(compared > 30, "only {compared} numbers compared");
            // a number that the CSV has no row for is zero
            let of_csv = |k: &(String, String, String)| {
                csv.iter().any(|r| {
                    r["session"].is_empty() && here(r) && r["code"] == k.0 && r["mois"] == k.1
                })
            };
            assert!(shown.iter().all(|(k, n)| of_csv(k) || n == "0"));
            for row in specialties
                .iter()
                .filter(|r| r["mois"] == "tous" && here(r))
            {
                let start = dom
                    .find(&format!("<tr data-specialite=\"{}\"", row["spécialité"]))
                    .unwrap();
                let line = dom[start..].split("</tr>").next().unwrap();
                assert!(
                    line.contains(&format!(
                        "<td>{}</td><td>{}</td>",
                        row["présences"], row["sessions avec la spécialité"]
                    )),
                    "{line} {row:?}"
                );
            }
            seen.push(shown);
        }
        assert!(
            seen.windows(2).all(|pair| pair[0] != pair[1]),
            "filters change the numbers"
        );
    }
}

#[test]
fn a_great_volume_keeps_the_filters_one_at_a_time() {
    let mut few = options();
    few.dashboard_cells = 10;
    let export = run(&few);
    let small = std::str::from_utf8(export.file("dashboard.html").unwrap()).unwrap();
    assert!(small.contains("\"single\":true") && small.contains("un à la fois"));
    let whole = run(&options());
    assert!(small.len() * 2 < whole.file("dashboard.html").unwrap().len());
    assert!(
        run(&options().without_dashboard())
            .file("dashboard.html")
            .is_none()
    );
}

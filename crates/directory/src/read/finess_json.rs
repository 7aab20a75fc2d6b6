//! FINESS, JSON edition of the structures: an object whose member `pmej` is an
//! array of legal entities, each with its establishments `ege`.
//!
//! The published schema leaves six of its parts undefined, so members are
//! sought by name without regard to case, at the places where the schema or
//! the database of FINESS puts them.

use serde_json::Value;

use super::elements::Elements;
use super::feed::{Feed, Limits};
use super::finess_csv::check_finess;
use super::ledger::Ledger;
use crate::build::store::Store;
use crate::build::structures::StructureCells;
use crate::edition::Source;
use crate::rules;
use dcc_base::problem::Problem;

/// The reader of the JSON edition.
pub(crate) struct FinessJson {
    elements: Elements,
    count: u64,
}

impl FinessJson {
    pub(crate) fn new(limits: Limits) -> Self {
        FinessJson {
            elements: Elements::new("pmej", limits.element),
            count: 0,
        }
    }
}

impl Feed for FinessJson {
    fn feed(&mut self, chunk: &[u8], store: &mut Store, ledger: &mut Ledger) {
        let FinessJson { elements, count } = self;
        elements.feed(chunk, |element| {
            let path = format!("/pmej/{count}");
            *count += 1;
            let read = element.and_then(|e| serde_json::from_slice::<Value>(e).ok());
            match read {
                Some(legal) if legal.is_object() => legal_entity(&legal, &path, store, ledger),
                _ => refuse(path, ledger),
            }
        });
    }

    fn end(&mut self, _store: &mut Store, ledger: &mut Ledger) -> u64 {
        if !self.elements.found || self.elements.astray {
            ledger.add(&rules::FINESS_JSON, || {
                Problem::new(&rules::FINESS_JSON, "")
            });
        } else if !self.elements.is_whole() {
            ledger.add(&rules::TRUNCATED, || {
                Problem::new(&rules::TRUNCATED, format!("/pmej/{}", self.count))
            });
        }
        self.count
    }
}

fn refuse(path: String, ledger: &mut Ledger) {
    ledger.refused += 1;
    ledger.add(&rules::FINESS_ELEMENT, || {
        Problem::new(&rules::FINESS_ELEMENT, path)
    });
}

/// A member by its name, whatever its case.
fn member<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    let object = value.as_object()?;
    object.get(name).or_else(|| {
        object
            .iter()
            .find(|(k, _)| k.eq_ignore_ascii_case(name))
            .map(|(_, v)| v)
    })
}

/// The first text of some names, in some places.
fn text<'v>(places: &[Option<&'v Value>], names: &[&str]) -> &'v str {
    let found = |place: &&'v Value| names.iter().find_map(|n| member(place, n)?.as_str());
    places.iter().flatten().find_map(found).unwrap_or("").trim()
}

/// A code, alone or as `{code, system}`.
fn code<'v>(places: &[Option<&'v Value>], name: &str) -> (&'v str, &'v str) {
    let value = places.iter().flatten().find_map(|p| member(p, name));
    match value {
        Some(Value::String(code)) => (code, ""),
        Some(object) => (
            text(&[Some(object)], &["code"]),
            text(&[Some(object)], &["libelle", "display"]),
        ),
        None => ("", ""),
    }
}

fn legal_entity(legal: &Value, path: &str, store: &mut Store, ledger: &mut Ledger) {
    let general = member(legal, "informationsGeneralesPmej");
    let places = [general, Some(legal)];
    let finess = text(&places, &["numFinessPm"]);
    let siren = text(&places, &["siren"]);
    if finess.is_empty() && siren.is_empty() {
        refuse(path.to_owned(), ledger);
    } else {
        check_finess(finess, || path.to_owned(), ledger);
        let state = code(&places, "etatObjet");
        let closed = text(&places, &["dateFermeture"]);
        store.structure(&StructureCells {
            source: Source::FinessJson.number(),
            deactivated: !closed.is_empty(),
            finess,
            siren,
            name: text(&places, &["denominationPm"]),
            long_name: text(&places, &["denominationLonguePmSmsse"]),
            recipient: text(&places, &["complementAdressePmSmsse"]),
            ape: text(&places, &["codeApe"]),
            opened: text(&places, &["dateCreation"]),
            closed,
            category: code(&places, "categorieEntiteGeographiqueExercice"),
            legal_status: code(&places, "statutJuridique"),
            state,
            ..StructureCells::default()
        });
    }
    let sites = member(legal, "ege").and_then(Value::as_array);
    for (i, site) in sites.into_iter().flatten().enumerate() {
        establishment(site, finess, &format!("{path}/ege/{i}"), store, ledger);
    }
}

fn establishment(
    site: &Value,
    legal_finess: &str,
    path: &str,
    store: &mut Store,
    ledger: &mut Ledger,
) {
    let general = member(site, "informationsGeneralesEGE");
    let places = [general, Some(site)];
    let finess = text(&places, &["numFinessEge", "numFinessEg", "numFiness"]);
    let siret = text(&places, &["siret"]);
    if finess.is_empty() && siret.is_empty() {
        return refuse(path.to_owned(), ledger);
    }
    check_finess(finess, || path.to_owned(), ledger);
    let addresses = member(site, "adresse").and_then(Value::as_array);
    let address = addresses.and_then(|a| a.first());
    let at = [address];
    let postal = text(&at, &["codePostal"]);
    let routing = text(&at, &["ligneAcheminement"]);
    let contacts = member(site, "contact").and_then(Value::as_array);
    let contact = [contacts.and_then(|c| c.first())];
    let closed = text(&places, &["dateFermeture"]);
    store.structure(&StructureCells {
        source: Source::FinessJson.number(),
        deactivated: !closed.is_empty(),
        finess,
        legal_finess,
        siret,
        name: text(&places, &["nomEgeCourt", "denominationEge", "nomEge"]),
        long_name: text(&places, &["nomEgeLong", "denominationLongueEge"]),
        recipient: text(&places, &["complementDenominationEg"]),
        access_point: text(&at, &["complementPointGeographique"]),
        number: text(&at, &["numeroVoie"]),
        repetition: text(&at, &["complementVoie"]),
        street_type: code(&at, "typeVoie"),
        street: text(&at, &["libelleVoie"]),
        mention: text(&at, &["lieuDit"]),
        place: [
            routing,
            postal,
            text(&at, &["cogCommune"]),
            "",
            "",
            "",
            "",
            "",
        ],
        phone: text(&contact, &["telephone", "numeroTelephone"]),
        fax: text(&contact, &["telecopie", "numeroTelecopie"]),
        email: text(&contact, &["courriel", "adresseEmail", "mail"]),
        category: code(&places, "categorieEntiteGeographiqueExercice"),
        tariff_mode: code(&places, "modeFixationTarifaire"),
        opened: text(&places, &["dateOuverture"]),
        closed,
        updated: text(&places, &["dateDerniereMaj"]),
        school_number: text(&places, &["numeroEducationNationale"]),
        state: code(&places, "etatObjet"),
        ..StructureCells::default()
    });
}

//! Bundles of the API FHIR Annuaire Santé v2, one page after the other.
//!
//! A page refers to resources of other pages, so their content is kept
//! until the end, then linked by the logical ids.

use std::collections::BTreeMap;

use dcc_base::problem::Problem;
use serde_json::{Deserializer, Value};

use super::feed::{Feed, Limits};
use super::fhir_resource::{
    About, codings, extension, identifier, is_active, list, referenced, telecoms, text,
};
use super::ledger::{Ledger, clip};
use crate::build::people::Met;
use crate::build::store::{PROFILE, Store, profile};
use crate::build::structures::StructureCells;
use crate::edition::Source;
use crate::file::mailbox::{MailboxRecord, TEXTS};
use crate::rules;

const PS_IDNAT: &str = "urn:oid:1.2.250.1.71.4.2.1";
const STRUCT_IDNAT: &str = "urn:oid:1.2.250.1.71.4.2.2";
const RPPS: &str = "https://rpps.esante.gouv.fr";
const FINESS: &str = "https://finess.esante.gouv.fr";
const RPPS_RANK: &str = "https://rppsrang.esante.gouv.fr";
const SIRET: &str = "https://sirene.fr";

type Code = (String, String);

/// A professional practice of a person, one per Practitioner.
struct Practice {
    path: String,
    met: Met,
    national: String,
    names: Code,
    civilities: [Code; 2],
    profession: Code,
    category: Code,
    skills: Vec<(Code, Code)>,
    has_role: bool,
}

/// A PractitionerRole, before its references are followed.
struct Role {
    path: String,
    practitioner: String,
    organization: String,
    codes: Vec<(About, Code)>,
    mailboxes: Vec<String>,
}

/// The reader of bundles.
pub(crate) struct Fhir {
    bytes: Vec<u8>,
    limit: usize,
    too_long: bool,
    count: u64,
    practices: BTreeMap<String, Practice>,
    organizations: BTreeMap<String, (Option<u32>, String)>,
    roles: Vec<Role>,
}

impl Fhir {
    pub(crate) fn new(limits: Limits) -> Self {
        Fhir {
            bytes: Vec::new(),
            limit: limits.bundles,
            too_long: false,
            count: 0,
            practices: BTreeMap::new(),
            organizations: BTreeMap::new(),
            roles: Vec::new(),
        }
    }
}

impl Feed for Fhir {
    fn feed(&mut self, chunk: &[u8], _store: &mut Store, _ledger: &mut Ledger) {
        if self.bytes.len() + chunk.len() > self.limit {
            self.too_long = true;
            self.bytes = Vec::new();
        }
        if !self.too_long {
            self.bytes.extend_from_slice(chunk);
        }
    }

    fn end(&mut self, store: &mut Store, ledger: &mut Ledger) -> u64 {
        if self.too_long {
            let limit = self.limit;
            ledger.add(&rules::INPUT_TOO_LONG, || {
                Problem::new(&rules::INPUT_TOO_LONG, "").allowed([format!("{limit} octets")])
            });
            return 0;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let mut pages = 0;
        for page in Deserializer::from_slice(&bytes).into_iter::<Value>() {
            match page {
                Ok(bundle) if text(&bundle, "resourceType") == "Bundle" => {
                    self.bundle(&bundle, pages, store, ledger);
                }
                _ => ledger.add(&rules::FHIR_BUNDLE, || {
                    Problem::new(&rules::FHIR_BUNDLE, format!("page {}", pages + 1))
                }),
            }
            pages += 1;
        }
        if pages == 0 {
            ledger.add(&rules::FHIR_BUNDLE, || {
                Problem::new(&rules::FHIR_BUNDLE, "")
            });
        }
        self.link(store, ledger);
        self.count
    }
}

fn owned(pair: (&str, &str)) -> Code {
    (pair.0.to_owned(), pair.1.to_owned())
}

impl Fhir {
    fn bundle(&mut self, bundle: &Value, page: usize, store: &mut Store, ledger: &mut Ledger) {
        for (i, entry) in list(bundle, "entry").iter().enumerate() {
            let path = format!("page {}, /entry/{i}/resource", page + 1);
            let resource = entry.get("resource").unwrap_or(&Value::Null);
            self.count += 1;
            match text(resource, "resourceType") {
                "Practitioner" => self.practitioner(resource, path, store, ledger),
                "PractitionerRole" => self.role(resource, path, ledger),
                "Organization" => self.organization(resource, path, store, ledger),
                other => refuse(&rules::FHIR_RESOURCE, path, other, ledger),
            }
        }
    }

    fn practitioner(
        &mut self,
        resource: &Value,
        path: String,
        store: &mut Store,
        ledger: &mut Ledger,
    ) {
        let rpps = identifier(resource, RPPS, None);
        let national = match identifier(resource, PS_IDNAT, None) {
            "" if !rpps.is_empty() => format!("8{rpps}"),
            national => national.to_owned(),
        };
        if national.is_empty() {
            return refuse(&rules::FHIR_ID, path, "", ledger);
        }
        let name = list(resource, "name").first().unwrap_or(&Value::Null);
        let first = |member: &str| {
            list(name, member)
                .first()
                .and_then(Value::as_str)
                .unwrap_or("")
                .to_owned()
        };
        let names = (text(name, "family").to_owned(), first("given"));
        let met = store.person(&national, &names.0, &names.1);
        if !names.0.is_empty() {
            store.people.name_if_unnamed(met.person, &names.0, &names.1);
        }
        if !is_active(resource) {
            store.people.closed.push(met.person);
            return;
        }
        let mut practice = Practice {
            path,
            met,
            national,
            names,
            civilities: [
                (first("suffix"), String::new()),
                (first("prefix"), String::new()),
            ],
            profession: Code::default(),
            category: Code::default(),
            skills: Vec::new(),
            has_role: false,
        };
        for qualification in list(resource, "qualification") {
            let of: Vec<(About, (&str, &str))> =
                codings(qualification.get("code").unwrap_or(&Value::Null)).collect();
            let find = |about| of.iter().find(|c| c.0 == about).map(|c| c.1);
            for (about, code) in &of {
                match about {
                    About::Profession => practice.profession = owned(*code),
                    About::Category => practice.category = owned(*code),
                    About::Skill => practice.skills.push((
                        owned(find(About::SkillType).unwrap_or_default()),
                        owned(*code),
                    )),
                    _ => {}
                }
            }
            if let Some(diploma) = find(About::Diploma) {
                let parts = [
                    find(About::DiplomaType).unwrap_or_default(),
                    diploma,
                    find(About::AuthorizationType).unwrap_or_default(),
                    find(About::AuthorizationField).unwrap_or_default(),
                ];
                let labels = parts.map(|p| store.label(p));
                store.diplomas.add(met.person, labels);
            }
        }
        let labels = [
            store.label(pair(&practice.profession)),
            store.label(pair(&practice.category)),
        ];
        for (kind, skill) in &practice.skills {
            let row = [
                labels[0],
                labels[1],
                store.label(pair(kind)),
                store.label(pair(skill)),
            ];
            store.skills.add(met.person, row);
        }
        for card in list(resource, "extension")
            .iter()
            .filter(|e| text(e, "url").ends_with("as-ext-smartcard"))
        {
            let part = |name: &str| extension(card, name).unwrap_or(&Value::Null);
            let period = part("period").get("valuePeriod").unwrap_or(&Value::Null);
            let kind = list(
                part("type")
                    .get("valueCodeableConcept")
                    .unwrap_or(&Value::Null),
                "coding",
            )
            .first()
            .unwrap_or(&Value::Null);
            let label = store.label((text(kind, "code"), text(kind, "display")));
            let opposed = ["valueDate", "valueDateTime"]
                .map(|m| text(part("oppositionDate"), m))
                .concat();
            store.cards.add(
                met.person,
                label,
                [
                    text(part("number"), "valueString"),
                    "",
                    text(period, "start"),
                    text(period, "end"),
                    &opposed,
                    "",
                ],
            );
        }
        for address in telecoms(resource, "email", true) {
            mailbox(
                &practice.path,
                address,
                Some((met, &practice.national)),
                "",
                store,
                ledger,
            );
        }
        self.practices
            .insert(text(resource, "id").to_owned(), practice);
    }

    fn role(&mut self, resource: &Value, path: String, ledger: &mut Ledger) {
        if !is_active(resource) {
            return refuse(&rules::FHIR_CLOSED, path, "", ledger);
        }
        let codes = list(resource, "code")
            .iter()
            .flat_map(|c| codings(c).map(|(about, code)| (about, owned(code))));
        self.roles.push(Role {
            path,
            practitioner: referenced(resource, "practitioner").to_owned(),
            organization: referenced(resource, "organization").to_owned(),
            codes: codes.collect(),
            mailboxes: telecoms(resource, "email", true)
                .map(str::to_owned)
                .collect(),
        });
    }

    fn organization(
        &mut self,
        resource: &Value,
        path: String,
        store: &mut Store,
        ledger: &mut Ledger,
    ) {
        let national = identifier(resource, STRUCT_IDNAT, None);
        let finess = match identifier(resource, FINESS, Some("FINEG")) {
            "" => identifier(resource, FINESS, None),
            finess => finess,
        };
        let legal = identifier(resource, FINESS, Some("FINEJ"));
        let site = if finess == legal { "" } else { finess };
        let technical = identifier(resource, RPPS_RANK, None);
        let siret = match identifier(resource, SIRET, None) {
            "" if national.len() == 15 => national.strip_prefix('3').unwrap_or(""),
            siret => siret,
        };
        if [national, finess, legal, technical, siret]
            .iter()
            .all(|id| id.is_empty())
        {
            return refuse(&rules::FHIR_ID, path, "", ledger);
        }
        let concepts: Vec<(About, (&str, &str))> =
            list(resource, "type").iter().flat_map(codings).collect();
        let of = |about| {
            concepts
                .iter()
                .find(|c| c.0 == about)
                .map_or(("", ""), |c| c.1)
        };
        let (sector, category, legal_status) = (
            of(About::Sector),
            of(About::FacilityCategory),
            of(About::LegalStatus),
        );
        let address = list(resource, "address").first().unwrap_or(&Value::Null);
        let line = ["_line", "line"]
            .iter()
            .find_map(|m| list(address, m).iter().find(|l| l.is_object()))
            .unwrap_or(&Value::Null);
        let part = |end: &str| extension(line, end).map_or("", |e| text(e, "valueString"));
        let commune = list(address, "extension")
            .iter()
            .filter_map(|e| e.get("valueCoding"))
            .map(|c| text(c, "code"))
            .next()
            .unwrap_or("");
        let street_line = list(address, "line")
            .first()
            .and_then(Value::as_str)
            .unwrap_or("");
        let street = if part("streetNameBase").is_empty() {
            street_line
        } else {
            part("streetNameBase")
        };
        let mut phones = telecoms(resource, "phone", false);
        let (phone, phone2) = (phones.next().unwrap_or(""), phones.next().unwrap_or(""));
        let structure = store.structure(&StructureCells {
            source: Source::Fhir.number(),
            deactivated: !is_active(resource),
            // a legal entity is found by its own number
            finess: if site.is_empty() { legal } else { site },
            legal_finess: if site.is_empty() { "" } else { legal },
            siret,
            technical,
            national,
            name: text(resource, "name"),
            trade_name: list(resource, "alias")
                .first()
                .and_then(Value::as_str)
                .unwrap_or(""),
            number: part("houseNumber"),
            street_type: (part("streetNameType"), ""),
            street,
            place: [
                "",
                text(address, "postalCode"),
                commune,
                text(address, "city"),
                text(address, "country"),
                "",
                "",
                "",
            ],
            phone,
            phone2,
            fax: telecoms(resource, "fax", false).next().unwrap_or(""),
            email: telecoms(resource, "email", false).next().unwrap_or(""),
            sector,
            category,
            legal_status,
            ..StructureCells::default()
        });
        let id = [finess, siret, national, technical]
            .into_iter()
            .find(|id| !id.is_empty())
            .unwrap_or("");
        for address in telecoms(resource, "email", true) {
            mailbox(&path, address, None, id, store, ledger);
        }
        self.organizations
            .insert(text(resource, "id").to_owned(), (structure, id.to_owned()));
    }

    /// Follows the references of the roles.
    fn link(&mut self, store: &mut Store, ledger: &mut Ledger) {
        for role in std::mem::take(&mut self.roles) {
            let Some(practice) = self.practices.get_mut(&role.practitioner) else {
                refuse(
                    &rules::FHIR_REFERENCE,
                    format!("{}/practitioner", role.path),
                    &role.practitioner,
                    ledger,
                );
                continue;
            };
            practice.has_role = true;
            let organization = self.organizations.get(&role.organization);
            if organization.is_none() && !role.organization.is_empty() {
                ledger.add(&rules::FHIR_REFERENCE, || {
                    Problem::new(
                        &rules::FHIR_REFERENCE,
                        format!("{}/organization", role.path),
                    )
                    .found(clip(&role.organization))
                });
            }
            let (structure, id) = organization.map_or((None, ""), |o| (o.0, o.1.as_str()));
            activities(practice, &role.codes, structure, store);
            for address in &role.mailboxes {
                mailbox(
                    &role.path,
                    address,
                    Some((practice.met, &practice.national)),
                    id,
                    store,
                    ledger,
                );
            }
        }
        for practice in std::mem::take(&mut self.practices).values() {
            if !practice.has_role && !practice.profession.0.is_empty() {
                activities(practice, &[], None, store);
            }
        }
        self.organizations.clear();
    }
}

fn pair(code: &Code) -> (&str, &str) {
    (&code.0, &code.1)
}

/// One activity per savoir-faire, as the extraction has it.
fn activities(
    practice: &Practice,
    codes: &[(About, Code)],
    structure: Option<u32>,
    store: &mut Store,
) {
    let of = |about| {
        codes
            .iter()
            .find(|c| c.0 == about)
            .map_or(("", ""), |c| pair(&c.1))
    };
    let none = [(Code::default(), Code::default())];
    let skills = if practice.skills.is_empty() {
        &none[..]
    } else {
        &practice.skills
    };
    for (kind, skill) in skills {
        let mut pairs = [("", ""); PROFILE];
        pairs[profile::PRACTICE_CIVILITY] = pair(&practice.civilities[0]);
        pairs[profile::CIVILITY] = pair(&practice.civilities[1]);
        pairs[profile::PROFESSION] = pair(&practice.profession);
        pairs[profile::CATEGORY] = pair(&practice.category);
        pairs[profile::SKILL_TYPE] = pair(kind);
        pairs[profile::SKILL] = pair(skill);
        pairs[profile::MODE] = of(About::PracticeMode);
        pairs[profile::SECTOR] = of(About::Sector);
        pairs[profile::PHARMACIST_SECTION] = of(About::PharmacistSection);
        pairs[profile::ROLE] = of(About::Function);
        pairs[profile::KIND] = of(About::PracticeKind);
        let number = store.profile(&pairs);
        let met = Met {
            person: practice.met.person,
            is_new: false,
        };
        store.activity(met, pair(&practice.names), number, structure);
    }
}

fn refuse(rule: &'static dcc_base::problem::Rule, path: String, found: &str, ledger: &mut Ledger) {
    ledger.refused += 1;
    ledger.add(rule, || {
        let problem = Problem::new(rule, path);
        if found.is_empty() {
            problem
        } else {
            problem.found(clip(found))
        }
    });
}

fn mailbox(
    path: &str,
    address: &str,
    person: Option<(Met, &str)>,
    structure: &str,
    store: &mut Store,
    ledger: &mut Ledger,
) {
    let Some((local, domain)) = address.rsplit_once('@') else {
        let rule = &rules::MAILBOX_ADDRESS;
        return ledger.add(rule, || Problem::new(rule, path).found(clip(address)));
    };
    let domain = store.mailboxes.domain(domain, &mut store.texts);
    let record = MailboxRecord {
        kind: u8::from(person.is_none()),
        local,
        domain,
        professional: person.map_or("", |p| p.1),
        structure,
        texts: [0; TEXTS],
        ..MailboxRecord::default()
    };
    store
        .mailboxes
        .add(person.map(|p| p.0.person), &record, &mut store.texts);
}

//! Checks of persons, organisations and their contacts.

use super::Checker;
use crate::identity::{finess, oid, rpps};
use crate::model::rules;
use crate::model::{
    Address, Author, Organization, Participant, PersonName, Professional, ProfessionalId, Telecom,
};
use crate::terminology::Jdv;

/// Roots of the identifiers that make an organisation known to the nation:
/// *Struct_IdNat*, and the host of documents made by a patient.
pub(super) const NATIONAL_ROOTS: [&str; 2] = [oid::ORGANIZATION, "1.2.250.1.213.4.1"];

impl Checker<'_> {
    /// Addresses and telecoms of the thing here.
    pub(crate) fn contacts(&mut self, addresses: &[Address], telecoms: &[Telecom]) {
        self.each("addresses", addresses, |c, a| c.address(a));
        self.each("telecoms", telecoms, |c, t| c.telecom(t));
        self.distinct("addresses", addresses, |a, b| a == b);
        self.distinct("telecoms", telecoms, |a, b| a.usage.is_some() && a == b);
    }

    /// An address.
    pub(crate) fn address(&mut self, a: &Address) {
        const USES: [&str; 5] = ["H", "HP", "HV", "WP", "TMP"];
        if let Some(usage) = a.usage.as_deref().filter(|u| !USES.contains(u)) {
            self.push(
                self.problem_at("usage", &rules::ADDRESS_USE)
                    .found(usage)
                    .allowed(USES),
            );
        }
        let parts = Address {
            usage: None,
            lines: Vec::new(),
            ..a.clone()
        };
        if a.lines.len() > 7 || (!a.lines.is_empty() && !parts.is_empty()) {
            self.push(
                self.problem_at("lines", &rules::ADDRESS_LINES)
                    .found(format!("{} lignes", a.lines.len())),
            );
        }
        if a.is_empty() {
            self.push(self.problem(&rules::EMPTY).message("L'adresse est vide"));
        }
    }

    /// A telecom.
    pub(crate) fn telecom(&mut self, t: &Telecom) {
        const PREFIXES: [&str; 6] = ["tel", "fax", "mailto", "http", "ftp", "mllp"];
        const USES: [&str; 9] = ["H", "HP", "HV", "WP", "DIR", "PUB", "EC", "MC", "PG"];
        let good = t.uri.split_once(':').is_some_and(|(prefix, rest)| {
            PREFIXES.contains(&prefix)
                && !rest.is_empty()
                && !t
                    .uri
                    .contains(|c: char| !c.is_ascii_graphic() || "<>\"{}|\\^`".contains(c))
        });
        if !good {
            let problem = self.problem_at("uri", &rules::TELECOM).found(&t.uri);
            self.push(problem.allowed(PREFIXES.iter().map(|p| format!("{p}:…"))));
        }
        if let Some(usage) = t.usage.as_deref().filter(|u| !USES.contains(u)) {
            self.push(
                self.problem_at("usage", &rules::TELECOM_USE)
                    .found(usage)
                    .allowed(USES),
            );
        }
    }

    /// The name of a person.
    pub(crate) fn name(&mut self, n: &PersonName) {
        self.required_text("family", &n.family);
        for (field, value, jdv) in [
            ("prefix", &n.prefix, Jdv::J245Civilite),
            ("suffix", &n.suffix, Jdv::J246Titre),
        ] {
            let Some(value) = value else { continue };
            let set = self.terminology.set(jdv);
            if set.find(value).is_none() {
                self.push(
                    self.problem_at(field, &rules::TITLE)
                        .found(value)
                        .allowed(set.iter().map(|c| &c.code)),
                );
            }
        }
    }

    /// The name of a person near the patient: the document has no place for
    /// a title.
    pub(super) fn untitled_name(&mut self, n: &PersonName) {
        self.name(n);
        self.require(n.suffix.is_none(), "suffix", &rules::NOT_CARRIED);
    }

    /// A professional.
    pub(crate) fn professional(&mut self, p: &Professional) {
        self.professional_ids(p);
        self.code("specialty", p.specialty.as_ref(), Jdv::J01AuthorSpecialty);
        self.at("name", |c| c.name(&p.name));
        self.contacts(&p.addresses, &p.telecoms);
        if let Some(o) = &p.organization {
            self.at("organization", |c| c.organization(o));
        }
    }

    /// A professional who must have an identifier.
    pub(crate) fn identified(&mut self, p: &Professional) {
        self.require(!p.ids.is_empty(), "ids", &rules::REQUIRED);
    }

    /// A professional of whom the header carries one identifier.
    pub(crate) fn one_id(&mut self, p: &Professional) {
        if p.ids.len() > 1 {
            self.push(
                self.problem_at("ids/1", &rules::NOT_CARRIED)
                    .message("Le document ne porte ici qu'un identifiant du professionnel"),
            );
        }
    }

    /// The identifiers of a professional's organisation, where the header
    /// carries only one, or only national ones.
    pub(crate) fn organization_ids(&mut self, p: &Professional, one: bool, national: bool) {
        if let Some(o) = &p.organization {
            self.at("organization", |c| c.only_ids(o, one, national));
        }
    }

    pub(super) fn only_ids(&mut self, o: &Organization, one: bool, national: bool) {
        const ONE: &str = "Le document ne porte ici qu'un identifiant de la structure";
        const NATIONAL: &str =
            "Le document ne porte ici que l'identifiant national de la structure";
        let mut known = usize::from(o.finess.is_some());
        if o.siret.is_some() {
            known += 1;
            if one && known > 1 {
                self.push(self.problem_at("siret", &rules::NOT_CARRIED).message(ONE));
            }
        }
        for (i, id) in o.other_ids.iter().enumerate() {
            known += 1;
            let reason = match () {
                () if national && !NATIONAL_ROOTS.contains(&id.root.as_str()) => NATIONAL,
                () if one && known > 1 => ONE,
                () => continue,
            };
            let problem = self.problem_at(&format!("other_ids/{i}"), &rules::NOT_CARRIED);
            self.push(problem.message(reason).found(id));
        }
    }

    fn professional_ids(&mut self, p: &Professional) {
        let ids: Vec<_> = p.ids.iter().map(ProfessionalId::to_identifier).collect();
        self.distinct_ids("ids", &ids);
        self.each("ids", &ids, |c, id| {
            c.extension("extension", id.extension.as_deref())
        });
        self.at("ids", |c| {
            for (i, id) in p.ids.iter().enumerate() {
                let path = |c: &Self, kind: &str| format!("{}/{i}/{kind}", c.path);
                match id {
                    ProfessionalId::Rpps(n) => rpps::check(n, &path(c, "rpps"), &mut c.problems),
                    ProfessionalId::Adeli(n) => {
                        rpps::check_adeli(n, &path(c, "adeli"), &mut c.problems)
                    }
                    ProfessionalId::National(n) => {
                        let path = path(c, "national");
                        rpps::check_national(n, &path, &mut c.problems);
                    }
                    ProfessionalId::Local(id) => c.at(i, |c| {
                        c.at("local", |c| {
                            c.identifier(id);
                            c.require(id.extension.is_some(), "extension", &rules::REQUIRED);
                        });
                    }),
                }
            }
        });
    }

    /// A FINESS number.
    pub(crate) fn finess(&mut self, field: &str, number: &str) {
        let path = format!("{}/{field}", self.path);
        finess::check(number, &path, &mut self.problems);
    }

    /// An organisation.
    pub(crate) fn organization(&mut self, o: &Organization) {
        if let Some(n) = &o.finess {
            self.finess("finess", n);
        }
        if let Some(n) = &o.siret {
            let path = format!("{}/siret", self.path);
            finess::check_siret(n, &path, &mut self.problems);
        }
        self.extended_identifiers("other_ids", &o.other_ids);
        self.code("sector", o.sector.as_ref(), Jdv::J04PracticeSetting);
        self.whole_organization(o);
        self.contacts(&o.addresses, &o.telecoms);
    }

    /// An author.
    pub(crate) fn author(&mut self, a: &Author) {
        self.past("time", a.time);
        self.code("function", a.function.as_ref(), Jdv::J47FunctionCode);
        self.require(
            a.comment.is_none() || a.function.is_some(),
            "function",
            &rules::REQUIRED,
        );
        self.at("professional", |c| {
            c.identified(&a.professional);
            c.professional(&a.professional);
        });
    }

    /// A participant of the header: one identifier, of the person as of the
    /// organisation.
    pub(crate) fn participant(&mut self, p: &Participant) {
        self.participant_dates(p);
        self.at("professional", |c| {
            c.professional(&p.professional);
            c.one_id(&p.professional);
            c.organization_ids(&p.professional, true, false);
        });
    }

    pub(super) fn participant_dates(&mut self, p: &Participant) {
        self.moment("time", p.time);
        self.period("period", &p.period);
        self.require(
            p.time.is_none() || p.period.is_empty(),
            "period",
            &rules::ONE_MOMENT,
        );
    }
}

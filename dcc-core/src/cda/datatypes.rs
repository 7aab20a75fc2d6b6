//! Data types of HL7 v3, both ways.

use super::codec::Codec;
use crate::identity::oid;
use crate::model::{
    AbsentReason, Address, Code, Identifier, OrAbsent, Organization, PartialDateTime, Period,
    PersonName, Telecom,
};
use crate::terminology::{CodeSystem, Jdv, Terminology, ValueSet};

/// Where the codes of an element come from.
#[derive(Clone, Copy, Debug)]
pub enum Codes {
    /// A value set.
    Set(Jdv),
    /// One code system, without a value set.
    System(&'static CodeSystem),
    /// Any code system: the code states its own.
    Any,
}

impl Codes {
    fn set(self, terminology: &Terminology) -> Option<&ValueSet> {
        match self {
            Codes::Set(jdv) => Some(terminology.set(jdv)),
            Codes::System(_) | Codes::Any => None,
        }
    }

    /// System and label that a code has when its input gives none.
    pub(crate) fn resolve<'t>(
        self,
        terminology: &'t Terminology,
        code: &str,
        system: Option<&str>,
    ) -> (&'t str, Option<&'t str>) {
        match self {
            Codes::System(known) => (known.oid, None),
            Codes::Any => ("", None),
            Codes::Set(_) => {
                let Some(set) = self.set(terminology) else {
                    return ("", None);
                };
                let concept = match system {
                    Some(system) => set.find_in(system, code),
                    None => set.find(code),
                };
                match concept {
                    Some(concept) => (&concept.system, Some(&concept.label)),
                    None => (set.concepts().first().map_or("", |c| &c.system), None),
                }
            }
        }
    }

    /// How a reader of the document is shown a code.
    pub(crate) fn label(self, terminology: &Terminology, code: &Code) -> String {
        let (_, label) = self.resolve(terminology, &code.code, code.system.as_deref());
        code.label
            .as_deref()
            .or(label)
            .unwrap_or(&code.code)
            .to_owned()
    }
}

/// A code of the specification itself.
#[derive(Clone, Copy, Debug)]
pub struct Fixed {
    /// Code system.
    pub system: &'static CodeSystem,
    /// Code.
    pub code: &'static str,
    /// Label.
    pub label: &'static str,
}

/// What stands for a value that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Null {
    /// The element is left out.
    Omit,
    /// The element carries this nullFlavor.
    Flavor(&'static str),
}

impl Codec<'_> {
    /// `II`: the attributes of an identifier.
    pub fn ii(&mut self, id: &mut Identifier) {
        self.root(&mut id.root);
        self.attr_option("extension", &mut id.extension);
        self.ignore(&["assigningAuthorityName"]);
    }

    /// The root of an identifier; HL7 v3 wants UUIDs in upper case.
    pub(crate) fn root(&mut self, root: &mut String) {
        if self.is_writing() && root.bytes().any(|b| b.is_ascii_lowercase()) {
            self.fixed("root", &root.to_ascii_uppercase());
        } else {
            self.attr("root", root);
        }
    }

    /// An identifier element.
    pub fn identifier(&mut self, name: &'static str, id: &mut Identifier) {
        self.element(name, |s| s.ii(id));
    }

    /// A coded element of the specification.
    pub fn fixed_code(&mut self, name: &'static str, code: &Fixed, f: impl FnOnce(&mut Self)) {
        self.element_where(
            true,
            name,
            |_, _| true,
            |s| {
                s.fixed_code_attrs(code);
                f(s);
            },
        );
    }

    pub(crate) fn fixed_code_attrs(&mut self, code: &Fixed) {
        self.fixed("code", code.code);
        if self.is_writing() {
            self.fixed("displayName", code.label);
            self.fixed("codeSystem", code.system.oid);
            self.fixed("codeSystemName", code.system.name);
        } else {
            self.ignore(&[
                "displayName",
                "codeSystem",
                "codeSystemName",
                "codeSystemVersion",
            ]);
        }
    }

    /// The attributes of a coded value.
    pub fn code_attrs(&mut self, code: &mut Code, codes: Codes) {
        let terminology = self.terminology();
        if let Some(writer) = self.writer() {
            let (system, label) = codes.resolve(terminology, &code.code, code.system.as_deref());
            let system = code.system.as_deref().unwrap_or(system);
            writer.attr("code", &code.code);
            if let Some(label) = code.label.as_deref().or(label) {
                writer.attr("displayName", label);
            }
            writer.attr("codeSystem", system);
            if let Some(system) = CodeSystem::by_oid(system) {
                writer.attr("codeSystemName", system.name);
            }
            return;
        }
        self.attr("code", &mut code.code);
        self.attr_option("codeSystem", &mut code.system);
        self.attr_option("displayName", &mut code.label);
        self.ignore(&["codeSystemName"]);
        // what the value set says need not be repeated
        let (system, _) = codes.resolve(terminology, &code.code, None);
        if code.system.as_deref() == Some(system) {
            code.system = None;
        }
        let (_, label) = codes.resolve(terminology, &code.code, code.system.as_deref());
        if code.label.as_deref().map(str::trim) == label || code.label.as_deref() == Some("") {
            code.label = None;
        }
    }

    /// An element with an optional coded value.
    pub fn code(&mut self, name: &'static str, code: &mut Option<Code>, codes: Codes, null: Null) {
        self.code_with(name, code, codes, null, |_| {});
    }

    /// As [`Codec::code`], with content.
    pub fn code_with(
        &mut self,
        name: &'static str,
        code: &mut Option<Code>,
        codes: Codes,
        null: Null,
        f: impl FnOnce(&mut Self),
    ) {
        let present = code.is_some() || null != Null::Omit;
        self.element_if(present, name, |s| {
            s.coded_or_null(code, codes, null);
            f(s);
        });
    }

    /// The attributes of a coded value, or of its nullFlavor.
    pub(crate) fn coded_or_null(&mut self, code: &mut Option<Code>, codes: Codes, null: Null) {
        if self.is_writing() {
            match (code, null) {
                (Some(code), _) => self.code_attrs(code, codes),
                (None, Null::Flavor(flavor)) => self.fixed("nullFlavor", flavor),
                (None, Null::Omit) => {}
            }
        } else if self.null_flavor().is_none() {
            let mut read = Code::default();
            self.code_attrs(&mut read, codes);
            if !read.code.is_empty() {
                *code = Some(read);
            }
        }
    }

    /// A stated coded value; `null` when it is not stated at all.
    pub(crate) fn stated_code(
        &mut self,
        value: &mut Option<OrAbsent<Code>>,
        codes: Codes,
        null: Null,
    ) {
        let mut code = value.as_ref().and_then(|v| v.known().cloned());
        if self.is_writing() {
            let flavor = value
                .as_ref()
                .and_then(OrAbsent::absence)
                .map_or(null, |a| Null::Flavor(a.null_flavor()));
            self.coded_or_null(&mut code, codes, flavor);
            return;
        }
        *value = match self
            .peek_null()
            .and_then(|f| AbsentReason::from_null_flavor(&f))
        {
            Some(absence) => {
                self.null_flavor();
                Some(OrAbsent::Absent(absence))
            }
            None => {
                self.coded_or_null(&mut code, codes, null);
                code.map(OrAbsent::Known)
            }
        };
    }

    /// `TS`: an element with a moment.
    pub fn time(&mut self, name: &'static str, moment: &mut Option<PartialDateTime>, null: Null) {
        let present = moment.is_some() || null != Null::Omit;
        self.element_if(present, name, |s| s.moment(moment, null));
    }

    /// The attribute of a moment, or of its nullFlavor; a reader takes `low` too.
    pub(crate) fn moment(&mut self, moment: &mut Option<PartialDateTime>, null: Null) {
        if let Some(writer) = self.writer() {
            match (*moment, null) {
                (Some(moment), _) => writer.attr("value", &moment.hl7().to_string()),
                (None, Null::Flavor(flavor)) => writer.attr("nullFlavor", flavor),
                (None, Null::Omit) => {}
            }
            return;
        }
        *moment = self.read_moment();
        if moment.is_none()
            && let Some(low) = self.child("low", |tree, low| {
                tree.peek(low, "value")
                    .is_some_and(|v| PartialDateTime::from_hl7(v).is_some())
            })
        {
            *moment = self.inside(low, Self::read_moment).flatten();
        }
        self.blank_bounds();
    }

    /// The time of a statement that has none of its own. A reader leaves a
    /// time that is there unread, unless it only repeats `known`.
    pub fn untimed(&mut self, flavor: &'static str, known: Option<PartialDateTime>) {
        if self.is_writing() {
            self.time("effectiveTime", &mut None, Null::Flavor(flavor));
            return;
        }
        let repeats = |tree: &crate::xml::Tree<'_>, n: crate::xml::NodeId| {
            let said = tree.peek(n, "value").or_else(|| {
                tree.element(n, "low")
                    .and_then(|low| tree.peek(low, "value"))
            });
            said.is_none_or(|v| known.is_some() && PartialDateTime::from_hl7(v) == known)
                && tree.element(n, "high").is_none()
        };
        if let Some(node) = self.child("effectiveTime", repeats) {
            self.inside(node, |s| s.moment(&mut None, Null::Omit));
        }
    }

    /// A moment written as the `low` of an interval.
    pub fn low(&mut self, name: &'static str, moment: &mut Option<PartialDateTime>, null: Null) {
        if self.is_writing() {
            if let Some(moment) = *moment {
                self.element(name, |s| s.time("low", &mut Some(moment), Null::Omit));
            } else if null != Null::Omit {
                self.time(name, &mut None, null);
            }
        } else {
            self.time(name, moment, null);
        }
    }

    /// A moment written as the `low` of an interval, unknown or not.
    pub fn low_or_unknown(&mut self, name: &'static str, moment: &mut Option<PartialDateTime>) {
        if self.is_writing() {
            self.element(name, |s| s.time("low", moment, Null::Flavor("UNK")));
        } else {
            self.time(name, moment, Null::Omit);
        }
    }

    /// `IVL_TS`: an element with a period.
    pub fn period(&mut self, name: &'static str, period: &mut Period, null: Null) {
        let present = !period.is_empty() || null != Null::Omit;
        self.element_if(present, name, |s| s.interval(period, null, Null::Omit));
    }

    /// As [`Codec::period`], with `low` said unknown when there is an end
    /// alone: an observation wants it.
    pub fn observation_period(&mut self, name: &'static str, period: &mut Period) {
        let unknown = Null::Flavor("UNK");
        self.element(name, |s| s.interval(period, unknown, unknown));
    }

    /// The bounds of a period, or its nullFlavor.
    pub(crate) fn interval(&mut self, period: &mut Period, null: Null, low: Null) {
        if self.is_writing() {
            if period.is_empty() {
                if let Null::Flavor(flavor) = null {
                    self.fixed("nullFlavor", flavor);
                }
                return;
            }
            self.time("low", &mut period.start, low);
            self.time("high", &mut period.end, Null::Omit);
            return;
        }
        let point = self.read_moment();
        self.element("low", |s| period.start = s.read_moment());
        self.element("high", |s| period.end = s.read_moment());
        period.start = period.start.or(point);
    }

    /// A period, or one moment when both bounds are the same: an element with
    /// `value`, or with `low` and `high`.
    pub(crate) fn when(&mut self, name: &'static str, period: &mut Period, null: Null) {
        let is_point = period.start.is_some() && period.start == period.end;
        if is_point && self.is_writing() {
            self.time(name, &mut period.start, Null::Omit);
        } else {
            self.span(name, period, null);
        }
    }

    /// A period that is written with its bounds; a reader takes a moment too.
    pub(crate) fn span(&mut self, name: &'static str, period: &mut Period, null: Null) {
        let present = !period.is_empty() || null != Null::Omit;
        self.element_if(present, name, |s| {
            if s.is_writing() {
                s.interval(period, null, Null::Omit);
                return;
            }
            s.xsi_type_optional("IVL_TS");
            if let Some(moment) = s.read_moment() {
                *period = Period {
                    start: Some(moment),
                    end: Some(moment),
                };
            }
            s.element("low", |s| period.start = s.read_moment());
            s.element("high", |s| period.end = s.read_moment());
        });
    }

    /// Marks bounds that say nothing (`<low nullFlavor="UNK"/>`).
    fn blank_bounds(&mut self) {
        for name in ["low", "high"] {
            if let Some(node) = self.child(name, |tree, n| tree.peek(n, "nullFlavor").is_some()) {
                self.inside(node, |s| s.null_flavor());
            }
        }
    }

    fn read_moment(&mut self) -> Option<PartialDateTime> {
        self.null_flavor();
        let (tree, at) = self.here()?;
        let moment = PartialDateTime::from_hl7(tree.peek(at, "value")?)?;
        tree.attr(at, "value");
        Some(moment)
    }

    /// `AD`: an address element.
    pub fn address(&mut self, name: &'static str, address: &mut Address) {
        self.element(name, |s| s.address_parts(address));
    }

    /// The parts of an address.
    pub(crate) fn address_parts(&mut self, a: &mut Address) {
        self.attr_option("use", &mut a.usage);
        self.each("streetAddressLine", &mut a.lines, |s, line| s.text(line));
        self.text_element("houseNumber", &mut a.house_number);
        self.text_element("streetNameType", &mut a.street_type);
        self.text_element("streetName", &mut a.street_name);
        self.text_element("unitID", &mut a.unit);
        self.text_element("additionalLocator", &mut a.additional_locator);
        self.text_element("precinct", &mut a.precinct);
        self.text_element("postBox", &mut a.post_box);
        self.text_element("county", &mut a.insee);
        self.text_element("postalCode", &mut a.postal_code);
        self.text_element("city", &mut a.city);
        self.text_element("state", &mut a.state);
        self.text_element("country", &mut a.country);
    }

    /// Addresses; where `null` is given, none is said by a nullFlavor.
    pub fn addresses(&mut self, addresses: &mut Vec<Address>, null: Null) {
        self.null_element("addr", addresses.is_empty(), null);
        self.each_where(
            "addr",
            |tree, n| tree.peek(n, "nullFlavor").is_none(),
            addresses,
            |s, a| s.address_parts(a),
        );
    }

    /// Telecoms; where `null` is given, none is said by a nullFlavor.
    pub fn telecoms(&mut self, telecoms: &mut Vec<Telecom>, null: Null) {
        self.null_element("telecom", telecoms.is_empty(), null);
        self.each_where(
            "telecom",
            |tree, n| tree.peek(n, "nullFlavor").is_none(),
            telecoms,
            |s, t| {
                s.attr("value", &mut t.uri);
                s.attr_option("use", &mut t.usage);
            },
        );
    }

    /// `name` with a nullFlavor when there is nothing to write; a reader takes those that say nothing.
    pub(crate) fn null_element(&mut self, name: &'static str, empty: bool, null: Null) {
        if let (true, Null::Flavor(flavor)) = (self.is_writing() && empty, null) {
            self.element(name, |s| s.fixed("nullFlavor", flavor));
        }
        while let Some(node) = self.child(name, |tree, n| tree.peek(n, "nullFlavor").is_some()) {
            self.inside(node, |s| s.null_flavor());
        }
    }

    /// `PN`: a name element.
    pub fn name(&mut self, name: &mut PersonName) {
        self.element("name", |s| {
            s.text_element("prefix", &mut name.prefix);
            s.text_element("given", &mut name.given);
            s.element("family", |s| {
                // a masked name
                s.null_flavor();
                s.text(&mut name.family);
            });
            s.text_element("suffix", &mut name.suffix);
        });
    }

    /// Identifiers of an organisation.
    pub fn organization_ids(&mut self, o: &mut Organization) {
        if self.is_writing() {
            let national = |n: String| Identifier::new(oid::ORGANIZATION, n);
            let known = [
                o.finess.as_ref().map(|n| national(format!("1{n}"))),
                o.siret.as_ref().map(|n| national(format!("3{n}"))),
            ];
            for mut id in known
                .into_iter()
                .flatten()
                .chain(o.other_ids.iter().cloned())
            {
                self.identifier("id", &mut id);
            }
            return;
        }
        let mut ids: Vec<Identifier> = Vec::new();
        self.each_where(
            "id",
            |tree, n| tree.peek(n, "nullFlavor").is_none(),
            &mut ids,
            |s, id| s.ii(id),
        );
        for id in ids {
            let n = id.extension.as_deref().unwrap_or_default();
            match (id.root == oid::ORGANIZATION, n.as_bytes().first(), n.len()) {
                (true, Some(b'1'), 10) if o.finess.is_none() => o.finess = Some(n[1..].to_owned()),
                (true, Some(b'3'), 15) if o.siret.is_none() => o.siret = Some(n[1..].to_owned()),
                _ => o.other_ids.push(id),
            }
        }
    }

    /// An organisation: identifiers, name, telecoms, addresses, sector.
    pub fn organization(&mut self, o: &mut Organization) {
        self.organization_ids(o);
        self.text_element("name", &mut o.name);
        self.telecoms(&mut o.telecoms, Null::Omit);
        self.addresses(&mut o.addresses, Null::Omit);
        self.code(
            "standardIndustryClassCode",
            &mut o.sector,
            Codes::Set(Jdv::J04PracticeSetting),
            Null::Omit,
        );
        let present = o.part_of.is_some();
        self.element_if(present, "asOrganizationPartOf", |s| {
            s.element("wholeOrganization", |s| {
                s.text_element("name", &mut o.part_of)
            });
        });
    }

    /// `INT`: the attributes of a whole number, or of its nullFlavor.
    pub(crate) fn integer(&mut self, value: &mut Option<i32>, null: Null) {
        if let Some(writer) = self.writer() {
            match (*value, null) {
                (Some(value), _) => writer.attr("value", &value.to_string()),
                (None, Null::Flavor(flavor)) => writer.attr("nullFlavor", flavor),
                (None, Null::Omit) => {}
            }
            return;
        }
        self.null_flavor();
        if let Some((tree, at)) = self.here() {
            *value = tree.peek(at, "value").and_then(|v| v.trim().parse().ok());
            if value.is_some() {
                tree.attr(at, "value");
            }
        }
    }

    /// `BL`: the attributes of a boolean value, or of its nullFlavor.
    pub(crate) fn boolean(&mut self, value: &mut Option<bool>, null: Null) {
        if let Some(writer) = self.writer() {
            match (*value, null) {
                (Some(value), _) => writer.attr("value", if value { "true" } else { "false" }),
                (None, Null::Flavor(flavor)) => writer.attr("nullFlavor", flavor),
                (None, Null::Omit) => {}
            }
            return;
        }
        self.null_flavor();
        if let Some((tree, at)) = self.here() {
            let read = match tree.peek(at, "value") {
                Some("true" | "1") => Some(true),
                Some("false" | "0") => Some(false),
                _ => None,
            };
            if read.is_some() {
                tree.attr(at, "value");
            }
            *value = read;
        }
    }
}

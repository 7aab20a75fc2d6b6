//! Participants of the header, by type and function.

use crate::cda::codec::Codec;
use crate::cda::datatypes::{FixedCode, NullFlavorPolicy, is_stated};
use crate::cda::slot::{Slot, slot};
use crate::model::{Participant, Professional};
use crate::terminology::code_system::{
    PARTICIPATION_FUNCTION, RELATION_PRISE_EN_CHARGE, ROLE_PRISE_EN_CHARGE,
};
use crate::xml::{NodeId, Tree};

/// The function of a participant.
#[derive(Clone, Copy, Debug)]
pub enum Function {
    /// Not applicable.
    None,
    /// A code of the value set JDV_J47_FunctionCode_CISIS.
    Code(&'static FixedCode),
    /// A code of that set or none, and a second one that says more.
    Role {
        /// Code of the value set; not applicable when none.
        code: Option<&'static FixedCode>,
        /// The code that says more.
        role: &'static FixedCode,
        /// Class of the entity: `PROV` a provider of care, `AGNT` another actor.
        class: &'static str,
    },
}

/// *Médecin traitant*.
pub(crate) static PRIMARY_CARE: FixedCode =
    FixedCode::new(PARTICIPATION_FUNCTION, "PCP", "Médecin traitant");
/// *Membre de l'équipe de soins*.
pub(crate) static CARE_TEAM: FixedCode =
    FixedCode::new(ROLE_PRISE_EN_CHARGE, "353", "Membre de l'équipe de soins");
/// *Correspondant*.
pub(crate) static CORRESPONDENT: FixedCode =
    FixedCode::new(RELATION_PRISE_EN_CHARGE, "CORRE", "Correspondant");

impl Function {
    fn class(self) -> &'static str {
        match self {
            Function::Role { class, .. } => class,
            Function::None | Function::Code(_) => "PROV",
        }
    }

    /// True for a participant of this type and function that is not absent.
    fn is_one(self, type_code: &'static str) -> impl Fn(&Tree<'_>, NodeId) -> bool + Copy {
        move |tree, n| {
            tree.peek(n, "typeCode") == Some(type_code)
                && self.matches(tree, n)
                && tree
                    .element(n, "associatedEntity")
                    .is_some_and(|e| is_stated(tree, e))
        }
    }

    fn matches(self, tree: &Tree<'_>, participant: NodeId) -> bool {
        let function = tree.element(participant, "functionCode");
        let found = function.and_then(|f| tree.peek(f, "code"));
        let translation = function
            .and_then(|f| tree.element(f, "translation"))
            .and_then(|t| tree.peek(t, "code"));
        let class = tree
            .element(participant, "associatedEntity")
            .and_then(|e| tree.peek(e, "classCode"));
        match self {
            Function::None => found.is_none(),
            Function::Code(code) => found == Some(code.code),
            Function::Role {
                code,
                role,
                class: wanted,
            } => {
                found == code.map(|c| c.code)
                    && translation == Some(role.code)
                    && class == Some(wanted)
            }
        }
    }
}

impl Codec<'_> {
    /// Participants of a type and function.
    pub fn participants(
        &mut self,
        type_code: &'static str,
        function: Function,
        participants: Slot<'_, Vec<Participant>>,
    ) {
        let is_one = function.is_one(type_code);
        self.each_where("participant", is_one, participants, |s, p| {
            s.participant(type_code, function, p);
        });
    }

    /// At most one participant of a type and function.
    pub fn participant_option(
        &mut self,
        type_code: &'static str,
        function: Function,
        participant: Slot<'_, Option<Participant>>,
    ) {
        let is_one = function.is_one(type_code);
        self.maybe(participant, |s, present, p| {
            s.element_where(present, "participant", is_one, |s| {
                s.participant(type_code, function, p);
            })
        });
    }

    pub(crate) fn participant(
        &mut self,
        type_code: &'static str,
        function: Function,
        mut p: Slot<'_, Participant>,
    ) {
        self.participant_head(type_code, function, slot!(p.comment));
        self.participant_time(p.by());
        self.element("associatedEntity", |s| {
            s.fixed("classCode", function.class());
            s.associated_entity(slot!(p.professional));
        });
    }

    /// The content of `associatedEntity`.
    pub(crate) fn associated_entity(&mut self, mut p: Slot<'_, Professional>) {
        self.professional_head(p.by());
        self.named_person("associatedPerson", slot!(p.name));
        self.option("scopingOrganization", slot!(p.organization), |s, o| {
            s.organization(o);
        });
    }

    /// `typeCode` and `functionCode` of a participant.
    pub(crate) fn participant_head(
        &mut self,
        type_code: &'static str,
        function: Function,
        comment: Slot<'_, Option<String>>,
    ) {
        self.fixed("typeCode", type_code);
        let present = comment.is_some() || !matches!(function, Function::None);
        self.element_if(present, "functionCode", |s| {
            match function {
                Function::None | Function::Role { code: None, .. } => s.null_is("NA"),
                Function::Code(code)
                | Function::Role {
                    code: Some(code), ..
                } => s.fixed_code_attrs(code),
            }
            s.text_element("originalText", comment);
            if let Function::Role { role, .. } = function {
                s.fixed_code("translation", role, |_| {});
            }
        });
    }

    pub(crate) fn participant_time(&mut self, mut p: Slot<'_, Participant>) {
        let as_point = |tree: &Tree<'_>, n: NodeId| {
            tree.peek(n, "value").is_some() || tree.peek(n, "nullFlavor").is_some()
        };
        let is_point = p.time.is_some() || p.period.is_empty();
        self.element_where(is_point, "time", as_point, |s| {
            s.xsi_type_optional("IVL_TS");
            s.moment(slot!(p.time), NullFlavorPolicy::Flavor("UNK"));
        });
        self.element_if(!is_point, "time", |s| {
            s.xsi_type_optional("IVL_TS");
            s.interval(
                slot!(p.period),
                NullFlavorPolicy::Omit,
                NullFlavorPolicy::Omit,
            );
        });
    }
}

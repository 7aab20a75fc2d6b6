//! Professionals: authors, performers, authenticators, both ways.

use crate::cda::codec::Codec;
use crate::cda::datatypes::{Binding, NullFlavorPolicy};
use crate::cda::slot::{Slot, slot, slots};
use crate::model::{Author, Professional, ProfessionalId};
use crate::terminology::Jdv;

impl Codec<'_> {
    /// What an author, a performer or an authenticator is: identifiers,
    /// specialty, addresses, telecoms, person, organisation.
    pub(crate) fn professional(
        &mut self,
        mut p: Slot<'_, Professional>,
        person: &'static str,
        organization: &'static str,
    ) {
        self.professional_head(p.by());
        self.named_person(person, slot!(p.name));
        self.option(organization, slot!(p.organization), |s, o| {
            s.organization(o);
        });
    }

    pub(crate) fn professional_head(&mut self, mut p: Slot<'_, Professional>) {
        self.ids(
            slot!(p.ids),
            |ids, one| ids.iter().for_each(|id| one(&id.to_identifier())),
            |ids, read| ids.extend(read.into_iter().map(ProfessionalId::from_identifier)),
        );
        self.code(
            "code",
            slot!(p.specialty),
            Binding::Set(Jdv::J01AuthorSpecialty),
            NullFlavorPolicy::Omit,
        );
        self.addresses(slot!(p.addresses), NullFlavorPolicy::Omit);
        self.telecoms(slot!(p.telecoms), NullFlavorPolicy::Omit);
    }

    /// `author`, in the header, a section or an entry.
    pub fn author(&mut self, mut author: Slot<'_, Author>) {
        self.ignore_templates();
        let (function, comment) = slots!(author.function, author.comment);
        self.code_with(
            "functionCode",
            function,
            Binding::Set(Jdv::J47FunctionCode),
            NullFlavorPolicy::Omit,
            |s| {
                s.text_element("originalText", comment);
            },
        );
        self.time("time", slot!(author.time), NullFlavorPolicy::Flavor("UNK"));
        self.element("assignedAuthor", |s| {
            s.professional(
                slot!(author.professional),
                "assignedPerson",
                "representedOrganization",
            );
        });
    }

    /// `assignedEntity`.
    pub fn assigned_entity(&mut self, professional: Slot<'_, Professional>) {
        self.element("assignedEntity", |s| {
            // the schema wants an identifier
            s.null_element(
                "id",
                professional.ids.is_empty(),
                NullFlavorPolicy::Flavor("NA"),
            );
            s.professional(professional, "assignedPerson", "representedOrganization");
        });
    }
}

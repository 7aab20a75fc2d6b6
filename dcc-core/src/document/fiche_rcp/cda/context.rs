//! Participants, act and meeting, in the header.

use super::super::model::{CodedText, FicheRcp, Participants, RcpContext};
use super::super::templates;
use crate::cda::Codec;
use crate::cda::datatypes::{Binding, NullFlavorPolicy};
use crate::cda::header::participants::{CARE_TEAM, CORRESPONDENT, Function};
use crate::cda::slot::{Slot, slot};
use crate::identity::oid;
use crate::model::{Identifier, Period, Professional};
use crate::terminology::Jdv;
use crate::xml::{NodeId, Tree};

impl FicheRcp {
    /// Topographies of the documented act when the context gives none.
    fn tumour_topographies(&self) -> Vec<CodedText> {
        self.tumours
            .iter()
            .map(|t| t.topography.clone())
            .filter(|t| *t != CodedText::default())
            .collect()
    }

    /// Takes out what a writer would put in by itself.
    pub(super) fn drop_defaults(&mut self) {
        if self.header.title.as_ref() == Some(&self.default_title()) {
            self.header.title = None;
        }
        if self.rcp.act_start == self.rcp.date {
            self.rcp.act_start = None;
        }
        if self.rcp.performer.as_ref()
            == self
                .participants
                .coordinator
                .as_ref()
                .map(|c| &c.professional)
        {
            self.rcp.performer = None;
        }
        if self.rcp.topographies == self.tumour_topographies() {
            self.rcp.topographies.clear();
        }
    }
}

impl Codec<'_> {
    pub(super) fn frcp_participants(&mut self, mut p: Slot<'_, Participants>) {
        self.participant_option("RESP", Function::None, slot!(p.coordinator));
        self.participant_option("REFB", Function::None, slot!(p.requester));
        self.participant_option("PRF", Function::None, slot!(p.presenter));
        self.attending_physician(slot!(p.attending_physician));
        self.participants("PRF", Function::Code(&CARE_TEAM), slot!(p.quorum));
        self.participants("PRF", Function::Code(&CORRESPONDENT), slot!(p.others));
        self.participants(
            "CON",
            Function::Code(&CORRESPONDENT),
            slot!(p.correspondents),
        );
    }

    /// `inFulfillmentOf` and `documentationOf`.
    pub(super) fn frcp_acts(&mut self, mut f: Slot<'_, FicheRcp>) {
        self.option("inFulfillmentOf", slot!(f.rcp.enrolment), |s, mut e| {
            s.element("order", |s| {
                s.identifier("id", slot!(e.id));
                let present = e.comment.is_some();
                s.element_if(present, "code", |s| {
                    s.null_is("NA");
                    s.text_element("originalText", slot!(e.comment));
                });
            });
        });
        let is_act =
            |tree: &Tree<'_>, n: NodeId| tree.path(n, &["serviceEvent", "performer"]).is_some();
        self.element_where(true, "documentationOf", is_act, |s| {
            s.element("serviceEvent", |s| s.frcp_act(f.by()));
        });
        self.through(
            f,
            |f| match f.rcp.topographies.as_slice() {
                [] => f.tumour_topographies(),
                given => given.to_vec(),
            },
            |f, read| f.rcp.topographies = read,
            |s, topographies| {
                s.each("documentationOf", topographies, |s, t| {
                    s.element("serviceEvent", |s| s.frcp_topography(t));
                });
            },
        );
    }

    /// The act: the coordinator's, on the day of the meeting, unless the fiche
    /// states otherwise.
    fn frcp_act(&mut self, mut f: Slot<'_, FicheRcp>) {
        self.fixed("classCode", "ACT");
        self.through(
            slot!(f.rcp.name),
            |name| Some(name.clone()),
            |name, read| *name = read.unwrap_or_default(),
            |s, mut name| {
                s.fixed_code("code", &templates::RCP_ACT, |s| {
                    s.text_element("originalText", name.by());
                    s.name_of_2021(name);
                });
            },
        );
        self.through(
            slot!(f.rcp),
            |rcp| rcp.act_start.or(rcp.date),
            |rcp, read| rcp.act_start = read,
            |s, start| s.low("effectiveTime", start, NullFlavorPolicy::Omit),
        );
        let performer = |s: &mut Self, p: Slot<'_, Professional>| {
            s.fixed("typeCode", "PRF");
            s.assigned_entity(p);
        };
        let coordinator = f.participants.coordinator.as_ref();
        match coordinator.filter(|_| self.is_writing() && f.rcp.performer.is_none()) {
            Some(coordinator) => self.element("performer", |s| {
                performer(s, Slot::Lent(&coordinator.professional));
            }),
            None => self.option("performer", slot!(f.rcp.performer), performer),
        }
    }

    fn frcp_topography(&mut self, mut t: Slot<'_, CodedText>) {
        self.fixed("classCode", "ACT");
        self.element("code", |s| {
            s.topography_code(t.by());
            s.text_element("originalText", slot!(t.text));
        });
    }

    /// Volet 2021.01: another code of the act, and its name in a qualifier.
    fn name_of_2021(&mut self, mut name: Slot<'_, Option<String>>) {
        let Some((tree, at)) = self.here() else {
            return;
        };
        if tree.peek(at, "code") == Some("ORG-113") {
            self.ignore(&["code"]);
        }
        if let (None, Some(translation)) = (&*name, tree.element(at, "translation")) {
            let said = tree
                .path(translation, &["qualifier", "name"])
                .and_then(|n| tree.peek(n, "displayName"));
            if let Some(said) = said {
                name.set(Some(said.to_owned()));
                tree.mark_all(translation);
            }
        }
    }

    /// The topography of the documented act: a code, or `GEN-243` and words.
    fn topography_code(&mut self, mut t: Slot<'_, CodedText>) {
        let in_words = match self.here() {
            None => t.code.is_none(),
            Some((tree, at)) => tree.peek(at, "code") == Some(templates::TOPOGRAPHY.code),
        };
        if in_words {
            self.fixed_code_attrs(&templates::TOPOGRAPHY);
        } else {
            self.coded_or_null(
                slot!(t.code),
                Binding::Set(Jdv::Tumeur),
                NullFlavorPolicy::Omit,
            );
        }
    }

    pub(super) fn frcp_encounter(&mut self, mut rcp: Slot<'_, RcpContext>) {
        self.element("componentOf", |s| {
            s.element("encompassingEncounter", |s| {
                s.frcp_meeting_ids(rcp.by());
                s.code(
                    "code",
                    slot!(rcp.encounter_type),
                    Binding::Set(Jdv::J142TypeRencontre),
                    NullFlavorPolicy::Omit,
                );
                s.through(
                    rcp.by(),
                    |rcp| Period {
                        start: rcp.date,
                        end: rcp.end,
                    },
                    |rcp, period| (rcp.date, rcp.end) = (period.start, period.end),
                    |s, period| s.period("effectiveTime", period, NullFlavorPolicy::Flavor("UNK")),
                );
                s.element("location", |s| {
                    s.element("healthCareFacility", |s| {
                        s.establishment(slot!(rcp.establishment))
                    });
                });
            });
        });
    }

    fn frcp_meeting_ids(&mut self, rcp: Slot<'_, RcpContext>) {
        self.ids(
            rcp,
            |rcp, id| {
                let known = [
                    (oid::RCP_NETWORK, &rcp.network_id),
                    (oid::RCP_MANAGER, &rcp.manager_id),
                    (oid::RCP, &rcp.rcp_id),
                ];
                let session = rcp.session_id.iter().map(|id| (oid::RCP_SESSION, id));
                for (root, extension) in known.into_iter().chain(session) {
                    id(&Identifier::new(root, extension.clone()));
                }
                rcp.local_ids.iter().for_each(id);
            },
            |rcp, ids| {
                for id in ids {
                    let extension = id.extension.clone().unwrap_or_default();
                    match id.root.as_str() {
                        oid::RCP_NETWORK if rcp.network_id.is_empty() => rcp.network_id = extension,
                        oid::RCP_MANAGER if rcp.manager_id.is_empty() => rcp.manager_id = extension,
                        oid::RCP if rcp.rcp_id.is_empty() => rcp.rcp_id = extension,
                        oid::RCP_SESSION if rcp.session_id.is_none() => {
                            rcp.session_id = Some(extension);
                        }
                        _ => rcp.local_ids.push(id),
                    }
                }
            },
        );
    }
}

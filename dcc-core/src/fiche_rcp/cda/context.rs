//! Participants, act and meeting, in the header.

use super::super::model::{CodedText, EnrolmentOrder, FicheRcp, Participants, RcpContext};
use super::super::templates;
use crate::cda::Codec;
use crate::cda::datatypes::{Codes, Null};
use crate::cda::header::{CARE_TEAM, CORRESPONDENT, Function};
use crate::identity::oid;
use crate::model::{Identifier, Period};
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
    pub(super) fn frcp_participants(&mut self, p: &mut Participants) {
        self.participant_option("RESP", Function::None, &mut p.coordinator);
        self.participant_option("REFB", Function::None, &mut p.requester);
        self.participant_option("PRF", Function::None, &mut p.presenter);
        self.attending_physician(&mut p.attending_physician);
        self.participants("PRF", Function::Code(&CARE_TEAM), &mut p.quorum);
        self.participants("PRF", Function::Code(&CORRESPONDENT), &mut p.others);
        self.participants("CON", Function::Code(&CORRESPONDENT), &mut p.correspondents);
    }

    /// `inFulfillmentOf` and `documentationOf`.
    pub(super) fn frcp_acts(&mut self, f: &mut FicheRcp) {
        let topographies = f.tumour_topographies();
        let coordinator = f
            .participants
            .coordinator
            .as_ref()
            .map(|c| c.professional.clone());
        let rcp = &mut f.rcp;
        self.option(
            "inFulfillmentOf",
            &mut rcp.enrolment,
            |s, e: &mut EnrolmentOrder| {
                s.element("order", |s| {
                    s.identifier("id", &mut e.id);
                    let present = e.comment.is_some();
                    s.element_if(present, "code", |s| {
                        s.null_is("NA");
                        s.text_element("originalText", &mut e.comment);
                    });
                });
            },
        );
        let writing = self.is_writing();
        let is_act =
            |tree: &Tree<'_>, n: NodeId| tree.path(n, &["serviceEvent", "performer"]).is_some();
        self.element_where(true, "documentationOf", is_act, |s| {
            s.element("serviceEvent", |s| {
                s.fixed("classCode", "ACT");
                let mut name = writing.then(|| rcp.name.clone());
                s.fixed_code("code", &templates::RCP_ACT, |s| {
                    s.text_element("originalText", &mut name);
                    s.name_of_2021(&mut name);
                });
                rcp.name = name.unwrap_or_default();
                let mut start = rcp.act_start.or(rcp.date);
                s.low("effectiveTime", &mut start, Null::Omit);
                let mut performer = if writing {
                    rcp.performer.clone().or(coordinator)
                } else {
                    None
                };
                s.option("performer", &mut performer, |s, p| {
                    s.fixed("typeCode", "PRF");
                    s.assigned_entity(p);
                });
                if !writing {
                    rcp.act_start = start;
                    rcp.performer = performer;
                }
            });
        });
        let mut topographies = if writing && rcp.topographies.is_empty() {
            topographies
        } else {
            rcp.topographies.clone()
        };
        self.each("documentationOf", &mut topographies, |s, t| {
            s.element("serviceEvent", |s| {
                s.fixed("classCode", "ACT");
                s.element("code", |s| {
                    s.topography_code(t);
                    s.text_element("originalText", &mut t.text);
                });
            });
        });
        if !writing {
            rcp.topographies = topographies;
        }
    }

    /// Volet 2021.01: another code of the act, and its name in a qualifier.
    fn name_of_2021(&mut self, name: &mut Option<String>) {
        let Some((tree, at)) = self.here() else {
            return;
        };
        if tree.peek(at, "code") == Some("ORG-113") {
            self.ignore(&["code"]);
        }
        if let (None, Some(translation)) = (&name, tree.element(at, "translation")) {
            *name = tree
                .path(translation, &["qualifier", "name"])
                .and_then(|n| tree.peek(n, "displayName"))
                .map(str::to_owned);
            if name.is_some() {
                tree.mark_all(translation);
            }
        }
    }

    /// The topography of the documented act: a code, or `GEN-243` and words.
    fn topography_code(&mut self, t: &mut CodedText) {
        let in_words = match self.here() {
            None => t.code.is_none(),
            Some((tree, at)) => tree.peek(at, "code") == Some(templates::TOPOGRAPHY.code),
        };
        if in_words {
            self.fixed_code_attrs(&templates::TOPOGRAPHY);
        } else {
            self.coded_or_null(&mut t.code, Codes::Set(Jdv::Tumeur), Null::Omit);
        }
    }

    pub(super) fn frcp_encounter(&mut self, rcp: &mut RcpContext) {
        self.element("componentOf", |s| {
            s.ignore(&["typeCode"]);
            s.element("encompassingEncounter", |s| {
                s.ignore(&["classCode", "moodCode"]);
                s.frcp_meeting_ids(rcp);
                s.code(
                    "code",
                    &mut rcp.encounter_type,
                    Codes::Set(Jdv::J142TypeRencontre),
                    Null::Omit,
                );
                let mut period = Period {
                    start: rcp.date,
                    end: rcp.end,
                };
                s.period("effectiveTime", &mut period, Null::Flavor("UNK"));
                (rcp.date, rcp.end) = (period.start, period.end);
                s.element("location", |s| {
                    s.ignore(&["typeCode"]);
                    s.element("healthCareFacility", |s| {
                        s.establishment(&mut rcp.establishment)
                    });
                });
            });
        });
    }

    fn frcp_meeting_ids(&mut self, rcp: &mut RcpContext) {
        if self.is_writing() {
            let known = [
                (oid::RCP_NETWORK, &rcp.network_id),
                (oid::RCP_MANAGER, &rcp.manager_id),
                (oid::RCP, &rcp.rcp_id),
            ];
            let session = rcp.session_id.iter().map(|id| (oid::RCP_SESSION, id));
            let known = known
                .into_iter()
                .chain(session)
                .map(|(root, id)| Identifier::new(root, id.clone()));
            for mut id in known.chain(rcp.local_ids.iter().cloned()) {
                self.identifier("id", &mut id);
            }
            return;
        }
        let mut ids: Vec<Identifier> = Vec::new();
        self.each("id", &mut ids, |s, id| s.ii(id));
        for id in ids {
            let extension = id.extension.clone().unwrap_or_default();
            match id.root.as_str() {
                oid::RCP_NETWORK if rcp.network_id.is_empty() => rcp.network_id = extension,
                oid::RCP_MANAGER if rcp.manager_id.is_empty() => rcp.manager_id = extension,
                oid::RCP if rcp.rcp_id.is_empty() => rcp.rcp_id = extension,
                oid::RCP_SESSION if rcp.session_id.is_none() => rcp.session_id = Some(extension),
                _ => rcp.local_ids.push(id),
            }
        }
    }
}

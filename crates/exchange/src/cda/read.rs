//! The bytes of a document to its header.

use dcc_base::problem::{Problem, Problems};
use dcc_cda::document;
use dcc_xml::tree::Ns;
use dcc_xml::{Limits, NodeId, Tree, decode};

use super::header::{Body, Header, Identifier, Parent, Patient};
use super::node::Nodes;
use super::rules;
use crate::tables::systems;
use crate::time::Timestamp;

/// Code of the entry that holds the announcement date of a PPS.
const HANDOVER: &str = "GEN-178";

impl Header {
    /// Reads the header of a document, within `limits`, with what is doubtful
    /// in it: dates that are none, hours without a zone.
    ///
    /// What is missing is not looked at here: it depends on where the document
    /// goes (see [`crate::metadata`]).
    ///
    /// # Errors
    /// `CDA-DOCUMENT`, and the faults of the XML (`XML-…`).
    pub fn read(bytes: &[u8], limits: &Limits) -> Result<(Header, Problems), Problems> {
        let text = decode(bytes)?;
        let tree = Tree::parse(&text, limits)?;
        let mut documents = Vec::new();
        let mut announcement = None;
        for node in descendants(&tree) {
            if tree.name(node) == "ClinicalDocument" && tree.ns(node) == Ns::Hl7 {
                documents.push(node);
            }
            if tree.peek(node, "code") == Some(HANDOVER)
                && tree.peek(node, "codeSystem") == Some(systems::TA_ASIP)
            {
                announcement = announcement.or_else(|| tree.parent(node));
            }
        }
        let root = document::find(&tree)?;
        let mut nodes = Nodes {
            tree: &tree,
            problems: Problems::new(),
        };
        if let Some(&second) = documents.get(1) {
            let path = tree.path_of(second);
            nodes.problems.push(Problem::new(&rules::SEVERAL, path));
        }
        let mut header = nodes.header(root);
        header.is_self_presenting = root != tree.root();
        header.announcement = announcement.and_then(|entry| {
            let value = tree.element(entry, "value")?;
            Timestamp::parse(tree.attr(value, "value")?)
        });
        Ok((header, nodes.problems))
    }
}

/// All the elements, in the order of the document, without recursion.
fn descendants<'t>(tree: &'t Tree<'_>) -> impl Iterator<Item = NodeId> + 't {
    let mut stack = vec![tree.root()];
    std::iter::from_fn(move || {
        let node = stack.pop()?;
        let first = stack.len();
        stack.extend(tree.children(node).filter(|&child| !tree.is_text(child)));
        stack[first..].reverse();
        Some(node)
    })
}

/// Elements of one name with their path: a rank where there are several.
fn ranked(nodes: Vec<NodeId>, path: &str) -> impl Iterator<Item = (NodeId, String)> {
    let is_alone = nodes.len() == 1;
    nodes.into_iter().enumerate().map(move |(i, node)| {
        let path = if is_alone {
            path.to_owned()
        } else {
            format!("{path}[{}]", i + 1)
        };
        (node, path)
    })
}

impl Nodes<'_, '_> {
    fn header(&mut self, root: NodeId) -> Header {
        let tree = self.tree;
        let first = |name: &str| tree.element(root, name);
        let id = first("id").and_then(|id| self.identifier(id));
        let set_id = first("setId").and_then(|id| self.identifier(id));
        let version = first("versionNumber").and_then(|v| self.attr(v, "value")?.parse().ok());
        let templates = tree
            .elements(root, "templateId")
            .filter_map(|template| self.attr(template, "root"))
            .collect();
        let language = first("languageCode").and_then(|code| self.attr(code, "code"));
        let path = tree.path_of(root);
        let below = |name: &str| format!("{path}/{name}");
        let effective_time = self.child_time(root, &path, "effectiveTime");
        let patient = match tree.path(root, &["recordTarget", "patientRole"]) {
            Some(role) => self.patient(role, &below("recordTarget/patientRole")),
            None => Patient::default(),
        };
        let authors: Vec<_> = tree.elements(root, "author").collect();
        let authors = ranked(authors, &below("author"))
            .map(|(author, path)| self.participant(author, path, "assignedAuthor"))
            .collect();
        let legal_authenticator = first("legalAuthenticator")
            .map(|node| self.participant(node, below("legalAuthenticator"), "assignedEntity"));
        let custodian = [
            "custodian",
            "assignedCustodian",
            "representedCustodianOrganization",
        ];
        let custodian = tree.path(root, &custodian);
        let custodian = custodian.map(|organization| self.organization(organization));
        let orders = tree
            .elements(root, "inFulfillmentOf")
            .filter_map(|link| tree.element(link, "order"))
            .flat_map(|order| self.identifiers(order))
            .collect();
        let links: Vec<_> = tree.elements(root, "documentationOf").collect();
        let service_events = ranked(links, &below("documentationOf"))
            .filter_map(|(link, path)| {
                let event = tree.element(link, "serviceEvent")?;
                Some(self.service_event(event, format!("{path}/serviceEvent")))
            })
            .collect();
        let encounter = tree
            .path(root, &["componentOf", "encompassingEncounter"])
            .map(|encounter| {
                self.encounter(encounter, &below("componentOf/encompassingEncounter"))
            });
        Header {
            path,
            id,
            set_id,
            version,
            templates,
            code: self.child_code(root, "code"),
            title: self.child_text(root, "title"),
            effective_time,
            confidentiality: self.child_code(root, "confidentialityCode"),
            language: language.unwrap_or_default(),
            patient,
            authors,
            legal_authenticator,
            custodian,
            orders,
            service_events,
            encounter,
            parents: self.parents(root),
            body: self.body(root),
            is_self_presenting: false,
            announcement: None,
        }
    }

    fn parents(&self, root: NodeId) -> Vec<Parent> {
        let tree = self.tree;
        let mut parents = Vec::new();
        for related in tree.elements(root, "relatedDocument") {
            let relation = self.attr(related, "typeCode").unwrap_or_default();
            let Some(document) = tree.element(related, "parentDocument") else {
                continue;
            };
            let ids: Vec<Identifier> = self.identifiers(document);
            parents.extend(ids.into_iter().map(|id| Parent {
                relation: relation.clone(),
                id,
            }));
        }
        parents
    }

    fn body(&self, root: NodeId) -> Body {
        let tree = self.tree;
        let Some(component) = tree.element(root, "component") else {
            return Body::Missing;
        };
        if let Some(body) = tree.element(component, "nonXMLBody") {
            let text = tree.element(body, "text");
            let media = text.and_then(|text| self.attr(text, "mediaType"));
            return Body::Unstructured(media.unwrap_or_default());
        }
        match tree.element(component, "structuredBody") {
            Some(_) => Body::Structured,
            None => Body::Missing,
        }
    }
}

//! SOAP 1.2 envelopes with WS-Addressing, and MTOM.

use std::fmt;

use dcc_base::problem::Problems;
use dcc_xml::XmlWriter;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Namespaces of an envelope.
const SOAP: &str = "http://www.w3.org/2003/05/soap-envelope";
const ADDRESSING: &str = "http://www.w3.org/2005/08/addressing";
const SECURITY: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
/// Namespace of XOP.
pub(super) const XOP: &str = "http://www.w3.org/2004/08/xop/include";
/// What the assertion takes the place of, once the envelope is written.
const PLACE: &str = "assertion-place";

/// Which service of the DMP a request goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// *Entrepôt*: ITI-41.
    Repository,
    /// *Registre*: ITI-18, ITI-57.
    Registry,
}

/// What the caller gives of an envelope.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct SoapOptions {
    /// Address of the service (WS-Addressing `To`).
    pub to: String,
    /// `MessageID`, `urn:uuid:` and a UUID. When none, one made of the
    /// identifier of the set.
    pub message_id: Option<String>,
    /// The signed SAML assertion (VIHF), an XML element, put in
    /// `wsse:Security` as it is. When none, the header has no security.
    pub assertion: Option<String>,
}

impl SoapOptions {
    /// Options of a request to this address.
    pub fn to(address: impl Into<String>) -> Self {
        SoapOptions {
            to: address.into(),
            ..SoapOptions::default()
        }
    }
}

/// A request ready to be sent (*requête*).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Request {
    /// Which service.
    pub service: Service,
    /// SOAP action.
    pub action: String,
    /// The SOAP envelope.
    pub envelope: Vec<u8>,
    /// MTOM parts: their `Content-ID`, without brackets, and their bytes.
    pub parts: Vec<(String, Vec<u8>)>,
    /// What is doubtful and does not stop the sending.
    pub warnings: Problems,
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("action", &self.action)
            .field("parts", &self.parts.len())
            .finish_non_exhaustive()
    }
}

impl Request {
    /// `Content-Type` and body of the HTTP request: the envelope alone, or a
    /// `multipart/related` (MTOM) when the request has parts. The DMP asks for
    /// MTOM when documents are sent.
    pub fn http(&self) -> (String, Vec<u8>) {
        let action = &self.action;
        if self.parts.is_empty() {
            let kind = format!("application/soap+xml; charset=UTF-8; action=\"{action}\"");
            return (kind, self.envelope.clone());
        }
        let boundary = self.boundary();
        let kind = format!(
            "multipart/related; boundary=\"{boundary}\"; type=\"application/xop+xml\"; \
             start=\"<envelope>\"; start-info=\"application/soap+xml\"; action=\"{action}\""
        );
        let size: usize = self.parts.iter().map(|(_, bytes)| bytes.len() + 256).sum();
        let mut body = Vec::with_capacity(size + self.envelope.len() + 512);
        let head = "application/xop+xml; charset=UTF-8; type=\"application/soap+xml\"";
        part(&mut body, &boundary, head, "envelope", &self.envelope);
        for (id, bytes) in &self.parts {
            part(&mut body, &boundary, "application/octet-stream", id, bytes);
        }
        body.extend(format!("--{boundary}--\r\n").into_bytes());
        (kind, body)
    }

    /// A boundary that stands in no part.
    fn boundary(&self) -> String {
        let all = || {
            let parts = self.parts.iter().map(|(_, bytes)| bytes.as_slice());
            parts.chain([self.envelope.as_slice()])
        };
        let mut boundary = uuid(&self.envelope);
        while all().any(|bytes| contains(bytes, boundary.as_bytes())) {
            boundary = uuid(boundary.as_bytes());
        }
        boundary
    }
}

fn uuid(name: &[u8]) -> String {
    format!("dcc-{}", Uuid::new_v5(&Uuid::NAMESPACE_OID, name).simple())
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    // the first byte is rare enough for a plain search
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn part(body: &mut Vec<u8>, boundary: &str, kind: &str, id: &str, bytes: &[u8]) {
    let head = format!(
        "--{boundary}\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: binary\r\n\
         Content-ID: <{id}>\r\n\r\n"
    );
    body.extend(head.into_bytes());
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n");
}

/// Writes an envelope, whose body is written by `body`. `seed` makes the
/// `MessageID` when the caller gives none.
pub(super) fn envelope(
    action: &str,
    options: &SoapOptions,
    seed: &str,
    body: impl FnOnce(&mut XmlWriter),
) -> Vec<u8> {
    let mut w = XmlWriter::new();
    w.start("soap:Envelope");
    w.attr("xmlns:soap", SOAP);
    w.start("soap:Header");
    let made = format!(
        "urn:uuid:{}",
        Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{action}/{seed}").as_bytes())
    );
    let id = options.message_id.as_deref().unwrap_or(&made);
    for (name, value) in [("MessageID", id), ("To", &options.to), ("Action", action)] {
        let name = format!("wsa:{name}");
        w.start(&name);
        w.attr("xmlns:wsa", ADDRESSING);
        if name == "wsa:Action" {
            w.attr("soap:mustUnderstand", "true");
        }
        w.text(value);
        w.end(&name);
    }
    if options.assertion.is_some() {
        w.start("wsse:Security");
        w.attr("xmlns:wsse", SECURITY);
        w.attr("soap:mustUnderstand", "true");
        w.start(PLACE);
        w.end(PLACE);
        w.end("wsse:Security");
    }
    w.end("soap:Header");
    w.start("soap:Body");
    body(&mut w);
    w.end("soap:Body");
    w.end("soap:Envelope");
    let bytes = w.finish();
    let Some(assertion) = &options.assertion else {
        return bytes;
    };
    // texts are escaped: the place of the assertion is the only element of this name
    let place = format!("<{PLACE}/>");
    match bytes
        .windows(place.len())
        .position(|w| w == place.as_bytes())
    {
        Some(at) => {
            let mut whole = bytes[..at].to_vec();
            whole.extend_from_slice(without_declaration(assertion).as_bytes());
            whole.extend_from_slice(&bytes[at + place.len()..]);
            whole
        }
        None => bytes,
    }
}

/// An element without the XML declaration before it.
fn without_declaration(element: &str) -> &str {
    let element = element.trim_start_matches('\u{FEFF}').trim();
    match element.strip_prefix("<?xml") {
        Some(rest) => rest
            .split_once("?>")
            .map_or(element, |(_, e)| e.trim_start()),
        None => element,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_assertion_is_put_in_its_place_untouched() {
        let mut options = SoapOptions::to("https://dmp.example/registry?a=1&b=2");
        options.assertion = Some("<?xml version='1.0'?>\n<a:Assertion ID='x'  />".into());
        let bytes = envelope("urn:x", &options, "1.2", |w| {
            w.start("b");
            w.text("<assertion-place/>");
            w.end("b");
        });
        let text = String::from_utf8(bytes).unwrap();
        assert!(
            text.contains("soap:mustUnderstand=\"true\"><a:Assertion ID='x'  /></wsse:Security>")
        );
        assert!(text.contains("registry?a=1&amp;b=2</wsa:To>"));
        assert!(text.contains("<b>&lt;assertion-place/&gt;</b>"));
    }

    #[test]
    fn a_boundary_stands_in_no_part() {
        let mut request = Request {
            service: Service::Repository,
            action: "urn:x".into(),
            envelope: b"<e/>".to_vec(),
            parts: vec![("1".into(), b"x".to_vec())],
            warnings: Problems::new(),
        };
        let first = request.boundary();
        request.parts[0].1 = format!("--{first}--").into_bytes();
        assert_ne!(request.boundary(), first);
        let (kind, body) = request.http();
        assert!(kind.contains(&request.boundary()));
        assert!(body.ends_with(b"--\r\n"));
    }
}

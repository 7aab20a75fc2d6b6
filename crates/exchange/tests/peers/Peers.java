// Judges of what the exchange crate writes: the ebRIM schemas and the XDS
// metadata validator of IPF, HAPI HL7 v2, HAPI FHIR R4, Java's XML signature.
//
// java -cp CLASSPATH Peers.java FOLDER
// One line a file: OK or KO, the name, what is wrong.

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

public class Peers {
    static final String LCM = "urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0";
    static final String XMLDSIG = "http://www.w3.org/2000/09/xmldsig#";

    public static void main(String[] args) throws Exception {
        List<Path> files;
        try (var all = Files.list(Path.of(args[0]))) {
            files = all.sorted().collect(Collectors.toList());
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            String kind = name.substring(name.lastIndexOf('.') + 1);
            byte[] bytes = Files.readAllBytes(file);
            List<String> faults;
            try {
                switch (kind) {
                    case "xdm": faults = ebxml(bytes, "xdm"); break;
                    case "iti41": faults = ebxml(bytes, "iti41"); break;
                    case "iti57": faults = ebxml(bytes, "iti57"); break;
                    case "iti18": faults = schema(bytes, "AdhocQueryRequest", "query"); break;
                    case "hl7": faults = hl7v2(bytes); break;
                    case "json": faults = fhir(bytes); break;
                    case "xades": faults = signature(bytes); break;
                    default: continue;
                }
            } catch (Throwable fault) {
                faults = new ArrayList<>(List.of(fault.toString().replace('\n', ' ')));
            }
            System.out.println((faults.isEmpty() ? "OK " : "KO ") + name + " " + String.join(" | ", faults));
        }
        System.exit(0);
    }

    static Document parse(byte[] bytes) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
    }

    static String text(org.w3c.dom.Node node) throws Exception {
        var transformer = javax.xml.transform.TransformerFactory.newInstance().newTransformer();
        transformer.setOutputProperty("omit-xml-declaration", "yes");
        var out = new java.io.StringWriter();
        transformer.transform(new javax.xml.transform.dom.DOMSource(node), new javax.xml.transform.stream.StreamResult(out));
        return out.toString();
    }

    static String part(byte[] bytes, String name) throws Exception {
        NodeList found = parse(bytes).getElementsByTagNameNS("*", name);
        if (found.getLength() == 0) {
            throw new IllegalArgumentException("no " + name);
        }
        return text(found.item(0));
    }

    static List<String> schema(byte[] bytes, String root, String schema) throws Exception {
        return schema(part(bytes, root), "/wsdl/schema/ebRS30/" + schema + ".xsd");
    }

    static List<String> schema(String xml, String resource) throws Exception {
        List<String> faults = new ArrayList<>();
        URL url = Peers.class.getResource(resource);
        if (url == null) {
            url = Thread.currentThread().getContextClassLoader().getResource(resource.substring(1));
        }
        var validator = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(url).newValidator();
        validator.setErrorHandler(new org.xml.sax.helpers.DefaultHandler() {
            @Override public void error(org.xml.sax.SAXParseException e) { faults.add("schema: " + e.getMessage()); }
        });
        validator.validate(new StreamSource(new StringReader(xml)));
        return faults;
    }

    // The French forms that the international validator refuses: CX.5 of a
    // patient, XON.7 IDNST, three components in a speciality, the status of a
    // deletion. Here only.
    static String international(String xml) {
        return xml.replace("&amp;ISO^NH\"", "&amp;ISO\"")
            .replace("&amp;ISO^NH<", "&amp;ISO<")
            .replace("&amp;ISO^PI<", "&amp;ISO<")
            .replace("urn:asip:ci-sis:2010:StatusType:Deleted", "urn:oasis:names:tc:ebxml-regrep:StatusType:Deprecated")
            .replace("&amp;ISO^IDNST^^^", "&amp;ISO^^^^")
            .replaceAll("(<rim:Value>[^<^]+)\\^[^<^]*\\^[0-9.]+(</rim:Value>)", "$1$2");
    }

    static List<String> ebxml(byte[] bytes, String kind) throws Exception {
        String xml = part(bytes, "SubmitObjectsRequest");
        List<String> faults = schema(xml, "/wsdl/schema/ebRS30/lcm.xsd");
        var jaxb = jakarta.xml.bind.JAXBContext.newInstance(
            org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.lcm.SubmitObjectsRequest.class,
            org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.rim.ObjectFactory.class);
        var request = (org.openehealth.ipf.commons.ihe.xds.core.stub.ebrs30.lcm.SubmitObjectsRequest)
            jaxb.createUnmarshaller().unmarshal(new StringReader(international(xml)));
        var eb = new org.openehealth.ipf.commons.ihe.xds.core.ebxml.ebxml30.EbXMLSubmitObjectsRequest30(request);
        var validator = org.openehealth.ipf.commons.ihe.xds.core.validate.requests.SubmitObjectsRequestValidator.getInstance();
        var profile = switch (kind) {
            case "xdm" -> org.openehealth.ipf.commons.ihe.xds.XDM.Interactions.ITI_41;
            case "iti41" -> org.openehealth.ipf.commons.ihe.xds.XDS.Interactions.ITI_41;
            default -> org.openehealth.ipf.commons.ihe.xds.XDS.Interactions.ITI_57;
        };
        try {
            validator.validate(eb, profile);
        } catch (org.openehealth.ipf.commons.ihe.xds.core.validate.XDSMetaDataException e) {
            faults.add("metadata: " + e.getMessage());
        }
        return faults;
    }

    static List<String> hl7v2(byte[] bytes) throws Exception {
        List<String> faults = new ArrayList<>();
        String message = new String(bytes, StandardCharsets.UTF_8);
        try (var context = new ca.uhn.hl7v2.DefaultHapiContext()) {
            context.setModelClassFactory(new ca.uhn.hl7v2.parser.CanonicalModelClassFactory("2.6"));
            context.setValidationContext(ca.uhn.hl7v2.validation.impl.ValidationContextFactory.defaultValidation());
            var parser = context.getPipeParser();
            var parsed = parser.parse(message);
            var terser = new ca.uhn.hl7v2.util.Terser(parsed);
            if (message.contains("|MDM^")) {
                String data = terser.get("/.OBX(0)-5-5");
                byte[] document = Base64.getDecoder().decode(data);
                if (!new String(document, StandardCharsets.UTF_8).contains("ClinicalDocument")) {
                    faults.add("no document");
                }
                if (terser.get("/.PID-5-1-1") == null) {
                    faults.add("no patient");
                }
            }
            String again = parser.encode(parsed);
            if (!again.replaceAll("\\|+\r", "\r").equals(message.replaceAll("\\|+\r", "\r"))) {
                faults.add("encoded again, the message differs");
            }
        }
        return faults;
    }

    static ca.uhn.fhir.validation.FhirValidator fhirValidator;

    static List<String> fhir(byte[] bytes) throws Exception {
        if (fhirValidator == null) {
            var context = ca.uhn.fhir.context.FhirContext.forR4();
            var chain = new org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain(
                new ca.uhn.fhir.context.support.DefaultProfileValidationSupport(context),
                new org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport(context),
                new org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService(context));
            var module = new org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator(chain);
            module.setAnyExtensionsAllowed(true);
            module.setErrorForUnknownProfiles(false);
            fhirValidator = context.newValidator().registerValidatorModule(module);
        }
        List<String> faults = new ArrayList<>();
        var result = fhirValidator.validateWithResult(new String(bytes, StandardCharsets.UTF_8));
        for (var message : result.getMessages()) {
            if (message.getSeverity().ordinal() >= ca.uhn.fhir.validation.ResultSeverityEnum.ERROR.ordinal()) {
                faults.add(message.getLocationString() + ": " + message.getMessage());
            }
        }
        return faults;
    }

    // The whole signature, by the certificate it holds: its value, and the
    // digests of its references.
    static List<String> signature(byte[] bytes) throws Exception {
        List<String> faults = new ArrayList<>();
        Document document = parse(bytes);
        Element root = document.getDocumentElement();
        for (String name : new String[] {"Manifest", "SignedProperties"}) {
            Element element = (Element) document.getElementsByTagNameNS("*", name).item(0);
            element.setIdAttribute("Id", true);
        }
        DOMValidateContext context = new DOMValidateContext(new javax.xml.crypto.KeySelector() {
            @Override public javax.xml.crypto.KeySelectorResult select(javax.xml.crypto.dsig.keyinfo.KeyInfo info,
                    Purpose purpose, javax.xml.crypto.AlgorithmMethod method, javax.xml.crypto.XMLCryptoContext c) {
                for (Object content : info.getContent()) {
                    for (Object one : ((javax.xml.crypto.dsig.keyinfo.X509Data) content).getContent()) {
                        if (one instanceof java.security.cert.X509Certificate) {
                            return () -> ((java.security.cert.X509Certificate) one).getPublicKey();
                        }
                    }
                }
                return () -> null;
            }
        }, root);
        context.setProperty("org.jcp.xml.dsig.secureValidation", Boolean.FALSE);
        XMLSignature signature = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
        for (Object reference : signature.getSignedInfo().getReferences()) {
            var one = (javax.xml.crypto.dsig.Reference) reference;
            if (!one.validate(context)) {
                faults.add("digest of " + one.getURI());
            }
        }
        if (!signature.getSignatureValue().validate(context)) {
            faults.add("value of the signature");
        }
        return faults;
    }
}

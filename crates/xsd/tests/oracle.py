#!/usr/bin/env python3
"""Verdicts of libxml2, for the tests of dcc-xsd.

    oracle.py samples RULES_DIR OUT [--count N] [--seed S]
        single-fault mutants of the documents under RULES_DIR/ExemplesCDA, as OUT/*.xml,
        and their verdicts in OUT/verdicts.json: {"name.xml": true, ...}
    oracle.py small OUT.json [--count N] [--seed S]
        small schemas with documents: [{"schema": "...", "documents": [["<r/>", true], ...]}, ...]
    oracle.py ebrim FOLDER OUT.json [--count N] [--seed S]
        messages of ebRIM by the query.xsd and lcm.xsd of FOLDER: [["<...>", true], ...]

The same seed gives the same documents. Needs lxml.
"""
import argparse, copy, glob, json, os, random
from lxml import etree

XSI = 'http://www.w3.org/2001/XMLSchema-instance'
XS = 'http://www.w3.org/2001/XMLSchema'
HL7 = 'urn:hl7-org:v3'
NAMESPACES = [HL7, 'urn:hl7-org:sdtc', 'urn:ihe:pharm:medication', 'urn:oid:1.3.6.1.4.1.19376.1.3.2',
              'urn:dicom-org:ps3-20', 'http://www.w3.org/1999/XSL/Transform', XS, 'urn:unknown', None]

VALUES = ['', ' ', 'x', ' x ', 'a b', 'a  b', 'A\tB', 'é', '1', '0', '-1', '+1', '01', '1.', '.5', '1.5', '1e3', '1e', '-INF', 'INF',
          'NaN', 'true', 'false', 'TRUE', ' true ', '2022', '20220101', '202201011200', '20220101120000.5+0100', '20221', '2022-01-01',
          '202201011200+01000', '1.2.250.1.213', '1.02', '3.1', '1.2.', '0', '2.16.840.1.113883.1.3',
          '12345678-1234-1234-1234-123456789abc', '12345678-1234', 'abc-1', '-abc', 'http://a/b', 'a:b', '::', '%', '%41', '#a#b', 'tel:+33',
          'mailto:a@b.fr', 'http://x:a', '[', 'AAAA', 'AAA=', 'AAB=', 'A===', 'fr', 'fr-FR', 'fr_FR', 'NI', 'UNK', 'NAV', 'XXX', 'EVN', 'RQO', 'INT',
          'ACT', 'OBS', 'CLUSTER', 'SUBJ', 'COMP', 'REFR', 'HP WP', 'HP XX', 'L', 'P', 'A', 'I', 'C', 'text/plain', 'B64', 'TXT', 'DF', 'PSN', 'ENT', 'text/xml',
          'application/pdf', 'en', 'W3C', 'FAMMEMB', 'x' * 300, '9' * 40, '\u00a0', '1\u00a0', 'Bold', 'Arabic', 'disc', 'all', 'row', 'center', 'ID1', 'id-1',
          '_a', '1a', 'a.b', 'preserve', '2.0', '1.0', '2', '#all', '#default', 'yes', 'no', 'xs:string', 'xsl:x', '*', 'p:*']


def library(docs):
    """Names, attributes and subtrees of the samples, to make mutants from."""
    names, attrs, subtrees = set(), set(), []
    for doc in docs:
        for e in doc.iter():
            if isinstance(e.tag, str):
                names.add(e.tag)
                attrs.update(e.attrib)
                if len(e) < 4 and sum(1 for _ in e.iter()) < 8:
                    subtrees.append(e)
    return sorted(names), sorted(attrs), subtrees


class Mutator:
    def __init__(self, folder, seed):
        self.random = random.Random(seed)
        self.paths = sorted(glob.glob(os.path.join(folder, 'ExemplesCDA', '*.xml')))
        self.docs = [etree.parse(p) for p in self.paths]
        self.names, self.attrs, self.subtrees = library(self.docs)
        xsds = glob.glob(os.path.join(folder, 'infrastructure', 'cda', '**', '*.xsd'), recursive=True)
        found = {}
        for path in sorted(xsds):
            root = etree.parse(path).getroot()
            for e in root:
                if e.tag in (f'{{{XS}}}complexType', f'{{{XS}}}simpleType'):
                    found[e.get('name')] = root.get('targetNamespace')
        self.types = sorted(found)
        self.elements = sorted({e.get('name') for p in xsds for e in etree.parse(p).iter(f'{{{XS}}}element') if e.get('name')})
        self.attributes = sorted({e.get('name') for p in xsds for e in etree.parse(p).iter(f'{{{XS}}}attribute') if e.get('name')})
        self.kinds = [getattr(self, n) for n in sorted(dir(self)) if n.startswith('m_')]
        # small documents more often than large ones
        self.weights = [1 / (2_000 + os.path.getsize(p)) ** 0.5 for p in self.paths]
        self.sheets = [i for i, d in enumerate(self.docs) if 'Transform' in d.getroot().tag]

    def mutant(self):
        r = self.random
        i = r.choice(self.sheets) if r.random() < 0.08 else r.choices(range(len(self.docs)), self.weights)[0]
        for _ in range(50):
            doc = copy.deepcopy(self.docs[i])
            self.root = doc.getroot()
            self.all = [e for e in doc.iter() if isinstance(e.tag, str)]
            self.inner = self.all[1:]
            kind = r.choice(self.kinds)
            try:
                done = kind()
            except ValueError:
                continue
            if done is not False:
                return os.path.basename(self.paths[i]), kind.__name__[2:], etree.tostring(self.root, encoding='utf-8', xml_declaration=True)
        raise RuntimeError('no mutant')

    def pick(self): return self.random.choice(self.inner)

    def drop(self, e):
        if e.tail and e.tail.strip():
            return False
        e.getparent().remove(e)

    def m_delete(self): return self.drop(self.pick())

    def m_double(self):
        e = self.pick(); e.addnext(copy.deepcopy(e))

    def m_swap(self):
        e = self.pick(); n = e.getnext()
        if n is None: return False
        e.addprevious(n)

    def m_move(self):
        e, to = self.pick(), self.pick()
        if to in list(e.iter()): return False
        to.insert(self.random.randint(0, len(to)), e)

    def m_rename(self):
        e = self.pick(); e.tag = self.random.choice(self.names)

    def m_rename_any(self):
        e = self.pick(); e.tag = f'{{{HL7}}}{self.random.choice(self.elements)}'

    def m_namespace(self):
        e = self.pick(); ns = self.random.choice(NAMESPACES)
        local = etree.QName(e).localname
        e.tag = f'{{{ns}}}{local}' if ns else local

    def m_graft(self):
        e = self.pick(); e.insert(self.random.randint(0, len(e)), copy.deepcopy(self.random.choice(self.subtrees)))

    def m_new(self):
        e = self.pick(); ns = self.random.choice(NAMESPACES)
        name = self.random.choice(self.elements)
        e.insert(self.random.randint(0, len(e)), etree.Element(f'{{{ns}}}{name}' if ns else name))

    def m_empty(self):
        e = self.pick()
        if not len(e): return False
        for c in list(e): e.remove(c)
        e.text = None

    def m_text(self):
        e = self.pick(); e.text = (e.text or '') + self.random.choice(['x', ' ', '\u00a0', '\n', '.', '0'])

    def m_tail(self):
        e = self.pick(); e.tail = (e.tail or '') + self.random.choice(['x', '\u00a0', '\t'])

    def m_cdata(self):
        e = self.pick()
        if len(e): return False
        e.text = etree.CDATA(self.random.choice(['', ' ', 'x']))

    def m_comment(self): self.pick().append(etree.Comment('c'))

    def with_attribute(self):
        return self.random.choice([e for e in self.inner if e.attrib])

    def m_attribute_delete(self):
        e = self.with_attribute(); del e.attrib[self.random.choice(list(e.attrib))]

    def m_attribute_value(self):
        e = self.with_attribute(); e.set(self.random.choice(list(e.attrib)), self.random.choice(VALUES))

    def m_attribute_value_again(self): return self.m_attribute_value()

    def m_attribute_other_value(self):
        a, b = self.with_attribute(), self.with_attribute()
        a.set(self.random.choice(list(a.attrib)), self.random.choice(list(b.attrib.values())))

    def m_attribute_add(self):
        e = self.pick(); e.set(self.random.choice(self.attrs), self.random.choice(VALUES))

    def m_attribute_add_known(self):
        e = self.pick(); e.set(self.random.choice(self.attributes), self.random.choice(VALUES))

    def m_attribute_rename(self):
        e = self.with_attribute(); k = self.random.choice(list(e.attrib)); v = e.attrib.pop(k)
        e.set(self.random.choice(self.attrs), v)

    def m_attribute_namespace(self):
        e = self.with_attribute(); k = self.random.choice(list(e.attrib)); v = e.attrib.pop(k)
        ns = self.random.choice([n for n in NAMESPACES if n] + [XSI, 'http://www.w3.org/XML/1998/namespace'])
        e.set(f'{{{ns}}}{etree.QName(k).localname}', v)

    def m_nil(self):
        e = self.pick(); e.set(f'{{{XSI}}}nil', self.random.choice(['true', 'false', '1', '0', ' true ', 'x', '']))
        if self.random.random() < 0.5:
            for c in list(e): e.remove(c)
            e.text = None

    def m_nil_pharm(self):
        es = [e for e in self.inner if e.tag.startswith('{urn:ihe:pharm:medication}')]
        if not es: return False
        e = self.random.choice(es)
        for c in list(e): e.remove(c)
        e.text = None; e.set(f'{{{XSI}}}nil', 'true')

    def m_type(self):
        es = [e for e in self.inner if f'{{{XSI}}}type' in e.attrib]
        if not es: return False
        self.random.choice(es).set(f'{{{XSI}}}type', self.type_name())

    def m_type_delete(self):
        es = [e for e in self.inner if f'{{{XSI}}}type' in e.attrib]
        if not es: return False
        del self.random.choice(es).attrib[f'{{{XSI}}}type']

    def m_type_add(self):
        self.pick().set(f'{{{XSI}}}type', self.type_name())

    def type_name(self):
        r = self.random
        name = r.choice(self.types) if r.random() < 0.5 else r.choice(['CD', 'CE', 'ST', 'ED', 'PQ', 'TS', 'IVL_TS', 'ANY', 'INT', 'BL', 'REAL', 'II', 'EN', 'PN', 'QTY'])
        prefixes = [p for p, u in self.root.nsmap.items() if u == HL7]
        prefix = r.choice(prefixes + ['zz', 'xsi', None])
        name = f'{prefix}:{name}' if prefix else name
        return r.choice([name] * 6 + [f' {name} ', f'{name}:x', '', 'xs:string', ':', f'{name} {name}'])

    def m_id(self):
        e, f = self.pick(), self.pick()
        v = self.random.choice(['a', 'b1', ' a ', '1', '', 'a:b'])
        e.set('ID', v)
        if self.random.random() < 0.7: f.set('ID', v)

    def m_id_copy(self):
        es = [e for e in self.inner if 'ID' in e.attrib]
        if len(es) < 2: return False
        a, b = self.random.sample(es, 2); a.set('ID', b.get('ID'))

    def m_reference(self):
        e = self.pick(); e.set(self.random.choice(['IDREF', 'headers', 'IDREFS', 'styleCode', 'language']), self.random.choice(VALUES))

    def m_foreign_in_value(self):
        es = [e for e in self.inner if etree.QName(e).localname in ('text', 'value', 'originalText', 'title')]
        if not es: return False
        e = self.random.choice(es)
        ns = self.random.choice([n for n in NAMESPACES if n])
        x = etree.SubElement(e, f'{{{ns}}}any'); etree.SubElement(x, 'deep').set('a', 'b')

    def m_sheet(self):
        xsl = '{http://www.w3.org/1999/XSL/Transform}'
        r = self.random
        new = etree.Element(xsl + r.choice(['stylesheet', 'transform', 'template', 'output']), nsmap={'xsl': xsl[1:-1], 'xs': XS})
        if r.random() < 0.8: new.set('version', r.choice(['2.0', '1.0', 'x', ' 2 ', '']))
        for _ in range(r.randint(0, 4)):
            c = etree.SubElement(new, xsl + r.choice(['template', 'output', 'variable', 'param', 'import', 'include', 'key', 'function', 'strip-space', 'import-schema', 'instruction', 'decimal-format']))
            for _ in range(r.randint(0, 3)):
                c.set(r.choice(['match', 'name', 'select', 'method', 'indent', 'mode', 'use', 'as', 'href', 'elements', 'priority', 'required', 'version', 'encoding', '{urn:x}y', 'namespace']), r.choice(VALUES))
            for _ in range(r.randint(0, 2)):
                d = etree.SubElement(c, r.choice([xsl + 'value-of', xsl + 'if', xsl + 'choose', xsl + 'text', 'b', '{urn:x}y', xsl + 'param', xsl + 'sort', f'{{{HL7}}}ClinicalDocument', f'{{{XS}}}schema']))
                d.set(r.choice(['select', 'test', 'name', 'q', 'targetNamespace', 'id']), r.choice(VALUES))
                if r.random() < 0.3: d.text = 'x'
                if d.tag == f'{{{XS}}}schema':
                    for _ in range(r.randint(0, 3)):
                        f = etree.SubElement(d, f'{{{XS}}}' + r.choice(['element', 'simpleType', 'complexType', 'import', 'annotation', 'attribute', 'group']))
                        if r.random() < 0.7: f.set(r.choice(['name', 'type', 'ref', 'id']), r.choice(['a', 'b', 'xs:string', '1']))
        self.root = new

    def m_sheet_part(self):
        es = [e for e in self.all if e.tag.startswith('{http://www.w3.org/1999/XSL/Transform}')]
        if not es: return False
        e = self.random.choice(es)
        e.set(self.random.choice(['select', 'name', 'mode', 'version', 'method', 'indent', 'as', 'use-when', '{urn:x}y', 'priority', 'exclude-result-prefixes']), self.random.choice(VALUES))

    def m_root(self):
        self.root.tag = self.random.choice(self.names)


def samples(args):
    schema = etree.XMLSchema(etree.parse(os.path.join(args.folder, 'infrastructure', 'cda', 'CDA_extended.xsd')))
    out = os.path.abspath(args.out)
    os.makedirs(out, exist_ok=True)
    mutator = Mutator(os.path.abspath(args.folder), args.seed)
    os.chdir(out)       # where no schemaLocation of the samples leads anywhere
    verdicts, seen = {}, 0
    while seen < args.count:
        sample, kind, data = mutator.mutant()
        try:
            doc = etree.fromstring(data)
        except etree.XMLSyntaxError:
            continue
        name = f'{seen:05}-{kind}-{sample}'
        with open(name, 'wb') as f:
            f.write(data)
        verdicts[name] = schema.validate(doc)
        seen += 1
    with open('verdicts.json', 'w', encoding='utf-8') as f:
        json.dump(verdicts, f, ensure_ascii=False, indent=0, sort_keys=True)
    print(f'{seen} documents, {sum(not v for v in verdicts.values())} invalid')


BUILTINS = ['string', 'normalizedString', 'token', 'language', 'NMTOKEN', 'NMTOKENS', 'Name', 'NCName', 'ID', 'IDREF', 'IDREFS', 'boolean', 'decimal',
            'integer', 'nonPositiveInteger', 'negativeInteger', 'long', 'int', 'short', 'byte', 'nonNegativeInteger', 'positiveInteger',
            'unsignedLong', 'unsignedInt', 'unsignedShort', 'unsignedByte', 'float', 'double', 'anyURI', 'QName', 'hexBinary', 'base64Binary',
            'dateTime', 'date', 'time', 'gYear', 'gYearMonth', 'gMonth', 'gMonthDay', 'gDay', 'duration', 'anySimpleType']
PARTS = ['0', '1', '9', '00', '12', '2020', '02', '29', '30', '-', '+', '.', ':', 'T', 'Z', 'P', 'Y', 'M', 'D', 'H', 'S', 'e', 'E', 'INF', 'NaN', 'true', ' ', '\t',
         'a', 'b', 'é', '_', '/', '//', '?', '#', '@', '[', ']', '%41', '%', '=', '==', 'AAAA', 'Q', '\u00d7', '\u0300', '\u4e00', '2020-02-29', '12:00:00',
         '+01:00', '-14:00', '24:00:00', 'http:', 'x:', "'", '<', '|', '~', '!', '&', ';', '1'*20]
PATTERNS = ['[^\\s]+', 'a*', '(a|b)+', '[0-9]{1,3}', '.+', '\\i\\c*', '\\c*:\\c*', '[a-z-[b]]+', '([^:]+:)?[^:]+', 'a?b{2}', '[+\\-]?[0-9]+', '[0-2](\\.(0|[1-9][0-9]*))*',
            '[0-9]{1,8}|([0-9]{9,14}|[0-9]{14,14}\\.[0-9]+)([+\\-][0-9]{1,4})?', '\\S\\s\\S', '[a-cé]+|x', '(ab|cd)*e', '[A-Za-z][A-Za-z0-9\\-]*', '\\[a\\]', 'a{0,2}b{1,}']


def simple_schema(r):
    """A random simple type, as an attribute and as an element."""
    base = r.choice(BUILTINS)
    facets = ''
    if base in ('string', 'token', 'NMTOKEN', 'normalizedString', 'anyURI', 'NCName', 'hexBinary', 'base64Binary') and r.random() < 0.5:
        facets += f'<xs:{r.choice(["length", "minLength", "maxLength"])} value="{r.randint(0, 4)}"/>'
    if base in ('decimal', 'integer', 'int', 'double', 'float', 'nonNegativeInteger') and r.random() < 0.5:
        facets += f'<xs:{r.choice(["minInclusive", "maxInclusive", "minExclusive", "maxExclusive"])} value="{r.choice(["0", "1", "10"])}"/>'
    if base in ('decimal', 'integer') and r.random() < 0.3:
        facets += f'<xs:{r.choice(["totalDigits", "fractionDigits"])} value="{r.choice(["1", "2"]) if base == "decimal" else "2"}"/>' if 'totalDigits' or base == 'decimal' else ''
    if r.random() < 0.3 and base not in ('NMTOKENS', 'IDREFS', 'anySimpleType'):
        facets += ''.join(f'<xs:pattern value="{p.replace("&", "&amp;").replace("<", "&lt;")}"/>' for p in r.sample(PATTERNS, r.randint(1, 2)))
    if r.random() < 0.15 and base in ('string', 'token', 'decimal', 'boolean', 'double', 'integer'):
        facets += ''.join(f'<xs:enumeration value="{v}"/>' for v in {'string': ['a', ' a ', ''], 'token': ['a', 'a b'], 'decimal': ['1.0', '12'], 'boolean': ['true'], 'double': ['1e1', '0'], 'integer': ['1', '12']}[base])
    one = f'<xs:simpleType name="t"><xs:restriction base="xs:{base}">{facets}</xs:restriction></xs:simpleType>' if base != 'anySimpleType' else '<xs:simpleType name="t"><xs:restriction base="xs:string"/></xs:simpleType>'
    other = r.choice(BUILTINS)
    if 'QName' in (base, other):
        other = 'QName' if base == 'QName' else 'NCName'      # an undeclared prefix ends the search of a union in libxml2
    shape = r.choice(['t', 't', 't', 'l', 'u', 'll'])
    more = f'<xs:simpleType name="l"><xs:list itemType="t"/></xs:simpleType><xs:simpleType name="u"><xs:union memberTypes="t xs:{other}"/></xs:simpleType>' \
           f'<xs:simpleType name="ll"><xs:restriction base="l"><xs:maxLength value="2"/></xs:restriction></xs:simpleType>'
    return f'<xs:schema xmlns:xs="{XS}">{one}{more}<xs:element name="r"><xs:complexType><xs:sequence><xs:element name="e" type="{shape}" minOccurs="0"/></xs:sequence>' \
           f'<xs:attribute name="a" type="{shape}"/></xs:complexType></xs:element></xs:schema>'


def simple_documents(r):
    docs = []
    for _ in range(25):
        v = ''.join(r.choice(PARTS) for _ in range(r.randint(0, 4))) if r.random() < 0.75 else r.choice(VALUES)
        e = etree.Element('r')
        if r.random() < 0.6:
            e.set('a', v)
        else:
            etree.SubElement(e, 'e').text = v
        docs.append(etree.tostring(e, encoding='unicode'))
    return docs


def particle(r, depth, names, once=True):
    # libxml2 counts wrongly when a part that is counted is within a repeated group
    occurs = r.choice(['', '', ' minOccurs="0"', ' maxOccurs="unbounded"', ' minOccurs="0" maxOccurs="unbounded"'])
    k = r.random()
    if depth == 0 or k < 0.4:
        if once and r.random() < 0.3:
            occurs = r.choice([' minOccurs="2" maxOccurs="3"', ' minOccurs="2" maxOccurs="unbounded"', ' maxOccurs="2"'])
        elif r.random() < 0.08:
            occurs = ' minOccurs="0" maxOccurs="0"'
        if once and r.random() < 0.15:
            # libxml2 counts wildcards wrongly too
            occurs = r.choice(['', ' minOccurs="0"', ' minOccurs="0" maxOccurs="unbounded"'])
            return f'<xs:any namespace="{r.choice(["##other", "##local", "##any", "##targetNamespace", "urn:x"])}" processContents="{r.choice(["lax", "skip", "strict"])}"{occurs}/>'
        n = r.choice(names)
        if r.random() < 0.25:
            # libxml2 counts the members of a substitution group wrongly when more than one must come
            head = r.choice(['h', 'm1', 'm2', 'g'])
            return f'<xs:element ref="t:{head}"/>' if '="2"' in occurs else f'<xs:element ref="t:{head}"{occurs}/>'
        return f'<xs:element name="{n}" type="{r.choice(["xs:string", "t:n", "t:d1"])}"{occurs}/>'
    tag = 'sequence' if k < 0.75 else 'choice'
    return f'<xs:{tag}{occurs}>' + ''.join(particle(r, depth - 1, names, once and 'unbounded' not in occurs) for _ in range(r.randint(0 if tag == "sequence" else 1, 3))) + f'</xs:{tag}>'


def complex_schema(r):
    names = ['a', 'b', 'c', 'd']
    group = lambda: f'<xs:sequence>{"".join(particle(r, 2, names) for _ in range(r.randint(0, 3)))}</xs:sequence>'
    # an abstract element that none may stand for is nothing at all to libxml2
    block = r.choice(['', '', ' block="extension"', ' block="restriction"', ' block="#all"', ' block="substitution"'])
    form = r.choice(['qualified', 'unqualified'])
    return f'''<xs:schema xmlns:xs="{XS}" xmlns:t="urn:t" targetNamespace="urn:t" elementFormDefault="{form}">
<xs:complexType name="n"{r.choice(['', ' abstract="true"', ' mixed="true"'])}><xs:sequence><xs:element name="q" type="xs:int" minOccurs="0"/></xs:sequence><xs:attribute name="k" type="xs:int"/></xs:complexType>
<xs:complexType name="d1"><xs:complexContent{r.choice(['', '', ' mixed="true"'])}><xs:extension base="t:n"><xs:sequence><xs:element name="z" minOccurs="0"/></xs:sequence><xs:attribute name="y" use="{r.choice(['required', 'optional'])}"/></xs:extension></xs:complexContent></xs:complexType>
<xs:complexType name="d2"><xs:complexContent><xs:restriction base="t:n"><xs:attribute name="k" use="prohibited"/></xs:restriction></xs:complexContent></xs:complexType>
<xs:complexType name="s"><xs:simpleContent><xs:extension base="xs:int"><xs:attribute name="w" type="xs:boolean" fixed="true"/></xs:extension></xs:simpleContent></xs:complexType>
<xs:element name="h" type="t:n"{'' if 'all' in block or 'subst' in block else r.choice(['', ' abstract="true"'])}{block}/><xs:element name="m1" type="t:d1" substitutionGroup="t:h"/><xs:element name="m2" substitutionGroup="t:m1"/>
<xs:element name="m3" type="t:d2" substitutionGroup="t:h"/><xs:element name="g" type="t:s" nillable="true"/><xs:attribute name="ga" type="xs:int"/>
<xs:element name="r"{r.choice(['', ' nillable="true"'])}><xs:complexType{r.choice(['', ' mixed="true"'])}>{group()}<xs:attribute name="x"/>{r.choice(['', '<xs:anyAttribute namespace="##other" processContents="lax"/>', '<xs:anyAttribute processContents="skip"/>', '<xs:anyAttribute namespace="##targetNamespace"/>'])}</xs:complexType>
{r.choice(['', '<xs:key name="K"><xs:selector xpath=".//t:g|t:h"/><xs:field xpath="@w"/></xs:key>', '<xs:unique name="U"><xs:selector xpath="t:h|t:m1"/><xs:field xpath="@k"/></xs:unique>'])}</xs:element>
</xs:schema>'''


def complex_documents(r):
    docs = []
    names = ['a', 'b', 'c', 'd', '{urn:t}a', '{urn:t}b', '{urn:t}c', '{urn:t}d', '{urn:t}h', '{urn:t}m1', '{urn:t}m2', '{urn:t}m3', '{urn:t}g', '{urn:x}o']

    def fill(e, depth):
        if r.random() < 0.15: e.text = r.choice(['5', 'x', ' ', ''])
        for _ in range(r.choice([0, 0, 0, 1, 1])):
            k, v = r.choice([('k', '1'), ('k', 'x'), ('y', ''), ('w', 'true'), ('w', '1'), ('w', '0'), ('x', ''), ('{urn:t}ga', '1'), ('{urn:t}ga', 'x'), ('{urn:u}v', ''),
                             (f'{{{XSI}}}type', 't:d1'), (f'{{{XSI}}}type', 't:d2'), (f'{{{XSI}}}type', 't:n'), (f'{{{XSI}}}type', 't:zz'), (f'{{{XSI}}}type', 'xs:int'), (f'{{{XSI}}}nil', 'true'), (f'{{{XSI}}}nil', '0')])
            e.set(k, v)
        if depth:
            for _ in range(r.choice([0, 1, 2, 3, 4])):
                fill(etree.SubElement(e, r.choice(names)), depth - 1 if r.random() < 0.3 else 0)
        elif r.random() < 0.2:
            etree.SubElement(e, r.choice(['q', '{urn:t}q', '{urn:t}z', 'z'])).text = r.choice(['1', 'x'])

    for _ in range(40):
        e = etree.Element('{urn:t}r', nsmap={'t': 'urn:t', 'xs': XS, 'xsi': XSI})
        fill(e, 1)
        docs.append(etree.tostring(e, encoding='unicode'))
    return docs


def small(args):
    r = random.Random(args.seed)
    out, refused = [], 0
    while len(out) < args.count:
        make, documents = r.choice([(simple_schema, simple_documents), (complex_schema, complex_documents)])
        text = make(r)
        try:
            schema = etree.XMLSchema(etree.fromstring(text))
        except etree.XMLSchemaParseError:
            refused += 1
            continue
        cases = []
        for d in documents(r):
            cases.append([d, schema.validate(etree.fromstring(d))])
        out.append({'schema': text, 'documents': cases})
    with open(args.out, 'w', encoding='utf-8') as f:
        json.dump(out, f, ensure_ascii=False)
    n = sum(len(s['documents']) for s in out)
    print(f'{len(out)} schemas ({refused} others refused), {n} documents, {sum(not v for s in out for _, v in s["documents"])} invalid')


EBRIM = '''<lcm:SubmitObjectsRequest xmlns:lcm="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0" xmlns:rim="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0" xmlns:rs="urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0" xmlns:query="urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<rim:RegistryObjectList>
<rim:ExtrinsicObject id="d1" mimeType="text/xml" objectType="urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1" status="urn:oasis:names:tc:ebxml-regrep:StatusType:Approved">
<rim:Slot name="creationTime"><rim:ValueList><rim:Value>20220101120000</rim:Value></rim:ValueList></rim:Slot>
<rim:Slot name="sourcePatientInfo"><rim:ValueList><rim:Value>PID-5|DCCTEST^A</rim:Value><rim:Value>PID-8|F</rim:Value></rim:ValueList></rim:Slot>
<rim:Name><rim:LocalizedString xml:lang="fr" charset="UTF-8" value="Fiche RCP"/></rim:Name><rim:Description><rim:LocalizedString value="x"/></rim:Description>
<rim:VersionInfo versionName="1.1" comment="c"/>
<rim:Classification id="c1" classifiedObject="d1" classificationScheme="urn:uuid:41a5887f-8865-4c09-adf7-e362475b143a" nodeRepresentation="11"><rim:Slot name="codingScheme"><rim:ValueList><rim:Value>1.2.250</rim:Value></rim:ValueList></rim:Slot><rim:Name><rim:LocalizedString value="n"/></rim:Name></rim:Classification>
<rim:ExternalIdentifier id="e1" registryObject="d1" identificationScheme="urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab" value="1.2.3"/>
</rim:ExtrinsicObject>
<rim:RegistryPackage id="s1"><rim:Name><rim:LocalizedString value="lot"/></rim:Name></rim:RegistryPackage>
<rim:Association id="a1" associationType="urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember" sourceObject="s1" targetObject="d1"/>
<rim:Classification id="c2" classifiedObject="s1" classificationNode="urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd"/>
<rim:ObjectRef id="o1" createReplica="false"/><rim:AdhocQuery id="q1"/><rim:Person id="p1"><rim:PersonName firstName="a" lastName="b"/></rim:Person>
<rim:User id="u1"><rim:EmailAddress address="a@b.fr"/></rim:User><rim:Service id="sv"><rim:ServiceBinding id="sb" service="sv" accessURI="http://a/b"/></rim:Service>
</rim:RegistryObjectList></lcm:SubmitObjectsRequest>'''
RESPONSE = '''<query:AdhocQueryResponse xmlns:query="urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0" xmlns:rim="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0" xmlns:rs="urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0" status="urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Failure" totalResultCount="0">
<rs:RegistryErrorList highestSeverity="urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:Error"><rs:RegistryError errorCode="XDSRegistryError" codeContext="c" severity="urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:Error" location="l"/></rs:RegistryErrorList>
<rim:RegistryObjectList/></query:AdhocQueryResponse>'''
QUERY = '''<query:AdhocQueryRequest xmlns:query="urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0" xmlns:rim="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0" xmlns:rs="urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0">
<query:ResponseOption returnComposedObjects="true" returnType="LeafClass"/><rim:AdhocQuery id="urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d"><rim:Slot name="$XDSDocumentEntryPatientId"><rim:ValueList><rim:Value>'1^^^&amp;1.2&amp;ISO^NH'</rim:Value></rim:ValueList></rim:Slot></rim:AdhocQuery></query:AdhocQueryRequest>'''


class EbrimMutator(Mutator):
    """Mutants of messages of ebRIM, by the same faults."""
    def __init__(self, folder, seed):
        self.random = random.Random(seed)
        self.docs = [etree.ElementTree(etree.fromstring(t)) for t in (EBRIM, RESPONSE, QUERY)]
        self.paths, self.weights, self.sheets = ['submit.xml', 'response.xml', 'query.xml'], [6, 1, 1], [0]
        self.names, self.attrs, self.subtrees = library(self.docs)
        roots = [etree.parse(p).getroot() for p in sorted(glob.glob(os.path.join(folder, '*.xsd')))]
        found = lambda tag: sorted({e.get('name') for r in roots for e in r.iter(f'{{{XS}}}{tag}') if e.get('name')})
        self.types, self.elements, self.attributes = found('complexType'), found('element'), found('attribute')
        self.kinds = [getattr(self, n) for n in sorted(dir(self)) if n.startswith('m_') and 'sheet' not in n and 'pharm' not in n]

    def m_rename_any(self):
        e = self.pick(); e.tag = f'{{{etree.QName(e).namespace}}}{self.random.choice(self.elements)}'

    def type_name(self):
        return self.random.choice(['rim:', 'query:', 'lcm:', 'zz:', '']) + self.random.choice(self.types)


def ebrim(args):
    folder = os.path.abspath(args.folder)
    wrapper = f'<xs:schema xmlns:xs="{XS}">' + ''.join(
        f'<xs:import namespace="urn:oasis:names:tc:ebxml-regrep:xsd:{n}:3.0" schemaLocation="{folder}/{n}.xsd"/>' for n in ('query', 'lcm')) + '</xs:schema>'
    schema = etree.XMLSchema(etree.fromstring(wrapper))
    mutator, cases = EbrimMutator(folder, args.seed), []
    for text in (EBRIM, RESPONSE, QUERY):
        cases.append([text, schema.validate(etree.fromstring(text))])
    while len(cases) < args.count:
        data = mutator.mutant()[2]
        try:
            cases.append([data.decode(), schema.validate(etree.fromstring(data))])
        except etree.XMLSyntaxError:
            pass
    with open(args.out, 'w', encoding='utf-8') as f:
        json.dump(cases, f, ensure_ascii=False)
    print(f'{len(cases)} documents, {sum(not v for _, v in cases)} invalid')


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = ap.add_subparsers(required=True)
    p = sub.add_parser('samples'); p.add_argument('folder'); p.add_argument('out'); p.set_defaults(run=samples)
    q = sub.add_parser('small'); q.add_argument('out'); q.set_defaults(run=small)
    e = sub.add_parser('ebrim'); e.add_argument('folder'); e.add_argument('out'); e.set_defaults(run=ebrim)
    for s in (p, q, e):
        s.add_argument('--count', type=int, default=200); s.add_argument('--seed', type=int, default=1)
    args = ap.parse_args()
    args.run(args)


if __name__ == '__main__':
    main()

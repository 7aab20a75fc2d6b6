#!/usr/bin/env python3
"""Documents directed at the traps of the rules: date forms, xsi:type forms, single values given twice, texts cut by comments
and CDATA, ends of lines, prefixes, self-presenting roots.

    traps.py --base DOC.xml --volet NAME --out DIR       writes DIR/*.xml and DIR/list.jsonl
"""
import argparse, copy, json, re
from pathlib import Path
from lxml import etree

H = '{urn:hl7-org:v3}'
XSI = '{http://www.w3.org/2001/XMLSchema-instance}'
DATES = ['', ' ', '0', '20', '202', '2024', '20240', '202401', '2024013', '20240131', '20240230', '20240229', '20230229', '20241301', '20240100',
         '2024013112', '202401311260', '20240131126', '20240131235960', '20240131240000', '20240131240001', '202401312400', '20240131120000.1',
         '20240131120000.123456789', '20240131120000.', '202401311200+01', '202401311200+0100', '202401311200+01:00', '202401311200-1400',
         '202401311200+1401', '202401311200+9999', '202401311200Z', '2024+0100', '20240131-0500', '-20240131', '--2024', '+2024', '0000', '00000101',
         '0001', '99991231', '100000101', '2024-01-31', '2024 0131', '20240131 ', ' 20240131', '\u00a020240131', '٢٠٢٤', '²024', '2024013a', 'abcd', '20240131T12',
         '1e10', 'NaN', 'INF', '20240131120000+0', '20240131120000+010', '20240131120000+', '20240131120000-01-01', '20240131+01+02']
TYPES = ['TS', 'IVL_TS', 'CD', 'CE', 'PQ', 'ST', 'hl7:TS', 'cda:CD', 'zz:CD', 'xsi:TS', 'xml:TS', '', 'a:b:c', ':CD', 'CD:', '1CD', 'C D', 'é', 'CD\u00a0', 'XX']
NUMBERS = ['1', ' 1 ', '1.0', '01', '+1', '-1', '1e0', '.5', '1.', '', 'x', 'NaN', 'INF', '-INF', '1 2', '٣', '1\u00a0', '0x1', '99999999999999999999', '1_0']
IDS = ['', ' ', '1', '1.2', '1.02', '1.2.', '3.1', '2.16.840.1.113883', '1.2.٣', '123E4567-E89B-12D3-A456-426614174000', '123e4567-e89b-12d3-a456-426614174000',
       '123e4567e89b12d3a456426614174000', 'abc', 'a-1', 'é', '1.2\u00a0', 'x' * 129, '1.' + '2.' * 70 + '3']
LANGS = ['fr', 'FR', 'fr-FR', 'fr-fr', 'x-klingon', 'i-a', 'fra', 'french', '', 'fr_FR', 'frx-y', 'i-abcdefgh1']
URIS = ['tel:01', 'TEL:01', 'mailto:a@b', 'http://é', 'http://a b', 'tel:', ':x', 'x', '', 'ftp:x', 'mllp:x', 'a:b:c', 'http://a%20b', 'http://[x]', "http://'x'", 'http://a^b']


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for o in ('--base', '--volet', '--out'): ap.add_argument(o, required=True)
    a = ap.parse_args()
    out = Path(a.out); out.mkdir(parents=True, exist_ok=True)
    raw = Path(a.base).read_bytes()
    lst, n = open(out / 'list.jsonl', 'w'), 0

    def put(data, what):
        nonlocal n
        n += 1; p = out / f'{n:05}.xml'; p.write_bytes(data)
        lst.write(json.dumps(dict(file=str(p), volet=a.volet, what=what), ensure_ascii=False) + '\n')

    def edit(what, f):
        t = etree.fromstring(raw).getroottree(); r = t.getroot()
        if f(r) is not False: put(etree.tostring(t, encoding='UTF-8', xml_declaration=True), what)

    def first(r, *path):
        return next(iter(r.xpath('/'.join(('.',) + path), namespaces=dict(h='urn:hl7-org:v3'))), None)

    def attr(what, path, name, values):
        for v in values:
            def f(r):
                e = first(r, *path)
                if e is None: return False
                e.set(name, v)
            edit(f'{what} {v!r}', f)

    attr('effectiveTime', ['h:effectiveTime'], 'value', DATES)
    attr('birthTime', ['/h:patient/h:birthTime'], 'value', DATES[::3])
    attr('serviceEvent low', ['h:documentationOf/h:serviceEvent/h:effectiveTime/h:low'], 'value', DATES)
    for v in DATES[::2]:
        def both(r):
            e = first(r, 'h:documentationOf/h:serviceEvent/h:effectiveTime')
            if e is None: return False
            for c in list(e): e.remove(c)
            etree.SubElement(e, H + 'low').set('value', '20240131120000+0100'); etree.SubElement(e, H + 'high').set('value', v)
        edit(f'high {v!r}', both)
    attr('type of effectiveTime', ['h:effectiveTime'], XSI + 'type', TYPES)
    attr('type of id', ['h:id'], XSI + 'type', TYPES)
    attr('type of title', ['h:title'], XSI + 'type', TYPES)
    attr('type of a value', ['/h:value'], XSI + 'type', TYPES)
    attr('versionNumber', ['h:versionNumber'], 'value', NUMBERS)
    attr('id root', ['h:id'], 'root', IDS)
    attr('id extension', ['h:id'], 'extension', ['', ' ', 'x' * 65, 'é', '\u00a0'])
    attr('language', ['h:languageCode'], 'code', LANGS)
    attr('language of title', ['h:title'], 'language', LANGS)
    attr('telecom', ['/h:telecom'], 'value', URIS)
    attr('telecom use', ['/h:telecom'], 'use', ['H', 'HP WP', '', ' ', 'XX', 'H\u00a0'])
    attr('name qualifier', ['/h:family'], 'qualifier', ['BR', 'SP', 'BR BR', 'BR  SP', '', 'LS', 'XX', '\u00a0'])
    attr('code', ['h:code'], 'code', ['', ' ', 'a b', 'x\ty', 'é'])
    attr('displayName', ['h:code'], 'displayName', ['', 'a\nb', 'a\tb', ' '])
    attr('codeSystem', ['h:code'], 'codeSystem', IDS[:10])
    for nf in ('NI', 'UNK', 'XXX', ''):
        attr(f'nullFlavor {nf}', ['h:setId'], 'nullFlavor', [nf]); attr('nullFlavor', ['h:recordTarget'], 'nullFlavor', [nf])
        attr('nullFlavor', ['/h:telecom'], 'nullFlavor', [nf]); attr('nullFlavor', ['/h:addr'], 'nullFlavor', [nf]); attr('nullFlavor', ['h:code'], 'nullFlavor', [nf])
    # every element of the header given twice, emptied, moved to another namespace
    root0 = etree.fromstring(raw)
    names, chosen = set(), []
    for e in root0.iter():
        if not isinstance(e.tag, str) or e.getparent() is None: continue
        key = (e.getparent().tag, e.tag)
        if key not in names and not any(etree.QName(x).localname == 'structuredBody' for x in e.iterancestors()):
            names.add(key); chosen.append(root0.getroottree().getpath(e))
    for p in chosen:
        get = lambda r: r.getroottree().xpath(p)[0]
        edit(f'twice {p}', lambda r: get(r).addnext(copy.deepcopy(get(r))))
        def nil(r):
            e = get(r)
            for c in list(e): e.remove(c)
            e.attrib.clear(); e.text = None
        edit(f'emptied {p}', nil)
        def foreign(r): get(r).tag = '{urn:x}' + etree.QName(get(r)).localname
        edit(f'foreign {p}', foreign)
        edit(f'nil {p}', lambda r: get(r).set(XSI + 'nil', 'true'))
        edit(f'use {p}', lambda r: get(r).set(H + 'use', 'a b'))
    # texts
    def cut(r):
        for e in r.iter(H + 'family', H + 'given', H + 'title', H + 'city'):
            if e.text and len(e.text) > 2:
                t = e.text; e.text = t[:1]; c = etree.Comment('x'); c.tail = t[1:]; e.insert(0, c)
    edit('comments in texts', cut)
    def cdata(r):
        for e in r.iter(H + 'family', H + 'title'):
            if e.text and e.text.strip(): e.text = etree.CDATA(e.text)
    edit('CDATA', cdata)
    for t in ('', ' ', '\u00a0', '\u3000', '"x"', '\n', 'a\u0301', '😀'):
        def text(r):
            for e in list(r.iter(H + 'family'))[:1] + list(r.iter(H + 'title'))[:1] + list(r.iter(H + 'streetAddressLine'))[:1]: e.text = t
        edit(f'text {t!r}', text)
    # the text of the document itself
    s = raw.decode('utf-8-sig').replace('\r\n', '\n')
    put(s.encode(), 'LF'); put(s.replace('\n', '\r\n').encode(), 'CR LF'); put(s.replace('\n', '\r').encode(), 'CR'); put(b'\xef\xbb\xbf' + s.encode(), 'BOM')
    put(s.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"').encode('latin-1', 'xmlcharrefreplace'), 'ISO-8859-1')
    put(re.sub(r'encoding="[^"]*"', 'encoding="UTF-16"', s).encode('utf-16'), 'UTF-16')
    m = re.search(r'<ClinicalDocument\b', s)
    if m:
        p = re.sub(r'<(/?)(?=[A-Za-z])(?![\w]+:)', r'<\1h:', s[m.start():])
        p = p.replace('xmlns="urn:hl7-org:v3"', 'xmlns:h="urn:hl7-org:v3"', 1)
        if 'xmlns:h=' in p: put((s[:m.start()] + p).encode(), 'every element with a prefix')
        inner = s[m.start():]
        sheet = '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0"><xsl:template match="/"><html/></xsl:template>' + inner.rstrip() + '</xsl:stylesheet>'
        put(('<?xml version="1.0" encoding="UTF-8"?>' + sheet).encode(), 'self-presenting')
    for broken, what in [('<a', 'cut tag'), ('', 'empty'), (s[:len(s) // 2], 'cut document'), (s + '<a/>', 'two roots'), (s + 'x', 'text after'), (s.replace('</', '</x', 1), 'wrong end'),
                         (s.replace('value="', 'value="&nbsp;', 1), 'entity'), (s.replace('value="', 'value="<', 1), 'less in value'), (s.replace('<title>', '<title>&', 1), 'bare ampersand'),
                         (s.replace('<title>', '<title>\x01', 1), 'control character'), (s.replace('<title>', '<q:title>', 1).replace('</title>', '</q:title>', 1), 'prefix'), (s.replace('<title>', '<title a="1" a="2">', 1), 'attribute twice'),
                         (s.replace('<title>', '<title>]]>', 1), ']]>'), (s.replace('<title>', '<title><!-- a -- b -->', 1), 'two dashes'), (s.replace('<title>', '<title><?xml a?>', 1), 'declaration inside')]:
        put(broken.encode(), what)
    print(n, 'documents')


main()

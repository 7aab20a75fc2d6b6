#!/usr/bin/env python3
"""Single-fault mutants of documents, the same for the same seed.

    mutants.py --seed N --count N --out DIR [--suite TestContenuCDA] DOC...

Writes DIR/00001.xml … and DIR/list.jsonl: {"file", "volet", "of", "fault", "at"} a line, for oracle.py --list.
"""
import argparse, copy, json, random
from pathlib import Path
from lxml import etree

XSI = '{http://www.w3.org/2001/XMLSchema-instance}'
DATES = ['', '2024', '202402', '20240230', '20240229', '20230229', '2024-02-01', '20240101240000+0100', '20240101236000',
         '20240101120060', '202401011200+01', '202401011200+0100', '202401011200+1500', '202401011200-1400', '20240101120000.123+0100',
         '-20240101', '0000', '00000101', '2024010112', 'abcd', ' 20240101', '20240101 ', '99991231', '20241301', '20240101+0100', '20',
         '202', '20240101T120000', '2024010112000', '²0240101', '٢٠٢٤']
TYPES = ['CD', 'CE', 'ST', 'INT', 'IVL_TS', 'PQ', 'hl7:CD', 'xx:CD', '', ' CD', 'CD ', 'a:b:c', 'II', 'TS', 'BL', 'REAL', 'SXCM_TS', 'PIVL_TS', '1CD']
VALUES = ['', ' ', '\u00a0', 'X', '0', '-1', '1.5', '12', ' 12 ', '1e3', 'NaN', 'INF', 'true', 'UNK', 'NA', 'x' * 300, '1.2.3', '1.2.250.1.213.1.1.1.8',
          'a  b', '1.2.03', '123e4567-e89b-12d3-a456-426614174000', 'é', '٣', '<&>"', "it's", 'FR', 'fr-FR', 'tel:0102030405', 'mailto:a@b', 'a\nb', '+5', '05', '1.', '.5']
TEXTS = ['', ' ', '\u00a0', 'x', '\u00a0x', 'l1\nl2', '\u3000']


def elements(root):
    return [e for e in root.iter() if isinstance(e.tag, str)]


def mutate(r, root):
    """One fault; its name and place, or None when it does not apply to the place drawn."""
    es = elements(root)
    head = [e for e in es if not any(etree.QName(a).localname == 'structuredBody' for a in e.iterancestors() if isinstance(a.tag, str))]
    e = r.choice(head if r.random() < .5 else es)
    at = root.getroottree().getpath(e)
    k = r.choice(['delete', 'double', 'attr-delete', 'attr-delete', 'attr-value', 'attr-value', 'attr-value', 'attr-add', 'null', 'null-keep', 'rename', 'text',
                  'comment', 'children', 'root', 'date', 'date', 'type', 'other', 'swap', 'template', 'order', 'copyattr', 'wrap', 'cdata'])
    p, attrs = e.getparent(), list(e.attrib)
    if k == 'delete':
        if p is None: return None
        if e.tail and e.getprevious() is not None: e.getprevious().tail = (e.getprevious().tail or '') + e.tail
        p.remove(e)
    elif k == 'double':
        if p is None: return None
        e.addnext(copy.deepcopy(e))
    elif k == 'attr-delete':
        if not attrs: return None
        a = r.choice(attrs); del e.attrib[a]; k += ' ' + a
    elif k == 'attr-value':
        if not attrs: return None
        a = r.choice(attrs); e.set(a, r.choice(VALUES)); k += ' ' + a
    elif k == 'attr-add':
        e.set(r.choice(['nullFlavor', 'code', 'codeSystem', 'value', 'unit', 'use', 'root', 'extension', 'moodCode', 'classCode', 'typeCode', 'qualifier', 'displayName', 'mediaType', 'inclusive']), r.choice(VALUES))
    elif k == 'null':
        for a in attrs: del e.attrib[a]
        for c in list(e): e.remove(c)
        e.text = None; e.set('nullFlavor', r.choice(['UNK', 'NA', 'XXX', 'MSK', 'NI', '']))
    elif k == 'null-keep':
        e.set('nullFlavor', r.choice(['UNK', 'NA', 'XXX', 'MSK', 'NI', '']))
    elif k == 'rename':
        e.tag = '{%s}%s' % (etree.QName(e).namespace or 'urn:x', r.choice(['value', 'code', 'id', 'time', 'foo', etree.QName(e).localname + 'x', 'low', 'templateId']))
    elif k == 'text':
        e.text = r.choice(TEXTS)
    elif k == 'comment':
        t = e.text or ''
        if len(t) < 2: return None
        e.text = t[:len(t) // 2]; c = etree.Comment('c') if r.random() < .5 else etree.ProcessingInstruction('pi', 'x'); c.tail = t[len(t) // 2:]; e.insert(0, c)
    elif k == 'children':
        if not len(e): return None
        for c in list(e): e.remove(c)
    elif k == 'root':
        ids = [x for x in es if x.get('root')]
        if not ids: return None
        x = r.choice(ids); at = root.getroottree().getpath(x); x.set('root', r.choice(VALUES))
    elif k == 'date':
        ds = [x for x in es if (x.get('value') or '')[:4].isdigit() and len(x.get('value')) >= 4]
        if not ds: return None
        x = r.choice(ds); at = root.getroottree().getpath(x); x.set('value', r.choice(DATES))
    elif k == 'type':
        ts = [x for x in es if x.get(XSI + 'type') is not None]
        x = r.choice(ts) if ts and r.random() < .7 else e
        at = root.getroottree().getpath(x); x.set(XSI + 'type', r.choice(TYPES))
    elif k == 'other':
        x, y = r.choice(es), r.choice(es)
        if y in set(x.iter()) or x in set(y.iter()) or len(elements(y)) > 60: return None
        x.append(copy.deepcopy(y))
    elif k == 'swap':
        n = e.getnext()
        if n is None or p is None or not isinstance(n.tag, str): return None
        n.addnext(e)
    elif k == 'template':
        ts = [x for x in es if etree.QName(x).localname == 'templateId' and x.getparent() is not None]
        if not ts: return None
        x = r.choice(ts); at = root.getroottree().getpath(x); x.getparent().remove(x)
    elif k == 'order':
        if len(e) < 2: return None
        cs = list(e); r.shuffle(cs)
        for c in cs: e.remove(c)
        for c in cs: e.append(c)
    elif k == 'copyattr':
        y = r.choice(es)
        if not y.attrib: return None
        for a in attrs: del e.attrib[a]
        for a, v in y.attrib.items(): e.set(a, v)
    elif k == 'wrap':
        if p is None: return None
        w = etree.Element(e.tag); t, e.tail = e.tail, None
        p.replace(e, w); w.append(e); w.tail = t
    elif k == 'cdata':
        if not (e.text or '').strip() or ']]>' in e.text: return None
        e.text = etree.CDATA(e.text)
    return k, at


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--seed', type=int, default=1); ap.add_argument('--count', type=int, default=300)
    ap.add_argument('--suite'); ap.add_argument('--out', required=True); ap.add_argument('docs', nargs='+')
    a = ap.parse_args()
    r, out = random.Random(a.seed), Path(a.out)
    out.mkdir(parents=True, exist_ok=True)
    volets = sorted((p.stem for p in (Path(a.suite) / 'schematrons').glob('CI-SIS_*.sch')), key=len, reverse=True) if a.suite else []
    docs = sorted(d for d in map(Path, a.docs) if d.stat().st_size < 400_000)
    with open(out / 'list.jsonl', 'w') as lst:
        n = 0
        while n < a.count:
            d = docs[n % len(docs)]
            t = etree.parse(str(d)); m = mutate(r, t.getroot())
            if m is None: continue
            if r.random() < .2:
                m2 = mutate(r, t.getroot())
                if m2: m = (m[0] + ' + ' + m2[0], m[1] + ' + ' + m2[1])
            n += 1; f = out / f'{n:05}.xml'
            t.write(str(f), encoding='UTF-8', xml_declaration=True)
            v = next((v for v in volets if d.name.startswith(v[7:])), None)
            lst.write(json.dumps(dict(file=str(f), volet=v, of=d.name, fault=m[0], at=m[1]), ensure_ascii=False) + '\n')


if __name__ == '__main__':
    main()

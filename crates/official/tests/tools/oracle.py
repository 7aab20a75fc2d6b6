#!/usr/bin/env python3
"""Findings of the reference runner (Saxon) over documents, kept by digest of the document so that nothing is run twice.

    oracle.py --runner schematron.py --suite TestContenuCDA --cache DIR [--volet NAME] [--sets a,b] [--list LIST.jsonl] DOC...

LIST.jsonl holds one {"file": path, "volet": name or null, "sets": the only ones to run, if not all} a line. For a document given on the command line the volet is the one
whose name starts the file's name. One JSON line a document on standard output:
{"file", "volet", "sets": {set: {"fired", "tests", "findings": [[level, location, text]], "fatal": text or null}}, "xsd": [[line, text]]}
The cache is compressed, one file a document and set, and belongs outside of the project: its texts are the ANS's.
"""
import argparse, gzip, hashlib, importlib.util, json, os, sys, time
from pathlib import Path
from lxml import etree

COMMON = ['profils/structurationMinimale/ASIP-STRUCT-MIN-StrucMin.sch', 'profils/IHE.sch',
          'profils/CI-SIS_ModelesDeContenusCDA.sch', 'profils/CI-SIS_Modeles_ANS.sch']
XSL = '{http://www.w3.org/1999/XSL/Transform}'


def runner(path):
    spec = importlib.util.spec_from_file_location('schematron_runner', path)
    m = importlib.util.module_from_spec(spec); spec.loader.exec_module(m)
    return m


class Oracle:
    def __init__(self, a):
        self.rules = Path(a.suite) / 'schematrons'
        self.mod = runner(a.runner); self.cache = Path(a.cache); self.cache.mkdir(parents=True, exist_ok=True)
        self.compiled, self.proc, self._xsd = {}, None, None
        self.suite = Path(a.suite)
        self.volets = sorted((p.stem for p in self.rules.glob('CI-SIS_*.sch')), key=len, reverse=True)

    def volet_of(self, doc):
        n = Path(doc).name
        return next((v for v in self.volets if n.startswith(v[len('CI-SIS_'):])), None)

    def xslt(self, f):
        """The runner's style sheet, each `fired` counting the tests of its rule."""
        r = etree.fromstring(self.mod.to_xslt(f))
        for fired in r.iter(f'{{{self.mod.V}}}fired'):
            fired.set('tests', str(len(fired.getparent().findall(f'{XSL}if'))))
        return etree.tostring(r, encoding='utf-8', xml_declaration=True)

    def stylesheet(self, rel):
        if rel not in self.compiled:
            if self.proc is None:
                from saxonche import PySaxonProcessor
                self.proc = PySaxonProcessor(license=False)
            f = self.rules / rel
            tmp = f.with_name(f'.{f.stem}.{os.getpid()}.xsl')
            try:
                tmp.write_bytes(self.xslt(f))
                self.compiled[rel] = self.proc.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(tmp))
            except Exception as e:
                self.compiled[rel] = None
                print(f'cannot compile {rel}: {e}', file=sys.stderr)
            finally:
                tmp.unlink(missing_ok=True)
        return self.compiled[rel]

    def one(self, doc, digest, rel):
        stem = Path(rel).stem
        c = self.cache / stem / f'{digest}.json.gz'
        if c.exists():
            return json.loads(gzip.decompress(c.read_bytes()))
        ex = self.stylesheet(rel)
        if ex is None:
            return None
        t = time.time(); out = dict(fired=0, tests=0, findings=[], fatal=None)
        try:
            rep = etree.fromstring(ex.transform_to_string(source_file=str(Path(doc).resolve())).encode())
        except Exception as e:
            out['fatal'] = ' '.join(str(e).split())[:400]
        else:
            for f in rep.iter(f'{{{self.mod.V}}}fired'):
                out['fired'] += 1; out['tests'] += int(f.get('tests'))
            out['findings'] = [[f.get('role') or 'error', f.get('location'), ' '.join(''.join(f.itertext()).split())]
                               for f in rep.iter(f'{{{self.mod.V}}}finding')]
        out['seconds'] = round(time.time() - t, 3)
        c.parent.mkdir(exist_ok=True)
        c.write_bytes(gzip.compress(json.dumps(out, ensure_ascii=False).encode(), mtime=0))
        return out

    def xsd(self, doc, digest):
        c = self.cache / 'xsd' / f'{digest}.json.gz'
        if c.exists():
            return json.loads(gzip.decompress(c.read_bytes()))
        if self._xsd is None:
            self._xsd = etree.XMLSchema(etree.parse(str(self.suite / 'infrastructure/cda/CDA_extended.xsd')))
        try:
            ok = self._xsd.validate(etree.parse(str(doc)))
            out = [] if ok else [[e.line, e.message] for e in self._xsd.error_log]
        except etree.XMLSyntaxError as e:
            out = [[e.lineno, 'xml: ' + str(e)]]
        c.parent.mkdir(exist_ok=True)
        c.write_bytes(gzip.compress(json.dumps(out, ensure_ascii=False).encode(), mtime=0))
        return out

    def check(self, doc, volet, sets=None):
        digest = hashlib.sha256(Path(doc).read_bytes()).hexdigest()
        rels = COMMON + ([f'{volet}.sch'] if volet else [])
        if sets: rels = [r for r in rels if Path(r).stem in sets]
        res = {Path(r).stem: self.one(doc, digest, r) for r in rels}
        return dict(file=str(doc), volet=volet, sets=res, xsd=self.xsd(doc, digest))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--runner', required=True); ap.add_argument('--suite', required=True); ap.add_argument('--cache', required=True)
    ap.add_argument('--volet'); ap.add_argument('--sets'); ap.add_argument('--list'); ap.add_argument('docs', nargs='*')
    a = ap.parse_args()
    o = Oracle(a)
    todo = [(d, a.volet or o.volet_of(d), a.sets and a.sets.split(',')) for d in a.docs]
    if a.list:
        todo += [(j['file'], j['volet'], j.get('sets')) for j in map(json.loads, open(a.list))]
    for d, v, sets in todo:
        print(json.dumps(o.check(d, v, sets), ensure_ascii=False), flush=True)


if __name__ == '__main__':
    main()

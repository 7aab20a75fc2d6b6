#!/usr/bin/env python3
"""Documents made from the rules: for each rule, elements that its context matches, bare and in several dresses.

    cover.py --suite TestContenuCDA --runner schematron.py --base DOC.xml --out DIR [--set STEM]

One document a rule, with the elements grafted into DOC; DIR/list.jsonl names for each the only rule set to run:
{"file", "volet", "sets": [stem], "context"} a line, for oracle.py --list and the example `check`.
The contexts and tests are read with little understanding: what cannot be made is left out and shows in the coverage.
"""
import argparse, copy, importlib.util, json, re
from pathlib import Path
from lxml import etree

HL7 = 'urn:hl7-org:v3'
COMMON = ['profils/structurationMinimale/ASIP-STRUCT-MIN-StrucMin.sch', 'profils/IHE.sch',
          'profils/CI-SIS_ModelesDeContenusCDA.sch', 'profils/CI-SIS_Modeles_ANS.sch']


def split(text, seps):
    """Cuts at separators that stand outside of brackets and quotes; pairs (separator before, piece)."""
    out, depth, quote, start, i, sep = [], 0, None, 0, 0, ''
    while i < len(text):
        c = text[i]
        if quote:
            quote = None if c == quote else quote
        elif c in '\'"':
            quote = c
        elif c in '[(':
            depth += 1
        elif c in '])':
            depth -= 1
        elif depth == 0:
            s = next((s for s in seps if text.startswith(s, i)), None)
            if s:
                out.append((sep, text[start:i])); sep = s; i += len(s); start = i
                continue
        i += 1
    out.append((sep, text[start:]))
    return out


def pieces(text, sep):
    return [p.strip() for _, p in split(text, [sep])]


class Maker:
    def __init__(self, ns):
        self.ns = ns

    def tag(self, name):
        p, _, local = name.rpartition(':')
        if p in ('', '*'):
            return f'{{{HL7}}}{local}' if p == '*' or not p else local
        return f'{{{self.ns.get(p, HL7)}}}{local}'

    def step(self, parent, text, fresh):
        """The element of one step of a path, with its predicates satisfied."""
        m = re.match(r'(?:child::)?((?:[\w.-]+|\*):)?([\w.-]+|\*)\s*', text)
        if not m: return None
        name, rest = (m.group(1) or '') + m.group(2), text[m.end():]
        if name.endswith('*'):
            ids = re.search(r'templateId', rest)
            name = 'cda:observation' if ids else 'cda:value'
        if ':' not in name: name = 'cda:' + name
        tag = self.tag(name)
        e = None if fresh else parent.find(tag)
        if e is None:
            e = etree.SubElement(parent, tag)
        for p in re.findall(r'\[((?:[^\[\]]|\[(?:[^\[\]]|\[[^\[\]]*\])*\])*)\]', rest):
            self.satisfy(e, p)
        return e

    def path(self, e, text, value=None, fresh=False):
        """Makes a relative path lead somewhere, its end having a value."""
        text = text.strip()
        while text.startswith(('./', './/')): text = text.lstrip('.').lstrip('/')
        if text in ('.', ''):
            if value is not None: e.text = value
            return
        for sep, s in split(text, ['//', '/']):
            s = s.strip()
            if not s or s == '.' or s.startswith(('self::', 'descendant')): continue
            if s == '..':
                e = e.getparent() if e.getparent() is not None else e
                continue
            if s.startswith('@'):
                m = re.match(r'@(?:([\w.-]+|\*):)?([\w.-]+)', s)
                if not m: return
                p, a = m.groups()
                a = f'{{{self.ns[p]}}}{a}' if p in self.ns else a
                if value is not None or e.get(a) is None: e.set(a, value if value is not None else 'x')
                return
            if s.startswith('text()'):
                e.text = value or 'x'
                return
            if '(' in s.split('[')[0]: return
            n = self.step(e, s, fresh)
            if n is None: return
            e = n
        if value is not None: e.text = value

    def satisfy(self, e, test):
        test = test.strip()
        for _ in range(5):
            if test.startswith('(') and test.endswith(')') and len(split(test[1:-1], [')'])) == 1: test = test[1:-1].strip()
        ors = pieces(test, ' or ')
        if len(ors) > 1:
            return self.satisfy(e, next((o for o in ors if not o.startswith('not(')), ors[0]))
        ands = pieces(test.replace("'and ", "' and "), ' and ')
        if len(ands) > 1:
            for a in ands: self.satisfy(e, a)
            return
        if test.startswith(('not(', 'every ', 'if ', 'for ')): return
        m = re.match(r'count\((.*)\)\s*(=|>=|>|<=|<)\s*(\d+)$', test, re.S)
        if m:
            n = int(m.group(3)) + (m.group(2) == '>')
            if m.group(2) in ('=', '>=', '>'):
                for i in range(min(n, 3)): self.path(e, m.group(1), fresh=i > 0)
            return
        m = re.match(r'(?:exists|string)\((.*)\)$', test, re.S)
        if m: return self.satisfy(e, m.group(1))
        m = re.match(r'''(.+?)/starts-with\((.*?),\s*['"](.*)['"]\)$''', test, re.S)
        if m: return self.path(e, f'{m.group(1)}/{m.group(2)}', m.group(3))
        m = re.match(r'''(.+?)\s*=\s*\(?\s*(?:'([^']*)'|"([^"]*)")[^/]*$''', test, re.S)
        if m and not re.search(r'[=<>]', split(m.group(1), ['['])[0][1]):
            left = m.group(1).strip()
            f = re.match(r'(?:string|normalize-space)\((.*)\)$', left)
            return self.path(e, f.group(1) if f else left, m.group(2) if m.group(2) is not None else m.group(3))
        if re.match(r'[\w.:*@/\[\]\'"= -]+$', test): self.path(e, test)

    def context(self, root, text):
        """An element that the context matches; relative contexts hang below a new section."""
        text = text.strip()
        steps = [(a, s) for a, s in split(text, ['//', '/']) if s.strip()]
        e = root
        if re.match(r'/?/?\w+:ClinicalDocument', text):
            m = re.findall(r'\[((?:[^\[\]]|\[[^\[\]]*\])*)\]', steps[0][1])
            for p in m:
                if 'typeId' not in p: self.satisfy(root, p)
            steps = steps[1:]
        else:
            body = root.find(f'{{{HL7}}}component/{{{HL7}}}structuredBody')
            if body is None: return None
            c = etree.SubElement(body, f'{{{HL7}}}component'); e = etree.SubElement(c, f'{{{HL7}}}section')
        for a, s in steps:
            e = self.step(e, s.strip(), True)
            if e is None: return None
        return e


def dress(mk, e, tests, how):
    if how in ('rich', 'empty', 'twice'):
        for t in tests: mk.satisfy(e, t)
        for t in tests:
            for a, v in re.findall(r'''@([\w-]+)\s*=\s*['"]([^'"]*)['"]''', t):
                if e.get(a) is None and a != 'nullFlavor' and 'not(@' + a not in t: e.set(a, v)
    if how == 'empty':
        for x in [e, *e.iterdescendants()]:
            for a in x.attrib:
                if a not in ('root',): x.set(a, '')
    if how == 'twice':
        for c in list(e): e.append(copy.deepcopy(c))
        for a in ('value', 'unit', 'code', 'extension', 'displayName', 'use', 'language', 'mediaType', 'compression', 'qualifier'):
            if e.get(a) is None: e.set(a, ' 2024023  x')
        e.text = '"x\u00a0'; etree.SubElement(e, f'{{{HL7}}}foo').set('nullFlavor', 'NI')
    if how == 'null':
        e.set('nullFlavor', 'XXX'); e.set('code', '1')
    if how == 'unk':
        for x in list(e): e.remove(x)
        for a in list(e.attrib): del e.attrib[a]
        e.set('nullFlavor', 'UNK')


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for o in ('--suite', '--runner', '--base', '--out'): ap.add_argument(o, required=True)
    ap.add_argument('--set')
    a = ap.parse_args()
    spec = importlib.util.spec_from_file_location('runner', a.runner); mod = importlib.util.module_from_spec(spec); spec.loader.exec_module(mod)
    rules = Path(a.suite) / 'schematrons'
    out = Path(a.out); out.mkdir(parents=True, exist_ok=True)
    sets = [rules / c for c in COMMON] + sorted(rules.glob('CI-SIS_*.sch'))
    base = etree.parse(a.base)
    n = 0
    with open(out / 'list.jsonl', 'w') as lst:
        for f in sets:
            if a.set and f.stem != a.set: continue
            try:
                root = mod.load(f); mod.expand_abstract(root)
            except OSError:
                continue
            mk = Maker({x.get('prefix'): x.get('uri') for x in root.iter(mod.q('ns'))} | {'cda': HL7})
            for r in root.iter(mod.q('rule')):
                tests = [' '.join(t.get('test').split()) for t in r if t.tag in (mod.q('assert'), mod.q('report'))]
                t = copy.deepcopy(base); made = 0
                for context in pieces(' '.join((r.get('context') or '').split()), '|'):
                    for how in ('bare', 'rich', 'empty', 'twice', 'null', 'unk'):
                        try:
                            e = mk.context(t.getroot(), context)
                            if e is not None: dress(mk, e, tests, how); made += 1
                        except (ValueError, KeyError):
                            pass
                if not made: continue
                n += 1; p = out / f'{n:05}.xml'
                t.write(str(p), encoding='UTF-8', xml_declaration=True)
                common = any(f == rules / c for c in COMMON)
                lst.write(json.dumps(dict(file=str(p), volet=None if common else f.stem, sets=[f.stem], context=r.get('context')), ensure_ascii=False) + '\n')
    print(n, 'documents')


main()

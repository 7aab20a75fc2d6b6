#!/usr/bin/env python3
"""Compares the verdicts of the example `check` with those that oracle.py stored.

    compare.py ORACLE.jsonl CHECK.jsonl

Findings are compared as sets with repeats of (set, level, location, text), run-time errors by (set, level), the XML Schema
by verdict, rules fired and tests made by number (where the reference came to its end). Exit status 1 when anything differs.
"""
import collections, json, sys


def main():
    refs, ours = ([json.loads(l) for l in open(p)] for p in sys.argv[1:3])
    assert len(refs) == len(ours), f'{len(refs)} and {len(ours)} documents'
    n = collections.Counter()
    for ref, our in zip(refs, ours):
        assert ref['file'] == our['file'], (ref['file'], our['file'])
        found = collections.defaultdict(list)
        for f in our['findings']:
            found[f['set']].append(f)
        n['documents'] += 1
        bad = []
        xml = any(m.startswith('xml: ') for _, m in ref['xsd'])
        if xml != bool(found['xml']):
            bad.append(f'xml: {ref["xsd"][:1]} / {found["xml"][:1]}')
        elif not xml:
            n['xsd invalid'] += bool(ref['xsd'])
            if bool(ref['xsd']) != bool(found['xsd']):
                bad.append(f'xsd: {ref["xsd"][:2]} / {found["xsd"][:2]}')
            for name, r in ref['sets'].items():
                mine = found[name]
                if r is None:
                    n['sets that cannot run'] += 1
                    if not (len(mine) == 1 and mine[0]['level'] == 'fatal'):
                        bad.append(f'{name}: should be unusable: {mine[:1]}')
                    continue
                n['runs'] += 1
                if r['fatal']:
                    n['run-time errors'] += 1
                    if [f['level'] for f in mine] != ['fatal']:
                        bad.append(f'{name}: reference stops ({r["fatal"][:150]}), ours: {[(f["level"], f["text"][:80]) for f in mine[:3]]}')
                    continue
                n['findings'] += len(r['findings'])
                a = collections.Counter(map(tuple, r['findings']))
                b = collections.Counter((f['level'], f['location'], f['text']) for f in mine)
                if a != b:
                    bad.append(f'{name}: missing {list((a - b).items())[:2]}, too many {list((b - a).items())[:2]}')
                if our['counts'].get(name) != [r['fired'], r['tests']]:
                    bad.append(f'{name}: fired and tests {our["counts"].get(name)}, reference {[r["fired"], r["tests"]]}')
        if bad:
            n['DIFFER'] += 1
            print(our['file'], *bad, sep='\n    ')
    print(dict(n))
    sys.exit(1 if n['DIFFER'] else 0)


main()

"""From JSON documents to CDA, then the indicators of the year.

    python parcours.py INPUT_DIR OUTPUT_DIR
"""

import sys
from pathlib import Path

import dcc

source, output = Path(sys.argv[1]), Path(sys.argv[2])
output.mkdir(parents=True, exist_ok=True)
facts, refused = dcc.Facts(), 0

for path in sorted(source.glob("*.json")):
    try:
        document = dcc.Document.from_json(path.read_bytes())
        (output / f"{path.stem}.xml").write_bytes(document.to_cda())
    except dcc.DccError as error:
        print(f"{path.name} refusé", error, sep="\n", file=sys.stderr)
        refused += 1
        continue
    print(f"{path.stem:<28} {document.kind:<10} {len(document.check())} problème(s)")
    if isinstance(document, dcc.FicheRcp):
        session, rcp = f"S-{path.stem}", document.to_dict()["rcp"]
        day = rcp["date"][:10]
        facts.add("sessions", [{"id": session, "rcp": rcp["rcp_id"], "date": day, "status": "held"}])
        facts.add("fiches", [document.fiche_fact(session=session, patient=path.stem)])
    elif isinstance(document, dcc.Pps):
        facts.add("pps", [document.pps_fact(patient=path.stem)])

year = facts.compute("2025")
for row in year.table().to_dicts():
    if row["month"] == row["establishment"] == row["centre_3c"] == row["theme"] == "tous":
        print(f"{row['code']:<12} {row['label']:<60} {row['value']}")
facts.export("2025", producer="3C de test", generated_at="2026-01-05T08:00:00+01:00").write_to(output / "export")
sys.exit(1 if refused else 0)

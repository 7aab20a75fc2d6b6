"""Value sets, looked up and replaced at run time."""

from __future__ import annotations

import datetime
import json

import dcc
import pytest

SVS = """<?xml version="1.0" encoding="UTF-8"?>
<RetrieveValueSetResponse xmlns="urn:ihe:iti:svs:2008">
  <ValueSet id="{oid}" displayName="{name}" version="20990101">
    <ConceptList xml:lang="fr-FR">
      <Concept code="MED-268" displayName="Phase initiale du cancer" codeSystem="1.2.250.1.213.1.1.4.322"/>
      <Concept code="TEST-1" displayName="Phase de test" codeSystem="1.2.250.1.213.1.1.4.322"/>
    </ConceptList>
  </ValueSet>
</RetrieveValueSetResponse>"""


def test_codes() -> None:
    found = dcc.codes("JDV_Tumeur_CISIS", "quadrant supéro-interne du sein")
    assert found[0].code == "C50.2"
    assert found[0].system_name and "CIM-10" in found[0].system_name
    assert str(found[0]).startswith("C50.2 — ")
    assert dcc.codes("JDV_Tumeur_CISIS", "c50.2")[0] == found[0]
    assert dcc.codes("JDV-Tumeur-CISIS", "zzzz") == []
    assert len(dcc.codes("JDV_PhaseCancer_CISIS")) == 2
    with pytest.raises(KeyError):
        dcc.codes("JDV_Inconnu")


def test_value_set() -> None:
    sets = dcc.ValueSets()
    tumours = sets["JDV_Tumeur_CISIS"]
    assert tumours == sets[tumours.oid] and tumours.name in sets and "x" not in sets
    assert len(tumours) == len(tumours.concepts()) > 700
    assert "C50.2" in tumours and "C50.Z" not in tumours
    assert tumours.find("C50.Z") is None
    assert "C50.2" in [concept.code for concept in tumours.nearest("C502", 3)]
    assert len(sets) == len(sets.names()) and sets.get("x") is None
    today = datetime.date(2025, 6, 1)
    assert all(concept.is_valid_on(today) for concept in tumours.concepts(today))
    assert len({concept for concept in tumours.concepts()}) == len(tumours)


def test_a_set_is_replaced_at_run_time(smallest: bytes) -> None:
    sets = dcc.ValueSets()
    old = sets["JDV_PhaseCancer_CISIS"]
    new = dcc.ValueSet.from_svs(SVS.format(oid=old.oid, name=old.name))
    fiche = dcc.FicheRcp(smallest)
    data = fiche.to_dict()
    data["phase"] = {**data.get("phase", {}), "phase": "TEST-1"}
    fiche = dcc.FicheRcp(data)
    assert [problem.path for problem in fiche.check()] == ["/phase/phase"]
    assert sets.replace(new) is True
    assert fiche.check(value_sets=sets) == []
    xml = fiche.to_cda(value_sets=sets)
    assert b"Phase de test" in xml
    # the embedded sets have not changed
    assert [problem.path for problem in fiche.check()] == ["/phase/phase"]
    assert dcc.codes("JDV_PhaseCancer_CISIS", "test", value_sets=sets)[0].code == "TEST-1"


def test_a_bad_svs_tells_its_problems() -> None:
    with pytest.raises(dcc.DccError) as caught:
        dcc.ValueSet.from_svs(b"<x/>")
    assert caught.value.problems[0].code.startswith("JDV-SVS")
    assert json.dumps(caught.value.problems[0].to_dict())

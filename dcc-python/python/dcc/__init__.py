"""Moteur ouvert du *Dossier Communicant de Cancérologie* (DCC).

From the data of a hospital's software to the CDA R2 documents of the CI-SIS,
and back.

Examples
--------
>>> import dcc
>>> fiche = dcc.FicheRcp.from_json(open("fiche.json", "rb").read())
>>> for problem in fiche.check():
...     print(problem)
>>> xml = fiche.to_cda()
>>> document, unread = dcc.read(xml)
"""

from __future__ import annotations

import datetime as _datetime
import typing as _typing

from ._dcc import (
    DIALECTS,
    KINDS,
    Concept,
    Document,
    Facts,
    Finding,
    Indicators,
    Notice,
    Rcp,
    RuleBook,
    Table,
    ValueSet,
    ValueSets,
    Verdict,
    __version__,
    journal,
    read,
    schema,
    schema_json,
    schema_kinds,
    to_html,
    to_pdf,
)
from ._documents import CrAcp, FicheRcp, UnstructuredDocument, Ppac, Pps
from ._model import DccError, Export, Problem, Reading, Unread, Value

__all__ = [
    "DIALECTS",
    "KINDS",
    "Concept",
    "CrAcp",
    "DccError",
    "Document",
    "Export",
    "Facts",
    "FicheRcp",
    "Finding",
    "Indicators",
    "UnstructuredDocument",
    "Notice",
    "Ppac",
    "Pps",
    "Problem",
    "Rcp",
    "Reading",
    "RuleBook",
    "Table",
    "Unread",
    "Value",
    "ValueSet",
    "ValueSets",
    "Verdict",
    "__version__",
    "codes",
    "journal",
    "read",
    "schema",
    "schema_json",
    "schema_kinds",
    "to_html",
    "to_pdf",
]


def codes(
    value_set: str,
    text: str = "",
    *,
    on: _typing.Optional[_datetime.date] = None,
    value_sets: _typing.Optional[ValueSets] = None,
) -> _typing.List[Concept]:
    """Look codes up in a value set.

    Parameters
    ----------
    value_set : str
        Name or OID, for example ``"JDV_Tumeur_CISIS"``.
    text : str, optional
        A code, or words of a label; every code when empty.
    on : datetime.date, optional
        Only the codes that may be used on that day.
    value_sets : ValueSets, optional
        Value sets to use instead of the embedded ones.

    Returns
    -------
    list of Concept
        Best first; in the order of the source without `text`.

    Raises
    ------
    KeyError
        The value set is unknown.

    Examples
    --------
    >>> dcc.codes("JDV_PhaseCancer_CISIS", "rechute")
    [<dcc.Concept MED-244 — Rechute>]
    """
    if not isinstance(text, str):
        raise TypeError(f"un texte est attendu, pas {type(text).__name__}")
    found = (ValueSets() if value_sets is None else value_sets)[value_set]
    return found.search(text, on) if text.strip() else found.concepts(on)

"""The class of each kind of document.

Each is made from a mapping, from JSON (``str`` or ``bytes``), or from its
fields as keyword arguments; ``dcc schema KIND`` lists them.
"""

from __future__ import annotations

from typing import Any, Dict, Optional

from ._dcc import Document


class FicheRcp(Document):
    """*Fiche RCP*: what a multidisciplinary meeting concluded on a case."""

    KIND = "fiche_rcp"

    def fiche_fact(self, *, session: str, patient: str) -> Dict[str, Any]:
        """The fact of the fiche, for the indicators.

        Parameters
        ----------
        session : str
            Key of the session, as in the facts of sessions.
        patient : str
            Key of the patient, better a pseudonym.

        Returns
        -------
        dict
            For ``Facts.add("fiches", [...])``. Its id is that common to all
            versions of the fiche.
        """
        fact: Dict[str, Any] = Document._fiche_fact(self, session, patient)
        return fact


class Pps(Document):
    """*Programme personnalisé de soins*: the plan given to the patient."""

    KIND = "pps"

    def pps_fact(self, *, patient: str) -> Dict[str, Any]:
        """The fact of the PPS, for the indicators.

        Parameters
        ----------
        patient : str
            Key of the patient, better a pseudonym.

        Returns
        -------
        dict
            For ``Facts.add("pps", [...])``. Its id is that common to all versions
            of the PPS, which does not say its theme.
        """
        fact: Dict[str, Any] = Document._pps_fact(self, patient)
        return fact


class Ppac(Document):
    """*Programme personnalisé de l'après-cancer*: the follow-up plan."""

    KIND = "ppac"


class CrAcp(Document):
    """*Compte rendu d'anatomie et cytologie pathologiques*."""

    KIND = "cr_acp"


class UnstructuredDocument(Document):
    """A document at level 1: the header of any kind, around a PDF.

    What reading a CDA whose body is a PDF gives. Its fields are ``header``,
    ``code`` (the type of the document), ``context`` and ``pdf``, which may be
    given as ``bytes``.
    """

    KIND = "level_one"

    @property
    def pdf(self) -> bytes:
        """The PDF."""
        return self._pdf() or b""

    @property
    def document_kind(self) -> Optional[str]:
        """What the document is, after its type and title.

        ``"fiche_rcp"``, ``"pps"``, ``"ppac"``, ``"cr_acp"`` or ``"cr_gm"``; None
        for any other document.
        """
        return self._document_kind()

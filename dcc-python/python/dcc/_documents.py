"""The class of each kind of document.

Each is made from a mapping, from JSON (``str`` or ``bytes``), or from its
fields as keyword arguments; ``dcc schema KIND`` lists them.
"""

from __future__ import annotations

from typing import Optional

from ._dcc import Document


class FicheRcp(Document):
    """*Fiche RCP*: what a multidisciplinary meeting concluded on a case."""

    KIND = "fiche_rcp"


class Pps(Document):
    """*Programme personnalisé de soins*: the plan given to the patient."""

    KIND = "pps"


class Ppac(Document):
    """*Programme personnalisé de l'après-cancer*: the follow-up plan."""

    KIND = "ppac"


class CrAcp(Document):
    """*Compte rendu d'anatomie et cytologie pathologiques*."""

    KIND = "cr_acp"


class LevelOne(Document):
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

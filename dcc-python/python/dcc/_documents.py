"""The class of each kind of document."""

from __future__ import annotations

from ._dcc import Document


class FicheRcp(Document):
    """*Fiche RCP*: what a multidisciplinary meeting concluded on a case.

    Made from a mapping, from JSON (``str`` or ``bytes``), or from its fields
    as keyword arguments; ``dcc schema fiche_rcp`` lists them.
    """

    KIND = "fiche_rcp"

"""The class of each kind of document.

Each is made from a mapping, from JSON (``str`` or ``bytes``), or from its
fields as keyword arguments; ``dcc schema KIND`` lists them.
"""

from __future__ import annotations

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

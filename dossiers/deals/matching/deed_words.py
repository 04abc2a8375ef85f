"""The sentences of decisions about companies, for the list of a dossier's changes."""

from collections.abc import Mapping

from dossiers.clients.deed_words import Sentence
from dossiers.deals.matching import deciding
from wiki.locale import _

MATCHING_DEEDS: Mapping[str, Sentence] = {
    deciding.GIVEN: lambda w: _(
        "the company %(company)s of the deals is this client", company=w["company"]
    ),
    deciding.LEFT: lambda w: _(
        "the company %(company)s of the deals is not this client", company=w["company"]
    ),
}

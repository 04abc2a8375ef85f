"""The sentences of deeds with deals, for the list of a dossier's changes."""

from collections.abc import Mapping

from dossiers.clients.deed_words import Sentence
from dossiers.deals import pinning, run_links
from wiki.locale import _

DEAL_DEEDS: Mapping[str, Sentence] = {
    pinning.GIVEN: lambda w: _("the deal %(deal)s is this client's", deal=w["deal"]),
    pinning.LEFT: lambda w: _("the deal %(deal)s is not this client's", deal=w["deal"]),
    run_links.LINKED: lambda w: _(
        "the run %(run)s is that of the deal %(deal)s", run=w["run"], deal=w["deal"]
    ),
    run_links.PARTED: lambda w: _(
        "the run %(run)s is not that of the deal %(deal)s", run=w["run"], deal=w["deal"]
    ),
}

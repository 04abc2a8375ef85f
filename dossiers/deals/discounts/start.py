"""What the packages below must know of discounts, told once when the application starts."""

from collections.abc import Mapping

from dossiers.clients.deed_words import Sentence, know_deeds
from dossiers.deals.discounts import grounds
from dossiers.deals.discounts.renewal import RENEW, RENEW_NAMED, follow_decision, renew, renew_named
from dossiers.deals.matching.followers import follow_decisions
from dossiers.people.editing.aftermath import follow
from wiki.jobs import JobBoard
from wiki.locale import _

_DEEDS: Mapping[str, Sentence] = {
    grounds.GIVEN: lambda w: _("the discount of the deal %(deal)s has a ground", deal=w["deal"]),
    grounds.WITHDRAWN: lambda w: _(
        "the discount of the deal %(deal)s has no ground any more", deal=w["deal"]
    ),
}


def init(board: JobBoard) -> None:
    """Let deeds be told and taken back, decisions be followed, and the worker renew figures."""
    know_deeds(_DEEDS)
    for action in _DEEDS:
        follow(action, grounds.follow_undo)
    follow_decisions("discounts", follow_decision)
    board.register(RENEW, renew)
    board.register(RENEW_NAMED, renew_named)

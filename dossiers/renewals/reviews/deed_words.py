"""The sentences of deeds with reviews, for the list of a dossier's changes."""

from collections.abc import Mapping

from dossiers.clients.deed_words import Sentence, Words
from dossiers.renewals.kinds import FollowUpState, Verdict
from dossiers.renewals.reviews import follow_ups, services
from dossiers.renewals.reviews.wording import VERDICT_NAMES
from wiki.locale import _


def _signed(words: Words) -> str:
    verdict = str(VERDICT_NAMES[Verdict(words["verdict"])])
    return _("review %(number)s signed: %(verdict)s", number=words["ident"], verdict=verdict)


def _ended(words: Words) -> str:
    said = {"what": words["what"], "result": words["result"]}
    if words["state"] == FollowUpState.DONE:
        return _("follow-up done: %(what)s – %(result)s", **said)
    return _("follow-up dropped: %(what)s – %(result)s", **said)


REVIEW_DEEDS: Mapping[str, Sentence] = {
    services.OPENED: lambda w: _("review %(number)s opened", number=w["ident"]),
    services.DROPPED: lambda w: _("review %(number)s left unsigned", number=w["ident"]),
    services.SIGNED: _signed,
    # Whoever sees the list of changes need not see a review that is not signed.
    services.REMARKED: lambda _words: _("remark in a review"),
    services.WITHDRAWN: lambda _words: _("remark taken out of a review"),
    services.GIVEN: lambda w: _("follow-up given to %(person)s", person=w["user"]),
    follow_ups.ENDED: _ended,
    follow_ups.REOPENED: lambda w: _("follow-up open again: %(what)s", what=w["what"]),
}

"""The words for when a promise is due, how it stands, and what became of it."""

from dossiers.interactions.kinds import PromiseDeed, PromiseState
from dossiers.interactions.promises.groups import Due
from dossiers.interactions.promises.listing import PromiseLine
from wiki.locale import _, _l

DUES = {
    Due.OVERDUE: _l("Overdue"),
    Due.TODAY: _l("Due today"),
    Due.WEEK: _l("This week"),
    Due.LATER: _l("Later"),
}
STATES = {
    PromiseState.OPEN: _l("open"),
    PromiseState.DONE: _l("kept"),
    PromiseState.BROKEN: _l("broken"),
    PromiseState.TAKEN_BACK: _l("taken back"),
}
EVENTS = {
    PromiseDeed.MADE: _l("Promised"),
    PromiseDeed.DONE: _l("Kept"),
    PromiseDeed.MOVED: _l("Moved to another day"),
    PromiseDeed.HANDED: _l("Handed to a colleague"),
    PromiseDeed.BROKEN: _l("Not kept"),
    PromiseDeed.REOPENED: _l("Open again"),
    PromiseDeed.REWORDED: _l("Reworded"),
}


def side_words(line: PromiseLine) -> str:
    """Who promised it to whom."""
    person = line.person or _("the client")
    if line.promise.by_us:
        return _("%(who)s to %(whom)s", who=line.holder, whom=person)
    return _("%(who)s to %(whom)s", who=person, whom=line.holder)

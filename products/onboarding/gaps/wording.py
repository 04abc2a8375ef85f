"""The words of questions that no page answered: states, notices."""

from products.onboarding.kinds import GapState
from wiki.locale import _l
from wiki.pages.kinds import Topic

TOPIC = "gaps"
ANSWERED = "gap_answered"
FOUND = "gap_found"

STATES = {
    GapState.OPEN: _l("open"),
    GapState.ANSWERED: _l("has an answer"),
    GapState.DROPPED: _l("dropped"),
}
NEWS = Topic(
    TOPIC,
    {
        ANSWERED: _l("this page answers what you searched for"),
        FOUND: _l("this page may answer what you searched for"),
    },
)

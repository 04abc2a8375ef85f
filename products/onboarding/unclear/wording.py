"""The words of unclear sentences: states, notices."""

from products.onboarding.kinds import MarkState
from wiki.locale import _l
from wiki.pages.kinds import Topic

TOPIC = "unclear"
ASKED = "unclear_asked"
ANSWERED = "unclear_answered"
MENDED = "unclear_mended"
REOPENED = "unclear_reopened"
GONE = "unclear_gone"

STATES = {
    MarkState.OPEN: _l("open"),
    MarkState.ANSWERED: _l("has an answer"),
    MarkState.MENDED: _l("page mended"),
    MarkState.WITHDRAWN: _l("withdrawn"),
}
NEWS = Topic(
    TOPIC,
    {
        ASKED: _l("a sentence is unclear"),
        ANSWERED: _l("answered your question"),
        MENDED: _l("mended an unclear sentence"),
        REOPENED: _l("asked again"),
        GONE: _l("took out the sentence you asked about"),
    },
    address=lambda page_id: f"/pages/{page_id}/unclear",
)

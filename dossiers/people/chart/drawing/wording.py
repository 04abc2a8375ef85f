"""The words of a drawing in the reader's language."""

from datetime import date

from dossiers.people.chart.drawing.terms import Terms
from dossiers.people.chart.snapshot import Chart
from dossiers.people.wording import ATTITUDES, POSITION_KINDS, ROLES
from wiki.locale import _, ngettext
from wiki.templating import day as day_in_words


def terms_of(name: str, chart: Chart, known: date | None, root: int | None) -> Terms:
    """Title and words for the chart of a client of that name, or for the branch of `root`."""
    parts = [_("Chart on %(day)s", day=day_in_words(chart.day))]
    if root is not None:
        parts.append(_("branch of “%(position)s”", position=chart.seats[root].title))
    count = len(chart.seats)
    parts.append(ngettext("%(num)d position", "%(num)d positions", count))
    if known:
        parts.append(_("as known on %(day)s", day=day_in_words(known)))
    return Terms(
        title=name,
        subtitle=" · ".join(str(part) for part in parts),
        vacant=str(_("vacant")),
        unknown=str(_("not known who")),
        acting=str(_("acting")),
        guess=str(_("a guess")),
        # The number is put in later, once for each box that needs it.
        more=str(_("and %(count)s more", count="%(count)d")),
        unplaced=str(_("Without a known position")),
        kinds={code.value: str(word) for code, word in POSITION_KINDS.items()},
        roles={code.value: str(word) for code, word in ROLES.items()},
        attitudes={code.value: str(word) for code, word in ATTITUDES.items()},
    )

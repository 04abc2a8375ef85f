"""The chart, and those who decide, in a briefing."""

from dossiers.people.chart.drawing.scene import Scene, scene_of
from dossiers.people.chart.drawing.wording import terms_of
from dossiers.people.insight.weights import weight_of
from dossiers.people.kinds import Attitude
from dossiers.people.wording import ATTITUDES, ROLES
from dossiers.renewals.briefing.gathering import Known
from dossiers.renewals.briefing.pruning import pruned
from dossiers.renewals.briefing.sheet import Cell, Line, Look, Part, Table, cell, cut
from wiki.locale import _, ngettext
from wiki.templating import day

_MOST_PEOPLE = 10
#: So many positions are tried for the drawing, until it is readable on a sheet.
_COUNTS = (40, 28, 20, 14, 10, 7, 5, 3)
#: Pixels that a drawing may be wide and high to be readable on a sheet of paper.
ROOM = (1_130.0, 760.0)
_AGAINST = (Attitude.SCEPTIC, Attitude.ENEMY)


def chart_part(known: Known) -> Part:
    """The positions that matter, as they report to each other."""
    scene, drawn = _scene(known) if known.chart.seats else (None, 0)
    left = len(known.chart.seats) - drawn
    told = ngettext(
        "%(num)d position that matters less for the decision is not drawn.",
        "%(num)d positions that matter less for the decision are not drawn.",
        left,
    )
    address = f"/clients/{known.client.id}/chart"
    return Part(
        "chart",
        _("Chart"),
        scene=scene,
        foot=(Line(told, Look.SOFT, address),) if left > 0 else (),
        empty=_("No position of this client is known."),
    )


def _scene(known: Known) -> tuple[Scene, int]:
    """The largest drawing that is readable on paper, and how many positions it has."""
    signers = known.way.signers if known.way else frozenset()
    for count in _COUNTS:
        chart = pruned(known.chart, signers, count)
        scene = scene_of(chart, terms_of(known.client.name, chart, None, None))
        if scene.width <= ROOM[0] and scene.height <= ROOM[1]:
            break
    return scene, len(chart.seats)


def people_part(known: Known) -> Part:
    """Those whose word weighs most: where they sit, their roles, how they stand, last contact."""
    weights = {ident: weight_of(known.chart.standings.get(ident)) for ident in known.chart.names}
    heavy = [ident for ident in weights if weights[ident]]
    heavy.sort(key=lambda ident: (-weights[ident], known.chart.names[ident]))
    titles = _titles(known)
    headers = (_("Who"), _("Role in the decision"), _("Attitude"), _("Last contact"))
    rows = tuple(_person(known, ident, titles) for ident in heavy[:_MOST_PEOPLE])
    return Part(
        "people",
        _("Who decides"),
        table=Table(headers, (34, 34, 18, 16), rows),
        empty=_("Nobody's role in the decision is known."),
    )


def _titles(known: Known) -> dict[int, str]:
    found: dict[int, str] = {}
    for seat in known.chart.seats.values():
        for holder in seat.holders:
            found.setdefault(holder.person_id, seat.title)
    return found


def _person(known: Known, ident: int, titles: dict[int, str]) -> tuple[Cell, ...]:
    standing = known.chart.standings[ident]
    name = Line(
        cut(known.chart.names[ident], 70), Look.STRONG, f"/persons/{ident}?client={known.client.id}"
    )
    roles = ", ".join(str(ROLES[role]) for role in standing.roles)
    return (
        cell(name, Line(cut(titles.get(ident, ""), 80), Look.SOFT)),
        cell(cut(roles, 120)),
        cell(_attitude(standing.attitude)),
        cell(day(known.met.get(ident)) or Line(_("no contact in a year"), Look.WARN)),
    )


def _attitude(attitude: Attitude | None) -> Line:
    if attitude is None:
        return Line(_("not known"), Look.WARN)
    if attitude in _AGAINST:
        return Line(str(ATTITUDES[attitude]), Look.BAD)
    good = attitude in (Attitude.MENTOR, Attitude.SUPPORTER)
    return Line(str(ATTITUDES[attitude]), Look.GOOD if good else Look.PLAIN)

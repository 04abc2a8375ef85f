"""The history of stages, which Tryton keeps for every opportunity."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from dossiers.deals.connectors.problems import Denied
from dossiers.deals.connectors.tryton.records import STAGES, written_at
from dossiers.deals.connectors.tryton.rest import Rest, Row
from dossiers.deals.connectors.tryton.streams import DEALS
from dossiers.deals.record import StageSince

MOST_REVISIONS = 30
"""Of each deal; older ones are not asked for."""

_States = dict[datetime, str]


def stages_of(rest: Rest, rows: Sequence[Row]) -> Mapping[int, Sequence[StageSince]]:
    """When these opportunities came to which stage.

    Nothing when the owner of the key may not read it. Raises `PullError`.
    """
    if not rows:
        return {}
    states: dict[int, _States] = {row["id"]: _now(row) for row in rows}
    try:
        cut = _ask_earlier(rest, states)
    except Denied:
        return {}
    return {ident: _changes(states[ident], ident in cut) for ident in states}


def _now(row: Row) -> _States:
    """What the row itself says, so that nobody has to ask for the newest revision."""
    moment, state = written_at(row), row.get("state")
    return {moment: state} if moment and isinstance(state, str) else {}


def _ask_earlier(rest: Rest, states: Mapping[int, _States]) -> set[int]:
    """Add the earlier states, those of one moment together; whose oldest ones were left out."""
    moments: dict[int, list[datetime]] = defaultdict(list)
    for moment, ident in rest.revisions(DEALS, list(states)):
        moments[ident].append(moment)
    together: dict[datetime, list[int]] = defaultdict(list)
    for ident, whens in moments.items():
        for when in set(whens[-MOST_REVISIONS:]) - states[ident].keys():
            together[when].append(ident)
    for when, idents in sorted(together.items()):
        rows = rest.search(DEALS, [["id", "in", idents]], [["id", "ASC"]], ["state"], then=when)
        for row in rows:
            states[row["id"]][when] = str(row.get("state", ""))
    return {ident for ident, whens in moments.items() if len(whens) > MOST_REVISIONS}


def _changes(states: _States, cut: bool) -> Sequence[StageSince]:
    """The moments at which the stage was another than before."""
    known = sorted(states.items())
    first = [] if cut else known[:1]
    new = first + [later for earlier, later in pairwise(known) if earlier[1] != later[1]]
    return [_since(state, at) for at, state in new if state]


def _since(state: str, at: datetime) -> StageSince:
    stage, kind = STAGES.get(state, (state[:100], None))
    return StageSince(stage, at, kind)

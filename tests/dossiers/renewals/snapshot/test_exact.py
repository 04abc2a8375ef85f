"""What changed is exact: 500 dossiers with random edits against a comparison of its own."""

import json
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from dossiers.facts.asking import Moment
from dossiers.renewals.snapshot.comparing import What, compare, difference_from
from dossiers.renewals.snapshot.shape import LABEL, SECTIONS, Snapshot
from dossiers.renewals.snapshot.taking import take
from tests.conftest import Cast, SetClock
from tests.dossiers.renewals.snapshot.growing import edit, grow
from tests.factories.deals import make_source
from wiki.database import Database

_DAY = date(2026, 3, 2)
_MANY, _AT_ONCE = 500, 50

_Place = tuple[str, str, str]
_Atom = tuple[str, _Place, str]


def _values(snapshot: Snapshot) -> dict[_Place, str]:
    """Every single value of a snapshot, by where it stands."""
    return {
        (section, line, name): json.dumps(value, sort_keys=True)
        for section, lines in snapshot.items()
        for line, fields in lines.items()
        for name, value in fields.items()
        if name != LABEL
    }


def _by_values(before: Snapshot, after: Snapshot) -> set[_Atom]:
    """What came and what went, found with nothing of the code that is tested."""
    was, now = set(_values(before).items()), set(_values(after).items())
    told = {("+", *atom) for atom in now - was} | {("-", *atom) for atom in was - now}
    both = before["positions"].keys() & after["positions"].keys()
    moved = {p[1] for _sign, p, _value in told if p[2] == "manager" and p[1] in both}
    return {one for one in told if not (one[1][2] == "manager_people" and one[1][1] in moved)}


def _by_differences(before: Snapshot, after: Snapshot) -> set[_Atom]:
    """The differences that are shown, taken apart into single values."""
    found: list[_Atom] = []
    for one in compare(before, after):
        if one.what is What.NEW:
            found += _whole("+", one.section, one.line, one.after)
        elif one.what is What.GONE:
            found += _whole("-", one.section, one.line, one.before)
        else:
            place = (one.section, one.line, one.field)
            found.append(("-", place, json.dumps(one.before, sort_keys=True)))
            found.append(("+", place, json.dumps(one.after, sort_keys=True)))
    assert max(Counter(found).values(), default=1) == 1
    return set(found)


def _whole(sign: str, section: str, line: str, fields: dict[str, Any]) -> list[_Atom]:
    return [(sign, *atom) for atom in _values({section: {line: fields}}).items()]


@pytest.mark.slow
def test_what_changed_in_500_dossiers_is_what_two_full_snapshots_differ_in(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    seen: Counter[str] = Counter()
    with database.transaction() as session:
        source = make_source(session)
        for some in range(0, _MANY, _AT_ONCE):
            many = [grow(session, cast.anna, source, some + n) for n in range(_AT_ONCE)]
            moment = Moment(_DAY, clock.moment)
            before = [take(session, one.client.id, moment) for one in many]
            clock.forward(minutes=1)
            for number, (one, was) in enumerate(zip(many, before, strict=True)):
                edit(one, one.chance.randint(0, 6))
                now = take(session, one.client.id, Moment(_DAY, clock.moment))
                wanted = _by_values(was, now)
                assert _by_differences(was, now) == wanted
                seen.update({place[0] for _sign, place, _value in wanted})
                if number % 10 == 0:
                    then = take(session, one.client.id, moment)
                    for section in ("positions", "people", "paths", "promises", "contacts", "card"):
                        assert then[section] == was[section]
            session.expunge_all()
            source = session.merge(source)
    assert set(SECTIONS) - set(seen) == {"notes"}


def test_what_did_not_change_is_no_difference(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        one = grow(session, cast.anna, make_source(session), 1)
        was = take(session, one.client.id, Moment(_DAY))
        clock.forward(days=1)
        assert compare(was, take(session, one.client.id, Moment(_DAY + timedelta(days=1)))) == []


def test_a_difference_and_a_snapshot_are_the_same_when_kept_as_json(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        one = grow(session, cast.anna, make_source(session), 2)
        was = take(session, one.client.id, Moment(_DAY))
        clock.forward(days=1)
        edit(one, 9)
        now = take(session, one.client.id, Moment(_DAY))
    assert json.loads(json.dumps(now)) == now
    found = compare(was, now)
    assert found
    assert [difference_from(json.loads(json.dumps(d.plain()))) for d in found] == found

"""Random charts, with names as nasty as people and programs make them."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from dossiers.facts.models import ALWAYS, Confidence, Source
from dossiers.people.chart.snapshot import Chart, Holder, Known, Line, Seat, Standing, Tie
from dossiers.people.kinds import (
    Attitude,
    ContactKind,
    ContactStanding,
    InfluenceKind,
    LineKind,
    Orientation,
    PositionKind,
    Power,
    Role,
)
from dossiers.people.rules import folded_contact
from dossiers.people.transfer.cells import Contact
from wiki.errors import Refusal
from wiki.pages.content import one_line

DAY = date(2026, 2, 1)
NASTY = (
    "=1+1", "+7 900", "-", "@SUM(A1)", "'quoted", "''=x", 'a "b" c', "a;b", "a,b", "a|b", "a\tb",
    "Иванов, Иван; «Ромашка»", "<script>alert(1)</script>", "{{ 7*7 }}", "%(name)s", "% d", "None",
    "N/A", "vacant", "xx", "0", "12.0", "wiki-3", "\u202eabc", "é", "ﬁ", "ß", "日本", "😀", "?",
    "x" * 200, "(old)", "a (old)", "yes", "no", "—", "sep=;", "\\", "1e5", "0012",
)  # fmt: skip
_TEXTS = (
    st.one_of(
        st.sampled_from(NASTY), st.text(st.characters(exclude_categories=("C",)), max_size=30)
    )
    .map(one_line)
    .filter(lambda text: "\ufffd" not in text)
)
TITLES = _TEXTS.filter(bool)
NAMES = _TEXTS.filter(lambda text: any(c.isalnum() for c in text))
_CODES = _TEXTS.map(lambda text: one_line(text[:60]))
_DAYS = st.one_of(st.just(ALWAYS), st.dates(date(1990, 1, 1), DAY))


def _is_contact(kind: ContactKind, text: str) -> bool:
    try:
        return bool(folded_contact(kind, text))
    except Refusal:
        return False


_PHONES = st.one_of(
    st.sampled_from(
        ("+7 900 123-45-67", "8 (495) 1; доб. 2", "=112", "'112", "112 (old)", '"112"')
    ),
    st.integers(100, 10**19).map(str),
)
_LOCAL = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=10)
_EMAILS = _LOCAL.map(lambda local: one_line(f"{local.replace('@', '')}@x.ru")).filter(
    lambda text: _is_contact(ContactKind.EMAIL, text) and "\ufffd" not in text
)


@st.composite
def contacts(draw: st.DrawFn) -> list[Contact]:
    found: dict[tuple[ContactKind, str], Contact] = {}
    for kind, values in ((ContactKind.EMAIL, _EMAILS), (ContactKind.PHONE, _PHONES)):
        for value in draw(st.lists(values, max_size=2)):
            contact = (kind, value, draw(st.sampled_from(ContactStanding)))
            found.setdefault((kind, folded_contact(kind, value)), contact)
    return list(found.values())


@st.composite
def knowns(draw: st.DrawFn) -> Known:
    confidence = draw(st.sampled_from(Confidence))
    return Known(draw(st.sampled_from(Source)), confidence, draw(_DAYS), DAY)


@st.composite
def charts(draw: st.DrawFn, most: int = 8) -> Chart:
    """A chart whose people are numbered from 1 on, each of whom works somewhere."""
    count = draw(st.integers(0, most))
    people = {ident: draw(NAMES) for ident in range(1, draw(st.integers(0, most)) + 1)}
    seats = {}
    for ident in range(1, count + 1):
        seats[ident] = _seat(draw, ident, people)
    placed = {holder.person_id for seat in seats.values() for holder in seat.holders}
    unplaced = tuple(
        Holder(p, n, draw(st.booleans()), draw(st.booleans()), draw(knowns()))
        for p, n in people.items()
        if p not in placed
    )
    chart = Chart(1, DAY, seats, unplaced)
    return replace(chart, lines=_lines(draw, count), ties=_ties(draw, people), standings={
        person: draw(_standings) for person in people
    })  # fmt: skip


def _seat(draw: st.DrawFn, ident: int, people: dict[int, str]) -> Seat:
    chosen = (
        draw(st.lists(st.sampled_from(sorted(people)), unique=True, max_size=3)) if people else []
    )
    holders = tuple(
        Holder(p, people[p], draw(st.booleans()), draw(st.booleans()), draw(knowns()))
        for p in chosen
    )
    manager = draw(st.one_of(st.none(), st.integers(1, ident - 1))) if ident > 1 else None
    return Seat(
        ident, draw(TITLES), draw(_TEXTS), draw(st.sampled_from(PositionKind)), draw(_CODES),
        draw(st.booleans()), draw(st.integers(-3, 3)), draw(knowns()), manager, None, holders,
    )  # fmt: skip


def _lines(draw: st.DrawFn, count: int) -> tuple[Line, ...]:
    if count < 2:
        return ()
    idents = st.integers(1, count)
    keys = draw(st.sets(st.tuples(idents, idents, st.sampled_from(LineKind)), max_size=4))
    return tuple(Line(a, b, kind, draw(knowns())) for a, b, kind in sorted(keys) if a != b)


def _ties(draw: st.DrawFn, people: dict[int, str]) -> tuple[Tie, ...]:
    if len(people) < 2:
        return ()
    idents = st.sampled_from(sorted(people))
    keys = draw(st.sets(st.tuples(idents, idents, st.sampled_from(InfluenceKind)), max_size=4))
    return tuple(
        Tie(a, b, kind, draw(st.integers(1, 3)), draw(st.booleans()), draw(_TEXTS), draw(knowns()))
        for a, b, kind in sorted(keys)
        if a != b
    )


_standings = st.builds(
    Standing,
    roles=st.sets(st.sampled_from(Role)).map(
        lambda roles: tuple(sorted(roles, key=list(Role).index))
    ),
    attitude=st.none() | st.sampled_from(Attitude),
    power=st.none() | st.sampled_from(Power),
    orientation=st.none() | st.sampled_from(Orientation),
)


def content(chart: Chart) -> tuple[object, ...]:
    """Everything that a chart says, free of numbers: positions and people are told by place.

    Positions are told apart by their order in the drawing, people by that of their first position.
    """
    seats = [seat for ident in _order(chart) for seat in [chart.seats[ident]]]
    place = {seat.id: number for number, seat in enumerate(seats)}
    people: dict[int, int] = {}
    for holder in [*(h for seat in seats for h in seat.holders), *chart.unplaced]:
        people.setdefault(holder.person_id, len(people))
    named = {people[p]: name for p, name in chart.names.items()}
    return (
        [
            (_said(seat), place.get(seat.manager_id or 0), [_held(h, people) for h in seat.holders])
            for seat in seats
        ],
        sorted(_held(h, people) for h in chart.unplaced),
        sorted((place[x.from_id], place[x.to_id], x.kind.value) for x in chart.lines),
        sorted(
            (people[t.from_id], people[t.to_id], t.kind.value, t.strength, t.both_ways, t.note)
            for t in chart.ties
        ),
        sorted(named.items()),
        sorted(
            (people[p], s.roles, str(s.attitude), str(s.power), str(s.orientation))
            for p, s in chart.standings.items()
            if s != Standing(known=s.known)
        ),
    )  # fmt: skip


def _order(chart: Chart) -> list[int]:
    below = chart.below()
    found: list[int] = []
    waiting = list(reversed(below.get(None, [])))
    while waiting:
        seat = waiting.pop()
        found.append(seat.id)
        waiting += reversed(below.get(seat.id, []))
    return found


def _said(seat: Seat) -> tuple[object, ...]:
    return seat.title, seat.unit, seat.kind.value, seat.code, seat.is_known, seat.rank


def _held(holder: Holder, people: dict[int, int]) -> tuple[object, ...]:
    return people[holder.person_id], holder.main, holder.acting, holder.known.since

"""Reading a chart. The caller has found the client with `client_visible_to`.

A chart takes a constant number of statements, on plain tables: the largest has ten thousand seats.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Select, String, select, type_coerce
from sqlalchemy.orm import Session

from dossiers.facts.asking import Moment, at
from dossiers.facts.models import Confidence, Dated, Source
from dossiers.people.chart.collecting import without_collecting
from dossiers.people.chart.snapshot import (
    Acquaintance,
    Chart,
    Holder,
    Known,
    Line,
    Seat,
    Standing,
    Tie,
)
from dossiers.people.kinds import VALUES_OF, Aspect, NameKind, Role
from dossiers.people.models import (
    Employment,
    Influence,
    Judgement,
    Person,
    PersonName,
    PositionFact,
    Relationship,
    SideLine,
    SolidLine,
)
from wiki.accounts.models import User


def chart_of(session: Session, client_id: int, moment: Moment, deal: str = "") -> Chart:
    """The chart of a client at a moment; `deal` puts what is set for that deal before the rest."""
    reader = _Reader(session, client_id, moment)
    with without_collecting():
        holders, unplaced = reader.holders()
        return Chart(
            client_id=client_id,
            day=moment.day,
            seats=reader.seats(holders),
            unplaced=unplaced,
            lines=tuple(reader.lines()),
            ties=tuple(reader.ties()),
            standings=reader.standings(deal),
            acquaintances=tuple(reader.acquaintances()),
        )


def seats_of(session: Session, client_id: int, moment: Moment) -> Chart:
    """Only positions, lines and holders: enough to compare and to type; a part of `chart_of`."""
    reader = _Reader(session, client_id, moment)
    with without_collecting():
        holders, unplaced = reader.holders()
        lines = tuple(reader.lines())
        return Chart(client_id, moment.day, reader.seats(holders), unplaced, lines)


class _Knowledge(dict[tuple[Any, ...], Known]):
    """One `Known` for all rows that say the same: most facts of a chart were written at once."""

    def __missing__(self, key: tuple[Any, ...]) -> Known:
        source, confidence, since, learned_on = key
        known = self[key] = Known(Source(source), Confidence(confidence), since, learned_on)
        return known


def _known_of(table: type[Dated]) -> tuple[Any, ...]:
    """The columns behind a `Known`, as plain text where they say the same ten thousand times."""
    return (
        type_coerce(table.source, String),
        type_coerce(table.confidence, String),
        table.valid_from,
        table.learned_on,
    )


_Holders = Mapping[int, list[Holder]]


class _Reader:
    """Reads the parts of one chart, on plain tables: the ORM would take most of the time."""

    def __init__(self, session: Session, client_id: int, moment: Moment) -> None:
        self._session = session
        self._client_id = client_id
        self._moment = moment
        self._knowledge = _Knowledge()

    def _ask(self, wanted: Select[*tuple[Any, ...]]) -> Iterator[tuple[Any, Known]]:
        """The values of each row, and what its last four columns say of where it is known from."""
        knowledge = self._knowledge
        # All at once: row by row, fetching takes longer than the query.
        for row in self._session.connection().execute(wanted).all():
            yield row[:-4], knowledge[row[-4:]]

    def _rows(self, table: type[Dated], *names: str) -> Iterator[tuple[Any, Known]]:
        """The named columns of the rows of the client that hold at the moment."""
        columns = [*(getattr(table, name) for name in names), *_known_of(table)]
        own = (table.client_id == self._client_id, at(table, self._moment))
        return self._ask(select(*columns).where(*own).order_by(table.id))

    def holders(self) -> tuple[_Holders, tuple[Holder, ...]]:
        """Who holds which position, and those of whom no position is known."""
        seated: dict[int, list[Holder]] = defaultdict(list)
        placed = set()
        unplaced = []
        for (position, person, then, now, main, acting), known in self._ask(self._employed()):
            holder = Holder(person, then or now, main, acting, known)
            if position is None:
                unplaced.append(holder)
            else:
                seated[position].append(holder)
                placed.add(person)
        return seated, tuple(one for one in unplaced if one.person_id not in placed)

    def _employed(self) -> Select[*tuple[Any, ...]]:
        named = (
            (PersonName.person_id == Employment.person_id)
            & (PersonName.kind == NameKind.FULL)
            & at(PersonName, self._moment)
        )
        return (
            select(
                Employment.position_id,
                Employment.person_id,
                PersonName.name,
                Person.name,
                Employment.main,
                Employment.acting,
                *_known_of(Employment),
            )
            .join(Person, Person.id == Employment.person_id)
            .outerjoin(PersonName, named)
            .where(Employment.client_id == self._client_id, at(Employment, self._moment))
            .order_by(Employment.acting, Employment.id)
        )

    def seats(self, holders: _Holders) -> dict[int, Seat]:
        """The positions by their numbers, with manager and holders."""
        lines = {
            from_id: (to_id, known)
            for (from_id, to_id), known in self._rows(
                SolidLine, "from_position_id", "to_position_id"
            )
        }
        names = ("position_id", "title", "unit", "kind", "code", "is_known", "rank")
        found = {}
        for values, known in self._rows(PositionFact, *names):
            ident, title, unit, kind, code, is_known, rank = values
            manager, line = lines.get(ident, (None, None))
            held = tuple(holders.get(ident, ()))
            found[ident] = Seat(
                ident, title, unit, kind, code, is_known, rank, known, manager, line, held
            )
        return found

    def lines(self) -> Iterator[Line]:
        """Dotted lines and those of assistants."""
        for values, known in self._rows(SideLine, "from_position_id", "to_position_id", "kind"):
            from_id, to_id, kind = values
            yield Line(from_id, to_id, kind, known)

    def ties(self) -> Iterator[Tie]:
        """Influence lines."""
        names = ("from_person_id", "to_person_id", "kind", "strength", "both_ways", "note")
        for values, known in self._rows(Influence, *names):
            one, other, kind, strength, both_ways, note = values
            yield Tie(one, other, kind, strength, both_ways, note, known)

    def standings(self, deal: str) -> dict[int, Standing]:
        """What is set for the deal hides, aspect by aspect, what is set for the whole client."""
        found: dict[int, _Aspects] = {}
        for (person, aspect, of_deal, value), known in self._rows(
            Judgement, "person_id", "aspect", "deal", "value"
        ):
            if of_deal in ("", deal):
                by_deal = found.setdefault(person, {}).setdefault(aspect, {})
                by_deal.setdefault(of_deal, []).append((value, known))
        return {person: _standing(aspects, deal) for person, aspects in found.items()}

    def acquaintances(self) -> Iterator[Acquaintance]:
        """Who of ours knows whom, how well."""
        names = ("user_id", "person_id", "coverage", "level", "wanted", "wanted_by", "evidence")
        rows = list(self._rows(Relationship, *names))
        ours = {values[0] for values, _known in rows}
        found = self._session.execute(select(User.id, User.name).where(User.id.in_(ours)))
        users = dict(found.all())
        for values, known in rows:
            user, person, coverage, level, wanted, by, evidence = values
            yield Acquaintance(
                user, users[user], person, coverage, level, wanted, by, evidence, known
            )


_Aspects = dict[Aspect, dict[str, list[tuple[str, Known]]]]
_ROLE_ORDER = {role: place for place, role in enumerate(Role)}


def _standing(aspects: _Aspects, deal: str) -> Standing:
    values: dict[str, Any] = {}
    known = {}
    for aspect, by_deal in aspects.items():
        said = by_deal.get(deal) or by_deal.get("", [])
        codes = [VALUES_OF[aspect](value) for value, _known in said]
        known[aspect.value] = max((k for _value, k in said), key=lambda k: k.learned_on)
        if aspect is Aspect.ROLE:
            values["roles"] = tuple(
                sorted((Role(code) for code in codes), key=_ROLE_ORDER.__getitem__)
            )
        else:
            values[aspect.value] = codes[0]
    of_deal = {a.value for a, by_deal in aspects.items() if deal and deal in by_deal}
    return Standing(**values, known=known, of_deal=frozenset(of_deal))

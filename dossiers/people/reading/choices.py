"""Positions and people as one types them into a box: suggestions, and which one is meant.

Suggestions are texts such as "Buyer – Olga Petrova · № 12". Whoever has no suggestions types the
exact title or name, or the number.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from dossiers.facts.asking import Moment, at
from dossiers.people.chart.snapshot import Holder
from dossiers.people.models import Employment, Person, PositionFact, SolidLine
from dossiers.people.reading.known import holders_at, titles_at
from wiki.errors import Refusal
from wiki.pages.content import one_line
from wiki.rendering.titles import fold_title

MOST_WITHOUT_TYPING = 300
"""Choices that a page carries itself; for more it asks the server while one types."""
MOST_SUGGESTED = 20
_NUMBER = re.compile(r"(?:^|№\s*|#\s*)(\d{1,10})$")
_LARGEST = 2**31 - 1
_MOST_NAMED = 5


class Choice(NamedTuple):
    """One of several positions or people; `told` says what stands beside the title or name."""

    id: int
    text: str
    told: str = ""

    @property
    def label(self) -> str:
        """The text that is put into the box."""
        return f"{self.text} – {self.told} · № {self.id}" if self.told else self.numbered

    @property
    def numbered(self) -> str:
        """Title or name with the number."""
        return f"{self.text} · № {self.id}"


def few_positions(session: Session, client_id: int, moment: Moment) -> list[Choice]:
    """All positions of the moment's day when they are few enough to stand in a page."""
    stand = PositionFact.client_id == client_id, at(PositionFact, Moment(moment.day))
    number = session.scalar(select(func.count()).select_from(PositionFact).where(*stand)) or 0
    few = number <= MOST_WITHOUT_TYPING
    return in_order(positions_on(session, client_id, moment.day)) if few else []


def position_label(session: Session, client_id: int, position_id: int, moment: Moment) -> str:
    """How a position of the client is called in a box; empty when there is none of that number."""
    here = exists().where(
        PositionFact.position_id == position_id, PositionFact.client_id == client_id
    )
    title = titles_at(session, [position_id], moment).get(position_id)
    if title is None or not session.scalar(select(here)):
        return ""
    holders = holders_at(session, [position_id], moment).get(position_id, ())
    return seat_label(position_id, title, holders)


def seat_label(position_id: int, title: str, holders: Sequence[Holder]) -> str:
    """How a position with these holders is called in a box."""
    return Choice(position_id, title, ", ".join(holder.name for holder in holders)).label


def positions_on(session: Session, client_id: int, day: date) -> list[Choice]:
    """All positions of a day with their holders."""
    moment = Moment(day)
    titles = select(PositionFact.position_id, PositionFact.title).where(
        PositionFact.client_id == client_id, at(PositionFact, moment)
    )
    held = (
        select(Employment.position_id, Person.name)
        .join(Person, Person.id == Employment.person_id)
        .where(
            Employment.client_id == client_id,
            Employment.position_id.is_not(None),
            at(Employment, moment),
        )
        .order_by(Employment.acting, Employment.id)
    )
    names: dict[int, list[str]] = {}
    rows: Iterable[Sequence[Any]] = session.execute(held)
    for ident, name in rows:
        names.setdefault(ident, []).append(name)
    return [Choice(i, t, ", ".join(names.get(i, ()))) for i, t in session.execute(titles)]


def in_order(choices: Iterable[Choice]) -> list[Choice]:
    """The choices by title or name."""
    return sorted(choices, key=lambda choice: (fold_title(choice.text), choice.id))


def branch_of(session: Session, position_id: int, day: date) -> set[int]:
    """The position and all below it on that day."""
    moment = Moment(day)
    top = select(SolidLine.from_position_id.label("id")).where(
        SolidLine.to_position_id == position_id, at(SolidLine, moment)
    )
    branch = top.cte("branch", recursive=True)
    below = select(SolidLine.from_position_id).where(
        SolidLine.to_position_id == branch.c.id, at(SolidLine, moment)
    )
    # Without ALL, so that lines that break the rule do not let it run for ever.
    return {position_id, *session.scalars(select(branch.union(below).c.id))}


def suggested(choices: Iterable[Choice], typed: str, limit: int = MOST_SUGGESTED) -> list[Choice]:
    """The first of the choices whose text or holders have all the typed words."""
    words = fold_title(typed).split()
    fitting = ((choice, fold_title(choice.label)) for choice in choices)
    return in_order(c for c, label in fitting if all(word in label for word in words))[:limit]


def position_meant(session: Session, client_id: int, day: date, typed: str) -> int | None:
    """The position that somebody typed; `None` for an empty box. Raises `Refusal`."""
    typed = one_line(typed)
    if not typed:
        return None
    plain = _by_number(session, client_id, day, typed)
    if plain is not None:
        return plain
    choices = positions_on(session, client_id, day)
    folded = fold_title(typed)
    titled = [choice for choice in choices if fold_title(choice.text) == folded]
    if len(titled) == 1:
        return titled[0].id
    number = number_in(typed)
    if number is not None and any(choice.id == number for choice in choices):
        return number
    if titled:
        raise _several(titled)
    raise Refusal(
        "On %(day)s there is no position “%(typed)s” in this dossier. Nothing was changed. Choose "
        "one of the suggestions, or type its exact title or its number.",
        day=day.isoformat(),
        typed=typed[:100],
    )


def _by_number(session: Session, client_id: int, day: date, typed: str) -> int | None:
    """The position of the typed number, when nothing else is typed than a suggestion has."""
    number = number_in(typed)
    wanted = select(PositionFact.title).where(
        PositionFact.position_id == number,
        PositionFact.client_id == client_id,
        at(PositionFact, Moment(day)),
    )
    title = session.scalar(wanted) if number else None
    suggested = title is not None and typed.startswith((f"{one_line(title)} –", f"{title} ·"))
    return number if suggested else None


def _several(choices: Sequence[Choice]) -> Refusal:
    named = "; ".join(choice.label for choice in choices[:_MOST_NAMED])
    return Refusal(
        "Several positions have this title. Nothing was changed. Type the number of the one that "
        "is meant: %(choices)s.",
        choices=named,
    )


def number_in(typed: str) -> int | None:
    """The number at the end of what was typed: "№ 12", "#12", or nothing but "12"."""
    found = _NUMBER.search(one_line(typed))
    number = int(found[1]) if found else 0
    return number if 0 < number <= _LARGEST else None

"""The card of a client on a day, as known on another, and where each of its facts is known from."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.card import Card, card_from
from dossiers.clients.kinds import CardField, Duty
from dossiers.clients.models import Assignment, CardFact
from dossiers.facts.asking import Moment, at, believed
from dossiers.facts.models import ALWAYS, FOREVER, Confidence, Source
from wiki.accounts.models import User


class KnownFact(NamedTuple):
    """One field of the card with all that is known of it."""

    field: CardField
    value: Any
    valid_from: date
    valid_to: date
    learned_on: date
    source: Source
    confidence: Confidence
    note: str
    recorded_at: datetime
    recorded_by: str | None

    @property
    def since(self) -> date | None:
        """The day since which it is so; `None` when nobody knows."""
        return None if self.valid_from == ALWAYS else self.valid_from

    @property
    def until(self) -> date | None:
        """The first day on which it was no longer so; `None` while it is."""
        return None if self.valid_to == FOREVER else self.valid_to

    @property
    def is_guess(self) -> bool:
        """Whether it must look like a guess."""
        return self.confidence is Confidence.GUESS or self.source is Source.GUESS


class KnownCard(NamedTuple):
    """The card of a moment and the facts it is made of, by the code of the field."""

    card: Card
    facts: Mapping[str, KnownFact]


def card_at(session: Session, client_id: int, moment: Moment) -> KnownCard:
    """The card of a client the person may see, in one statement."""
    wanted = (
        select(
            CardFact.field,
            CardFact.value,
            CardFact.valid_from,
            CardFact.valid_to,
            CardFact.learned_on,
            CardFact.source,
            CardFact.confidence,
            CardFact.note,
            CardFact.recorded_at,
            User.name,
        )
        .outerjoin(User, User.id == CardFact.recorded_by)
        .where(CardFact.client_id == client_id, at(CardFact, moment))
    )
    rows = [KnownFact(CardField(row[0]), *row[1:]) for row in session.execute(wanted)]
    facts = {fact.field.value: fact for fact in rows}
    return KnownCard(card_from({code: fact.value for code, fact in facts.items()}), facts)


class Manager(NamedTuple):
    """A colleague who looks, or looked, after the client."""

    user_id: int
    name: str
    duty: Duty
    valid_from: date
    valid_to: date
    source: Source
    recorded_at: datetime

    @property
    def since(self) -> date | None:
        """The day since which; `None` when nobody knows."""
        return None if self.valid_from == ALWAYS else self.valid_from

    @property
    def until(self) -> date | None:
        """The first day on which no longer; `None` while it is so."""
        return None if self.valid_to == FOREVER else self.valid_to


_ORDER = {duty: place for place, duty in enumerate(Duty)}


def managers_at(session: Session, client_id: int, moment: Moment) -> list[Manager]:
    """Who looked after the client on that day, the responsible one first."""
    rows = session.execute(_managers(client_id).where(at(Assignment, moment)))
    return sorted((_manager(row) for row in rows), key=lambda m: (_ORDER[m.duty], m.name))


def managers_ever(session: Session, client_id: int, known: datetime | None = None) -> list[Manager]:
    """Everybody who ever looked after the client, as we know now or knew then; newest first."""
    rows = session.execute(_managers(client_id).where(believed(Assignment, known)))
    return sorted(
        (_manager(row) for row in rows),
        key=lambda m: (m.valid_to, m.valid_from, -_ORDER[m.duty]),
        reverse=True,
    )


def _managers(client_id: int):  # type: ignore[no-untyped-def]  # a statement of seven columns
    return (
        select(
            Assignment.user_id,
            User.name,
            Assignment.duty,
            Assignment.valid_from,
            Assignment.valid_to,
            Assignment.source,
            Assignment.recorded_at,
        )
        .join(User, User.id == Assignment.user_id)
        .where(Assignment.client_id == client_id)
    )


def _manager(row: Any) -> Manager:
    return Manager(row[0], row[1], Duty(row[2]), *row[3:])

"""Clients for tests, made as people make them."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from dossiers.clients.card import Card
from dossiers.clients.models import Client
from dossiers.clients.services.cards import Said, create_client
from dossiers.facts.models import Confidence, Source
from dossiers.facts.writing import Evidence
from wiki.accounts.actor import Actor
from wiki.database import Database

MET = Evidence(Source.MEETING, Confidence.SURE)
ALWAYS_SO = Said(MET)


def since(year: int, month: int = 1, day: int = 1, source: Source = Source.MEETING) -> Said:
    """It is so since that day."""
    return Said(Evidence(source), date(year, month, day))


def add_client(session: Session, actor: Actor, name: str = "Romashka", **card: Any) -> Client:
    """A client of the actor's team, known from a meeting, since nobody knows when."""
    return create_client(session, actor, Card(name, **{"team": actor.team_id, **card}), ALWAYS_SO)


def made(database: Database, actor: Actor, name: str = "Romashka", **card: Any) -> int:
    """The number of a new client."""
    with database.transaction() as session:
        return add_client(session, actor, name, **card).id

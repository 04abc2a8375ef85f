"""Which deals the address of the list asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from dossiers.clients.queries import client_typed
from dossiers.deals.kinds import DealKind
from dossiers.deals.listing import SORTS, WITHOUT, Wanted
from wiki.accounts.actor import Actor
from wiki.errors import Refusal
from wiki.pages.content import one_line
from wiki.pages.facts import as_date
from wiki.pages.forms import whole_number

LONGEST = 200
_NOBODY = 0
"""The number of no client: what was typed means none, so no deal fits."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, and what is wrong with the name of the client that was typed."""

    wanted: Wanted
    problem: Refusal | None = None


def asked_for(session: Session, actor: Actor, said: Mapping[str, str]) -> Asked:
    """What an address asks for; what nobody could mean is left out."""
    problem = None
    try:
        client = client_typed(session, actor, said.get("client", "")[:LONGEST])
    except Refusal as refusal:
        client, problem = _NOBODY, refusal
    return Asked(_wanted(said, client), problem)


def _wanted(said: Mapping[str, str], client: int | None) -> Wanted:
    return Wanted(
        kind=DealKind(said["kind"]) if said.get("kind") in list(DealKind) else None,
        pipeline=_text(said, "pipeline"),
        stage=_text(said, "stage"),
        owner=whole_number(said.get("owner")) or None,
        client=client,
        product=whole_number(said.get("product")) or None,
        source=whole_number(said.get("source")) or None,
        closed_from=_day(said, "from"),
        closed_until=_day(said, "until"),
        outside=said.get("outside") == "1",
        without=said["without"] if said.get("without") in WITHOUT else "",
        gone=said.get("gone") == "1",
        mine=said.get("only") == "mine",
        text=_text(said, "text"),
        sort=said["sort"] if said.get("sort") in SORTS else SORTS[0],
    )


def _text(said: Mapping[str, str], name: str) -> str:
    return one_line(said.get(name, ""))[:LONGEST]


def _day(said: Mapping[str, str], name: str) -> date | None:
    return as_date(said.get(name, "")[:10])

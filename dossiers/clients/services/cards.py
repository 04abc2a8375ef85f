"""Making clients and changing their cards: each field that differs becomes a dated fact."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.card import Card, is_empty, tidy
from dossiers.clients.deeds import begin_deed
from dossiers.clients.holding import check_no_circle
from dossiers.clients.kinds import CardField, State
from dossiers.clients.models import CardFact, Client
from dossiers.clients.queries import client_visible_to, locked_client
from dossiers.clients.rules import audience_of, check_day, check_may_give, check_team
from dossiers.clients.services.overtaking import check_card_as_seen
from dossiers.clients.services.refreshing import present_card, refresh_card
from dossiers.clients.services.twins import check_is_new
from dossiers.facts.asking import Moment, at
from dossiers.facts.models import Change
from dossiers.facts.periods import EVER, Period, since
from dossiers.facts.present import present_day
from dossiers.facts.writing import Evidence, Fact, write_facts
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.queries import team_names
from wiki.accounts.rules import Permission, require
from wiki.errors import Refusal
from wiki.pages.addresses import slug_of
from wiki.rendering.titles import fold_title


@dataclass(frozen=True, slots=True)
class Said:
    """Where a new card is known from, and since when it is so.

    Without `since` it corrects a mistake: it was so for as long as the wrong value was believed.
    `is_another`: a client of the same name is another one.
    """

    evidence: Evidence
    since: date | None = None
    is_another: bool = False


def create_client(session: Session, actor: Actor, card: Card, said: Said) -> Client:
    """A new client with its card. Raises `Refusal` when the card breaks a rule.

    Raises `SameClient` when it seems to be there already. A manager makes clients of the own
    team; a director those of any.
    """
    return make_client(session, actor, card, said, "add client")[0]


def make_client(
    session: Session, actor: Actor, card: Card, said: Said, action: str, **words: object
) -> tuple[Client, Change]:
    """The same as a deed of that name, and its change, for more that belongs to it."""
    require(actor, Permission.EDIT_DOSSIERS)
    card = tidy(card)
    check_may_give(actor, card.team)
    _check(session, actor, None, card, card.values(), said)
    client = _row(card)
    session.add(client)
    session.flush()
    change = begin_deed(session, actor, client, action, name=card.name, **words)
    values = {field: value for field, value in card.values().items() if not is_empty(value)}
    period = since(said.since) if said.since else EVER
    facts = [_fact(client.id, field, value, period) for field, value in values.items()]
    write_facts(session, change, CardFact, facts, said.evidence)
    refresh_card(session, client, actor)
    return client, change


def change_card(
    session: Session,
    actor: Actor,
    client_id: int,
    changes: Mapping[str, Any],
    said: Said,
    seen: int = 0,
) -> Change | None:
    """Give fields of the card (by their codes) new values; `None` when nothing differs.

    `seen` is the newest change of the dossier that the person had seen, 0 when nobody asks. Raises
    `Missing`, `Forbidden`, `Refusal` when the card would break a rule, `SameClient` when it would
    seem to be another client, `Clash` when somebody else has changed it since.
    """
    client = locked_client(session, actor, client_id)
    if seen:
        check_card_as_seen(session, actor, client_id, seen)
    return write_card(session, actor, client, changes, said, "change card")


def write_card(
    session: Session,
    actor: Actor,
    client: Client,
    changes: Mapping[str, Any],
    said: Said,
    action: str,
    **words: object,
) -> Change | None:
    """The same for a client that the caller has locked, as a deed of that name."""
    before = present_card(session, client.id)
    after = tidy(before.but(changes))
    new, old = after.values(), before.values()
    differing = {field: new[field] for field in new if new[field] != old[field]}
    if not differing:
        return None
    _check(session, actor, client.id, after, differing, said)
    told: dict[str, list[Any]] = {
        field.value: [old[field], value] for field, value in differing.items()
    }
    if CardField.TEAM in differing:
        told[CardField.TEAM.value] = _team_names(session, told[CardField.TEAM.value])
    change = begin_deed(session, actor, client, action, fields=told, **words)
    periods = _periods(session, client.id, said)
    facts = [
        _fact(client.id, field, None if is_empty(value) else value, periods.get(field, EVER))
        for field, value in differing.items()
    ]
    write_facts(session, change, CardFact, facts, said.evidence)
    refresh_card(session, client, actor)
    return change


def _team_names(session: Session, idents: list[int | None]) -> list[str]:
    """Teams as they are called now. Another client is never named: not all may see it."""
    names = team_names(session)
    return [names.get(ident, "") if ident is not None else "" for ident in idents]


def _check(
    session: Session,
    actor: Actor,
    client_id: int | None,
    card: Card,
    differing: Mapping[CardField, Any],
    said: Said,
) -> None:
    """The rules for those fields that are to be new."""
    if said.since is not None:
        check_day(said.since, clock.today(actor.time_zone))
    if differing.get(CardField.NAME) or differing.get(CardField.TAX_NUMBER):
        is_another = said.is_another or CardField.NAME not in differing
        check_is_new(session, actor, card, client_id, is_another)
    if differing.get(CardField.PARENT) and card.parent is not None:
        _check_parent(session, actor, client_id, card.parent, said)
    if CardField.TEAM in differing:
        check_team(card.team, team_names(session).keys())


def _check_parent(
    session: Session, actor: Actor, client_id: int | None, parent_id: int, said: Said
) -> None:
    parent = client_visible_to(session, actor, parent_id)
    if parent.merged_into_id is not None:
        raise Refusal(
            "The parent company was merged into another client. Nothing was changed. Choose that "
            "one."
        )
    if client_id is not None:
        period = since(said.since) if said.since else EVER
        check_no_circle(session, client_id, parent_id, period)


def _periods(session: Session, client_id: int, said: Said) -> Mapping[CardField, Period]:
    """Since the day that was said; a correction holds for as long as what it corrects."""
    if said.since is not None:
        return dict.fromkeys(CardField, since(said.since))
    wanted = select(CardFact.field, CardFact.valid_from, CardFact.valid_to).where(
        CardFact.client_id == client_id, at(CardFact, Moment(present_day()))
    )
    return {CardField(field): Period(a, b) for field, a, b in session.execute(wanted)}


def _fact(client_id: int, field: CardField, value: Any, period: Period) -> Fact:
    key = {"client_id": client_id, "field": field.value}
    return Fact(key, {"value": value} if value is not None else None, period)


def _row(card: Card) -> Client:
    now = clock.now()
    return Client(
        name=card.name,
        name_folded=fold_title(card.name)[:300],
        slug=slug_of(card.name),
        state=State.ACTIVE.value,
        tags=[],
        team_id=card.team,
        restricted=card.restricted,
        audience=audience_of(card.restricted, card.team),
        created_at=now,
        changed_at=now,
    )

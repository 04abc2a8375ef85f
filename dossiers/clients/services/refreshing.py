"""Keeping the row of a client in step with the facts of its card."""

from collections.abc import Iterable

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from dossiers.clients.card import Card, card_from
from dossiers.clients.dependents import find_anew, things_of
from dossiers.clients.models import CardFact, Client, ClientDomain
from dossiers.clients.readers import tell_readers
from dossiers.clients.rules import audience_of
from dossiers.facts.asking import Moment, at
from dossiers.facts.present import present_day
from wiki.accounts.actor import Actor
from wiki.errors import Clash
from wiki.outbox import changed
from wiki.pages.addresses import slug_of
from wiki.pages.audiences import change_audience
from wiki.rendering.titles import fold_title


def present_card(session: Session, client_id: int) -> Card:
    """The card as the facts have it that we believe now and that are true today."""
    columns = CardFact.__table__.c
    present = at(CardFact, Moment(present_day()))
    wanted = select(columns.field, columns.value).where(columns.client_id == client_id, present)
    return card_from(dict(session.connection().execute(wanted).all()))


def refresh_card(session: Session, client: Client, actor: Actor | None = None) -> None:
    """Set the row of a locked client to what its facts say now; after every write of card facts.

    Who may see the client then holds for its notes, too, and all that names the client is found
    anew. `actor` is who caused it, for the history; `None` is the system. Raises `Clash` when no
    name is left, for nothing else of the dossier could be shown. A client that was merged into
    this one is the same client, so it has the same readers.
    """
    session.flush()
    card = present_card(session, client.id)
    _check_has_name(card)
    before = (client.name, client.audience)
    _fill(client, card)
    client.audience = _audience(session, client, card)
    # An address finds the client into which this one was merged, if it was.
    _store_domains(session, client.id, card.domains if client.merged_into_id is None else ())
    changed(session, "client", client.id)
    if client.page_id is not None and client.audience != before[1]:
        change_audience(session, actor, client.page_id, client.audience)
    if client.audience != before[1]:
        tell_readers(session, client, before[1])
    if (client.name, client.audience) != before:
        find_anew(session, things_of(session, [client.id]))
    session.flush()
    if client.audience != before[1]:
        merged = select(Client).where(Client.merged_into_id == client.id).order_by(Client.id)
        for other in session.scalars(merged).all():
            refresh_card(session, other, actor)


def _audience(session: Session, client: Client, card: Card) -> str:
    if client.merged_into_id is not None:
        return session.get_one(Client, client.merged_into_id).audience
    return audience_of(card.restricted, card.team)


def _check_has_name(card: Card) -> None:
    if not card.name:
        raise Clash(
            "That would leave a client without a name. Nothing was changed. Archive the client "
            "instead; nothing is lost and it can be brought back."
        )


def _fill(client: Client, card: Card) -> None:
    client.name, client.name_folded = card.name, fold_title(card.name)[:300]
    client.slug = slug_of(card.name)
    client.legal_name = card.legal_name
    client.country, client.tax_number = card.country, card.tax_number
    client.segment, client.region = card.segment, card.region
    client.state, client.tags = card.state.value, list(card.tags)
    client.parent_id, client.team_id = card.parent, card.team
    client.restricted = card.restricted


def _store_domains(session: Session, client_id: int, domains: Iterable[str]) -> None:
    wanted = set(domains)
    known = set(
        session.scalars(select(ClientDomain.domain).where(ClientDomain.client_id == client_id))
    )
    if known - wanted:
        gone = delete(ClientDomain).where(ClientDomain.client_id == client_id)
        session.execute(gone.where(ClientDomain.domain.in_(known - wanted)))
    if wanted - known:
        rows = [{"client_id": client_id, "domain": domain} for domain in sorted(wanted - known)]
        session.execute(insert(ClientDomain), rows)

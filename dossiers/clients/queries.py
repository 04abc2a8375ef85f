"""Reading clients; everything shown to a person asks for the person first."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.clients.rules import check_may_edit
from wiki.accounts.actor import Actor
from wiki.errors import Missing, Refusal
from wiki.pages.content import one_line
from wiki.pages.forms import whole_number
from wiki.rendering.titles import fold_title


def client_visible_to(session: Session, actor: Actor, client_id: int) -> Client:
    """The client. Raises `Missing` for absent and unseen alike."""
    wanted = select(Client).where(Client.id == client_id, Client.audience.in_(actor.audiences))
    client = session.scalar(wanted)
    if client is None:
        raise Missing()
    return client


def locked_client(session: Session, actor: Actor, client_id: int) -> Client:
    """The client, locked until the transaction ends, for somebody who may change its dossier.

    Raises `Missing` when the person may not see it, `Forbidden` when they may only read it, and
    `Refusal` when it was merged into another one.
    """
    wanted = select(Client).where(Client.id == client_id, Client.audience.in_(actor.audiences))
    # Anew, for what was read before the lock may have been changed while one waited for it.
    anew = wanted.with_for_update().execution_options(populate_existing=True)
    client = session.scalar(anew)
    if client is None:
        raise Missing()
    check_may_edit(actor, client.team_id)
    if client.merged_into_id is not None:
        raise Refusal(
            "This client was merged into another one. Nothing was changed. Go on in the dossier "
            "to which it leads."
        )
    return client


def dossier_ids(client_id: int) -> Select[int]:
    """The client and all that were merged into it, near and far: their rows are one dossier."""
    own = select(Client.id).where(Client.id == client_id).cte("dossier", recursive=True)
    merged = select(Client.id).join(own, Client.merged_into_id == own.c.id)
    return select(own.union(merged).c.id)


def client_typed(session: Session, actor: Actor, typed: str) -> int | None:
    """The number of the client that somebody typed: its address, its number or its exact name.

    `None` when nothing was typed. Raises `Refusal` when none or more than one is called so.
    """
    typed = one_line(typed)
    if not typed:
        return None
    number = whole_number(typed.rpartition("/clients/")[2].partition("/")[0])
    means = Client.id == number if number else Client.name_folded == fold_title(typed)[:300]
    seen = (Client.audience.in_(actor.audiences), Client.merged_into_id.is_(None))
    found = session.scalars(select(Client.id).where(means, *seen).limit(2)).all()
    if len(found) == 1:
        return found[0]
    raise Refusal(
        "There is not just one client called %(name)s. Nothing was changed. Write its address "
        "instead: /clients/12.",
        name=typed[:100],
    )


def client_names_visible_to(session: Session, actor: Actor, limit: int = 300) -> list[str]:
    """The names of clients, to be offered while one types."""
    seen = (Client.audience.in_(actor.audiences), Client.merged_into_id.is_(None))
    wanted = select(Client.name).where(*seen).order_by(Client.name_folded).limit(limit)
    return list(session.scalars(wanted))


def name_visible_to(session: Session, actor: Actor, client_id: int | None) -> str:
    """The name of a client; nothing for none and for one that the person may not see."""
    seen = Client.audience.in_(actor.audiences)
    name = session.scalar(select(Client.name).where(Client.id == client_id, seen))
    return name or ""

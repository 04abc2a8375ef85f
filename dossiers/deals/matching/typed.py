"""What somebody typed instead of taking a suggestion: a client, a page, or the choice of a list."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.queries import client_names_visible_to, client_typed
from dossiers.deals.matching.kinds import Kind
from wiki.accounts.actor import Actor
from wiki.accounts.queries import active_people
from wiki.errors import Refusal
from wiki.pages.content import one_line
from wiki.pages.forms import whole_number
from wiki.pages.models import Page
from wiki.rendering.titles import fold_title

LONGEST = 250
_MOST_OFFERED = 300


def meant_by(session: Session, actor: Actor, kind: Kind, typed: str) -> int:
    """The number of the client, page or colleague. Raises `Refusal` when just none is meant."""
    typed = one_line(typed)[:LONGEST]
    if not typed:
        raise Refusal("Nothing was chosen. Nothing was changed. Choose one, then send it.")
    if kind is Kind.COMPANY:
        found = client_typed(session, actor, typed)
    elif kind is Kind.PRODUCT:
        found = _page(session, actor, typed)
    else:
        found = whole_number(typed)
    assert found is not None
    return found


def _page(session: Session, actor: Actor, typed: str) -> int:
    number = whole_number(typed.rpartition("/pages/")[2].partition("/")[0].partition("-")[0])
    means = Page.id == number if number else Page.title_folded == fold_title(typed)[:300]
    seen = Page.audience.in_(actor.audiences), Page.archived.is_(False), Page.room.is_(None)
    found = session.scalars(select(Page.id).where(means, *seen).limit(2)).all()
    if len(found) == 1:
        return found[0]
    raise Refusal(
        "There is not just one page called %(title)s. Nothing was changed. Write its address "
        "instead: /pages/12.",
        title=typed[:100],
    )


def offered_visible_to(session: Session, actor: Actor, kind: Kind) -> list[tuple[str, str]]:
    """What is offered while one types or chooses: the value, and how it is called."""
    if kind is Kind.SELLER:
        return [(str(ident), name) for ident, name in active_people(session)]
    if kind is Kind.COMPANY:
        return [(name, name) for name in client_names_visible_to(session, actor)]
    seen = Page.audience.in_(actor.audiences), Page.archived.is_(False), Page.room.is_(None)
    wanted = select(Page.title).where(*seen).order_by(Page.title_folded).limit(_MOST_OFFERED)
    return [(title, title) for title in session.scalars(wanted)]

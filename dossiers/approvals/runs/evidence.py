"""Who acted and what shows it: people, positions and files must belong to the dossier."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.clients.queries import dossier_ids
from dossiers.facts.asking import Moment, at
from dossiers.facts.models import NEVER
from dossiers.people.models import Employment, Person, PositionFact
from dossiers.people.reading.choices import number_in
from wiki.accounts.actor import Actor
from wiki.errors import Missing, Refusal
from wiki.files.queries import attachment_visible_to
from wiki.pages.content import one_line
from wiki.rendering.titles import fold_title


def check_acting(
    session: Session, client_id: int, position_id: int | None, person_id: int | None
) -> None:
    """Raise `Missing` for a position or a person that the dossier never had."""
    for table, column, ident in (
        (PositionFact, PositionFact.position_id, position_id),
        (Employment, Employment.person_id, person_id),
    ):
        here = exists().where(
            column == ident,
            table.client_id.in_(dossier_ids(client_id)),
            table.superseded_at == NEVER,
        )
        if ident is not None and not session.scalar(select(here)):
            raise Missing("Nobody of this number is in this dossier. Nothing was changed.")


def check_attachment(
    session: Session, actor: Actor, client: Client, attachment_id: int | None
) -> None:
    """Raise `Missing` for a file one may not see, `Refusal` for one of other readers."""
    if attachment_id is None:
        return
    if attachment_visible_to(session, actor, attachment_id).audience != client.audience:
        raise Refusal(
            "This file is not for the readers of this dossier. Nothing was changed. Send the file "
            "with the form instead."
        )


def position_of(
    session: Session,
    client_id: int,
    person_id: int | None,
    on: date,
    usual: Sequence[int | None],
) -> int | None:
    """The position that the person held on that day: one of the usual ones, else the main one."""
    if person_id is None:
        return None
    held = (
        select(Employment.position_id)
        .where(
            Employment.person_id == person_id,
            Employment.client_id.in_(dossier_ids(client_id)),
            Employment.position_id.is_not(None),
            at(Employment, Moment(on)),
        )
        .order_by(Employment.main.desc(), Employment.id)
    )
    found: Collection[int | None] = session.scalars(held).all()
    return next((one for one in found if one in usual), next(iter(found), None))


def person_typed(session: Session, client_id: int, typed: str) -> int | None:
    """The person of the dossier that somebody typed: the exact name, or a number; `None` for none.

    Raises `Refusal` when nobody is called so.
    """
    typed = one_line(typed)[:200]
    if not typed:
        return None
    works = select(Employment.person_id).where(
        Employment.client_id.in_(dossier_ids(client_id)), Employment.superseded_at == NEVER
    )
    here = select(Person.id).where(Person.id.in_(works), Person.merged_into_id.is_(None))
    folded, number = fold_title(typed)[:250], number_in(typed)
    named = session.scalars(here.where(Person.name_folded == folded).limit(2)).all()
    if len(named) == 1:
        return named[0]
    numbered = session.scalar(here.where(Person.id == number)) if number else None
    if numbered is None:
        raise Refusal(
            "There is not just one person called “%(typed)s” in this dossier. Nothing was changed. "
            "Choose one of the suggestions, or write the person down first.",
            typed=typed[:100],
        )
    return numbered

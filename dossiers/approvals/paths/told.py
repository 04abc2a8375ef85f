"""Whom somebody typed as the one who told: a person of the dossier, or only a name."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.queries import dossier_ids
from dossiers.facts.models import NEVER
from dossiers.people.models import Employment, Person
from dossiers.people.reading.choices import number_in
from wiki.pages.content import one_line
from wiki.rendering.titles import fold_title


def person_here(session: Session, client_id: int, typed: str) -> Person | None:
    """The person of the dossier of that number or of just that name; `None` for any other text."""
    works = select(Employment.person_id).where(
        Employment.client_id.in_(dossier_ids(client_id)), Employment.superseded_at == NEVER
    )
    here = select(Person).where(Person.id.in_(works), Person.merged_into_id.is_(None))
    number = number_in(typed)
    if number is not None:
        return session.scalar(here.where(Person.id == number))
    named = session.scalars(here.where(Person.name_folded == fold_title(one_line(typed)))).all()
    return named[0] if len(named) == 1 else None

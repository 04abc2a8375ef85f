"""What is known of a contact beside its text, as plain values: kept with a deed, put back by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dossiers.interactions.contacts.topics import TopicKey
from dossiers.interactions.kinds import InteractionKind, TopicKind
from dossiers.interactions.models import Interaction, OurPart, TheirPart, Topic


@dataclass(frozen=True, slots=True)
class Details:
    """How, when, who and about what; `next_on` is when one wants to speak again."""

    kind: InteractionKind
    happened_at: datetime
    ours: frozenset[int] = frozenset()
    theirs: frozenset[int] = frozenset()
    topics: frozenset[TopicKey] = frozenset()
    next_on: date | None = None


def details_of(session: Session, row: Interaction) -> Details:
    """The details of a contact, in three statements."""
    ours = select(OurPart.user_id).where(OurPart.interaction_id == row.id)
    theirs = select(TheirPart.person_id).where(TheirPart.interaction_id == row.id)
    topics = select(Topic.kind, Topic.ref).where(Topic.interaction_id == row.id)
    return Details(
        row.kind,
        row.happened_at,
        frozenset(session.scalars(ours)),
        frozenset(session.scalars(theirs)),
        frozenset((kind, ref) for kind, ref in session.execute(topics)),
        row.next_on,
    )


def put_details(session: Session, row: Interaction, details: Details) -> None:
    """Let the contact have these details and no others."""
    row.kind, row.happened_at = details.kind, details.happened_at
    row.next_on = details.next_on
    for table in (OurPart, TheirPart, Topic):
        session.execute(delete(table).where(table.interaction_id == row.id))
    session.add_all(OurPart(interaction_id=row.id, user_id=one) for one in sorted(details.ours))
    session.add_all(TheirPart(interaction_id=row.id, person_id=o) for o in sorted(details.theirs))
    session.add_all(
        Topic(interaction_id=row.id, kind=kind, ref=ref) for kind, ref in sorted(details.topics)
    )
    session.flush()


def as_plain(details: Details) -> dict[str, Any]:
    """The details as JSON keeps them."""
    return {
        "kind": details.kind.value,
        "at": details.happened_at.isoformat(),
        "ours": sorted(details.ours),
        "theirs": sorted(details.theirs),
        "topics": [[kind.value, ref] for kind, ref in sorted(details.topics)],
        "next": details.next_on.isoformat() if details.next_on else None,
    }


def from_plain(kept: Mapping[str, Any]) -> Details:
    """What `as_plain` kept."""
    return Details(
        InteractionKind(kept["kind"]),
        datetime.fromisoformat(kept["at"]),
        frozenset(kept["ours"]),
        frozenset(kept["theirs"]),
        frozenset((TopicKind(kind), ref) for kind, ref in kept["topics"]),
        date.fromisoformat(kept["next"]) if kept["next"] else None,
    )

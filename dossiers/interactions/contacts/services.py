"""Writing contacts: noting one, correcting it, taking it back, bringing it back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.deeds import begin_deed
from dossiers.clients.models import Client
from dossiers.clients.queries import dossier_ids, locked_client
from dossiers.facts.models import NEVER, Change
from dossiers.interactions.contacts.details import Details, as_plain, details_of, put_details
from dossiers.interactions.contacts.origin import (
    BY_HAND,
    Origin,
    contact_numbered,
    kept_number,
)
from dossiers.interactions.contacts.queries import interaction_in
from dossiers.interactions.contacts.rules import (
    check_happened,
    check_next,
    check_number,
    check_parts,
    check_says_something,
)
from dossiers.interactions.contacts.texts import Written
from dossiers.interactions.contacts.topics import check_topics
from dossiers.interactions.kinds import Door
from dossiers.interactions.models import Interaction, InteractionText, QuotedPage
from dossiers.people.models import Employment, Person
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.errors import Clash, Missing
from wiki.outbox import changed

NOTED = "note contact"
CORRECTED = "correct contact"
TAKEN_BACK = "take back contact"
BROUGHT_BACK = "bring back contact"
CONTACT = "contact"
_SENT_TWICE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Noted:
    """A contact that is written down; `is_new` is false when it had been before."""

    row: Interaction
    is_new: bool = True


def note_contact(
    session: Session,
    actor: Actor,
    client_id: int,
    details: Details,
    text: Written,
    origin: Origin = BY_HAND,
) -> Noted:
    """Write down that one spoke with a client. Without `ours` it was the actor, but in a file.

    The same words of the same moment sent twice within a minute are one contact, and so is the
    same number from the same door. Raises `Missing`, `Forbidden`, `Refusal`.
    """
    client = locked_client(session, actor, client_id)
    if origin.door is not Door.FILE:
        details = _with_ours(details, actor)
    check_number(origin.number)
    check_happened(details.happened_at, clock.now())
    known = _known(session, actor, client, details, text, origin)
    if known is not None:
        return Noted(known, False)
    _check(session, actor, client, details, text, None)
    words = {"kind": details.kind.value, "summary": text.summary}
    change = begin_deed(session, actor, client, NOTED, **words)
    row = _new_row(actor, client, change, details, text, origin)
    session.add(row)
    session.flush()
    add_text(session, row, change, text)
    put_details(session, row, details)
    changed(session, CONTACT, row.id)
    return Noted(row)


def correct_contact(
    session: Session,
    actor: Actor,
    client_id: int,
    interaction_id: int,
    details: Details,
    text: Written,
    base: int | None = None,
) -> Change | None:
    """Say better what was said, when or by whom; `None` when nothing differs.

    `base` is the version of the text from which the author began. Raises `Missing`, `Forbidden`,
    `Refusal`, and `Clash` when somebody saved a newer one meanwhile or the contact was taken back.
    """
    client = locked_client(session, actor, client_id)
    row = interaction_in(session, client.id, interaction_id)
    check_in_use(row)
    before, details = details_of(session, row), _with_ours(details, actor)
    body = newest_text(session, row).body
    if base is not None and base != row.newest and body != text.body:
        raise _overtaken()
    if details == before and body == text.body:
        return None
    _check(session, actor, client, details, text, before)
    words = {
        "ident": row.id,
        "summary": text.summary,
        "was": as_plain(before),
        "now": as_plain(details),
    }
    change = begin_deed(session, actor, client, CORRECTED, **words)
    if body != text.body:
        add_text(session, row, change, text)
    put_details(session, row, details)
    changed(session, CONTACT, row.id)
    return change


def take_back_contact(
    session: Session, actor: Actor, client_id: int, interaction_id: int
) -> Change:
    """Let a contact stand in no list any more; its text stays and it can be brought back.

    Raises `Missing`, `Forbidden`, and `Clash` when that was done before.
    """
    client = locked_client(session, actor, client_id)
    row = interaction_in(session, client.id, interaction_id)
    check_in_use(row)
    words = {"ident": row.id, "summary": row.summary}
    change = begin_deed(session, actor, client, TAKEN_BACK, **words)
    row.taken_back_in = change.id
    changed(session, CONTACT, row.id)
    return change


def bring_back_contact(
    session: Session, actor: Actor, client_id: int, interaction_id: int
) -> Change:
    """Let a contact that was taken back stand in the log again.

    Raises `Missing`, `Forbidden`, and `Clash` when it stands there already.
    """
    client = locked_client(session, actor, client_id)
    row = interaction_in(session, client.id, interaction_id)
    if row.taken_back_in is None:
        raise Clash("This contact stands in the log already. Nothing was changed.")
    words = {"ident": row.id, "summary": row.summary, "was": row.taken_back_in}
    change = begin_deed(session, actor, client, BROUGHT_BACK, **words)
    row.taken_back_in = None
    changed(session, CONTACT, row.id)
    return change


def add_text(session: Session, row: Interaction, change: Change, text: Written) -> None:
    """The next version of what was said, with the pages that it quotes."""
    number = session.get_one(Interaction, row.id).newest + 1
    session.add(
        InteractionText(
            interaction_id=row.id,
            number=number,
            body=text.body,
            html=text.html,
            saved_at=change.at,
            saved_by=change.actor_id,
            change_id=change.id,
        )
    )
    session.flush()
    session.add_all(
        QuotedPage(interaction_id=row.id, number=number, page_id=page, revision=revision)
        for page, revision in sorted(text.quotes.items())
    )
    row.newest, row.summary = number, text.summary
    session.flush()


def newest_text(session: Session, row: Interaction) -> InteractionText:
    """What was said, as it was last written."""
    return session.get_one(InteractionText, (row.id, row.newest))


def check_in_use(row: Interaction) -> None:
    """Raise `Clash` for a contact that was taken back."""
    if row.taken_back_in is not None:
        raise Clash("This contact was taken back. Nothing was changed. Bring it back first.")


def _with_ours(details: Details, actor: Actor) -> Details:
    if details.ours:
        return details
    return Details(
        details.kind,
        details.happened_at,
        frozenset({actor.id}),
        details.theirs,
        details.topics,
        details.next_on,
    )


def _known(
    session: Session,
    actor: Actor,
    client: Client,
    details: Details,
    text: Written,
    origin: Origin,
) -> Interaction | None:
    if origin.number is not None:
        return contact_numbered(session, client.id, origin)
    twin = (
        select(Interaction)
        .join(InteractionText, InteractionText.interaction_id == Interaction.id)
        .where(
            Interaction.client_id == client.id,
            Interaction.created_by == actor.id,
            Interaction.created_at > clock.now() - _SENT_TWICE,
            Interaction.happened_at == details.happened_at,
            Interaction.kind == details.kind,
            Interaction.taken_back_in.is_(None),
            InteractionText.number == Interaction.newest,
            InteractionText.body == text.body,
        )
    )
    found = session.scalars(twin.limit(5)).all()
    return next((one for one in found if details_of(session, one) == details), None)


def _new_row(
    actor: Actor, client: Client, change: Change, details: Details, text: Written, origin: Origin
) -> Interaction:
    return Interaction(
        client_id=client.id,
        kind=details.kind,
        happened_at=details.happened_at,
        summary=text.summary,
        newest=0,
        next_on=details.next_on,
        door=origin.door,
        external_id=kept_number(client.id, origin.number),
        created_at=change.at,
        created_by=actor.id,
        change_id=change.id,
    )


def _check(
    session: Session,
    actor: Actor,
    client: Client,
    details: Details,
    text: Written,
    before: Details | None,
) -> None:
    check_says_something(text.body, details.theirs)
    check_happened(details.happened_at, clock.now())
    check_next(details.next_on, details.happened_at.date())
    check_parts(details.ours, details.theirs, details.topics)
    known = before or Details(details.kind, details.happened_at)
    check_ours(session, details.ours - known.ours)
    check_theirs(session, client.id, details.theirs - known.theirs)
    check_topics(session, actor, client, details.topics - known.topics)


def check_ours(session: Session, user_ids: Collection[int]) -> None:
    """Raise `Missing` unless all of them have an account."""
    found = session.scalars(select(User.id).where(User.id.in_(user_ids))).all()
    if set(user_ids) - set(found):
        raise Missing("One of the colleagues is not known here. Nothing was saved.")


def check_theirs(session: Session, client_id: int, person_ids: Collection[int]) -> None:
    """Raise `Missing` unless all of them work or worked at the client."""
    wanted = (
        select(Employment.person_id)
        .join(Person, Person.id == Employment.person_id)
        .where(
            Employment.person_id.in_(person_ids),
            Employment.client_id.in_(dossier_ids(client_id)),
            Employment.superseded_at == NEVER,
        )
    )
    if set(person_ids) - set(session.scalars(wanted)):
        raise Missing("Nobody of this number is in this dossier. Nothing was saved.")


def _overtaken() -> Clash:
    return Clash(
        "Somebody has written a newer text of this contact meanwhile. Nothing of yours was saved, "
        "and what you typed is still here. Look at theirs, then save again."
    )

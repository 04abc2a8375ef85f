"""Taking deeds with contacts back, and doing them again, as any other deed of a dossier."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.paths.belonging import check_belongs
from dossiers.facts.models import Change
from dossiers.interactions.contacts import services as contacts
from dossiers.interactions.contacts.details import details_of, from_plain, put_details
from dossiers.interactions.contacts.rules import summary_of
from dossiers.interactions.contacts.texts import Written, quotes_of
from dossiers.interactions.models import Interaction, InteractionText
from dossiers.people.editing.aftermath import Aftermath, follow, is_in_force
from wiki.accounts.actor import Actor
from wiki.errors import Clash
from wiki.outbox import changed


def init() -> None:
    """Let every deed with a contact be taken back."""
    for action, aftermath in _AFTERMATHS.items():
        follow(action, aftermath)


def _noted(session: Session, _actor: Actor, first: Change, undo: Change) -> None:
    wanted = select(Interaction).where(Interaction.change_id == first.id)
    row = session.scalars(wanted).one()
    check_belongs(session, undo.client_id, row.client_id)
    row.taken_back_in = None if is_in_force(session, undo) else undo.id
    changed(session, contacts.CONTACT, row.id)


def _shelved(session: Session, _actor: Actor, first: Change, undo: Change) -> None:
    row = _row(session, first, undo)
    away = (first.action == contacts.TAKEN_BACK) is is_in_force(session, undo)
    row.taken_back_in = undo.id if away else None
    changed(session, contacts.CONTACT, row.id)


def _corrected(session: Session, _actor: Actor, first: Change, undo: Change) -> None:
    """Details that were corrected once more since are a clash; the text before is a new version."""
    row = _row(session, first, undo)
    before, after = (from_plain(first.words[name]) for name in ("was", "now"))
    again = is_in_force(session, undo)
    was, now = (before, after) if again else (after, before)
    if details_of(session, row) != was:
        raise _changed_since()
    put_details(session, row, now)
    _text_before(session, first, undo, row, again)
    changed(session, contacts.CONTACT, row.id)


def _text_before(
    session: Session, first: Change, undo: Change, row: Interaction, again: bool
) -> None:
    made = session.scalar(
        select(InteractionText).where(
            InteractionText.interaction_id == row.id, InteractionText.change_id == first.id
        )
    )
    if made is None:
        return
    last = contacts.newest_text(session, row)
    if last.change_id not in (first.id, undo.undoes_id):
        raise _changed_since()
    number = made.number if again else made.number - 1
    old = session.get_one(InteractionText, (row.id, number))
    text = Written(old.body, old.html, summary_of(old.body), quotes_of(session, row.id, number))
    contacts.add_text(session, row, undo, text)


def _row(session: Session, first: Change, undo: Change) -> Interaction:
    row = session.get_one(Interaction, first.words["ident"])
    check_belongs(session, undo.client_id, row.client_id)
    return row


def _changed_since() -> Clash:
    return Clash(
        "This contact was corrected once more since. Nothing was changed. Correct it as it should "
        "be; every earlier text can be read."
    )


_AFTERMATHS: Mapping[str, Aftermath] = {
    contacts.NOTED: _noted,
    contacts.CORRECTED: _corrected,
    contacts.TAKEN_BACK: _shelved,
    contacts.BROUGHT_BACK: _shelved,
}

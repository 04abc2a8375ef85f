"""What every deed in a dossier leaves behind: a change, a line of history, work for the search."""

from datetime import timedelta

from sqlalchemy import Select, exists, select, update
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.facts.models import Change
from dossiers.facts.writing import begin_change
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.history.models import HistoryEntry
from wiki.history.services import record
from wiki.outbox import changed

_ONE_LOOK = timedelta(minutes=10)


def begin_deed(
    session: Session, actor: Actor, client: Client, action: str, **words: object
) -> Change:
    """Begin a change of the dossier of a locked client, and write it into the history.

    `action` is a verb with its thing, such as "move position"; `words` are the names that the
    list of changes shows.
    """
    change = begin_change(session, actor.id, client.id, action, **words)
    tell_change(session, actor, client, change)
    return change


def tell_change(session: Session, actor: Actor, client: Client, change: Change) -> None:
    """Let history, search and those who look at the dossier know of a change."""
    client.stamp += 1
    client.changed_at = clock.now()
    record(session, actor, change.action, "client", client.id, None, {"change": change.id})
    changed(session, "client", client.id)


def redraw(session: Session, clients: Select[int]) -> None:
    """Let those who look at these clients know that something they are shown has changed.

    For deeds in another dossier, whose own client is told of by `tell_change`.
    """
    session.execute(
        update(Client)
        .where(Client.id.in_(clients))
        .values(stamp=Client.stamp + 1)
        .execution_options(synchronize_session="fetch")
    )


def note_look(session: Session, actor: Actor, client_id: int, what: str) -> None:
    """Write into the history that somebody looked at a part of a dossier: "view chart"."""
    record(session, actor, f"view {what}", "client", client_id)


def note_redraw(session: Session, actor: Actor, client_id: int, what: str) -> None:
    """The same, unless the person has looked at it within the last minutes.

    For what an open page asks again and again: it is one look, and the list stays readable.
    """
    looked = exists().where(
        HistoryEntry.at > clock.now() - _ONE_LOOK,
        HistoryEntry.actor_id == actor.id,
        HistoryEntry.action == f"view {what}",
        HistoryEntry.subject_kind == "client",
        HistoryEntry.subject_id == client_id,
    )
    if not session.scalar(select(looked)):
        note_look(session, actor, client_id, what)


def note_export(session: Session, actor: Actor, client_id: int, what: str) -> None:
    """Write into the history that somebody took a part of a dossier out: "export chart.pdf"."""
    record(session, actor, f"export {what}", "client", client_id)

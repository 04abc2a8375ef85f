"""Large imports that were looked at in the browser, written by the worker."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from dossiers.clients.deed_words import know_deeds
from dossiers.people.models import PeopleImport
from dossiers.people.transfer.loading import IMPORT
from dossiers.people.transfer.services import SENT, WAITING, check_open, write_import
from dossiers.people.transfer.vocabulary import known_words
from dossiers.people.transfer.wording import DEEDS
from wiki.accounts.actor import Actor
from wiki.accounts.loading import actor_of
from wiki.errors import Missing, Refusal
from wiki.jobs import Job, JobBoard, Work, enqueue

#: Files with more rows are written by the worker.
MANY = 2_000


def init_app(app: Flask, board: JobBoard) -> None:
    """Let the worker write imports, and the list of changes tell of them."""
    know_deeds(DEEDS)
    board.register(IMPORT, lambda work: _write(app, work))


def hand_over(session: Session, actor: Actor, sent: PeopleImport, base: int) -> Job:
    """Let the worker write the import. Raises `Clash` when that was done before."""
    check_open(sent)
    sent.state = WAITING
    job = enqueue(session, actor.id, IMPORT, {"import": sent.id, "base": base})
    sent.report = {**(sent.report or {}), "job": job.id}
    return job


def _write(app: Flask, work: Work) -> Mapping[str, Any]:
    import_id, base = int(work.arguments["import"]), work.arguments["base"]
    try:
        with app.app_context():
            words = known_words()
        with work.database.transaction() as session:
            sent = _waiting(session, import_id)
            change = write_import(session, _person(session, work), sent, base, words)
            return {"change": change.id if change else None}
    except Exception:
        # Nothing of it was written, so it can be looked at and written anew.
        with work.database.transaction() as session:
            _waiting(session, import_id).state = SENT
        raise


def _waiting(session: Session, import_id: int) -> PeopleImport:
    found = session.get(PeopleImport, import_id)
    if found is None:
        raise Missing()
    return found


def _person(session: Session, work: Work) -> Actor:
    actor = actor_of(session, work.created_by)
    if actor is None:
        raise Refusal("Your account is no longer active. Nothing was changed.")
    return actor

"""Large files of deals, written by the worker."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from dossiers.deals.files.loading import load_of, write_load
from dossiers.deals.files.services import plan_of
from dossiers.deals.kinds import LoadState
from dossiers.deals.models import DealLoad
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.loading import actor_of
from wiki.accounts.rules import Permission, require
from wiki.errors import Refusal
from wiki.jobs import Job, JobBoard, Work, enqueue

WRITE = "write file of deals"


def init_app(_app: Flask, board: JobBoard) -> None:
    """Let the worker write files of deals."""
    board.register(WRITE, _write)


def hand_over(session: Session, actor: Actor, load: DealLoad) -> Job:
    """Let the worker write a load that was started."""
    job = enqueue(session, actor.id, WRITE, {"load": load.id})
    load.report = {**load.report, "job": job.id}
    return job


def _write(work: Work) -> Mapping[str, Any]:
    load_id = int(work.arguments["load"])
    try:
        with work.database.reading() as session:
            actor = _person(session, work)
            if load_of(session, load_id).state is LoadState.DONE:
                return {"load": load_id}
            plan = plan_of(load_of(session, load_id), actor.time_zone)
        write_load(work.database, actor, load_id, plan, work.progress)
    except Exception:
        # What was written stays; sent again, the file goes on where this ended.
        with work.database.transaction() as session:
            load = load_of(session, load_id)
            load.state, load.ended_at = LoadState.FAILED, clock.now()
        raise
    return {"load": load_id}


def _person(session: Session, work: Work) -> Actor:
    actor = actor_of(session, work.created_by)
    if actor is None:
        raise Refusal("Your account is no longer active. Nothing was changed.")
    require(actor, Permission.EDIT_DOSSIERS)
    return actor

"""Long lists, written by the worker."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from wiki.accounts.loading import actor_of
from wiki.errors import Missing, Refusal
from wiki.jobs import JobBoard, Work
from wiki.lists.models import ListLoad
from wiki.lists.services import DONE, SENT, WRITE, chosen_of, sheet_of
from wiki.lists.sorts import sort_called
from wiki.lists.writing import Order, write_list
from wiki.locale import force_locale
from wiki.pages.saving import Desk

#: Lists with more rows are written by the worker.
MANY = 100


def init_app(app: Flask, board: JobBoard) -> None:
    """Let the worker write lists."""
    board.register(WRITE, lambda work: _write(app, work))


def _write(app: Flask, work: Work) -> Mapping[str, Any]:
    load_id = int(work.arguments["load"])
    desk = Desk(work.database, app.extensions["render_pool"])
    try:
        with app.app_context():
            order = _order(work, load_id)
            if order is not None:
                with force_locale(order.actor.language):
                    write_list(desk, order, load_id, work.progress)
    except Exception:
        # What was written stays; written again, the list goes on where this ended.
        with work.database.transaction() as session:
            load = session.get(ListLoad, load_id)
            if load is not None:
                load.state = SENT
        raise
    return {"load": load_id}


def _order(work: Work, load_id: int) -> Order | None:
    """What is to be done; `None` when it was done before."""
    with work.database.reading() as session:
        load, actor = session.get(ListLoad, load_id), actor_of(session, work.created_by)
        if load is None:
            raise Missing()
        if actor is None:
            raise Refusal("Your account is no longer active. Nothing was changed.")
        if load.state == DONE:
            return None
        sort, sheet = sort_called(load.sort), sheet_of(load)
        return Order(sort, actor, sheet, chosen_of(session, actor, sort, load, sheet))

"""The browser's door to progress: one's own, a learner's, and the table of people."""

from collections.abc import Iterator, Sequence
from datetime import date

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from products.onboarding.paths.beginning import Offer, offers_to
from products.onboarding.paths.queries import path_lines
from products.onboarding.progress import api
from products.onboarding.progress.asking import Wanted, wanted_in
from products.onboarding.progress.drawing import Drawer, bar, kind_of, said_of
from products.onboarding.progress.file import overview_csv, path_csv
from products.onboarding.progress.kept import kept_readings
from products.onboarding.progress.matrix import (
    PathTable,
    overview_visible_to,
    path_table_visible_to,
)
from products.onboarding.progress.matrix_rules import together
from products.onboarding.progress.panel import WORDS
from products.onboarding.progress.queries import Learning, learning_of, learning_visible_to
from products.onboarding.progress.sight import sees_everybody, sees_others
from products.onboarding.progress.wording import CELL_NAMES, SIGNS
from wiki import clock
from wiki.accounts.access import actor, needs
from wiki.accounts.queries import open_teams
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.history.services import record
from wiki.pages.forms import number_in_address
from wiki.paging import Pager

__all__ = ["api", "progress"]

progress = Blueprint("progress", __name__)

MOST_COLUMNS = 30
MOST_BESIDES = 100


def _today() -> date:
    return clock.today(actor().time_zone)


@progress.get("/learning")
@needs(Permission.READ)
def mine() -> str:
    """What the reader learns: what is next, and each path; `?path=` shows all of one."""
    learning = learning_of(reading(), actor(), _today())
    offers = offers_to(reading(), actor())
    others = sees_others(reading(), actor())
    return _learning_page(learning, is_mine=True, sees_others=others, offers=offers)


@progress.get("/learning/people/<int:user_id>")
@needs(Permission.READ)
def of_person(user_id: int) -> str:
    """How far a learner is, for their mentor and for directors."""
    learning = learning_visible_to(reading(), actor(), user_id, _today())
    return _learning_page(learning, is_mine=user_id == actor().id, sees_others=True)


def _learning_page(
    learning: Learning, *, is_mine: bool, sees_others: bool, offers: Sequence[Offer] = ()
) -> str:
    return render_template(
        "products/onboarding/progress/learning.html",
        learning=learning,
        offers=offers,
        is_mine=is_mine,
        sees_others=sees_others,
        sees_paths=sees_everybody(actor()),
        asked=request.args.get("path", None, number_in_address),
        today=_today(),
        most_besides=MOST_BESIDES,
        **WORDS,
    )


@progress.get("/learning/matrix")
@needs(Permission.READ)
def matrix() -> str:
    """How far everybody is: on all paths, or page by page on one."""
    wanted = wanted_in(request.args)
    if wanted.path_id is not None:
        return _path_page(wanted, wanted.path_id)
    found = overview_visible_to(reading(), actor(), kept_readings(), wanted.asked, _today())
    walked = [one for one in found.filled if one.learners]
    idents = [one.path.id for one in walked]
    return render_template(
        "products/onboarding/progress/matrix.html",
        overview=found,
        walked=walked,
        shares_of=lambda line: map(line.shares.get, idents),
        nobody_read=len(found.nobody_read),
        **_around(wanted),
    )


def _path_page(wanted: Wanted, path_id: int) -> str:
    table = path_table_visible_to(
        reading(), actor(), kept_readings(), wanted.asked, _today(), path_id
    )
    places = _places(table, wanted)
    pager = Pager.of(wanted.number, len(places), MOST_COLUMNS)
    first = (pager.number - 1) * MOST_COLUMNS
    shown = places[first : first + MOST_COLUMNS]
    return render_template(
        "products/onboarding/progress/path_matrix.html",
        table=table,
        places=shown,
        picked=lambda cells: bytes(cells[place] for place in shown),
        paths=path_lines(reading()),
        first=first,
        count=len(places),
        pager=pager,
        together=together,
        **_around(wanted),
    )


def _places(table: PathTable, wanted: Wanted) -> list[int]:
    """The places of the columns in the wanted order."""
    places = list(range(len(table.filled.columns)))
    if not wanted.least_first:
        return places
    return sorted(places, key=lambda place: table.shares[place].read + table.shares[place].changed)


def _around(wanted: Wanted) -> dict[str, object]:
    return {
        "wanted": wanted,
        "teams": open_teams(reading()),
        "drawer": Drawer(),
        "bar": bar,
        "kind_of": kind_of,
        "said_of": said_of,
        "legend": [(cell.name.lower(), SIGNS[cell], name) for cell, name in CELL_NAMES.items()],
        "sees_paths": sees_everybody(actor()),
    }


@progress.get("/learning/matrix.csv")
@needs(Permission.READ)
def matrix_file() -> ResponseReturnValue:
    """The same as a CSV file; the history tells that it was taken out."""
    lines = "".join(_lines(wanted_in(request.args)))
    with transaction() as session:
        record(session, actor(), "export learning", "learning", 0)
    answer = Response(lines, mimetype="text/csv")
    answer.headers["Content-Disposition"] = f"attachment; filename={_today()}-progress.csv"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _lines(wanted: Wanted) -> Iterator[str]:
    asked = reading(), actor(), kept_readings(), wanted.asked, _today()
    if wanted.path_id is not None:
        return path_csv(path_table_visible_to(*asked, wanted.path_id))
    return overview_csv(overview_visible_to(*asked))

"""The programs' door to progress: one's own, a learner's, and everybody's."""

from datetime import date

from flask import jsonify
from pydantic import BaseModel
from spectree import Response

from products.onboarding.kinds import ItemKind
from products.onboarding.paths.beginning import offers_to
from products.onboarding.progress.kept import kept_readings
from products.onboarding.progress.matrix import (
    Asked,
    Overview,
    PathTable,
    overview_visible_to,
    path_table_visible_to,
)
from products.onboarding.progress.matrix_rules import Cell
from products.onboarding.progress.queries import (
    Learning,
    Way,
    learning_of,
    learning_visible_to,
)
from products.onboarding.progress.rules import Share, State, Step
from wiki import clock
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import reading

_TAGS = ("learning",)


class ShareOut(BaseModel):
    """How much is done; `seconds` is what reading the rest takes, where it is known."""

    total: int
    read: int
    changed: int
    late: int
    seconds: int
    percent: int


class StepOut(BaseModel):
    """A place of a path; `title` is that of the page, or of one that is to be written."""

    code: str
    kind: ItemKind
    page_id: int | None
    title: str
    state: State
    due_on: date | None
    late: bool
    waits_for: list[str]
    seconds: int


class WayOut(BaseModel):
    """A path as somebody walks it."""

    path_id: int
    title: str
    began_on: date
    mentor: str | None
    share: ShareOut
    next: str | None
    steps: list[StepOut]


class LearningOut(BaseModel):
    """All paths of somebody; `besides` are read pages that stand in none of them."""

    name: str
    paths: list[WayOut]
    besides: list[int]


class OfferOut(BaseModel):
    """A path that one may begin; `pages` are those that one can read now."""

    path_id: int
    title: str
    purpose: str
    pages: int
    seconds: int


class MyLearningOut(LearningOut):
    """All of one's own paths, and those meant for one's role or team that one may begin."""

    offered: list[OfferOut]


class LearnerOut(BaseModel):
    """How far somebody is in all, and on each path by its number."""

    user_id: int
    name: str
    share: ShareOut
    paths: dict[int, ShareOut]


class LearnersOut(BaseModel):
    """Learners, who is most behind first."""

    people: list[LearnerOut]


class ColumnOut(BaseModel):
    """A page of a path, or its questions, and how many have read it."""

    page_id: int
    title: str
    questions: bool
    due_day: int | None
    read: int


class RowOut(BaseModel):
    """A learner and how they stand to each column: read, changed, late, unread, none."""

    user_id: int
    name: str
    share: ShareOut
    pages: list[str]


class PathTableOut(BaseModel):
    """People and the pages of one path."""

    path_id: int
    title: str
    columns: list[ColumnOut]
    people: list[RowOut]


class LearnersIn(BaseModel):
    """Which people: of one team; `left` adds those who left or have ended."""

    team: int | None = None
    left: bool = False


@api.get("/learning")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=MyLearningOut), tags=_TAGS)
def get_my_learning() -> Answer:
    """What one learns oneself: each path with its places, what is next, and what one may begin."""
    learning = _learning(learning_of(reading(), actor(), _today()))
    offered = [one._asdict() for one in offers_to(reading(), actor())]
    return jsonify({**learning, "offered": offered})


@api.get("/learning/people/<int:user_id>")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=LearningOut, HTTP_404=Failure), tags=_TAGS)
def get_learning(user_id: int) -> Answer:
    """What a learner learns, for their mentor and for directors."""
    return jsonify(_learning(learning_visible_to(reading(), actor(), user_id, _today())))


@api.get("/learning/matrix")
@needs(Permission.READ)
@spec.validate(query=LearnersIn, resp=Response(HTTP_200=LearnersOut), tags=_TAGS)
def get_learners(query: LearnersIn) -> Answer:
    """How far everybody is on all paths; a mentor sees their own learners."""
    asked = Asked(query.team, query.left)
    found = overview_visible_to(reading(), actor(), kept_readings(), asked, _today())
    return jsonify(_people(found))


@api.get("/learning/matrix/<int:path_id>")
@needs(Permission.READ)
@spec.validate(query=LearnersIn, resp=Response(HTTP_200=PathTableOut, HTTP_404=Failure), tags=_TAGS)
def get_path_table(path_id: int, query: LearnersIn) -> Answer:
    """How far everybody is on one path, page by page."""
    asked = Asked(query.team, query.left)
    kept = kept_readings()
    return jsonify(
        _table(path_table_visible_to(reading(), actor(), kept, asked, _today(), path_id))
    )


def _today() -> date:
    return clock.today(actor().time_zone)


def _share(share: Share) -> dict[str, int]:
    return {**share._asdict(), "percent": share.percent}


def _learning(learning: Learning) -> dict[str, object]:
    return {
        "name": learning.name,
        "paths": [_way(way, learning) for way in learning.ways],
        "besides": [page.id for page in learning.besides],
    }


def _way(way: Way, learning: Learning) -> dict[str, object]:
    following = way.next
    return {
        "path_id": way.path.id,
        "title": way.path.title,
        "began_on": way.enrolled.began_on.isoformat(),
        "mentor": way.enrolled.mentor or None,
        "share": _share(way.share),
        "next": following.item.code if following else None,
        "steps": [_step(step, learning) for step in way.steps],
    }


def _step(step: Step, learning: Learning) -> dict[str, object]:
    page = learning.pages.get(step.item.page_id or 0)
    return {
        "code": step.item.code,
        "kind": step.item.kind,
        "page_id": page.id if page else None,
        "title": page.title if page else step.item.title,
        "state": step.state,
        "due_on": step.due_on.isoformat() if step.due_on else None,
        "late": step.is_late,
        "waits_for": [item.code for item in step.waits_for],
        "seconds": step.seconds,
    }


def _people(overview: Overview) -> dict[str, object]:
    people = [
        {
            "user_id": line.learner.user_id,
            "name": line.learner.name,
            "share": _share(line.total),
            "paths": {ident: _share(share) for ident, share in line.shares.items()},
        }
        for line in overview.people
    ]
    return {"people": people}


def _table(table: PathTable) -> dict[str, object]:
    columns = zip(table.filled.columns, table.shares, strict=True)
    return {
        "path_id": table.filled.path.id,
        "title": table.filled.path.title,
        "columns": [
            {
                "page_id": column.page_id,
                "title": table.pages[column.page_id].title,
                "questions": column.asks,
                "due_day": column.due_day,
                "read": share.read,
            }
            for column, share in columns
        ],
        "people": [
            {
                "user_id": learner.user_id,
                "name": learner.name,
                "share": _share(share),
                "pages": [Cell(cell).name.lower() for cell in cells],
            }
            for learner, share, cells in table.rows
        ],
    }

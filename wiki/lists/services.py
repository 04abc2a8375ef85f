"""Lists on their way: sent, their columns named, looked at, handed over to be written."""

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.rules import require
from wiki.errors import Clash, Missing
from wiki.history.services import record
from wiki.jobs import Job, enqueue
from wiki.lists.choosing import as_json, checked, from_json, guess
from wiki.lists.mappings import remember_mapping
from wiki.lists.models import ListLoad
from wiki.lists.plans import Chosen
from wiki.lists.sheets import Sheet, read_sheet
from wiki.lists.sorts import Sort
from wiki.pages.content import one_line

SENT, WAITING, DONE = "sent", "waiting", "done"
WRITE = "write list"
_LONGEST_FILE_NAME = 250
_MOST_LISTED = 20


def send_list(
    session: Session, actor: Actor, sort: Sort, name: str, content: bytes, encoding: str = ""
) -> ListLoad:
    """Keep a list; nothing of it is written yet. Raises `Refusal`, `Forbidden`."""
    require(actor, sort.permission)
    sheet = read_sheet(content, encoding)
    load = new_load(actor, sort, name or sheet.form, encoding, guess(session, actor, sort, sheet))
    load.content = content
    session.add(load)
    session.flush()
    return load


def new_load(actor: Actor, sort: Sort, name: str, encoding: str, chosen: Chosen) -> ListLoad:
    """A load that is not in the database yet."""
    return ListLoad(
        sort=sort.code,
        created_by=actor.id,
        created_at=clock.now(),
        file_name=one_line(name)[:_LONGEST_FILE_NAME],
        content=None,
        encoding=encoding,
        choice=as_json(chosen),
        state=SENT,
        report={},
        refused="",
    )


def load_visible_to(session: Session, actor: Actor, sort: Sort, load_id: int) -> ListLoad:
    """A list of this sort that this person has sent. Raises `Missing` for all others."""
    wanted = select(ListLoad).where(
        ListLoad.id == load_id, ListLoad.sort == sort.code, ListLoad.created_by == actor.id
    )
    found = session.scalar(wanted.execution_options(populate_existing=True))
    if found is None:
        raise Missing()
    return found


def loads_visible_to(session: Session, actor: Actor, sort: Sort) -> list[ListLoad]:
    """The latest lists of this sort that this person has sent."""
    own = (ListLoad.sort == sort.code, ListLoad.created_by == actor.id)
    wanted = select(ListLoad).where(*own).order_by(ListLoad.id.desc()).limit(_MOST_LISTED)
    # Those that were not written still hold their files, up to 25 megabytes each.
    return list(session.scalars(wanted.options(defer(ListLoad.content), defer(ListLoad.refused))))


def sheet_of(load: ListLoad) -> Sheet:
    """The sheet that was sent."""
    return read_sheet(load.content or b"", load.encoding)


def read_again(load: ListLoad, encoding: str) -> Sheet:
    """Take another encoding for a list. Raises `Refusal` when it cannot be read in it."""
    check_open(load)
    sheet = read_sheet(load.content or b"", encoding)
    load.encoding = encoding
    return sheet


def choose(
    session: Session,
    actor: Actor,
    sort: Sort,
    load: ListLoad,
    sheet: Sheet,
    chosen: Chosen,
    remember_as: str = "",
) -> None:
    """Keep what was chosen. Raises `Refusal` for columns and settings that cannot be."""
    check_open(load)
    load.choice = as_json(checked(session, actor, sort, sheet, chosen))
    if remember_as:
        remember_mapping(session, actor, sort.code, remember_as, load.choice)


def chosen_of(session: Session, actor: Actor, sort: Sort, load: ListLoad, sheet: Sheet) -> Chosen:
    """What was chosen for a load, checked. Raises `Refusal` when it is not enough."""
    return checked(session, actor, sort, sheet, from_json(load.choice))


def start(session: Session, actor: Actor, load: ListLoad) -> None:
    """Let the list be written. Raises `Clash` when that was done before."""
    check_open(load)
    load.state = WAITING
    session.add(load)
    session.flush()
    told = {"file": load.file_name, "sort": load.sort}
    record(session, actor, "import list", "list", load.id, after=told)


def hand_over(session: Session, actor: Actor, load: ListLoad) -> Job:
    """Let the worker write a list that was started."""
    job = enqueue(session, actor.id, WRITE, {"load": load.id})
    load.report = {**load.report, "job": job.id}
    return job


def job_of(session: Session, load: ListLoad) -> Job | None:
    """The worker's job for the list, when there is one."""
    ident = load.report.get("job")
    return session.get(Job, ident) if ident else None


def discard(session: Session, load: ListLoad) -> None:
    """Forget a list of which nothing was written. Raises `Clash`."""
    check_open(load)
    session.delete(load)


def check_open(load: ListLoad) -> None:
    """Raise `Clash` for a list that is being written or was written."""
    if load.state != SENT:
        raise Clash(
            "This import has been written already or is being written. Nothing more was changed. "
            "Send the file again to import it once more."
        )

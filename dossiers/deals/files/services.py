"""Files on their way: sent, their columns named, looked at, written."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from dossiers.clients.mappings import remember_mapping, saved_mappings
from dossiers.clients.models import ImportMapping
from dossiers.deals.files.fields import guess_fields
from dossiers.deals.files.loading import Plan
from dossiers.deals.files.opened import OpenedFile
from dossiers.deals.files.reading import Chosen, check_chosen
from dossiers.deals.files.settings import settings_from
from dossiers.deals.files.sources import checked_name, open_source, source_named
from dossiers.deals.kinds import LoadState
from dossiers.deals.models import DealLoad
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, require
from wiki.errors import Clash
from wiki.history.services import record
from wiki.pages.content import one_line

TARGET = "deals"
_LONGEST_FILE_NAME = 250
#: Rows that are looked at before a file is written.
LOOKED_AT = 5_000


def send_file(
    session: Session, actor: Actor, name: str, content: bytes, encoding: str = ""
) -> DealLoad:
    """Keep a file of deals; nothing of it is written yet. Raises `Refusal`, `Forbidden`."""
    require(actor, Permission.EDIT_DOSSIERS)
    opened = OpenedFile(content, encoding)
    chosen, remembered = guess(session, opened)
    load = new_load(actor, name or opened.form, chosen, encoding)
    load.content, load.state = content, LoadState.SENT
    load.columns = {**load.columns, "source": remembered}
    session.add(load)
    session.flush()
    record(session, actor, "send file of deals", "deal load", load.id, after={"file": name[:250]})
    return load


def new_load(actor: Actor, name: str, chosen: Chosen, encoding: str = "") -> DealLoad:
    """A load that is not in the database yet."""
    return DealLoad(
        target=TARGET,
        created_by=actor.id,
        created_at=clock.now(),
        file_name=one_line(name)[:_LONGEST_FILE_NAME],
        encoding=encoding,
        columns=plain_choice(chosen),
        state=LoadState.WAITING,
        place=0,
        report={},
    )


def plain_choice(chosen: Chosen) -> dict[str, Any]:
    """Columns and settings as loads and remembered mappings keep them."""
    return {"columns": dict(chosen.columns), "settings": chosen.settings.plain()}


def choice_from(kept: Mapping[str, Any]) -> Chosen:
    """Columns and settings as they were kept. Raises `Refusal` for what cannot be."""
    return Chosen(dict(kept.get("columns") or {}), settings_from(kept.get("settings") or {}))


def guess(session: Session, opened: OpenedFile) -> tuple[Chosen, str]:
    """What a file most likely means, and to which source it belongs.

    A remembered mapping is taken when all of its columns are there.
    """
    for saved in saved_mappings(session, TARGET):
        if _fits(saved, opened):
            return choice_from(saved.columns), str(saved.columns.get("source", ""))
    return Chosen(guess_fields(opened.headings)), ""


def _fits(saved: ImportMapping, opened: OpenedFile) -> bool:
    columns = saved.columns.get("columns") or {}
    key = (saved.columns.get("settings") or {}).get("key") or ()
    return bool(columns) and {*columns.values(), *key} <= set(opened.headings)


def read_again(load: DealLoad, encoding: str) -> OpenedFile:
    """Take another encoding for a file. Raises `Refusal` when it cannot be read in it."""
    check_open(load)
    opened = OpenedFile(load.content or b"", encoding)
    load.encoding = encoding
    return opened


def choose(
    session: Session,
    actor: Actor,
    load: DealLoad,
    opened: OpenedFile,
    chosen: Chosen,
    source: str,
    remember_as: str = "",
) -> None:
    """Keep what was chosen for a file. Raises `Refusal` for columns and sources that cannot be."""
    check_open(load)
    chosen = check_chosen(chosen, opened.headings)
    source_named(session, source)
    load.columns = {**plain_choice(chosen), "source": checked_name(source)}
    if remember_as:
        remember_mapping(session, actor, TARGET, remember_as, load.columns)


def plan_of(load: DealLoad, zone: str, most: int | None = None) -> Plan:
    """How the load's file is read now. Raises `Refusal`, also when columns are not chosen yet."""
    opened = OpenedFile(load.content or b"", load.encoding)
    chosen = check_chosen(choice_from(load.columns), opened.headings)
    return Plan(opened, chosen, zone, most)


def start_load(session: Session, actor: Actor, load: DealLoad, source: str) -> None:
    """Give the load its source, made when it is new, and let it be written.

    Raises `Refusal`, `Forbidden`, and `Clash` when that was done before.
    """
    require(actor, Permission.EDIT_DOSSIERS)
    load.source_id = open_source(session, actor, source).id
    load.state = LoadState.WAITING
    session.add(load)
    session.flush()
    told = {"file": load.file_name, "source": source}
    record(session, actor, "import deals", "deal load", load.id, after=told)


def go_on(session: Session, actor: Actor, load: DealLoad) -> None:
    """Let a load that broke off be written from where it ended. Raises `Clash`, `Forbidden`."""
    require(actor, Permission.EDIT_DOSSIERS)
    if load.state is not LoadState.FAILED or load.content is None:
        raise Clash("This import has not broken off. Nothing more was changed.")
    load.state, load.ended_at = LoadState.WAITING, None
    record(session, actor, "go on importing deals", "deal load", load.id)


def check_open(load: DealLoad) -> None:
    """Raise `Clash` for a file that is being written, was written or was forgotten."""
    if load.state is not LoadState.SENT:
        raise Clash(
            "This import has been written already or is being written. Nothing more was changed. "
            "Send the file again to import it once more."
        )


def discard(session: Session, actor: Actor, load: DealLoad) -> None:
    """Forget a file of which nothing was written. Raises `Clash`."""
    check_open(load)
    load.state, load.content, load.ended_at = LoadState.DROPPED, None, clock.now()
    record(session, actor, "forget file of deals", "deal load", load.id)

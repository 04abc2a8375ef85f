"""Imports on their way: a file is sent, its columns are named, it is looked at, it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import ImportMapping
from dossiers.clients.queries import client_visible_to, locked_client
from dossiers.clients.rules import check_may_edit
from dossiers.facts.models import Change, Source
from dossiers.facts.writing import Evidence
from dossiers.people.editing.pen import open_dossier
from dossiers.people.models import PeopleImport
from dossiers.people.rules import check_day
from dossiers.people.transfer import fields
from dossiers.people.transfer.absent import Absent
from dossiers.people.transfer.applying import apply_plan
from dossiers.people.transfer.exporting import refused_csv
from dossiers.people.transfer.fields import Field
from dossiers.people.transfer.loading import absent_before, ground_of
from dossiers.people.transfer.mapping import checked_mapping, guess_mapping
from dossiers.people.transfer.planning import Plan, Wanted, make_plan
from dossiers.people.transfer.reading import read_table
from dossiers.people.transfer.report import report_of
from dossiers.people.transfer.vocabulary import Vocabulary
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.errors import Clash, Refusal
from wiki.pages.content import one_line
from wiki.tables.tables import Table

TARGET = "people"
LONGEST_MAPPING_NAME = 100
_LONGEST_FILE_NAME = 250

SENT, WAITING, DONE = "sent", "waiting", "done"


def send_file(
    session: Session, actor: Actor, client_id: int, name: str, data: bytes, encoding: str = ""
) -> PeopleImport:
    """Keep a file for the client's people; nothing of it is written yet.

    Raises `Missing`, `Forbidden`, and `Refusal` when the file cannot be read as a whole.
    """
    client = locked_client(session, actor, client_id)
    table = read_table(data, encoding)
    mapping = guess_mapping(table, mappings_of(session))
    found = PeopleImport(
        client_id=client.id,
        created_by=actor.id,
        created_at=clock.now(),
        file_name=one_line(name)[:_LONGEST_FILE_NAME] or table.form,
        kind=table.form,
        content=data,
        encoding=encoding,
        columns=_plain(mapping),
        as_of=clock.today(actor.time_zone),
        state=SENT,
    )
    session.add(found)
    session.flush()
    return found


def _plain(mapping: fields.Mapping) -> dict[str, Any]:
    return {field.value: heading for field, heading in mapping.items()}


def read_again(sent: PeopleImport, encoding: str) -> Table:
    """Take another encoding for a file. Raises `Refusal` when it cannot be read in it."""
    check_open(sent)
    table = read_table(sent.content, encoding)
    sent.encoding = encoding
    return table


def saved_mappings(session: Session) -> list[ImportMapping]:
    """The mappings that the company remembers, the one used last first."""
    wanted = select(ImportMapping).where(ImportMapping.target == TARGET)
    return list(session.scalars(wanted.order_by(ImportMapping.used_at.desc()).limit(100)))


def mappings_of(session: Session) -> list[fields.Mapping]:
    """The remembered mappings as they are used; fields that no longer exist are left out."""
    return [
        {Field(name): heading for name, heading in saved.columns.items() if name in list(Field)}
        for saved in saved_mappings(session)
    ]


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose for a file: columns, its day, what of absent positions, a name."""

    columns: Mapping[str, str]
    day: date
    absent: Absent | None = None
    remember_as: str = ""


def choose(
    session: Session, actor: Actor, sent: PeopleImport, table: Table, choice: Choice
) -> None:
    """Keep what was chosen. Raises `Refusal` for columns and days that cannot be."""
    check_open(sent)
    check_day(choice.day, clock.today(actor.time_zone))
    mapping = checked_mapping(choice.columns, table.headings)
    sent.columns = _plain(mapping)
    sent.as_of = choice.day
    sent.report = {"absent": choice.absent.value if choice.absent else None}
    if choice.remember_as:
        remember_mapping(session, actor, choice.remember_as, mapping)


def remember_mapping(
    session: Session, actor: Actor, name: str, mapping: fields.Mapping
) -> ImportMapping:
    """Keep a mapping under a name for the whole company; one of that name is replaced."""
    name = one_line(name)
    if not 0 < len(name) <= LONGEST_MAPPING_NAME:
        raise Refusal(
            "The name of a mapping has 1 to %(limit)d characters. Nothing was changed.",
            limit=LONGEST_MAPPING_NAME,
        )
    named = select(ImportMapping).where(ImportMapping.target == TARGET, ImportMapping.name == name)
    found = session.scalars(named).first()
    if found is None:
        now = clock.now()
        found = ImportMapping(
            target=TARGET, name=name, columns={}, created_by=actor.id, created_at=now, used_at=now
        )
        session.add(found)
    found.columns, found.used_at = _plain(mapping), clock.now()
    session.flush()
    return found


def check_open(sent: PeopleImport) -> None:
    """Raise `Clash` for an import that is being written or was written."""
    if sent.state != SENT:
        raise Clash(
            "This import has been written already or is being written. Nothing more was changed. "
            "Send the file again to import it once more."
        )


def discard(session: Session, sent: PeopleImport) -> None:
    """Forget a file of which nothing was written. Raises `Clash`."""
    check_open(sent)
    session.delete(sent)


def wanted_of(sent: PeopleImport, table: Table) -> Wanted:
    """How the file is to be taken. Raises `Refusal` when its columns are not named yet."""
    mapping = checked_mapping(sent.columns, table.headings)
    if sent.as_of is None:
        raise Refusal("The file has no day yet. Nothing was changed. Choose one.")
    absent = (sent.report or {}).get("absent")
    return Wanted(mapping, sent.as_of, Absent(absent) if absent else None)


def plan_for(session: Session, sent: PeopleImport, table: Table, words: Vocabulary) -> Plan:
    """What the import would do now."""
    return _planned(session, sent.client_id, table, wanted_of(sent, table), words)


def _planned(
    session: Session, client_id: int, table: Table, wanted: Wanted, words: Vocabulary
) -> Plan:
    """The plan; a file that was written before is taken as it was then."""
    if wanted.absent is None:
        before = absent_before(session, client_id, table.digest())
        wanted = replace(wanted, absent=before)
    ground = ground_of(session, client_id, wanted.day)
    return make_plan(table, wanted, ground, client_id, words)


def write_import(
    session: Session, actor: Actor, sent: PeopleImport, base: int, words: Vocabulary
) -> Change | None:
    """Write the import; all of it is one change, which can be taken back.

    `base` is the newest change of the dossier that the person had seen. Raises `Clash` when there
    is a newer one, `Missing`, `Forbidden`. The file itself is no longer kept then, only the rows
    that were refused.
    """
    table = read_table(sent.content, sent.encoding)
    change, plan = write_table(
        session, actor, sent.client_id, table, wanted_of(sent, table), words, sent.file_name, base
    )
    sent.state, sent.change_id = DONE, change.id if change else None
    sent.report = report_of(plan, table)
    sent.refused = refused_text(plan, table)
    sent.content = b""
    return change


def plan_table(
    session: Session,
    actor: Actor,
    client_id: int,
    table: Table,
    wanted: Wanted,
    words: Vocabulary,
) -> Plan:
    """What `write_table` would do. Raises what it would raise for the dossier as a whole."""
    check_day(wanted.day, clock.today(actor.time_zone))
    client = client_visible_to(session, actor, client_id)
    check_may_edit(actor, client.team_id)
    return _planned(session, client_id, table, wanted, words)


def write_table(
    session: Session,
    actor: Actor,
    client_id: int,
    table: Table,
    wanted: Wanted,
    words: Vocabulary,
    file_name: str,
    base: int = 0,
    is_looked_at: bool = True,
) -> tuple[Change | None, Plan]:
    """Plan and write in one transaction; without `is_looked_at` whatever the dossier is now."""
    check_day(wanted.day, clock.today(actor.time_zone))
    evidence = Evidence(Source.IMPORT, learned_on=wanted.day)
    pen = open_dossier(session, actor, client_id, wanted.day, evidence)
    plan = _planned(session, client_id, table, wanted, words)
    if is_looked_at and plan.change != base:
        raise Clash(
            "The dossier was changed while you looked at this import. Nothing of it was written. "
            "Look at what it would do now, then write it."
        )
    return apply_plan(pen, plan, file_name, table.digest()), plan


def refused_text(plan: Plan, table: Table) -> str:
    """The refused rows as CSV in the columns of the file; empty when there are none."""
    if not plan.refused:
        return ""
    width = len(table.headings)
    rows = (
        ((row.cells + ("",) * width)[:width], str(plan.refused[row.number]))
        for row in table.rows
        if row.number in plan.refused
    )
    return refused_csv(table.headings, rows)

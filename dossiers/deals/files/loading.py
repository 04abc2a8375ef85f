"""Writing a file in parts: each is committed with its place, and what was cut off goes on there."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from sqlalchemy.orm import Session, defer

from dossiers.deals.applying.foreseeing import foresee_records
from dossiers.deals.applying.naming import Names
from dossiers.deals.applying.writing import Counts, Written, apply_records
from dossiers.deals.files.opened import OpenedFile
from dossiers.deals.files.reading import Chosen, Reading, reading_of
from dossiers.deals.files.remarks import remarks_on
from dossiers.deals.files.rows import Item, items_of
from dossiers.deals.files.seeing import counted_for
from dossiers.deals.files.survey import Survey, survey_of
from dossiers.deals.files.tally import Tally, remark_lines, tally_from
from dossiers.deals.kinds import LoadState
from dossiers.deals.models import DealLoad, DealSource
from dossiers.deals.record import DealRecord
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.errors import Clash, Missing

#: Rows that are written in one transaction, so that others do not wait long for theirs.
AT_ONCE = 2_000

Progress = Callable[[int, int], None]


class Plan:
    """A file with the way in which it is read; `most` limits it to the first rows."""

    def __init__(
        self, opened: OpenedFile, chosen: Chosen, zone: str, most: int | None = None
    ) -> None:
        self.opened, self._most = opened, most
        key = chosen.settings.key
        self.survey: Survey = survey_of(opened.headings, opened.rows(most), chosen.columns, key)
        self.reading: Reading = reading_of(opened.headings, opened.form, chosen, self.survey, zone)

    def items(self) -> Iterator[Item]:
        """The deals of the file, always in the same order."""
        return items_of(self.reading, self.opened.rows(self._most))

    def report(self, tally: Tally) -> dict[str, object]:
        """The counts with what is to be said of the file as a whole."""
        remarks = remarks_on(self.reading, self.survey, tally.stages.most_common())
        return {
            **tally.plain(),
            "encoding": self.opened.encoding,
            "form": self.opened.form,
            "remarks": remark_lines(remarks),
        }


def foresee(session: Session, actor: Actor, plan: Plan, source: DealSource | None) -> Tally:
    """What writing the file would do; without a source all of its deals are new."""
    tally = Tally()
    for items in _parts(plan.items(), AT_ONCE):
        records = _taken(tally, items)
        if source is None:
            names = {record.external_id for record in records}
            tally.counts.add(Counts(len(names), 0, len(records) - len(names)))
        else:
            tally.counts.add(_foreseen(session, actor, plan, source, records))
    return tally


def _foreseen(
    session: Session, actor: Actor, plan: Plan, source: DealSource, records: Sequence[DealRecord]
) -> Counts:
    names, anew = Names(source), plan.reading.settings.anew

    def count(some: Sequence[DealRecord]) -> Counts:
        return foresee_records(session, names, some, anew)

    return counted_for(session, actor, source.id, records, count)


def write_load(
    database: Database, actor: Actor, load_id: int, plan: Plan, progress: Progress | None = None
) -> None:
    """Write all parts that are not written yet, and the report. Raises `Clash`, `Missing`."""
    with database.reading() as session:
        place = load_of(session, load_id).place
    names: Names | None = None
    for items in _parts(_behind(plan.items(), place), AT_ONCE):
        with database.transaction() as session:
            load = _waiting(session, load_id, place)
            names = _names_of(session, load, names)
            place = write_part(session, actor, load, plan, names, items)
        if progress is not None:
            progress(place, plan.survey.rows)
    with database.transaction() as session:
        end_load(_waiting(session, load_id, place), plan)


def write_whole(session: Session, actor: Actor, load: DealLoad, plan: Plan) -> None:
    """Write a small file in the transaction of the caller."""
    names = _names_of(session, load, None)
    for items in _parts(plan.items(), AT_ONCE):
        write_part(session, actor, load, plan, names, items)
    end_load(load, plan)


def write_part(
    session: Session,
    actor: Actor,
    load: DealLoad,
    plan: Plan,
    names: Names,
    items: Sequence[Item],
) -> int:
    """Write these deals and keep how far the load is; the rows written so far."""
    tally = tally_from(load.report)
    records = _taken(tally, items)
    by = Written(actor.id, load.id, plan.reading.settings.anew)
    counts = counted_for(
        session,
        actor,
        names.source.id,
        records,
        lambda some: apply_records(session, names, some, by),
    )
    tally.counts.add(counts)
    load.report = {**load.report, **tally.plain()}
    load.place = tally.rows
    return load.place


def end_load(load: DealLoad, plan: Plan) -> None:
    """The load is done; its file is kept only as long as there are rows to be mended."""
    tally = tally_from(load.report)
    load.report = {**load.report, **plan.report(tally)}
    load.state, load.ended_at = LoadState.DONE, clock.now()
    if not tally.refused:
        load.content = None


def load_of(session: Session, load_id: int) -> DealLoad:
    """The load without its file. Raises `Missing`."""
    # The file has up to 25 megabytes and would be read anew for each part.
    found = session.get(DealLoad, load_id, options=[defer(DealLoad.content)])
    if found is None:
        raise Missing()
    return found


def _waiting(session: Session, load_id: int, place: int) -> DealLoad:
    load = load_of(session, load_id)
    if load.state is not LoadState.WAITING or load.place != place:
        raise Clash(
            "This file is being written by somebody else at the same time. What they write is safe."
        )
    return load


def _names_of(session: Session, load: DealLoad, known: Names | None) -> Names:
    """What earlier parts have learnt, with the source as this session knows it."""
    source = session.get_one(DealSource, load.source_id)
    if known is None:
        return Names(source)
    return Names(source, known.companies, known.owners, known.products)


def _parts(items: Iterator[Item], size: int) -> Iterator[list[Item]]:
    while some := list(islice(items, size)):
        yield some


def _behind(items: Iterator[Item], place: int) -> Iterator[Item]:
    """The items behind as many rows; a part ends where a deal ends."""
    passed = 0
    for item in items:
        if passed >= place:
            yield item
        passed += item.rows


def _taken(tally: Tally, items: Sequence[Item]) -> list[DealRecord]:
    for item in items:
        tally.add(item)
    return [record for item in items for record in item.records]

"""From a file and the chart of its day to a plan: what goes in, what does not and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dossiers.facts.models import Confidence, Dated, Source
from dossiers.people.chart.compare import manager_of
from dossiers.people.chart.snapshot import Chart
from dossiers.people.models import Employment, PositionFact, SideLine, SolidLine
from dossiers.people.transfer import fields
from dossiers.people.transfer.absent import Absent, end_absent, keep_people, share_told, told_of
from dossiers.people.transfer.assembling import Draft, place, place_the_rest
from dossiers.people.transfer.circles import circles
from dossiers.people.transfer.differences import After, Told, Wish, facts_between
from dossiers.people.transfer.entries import Entry, Holding, read_entries
from dossiers.people.transfer.ground import Ground
from dossiers.people.transfer.linking import Register, circle_refusal, link, refuse_below
from dossiers.people.transfer.matching import match_posts
from dossiers.people.transfer.posts import Post, Sorted, sort_entries
from dossiers.people.transfer.somebodies import Somebody, gather, recognise
from dossiers.people.transfer.telling import (
    Ends,
    Remark,
    draw_lines,
    draw_ties,
    judged,
    new_contacts,
)
from dossiers.people.transfer.vocabulary import Vocabulary
from wiki.errors import Refusal
from wiki.rendering.titles import fold_title
from wiki.tables.tables import Table

#: A file that tells of more than this share of the chart is taken for the whole of it.
WHOLE = 0.5


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a file is to be taken: what its columns mean, its day, and what of absent positions.

    `absent` is `None` when the share of the chart that the file tells of is to decide.
    """

    mapping: fields.Mapping
    day: date
    absent: Absent | None = None


@dataclass(frozen=True)
class Plan:
    """What an import would do. Every row is in just one of `going`, `same`, `repeated`, `refused`.

    `repeated` leads to the row that said the same before; `remarks` tell what of a row that goes
    in was left out; `share` is how much of the chart the file tells of; `change` is the newest
    change of the dossier that the plan knows of.
    """

    before: Chart
    after: After
    wishes: Sequence[Wish]
    going: Sequence[int]
    same: Sequence[int]
    repeated: Mapping[int, int]
    refused: Mapping[int, Refusal]
    remarks: Sequence[Remark]
    share: float
    change: int

    @property
    def changes_nothing(self) -> bool:
        """Whether everything in the file is so already."""
        return not self.wishes

    @property
    def ended(self) -> set[int]:
        """The positions that are in the chart and would not be there any more."""
        return self.before.seats.keys() - self.after.chart.seats.keys()


def make_plan(
    table: Table, wanted: Wanted, ground: Ground, client_id: int, words: Vocabulary
) -> Plan:
    """The plan for a file. Never raises for what is wrong in single rows: they are refused."""
    found = sort_entries(read_entries(table, wanted.mapping, words, wanted.day))
    link(found, ground)
    absent, told = _settle_absent(found, ground, wanted.absent)
    everybody = gather(found)
    recognise(everybody, ground, table.form == "vcf")
    draft = Draft(ground, wanted.day, _people(everybody), _names(everybody, ground))
    place(draft, found.posts)
    if absent is Absent.END:
        end_absent(draft, told)
    place_the_rest(draft, found.placeless)
    if absent is Absent.LEAVE:
        keep_people(draft)
    notes: dict[tuple[int, int, str], str] = {}
    ends = Ends(draft, found.posts, everybody)
    remarks = [*draw_lines(draft, found.posts, ends), *draw_ties(draft, everybody, ends, notes)]
    standings = dict(ground.chart.standings) | judged(everybody, ground)
    chart = replace(draft.chart(), day=wanted.day, standings=standings)
    after = _after(chart, found, everybody, ground, absent, notes)
    wishes = tuple(facts_between(ground.chart, after, client_id))
    going, same = _sorted_rows(found, draft, wishes)
    refused = {
        number: _in_their_words(why, wanted.mapping) for number, why in found.refused.items()
    }
    share = share_told(told, ground.chart)
    return Plan(
        ground.chart, after, wishes, going, same, found.repeated, refused, remarks, share,
        ground.change,
    )  # fmt: skip


def _settle_absent(found: Sorted, ground: Ground, wanted: Absent | None) -> tuple[Absent, set[int]]:
    """Match the file's positions, and decide whether it is the whole chart."""
    register = Register(ground)
    _match(found, ground, wanted is Absent.END)
    told = told_of(found, ground.chart, register)
    if wanted is not None:
        return wanted, told
    if share_told(told, ground.chart) <= WHOLE:
        return Absent.LEAVE, told
    _match(found, ground, is_whole=True)
    return Absent.END, told_of(found, ground.chart, register)


def _match(found: Sorted, ground: Ground, is_whole: bool) -> None:
    """Match, and refuse what would stand in a circle with the rest of the chart."""
    match_posts(found.posts, ground, is_whole)
    while refusals := dict(_in_circles(found.posts, ground.chart)):
        refuse_below(found, refusals, Register(ground))


def _in_circles(posts: Sequence[Post], chart: Chart) -> Iterator[tuple[Post, Refusal]]:
    managers = {seat.id: manager_of(chart, seat) for seat in chart.seats.values()}
    for post in posts:
        if post.tells_manager:
            above = post.manager
            managers[post.seat_id] = above.seat_id if isinstance(above, Post) else above
    by_seat = {post.seat_id: post for post in posts}
    for circle in circles({a: b for a, b in managers.items() if b is not None}):
        rows = [by_seat[ident] for ident in circle if ident in by_seat]
        for post in rows:
            yield post, circle_refusal(rows) if len(rows) == len(circle) else _with_chart(post)


def _with_chart(post: Post) -> Refusal:
    return Refusal(
        "It reports to “%(manager)s”, and in the chart that one reports to it. Put both positions "
        "into the file, or move the other one first.",
        manager=(post.reports_to or "")[:100],
    )


def _people(everybody: Iterable[Somebody]) -> dict[int, int]:
    return {entry.number: one.person_id for one in everybody for entry in one.entries}


def _names(everybody: Iterable[Somebody], ground: Ground) -> dict[int, str]:
    """The name of everybody in the file as it will be."""
    known = {person.person_id: person for person in ground.people}
    names = dict(ground.chart.names)
    for one in everybody:
        ours = known.get(one.person_id)
        if ours is None or (
            one.number and fold_title(one.name) not in _called(ours.name, ours.forms)
        ):
            names[one.person_id] = one.name
        else:
            names.setdefault(one.person_id, ours.name)
    return names


def _called(name: str, forms: Iterable[str]) -> set[str]:
    return {fold_title(name), *forms}


def _after(
    chart: Chart,
    found: Sorted,
    everybody: Sequence[Somebody],
    ground: Ground,
    absent: Absent,
    notes: Mapping[tuple[int, int, str], str],
) -> After:
    known = {person.person_id: person for person in ground.people}
    new = {one.person_id: one.name for one in everybody if one.person_id not in known}
    renamed, forms = {}, {}
    for one in everybody:
        ours = known.get(one.person_id)
        if ours is not None and fold_title(one.name) not in _called(ours.name, ours.forms):
            if one.number:
                renamed[one.person_id] = (ours.name, one.name)
            else:
                forms[one.person_id] = one.name
    return After(
        chart=chart,
        contacts=tuple(new_contacts(everybody, ground)),
        new_names=new,
        renamed=renamed,
        forms=forms,
        absent=absent,
        seat_told={p.seat_id: t for p in found.posts if (t := _told(p.entries))},
        person_told={o.person_id: t for o in everybody if (t := _told(o.entries))},
        notes=notes,
    )


def _told(entries: Iterable[Entry]) -> Told | None:
    """Where the rows say they know it from."""
    for entry in entries:
        if entry.source or entry.confidence or entry.note:
            source, confidence = entry.source or Source.IMPORT, entry.confidence or Confidence.SURE
            return Told(source, confidence, entry.note)
    return None


def _sorted_rows(
    found: Sorted, draft: Draft, wishes: Iterable[Wish]
) -> tuple[list[int], list[int]]:
    """The rows that change something, and those that say what is so already."""
    touched = set(_touched(wishes))
    going: list[int] = []
    same: list[int] = []
    for entry, seat_id in _rows(found):
        person = draft.people.get(entry.number) if entry.holding is Holding.SOMEBODY else None
        about = {("seat", seat_id), ("person", person), ("held", person, seat_id)}
        (going if about & touched else same).append(entry.number)
    return sorted(going), sorted(same)


_CALLED = {"rank": "order", "holding": "person"}


def _in_their_words(why: Refusal, mapping: fields.Mapping) -> Refusal:
    """The sentence with the heading of the file's column instead of our word for it."""
    code = str(why.values.get("column", ""))
    headings = {field.value: heading for field, heading in mapping.items()}
    heading = headings.get(_CALLED.get(code, code))
    return Refusal(why.message, **{**why.values, "column": heading}) if heading else why


def _rows(found: Sorted) -> Iterator[tuple[Entry, int | None]]:
    for post in found.posts:
        for entry in post.entries:
            yield entry, post.seat_id
    for entry in found.placeless:
        yield entry, None


_OF_SEATS: dict[type[Dated], str] = {
    PositionFact: "position_id",
    SolidLine: "from_position_id",
    SideLine: "from_position_id",
}


def _touched(wishes: Iterable[Wish]) -> Iterator[tuple[object, ...]]:
    for table, fact in wishes:
        if table in _OF_SEATS:
            yield "seat", fact.key[_OF_SEATS[table]]
        elif table is Employment:
            yield "held", fact.key["person_id"], fact.key["position_id"]
            if fact.values is None and fact.key["position_id"] is not None:
                yield "seat", fact.key["position_id"]
        else:
            yield "person", fact.key.get("person_id", fact.key.get("from_person_id"))

"""Values that look like slips of others: told to a person, never changed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sqlalchemy.orm import Session

from dossiers.clients.importing.countries import country_names
from dossiers.clients.importing.entries import Entry
from dossiers.clients.importing.fields import Field
from dossiers.clients.listing import choices_visible_to
from wiki.accounts.actor import Actor
from wiki.errors import Refusal
from wiki.lists.plans import WHOLE_FILE, Chosen
from wiki.rendering.titles import fold_title
from wiki.tables.slips import near_twins

_MOST = 50


def slips_in(
    session: Session, actor: Actor, entries: Sequence[Entry], chosen: Chosen
) -> list[tuple[int, Refusal]]:
    """Segments and regions beside those that are known, places beside the names of countries."""
    known = choices_visible_to(session, actor)
    found = [
        *_twins(chosen, Field.SEGMENT, _said(entries, "segment"), known.segments),
        *_twins(chosen, Field.REGION, _said(entries, "region"), known.regions),
        *_countries(chosen, Counter(entry.place for entry in entries if entry.place)),
    ]
    return [(WHOLE_FILE, remark) for remark in islice(found, _MOST)]


def _said(entries: Iterable[Entry], name: str) -> Counter[str]:
    return Counter(entry.said[name] for entry in entries if name in entry.said)


def _twins(
    chosen: Chosen, name: Field, said: Counter[str], known: Iterable[str]
) -> Iterator[Refusal]:
    if name not in chosen.columns:
        return
    for rarer, other in near_twins({**dict.fromkeys(known, 1), **said}):
        if rarer in said or other in said:
            slip, like = (rarer, other) if rarer in said else (other, rarer)
            yield _slip(slip, chosen.columns[name], said[slip], like)


def _countries(chosen: Chosen, places: Counter[str]) -> Iterator[Refusal]:
    names = country_names()
    for place, count in places.items():
        near = (
            other
            for name in names
            if name[:1] == fold_title(place)[:1]
            for _rarer, other in near_twins({place: 1, name: 2})
        )
        like = next(near, None)
        if like is not None:
            yield _slip(place, chosen.columns[Field.COUNTRY], count, like)


def _slip(slip: str, column: str, count: int, like: str) -> Refusal:
    return Refusal(
        "“%(rarer)s” in the column “%(column)s” (%(count)d times) looks like “%(other)s”. Both "
        "were kept as they are.",
        rarer=slip[:100],
        column=column[:100],
        count=count,
        other=like[:100],
    )

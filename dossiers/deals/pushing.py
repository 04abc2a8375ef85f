"""Deals that programs push: created or changed by identity, each answered by itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.deals.api_reading import record_from
from dossiers.deals.applying.naming import Names
from dossiers.deals.applying.writing import Written, apply_records
from dossiers.deals.guarding import guarded
from dossiers.deals.kinds import SourceKind
from dossiers.deals.models import Deal, DealChange, DealSource
from dossiers.deals.queries import visible_deals
from dossiers.deals.record import DealRecord
from dossiers.facts.writing import in_parts
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, require
from wiki.errors import Refusal
from wiki.history.services import record
from wiki.upserts import insert_into

CREATED, CHANGED, SAME, REFUSED = "created", "changed", "same", "refused"
_PUSHED = (SourceKind.API, SourceKind.FILE)
_LONGEST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one deal; `ident` is empty for those that the actor may not see."""

    external_id: str
    result: str
    ident: int | None = None
    refusal: Refusal | None = None


def push_deals(
    session: Session, actor: Actor, source_name: str, sent: Sequence[Any]
) -> list[Taken]:
    """Write those of these deals that are in order; what became of each, in the order given.

    The same again changes nothing. A deal that the actor may not see is answered like a new one
    (docs/decisions/0012). Raises `Forbidden`, and `Refusal` for a source that is fetched.
    """
    require(actor, Permission.EDIT_DOSSIERS)
    source = _locked_source(session, actor, source_name)
    read = [_read(one) for one in sent]
    records = [one for one in read if isinstance(one, DealRecord)]
    idents = {one.external_id for one in records}
    there, mark = _there(session, source, idents), _newest_change(session)
    kept = guarded(session, actor, source.id, records)
    counts = apply_records(session, Names(source), kept, Written(actor.id))
    if counts.created or counts.changed:
        told = {"created": counts.created, "changed": counts.changed}
        record(session, actor, "push deals", "deal source", source.id, None, told)
    changed = _changed(session, source, idents, mark)
    seen = _seen(session, actor, source, idents)
    return [
        one
        if isinstance(one, Taken)
        else _taken(one.external_id, seen, there=there, changed=changed)
        for one in read
    ]


def _read(sent: Any) -> DealRecord | Taken:
    try:
        return record_from(sent)
    except Refusal as refusal:
        ident = sent.get("external_id") if isinstance(sent, dict) else None
        shown = ident[:_LONGEST_SHOWN] if isinstance(ident, str) else ""
        return Taken(shown, REFUSED, refusal=refusal)


def _taken(ident: str, seen: dict[str, int], *, there: set[str], changed: set[str]) -> Taken:
    if ident not in seen or ident not in there:
        return Taken(ident, CREATED, seen.get(ident))
    return Taken(ident, CHANGED if ident in changed else SAME, seen[ident])


def _locked_source(session: Session, actor: Actor, name: str) -> DealSource:
    """The source, made when it is new; programs that push to one at once wait for each other."""
    wanted = select(DealSource).where(DealSource.name == name).with_for_update()
    source = session.scalars(wanted).one_or_none()
    if source is None:
        _make_source(session, actor, name)
        source = session.scalars(wanted).one()
    if source.kind not in _PUSHED:
        raise Refusal(
            "The deals of %(name)s are fetched by a connector. Nothing was written. Push yours "
            "under the name of another source.",
            name=name,
        )
    return source


def _make_source(session: Session, actor: Actor, name: str) -> None:
    """Two may make it at once: one of them does."""
    values = {"kind": SourceKind.API, "settings": {}, "paused": False, "created_at": clock.now()}
    made = insert_into(session, DealSource).values(name=name, created_by=actor.id, **values)
    ident = made.on_conflict_do_nothing(index_elements=["name"]).returning(DealSource.id)
    if (new := session.scalar(ident)) is not None:
        record(session, actor, "add deal source", "deal source", new, after={"name": name})


def _there(session: Session, source: DealSource, idents: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for some in in_parts(sorted(idents)):
        found |= set(session.scalars(_of(source, some, Deal.external_id)))
    return found


def _seen(
    session: Session, actor: Actor, source: DealSource, idents: Iterable[str]
) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in in_parts(sorted(idents)):
        wanted = _of(source, some, Deal.external_id, Deal.id).where(visible_deals(actor))
        found |= dict(session.execute(wanted).all())
    return found


def _newest_change(session: Session) -> int:
    return session.scalar(select(func.max(DealChange.id))) or 0


def _changed(session: Session, source: DealSource, idents: Iterable[str], mark: int) -> set[str]:
    found: set[str] = set()
    for some in in_parts(sorted(idents)):
        wanted = _of(source, some, Deal.external_id).join(DealChange, DealChange.deal_id == Deal.id)
        found |= set(session.scalars(wanted.where(DealChange.id > mark)))
    return found


def _of(source: DealSource, idents: Sequence[str], *columns: Any) -> Any:
    return select(*columns).where(Deal.source_id == source.id, Deal.external_id.in_(idents))

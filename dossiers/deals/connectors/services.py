"""Sources that are asked: add, change, pause, ask now, and hints that there is something."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.deals.connectors.addresses import host_of
from dossiers.deals.connectors.due import LONGEST_MINUTES, USUAL_MINUTES
from dossiers.deals.connectors.interface import ConnectorKind, connector_kinds
from dossiers.deals.connectors.sealing import seal
from dossiers.deals.kinds import SourceKind
from dossiers.deals.models import DealSource, PullState
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.errors import Clash, Missing, Refusal
from wiki.history.services import record
from wiki.pages.content import one_line

KIND = "deal source"
"""What the history calls one."""
LONGEST_NAME = 100
LONGEST_KEY = 500


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed of a source; an empty key keeps the one that is there."""

    name: str
    settings: Mapping[str, str] = field(default_factory=dict)
    key: str = field(default="", repr=False)
    minutes: int = USUAL_MINUTES


def add_source(
    session: Session, actor: Actor, instance_key: str, kind: SourceKind, typed: Typed
) -> DealSource:
    """Add a source that is asked from now on. Raises `Refusal` and `Clash`."""
    settings = _checked(_kind(kind), typed)
    name = _free_name(session, typed.name)
    if not typed.key:
        raise Refusal("Without its key the source cannot be asked. Nothing was saved.")
    source = DealSource(
        name=name, kind=kind, settings=settings, secret=seal(instance_key, _key(typed)),
        hook=token_urlsafe(32), created_at=clock.now(), created_by=actor.id,
    )  # fmt: skip
    session.add(source)
    session.flush()
    session.add(PullState(source_id=source.id, cursor={}))
    record(session, actor, "create", KIND, source.id, None, _told(source))
    return source


def change_source(
    session: Session, actor: Actor, instance_key: str, source_id: int, typed: Typed
) -> DealSource:
    """Change a source. Its key must be typed again when it would be sent to another server.

    What was read before stays; at another database everything is read from the beginning.
    Raises `Refusal` and `Clash`.
    """
    source, state = pulled(session, source_id)
    before, settings = _told(source), _checked(_kind(source.kind), typed)
    _check_key_stays(source, settings, typed.key)
    if any(source.settings.get(name) != settings[name] for name in settings if name != "minutes"):
        state.cursor, state.swept_at, state.behind = {}, None, None
    source.name = _free_name(session, typed.name, source.id)
    source.settings = settings
    if typed.key:
        source.secret = seal(instance_key, _key(typed))
    _ask_soon(state)
    after = {**_told(source), **({"key": "new"} if typed.key else {})}
    if before != after:
        record(session, actor, "change", KIND, source.id, before, after)
    return source


def pause_source(session: Session, actor: Actor, source_id: int, paused: bool) -> None:
    """Ask the source no more, or again."""
    source, state = pulled(session, source_id)
    if source.paused is paused:
        return
    source.paused = paused
    if not paused:
        _ask_soon(state)
    record(session, actor, "change", KIND, source.id, {"paused": not paused}, {"paused": paused})


def pull_now(session: Session, source_id: int) -> None:
    """Let the worker ask the source at once. Raises `Refusal` when it is paused."""
    source, state = pulled(session, source_id)
    if source.paused:
        raise Refusal("This source is paused, so it is not asked. Let it go on first.")
    state.wanted, state.next_at = True, clock.now()


def believe_deleted(session: Session, actor: Actor, source_id: int) -> None:
    """Somebody says that the missing deals were really deleted; the next look marks them."""
    source, state = pulled(session, source_id)
    place = state.cursor.get("place", {})
    state.cursor, state.swept_at = {"place": place, "believed": True}, None
    _ask_soon(state)
    record(session, actor, "change", KIND, source.id, None, {"deleted deals": "believed"})


def new_hook(session: Session, actor: Actor, source_id: int) -> None:
    """Give the source another address for its hints; the old one does nothing any more."""
    source, _state = pulled(session, source_id)
    source.hook = token_urlsafe(32)
    record(session, actor, "change", KIND, source.id, None, {"address for hints": "new"})


def pulled(session: Session, source_id: int) -> tuple[DealSource, PullState]:
    """A source that is asked, and how far that is. Raises `Missing`."""
    source = session.get(DealSource, source_id)
    state = session.get(PullState, source_id)
    if source is None or state is None or source.kind not in connector_kinds():
        raise Missing()
    return source, state


def _ask_soon(state: PullState) -> None:
    state.wanted, state.failures, state.error, state.next_at = True, 0, "", clock.now()


def _kind(kind: SourceKind) -> ConnectorKind:
    found = connector_kinds().get(kind)
    if found is None:
        raise Missing()
    return found


def _checked(kind: ConnectorKind, typed: Typed) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for setting in kind.settings:
        text = one_line(typed.settings.get(setting.name, ""))[: setting.longest + 1]
        if len(text) > setting.longest or (setting.required and not text):
            raise Refusal(
                "«%(name)s» must be filled in with at most %(limit)d characters. Nothing was "
                "saved.",
                name=setting.label,
                limit=setting.longest,
            )
        found[setting.name] = setting.check(text)
    if not 1 <= typed.minutes <= LONGEST_MINUTES:
        raise Refusal(
            "A source is asked every 1 to %(limit)d minutes. Nothing was saved.",
            limit=LONGEST_MINUTES,
        )
    return {**found, "minutes": typed.minutes}


def _free_name(session: Session, typed: str, own: int | None = None) -> str:
    name = one_line(typed)
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refusal(
            "A source needs a name of at most %(limit)d characters. Nothing was saved.",
            limit=LONGEST_NAME,
        )
    twin = select(func.count()).where(DealSource.name == name, DealSource.id != (own or 0))
    if session.scalar(twin):
        raise Clash("There is a source of this name already. Nothing was saved. Name it otherwise.")
    return name


def _key(typed: Typed) -> str:
    key = typed.key.strip()
    if not key.isascii() or not key.isprintable() or len(key) > LONGEST_KEY:
        raise Refusal("This is no key of a source. Nothing was saved. Copy it once more.")
    return key


def _check_key_stays(source: DealSource, settings: Mapping[str, Any], key: str) -> None:
    before, after = source.settings.get("address", ""), settings.get("address", "")
    if not key and host_of(before) != host_of(after):
        raise Refusal(
            "The address is that of another server. Nothing was saved. Write the key, too, so "
            "that the old one is not sent there."
        )


def _told(source: DealSource) -> dict[str, Any]:
    return {"name": source.name, "kind": source.kind.value, **source.settings}

"""Changing the glossary. Every change waits for the one before it, so no expression slips twice."""

from collections.abc import Sequence
from secrets import token_hex
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from search.glossary import rules
from search.glossary.models import GlossaryStamp, SynonymGroup
from search.glossary.queries import KIND, state_in
from search.glossary.rules import UNEXPLAINED, Explanations
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, require
from wiki.errors import Clash, Missing
from wiki.history.models import HistoryEntry
from wiki.history.services import record
from wiki.upserts import insert_into


def add_group(
    session: Session,
    actor: Actor,
    expressions: Sequence[str],
    note: str = "",
    explanations: Explanations = UNEXPLAINED,
) -> SynonymGroup:
    """Let these expressions mean the same. Raises `Refusal` when a rule is broken."""
    _begin(session, actor)
    others = _others(session)
    rules.check_room(len(others))
    checked = rules.check_expressions(expressions)
    rules.check_free(checked, others)
    said = rules.check_explanations(explanations)
    group = SynonymGroup(
        expressions=list(checked),
        note=rules.check_note(note),
        explanation_ru=said.ru,
        explanation_en=said.en,
        stamp=1,
    )
    session.add(group)
    session.flush()
    record(session, actor, "create", KIND, group.id, None, _state(group))
    return group


def change_group(
    session: Session,
    actor: Actor,
    group_id: int,
    base: int,
    expressions: Sequence[str],
    note: str,
    explanations: Explanations | None = None,
) -> SynonymGroup:
    """Give a group other expressions; `base` is the stamp of the group that the person saw.

    Without explanations the group keeps those it has.

    Raises `Clash` when somebody changed the group since, `Refusal` when a rule is broken.
    """
    _begin(session, actor)
    group = _of_base(session, group_id, base)
    return _put(session, actor, group, "change", expressions, note, explanations)


def restore_group(
    session: Session, actor: Actor, group_id: int, base: int, entry_id: int
) -> SynonymGroup:
    """Give a group the expressions and the note that it had after that deed of its history."""
    _begin(session, actor)
    group = _of_base(session, group_id, base)
    entry = session.get(HistoryEntry, entry_id)
    if entry is None or (entry.subject_kind, entry.subject_id) != (KIND, group_id):
        raise Missing()
    return _put(session, actor, group, "restore", *state_in(entry.after or {}))


def archive_group(session: Session, actor: Actor, group_id: int) -> None:
    """Let the expressions mean the same no longer; nothing happens when they already do not."""
    _begin(session, actor)
    group = _group(session, group_id)
    if group.archived_at is None:
        before = _state(group)
        group.archived_at, group.stamp = clock.now(), group.stamp + 1
        record(session, actor, "archive", KIND, group.id, before, _state(group))


def bring_back_group(session: Session, actor: Actor, group_id: int) -> None:
    """Use an archived group again. Raises `Refusal` when another group has its expressions."""
    _begin(session, actor)
    group = _group(session, group_id)
    if group.archived_at is not None:
        others = _others(session)
        rules.check_room(len(others))
        rules.check_free(group.expressions, others)
        before = _state(group)
        group.archived_at, group.stamp = None, group.stamp + 1
        record(session, actor, "bring back", KIND, group.id, before, _state(group))


def _begin(session: Session, actor: Actor) -> None:
    """Check the right, and hold the one row that every change renews until the end."""
    require(actor, Permission.EDIT_GLOSSARY)
    new = insert_into(session, GlossaryStamp).values(id=1, value=token_hex(16))
    renewed = new.on_conflict_do_update(index_elements=["id"], set_={"value": new.excluded.value})
    session.execute(renewed)


def _group(session: Session, group_id: int) -> SynonymGroup:
    group = session.get(SynonymGroup, group_id, populate_existing=True)
    if group is None:
        raise Missing()
    return group


def _of_base(session: Session, group_id: int, base: int) -> SynonymGroup:
    group = _group(session, group_id)
    if group.stamp != base:
        raise Clash(
            "Somebody changed this group while you were writing. Nothing of yours was saved yet: "
            "what you typed is still here. Compare, mend it and save again."
        )
    return group


def _put(
    session: Session,
    actor: Actor,
    group: SynonymGroup,
    action: str,
    expressions: Sequence[str],
    note: str,
    explanations: Explanations | None,
) -> SynonymGroup:
    checked, note = rules.check_expressions(expressions), rules.check_note(note)
    known = Explanations(group.explanation_ru, group.explanation_en)
    said = known if explanations is None else rules.check_explanations(explanations)
    if group.archived_at is None:
        rules.check_free(checked, _others(session, group.id))
    if (list(checked), note, said) != (group.expressions, group.note, known):
        before = _state(group)
        group.expressions, group.note, group.stamp = list(checked), note, group.stamp + 1
        group.explanation_ru, group.explanation_en = said
        record(session, actor, action, KIND, group.id, before, _state(group))
    return group


def _others(session: Session, but: int = 0) -> dict[int, list[str]]:
    """The expressions of all other groups that are in use."""
    wanted = select(SynonymGroup.id, SynonymGroup.expressions).where(
        SynonymGroup.archived_at.is_(None), SynonymGroup.id != but
    )
    return {row.id: row.expressions for row in session.execute(wanted.order_by(SynonymGroup.id))}


def _state(group: SynonymGroup) -> dict[str, Any]:
    # Lines of one text: the history shows a list as the names of what was changed.
    return {
        "expressions": "\n".join(group.expressions),
        "note": group.note,
        "explanation_ru": group.explanation_ru,
        "explanation_en": group.explanation_en,
        "archived": group.archived_at is not None,
    }

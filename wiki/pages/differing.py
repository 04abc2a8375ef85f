"""What differs between two versions, as a page shows it: far blocks folded, facts in words."""

from collections.abc import Callable
from functools import partial
from itertools import groupby
from typing import NamedTuple

from sqlalchemy.orm import Session

from wiki.locale import _, language
from wiki.pages.categories import Tree, tree
from wiki.pages.compare import BlockChange, Comparison, Row
from wiki.pages.facts import Field
from wiki.pages.showing import fact_text

_CONTEXT = 2


class ChangedRow(NamedTuple):
    """A fact or field that changed, in the reader's words."""

    label: str
    old: str
    new: str
    kind: str


def far_and_near(compared: Comparison) -> list[tuple[bool, list[BlockChange]]]:
    """Runs of blocks; True: far from any change, to be folded."""
    changed = [i for i, block in enumerate(compared.blocks) if block.kind != "same"]
    near = {j for i in changed for j in range(i - _CONTEXT, i + _CONTEXT + 1)}
    numbered = enumerate(compared.blocks)
    return [
        (far, [block for _i, block in run])
        for far, run in groupby(numbered, lambda pair: pair[0] not in near)
    ]


def changed_rows(session: Session, compared: Comparison) -> list[ChangedRow]:
    """Facts and fields that changed, in words."""
    shelves = tree(session)
    labels = {"title": _("Title"), "category_id": _("Category"), "archived": _("State")}
    fields = [
        _row(labels[row.key], row, partial(_field_text, shelves, row.key))
        for row in compared.fields
    ]
    facts = [
        _row(field.label(language()), row, partial(_fact_text, field))
        for row in compared.facts
        if row.kind != "same"
        for field in [shelves.field(row.key)]
    ]
    return fields + facts


def _row(label: str, row: Row, text: Callable[[object], str]) -> ChangedRow:
    return ChangedRow(label, text(row.old), text(row.new), row.kind)


def _fact_text(field: Field, value: object) -> str:
    return fact_text(value, field, language())


def _field_text(shelves: Tree, key: str, value: object) -> str:
    if key == "category_id":
        shelf = shelves.shelves.get(value) if isinstance(value, int) else None
        return shelf.name(language()) if shelf else ""
    if key == "archived":
        return str(_("archived") if value else _("in use"))
    return str(value or "")

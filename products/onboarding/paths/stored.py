"""How items are written into the version of a path, and read from it."""

from collections.abc import Iterable
from typing import Any

from products.onboarding.kinds import ItemKind
from products.onboarding.paths.rules import Item, Items


def items_from(rows: Iterable[Any]) -> Items:
    """The items of a version as they were saved."""
    return tuple(
        Item(
            code=row["code"],
            kind=ItemKind(row["kind"]),
            page_id=row.get("page"),
            title=row.get("title", ""),
            due_day=row.get("due"),
            after=tuple(row.get("after", ())),
        )
        for row in rows
    )


def as_rows(items: Iterable[Item]) -> list[dict[str, Any]]:
    """The items as plain data."""
    return [
        {
            "code": item.code,
            "kind": item.kind.value,
            "page": item.page_id,
            "title": item.title,
            "due": item.due_day,
            "after": list(item.after),
        }
        for item in items
    ]

"""What differs between two versions of a path, in words."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from products.onboarding.paths.compare import Difference, What, compare
from products.onboarding.paths.merge import Disputed
from products.onboarding.paths.pages import Pages
from products.onboarding.paths.rules import Item
from products.onboarding.paths.wording import KIND_NAMES, day_name, name_of, names_of_items
from wiki.locale import _


class Told(NamedTuple):
    """One changed value: what it is called, before, after."""

    label: str
    before: str
    after: str


class Changed(NamedTuple):
    """An item with all that became of it."""

    name: str
    what: What
    told: Sequence[Told]


def changes_told(old: Sequence[Item], new: Sequence[Item], pages: Pages) -> Sequence[Changed]:
    """The differences item by item."""
    by_code: dict[str, list[Difference]] = {}
    for one in compare(old, new):
        by_code.setdefault(one.code, []).append(one)
    before, after = ({item.code: item for item in side} for side in (old, new))
    names = {**names_of_items(old, pages), **names_of_items(new, pages)}
    return [
        Changed(
            names[code],
            found[0].what,
            [_told(one, before[code], after[code], names, pages) for one in found if one.field],
        )
        for code, found in by_code.items()
    ]


def _told(one: Difference, old: Item, new: Item, names: Mapping[str, str], pages: Pages) -> Told:
    if one.field == "due":
        return Told(_("Due"), *(day_name(item.due_day) or _("no day") for item in (old, new)))
    if one.field == "after":
        return Told(_("Comes after"), *(_first(item, names) for item in (old, new)))
    return Told(_("What"), *(_thing(item, pages) for item in (old, new)))


def _first(item: Item, names: Mapping[str, str]) -> str:
    return ", ".join(names[code] for code in item.after if code in names) or _("nothing")


def _thing(item: Item, pages: Pages) -> str:
    return f"{KIND_NAMES[item.kind]}: {name_of(item, pages)}"


def disputes_told(
    disputed: Sequence[Disputed], ours: Sequence[Item], theirs: Sequence[Item], pages: Pages
) -> Sequence[Told]:
    """What two changed at once: the item, what stands in the newest version, what was typed."""
    mine, other = ({item.code: item for item in side} for side in (ours, theirs))
    names = {**names_of_items(theirs, pages), **names_of_items(ours, pages)}
    return [
        Told(names.get(one.code, ""), *_sides(one, other.get(one.code), mine.get(one.code), pages))
        for one in disputed
    ]


def _sides(one: Disputed, theirs: Item | None, mine: Item | None, pages: Pages) -> tuple[str, str]:
    if one.field == "after":
        return _("another order of what comes first"), _("both together would lead in a circle")
    if theirs is None or mine is None:
        return _taken_out(theirs), _taken_out(mine)
    told = _told(Difference(What.CHANGED, one.code, one.field), theirs, mine, {}, pages)
    return told.before, told.after


def _taken_out(item: Item | None) -> str:
    return _("kept and changed") if item else _("taken out")

"""What the parts of paths are called on the screen."""

from collections.abc import Iterable, Mapping

from products.onboarding.kinds import ItemKind
from products.onboarding.paths.pages import Pages
from products.onboarding.paths.rules import Item
from wiki.locale import _, _l, ngettext

KIND_NAMES = {
    ItemKind.PAGE: _l("Read the page"),
    ItemKind.QUESTION: _l("Pass the questions"),
    ItemKind.PLACEHOLDER: _l("Page to be written"),
}
_MINUTES_AN_HOUR = 60


def name_of(item: Item, pages: Pages) -> str:
    """What an item is called for somebody who sees these pages."""
    if item.page_id is None:
        return item.title
    page = pages.get(item.page_id)
    title = page.title if page else _("a page that you may not see")
    if item.kind is ItemKind.QUESTION:
        return _("Questions: %(title)s", title=title)
    return title


def names_of_items(items: Iterable[Item], pages: Pages) -> Mapping[str, str]:
    """The names of items by their codes."""
    return {item.code: name_of(item, pages) for item in items}


def how_long(seconds: int) -> str:
    """So many hours and minutes, for example "1 h 20 min"; less than a minute is a minute."""
    hours, minutes = divmod(max(1, round(seconds / 60)), _MINUTES_AN_HOUR)
    if not hours:
        return _("%(minutes)d min", minutes=minutes)
    if not minutes:
        return _("%(hours)d h", hours=hours)
    return _("%(hours)d h %(minutes)d min", hours=hours, minutes=minutes)


def day_name(day: int | None) -> str:
    """Until which day something is due, counted from the first one; empty without one."""
    if day is None:
        return ""
    if day == 0:
        return _("on the first day")
    return str(ngettext("by day %(num)d", "by day %(num)d", day))

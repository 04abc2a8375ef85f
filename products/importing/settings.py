"""What is asked of a list of products beside its columns."""

from collections.abc import Sequence

from flask_babel import LazyString
from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, may
from wiki.lists.sorts import Setting
from wiki.locale import LANGUAGES, _l, language
from wiki.pages.categories import tree
from wiki.pages.facts import CURRENCIES

LANGUAGE, CATEGORY, CURRENCY, MISSING = "language", "category", "currency", "missing"
MAKE = "make"


def settings_of(session: Session, actor: Actor) -> Sequence[Setting]:
    """Language and category of new pages, the currency of prices, what of unknown categories."""
    shelves = [
        (str(shelf.id), "\u2003" * depth + shelf.name(language()))
        for depth, shelf in tree(session).walk()
    ]
    missing: tuple[tuple[str, str | LazyString], ...] = (("", _l("refuse the row")),)
    if may(actor, Permission.EDIT_CATEGORIES):
        missing += ((MAKE, _l("make them")),)
    return (
        Setting(
            CURRENCY,
            _l("Currency of prices"),
            _l("Where the cell does not say it: USD, RUB …"),
            longest=3,
            offers=CURRENCIES,
        ),
        Setting(
            CATEGORY,
            _l("Category of new pages"),
            _l("Where the file does not say one."),
            (("", _l("without a category")), *shelves),
        ),
        Setting(
            LANGUAGE, _l("Language of new pages"), "", tuple(LANGUAGES.items()), actor.language
        ),
        Setting(MISSING, _l("Categories that are not there yet"), "", missing),
    )

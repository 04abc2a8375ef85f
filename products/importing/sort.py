"""Products as a sort of list."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from products.importing.applying import ProductWriter
from products.importing.fields import Part, fields_of
from products.importing.planning import plan_products
from products.importing.settings import CURRENCY, settings_of
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission
from wiki.errors import Refusal
from wiki.lists.plans import Chosen, Plan
from wiki.lists.sheets import Sheet
from wiki.lists.sorts import By, ListField, Setting, Sort, SortWords, Writer
from wiki.locale import _l
from wiki.pages.categories import tree
from wiki.pages.saving import Desk
from wiki.tables.amounts import currency_in


class ProductSort(Sort):
    """Lists of products."""

    code = "products"
    address = "/products/import"
    room = "/products"
    frame = "products/import.html"
    permission = Permission.WRITE_PAGES
    words = SortWords(
        title=_l("Import products"),
        about=_l(
            "A table of products (CSV or XLSX), one a row. Each makes a page, or a new version of "
            "the page of that title when something differs. You see what would happen before "
            "anything is written."
        ),
        done=_l("The products are written. Each page keeps its earlier versions."),
        look=_l("Look at the products"),
        kept=_l("They stand in the text of the page as a table, with the file and the day."),
    )

    def fields(self, session: Session) -> Mapping[str, ListField]:
        """The parts of a page, and the facts of all categories."""
        return fields_of(tree(session))

    def settings(self, session: Session, actor: Actor) -> Sequence[Setting]:
        """Currency, category, language."""
        return settings_of(session, actor)

    def check(self, chosen: Chosen) -> None:
        """Raise `Refusal` without a title, and for a currency that is none."""
        if Part.TITLE not in chosen.columns:
            raise Refusal(
                "No column holds the title of a product. Nothing was changed. Say which one does."
            )
        currency_in(chosen.settings.get(CURRENCY, ""))

    def plan(self, session: Session, actor: Actor, sheet: Sheet, chosen: Chosen) -> Plan:
        """What the list would do."""
        return plan_products(session, actor, sheet, chosen)

    def writer(self, desk: Desk, actor: Actor, plan: Plan, by: By) -> Writer:
        """Who writes it."""
        return ProductWriter(desk, actor, by)


PRODUCTS = ProductSort()

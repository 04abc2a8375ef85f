"""Sellers as a sort of list, and who writes them. Nobody gets an account by it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.files.sources import LONGEST_NAME, checked_name, open_source
from dossiers.deals.matching.followers import tell_followers
from dossiers.deals.matching.kinds import Kind
from dossiers.deals.matching.new import match_owners
from dossiers.deals.matching.waiting import match_waiting
from dossiers.deals.models import DealOwner, DealSource
from dossiers.deals.sellers.fields import FIELDS, Field
from dossiers.deals.sellers.planning import SOURCE, Wish, plan_sellers, source_called
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission
from wiki.errors import Clash, Refusal
from wiki.lists.plans import Chosen, Plan, Thing
from wiki.lists.sheets import Sheet
from wiki.lists.sorts import By, ListField, Setting, Sort, SortWords, Writer
from wiki.locale import _l
from wiki.pages.saving import Desk


class SellerSort(Sort):
    """Lists of sellers."""

    code = "sellers"
    address = "/deals/sellers/import"
    room = "/deals/queue?kind=sellers"
    frame = "dossiers/deals/sellers.html"
    permission = Permission.EDIT_DOSSIERS
    words = SortWords(
        title=_l("Import sellers"),
        about=_l(
            "A table of sellers (CSV or XLSX), one a row, with their managers and offices; also "
            "those who have no deal yet. Who of them is a colleague is found by e-mail address or "
            "exact name. Nobody gets an account by it."
        ),
        done=_l("The sellers are written."),
        look=_l("Look at the sellers"),
    )

    def fields(self, session: Session) -> Mapping[str, ListField]:
        """Name, number, address, manager, office."""
        return FIELDS

    def settings(self, session: Session, actor: Actor) -> Sequence[Setting]:
        """The source whose sellers they are."""
        names = session.scalars(select(DealSource.name).order_by(DealSource.name)).all()
        return (
            Setting(
                SOURCE,
                _l("Source of the deals"),
                _l("The program whose sellers these are, called as for its deals."),
                longest=LONGEST_NAME,
                offers=names,
                default=names[0] if len(names) == 1 else "",
            ),
        )

    def check(self, chosen: Chosen) -> None:
        """Raise `Refusal` without a source, and when no column tells one seller from another."""
        if not {Field.NAME, Field.SELLER_ID} & chosen.columns.keys():
            raise Refusal(
                "No column holds the name or number of a seller. Nothing was changed. Say which "
                "one does."
            )
        checked_name(chosen.settings.get(SOURCE, ""))

    def plan(self, session: Session, actor: Actor, sheet: Sheet, chosen: Chosen) -> Plan:
        """What the list would do."""
        return plan_sellers(session, sheet, chosen)

    def writer(self, desk: Desk, actor: Actor, plan: Plan, by: By) -> Writer:
        """Who writes it."""
        return SellerWriter(actor)


class SellerWriter(Writer):
    """Writes the sellers of one list; who they are is found out at the end."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._touched: list[int] = []

    def prepare(self, things: Sequence[Thing]) -> None:
        """Nothing takes long."""

    def write(self, session: Session, thing: Thing) -> None:
        """Write one seller; to whom the seller was decided to be, stays."""
        wish: Wish = thing.todo
        source = source_called(session, wish.source) or open_source(
            session, self._actor, wish.source
        )
        mine = (DealOwner.source_id == source.id, DealOwner.key == wish.key)
        owner = session.scalars(select(DealOwner).where(*mine)).first()
        if owner is None:
            if wish.owner_id is not None:
                raise _gone()
            owner = DealOwner(source_id=source.id, key=wish.key, name="", is_nobody=False)
            session.add(owner)
        for name, text in wish.said.items():
            setattr(owner, name, text)
        session.flush()
        self._touched.append(owner.id)

    def finish(self, session: Session) -> None:
        """Find out which of them are colleagues, and let others know that they are called anew."""
        match_owners(session, None, self._touched)
        match_waiting(session)
        tell_followers(session, Kind.SELLER, self._touched)


def _gone() -> Clash:
    return Clash("The seller is no longer there. Nothing of the row was written. Send it again.")


SELLERS = SellerSort()

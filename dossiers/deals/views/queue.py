"""The queue: what of the deals waits for a decision, and what was decided."""

from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import pairwise

from flask import g, render_template, request, url_for

from dossiers.clients.queries import client_names_visible_to
from dossiers.deals.matching.alone import alone_visible_to
from dossiers.deals.matching.kinds import Kind
from dossiers.deals.matching.queue import (
    Line,
    Waiting,
    decided_visible_to,
    queue_visible_to,
    waiting_visible_to,
)
from dossiers.deals.matching.typed import LONGEST, offered_visible_to
from dossiers.deals.matching.wording import NOBODY, SELLER_MATCHED, WHYS
from dossiers.deals.views.blueprint import deals_room
from dossiers.deals.wording import MATCHED_NAMES
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission, may
from wiki.database import fresh_reading, reading
from wiki.errors import Refusal
from wiki.pages.content import one_line
from wiki.pages.forms import whole_number

DEALS = "deals"


@dataclass(frozen=True, slots=True)
class Pager:
    """The pages of a list of the queue before and after, also when something was refused."""

    tab: str
    number: int
    count: int
    state: str | None = None
    text: str = ""

    @property
    def has_previous(self) -> bool:
        """Whether there is a page before."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Whether there is a page after."""
        return self.number < self.count

    @property
    def previous_url(self) -> str:
        """The address of the page before."""
        return self._page(self.number - 1)

    @property
    def next_url(self) -> str:
        """The address of the page after."""
        return self._page(self.number + 1)

    def _page(self, number: int) -> str:
        text = self.text or None
        return url_for("deals_room.queue", tab=self.tab, state=self.state, text=text, page=number)


@dataclass(frozen=True)
class Sent:
    """What was sent and refused: which row, what was typed, and which rows stay ticked."""

    problem: Refusal
    ident: int = 0
    typed: str = ""
    ticked: Collection[int] = field(default_factory=tuple)


@deals_room.get("/deals/queue")
@needs(Permission.EDIT_DOSSIERS)
def queue() -> str:
    """Companies, products and sellers that wait, and deals without a company: one tab each."""
    tab = request.args.get("tab", "")
    if tab == DEALS:
        return alone_page()
    kind = Kind(tab) if tab in list(Kind) else Kind.COMPANY
    if request.args.get("state") == "decided":
        return decided_page(kind)
    return waiting_page(kind)


def waiting_page(kind: Kind, sent: Sent | None = None) -> str:
    """What of one kind waits; after a refusal with what was sent."""
    session, person = fresh_reading(), actor()
    part = queue_visible_to(session, person, kind, _number())
    exact = [line.id for line in part.lines if line.exact]
    ticked = exact if request.args.get("tick") else sent.ticked if sent else ()
    return render_template(
        "dossiers/deals/queue.html",
        kind=kind,
        part=part,
        exact=exact,
        ticked=ticked,
        pager=Pager(kind.value, part.number, part.count),
        following=_following(part.lines),
        offered=offered_visible_to(session, person, kind) if part.lines else (),
        whys=WHYS,
        sent=sent,
        has_deals=bool(part.lines) or _knows_any(kind),
        here=_here(kind.value, part.number),
    )


def decided_page(kind: Kind, sent: Sent | None = None) -> str:
    """What of one kind is known, by whom and since when."""
    session, person = fresh_reading(), actor()
    text = one_line(request.args.get("text", ""))[:LONGEST]
    part = decided_visible_to(session, person, kind, _number(), text)
    words = {**MATCHED_NAMES, **(SELLER_MATCHED if kind is Kind.SELLER else {})}
    return render_template(
        "dossiers/deals/queue_decided.html",
        kind=kind,
        part=part,
        pager=Pager(kind.value, part.number, part.count, "decided", text),
        offered=offered_visible_to(session, person, kind) if part.lines else (),
        matched=words,
        nobody=NOBODY[kind],
        sent=sent,
        text=text,
        here=_here(kind.value, part.number, "decided"),
    )


def alone_page(sent: Sent | None = None) -> str:
    """Deals without a company."""
    session, person = fresh_reading(), actor()
    part = alone_visible_to(session, person, _number())
    return render_template(
        "dossiers/deals/queue_alone.html",
        part=part,
        pager=Pager(DEALS, part.number, part.count),
        following=dict(pairwise(row.id for row in part.rows)),
        client_names=client_names_visible_to(session, person) if part.rows else (),
        whys=WHYS,
        sent=sent,
        here=_here(DEALS, part.number),
    )


def _number() -> int:
    return whole_number(request.values.get("page")) or 1


def _following(lines: Collection[Line]) -> dict[int, int]:
    return dict(pairwise(line.id for line in lines))


def _here(tab: str, number: int, state: str | None = None) -> str:
    page = number if number > 1 else None
    return url_for("deals_room.queue", tab=tab, state=state, page=page)


def _knows_any(kind: Kind) -> bool:
    return bool(decided_visible_to(reading(), actor(), kind).total)


@deals_room.app_template_global("deals_waiting")
def deals_waiting() -> Waiting:
    """How much waits, for the badge; asked once in a request, and nothing for newcomers."""
    found: Waiting | None = g.get("deals_waiting")
    if found is None:
        decides = may(actor(), Permission.EDIT_DOSSIERS)
        found = waiting_visible_to(reading(), actor()) if decides else Waiting()
        g.deals_waiting = found
    return found

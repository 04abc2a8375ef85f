"""The deals of a client: the tab of its dossier, and the panel on the first page."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy.orm import Session

from dossiers.clients.deeds import note_look
from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to
from dossiers.deals.asking import asked_for
from dossiers.deals.kinds import DealKind
from dossiers.deals.listing import Wanted, page_visible_to, sums_visible_to
from dossiers.deals.showing.approval import run_lines
from dossiers.deals.views.blueprint import deals_room, today
from dossiers.deals.wording import KIND_NAMES
from wiki import clock
from wiki.accounts.access import actor, needs
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.pages.forms import whole_number
from wiki.paging import Pager

_NEWEST = 5


@deals_room.get("/clients/<int:client_id>/deals")
@needs(Permission.READ)
def deals_of_client(client_id: int) -> ResponseReturnValue:
    """The client's deals with where the approval of each stands; `?kind=`, `?text=` narrow them."""
    client = client_visible_to(reading(), actor(), client_id)
    if client.merged_into_id is not None:
        return redirect(f"/clients/{client.merged_into_id}/deals")
    with transaction() as session:
        note_look(session, actor(), client_id, "deals")
    said = {**request.args.to_dict(), "client": str(client_id)}
    wanted = asked_for(reading(), actor(), said).wanted
    sums = sums_visible_to(reading(), actor(), wanted)
    number = whole_number(request.args.get("page"))
    page = page_visible_to(reading(), actor(), wanted, sums, number)
    runs = run_lines(reading(), {deal.id: deal.home for deal in page.rows}, today())
    return render_template(
        "dossiers/deals/client.html",
        client=client,
        wanted=wanted,
        page=page,
        pager=Pager(page.number, page.count),
        sums=sums,
        runs=runs,
        kinds=KIND_NAMES,
        is_narrowed=any(request.args.get(name) for name in ("kind", "text", "outside", "product")),
    )


def draw_deals(session: Session, actor: Actor, client: Client) -> Markup | None:
    """What the client's deals come to, and the open ones that close next; nothing without deals."""
    wanted = Wanted(client=client.id)
    sums = sums_visible_to(session, actor, wanted)
    if not sums:
        return None
    open_ones = Wanted(client=client.id, kind=DealKind.OPEN, sort="soon")
    of_open = [one for one in sums if one.kind is DealKind.OPEN]
    rows = page_visible_to(session, actor, open_ones, of_open, 1).rows[:_NEWEST] if of_open else []
    day = clock.today(actor.time_zone)
    html = render_template(
        "dossiers/deals/_client_panel.html",
        client=client,
        sums=sums,
        rows=rows,
        open_deals=sum(one.deals for one in of_open),
        runs=run_lines(session, {deal.id: deal.home for deal in rows}, day),
    )
    return Markup(html)  # noqa: S704 - of our own template

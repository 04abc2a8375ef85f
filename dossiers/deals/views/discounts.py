"""The report on discounts, its file, and the deals behind its figures."""

from collections.abc import Mapping

from flask import Response, render_template, request

from dossiers.clients.queries import name_visible_to
from dossiers.deals.discounts.api import as_json
from dossiers.deals.discounts.asking import list_in, question_in
from dossiers.deals.discounts.columns import Buyer, By
from dossiers.deals.discounts.judged import ground_names
from dossiers.deals.discounts.listed import State, list_visible_to
from dossiers.deals.discounts.naming import person_names, product_names, sellers_of
from dossiers.deals.discounts.report import report_visible_to
from dossiers.deals.discounts.table_file import report_csv
from dossiers.deals.discounts.versions import grounds_of
from dossiers.deals.discounts.wording import BY_NAMES, STATE_NAMES, group_name, step_name
from dossiers.deals.views.blueprint import deals_room, today
from dossiers.deals.wording import KIND_NAMES
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.history.services import record
from wiki.locale import language
from wiki.pages.forms import whole_number
from wiki.paging import Pager

_EVERY = 100_000
#: What an address of the report says that the list of its deals understands as well.
_WHOSE = ("seller", "client", "product", "contact")
_FILTERS = ("kind", "from", "until", "currency", "seller", "client", "product", "only")


@deals_room.get("/deals/discounts")
@needs(Permission.EDIT_DOSSIERS)
def discounts() -> str:
    """What discounts come to by manager, client, product, ground and over time."""
    asked = question_in(actor(), request.args)
    report = report_visible_to(
        reading(), actor(), asked.wanted, asked.by, asked.buyer, language=language()
    )
    said = _said()
    return render_template(
        "dossiers/deals/discounts.html",
        report=report,
        said=said,
        filters={name: said[name] for name in _FILTERS if name in said},
        kinds=KIND_NAMES,
        by_names=BY_NAMES,
        data=as_json(report),
        group_name=group_name,
        step_name=step_name,
        By=By,
        Buyer=Buyer,
        narrowed=_narrowed(report.whole.deals > 0),
    )


@deals_room.get("/deals/discounts.csv")
@needs(Permission.EDIT_DOSSIERS)
def discounts_file() -> Response:
    """All groups of the report as a file; the history keeps that it was taken out."""
    asked = question_in(actor(), request.args)
    report = report_visible_to(
        reading(), actor(), asked.wanted, asked.by, asked.buyer, language=language(), most=_EVERY
    )
    with transaction() as session:
        record(session, actor(), "export discounts.csv", "deals", 0)
    answer = Response(report_csv(report), mimetype="text/csv")
    name = f"discounts-{asked.by}-{today()}.csv"
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@deals_room.get("/deals/discounts/list")
@needs(Permission.EDIT_DOSSIERS)
def discounted_deals() -> str:
    """The deals behind a figure; at first those outside the policy without a ground."""
    wanted = list_in(actor(), request.args)
    page = list_visible_to(reading(), actor(), wanted, whole_number(request.args.get("page")))
    grounds = grounds_of(reading())
    return render_template(
        "dossiers/deals/discount_list.html",
        page=page,
        pager=Pager(page.number, page.count),
        wanted=wanted,
        said=_said(),
        states=STATE_NAMES,
        State=State,
        grounds=grounds,
        ground_names=ground_names(grounds, language()),
        narrowed=_narrowed(page.total > 0),
    )


def _said() -> dict[str, str]:
    return {name: value for name, value in request.args.items() if value and name != "page"}


def _narrowed(is_found: bool) -> Mapping[str, str]:
    """To whom or what the address is narrowed; named only when one may see a deal of it."""
    session, person, wanted = reading(), actor(), question_in(actor(), request.args).wanted
    contact = whole_number(request.args.get("contact"))
    asked = (wanted.seller, wanted.client, wanted.product, contact or None)
    found = {name: "…" for name, key in zip(_WHOSE, asked, strict=True) if key is not None}
    if not is_found:
        return found
    if wanted.seller is not None:
        found["seller"] = sellers_of(session).names.get(wanted.seller, "…")
    if wanted.client is not None:
        found["client"] = name_visible_to(session, person, wanted.client) or "…"
    if wanted.product is not None:
        found["product"] = product_names(session, person, [wanted.product]).get(wanted.product, "…")
    if contact:
        found["contact"] = person_names(session, [contact]).get(contact, "…")
    return found

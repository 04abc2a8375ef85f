"""Where the approval of deals stands: their runs, and on which paths one could be begun."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from dossiers.approvals.models import ApprovalPath, ApprovalRun
from dossiers.approvals.paths.queries import paths_of
from dossiers.approvals.runs.listing import Home as RunHome
from dossiers.approvals.runs.listing import RunLine, lines_of
from dossiers.approvals.runs.queries import runs_of
from dossiers.approvals.runs.rules import LARGEST_AMOUNT, LONGEST_DEAL
from dossiers.deals.homes import Home
from dossiers.deals.models import Deal
from dossiers.deals.run_links import linked_runs
from dossiers.deals.showing.products import LineShown

MOST_RUNS = 100


def run_lines(
    session: Session, deals: Mapping[int, Home | None], today: date
) -> dict[int, list[RunLine]]:
    """The runs of deals by the deal's number, the latest first; seven statements."""
    known = {ident: home.id if home else None for ident, home in deals.items()}
    runs = linked_runs(session, known)
    homes = {run.id: deals[ident] for ident, mine in runs.items() for run in mine}
    every = list({run.id: run for mine in runs.values() for run in mine}.values())
    if not every:
        return {}
    named = {i: RunHome(home.id, home.name, home.country) for i, home in homes.items() if home}
    lines = {line.run.id: line for line in lines_of(session, every, named, today)}
    return {ident: [lines[run.id] for run in mine] for ident, mine in runs.items()}


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be done about the approval of a deal: runs to link, paths to begin one on."""

    runs: Sequence[ApprovalRun]
    paths: Sequence[tuple[ApprovalPath, str]]
    """Each path with the address of its form, filled with what the deal says."""


def offer_of(
    session: Session, home: Home, deal: Deal, lines: Sequence[LineShown], linked: set[int]
) -> Offer:
    """The client's runs that are not the deal's yet, the open ones first, and its paths."""
    runs = [*runs_of(session, home.id, True), *runs_of(session, home.id, False)]
    query = _query(deal, lines)
    paths = [
        (path, f"/clients/{home.id}/paths/{path.id}/runs/new?{query}")
        for path in paths_of(session, home.id)
    ]
    return Offer([run for run in runs if run.id not in linked][:MOST_RUNS], paths)


def _query(deal: Deal, lines: Sequence[LineShown]) -> str:
    """The part of the form's address that says what the deal says."""
    said: list[tuple[str, str]] = [("deal", (deal.title or deal.external_id)[:LONGEST_DEAL])]
    if deal.amount is not None and 0 <= deal.amount < LARGEST_AMOUNT:
        said += [("amount", f"{deal.amount:f}"), ("currency", deal.currency)]
    categories = {line.page.category for line in lines if line.page and line.page.category}
    said += [("category", str(ident)) for ident in sorted(categories)]
    if deal.planned_on is not None:
        said.append(("wanted", deal.planned_on.isoformat()))
    return urlencode([*said, ("origin", f"deal:{deal.id}")])

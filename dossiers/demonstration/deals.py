"""The deals of the demonstration: sent by a source as any program would, then looked after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dossiers.approvals.models import ApprovalRun
from dossiers.deals.applying.naming import Names
from dossiers.deals.applying.writing import Written, apply_records
from dossiers.deals.discounts.documents import GROUNDS
from dossiers.deals.discounts.grounds import GroundSaid, give_ground
from dossiers.deals.discounts.policies import Draft, save_policy
from dossiers.deals.discounts.policy import Rule, WhoKind
from dossiers.deals.kinds import DealKind, SourceKind
from dossiers.deals.models import Deal, DealSource
from dossiers.deals.record import Company, Contact, DealRecord, Line, Seller, StageSince
from dossiers.deals.run_links import link_run
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.pages.models import Category, Page, Revision

FILE = Path(__file__).parent / "deals.yaml"
_FIRST_VISIT, _LAST_VISIT = 45, 2
_POLICY_SINCE = 400
_PAGES_SINCE, _PAGES_CHANGED = 340, 150
_ENDS = {"won": ("Подписано", DealKind.WON), "lost": ("Отказ", DealKind.LOST)}

Said = Mapping[str, Any]


def add_deals(session: Session, people: Mapping[str, Actor]) -> None:
    """Let the source send its deals in two visits, and link them with the runs of their names."""
    said = yaml.safe_load(FILE.read_text("utf-8"))
    calendar = _Calendar(clock.now())
    _age_pages(session, calendar)
    _save_policy(session, people["vera"], said["policy"], calendar.day(_POLICY_SINCE))
    first = calendar.moment(_FIRST_VISIT)
    source = DealSource(name="CRM", kind=SourceKind.API, created_at=first)
    session.add(source)
    session.flush()
    for ago in (_FIRST_VISIT, _LAST_VISIT):
        with clock.at(calendar.moment(ago)):
            known = [deal for deal in said["deals"] if max(deal["path"]) >= ago]
            records = [_record(said, deal, ago, calendar) for deal in known]
            apply_records(session, Names(source), records, Written())
    _look_after(session, people, said["deals"])


@dataclass(frozen=True)
class _Calendar:
    """Days before the moment in which the demonstration is made."""

    now: datetime

    def moment(self, ago: int) -> datetime:
        """That many days before."""
        return self.now - timedelta(days=ago)

    def day(self, ago: int) -> date:
        """The day of that moment."""
        return self.moment(ago).date()


def _age_pages(session: Session, calendar: _Calendar) -> None:
    """Let the pages be as old as the deals, so that these have versions of their day.

    What was changed since the last visit stays: people are just reading it.
    """
    lately = calendar.moment(_LAST_VISIT)
    for number, ago in ((1, _PAGES_SINCE), (2, _PAGES_CHANGED)):
        these = select(Page.id).where(Page.room.is_(None))
        session.execute(
            update(Revision)
            .where(Revision.number == number, Revision.page_id.in_(these), Revision.at < lately)
            .values(at=calendar.moment(ago))
        )


def _save_policy(session: Session, director: Actor, rules: Iterable[Said], since: date) -> None:
    slugs = dict(session.execute(select(Category.slug, Category.id)).all())
    made = [
        Rule(
            WhoKind(one["who"]),
            one.get("whom", ""),
            Decimal(one["percent"]),
            slugs.get(one.get("category", "")),
            "RUB",
            Decimal(one["amount_from"]) if "amount_from" in one else None,
        )
        for one in rules
    ]
    draft = Draft(made, GROUNDS, since, "Первая редакция", 0)
    save_policy(session, director, draft)


def _record(said: Said, deal: Said, ago: int, calendar: _Calendar) -> DealRecord:
    """What the source says of a deal at its visit that many days ago."""
    later = deal.get("later", {}) if ago == _LAST_VISIT else {}
    stages = _stages(said, deal, ago, calendar)
    ended = next((name for name in _ENDS if deal.get(name, -1) >= ago), None)
    lines = tuple(_line(said, one) for one in deal.get("lines", ()))
    total = sum(
        (one.price * one.quantity for one in lines if one.price and one.quantity), Decimal()
    )
    soon = later.get("planned", deal.get("soon"))
    values: dict[str, Any] = {
        "title": deal["title"],
        "amount": total if lines else None,
        "currency": "RUB",
        "pipeline": "Продажи",
        "stage": stages[-1].stage,
        "kind": stages[-1].kind,
        "stages": tuple(stages),
        "began_on": calendar.day(max(deal["path"])),
        "planned_on": calendar.day(-soon) if soon is not None else None,
        "closed_on": calendar.day(deal[ended]) if ended else None,
        "loss_reason": deal.get("reason", "") if ended == "lost" else "",
        "lines": lines,
        "contacts": tuple(Contact(name=n, email=m, role=r) for n, m, r in deal.get("contacts", ())),
        "owner": Seller(**said["sellers"][deal["owner"]]),
        "company": Company(**said["companies"][deal["company"]]) if "company" in deal else None,
        "raw": {"number": deal["id"], "sum": str(total)},
    }
    if "probability" in later:
        values |= {"probability": Decimal(later["probability"]), "probability_scale": "percent"}
    return DealRecord(deal["id"], frozenset(values), updated_at=calendar.moment(ago), **values)


def _stages(said: Said, deal: Said, ago: int, calendar: _Calendar) -> list[StageSince]:
    """Where the deal was since when, as far as it had come by then."""
    passed = zip(said["stages"], deal["path"], strict=False)
    found = [
        StageSince(name, calendar.moment(at), DealKind.OPEN) for name, at in passed if at >= ago
    ]
    for name, (stage, kind) in _ENDS.items():
        if deal.get(name, -1) >= ago:
            found.append(StageSince(stage, calendar.moment(deal[name]), kind))
    return found


def _line(said: Said, line: list[Any]) -> Line:
    name, price, quantity = line
    listed = said["prices"].get(name)
    return Line(
        name,
        list_price=Decimal(listed) if listed else None,
        price=Decimal(price),
        quantity=Decimal(quantity),
    )


def _look_after(session: Session, people: Mapping[str, Actor], deals: Iterable[Said]) -> None:
    """Link runs with the deals of their names, and say why a discount was given."""
    for said in deals:
        deal = session.scalars(select(Deal).where(Deal.external_id == said["id"])).one()
        actor = people.get(said["owner"])
        if actor is None or deal.client_id is None:
            continue
        if said.get("run"):
            run = select(ApprovalRun.id).where(ApprovalRun.deal == said["title"])
            link_run(session, actor, deal.id, session.scalars(run).one())
        if "ground" in said:
            ground = said["ground"]
            told = GroundSaid(ground["code"], ground["words"], ground["by"], people["vera"].id)
            give_ground(session, actor, deal.id, told)

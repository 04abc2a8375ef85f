"""The approval paths of the demonstration: written down, confirmed and walked, day by day."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from dossiers.approvals.document import PathDocument, document_from
from dossiers.approvals.kinds import StepKind, StepState
from dossiers.approvals.models import ApprovalPath, ApprovalRun
from dossiers.approvals.paths.services import (
    Draft,
    Told,
    confirm_version,
    create_path,
    save_version,
)
from dossiers.approvals.purchases import Purchase
from dossiers.approvals.runs.services import Beginning, Move, begin_run, move_step
from dossiers.approvals.working_days import WorkingDays
from dossiers.demonstration.deeds import person, position
from dossiers.demonstration.plan import Planned
from dossiers.facts.kinds import Source
from dossiers.people.editing.pen import Pen

Said = Mapping[str, Any]
Do = Callable[[Pen], object]
_WORK = WorkingDays("RU")


@dataclass(frozen=True)
class Deed:
    """What somebody did with a path or a run, `ago` days before now."""

    ago: int
    do: Do


def deeds_with_paths(plan: Planned) -> Iterator[Deed]:
    """Everything that the client's file says of paths, in no order."""
    for path in plan.paths:
        yield from _versions(path)
        for told in path.get("confirmed", ()):
            yield Deed(told["ago"], _confirming(path["subject"], told))
        for run in path.get("runs", ()):
            yield from _walking(path["subject"], run)


def _versions(path: Said) -> Iterator[Deed]:
    first, *later = path["versions"]
    yield Deed(first["ago"], _creating(path, first))
    for number, version in enumerate(later, 1):
        yield Deed(version["ago"], _saving(path, version, number))


def _creating(path: Said, version: Said) -> Do:
    def do(pen: Pen) -> None:
        draft = Draft(_document(pen, path, version), 0, pen.day, version["why"])
        create_path(pen.session, pen.actor, pen.client.id, path["subject"], draft)

    return do


def _saving(path: Said, version: Said, base: int) -> Do:
    def do(pen: Pen) -> None:
        draft = Draft(_document(pen, path, version), base, pen.day, version["why"])
        ident = _path(pen, path["subject"])
        save_version(pen.session, pen.actor, pen.client.id, ident, draft)

    return do


def _confirming(subject: str, told: Said) -> Do:
    def do(pen: Pen) -> None:
        who = person(pen, told["person"])
        said = Told(pen.day, who, "", Source(told["source"]), told["note"])
        ident = _path(pen, subject)
        confirm_version(pen.session, pen.actor, pen.client.id, ident, told["version"], said)

    return do


def _walking(subject: str, run: Said) -> Iterator[Deed]:
    yield Deed(run["began"], _beginning(subject, run))
    for event in run["events"]:
        said = event if isinstance(event, Mapping) else _event(event)
        yield Deed(said["ago"], _moving(run["deal"], said))


def _event(text: str) -> Said:
    step, state, ago = text.split()
    return {"step": step, "state": state, "ago": int(ago)}


def _beginning(subject: str, run: Said) -> Do:
    def do(pen: Pen) -> None:
        bought = Purchase(Decimal(run["amount"]), "RUB", new_vendor=run.get("new_vendor", False))
        wanted, managers = (_ahead(pen, run, name) for name in ("wanted", "managers"))
        beginning = Beginning(run["deal"], bought, _workday(pen.day), wanted, managers)
        begin_run(pen.session, pen.actor, pen.client.id, _path(pen, subject), beginning)

    return do


def _ahead(pen: Pen, run: Said, name: str) -> date | None:
    """A day in the file counts from now, and the deed is done `began` days before now."""
    return pen.day + timedelta(days=run["began"] - run[name]) if name in run else None


def _moving(deal: str, said: Said) -> Do:
    def do(pen: Pen) -> None:
        wanted = select(ApprovalRun.id).where(
            ApprovalRun.client_id == pen.client.id, ApprovalRun.deal == deal
        )
        ident = pen.session.scalars(wanted).one()
        kind = StepKind(said["kind"]) if "kind" in said else None
        acted = position(pen, said["position"]) if "position" in said else None
        state, title = StepState(said["state"]), said.get("title", "")
        move = Move(said["step"], state, _workday(pen.day), title, kind, acted)
        move_step(pen.session, pen.actor, pen.client.id, ident, move)

    return do


def _workday(day: date) -> date:
    return _WORK.on_or_before(day)


def _path(pen: Pen, subject: str) -> int:
    wanted = select(ApprovalPath.id).where(
        ApprovalPath.client_id == pen.client.id, ApprovalPath.subject == subject
    )
    return pen.session.scalars(wanted).one()


def _document(pen: Pen, path: Said, version: Said) -> PathDocument:
    steps = [_step(pen, said) for said in version["steps"]]
    frozen = [dict(zip(("start", "end"), path["frozen"], strict=True))] if "frozen" in path else []
    return document_from({"currency": "RUB", "steps": steps, "frozen": frozen})


_PLAIN = (
    "code", "title", "kind", "after", "right", "needed", "meetings", "limit", "documents", "bring",
    "source", "confidence", "evidence",
)  # fmt: skip


def _step(pen: Pen, said: Said) -> dict[str, Any]:
    median, slow = said["days"]
    who: Sequence[str] = said.get("who", ())
    return {
        **{name: said[name] for name in _PLAIN if name in said},
        "positions": [position(pen, title) for title in who],
        "deputy": position(pen, said["deputy"]) if "deputy" in said else None,
        "duration": {"median": median, "slow": slow},
        "condition": _condition(said),
    }


def _condition(said: Said) -> dict[str, Any]:
    amounts = {f"amount_{end}": said[end] for end in ("from", "to") if end in said}
    currency = {"currency": "RUB"} if amounts else {}
    vendor = {"new_vendor": said["new_vendor"]} if "new_vendor" in said else {}
    return {**currency, **amounts, **vendor}

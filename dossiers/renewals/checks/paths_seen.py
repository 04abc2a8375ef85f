"""Reading the paths that the checks look at and who signs them, in seven statements."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.document import PathDocument, kept_document
from dossiers.approvals.models import ApprovalPath, PathVersion
from dossiers.approvals.paths.queries import confirmations_of, heading_in_force, headings_of
from dossiers.approvals.purchases import Purchase
from dossiers.approvals.signature import decides
from dossiers.approvals.steps import Step, needed_for
from dossiers.facts.asking import Moment, at
from dossiers.people.chart.snapshot import Holder
from dossiers.people.kinds import Attitude
from dossiers.people.models import PositionFact
from dossiers.people.reading.known import holders_at
from dossiers.renewals.checks.ground import Lack, Path, Signing
from dossiers.renewals.checks.people_seen import Attitudes, Homes
from dossiers.renewals.models import Contract

_AGAINST = frozenset({Attitude.SCEPTIC, Attitude.ENEMY})


def paths_seen(
    session: Session,
    homes: Homes,
    contracts: Mapping[int, Contract],
    attitudes: Attitudes,
    moment: Moment,
) -> dict[int, tuple[Path, ...]]:
    """Home → its paths; of a client with a contract that names a path, only that one."""
    wanted = select(ApprovalPath).where(
        ApprovalPath.client_id.in_(homes), ApprovalPath.archived.is_(False)
    )
    rows = session.scalars(wanted.order_by(ApprovalPath.subject_folded, ApprovalPath.id)).all()
    paths = [row for row in rows if _is_meant(row, contracts.get(homes[row.client_id]))]
    headings = headings_of(session, [row.id for row in paths])
    chosen = {ident: heading_in_force(own, moment.day).id for ident, own in headings.items()}
    versions = {
        row.path_id: row
        for row in session.scalars(select(PathVersion).where(PathVersion.id.in_(chosen.values())))
    }
    told = confirmations_of(session, list(chosen.values()))
    deciding = {
        row.id: _deciding(versions[row.id], contracts.get(homes[row.client_id]))
        for row in paths
        if row.id in versions
    }
    chairs = _Chairs(session, deciding, moment)
    found: dict[int, list[Path]] = defaultdict(list)
    for row in paths:
        home, steps = homes[row.client_id], deciding.get(row.id, [])
        confirmation = told.get(chosen.get(row.id, 0))
        signings = {
            one.position_id: one
            for step in steps
            for one in chairs.signings(row.id, step, attitudes.get(home, {}))
        }
        found[home].append(
            Path(
                row.id,
                row.subject,
                confirmation.told_on if confirmation else None,
                tuple(signings.values()),
                tuple(step.title for step in steps if not step.positions),
            )
        )
    return {home: tuple(own) for home, own in found.items()}


def _is_meant(path: ApprovalPath, contract: Contract | None) -> bool:
    return contract is None or contract.path_id in (None, path.id)


def _deciding(version: PathVersion, contract: Contract | None) -> list[Step]:
    """The steps that sign or may veto; with the value of a contract, those that it needs."""
    document: PathDocument = kept_document(version.document)
    steps = document.by_code
    if contract is not None and contract.value is not None:
        steps = dict(needed_for(steps, Purchase(contract.value, contract.currency)).steps)
    return [step for step in steps.values() if decides(step)]


class _Chairs:
    """Who sits on the positions of these steps."""

    def __init__(self, session: Session, steps: Mapping[int, list[Step]], moment: Moment) -> None:
        every = [step for own in steps.values() for step in own]
        named = {ident for step in every for ident in step.positions}
        idents = sorted(named | {step.deputy for step in every if step.deputy})
        wanted = select(PositionFact.position_id, PositionFact.title, PositionFact.is_known)
        here = wanted.where(PositionFact.position_id.in_(idents), at(PositionFact, moment))
        self._known = {ident: (title, known) for ident, title, known in session.execute(here)}
        self._holders: Mapping[int, list[Holder]] = holders_at(session, idents, moment)

    def signings(
        self, path_id: int, step: Step, attitudes: Mapping[int, Attitude]
    ) -> Iterator[Signing]:
        """The positions of one step, with what is not right about each."""
        for ident in step.positions:
            if ident not in self._known:
                yield Signing(path_id, ident, step.title, lack=Lack.GONE)
                continue
            title, is_known = self._known[ident]
            holder = self._holder(ident) or self._holder(step.deputy)
            if holder is None:
                lack = Lack.VACANT if is_known else Lack.UNKNOWN
                yield Signing(path_id, ident, title, lack=lack)
                continue
            against = attitudes.get(holder.person_id) in _AGAINST
            lack_of = Lack.AGAINST if against else None
            yield Signing(path_id, ident, title, holder.name, holder.person_id, lack_of)

    def _holder(self, ident: int | None) -> Holder | None:
        return next(iter(self._holders.get(ident or 0, ())), None)

"""Making the checks: for one client, or for a list of them in as many statements.

The caller shows only clients that the reader may see.
"""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy.orm import Session

from dossiers.renewals.checks.gathering import gather
from dossiers.renewals.checks.judging import judge_all
from dossiers.renewals.checks.rules_now import Rules
from dossiers.renewals.checks.seen import Seen
from dossiers.renewals.models import Contract


def checks_of(
    session: Session, client_id: int, rules: Rules, day: date, contract: Contract | None = None
) -> list[Seen]:
    """What the nine checks see of a client on that day; with a contract, of its own path and value.

    In a constant number of statements.
    """
    contracts = {client_id: contract} if contract is not None else {}
    return judge_all(gather(session, [client_id], day, contracts)[client_id], rules)


def checks_of_many(
    session: Session,
    client_ids: Collection[int],
    rules: Rules,
    day: date,
    contracts: Mapping[int, Contract] | None = None,
) -> dict[int, list[Seen]]:
    """The same by client, in the same number of statements; `contracts` are by client, too.

    At most some thousand clients at once: databases limit the values of one statement.
    """
    found = gather(session, client_ids, day, contracts or {})
    return {ident: judge_all(one, rules) for ident, one in found.items()}

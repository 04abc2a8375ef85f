"""The questions that Tryton's REST interface takes, and nothing of what the answers mean."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

from dossiers.deals.connectors.problems import PullError
from dossiers.deals.connectors.tryton.values import moment_in, moment_out
from dossiers.deals.connectors.web import USUAL, JsonDoor, Limits

Row = Mapping[str, Any]
Domain = Sequence[Any]


@dataclass
class Rest:
    """The models of one database. `company` is in whose name prices are asked for."""

    address: str
    database: str
    key: str = field(repr=False)
    limits: Limits = USUAL
    company: int | None = None
    door: JsonDoor = field(init=False)

    def __post_init__(self) -> None:
        base = f"{self.address}/{quote(self.database, safe='')}/rest/model/"
        self.door = JsonDoor(base, {"Authorization": f"Bearer {self.key}"}, self.limits)

    def search(
        self,
        model: str,
        domain: Domain,
        order: Sequence[Sequence[str]],
        fields: Sequence[str],
        most: int | None = None,
        then: datetime | None = None,
    ) -> list[Row]:
        """The rows of a model; `then` asks how they were at a moment. Raises `PullError`."""
        asked = [("f", name) for name in fields]
        asked += [("d", _packed(domain)), ("o", _packed(order))]
        asked += [("s", str(most))] if most is not None else []
        rows = self.door.get(model, asked, self._context(then))
        if not isinstance(rows, list) or not all(_is_row(row) for row in rows):
            raise strange()
        return rows

    def count(self, model: str, domain: Domain) -> int:
        """How many rows there are. Raises `PullError`."""
        number = self.door.post(f"{model}/search_count", {"domain": domain}, self._context())
        if isinstance(number, bool) or not isinstance(number, int):
            raise strange()
        return number

    def revisions(self, model: str, idents: Sequence[int]) -> list[tuple[datetime, int]]:
        """When these rows were written, with their numbers, the oldest first."""
        found = self.door.post(f"{model}/history_revisions", {"ids": list(idents)}, self._context())
        try:
            moments = [(moment_in(row[0]), int(row[1])) for row in found]
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise strange() from error
        return sorted((moment, ident) for moment, ident in moments if moment)

    def _context(self, then: datetime | None = None) -> Mapping[str, str]:
        context: dict[str, Any] = {} if self.company is None else {"company": self.company}
        if then is not None:
            context["_datetime"] = moment_out(then)
        return {"X-Tryton-Context": _packed(context)} if context else {}


def strange() -> PullError:
    """That the answer is JSON, but not what Tryton answers."""
    return PullError(
        "What answers at this address is not the interface of Tryton that was expected. It needs "
        "Tryton 8.0 or newer with the module sale_opportunity. Nothing was changed here."
    )


def _is_row(row: Any) -> bool:
    return isinstance(row, dict) and type(row.get("id")) is int


def _packed(value: Any) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode()

"""A record as the values of columns, and what of it is kept in tables of its own."""

from typing import Any

from dossiers.deals.applying.naming import company_key, line_key, owner_key
from dossiers.deals.record import DealRecord

#: Fields of a record that are columns of a deal under the same name.
COLUMNS = (
    "title",
    "amount",
    "currency",
    "pipeline",
    "stage",
    "kind",
    "probability",
    "probability_scale",
    "began_on",
    "planned_on",
    "closed_on",
    "loss_reason",
    "raw",
)
#: Those that lead to rows of their own, by whose keys they are known.
NAMES = ("owner", "company")
LINE = ("list_price", "price", "quantity")
CONTACT = ("external_id", "name", "email", "phone", "role")
SAYABLE = frozenset((*COLUMNS, *NAMES, "lines", "contacts", "stages", "created_at"))


def said_values(record: DealRecord) -> dict[str, Any]:
    """What the record says, by field; companies, sellers and products by their keys.

    Keys are the same in whatever order things come, as the numbers of rows are not.
    """
    found = {name: getattr(record, name) for name in COLUMNS if name in record.said}
    if "owner" in record.said:
        found["owner"] = owner_key(record.owner)
    if "company" in record.said:
        found["company"] = company_key(record.company)
    if "lines" in record.said:
        found["lines"] = [[line_key(x), x.list_price, x.price, x.quantity] for x in record.lines]
    if "contacts" in record.said:
        found["contacts"] = [[getattr(c, name) for name in CONTACT] for c in record.contacts]
    if "created_at" in record.said:
        found["created_there"] = record.created_at
    return found

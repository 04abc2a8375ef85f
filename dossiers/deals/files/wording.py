"""The words of files of deals on screen."""

from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString

from dossiers.deals.files.fields import Field
from dossiers.deals.files.settings import Scale
from wiki.errors import Refusal
from wiki.locale import _l, say
from wiki.tables.amounts import Mark
from wiki.tables.days import Order

FIELD_NAMES: Mapping[Field, LazyString] = {
    Field.EXTERNAL_ID: _l("Number of the deal"),
    Field.TITLE: _l("Title"),
    Field.COMPANY: _l("Company"),
    Field.AMOUNT: _l("Amount"),
    Field.CURRENCY: _l("Currency"),
    Field.STAGE: _l("Stage"),
    Field.KIND: _l("Won, lost or under way"),
    Field.BEGAN_ON: _l("Began"),
    Field.PLANNED_ON: _l("Planned close"),
    Field.CLOSED_ON: _l("Closed"),
    Field.OWNER: _l("Seller"),
    Field.PRODUCT: _l("Product"),
    Field.PIPELINE: _l("Pipeline"),
    Field.PROBABILITY: _l("Probability"),
    Field.LOSS_REASON: _l("Reason of the loss"),
    Field.LIST_PRICE: _l("List price of the product"),
    Field.PRICE: _l("Price of the product in the deal"),
    Field.QUANTITY: _l("Quantity of the product"),
    Field.PRODUCT_ID: _l("Number of the product"),
    Field.COMPANY_ID: _l("Number of the company"),
    Field.TAX_NUMBER: _l("Tax number of the company"),
    Field.DOMAIN: _l("Site of the company"),
    Field.OWNER_ID: _l("Number of the seller"),
    Field.OWNER_EMAIL: _l("E-mail of the seller"),
    Field.CONTACT: _l("Person at the client"),
    Field.CONTACT_ID: _l("Number of the person"),
    Field.CONTACT_EMAIL: _l("E-mail of the person"),
    Field.CONTACT_PHONE: _l("Telephone of the person"),
    Field.CONTACT_ROLE: _l("Role of the person in the deal"),
    Field.CREATED_AT: _l("Created in that program"),
    Field.UPDATED_AT: _l("Changed in that program"),
}

FIELD_HELP: Mapping[Field, LazyString] = {
    Field.EXTERNAL_ID: _l("A deal is known again by it when the file comes anew."),
    Field.CLOSED_ON: _l(
        "For a deal that goes on it is taken as the plan, unless the file has a column of the plan."
    ),
    Field.PRODUCT: _l("Several rows with the number of one deal are its products."),
    Field.UPDATED_AT: _l(
        "With it files may come in any order; without it the file sent last is the newest."
    ),
}

#: Shown at once; the others stand below a fold.
FIRST_FIELDS = tuple(list(Field)[:12])

MARK_NAMES: Mapping[str, LazyString] = {
    "": _l("as the file shows"),
    Mark.POINT: _l("a point: 1234.50"),
    Mark.COMMA: _l("a comma: 1234,50"),
}
ORDER_NAMES: Mapping[str, LazyString] = {
    "": _l("as the file shows"),
    Order.DAY: _l("the day: 31/12/2026"),
    Order.MONTH: _l("the month: 12/31/2026"),
}
SCALE_NAMES: Mapping[str, LazyString] = {
    "": _l("as the file shows"),
    Scale.PERCENT: _l("from 0 to 100"),
    Scale.SHARE: _l("from 0 to 1"),
}


def sentence_of(line: Mapping[str, Any]) -> str:
    """The sentence of a line of a report, in the reader's language."""
    return say(Refusal(line["message"], **line["values"]))

"""The names of quantities on screen."""

from products.catalogue.contradictions.finder import FACT
from products.catalogue.contradictions.quantities import OWN
from wiki.locale import _, _l

_NAMES = {
    "price": _l("price"),
    "fee": _l("fee"),
    "weight": _l("weight"),
    "width": _l("width"),
    "height": _l("height"),
    "depth": _l("depth"),
    "length": _l("length"),
    "diameter": _l("diameter"),
    "thickness": _l("thickness"),
    "area": _l("area"),
    "volume": _l("volume"),
    "capacity": _l("capacity"),
    "power": _l("power"),
    "voltage": _l("voltage"),
    "current": _l("current"),
    "frequency": _l("frequency"),
    "pressure": _l("pressure"),
    "noise": _l("noise"),
    "temperature": _l("temperature"),
    "output": _l("output"),
    "water": _l("water consumption"),
    "energy": _l("energy consumption"),
    "consumption": _l("consumption"),
    "warranty": _l("warranty"),
    "shelf life": _l("shelf life"),
    "service life": _l("service life"),
    "lead time": _l("lead time"),
    "delivery": _l("delivery"),
    "response time": _l("response time"),
    "payment term": _l("payment term"),
    "term": _l("term of the contract"),
    "trial": _l("trial period"),
    "cooking time": _l("cooking time"),
    "runtime": _l("runtime"),
    "minimum order": _l("minimum order"),
    "discount": _l("discount"),
    "prepayment": _l("prepayment"),
    "vat": _l("VAT"),
    "fat": _l("fat content"),
    "protein": _l("protein"),
    "moisture": _l("moisture"),
    "strength": _l("strength"),
    "speed": _l("speed"),
}


def quantity_name(code: str, label: str) -> str:
    """The quantity in the reader's language; one that is known by its label as the page says it."""
    if code.startswith((OWN, FACT)):
        return label or _("value")
    return str(_NAMES.get(code, code))


def places_name(wheres: tuple[str, str]) -> str:
    """Where both numbers stand."""
    match sorted(wheres):
        case ["fact", "fact"]:
            return _("the facts of both pages")
        case ["cell", "fact"]:
            return _("a fact and a table")
        case ["fact", "text"]:
            return _("a fact and a sentence")
        case ["cell", "cell"]:
            return _("two tables")
        case ["cell", "text"]:
            return _("a table and a sentence")
    return _("two sentences")

"""What HTML may stand in a page: elements, attributes, classes; the rest is shown as text."""

from wiki.rendering.code import TOKEN_CLASSES
from wiki.rendering.words import ALERTS


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


ELEMENTS = _names(
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em "
    "figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q s samp small "
    "span strong sub summary sup table tbody td tfoot th thead tr u ul var"
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
#: Elements after which the plain text starts a new line.
BLOCKS = HEADINGS | _names(
    "blockquote br caption dd details div dl dt figcaption figure hr li ol p pre summary table "
    "tr ul"
)

_EVERYWHERE = frozenset(("class", "title", "lang", "dir"))
_ATTRIBUTES = {
    "a": frozenset(("href", "id", "name")),
    "col": frozenset(("span",)),
    "colgroup": frozenset(("span",)),
    "details": frozenset(("open",)),
    "img": frozenset(("src", "alt", "width", "height")),
    "input": frozenset(("type", "checked")),
    "li": frozenset(("id", "value")),
    "ol": frozenset(("start", "reversed", "type")),
    "span": frozenset(("id",)),
    "sup": frozenset(("id",)),
    "td": frozenset(("align", "colspan", "rowspan")),
    "th": frozenset(("align", "colspan", "rowspan", "scope")),
} | dict.fromkeys(HEADINGS, frozenset(("id",)))
_NUMBERS = frozenset(("width", "height", "colspan", "rowspan", "span", "start", "value"))
_CLASSES = _names(
    "admonition admonition-title info danger success footnote footnote-ref footnote-backref "
    "task-list task-list-item table-scroll wanted archived codehilite"
) | frozenset(ALERTS)


def attribute_allowed(element: str, name: str, value: str) -> bool:
    """Tell bleach whether an attribute may stay; numbers must be numbers of up to four digits."""
    if name in _NUMBERS and not (value.isascii() and value.isdigit() and len(value) <= 4):
        return False
    return name in _EVERYWHERE or name in _ATTRIBUTES.get(element, ())


def allowed_classes(element: str, value: str) -> str:
    """Return those of the classes which may stay; token colours only on spans."""
    fit = (name for name in value.split() if name in _CLASSES or _colours(element, name))
    return " ".join(dict.fromkeys(fit))


def _colours(element: str, name: str) -> bool:
    return element == "span" and name in TOKEN_CLASSES

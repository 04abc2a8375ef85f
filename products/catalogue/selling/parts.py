"""The parts of a product page that a salesperson needs, and the headings by which they are known.

The first heading of each part is written where the part is new; pages that call it otherwise are
understood as well.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from wiki.rendering.titles import fold_title

Row = tuple[str, ...]


class PartKind(StrEnum):
    """The parts in the order in which they stand in a page."""

    AUDIENCE = "audience"
    BENEFITS = "benefits"
    OBJECTIONS = "objections"
    COMPETITORS = "competitors"
    LIMITS = "limits"
    RELATED = "related"
    REPLACEMENTS = "replacements"


COLUMNS = {
    PartKind.AUDIENCE: ("text",),
    PartKind.BENEFITS: ("feature", "advantage", "benefit", "proof"),
    PartKind.OBJECTIONS: ("objection", "answer"),
    PartKind.COMPETITORS: ("criterion", "ours"),
    PartKind.LIMITS: ("text",),
    PartKind.RELATED: ("title", "note"),
    PartKind.REPLACEMENTS: ("title", "note"),
}
"""What a row of each part holds; a row of competitors has a cell more for each of them."""

LINKS = frozenset({PartKind.RELATED, PartKind.REPLACEMENTS})

_HEADINGS_RU = {
    PartKind.AUDIENCE: ("Кому предлагать", "Кому продавать", "Для кого", "Кому подходит"),
    PartKind.BENEFITS: (
        "Свойства и выгоды",
        "Выгоды",
        "Преимущества",
        "Преимущества и выгоды",
        "Почему покупают",
        "Свойства, преимущества, выгоды",
    ),
    PartKind.OBJECTIONS: (
        "Возражения и ответы",
        "Возражения",
        "Ответы на возражения",
        "Что обычно спрашивают",
        "Частые вопросы",
    ),
    PartKind.COMPETITORS: (
        "Сравнение с конкурентами",
        "Конкуренты",
        "С кем нас сравнивают",
        "Мы и конкуренты",
    ),
    PartKind.LIMITS: (
        "Ограничения",
        "Чего товар не умеет",
        "Когда не подходит",
        "Когда не предлагать",
        "Кому не предлагать",
        "Чего не обещать",
    ),
    PartKind.RELATED: (
        "Сопутствующие товары",
        "Что предложить вместе",
        "Что добавить к заказу",
        "Вместе с этим берут",
    ),
    PartKind.REPLACEMENTS: ("Замены", "Чем заменить", "Аналоги", "Что предложить вместо"),
}
_HEADINGS_EN = {
    PartKind.AUDIENCE: (
        "Who to offer it to",
        "Who to offer them to",
        "Who to sell it to",
        "For whom",
        "Who it is for",
    ),
    PartKind.BENEFITS: (
        "Features and benefits",
        "Benefits",
        "Advantages",
        "Why they buy",
        "Features, advantages, benefits",
    ),
    PartKind.OBJECTIONS: (
        "Objections and answers",
        "Objections",
        "What they usually ask",
        "What people usually ask",
        "Frequent questions",
    ),
    PartKind.COMPETITORS: ("Competitors", "Who we are compared with", "Us and competitors"),
    PartKind.LIMITS: (
        "Limits",
        "Limitations",
        "What it cannot do",
        "When not to offer it",
        "Who not to offer it to",
        "What not to promise",
    ),
    PartKind.RELATED: (
        "Related products",
        "Offer together",
        "What to add to the order",
        "Goes with",
    ),
    PartKind.REPLACEMENTS: ("Replacements", "Alternatives", "What replaces it", "Offer instead"),
}
_KNOWN = {
    fold_title(heading): kind
    for headings in (_HEADINGS_RU, _HEADINGS_EN)
    for kind, names in headings.items()
    for heading in names
}


def heading_of(kind: PartKind, language: str) -> str:
    """The heading under which a new part stands in a page of that language."""
    return (_HEADINGS_RU if language == "ru" else _HEADINGS_EN)[kind][0]


def kind_of_heading(text: str) -> PartKind | None:
    """The part that a heading begins, whatever its marks and last sign."""
    return _KNOWN.get(fold_title(text.replace("*", "").replace("_", " ")).rstrip(" .:!?#"))


@dataclass(frozen=True, slots=True)
class Part:
    """One part as plain values.

    `names` are the competitors, `corner` is the word above the criteria. `words` are the
    paragraphs that stand in the part besides its rows; they are changed in the text only.
    """

    kind: PartKind
    rows: tuple[Row, ...] = ()
    names: tuple[str, ...] = ()
    corner: str = ""
    words: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return not self.rows and not self.words

    @property
    def width(self) -> int:
        """How many cells each of its rows has."""
        return len(COLUMNS[self.kind]) + len(self.names)


@dataclass(frozen=True, slots=True)
class Parts:
    """All parts of a page; one that the page does not have is empty."""

    by_kind: dict[PartKind, Part] = field(default_factory=dict)

    def __getitem__(self, kind: PartKind) -> Part:
        return self.by_kind.get(kind) or Part(kind)

    @property
    def missing(self) -> tuple[PartKind, ...]:
        """The parts that say nothing yet."""
        return tuple(kind for kind in PartKind if self[kind].is_empty)

    @property
    def any_there(self) -> bool:
        """Whether the page says anything for a sales talk."""
        return len(self.missing) < len(PartKind)

"""The quantities of a product that are known by their words in both languages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from products.catalogue.contradictions.tokens import Token, terms_of


class Quantity(NamedTuple):
    """A quantity by its code, the words that name it, and what it may be measured in.

    A measure names a dimension («mass»), or all that begin so («money:*»).
    """

    code: str
    words: str
    measures: str


_KNOWN = (
    Quantity(
        "price",
        "цена|цена по прайсу|прайсовая цена|стоимость|стоит|стоят|стоить|price|list price|"
        "cost|costs",
        "money:*",
    ),
    Quantity("fee", "абонентская плата|абонплата|плата|ежемесячная плата|fee|monthly fee|"
             "subscription fee|subscription", "money:*"),
    Quantity("weight", "вес|масса|весит|весят|весить|weight|mass|weighs|weigh", "mass"),
    Quantity("width", "ширина|шириной|width|wide", "length"),
    Quantity("height", "высота|высотой|height|high|tall", "length"),
    Quantity("depth", "глубина|глубиной|depth|deep", "length"),
    Quantity("length", "длина|длиной|length|long", "length"),
    Quantity("diameter", "диаметр|diameter", "length"),
    Quantity("thickness", "толщина|thickness|thick", "length"),
    Quantity("area", "площадь|area", "area"),
    Quantity("volume", "объём|ёмкость|volume", "volume"),
    Quantity(
        "capacity",
        "вмещает|вмещать|вместимость|ёмкость|рассчитан на|рассчитана на|наибольшая нагрузка|"
        "максимальная нагрузка|грузоподъёмность|нагрузка|capacity|load capacity|holds|hold|covers|"
        "cover|supports|maximum load|max load|seats",
        "mass volume count:*",
    ),
    Quantity("power", "мощность|потребляемая мощность|номинальная мощность|power|rated power|"
             "power consumption|wattage", "power"),
    Quantity("voltage", "напряжение|напряжение питания|voltage|supply voltage", "voltage"),
    Quantity("current", "сила тока|ток|current", "current"),
    Quantity("frequency", "частота|frequency", "frequency"),
    Quantity("pressure", "давление|pressure", "pressure"),
    Quantity("noise", "шум|уровень шума|noise|noise level", "noise"),
    Quantity("temperature", "температура|temperature", "temperature"),
    Quantity("output", "производительность|output|throughput|productivity",
             "mass/* volume/* count:*"),
    Quantity("water", "расход воды|потребление воды|water consumption|water use",
             "volume volume/* mass mass/*"),
    Quantity("energy", "расход энергии|расход электроэнергии|энергопотребление|energy consumption|"
             "energy use", "energy energy/* power"),
    Quantity("consumption", "расход|расходует|потребление|consumption",
             "volume volume/* mass mass/*"),
    Quantity("warranty", "гарантия|гарантийный срок|срок гарантии|warranty|guarantee|"
             "warranty period", "time *working*"),
    Quantity("shelf life", "срок годности|срок хранения|хранится|годен|годна|shelf life|"
             "storage life|keeps", "time"),
    Quantity("service life", "срок службы|service life|lifetime", "time"),
    Quantity("lead time", "срок поставки|срок изготовления|время поставки|lead time",
             "time *working*"),
    Quantity("delivery", "срок доставки|время доставки|доставка|delivery time|delivery",
             "time *working* money:*"),
    Quantity("response time", "срок реакции|время реакции|время ответа|response time",
             "time *working*"),
    Quantity("payment term", "отсрочка|отсрочка платежа|срок оплаты|payment term|payment terms|"
             "deferred payment", "time *working*"),
    Quantity("term", "срок договора|наименьший срок договора|contract term|shortest term", "time"),
    Quantity("trial", "пробный период|тестовый период|trial|trial period", "time"),
    Quantity("cooking time", "время приготовления|время варки|варить|варятся|"
             "cooking time", "time"),
    Quantity("runtime", "время работы|battery life|runtime", "time"),
    Quantity("minimum order", "минимальный заказ|минимальная партия|минимальный объём заказа|"
             "минимальная сумма заказа|мин заказ|наименьший заказ|minimum order|"
             "minimum order quantity|min order|moq|smallest order|minimum batch",
             "mass volume count:* money:*"),
    Quantity("discount", "скидка|discount", "percent money:*"),
    Quantity("prepayment", "предоплата|аванс|prepayment|advance payment|deposit",
             "percent money:*"),
    Quantity("vat", "ндс|vat", "percent"),
    Quantity("fat", "жирность|массовая доля жира|доля жира|содержание жира|fat content|fat",
             "percent"),
    Quantity("protein", "белок|содержание белка|доля белка|protein|protein content",
             "percent mass mass/*"),
    Quantity("moisture", "влажность|moisture|humidity", "percent"),
    Quantity("strength", "крепость|strength|alcohol content", "percent"),
    Quantity("speed", "скорость|speed", "length/* count:*"),
)  # fmt: skip
OWN = "label:"
"""Before the words of a quantity that is known only by its label."""


class Named(NamedTuple):
    """A quantity that is named in a text, and from which token to which."""

    quantity: Quantity
    first: int
    last: int


class Lexicon:
    """Finds the longest names of quantities; takes in the labels of the facts of this house."""

    def __init__(self, labels: Iterable[str] = ()) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Quantity]]] = {}
        for quantity in _KNOWN:
            for words in quantity.words.split("|"):
                self._add(terms_of(words), quantity)
        known = {terms for names in self._by_first.values() for terms, _quantity in names}
        for label in labels:
            terms = terms_of(label)
            if terms and terms not in known and not list(self.named(tokens_like(terms))):
                self._add(terms, Quantity(OWN + " ".join(sorted(set(terms))), label, "*"))

    def _add(self, terms: tuple[str, ...], quantity: Quantity) -> None:
        self._by_first.setdefault(terms[0], []).append((terms, quantity))
        self._by_first[terms[0]].sort(key=lambda name: -len(name[0]))

    def named(self, tokens: Sequence[Token]) -> Iterator[Named]:
        """The quantities that are named, in the order of the text."""
        place = 0
        while place < len(tokens):
            found = self._at(tokens, place)
            yield from found
            place = found[0].last + 1 if found else place + 1

    def _at(self, tokens: Sequence[Token], place: int) -> list[Named]:
        """The longest name here; of a name with several meanings all of them."""
        found: list[Named] = []
        for terms, quantity in self._by_first.get(tokens[place].term, ()):
            if found and len(terms) <= found[0].last - place:
                break
            here = tuple(token.term for token in tokens[place : place + len(terms)])
            if here == terms:
                found.append(Named(quantity, place, place + len(terms) - 1))
        return found


def tokens_like(terms: Iterable[str]) -> list[Token]:
    """Tokens of these terms, for asking the lexicon about a label."""
    return [Token(term, term, 0, 0) for term in terms]


@cache
def known_quantities() -> Mapping[str, Quantity]:
    """All quantities that are known without labels, by their codes."""
    return {quantity.code: quantity for quantity in _KNOWN}


def fits(quantity: Quantity, dimension: str) -> bool:
    """Whether the quantity may be measured so."""
    return any(_fits(measure, dimension) for measure in quantity.measures.split())


def _fits(measure: str, dimension: str) -> bool:
    if measure.startswith("*working"):
        return dimension.startswith("working")
    if measure.endswith("*"):
        return dimension.startswith(measure[:-1])
    return dimension == measure or dimension.startswith(measure + "/")

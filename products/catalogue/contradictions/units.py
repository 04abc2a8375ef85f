"""Units of measure in both languages: what each measures, and how many of the smallest."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from search.lemmas import fold, lemmas_of, term_of

TIME = "time"
MONEY = "money:"
COUNT = "count:"
PIECES = COUNT + "pcs"


class Unit(NamedTuple):
    """What a unit measures, and by what a number in it is multiplied.

    `calendar`: months and years, which have no even number of days.
    """

    dimension: str
    factor: Decimal = Decimal(1)
    calendar: bool = False


_MASS = {
    "мг миллиграмм mg milligram": "0.001",
    "г гр грамм g gram grams": "1",
    "кг килограмм kg kilo kilogram kilograms": "1000",
    "т тонна t ton tonne": "1000000",
}
_VOLUME = {
    "мл миллилитр ml millilitre milliliter": "1",
    "л литр l L litre liter": "1000",
    "м³ куб кубометр m³": "1000000",
}
_LENGTH = {
    "мм миллиметр mm millimetre millimeter": "1",
    "см сантиметр cm centimetre centimeter": "10",
    "м метр m metre meter": "1000",
    "км километр km kilometre kilometer": "1000000",
}
_TIME = {
    "сек секунда s sec second": "1",
    "мин минута min minute": "60",
    "ч час h hr hour": "3600",
    "дн день сут сутки d day": "86400",
    "нед неделя wk week": "604800",
}
_CALENDAR = {"мес месяц mo month": "2629800", "год лет y yr year": "31557600"}
_POWER = {"Вт ватт W watt": "1", "кВт киловатт kW kilowatt": "1000", "МВт MW": "1000000"}
_ENERGY = {"кВтч kWh": "1"}
_BYTES = {"КБ KB kB": "1", "МБ Мб MB": "1024", "ГБ Гб GB": "1048576", "ТБ TB": "1073741824"}
_PLAIN = {
    "percent": "% процент percent",
    "voltage": "В вольт V volt",
    "current": "А ампер A amp ampere",
    "temperature": "°C °С ℃ градус degree",
    "noise": "дБ дБА dB dBA децибел decibel",
    "pressure": "бар bar",
    "area": "м² m²",
    "frequency": "Гц Hz герц hertz",
    PIECES: "шт штука единица pc pcs piece unit",
    MONEY + "rub": "₽ руб р рубль RUB rouble ruble",
    MONEY + "usd": "$ USD доллар dollar",
    MONEY + "eur": "€ EUR евро euro",
    MONEY + "gbp": "£ GBP фунт pound",
    MONEY + "cny": "¥ CNY юань yuan",
    MONEY + "kzt": "₸ KZT тенге tenge",
    MONEY + "byn": "BYN",
}
_SCALED = (
    ("mass", _MASS), ("volume", _VOLUME), ("length", _LENGTH), (TIME, _TIME),
    ("power", _POWER), ("energy", _ENERGY), ("bytes", _BYTES),
)  # fmt: skip
_SAME = (
    "противень tray", "уровень level", "пользователь user", "место seat place", "порция portion",
    "порт port", "чашка cup", "цикл cycle", "упаковка пачка pack package", "мешок bag sack",
    "коробка короб box carton", "бутылка bottle", "ложка spoon", "слой layer", "комплект set kit",
    "машина machine", "рейс trip", "человек person people", "таблетка tablet pill",
)  # fmt: skip
"""What is counted, in both languages."""
MULTIPLIERS = {"тыс": 1_000, "тысяча": 1_000, "thousand": 1_000, "млн": 1_000_000,
               "миллион": 1_000_000, "million": 1_000_000}  # fmt: skip
NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        [
            "один одна одно one",
            "два две two",
            "три three",
            "четыре four",
            "пять five",
            "шесть six",
            "семь seven",
            "восемь eight",
            "девять nine",
            "десять ten",
        ],
        start=1,
    )
    for word in words.split()
}


def _spelled() -> Iterator[tuple[str, Unit]]:
    for dimension, table in _SCALED:
        for words, factor in table.items():
            yield from ((word, Unit(dimension, Decimal(factor))) for word in words.split())
    for words, factor in _CALENDAR.items():
        yield from ((word, Unit(TIME, Decimal(factor), calendar=True)) for word in words.split())
    for dimension, words in _PLAIN.items():
        yield from ((word, Unit(dimension)) for word in words.split())


_EXACT: Mapping[str, Unit] = dict(_spelled())
_BY_TERM: Mapping[str, Unit] = {
    term_of(fold(word)): unit for word, unit in _EXACT.items() if len(word) > 1
}
_COUNTED: Mapping[str, str] = {
    term_of(fold(word)): words.split()[0] for words in _SAME for word in words.split()
}
_MULTIPLIERS = {term_of(fold(word)): factor for word, factor in MULTIPLIERS.items()}


def unit_of(written: str) -> Unit | None:
    """The unit that a word or sign names; one letter only in its own case («В», «в»)."""
    written = written.rstrip(".")
    if written in _EXACT:
        return _EXACT[written]
    return _BY_TERM.get(term_of(fold(written))) if len(written) > 1 else None


def multiplier_of(written: str) -> int | None:
    """A thousand or a million, when the word means one."""
    return _MULTIPLIERS.get(term_of(fold(written.rstrip("."))))


def is_measure(dimension: str) -> bool:
    """Whether something is measured, or counted in pieces; not «4 trays», «3 steps»."""
    return bool(dimension) and (not dimension.startswith(COUNT) or dimension == PIECES)


def counted(written: str) -> str:
    """The word for what is counted, one for both languages where it is known."""
    word = fold(written)
    readings = (term_of(word), *(term_of(lemma.text) for lemma in lemmas_of(word)))
    return next((_COUNTED[term] for term in readings if term in _COUNTED), readings[0])

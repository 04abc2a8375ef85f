"""Making a question out of a fact: which wrong answers a reader could take for the right one.

They are old values from the page's earlier versions, values of sister products, and values near to
these. They are the same at every attempt as long as the facts are: if they changed from one attempt
to the next, the answer that stays would be the right one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from products.onboarding.questions.rules.near import like, near_codes, near_days, near_numbers
from products.onboarding.questions.rules.sameness import reading_of
from wiki.pages.content import FactValue
from wiki.pages.facts import Field, Kind, as_date

WRONG_ANSWERS = 3
MOST_PAST = 2
LONGEST_ANSWER = 200
_FEWEST_WRONG = 2
_LIKE_LENGTH = 1.8


class Sort(NamedTuple):
    """What a value is, whatever its field has become since; `detail` is its unit or currency."""

    kind: Kind
    detail: str = ""


class Sister(NamedTuple):
    """The value of the same fact on another page, which every reader of this page may see."""

    page_id: int
    value: FactValue


class Answer(NamedTuple):
    """One answer to choose. `page_id` is the sister page that a wrong one was taken from."""

    text: str
    right: bool = False
    page_id: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a fact. `past` begins with the newest of the values it had before.

    `changed` says that the question is about the change: the last value is always an answer.
    """

    about: Field
    right: FactValue
    past: Sequence[FactValue] = ()
    sisters: Sequence[Sister] = ()
    changed: bool = False


@dataclass(slots=True)
class _Answers:
    """Answers of which no two read the same."""

    say: Callable[[FactValue], str]
    language: str
    found: list[Answer] = field(default_factory=list)
    values: list[FactValue] = field(default_factory=list)
    _readings: set[str] = field(default_factory=set)

    def add(self, value: FactValue, right: bool = False, page_id: int | None = None) -> None:
        text = self.say(value)
        reading = reading_of(text, self.language)
        if text and len(text) <= LONGEST_ANSWER and reading not in self._readings:
            self._readings.add(reading)
            self.found.append(Answer(text, right, page_id))
            self.values.append(value)

    @property
    def full(self) -> bool:
        return len(self.found) > WRONG_ANSWERS


def answers_of(
    known: Known, say: Callable[[FactValue], str], language: str, seed: str
) -> list[Answer]:
    """The right answer and up to three wrong ones, in no telling order.

    `say` gives the words of a value in that language. Empty when no fair question can be made: of
    a link, a long text, or a text with nothing beside it that could be taken for it.
    """
    sort, chance = sort_of(known.right, known.about), Random(seed)  # noqa: S311 - no secret
    if sort is None:
        return []
    answers = _Answers(say, language)
    answers.add(known.right, right=True)
    if not answers.found:
        return []
    _fill(answers, known, sort, chance)
    fewest = 1 if sort.kind in (Kind.YES_NO, Kind.CHOICE) or known.changed else _FEWEST_WRONG
    chance.shuffle(answers.found)
    return answers.found if len(answers.found) > fewest else []


def sort_of(value: FactValue, about: Field) -> Sort | None:
    """What sort of answer a value is; `None` when nothing can be asked about it."""
    match value:
        case bool():
            return Sort(Kind.YES_NO)
        case {"amount": _amount, "currency": currency}:
            return Sort(Kind.MONEY, str(currency))
        case {"value": _number, "unit": unit}:
            return Sort(Kind.NUMBER, str(unit))
        case str() if about.kind is Kind.DATE and as_date(value):
            return Sort(Kind.DATE)
        case str() if about.kind is Kind.CHOICE and value in {c.code for c in about.choices}:
            return Sort(Kind.CHOICE)
        case str() if about.kind is not Kind.LINK and "://" not in value:
            return Sort(Kind.TEXT)
    return None


def _fill(answers: _Answers, known: Known, sort: Sort, chance: Random) -> None:
    for place, value in enumerate(known.past):
        always = known.changed and place == 0
        fits = always or _fits(value, known, sort)
        if fits and len(answers.found) <= MOST_PAST and sort_of(value, known.about) == sort:
            answers.add(value)
    for sister in _in_any_order(known.sisters, chance):
        if not answers.full and _fits(sister.value, known, sort):
            answers.add(sister.value, page_id=sister.page_id)
    for value in _others(answers, known, sort, chance):
        if not answers.full:
            answers.add(value)


def _in_any_order(sisters: Iterable[Sister], chance: Random) -> list[Sister]:
    return sorted(sisters, key=lambda one: (chance.random(), one.page_id))


def _fits(value: FactValue, known: Known, sort: Sort) -> bool:
    """Whether a value of another page or time has the form of the right one."""
    if sort_of(value, known.about) != sort:
        return False
    one, other = _plain(value), _plain(known.right)
    if sort.kind in (Kind.NUMBER, Kind.MONEY):
        return like(one, other)
    return sort.kind is not Kind.TEXT or _alike(one, other)


def _plain(value: FactValue) -> str:
    if isinstance(value, dict):
        return str(value.get("amount", value.get("value", "")))
    return str(value)


def _alike(one: str, other: str) -> bool:
    """Whether two texts are of like length, and both or neither are one word and hold figures."""
    longer, shorter = max(len(one), len(other)), max(1, min(len(one), len(other)))
    return longer / shorter <= _LIKE_LENGTH and _marks(one) == _marks(other)


def _marks(text: str) -> tuple[bool, bool]:
    return any(sign.isdigit() for sign in text), " " in text.strip()


def _others(answers: _Answers, known: Known, sort: Sort, chance: Random) -> Iterator[FactValue]:
    """Made-up values: around the right one alone, or else around any of the answers so far."""
    if sort.kind is Kind.YES_NO:
        yield not known.right
    elif sort.kind is Kind.CHOICE:
        codes = [choice.code for choice in known.about.choices]
        yield from chance.sample(codes, len(codes))
    elif len(answers.values) == 1:
        yield from _near(known.right, sort, chance, WRONG_ANSWERS)
    else:
        for _attempt in range(4 * WRONG_ANSWERS):
            yield from _near(chance.choice(answers.values), sort, chance, 1)


def _near(value: FactValue, sort: Sort, chance: Random, count: int) -> list[FactValue]:
    plain = _plain(value)
    match sort.kind:
        case Kind.NUMBER:
            others = near_numbers(plain, sort.detail, chance, count)
            return [{"value": one, "unit": sort.detail} for one in others]
        case Kind.MONEY:
            others = near_numbers(plain, "", chance, count)
            return [{"amount": one, "currency": sort.detail} for one in others]
        case Kind.DATE:
            day = as_date(value)
            return [one.isoformat() for one in near_days(day, chance, count)] if day else []
    return list(near_codes(plain, chance, count))

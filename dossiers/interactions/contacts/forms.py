"""What was typed of a contact, as it was typed, and what it means."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from dossiers.interactions.contacts.details import Details
from dossiers.interactions.contacts.topics import TopicKey
from dossiers.interactions.kinds import InteractionKind, TopicKind
from wiki.errors import Refusal
from wiki.pages.content import one_line
from wiki.pages.forms import whole_number

PROMISES = 3
LONGEST_PROMISE = 500
_MOMENT = "%Y-%m-%dT%H:%M"


@dataclass(slots=True)
class PromiseTyped:
    """One line of promises; empty when nothing was promised."""

    what: str = ""
    by_us: bool = True
    due: str = ""
    who: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed; a day alone promises nothing."""
        return not self.what


@dataclass(slots=True)
class ContactTyped:
    """The form of a contact. `persons` and `colleagues` are numbers of boxes that were ticked."""

    kind: str = InteractionKind.CALL.value
    at: str = ""
    persons: list[int] = field(default_factory=list)
    others: str = ""
    add_people: bool = False
    colleagues: list[int] = field(default_factory=list)
    text: str = ""
    topics: list[str] = field(default_factory=list)
    next_on: str = ""
    base: int = 0
    promises: list[PromiseTyped] = field(default_factory=list)
    problems: dict[str, Refusal] = field(default_factory=dict)
    refusal: Refusal | None = None

    @property
    def is_wrong(self) -> bool:
        """Whether something must be mended."""
        return bool(self.problems or self.refusal)

    @property
    def status(self) -> int:
        """The status of the answer to a form that was refused."""
        return self.refusal.status if self.refusal else 422 if self.problems else 200

    @property
    def has_promises(self) -> bool:
        """Whether anything was promised."""
        return any(not one.is_empty for one in self.promises)

    @property
    def other_names(self) -> list[str]:
        """The names that were typed, one after the other."""
        return [name for name in map(one_line, self.others.split(",")) if name]


def blank(actor_id: int, now: datetime, zone: str) -> ContactTyped:
    """The form of a contact that has just been."""
    typed = ContactTyped(at=shown_moment(now, zone), colleagues=[actor_id])
    typed.promises = [PromiseTyped() for _one in range(PROMISES)]
    return typed


def shown_moment(moment: datetime, zone: str) -> str:
    """A moment as the form shows it."""
    return moment.astimezone(ZoneInfo(zone)).strftime(_MOMENT)


def typed_contact(form: MultiDict[str, str]) -> ContactTyped:
    """What came with the form."""
    colleagues = [*form.getlist("colleague"), form.get("another", "")]
    return ContactTyped(
        form.get("kind", ""),
        form.get("at", ""),
        _numbers(form.getlist("person")),
        form.get("others", ""),
        bool(form.get("add_people")),
        _numbers(colleagues),
        form.get("text", ""),
        [code for code in form.getlist("topic") if code],
        form.get("next_on", ""),
        whole_number(form.get("base")),
        [_promise(form, number) for number in range(1, PROMISES + 1)],
    )


def details_typed(typed: ContactTyped, zone: str) -> Details | None:
    """What the form means but for the names that were typed; `None` when something must be mended.

    What is wrong stands in `typed.problems` then.
    """
    kind, moment = _kind(typed), _moment(typed, zone)
    next_on = _day(typed, "next_on", typed.next_on)
    topics = _topics(typed)
    for number, one in enumerate(typed.promises, 1):
        _check_promise(typed, number, one)
    if typed.problems or kind is None or moment is None:
        return None
    ours, theirs = frozenset(typed.colleagues), frozenset(typed.persons)
    return Details(kind, moment, ours, theirs, topics, next_on)


def day_typed(text: str) -> date | None:
    """A day as a form sends it; `None` for an empty field and for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _promise(form: MultiDict[str, str], number: int) -> PromiseTyped:
    name = f"promise-{number}"
    return PromiseTyped(
        one_line(form.get(f"{name}-what", "")),
        form.get(f"{name}-by", "us") != "them",
        form.get(f"{name}-due", ""),
        one_line(form.get(f"{name}-who", "")),
    )


def _check_promise(typed: ContactTyped, number: int, one: PromiseTyped) -> None:
    name = f"promise-{number}"
    if one.is_empty:
        return
    if day_typed(one.due) is None:
        typed.problems[name] = Refusal("A promise needs a day until which it holds.")
    elif len(one.what) > LONGEST_PROMISE:
        typed.problems[name] = Refusal(
            "A promise can have %(limit)d characters.", limit=LONGEST_PROMISE
        )


def _kind(typed: ContactTyped) -> InteractionKind | None:
    try:
        return InteractionKind(typed.kind)
    except ValueError:
        typed.problems["kind"] = Refusal("Choose how you spoke.")
        return None


def _moment(typed: ContactTyped, zone: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(typed.at[:16])
    except ValueError:
        moment = None
    if moment is None or moment.year < 1900 or len(typed.at) < 10:
        typed.problems["at"] = Refusal("Write the day and the time like 2026-03-31T14:30.")
        return None
    return moment.replace(tzinfo=ZoneInfo(zone))


def _day(typed: ContactTyped, name: str, text: str) -> date | None:
    day = day_typed(text)
    if text and day is None:
        typed.problems[name] = Refusal("Write the day like 2026-03-31.")
    return day


def _topics(typed: ContactTyped) -> frozenset[TopicKey]:
    found: set[TopicKey] = set()
    for code in typed.topics:
        kind, _dash, ref = code.partition("-")
        if kind in set(TopicKind) and whole_number(ref):
            found.add((TopicKind(kind), whole_number(ref)))
        else:
            typed.problems["topic"] = Refusal("Choose one of the topics.")
    return frozenset(found)


def _numbers(texts: Sequence[str]) -> list[int]:
    return list(dict.fromkeys(number for number in map(whole_number, texts) if number))

"""What a reason must be called, and what may be said of a closed deal."""

from collections.abc import Collection
from dataclasses import dataclass

from dossiers.deals.kinds import DealKind
from wiki.errors import Refusal
from wiki.pages.content import one_line

LONGEST_NAME, LONGEST_CODE = 100, 40
LONGEST_WORDS, LONGEST_COMPETITOR = 2000, 200
MOST_REASONS = 100


@dataclass(frozen=True, slots=True)
class Named:
    """A reason as the director types it; `kind` says for which deals, nothing means both."""

    name_ru: str
    name_en: str
    kind: DealKind | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Why a deal was won or lost: one reason, the client's own words, who won instead."""

    reason_id: int
    words: str = ""
    competitor: str = ""


def check_named(named: Named, others: Collection[str]) -> Named:
    """The names on one line each; one that is missing is as the other.

    Raises `Refusal` for a reason without a name, with one that is too long or belongs to another.
    """
    russian, english = one_line(named.name_ru), one_line(named.name_en)
    russian, english = russian or english, english or russian
    if not russian:
        raise Refusal("A reason needs a name. Nothing was saved. Write one.")
    if max(len(russian), len(english)) > LONGEST_NAME:
        raise Refusal(
            "A name has at most %(limit)d characters. Nothing was saved. Shorten it.",
            limit=LONGEST_NAME,
        )
    if named.kind is DealKind.OPEN:
        raise Refusal("A reason is for won or for lost deals. Nothing was saved.")
    if {russian.casefold(), english.casefold()} & set(others):
        raise Refusal(
            "Another reason for the same deals is called so. Nothing was saved. Choose a name by "
            "which one can tell them apart."
        )
    return Named(russian, english, named.kind)


def check_room(count: int) -> None:
    """Raise `Refusal` when no more reasons may be added."""
    if count >= MOST_REASONS:
        raise Refusal(
            "There are %(limit)d reasons already: nobody could choose among more. Nothing was "
            "saved. Archive those that nobody uses.",
            limit=MOST_REASONS,
        )


def code_for(name: str, taken: Collection[str]) -> str:
    """A code of small letters, digits and underscores that no other reason has, and that stays."""
    letters = (one if one.isascii() and one.isalnum() else "_" for one in name.casefold())
    plain = "_".join(part for part in "".join(letters).split("_") if part)
    base = plain[: LONGEST_CODE - 4].strip("_") or "reason"
    numbered = (base if number == 1 else f"{base}_{number}" for number in range(1, 1000))
    return next(code for code in numbered if code not in taken)


def check_said(said: Said, deal: DealKind | None, reason: DealKind | None, archived: bool) -> Said:
    """What was said, tidied.

    Raises `Refusal` for a deal that is not closed, a reason that is not for such deals or not in
    use any more, and for words that are too long.
    """
    if deal not in (DealKind.WON, DealKind.LOST):
        raise Refusal(
            "The deal is not closed at its source, so there is no reason yet. Nothing was saved."
        )
    if archived or reason not in (None, deal):
        raise Refusal(
            "This reason is not for such a deal any more. Nothing was saved. Choose another."
        )
    words = said.words.replace("\r\n", "\n").replace("\0", "").strip()
    competitor = one_line(said.competitor)
    if len(words) > LONGEST_WORDS or len(competitor) > LONGEST_COMPETITOR:
        raise Refusal(
            "The client's words have at most %(words)d characters, the competitor's name "
            "%(name)d. Nothing was saved. Shorten them.",
            words=LONGEST_WORDS,
            name=LONGEST_COMPETITOR,
        )
    return Said(said.reason_id, words, competitor)

"""The words by which files say yes, nobody, head, economic buyer: in both languages, and codes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dossiers.facts.wording import CONFIDENCES, SOURCES
from dossiers.people.kinds import Aspect, Attitude, ContactStanding, PositionKind, Role
from dossiers.people.wording import (
    ATTITUDES,
    CONTACT_STANDINGS,
    ORIENTATIONS,
    POSITION_KINDS,
    POWERS,
    ROLES,
)
from wiki.errors import Refusal
from wiki.locale import LANGUAGES, force_locale
from wiki.rendering.titles import fold_title

_WORDS: Mapping[str, Mapping[Any, object]] = {
    "kind": POSITION_KINDS,
    Aspect.ROLE: ROLES,
    Aspect.ATTITUDE: ATTITUDES,
    Aspect.POWER: POWERS,
    Aspect.ORIENTATION: ORIENTATIONS,
    "standing": CONTACT_STANDINGS,
    "source": SOURCES,
    "confidence": CONFIDENCES,
}
_ALSO: Mapping[str, Mapping[str, StrEnum]] = {
    Aspect.ROLE: {
        "лпр": Role.DECISION_MAKER,
        "лвр": Role.INFLUENCER,
        "подписант": Role.APPROVER,
        "закупки": Role.PROCUREMENT,
    },
    Aspect.ATTITUDE: {"союзник": Attitude.SUPPORTER, "нейтральный": Attitude.NEUTRAL},
    "kind": {
        "руководитель": PositionKind.HEAD,
        "начальник": PositionKind.HEAD,
        "зам": PositionKind.DEPUTY,
        "заместитель": PositionKind.DEPUTY,
        "помощник": PositionKind.ASSISTANT,
        "секретарь": PositionKind.ASSISTANT,
        "сотрудник": PositionKind.MEMBER,
        "комитет": PositionKind.COMMITTEE,
    },
    "standing": {"старый": ContactStanding.OLD, "общий": ContactStanding.SHARED},
    "source": {},
    "confidence": {},
}

_YES = frozenset(["1", "yes", "y", "true", "да", "д", "x", "х", "+", "истина", "on"]) | {
    "и.о.",
    "ио",
    "врио",
    "acting",
}
_NO = frozenset(["0", "no", "n", "false", "нет", "н", "-", "–", "—", "ложь", "off"]) | {""}
_NOBODY = frozenset(
    {
        "vacant", "vacancy", "вакансия", "вакантно", "вакантна", "вакант", "open", "to be hired",
        "свободно", "свободна", "none", "нет", "пусто",
    }
)  # fmt: skip
_WITHHELD = frozenset(
    {
        "не указано", "не указан", "не указана", "фио скрыто", "имя скрыто", "скрыто", "скрыт",
        "скрыта", "confidential", "конфиденциально", "n/a", "na", "n\\a", "n/d", "nd", "н/д",
        "н.д.", "not disclosed", "undisclosed", "withheld", "name withheld", "redacted", "hidden",
        "не раскрывается", "данные скрыты", "данные не раскрываются", "нет данных", "неизвестно",
        "неизвестен", "неизвестна", "unknown", "not known", "tbc", "tbd", "anonymous",
        "персональные данные скрыты", "private", "restricted", "null", "nan",
    }
)  # fmt: skip
_GONE = frozenset({"eliminated", "abolished", "упразднена", "упразднено", "ликвидирована"})
_TOP = frozenset(
    {
        "", "xx", "x", "n/a", "na", "none", "null", "nil", "nan", "root", "top", "нет", "н/д",
        "не указано", "никому", "0", "#n/a",
    }
)  # fmt: skip
_NO_LETTERS = re.compile(r"[\W_]*")
_MASKED = re.compile(r"[\W_xх]+", re.IGNORECASE)


def says_yes(text: str) -> bool:
    """Whether a cell says yes. Raises `Refusal` when it says neither yes nor no."""
    folded = fold_title(text)
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise Refusal("“%(text)s” says neither yes nor no.", text=text[:60])


def is_nobody(name: str) -> bool:
    """Whether a name says that the position is vacant."""
    return fold_title(name).strip("().[]<> ") in _NOBODY | {""} and not _is_mask(name)


def is_withheld(name: str) -> bool:
    """Whether somebody holds the position and the file does not tell who."""
    return fold_title(name).strip("().[]<> ") in _WITHHELD or _is_mask(name)


def is_gone(name: str) -> bool:
    """Whether a file says in the place of a name that the position is no more."""
    return fold_title(name).strip("().[]<> ") in _GONE


def is_top(text: str) -> bool:
    """Whether the place of the manager says that there is none."""
    return fold_title(text) in _TOP or bool(_NO_LETTERS.fullmatch(text))


def _is_mask(name: str) -> bool:
    """Whether signs stand where a name should: "***", "---", "XXX XXX"."""
    return bool(name.strip()) and bool(_MASKED.fullmatch(name))


@dataclass(frozen=True)
class Vocabulary:
    """Folded words and codes → members, by what they are about."""

    words: Mapping[str, Mapping[str, StrEnum]]

    def member(self, about: str, text: str) -> StrEnum:
        """What the word means. Raises `Refusal` for an unknown one."""
        found = self.words[about].get(fold_title(text))
        if found is None:
            raise Refusal(
                "“%(text)s” is none of the known words for the column “%(column)s”.",
                text=text[:60],
                column=about,
            )
        return found


def codes_only() -> Vocabulary:
    """The codes of the enumerations, and words that need no translation."""
    return Vocabulary(
        {about: _codes(words) | dict(_ALSO.get(about, {})) for about, words in _WORDS.items()}
    )


def known_words() -> Vocabulary:
    """Codes, and the words of all languages. Needs an application context."""
    words = {about: dict(known) for about, known in codes_only().words.items()}
    for language in LANGUAGES:
        with force_locale(language):
            for about, kinds in _WORDS.items():
                words[about].update({fold_title(str(word)): code for code, word in kinds.items()})
    return Vocabulary(words)


def _codes(members: Iterable[StrEnum]) -> dict[str, StrEnum]:
    spaced = {code.value.replace("_", " "): code for code in members}
    return spaced | {code.value: code for code in members}

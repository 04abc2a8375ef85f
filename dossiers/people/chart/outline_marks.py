r"""The marks of an outline, in Russian and English, and how a mark is taken as a plain letter.

A backslash before any character makes that character a plain letter: `Sales \[north\]`.
"""

import re

from dossiers.people.kinds import PositionKind

UNKNOWN = frozenset({"?", "неизвестно", "неизвестен", "неизвестна", "unknown", "not known"})
VACANT = frozenset({"вакансия", "вакантно", "вакантна", "vacant", "vacancy"})

KIND_WORDS = {
    "рук": PositionKind.HEAD,
    "руководитель": PositionKind.HEAD,
    "начальник": PositionKind.HEAD,
    "head": PositionKind.HEAD,
    "зам": PositionKind.DEPUTY,
    "заместитель": PositionKind.DEPUTY,
    "deputy": PositionKind.DEPUTY,
    "помощник": PositionKind.ASSISTANT,
    "секретарь": PositionKind.ASSISTANT,
    "ассистент": PositionKind.ASSISTANT,
    "assistant": PositionKind.ASSISTANT,
    "сотрудник": PositionKind.MEMBER,
    "member": PositionKind.MEMBER,
    "комитет": PositionKind.COMMITTEE,
    "committee": PositionKind.COMMITTEE,
}

#: Stands after a name, or (in Russian) before it.
ACTING_AFTER = re.compile(
    r"\s*\(\s*(?:и\.?\s*о\.?|врио|вр\.?\s*и\.?\s*о\.?|acting)\s*\)$", re.IGNORECASE
)
ACTING_BEFORE = re.compile(r"^(?:и\.\s?о\.|врио|вр\.\s?и\.\s?о\.)\s+", re.IGNORECASE)
BULLET = re.compile(r"^[-*•·–—]\s+")
NUMBER = re.compile(r"(?:^|\s)#([0-9]{1,9})$")
UNIT = re.compile(r"\[([^\[\]]*)\]")
KIND = re.compile(r"\{([^{}]*)\}")
BETWEEN_NAMES = re.compile(r";|(?<=\s)/(?=\s|$)|^/(?=\s|$)")
#: Between title and names; the first of these that is in a line divides it, at its last place.
DIVIDERS = (
    re.compile(r"\t+"),
    re.compile(r"(?<=\s)[—–](?=\s|$)"),
    re.compile(r":(?=\s|$)"),
    re.compile(r"(?<=\s)-(?=\s|$)"),
)

_ESCAPED = re.compile(r"\\(.)")
_HIDDEN = re.compile("\x00([0-9a-f]+)\x01")
_IN_TITLES = re.compile(r"[\\\[\]{}]")
_IN_NAMES = re.compile(r"[\\\[\]{};]|(?<!\S)[#—–/]")


def hide(text: str) -> str:
    """Put escaped characters out of the way of all marks. The text has no control characters."""
    return _ESCAPED.sub(lambda found: f"\x00{ord(found[1]):x}\x01", text)


def show(text: str) -> str:
    """Put them back as plain letters."""
    return _HIDDEN.sub(lambda found: chr(int(found[1], 16)), text)


def escape_title(title: str) -> str:
    """The title so that it is read as just that."""
    escaped = _IN_TITLES.sub(r"\\\g<0>", title)
    is_mark = title.casefold() in UNKNOWN or BULLET.match(f"{title} ")
    return f"\\{escaped}" if is_mark and not escaped.startswith("\\") else escaped


def escape_unit(unit: str) -> str:
    """The unit so that it can stand in square brackets."""
    return _IN_TITLES.sub(r"\\\g<0>", unit)


def escape_name(name: str) -> str:
    """The name so that it is read as one name and as nothing else."""
    escaped = _IN_NAMES.sub(r"\\\g<0>", name)
    if ACTING_AFTER.search(name):
        escaped = escaped.replace("(", "\\(").replace(")", "\\)")
    is_mark = name.casefold() in UNKNOWN | VACANT or ACTING_BEFORE.match(name)
    return f"\\{escaped}" if is_mark and not escaped.startswith("\\") else escaped

"""What one revision of a page holds: title, text, facts, tags, category; and its canonical form."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

JSON = str | int | float | bool | None | list["JSON"] | dict[str, "JSON"]
FactValue = str | bool | dict[str, JSON]

LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
SURROGATE = re.compile("[\ud800-\udfff]")
POSSIBLE_MARKS = re.compile(r"[^\w\s\x00-\x7f]{31,}")
LONGEST_RUN_OF_MARKS = 30
GRAPHEME_JOINER = "\u034f"


@dataclass(frozen=True)
class Content:
    """A whole snapshot of a page, as one revision keeps it."""

    title: str
    body: str
    facts: Mapping[str, FactValue]
    tags: tuple[str, ...]
    category_id: int | None
    archived: bool = False


def normalise(content: Content) -> Content:
    r"""Return the canonical form: when two of them are equal, nothing was changed.

    Texts are NFC with `\n` as line end, without control characters or halves of surrogate pairs;
    the title is one line; a body is empty or ends in exactly one `\n`; tags are trimmed, unique
    whatever their case, and sorted; facts are sorted by key.
    """
    return replace(
        content,
        title=one_line(content.title),
        body=_body(content.body),
        facts={key: _fact(value) for key, value in sorted(content.facts.items())},
        tags=unique_tags(content.tags),
    )


def clean_text(text: str) -> str:
    r"""Return `text` in NFC with `\n` line ends and without what no person can have meant."""
    text = SURROGATE.sub("\ufffd", text)
    text = CONTROL.sub("", LINE_END.sub("\n", text))
    return unicodedata.normalize("NFC", _stream_safe(text))


def one_line(text: str) -> str:
    """Return `text` clean and on one line, with single spaces between its words."""
    return " ".join(clean_text(text).split())


def unique_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Return the tags trimmed, without empty ones, sorted; the first spelling of each stays."""
    spellings: dict[str, str] = {}
    for tag in map(one_line, tags):
        spellings.setdefault(tag.casefold(), tag)
    return tuple(spellings[folded] for folded in sorted(spellings) if folded)


def _body(text: str) -> str:
    text = clean_text(text).rstrip()
    return text + "\n" if text else ""


def _fact(value: FactValue) -> FactValue:
    if isinstance(value, dict):
        return {key: _json(part) for key, part in sorted(value.items())}
    return clean_text(value) if isinstance(value, str) else value


def _json(value: JSON) -> JSON:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [_json(part) for part in value]
    if isinstance(value, dict):
        return {key: _json(part) for key, part in sorted(value.items())}
    return value


def _stream_safe(text: str) -> str:
    """Break endless runs of combining marks, as the Stream-Safe Text Format of UAX #15 does.

    Without it the standard library needs 20 s to bring 300 kB of alternating marks into NFC.
    """
    return POSSIBLE_MARKS.sub(lambda found: "".join(_with_joiners(found.group())), text)


def _with_joiners(characters: str) -> Iterator[str]:
    marks = 0
    for character in characters:
        weight = len(unicodedata.normalize("NFD", character))
        marks = marks + weight if unicodedata.combining(character) else 0
        if marks > LONGEST_RUN_OF_MARKS:
            yield GRAPHEME_JOINER
            marks = weight
        yield character

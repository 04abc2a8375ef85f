"""What changed in a page since somebody confirmed it, in the reader's words and on one line."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from products.onboarding.reading.since import Since, changes_since
from products.onboarding.weight.reasons import Reason, ReasonKind
from products.onboarding.weight.wording import KIND_NAMES
from wiki.accounts.actor import Actor
from wiki.locale import language
from wiki.pages.categories import Tree, tree
from wiki.pages.showing import fact_text


class Told(NamedTuple):
    """One change: what it is about, and the words before and after (empty: there were none)."""

    label: str
    old: str
    new: str


class Word(NamedTuple):
    """What an editor said about a change that must be read although the rule would not ask."""

    name: str | None
    word: str


class Summary(NamedTuple):
    """The first changes, and how many more there are, and what editors said of them.

    Nothing at all: what changed was taken back.
    """

    told: tuple[Told, ...]
    more: int
    words: tuple[Word, ...]


def summaries(
    session: Session, actor: Actor, page_ids: Sequence[int], most: int
) -> Mapping[int, Summary]:
    """What changed in pages that the actor may see, `most` of each; three statements or none."""
    if not page_ids:
        return {}
    shelves = tree(session)
    since = changes_since(session, actor.id, page_ids)
    return {ident: _summary(shelves, since[ident], most) for ident in page_ids}


def _summary(shelves: Tree, since: Since, most: int) -> Summary:
    told = _without_echoes([(one, _told(shelves, since, one)) for one in since.reasons])
    words = tuple(Word(one.by, one.word) for one in since.versions if one.word)
    return Summary(tuple(told[:most]), max(0, len(told) - most), words[-most:])


def _without_echoes(changes: Sequence[tuple[Reason, Told]]) -> list[Told]:
    """A number of the text that changed as the same number of a fact did is not told again."""
    facts = [told for reason, told in changes if reason.kind is ReasonKind.FACT]
    known = {
        pair for told in facts for pair in zip(told.old.split(), told.new.split(), strict=False)
    }
    return [
        told
        for reason, told in changes
        if reason.kind is not ReasonKind.NUMBER or (told.old, told.new) not in known
    ]


def _told(shelves: Tree, since: Since, reason: Reason) -> Told:
    if reason.kind is not ReasonKind.FACT:
        return Told(str(KIND_NAMES[reason.kind]), reason.old, reason.new)
    key, _colon, new = reason.new.partition(": ")
    field = shelves.field(key)
    old = reason.old.partition(": ")[2]
    if key in since.before or key in since.after:
        old, new = (fact_text(facts.get(key), field, language()) for facts in since[2:])
    return Told(field.label(language()), old, new)

"""Two people changed one page: three-way merge of texts, facts, tags and fields.

`base` is the revision both started from, `theirs` is saved already, `ours` is being saved. What
was changed apart is merged in silence; what touches is handed to a person, with all three values.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from wiki.errors import Refusal
from wiki.pages.content import Content, FactValue, clean_text, normalise, unique_tags
from wiki.pages.merge_text import Hunk, MergedText, Settled, merge_text

FACT = "fact-"

FieldValue = FactValue | int | None
Take = Literal["ours", "theirs", "base", "ours_then_theirs", "theirs_then_ours", "written"]


@dataclass(frozen=True)
class Summary:
    """What a merge took from the other side: a number of blocks, keys of facts, names of fields."""

    blocks: int
    facts: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Merged:
    """Both versions in one content, without a question left."""

    content: Content
    summary: Summary


@dataclass(frozen=True)
class FieldConflict:
    """A field or fact to which both sides gave different values; None: not there.

    `name` is `title`, `category_id`, `archived` or `fact-<key>`.
    """

    name: str
    base: FieldValue
    ours: FieldValue
    theirs: FieldValue

    @property
    def fact(self) -> str | None:
        """The key of the fact, or None for a field of the page itself."""
        return self.name.removeprefix(FACT) if self.name.startswith(FACT) else None


@dataclass(frozen=True)
class Conflicted:
    """A merge that waits for a person: text in `parts`, title, category and facts in `fields`.

    `agreed` holds everything already decided; its body is empty, and a field or fact still in
    question has their value there.
    """

    agreed: Content
    text: MergedText
    fields: tuple[FieldConflict, ...]
    summary: Summary

    @property
    def parts(self) -> tuple[Settled | Hunk, ...]:
        """The text in order: what is settled, in one piece each, and the hunks between."""
        return self.text.condensed

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all questions, as `resolve` expects an answer to each."""
        return (*(hunk.name for hunk in self.text.hunks), *(field.name for field in self.fields))


@dataclass(frozen=True)
class Choice:
    """A person's answer to one question; with `written`, the value is what the person wrote.

    The two `…_then_…` are for hunks only.
    """

    take: Take
    written: FieldValue = None


def merge(base: Content, ours: Content, theirs: Content) -> Merged | Conflicted:
    """Merge two contents made from `base`; never drops a word that one of the sides wrote."""
    base, ours, theirs = normalise(base), normalise(ours), normalise(theirs)
    text = merge_text(base.body, ours.body, theirs.body)
    asked, values = _merge_values(_values(base), _values(ours), _values(theirs))
    tags = _merge_tags(base.tags, ours.tags, theirs.tags)
    agreed = _with_values(values, "", tags)
    summary = _summary(text, base, ours, theirs, asked)
    if text.hunks or asked:
        return Conflicted(agreed, text, asked, summary)
    return Merged(normalise(_with_values(values, text.text(_never), tags)), summary)


def resolve(conflicted: Conflicted, choices: Mapping[str, Choice]) -> Content:
    """Return the content a person decided on.

    Raises Refusal when a question has no answer, or one that does not fit it.
    """
    if any(name not in choices for name in conflicted.names):
        raise Refusal(
            "Some places are not decided yet. Nothing was lost: choose a text for each of them "
            "and save again."
        )
    decided = {field.name: _chosen_value(field, choices[field.name]) for field in conflicted.fields}
    values = {**_values(conflicted.agreed), **decided}
    body = conflicted.text.text(lambda hunk: _chosen_text(hunk, choices[hunk.name]))
    return normalise(_with_values(values, body, conflicted.agreed.tags))


def undo(current: Content, revision: Content, parent: Content) -> Merged | Conflicted:
    """Take back what `revision` changed in its `parent`, keeping everything changed since.

    `ours` in the answer is the text with the revision taken back, `theirs` the current one.
    """
    return merge(base=revision, ours=parent, theirs=current)


def _values(content: Content) -> dict[str, FieldValue]:
    """Return title, category, archived and facts as one flat mapping."""
    facts = {FACT + key: value for key, value in content.facts.items()}
    fields = {name: getattr(content, name) for name in ("title", "category_id", "archived")}
    return {**fields, **facts}


def _with_values(values: Mapping[str, FieldValue], body: str, tags: tuple[str, ...]) -> Content:
    title, category_id = values["title"], values["category_id"]
    if not isinstance(title, str) or not isinstance(category_id, int | None):
        raise Refusal(
            "The title or the category has a value that does not fit. Nothing was saved: choose "
            "one of the two values shown."
        )
    facts = {
        name.removeprefix(FACT): value
        for name, value in values.items()
        if name.startswith(FACT) and isinstance(value, str | bool | dict)
    }
    return Content(title, body, facts, tags, category_id, bool(values["archived"]))


def _merge_values(
    base: Mapping[str, FieldValue],
    ours: Mapping[str, FieldValue],
    theirs: Mapping[str, FieldValue],
) -> tuple[tuple[FieldConflict, ...], dict[str, FieldValue]]:
    asked, values = [], {}
    for name in {**base, **theirs, **ours}:
        was, us, them = base.get(name), ours.get(name), theirs.get(name)
        if was != us and was != them and us != them:
            asked.append(FieldConflict(name, was, us, them))
        values[name] = us if them == was else them
    return tuple(asked), values


def _merge_tags(base: Iterable[str], ours: Iterable[str], theirs: Iterable[str]) -> tuple[str, ...]:
    """Return the tags of both sides, without those one of them removed; case does not count."""
    was, us, them = ({tag.casefold(): tag for tag in tags} for tags in (base, ours, theirs))
    kept = (us.keys() & them.keys()) | (us.keys() ^ them.keys()) - was.keys()
    return unique_tags(
        them[key] if key in them and them[key] != was.get(key) else us.get(key, "") for key in kept
    )


def _summary(
    text: MergedText,
    base: Content,
    ours: Content,
    theirs: Content,
    asked: Iterable[FieldConflict],
) -> Summary:
    was, us, them = _values(base), _values(ours), _values(theirs)
    open_names = {field.name for field in asked}
    taken = [
        name
        for name in sorted({*was, *them})
        if them.get(name) not in (was.get(name), us.get(name)) and name not in open_names
    ]
    tags = ("tags",) if theirs.tags not in (base.tags, ours.tags) else ()
    return Summary(
        text.blocks_from_theirs,
        tuple(name.removeprefix(FACT) for name in taken if name.startswith(FACT)),
        (*(name for name in taken if not name.startswith(FACT)), *tags),
    )


def _chosen_value(field: FieldConflict, choice: Choice) -> FieldValue:
    values: dict[Take, FieldValue] = {
        "ours": field.ours,
        "theirs": field.theirs,
        "base": field.base,
        "written": choice.written,
    }
    if choice.take not in values:
        raise Refusal(
            "A field can hold one value only. Nothing was lost: choose one of the two and save "
            "again."
        )
    return values[choice.take]


def _chosen_text(hunk: Hunk, choice: Choice) -> str:
    between = hunk.space if hunk.space.strip("\n") == "" and len(hunk.space) > 1 else "\n\n"
    texts: dict[Take, FieldValue] = {
        "ours": hunk.ours,
        "theirs": hunk.theirs,
        "base": hunk.base,
        "ours_then_theirs": between.join(filter(None, (hunk.ours, hunk.theirs))),
        "theirs_then_ours": between.join(filter(None, (hunk.theirs, hunk.ours))),
        "written": clean_text(choice.written) if isinstance(choice.written, str) else "",
    }
    return str(texts[choice.take]).strip("\n")


def _never(hunk: Hunk) -> str:
    raise AssertionError(f"{hunk.name} is not decided")

"""What a list of products would do: which pages it means, and what changes in each."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sqlalchemy.orm import Session

from products.importing.entries import Entry, EntryReader, merged
from products.importing.fields import facts_by_code
from products.importing.known import Found, KnownPage, pages_called, pages_of
from products.importing.settings import CATEGORY, CURRENCY, LANGUAGE, MAKE, MISSING
from products.importing.shelves import Shelves
from wiki.accounts.actor import Actor
from wiki.errors import Refusal
from wiki.lists.further import facts_in, with_facts
from wiki.lists.plans import WHOLE_FILE, Chosen, Difference, Fate, Plan, Thing
from wiki.lists.sheets import Sheet
from wiki.locale import _l, language
from wiki.pages.categories import Tree, tree
from wiki.pages.content import Content, FactValue, normalise, unique_tags
from wiki.pages.facts import Field
from wiki.pages.rules import check_content
from wiki.pages.showing import fact_text
from wiki.tables.slips import near_twins

_NOTHING = "—"
_MOST_SLIPS = 50


@dataclass(slots=True)
class Wish:
    """A page as it is to be, still without its further facts. `category` names one to be made."""

    content: Content
    further: Mapping[str, str]
    page: KnownPage | None
    language: str
    category: str = ""
    facts: Mapping[str, FactValue] = field(default_factory=dict)


def plan_products(session: Session, actor: Actor, sheet: Sheet, chosen: Chosen) -> Plan:
    """What the list would do for this person now."""
    return _Planning(session, actor, sheet, chosen).plan()


class _Planning:
    """One list on the way from rows to pages."""

    def __init__(self, session: Session, actor: Actor, sheet: Sheet, chosen: Chosen) -> None:
        self._session, self._actor, self._sheet, self._chosen = session, actor, sheet, chosen
        self._tree: Tree = tree(session)
        self._settings = chosen.settings
        self._language = self._settings.get(LANGUAGE) or actor.language
        self._shelves = Shelves(self._tree, self._settings.get(MISSING) == MAKE)
        self._result = Plan(len(sheet.rows))

    def plan(self) -> Plan:
        entries = list(self._entries())
        titles = {entry.folded for entry in entries}
        found = pages_called(self._session, self._actor, titles, self._language)
        groups = self._grouped(entries, found)
        pages = pages_of(self._session, (page for _group, page in groups if page is not None))
        for group, page_id in groups:
            try:
                self._result.things.append(self._thing(group, pages.get(page_id or 0)))
            except Refusal as refusal:
                self._result.refuse(_rows(group), refusal)
        self._tell(entries)
        return self._result

    def _entries(self) -> Iterator[Entry]:
        currency = self._settings.get(CURRENCY, "").upper()
        reader = EntryReader(self._sheet, self._chosen, facts_by_code(self._tree), currency)
        for row in self._sheet.rows:
            try:
                yield reader.entry(row)
            except Refusal as refusal:
                self._result.refuse((row.number,), refusal)

    def _grouped(
        self, entries: Sequence[Entry], found: Mapping[str, Found]
    ) -> list[tuple[list[Entry], int | None]]:
        """The rows of each product with its page, in the order of the file."""
        groups: dict[str | int, list[Entry]] = defaultdict(list)
        for entry in entries:
            meant = found[entry.folded]
            if meant.several:
                self._result.refuse((entry.row,), _means_two(entry))
            else:
                groups[meant.page_id or entry.folded].append(entry)
        return [(group, key if isinstance(key, int) else None) for key, group in groups.items()]

    def _thing(self, group: list[Entry], page: KnownPage | None) -> Thing:
        if page is not None:
            # The rows may call one page by several names.
            group = [replace(entry, title=page.content.title) for entry in group]
        entry = merged(group)
        wish = self._wish(entry, page)
        differences = list(self._differences(wish))
        fate = Fate.NEW if page is None else Fate.CHANGED if differences else Fate.SAME
        url = f"/pages/{page.id}-{page.slug}" if page is not None else ""
        return Thing(wish.content.title, _rows(group), fate, differences, url, wish)

    def _wish(self, entry: Entry, page: KnownPage | None) -> Wish:
        before = page.content if page is not None else _blank(self._default_category())
        category_id, to_make = before.category_id, ""
        if entry.category:
            shelf = self._shelves.called(entry.category)
            category_id, to_make = (shelf.id, "") if shelf else (None, entry.category)
        content = normalise(
            replace(
                before,
                title=entry.title,
                body=self._body(entry, before),
                facts={**before.facts, **_new_facts(before.facts, entry.facts)},
                tags=unique_tags((*before.tags, *entry.tags)),
                category_id=category_id,
            )
        )
        check_content(replace(content, body=with_facts(content.body, "en", entry.further, "x")))
        spoken = page.language if page is not None else self._language
        return Wish(content, entry.further, page, spoken, to_make, entry.facts)

    def _default_category(self) -> int | None:
        chosen = self._settings.get(CATEGORY)
        return int(chosen) if chosen else None

    def _body(self, entry: Entry, before: Content) -> str:
        """Text is for pages without any: what people have written is not replaced."""
        if not entry.text or before.body.strip() == entry.text.strip():
            return before.body
        if before.body.strip():
            if not before.body.startswith(entry.text.strip()):
                self._result.remark(entry.row, _has_text())
            return before.body
        return entry.text

    def _differences(self, wish: Wish) -> Iterator[Difference]:
        after = wish.content
        before = wish.page.content if wish.page is not None else _blank(None)
        if wish.category or after.category_id != before.category_id:
            now = wish.category or self._shelf(after.category_id)
            yield Difference(_l("Category"), self._shelf(before.category_id), now)
        if after.tags != before.tags:
            yield Difference(_l("Tags"), _listed(before.tags), _listed(after.tags))
        for key, value in after.facts.items():
            if before.facts.get(key) != value:
                one = self._tree.field(key)
                texts = (self._fact(one, before.facts.get(key)), self._fact(one, value))
                yield Difference(one.label(language()), *texts)
        if after.body != before.body:
            yield Difference(_l("Text"), before.body or _NOTHING, after.body)
        known = facts_in(before.body)
        for heading, value in wish.further.items():
            if known.get(heading) != value:
                yield Difference(heading, known.get(heading, _NOTHING), value)

    def _fact(self, one: Field, value: FactValue | None) -> str:
        return fact_text(value, one, language()) or _NOTHING

    def _shelf(self, ident: int | None) -> str:
        shelf = self._tree.shelves.get(ident or 0)
        return shelf.name(language()) if shelf else _NOTHING

    def _tell(self, entries: Sequence[Entry]) -> None:
        for key in sorted(self._strays()):
            self._result.remark(WHOLE_FILE, _no_field(key))
        for rarer, other in _slips(entries):
            self._result.remark(WHOLE_FILE, _slip(rarer, other))

    def _strays(self) -> set[str]:
        """Facts that the categories of their pages do not ask for."""
        found: set[str] = set()
        for thing in self._result.things:
            wish: Wish = thing.todo
            if not wish.category:
                asked = {one.key for one in self._tree.fields(wish.content.category_id)}
                found |= wish.facts.keys() - asked
        return found


def _blank(category_id: int | None) -> Content:
    return Content("", "", {}, (), category_id)


def _rows(group: Iterable[Entry]) -> tuple[int, ...]:
    return tuple(sorted(entry.row for entry in group))


def _new_facts(
    before: Mapping[str, FactValue], said: Mapping[str, FactValue]
) -> Mapping[str, FactValue]:
    """Those that say something else: 550 and 550.00 are one price."""
    return {key: value for key, value in said.items() if not _is_same(before.get(key), value)}


def _is_same(before: FactValue | None, value: FactValue) -> bool:
    match before, value:
        case {"amount": str(old), "currency": one}, {"amount": str(new), "currency": other}:
            return one == other and Decimal(old) == Decimal(new)
        case {"value": str(old), "unit": one}, {"value": str(new), "unit": other}:
            return one == other and Decimal(old) == Decimal(new)
    return before == value


def _listed(tags: Sequence[str]) -> str:
    return ", ".join(tags) or _NOTHING


def _slips(entries: Sequence[Entry]) -> list[tuple[str, str]]:
    titles = Counter(entry.title for entry in entries)
    categories = Counter(entry.category for entry in entries if entry.category)
    tags = Counter(tag for entry in entries for tag in entry.tags)
    found = [pair for counts in (titles, categories, tags) for pair in near_twins(counts)]
    return found[:_MOST_SLIPS]


def _slip(rarer: str, other: str) -> Refusal:
    return Refusal(
        "“%(rarer)s” looks like “%(other)s”. Both were kept as they are.",
        rarer=rarer[:100],
        other=other[:100],
    )


def _no_field(key: str) -> Refusal:
    return Refusal(
        "Not every category of these pages asks for the fact “%(key)s”; it is kept all the same. A "
        "director can add it to the category.",
        key=key[:60],
    )


def _has_text() -> Refusal:
    return Refusal("The page has a text already; that of the file was left out.")


def _means_two(entry: Entry) -> Refusal:
    return Refusal("More than one page is called “%(title)s”.", title=entry.title[:100])

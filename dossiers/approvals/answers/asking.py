"""What is worth asking about a purchase: only that on which a step of the path depends."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from dossiers.approvals.document import PathDocument


@dataclass(frozen=True, slots=True)
class Asking:
    """What the form asks beside amount and days: categories by name, the client's own tags."""

    currency: str
    categories: tuple[tuple[int, str], ...] = ()
    tags: tuple[str, ...] = ()
    new_vendor: bool = False
    personal_data: bool = False

    @property
    def asks_more(self) -> bool:
        """Whether anything beside amount and days matters."""
        return bool(self.categories or self.tags or self.new_vendor or self.personal_data)


def asking_of(
    document: PathDocument,
    categories: Collection[int],
    tags: Collection[str],
    names: Mapping[int, str],
) -> Asking:
    """What to ask; what was said already (`categories`, `tags`) can be taken back, too."""
    conditions = [step.condition for step in document.steps]
    shelves = frozenset(categories).union(*(c.categories for c in conditions))
    named = ((ident, names[ident]) for ident in shelves if ident in names)
    return Asking(
        document.currency,
        tuple(sorted(named, key=lambda pair: pair[1].casefold())),
        tuple(sorted(frozenset(tags).union(*(c.tags for c in conditions)))),
        any(c.new_vendor is not None for c in conditions),
        any(c.personal_data is not None for c in conditions),
    )

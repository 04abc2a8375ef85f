"""A plan of edits to a chart; what is new bears a provisional number until it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dossiers.people.chart.outline import Entry

#: Provisional numbers begin here, beyond all that a row can have: what is new comes after the rest.
FIRST_NEW = 2**40


@dataclass(frozen=True, slots=True)
class Placing:
    """Somebody is to hold a position."""

    position_id: int
    person_id: int
    main: bool
    acting: bool


@dataclass(slots=True)
class Plan:
    """All edits. `added` and `changed` are positions by number, `managers` their new lines.

    `lifted` are reports that others put under a removed position. `names` are those of everybody
    who is placed.
    """

    added: dict[int, Entry] = field(default_factory=dict)
    changed: dict[int, Entry] = field(default_factory=dict)
    managers: dict[int, int | None] = field(default_factory=dict)
    lifted: dict[int, int | None] = field(default_factory=dict)
    removed: list[int] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    placed: list[Placing] = field(default_factory=list)
    ended: list[tuple[int, int]] = field(default_factory=list)
    ranks: dict[int, int] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be done."""
        said = (self.added, self.changed, self.managers, self.removed, self.placed, self.ended)
        return not any(said) and not self.ranks

    @property
    def newcomers(self) -> dict[int, str]:
        """Provisional number → name of everybody who is not known yet."""
        return {person: name for person, name in self.names.items() if person >= FIRST_NEW}

    @property
    def edited(self) -> set[int]:
        """The positions of the chart that the plan changes."""
        numbers = {*self.changed, *self.managers, *self.removed}
        numbers.update(placing.position_id for placing in self.placed)
        numbers.update(position for position, _person in self.ended)
        return {number for number in numbers if number < FIRST_NEW}

    @property
    def needed(self) -> set[int]:
        """The positions that must be there: those and the managers of others."""
        return self.edited | {
            manager for manager in self.managers.values() if manager and manager < FIRST_NEW
        }

    def numbered(self, positions: Mapping[int, int], people: Mapping[int, int]) -> "Plan":
        """The same plan with these numbers instead of the provisional ones."""

        def managers(lines: Mapping[int, int | None]) -> dict[int, int | None]:
            return {
                positions.get(ident, ident): None if to is None else positions.get(to, to)
                for ident, to in lines.items()
            }

        return replace(
            self,
            added={positions[ident]: entry for ident, entry in self.added.items()},
            managers=managers(self.managers),
            lifted=managers(self.lifted),
            names={people.get(ident, ident): name for ident, name in self.names.items()},
            placed=[
                replace(
                    one,
                    position_id=positions.get(one.position_id, one.position_id),
                    person_id=people.get(one.person_id, one.person_id),
                )
                for one in self.placed
            ],
            ranks={positions.get(ident, ident): rank for ident, rank in self.ranks.items()},
        )

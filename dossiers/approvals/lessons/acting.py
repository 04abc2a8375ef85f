"""Who really acts at a step, over many runs."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dossiers.approvals.kinds import StepState
from dossiers.approvals.lessons.conform import Seats, acting_position
from dossiers.approvals.lessons.traces import Visit
from dossiers.approvals.steps import Step


@dataclass(frozen=True, slots=True)
class Acted:
    """A position that acted in `seen` of the `of` runs in which it was written down who did."""

    position_id: int
    seen: int
    of: int


def other_actor(step: Step, visits: Iterable[Visit], seats: Seats) -> Acted | None:
    """The position that acts in place of those named, in most of the runs that tell who acted.

    Of runs in which nobody wrote that down it is likely that all went as the path says, so it must
    be a third of them all. Who only stood in for somebody does not count.
    """
    done = [visit for visit in visits if visit.ended]
    named = {*step.positions, step.deputy or 0}
    acted = _actors(done, seats, frozenset(named))
    others = Counter({who: count for who, count in acted.items() if who and who not in named})
    for who, seen in others.most_common(1):
        if seen * 2 > acted.total() and seen * 3 >= len(done):
            return Acted(who, seen, acted.total())
    return None


def usual_actor(visits: Sequence[Visit], seats: Seats) -> int | None:
    """The position that acted most often at a step of which no path says who acts."""
    acted = _actors([visit for visit in visits if visit.ended], seats, frozenset())
    found = [who for who, _count in acted.most_common() if who]
    return found[0] if found else None


def _actors(visits: Iterable[Visit], seats: Seats, named: frozenset[int]) -> Counter[int]:
    """How often each position acted; 0 stands for somebody who holds none of the chart."""
    found = Counter[int]()
    for visit in visits:
        if visit.ended and visit.state is not StepState.BY_DEPUTY:
            who = acting_position(visit, visit.ended[0], seats, named)
            if who is not None:
                found[who] += 1
    return found

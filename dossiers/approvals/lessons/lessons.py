"""What the finished runs of a path teach: what its newest version could say better.

Each lesson has a key that stays the same while runs are added, says in how many runs it was seen
and in how many it could have been, and carries what the corrected path would say. What most of the
runs did counts; the definitions are those of `conform`, `conditions`, `orders` and `measures`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dossiers.approvals.document import PathDocument
from dossiers.approvals.lessons.acting import other_actor, usual_actor
from dossiers.approvals.lessons.conditions import (
    Seen,
    amount_explanations,
    exceptions_to,
    is_clear,
)
from dossiers.approvals.lessons.conform import Seats
from dossiers.approvals.lessons.lesson import Lesson, LessonKind
from dossiers.approvals.lessons.measures import differs, duration_of
from dossiers.approvals.lessons.orders import dependency, place_of
from dossiers.approvals.lessons.pairs import Pairs, pairs_of
from dossiers.approvals.lessons.traces import (
    Recorded,
    Visit,
    Visits,
    began_in,
    days_between,
    known_as,
)
from dossiers.approvals.purchases import Condition
from dossiers.approvals.signature import up_to_signature
from dossiers.approvals.steps import Step, Steps, all_before

_SURE = 0.5


@dataclass(frozen=True, slots=True)
class _Known:
    """A run, the steps of its own version, and what happened by the codes of the newest version."""

    run: Recorded
    own: Steps
    visits: Visits

    def has(self, code: str) -> bool:
        return code in self.visits


@dataclass(frozen=True, slots=True)
class _Class:
    """All runs before the steps of the newest version, to be taught from.

    `before` are all that come before each step; `signed` those that a signature waits for; `pairs`
    tell how often which was before which.
    """

    newest: Steps
    runs: Sequence[_Known]
    seats: Seats
    before: Mapping[str, frozenset[str]]
    signed: Steps
    pairs: Pairs

    def passed(self, step: Step) -> list[_Known]:
        """The runs that came past the step, whether it happened or not."""
        behind = {code for code, earlier in self.before.items() if step.code in earlier}
        return [one for one in self.runs if self._came_past(one, step, behind)]

    def _came_past(self, one: _Known, step: Step, behind: set[str]) -> bool:
        if one.has(step.code) or behind & one.visits.keys():
            return True
        return one.run.signed and step.code in self.signed


def lessons_of(
    runs: Sequence[Recorded], newest: PathDocument, seats: Seats | None = None
) -> list[Lesson]:
    """All lessons, those seen in the most runs first, durations last.

    Each run went by a version of its own.
    """
    steps = newest.by_code
    before = {code: all_before(code, steps) for code in steps}
    known = [_known(run, steps) for run in runs]
    pairs = pairs_of(one.visits for one in known)
    taught = _Class(steps, known, seats or {}, before, up_to_signature(steps), pairs)
    found = [*_extra(taught)]
    for step in newest.steps:
        found += [*_needed(taught, step), *_order(taught, step)]
        found += [*_duration(taught, step), *_signer(taught, step)]
    return sorted(found, key=lambda one: (one.kind is LessonKind.DURATION, -one.seen, one.key))


def _known(run: Recorded, newest: Steps) -> _Known:
    own = run.document.by_code
    return _Known(run, own, known_as(run.visits, own, newest))


def _most(seen: int, of: int) -> bool:
    return seen * 2 > of


def _needed(taught: _Class, step: Step) -> Iterator[Lesson]:
    """Whether the step happens when the path says so: from another amount on, never, always."""
    passed = [(one, _answer(step.condition, one)) for one in taught.passed(step)]
    amount = _amount(step, [one for one, _holds in passed])
    if amount:
        yield amount
        return
    due = [one for one, holds in passed if holds is True]
    skipped = [one for one in due if not one.has(step.code) and _was_due(one, step.code)]
    if _most(len(skipped), len(due)):
        yield _lesson(LessonKind.SKIPPED, step, len(skipped), len(due))
    spared = [one for one, holds in passed if holds is False]
    there = [one for one in spared if one.has(step.code)]
    if _most(len(there), len(spared)):
        found = _lesson(LessonKind.CONDITION, step, len(there), len(spared))
        yield replace(found, condition=Condition())


def _answer(condition: Condition, one: _Known) -> bool | None:
    return condition.holds_for(one.run.purchase)


def _was_due(one: _Known, code: str) -> bool:
    """Whether the run's own version asked for it: who was never told cannot have skipped it."""
    own = one.own.get(code)
    return own is not None and own.condition.holds_for(one.run.purchase) is True


def _amount(step: Step, passed: Sequence[_Known]) -> Lesson | None:
    """The amount from which, or up to which, the step really happens."""
    rest = replace(step.condition, currency="", amount_from=None, amount_to=None)
    seen = [
        Seen(one.run.purchase, one.has(step.code))
        for one in passed
        if rest.holds_for(one.run.purchase)
    ]
    now = exceptions_to(step.condition, seen)
    if now < 2 or not any(one.happened for one in seen):
        return None
    best = min(amount_explanations(seen), key=lambda one: one.exceptions, default=None)
    if best is None or now - best.exceptions < 2 or not is_clear(best.exceptions, len(seen)):
        return None
    found = best.condition
    condition = replace(
        rest,
        currency=found.currency,
        amount_from=found.amount_from,
        amount_to=found.amount_to,
    )
    lesson = _lesson(LessonKind.AMOUNT, step, now, len(seen))
    return replace(lesson, condition=condition)


def _order(taught: _Class, step: Step) -> Iterator[Lesson]:
    """Whether the step really waits for those that it waits for."""
    for code in sorted(step.after):
        both = taught.pairs.together(step.code, code)
        turned = taught.pairs.surely_forth(step.code, code)
        kept = taught.pairs.surely_forth(code, step.code)
        if _most(turned, both) and dependency(turned, kept) >= _SURE:
            yield _turned(taught, step, code, turned, both)
        else:
            early = sum(_is_early(one, code, step.code) for one in taught.runs)
            if _most(early, both):
                yield _beside(taught, step, code, early, both)


def _is_early(one: _Known, first: str, second: str) -> bool:
    """Whether the second began while the first was not done, in a run that had both."""
    began = one.visits[second].began if one.has(first) and one.has(second) else None
    return began is not None and not one.visits[first].was_done_on(began[0])


def _turned(taught: _Class, step: Step, other: str, seen: int, of: int) -> Lesson:
    place = place_of(step.code, taught.pairs, taught.newest)
    return replace(
        _pair(LessonKind.ORDER, taught, step, other, seen, of),
        after=tuple(sorted(place.after)),
        before=tuple(sorted(place.before | {other})),
    )


def _beside(taught: _Class, step: Step, other: str, seen: int, of: int) -> Lesson:
    return _pair(LessonKind.BESIDE, taught, step, other, seen, of)


def _pair(kind: LessonKind, taught: _Class, step: Step, other: str, seen: int, of: int) -> Lesson:
    key = f"{kind}:{step.code}:{other}"
    title = taught.newest[other].title
    return Lesson(key, kind, step.code, step.title, seen, of, other, title)


def _duration(taught: _Class, step: Step) -> Iterator[Lesson]:
    """How long the step really takes; with meetings it is the calendar that decides."""
    if step.meetings:
        return
    days = [taken for one in taught.runs if (taken := _days(one, step)) is not None]
    if days and differs(step.duration, days):
        found = duration_of(days)
        lesson = _lesson(LessonKind.DURATION, step, len(days), len(days))
        yield replace(lesson, duration=found, was=step.duration)


def _days(one: _Known, step: Step) -> int | None:
    """By the order of the run's own version; of a step it does not know, only what is written."""
    if step.code in one.own and step.code in one.run.visits:
        return _days_taken(one.run, one.own[step.code], one.own)
    visit = one.visits.get(step.code)
    if visit is None or visit.began is None or visit.ended is None or not visit.opened:
        return None
    return days_between(one.run, step, visit.began[0], visit)


def _days_taken(run: Recorded, step: Step, steps: Steps) -> int | None:
    visit = run.visits[step.code]
    if visit.ended is None or not visit.happened:
        return None
    return days_between(run, step, began_in(run, step.code, steps), visit)


def _signer(taught: _Class, step: Step) -> Iterator[Lesson]:
    """Whether somebody else acts than the path says."""
    visits = [one.visits[step.code] for one in taught.runs if one.has(step.code)]
    acted = other_actor(step, visits, taught.seats) if step.positions else None
    if acted:
        who = acted.position_id
        lesson = _lesson(LessonKind.SIGNER, step, acted.seen, acted.of, str(who))
        yield replace(lesson, position_id=who)


def _extra(taught: _Class) -> Iterator[Lesson]:
    """Steps that no version knows and that most of the runs went through."""
    found: dict[str, list[Visit]] = {}
    for one in taught.runs:
        for code, visit in one.visits.items():
            if code not in taught.newest and visit.code not in one.own:
                found.setdefault(code, []).append(visit)
    for code, visits in found.items():
        if _most(len(visits), len(taught.runs)):
            yield _added(taught, code, visits)


def _added(taught: _Class, code: str, visits: Sequence[Visit]) -> Lesson:
    place = place_of(code, taught.pairs, taught.newest)
    last = _last_of(taught.newest, place.after)
    kinds = Counter(visit.kind for visit in visits if visit.kind)
    days = [taken for one in taught.runs if (taken := _plain_days(one, code)) is not None]
    return Lesson(
        key=f"{LessonKind.EXTRA}:{code}",
        kind=LessonKind.EXTRA,
        step=code,
        title=visits[-1].title[:200],
        seen=len(visits),
        of=len(taught.runs),
        other=last.code if last else "",
        other_title=last.title if last else "",
        after=tuple(sorted(place.after)),
        before=tuple(sorted(place.before)),
        duration=duration_of(days) if days else None,
        position_id=usual_actor(visits, taught.seats),
        step_kind=kinds.most_common(1)[0][0] if kinds else None,
    )


def _plain_days(one: _Known, code: str) -> int | None:
    visit = one.visits.get(code)
    if visit is None or visit.began is None or visit.ended is None:
        return None
    return max(1, one.run.calendar.between(visit.began[0], visit.ended[0]))


def _last_of(newest: Steps, codes: frozenset[str]) -> Step | None:
    found = [step for step in newest.values() if step.code in codes]
    return found[-1] if found else None


def _lesson(kind: LessonKind, step: Step, seen: int, of: int, *more: str) -> Lesson:
    key = ":".join((kind, step.code, *more))
    return Lesson(key, kind, step.code, step.title, seen, of)

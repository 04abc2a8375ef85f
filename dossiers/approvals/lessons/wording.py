"""Lessons and deviations as sentences in the reader's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dossiers.approvals.condition_words import condition_words
from dossiers.approvals.lessons.conform import Deviation, DeviationKind
from dossiers.approvals.lessons.lesson import Lesson, LessonKind
from dossiers.approvals.steps import Duration
from wiki.locale import _, _l, ngettext

DEVIATIONS = {
    DeviationKind.SKIPPED: _l("skipped"),
    DeviationKind.EXTRA: _l("extra step"),
    DeviationKind.REORDERED: _l("earlier than its turn"),
    DeviationKind.SLOWER: _l("slower"),
    DeviationKind.OTHER_SIGNER: _l("somebody else acted"),
    DeviationKind.RETURNED: _l("sent back"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """The names that sentences need: of positions, persons and product categories."""

    positions: Mapping[int, str] = field(default_factory=dict)
    persons: Mapping[int, str] = field(default_factory=dict)
    categories: Mapping[int, str] = field(default_factory=dict)

    def position(self, ident: int | None) -> str:
        """The title of a position."""
        return self.positions.get(ident or 0) or _("a position that is not in the chart")

    def person(self, ident: int | None) -> str:
        """The name of a person."""
        return self.persons.get(ident or 0) or _("somebody")


def deviation_words(one: Deviation, names: Names) -> str:
    """What was different, beside the name of the step."""
    match one.kind:
        case DeviationKind.SKIPPED:
            return _("skipped")
        case DeviationKind.EXTRA:
            return _("not in the path")
        case DeviationKind.REORDERED:
            return _("began before this was done: %(steps)s", steps=", ".join(one.waited_titles))
        case DeviationKind.SLOWER:
            return _slower(one)
        case DeviationKind.RETURNED:
            return str(ngettext("sent back once", "sent back %(num)d times", one.times))
        case _:
            return _acted(one, names)


def _slower(one: Deviation) -> str:
    said = ngettext(
        "took %(num)d working day, usually at most %(usual)d",
        "took %(num)d working days, usually at most %(usual)d",
        one.days,
        usual=one.usual,
    )
    return str(said)


def _acted(one: Deviation, names: Names) -> str:
    if one.position_id is not None:
        return _("%(position)s acted", position=names.position(one.position_id))
    return _("%(name)s acted, who is not named for it", name=names.person(one.person_id))


def _skipped(lesson: Lesson, _names: Names) -> str:
    return _(
        "“%(step)s” was skipped in %(seen)d of %(of)d runs: take it out of the path",
        **_counts(lesson),
    )


def _extra(lesson: Lesson, _names: Names) -> str:
    if lesson.other_title:
        return _(
            "“%(step)s” is not in the path and happened in %(seen)d of %(of)d runs: add it after "
            "“%(other)s”",
            **_counts(lesson),
        )
    return _(
        "“%(step)s” is not in the path and happened in %(seen)d of %(of)d runs: add it",
        **_counts(lesson),
    )


def _order(lesson: Lesson, _names: Names) -> str:
    return _("“%(step)s” came before “%(other)s” in %(seen)d of %(of)d runs", **_counts(lesson))


def _beside(lesson: Lesson, _names: Names) -> str:
    return _(
        "“%(step)s” did not wait for “%(other)s” in %(seen)d of %(of)d runs: put them side by side",
        **_counts(lesson),
    )


def _amount(lesson: Lesson, names: Names) -> str:
    condition = condition_words(lesson.condition, names.categories) if lesson.condition else ""
    return _(
        "“%(step)s” went another way than its amounts say in %(seen)d of %(of)d runs; all fits "
        "when it is needed: %(condition)s",
        condition=condition,
        **_counts(lesson),
    )


def _condition(lesson: Lesson, _names: Names) -> str:
    return _(
        "“%(step)s” happened in %(seen)d of %(of)d runs that did not need it: let it be needed "
        "always",
        **_counts(lesson),
    )


def _duration(lesson: Lesson, _names: Names) -> str:
    seen, was = lesson.duration or Duration(0, 0), lesson.was or Duration(0, 0)
    if seen.median == was.median:
        return _(
            "“%(step)s” takes up to %(days)d working days when it is slow, not %(was)d "
            "(%(of)d runs)",
            days=seen.slow,
            was=was.slow,
            **_counts(lesson),
        )
    return _(
        "“%(step)s” usually takes %(days)d working days, not %(was)d (%(of)d runs)",
        days=seen.median,
        was=was.median,
        **_counts(lesson),
    )


def _signer(lesson: Lesson, names: Names) -> str:
    return _(
        "At “%(step)s” %(position)s acted in %(seen)d of %(of)d runs, not the one that is named",
        position=names.position(lesson.position_id),
        **_counts(lesson),
    )


def _counts(lesson: Lesson) -> dict[str, object]:
    return {
        "step": lesson.title,
        "other": lesson.other_title,
        "seen": lesson.seen,
        "of": lesson.of,
    }


_SENTENCES: Mapping[LessonKind, Callable[[Lesson, Names], str]] = {
    LessonKind.SKIPPED: _skipped,
    LessonKind.EXTRA: _extra,
    LessonKind.ORDER: _order,
    LessonKind.BESIDE: _beside,
    LessonKind.AMOUNT: _amount,
    LessonKind.CONDITION: _condition,
    LessonKind.DURATION: _duration,
    LessonKind.SIGNER: _signer,
}


def lesson_words(lesson: Lesson, names: Names) -> str:
    """What the runs showed, and what would be corrected, in one sentence."""
    return _SENTENCES[lesson.kind](lesson, names)


def fitness_words(fitness: float) -> str:
    """How well the runs fit the path, in words."""
    if fitness >= 0.95:
        return _("The runs go as the path says.")
    if fitness >= 0.8:
        return _("Most of the path is right; some steps go another way.")
    if fitness >= 0.6:
        return _("The path is right only in part: look at what to correct.")
    return _("The runs go another way than the path says: it should be written anew.")

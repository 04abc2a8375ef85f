"""What accepting a lesson makes of a path: pure, and the same path when there is nothing to do."""

from dataclasses import replace

from dossiers.approvals.document import PathDocument
from dossiers.approvals.kinds import StepKind
from dossiers.approvals.lessons.lesson import Lesson, LessonKind
from dossiers.approvals.lessons.orders import Place, beside, put_at
from dossiers.approvals.lessons.traces import folded
from dossiers.approvals.paths.edits import change_step, remove_step
from dossiers.approvals.steps import Duration, Step, all_before
from dossiers.facts.kinds import Confidence


def corrected(document: PathDocument, lesson: Lesson) -> PathDocument:
    """The document as the lesson would have it.

    Unchanged when it says so already, or when the step is not in it any more.
    """
    if lesson.kind is LessonKind.EXTRA:
        return _added(document, lesson)
    step = document.by_code.get(lesson.step)
    if step is None or (lesson.other and lesson.other not in document.by_code):
        return document
    match lesson.kind:
        case LessonKind.SKIPPED:
            return remove_step(document, step.code)
        case LessonKind.ORDER:
            return _turned(document, lesson, step)
        case LessonKind.BESIDE:
            return beside(document, lesson.other, step.code)
        case _:
            return change_step(document, _changed(step, lesson))


def _changed(step: Step, lesson: Lesson) -> Step:
    if lesson.condition is not None:
        return replace(step, condition=lesson.condition)
    if lesson.duration is not None:
        return replace(step, duration=lesson.duration)
    if lesson.position_id is not None and lesson.position_id not in step.positions:
        # Who acts in place of one is put there; of several nobody knows in whose place it was.
        others = step.positions if len(step.positions) > 1 else ()
        return replace(step, positions=(*others, lesson.position_id))
    return step


def _turned(document: PathDocument, lesson: Lesson, step: Step) -> PathDocument:
    if lesson.other not in all_before(step.code, document.by_code):
        return document
    place = Place(frozenset(lesson.after), frozenset(lesson.before))
    return put_at(remove_step(document, step.code), step, place)


def _added(document: PathDocument, lesson: Lesson) -> PathDocument:
    titles = {folded(step.title) for step in document.steps}
    if lesson.step in document.by_code or folded(lesson.title) in titles:
        return document
    new = Step(
        lesson.step,
        lesson.title,
        lesson.step_kind or StepKind.TECHNICAL,
        positions=(lesson.position_id,) if lesson.position_id else (),
        duration=lesson.duration or Duration(1, 3),
        confidence=Confidence.LIKELY,
    )
    return put_at(document, new, Place(frozenset(lesson.after), frozenset(lesson.before)))

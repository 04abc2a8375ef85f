"""Known deviations planted in random walks, known mistakes in paths: how many are found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from bench.dossiers.random_paths import random_path, random_purchase
from bench.dossiers.stage import Stage
from bench.dossiers.walks import Walk, refused, walk_of
from bench.dossiers.wrong_paths import Case, order_of, some_case
from bench.figures import Figure
from dossiers.approvals.document import PathDocument
from dossiers.approvals.lessons.conform import DeviationKind, compare
from dossiers.approvals.lessons.corrections import corrected
from dossiers.approvals.lessons.discover import discover
from dossiers.approvals.lessons.lesson import Lesson, LessonKind
from dossiers.approvals.lessons.lessons import lessons_of
from dossiers.approvals.lessons.traces import Recorded
from dossiers.approvals.purchases import Condition
from dossiers.approvals.steps import Step

RUNS, PATHS, CASES = 2_100, 300, 60
"""Runs with planted deviations, the paths they walk, and wrong paths of each kind."""
DISCOVERED, TRAINING, HELD_OUT = 60, 40, 20
AIM = 0.95
_SEED = 20260302
_EXCEPTIONS = 0.05


@dataclass
class Score:
    """What was found of what was planted."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, found: set[object], planted: set[object]) -> None:
        """Count one run."""
        self.right += len(found & planted)
        self.wrong += len(found - planted)
        self.missed += len(planted - found)

    @property
    def recall(self) -> float:
        """The share of what was planted that was found."""
        return self.right / max(1, self.right + self.missed)

    @property
    def precision(self) -> float:
        """The share of what was found that was planted."""
        return self.right / max(1, self.right + self.wrong)


def deviation_scores(runs: int = RUNS, seed: int = _SEED) -> Mapping[DeviationKind, Score]:
    """Up to three deviations in each run; every tenth run is refused half-way."""
    random, scores = Random(seed), {kind: Score() for kind in DeviationKind}
    paths = [random_path(random) for _path in range(min(PATHS, runs))]
    for number in range(runs):
        walk = _planted_walk(random, paths[number % len(paths)])
        found = {(one.kind, one.step) for one in compare(walk.recorded()).deviations}
        for kind, score in scores.items():
            score.add(_of(kind, found), _of(kind, walk.planted))
    return scores


def _planted_walk(random: Random, path: PathDocument) -> Walk:
    wanted = random.sample(list(DeviationKind), random.randint(0, 3))
    walk = walk_of(random, path, random_purchase(random), wanted)
    return refused(walk) if random.random() < 0.1 else walk


def _of(kind: DeviationKind, found: Iterable[tuple[DeviationKind, str]]) -> set[object]:
    return {one for one in found if one[0] is kind}


def lesson_scores(cases: int = CASES, seed: int = _SEED) -> Mapping[LessonKind, Score]:
    """One mistake in each written path; a lesson is right when accepting it mends the order, too.

    Whatever else the same runs teach counts as wrong for its own kind.
    """
    random, scores = Random(seed), {kind: Score() for kind in LessonKind}
    for kind in LessonKind:
        for case in _cases(random, kind, cases):
            lessons = lessons_of(case.runs, case.written)
            mended = [one for one in lessons if mends(one, case)]
            scores[kind].right += bool(mended)
            scores[kind].missed += not mended
            for other in lessons:
                scores[other.kind].wrong += other not in mended
    return scores


def _cases(random: Random, kind: LessonKind, count: int) -> list[Case]:
    found: list[Case] = []
    while len(found) < count:
        case = some_case(random, kind, random.randint(12, 24))
        found += [case] if case else []
    return found


def mends(lesson: Lesson, case: Case) -> bool:
    """Whether the lesson is about the planted mistake and accepting it undoes it."""
    true = case.truth.by_code.get(case.step)
    if lesson.kind is not case.kind or order_of(corrected(case.written, lesson)) != order_of(
        case.truth
    ):
        return False
    return lesson.step == case.step or (true is not None and lesson.title == true.title)


@dataclass
class Discovery:
    """How right proposed paths are: orders by pairs of steps, thresholds by observed amounts."""

    order: Score
    held_out: list[float]
    thresholds: list[int]

    @property
    def within_one(self) -> float:
        """The share of thresholds with at most one observed amount between them and the true."""
        return sum(off <= 1 for off in self.thresholds) / max(1, len(self.thresholds))


def discovery_of(
    paths: int = DISCOVERED, seed: int = _SEED, exceptions: float = _EXCEPTIONS
) -> Discovery:
    """Paths proposed from runs under which nothing was written, checked on runs kept back."""
    random, found = Random(seed), Discovery(Score(), [], [])
    for _path in range(paths):
        truth = random_path(random)
        runs = [_plain_run(random, truth, exceptions) for _run in range(TRAINING)]
        proposed = discover(runs, PathDocument(truth.currency, (), truth.frozen)).document
        found.order.add(set(order_of(proposed)), set(order_of(truth)))
        found.thresholds += _thresholds(truth, proposed, runs)
        later = [_plain_run(random, truth, 0.0) for _run in range(HELD_OUT)]
        found.held_out += [_in_order(run, proposed) for run in later]
    return found


def _plain_run(random: Random, truth: PathDocument, exceptions: float) -> Recorded:
    """A run of the true path whose own version says nothing."""
    purchase = replace(random_purchase(random), currency=truth.currency)
    wanted = random.sample(list(DeviationKind), 1) if random.random() < exceptions else ()
    run = walk_of(random, truth, purchase, wanted).recorded()
    return replace(run, document=PathDocument(truth.currency, (), truth.frozen))


def _in_order(run: Recorded, proposed: PathDocument) -> float:
    """1 when the run goes as the proposed path says, by its order and its steps; else less."""
    codes = {step.title: step.code for step in proposed.steps}
    visits = {codes.get(visit.title, code): visit for code, visit in run.visits.items()}
    return compare(replace(run, document=proposed, visits=visits)).fitness


def _thresholds(truth: PathDocument, proposed: PathDocument, runs: Sequence[Recorded]) -> list[int]:
    """For each step about amounts how many observed amounts lie between true and found."""
    found = {step.title: step for step in proposed.steps}
    amounts = {run.purchase.amount for run in runs}
    return [
        _amounts_between(step, found.get(step.title), amounts)
        for step in truth.steps
        if step.condition.is_about_amount
    ]


def _amounts_between(step: Step, found: Step | None, amounts: set[Decimal]) -> int:
    """Those that the two answer differently."""
    condition = found.condition if found else Condition(amount_to=Decimal(0))
    return sum(step.condition.allows(one) != condition.allows(one) for one in amounts)


def planted_figures(_stage: Stage) -> list[Figure]:
    """Recall and precision of each kind of deviation, and of each kind of lesson."""
    figures = [Figure("planted", "", "runs", RUNS, "", least=2_000)]
    scores: dict[str, Score] = {f"deviation {k.value}": s for k, s in deviation_scores().items()}
    scores |= {f"lesson {k.value}": s for k, s in lesson_scores().items()}
    for name, score in scores.items():
        figures += [
            Figure("planted", "", f"{name}: recall", score.recall, "", least=AIM),
            Figure("planted", "", f"{name}: precision", score.precision, "", least=AIM),
        ]
    return figures


def discovery_figures(_stage: Stage) -> list[Figure]:
    """How right the proposed paths are, with and without exceptions among the runs."""
    figures: list[Figure] = []
    for name, exceptions in (("clean runs", 0.0), ("one of twenty an exception", _EXCEPTIONS)):
        found = discovery_of(exceptions=exceptions)
        fits = sum(found.held_out) / len(found.held_out)
        figures += [
            _share(name, "thresholds within one observed amount", found.within_one),
            _share(name, "pairs in order: recall", found.order.recall),
            _share(name, "pairs in order: precision", found.order.precision),
            _share(name, "fitness of held-out runs", fits),
        ]
    return figures


def _share(name: str, what: str, value: float) -> Figure:
    return Figure("discovery", name, what, value, "", least=AIM)

"""Random deeds, each done to a real dossier and told to the oracle; then both are asked."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from bench.dossiers.answers import charted, remembered
from bench.dossiers.faults import faults_of
from bench.dossiers.memory import DAYS, Told
from bench.dossiers.oracle import Deed, Oracle, Refused
from bench.dossiers.steps import Step, There, some_step
from dossiers.facts.asking import Moment
from dossiers.facts.models import Change, Confidence, Source
from dossiers.facts.writing import Evidence
from dossiers.people.chart.queries import chart_of
from dossiers.people.editing.pen import Pen, open_dossier
from dossiers.people.editing.taking_back import take_back
from wiki.accounts.actor import Actor
from wiki.errors import Clash, Missing, Refusal

START = date(2026, 1, 1)
FIRST_MOMENT = datetime(2026, 3, 2, 9, tzinfo=UTC)
_FIRST = 14
_NO = (Refusal, Missing, Clash)


@dataclass
class Trial:
    """One dossier that random deeds are done to; `forward` moves the clock by some seconds.

    `found` are the differences, which stay empty when all is well.
    """

    session: Session
    actor: Actor
    client_id: int
    seed: int
    forward: Callable[[float], datetime]
    oracle: Oracle = field(default_factory=Oracle)
    there: There = field(default_factory=There)
    done: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)

    def live(self, deeds: int) -> None:
        """Do so many deeds, refused ones not counted; stops at the first difference."""
        while len(self.done) < deeds and not self.found:
            moment = self.forward(self.random.choice((2, 60, 90_000)))
            done = len(self.done)
            if self.oracle.changes and self.random.random() < 0.12:
                self._take_back(moment)
            else:
                self._do_something(moment)
            if len(self.done) > done:
                self.found += faults_of(self.session, self.client_id)

    def ask(self, moments: int) -> int:
        """Compare the charts of so many days, as known at any moment; the number of questions."""
        asked = 0
        for _moment in range(moments):
            day, known = self.random.randrange(-1, DAYS + 3), self._some_moment()
            chart = chart_of(self.session, self.client_id, Moment(_date(day), known))
            memory = self.oracle.known_at(known) if known else self.oracle.now
            ours = charted(chart, self.there)
            right = remembered(memory, day, self.there, START)
            self.found += [
                f"{question} on day {day} as known {known}: {ours[question]}, not {answer}"
                for question, answer in right.items()
                if ours[question] != answer
            ]
            asked += len(right)
        return asked

    def _some_moment(self) -> datetime | None:
        """Any moment, often just before or after a change; `None` is now."""
        if self.random.random() < 0.3:
            return None
        moment, _memory = self.random.choice(self.oracle.past)
        return moment + timedelta(seconds=self.random.choice((-1, 0, 1)))

    def _do_something(self, moment: datetime) -> None:
        # A dossier begins with a chart on its first day.
        day = self.random.randrange(DAYS) if len(self.done) > _FIRST else 0
        now = self.oracle.now
        self.there.present = [p for p in self.there.positions if now.at(("seat", p), day)]
        self._do(some_step(self.random, self.there), day, moment)

    def _do(self, step: Step, day: int, moment: datetime) -> None:
        source, after = self.random.choice((Source.MEETING, Source.MAIL)), self.oracle.now.copy()
        pen = self._pen(day, Evidence(source, Confidence.LIKELY))
        done = self._try(lambda: step.do(pen))
        number = done[1] if done else 0
        deed = Deed(after, day, Told(source, Confidence.LIKELY, moment.date()))
        right = _is_told(lambda: step.tell(deed, number))
        if right != (done is not None):
            should = "must be done" if right else "must be refused"
            self.found.append(f"{step.name} {should}, after {self.done}")
        elif done:
            self.oracle.keep(done[0].id, moment, after)
            self.done.append(step.name)

    def _take_back(self, moment: datetime) -> None:
        """Any change, mostly the newest. An older one may be refused out of caution."""
        numbers = list(self.oracle.changes)
        number = numbers[-1] if self.random.random() < 0.6 else self.random.choice(numbers)
        undo = self._try(lambda: (take_back(self._pen(0), number), 0))
        try:
            after = self.oracle.taken_back(number)
        except Refused:
            if undo:
                self.found.append(f"taking back must be refused, after {self.done}")
            return
        if undo:
            self.oracle.keep(undo[0].id, moment, after)
            self.done.append("take back")
        elif number == numbers[-1]:
            self.found.append(f"the newest change must be taken back, after {self.done}")

    def _pen(self, day: int, said: Evidence | None = None) -> Pen:
        return open_dossier(self.session, self.actor, self.client_id, _date(day), said)

    def _try(self, do: Callable[[], tuple[Change, int]]) -> tuple[Change, int] | None:
        try:
            with self.session.begin_nested():
                return do()
        except _NO:
            return None


def _is_told(tell: Callable[[], None]) -> bool:
    try:
        tell()
    except Refused:
        return False
    return True


def _date(day: int) -> date:
    return START + timedelta(days=day)

"""The answer as a rule over plain values: what applies, who acts, what is said aloud, by when."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from dossiers.approvals.actors import ActorSeat
from dossiers.approvals.answers.answer import Answer, Question, Surroundings, answer_to
from dossiers.approvals.answers.limits import TooSmall
from dossiers.approvals.answers.reasons import UNSAID
from dossiers.approvals.answers.signers import Acts, Regard, Signer, Worry
from dossiers.approvals.document import PathDocument
from dossiers.approvals.kinds import StepKind
from dossiers.approvals.purchases import Condition, Purchase
from dossiers.approvals.steps import Duration, Step
from dossiers.approvals.working_days import WorkingDays
from dossiers.facts.kinds import ALWAYS, Confidence, Source
from dossiers.people.chart.snapshot import Holder, Known
from dossiers.people.kinds import Attitude

MONDAY = date(2026, 3, 2)
RUSSIA = WorkingDays("RU")
SURE = Known(Source.MEETING, Confidence.SURE, ALWAYS, ALWAYS)
GUESSED = Known(Source.GUESS, Confidence.GUESS, ALWAYS, ALWAYS)


def held(ident: int, name: str, acting: bool = False, known: Known = SURE) -> ActorSeat:
    return ActorSeat(
        ident, f"Position {ident}", holders=(Holder(ident, name, True, acting, known),)
    )


def a_step(code: str, kind: StepKind, *after: str, **more: object) -> Step:
    return Step(code, code.title(), kind, frozenset(after), **more)  # type: ignore[arg-type]


DEAR = Condition("RUB", amount_from=Decimal(3_000_000))
PATH = PathDocument(
    "RUB",
    (
        a_step("request", StepKind.REQUEST, duration=Duration(1, 2)),
        a_step("legal", StepKind.LEGAL, "request", duration=Duration(5, 10)),
        a_step("security", StepKind.SECURITY, "request", duration=Duration(2, 3)),
        a_step("board", StepKind.BOARD, "legal", "security", condition=DEAR, positions=(9,)),
        a_step("sign", StepKind.SIGN, "board", positions=(1,), limit=Decimal(2_000_000)),
    ),
)
SEATS = {1: held(1, "Olga"), 2: ActorSeat(2, "Position 2"), 9: held(9, "Boris")}
AROUND = Surroundings(RUSSIA, SEATS)


def name_of(signer: Signer) -> str:
    return signer.person.name if signer.person else ""


def rub(amount: int, **more: object) -> Purchase:
    return Purchase(Decimal(amount), "RUB", **more)  # type: ignore[arg-type]


def answered(
    purchase: Purchase,
    path: PathDocument = PATH,
    around: Surroundings = AROUND,
    wanted: date | None = None,
    begins: date = MONDAY,
) -> Answer:
    return answer_to(Question(purchase, begins, wanted), path, around)


def codes(answer: Answer) -> list[str]:
    return [one.step.code for one in answer.steps]


def signer_of(around: Surroundings, **more: object) -> tuple[Answer, Signer]:
    step = a_step("sign", StepKind.SIGN, positions=(1,), **more)
    answer = answered(rub(1), PathDocument("RUB", (step,)), around)
    return answer, answer.steps[0].signers[0]


def test_at_2_9_millions_the_board_is_left_out_and_at_3_1_it_is_not() -> None:
    below, above = answered(rub(2_900_000)), answered(rub(3_100_000))
    assert codes(below) == ["request", "legal", "security", "sign"]
    assert [(one.number, one.step.code) for one in below.left_out] == [("3", "board")]
    assert below.left_out[0].failing == DEAR
    assert codes(above) == ["request", "legal", "security", "board", "sign"]
    assert above.left_out == ()
    assert [one.number for one in below.steps] == ["1", "2a", "2b", "4"]


def test_only_what_fails_is_told_of_a_step_that_is_left_out() -> None:
    strict = replace(DEAR, new_vendor=True, categories=frozenset({7}), tags=frozenset({"a", "b"}))
    path = PathDocument("RUB", (a_step("board", StepKind.BOARD, condition=strict),))
    purchase = rub(4_000_000, categories=frozenset({7}), tags=frozenset({"b"}))
    failing = answered(purchase, path).left_out[0].failing
    assert failing == Condition("RUB", new_vendor=True, tags=frozenset({"a"}))


def test_another_currency_or_no_amount_leaves_the_step_in_and_unsure() -> None:
    for purchase in (Purchase(Decimal(10), "USD"), Purchase(Decimal(0), UNSAID)):
        answer = answered(purchase)
        assert [one.step.code for one in answer.steps if one.is_unsure] == ["board"]
        assert answer.steps[-1].limit_is_unsure
        assert not answer.cannot_sign


def test_days_are_expected_with_a_range_and_counted_backwards_from_the_wanted_one() -> None:
    answer = answered(rub(1_000_000), wanted=date(2026, 3, 20))
    signature, back = answer.times.signature, answer.times.backwards
    assert signature
    assert back
    # 2 March; 3-6 and 10 March (the 9th is free); signature on the 11th.
    assert signature.usual == date(2026, 3, 11)
    assert signature.slow == date(2026, 3, 23)
    assert back.begin.start == date(2026, 3, 12)
    assert (back.late_by, back.spare) == (0, 7)
    assert not back.is_too_late
    assert back.begin.safe == date(2026, 2, 27)
    assert {code: one.start for code, one in back.deadlines.items()} == {
        "request": date(2026, 3, 12),
        "legal": date(2026, 3, 13),
        "security": date(2026, 3, 18),
        "sign": date(2026, 3, 20),
    }


def test_a_wanted_day_that_cannot_be_reached_is_too_late_by_working_days() -> None:
    back = answered(rub(1_000_000), wanted=date(2026, 3, 6)).times.backwards
    assert back
    assert back.begin.start == date(2026, 2, 26)
    assert (back.late_by, back.spare, back.is_too_late) == (2, 0, True)
    assert back.missed_by == 2
    assert back.deadlines["legal"].late_by == 2
    assert back.deadlines["security"].late_by == 0
    on_saturday = answered(rub(1_000_000), wanted=date(2026, 3, 6), begins=date(2026, 2, 28))
    assert on_saturday.times.backwards
    assert on_saturday.times.backwards.late_by == 2


def test_whoever_holds_acts_for_or_stands_in_is_named() -> None:
    answer, signer = signer_of(AROUND)
    assert (name_of(signer), signer.acts) == ("Olga", Acts.HOLDER)
    _answer, acting = signer_of(replace(AROUND, seats={1: held(1, "Pavel", acting=True)}))
    assert (name_of(acting), acting.acts) == ("Pavel", Acts.ACTING)
    seats = {1: ActorSeat(1, "Director"), 2: held(2, "Roman")}
    _answer, deputy = signer_of(replace(AROUND, seats=seats), deputy=2)
    assert (name_of(deputy), deputy.acts, deputy.stands_in) == (
        "Roman",
        Acts.DEPUTY,
        seats[2],
    )
    assert Worry.VACANT in deputy.worries
    # The deputy does not act while the holder is there.
    _answer, holder = signer_of(replace(AROUND, seats=SEATS), deputy=9)
    assert (name_of(holder), holder.acts) == ("Olga", Acts.HOLDER)
    assert not answer.cannot_sign


def test_every_worry_is_told_and_none_without_a_reason() -> None:
    def worries(seat: ActorSeat, regard: Regard | None = None) -> tuple[Worry, ...]:
        regards = {1: regard} if regard else {}
        return signer_of(replace(AROUND, seats={1: seat}, regards=regards))[1].worries

    known = Regard(Attitude.SUPPORTER, known_to=("Anna",))
    assert worries(held(1, "Olga"), known) == ()
    assert worries(ActorSeat(1, "Director")) == (Worry.VACANT,)
    assert worries(ActorSeat(1, "Director", is_known=False)) == (Worry.UNKNOWN,)
    assert worries(ActorSeat(1, "Director", is_gone=True)) == (Worry.GONE,)
    assert worries(held(1, "Olga")) == (Worry.STRANGER,)
    assert worries(held(1, "Olga"), replace(known, attitude=Attitude.ENEMY)) == (Worry.ENEMY,)
    assert worries(held(1, "Olga"), replace(known, attitude=Attitude.SCEPTIC)) == (Worry.SCEPTIC,)
    assert worries(held(1, "Olga"), replace(known, attitude=Attitude.NEUTRAL)) == ()
    assert worries(held(1, "Olga", known=GUESSED), known) == (Worry.GUESS,)


def test_a_limit_that_is_too_small_is_said_aloud_unless_somebody_signs_above() -> None:
    small = answered(rub(2_900_000))
    assert [one.step.code for one in small.cannot_sign] == ["sign"]
    assert small.cannot_sign[0].too_small == TooSmall(Decimal(2_000_000))
    enough = answered(rub(2_000_000))
    assert not enough.cannot_sign
    assert all(one.too_small is None for one in enough.steps)
    by_board = answered(rub(3_100_000))
    assert not by_board.cannot_sign
    limited = by_board.steps[-1].too_small
    assert limited
    assert (limited.is_covered, limited.above[0].number) == (True, "3")


def test_a_manager_with_a_larger_limit_is_named_else_the_nearest_whose_limit_nobody_knows() -> None:
    seats = SEATS | {5: held(5, "Irina"), 6: held(6, "Gleb")}
    around = replace(AROUND, seats=seats, managers={1: (5, 6)})
    nearest = answered(rub(2_900_000), around=around).cannot_sign[0].too_small
    assert nearest
    assert [(one.seat.id, one.limit) for one in nearest.above if one.seat] == [(5, None)]
    # The second manager signs elsewhere on this path, for dearer purchases only.
    dear = a_step("gleb", StepKind.SIGN, "sign", positions=(6,), limit=Decimal(9_000_000))
    path = replace(PATH, steps=(*PATH.steps, replace(dear, condition=DEAR)))
    able = answered(rub(2_900_000), path, around).cannot_sign[0].too_small
    assert able
    assert [(one.seat.id, one.limit) for one in able.above if one.seat] == [(6, Decimal(9_000_000))]


def test_a_purchase_that_nobody_signs_is_said_aloud() -> None:
    step = a_step("board", StepKind.BOARD, condition=DEAR)
    path = PathDocument("RUB", (a_step("request", StepKind.REQUEST), step))
    assert answered(rub(1), path).nobody_signs
    assert not answered(rub(4_000_000), path).nobody_signs
    in_dollars = answered(Purchase(Decimal(1), "USD"), path)
    assert in_dollars.perhaps_nobody_signs
    assert not in_dollars.nobody_signs


def test_years_without_a_decree_are_named() -> None:
    assert answered(rub(1)).unknown_years == ()
    assert answered(rub(1), begins=date(2040, 12, 28)).unknown_years == (2040, 2041)
    german = replace(AROUND, calendar=WorkingDays("DE"))
    assert answered(rub(1), around=german, begins=date(2040, 3, 1)).unknown_years == ()
    assert not answered(rub(1), around=replace(AROUND, calendar=WorkingDays("AC"))).country_is_known


def test_what_comes_behind_the_signature_is_not_pressed_for_the_wanted_day() -> None:
    payment = a_step("payment", StepKind.PAYMENT, "sign", duration=Duration(10, 20))
    path = replace(PATH, steps=(*PATH.steps, payment))
    answer = answered(rub(1), path, wanted=date(2026, 3, 20))
    last = answer.steps[-1]
    assert (last.step.code, last.is_counted, last.deadline) == ("payment", False, None)
    assert answer.times.signature
    assert answer.times.signature.usual == date(2026, 3, 11)


def test_a_path_without_steps_answers_that_nobody_signs() -> None:
    answer = answered(rub(1), PathDocument("RUB"), wanted=date(2026, 3, 20))
    assert answer.nobody_signs
    assert answer.times.signature is None
    assert answer.times.backwards is None

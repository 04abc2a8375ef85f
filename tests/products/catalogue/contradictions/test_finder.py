"""Which pages contradict each other, and which only seem to."""

from pathlib import Path

import pytest

from bench.learning.contradicting import (
    LEAST_RECALL,
    MOST_FALSE,
    false_alarms,
    found_in,
    read_planted,
    real_texts,
    recall,
    said_of,
)
from products.catalogue.contradictions.claim import FactText, Known, PageText
from products.catalogue.contradictions.finder import Found, claims_of, contradictions_in
from products.catalogue.contradictions.quantities import Lexicon
from products.catalogue.contradictions.subjects import Titles


def found(*pages: tuple[str, str], language: str = "en") -> list[Found]:
    texts = [PageText(n, n, language, title, body) for n, (title, body) in enumerate(pages, 1)]
    known = Known(Titles((text.title, text.product) for text in texts), Lexicon())
    return contradictions_in(claim for text in texts for claim in claims_of(text, known))


@pytest.mark.parametrize("half", ["develop", "held out"])
def test_planted_contradictions_are_found(half: str) -> None:
    planted = [one for one in read_planted() if one.half == half]
    assert sum(one.wrong for one in read_planted()) >= 50
    assert recall(planted) >= LEAST_RECALL


@pytest.mark.parametrize("half", ["develop", "held out"])
def test_what_only_seems_to_contradict_is_left_alone(half: str) -> None:
    planted = [one for one in read_planted() if one.half == half]
    assert not [one.kind for one in planted if not one.wrong and found_in(one)]


def test_real_pages_raise_at_most_one_false_alarm_in_a_hundred(real_pages: Path) -> None:
    texts = real_texts(real_pages)
    assert len(texts) > 200
    assert false_alarms(texts) <= MOST_FALSE


def test_a_contradiction_planted_among_real_pages_is_found(real_pages: Path) -> None:
    texts = real_texts(real_pages)
    planted = [
        PageText(9001, 9001, "en", "Oven OV-9", "The oven weighs 90 kg."),
        PageText(9002, 9002, "en", "Ovens", "The [[Oven OV-9]] weighs 95 kg."),
    ]
    assert [one.one.page_id for one in said_of([*texts, *planted])] == [9001]


def test_the_key_stays_while_both_numbers_stay() -> None:
    before = found(("Oven", "Weight: 90 kg."), ("Ovens", "The [[Oven]] weighs 95 kg."))
    reworded = found(("Oven", "Weight: 90 kg."), ("Ovens", "Our [[Oven]] weighs 95 kg today."))
    mended = found(("Oven", "Weight: 90 kg."), ("Ovens", "The [[Oven]] weighs 96 kg."))
    assert before[0].key == reworded[0].key != mended[0].key
    assert len(before) == len(reworded) == len(mended) == 1


def test_a_page_that_gives_several_numbers_itself_contradicts_nobody() -> None:
    varied = "Weight: 90 kg.\n\nWith doors it weighs 120 kg.\n\nWeight: 110 kg."
    assert not found(("Oven", varied), ("Ovens", "The [[Oven]] weighs 95 kg."))


@pytest.mark.parametrize(
    "said",
    [
        "```\nThe [[Oven]] weighs 95 kg.\n```",
        "~~The [[Oven]] weighs 95 kg.~~",
        "<!-- The [[Oven]] weighs 95 kg. -->",
        "Does the [[Oven]] weigh 95 kg?",
        "## Price history\n\nThe [[Oven]] weighs 95 kg.",
        "The stand of the [[Oven]] weighs 95 kg.",
        "The [[Oven]] was 95 kg in weight.",
        "The [[Oven]] weighs 95 kg more than before.",
    ],
)
def test_code_questions_the_past_and_parts_say_nothing(said: str) -> None:
    assert found(("Oven", "Weight: 90 kg."), ("Ovens", "The [[Oven]] weighs 95 kg."))
    assert not found(("Oven", "Weight: 90 kg."), ("Ovens", said))


@pytest.mark.parametrize(
    "body",
    ["|" * 3_000, "9" * 5_000 + " kg", "[[" * 2_000, "1 " * 5_000, "- " * 3_000, "за " * 5_000],
)
def test_odd_texts_are_read_in_no_time(body: str) -> None:
    assert found(("Oven", body), ("Ovens", "The [[Oven]] weighs 95 kg.")) == []


def test_a_fact_that_stands_in_both_languages_is_told_of_once() -> None:
    weight = FactText("weight", "Weight, kg", "90")
    texts = [
        PageText(1, 1, "en", "Oven", "", (weight,)),
        PageText(2, 1, "ru", "Печь", "", (weight._replace(label="Вес, кг"),)),
        PageText(3, 3, "ru", "Наши печи", "[[Печь]] весит 95 кг."),
    ]
    assert [(one.one.page_id, one.other.page_id) for one in said_of(texts)] == [(2, 3)]
    assert [(one.one.page_id, one.other.page_id) for one in said_of([texts[0], texts[2]])] == []
    changed = texts[1].facts[0]._replace(text="80")
    parted = [texts[0], PageText(2, 1, "ru", "Печь", "", (changed,))]
    assert [one.one.quantity for one in said_of(parted)] == ["fact:weight"]

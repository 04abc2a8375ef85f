"""The chart's script: it is small, and has every sentence and picture that it asks for."""

import re
from pathlib import Path

from tests.front_end.test_dist import built

ROOT = Path(__file__).parent.parent.parent
SOURCES = [ROOT / "static/src/chart.ts", *sorted((ROOT / "static/src/chart").glob("*.ts"))]
WORDS = (ROOT / "templates/dossiers/people/_chart_words.html").read_text("utf-8")
TEXT = "".join(path.read_text("utf-8") for path in SOURCES)


def known() -> set[str]:
    return set(re.findall(r'^\s+"([A-Za-z.]+)":', WORDS, re.MULTILINE))


def test_every_sentence_of_the_script_is_in_the_page() -> None:
    wanted = set(re.findall(r'\bsay\("([A-Za-z.]+)"', TEXT))
    assert len(wanted) > 80
    assert wanted - known() == set()


def test_every_counted_noun_has_its_forms() -> None:
    nouns = set(re.findall(r'\bcount\("([A-Za-z]+)"', TEXT))
    assert len(nouns) > 4
    forms = {f"{noun}.{form}" for noun in nouns for form in ("one", "few", "other")}
    assert forms - known() == set()


def test_every_question_and_mark_has_its_words() -> None:
    asked_of_one = {"manager", "holder", "role", "attitude", "power", "orientation", "coverage"}
    marks = {"new", "gone", "moved", "manager", "title", "holder", "changed"}
    wanted = {f"ask.{one}" for one in asked_of_one} | {f"mark.{one}" for one in marks}
    assert wanted - known() == set()


def test_every_picture_of_the_script_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([^"]+)"', built("icons.svg")))
    named = set(re.findall(r'\b(?:picture|icon|sign)\("([a-z0-9-]+)"', TEXT))
    named |= set(re.findall(r'\bact\(say\([^)]*\), "([a-z0-9-]+)"', TEXT))
    assert len(named) > 6
    assert named - sprite == set()


def test_the_script_stays_small() -> None:
    assert len(built("chart.js")) < 170 * 1000

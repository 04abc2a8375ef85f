"""The drawing as SVG, with hostile texts in every place."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from flask import Flask

from dossiers.approvals.actors import ActorSeat
from dossiers.approvals.drawing.drawing import drawing_of, plain_drawing
from dossiers.approvals.drawing.layout import Way
from dossiers.approvals.drawing.svg import as_svg
from dossiers.approvals.purchases import Condition
from dossiers.facts.kinds import ALWAYS, Confidence, Source
from dossiers.people.chart.snapshot import Holder, Known
from tests.factories.approvals import usual_document
from wiki.locale import force_locale

HOSTILE = "</text><script>alert(1)</script>\x07\x00&\"'"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _english(app: Flask) -> Iterator[None]:
    with app.app_context(), force_locale("en"):
        yield


def _seats(name: str = "Olga Petrova", title: str = "Lawyer") -> Mapping[int, ActorSeat]:
    known = Known(Source.MEETING, Confidence.SURE, ALWAYS, ALWAYS)
    return {
        1: ActorSeat(1, title, holders=(Holder(7, name, True, False, known),)),
        2: ActorSeat(2, "Guard"),
    }


def _texts(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def test_a_box_says_number_kind_title_who_acts_how_long_and_from_which_amount() -> None:
    document = usual_document({"legal": 1, "security": 2})
    texts = _texts(as_svg(drawing_of(document, _seats(), {}), "Path"))

    for said in ("2a", "legal review", "Legal", "Olga Petrova", "Lawyer", "vacant"):
        assert said in texts
    assert "5–10 working days" in texts
    assert "from 3,000,000 RUB" in texts
    assert "not known who acts" in texts


def test_hostile_texts_are_only_texts() -> None:
    document = usual_document({"legal": 1})
    tagged = Condition("RUB", tags=frozenset({HOSTILE.replace("\x00", "").replace("\x07", "")}))
    steps = tuple(replace(one, title=HOSTILE, condition=tagged) for one in document.steps)
    hostile = drawing_of(replace(document, steps=steps), _seats(HOSTILE, HOSTILE), {})

    for way in (as_svg(hostile, HOSTILE), as_svg(hostile, HOSTILE, is_draft=True)):
        root = ElementTree.fromstring(way)
        assert not list(root.iter(f"{SVG}script"))
        assert any("<script>" in text for text in _texts(way))


def test_guesses_and_drafts_look_so() -> None:
    document = usual_document()
    guess = replace(document.steps[0], confidence=Confidence.GUESS)
    steps = (guess, *document.steps[1:])
    svg = as_svg(drawing_of(replace(document, steps=steps), {}, {}), "Path", is_draft=True)

    assert svg.count("is-guess") == 1
    assert "is-draft" in svg
    assert "is-draft" not in as_svg(drawing_of(document, {}, {}), "Path")
    assert "is-guess" not in as_svg(drawing_of(document, {}, {}), "Path")


def test_marks_become_looks_of_boxes() -> None:
    drawing = drawing_of(usual_document(), {}, {}, Way.ACROSS, {"legal": "running"})

    assert as_svg(drawing, "Path").count("is-running") == 1


def test_the_drawing_of_the_editor_has_every_box_and_arrow() -> None:
    plain = plain_drawing(drawing_of(usual_document(), {}, {}))

    assert [box["number"] for box in plain["boxes"]] == ["1", "2a", "2b", "3", "4"]
    assert {(arrow["starts"], arrow["ends"]) for arrow in plain["arrows"]} >= {
        (("request",), ("legal",)),
        (("board",), ("sign",)),
    }
    assert all(arrow["line"].startswith("M") for arrow in plain["arrows"])

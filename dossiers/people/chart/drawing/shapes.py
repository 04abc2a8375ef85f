"""The plain shapes of which a drawing consists, and the colours of their looks."""

from dataclasses import dataclass

from dossiers.people.chart.drawing.blocks import Point

#: The light colours of the house: a drawing is printed.
COLOURS = {
    "ink": "#22211f",
    "soft": "#5b5852",
    "accent": "#17605a",
    "good": "#226136",
    "warn": "#755000",
    "bad": "#a3262c",
    "line": "#87827a",
    "surface": "#ffffff",
    "sunken": "#f1efea",
    "info": "#27568a",
    "dotted": "#5a4690",
}


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle with round corners; without `edge` it has no line around it."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    edge: str = ""
    dash: tuple[float, ...] = ()
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; `y` is where its letters stand."""

    text: str
    x: float
    y: float
    size: float
    look: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through the points, or, when `is_bow`, a curve from the first to the last of four."""

    points: tuple[Point, ...]
    look: str
    dash: tuple[float, ...] = ()
    thickness: float = 1.0
    is_bow: bool = False


Shape = Rectangle | Words | Stroke

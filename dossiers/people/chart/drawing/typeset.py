"""A drawing as a Typst document: on one page of its own size, or on sheets to be put together.

Typst draws text ten times as fast from its own language as from an SVG picture.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil

from dossiers.people.chart.drawing.scene import Scene
from dossiers.people.chart.drawing.shapes import COLOURS, Rectangle, Shape, Stroke, Words

#: Points of print to a pixel of the drawing.
POINT = 0.75
#: Typst's own face is narrower than the measures say, so it is set larger.
_FACE, _LARGER = "Libertinus Serif", 1.12
#: No page of a PDF is longer (200 inches).
_LONGEST_PAGE = 14_400.0
#: Width and height of sheets lying on their side, in points.
SHEETS = {"a4": (841.9, 595.3), "a3": (1190.6, 841.9)}
_EDGE = 28.0
_LABEL = 14.0
#: A drawing that needs no more shrinking than this goes on one sheet.
_SMALLEST = 0.55

_HEAD = f"""\
#set text(font: "{_FACE}", top-edge: "baseline", bottom-edge: "baseline", hyphenate: false)
#let t(x, y, size, look, weight: "regular", style: "normal", body) = place(dx: x * 1pt,
  dy: y * 1pt, text(size: size * 1pt, fill: rgb(look), weight: weight, style: style, body))
#let r(x, y, w, h, fill, radius: 0pt, edge: none) = place(dx: x * 1pt, dy: y * 1pt,
  rect(width: w * 1pt, height: h * 1pt, fill: rgb(fill), radius: radius, stroke: edge))
#let s(look, thickness: 1pt, dash: none) = (paint: rgb(look), thickness: thickness, dash: dash)
#let l(edge, ..points) = place(curve(stroke: edge, ..points))
#let m(x, y) = curve.move((x * 1pt, y * 1pt))
#let n(x, y) = curve.line((x * 1pt, y * 1pt))
#let c(a, b, d, e, x, y) = curve.cubic((a * 1pt, b * 1pt), (d * 1pt, e * 1pt), (x * 1pt, y * 1pt))
"""


@dataclass(frozen=True)
class _Window:
    """A part of the drawing: what it shows, and how it is brought onto the page."""

    left: float
    top: float
    width: float
    height: float
    scale: float
    offset: float = 0.0

    def x(self, value: float) -> str:
        """A place from the left, in points on the page."""
        return f"{(value - self.left) * self.scale + self.offset:.2f}"

    def y(self, value: float) -> str:
        """A place from above."""
        return f"{(value - self.top) * self.scale + self.offset:.2f}"

    def length(self, value: float) -> str:
        """A length."""
        return f"{value * self.scale:.2f}"

    def shows(self, shape: Shape) -> bool:
        """Whether any of the shape can be seen."""
        left, top, right, bottom = _bounds(shape)
        return (
            left <= self.left + self.width
            and right >= self.left
            and top <= self.top + self.height
            and bottom >= self.top
        )


def one_page(scene: Scene) -> str:
    """The drawing on one page that is as large as it."""
    scale = min(POINT, _LONGEST_PAGE / max(scene.width, scene.height))
    window = _Window(0.0, 0.0, scene.width, scene.height, scale)
    size = f"width: {scene.width * scale:.2f}pt, height: {scene.height * scale:.2f}pt"
    return _document(scene, f"#set page({size}, margin: 0pt)\n", [_shapes(scene.shapes, window)])


def sheets(scene: Scene, paper: str) -> str:
    """The drawing on sheets of "a4" or "a3", each with its place in the whole.

    A drawing that fits on one sheet when it is made somewhat smaller goes on one.
    """
    width, height = SHEETS[paper]
    if scene.height > scene.width:
        width, height = height, width
    room = (width - 2 * _EDGE, height - 2 * _EDGE - _LABEL)
    fitting = min(room[0] / scene.width, room[1] / scene.height)
    scale = min(POINT, fitting) if fitting >= _SMALLEST * POINT else POINT
    columns, rows = ceil(scene.width * scale / room[0]), ceil(scene.height * scale / room[1])
    pages = [
        _sheet(scene, scale, room, row, column, (rows, columns))
        for row in range(rows)
        for column in range(columns)
    ]
    size = f"width: {width:.2f}pt, height: {height:.2f}pt"
    return _document(scene, f"#set page({size}, margin: 0pt)\n", pages)


def _sheet(
    scene: Scene,
    scale: float,
    room: tuple[float, float],
    row: int,
    column: int,
    of: tuple[int, int],
) -> str:
    shown = (room[0] / scale, room[1] / scale)
    window = _Window(column * shown[0], row * shown[1], *shown, scale)
    inside = _shapes((shape for shape in scene.shapes if window.shows(shape)), window)
    size = f"width: {room[0]:.2f}pt, height: {room[1]:.2f}pt, clip: true"
    page = f"#place(dx: {_EDGE}pt, dy: {_EDGE}pt, block({size})[\n{inside}\n])"
    if of == (1, 1):
        return page
    label = f"{row * of[1] + column + 1} / {of[0] * of[1]}  ({row + 1}–{column + 1})"
    words = Words(label, 0.0, 0.0, 9.0, "soft")
    foot = _Window(0.0, -(_EDGE + room[1] + _LABEL) / POINT, 0.0, 0.0, POINT)
    return f"{page}\n#place(dx: {_EDGE}pt)[{_written(words, foot)}]"


def _document(scene: Scene, page: str, pages: Iterable[str]) -> str:
    title = f"#set document(title: {_text(scene.title)})\n"
    return title + page + _HEAD + "\n#pagebreak()\n".join(pages)


def _shapes(shapes: Iterable[Shape], window: _Window) -> str:
    return "\n".join(_written(shape, window) for shape in shapes)


def _written(shape: Shape, window: _Window) -> str:
    if isinstance(shape, Words):
        return _words(shape, window)
    return _rectangle(shape, window) if isinstance(shape, Rectangle) else _stroke(shape, window)


def _words(words: Words, window: _Window) -> str:
    size = f"{words.size * window.scale * _LARGER:.2f}"
    looks = ', weight: "bold"' if words.bold else ""
    looks += ', style: "italic"' if words.italic else ""
    place = f"{window.x(words.x)}, {window.y(words.y)}"
    return f'#t({place}, {size}, "{COLOURS[words.look]}"{looks}, {_text(words.text)})'


def _rectangle(one: Rectangle, window: _Window) -> str:
    place = ", ".join(
        (window.x(one.x), window.y(one.y), window.length(one.width), window.length(one.height))
    )
    edge = f", edge: {_edge(one.edge, 1.0, one.dash, window)}" if one.edge else ""
    radius = f", radius: {window.length(one.radius)}pt" if one.radius else ""
    return f'#r({place}, "{COLOURS[one.fill]}"{radius}{edge})'


def _stroke(stroke: Stroke, window: _Window) -> str:
    first, *rest = [f"{window.x(x)}, {window.y(y)}" for x, y in stroke.points]
    way = [f"c({', '.join(rest)})"] if stroke.is_bow else [f"n({point})" for point in rest]
    edge = _edge(stroke.look, stroke.thickness, stroke.dash, window)
    return f"#l({edge}, m({first}), {', '.join(way)})"


def _edge(look: str, thickness: float, dash: tuple[float, ...], window: _Window) -> str:
    dashes = f", dash: ({', '.join(f'{window.length(part)}pt' for part in dash)})" if dash else ""
    return f's("{COLOURS[look]}", thickness: {window.length(thickness)}pt{dashes})'


def _text(text: str) -> str:
    """The text as a string of Typst, in which nothing else has a meaning."""
    plain = "".join(c for c in text if ord(c) >= 32 and not 0xD800 <= ord(c) <= 0xDFFF)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _bounds(shape: Shape) -> Iterator[float]:
    """Left, top, right, bottom; for words a generous guess."""
    if isinstance(shape, Stroke):
        across, down = zip(*shape.points, strict=True)
        yield from (min(across), min(down), max(across), max(down))
    elif isinstance(shape, Words):
        yield from (shape.x, shape.y - shape.size * 1.2)
        yield from (shape.x + len(shape.text) * shape.size, shape.y + shape.size * 0.4)
    else:
        yield from (shape.x, shape.y, shape.x + shape.width, shape.y + shape.height)

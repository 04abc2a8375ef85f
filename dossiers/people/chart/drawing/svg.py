"""A drawing as SVG. Whatever people wrote is escaped; nothing in it can run or be fetched."""

from html import escape

from dossiers.people.chart.drawing.scene import Scene
from dossiers.people.chart.drawing.shapes import COLOURS, Rectangle, Shape, Stroke, Words

_FAMILY = "'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"


def as_svg(scene: Scene) -> str:
    """The drawing as one SVG document."""
    width, height = f"{scene.width:.1f}", f"{scene.height:.1f}"
    parts = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" font-family="{escape(_FAMILY)}">',
        f"<title>{_clean(scene.title)}</title>",
        f'<rect width="100%" height="100%" fill="{COLOURS["surface"]}"/>',
        *(_written(shape) for shape in scene.shapes),
        "</svg>\n",
    )
    return "\n".join(parts)


def _written(shape: Shape) -> str:
    if isinstance(shape, Words):
        return _words(shape)
    return _rectangle(shape) if isinstance(shape, Rectangle) else _stroke(shape)


def _words(words: Words) -> str:
    looks = ' font-weight="bold"' if words.bold else ""
    looks += ' font-style="italic"' if words.italic else ""
    return (
        f'<text x="{words.x:.1f}" y="{words.y:.1f}" font-size="{words.size:g}" '
        f'fill="{COLOURS[words.look]}"{looks}>{_clean(words.text)}</text>'
    )


def _rectangle(one: Rectangle) -> str:
    edge = f' stroke="{COLOURS[one.edge]}"' if one.edge else ""
    radius = f' rx="{one.radius:g}"' if one.radius else ""
    return (
        f'<rect x="{one.x:.1f}" y="{one.y:.1f}" width="{one.width:.1f}" '
        f'height="{one.height:.1f}"{radius} fill="{COLOURS[one.fill]}"{edge}{_dash(one.dash)}/>'
    )


def _stroke(stroke: Stroke) -> str:
    (x, y), *rest = stroke.points
    joint = "C" if stroke.is_bow else "L"
    way = f"M{x:.1f} {y:.1f}{joint}" + " ".join(f"{a:.1f} {b:.1f}" for a, b in rest)
    return (
        f'<path d="{way}" fill="none" stroke="{COLOURS[stroke.look]}" '
        f'stroke-width="{stroke.thickness:g}"{_dash(stroke.dash)}/>'
    )


def _dash(dash: tuple[float, ...]) -> str:
    return f' stroke-dasharray="{" ".join(f"{part:g}" for part in dash)}"' if dash else ""


def _clean(text: str) -> str:
    """The text escaped, without characters that XML does not allow."""
    return escape("".join(character for character in text if _is_allowed(ord(character))))


def _is_allowed(code: int) -> bool:
    return code >= 32 and not 0xD800 <= code <= 0xDFFF and code not in (0xFFFE, 0xFFFF)

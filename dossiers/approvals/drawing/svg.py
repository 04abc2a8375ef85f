"""The drawing of a path as SVG. What people wrote is escaped; nothing in it runs or is fetched.

Colours are the light ones of the house for print and files; in a page the classes put those of
the reader's theme over them (`_path_drawing.scss`).
"""

from markupsafe import Markup

from dossiers.approvals.drawing.drawing import Drawing, line_of
from dossiers.approvals.drawing.faces import Text
from dossiers.approvals.drawing.layout import Arrow, Box, Way
from dossiers.people.chart.drawing.scene import COLOURS

_INFO = "#27568a"
_INKS = {**COLOURS, "info": _INFO}
_FAMILY = "'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
_HEAD = 5.0

_WHOLE = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" class="path-drawing{draft}" width="{width:g}" '
    'height="{height:g}" viewBox="0 0 {width:g} {height:g}" role="img" font-family="{family}">'
    "<title>{title}</title>{arrows}{boxes}</svg>"
)
_BOX = Markup(
    '<g class="path-step{look}" id="{prefix}{code}" transform="translate({x:g} {y:g})">'
    '<rect class="path-card" width="{w:g}" height="{h:g}" rx="8" fill="{fill}" '
    'stroke="{edge}"{dash}/>{texts}</g>'
)
_TEXT = Markup(
    '<text class="path-{look}" x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{fill}"{more}>'
    "{text}</text>"
)
_ARROW = Markup(
    '<path class="path-arrow" d="{line}" fill="none" stroke="{ink}" stroke-width="1.5"/>'
)
_POINT = Markup('<path class="path-head" d="M{a} {b} {c}Z" fill="{ink}"/>')


def as_svg(drawing: Drawing, title: str, is_draft: bool = False, prefix: str = "step-") -> Markup:
    """The drawing; `title` tells those who cannot see it what it is.

    `prefix` is put before the code of a step to make the id of its box in the page.
    """
    laid = drawing.laid
    return _WHOLE.format(
        draft=" is-draft" if is_draft else "",
        width=laid.width,
        height=laid.height,
        family=_FAMILY,
        title=_clean(title),
        arrows=Markup().join(_arrow(arrow, laid.way) for arrow in laid.arrows),
        boxes=Markup().join(_box(box, drawing, prefix) for box in laid.boxes),
    )


def _box(box: Box, drawing: Drawing, prefix: str) -> Markup:
    face, mark = drawing.faces[box.code], drawing.marks.get(box.code, "")
    looks = (" is-guess" if face.is_guess else "") + (f" is-{mark}" if mark else "")
    return _BOX.format(
        look=looks,
        prefix=prefix,
        code=box.code,
        x=box.x,
        y=box.y,
        w=box.w,
        h=box.h,
        fill=_INKS["surface"],
        edge=_INKS["line"],
        dash=Markup(' stroke-dasharray="6 4"') if face.is_guess else "",
        texts=Markup().join(_text(text) for text in face.texts),
    )


def _text(text: Text) -> Markup:
    more = Markup(' font-weight="bold"') if text.bold else Markup()
    more += Markup(' font-style="italic"') if text.italic else Markup()
    return _TEXT.format(
        look=text.look,
        x=text.x,
        y=text.y,
        size=text.size,
        fill=_INKS[text.look],
        more=more,
        text=_clean(text.text),
    )


def _arrow(arrow: Arrow, way: Way) -> Markup:
    ink = _INKS["line"]
    line = _ARROW.format(line=line_of(arrow, way), ink=ink)
    return line + _head(arrow, way) if arrow.arrives else line


def _head(arrow: Arrow, way: Way) -> Markup:
    x, y = arrow.points[-1]
    back = _HEAD * 1.6
    if way is Way.DOWN:
        wings = (x - _HEAD, y - back), (x + _HEAD, y - back)
    else:
        wings = (x - back, y - _HEAD), (x - back, y + _HEAD)
    a, b, c = (f"{at_x:g} {at_y:g}" for at_x, at_y in ((x, y), *wings))
    return _POINT.format(a=a, b=b, c=c, ink=_INKS["line"])


def _clean(text: str) -> str:
    """The text without characters that XML does not allow."""
    return "".join(character for character in text if _is_allowed(ord(character)))


def _is_allowed(code: int) -> bool:
    return code >= 32 and not 0xD800 <= code <= 0xDFFF and code not in (0xFFFE, 0xFFFF)

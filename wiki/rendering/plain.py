"""How a text is shown that could not be formatted: as typed, escaped, with a sentence why."""

from html import escape

from wiki.rendering.caps import clean_characters
from wiki.rendering.shapes import RenderContext, Rendered
from wiki.rendering.words import word


def plainly(text: str, context: RenderContext, reason: str, line: int = 1) -> Rendered:
    """Return the text escaped, with the sentence for `reason` (a key of words.py) as notice."""
    text = clean_characters(text)
    notice = word(context.language, reason).format(line)
    return Rendered(f'<pre class="as-typed">{escape(text)}</pre>', [], text, notice=notice)

"""Marks inside a line: images, variables, attributes, includes and what is left of the others."""

import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Protocol

from wiki.pages.transfer.fences import outside_code

_WORDS = {
    "ru": {"include": "Здесь вставлялся общий текст из файла", "video": "Видео"},
    "en": {"include": "A shared text was inserted here from the file", "video": "Video"},
}
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*\"([^\"]*)\"")
_Word = Callable[[str], str]


class _Replacer(Protocol):
    def __call__(self, found: re.Match[str], word: _Word) -> str: ...


def convert_inline(text: str, language: str, counts: Counter[str]) -> str:
    """Convert the marks that stand in lines; code stays as it is."""
    words = _WORDS.get(language, _WORDS["en"])

    def word(name: str) -> str:
        return words[name]

    def convert(stretch: str) -> str:
        for kind, sign, pattern, replacer in _RULES:
            if sign in stretch:
                stretch, count = pattern.subn(partial(replacer, word=word), stretch)
                counts[kind] += count
        return stretch

    return outside_code(text, convert)


def _image(found: re.Match[str], word: _Word) -> str:
    attributes = dict(_ATTRIBUTE.findall(found[1]))
    alt = attributes.get("alt-text") or attributes.get("alt") or ""
    alt = alt.replace("[", "(").replace("]", ")")
    source = attributes.get("source") or attributes.get("src") or ""
    return f"![{alt}]({source})" if source else found[0]


def _include(found: re.Match[str], word: _Word) -> str:
    path = re.search(r"\(\s*([^()\s]+)[^()]*\)", found[0])
    return f"*{word('include')}* `{path[1]}`" if path else f"`{found[0]}`"


def _file(found: re.Match[str], word: _Word) -> str:
    attributes = dict(_ATTRIBUTE.findall(found[1]))
    source, name = attributes.get("src", ""), attributes.get("name", "")
    return f"[{name or source}]({source})" if source else f"`{found[0]}`"


def _video(found: re.Match[str], word: _Word) -> str:
    host, address = found[1].strip(), found[2].strip()
    if not address.startswith(("http://", "https://")):
        return f"{word('video')}: {host} `{address}`"
    return f"[{word('video')}{f' ({host})' if host else ''}]({address})"


def _monospaced(found: re.Match[str], word: _Word) -> str:
    return found[1] if set(found[1]) & set("[]`") else f"`{found[1]}`"


def _as_code(found: re.Match[str], word: _Word) -> str:
    return f"`{found[0]}`"


def _first(found: re.Match[str], word: _Word) -> str:
    return found[1]


def _nothing(found: re.Match[str], word: _Word) -> str:
    return ""


_COLOURS = "red|gray|grey|yellow|orange|green|blue|violet"
_RULES: list[tuple[str, str, re.Pattern[str], _Replacer]] = [
    ("image", ":::image", re.compile(r":::image\b((?:(?!:::)[^\n]){0,2000}):::"), _image),
    ("image", ":::image-end", re.compile(r":::image-end:::"), _nothing),
    (
        "include",
        "[!",
        re.compile(r"(?i)\[!include[ \t]*\[[^\[\]\n]*\][ \t]*\([^()\n]*\)[ \t]*\]"),
        _include,
    ),
    ("include", "{%", re.compile(r"\{%-?\s*include\b[^%\n]{0,500}%\}"), _include),
    ("file", "{%", re.compile(r"\{%-?\s*file\b([^%\n]{0,2000})%\}"), _file),
    ("mark kept as code", "{%", re.compile(r"\{%[^%\n`]{1,500}%\}"), _as_code),
    ("variable", "not_var{{", re.compile(r"not_var(\{\{[^{}\n]{0,300}\}\})"), _first),
    ("video", "@[", re.compile(r"(?<![\w!])@\[([^\[\]\n]{0,60})\]\(([^()\s]{1,1000})\)"), _video),
    ("colour left out", "}(", re.compile(rf"\{{(?:{_COLOURS})\}}\(([^()\n]{{0,1000}})\)"), _first),
    (
        "monospaced",
        "##",
        re.compile(r"(?<![#\\])##(?=[^\s#])((?:[^#\n]|#(?!#)){1,300})(?<!\s)##(?!#)"),
        _monospaced,
    ),
    (
        "attributes left out",
        "){",
        re.compile(r"(?<=\))(?:\{[ \t]*(?:[\w-]+=|[.#])[^{}\n]{0,300}\})+"),
        _nothing,
    ),
]

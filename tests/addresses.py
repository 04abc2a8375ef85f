"""Every test makes an application; its hundreds of addresses are compiled once for all of them.

Compiling takes most of the time of making an application, and what comes out depends on nothing
but the words of the rule.
"""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

_Build = Callable[..., tuple[str, str]]

_compile = Rule._compile_builder
_compiled: dict[tuple[Any, ...], _Build] = {}


def _compile_once(rule: Rule, append_unknown: bool = True) -> _Build:
    defaults = tuple(sorted((rule.defaults or {}).items()))
    key = (rule.rule, rule.subdomain, rule.host, rule.merge_slashes, defaults, append_unknown)
    if key not in _compiled:
        _compiled[key] = _compile(rule, append_unknown)
    return _compiled[key]


def compile_once() -> None:
    """Let all applications made from now on share what their rules compile to."""
    Rule._compile_builder = _compile_once  # type: ignore[method-assign]

"""Every test makes an application; its hundreds of addresses are compiled once for all of them.

Compiling takes most of the time of making an application, and what comes out depends on nothing
but the words of the rule.
"""

from typing import Any

from werkzeug.routing import Rule

_COMPILED = ("_parts", "_trace", "_converters", "_build", "_build_unknown")

_compile = Rule.compile
_known: dict[tuple[Any, ...], tuple[dict[str, Any], set[str]]] = {}


def _compile_once(rule: Rule) -> None:
    defaults = tuple(sorted((rule.defaults or {}).items()))
    key = (rule.rule, rule.subdomain, rule.host, rule.merge_slashes, defaults)
    if key not in _known:
        _compile(rule)
        _known[key] = {name: getattr(rule, name) for name in _COMPILED}, set(rule.arguments)
    parts, arguments = _known[key]
    vars(rule).update(parts)
    rule.arguments = rule.arguments | arguments


def compile_once() -> None:
    """Let all applications made from now on share what their rules compile to."""
    Rule.compile = _compile_once  # type: ignore[assignment, method-assign]

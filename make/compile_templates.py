"""Compile every template, and see that each one they include, extend or import is there."""

import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from jinja2 import Environment, TemplateError, meta

from app import create_app
from wiki.config import load_settings


def main() -> None:
    """Print what is wrong and where; exit code 1 when anything is."""
    with TemporaryDirectory() as home:
        settings = replace(load_settings(Path(home), {}), secret_key="only to compile")  # noqa: S106
        environment = create_app(settings).jinja_env
        names = environment.list_templates(extensions=["html", "txt", "xml"])
        wrong = [fault for name in names for fault in faults(environment, name)]
    sys.exit("\n".join(wrong) if wrong else 0)


def faults(environment: Environment, name: str) -> list[str]:
    """What is wrong with one template."""
    assert environment.loader is not None
    source, _path, _current = environment.loader.get_source(environment, name)
    try:
        environment.compile(source, name)
        tree = environment.parse(source)
    except TemplateError as error:
        return [f"{name}: {error}"]
    known = set(environment.list_templates())
    used = meta.find_referenced_templates(tree)
    return [
        f"{name}: refers to {other}, which is not there"
        for other in used
        if other and other not in known
    ]


if __name__ == "__main__":
    main()

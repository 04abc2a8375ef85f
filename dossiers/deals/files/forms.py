"""What was chosen for a file on the page of its columns."""

from collections.abc import Iterator, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from dossiers.deals.files.fields import FIELDS
from dossiers.deals.files.reading import Chosen
from dossiers.deals.files.settings import MOST_KINDS, settings_from


def chosen_in(form: MultiDict[str, str]) -> Chosen:
    """Columns and settings as they were sent. Raises `Refusal` for what cannot be."""
    columns = {name: form.get(f"column-{name}", "") for name in FIELDS}
    said: Mapping[str, Any] = {
        "currency": form.get("currency", ""),
        "mark": form.get("mark", ""),
        "order": form.get("order", ""),
        "scale": form.get("scale", ""),
        "kinds": dict(_kinds(form)),
        "key": form.getlist("key")[:20],
        "anew": form.get("anew") == "1",
    }
    return Chosen(columns, settings_from(said))


def _kinds(form: MultiDict[str, str]) -> Iterator[tuple[str, str]]:
    """Stage and kind, by the numbers of their lines on the page."""
    for number in range(MOST_KINDS):
        stage = form.get(f"stage-{number}")
        if stage is None:
            return
        yield stage, form.get(f"kind-{number}", "")

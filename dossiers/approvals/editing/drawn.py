"""A path as the editor shows it: document, drawing, flaws, and the fields of every step."""

from typing import Any

from sqlalchemy.orm import Session

from dossiers.approvals.actors import actors_on
from dossiers.approvals.document import PathDocument, plain_document
from dossiers.approvals.drawing.drawing import drawing_of, plain_drawing
from dossiers.approvals.drawing.layout import Way
from dossiers.approvals.editing.applying import Applied
from dossiers.approvals.flaw_words import flaws_words
from dossiers.approvals.forms.step_typed import values_of
from dossiers.approvals.forms.year_days import frozen_as_typed
from dossiers.approvals.shown import category_names
from dossiers.facts.asking import Moment


def drawn(
    session: Session, client_id: int, applied: Applied, moment: Moment, way: Way = Way.DOWN
) -> dict[str, Any]:
    """The path as JSON values, in three statements; in the reader's language."""
    document: PathDocument = applied.document
    seats = actors_on(session, client_id, document.positions(), moment)
    drawing = drawing_of(document, seats, category_names(session, [document]), way)
    return {
        "document": plain_document(document),
        "drawing": plain_drawing(drawing),
        "flaws": flaws_words(document),
        "numbers": dict(drawing.numbers),
        "fields": {step.code: values_of(step, seats, document.currency) for step in document.steps},
        "frozen": frozen_as_typed(document.frozen),
        "step": applied.step,
    }

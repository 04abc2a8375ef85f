"""The papers for the client's eyes, to be confirmed; made of a `CleanPath` and of nothing else."""

from collections.abc import Iterator, Sequence

from dossiers.approvals.document import PathDocument
from dossiers.approvals.drawing.drawing import Drawing
from dossiers.approvals.drawing.faces import Face, Text
from dossiers.approvals.drawing.layout import WIDTH, layout
from dossiers.approvals.exports.bpmn import Terms
from dossiers.approvals.exports.clean import CleanActor, CleanPath, CleanStep
from dossiers.approvals.exports.paper import Cell, Line, Look, Paper, Row, cell
from dossiers.approvals.exports.tasks import Task
from dossiers.approvals.kinds import StepKind
from dossiers.approvals.steps import Step
from dossiers.people.chart.drawing.measures import lines_of
from wiki.locale import _, language
from wiki.templating import day

_EDGE = 12.0
#: A box names no more of those who act; the table names all.
_MOST_ACTORS = 3
_ROOM = WIDTH - 2 * _EDGE


def clean_paper(path: CleanPath) -> Paper:
    """The path as a paper with a column to tick or correct, and lines for the confirmation."""
    return Paper(
        language=language(),
        client=path.client,
        subject=_("Approval path: %(subject)s", subject=path.subject),
        facts=((_("As of"), day(path.on)), (_("Version"), str(path.version))),
        lead=_(
            "Please check whether your purchases are approved in this way. Tick what is right, "
            "and correct what is not."
        ),
        drawing=_drawing(path.steps),
        headers=(_("Step"), _("Who acts"), _("Documents"), _("Usually"), _("Right? Corrections")),
        widths=(28, 26, 22, 15, 21),
        rows=tuple(Row(step.number, _cells(step)) for step in path.steps),
        empty=_("This path has no steps yet."),
        foot=day(path.on),
        blanks=(_("Confirmed by (name, position)"), _("Date"), _("Signature")),
    )


def _cells(step: CleanStep) -> tuple[Cell, ...]:
    after = _after(step)
    what = cell(
        Line(step.title, Look.STRONG),
        Line(step.kind, Look.SOFT),
        _("Only when: %(condition)s", condition=step.condition) if step.condition else "",
        Line(after, Look.SOFT),
    )
    return (
        what,
        cell(*_who(step)),
        cell(*step.documents),
        cell(step.duration),
        cell(Line(_("It is so"), Look.TICK)),
    )


def _after(step: CleanStep) -> str:
    return _("after %(numbers)s", numbers=_listed(step)) if step.after else ""


def _listed(step: CleanStep) -> str:
    return ", ".join(sorted(step.after, key=lambda number: (len(number), number)))


def _who(step: CleanStep) -> Iterator[Line]:
    yield Line(step.signers, Look.STRONG)
    for actor in step.actors:
        yield Line(actor.title)
        yield Line(", ".join(actor.names), Look.SOFT)
    if step.deputy:
        yield Line(_("deputy: %(who)s", who=_named(step.deputy)), Look.SOFT)


def _named(actor: CleanActor) -> str:
    return ", ".join(filter(None, (actor.title, *actor.names)))


def clean_tasks(path: CleanPath) -> list[Task]:
    """The path as tasks of BPMN."""
    return [
        Task(
            number=step.number,
            title=step.title,
            lane=", ".join(dict.fromkeys(actor.title for actor in step.actors if actor.title)),
            kind=step.task,
            after=step.after,
            condition=step.condition,
            apart=step.apart,
            notes=tuple(_notes(step)),
        )
        for step in path.steps
    ]


def _notes(step: CleanStep) -> Iterator[str]:
    yield step.kind
    yield step.signers
    yield from (_named(actor) for actor in step.actors)
    if step.deputy:
        yield _("deputy: %(who)s", who=_named(step.deputy))
    if step.condition:
        yield _("Only when: %(condition)s", condition=step.condition)
    if step.documents:
        yield _("Documents: %(documents)s", documents="; ".join(step.documents))
    yield _("Usually: %(duration)s", duration=step.duration)


def clean_terms(path: CleanPath) -> Terms:
    """The words of the BPMN file."""
    return terms_of(path.client, path.subject)


def terms_of(client: str, subject: str, note: str = "") -> Terms:
    """The words of a BPMN file in the reader's language."""
    return Terms(
        pool=client,
        process=subject,
        start=_("Purchase wanted"),
        end=_("Purchase decided"),
        nobody=_("Not known who acts"),
        yes=_("yes"),
        no=_("no"),
        otherwise=_("otherwise"),
        note=note,
    )


def _drawing(steps: Sequence[CleanStep]) -> Drawing:
    """The steps in boxes; the bare steps in the document only say what comes after what."""
    faces = {step.number: _face(step) for step in steps}
    bare = (Step(step.number, "", StepKind.REQUEST, step.after) for step in steps)
    laid = layout(PathDocument("", tuple(bare)), {code: f.height for code, f in faces.items()})
    numbers = {step.number: step.number for step in steps}
    return Drawing(laid, faces, numbers, {step.number: step.title for step in steps})


def _face(step: CleanStep) -> Face:
    y, texts = _EDGE, list[Text]()
    for text, size, look, bold in _face_lines(step):
        y += round(size * 1.4, 1)
        texts.append(Text(text, _EDGE, round(y - 2, 1), size, look, bold))
    return Face(tuple(texts), round(y + _EDGE, 1))


def _face_lines(step: CleanStep) -> Iterator[tuple[str, float, str, bool]]:
    yield from ((text, 13.0, "ink", True) for text in _fitted(f"{step.number}  {step.title}", 3))
    yield from ((text, 11.5, "ink", True) for text in _fitted(step.signers, 1))
    for actor in step.actors[:_MOST_ACTORS]:
        yield from ((text, 12.0, "ink", False) for text in _fitted(actor.title, 2))
        yield from ((text, 11.5, "soft", False) for text in _fitted(", ".join(actor.names), 1))
    yield from ((text, 11.0, "info", True) for text in _fitted(step.condition, 3))
    yield from ((text, 11.0, "soft", False) for text in _fitted(step.duration, 1))


def _fitted(text: str, most: int) -> list[str]:
    return lines_of(text, _ROOM, 13.0, most, bold=True)

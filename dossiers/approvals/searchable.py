"""Approval paths as documents: found by subject, steps, documents and by who acts.

A path of a client that was merged into another is found in the other's dossier, by its readers.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.document import PathDocument, kept_document
from dossiers.approvals.models import ApprovalPath, PathPosition, PathVersion
from dossiers.clients.models import Client
from dossiers.facts.models import NEVER
from dossiers.people.models import PositionFact
from search.documents import Document, Key, Label, Source
from search.languages import language_of
from wiki.locale import _l

PATH = "path"


def _dossiers() -> Any:
    """Every client with the one whose dossier it belongs to: itself, or what it was merged into."""
    own = select(Client.id, Client.id.label("dossier")).where(Client.merged_into_id.is_(None))
    chain = own.cte("dossiers", recursive=True)
    merged = select(Client.id, chain.c.dossier).join(chain, Client.merged_into_id == chain.c.id)
    return chain.union_all(merged)


_CHAIN = _dossiers()
_FINDABLE = ApprovalPath.archived.is_(False)


def load_paths(session: Session, idents: Sequence[int]) -> list[Document]:
    """The documents of the newest versions of these paths, in two statements."""
    wanted = (
        select(ApprovalPath, PathVersion, Client)
        .join(_CHAIN, _CHAIN.c.id == ApprovalPath.client_id)
        .join(Client, Client.id == _CHAIN.c.dossier)
        .join(
            PathVersion,
            (PathVersion.path_id == ApprovalPath.id) & (PathVersion.number == ApprovalPath.newest),
        )
        .where(ApprovalPath.id.in_(idents), _FINDABLE)
    )
    rows = session.execute(wanted).all()
    titles = _titles(session, [path.id for path, _version, _client in rows])
    return [
        _document(path, version, client, titles.get(path.id, ())) for path, version, client in rows
    ]


def _titles(session: Session, path_ids: Sequence[int]) -> Mapping[int, Iterable[str]]:
    """What the positions that act in these paths are called, the newest title last."""
    wanted = (
        select(PathPosition.path_id, PositionFact.title)
        .join(PositionFact, PositionFact.position_id == PathPosition.position_id)
        .where(PathPosition.path_id.in_(path_ids), PositionFact.superseded_at == NEVER)
        .order_by(PathPosition.path_id, PositionFact.position_id, PositionFact.valid_from)
    )
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for path_id, title in session.execute(wanted):
        found[path_id][title] = None
    return found


def _document(
    path: ApprovalPath, version: PathVersion, client: Client, titles: Iterable[str]
) -> Document:
    return Document(
        kind=PATH,
        ident=path.id,
        title=path.subject,
        body=", ".join(_said(kept_document(version.document))),
        url=f"/clients/{client.id}/paths/{path.id}",
        audience=client.audience,
        language=language_of(path.subject),
        changed_at=version.saved_at,
        client=Label(client.id, client.name, client.name),
        facts=tuple(title for title in titles if title),
    )


def _said(document: PathDocument) -> list[str]:
    """Titles of steps and the documents they need, each once."""
    texts = (text for step in document.steps for text in (step.title, *step.documents))
    return list(dict.fromkeys(texts))


def path_idents(session: Session) -> Iterable[int]:
    """The numbers of all paths that can be found."""
    return session.scalars(select(ApprovalPath.id).where(_FINDABLE).order_by(ApprovalPath.id))


def paths_naming(session: Session, client_ids: Sequence[int]) -> Iterator[Key]:
    """The paths whose documents name these clients, or are seen by their readers."""
    wanted = (
        select(ApprovalPath.id)
        .join(_CHAIN, _CHAIN.c.id == ApprovalPath.client_id)
        .where(ApprovalPath.client_id.in_(client_ids) | _CHAIN.c.dossier.in_(client_ids))
    )
    for ident in session.scalars(wanted.order_by(ApprovalPath.id)):
        yield Key(PATH, ident)


_SIGHT = (
    select(ApprovalPath.id.label("ident"), Client.audience.label("audience"))
    .join(_CHAIN, _CHAIN.c.id == ApprovalPath.client_id)
    .join(Client, Client.id == _CHAIN.c.dossier)
    .where(_FINDABLE)
)
PATHS = Source(PATH, _l("Approval paths"), load_paths, path_idents, _l("Approval path"), _SIGHT)

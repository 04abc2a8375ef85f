"""The programs' door to contracts: list, read, write down, change, say how far the renewal is."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Response as HttpResponse
from flask import jsonify
from spectree import Response
from sqlalchemy.orm import Session

from dossiers.clients.deeds import note_look
from dossiers.clients.queries import client_visible_to
from dossiers.deals.homes import homes_of
from dossiers.renewals.contracts import services
from dossiers.renewals.contracts.api_shapes import (
    ChangeIn,
    ContractIn,
    ContractsOut,
    ContractsQuery,
    StateIn,
    TermsIn,
    WholeContractOut,
)
from dossiers.renewals.contracts.files import files_visible_to
from dossiers.renewals.contracts.products import products_visible_to
from dossiers.renewals.contracts.queries import (
    Wanted,
    contract_visible_to,
    contracts_of,
    contracts_visible_to,
    home_id_of,
    version_numbered,
)
from dossiers.renewals.contracts.terms import Terms, kept_terms
from dossiers.renewals.models import Contract
from wiki.accounts.access import actor, for_programs, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Missing, Refusal

_TAGS = ("renewals",)
_FAILURES = {"HTTP_404": Failure, "HTTP_409": Failure, "HTTP_422": Failure}
_WRITTEN = Response(HTTP_200=WholeContractOut, **_FAILURES)
_RENAMED = {"owner": "owner_id", "path": "path_id"}


@api.get("/contracts")
@needs(Permission.READ)
@spec.validate(
    query=ContractsQuery, resp=Response(HTTP_200=ContractsOut, HTTP_422=Failure), tags=_TAGS
)
def get_contracts(query: ContractsQuery) -> Answer:
    """The contracts that one may see, the next to end first."""
    wanted = Wanted(query.text, query.state, query.owner or 0, query.running)
    lines = contracts_visible_to(reading(), actor(), wanted, query.limit + 1, query.offset)
    shown = [line.contract for line in lines[: query.limit]]
    following = query.offset + query.limit if len(lines) > query.limit else None
    return jsonify(contracts=_told(reading(), shown), next=following)


@api.get("/clients/<int:client_id>/contracts")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=ContractsOut, HTTP_404=Failure), tags=_TAGS)
def get_contracts_of(client_id: int) -> Answer:
    """The contracts of a dossier, the one that began last first, at most 500."""
    client_visible_to(reading(), actor(), client_id)
    rows = [line.contract for line in contracts_of(reading(), client_id)]
    answer = _told(reading(), rows)
    with transaction() as session:
        note_look(session, actor(), client_id, "contracts")
    return jsonify(contracts=answer, next=None)


@api.get("/contracts/<int:contract_id>")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=WholeContractOut, HTTP_404=Failure), tags=_TAGS)
def get_contract(contract_id: int) -> Answer:
    """A contract with its files."""
    contract = contract_visible_to(reading(), actor(), contract_id)
    answer = _whole(reading(), contract)
    with transaction() as session:
        note_look(session, actor(), home_id_of(session, contract), "contract")
    return jsonify(answer)


@api.post("/clients/<int:client_id>/contracts")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(json=ContractIn, resp=Response(HTTP_201=WholeContractOut, **_FAILURES), tags=_TAGS)
def post_contract(client_id: int, json: ContractIn) -> Answer:
    """Write a contract down; with a predecessor it follows that one."""
    terms = Terms(**_said(json))
    with transaction() as session:
        client_visible_to(session, actor(), client_id)
        if json.predecessor is None:
            ident = services.write_contract(session, actor(), client_id, terms).id
        else:
            ident = _succeeded(session, client_id, json.predecessor, terms)
    return _written(ident), 201


def _succeeded(session: Session, client_id: int, before_id: int, terms: Terms) -> int:
    before = contract_visible_to(session, actor(), before_id)
    if home_id_of(session, before) != client_id:
        raise Missing()
    return services.succeed(session, actor(), before_id, terms).id


@api.patch("/contracts/<int:contract_id>")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(json=ChangeIn, resp=_WRITTEN, tags=_TAGS)
def patch_contract(contract_id: int, json: ChangeIn) -> Answer:
    """Change what is said; it is joined with what others have changed since `base`."""
    with transaction() as session:
        contract_visible_to(session, actor(), contract_id)
        old = kept_terms(version_numbered(session, contract_id, json.base).terms)
        said = _said(json)
        if said.get("starts_on", old.starts_on) is None:
            raise Refusal("A contract has a first day. Nothing was saved. Write it down.")
        terms = replace(old, **said)
        services.save_terms(session, actor(), contract_id, terms, json.base, json.why)
    return _written(contract_id)


@api.post("/contracts/<int:contract_id>/state")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(json=StateIn, resp=_WRITTEN, tags=_TAGS)
def post_contract_state(contract_id: int, json: StateIn) -> Answer:
    """Say how far the renewal is."""
    with transaction() as session:
        services.set_state(session, actor(), contract_id, json.state, json.why)
    return _written(contract_id)


def _said(json: TermsIn | ChangeIn) -> dict[str, Any]:
    """The terms that were said, as the fields of `Terms`."""
    said = json.model_dump(exclude_unset=True, exclude={"base", "why", "predecessor"})
    found = {_RENAMED.get(name, name): value for name, value in said.items()}
    if "products" in found:
        found["products"] = tuple(found["products"])
    return found


def _written(contract_id: int) -> HttpResponse:
    session = fresh_reading()
    return jsonify(_whole(session, contract_visible_to(session, actor(), contract_id)))


def _whole(session: Session, contract: Contract) -> dict[str, Any]:
    files = files_visible_to(session, actor(), contract.id)
    shown = [
        {**one._asdict(), "url": one.url, "added_at": one.added_at.isoformat()} for one in files
    ]
    return {**_told(session, [contract])[0], "files": shown}


def _told(session: Session, contracts: Sequence[Contract]) -> list[dict[str, Any]]:
    homes = homes_of(session, (one.client_id for one in contracts))
    named = (ident for one in contracts for ident in one.products)
    seen = products_visible_to(session, actor(), named)
    return [
        _json(one, homes[one.client_id].id, [p for p in one.products if p in seen])
        for one in contracts
    ]


def _json(one: Contract, client_id: int, products: list[int]) -> dict[str, Any]:
    days = ("starts_on", "ends_on", "notice_by", "start_by")
    plain = ("id", "number", "subject", "currency", "notice_days", "renews_months", "index_clause")
    return {
        **{name: getattr(one, name) for name in plain},
        **{name: day.isoformat() if (day := getattr(one, name)) else None for name in days},
        "url": f"/contracts/{one.id}",
        "client": client_id,
        "products": products,
        "value": f"{one.value:f}" if one.value is not None else None,
        "owner": one.owner_id,
        "path": one.path_id,
        "predecessor": one.predecessor_id,
        "state": one.state.value,
        "version": one.newest,
        "archived": one.archived,
    }

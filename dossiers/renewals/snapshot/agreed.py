"""Contracts, promises and contacts of a dossier as lines of a snapshot."""

import re
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.clients.queries import dossier_ids
from dossiers.facts.models import Change
from dossiers.interactions.models import Interaction, InteractionText
from dossiers.interactions.promises.queries import promises_at
from dossiers.people.models import Person
from dossiers.renewals.models import Contract, ContractVersion
from dossiers.renewals.snapshot.shape import LABEL, Fields, Lines, plain_day, plain_sum
from wiki.accounts.models import User


def contract_lines(session: Session, client_id: int, known: datetime) -> Lines:
    """The contracts that one knew at that moment, by the terms that were saved by then."""
    wanted = select(Contract).where(
        Contract.client_id.in_(dossier_ids(client_id)),
        Contract.archived.is_(False),
        Contract.created_at <= known,
    )
    contracts = session.scalars(wanted.order_by(Contract.id)).all()
    then = _terms_then(session, [one.id for one in contracts], known)
    owners = _users(session, {one.owner_id for one in contracts if one.owner_id})
    return {
        f"contract:{one.id}": _contract(one, owners) | then.get(one.id, {}) for one in contracts
    }


def _contract(one: Contract, owners: dict[int, str]) -> Fields:
    return {
        LABEL: " ".join(part for part in (one.number, one.subject) if part),
        "number": one.number,
        "subject": one.subject,
        "products": one.products,
        "value": plain_sum(one.value),
        "currency": one.currency,
        "starts_on": plain_day(one.starts_on),
        "ends_on": plain_day(one.ends_on),
        "notice_days": one.notice_days,
        "renews_months": one.renews_months,
        "index_clause": one.index_clause,
        "owner": owners.get(one.owner_id or 0, ""),
        "state": one.state.value,
        "start_by": plain_day(one.start_by),
    }


_MARKS = re.compile(r"\[\[([^\]|]*)(?:\|[^\]]*)?\]\]|[*_`#]{1,3}")
"""What makes bold, code, headings and links of a line, of which only the words are told."""

_TERMS = (
    "number", "subject", "products", "value", "currency", "starts_on", "ends_on", "notice_days",
    "renews_months", "index_clause", "state",
)  # fmt: skip


def _terms_then(session: Session, idents: list[int], known: datetime) -> dict[int, Fields]:
    """The terms of those contracts that were saved again after that moment."""
    later = select(ContractVersion.contract_id).where(
        ContractVersion.contract_id.in_(idents), ContractVersion.saved_at > known
    )
    wanted = (
        select(ContractVersion.contract_id, ContractVersion.terms)
        .where(ContractVersion.contract_id.in_(later), ContractVersion.saved_at <= known)
        .order_by(ContractVersion.number)
    )
    return {ident: _known(terms) for ident, terms in session.execute(wanted)}


def _known(terms: dict[str, Any]) -> Fields:
    return {name: terms[name] for name in _TERMS if name in terms}


def promise_lines(session: Session, client_id: int, known: datetime) -> Lines:
    """The promises as they stood at that moment, ours and theirs."""
    promises = promises_at(session, client_id, known)
    users = _users(session, {one.user_id for one in promises})
    people = _people(session, {one.person_id for one in promises if one.person_id})
    return {
        f"promise:{one.id}": {
            LABEL: one.what,
            "what": one.what,
            "by_us": one.by_us,
            "user": users.get(one.user_id, ""),
            "person": people.get(one.person_id or 0, ""),
            "due_on": plain_day(one.due_on),
            "state": one.state.value,
            "ended_on": plain_day(one.ended_on),
        }
        for one in promises
    }


def contact_lines(session: Session, client_id: int, known: datetime) -> Lines:
    """The contacts that were written down by then, with the text that they had."""
    undone = select(Change.id).where(Change.at <= known)
    newest = (
        select(InteractionText.interaction_id, func.max(InteractionText.number).label("number"))
        .where(InteractionText.saved_at <= known)
        .group_by(InteractionText.interaction_id)
        .subquery()
    )
    wanted = (
        select(Interaction.id, Interaction.kind, Interaction.happened_at, InteractionText.body)
        .join(newest, newest.c.interaction_id == Interaction.id)
        .join(
            InteractionText,
            (InteractionText.interaction_id == Interaction.id)
            & (InteractionText.number == newest.c.number),
        )
        .where(Interaction.client_id.in_(dossier_ids(client_id)), Interaction.created_at <= known)
        .where(Interaction.taken_back_in.is_(None) | Interaction.taken_back_in.not_in(undone))
        .order_by(Interaction.happened_at, Interaction.id)
    )
    return {f"contact:{row[0]}": _contact(*row[1:]) for row in session.execute(wanted)}


def _contact(kind: Any, at: datetime, body: str) -> Fields:
    return {
        LABEL: _MARKS.sub(r"\1", body.partition("\n")[0])[:200],
        "kind": kind.value,
        "happened_at": at.isoformat(),
        "text": body,
    }


def _users(session: Session, idents: set[int]) -> dict[int, str]:
    wanted = select(User.id, User.name).where(User.id.in_(idents))
    return dict(session.execute(wanted).all())


def _people(session: Session, idents: set[int]) -> dict[int, str]:
    wanted = select(Person.id, Person.name).where(Person.id.in_(idents))
    return dict(session.execute(wanted).all())

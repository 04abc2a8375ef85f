"""Reading who may stand twice, among those whom the reader may see, in a few statements."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Select, distinct, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from dossiers.clients.models import Client, ClientDomain
from dossiers.facts.asking import believed
from dossiers.people.duplicates.apart import Kind, apart
from dossiers.people.duplicates.pairs import Known, Pair, Why, client_pairs, people_pairs
from dossiers.people.kinds import ContactKind, ContactStanding, NameKind
from dossiers.people.models import Employment, Person, PersonContact, PersonName
from wiki.accounts.actor import Actor

_WHYS = {ContactKind.EMAIL: Why.EMAIL, ContactKind.PHONE: Why.PHONE}


def people_pairs_visible_to(
    session: Session, actor: Actor, among: Collection[int] | None = None
) -> list[Pair]:
    """The people who may be one, the surest first, in five statements; all, or only `among` these.

    Counts what stands in dossiers that the actor may see, and nothing else: an address that is
    known only from a restricted dossier brings nobody together for those outside.
    """
    return people_pairs(_people(session, actor, among), apart(session, Kind.PERSON))


def client_pairs_visible_to(
    session: Session, actor: Actor, among: Collection[int] | None = None
) -> list[Pair]:
    """The clients that may be one, the surest first, in three statements; all, or `among` these."""
    return client_pairs(_clients(session, actor, among), apart(session, Kind.CLIENT))


def _people(session: Session, actor: Actor, among: Collection[int] | None) -> Iterator[Known]:
    places: dict[int, set[int]] = defaultdict(set)
    names: dict[int, set[str]] = defaultdict(set)
    living = select(Person.id, Person.name).where(Person.merged_into_id.is_(None))
    for person, name in session.execute(_among(living, Person.id, among)):
        names[person].add(name)
    for person, client in session.execute(_among(_employed(actor), Employment.person_id, among)):
        if person in names:
            places[person].add(client)
    for person, name in session.execute(_among(_forms(actor), PersonName.person_id, among)):
        names[person].add(name)
    marks: dict[int, set[tuple[Why, str]]] = defaultdict(set)
    for person, kind, folded in session.execute(
        _among(_contacts(actor), PersonContact.person_id, among)
    ):
        marks[person].add((_WHYS[kind], folded))
    for person in sorted(places):
        yield Known(person, names[person], places[person], marks[person])


def _among(
    wanted: Select[*tuple[Any, ...]],
    column: InstrumentedAttribute[int],
    idents: Collection[int] | None,
) -> Select[*tuple[Any, ...]]:
    return wanted if idents is None else wanted.where(column.in_(idents))


def _seen(actor: Actor) -> Select[int]:
    return select(Client.id).where(Client.audience.in_(actor.audiences))


def _employed(actor: Actor) -> Select[int, int]:
    """Who works or worked where. Without the people: joined, each is sought at each client."""
    return (
        select(Employment.person_id, Employment.client_id)
        .where(believed(Employment), Employment.client_id.in_(_seen(actor)))
        .distinct()
    )


def _forms(actor: Actor) -> Select[int, str]:
    return select(PersonName.person_id, PersonName.name).where(
        PersonName.kind == NameKind.FORM,
        believed(PersonName),
        PersonName.client_id.in_(_seen(actor)),
    )


def _contacts(actor: Actor) -> Select[int, ContactKind, str]:
    """Addresses and telephones that several have and that are not known to be shared."""
    several = (
        select(PersonContact.folded)
        .where(believed(PersonContact))
        .group_by(PersonContact.folded)
        .having(func.count(distinct(PersonContact.person_id)) > 1)
    )
    return select(PersonContact.person_id, PersonContact.kind, PersonContact.folded).where(
        believed(PersonContact),
        PersonContact.standing != ContactStanding.SHARED,
        PersonContact.client_id.in_(_seen(actor)),
        PersonContact.folded.in_(several),
    )


def _clients(session: Session, actor: Actor, among: Collection[int] | None) -> Iterator[Known]:
    marks: dict[int, set[tuple[Why, str]]] = defaultdict(set)
    domains = select(ClientDomain.client_id, ClientDomain.domain)
    for client, domain in session.execute(domains.where(ClientDomain.client_id.in_(_seen(actor)))):
        marks[client].add((Why.DOMAIN, domain))
    living = select(Client.id, Client.name, Client.legal_name, Client.tax_number).where(
        Client.audience.in_(actor.audiences), Client.merged_into_id.is_(None)
    )
    wanted = _among(living.order_by(Client.id), Client.id, among)
    for ident, name, legal_name, tax_number in session.execute(wanted):
        if number := "".join(filter(str.isalnum, tax_number.upper())):
            marks[ident].add((Why.TAX_NUMBER, number))
        yield Known(ident, {name, legal_name} - {""}, (), marks[ident])

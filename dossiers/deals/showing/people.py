"""Who is in a deal: its contacts as the source has them, and whom the dossier judges for it.

A contact is somebody of the dossier when just one person there has that e-mail address.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.queries import dossier_ids
from dossiers.deals.models import Deal, DealContact
from dossiers.facts.asking import Moment, at
from dossiers.facts.models import NEVER
from dossiers.people.kinds import Aspect, ContactKind
from dossiers.people.models import Judgement, Person, PersonContact
from dossiers.people.reading.places import Place, places_of
from wiki.accounts.actor import Actor
from wiki.rendering.titles import fold_title


@dataclass(frozen=True, slots=True)
class Opinion:
    """What is thought of somebody; `is_own` when it is said for this very deal."""

    aspect: Aspect
    value: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class InDeal:
    """Somebody in a deal: as the source has them, and who that is in the dossier."""

    name: str
    role: str
    email: str
    phone: str
    person_id: int | None
    place: Place | None
    opinions: Sequence[Opinion]

    def of(self, aspect: Aspect) -> list[Opinion]:
        """The opinions of one aspect: those for this deal, else those for the client as a whole."""
        mine = [one for one in self.opinions if one.aspect is aspect]
        return [one for one in mine if one.is_own] or mine


def people_in_deal(
    session: Session,
    actor: Actor,
    deal: Deal,
    client_id: int | None,
    runs: Collection[str],
    day: date,
) -> list[InDeal]:
    """The people of a deal; `client_id` is whose dossier it is in, `runs` what its runs are called.

    In five statements. The contacts come first, then those whom only the dossier knows.
    """
    wanted = select(DealContact).where(DealContact.deal_id == deal.id)
    contacts = session.scalars(wanted.order_by(DealContact.number)).all()
    if client_id is None:
        return [InDeal(c.name, c.role, c.email, c.phone, None, None, ()) for c in contacts]
    known = _people_by_mail(session, client_id, [c.email for c in contacts if c.email])
    named = {fold_title(text) for text in (deal.title, deal.external_id, *runs) if text}
    opinions = _opinions(session, client_id, named, set(known.values()), day)
    idents = [*known.values(), *opinions]
    names = _names(session, idents)
    places = {
        ident: _place(here, client_id, day)
        for ident, here in places_of(session, actor, sorted(set(idents)), day).items()
    }
    found = []
    for contact in contacts:
        ident = known.get(contact.email.casefold())
        found.append(
            InDeal(
                names.get(ident or 0, contact.name), contact.role, contact.email, contact.phone,
                ident if ident in names else None, places.get(ident or 0),
                opinions.get(ident or 0, ()),
            )
        )  # fmt: skip
    there = {one.person_id for one in found}
    for ident, mine in opinions.items():
        if ident not in there and ident in names and any(one.is_own for one in mine):
            found.append(InDeal(names[ident], "", "", "", ident, places.get(ident), mine))
    return found


def _people_by_mail(session: Session, client_id: int, mails: Sequence[str]) -> Mapping[str, int]:
    folded = {mail.casefold() for mail in mails}
    wanted = select(PersonContact.folded, PersonContact.person_id).where(
        PersonContact.client_id.in_(dossier_ids(client_id)),
        PersonContact.kind == ContactKind.EMAIL,
        PersonContact.folded.in_(folded),
        PersonContact.superseded_at == NEVER,
    )
    found: dict[str, set[int]] = {}
    for mail, ident in session.execute(wanted.distinct()):
        found.setdefault(mail, set()).add(ident)
    return {mail: min(idents) for mail, idents in found.items() if len(idents) == 1}


def _opinions(
    session: Session, client_id: int, named: set[str], people: set[int], day: date
) -> Mapping[int, list[Opinion]]:
    """What is thought of these people, and of anybody for a deal of these names."""
    wanted = (
        select(Judgement.person_id, Judgement.aspect, Judgement.value, Judgement.deal)
        .where(Judgement.client_id.in_(dossier_ids(client_id)), at(Judgement, Moment(day)))
        .where(Judgement.person_id.in_(people) | (Judgement.deal != ""))
        .order_by(Judgement.id)
    )
    found: dict[int, list[Opinion]] = {}
    for ident, aspect, value, deal in session.execute(wanted):
        own = bool(deal) and fold_title(deal) in named
        if own or (not deal and ident in people):
            found.setdefault(ident, []).append(Opinion(Aspect(aspect), value, own))
    return found


def _names(session: Session, idents: Collection[int]) -> Mapping[int, str]:
    wanted = select(Person.id, Person.name).where(
        Person.id.in_(idents), Person.merged_into_id.is_(None)
    )
    return dict(session.execute(wanted).all())


def _place(places: Sequence[Place], client_id: int, day: date) -> Place | None:
    here = [place for place in places if place.client_id == client_id]
    return next((place for place in here if place.is_on(day)), None)

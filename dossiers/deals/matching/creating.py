"""Making a client out of what a source says of a company."""

from sqlalchemy.orm import Session

from dossiers.clients.card import LONGEST_NAME, Card
from dossiers.clients.mail_domains import domains_of
from dossiers.clients.models import Client
from dossiers.clients.services.cards import Said, create_client
from dossiers.deals.matching.deciding import Decision, decide, is_one_of_ours
from dossiers.deals.matching.keys import domain_key
from dossiers.deals.matching.kinds import Kind
from dossiers.deals.matching.moving import Held
from dossiers.deals.matching.rows import locked_row
from dossiers.deals.models import DealCompany
from dossiers.facts.models import Source
from dossiers.facts.writing import Evidence
from wiki.accounts.actor import Actor
from wiki.errors import Refusal


def decide_new_client(
    session: Session, actor: Actor, company_id: int, seen: Held | None = None
) -> Decision:
    """The company is a client that is made now, of the actor's team.

    Raises what `decide` raises, `Forbidden` for a manager without a team, and `SameClient` when
    there seems to be such a client already. Taking the decision back leaves the client there.
    """
    company = locked_row(session, actor, Kind.COMPANY, company_id)
    client = _client_from(session, actor, company)
    return decide(session, actor, Kind.COMPANY, company_id, is_one_of_ours(client.id), seen)


def _client_from(session: Session, actor: Actor, company: DealCompany) -> Client:
    if not company.name:
        raise Refusal(
            "The source does not say what this company is called. Nothing was changed. Make the "
            "client by hand, then say here that the company is this client."
        )
    card = Card(
        name=company.name[:LONGEST_NAME],
        tax_number=company.tax_number,
        domains=_domains(company.domain),
        team=actor.team_id,
    )
    return create_client(session, actor, card, Said(Evidence(Source.IMPORT)))


def _domains(text: str) -> tuple[str, ...]:
    """The domain when it is one that a client may have."""
    try:
        return domains_of([domain_key(text)])
    except Refusal:
        return ()

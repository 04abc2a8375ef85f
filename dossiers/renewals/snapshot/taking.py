"""Taking a snapshot of a whole dossier at a moment. The caller has found the client."""

from sqlalchemy.orm import Session

from dossiers.facts.asking import Moment
from dossiers.people.chart.queries import chart_of
from dossiers.renewals.snapshot.agreed import contact_lines, contract_lines, promise_lines
from dossiers.renewals.snapshot.card import card_lines, note_lines
from dossiers.renewals.snapshot.deals import deal_lines, deals_of, discount_lines
from dossiers.renewals.snapshot.paths import path_lines
from dossiers.renewals.snapshot.people import person_lines, position_lines
from dossiers.renewals.snapshot.shape import Snapshot
from wiki import clock


def take(session: Session, client_id: int, moment: Moment) -> Snapshot:
    """Everything in the dossier on that day as known then, in a constant number of statements."""
    known = moment.known or clock.now()
    chart = chart_of(session, client_id, moment)
    deals = deals_of(session, client_id, known)
    return {
        "positions": position_lines(chart),
        "people": person_lines(chart),
        "paths": path_lines(session, client_id, moment.day, known),
        "deals": deal_lines(session, deals),
        "discounts": discount_lines(session, deals, known),
        "contracts": contract_lines(session, client_id, known),
        "notes": note_lines(session, client_id, known),
        "promises": promise_lines(session, client_id, known),
        "contacts": contact_lines(session, client_id, known),
        "card": card_lines(session, client_id, moment),
    }

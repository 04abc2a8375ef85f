"""What the nine checks see of a client."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.people.editing.judging import judge
from dossiers.people.kinds import Aspect, Attitude, Role
from dossiers.renewals.checks.kinds import Check, Result
from dossiers.renewals.checks.rules_now import Rules, rules_in_force
from dossiers.renewals.checks.running import checks_of, checks_of_many
from dossiers.renewals.checks.seen import Seen, kept_seen, machines_verdict, plain_seen
from dossiers.renewals.kinds import Verdict
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.factories.dossiers import make_client, pen_of, person_id_of, seat
from tests.factories.renewals import make_contract, make_interaction, make_promise
from wiki import clock as time
from wiki.accounts.actor import DIRECTORS, EVERYONE, Actor
from wiki.database import Database
from wiki.pages.models import Page


def _known(session: Session, actor: Actor, name: str = "Romashka") -> Client:
    """Olga at the top holds the money, Oleg below her; both are on our side."""
    client = make_client(session, actor, name)
    pen = pen_of(session, actor, client)
    top = seat(pen, "Director", name="Olga")
    seat(pen, "Head of IT", top, "Oleg")
    for person in ("Olga", "Oleg"):
        judge(pen, person_id_of(pen, person), Aspect.ATTITUDE, Attitude.SUPPORTER)
    judge(pen, person_id_of(pen, "Olga"), Aspect.ROLE, Role.ECONOMIC_BUYER)
    return client


def _by_code(seen: list[Seen]) -> dict[Check, Result]:
    return {one.code: one.verdict for one in seen}


def test_an_empty_dossier_says_of_each_check_what_is_missing_and_where_it_is_mended(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        seen = checks_of(session, client.id, Rules(), time.today())
    assert [one.code for one in seen] == list(Check)
    assert all(one.link.startswith("/") and one.words[0] for one in seen)
    found = _by_code(seen)
    assert found[Check.BUYER] is found[Check.SIGNERS] is found[Check.PATH] is Result.BAD
    assert found[Check.PROMISES] is found[Check.DISCOUNTS] is Result.OK


def test_the_buyer_is_well_known_when_met_within_the_limit_and_not_a_day_longer(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    today = time.today()
    with database.transaction() as session:
        client = _known(session, cast.anna)
        pen = pen_of(session, cast.anna, client)
        assert _buyer(session, client, today) is Result.WEAK
        olga = person_id_of(pen, "Olga")
        make_interaction(session, cast.anna, client, today - timedelta(61), persons=(olga,))
        assert _buyer(session, client, today) is Result.WEAK
        make_interaction(session, cast.anna, client, today - timedelta(60), persons=(olga,))
        assert _buyer(session, client, today) is Result.OK


def _buyer(session: Session, client: Client, today: date) -> Result:
    return _by_code(checks_of(session, client.id, Rules(), today))[Check.BUYER]


def test_support_needs_two_people_on_two_levels(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        client = _known(session, cast.anna)
        seen = _by_code(checks_of(session, client.id, Rules(), time.today()))
        assert seen[Check.SUPPORT] is Result.OK
        pen = pen_of(session, cast.anna, client)
        judge(pen, person_id_of(pen, "Oleg"), Aspect.ATTITUDE, Attitude.ENEMY)
        seen = _by_code(checks_of(session, client.id, Rules(), time.today()))
        assert seen[Check.SUPPORT] is Result.WEAK


def test_only_a_promise_of_ours_whose_day_has_passed_counts_against_us(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    today = time.today()
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        make_promise(session, cast.anna, client, today)
        make_promise(session, cast.anna, client, today - timedelta(1), by_us=False)
        seen = _by_code(checks_of(session, client.id, Rules(), today))
        assert seen[Check.PROMISES] is Result.OK
        late = make_promise(session, cast.anna, client, today - timedelta(1))
        [one] = [s for s in checks_of(session, client.id, Rules(), today) if s.code == "promises"]
        assert (one.verdict, one.link) == (Result.BAD, f"/promises/{late.id}")


def test_a_page_that_not_everybody_may_see_is_not_named(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        pages = [_page(session, "Dumplings", EVERYONE), _page(session, "Secret soup", DIRECTORS)]
        make_contract(session, cast.anna, client, None, products=pages)
        seen = checks_of(session, client.id, Rules(), time.today())
    said = " ".join(str(one.words) for one in seen)
    assert "Dumplings" in said
    assert "Secret soup" not in said


def _page(session: Session, title: str, audience: str) -> int:
    page = Page(
        audience=audience, language="en", title=title, title_folded=title.lower(), slug="page",
        created_at=time.now(), changed_at=time.now(),
    )  # fmt: skip
    session.add(page)
    session.flush()
    return page.id


def test_what_stood_in_a_merged_client_is_seen_in_the_other(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        kept, lost = make_client(session, cast.anna), make_client(session, cast.anna, "Old")
        make_promise(session, cast.anna, lost, time.today() - timedelta(1))
        lost.merged_into_id = kept.id
        session.flush()
        seen = _by_code(checks_of(session, kept.id, Rules(), time.today()))
    assert seen[Check.PROMISES] is Result.BAD


def test_many_clients_are_seen_as_each_alone_in_no_more_statements(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        clients = [_known(session, cast.anna, f"Client {number}") for number in range(5)]
        make_contract(session, cast.anna, clients[0], None)
        make_promise(session, cast.anna, clients[1], time.today() - timedelta(1))
        rules, day = rules_in_force(session), time.today()
        session.flush()
        with counting(database) as few:
            checks_of_many(session, [clients[0].id], rules, day)
        with counting(database) as sent:
            many = checks_of_many(session, [one.id for one in clients], rules, day)
        assert len(sent) == len(few) < 25
        assert many == {one.id: checks_of(session, one.id, rules, day) for one in clients}


def test_a_check_that_is_off_says_so_and_does_not_count(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        rules = Rules(off=frozenset(Check))
        seen = checks_of(session, client.id, rules, time.today())
    assert {one.verdict for one in seen} == {Result.OFF}
    assert machines_verdict(seen, rules, 180) is Verdict.SAFE
    assert kept_seen(plain_seen(seen)) == seen


def test_the_machine_may_wait_at_the_first_checkpoint_and_not_at_the_last() -> None:
    weak = [Seen(Check.PATH, Result.WEAK, ("", {}), "/")]
    assert machines_verdict(weak, Rules(), 180) is Verdict.WAIT
    assert machines_verdict(weak, Rules(), 90) is Verdict.AT_RISK
    assert machines_verdict(weak * 3, Rules(), 180) is Verdict.AT_RISK

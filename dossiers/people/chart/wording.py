"""Differences between two charts as sentences for a person."""

from collections.abc import Callable

from dossiers.people.chart.compare import Difference, Plain, What
from dossiers.people.chart.names import Names, people_in
from dossiers.people.chart.snapshot import Seat
from dossiers.people.kinds import (
    Aspect,
    Attitude,
    InfluenceKind,
    LineKind,
    Orientation,
    PositionKind,
    Power,
    Role,
)
from dossiers.people.wording import (
    ASPECTS,
    ATTITUDES,
    INFLUENCE_KINDS,
    ORIENTATIONS,
    POSITION_KINDS,
    POWERS,
    ROLES,
)
from wiki.locale import _, _l

#: Above the differences of each kind in a list.
HEADINGS = {
    What.NEW: _l("New positions"),
    What.GONE: _l("Positions that are gone"),
    What.MOVED: _l("Moved under another position"),
    What.MANAGER: _l("New manager in the same place"),
    What.HOLDER: _l("New holders"),
    What.LEFT: _l("No longer in the position"),
    What.VACANT: _l("Vacant now"),
    What.ACTING: _l("Acting or for good"),
    What.MAIN: _l("Main and additional positions"),
    What.TITLE: _l("New titles"),
    What.UNIT: _l("Other units"),
    What.KIND: _l("Other kinds of position"),
    What.CODE: _l("Other position numbers"),
    What.KNOWN: _l("Known or not"),
    What.NAME: _l("New names of people"),
    What.LINE: _l("New lines beside the chart"),
    What.LINE_GONE: _l("Lines that are gone"),
    What.TIE: _l("New ties between people"),
    What.TIE_GONE: _l("Ties that are gone"),
    What.ROLE: _l("Roles in the decision"),
    What.ATTITUDE: _l("Attitude to us"),
    What.POWER: _l("Political weight"),
    What.ORIENTATION: _l("What drives them"),
}


def sentence_of(one: Difference, names: Names) -> str:
    """The difference in the reader's language."""
    return str(_SENTENCES[one.what](one, names))


def _new(one: Difference, names: Names) -> object:
    seat = names.after.seats[one.position_id or 0]
    words = {"position": seat.title, "manager": names.title(one.after), "people": people_in(seat)}
    if one.after is None:
        head = _("New position at the top: “%(position)s”.", **words)
    else:
        head = _("New position “%(position)s”, reports to “%(manager)s”.", **words)
    return f"{head} {_held(seat)}".strip()


def _held(seat: Seat) -> str:
    if seat.holders:
        return str(_("Holds it: %(people)s.", people=people_in(seat)))
    return str(_("It is vacant.") if seat.is_known else _("Who holds it is not known."))


def _gone(one: Difference, names: Names) -> object:
    seat = names.before.seats[one.position_id or 0]
    if not seat.holders:
        return _("Position “%(position)s” is gone.", position=seat.title)
    return _(
        "Position “%(position)s” is gone. It was held by: %(people)s.",
        position=seat.title,
        people=people_in(seat),
    )


def _moved(one: Difference, names: Names) -> object:
    words = {
        "position": names.label(one.position_id),
        "before": names.label(one.before),
        "after": names.label(one.after),
    }
    if one.before is None:
        return _("%(position)s reports to %(after)s now; before, to nobody.", **words)
    if one.after is None:
        return _("%(position)s reports to nobody now; before, to %(before)s.", **words)
    return _("%(position)s reports to %(after)s now; before, to %(before)s.", **words)


def _manager(one: Difference, names: Names) -> object:
    was, now = names.before.seats[_int(one.before)], names.after.seats[_int(one.after)]
    words = {
        "position": names.label(one.position_id),
        "manager": now.title,
        "before": people_in(was),
        "after": people_in(now),
    }
    if not now.holders:
        return _("%(position)s has no manager now: “%(manager)s” was held by %(before)s.", **words)
    if not was.holders:
        return _("%(position)s has a manager now: %(after)s (“%(manager)s”).", **words)
    return _(
        "%(position)s has a new manager: %(after)s (“%(manager)s”); before, %(before)s.", **words
    )


def _int(value: Plain) -> int:
    return value if isinstance(value, int) else 0


def _holder(one: Difference, names: Names) -> object:
    words = {"person": names.person(one.person_id), "position": names.title(one.position_id)}
    if one.position_id is None:
        return _("%(person)s works here now; in which position is not known.", **words)
    if one.after == "acting":
        return _("%(person)s is acting in the position “%(position)s” now.", **words)
    return _("%(person)s holds the position “%(position)s” now.", **words)


def _left(one: Difference, names: Names) -> object:
    words = {"person": names.person(one.person_id), "position": names.title(one.position_id)}
    if one.position_id is None:
        return _("%(person)s no longer works here.", **words)
    if one.after is None:
        return _("%(person)s no longer holds “%(position)s” and no longer works here.", **words)
    return _("%(person)s no longer holds “%(position)s”.", **words)


def _vacant(one: Difference, names: Names) -> object:
    return _("“%(position)s” is vacant now.", position=names.title(one.position_id))


def _acting(one: Difference, names: Names) -> object:
    words = {"person": names.person(one.person_id), "position": names.title(one.position_id)}
    if one.after:
        return _("%(person)s is only acting in “%(position)s” now.", **words)
    return _("%(person)s holds “%(position)s” for good now; before, only acting.", **words)


def _main(one: Difference, names: Names) -> object:
    words = {"person": names.person(one.person_id), "position": names.title(one.position_id)}
    if one.after:
        return _("“%(position)s” is the main position of %(person)s now.", **words)
    return _("“%(position)s” is an additional position of %(person)s now.", **words)


def _title(one: Difference, _names: Names) -> object:
    return _("“%(before)s” is called “%(after)s” now.", before=one.before, after=one.after)


def _name(one: Difference, _names: Names) -> object:
    return _("%(before)s is called %(after)s now.", before=one.before, after=one.after)


def _unit(one: Difference, names: Names) -> object:
    words = {"position": names.label(one.position_id), "before": one.before, "after": one.after}
    if not one.before:
        return _("%(position)s belongs to the unit “%(after)s” now.", **words)
    if not one.after:
        return _("%(position)s belongs to no unit now; before, to “%(before)s”.", **words)
    return _("%(position)s belongs to “%(after)s” now; before, to “%(before)s”.", **words)


def _kind(one: Difference, names: Names) -> object:
    was, now = (POSITION_KINDS[PositionKind(str(code))] for code in (one.before, one.after))
    return _now_and_before(names.label(one.position_id), str(was), str(now))


def _code(one: Difference, names: Names) -> object:
    was, now = (str(code) or _("none") for code in (one.before, one.after))
    position = names.label(one.position_id)
    return _(
        "%(position)s has the number %(after)s in the client's files now; before, %(before)s.",
        position=position,
        before=was,
        after=now,
    )


def _now_and_before(subject: str, before: str, after: str) -> object:
    return _(
        "%(subject)s: %(after)s now; before, %(before)s.",
        subject=subject,
        before=before,
        after=after,
    )


def _known(one: Difference, names: Names) -> object:
    position = names.label(one.position_id)
    if one.after:
        return _("%(position)s is known now.", position=position)
    return _("%(position)s is no longer known for certain.", position=position)


def _line(one: Difference, names: Names) -> object:
    words = {"position": names.label(one.position_id), "other": names.label(one.after)}
    if one.detail == LineKind.ASSISTANT:
        return _("%(position)s is assistant of %(other)s now.", **words)
    return _("%(position)s reports to %(other)s on a dotted line, too.", **words)


def _line_gone(one: Difference, names: Names) -> object:
    words = {"position": names.label(one.position_id), "other": names.label(one.before)}
    if one.detail == LineKind.ASSISTANT:
        return _("%(position)s is no longer assistant of %(other)s.", **words)
    return _("%(position)s no longer reports to %(other)s on a dotted line.", **words)


def _tie(one: Difference, names: Names) -> object:
    is_new = one.what is What.TIE
    words = {
        "person": names.person(one.person_id),
        "other": names.person(one.after if is_new else one.before),
        "tie": INFLUENCE_KINDS[InfluenceKind(one.detail)],
    }
    if is_new:
        return _("New tie: %(person)s %(tie)s %(other)s.", **words)
    return _("No longer: %(person)s %(tie)s %(other)s.", **words)


def _role(one: Difference, names: Names) -> object:
    person = names.person(one.person_id)
    if one.after is None:
        role = ROLES[Role(str(one.before))]
        return _("%(person)s no longer has the role: %(role)s.", person=person, role=role)
    return _("%(person)s has the role: %(role)s.", person=person, role=ROLES[Role(str(one.after))])


def _judged(one: Difference, names: Names) -> object:
    was, now = (_value(one.what, code) for code in (one.before, one.after))
    aspect = str(ASPECTS[Aspect(one.what.value)])
    return _now_and_before(f"{names.person(one.person_id)}, {aspect}", was, now)


def _value(what: What, code: Plain) -> str:
    if code is None:
        return str(_("not known"))
    if what is What.ATTITUDE:
        return str(ATTITUDES[Attitude(str(code))])
    if what is What.POWER:
        return str(POWERS[Power(str(code))])
    return str(ORIENTATIONS[Orientation(str(code))])


_SENTENCES: dict[What, Callable[[Difference, Names], object]] = {
    What.NEW: _new,
    What.GONE: _gone,
    What.MOVED: _moved,
    What.MANAGER: _manager,
    What.HOLDER: _holder,
    What.LEFT: _left,
    What.VACANT: _vacant,
    What.ACTING: _acting,
    What.MAIN: _main,
    What.TITLE: _title,
    What.UNIT: _unit,
    What.KIND: _kind,
    What.CODE: _code,
    What.KNOWN: _known,
    What.NAME: _name,
    What.LINE: _line,
    What.LINE_GONE: _line_gone,
    What.TIE: _tie,
    What.TIE_GONE: _tie,
    What.ROLE: _role,
    What.ATTITUDE: _judged,
    What.POWER: _judged,
    What.ORIENTATION: _judged,
}

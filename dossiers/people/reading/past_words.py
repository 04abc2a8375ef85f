"""What one row of the facts says, in a sentence of the reader's language."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from dossiers.facts.models import Dated
from dossiers.people.kinds import Aspect, Coverage, Level, NameKind
from dossiers.people.models import (
    Employment,
    Influence,
    Judgement,
    PersonContact,
    PersonName,
    PositionFact,
    Relationship,
    SideLine,
    SolidLine,
)
from dossiers.people.wording import (
    ASPECTS,
    ATTITUDES,
    CONTACT_KINDS,
    CONTACT_STANDINGS,
    COVERAGES,
    END_REASONS,
    INFLUENCE_KINDS,
    LEVELS,
    LINE_KINDS,
    ORIENTATIONS,
    POSITION_KINDS,
    POWERS,
    ROLES,
)
from wiki.locale import _

Row = Mapping[str, Any]

WORDS_OF: Mapping[Aspect, Mapping[Any, Any]] = {
    Aspect.ROLE: ROLES,
    Aspect.ATTITUDE: ATTITUDES,
    Aspect.POWER: POWERS,
    Aspect.ORIENTATION: ORIENTATIONS,
}


class Names(NamedTuple):
    """Titles of positions and names of people, colleagues and clients, by number."""

    titles: Mapping[int, str]
    people: Mapping[int, str]
    users: Mapping[int, str]
    clients: Mapping[int, str]


def told(table: type[Dated], row: Row, names: Names) -> str:
    """The row in a sentence."""
    return _SENTENCES[table](row, names)


def value_word(aspect: Aspect, code: str) -> str:
    """The word for a role, an attitude, a weight or a motive."""
    return str(WORDS_OF[aspect].get(code, code))


def _position(row: Row, _names: Names) -> str:
    parts = [row["title"], row["unit"], str(POSITION_KINDS[row["kind"]]), row["code"]]
    if not row["is_known"]:
        parts.append(_("only its place is known"))
    return ", ".join(part for part in parts if part)


def _solid(row: Row, names: Names) -> str:
    return _(
        "%(position)s reports to %(to)s",
        position=names.titles.get(row["from_position_id"], ""),
        to=names.titles.get(row["to_position_id"], ""),
    )


def _side(row: Row, names: Names) -> str:
    return _(
        "%(one)s – %(kind)s – %(other)s",
        one=names.titles.get(row["from_position_id"], ""),
        kind=LINE_KINDS[row["kind"]],
        other=names.titles.get(row["to_position_id"], ""),
    )


def _employment(row: Row, names: Names) -> str:
    words = {
        "person": names.people.get(row["person_id"], ""),
        "position": names.titles.get(row["position_id"], ""),
        "client": names.clients.get(row["client_id"], ""),
    }
    if row["position_id"] is None:
        said = _("%(person)s works at %(client)s, position not known", **words)
    elif row["acting"]:
        said = _("%(person)s is acting %(position)s at %(client)s", **words)
    else:
        said = _("%(person)s holds %(position)s at %(client)s", **words)
    return f"{said} ({END_REASONS[row['end_reason']]})" if row["end_reason"] else said


def _name(row: Row, _names: Names) -> str:
    if row["kind"] == NameKind.FORM:
        return _("also called %(name)s", name=row["name"])
    return _("name: %(name)s", name=row["name"])


def _contact(row: Row, _names: Names) -> str:
    kind, standing = CONTACT_KINDS[row["kind"]], CONTACT_STANDINGS[row["standing"]]
    return f"{kind}: {row['value']} ({standing})"


def _judgement(row: Row, _names: Names) -> str:
    aspect = Aspect(row["aspect"])
    said = f"{ASPECTS[aspect]}: {value_word(aspect, row['value'])}"
    return (
        _("%(what)s, for the deal %(deal)s", what=said, deal=row["deal"]) if row["deal"] else said
    )


def _influence(row: Row, names: Names) -> str:
    return _(
        "%(one)s – %(kind)s – %(other)s",
        one=names.people.get(row["from_person_id"], ""),
        kind=INFLUENCE_KINDS[row["kind"]],
        other=names.people.get(row["to_person_id"], ""),
    )


def _relationship(row: Row, names: Names) -> str:
    said = [str(COVERAGES[Coverage(row["coverage"])])]
    if row["level"]:
        said.append(str(LEVELS[Level(row["level"])]))
    if row["wanted"]:
        said.append(_("wanted: %(level)s", level=LEVELS[Level(row["wanted"])]))
    return f"{names.users.get(row['user_id'], '')}: {', '.join(said)}"


_SENTENCES: Mapping[type[Dated], Callable[[Row, Names], str]] = {
    PositionFact: _position,
    SolidLine: _solid,
    SideLine: _side,
    Employment: _employment,
    PersonName: _name,
    PersonContact: _contact,
    Judgement: _judgement,
    Influence: _influence,
    Relationship: _relationship,
}

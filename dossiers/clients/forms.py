"""The shapes of what is typed about clients."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (  # type: ignore[attr-defined]  # the stubs lack SelectChoice
    BooleanField,
    DateField,
    HiddenField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Optional

from dossiers.clients.card import LONGEST_GROUP, LONGEST_LEGAL_NAME, LONGEST_NAME, Card
from dossiers.clients.countries import countries
from dossiers.clients.kinds import Duty, State
from dossiers.clients.mail_domains import shown
from dossiers.clients.services.cards import Said
from dossiers.clients.wording import DUTY_NAMES, STATE_NAMES
from dossiers.facts.models import Confidence, Source
from dossiers.facts.wording import CONFIDENCES, SOURCES
from dossiers.facts.writing import Evidence
from wiki.errors import Refusal
from wiki.locale import _, _l, language
from wiki.pages.content import one_line
from wiki.pages.forms import whole_number

LONGEST_NOTE = 500
#: What a browser sends of an address or name at most; more is refused with a sentence.
_ROOMY = 4


def _choices(names: Mapping[Any, Any]) -> list[SelectChoice]:
    return [SelectChoice(str(code), name) for code, name in names.items()]


def many(typed: str | None) -> tuple[str, ...]:
    """The parts of a text that is divided by commas or blanks between lines."""
    return tuple(part for line in (typed or "").splitlines() for part in line.split(","))


class DayField(DateField):
    """A day, with our own sentence for what is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was sent. Raises `ValueError` with the sentence."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("The day must be written like 2026-03-31.")) from None


class SaidForm(FlaskForm):  # type: ignore[misc]
    """Since when something is so, and where it is known from."""

    since = DayField(_l("Since"), [Optional()])
    always = BooleanField(_l("It was never otherwise: this corrects a mistake"))
    source = SelectField(_l("Known from"), choices=_choices(SOURCES))
    confidence = SelectField(_l("How sure"), choices=_choices(CONFIDENCES))
    note = StringField(_l("Remark"), [Optional()], render_kw={"maxlength": LONGEST_NOTE * _ROOMY})

    def begin(self, today: date) -> None:
        """Fill in what is right mostly: since today, known from a meeting."""
        self.since.data = today
        self.source.data = Source.MEETING.value

    def said(self, today: date, is_another: bool = False) -> Said:
        """What was said. Raises `Refusal` for an impossible day and a remark that is too long."""
        typed = "".join(self.since.raw_data or ())
        if typed and not self.since.data:
            raise Refusal("The day must be written like 2026-03-31. Nothing was changed.")
        evidence = Evidence(
            Source(self.source.data), Confidence(self.confidence.data), None, self._remark()
        )
        since = None if self.always.data else self.since.data or today
        return Said(evidence, since, is_another)

    def _remark(self) -> str:
        note = one_line(self.note.data or "")
        if len(note) > LONGEST_NOTE:
            raise Refusal(
                "The remark has more than %(limit)d characters. Nothing was changed. Shorten it, "
                "or put it into the notes.",
                limit=LONGEST_NOTE,
            )
        return note


class CardForm(SaidForm):
    """The card of a client."""

    name = StringField(
        _l("Client name"), [InputRequired(_l("This is empty. Fill it in."))],
        render_kw={"maxlength": LONGEST_NAME * _ROOMY},
    )  # fmt: skip
    legal_name = StringField(
        _l("Legal name"), [Optional()], render_kw={"maxlength": LONGEST_LEGAL_NAME * _ROOMY}
    )
    country = SelectField(_l("Country"), [Optional()])
    tax_number = StringField(
        _l("Tax number"), [Optional()],
        description=_l("In Russia the INN, in the European Union the VAT number; it is checked."),
    )  # fmt: skip
    domains = StringField(
        _l("E-mail domains"), [Optional()],
        description=_l("What stands behind the @ in their addresses, divided by commas: firm.ru"),
    )  # fmt: skip
    segment = StringField(
        _l("Segment"), [Optional()],
        render_kw={"maxlength": LONGEST_GROUP * _ROOMY, "list": "segments"},
    )  # fmt: skip
    region = StringField(
        _l("Region"), [Optional()],
        render_kw={"maxlength": LONGEST_GROUP * _ROOMY, "list": "regions"},
    )  # fmt: skip
    tags = StringField(_l("Tags"), [Optional()], description=_l("Divided by commas."))
    state = SelectField(_l("State"), choices=_choices(STATE_NAMES))
    parent = StringField(
        _l("Parent company"), [Optional()], render_kw={"list": "clients"},
        description=_l("Name or address of another client."),
    )  # fmt: skip
    team = SelectField(_l("Team"), [Optional()])
    restricted = BooleanField(
        _l("Restricted"),
        description=_l("Only the team and directors see it; for others it does not exist."),
    )
    same_name = BooleanField(_l("It is another client of the same name"))
    page = HiddenField()
    seen = HiddenField()

    def offer(self, teams: Iterable[tuple[int, str]], is_archived: bool = False) -> None:
        """Fill the choices: teams, countries, and states (an archived client stays so)."""
        nobody = SelectChoice("", _("nobody"))
        self.team.choices = [nobody, *(SelectChoice(str(ident), name) for ident, name in teams)]
        unknown = SelectChoice("", _("not known"))
        self.country.choices = [unknown, *_choices(countries(language()))]
        kept = {s: n for s, n in STATE_NAMES.items() if s is not State.ARCHIVED or is_archived}
        self.state.choices = _choices(kept)

    def show(self, card: Card, parent: str) -> None:
        """Put the card into the fields."""
        for name in ("name", "legal_name", "country", "tax_number", "segment", "region"):
            self[name].data = getattr(card, name)
        self.domains.data = ", ".join(map(shown, card.domains))
        self.tags.data = ", ".join(card.tags)
        self.state.data, self.parent.data = card.state.value, parent
        self.team.data, self.restricted.data = str(card.team or ""), card.restricted

    def fields_of_card(self) -> dict[str, Any]:
        """What was typed, by the codes of the fields; not the parent, which must be looked up."""
        texts = ("name", "legal_name", "country", "tax_number", "segment", "region")
        return {
            **{name: self[name].data or "" for name in texts},
            "domains": many(self.domains.data),
            "tags": many(self.tags.data),
            "state": State(self.state.data),
            "restricted": bool(self.restricted.data),
        }

    @property
    def chosen_team(self) -> int | None:
        """The number of the chosen team."""
        return whole_number(self.team.data) or None


class DutyForm(SaidForm):
    """Who of ours looks after the client, as what."""

    colleague = SelectField(_l("Colleague"))
    duty = SelectField(_l("As what"), choices=_choices(DUTY_NAMES))

    def offer(self, people: Iterable[tuple[int, str]]) -> None:
        """Fill the choices."""
        self.colleague.choices = [SelectChoice(str(ident), name) for ident, name in people]

    @property
    def chosen_duty(self) -> Duty:
        """The chosen duty."""
        return Duty(self.duty.data)


class TeamForm(SaidForm):
    """Which team owns the client."""

    team = SelectField(_l("Team"), [Optional()])

    def offer(self, teams: Iterable[tuple[int, str]]) -> None:
        """Fill the choices."""
        nobody = SelectChoice("", _("nobody"))
        self.team.choices = [nobody, *(SelectChoice(str(ident), name) for ident, name in teams)]

    @property
    def chosen_team(self) -> int | None:
        """The number of the chosen team."""
        return whole_number(self.team.data) or None


#: In how many words a notes page is named: its address or its number.
LONGEST_PAGE = 200


def page_number_of(typed: str | None) -> int | None:
    """The number of a page from its address, or itself; `None` when nothing was typed."""
    text = (typed or "").strip()[:LONGEST_PAGE]
    last = text.rpartition("/pages/")[2].partition("-")[0].partition("/")[0]
    number = whole_number(last)
    if text and not number:
        raise Refusal(
            "That is no page. Nothing was changed. Write its address or its number: /pages/12."
        )
    return number or None

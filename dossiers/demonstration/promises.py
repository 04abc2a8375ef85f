"""Promises of the demonstration's dossiers: kept, late, moved, handed on, of both sides."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from dossiers.demonstration.paths import Deed
from dossiers.interactions.models import Promise
from dossiers.interactions.promises.holders import holders_of
from dossiers.interactions.promises.services import (
    Wish,
    end_promise,
    hand_promise,
    make_promise,
    move_promise,
)
from dossiers.people.editing.pen import Pen

Do = Callable[[Pen, Promise], object]


@dataclass(frozen=True, slots=True)
class _Told:
    """A promise given `ago` days before now and due `days` later; `deeds` are what became of it."""

    what: str
    by_us: bool
    ago: int
    days: int
    deeds: tuple[tuple[int, Do], ...] = ()


def _kept(pen: Pen, one: Promise) -> None:
    words = "Отправили, клиент подтвердил получение"
    end_promise(pen.session, pen.actor, pen.client.id, one.id, True, words)


def _broken(pen: Pen, one: Promise) -> None:
    words = "Финансовая служба ещё не закрыла квартал"
    end_promise(pen.session, pen.actor, pen.client.id, one.id, False, words)


def _moved(pen: Pen, one: Promise) -> None:
    due, words = one.due_on + timedelta(days=14), "Ждём новый прайс-лист"
    move_promise(pen.session, pen.actor, pen.client.id, one.id, due, words)


def _handed(pen: Pen, one: Promise) -> None:
    others = [ident for ident, _n in holders_of(pen.session, pen.client) if ident != one.user_id]
    if others:
        words = "Уезжаю в командировку"
        hand_promise(pen.session, pen.actor, pen.client.id, one.id, others[0], words)


_TOLD = (
    _Told("Прислать расчёт экономии на логистике", True, 40, 10, ((31, _kept),)),
    _Told("Прислать бюджет на следующий год", False, 60, 20, ((38, _broken),)),
    _Told("Подготовить предложение по новой фасовке", True, 20, 12),
    _Told("Согласовать дату дегустации с технологом", True, 12, 5, ((8, _moved),)),
    _Told("Прислать замечания юристов к договору", False, 9, 6),
    _Told("Показать расчёт на встрече с финансовым директором", True, 7, 9, ((2, _handed),)),
    _Told("Назвать состав тендерной комиссии", False, 4, 15),
)
_EACH = 3


def deeds_with_promises(place: int) -> Iterator[Deed]:
    """A few promises for the client of this place in the list, in no order."""
    for number in range(_EACH):
        told = _TOLD[(place * 2 + number) % len(_TOLD)]
        yield Deed(told.ago, _making(told))
        for ago, do in told.deeds:
            yield Deed(ago, _doing(told, do))


def _making(told: _Told) -> Callable[[Pen], None]:
    def make(pen: Pen) -> None:
        wish = Wish(told.by_us, told.what, pen.day + timedelta(days=told.days))
        make_promise(pen.session, pen.actor, pen.client.id, wish)

    return make


def _doing(told: _Told, do: Do) -> Callable[[Pen], None]:
    def done(pen: Pen) -> None:
        mine = (Promise.client_id == pen.client.id, Promise.what == told.what)
        do(pen, pen.session.scalars(select(Promise).where(*mine)).one())

    return done

"""Two reading paths, and who walks them since when."""

from datetime import timedelta

from products.demonstration.learning.stage import Stage
from products.onboarding.kinds import ItemKind
from products.onboarding.paths.enrolling import Group, Terms, enrol
from products.onboarding.paths.heads import Head
from products.onboarding.paths.rules import Item, Items
from products.onboarding.paths.services import Draft, create_path, save_items
from wiki import clock
from wiki.accounts.actor import Role

FIRST_WEEK, PRICES = "Первая неделя новичка", "Цены и продление"
FIRST_DAY, MANAGERS_DAY = 4, 28
"""So many days ago the newcomer and the managers began."""
_Line = tuple[str, ItemKind, str, int, tuple[str, ...]]
"""Code, kind, title, on which day it is due, and what comes first."""

_NEWCOMERS: tuple[_Line, ...] = (
    ("start", ItemKind.PAGE, "С чего начать новому менеджеру", 0, ()),
    ("home", ItemKind.PAGE, "Пельмени «Домашние»", 1, ("start",)),
    ("home-asked", ItemKind.QUESTION, "Пельмени «Домашние»", 1, ("home",)),
    ("canteen", ItemKind.PAGE, "Пельмени «Столовские»", 2, ("start",)),
    ("prices", ItemKind.PAGE, "Цены и скидки", 2, ("start",)),
    ("delivery", ItemKind.PAGE, "Доставка с холодом", 5, ()),
    ("objections", ItemKind.PAGE, "Возражения и ответы", 6, ("canteen", "prices")),
)
_TASTING: _Line = ("tasting", ItemKind.PLACEHOLDER, "Календарь дегустаций", 7, ())
_MANAGERS: tuple[_Line, ...] = (
    ("prices", ItemKind.PAGE, "Цены и скидки", 7, ()),
    ("contract", ItemKind.PAGE, "Договор и документы", 14, ("prices",)),
    ("objections", ItemKind.PAGE, "Возражения и ответы", 21, ("prices",)),
    ("service", ItemKind.PAGE, "Сервисный договор", 40, ()),
)


def lay_paths(stage: Stage) -> None:
    """The director lays both paths, puts a page still to be written on one, and enrols people."""
    newcomers = Head(
        FIRST_WEEK, "Рассказать о товаре, назвать цену, не обещать лишнего", Role.NEWCOMER
    )
    managers = Head(PRICES, "Продлить договор и не отдать лишней скидки", Role.MANAGER)
    first = _lay(stage, 30, newcomers, _NEWCOMERS)
    second = _lay(stage, 29, managers, _MANAGERS)
    with stage.past(16) as session:
        items = _items(stage, (*_NEWCOMERS, _TASTING))
        save_items(session, stage.people["vera"], first, Draft(items, 1, "Новички просят даты"))
    _enrol(stage, second, MANAGERS_DAY, ("anna", "boris"), "vera")
    _enrol(stage, first, FIRST_DAY, ("nina",), "anna")


def _lay(stage: Stage, ago: int, head: Head, lines: tuple[_Line, ...]) -> int:
    with stage.past(ago) as session:
        return create_path(session, stage.people["vera"], head, _items(stage, lines)).path_id


def _items(stage: Stage, lines: tuple[_Line, ...]) -> Items:
    return tuple(_item(stage, line) for line in lines)


def _item(stage: Stage, line: _Line) -> Item:
    code, kind, title, due, after = line
    if kind is ItemKind.PLACEHOLDER:
        return Item(code, kind, None, title, due, after)
    return Item(code, kind, stage.pages[title], "", due, after)


def _enrol(stage: Stage, path_id: int, ago: int, names: tuple[str, ...], mentor: str) -> None:
    vera = stage.people["vera"]
    with stage.past(ago + 1) as session:
        began_on = clock.today(vera.time_zone) + timedelta(days=1)
        group = Group(frozenset(stage.people[name].id for name in names))
        enrol(session, vera, path_id, group, Terms(began_on, stage.people[mentor].id))

"""What a column of a list of sellers can mean."""

from collections.abc import Mapping
from enum import StrEnum

from wiki.lists.sorts import ListField
from wiki.locale import _l


class Field(StrEnum):
    """The meaning of a column; the codes stand behind `--map`."""

    NAME = "name"
    SELLER_ID = "seller_id"
    EMAIL = "email"
    MANAGER = "manager"
    OFFICE = "office"


LIMITS: Mapping[str, int] = {
    Field.NAME: 200,
    Field.SELLER_ID: 200,
    Field.EMAIL: 254,
    Field.MANAGER: 200,
    Field.OFFICE: 200,
}
FIELDS: Mapping[str, ListField] = {
    Field.NAME: ListField(
        _l("Seller"),
        (
            "sales agent", "name", "seller", "имя", "продавец", "фио", "full name", "сотрудник",
            "менеджер", "owner", "ответственный", "sales rep", "agent", "user",
        ),
        _l("The name, written as the deals of the source write it."),
        True,
    ),
    Field.SELLER_ID: ListField(
        _l("Number of the seller"),
        ("seller id", "owner id", "user id", "agent id", "id", "код", "id сотрудника", "номер"),
        _l("By which the source knows the seller, if its deals give it."),
        True,
    ),
    Field.EMAIL: ListField(
        _l("E-mail"),
        ("email", "e-mail", "почта", "эл. почта", "электронная почта", "mail", "email address"),
        _l("By it a seller is found to be a colleague; else by the exact name."),
        True,
    ),
    Field.MANAGER: ListField(
        _l("Manager of the seller"),
        ("manager", "руководитель", "начальник", "supervisor", "team lead", "менеджер группы"),
        "",
        True,
    ),
    Field.OFFICE: ListField(
        _l("Office"),
        ("office", "regional office", "офис", "филиал", "регион", "region", "отдел", "branch"),
        "",
        True,
    ),
}  # fmt: skip

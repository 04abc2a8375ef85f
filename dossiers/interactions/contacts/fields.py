"""What a column of a list of contacts can mean."""

from collections.abc import Mapping
from enum import StrEnum

from dossiers.interactions.contacts.rules import LONGEST_NUMBER
from dossiers.interactions.promises.rules import LONGEST as LONGEST_PROMISE
from wiki.lists.sorts import ListField
from wiki.locale import _l


class Field(StrEnum):
    """A part of a contact; the codes stand behind `--map`."""

    NUMBER = "number"
    CLIENT = "client"
    WHEN = "when"
    KIND = "kind"
    THEIRS = "with"
    OURS = "by"
    TEXT = "text"
    NEXT = "next"
    WE_PROMISED = "we_promised"
    THEY_PROMISED = "they_promised"
    DUE = "due"


LIMITS: Mapping[str, int] = {
    Field.NUMBER: LONGEST_NUMBER,
    Field.CLIENT: 300,
    Field.WHEN: 60,
    Field.KIND: 100,
    Field.THEIRS: 3_000,
    Field.OURS: 3_000,
    Field.NEXT: 60,
    Field.WE_PROMISED: LONGEST_PROMISE,
    Field.THEY_PROMISED: LONGEST_PROMISE,
    Field.DUE: 60,
}

FIELDS: Mapping[str, ListField] = {
    Field.CLIENT: ListField(
        _l("Client"),
        ("client", "клиент", "company", "компания", "организация", "контрагент", "account"),
        _l("Its exact name, its tax number or its address here, like /clients/12."),
        True,
    ),
    Field.WHEN: ListField(
        _l("When"),
        ("when", "когда", "дата", "date", "дата и время", "время", "день", "дата контакта"),
        _l("The day, with the time if it is known."),
        True,
    ),
    Field.KIND: ListField(
        _l("How you spoke"),
        ("kind", "вид", "тип", "type", "вид контакта", "тип контакта", "channel", "канал"),
        _l("Call, meeting, letter or message; anything else is another contact."),
        True,
    ),
    Field.THEIRS: ListField(
        _l("With whom"),
        ("with", "с кем", "контактное лицо", "контакт", "контакты", "person", "собеседник"),
        _l("Names of people of the client, divided by semicolons."),
        True,
    ),
    Field.OURS: ListField(
        _l("Who of us"),
        ("by", "кто", "менеджер", "ответственный", "manager", "owner", "сотрудник", "автор"),
        _l("Names or e-mail addresses of colleagues, divided by semicolons; without it, you."),
        True,
    ),
    Field.TEXT: ListField(
        _l("What was said"),
        (
            "text", "текст", "описание", "комментарий", "содержание", "итог", "summary", "note",
            "notes", "заметка", "description", "результат", "тема", "subject",
        ),
        "",
        True,
    ),
    Field.NEXT: ListField(
        _l("To speak again on"),
        ("next", "следующий контакт", "следующий шаг", "next contact", "связаться"),
    ),
    Field.NUMBER: ListField(
        _l("Number"),
        ("number", "номер", "id", "ид", "код", "внешний код", "external id"),
        _l("The number of the contact in its program; the same number is written once."),
    ),
    Field.WE_PROMISED: ListField(
        _l("What we promised"), ("we promised", "мы обещали", "наше обещание", "we_promised")
    ),
    Field.THEY_PROMISED: ListField(
        _l("What they promised"),
        ("they promised", "они обещали", "обещание клиента", "they_promised"),
    ),
    Field.DUE: ListField(
        _l("Promised until"), ("due", "срок", "до какого числа", "promised until", "deadline")
    ),
}  # fmt: skip

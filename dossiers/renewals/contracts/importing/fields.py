"""What a column of a list of contracts can mean."""

from collections.abc import Mapping
from enum import StrEnum

from dossiers.renewals.contracts import terms as limits
from dossiers.renewals.contracts.wording import FIELD_NAMES
from wiki.lists.sorts import ListField
from wiki.locale import _l


class Field(StrEnum):
    """The meaning of a column; the codes stand behind `--map`."""

    CLIENT = "client"
    DOSSIER = "dossier"
    TAX_NUMBER = "tax_number"
    NUMBER = "number"
    SUBJECT = "subject"
    STARTS_ON = "starts_on"
    ENDS_ON = "ends_on"
    VALUE = "value"
    CURRENCY = "currency"
    NOTICE_DAYS = "notice_days"
    RENEWS_MONTHS = "renews_months"
    INDEX_CLAUSE = "index_clause"
    OWNER = "owner"
    PATH = "path"
    PRODUCTS = "products"
    STATE = "state"
    WHY = "why"
    PREDECESSOR = "predecessor"


WHOSE = (Field.DOSSIER, Field.TAX_NUMBER, Field.CLIENT)
LIMITS: Mapping[str, int] = {
    Field.CLIENT: 250,
    Field.DOSSIER: 250,
    Field.TAX_NUMBER: 40,
    Field.NUMBER: limits.LONGEST_NUMBER,
    Field.SUBJECT: limits.LONGEST_SUBJECT,
    Field.INDEX_CLAUSE: limits.LONGEST_INDEX,
    Field.OWNER: 254,
    Field.PATH: 200,
    Field.STATE: 60,
    Field.WHY: limits.LONGEST_WHY,
    Field.PREDECESSOR: limits.LONGEST_NUMBER,
}
FIELDS: Mapping[str, ListField] = {
    Field.NUMBER: ListField(
        FIELD_NAMES["number"],
        ("number", "contract", "contract number", "contract no", "номер", "номер договора",
         "договор", "№", "№ договора"),
        _l("By it and the client a contract is known again when the file comes anew."),
        True,
    ),
    Field.CLIENT: ListField(
        _l("Client"),
        ("client", "клиент", "company", "компания", "организация", "контрагент", "account",
         "заказчик", "покупатель"),
        _l("Its exact name here."),
        True,
    ),
    Field.TAX_NUMBER: ListField(
        _l("Tax number of the client"),
        ("tax number", "инн", "tax id", "vat"),
        _l("Goes before the name."),
        True,
    ),
    Field.DOSSIER: ListField(
        _l("Address of the dossier"), ("dossier", "досье"), _l("Like /clients/12; goes before all.")
    ),
    Field.SUBJECT: ListField(
        FIELD_NAMES["subject"], ("subject", "предмет", "предмет договора", "title", "название"),
        "", True,
    ),
    Field.STARTS_ON: ListField(
        FIELD_NAMES["starts_on"],
        ("starts on", "start", "starts", "from", "начало", "дата начала", "первый день", "с"),
        "", True,
    ),
    Field.ENDS_ON: ListField(
        FIELD_NAMES["ends_on"],
        ("ends on", "end", "ends", "until", "окончание", "конец", "дата окончания", "по",
         "последний день", "срок действия"),
        _l("“open-ended” for a contract without end."),
        True,
    ),
    Field.VALUE: ListField(
        FIELD_NAMES["value"],
        ("value", "amount", "sum", "сумма", "стоимость", "цена договора"), "", True,
    ),
    Field.CURRENCY: ListField(FIELD_NAMES["currency"], ("currency", "валюта"), "", True),
    Field.NOTICE_DAYS: ListField(
        FIELD_NAMES["notice_days"],
        ("notice days", "notice", "срок уведомления", "уведомление"),
    ),
    Field.RENEWS_MONTHS: ListField(
        FIELD_NAMES["renews_months"],
        ("renews months", "renews", "renewal months", "пролонгация", "автопродление"),
    ),
    Field.INDEX_CLAUSE: ListField(
        FIELD_NAMES["index_clause"], ("index clause", "index", "индексация")
    ),
    Field.OWNER: ListField(
        FIELD_NAMES["owner_id"],
        ("owner", "manager", "менеджер", "ответственный", "куратор"),
        _l("The name or e-mail address of a colleague."),
        True,
    ),
    Field.PATH: ListField(
        FIELD_NAMES["path_id"], ("path", "путь", "путь согласования"),
        _l("What it is called in the dossier."),
    ),
    Field.PRODUCTS: ListField(
        FIELD_NAMES["products"],
        ("products", "product", "продукты", "продукт", "товары", "товар", "номенклатура"),
        _l("Titles of their pages, parted by semicolons, or one a row."),
    ),
    Field.STATE: ListField(_l("State"), ("state", "status", "состояние", "статус")),
    Field.WHY: ListField(_l("Why it was lost or has shrunk"), ("why", "reason", "причина")),
    Field.PREDECESSOR: ListField(
        _l("Number of the contract before"),
        ("predecessor", "previous", "предыдущий", "предыдущий договор", "продлевает"),
        _l("In the same dossier; it may stand further below in the file."),
    ),
}  # fmt: skip

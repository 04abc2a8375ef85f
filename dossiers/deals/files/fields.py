"""What a column of a file of deals can mean, and the headings by which it is known."""

from collections.abc import Sequence
from enum import StrEnum

from wiki.tables.mapping import Columns, Words, guess_columns


class Field(StrEnum):
    """The meaning of a column; the codes stand behind `--map`."""

    EXTERNAL_ID = "external_id"
    TITLE = "title"
    COMPANY = "company"
    AMOUNT = "amount"
    CURRENCY = "currency"
    STAGE = "stage"
    KIND = "kind"
    BEGAN_ON = "began_on"
    PLANNED_ON = "planned_on"
    CLOSED_ON = "closed_on"
    OWNER = "owner"
    PRODUCT = "product"
    PIPELINE = "pipeline"
    PROBABILITY = "probability"
    LOSS_REASON = "loss_reason"
    LIST_PRICE = "list_price"
    PRICE = "price"
    QUANTITY = "quantity"
    PRODUCT_ID = "product_id"
    COMPANY_ID = "company_id"
    TAX_NUMBER = "tax_number"
    DOMAIN = "domain"
    OWNER_ID = "owner_id"
    OWNER_EMAIL = "owner_email"
    CONTACT = "contact"
    CONTACT_ID = "contact_id"
    CONTACT_EMAIL = "contact_email"
    CONTACT_PHONE = "contact_phone"
    CONTACT_ROLE = "contact_role"
    CREATED_AT = "created_at"
    UPDATED_AT = "updated_at"


FIELDS: Sequence[str] = [field.value for field in Field]
DAYS = (Field.BEGAN_ON, Field.PLANNED_ON, Field.CLOSED_ON)
MOMENTS = (Field.CREATED_AT, Field.UPDATED_AT)
FIGURES = (Field.AMOUNT, Field.LIST_PRICE, Field.PRICE, Field.QUANTITY)
COMPANY = (Field.COMPANY, Field.COMPANY_ID, Field.TAX_NUMBER, Field.DOMAIN)
OWNER = (Field.OWNER, Field.OWNER_ID, Field.OWNER_EMAIL)
CONTACT = (
    Field.CONTACT_ID,
    Field.CONTACT,
    Field.CONTACT_EMAIL,
    Field.CONTACT_PHONE,
    Field.CONTACT_ROLE,
)
LINE = (Field.PRODUCT, Field.PRODUCT_ID)

#: The words of headings, best first; what our own export and the exports of amoCRM, Bitrix24,
#: Salesforce, HubSpot and Pipedrive call them.
HEADINGS: Words = {
    Field.EXTERNAL_ID: (
        "external id", "opportunity id", "deal id", "record id", "id сделки", "номер сделки",
        "id", "номер", "код", "№", "код сделки", "number", "no", "opportunity number",
        "deal number", "record id - deal",
    ),
    Field.TITLE: (
        "title", "deal name", "opportunity name", "название сделки", "сделка", "название",
        "наименование", "deal title", "opportunity", "deal", "тема", "name",
    ),
    Field.COMPANY: (
        "company", "account name", "account", "компания", "клиент", "organization", "контрагент",
        "associated company", "organisation", "название компании", "компания контакта", "client",
        "customer", "заказчик", "company name", "покупатель", "associated company names",
    ),
    Field.AMOUNT: (
        "amount", "close value", "сумма", "бюджет", "value", "deal value", "deal amount",
        "сумма сделки", "стоимость", "бюджет сделки", "opportunity amount", "total", "выручка",
        "amount in company currency", "итого",
    ),
    Field.CURRENCY: (
        "currency", "валюта", "opportunity currency", "deal currency", "amount currency",
        "currency of value", "код валюты", "currency code", "валюта сделки", "currency iso code",
    ),
    Field.STAGE: (
        "stage", "deal stage", "этап сделки", "стадия сделки", "этап", "стадия", "stage name",
        "opportunity stage",
    ),
    Field.KIND: (
        "kind", "status", "статус", "deal status", "состояние", "статус сделки", "result",
        "результат", "outcome", "итог",
    ),
    Field.BEGAN_ON: (
        "began on", "engage date", "дата начала", "начало", "start date", "дата открытия",
        "opened", "open date",
    ),
    Field.PLANNED_ON: (
        "planned on", "expected close date", "предполагаемая дата закрытия", "плановая дата",
        "плановая дата закрытия", "ожидаемая дата закрытия", "планируемая дата закрытия",
        "expected close", "дата завершения (план)", "forecast close date",
    ),
    Field.CLOSED_ON: (
        "closed on", "close date", "дата закрытия", "closed date", "deal closed on",
        "дата завершения", "закрыта", "дата реализации", "actual close date", "won time",
        "дата продажи",
    ),
    Field.OWNER: (
        "owner", "sales agent", "deal owner", "opportunity owner", "ответственный", "owner name",
        "менеджер", "ответственный менеджер", "salesperson", "sales rep", "продавец", "manager",
        "сотрудник", "assigned to", "account manager",
    ),
    Field.PRODUCT: (
        "product", "product name", "товар", "продукт", "номенклатура", "название товара",
        "наименование товара", "услуга", "item", "line item name",
    ),
    Field.PIPELINE: ("pipeline", "воронка", "направление", "воронка продаж", "deal pipeline"),
    Field.PROBABILITY: (
        "probability", "probability (%)", "вероятность", "deal probability", "вероятность, %",
        "вероятность (%)", "win probability", "probability %", "вероятность %",
    ),
    Field.LOSS_REASON: (
        "loss reason", "lost reason", "причина отказа", "closed lost reason", "причина проигрыша",
        "причина потери", "reason lost", "причина закрытия",
    ),
    Field.LIST_PRICE: ("list price", "прайсовая цена", "цена по прайсу", "базовая цена"),
    Field.PRICE: (
        "price", "sales price", "цена", "unit price", "цена продажи", "цена за единицу",
        "product price",
    ),
    Field.QUANTITY: ("quantity", "количество", "кол-во", "qty", "product quantity", "кол-во, шт"),
    Field.PRODUCT_ID: ("product id", "product code", "артикул", "код товара", "sku", "id товара"),
    Field.COMPANY_ID: (
        "company id", "account id", "id компании", "код компании", "код клиента", "id клиента",
        "associated company ids", "organization id", "client id", "код контрагента",
    ),
    Field.TAX_NUMBER: ("tax number", "инн", "инн компании", "tax id", "vat number", "vat", "inn"),
    Field.DOMAIN: (
        "domain", "website", "сайт", "web", "company domain name", "сайт компании", "домен",
    ),
    Field.OWNER_ID: ("owner id", "id ответственного", "deal owner id", "код менеджера"),
    Field.OWNER_EMAIL: (
        "owner email", "owner e-mail", "почта ответственного", "e-mail ответственного",
        "deal owner email",
    ),
    Field.CONTACT: (
        "contact", "contact name", "контакт", "основной контакт", "контактное лицо",
        "contact person", "associated contact", "фио контакта", "primary contact",
    ),
    Field.CONTACT_ID: ("contact id", "id контакта", "associated contact ids"),
    Field.CONTACT_EMAIL: (
        "contact email", "email", "e-mail", "почта", "рабочий email", "эл. почта", "contact e-mail",
        "рабочий email (контакт)",
    ),
    Field.CONTACT_PHONE: (
        "contact phone", "phone", "телефон", "рабочий телефон", "рабочий телефон (контакт)",
    ),
    Field.CONTACT_ROLE: ("contact role", "роль контакта", "role", "роль", "primary role"),
    Field.CREATED_AT: (
        "created at", "created date", "дата создания", "create date", "deal created", "created",
        "дата создания сделки", "add time", "создана",
    ),
    Field.UPDATED_AT: (
        "updated at", "last modified date", "дата изменения", "update time", "last modified",
        "дата редактирования", "modified", "изменена", "updated", "дата обновления",
        "last updated", "system modstamp",
    ),
}  # fmt: skip
_OF_PIPEDRIVE: Words = {
    field: (*words, *(f"deal - {word}" for word in words)) for field, words in HEADINGS.items()
}


def guess_fields(headings: Sequence[str], known: Sequence[Columns] = ()) -> Columns:
    """What the columns most likely mean; a remembered mapping that fits goes first."""
    found = guess_columns(headings, _OF_PIPEDRIVE, known)
    if found in known:
        return found
    if Field.KIND in found and Field.STAGE not in found:
        # Where there is but one of the two, it is the stage, whatever it is called.
        found[Field.STAGE.value] = found.pop(Field.KIND)
    return {name: found[name] for name in FIELDS if name in found}

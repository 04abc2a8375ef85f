"""What a column of a list of clients can mean, and the words in its cells."""

from collections.abc import Mapping
from enum import StrEnum

from dossiers.clients.card import LONGEST_GROUP, LONGEST_LEGAL_NAME, LONGEST_NAME
from dossiers.clients.kinds import State
from dossiers.clients.tax_numbers import LONGEST
from dossiers.clients.wording import FIELD_NAMES
from wiki.lists.sorts import ListField
from wiki.locale import _l


class Field(StrEnum):
    """The meaning of a column; the codes stand behind `--map` and head the columns of an export."""

    NAME = "name"
    LEGAL_NAME = "legal_name"
    TAX_NUMBER = "tax_number"
    DOMAINS = "domains"
    PARENT = "parent"
    SEGMENT = "segment"
    COUNTRY = "country"
    REGION = "region"
    TAGS = "tags"
    STATE = "state"
    TEAM = "team"
    MANAGER = "manager"
    RESTRICTED = "restricted"


LIMITS: Mapping[str, int] = {
    Field.NAME: LONGEST_NAME,
    Field.LEGAL_NAME: LONGEST_LEGAL_NAME,
    Field.TAX_NUMBER: LONGEST,
    Field.PARENT: LONGEST_NAME,
    Field.SEGMENT: LONGEST_GROUP,
    Field.COUNTRY: LONGEST_GROUP,
    Field.REGION: LONGEST_GROUP,
}
#: What our own export and the exports of amoCRM, Bitrix24, Salesforce, HubSpot and 1С call them.
_WORDS: Mapping[Field, tuple[str, ...]] = {
    Field.NAME: (
        "name", "client name", "account name", "название", "наименование", "account", "client",
        "клиент", "company name", "название компании", "компания", "company", "контрагент",
        "организация", "краткое наименование", "organization", "organisation", "customer",
        "наименование клиента", "сокращенное наименование", "заказчик",
    ),
    Field.LEGAL_NAME: (
        "legal name", "полное наименование", "юридическое название", "юридическое лицо", "юрлицо",
        "полное название", "наименование юридического лица", "legal entity",
    ),
    Field.TAX_NUMBER: ("tax number", "инн", "tax id", "vat number", "vat", "inn", "унп", "бин"),
    Field.DOMAINS: (
        "domains", "e-mail domains", "domain", "company domain name", "website", "сайт", "домен",
        "домены", "web site", "site", "web", "www", "url", "веб-сайт", "сайт компании",
    ),
    Field.PARENT: (
        "parent", "parent company", "parent account", "subsidiary of", "головная компания",
        "материнская компания", "холдинг", "входит в", "входит в холдинг", "головной контрагент",
        "parent organization", "parent account name", "дочерняя компания для", "holding",
    ),
    Field.SEGMENT: (
        "segment", "сегмент", "sector", "industry", "отрасль", "сфера деятельности", "сектор",
        "вид деятельности", "сегмент клиента", "segment name",
    ),
    Field.COUNTRY: (
        "country", "страна", "country code", "billing country", "country/region", "код страны",
        "office location", "страна регистрации",
    ),
    Field.REGION: (
        "region", "регион", "город", "city", "область", "территория", "billing city", "location",
        "регион/город", "местоположение",
    ),
    Field.TAGS: ("tags", "теги", "метки", "labels", "тэги", "label"),
    Field.STATE: ("state", "client state", "состояние", "статус клиента", "status", "статус"),
    Field.TEAM: ("team", "команда", "отдел", "отдел продаж", "sales team"),
    Field.MANAGER: (
        "manager", "менеджер", "responsible", "ответственный", "account owner", "owner",
        "account manager", "ответственный менеджер", "company owner", "основной менеджер",
    ),
    Field.RESTRICTED: ("restricted", "ограниченный доступ", "закрытый"),
}  # fmt: skip
_FIRST = (
    Field.NAME, Field.TAX_NUMBER, Field.DOMAINS, Field.PARENT, Field.SEGMENT, Field.COUNTRY,
    Field.REGION, Field.MANAGER,
)  # fmt: skip
_NAMES = {
    **{field.value: name for field, name in FIELD_NAMES.items()},
    Field.MANAGER.value: _l("Responsible"),
    Field.RESTRICTED.value: _l("Restricted"),
}
_HELP = {
    Field.TAX_NUMBER: _l("By it a client is known first; it is checked."),
    Field.DOMAINS: _l("By them a client is known where there is no tax number."),
    Field.PARENT: _l("The name of another client, of this file or known already."),
    Field.COUNTRY: _l("Its name in Russian or English, or its code."),
    Field.TAGS: _l("Divided by commas; they are added to those that are there."),
    Field.TEAM: _l("The name of a team of ours."),
    Field.MANAGER: _l("Name or e-mail address of a colleague."),
    Field.RESTRICTED: _l("Yes or no; for new clients only."),
}
FIELDS: Mapping[str, ListField] = {
    field.value: ListField(
        _NAMES[field.value], _WORDS[field], _HELP.get(field, ""), field in _FIRST
    )
    for field in Field
}

STATES: Mapping[str, State] = {
    "prospect": State.PROSPECT, "потенциальный": State.PROSPECT, "лид": State.PROSPECT,
    "lead": State.PROSPECT,
    "active": State.ACTIVE, "active client": State.ACTIVE, "действующий": State.ACTIVE,
    "активный": State.ACTIVE,
    "dormant": State.DORMANT, "спящий": State.DORMANT, "inactive": State.DORMANT,
    "former": State.FORMER, "бывший": State.FORMER,
    "archived": State.ARCHIVED, "in the archive": State.ARCHIVED, "в архиве": State.ARCHIVED,
}  # fmt: skip
YES = frozenset(("yes", "true", "1", "да", "y", "д", "+", "x", "х"))
NO = frozenset(("no", "false", "0", "нет", "n", "н", "-"))

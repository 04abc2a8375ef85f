"""What a column of a file can mean."""

from enum import StrEnum


class Field(StrEnum):
    """The meaning of a column; the codes stand behind `--map` and head the columns of an export."""

    POSITION = "position"
    REPORTS_TO = "reports_to"
    TITLE = "title"
    UNIT = "unit"
    KIND = "kind"
    PERSON = "person"
    ACTING = "acting"
    MAIN = "main"
    SINCE = "since"
    EMAIL = "email"
    PHONE = "phone"
    ROLE = "role"
    ATTITUDE = "attitude"
    POWER = "power"
    ORIENTATION = "orientation"
    DOTTED = "dotted"
    ASSISTANT_TO = "assistant_to"
    INFLUENCES = "influences"
    KNOWN = "known"
    ORDER = "order"
    CODE = "code"
    PERSON_NUMBER = "person_number"
    SOURCE = "source"
    CONFIDENCE = "confidence"
    NOTE = "note"


#: Field → heading of its column.
Mapping = dict[Field, str]

#: The words by which the headings of people's files are known, best first, folded by `fold_title`.
HEADINGS: dict[Field, tuple[str, ...]] = {
    Field.POSITION: (
        "position", "номер позиции", "номер должности", "табельный номер должности", "id позиции",
        "id должности", "код должности", "код позиции", "код штатной единицы", "штатная единица",
        "номер штатной единицы", "№ штатной единицы", "№ позиции", "№ должности", "№ поз",
        "position number", "position no", "pos no", "pos number", "position id", "position code",
        "post unique reference", "post reference", "post id", "post no", "id", "код", "номер", "№",
        "no", "number", "employee id", "табельный номер",
    ),
    Field.REPORTS_TO: (
        "reports to", "reports to senior post", "reports to position", "reporting senior post",
        "подчиняется", "кому подчиняется", "подчинение", "непосредственный руководитель",
        "вышестоящая должность", "вышестоящая", "код руководителя", "номер руководителя",
        "manager", "manager id", "manager no", "manager position", "supervisor", "parent",
        "parent id", "parent position", "boss", "reports", "руководитель", "начальник",
        "вышестоящий", "id руководителя", "№ руководителя", "родитель",
    ),
    Field.TITLE: (
        "title", "job title", "должность", "наименование должности", "название должности",
        "position title", "position name", "job", "role title", "post", "позиция", "название",
    ),
    Field.UNIT: (
        "unit", "подразделение", "отдел", "department", "structural unit", "division",
        "structural subdivision", "структурное подразделение", "департамент", "управление",
        "служба", "org unit", "team", "business unit", "дирекция",
    ),
    Field.KIND: ("kind", "вид должности", "вид", "тип должности", "position kind"),
    Field.PERSON: (
        "person", "фио", "ф.и.о.", "ф. и. о.", "сотрудник", "имя", "full name", "name",
        "фамилия имя отчество", "фамилия, имя, отчество", "employee", "employee name", "holder",
        "incumbent", "contact", "контакт", "человек", "контактное лицо", "фамилия", "работник",
    ),
    Field.ACTING: ("acting", "и.о.", "ио", "врио", "и. о.", "исполняющий обязанности"),
    Field.MAIN: ("main", "основная", "основное место", "основная должность", "primary"),
    Field.SINCE: (
        "since", "с какого дня", "в должности с", "с даты", "дата назначения", "start date",
        "from", "started", "назначен", "start", "работает с", "дата начала",
    ),
    Field.EMAIL: (
        "email", "e-mail", "эл. почта", "электронная почта", "почта", "mail", "contact e-mail",
        "email address", "e-mail address", "адрес электронной почты", "contact email",
    ),
    Field.PHONE: (
        "phone", "телефон", "тел", "тел.", "contact phone", "telephone", "mobile", "моб. телефон",
        "phone number", "номер телефона", "мобильный", "мобильный телефон", "рабочий телефон",
    ),
    Field.ROLE: ("role", "roles", "роль", "роль в решении", "decision role", "роли"),
    Field.ATTITUDE: ("attitude", "отношение", "отношение к нам"),
    Field.POWER: ("power", "вес", "влиятельность", "political weight"),
    Field.ORIENTATION: ("orientation", "чем руководствуется", "мотив"),
    Field.DOTTED: ("dotted", "dotted line", "функциональное подчинение", "matrix manager"),
    Field.ASSISTANT_TO: ("assistant to", "помощник кого", "чей помощник"),
    Field.INFLUENCES: ("influences",),
    Field.KNOWN: ("known",),
    Field.ORDER: ("order", "порядок", "rank"),
    Field.CODE: ("code",),
    Field.PERSON_NUMBER: ("person number",),
    Field.SOURCE: ("source", "источник"),
    Field.CONFIDENCE: ("confidence", "уверенность"),
    Field.NOTE: ("note", "notes", "примечание", "примечания", "комментарий", "заметка", "comment"),
}  # fmt: skip

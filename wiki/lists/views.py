"""The browser's door for lists: the same pages for every sort, at the addresses of each."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
)
from flask.typing import ResponseReturnValue

from wiki.accounts.access import actor, needs
from wiki.accounts.rules import may
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Missing, Refusal
from wiki.lists.choosing import from_json, remembered
from wiki.lists.jobs import MANY
from wiki.lists.mappings import saved_mappings
from wiki.lists.models import ListLoad
from wiki.lists.plans import EVERY_OTHER, Chosen, Plan
from wiki.lists.report import column_of, refusal_of, refused_csv
from wiki.lists.services import (
    DONE,
    SENT,
    WAITING,
    choose,
    chosen_of,
    discard,
    hand_over,
    job_of,
    load_visible_to,
    loads_visible_to,
    read_again,
    send_list,
    sheet_of,
    start,
)
from wiki.lists.sheets import Sheet
from wiki.lists.sorts import Sort
from wiki.lists.writing import Order, write_list
from wiki.locale import _, say
from wiki.pages.forms import whole_number
from wiki.pages.views.blueprint import desk
from wiki.tables.mapping import columns_left
from wiki.tables.reading import ENCODINGS
from wiki.tables.tables import LARGEST_FILE


def add_addresses(blueprint: Blueprint, sort: Sort) -> None:
    """Let lists of this sort be sent at its address."""
    pages, one = ListPages(sort), f"{sort.address}/<int:load_id>"
    doors: tuple[tuple[str, str, Callable[..., ResponseReturnValue]], ...] = (
        ("GET", sort.address, pages.begin),
        ("POST", sort.address, pages.send),
        ("GET", one, pages.show),
        ("POST", one, pages.choose),
        ("GET", f"{one}/preview", pages.preview),
        ("POST", f"{one}/write", pages.write),
        ("GET", f"{one}/progress", pages.progress),
        ("GET", f"{one}/refused.csv", pages.refused),
        ("POST", f"{one}/discard", pages.discard),
    )
    for method, address, view in doors:
        name = f"list_{sort.code}_{view.__name__}"
        blueprint.add_url_rule(address, name, needs(sort.permission)(view), methods=[method])
    sending = f"{blueprint.name}.list_{sort.code}_send"
    blueprint.url_value_preprocessor(lambda endpoint, _values: _limit(endpoint == sending, sort))


def _limit(is_sending: bool, sort: Sort) -> None:
    # Here and not in the view: the check against forgery reads the form before any view.
    if is_sending and actor().is_authenticated and may(actor(), sort.permission):
        request.max_content_length = LARGEST_FILE + 100_000


class ListPages:
    """The pages of one sort."""

    def __init__(self, sort: Sort) -> None:
        self._sort = sort

    def begin(self, problem: str = "") -> str:
        """Choose a file; below it one's latest lists."""
        loads = loads_visible_to(fresh_reading(), actor(), self._sort)
        return self._page("send", loads=loads, problem=problem, limit=LARGEST_FILE)

    def send(self) -> ResponseReturnValue:
        """Keep the file and go on to its columns."""
        sent = request.files.get("file")
        if sent is None or not sent.filename:
            return self.begin(_("Choose a file first.")), 422
        try:
            with transaction() as session:
                load = send_list(session, actor(), self._sort, sent.filename, sent.read())
        except Refusal as refusal:
            return self.begin(say(refusal)), refusal.status
        finally:
            sent.close()
        return redirect(self._address(load))

    def show(self, load_id: int) -> ResponseReturnValue:
        """What the columns mean; the progress, or the report, of a list that was started."""
        load = self._load(load_id)
        if load.state == DONE:
            return self._page("report", load=load, report=load.report, sentence_of=_sentence_of)
        job = job_of(reading(), load)
        if load.state == WAITING:
            return self._page("under_way", load=load, job=job)
        return self._columns(load, (job.error if job and job.state == "failed" else "") or "")

    def choose(self, load_id: int) -> ResponseReturnValue:
        """Keep what was chosen, and show what would happen; or read it in another encoding."""
        again = request.form.get("deed") == "read"
        try:
            with transaction() as session:
                load = load_visible_to(session, actor(), self._sort, load_id)
                sheet = read_again(load, request.form.get("encoding", ""))
                if not again:
                    name = request.form.get("remember", "")
                    choose(session, actor(), self._sort, load, sheet, self._chosen(), name)
        except Missing:
            raise
        except Refusal as refusal:
            return self._refused(load_id, refusal, self._columns)
        return redirect(self._address(load, "" if again else "/preview"))

    def preview(self, load_id: int) -> ResponseReturnValue:
        """What would happen, without doing it."""
        load = self._load(load_id)
        if load.state != SENT:
            return redirect(self._address(load))
        try:
            return self._preview(load)
        except Missing:
            raise
        except Refusal as refusal:
            return self._columns(load, say(refusal)), refusal.status

    def write(self, load_id: int) -> ResponseReturnValue:
        """Write it; a long list is left to the worker."""
        try:
            with transaction() as session:
                load = load_visible_to(session, actor(), self._sort, load_id)
                sheet = sheet_of(load)
                chosen = chosen_of(session, actor(), self._sort, load, sheet)
                start(session, actor(), load)
                if len(sheet.rows) > MANY:
                    hand_over(session, actor(), load)
        except Missing:
            raise
        except Refusal as refusal:
            return self._refused(load_id, refusal, self._preview)
        if len(sheet.rows) <= MANY:
            self._write(load_id, Order(self._sort, actor(), sheet, chosen))
        return redirect(self._address(load))

    def _write(self, load_id: int, order: Order) -> None:
        try:
            write_list(desk(), order, load_id)
        except Exception:
            with transaction() as session:
                load_visible_to(session, actor(), self._sort, load_id).state = SENT
            raise
        flash(str(self._sort.words.done), "success")

    def progress(self, load_id: int) -> Response:
        """Whether it is still under way; when it has ended, the browser loads the page anew."""
        load = self._load(load_id)
        html = render_template("wiki/lists/_progress.html", job=job_of(reading(), load))
        answer = make_response(html)
        if load.state != WAITING:
            answer.headers["HX-Refresh"] = "true"
        return answer

    def refused(self, load_id: int) -> Response:
        """The refused rows with their reasons, in the columns of the file."""
        load = self._load(load_id)
        text = load.refused
        if load.state == SENT:
            sheet = sheet_of(load)
            text = refused_csv(self._planned(load, sheet)[0], sheet)
        if not text:
            raise Missing("No row was refused.")
        name = f"refused-{load.id}.csv"
        answer = send_file(
            BytesIO(text.encode()), "text/csv", as_attachment=True, download_name=name, max_age=None
        )
        answer.headers["Cache-Control"] = "private, no-store"
        return answer

    def discard(self, load_id: int) -> ResponseReturnValue:
        """Forget a list that was not written."""
        with transaction() as session:
            discard(session, load_visible_to(session, actor(), self._sort, load_id))
        flash(_("The file is forgotten. Nothing of it was written."))
        return redirect(self._sort.address)

    def _load(self, load_id: int) -> ListLoad:
        return load_visible_to(reading(), actor(), self._sort, load_id)

    def _address(self, load: ListLoad, part: str = "") -> str:
        return f"{self._sort.address}/{load.id}{part}"

    def _refused(
        self, load_id: int, refusal: Refusal, page: Callable[[ListLoad, str], str]
    ) -> ResponseReturnValue:
        load = load_visible_to(fresh_reading(), actor(), self._sort, load_id)
        if load.state != SENT:
            return redirect(self._address(load))
        return page(load, say(refusal)), refusal.status

    def _columns(self, load: ListLoad, problem: str = "") -> str:
        sheet, saved = sheet_of(load), saved_mappings(reading(), self._sort.code)
        asked = whole_number(request.args.get("mapping"))
        taken = next((one for one in saved if one.id == asked), None)
        chosen = (
            remembered(reading(), actor(), self._sort, taken) if taken else from_json(load.choice)
        )
        return self._page(
            "columns",
            load=load,
            problem=problem,
            sheet=sheet,
            chosen=chosen,
            left=columns_left(sheet.headings, chosen.columns),
            every_other=EVERY_OTHER,
            saved=saved,
            asked=asked,
            fields=self._sort.fields(reading()),
            settings=self._sort.settings(reading(), actor()),
            encodings=ENCODINGS,
        )

    def _preview(self, load: ListLoad, problem: str = "") -> str:
        sheet = sheet_of(load)
        plan, chosen = self._planned(load, sheet)
        kept = chosen.kept(sheet.headings) if self._sort.words.kept is not None else ()
        return self._page(
            "preview",
            load=load,
            problem=problem,
            plan=plan,
            cells={row.number: row.cells for row in sheet.rows if row.number in plan.refused},
            kept=kept,
            left=[h for h in columns_left(sheet.headings, chosen.columns) if h not in kept],
            many=len(sheet.rows) > MANY,
            column_of=column_of,
        )

    def _planned(self, load: ListLoad, sheet: Sheet) -> tuple[Plan, Chosen]:
        chosen = chosen_of(reading(), actor(), self._sort, load, sheet)
        return self._sort.plan(reading(), actor(), sheet, chosen), chosen

    def _chosen(self) -> Chosen:
        typed = request.form
        columns = {code: typed.get(f"column-{code}", "") for code in self._sort.fields(reading())}
        settings = {
            one.code: typed.get(f"setting-{one.code}", "")
            for one in self._sort.settings(reading(), actor())
        }
        offered, kept = typed.getlist("offered"), typed.getlist("keep")
        return Chosen(columns, settings, tuple(h for h in offered if h not in kept))

    def _page(self, name: str, **values: Any) -> str:
        return render_template(f"wiki/lists/{name}.html", sort=self._sort, **values)


def _sentence_of(line: Any) -> str:
    """The sentence of a line of a report, in the reader's language."""
    return say(refusal_of(line))

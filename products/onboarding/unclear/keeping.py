"""Marks move with their sentences when a page is saved; one whose sentence is gone says so."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from products.onboarding.kinds import MarkState
from products.onboarding.models import UnclearMark
from products.onboarding.unclear.anchoring import around_of, find, follow
from products.onboarding.unclear.sentences import Sentence, sentences_in
from products.onboarding.unclear.wording import GONE, TOPIC
from wiki.accounts.actor import Actor
from wiki.pages.models import Page, Revision
from wiki.pages.watching.notifying import News, tell_only

_FOLLOWED = (MarkState.OPEN, MarkState.ANSWERED)
_MOST = 200


def follow_marks(
    session: Session, actor: Actor, page: Page, before: Revision | None, revision: Revision
) -> None:
    """Find the sentences of a page's marks again; one statement, none when the text is the same."""
    if before is None or before.html == revision.html:
        return
    wanted = (
        select(UnclearMark)
        .where(UnclearMark.page_id == page.id, UnclearMark.state.in_(_FOLLOWED))
        .order_by(UnclearMark.id.desc())
    )
    marks = session.scalars(wanted.limit(_MOST)).all()
    if not marks:
        return
    lost = _move(marks, before, revision)
    if lost:
        news = News(TOPIC, GONE, revision.number - 1, revision.number)
        tell_only(session, actor, page, news, {mark.asked_by for mark in lost})


def put_on(mark: UnclearMark, sentences: Sequence[Sentence], number: int, version: int) -> None:
    """Let a mark stand on this sentence of a version."""
    place = sentences[number]
    now = mark.now or {}
    changed = version if now.get("text", mark.quote) != place.text else now.get("changed")
    before, after = around_of([one.text for one in sentences], number)
    mark.now = {"start": place.start, "text": place.text, "changed": changed}
    mark.before, mark.after, mark.gone_since = before, after, None


def find_anew(mark: UnclearMark, sentences: Sequence[Sentence], version: int) -> None:
    """Put a mark on its words when they stand on the page; else it says that they are gone."""
    texts, around = [one.text for one in sentences], (mark.before, mark.after)
    number = find(_text_of(mark), around, texts)
    number = find(mark.quote, around, texts) if number is None else number
    if number is None:
        mark.gone_since = mark.gone_since or version
    else:
        put_on(mark, sentences, number, version)


def _move(marks: Sequence[UnclearMark], before: Revision, revision: Revision) -> list[UnclearMark]:
    """Move the marks; those whose sentences went with this version."""
    old, new = sentences_in(before.html), sentences_in(revision.html)
    numbers = {one.start: number for number, one in enumerate(old)}
    texts = [one.text for one in old]
    stood = {m.id: _number(m, numbers, texts) for m in marks if m.gone_since is None}
    places = {number for number in stood.values() if number is not None}
    went = follow(texts, places, [one.text for one in new])
    lost = []
    for mark in marks:
        number = stood.get(mark.id)
        to = went[number] if number is not None else None
        if to is not None:
            put_on(mark, new, to, revision.number)
        elif number is None:
            find_anew(mark, new, revision.number)
        else:
            mark.gone_since = revision.number
            lost.append(mark)
    return lost


def _number(mark: UnclearMark, numbers: dict[int, int], texts: Sequence[str]) -> int | None:
    """Which sentence of the version before the mark stood on."""
    number = numbers.get(mark.now.get("start", -1))
    if number is not None and texts[number] == _text_of(mark):
        return number
    return find(_text_of(mark), (mark.before, mark.after), texts)


def _text_of(mark: UnclearMark) -> str:
    return str((mark.now or {}).get("text", mark.quote))

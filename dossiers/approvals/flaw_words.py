"""What is wrong with a path, in sentences, for whoever edits or reads it."""

from collections.abc import Iterable, Iterator

from dossiers.approvals.condition_words import money_words
from dossiers.approvals.document import PathDocument
from dossiers.approvals.purchases import AmountGap
from dossiers.approvals.steps import Flaw, flaws_of
from wiki.locale import _


def flaws_words(document: PathDocument) -> list[str]:
    """Everything that is wrong with the path; one sentence each."""
    return list(_sentences(flaws_of(document.by_code, document.currency), document))


def _sentences(flaws: Iterable[Flaw], document: PathDocument) -> Iterator[str]:
    for flaw in flaws:
        if flaw.gap is not None:
            yield _gap(flaw.gap)
        else:
            yield _(
                "The condition of «%(title)s» is never met: its amounts end before they begin.",
                title=document.by_code[flaw.step].title,
            )


def _gap(gap: AmountGap) -> str:
    if gap.end is None and not gap.start:
        return _("For no amount is it certain who signs.")
    if gap.end is None:
        return _("Nobody is sure to sign from %(start)s on.", start=_start(gap))
    if not gap.start:
        return _(
            "Nobody is sure to sign below %(end)s.",
            end=money_words(gap.end, gap.currency),
        )
    return _(
        "Nobody is sure to sign from %(start)s to %(end)s.",
        start=_start(gap),
        end=money_words(gap.end, gap.currency),
    )


def _start(gap: AmountGap) -> str:
    return money_words(gap.start, gap.currency)

"""What all steps of one import share."""

from dataclasses import dataclass, field

from wiki.accounts.actor import EVERYONE, Actor
from wiki.errors import Refusal
from wiki.pages.addresses import page_url, slug_of
from wiki.pages.saving import Desk
from wiki.pages.transfer.attaching import Attacher
from wiki.pages.transfer.known import Known
from wiki.pages.transfer.outlines import Outline, Wishes
from wiki.pages.transfer.planning import Plan
from wiki.pages.transfer.reading import Tree
from wiki.pages.transfer.report import Report


@dataclass
class Ground:
    """One import: who, from where, with which wishes, what is planned and what is here already.

    `known` and `ids` are by source, `people` by mail address in small letters, `teams` by name.
    """

    desk: Desk
    actor: Actor
    tree: Tree
    wishes: Wishes
    report: Report
    plan: Plan
    attacher: Attacher
    known: dict[str, Known] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)

    def address_of(self, outline: Outline) -> str:
        """The address that the page of this outline has or will have."""
        return page_url(self.ids.get(outline.source, 0), slug_of(outline.title))

    def audience_of(self, outline: Outline) -> str:
        """Whom the page is for. Raises `Refusal` when the actor is not among them."""
        name = outline.head.audience or EVERYONE
        if name.startswith("team:"):
            name = f"team:{self.teams.get(name.removeprefix('team:'), 0)}"
        if name not in self.actor.audiences:
            raise Refusal("It is for people you do not belong to, so it was left out.")
        return name

    def owner_of(self, outline: Outline) -> int | None:
        """The id of the owner: the one named, else whoever imports; our own files may have none."""
        owner = outline.head.owner
        if owner is None:
            return None if outline.head.own else self.actor.id
        found = self.people.get(owner.strip().casefold())
        if found is None:
            why = Refusal("Its owner %(owner)s is not here, so you own it now.", owner=owner)
            self.report.remark(outline.path, why)
        return found or self.actor.id

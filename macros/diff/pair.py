"""One explainer before and after a change, with what both sides know about names and ids."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from macros.diff.sentences import Sentence, say
from macros.drift import Project
from macros.load import Loaded
from macros.model import SECTIONS, Authored, Explainer, Identified, Redirect

NOUNS = {
    "takeaways": "Takeaway",
    "actors": "Actor",
    "timeline": "Event",
    "obstacles": "Obstacle",
    "next_steps": "Next step",
    "issues": "Issue",
    "sources": "Source",
}
WENT = {"moved": "moved to", "split": "split into", "merged": "merged into"}


@dataclass(frozen=True)
class Pair:
    """An explainer that both sides can read."""

    slug: str
    old: Explainer
    new: Explainer
    before: Project
    now: Project
    day: date

    def name(self, actor: str) -> str:
        """An actor's name; the id where nobody says who they are."""
        found = self.now.loaded.actors.get(actor) or self.before.loaded.actors.get(actor)
        return found.name if found else actor

    def whose(self, actor: str) -> str:
        """An actor's name in the genitive: China's, the United States'."""
        name = self.name(actor)
        return f"{name}'" if name.endswith("s") else f"{name}'s"

    def issue(self, id_: str) -> str:
        return self.new.issues.get(id_) or self.old.issues.get(id_) or id_

    def kept(self, section: str) -> list[tuple[Identified, Identified]]:
        """The records of a section that both sides have, old and new."""
        old, new = getattr(self.old, section), getattr(self.new, section)
        return [(old[id_], record) for id_, record in new.items() if id_ in old]

    def added(self, section: str) -> list[str]:
        """The ids that stand in a section now and did not before, not even unreadably."""
        known = written(self.before.loaded, self.slug, section)
        return [id_ for id_ in getattr(self.new, section) if id_ not in known]

    def gone(self, section: str) -> list[str]:
        """The ids that stood in a section before and do not now, not even unreadably."""
        known = written(self.now.loaded, self.slug, section)
        return [id_ for id_ in getattr(self.old, section) if id_ not in known]

    def incomparable(self, section: str) -> list[str]:
        """The ids that both sides have and one of them cannot read."""
        both = set(written(self.before.loaded, self.slug, section)) & set(written(self.now.loaded, self.slug, section))
        read = set(getattr(self.old, section)) & set(getattr(self.new, section))
        return sorted(both - read)


def written(loaded: Loaded, slug: str, section: str) -> list[str]:
    """The ids in a section of an explainer's file, also those of records that could not be read."""
    document = loaded.documents.get(f"data/explainers/{slug}.yml")
    return document.keys(section) if document else []


def removed(pair: Pair, section: str) -> Iterable[Sentence]:
    """Each id of a section that is gone, and where it leads now."""
    elsewhere = {id_ for other in (*SECTIONS, "issues") for id_ in written(pair.now.loaded, pair.slug, other)}
    for id_ in pair.gone(section):
        redirect = redirected(pair.now.loaded, f"{pair.slug}/{id_}")
        if id_ in elsewhere:
            yield say("record-elsewhere", NOUNS[section], id_, record=id_)
        elif redirect:
            yield say("record-redirected", NOUNS[section], id_, WENT[redirect.kind], redirect.to, record=id_)
        else:
            yield say("record-removed", NOUNS[section], id_, record=id_)


def redirected(loaded: Loaded, address: str) -> Redirect | None:
    """What data/redirects.yml says about an old slug, actor or record."""
    return next((redirect for redirect in loaded.redirects if redirect.from_ == address), None)


def changed_fields(old: Authored, new: Authored, *, but: Iterable[str] = ()) -> list[str]:
    """The fields in which two versions differ, as they are typed."""
    fields = type(new).model_fields
    return [
        info.alias or name
        for name, info in fields.items()
        if name not in but and getattr(old, name) != getattr(new, name)
    ]


def changed(noun: str, id_: str, old: Authored, new: Authored, *, but: Iterable[str] = ()) -> Iterable[Sentence]:
    """What else differs in a record, by the names of its fields."""
    fields = changed_fields(old, new, but=but)
    if fields:
        yield say("record-changed", noun, id_, tuple(fields), record=id_)

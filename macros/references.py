"""Whatever a record names by its id exists, and no two records share an id. Each rule is one small function."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from macros.documents import Document
from macros.model import SECTIONS, TODO_SOURCE, Explainer, Sourced, walk
from macros.problems import Mistake, Problem, did_you_mean

Loc = tuple[str | int, ...]


@dataclass(frozen=True)
class Facts:
    """One explainer's facts as its rules see them."""

    slug: str
    explainer: Explainer
    document: Document
    actors: frozenset[str]
    slugs: frozenset[str]

    def ids(self, *sections: str) -> set[str]:
        """The ids in these sections, also those of records that could not be read."""
        if sections not in self._ids:
            self._ids[sections] = {id_ for section in sections for id_ in self.document.keys(section)}
        return self._ids[sections]

    @cached_property
    def _ids(self) -> dict[tuple[str, ...], set[str]]:
        return {}

    def problem(self, code: str, what: str, mend: str, loc: Loc, *, key: bool = False) -> Problem:
        return self.document.problem(Mistake(code, what, mend), loc, key=key)


def actor_files(facts: Facts) -> Iterator[Problem]:
    """Every actor of an explainer has a file that says who they are."""
    for id_ in facts.explainer.actors:
        if id_ not in facts.actors:
            mend = f"Add data/actors/{id_}.yml. {did_you_mean(id_, facts.actors)}"
            yield facts.problem("unknown-actor", f"there is no actor `{id_}`", mend, ("actors", id_), key=True)


def unique_ids(facts: Facts) -> Iterator[Problem]:
    """An id is an anchor on the page, so no two records share one."""
    home: dict[str, str] = {}
    for section in (*SECTIONS, "issues"):
        for id_ in facts.document.keys(section):
            if home.setdefault(id_, section) != section:
                what = f"the id `{id_}` is already used under `{home[id_]}`"
                yield facts.problem("id-used-twice", what, "Give this one another id", (section, id_), key=True)


def named_sources(facts: Facts) -> Iterator[Problem]:
    for loc, item in _attested(facts.explainer):
        yield from _unknown(facts, "source", item.sources, ("sources",), (*loc, "sources"))
    for id_, source in facts.explainer.sources.items():
        named = [source.derives_from] if source.derives_from else []
        yield from _unknown(facts, "source", named, ("sources",), ("sources", id_, "derives_from"))


def named_actors(facts: Facts) -> Iterator[Problem]:
    explainer = facts.explainer
    named: list[tuple[Iterable[str], Loc]] = []
    named += [((r.from_,), ("relations", i, "from")) for i, r in enumerate(explainer.relations)]
    named += [((r.to,), ("relations", i, "to")) for i, r in enumerate(explainer.relations)]
    named += [((s.actor,), ("stances", i, "actor")) for i, s in enumerate(explainer.stances)]
    named += [(event.actors, ("timeline", id_, "actors")) for id_, event in explainer.timeline.items()]
    named += [(obstacle.held_by, ("obstacles", id_, "held_by")) for id_, obstacle in explainer.obstacles.items()]
    named += [(step.by, ("next_steps", id_, "by")) for id_, step in explainer.next_steps.items()]
    for ids, loc in named:
        yield from _unknown(facts, "actor", ids, ("actors",), loc)


def named_records(facts: Facts) -> Iterator[Problem]:
    for i, stance in enumerate(facts.explainer.stances):
        yield from _unknown(facts, "issue", [stance.issue], ("issues",), ("stances", i, "issue"))
    for id_, obstacle in facts.explainer.obstacles.items():
        loc = ("obstacles", id_, "blocks")
        yield from _unknown(facts, "next step or obstacle", obstacle.blocks, ("next_steps", "obstacles"), loc)
    for i, revision in enumerate(facts.explainer.revisions):
        yield from _unknown(facts, "record", revision.about, (*SECTIONS, "issues"), ("revisions", i, "about"))


def shared_events(facts: Facts) -> Iterator[Problem]:
    """A shared event names other explainers that exist."""
    others = facts.slugs - {facts.slug}
    for id_, event in facts.explainer.timeline.items():
        for number, slug in enumerate(event.also):
            if slug not in others:
                what = f"there is no other explainer `{slug}`"
                loc = ("timeline", id_, "also", number)
                yield facts.problem("unknown-explainer", what, did_you_mean(slug, others), loc)


def _unknown(facts: Facts, kind: str, ids: Iterable[str], sections: tuple[str, ...], loc: Loc) -> Iterator[Problem]:
    if not all(facts.document.is_readable(section) for section in sections):
        return
    known = facts.ids(*sections)
    for number, id_ in enumerate(ids):
        if id_ not in known and id_ != TODO_SOURCE:
            place = loc if loc[-1] in ("from", "to", "actor", "issue", "derives_from") else (*loc, number)
            code = "unknown-" + kind.split()[-1]
            yield facts.problem(code, f"there is no {kind} `{id_}` in this file", did_you_mean(id_, known), place)


def _attested(explainer: Explainer) -> Iterator[tuple[Loc, Sourced]]:
    return ((loc, item) for loc, item in walk(explainer) if isinstance(item, Sourced))

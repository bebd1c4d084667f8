"""Editorial rules across records. Each rule is one small function that finds mistakes in one explainer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path

from macros.documents import Document
from macros.load import Loaded
from macros.model import SECTIONS, Attested, Explainer, Source, Sourced, Stance, walk
from macros.problems import Mistake, Problem, did_you_mean, quoted
from macros.provenance import INTERESTED, origins

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
        return {id_ for section in sections for id_ in self.document.keys(section)}

    def problem(self, code: str, what: str, mend: str, loc: Loc, *, key: bool = False) -> Problem:
        return self.document.problem(Mistake(code, what, mend), loc, key=key)


Rule = Callable[[Facts], Iterator[Problem]]


def check(loaded: Loaded) -> list[Problem]:
    """Every broken rule in everything that was loaded, in no particular order."""
    actors = frozenset(Path(path).stem for path in loaded.documents if path.startswith("data/actors/"))
    problems = list(_represented(loaded, actors))
    for slug, explainer in loaded.explainers.items():
        facts = Facts(slug, explainer, loaded.documents[f"data/explainers/{slug}.yml"], actors, frozenset(loaded.slugs))
        problems += [problem for rule in RULES for problem in rule(facts)]
    return problems


def _represented(loaded: Loaded, actors: frozenset[str]) -> Iterator[Problem]:
    for id_, actor in loaded.actors.items():
        if actor.represents and actor.represents not in actors:
            document = loaded.documents[f"data/actors/{id_}.yml"]
            what = f"there is no actor `{actor.represents}`"
            yield document.problem(
                Mistake("unknown-actor", what, did_you_mean(actor.represents, actors)), ("represents",)
            )


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


def _unknown(facts: Facts, kind: str, ids: Iterable[str], sections: tuple[str, ...], loc: Loc) -> Iterator[Problem]:
    known = facts.ids(*sections)
    for number, id_ in enumerate(ids):
        if id_ not in known:
            place = loc if loc[-1] in ("from", "to", "actor", "issue", "derives_from") else (*loc, number)
            code = "unknown-" + kind.split()[-1]
            yield facts.problem(code, f"there is no {kind} `{id_}` in this file", did_you_mean(id_, known), place)


def disputes(facts: Facts) -> Iterator[Problem]:
    """A disputed record is never shown without both sides."""
    for loc, item in walk(facts.explainer):
        if not isinstance(item, Attested):
            continue
        if item.confidence == "disputed" and len(item.accounts) < 2:
            what = f"a disputed record needs two accounts and has {len(item.accounts)}"
            mend = "Add `accounts:` with `{by, says, sources}` for each side"
            yield facts.problem("dispute-without-accounts", what, mend, (*loc, "confidence"))
        if item.accounts and item.confidence != "disputed":
            mend = "Write `confidence: disputed`, or leave the accounts out"
            yield facts.problem(
                "accounts-without-dispute", "accounts are for disputed records", mend, (*loc, "accounts")
            )


def blocking_obstacles(facts: Facts) -> Iterator[Problem]:
    for id_, obstacle in facts.explainer.obstacles.items():
        if not obstacle.blocks:
            mend = "Name the next steps it stands in the way of: `blocks: [n-id]`"
            yield facts.problem(
                "blocks-nothing", f"the obstacle `{id_}` blocks nothing", mend, ("obstacles", id_), key=True
            )


def cycles(facts: Facts) -> Iterator[Problem]:
    """What blocks itself, directly or through others, can never be removed."""
    graph = {id_: set(obstacle.blocks) for id_, obstacle in facts.explainer.obstacles.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        ring: list[str] = error.args[1]
        start = min(range(len(ring) - 1), key=lambda i: ring[i])
        path = " → ".join((ring[:-1] * 2)[start : start + len(ring)])
        what = f"these block each other in a circle: {path}"
        yield facts.problem("cycle", what, "Take one of them out of `blocks`", ("obstacles", ring[start], "blocks"))


def outcomes(facts: Facts) -> Iterator[Problem]:
    """An outcome comes after something was expected, or it would be no forecast."""
    for id_, step in facts.explainer.next_steps.items():
        known = step.history[0].on if step.history else step.recorded or facts.explainer.published
        if step.outcome and known and step.outcome.on < known:
            what = f"the outcome of `{id_}` is dated {step.outcome.on}, before anything was expected ({known})"
            mend = "Correct the date, or add to `history` what was expected before it"
            yield facts.problem("outcome-before-expectation", what, mend, ("next_steps", id_, "outcome", "on"))


def expectations(facts: Facts) -> Iterator[Problem]:
    """The date at the top of a next step is the newest one in its history."""
    for id_, step in facts.explainer.next_steps.items():
        newest = next((s for s in reversed(step.history) if "expected" in s.model_fields_set), None)
        if newest and newest.expected != step.expected and newest.status != "cancelled":
            what = (
                f"`{id_}` expects {step.expected or 'unknown'}, its newest history entry {newest.expected or 'unknown'}"
            )
            mend = "Make both the same, or add a history entry that says why the date moved"
            yield facts.problem("expected-differs", what, mend, ("next_steps", id_, "expected"))


def chronology(facts: Facts) -> Iterator[Problem]:
    """Lists that grow are written oldest first."""
    explainer = facts.explainer
    lists: list[tuple[Loc, list[date]]] = [
        (("assessment",), [entry.as_of for entry in explainer.assessment]),
        (("revisions",), [revision.on for revision in explainer.revisions]),
        *((("obstacles", id_, "history"), [s.on for s in o.history]) for id_, o in explainer.obstacles.items()),
        *((("next_steps", id_, "history"), [s.on for s in n.history]) for id_, n in explainer.next_steps.items()),
    ]
    for loc, days in lists:
        for number, (before, after) in enumerate(pairwise(days), start=1):
            if after < before:
                what = f"this entry is dated {after}, the one before it {before}"
                yield facts.problem("not-in-order", what, "Write the oldest first", (*loc, number))


def corrections(facts: Facts) -> Iterator[Problem]:
    """A correction shows what the page said and what it says now."""
    for number, revision in enumerate(facts.explainer.revisions):
        if revision.kind == "correction" and not (revision.was and revision.now):
            mend = "Add `was:` and `now:`"
            yield facts.problem(
                "correction-without-was-now", "a correction shows both versions", mend, ("revisions", number)
            )


def repeated_sources(facts: Facts) -> Iterator[Problem]:
    """A source cannot repeat itself, not even through others, or it would have no origin."""
    graph = {id_: {s.derives_from} if s.derives_from else set() for id_, s in facts.explainer.sources.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        ring = sorted(set(error.args[1]))
        what = f"these sources derive from each other: {quoted(ring)}"
        yield facts.problem(
            "cycle", what, "Leave `derives_from` out where the report began", ("sources", ring[0], "derives_from")
        )


def reviews(facts: Facts) -> Iterator[Problem]:
    """A page cannot have been reviewed before it was published."""
    explainer = facts.explainer
    if explainer.reviewed and explainer.published and explainer.reviewed < explainer.published:
        what = f"reviewed {explainer.reviewed}, before it was published {explainer.published}"
        yield facts.problem("reviewed-before-published", what, "Correct one of the dates", ("reviewed",))


def interested_sources(facts: Facts) -> Iterator[Problem]:
    """What only a party to the story says is told as what that party says, or it needs another source."""
    sources = facts.explainer.sources
    for loc, item in walk(facts.explainer):
        if not isinstance(item, Attested) or isinstance(item, Stance):
            continue
        known = [sources[id_] for id_ in item.sources if id_ in sources]
        interested = bool(known) and all(source.kind in INTERESTED for source in known)
        if interested and len(origins(facts.explainer, item.sources)) == 1 and not _attributes(item, known):
            what = f"this rests on {known[0].kind} alone and does not say who says so"
            mend = f"Write that {known[0].publisher} says so, or add an independent source"
            yield facts.problem("unattributed", what, mend, (*loc, "sources"))


_SAYING = re.compile(
    r"\b(says?|said|according to|reports?|reported|claims?|claimed|states?|stated|tells?|told|calls?|called"
    r"|den(y|ies|ied)|accus\w+|announce\w*|warn\w*|reject\w*|writes?|wrote|argues?|argued|account|speaks?|spoke|repeats?)\b",
    re.IGNORECASE,
)


def _attributes(item: Attested, sources: Iterable[Source]) -> bool:
    """Whether the words of a record say that they are somebody's: by a verb of saying, or by the publisher's name."""
    texts = (value for name in type(item).model_fields if isinstance(value := getattr(item, name), str))
    words = " ".join(texts)
    return bool(item.accounts or _SAYING.search(words)) or any(source.publisher in words for source in sources)


def shared_events(facts: Facts) -> Iterator[Problem]:
    """A shared event names other explainers that exist."""
    others = facts.slugs - {facts.slug}
    for id_, event in facts.explainer.timeline.items():
        for number, slug in enumerate(event.also):
            if slug not in others:
                what = f"there is no other explainer `{slug}`"
                loc = ("timeline", id_, "also", number)
                yield facts.problem("unknown-explainer", what, did_you_mean(slug, others), loc)


RULES: tuple[Rule, ...] = (
    actor_files, unique_ids, named_sources, named_actors, named_records, disputes, blocking_obstacles,
    cycles, outcomes, expectations, chronology, corrections, repeated_sources, reviews,
    interested_sources, shared_events,
)  # fmt: skip


def _attested(explainer: Explainer) -> Iterator[tuple[Loc, Sourced]]:
    return ((loc, item) for loc, item in walk(explainer) if isinstance(item, Sourced))

"""What the facts rest on after a change: sources that came and went, and facts that lack a second one."""

from __future__ import annotations

from collections.abc import Iterator

from macros.diff.pair import NOUNS, Pair, changed, removed
from macros.diff.sentences import Sentence, say
from macros.diff.spans import counted
from macros.model import Explainer, Source
from macros.provenance import cited, origins


def sources(pair: Pair) -> Iterator[Sentence]:
    added = pair.added("sources")
    if added:
        yield say("sources-added", counted(len(added), "source"), tuple(added))
    for old, new in pair.kept("sources"):
        if old != new:
            yield from changed("Source", new.id, old, new)
    for id_ in pair.incomparable("sources"):
        yield say("record-unreadable", NOUNS["sources"], id_, record=id_)
    yield from removed(pair, "sources")


def support(pair: Pair) -> Iterator[Sentence]:
    """Facts without a second source, and without any, among those that are new or changed; and how many in all."""
    known = pair.old.records
    touched = [id_ for id_, record in pair.new.records.items() if record != known.get(id_)]
    yield from _lacking(pair.new, touched)
    before, now = (len(facts_with(explainer, 1)) for explainer in (pair.old, pair.new))
    if before != now:
        yield say("single-in-all", counted(now, "fact"), str(before))


def whole_support(explainer: Explainer) -> Iterator[Sentence]:
    """The same of an explainer that is new."""
    yield from _lacking(explainer, list(explainer.records))


def _lacking(explainer: Explainer, ids: list[str]) -> Iterator[Sentence]:
    for kind, number in (("unsourced", 0), ("single", 1)):
        lacking = [id_ for id_ in facts_with(explainer, number) if id_ in ids]
        if lacking:
            yield say(kind, counted(len(lacking), "fact"), tuple(lacking))


def facts_with(explainer: Explainer, number: int) -> list[str]:
    """The ids of the facts that rest on so many independent sources."""
    facts = ((id_, record) for id_, record in explainer.records.items() if not isinstance(record, Source))
    return [id_ for id_, record in facts if len(origins(explainer, cited(record))) == number]

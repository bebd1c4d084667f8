"""What happened to stances, relations, issues and open questions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from macros import derive
from macros.diff.pair import Pair, changed_fields, removed
from macros.diff.sentences import Sentence, say
from macros.model import Relation, Stance


def stances(pair: Pair) -> Iterator[Sentence]:
    """Positions that moved, by actor and issue, and every other entry that came, went or was edited."""
    before, now = (derive.stance_history(explainer.stances) for explainer in (pair.old, pair.new))
    for actor, issue in dict.fromkeys([*now, *before]):
        old, new = before.get((actor, issue), []), now.get((actor, issue), [])
        if old != new:
            yield from _stance(pair.whose(actor), pair.issue(issue), old, new)


def _stance(whose: str, issue: str, old: list[Stance], new: list[Stance]) -> Iterator[Sentence]:
    came, went = [s for s in new if s not in old], [s for s in old if s not in new]
    moved = bool(new and old) and derive.has_moved([new[0], old[0]])
    newer = bool(new) and new[0] in came and (not old or new[0].on.order > old[0].on.order)
    if new and not old:
        yield say("stance-taken", whose, issue, new[0].position)
    elif moved:
        yield say("stance-moved", whose, issue, old[0].position, new[0].position)
    elif newer:
        yield say("stance-held", whose, issue, new[0].position, new[0].on)
    told = new[:1] if moved or newer else []
    yield from _entries(whose, issue, [s for s in came if s not in told], went, told)


def _entries(whose: str, issue: str, came: list[Stance], went: list[Stance], told: list[Stance]) -> Iterator[Sentence]:
    days = {stance.on.text for stance in went}
    for stance in came:
        if stance.on.text in days:
            yield say("stance-edited", whose, issue, stance.on)
        else:
            yield say("stance-earlier", whose, issue, stance.position, stance.on)
    kept = {stance.on.text for stance in (*came, *told)}
    for stance in went:
        if stance.on.text not in kept:
            yield say("stance-removed", whose, issue, stance.on)


def relations(pair: Pair) -> Iterator[Sentence]:
    """Relations that came, changed or went; two that join the same actors in the same way are one."""
    old, new = (list(explainer.relations) for explainer in (pair.old, pair.new))
    came, went = [r for r in new if r not in old], [r for r in old if r not in new]
    for relation in came:
        before = next((r for r in went if _key(r) == _key(relation)), None)
        if before:
            went.remove(before)
            fields = tuple(changed_fields(before, relation))
            yield say("relation-changed", *_ends(pair, relation), fields)
        else:
            yield say("relation-added", *_ends(pair, relation), relation.text)
    yield from (say("relation-removed", *_ends(pair, relation), relation.text) for relation in went)


def _key(relation: Relation) -> tuple[str, str, str]:
    return relation.from_, relation.to, relation.kind


def _ends(pair: Pair, relation: Relation) -> tuple[str, str]:
    return pair.name(relation.from_), pair.name(relation.to)


def issues(pair: Pair) -> Iterator[Sentence]:
    old, new = pair.old.issues, pair.new.issues
    yield from (say("record-added", "Issue", id_, new[id_], record=id_) for id_ in pair.added("issues"))
    for id_ in new:
        if id_ in old and old[id_] != new[id_]:
            yield say("issue-reworded", id_, new[id_], record=id_)
    yield from removed(pair, "issues")


def questions(pair: Pair) -> Iterator[Sentence]:
    old, new = pair.old.open_questions, pair.new.open_questions
    yield from chain(
        (say("question-added", question) for question in new if question not in old),
        (say("question-removed", question) for question in old if question not in new),
    )

"""What happened to an explainer as a whole: its article, its assessment, its reviews, and what its readers are told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from macros import derive
from macros.articles import Article
from macros.dates import spoken
from macros.diff.pair import Pair
from macros.diff.sentences import Sentence, say
from macros.diff.spans import counted
from macros.model import Explainer, Revision
from macros.problems import Problem
from macros.words import CHANGES

_CALLS = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_LARGE = 4_000_000  # pairs to compare; longer lists count as wholly different


def article(old: Article | None, new: Article | None) -> Iterator[Sentence]:
    """How the head and the words of an article changed."""
    if not old or not new:
        yield from [say("article-added")] if new else [say("article-removed")] if old else []
        return
    if new.front.title != old.front.title:
        yield say("title", old.front.title, new.front.title)
    if new.front.description != old.front.description:
        yield say("description", *(f"“{a.front.description}”" if a.front.description else "" for a in (old, new)))
    if new.front.tags != old.front.tags:
        yield say("topics", old.front.tags, new.front.tags)
    if new.body != old.body:
        added, gone = words_changed(old.body, new.body)
        yield say("words", counted(added, "word"), str(gone)) if added or gone else say("calls")


def words_changed(old: str, new: str) -> tuple[int, int]:
    """How many words were added and removed; calls of components are no words."""
    before, now = (_rows(text) for text in (old, new))
    added = gone = 0
    for i, j, k, m in _differing(before, now):
        for a, b, c, d in _differing(less := _words(before[i:j]), more := _words(now[k:m])):
            added, gone = added + len(more[c:d]), gone + len(less[a:b])
    return added, gone


def _rows(text: str) -> list[str]:
    return [" ".join(row.split()) for row in _CALLS.sub(" ", text).split("\n") if row.strip()]


def _words(rows: list[str]) -> list[str]:
    return " ".join(rows).split()


def _differing(old: list[str], new: list[str]) -> list[tuple[int, int, int, int]]:
    """Where two lists differ: from and to in the old one, from and to in the new one."""
    if len(old) * len(new) > _LARGE:
        return [(0, len(old), 0, len(new))]
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(i, j, k, m) for kind, i, j, k, m in codes if kind != "equal"]


def life(pair: Pair) -> Iterator[Sentence]:
    """Lifecycle, publication and reviews."""
    old, new = pair.old, pair.new
    if new.lifecycle != old.lifecycle:
        yield say("lifecycle", old.lifecycle, new.lifecycle)
    if new.published != old.published:
        yield say("published", *(spoken(e.published) if e.published else "" for e in (old, new)))
    if new.reviewed != old.reviewed:
        yield say("reviewed", *(spoken(e.reviewed) if e.reviewed else "never" for e in (new, old)))
    if new.review_every != old.review_every:
        yield say("review-rhythm", *(counted(e.review_every.days, "day") if e.review_every else "" for e in (new, old)))
    due = derive.review_due(new)
    if due and due <= pair.day:
        yield say("review-overdue", spoken(due))


def assessment(pair: Pair) -> Iterator[Sentence]:
    old, new = pair.old.assessment, pair.new.assessment
    rewritten = [entry for entry in old if entry not in new]
    if new and new[-1] not in old and (not old or len(new) > len(old)):
        yield _assessed(pair.old, pair.new)
    if rewritten:
        yield say("assessment-rewritten", counted(len(rewritten), "assessment"))


def _assessed(before: Explainer, now: Explainer) -> Sentence:
    last, entry = derive.latest_assessment(before), now.assessment[-1]
    if last is None:
        return say("assessed", entry.level, spoken(entry.as_of))
    if last.level == entry.level:
        return say("assessment-same", entry.level, spoken(entry.as_of))
    return say("assessment-moved", last.level, entry.level, spoken(entry.as_of), CHANGES[entry.change])


def revisions(pair: Pair) -> Iterator[Sentence]:
    """What readers are told of the change, and what was told before and is told differently now."""
    old, new = pair.old.revisions, pair.new.revisions
    yield from (_revision(revision) for revision in new if revision not in old)
    rewritten = [revision for revision in old if revision not in new]
    if rewritten:
        yield say("revision-rewritten", counted(len(rewritten), "revision"))


def _revision(revision: Revision) -> Sentence:
    if revision.level == "minor":
        return say("revision-minor", revision.text)
    if revision.kind == "correction" and revision.was and revision.now:
        return say("correction", revision.about or "the page", revision.was, revision.now)
    return say("revision", "a correction" if revision.kind == "correction" else _an(revision.kind), revision.text)


def _an(kind: str) -> str:
    return f"an {kind}" if kind == "update" else f"a {kind}"


def to_read_again(problems: Iterable[Problem]) -> Iterator[Sentence]:
    """Where the text cites a record that changed, and nobody has looked at it since."""
    places = tuple(f"{problem.path}:{problem.line}" for problem in problems)
    if places:
        yield say("look-again", places)

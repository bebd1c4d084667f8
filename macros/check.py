"""Editorial rules across records. Each rule is one small function that finds mistakes in one explainer."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from macros.circles import cycles, repeated_sources
from macros.load import Loaded
from macros.model import Attested, Source, Stance, StepState, walk
from macros.problems import Mistake, Problem, did_you_mean
from macros.provenance import INTERESTED, origins
from macros.references import (
    Facts,
    Loc,
    actor_files,
    named_actors,
    named_records,
    named_sources,
    shared_events,
    unique_ids,
)

Rule = Callable[[Facts], Iterator[Problem]]


def check(loaded: Loaded, sound: Container[str] = ()) -> list[Problem]:
    """Every broken rule in what was loaded, in no particular order; `sound` explainers are known to have none."""
    actors, slugs = frozenset(loaded.named_actors), frozenset(loaded.named_slugs)
    problems = list(_represented(loaded, actors))
    for slug, explainer in loaded.explainers.items():
        if slug in sound:
            continue
        facts = Facts(slug, explainer, loaded.documents[f"data/explainers/{slug}.yml"], actors, slugs)
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


def extensions(facts: Facts) -> Iterator[Problem]:
    """A date that moves later rests on something newer than the old date, or nobody could tell why it moved.

    Newer than the entry that set the old date; once the old date itself has passed, newer than that.
    """
    for id_, step in facts.explainer.next_steps.items():
        dated = [(n, s) for n, s in enumerate(step.history) if "expected" in s.model_fields_set]
        for (_, before), (number, after) in pairwise(dated):
            needed = _news_needed(before, after)
            if needed and not any(_may_be_from(facts.explainer.sources.get(s), needed) for s in after.sources):
                later = after.expected or "an unknown date"
                what = f"`{id_}` moves to {later} without a source published since {needed}"
                mend = f"Cite one that says so, published on {needed} or later, or leave the date as it was"
                loc = ("next_steps", id_, "history", number, "sources")
                yield facts.problem("extended-without-news", what, mend, loc)


def _news_needed(before: StepState, after: StepState) -> date | None:
    """The first day on which a source may have been published that moves a date; None when it does not move later."""
    old, new = (entry.expected.latest if entry.expected else None for entry in (before, after))
    if after.status == "cancelled" or old is None or (new is not None and new <= old):
        return None
    return old + timedelta(days=1) if old < after.on else before.on


def _may_be_from(source: Source | None, day: date) -> bool:
    """Whether a source may say what was known on a day; one without any date cannot be judged, and may."""
    if source is None:
        return False
    if source.published:
        return source.published.latest is None or source.published.latest >= day
    seen = source.recorded or source.accessed
    return seen is None or seen >= day


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


def reviews(facts: Facts) -> Iterator[Problem]:
    """A page cannot have been reviewed before it was published."""
    explainer = facts.explainer
    if explainer.reviewed and explainer.published and explainer.reviewed < explainer.published:
        what = f"reviewed {explainer.reviewed}, before it was published {explainer.published}"
        yield facts.problem("reviewed-before-published", what, "Correct one of the dates", ("reviewed",))
    last = explainer.reviewed or explainer.published
    if last and explainer.review_every and date.max - last <= explainer.review_every:
        what = f"a review after {last} would fall after the year 9999"
        yield facts.problem("impossible-date", what, "Correct `reviewed` or `review_every`", ("review_every",))


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


RULES: tuple[Rule, ...] = (
    actor_files, unique_ids, named_sources, named_actors, named_records, disputes, blocking_obstacles,
    cycles, outcomes, expectations, extensions, chronology, corrections, repeated_sources, reviews,
    interested_sources, shared_events,
)  # fmt: skip

"""Made-up explainers: the same number gives the same text and facts, always. Nothing in them is about the world."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

Facts = dict[str, Any]

WORDS = (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").split()
BEGIN = date(2024, 1, 1)
PARAGRAPHS, SENTENCES, LENGTH = 18, 4, 12.5  # in all about 900 words
RECORDS = {"takeaways": 4, "actors": 4, "timeline": 10, "obstacles": 3, "next_steps": 4, "sources": 15}  # in all 40
PREFIXES = {"takeaways": "t", "timeline": "e", "obstacles": "o", "next_steps": "n", "sources": "s"}
KINDS = ("state", "person", "organisation", "bloc", "company")


@dataclass(frozen=True)
class Story:
    """An explainer: its article as paragraphs, each with the sources it cites, under questions; and its facts."""

    slug: str
    title: str
    description: str
    tags: tuple[str, ...]
    sections: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]
    facts: Facts


def cast(count: int) -> int:
    """How many actors take part in so many explainers."""
    return max(40, count // 5)


def actors(count: int) -> dict[str, Facts]:
    """Who takes part in so many explainers."""
    draw = Random(0)  # noqa: S311 - nothing here is secret
    return {
        f"actor-{number}": {
            "name": " ".join(_words(draw, 2)).title(),
            "kind": KINDS[number % len(KINDS)],
            "summary": _sentence(draw),
        }
        for number in range(cast(count))
    }


def story(number: int, count: int) -> Story:
    """The explainer of this number, of so many."""
    draw = Random(number + 1)  # noqa: S311 - nothing here is secret
    title = f"{_sentence(draw).rstrip('.')}?"
    facts = _facts(draw, cast(count))
    sections = tuple((f"{_sentence(draw, 5).rstrip('.')}?", _paragraphs(draw)) for _ in range(6))
    return Story(f"story-{number}", title, _sentence(draw), tuple(_words(draw, 3)), sections, facts)


def _words(draw: Random, count: int) -> list[str]:
    return draw.sample(WORDS, count)


def _sentence(draw: Random, words: int | None = None) -> str:
    return " ".join(_words(draw, words or round(draw.gauss(LENGTH, 2)))).capitalize() + "."


def _text(draw: Random, sentences: int) -> str:
    return " ".join(_sentence(draw) for _ in range(sentences))


def _paragraphs(draw: Random) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((_text(draw, SENTENCES), tuple(_some(draw, "sources", 2))) for _ in range(PARAGRAPHS // 6))


def _ids(section: str) -> list[str]:
    return [f"{PREFIXES[section]}-{number}" for number in range(RECORDS[section])]


def _some(draw: Random, section: str, count: int) -> list[str]:
    return sorted(draw.sample(_ids(section), count))


def _day(draw: Random) -> date:
    return BEGIN + timedelta(days=draw.randrange(700))


def _facts(draw: Random, actors: int) -> Facts:
    parts = sorted(draw.sample(range(actors), RECORDS["actors"]))
    names = [f"actor-{number}" for number in parts]
    published = _day(draw)
    days = [published + timedelta(days=30 * number) for number in range(5)]
    return {
        "lifecycle": "live",
        "published": published.isoformat(),
        "reviewed": days[-1].isoformat(),
        "review_every": "30 days",
        "assessment": [_assessed(draw, day) for day in days[:2]],
        "takeaways": {id_: _sourced(draw, {"text": _text(draw, 2)}) for id_ in _ids("takeaways")},
        "actors": {name: _sourced(draw, {"role": _sentence(draw), "wants": _sentence(draw)}) for name in names},
        "relations": [_relation(draw, names) for _ in range(4)],
        "issues": {f"issue-{number}": f"{_sentence(draw).rstrip('.')}?" for number in range(2)},
        "stances": [_stance(draw, name, f"issue-{number}", days[number]) for number in range(2) for name in names[:3]],
        "timeline": {id_: _event(draw, names) for id_ in _ids("timeline")},
        "obstacles": {id_: _obstacle(draw, names, days) for id_ in _ids("obstacles")},
        "next_steps": {id_: _step(draw, names, days) for id_ in _ids("next_steps")},
        "open_questions": [f"{_sentence(draw).rstrip('.')}?" for _ in range(3)],
        "sources": {id_: _source(draw, id_) for id_ in _ids("sources")},
        "revisions": [_revision(draw, day) for day in days[1:4]],
    }


def _sourced(draw: Random, fields: Facts) -> Facts:
    return {**fields, "sources": _some(draw, "sources", 2)}


def _assessed(draw: Random, day: date) -> Facts:
    fields = {"as_of": day.isoformat(), "level": "moving", "change": "unchanged", "because": _sentence(draw)}
    return _sourced(draw, fields)


def _relation(draw: Random, names: list[str]) -> Facts:
    first, second = draw.sample(names, 2)
    return _sourced(draw, {"from": first, "to": second, "kind": draw.choice(("trade", "talks")), "text": "trades with"})


def _stance(draw: Random, actor: str, issue: str, day: date) -> Facts:
    fields = {"actor": actor, "issue": issue, "position": draw.choice(("supports", "refuses")), "on": day.isoformat()}
    return _sourced(draw, {**fields, "says": _sentence(draw)})


def _event(draw: Random, names: list[str]) -> Facts:
    fields = {"date": _day(draw).isoformat(), "title": _sentence(draw, 6).rstrip("."), "text": _text(draw, 2)}
    return _sourced(draw, {**fields, "actors": draw.sample(names, 2)})


def _obstacle(draw: Random, names: list[str], days: list[date]) -> Facts:
    history = [
        _sourced(draw, {"on": days[number].isoformat(), "status": "open", "because": _sentence(draw)})
        for number in (0, 2)
    ]
    fields = {"title": _sentence(draw, 5).rstrip("."), "text": _text(draw, 2), "held_by": draw.sample(names, 1)}
    return {**fields, "blocks": _some(draw, "next_steps", 1), "removed_when": _sentence(draw), "history": history}


def _step(draw: Random, names: list[str], days: list[date]) -> Facts:
    expected = (days[0] + timedelta(days=draw.randrange(200, 1200))).isoformat()
    entry = {"on": days[0].isoformat(), "status": "scheduled", "expected": expected, "because": _sentence(draw)}
    fields = {"title": _sentence(draw, 6).rstrip("."), "by": draw.sample(names, 1), "expected": expected}
    return {**fields, "basis": "announced", "done_when": _sentence(draw), "history": [_sourced(draw, entry)]}


def _source(draw: Random, id_: str) -> Facts:
    name = "-".join(_words(draw, 3))
    return {
        "title": _sentence(draw, 7).rstrip("."),
        "publisher": " ".join(_words(draw, 2)).title(),
        "url": f"https://example.org/{name}/{id_}",
        "published": BEGIN.isoformat(),
        "accessed": (BEGIN + timedelta(days=700)).isoformat(),
        "kind": "newspaper",
    }


def _revision(draw: Random, day: date) -> Facts:
    about = _some(draw, "timeline", 1)
    return {"on": day.isoformat(), "level": "major", "kind": "update", "about": about, "text": _sentence(draw)}

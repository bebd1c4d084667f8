"""Somebody who edits a small project at random: articles, facts, actors; adds, deletes, renames, breaks and mends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import yaml

Facts = dict[str, Any]
WORDS = [
    "river",
    "harbour",
    "treaty",
    "grain",
    "vote",
    "court",
    "pipeline",
    "border",
    "strike",
    "census",
    "dam",
    "ferry",
    "quota",
    "tariff",
]
DAYS = [f"2026-0{month}-1{month}" for month in range(1, 7)]


class Desk:
    """Somebody who writes: every edit changes some files and returns their paths."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.draw = root, Random(seed)  # noqa: S311 - nothing here is secret
        self.facts: dict[str, Facts] = {}
        self.articles: dict[str, list[str]] = {}
        self.actors: dict[str, Facts] = {}
        self.broken: dict[str, str] = {}
        for _ in range(3):
            self.new_actor()
        for _ in range(4):
            self.new_story()

    def edit(self) -> tuple[str, list[str]]:
        """One edit, by its name, and the files it wrote or deleted."""
        if self.broken and self.draw.random() < 0.7:
            return "mend", self._mend()
        small = [self.prose, self.title, self.record, self.record, self.record, self.actor]
        large = [
            self.new_story,
            self.new_actor,
            self.drop_story,
            self.rename,
            self.tags,
            self.lifecycle,
            self.breakage,
            self.untouched,
        ]
        kind = self.draw.choice(small if self.draw.random() < 0.85 else large)
        return kind.__name__, kind()

    def sentence(self) -> str:
        return " ".join(self.draw.sample(WORDS, 5)).capitalize() + "."

    def _pick(self, among: dict[str, Any]) -> str:
        return self.draw.choice(sorted(among))

    def prose(self) -> list[str]:
        slug = self._pick(self.articles)
        parts = self.articles[slug]
        if len(parts) > 4 and self.draw.random() < 0.4:
            parts.pop(self.draw.randrange(2, len(parts)))
        else:
            parts.insert(self.draw.randrange(2, len(parts) + 1), self._paragraph(slug))
        return [self._write_article(slug)]

    def _paragraph(self, slug: str) -> str:
        other = self._pick(self.articles)
        source = self._pick(self.facts[slug]["sources"])
        kinds = [
            self.sentence(),
            f"{self.sentence()}{{{{ cite(\"{source}\") }}}}",
            f"## {self.sentence().rstrip('.')}?",
            f"See [there]({other}.md) and [its first takeaway]({other}.md#t-one).",
            "{{ timeline(limit=1) }}",
            f"- {self.sentence()}\n- {self.sentence()}",
        ]  # fmt: skip
        if named := self.facts[slug].get("actors"):
            kinds.append(f'It is {{{{ actor("{self._pick(named)}") }}}} who said so.')
        return self.draw.choice(kinds)

    def title(self) -> list[str]:
        slug = self._pick(self.articles)
        self.articles[slug][0] = self.sentence().rstrip(".") + "?"
        return [self._write_article(slug)]

    def record(self) -> list[str]:
        slug = self._pick(self.facts)
        kind = self.draw.choice(
            [
                self._takeaway,
                self._event,
                self._event,
                self._step,
                self._outcome,
                self._part,
                self._stance,
                self._obstacle,
                self._revision,
            ]
        )
        kind(slug, self.facts[slug])
        return [self._write_facts(slug)]

    def _takeaway(self, slug: str, facts: Facts) -> None:
        facts["takeaways"]["t-one"]["text"] = self.sentence()

    def _event(self, slug: str, facts: Facts) -> None:
        event = {"date": self.draw.choice(DAYS), "title": self.sentence().rstrip("."), "sources": ["s-one"]}
        others = sorted(self.facts.keys() - {slug})
        if others and self.draw.random() < 0.5:
            event["also"] = [self.draw.choice(others)]
        if facts.get("actors") and self.draw.random() < 0.5:
            event["actors"] = [self._pick(facts["actors"])]
        facts["timeline"][f"e-{self.draw.choice(['one', 'two', 'three'])}"] = event

    def _step(self, slug: str, facts: Facts) -> None:
        day = self.draw.choice(DAYS)
        entry = {
            "on": "2025-12-01",
            "status": "scheduled",
            "expected": day,
            "because": self.sentence(),
            "sources": ["s-one"],
        }
        step = {
            "title": self.sentence().rstrip("."),
            "expected": day,
            "basis": "announced",
            "done_when": self.sentence(),
        }
        if facts.get("actors"):
            step["by"] = [self._pick(facts["actors"])]
        facts.setdefault("next_steps", {})[f"n-{self.draw.choice(['one', 'two'])}"] = {**step, "history": [entry]}

    def _outcome(self, slug: str, facts: Facts) -> None:
        if steps := facts.get("next_steps"):
            outcome = {"on": "2026-06-20", "result": "done", "text": self.sentence(), "sources": ["s-one"]}
            steps[self._pick(steps)]["outcome"] = outcome

    def _part(self, slug: str, facts: Facts) -> None:
        who = self._pick(self.actors)
        facts.setdefault("actors", {})[who] = {"role": self.sentence(), "sources": ["s-one"]}

    def _stance(self, slug: str, facts: Facts) -> None:
        if facts.get("actors"):
            facts["issues"] = {"i-one": f"{self.sentence().rstrip('.')}?"}
            stance = {
                "actor": self._pick(facts["actors"]),
                "issue": "i-one",
                "position": "supports",
                "on": self.draw.choice(DAYS),
            }
            facts["stances"] = [{**stance, "says": self.sentence(), "sources": ["s-one"]}]

    def _obstacle(self, slug: str, facts: Facts) -> None:
        if facts.get("obstacles"):
            del facts["obstacles"]
        elif steps := facts.get("next_steps"):
            state = {"on": "2026-02-01", "status": "open", "because": self.sentence(), "sources": ["s-one"]}
            obstacle = {
                "title": self.sentence().rstrip("."),
                "blocks": [self._pick(steps)],
                "removed_when": self.sentence(),
            }
            facts["obstacles"] = {"o-one": {**obstacle, "history": [state]}}

    def _revision(self, slug: str, facts: Facts) -> None:
        revisions = facts.setdefault("revisions", [])
        revisions.append({"on": self.draw.choice(DAYS), "level": "major", "kind": "update", "text": self.sentence()})
        revisions.sort(key=lambda revision: revision["on"])

    def actor(self) -> list[str]:
        id_ = self._pick(self.actors)
        field = self.draw.choice(["name", "summary", "kind", "represents"])
        others = sorted(self.actors.keys() - {id_})
        choices = {
            "name": self.sentence().rstrip("."),
            "summary": self.sentence(),
            "kind": self.draw.choice(["state", "person", "company"]),
            "represents": self.draw.choice(others),
        }
        self.actors[id_][field] = choices[field]
        return [self._write_actor(id_)]

    def new_story(self) -> list[str]:
        slug = f"story-{self.draw.randrange(1000)}"
        source = {"title": "A page", "publisher": "A paper", "url": "https://example.org/page", "kind": "newspaper"}
        self.facts[slug] = {
            "lifecycle": "live",
            "published": self.draw.choice(DAYS),
            "takeaways": {"t-one": {"text": self.sentence(), "sources": ["s-one"]}},
            "timeline": {"e-one": {"date": self.draw.choice(DAYS), "title": "A thing happened", "sources": ["s-one"]}},
            "sources": {"s-one": source, "s-two": {**source, "url": "https://example.org/other"}},
        }
        self.articles[slug] = [self.sentence().rstrip(".") + "?", "one", self.sentence(), "{{ takeaways() }}"]
        return [self._write_facts(slug), self._write_article(slug)]

    def new_actor(self) -> list[str]:
        id_ = f"actor-{self.draw.randrange(1000)}"
        self.actors[id_] = {"name": self.sentence().rstrip("."), "kind": "state", "summary": self.sentence()}
        return [self._write_actor(id_)]

    def drop_story(self) -> list[str]:
        return self._drop(self._pick(self.facts)) if len(self.facts) > 3 else self.new_story()

    def _drop(self, slug: str) -> list[str]:
        del self.facts[slug], self.articles[slug]
        paths = [f"data/explainers/{slug}.yml", f"docs/explainers/{slug}.md"]
        for path in paths:
            self.broken.pop(path, None)
            (self.root / path).unlink()
        return [*paths, *self._forget(slug)]

    def _forget(self, slug: str) -> list[str]:
        """Nobody names it any more."""
        written = []
        for other, facts in self.facts.items():
            for event in facts["timeline"].values():
                if slug in event.get("also", ()):
                    del event["also"]
            written.append(self._write_facts(other))
            self.articles[other] = [part for part in self.articles[other] if f"{slug}.md" not in part]
            written.append(self._write_article(other))
        return written

    def rename(self) -> list[str]:
        slug, new = self._pick(self.facts), f"story-{self.draw.randrange(1000)}"
        facts, parts = self.facts[slug], [part for part in self.articles[slug] if f"{slug}.md" not in part]
        gone = self._drop(slug)
        self.facts[new], self.articles[new] = facts, parts
        return [*gone, self._write_facts(new), self._write_article(new)]

    def tags(self) -> list[str]:
        slug = self._pick(self.articles)
        self.articles[slug][1] = self.draw.choice(WORDS)
        return [self._write_article(slug)]

    def lifecycle(self) -> list[str]:
        slug = self._pick(self.facts)
        self.facts[slug]["lifecycle"] = self.draw.choice(["draft", "live", "monitoring", "closed"])
        return [self._write_facts(slug)]

    def untouched(self) -> list[str]:
        """A file is saved as it is, and an editor leaves a file of its own for a moment."""
        slug = self._pick(self.articles)
        return [self._write_article(slug), f"docs/explainers/.{slug}.md.swp", f"docs/explainers/{slug}.md~"]

    def breakage(self) -> list[str]:
        path = self.draw.choice(sorted(self._files()))
        file = self.root / path
        self.broken[path] = file.read_text(encoding="utf-8")
        breaks = (
            ["\nnonsense: [\n", "\nunknown: field\n", ""]
            if path.endswith(".yml")
            else ["\n[x](nowhere.md)\n", "\n{{ nothing() }}\n", "\n[x](#no-anchor)\n"]
        )
        damage = self.draw.choice(breaks)
        file.write_text(self.broken[path] + damage if damage else "", encoding="utf-8")
        return [path]

    def _mend(self) -> list[str]:
        path = self.draw.choice(sorted(self.broken))
        (self.root / path).write_text(self.broken.pop(path), encoding="utf-8")
        return [path]

    def _files(self) -> Iterator[str]:
        for slug in self.facts:
            yield f"data/explainers/{slug}.yml"
            yield f"docs/explainers/{slug}.md"
        yield from (f"data/actors/{id_}.yml" for id_ in self.actors)

    def _write_facts(self, slug: str) -> str:
        return self._put(f"data/explainers/{slug}.yml", yaml.safe_dump(self.facts[slug], sort_keys=False))

    def _write_actor(self, id_: str) -> str:
        return self._put(f"data/actors/{id_}.yml", yaml.safe_dump(self.actors[id_], sort_keys=False))

    def _write_article(self, slug: str) -> str:
        title, tag, *parts = self.articles[slug]
        head = yaml.safe_dump({"title": title, "description": f"About {title}", "tags": [tag]}, sort_keys=False)
        return self._put(f"docs/explainers/{slug}.md", f"---\n{head}---\n\n" + "\n\n".join(parts) + "\n")

    def _put(self, path: str, text: str) -> str:
        self.broken.pop(path, None)
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")
        return path

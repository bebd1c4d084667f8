"""Reads the whole project as an editor would, and collects everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from macros.articles import Article, Articles, load_articles, pairs
from macros.check import check
from macros.contribute import Lines, LinesOf
from macros.edition import Library
from macros.links import Links
from macros.load import Loaded, load
from macros.memory import Memory
from macros.pages import addresses
from macros.problems import Problem
from macros.prose import Prose, Section
from macros.redirects import check_redirects
from macros.todos import left_to_do, weighed
from macros.usage import check_calls
from macros.verdicts import Verdicts


@dataclass(frozen=True)
class Proof:
    """The whole project, read: what it holds, every problem by file and line, and the line of each record.

    `sections` are those of every article by its path.
    """

    library: Library
    articles: Mapping[str, Article]
    problems: tuple[Problem, ...]
    lines: Mapping[str, Lines]
    sections: Mapping[str, tuple[Section, ...]]
    loaded: Loaded

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps the site from being published: everything but what a draft may have left to do."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def proofread(
    root: Path, day: date, as_of: date | None = None, memory: Memory | None = None, before: Loaded | None = None
) -> Proof:
    """Read and check everything below the project's root, for a day; with `as_of`, hand on what was known then.

    What `memory` knows to be in order is not checked again; facts that were loaded before from the same text are taken.
    """
    memory = memory or Memory()
    reading = _Reading(root, load(root, memory, before), load_articles(root), day, memory)
    memory.share(reading.verdicts.unsure(), reading.judge)
    problems = reading.problems(reading.verdicts.sound)
    reading.verdicts.keep(problems, reading.verdicts.whole - reading.verdicts.sound)
    by_path, lines = reading.articles.by_path, LinesOf(reading.loaded)
    proof = Proof(reading.library, by_path, problems, lines, reading.every_section(), reading.loaded)
    return proof if as_of is None else _past(proof, as_of)


class _Reading:
    """Everything that was read, on the way to what is wrong with it."""

    def __init__(self, root: Path, loaded: Loaded, articles: Articles, day: date, memory: Memory) -> None:
        self.root, self.loaded, self.articles, self.memory = root, loaded, articles, memory
        self.library = Library(loaded.explainers, loaded.actors, articles.by_slug, day, redirects=loaded.redirects)
        self.verdicts = Verdicts(root, loaded, articles, day, memory)
        self.proses = {path: Prose(article) for path, article in articles.by_path.items()}
        self.links = Links(root, self.proses, loaded, {f"docs/{path}" for path in addresses(loaded.actor_ids)})
        self.sections: dict[str, tuple[Section, ...]] = {}

    def judge(self, slugs: Sequence[str]) -> None:
        """Remember which of these explainers are in order."""
        others = {"", *self.loaded.explainers, *self.articles.by_slug} - {*slugs}
        self.verdicts.keep(self.problems(others), slugs)

    def problems(self, sound: Container[str]) -> tuple[Problem, ...]:
        """Every problem, but for those in the explainers that are known to be sound, and so have none."""
        loaded = self.loaded
        found = [*loaded.problems, *self.articles.problems, *check(loaded, sound), *check_redirects(loaded)]
        found += pairs(loaded, self.articles)
        for path, prose in self.proses.items():
            if prose.article.slug not in sound:
                found += problems_in(prose, self.library, loaded, self.links)
                self.sections[path] = _sections(prose, self.memory)
                prose.forget()
        for slug in loaded.explainers:
            if slug not in sound:
                found += left_to_do(self.root, slug)
        drafts = {slug for slug, explainer in loaded.explainers.items() if explainer.lifecycle == "draft"}
        return tuple(sorted(set(weighed(found, drafts))))

    def every_section(self) -> dict[str, tuple[Section, ...]]:
        """The sections of every article by its path."""
        return {path: self.sections.get(path) or _sections(prose, self.memory) for path, prose in self.proses.items()}


def _sections(prose: Prose, memory: Memory) -> tuple[Section, ...]:
    body = prose.article.body
    known = memory.recall("sections", body)
    if known is None:
        known = [(section.anchor, section.heading, section.text) for section in prose.sections]
        memory.keep(known, "sections", body)
    return tuple(Section(*parts) for parts in known)


def problems_in(prose: Prose, library: Library, loaded: Loaded, links: Links) -> Iterator[Problem]:
    """What is wrong with the calls and links of an article."""
    yield from check_calls(prose, library, loaded)
    yield from links.check(prose)


def _past(proof: Proof, day: date) -> Proof:
    past = proof.library.as_known_on(day)
    shown = {path: past.articles.get(a.slug, a) for path, a in proof.articles.items()}
    kept = {path: a for path, a in shown.items() if not a.slug or a.slug in past.articles}
    sections = {path: Prose(a).sections if a.slug else proof.sections[path] for path, a in kept.items()}
    return replace(proof, library=past, articles=kept, sections=sections)

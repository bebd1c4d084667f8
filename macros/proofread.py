"""Reads the whole project as an editor would, and collects everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from macros.articles import Article, load_articles, pairs
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


def proofread(root: Path, day: date, as_of: date | None = None, memory: Memory | None = None) -> Proof:
    """Read and check everything below the project's root, for a day; with `as_of`, hand on what was known then.

    What `memory` knows to be in order is not checked again.
    """
    memory = memory or Memory()
    loaded, articles = load(root, memory), load_articles(root)
    library = Library(loaded.explainers, loaded.actors, articles.by_slug, day)
    verdicts = Verdicts(root, loaded, articles, day, memory)
    problems = [*loaded.problems, *articles.problems, *check(loaded, verdicts.sound), *check_redirects(loaded)]
    problems += pairs(loaded, articles)
    proses = {path: Prose(article) for path, article in articles.by_path.items()}
    links = Links(root, proses, loaded, {f"docs/{path}" for path in addresses(loaded.actor_ids)})
    sections = {}
    for path, prose in proses.items():
        sections[path] = _sections(prose, memory)
        if prose.article.slug in verdicts.sound:
            continue
        problems += problems_in(prose, library, loaded, links)
        prose.forget()
    for slug in loaded.explainers.keys() - verdicts.sound:
        problems += left_to_do(root, slug)
    drafts = {slug for slug, explainer in loaded.explainers.items() if explainer.lifecycle == "draft"}
    found = tuple(sorted(set(weighed(problems, drafts))))
    verdicts.keep(found)
    proof = Proof(library, articles.by_path, found, LinesOf(loaded), sections, loaded)
    return proof if as_of is None else _past(proof, as_of)


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

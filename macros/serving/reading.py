"""The project after an edit of a few files: these are read again, and what may have become wrong is checked again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from macros.articles import FOLDER, Article, Articles, load_article
from macros.check import check
from macros.contribute import LinesOf
from macros.links import Links
from macros.load import ACTORS, EXPLAINERS, Loaded, load_file
from macros.model import Explainer
from macros.pages import addresses
from macros.problems import Problem
from macros.proofread import Proof, problems_in
from macros.prose import Prose
from macros.redirects import check_redirects
from macros.todos import left_to_do, weighed

_FOLDERS = {EXPLAINERS: ".yml", ACTORS: ".yml", FOLDER.rstrip("/"): ".md"}


@dataclass(frozen=True)
class Changed:
    """What an edit changed: explainers by slug, those of them whose facts it changed, and actors by id."""

    slugs: frozenset[str]
    facts: frozenset[str]
    actors: frozenset[str]


def is_readable_alone(proof: Proof, path: str) -> bool:
    """Whether a file that was there before can be read without reading all the others."""
    file = PurePosixPath(path)
    there = path in proof.loaded.documents or (path in proof.articles and proof.articles[path].slug)
    return bool(there) and _FOLDERS.get(str(file.parent)) == file.suffix


class Reading:
    """The project as it was read last; it takes in edits. Links between articles are followed in what was parsed."""

    def __init__(self, root: Path, proof: Proof) -> None:
        self.root, self.proof = root, proof
        self._proses = {path: Prose(article) for path, article in proof.articles.items()}
        self._new: dict[str, Prose] = {}

    def reread(self, paths: Iterable[str]) -> tuple[Proof, Changed] | None:
        """The project with these files as they are now, and what differs; None when one cannot be read."""
        before = self.proof
        loaded, articles = _copy(before.loaded), Articles(dict(before.articles))
        for path in paths:
            if path.startswith("data/"):
                load_file(self.root, path, loaded)
            else:
                load_article(self.root, path, articles)
        changed = _changed(before, loaded, articles, paths)
        if changed is None:
            return None
        library = before.library.edited(loaded.explainers, loaded.actors, articles.by_slug, changed.slugs)
        problems = (*loaded.problems, *articles.problems)
        return Proof(library, articles.by_path, problems, LinesOf(loaded), before.sections, loaded), changed

    def checked(self, proof: Proof, changed: Changed, near: Iterable[str]) -> Proof:
        """The same with all that is wrong in it. `near` are slugs of explainers that may lead to what changed."""
        loaded, library = proof.loaded, proof.library
        slugs = changed.slugs | {slug for slug in near if _leads_to(library.articles[slug], changed.slugs)}
        others = [a for a in proof.articles.values() if not a.slug and _leads_to(a, changed.slugs)]
        articles = [*(library.articles[slug] for slug in slugs), *others]
        self._new = {a.path: Prose(a) for a in articles if self._proses[a.path].article is not a}
        proses = self._proses | self._new
        links = Links(self.root, proses, loaded, {f"docs/{path}" for path in addresses(loaded.actor_ids)})
        problems = [*proof.problems, *check(loaded, loaded.explainers.keys() - changed.facts), *check_redirects(loaded)]
        for article in articles:
            problems += problems_in(proses[article.path], library, loaded, links)
        for slug in slugs:
            problems += left_to_do(self.root, slug)
        again = {
            *(article.path for article in articles),
            *_facts(changed.facts),
            *(f"{ACTORS}/{a}.yml" for a in changed.actors),
        }
        sections = {**proof.sections, **{path: prose.sections for path, prose in self._new.items()}}
        found = _joined(self.proof.problems, problems, again, loaded.explainers)
        return replace(proof, problems=found, sections=sections)

    def adopt(self, proof: Proof) -> None:
        """From now on this is the project."""
        self.proof = proof
        self._proses |= self._new


def _joined(
    before: Iterable[Problem], found: Iterable[Problem], again: Collection[str], explainers: dict[str, Explainer]
) -> tuple[Problem, ...]:
    """What is wrong in files that were checked again, and what was wrong in the others."""
    drafts = {slug for slug, explainer in explainers.items() if explainer.lifecycle == "draft"}
    kept = (problem for problem in before if problem.path not in again)
    return tuple(sorted({*kept, *weighed(found, drafts)}))


def _copy(loaded: Loaded) -> Loaded:
    return replace(
        loaded,
        explainers=dict(loaded.explainers),
        actors=dict(loaded.actors),
        documents=dict(loaded.documents),
        problems=[],
        slugs=set(loaded.slugs),
        actor_ids=set(loaded.actor_ids),
        sound=dict(loaded.sound),
    )


def _changed(before: Proof, loaded: Loaded, articles: Articles, paths: Iterable[str]) -> Changed | None:
    """What differs; None when a file was not read again, because something is wrong with it."""
    slugs: set[str] = set()
    facts: set[str] = set()
    actors: set[str] = set()
    for path in paths:
        id_, kind = PurePosixPath(path).stem, actors if path.startswith(ACTORS) else slugs
        old, new = _facets(before.loaded, before.articles, path, id_), _facets(loaded, articles.by_path, path, id_)
        if any(mine is theirs for mine, theirs in zip(old, new, strict=True)):
            return None
        if old[0] != new[0]:
            kind.add(id_)
            facts |= {id_} if path.startswith(EXPLAINERS) else set()
    return Changed(frozenset(slugs), frozenset(facts), frozenset(actors))


def _facets(loaded: Loaded, articles: Mapping[str, Article], path: str, id_: str) -> tuple[object, ...]:
    """A file as it is written, and as a model where it has one."""
    if path.startswith("docs/"):
        return (articles[path],)
    models = loaded.actors if path.startswith(ACTORS) else loaded.explainers
    return loaded.documents[path], models.get(id_)


def _facts(slugs: Iterable[str]) -> list[str]:
    return [f"{EXPLAINERS}/{slug}.yml" for slug in slugs]


def _leads_to(article: Article, slugs: Iterable[str]) -> bool:
    """Whether an article may have a link to a place on the page of one of these."""
    return any(f"{slug}.md#" in article.body for slug in slugs)

"""The site of the last whole build, and what edits have changed of it since. Plain rules; `making` does the work."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from macros import dates, publish
from macros.calls import calls_in
from macros.components import COMPONENTS
from macros.components.site import lengths
from macros.edition import Edition, Library
from macros.load import ACTORS, EXPLAINERS
from macros.pages import GeneratedPage, of_actor, of_list, of_story, spans
from macros.proofread import Proof
from macros.publish import Site
from macros.publish.embed import embeds
from macros.serving.making import Making
from macros.serving.readers import Readers, story, touched
from macros.serving.reading import Changed, Reading, is_readable_alone
from macros.serving.stale import Stale

log = logging.getLogger("mkdocs.plugins.explainers")
_TEXTS = ("docs/", "data/")


@dataclass(frozen=True)
class Made:
    """What the last whole build found; nothing is made of it yet.

    `pages` are those made from facts, by the file MkDocs takes them for, kept up to date; `lists` are those over all
    explainers. `reads` says from which files an explainer or an actor is made. `of_site` makes the files that are no
    pages and belong to none of them, by their owner.
    """

    making: Making
    pages: MutableMapping[str, GeneratedPage]
    lists: Sequence[str]
    reads: Mapping[str, frozenset[str]]
    of_site: Mapping[str, Callable[[], Iterator[tuple[str, bytes]]]]
    site: Site


class Standing:
    """Takes in edits; `adopt` is told of the project as it is after each."""

    def __init__(self, root: Path, proof: Proof, made: Made, adopt: Callable[[Proof], None]) -> None:
        self.root, self.made, self.making, self.site = root, made, made.making, made.site
        self._reading, self._adopt = Reading(root, proof), adopt
        self.stale = Stale(Path(made.making.config.site_dir))
        self._readers = Readers(proof.library, made.reads)
        self._lengths = lengths(proof.library.editions)
        self._known = {*proof.articles, *proof.loaded.documents, *self.making.static}
        self._begin()

    @property
    def proof(self) -> Proof:
        return self._reading.proof

    def _begin(self) -> None:
        """Everything has yet to be made."""
        for src_uri in self.making.sources:
            if src_uri not in self.made.pages:
                self._article(src_uri)
            elif src_uri not in self.made.lists:
                self._made(self.made.pages[src_uri])
        for name in self.made.reads:
            self.stale.files(name, self._files_of(name))
        self._lists()

    def edit(self, paths: Iterable[str]) -> bool:
        """Take in a new content of files; False when the whole site has to be built for it."""
        files = [path for path in paths if self._concerns(path)]
        if not all(is_readable_alone(self.proof, path) and (self.root / path).is_file() for path in files):
            return False
        if self.proof.errors or dates.today() != self.proof.library.day:
            return False
        read = self._reading.reread(files)
        return read is not None and self._take(*read)

    def _concerns(self, path: str) -> bool:
        """Whether a path is a file of the project: not a hidden one, nor the passing one of an editor beside a text.

        Of a folder that is gone, nobody says what was in it.
        """
        if any(part.startswith(".") or part == "__pycache__" for part in path.split("/")):
            return False
        is_gone = not (self.root / path).exists()
        return not is_gone or path.endswith("/") or not path.startswith(_TEXTS) or path in self._known

    def _take(self, proof: Proof, changed: Changed) -> bool:
        before, after = self.proof.library, proof.library
        if any(_rank(before.edition(slug)) != _rank(after.edition(slug)) for slug in changed.slugs):
            return False
        names = touched(self._readers, _paths(changed), changed, before, after)
        near = [name.split("/")[1] for name in names if name.startswith("explainers/")]
        after.forget(near)
        now = self._lengths_after(before, after, changed.facts)
        if spans(now) != spans(self._lengths) or before.first_day != after.first_day:
            return False
        proof = self._reading.checked(proof, changed, near)
        if proof.errors:
            return False
        self._lengths = now
        self._readers.update(after, names)
        self._turn(proof, changed, names)
        return True

    def _lengths_after(self, before: Library, after: Library, slugs: Collection[str]) -> tuple[int, ...]:
        """How long the lists over all explainers are after an edit of the facts of these."""
        gone, come = (lengths(map(library.edition, slugs)) for library in (before, after))
        return tuple(all_ - out + in_ for all_, out, in_ in zip(self._lengths, gone, come, strict=True))

    def _turn(self, proof: Proof, changed: Changed, names: set[str]) -> None:
        """From now on the project is what was read, and everything that shows what changed is stale."""
        new = set(proof.problems) - set(self.proof.problems)
        self._reading.adopt(proof)
        self._adopt(proof)
        for problem in sorted(new):
            log.info("%s", problem)
        for name in sorted(names):
            self._unit(name)
        if names:
            self._lists()
        log.info("%s", _said(changed, names))

    def _unit(self, name: str) -> None:
        """All pages and files of an explainer or an actor are stale."""
        library, (kind, id_) = self.proof.library, name.rstrip("/").split("/")
        if kind == "explainers":
            self._story(library.edition(id_))
        else:
            self._made(of_actor(library, id_))
            self.stale.files(name, self._files_of(name))

    def _files_of(self, name: str) -> Iterator[tuple[str, bytes]]:
        """The files about an explainer or actor, as it is when the first of them is asked for."""
        library, (kind, id_) = self.proof.library, name.rstrip("/").split("/")
        if kind == "explainers":
            yield from publish.of_story(library.edition(id_), self.site)
        else:
            yield from publish.of_actor(library, id_, self.site)

    def _story(self, edition: Edition) -> None:
        self._article(edition.article.src_uri)
        if edition.explainer.lifecycle != "draft":
            for made in of_story(edition, self.site):
                self._made(made)
            self.stale.files(story(edition.slug), self._files_of(story(edition.slug)))

    def _article(self, src_uri: str) -> None:
        self.stale.page(self.making.path(src_uri), partial(self.making.article, src_uri))

    def _made(self, made: GeneratedPage) -> None:
        self.made.pages[made.src_uri] = replace(made, make=tuple)  # or a library would stay for each
        self.stale.page(self.making.path(made.src_uri), partial(self.making.unit, made))

    def _lists(self) -> None:
        """All lists over all explainers are stale, and the articles that show parts of them."""
        lists = _Lists(self.proof.library)
        for src_uri in self.made.lists:
            self.stale.page(self.making.path(src_uri), partial(self._list, lists, src_uri))
        for article in self.proof.articles.values():
            if not article.slug and any(COMPONENTS[c.name].scope == "site" for c in calls_in(article)):
                self._article(article.src_uri)
        for owner, files in self.made.of_site.items():
            self.stale.files(owner, files())

    def _list(self, lists: _Lists, src_uri: str) -> None:
        made = self.made.pages[src_uri] = lists.page(self.made.pages[src_uri].url)
        self.making.list(made)


class _Lists:
    """The lists over all explainers, each put in order when one of its pages is asked for."""

    def __init__(self, library: Library) -> None:
        self._of = cache(lambda url: {page.url: page for page in of_list(library, url)})

    def page(self, url: str) -> GeneratedPage:
        return self._of(f"{url.partition('/')[0]}/")[url]


def _rank(edition: Edition) -> tuple[object, ...]:
    """What pages there are, and who may lead to them: where this changes, so does much else."""
    nowhere = Site("", "", "")
    urls = [embed.url for embed in embeds(edition, nowhere)]
    pages = [page.url for page in of_story(edition, nowhere)]
    return edition.explainer.lifecycle == "draft", edition.article.front.tags, urls, pages


def _paths(changed: Changed) -> list[str]:
    return [
        *(path for slug in changed.slugs for path in (f"{EXPLAINERS}/{slug}.yml", f"docs/explainers/{slug}.md")),
        *(f"{ACTORS}/{id_}.yml" for id_ in changed.actors),
    ]


def _said(changed: Changed, names: set[str]) -> str:
    what = ", ".join(sorted([*changed.slugs, *changed.actors])) or "nothing"
    return f"Read again: {what}. To be made anew when asked for: {len(names)} explainers and actors, and the lists"

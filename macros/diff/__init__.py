"""What a change means, in sentences: the facts and articles of a project before and after it are compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from macros.diff import records, sides, story, support
from macros.diff.formats import FORMATS
from macros.diff.pages import changed_pages
from macros.diff.pair import WENT, Pair, changed, redirected
from macros.diff.sentences import Diff, Group, Sentence, clean, say
from macros.diff.spans import counted
from macros.drift import Project, drifted
from macros.model import Explainer
from macros.problems import Problem

__all__ = ["FORMATS", "Diff", "diff"]


def diff(before: Project, now: Project, day: date) -> Diff:
    """What the change from one state of the project to another means, seen from a day."""
    slugs = sorted({*before.loaded.slugs, *now.loaded.slugs, *before.articles.by_slug, *now.articles.by_slug})
    stale = list(drifted(before, now))
    groups = [
        _group(f"explainers/{slug}", _title(slug, before, now), _explainer(slug, before, now, day, stale))
        for slug in slugs
    ]
    groups += [
        _group("actors", "Actors", _actors(before, now)),
        _group("redirects", "Redirects", _redirects(before, now)),
        _group("unread", "What could not be read", _unread(before, now)),
    ]
    told = [group for group in groups if group.sentences]
    pages = [*([] if told else [say("unchanged")]), *_pages(before, now, day)]
    return Diff(groups=(*told, _group("pages", "Pages", pages)))


def _group(about: str, title: str, sentences: Iterable[Sentence]) -> Group:
    return Group(about=clean(about), title=clean(title), sentences=tuple(sentences))


def _title(slug: str, before: Project, now: Project) -> str:
    article = now.articles.by_slug.get(slug) or before.articles.by_slug.get(slug)
    return article.front.title if article else slug


def _explainer(slug: str, before: Project, now: Project, day: date, stale: list[Problem]) -> Iterator[Sentence]:
    old, new = before.loaded.explainers.get(slug), now.loaded.explainers.get(slug)
    articles = before.articles.by_slug.get(slug), now.articles.by_slug.get(slug)
    if new and slug not in before.loaded.slugs:
        yield say("explainer-added", new.lifecycle, _contents(new))
        yield from support.whole_support(new)
    elif old and slug not in now.loaded.slugs:
        yield _gone(slug, now)
    elif old and new and (old != new or articles[0] != articles[1]):
        yield from _compared(Pair(slug, old, new, before, now, day), stale)
    elif not (old and new):
        yield from story.article(*articles)


def _compared(pair: Pair, stale: list[Problem]) -> Iterator[Sentence]:
    yield from story.life(pair)
    yield from story.assessment(pair)
    yield from records.records(pair)
    yield from sides.stances(pair)
    yield from sides.relations(pair)
    yield from sides.issues(pair)
    yield from sides.questions(pair)
    yield from support.sources(pair)
    yield from support.support(pair)
    yield from story.article(pair.before.articles.by_slug.get(pair.slug), pair.now.articles.by_slug.get(pair.slug))
    yield from story.revisions(pair)
    files = (f"data/explainers/{pair.slug}.yml", f"docs/explainers/{pair.slug}.md")
    yield from story.to_read_again(problem for problem in stale if problem.path in files)


def _contents(explainer: Explainer) -> str:
    numbers = {
        "takeaway": len(explainer.takeaways),
        "event": len(explainer.timeline),
        "next step": len(explainer.next_steps),
        "obstacle": len(explainer.obstacles),
        "source": len(explainer.sources),
    }
    return ", ".join(counted(number, noun) for noun, number in numbers.items() if number)


def _gone(slug: str, now: Project) -> Sentence:
    redirect = redirected(now.loaded, slug)
    return say("explainer-redirected", WENT[redirect.kind], redirect.to) if redirect else say("explainer-removed")


def _actors(before: Project, now: Project) -> Iterator[Sentence]:
    """Who actors are, in all explainers; a file that one side cannot read is neither added nor removed."""
    old, new = before.loaded.actors, now.loaded.actors
    unread = {problem.path for project in (before, now) for problem in project.loaded.problems}
    readable = [id_ for id_ in sorted({*old, *new}) if f"data/actors/{id_}.yml" not in unread]
    for id_ in readable:
        if id_ in old and id_ in new:
            yield from changed("Actor", id_, old[id_], new[id_])
        elif id_ in new:
            yield say("record-added", "Actor", id_, new[id_].name, record=id_)
        elif redirect := redirected(now.loaded, id_):
            yield say("record-redirected", "Actor", id_, WENT[redirect.kind], redirect.to, record=id_)
        else:
            yield say("record-removed", "Actor", id_, record=id_)


def _redirects(before: Project, now: Project) -> Iterator[Sentence]:
    for redirect in now.loaded.redirects:
        if redirect not in before.loaded.redirects:
            yield say("redirect-added", redirect.from_, WENT[redirect.kind], redirect.to)


def _unread(before: Project, now: Project) -> Iterator[Sentence]:
    """What was left out of the comparison: the first problem of each file, and how many more it has."""
    for kind, project in (("unread-before", before), ("unread-now", now)):
        problems = sorted({*project.loaded.problems, *project.articles.problems})
        more = Counter(problem.path for problem in problems)
        for problem in problems:
            if problem.path in more:
                yield say(kind, f"{problem.path}:{problem.line}", problem.what)
                if number := more.pop(problem.path) - 1:
                    yield say("unread-more", counted(number, "problem"), problem.path)


def _pages(before: Project, now: Project, day: date) -> Iterator[Sentence]:
    pages = changed_pages(before, now, day)
    yield _listed("pages-changed", pages.changed) if pages.changed else say("pages-unchanged")
    yield from (
        _listed(kind, urls) for kind, urls in (("pages-added", pages.added), ("pages-removed", pages.removed)) if urls
    )


def _listed(kind: str, urls: tuple[str, ...]) -> Sentence:
    return say(kind, counted(len(urls), "page"), tuple(f"/{url}" for url in urls))

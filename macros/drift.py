"""Prose that drifts: sentences and takeaways that nobody has looked at since a record they cite changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from macros.articles import Article, Articles
from macros.load import Loaded
from macros.model import Explainer, Identified, Source, Takeaway
from macros.problems import Mistake, Problem, quoted
from macros.provenance import cited

Key = tuple[str, str]  # an explainer's slug and a record's id

_CALL = re.compile(r"\{\{\s*(?:cite|event|step|actor)\(\s*[\"']([^\"']+)[\"']\s*\)\s*\}\}")
_END = re.compile(r"[.?!][\"”)]?(?:\{\{[^}]*\}\})*\s+(?=[A-Z0-9“\"(\[*_{])")


@dataclass(frozen=True)
class Sentence:
    """A sentence of an article with its place, and the ids it names: records of its explainer, or `slug/id`."""

    text: str
    line: int
    column: int
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Project:
    """The facts and articles of the project at one time."""

    loaded: Loaded
    articles: Articles


def drifted(before: Project, now: Project) -> Iterator[Problem]:
    """Each sentence and takeaway that cites a record which changed meanwhile, unless it was looked at as well.

    It counts as looked at when its own words changed, when a revision written meanwhile names the record or the
    takeaway, or when the takeaway was `checked` anew.
    """
    changed = {key for slug in now.loaded.explainers for key in _changed(slug, before.loaded, now.loaded)}
    for slug, explainer in now.loaded.explainers.items():
        yield from _takeaways(slug, changed, before, now)
        article = now.articles.by_slug.get(slug)
        if article:
            old = before.articles.by_slug.get(slug)
            yield from _sentences(article, old, explainer, changed)


def _changed(slug: str, before: Loaded, now: Loaded) -> Iterator[Key]:
    """The records that are new or differ, but for those that a revision written meanwhile names."""
    explainer, old = now.explainers[slug], before.explainers.get(slug)
    if old is None:
        return
    announced = _named_since(old, explainer)
    for id_, record in explainer.records.items():
        if id_ not in announced and not isinstance(record, Takeaway) and record != old.records.get(id_):
            yield slug, id_


def _named_since(old: Explainer, explainer: Explainer) -> set[str]:
    """The records that revisions name which were not there before."""
    return {id_ for revision in explainer.revisions if revision not in old.revisions for id_ in revision.about}


def _takeaways(slug: str, changed: set[Key], before: Project, now: Project) -> Iterator[Problem]:
    explainer, old = now.loaded.explainers[slug], before.loaded.explainers.get(slug)
    document = now.loaded.documents[f"data/explainers/{slug}.yml"]
    for id_, takeaway in explainer.takeaways.items():
        known = old.takeaways.get(id_) if old else None
        moved = sorted(record for home, record in changed if home == slug and _rests(takeaway, explainer, record))
        if old and known and moved and not _was_checked(takeaway, known, _named_since(old, explainer)):
            mend = f"Read `{id_}` against it, then set its `checked:` to today"
            mistake = Mistake("look-again", f"{quoted(moved)} changed since this was checked", mend)
            yield document.problem(mistake, ("takeaways", id_, "text"))


def _was_checked(takeaway: Takeaway, known: Takeaway, named: set[str]) -> bool:
    return takeaway.text != known.text or takeaway.checked != known.checked or takeaway.id in named


def _rests(item: Takeaway, explainer: Explainer, id_: str) -> bool:
    return bool(_sources(explainer.records, id_) & set(item.sources))


def _sources(records: Mapping[str, Identified], id_: str) -> set[str]:
    """A source is cited by itself, every other record through the sources it rests on."""
    record = records.get(id_)
    return {id_} if record is None or isinstance(record, Source) else cited(record)


def _sentences(article: Article, old: Article | None, explainer: Explainer, changed: set[Key]) -> Iterator[Problem]:
    before = {sentence.text for sentence in sentences(old)} if old else set()
    for sentence in sentences(article):
        moved = sorted({id_ for id_ in sentence.ids for key in changed if _cites(article.slug, id_, explainer, key)})
        if moved and sentence.text in before:
            words = " ".join(_CALL.sub("…", sentence.text).split()[:8]).rstrip("….:, ")
            mend = "Read it again; when it still holds, name the record in a revision"
            mistake = Mistake("look-again", f"“{words} …” cites {quoted(moved)}, changed since", mend)
            yield mistake.at(article.path, sentence.line, sentence.column)


def _cites(slug: str, id_: str, explainer: Explainer, key: Key) -> bool:
    """Whether an id in a sentence of this explainer stands for a record, or for a source that it rests on."""
    home, _, record = id_.rpartition("/")
    if (home or slug, record) == key:
        return True
    return not home and key[0] == slug and record in _sources(explainer.records, key[1])


def sentences(article: Article) -> Iterator[Sentence]:
    """Every sentence of an article that names a record, with its place in the file."""
    for block in re.finditer(r"[^\n].*?(?=\n\s*\n|\Z)", article.body, re.DOTALL):
        start = block.start()
        for end in [*(match.end() for match in _END.finditer(block[0])), len(block[0])]:
            text = article.body[start : block.start() + end]
            ids = tuple(dict.fromkeys(_CALL.findall(text)))
            if ids:
                line = article.body.count("\n", 0, start)
                column = start - (article.body.rfind("\n", 0, start) + 1) + 1
                yield Sentence(" ".join(text.split()), article.first_line + line, column, ids)
            start = block.start() + end

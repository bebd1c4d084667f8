"""Drafts a new explainer: an article and its facts, empty or from a brief. Says nothing that the brief does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from macros.brief import Block, Brief, Kind, Section, without_links
from macros.marks import Checker, vocabulary
from macros.model import TODO_SOURCE, Actor, Explainer, in_order
from macros.records import Lines, Records, field_lines
from macros.reference import modeline

COMPONENTS: dict[Kind, str] = {"takeaways": "takeaways", "obstacles": "obstacles", "next_steps": "next_steps"}
_LAST = {"timeline": "What has happened so far?", "sources": "What does this rest on?"}


@dataclass(frozen=True)
class Draft:
    """The two files of a new explainer: paths below the project's root, and their text."""

    files: Mapping[str, str]
    left_out: tuple[tuple[int, int], ...]


def draft(slug: str, brief: Brief, actors: Mapping[str, Actor], day: date) -> Draft:
    """A draft that can be previewed at once, in which everything to be done or checked is marked."""
    path = f"data/explainers/{slug}.yml"
    written = {f"docs/explainers/{slug}.md": article(slug, brief), path: facts(path, brief, actors, day)}
    return Draft(written, brief.left_out)


def facts(path: str, brief: Brief, actors: Mapping[str, Actor], day: date) -> str:
    """The facts: a section for everything that the brief has, and a line about each of the others."""
    records = Records(brief, actors, day)
    drafted: dict[str, Lines] = {
        "lifecycle": ["lifecycle: draft"],
        "takeaways": records.takeaways(),
        "actors": records.parts(),
        "timeline": records.timeline(),
        "obstacles": records.obstacles(),
        "next_steps": records.next_steps(),
        "sources": records.sources(),
    }
    sections = [_section(name, drafted.get(name, [])) for name in in_order(Explainer)]
    text = "\n".join([f"{modeline(path)}", "# Every field is explained in data/README.md.", "", *chain(*sections)])
    return re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n"


def _section(name: str, lines: Lines) -> Lines:
    return ["", *lines, ""] if lines else [f"# {name}: {Explainer.model_fields[name].description}"]


def article(slug: str, brief: Brief) -> str:
    """The article: headings as questions, the brief's text with what is to be checked marked, and the components."""
    question = brief.title or f"TODO {slug.replace('-', ' ').capitalize()}?"
    head = ["---", *field_lines("title", question, 0), "description: TODO One sentence that answers it.", "---", ""]
    return "\n".join([*head, *_Article(brief).lines()]) + "\n"


class _Article:
    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.checker = Checker(vocabulary(brief.texts))
        self.placed: set[str] = set()

    def lines(self) -> Iterator[str]:
        opening = [section for section in self.brief.sections if not section.heading]
        if not opening:
            yield from ("TODO Two or three sentences for a reader in a hurry.", "")
        for section in opening:
            yield from self._body(section)
        yield from ("{{ takeaways() }}", "")
        self.placed.add("takeaways")
        for section in self.brief.sections:
            if section.heading and not (section.kind == "takeaways" and all(block.items for block in section.blocks)):
                yield from self._heading(section.heading)
                yield from self._body(section)
        for name, heading in _LAST.items():
            yield from (f"## {heading}", "", f"{{{{ {name}() }}}}", "")

    def _heading(self, heading: str) -> Iterator[str]:
        words = _safe(heading)
        yield from (f"## {words}" if words.endswith("?") else f"## {words}?", "")
        if not words.endswith("?"):
            yield from ("<!-- TODO question: word the heading as readers would ask it -->", "")

    def _body(self, section: Section) -> Iterator[str]:
        for block in section.blocks:
            if not block.items:
                yield from (f"{self._marked(block.text)} <!-- {TODO_SOURCE} -->", "")
            elif section.kind == "prose":
                yield from (*self._list(block), "")
        component = COMPONENTS.get(section.kind)
        if component and component not in self.placed:
            self.placed.add(component)
            yield from (f"{{{{ {component}() }}}}", "")

    def _list(self, block: Block) -> Iterator[str]:
        for number, item in enumerate(block.items, start=1):
            yield f"{f'{number}.' if block.ordered else '-'} {self._marked(item)} <!-- {TODO_SOURCE} -->"

    def _marked(self, text: str) -> str:
        text = without_links(text)
        parts, end = [], 0
        for start, stop in self.checker.spans(text):
            parts += [_safe(text[end:start]), f"<mark>{_safe(text[start:stop])}</mark>"]
            end = stop
        return "".join([*parts, _safe(text[end:])])


def _safe(text: str) -> str:
    """Words that neither Markdown's HTML nor the components' braces can be mistaken for."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("[", "&#91;").replace("{", "&#123;")
    return re.sub(r"^(!!!|\?\?\?)", r"\\\1", escaped)

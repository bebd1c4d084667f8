"""The records that a brief gives, as YAML that a person would write, each with what is still to do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from textwrap import wrap
from urllib.parse import urlsplit

import yaml

from macros.brief import Brief, Kind, plain
from macros.marks import Checker, vocabulary
from macros.model import TODO_SOURCE, Actor, is_web_address

Lines = list[str]
WIDTH = 110
_SOURCES = f"    sources: [{TODO_SOURCE}]"
_SMALL = "a an the and or of in on at to for from with by as is are was were be it its their his her"
_SKIPPED = frozenset(_SMALL.split())
_ADDRESS = re.compile(r"https?://[^\s<>\"')\]}]+")
_SENTENCE_END = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])")
_DAY = re.compile(r"\b(\d{1,2}) ([A-Z][a-z]+) (\d{4})\b|\b([A-Z][a-z]+) (\d{1,2}), (\d{4})\b|\b(\d{4}-\d{2}-\d{2})\b")


class Records:
    """The sections of facts, in the words of the brief."""

    def __init__(self, brief: Brief, actors: Mapping[str, Actor], day: date) -> None:
        self.brief, self.actors, self.day = brief, actors, day
        self.checker = Checker(vocabulary(brief.texts))
        self.ids: set[str] = set()

    def takeaways(self) -> Lines:
        """One for each item; without any, one to be written."""
        lines: Lines = []
        for text in self._items("takeaways"):
            lines += [f"  {self._id('t', text)}:", *self._check(text), *field_lines("text", text, 4), _SOURCES]
        todo = ["  t-first:", "    text: TODO One or two plain sentences to remember.", _SOURCES]
        return ["takeaways:", *(lines or todo)]

    def parts(self) -> Lines:
        """Actors that have a file and are named."""
        words = "\n".join(self.brief.texts)
        lines: Lines = []
        for id_, actor in self.actors.items():
            if re.search(rf"\b{re.escape(actor.name)}\b", words):
                lines += [f"  {id_}:", "    role: TODO What they are in this story.", _SOURCES]
        return ["actors:", *lines] if lines else []

    def timeline(self) -> Lines:
        """Sentences of the text that name one day which is not to come; without any, one event to be written."""
        lines: Lines = []
        for sentence, day in self._dated():
            lines += [f"  {self._id('e', sentence)}:", *self._check(sentence), f"    date: {day}"]
            lines += [*field_lines("title", _short(sentence), 4), *field_lines("text", sentence, 4), _SOURCES]
        todo = [
            "  e-first:",
            f"    date: {self.day}  # TODO when it happened; this is the day of the draft",
            "    title: TODO What happened, in a headline.",
            _SOURCES,
        ]
        return ["timeline:", *(lines or todo)]

    def obstacles(self) -> Lines:
        """One for each item; words before a colon are its title."""
        lines: Lines = []
        for text in self._items("obstacles"):
            title, _, rest = text.partition(": ")
            title, rest = (title, rest) if rest and len(title.split()) <= 8 else (_short(text), text)
            lines += [f"  {self._id('o', title)}:", *self._check(text), *field_lines("title", title, 4)]
            lines += field_lines("text", rest, 4) if rest != title else []
            lines += ["    blocks: []  # TODO the ids of the next steps that it stands in the way of"]
            lines += [f"    removed_when: '{TODO_SOURCE}: what would count as removal?'"]
        return ["obstacles:", *lines] if lines else []

    def next_steps(self) -> Lines:
        """One for each item; it is expected when the item says so, else at an unknown date."""
        lines: Lines = []
        for text in self._items("next_steps"):
            days = list(_days(text))
            expected = days[0].isoformat() if len(days) == 1 else "unknown"
            lines += [f"  {self._id('n', text)}:", *self._check(text), *field_lines("title", text, 4)]
            lines += [f"    expected: {expected}"]
            lines += ["    basis: inference  # TODO announced, required, expected or inference"]
            lines += [f"    done_when: '{TODO_SOURCE}: what counts as done?'"]
        return ["next_steps:", *lines] if lines else []

    def sources(self) -> Lines:
        """The addresses in the brief; without any, one source to be written."""
        found = (match[0].rstrip(".,;:!?") for text in self.brief.texts for match in _ADDRESS.finditer(text))
        lines: Lines = []
        for url in dict.fromkeys(url for url in found if is_web_address(url)):
            host = (urlsplit(url).hostname or "").removeprefix("www.")
            lines += [*self._source(self._id("s", host.replace(".", " ")), url)]
        return ["sources:", *(lines or self._source("s-first", "https://example.org/TODO"))]

    def _source(self, id_: str, url: str) -> Lines:
        return [
            f"  {id_}:",
            "    title: TODO The page's title.",
            "    publisher: TODO Who published it.",
            *field_lines("url", url, 4),
            "    kind: newspaper  # TODO the sort of publisher, see data/README.md",
        ]

    def _items(self, kind: Kind) -> Iterator[str]:
        for section in self.brief.sections:
            if section.kind == kind:
                yield from (plain(item).rstrip(";") for block in section.blocks for item in block.items if item)

    def _check(self, text: str) -> Lines:
        words = self.checker.words(text)
        return [f"    # TODO check: {'; '.join(words)}"] if words else []

    def _id(self, letter: str, text: str) -> str:
        """A free id of the text's first words, for a person to better."""
        bare = unicodedata.normalize("NFKD", re.sub(r"['\u2019]s?\b", "", text))
        words = re.findall(r"[a-z0-9]+", bare.encode("ascii", "ignore").decode().lower())
        chosen = "-".join([word[:20] for word in words if word not in _SKIPPED][:4])
        base, number = f"{letter}-{chosen}".rstrip("-"), 1
        id_ = base if chosen else f"{base}-1"
        while id_ in self.ids:
            number += 1
            id_ = f"{base}-{number}"
        self.ids.add(id_)
        return id_

    def _dated(self) -> Iterator[tuple[str, date]]:
        for section in self.brief.sections:
            for block in section.blocks:
                for sentence in _SENTENCE_END.split(plain(block.text)):
                    days = list(_days(sentence))
                    if len(days) == 1 and days[0] <= self.day:
                        yield sentence, days[0]


def _days(text: str) -> Iterator[date]:
    """The days that a text names whole, with month and year."""
    for match in _DAY.finditer(text):
        written = match[7] or f"{match[1] or match[5]} {match[2] or match[4]} {match[3] or match[6]}"
        try:
            yield datetime.strptime(written, "%Y-%m-%d" if match[7] else "%d %B %Y").date()
        except ValueError:
            continue


def _short(text: str) -> str:
    words = text.split()
    return text if len(words) <= 9 else " ".join(words[:8]).rstrip(".,;:") + " …"


def field_lines(name: str, text: str, indent: int) -> Lines:
    """A field as a person writes it: plain where YAML allows it, else in quotes; a long text folded."""
    space = " " * indent
    if len(text) + len(name) + indent > WIDTH and " " in text:
        return [f"{space}{name}: >", *wrap(text, WIDTH, initial_indent=f"{space}  ", subsequent_indent=f"{space}  ",
                break_long_words=False, break_on_hyphens=False)]  # fmt: skip
    return [f"{space}{name}: {text if _is_plain(text) else _in_quotes(text)}"]


def _is_plain(text: str) -> bool:
    try:
        node = yaml.compose(f"a: {text}", Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return False
    value = node.value[0][1] if isinstance(node, yaml.MappingNode) else None
    if not isinstance(value, yaml.ScalarNode) or value.tag == "tag:yaml.org,2002:null":
        return False
    return not value.style and bool(value.value == text)


def _in_quotes(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

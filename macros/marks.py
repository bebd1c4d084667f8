"""What in a text has to be held against the world: dates, quoted speech, names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from macros.dates import MONTHS

_MONTH = rf"(?:{'|'.join(MONTHS)})"
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?: \d{{4}})?\b|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:, \d{{4}})?\b"
    rf"|\b{_MONTH} \d{{4}}\b"
    rf"|\b(?:in|since|until|by|from|last|next|this|early|mid|late|[Hh]is|[Hh]er|[Tt]heir)[ -]{_MONTH}\b"
    r"|\b\d{4}-\d{2}(?:-\d{2})?\b|\b(?:19|20)\d{2}\b|\b\d{1,2}[/.]\d{1,2}[/.](?:19|20)?\d{2}\b"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:yesterday|today|tomorrow|tonight)\b"
    r"|\b(?:last|next|this|past) (?:week|weekend|month|year|spring|summer|autumn|fall|winter)\b",
    re.ASCII,
)
_QUOTE = re.compile(r"“[^”]{1,800}”|\"[^\"]{1,800}\"|«[^»]{1,800}»|„[^“”]{1,800}[“”]|‘[^’]{3,800}’(?!\w)")
_WORD = re.compile(r"[^\W\d_]+(?:[.’'-][^\W\d_]+)*\.?(?=\W|$)")
_JOINING = "of the de van von der den da di du la le al bin ibn"
_SMALL = """
a an the and or but if as at by for from in into of off on onto over to up with without about after against before
between during under while when where why who what which how whether this that these those there here it its he his
she her they their we our you your i my not no yes so yet still also then than despite although though because since
until both each either neither every all some most many more few several other another one two three four five new
major meanwhile however instead rather only even just once now today is are was were be been has have had do does
did will would can could may might must should let key global
"""
_JOINS, _COMMON = frozenset(_JOINING.split()), frozenset(_SMALL.split())


@dataclass
class Checker:
    """Finds what to check. A name is found where it first stands; the same name later on is the same name.

    `vocabulary` are the words that the whole text writes small somewhere: at the start of a sentence they are no names.
    """

    vocabulary: frozenset[str] = frozenset()
    names: set[str] = field(default_factory=set)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where something to check stands, in order, none inside another."""
        found = [match.span() for match in _QUOTE.finditer(text)]
        found += _outside(found, (match.span() for match in _DATE.finditer(text)))
        for start, end in _outside(found, _names(text, self.vocabulary)):
            name = text[start:end]
            if not any(f" {name} " in f" {known} " for known in self.names):
                self.names.add(name)
                found.append((start, end))
        return sorted(found)

    def words(self, text: str) -> list[str]:
        """What to check, each once."""
        return list(dict.fromkeys(text[start:end] for start, end in self.spans(text)))


def _outside(taken: list[tuple[int, int]], spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(a, b) for a, b in spans if not any(a < end and start < b for start, end in taken)]


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The words that stand somewhere in these texts in small letters."""
    return frozenset(match[0].rstrip(".") for text in texts for match in _WORD.finditer(text) if match[0].islower())


def _names(text: str, known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Runs of words with capitals; a word that begins a sentence counts when nothing speaks against it."""
    run: list[re.Match[str]] = []
    for match in [*_WORD.finditer(text), None]:
        if match and run and _continues(text, run, match):
            run.append(match)
            continue
        yield from _named(text, run, known)
        run = [match] if match and _is_capital(match[0]) else []


def _continues(text: str, run: list[re.Match[str]], match: re.Match[str]) -> bool:
    between = text[run[-1].end() : match.start()]
    return between == " " and not _ends_sentence(run[-1][0]) and (_is_capital(match[0]) or match[0] in _JOINS)


def _named(text: str, run: list[re.Match[str]], known: frozenset[str]) -> Iterator[tuple[int, int]]:
    while run and (run[-1][0] in _JOINS):
        run.pop()
    first = run[0][0].lower().rstrip(".") if run else ""
    if run and _begins_sentence(text[: run[0].start()]) and (first in _COMMON | known or first.endswith(("ing", "ly"))):
        run = run[1:]
    run = run[1:] if run and run[0][0] in _JOINS else run
    if run and (len(run) > 1 or run[0][0].lower().rstrip(".") not in _COMMON):
        word = re.sub(r"(?:['’]s)?\.?$", "", run[-1][0]) if not _is_short(run[-1][0]) else run[-1][0]
        yield run[0].start(), run[-1].start() + len(word)


def _is_capital(word: str) -> bool:
    return word[0].isupper()


def _is_short(word: str) -> bool:
    """U.S., not a word at the end of a sentence."""
    return bool(re.fullmatch(r"(?:[A-Z]\.)+", word))


def _ends_sentence(word: str) -> bool:
    return word.endswith(".") and len(word.rstrip(".")) > 3 and "." not in word[:-1]


def _begins_sentence(before: str) -> bool:
    return not before.strip(" \n*_([“\"‘'-—") or bool(re.search(r"[.!?:;][”\")’]?\s+[“\"‘(*_]*$", before))

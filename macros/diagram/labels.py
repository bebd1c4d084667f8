"""Breaks a name into lines that fit a box."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import east_asian_width

ROOM = 8.05  # what fits into a box, in sizes of its bold type
_NARROW, _BROAD = frozenset("Ifijlrt .,:;'-()|"), frozenset("mwMW@%")


def lines(name: str) -> tuple[str, ...]:
    """The name's words on as few lines as hold them; a word that is too long is broken, and nothing is lost."""
    done: list[str] = []
    for word in name.split():
        if done and _width(f"{done[-1]} {word}") <= ROOM:
            done[-1] += f" {word}"
        else:
            done += _pieces(word)
    return tuple(done) or (name,)


def _pieces(word: str) -> Iterator[str]:
    piece = ""
    for letter in word:
        if piece and _width(piece + letter) > ROOM:
            yield piece
            piece = ""
        piece += letter
    yield piece


def _width(text: str) -> float:
    return sum(map(_letter, text))


def _letter(letter: str) -> float:
    """About as wide as in the broadest of the usual typefaces, since nobody knows which one a reader has."""
    if letter in _NARROW:
        return 0.42
    if letter in _BROAD or east_asian_width(letter) in "WF":
        return 1.0
    return 0.78 if letter.isupper() else 0.68

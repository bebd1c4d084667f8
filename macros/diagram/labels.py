"""Breaks a name into lines that fit a box."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import east_asian_width

ROOM = 8.05  # what fits into a box, in sizes of its bold type
_NARROW, _BROAD = frozenset("Ifijlrt .,:;'-()|"), frozenset("mwMW@%")


def lines(name: str, room: float = ROOM) -> tuple[str, ...]:
    """The name's words on as few lines as hold them; a word that is too long is broken, and nothing is lost.

    `room` is how wide a line may be, in sizes of its bold type.
    """
    done: list[str] = []
    for word in name.split():
        if done and width(f"{done[-1]} {word}") <= room:
            done[-1] += f" {word}"
        else:
            done += _pieces(word, room)
    return tuple(done) or (name,)


def _pieces(word: str, room: float) -> Iterator[str]:
    piece = ""
    for letter in word:
        if piece and width(piece + letter) > room:
            yield piece
            piece = ""
        piece += letter
    yield piece


def width(text: str) -> float:
    """How wide a text is at most, in sizes of its bold type."""
    return sum(map(_letter, text))


def _letter(letter: str) -> float:
    """About as wide as in the broadest of the usual typefaces, since nobody knows which one a reader has."""
    if letter in _NARROW:
        return 0.42
    if letter in _BROAD or east_asian_width(letter) in "WF":
        return 1.0
    return 0.78 if letter.isupper() else 0.68

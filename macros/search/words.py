"""The words of a text as the index holds them: folded to small letters without accents, and cut to their stems.

assets/search/words.js does the same to what a reader types; a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata

import Stemmer

WORD = re.compile(r"[^\W_]+")
STOP = tuple(
    WORD.findall(
        "an and are as at be been but by for from had has have he his if in into is it its of on or she that the their "
        "them there they this to was we were which will with"
    )
)  # so common that they tell no entry from another


def folded(text: str) -> str:
    """In small letters, without accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if not unicodedata.category(sign).startswith("M")).lower()


class Stems(dict[str, str]):
    """The stem of every word met so far; words that are not searched for have an empty one."""

    def __init__(self) -> None:
        super().__init__(dict.fromkeys(STOP, ""))
        self._stem = Stemmer.Stemmer("english", 0).stemWord

    def __missing__(self, word: str) -> str:
        stem = "" if len(word) == 1 and word in "abcdefghijklmnopqrstuvwxyz" else self._stem(word)
        self[word] = stem
        return stem

    def of(self, text: str) -> set[str]:
        """The stems of a text's words."""
        return {self[word] for word in WORD.findall(folded(text))} - {""}

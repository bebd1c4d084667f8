"""The words of a text as the index holds them: folded to small letters without accents, and cut to their stems.

assets/search/words.js does the same to what a reader types; a test holds the two together.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import Stemmer

LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
COMMON = """
an and are as at be been but by for from had has have he his if in into is it its of on or she that the their them there
they this to was we were which will with
"""
STOP = tuple(COMMON.split())  # these tell no entry from another


class _Fold(dict[int, str | None]):
    """For `str.translate`: a sign as the index has it, a space where it belongs to no word."""

    def __missing__(self, code: int) -> str | None:
        plain = unicodedata.normalize("NFKD", chr(code)).lower()
        kept = [sign if sign.isalnum() else " " for sign in plain if not unicodedata.category(sign).startswith("M")]
        self[code] = "".join(kept) or None
        return self[code]


_FOLD = _Fold()


def words(text: str) -> list[str]:
    """Every word of a text, in small letters without accents."""
    return text.translate(_FOLD).split()


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english", 0)


def stem(word: str) -> str:
    """What the forms of a word share; nothing for those that are not searched for, the commonest and single letters."""
    return "" if word in LETTERS or word in STOP else str(_stemmer().stemWord(word))

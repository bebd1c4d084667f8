"""Reads a brief, plain text or Markdown: its title, its sections, and what in it is no part of the story."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

Kind = Literal["prose", "takeaways", "obstacles", "next_steps"]
HEADING_LIMIT = 12  # words; a longer line without a full stop is a paragraph that lacks one

_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)---[ \t]*\n", re.DOTALL)
_BULLET = re.compile(r"^([ ]*)[•◦‣▪●○∙·*+–—-][ ]+", re.MULTILINE)
_NUMBER = re.compile(r"^([ ]*)\(?(\d{1,3})\)[ ]+", re.MULTILINE)
_KINDS: tuple[tuple[Kind, str], ...] = (
    ("takeaways", r"take-?aways?|key (points|facts|messages)|at a glance|in (brief|short)|bottom line|tl;?dr|summary"),
    ("obstacles", r"challenges?|obstacles?|hurdles?|barriers?|sticking points?|stands? in the way|roadblocks?"),
    ("next_steps", r"what['’]?s next|what (comes|happens) next|next steps?|what to watch|(looking|the road) ahead"),
)
_ADVERT = re.compile(
    r"^(in partnership with|presented by|sponsored|advertisement|together with|reply|or to participate)\b"
    r"|\b(sign up|subscri\w+|unsubscribe|newsletter|promo code|free trial|% free|click here|view in browser"
    r"|forwarded this|each daily email|try it (free|today)|learn more here|affiliate)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Block:
    """A paragraph, or a list when it has items; `first` and `last` are lines of the brief."""

    text: str
    items: tuple[str, ...]
    ordered: bool
    first: int
    last: int


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it; before the first heading, the heading is empty."""

    heading: str
    blocks: tuple[Block, ...]

    @property
    def kind(self) -> Kind:
        """What its list is made of, by the words of its heading."""
        listed = any(block.items for block in self.blocks)
        return kind_of(self.heading) if listed else "prose"


@dataclass(frozen=True)
class Brief:
    """What a brief says, and the lines of it that are advertisement."""

    title: str
    sections: tuple[Section, ...]
    left_out: tuple[tuple[int, int], ...]

    @property
    def texts(self) -> Iterator[str]:
        """Every paragraph and item, in order."""
        for section in self.sections:
            for block in section.blocks:
                yield from block.items or (block.text,)


def kind_of(heading: str) -> Kind:
    """What a list below this heading is made of."""
    return next((kind for kind, words in _KINDS if re.search(rf"\b({words})\b", heading, re.IGNORECASE)), "prose")


def without_links(text: str) -> str:
    """Pictures and links become their words: addresses in a brief are drafted as sources."""
    text = re.sub(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])", r"\1", text)
    return re.sub(r"<(https?://[^>\s]+)>", r"\1", text)


def plain(text: str) -> str:
    """A text for a record, which is no Markdown."""
    return re.sub(r"\*\*|__|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)", "", without_links(text)).strip()


def read(text: str) -> Brief:
    """Read a brief of any shape."""
    clean = _clean(text)
    front = _FRONT.match(clean)
    title = re.search(r"^title:\s*[\"']?(.+?)[\"']?\s*$", front[1], re.MULTILINE) if front else None
    body = "\n" * clean[: front.end()].count("\n") + clean[front.end() :] if front else clean
    sections = list(_sections(_parsed(body)))
    found, sections = _titled(sections, title[1] if title else "")
    kept = [_without_adverts(section) for section in sections]
    dropped = {b for s in sections for b in s.blocks} - {b for s in kept for b in s.blocks}
    named = tuple(Section("" if _ADVERT.search(s.heading) else s.heading, s.blocks) for s in kept)
    return Brief(found, tuple(s for s in named if s.heading or s.blocks), _spans(dropped))


def _clean(text: str) -> str:
    """Line ends as here, bullets as in Markdown, and no sign that cannot be seen."""
    lines = re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text).replace("\t", "    ").replace("\xa0", " ")
    visible = "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return _NUMBER.sub(r"\1\2. ", _BULLET.sub(r"\1- ", visible))


@dataclass(frozen=True)
class _Part:
    """A block of Markdown; a heading has a level, a line that may be one has `may_be_heading`."""

    block: Block
    level: int = 0
    may_be_heading: bool = False


def _parsed(text: str) -> list[_Part]:
    rows = text.split("\n")
    tokens = MarkdownIt("commonmark", {"html": False}).disable(["code", "html_block"]).parse(text)
    return [
        _part(group, rows) for group in _groups(tokens) if any(token.type in ("inline", "fence") for token in group)
    ]


def _groups(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of each outermost block."""
    group: list[Token] = []
    for token in tokens:
        group.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield group
            group = []


def _part(group: list[Token], rows: list[str]) -> _Part:
    first, last = group[0].map or [0, 1]
    is_list = group[0].type in ("bullet_list_open", "ordered_list_open")
    items = tuple(_items(group)) if is_list else ()
    text = " ".join(" ".join(token.content.split()) for token in group if token.type in ("inline", "fence"))
    block = Block("" if items else text, items, group[0].type.startswith("ordered"), first + 1, max(last, first + 1))
    if group[0].type == "heading_open" and len(text.split()) <= 2 * HEADING_LIMIT:
        return _Part(block, int(group[0].tag[1:]))
    single = group[0].type == "paragraph_open" and last - first == 1
    return _Part(block, may_be_heading=single and _looks_like_heading(text))


def _items(group: list[Token]) -> Iterator[str]:
    """The items of a list; what is nested in one is a part of it."""
    words: list[str] = []
    for token in group:
        if token.type == "inline":
            words += token.content.split()
        elif token.type == "list_item_close" and token.level == 1:
            yield " ".join(words)
            words = []


def _looks_like_heading(text: str) -> bool:
    bare = _bare(text)
    starts = bare[:1].isupper() or bare[:1].isdigit()
    short = 0 < len(bare.split()) <= HEADING_LIMIT
    ends = not re.search(r"[.,;!…]$", bare) and (not bare.endswith(":") or kind_of(bare) != "prose" or bare != text)
    return starts and short and ends and not re.match(r"by [A-Z]|https?:", bare, re.IGNORECASE)


def _bare(heading: str) -> str:
    return re.sub(r"^(\*\*|__|\*|_)(.+?)\1$", r"\2", heading.strip()).strip()


def _sections(parts: list[_Part]) -> Iterator[Section]:
    heading = ""
    blocks: list[Block] = []
    for number, part in enumerate(parts):
        if _leads(part, parts[number - 1] if number else None, parts[number + 1 : number + 2]):
            yield Section(heading, tuple(blocks))
            heading, blocks = _bare(part.block.text).rstrip(":# "), []
        else:
            blocks.append(part.block)
    yield Section(heading, tuple(blocks))


def _leads(part: _Part, before: _Part | None, after: Sequence[_Part]) -> bool:
    """A line that looks like a heading is one when text or a list follows, or when it begins the brief.

    A line with a colon below a heading introduces the list.
    """
    if part.level or not part.may_be_heading or _ADVERT.search(part.block.text):
        return bool(part.level)
    if before and (before.level or before.may_be_heading) and part.block.text.endswith(":"):
        return False
    return bool(after) and (before is None or after[0].block.text.endswith(":") or not after[0].may_be_heading)


def _titled(sections: list[Section], title: str) -> tuple[str, list[Section]]:
    """The title, and the sections without it: a first heading with nothing before it names the whole."""
    kept = [section for section in sections if section.heading or section.blocks]
    first = kept[0] if kept else None
    if title or first is None or not first.heading or kind_of(first.heading) != "prose" or len(kept) < 2:
        return title, kept
    return first.heading, [Section("", first.blocks), *kept[1:]]


def _without_adverts(section: Section) -> Section:
    """Advertisement is left out by its words; after a list that closes a section, with the paragraphs around it."""
    blocks = [block for block in section.blocks if block.items or not _ADVERT.search(block.text)]
    lists = [number for number, block in enumerate(section.blocks) if block.items]
    tail = section.blocks[lists[-1] + 1 :] if lists and kind_of(section.heading) != "prose" else ()
    if any(_ADVERT.search(block.text) for block in tail):
        blocks = [block for block in blocks if block not in tail]
    return Section(section.heading, tuple(blocks))


def _spans(blocks: Iterable[Block]) -> tuple[tuple[int, int], ...]:
    """The lines of these blocks; what lies side by side is one span."""
    spans: list[tuple[int, int]] = []
    for block in sorted(blocks, key=lambda block: block.first):
        if spans and block.first <= spans[-1][1] + 2:
            spans[-1] = spans[-1][0], block.last
        else:
            spans.append((block.first, block.last))
    return tuple(spans)

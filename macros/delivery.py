"""The last step of a build: every page loads one style sheet and one script of ours, and a policy allows no more.

What only the theme's script and search can use is in a second sheet, which comes with them.

Templates print a mark where an address or a policy goes; here, where all pages are known, it is filled in.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from macros.policy import policy
from macros.styles import Vocabulary, sheet


@dataclass(frozen=True)
class Marks:
    """What a template prints until the build is done."""

    styles: str = "assets/site.0000000000.css"
    scripts: str = "assets/site.0000000000.js"
    theme_styles: str = "assets/theme.0000000000.css"
    search_styles: str = "assets/search.0000000000.css"
    search_scripts: str = "assets/search.0000000000.js"
    policy: str = "0000000000.policy"


MARKS = Marks()
KEEPS_SPACE = re.compile(r"(<(?:pre|textarea|script|style)\b.*?</(?:pre|textarea|script|style)>)", re.DOTALL)
INDENTATION = re.compile(r"\n\s+")
FOR_WRITERS = re.compile(r"^\s*//.*\n|^[ \t]+", re.MULTILINE)
EMBED = "assets/embed.css"  # for frames on other sites; it imports what a preview leaves in files of their own
IMPORT = re.compile(r'@import "([^"]+)";')
FIRST = "assets/on-demand.js"  # fetches the theme's own script and search when they are wanted
SEARCH_STYLES = "assets/search/search.css"
SEARCH_SCRIPTS = tuple(f"assets/search/{name}.js" for name in ("stem", "words", "index", "question", "view"))


def prepared(html: str) -> str:
    """A page as it is sent, but for the marks of addresses: without indentation, and with its policy."""
    parts = KEEPS_SPACE.split(html)
    parts[::2] = [INDENTATION.sub("\n", part) for part in parts[::2]]
    html = "".join(parts)
    return html.replace(MARKS.policy, policy(html), 1) if MARKS.policy in html else html


def finish(
    site: Path, styles: Sequence[str], scripts: Sequence[str], vocabulary: Vocabulary, ready: Container[str] = ()
) -> dict[str, str]:
    """Merge the theme's and these style sheets, and these scripts; fill in the marks of all pages.

    Returns the addresses. `styles` and `scripts` are paths below the site. Pages at the paths in `ready` are prepared,
    and their words are in the vocabulary.
    """
    styles = [*_paths(site, "assets/stylesheets/*.css"), *styles]
    scripts = [FIRST, *scripts]
    pages = sorted(site.rglob("*.html"))
    for page in pages:
        if page.relative_to(site).as_posix() not in ready:
            page.write_bytes(vocabulary.read(prepared(_text(page))).encode())
    addresses = _assets(site, styles, scripts, vocabulary)
    (site / EMBED).write_text(sheet(_imported(site, EMBED), vocabulary), encoding="utf-8")
    for page in pages:
        page.write_bytes(filled_in(page.read_bytes(), addresses))
    for path in [*styles, *scripts, SEARCH_STYLES, *SEARCH_SCRIPTS]:
        (site / path).unlink()
        (site / f"{path}.map").unlink(missing_ok=True)
    (site / SEARCH_STYLES).parent.rmdir()
    return addresses


def _assets(site: Path, styles: Sequence[str], scripts: Sequence[str], vocabulary: Vocabulary) -> dict[str, str]:
    """Write the merged files; their addresses by mark. What only the theme's script and search name comes second."""
    merged, search = _merged(site, scripts), _merged(site, SEARCH_SCRIPTS)
    theirs = [_text(site / path) for path in _paths(site, "assets/javascripts/*.js")]
    sheets = [_text(site / path) for path in styles]
    vocabulary.read_script(merged)
    first = sheet(sheets, vocabulary)
    own = _text(site / SEARCH_STYLES)
    beside = sheet(sheets, _beside(vocabulary, search + own))
    for script in [search, *theirs]:
        vocabulary.read_script(script)
    found = beside + sheet([own], vocabulary)
    return {
        MARKS.styles: _written(site, MARKS.styles, first),
        MARKS.theme_styles: _written(site, MARKS.theme_styles, sheet(sheets, vocabulary)),
        MARKS.scripts: _written(site, MARKS.scripts, merged),
        MARKS.search_styles: _written(site, MARKS.search_styles, found),
        MARKS.search_scripts: _written(site, MARKS.search_scripts, search),
    }


def _merged(site: Path, scripts: Iterable[str]) -> str:
    """Scripts as one, without what only their writers need."""
    return FOR_WRITERS.sub("", "\n".join(_text(site / path) for path in scripts))


def _imported(site: Path, path: str) -> list[str]:
    """A style sheet after those that it imports, which stand beside it."""
    text = _text(site / path)
    beside = [_text((site / path).parent / name) for name in IMPORT.findall(text)]
    return [*beside, IMPORT.sub("", text)]


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _paths(site: Path, pattern: str) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.glob(pattern))


def _beside(first: Vocabulary, script: str) -> Vocabulary:
    """What a script can name beside what the first sheet is for."""
    more = replace(first, words={*first.words}, styled=first)
    more.read_script(script)
    return more


def _written(site: Path, mark: str, content: str) -> str:
    """The address of the file, which changes with its content, so that no browser keeps an old one."""
    path = mark.replace("0000000000", sha256(content.encode()).hexdigest()[:10])
    (site / path).write_text(content, encoding="utf-8")
    return path


def filled_in(page: bytes, addresses: dict[str, str]) -> bytes:
    """A prepared page with the addresses of what it loads."""
    for mark, address in addresses.items():
        page = page.replace(mark.encode(), address.encode())
    return page

"""The last step of a build: every page loads one style sheet and one script of ours, and a policy allows no more.

What only the theme's script and search can use is in a second sheet, which comes with them.

Templates print a mark where an address or a policy goes; here, where all pages are known, it is filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from macros.policy import policy
from macros.styles import Vocabulary, sheet
from macros.tags import inline


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


def finish(site: Path, styles: Sequence[str], scripts: Sequence[str]) -> None:
    """Merge the theme's and these style sheets, and these scripts; fill in the marks of all pages, without indentation.

    `styles` and `scripts` are paths below the site.
    """
    styles = [*_paths(site, "assets/stylesheets/*.css"), *styles]
    scripts = [FIRST, *scripts]
    pages = sorted(site.rglob("*.html"))
    merged, search = _merged(site, scripts), _merged(site, SEARCH_SCRIPTS)
    theirs = [_text(site / path) for path in _paths(site, "assets/javascripts/*.js")]
    sheets = [_text(site / path) for path in styles]
    vocabulary = _vocabulary(pages, [merged])
    first = sheet(sheets, vocabulary)
    own = _text(site / SEARCH_STYLES)
    beside = sheet(sheets, _beside(vocabulary, search + own))
    for script in [search, *theirs]:
        vocabulary.read_script(script)
    found = beside + sheet([own], vocabulary)
    addresses = {
        MARKS.styles: _written(site, MARKS.styles, first),
        MARKS.theme_styles: _written(site, MARKS.theme_styles, sheet(sheets, vocabulary)),
        MARKS.scripts: _written(site, MARKS.scripts, merged),
        MARKS.search_styles: _written(site, MARKS.search_styles, found),
        MARKS.search_scripts: _written(site, MARKS.search_scripts, search),
    }
    (site / EMBED).write_text(sheet(_imported(site, EMBED), vocabulary), encoding="utf-8")
    for page in pages:
        page.write_bytes(_filled_in(_text(page), addresses).encode())
    for path in [*styles, *scripts, SEARCH_STYLES, *SEARCH_SCRIPTS]:
        (site / path).unlink()
        (site / f"{path}.map").unlink(missing_ok=True)
    (site / SEARCH_STYLES).parent.rmdir()


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


def _vocabulary(pages: Iterable[Path], scripts: Iterable[str]) -> Vocabulary:
    vocabulary = Vocabulary()
    said = set(scripts)
    for page in pages:
        html = _text(page)
        vocabulary.read_page(html)
        said.update(inline(html)["script"])
    for script in said:
        vocabulary.read_script(script)
    return vocabulary


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


def _filled_in(html: str, addresses: dict[str, str]) -> str:
    parts = KEEPS_SPACE.split(html)
    parts[::2] = [INDENTATION.sub("\n", part) for part in parts[::2]]
    html = "".join(parts)
    for mark, address in addresses.items():
        html = html.replace(mark, address)
    return html.replace(MARKS.policy, policy(html), 1) if MARKS.policy in html else html

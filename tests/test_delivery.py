"""What the built site sends: one style sheet in which nothing is missing."""

from __future__ import annotations

from dataclasses import astuple
from html import unescape
from pathlib import Path

import material
import pytest
from playwright.sync_api import Browser, Page, Route

from macros.delivery import MARKS
from tests import browser as tools
from tests.conftest import ROOT, new_project, run, write

STORY = "/explainers/can-china-push-russia-to-peace/"

EVERYTHING = """\
---
title: Everything
---

!!! warning "Mind the gap"
    An admonition with `code`.

??? note "Folded"
    - [ ] a list

| left | right |
|:-----|------:|
| a    | b     |

```python
if True:
    print("code")
    print("indented")
```

> A quotation with a [link](index.md), *stress* and <kbd>key</kbd>.

<p dir="rtl" lang="ar">نص</p>

1. one
    1. two
"""


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with a page on which a contributor uses whatever Markdown has."""
    project = new_project(tmp_path_factory.mktemp("everything"), own_code=False)
    write(project, {"docs/everything.md": EVERYTHING})
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    write(
        project,
        {"mkdocs.yml": config.replace("  - About: about.md\n", "  - About: about.md\n  - Everything: everything.md\n")},
    )
    built = run(project, "mkdocs", "build", "--strict")
    assert built.returncode == 0, built.stdout + built.stderr
    return project / "site"


def stock() -> str:
    """The style sheets as they are before anything is left out."""
    theme = Path(material.__file__).parent / "templates/assets/stylesheets"
    sheets = [*sorted(theme.glob("*.css")), ROOT / "macros/theme/assets/explainers.css"]
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


LOOKS = """() => [...document.querySelectorAll('body, body *')].map(element =>
    [null, '::before', '::after'].map(part => getComputedStyle(element, part).cssText).join())"""


def open_search(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.insert_text("thing")
    page.locator(".md-search-result__link").first.wait_for()


STATES = {
    "reading": lambda page: page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)"),
    "print": lambda page: page.emulate_media(media="print"),
    "search": open_search,
    "drawer": lambda page: page.evaluate("document.getElementById('__drawer').click()"),
}


def looks(browser: Browser, address: str, state: str, width: int, scheme: str, css: str | None) -> list[str]:
    """The computed style of everything on a page, with its own style sheet or another one."""
    size = {"width": width, "height": 800}
    page = browser.new_page(viewport=size, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)

    def replace(route: Route) -> None:
        route.fulfill(body=css, content_type="text/css") if css else route.continue_()

    page.route("**/site.*.css", replace)
    page.goto(address)
    page.add_style_tag(content="* { transition: none !important; content-visibility: visible !important }")
    STATES[state](page)
    found = page.evaluate(LOOKS)
    page.close()
    return found


@pytest.mark.parametrize(
    ("path", "state", "width", "scheme"),
    [
        ("everything/", "reading", 360, "light"),
        ("everything/", "reading", 1440, "dark"),
        ("everything/", "print", 1440, "light"),
        ("everything/", "search", 360, "dark"),
        ("everything/", "search", 1440, "light"),
        ("everything/", "drawer", 768, "light"),
        ("explainers/story/", "reading", 1440, "light"),
        ("404.html", "reading", 360, "dark"),
    ],
)
def test_no_rule_is_missed(everything: Path, browser: Browser, path: str, state: str, width: int, scheme: str) -> None:
    """Every element looks as it would with the style sheets whole, in every state."""
    with tools.serving(everything) as origin:
        full = looks(browser, f"{origin}/{path}", state, width, scheme, stock())
        ours = looks(browser, f"{origin}/{path}", state, width, scheme, None)
    assert len(full) > 50
    assert [(a, b) for a, b in zip(full, ours, strict=True) if a != b] == []


def test_every_mark_is_filled_in(site: Path) -> None:
    """No page is left with what a template printed for the last step of the build."""
    pages = {page: page.read_text(encoding="utf-8") for page in site.rglob("*.html")}
    marks = astuple(MARKS)
    assert len(pages) > 10
    assert [page for page, html in pages.items() if any(mark in html for mark in marks)] == []


def test_only_what_keeps_its_space_is_indented(everything: Path) -> None:
    """Indentation goes, except in code; words stay apart."""
    html = (everything / "everything/index.html").read_text(encoding="utf-8")
    assert 'print("code")\n    print("indented")\n' in unescape(html)
    code = html[html.index("<pre>") : html.index("</pre>")]
    assert [line for line in html.replace(code, "").split("\n") if line != line.lstrip()] == []


def test_the_first_style_sheet_is_small(site: Path) -> None:
    """One style sheet for a first view; what scripts may need as well is in another one, half of what it was made of."""
    sheets = {sheet.name.split(".")[0]: sheet.read_bytes() for sheet in site.rglob("*.css")}
    assert sorted(sheets) == ["embed", "search", "site", "theme"]
    assert b"@import" not in sheets["embed"]
    assert len(sheets["site"]) < len(sheets["theme"]) < len(stock().encode()) / 2

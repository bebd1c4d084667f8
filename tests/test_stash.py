"""Component HTML goes through Markdown untouched, wherever an article puts it."""

from __future__ import annotations

import pytest
from markdown import Markdown
from yaml import CSafeLoader, load

from macros.stash import token
from tests.conftest import ROOT
from tests.golden import Case, cases
from tests.markup import faults

BLOCK = "<section>\n  <p>A *b* _c_ | &lt;d&gt;</p>\n\n  <ul>\n    <li>e</li>\n  </ul>\n</section>"
INLINE = '<sup title="*a* _b_"><a href="#s">[1]</a></sup>'


class SiteLoader(CSafeLoader):
    """Reads mkdocs.yml, whose own tags do not matter here."""


def convert(text: str) -> str:
    """As the site does, with the extensions of mkdocs.yml and those that MkDocs adds."""
    listed = load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), SiteLoader)["markdown_extensions"]  # noqa: S506
    names = [next(iter(item)) if isinstance(item, dict) else item for item in listed]
    text = text.replace("BLOCK", token(BLOCK, "block")).replace("INLINE", token(INLINE, "inline"))
    return Markdown(extensions=[*names, "fenced_code"]).convert(text)


@pytest.mark.parametrize("case", cases("stash"))
def test_component_in_markdown(case: Case) -> None:
    """The HTML stands whole and unchanged in its surroundings, and the page stays valid."""
    html = convert(case.given["markdown"])
    assert html.count(BLOCK) == case.given["markdown"].count("BLOCK")
    assert html.count(INLINE) == case.given["markdown"].count("INLINE")
    if case.path.stem != "code":
        assert faults(html) == []
    case.matches("html", html.replace(BLOCK, "BLOCK").replace(INLINE, "INLINE"))


def test_pages_do_not_share_a_stash() -> None:
    """One converter serves many pages; what was stashed for one is gone for the next."""
    markdown = Markdown(extensions=["macros.stash"])
    first = markdown.convert(f"A {token('<div>1</div>', 'block')} b")
    second = markdown.reset().convert(f"A {token('<div>2</div>', 'block')} b")
    assert (first, second) == ("<p>A</p>\n<div>1</div>\n<p>b</p>", "<p>A</p>\n<div>2</div>\n<p>b</p>")


@pytest.mark.parametrize(
    "text",
    [
        *("explainersblock:", "explainersblock::", "explainersinline:a:", "explainersblock:%%%:"),
        *("explainersinline:_w==:", "explainersinline:YQ==YQ==:", "explainersblock:YR==:"),
    ],
)
def test_words_that_look_like_a_token(text: str) -> None:
    """Nobody types a token, but nothing breaks when somebody does: it stays a text."""
    assert convert(f"See {text} here.") == f"<p>See {text} here.</p>"

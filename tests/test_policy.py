"""The Content Security Policy: it says what the page needs, and nothing in real use breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.policy import policy
from tests import browser as tools

STORY = "/explainers/can-china-push-russia-to-peace/"
COUNT = """window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
    violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));"""


def test_a_plain_page_runs_nothing_of_its_own() -> None:
    """Without inline scripts there is nothing to allow; data in a script element is not run."""
    plain = policy('<script src="a.js"></script><script type="application/ld+json">{}</script>')
    assert plain.endswith("script-src 'self'; style-src 'self'")
    assert "unsafe" not in plain


def test_inline_scripts_and_styles_are_named_by_hash() -> None:
    """Each is allowed as it is, to the last byte (hashes by `openssl dgst -sha256 -binary | base64`)."""
    found = policy("<script>alert(1)</script><style>p{top:0}</style><td style='text-align: right;'>")
    assert "script-src 'self' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='" in found
    assert "style-src 'self' 'sha256-" in found
    assert "style-src-attr 'unsafe-hashes' 'sha256-" in found


def search(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.insert_text("peace")
    page.locator(".md-search-result__link").first.wait_for()


def choose_dark(page: Page) -> None:
    page.get_by_title("Switch to dark").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.reload()


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    page.emulate_media(media="print")
    page.pdf()


def choose(page: Page) -> None:
    for menu in page.locator(".filter select").all():
        menu.select_option(index=1)


@pytest.mark.parametrize(
    ("path", "use"),
    [(STORY, search), (STORY, choose_dark), (STORY, unfold), ("/404.html", search), ("/next/", choose)],
)
def test_nothing_breaks_the_policy(site: Path, browser: Browser, path: str, use: object) -> None:
    """Reading, searching, choosing colours, filtering and printing need nothing that the policy forbids."""
    assert callable(use)
    with tools.serving(site) as origin:
        page = browser.new_page()
        page.add_init_script(COUNT)
        found = tools.complaints(page, origin)
        page.goto(origin + path)
        use(page)
        assert page.evaluate("violations") == []
        assert found == []
        page.close()


def test_the_policy_is_in_force(site: Path, browser: Browser) -> None:
    """A script that was not built into the page does not run."""
    with tools.serving(site) as origin:
        page = browser.new_page()
        page.add_init_script(COUNT)
        page.goto(f"{origin}/about/")
        page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'ran = true'}))")
        assert page.evaluate("typeof ran") == "undefined"
        assert len(page.evaluate("violations")) == 1
        page.close()


def test_every_page_has_its_policy(site: Path) -> None:
    """No page is left out, and none for readers allows whatever is inline; the editor has a policy of its own."""
    pages = {page: page.read_text(encoding="utf-8") for page in site.rglob("*.html")}
    assert len(pages) > 10
    assert [
        page for page, html in pages.items() if '<meta http-equiv="Content-Security-Policy" content="d' not in html
    ] == []
    assert [page for page, html in pages.items() if "unsafe-inline" in html and page.parent.name != "edit"] == []

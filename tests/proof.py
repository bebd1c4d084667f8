"""Every kind of page as a picture, at three widths, light, dark and on paper, and what axe says of it.

`uv run python -m tests.proof` writes the pictures to `.cache/proof/` and prints each fault; look at every picture.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

from tests import browser as tools
from tests.conftest import ROOT

FOLDER = ROOT / ".cache/proof"
SLUG = "can-china-push-russia-to-peace"
PAGES = {
    "home": "/",
    "explainer": f"/explainers/{SLUG}/",
    "history": f"/explainers/{SLUG}/history/",
    "explainers": "/explainers/",
    "actor": "/actors/china/",
    "actors": "/actors/",
    "next": "/next/",
    "outcomes": "/outcomes/",
    "changes": "/changes/",
    "topics": "/topics/",
    "embeds": f"/embed/{SLUG}/",
    "embed": f"/embed/{SLUG}/timeline/",
    "about": "/about/",
    "missing": "/404.html",
}
WIDTHS = (360, 768, 1440)
HEIGHT = 12_000  # pixels of a page that are shown at most


def contexts(browser: Browser, origin: str) -> Iterator[tuple[str, BrowserContext]]:
    """Each width in light and dark, and paper."""
    for width in WIDTHS:
        for scheme in ("light", "dark"):
            size = {"width": width, "height": 900}
            yield (
                f"{width}-{scheme}",
                browser.new_context(base_url=origin, viewport=size, color_scheme=scheme, bypass_csp=True),  # type: ignore[arg-type]
            )
    yield "print", browser.new_context(base_url=origin, viewport={"width": 794, "height": 1123}, bypass_csp=True)


def proof(site: Path) -> list[str]:
    """Take the pictures; returns the faults."""
    faults: list[str] = []
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tools.chromium() as browser, tools.serving(site) as origin:
        for kind, context in contexts(browser, origin):
            page = context.new_page()
            page.emulate_media(media="print" if kind == "print" else "screen")
            for name, path in PAGES.items():
                page.goto(path)
                page.add_style_tag(content="* { content-visibility: visible !important; transition: none !important }")
                page.wait_for_timeout(400)
                height = min(page.evaluate("document.documentElement.scrollHeight"), HEIGHT)
                size = page.viewport_size or {"width": WIDTHS[0]}
                clip = {"x": 0, "y": 0, "width": size["width"], "height": height}
                page.screenshot(path=FOLDER / f"{name}-{kind}.png", full_page=True, clip=clip)  # type: ignore[arg-type]
                if kind != "print":
                    faults += [f"{name} {kind}: {fault}" for fault in tools.faults(page)]
            context.close()
    return faults


def main() -> None:
    site = FOLDER / "site"
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(site)], cwd=ROOT, check=True)
    faults = proof(site)
    sys.stdout.write("\n".join([*faults, f"{len(faults)} faults; pictures are in {FOLDER.relative_to(ROOT)}"]) + "\n")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()

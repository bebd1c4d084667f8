"""A real browser for the tests, a server for what it reads, and what to do where either is missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
TOOLS = Path(__file__).parent / "node_modules"
ARGUMENTS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]


def missing(what: str) -> NoReturn:
    """A tool that is missing is an excuse on a laptop and a failure in CI."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is missing")


def tool(path: str) -> Path:
    """A file of the npm packages that tests/package.json pins."""
    file = TOOLS / path
    return file if file.is_file() else missing(f"{file} (npm ci --prefix tests)")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    found = next(filter(None, map(shutil.which, NAMES)), None) or missing("Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a site as a host of static files does: in silence, with its own page for what is missing."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


BY_LOOKS = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size")
AXE = """([within, options]) => axe.run(within, {resultTypes: ['violations'], ...options}).then(
    found => found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html}`)))"""


def faults(page: Page, within: str = "html", only: Sequence[str] = ()) -> list[str]:
    """What axe, which checks for what shuts out readers with disabilities, finds in a part of a page: by all its rules
    and that of target sizes, or only by some, such as those whose answer may change with width and colours."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(tool("axe-core/axe.min.js").read_text(encoding="utf-8"))
    options = {"runOnly": list(only)} if only else {"rules": {"target-size": {"enabled": True}}}
    found: list[str] = page.evaluate(AXE, [within, options])
    return found


def complaints(page: Page, origin: str) -> list[str]:
    """A list that fills with whatever a page gets wrong: errors, failed requests, and calls to another host."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("requestfailed", lambda request: None if _is_given_up(request) else found.append(f"failed: {request.url}"))
    page.on("request", lambda request: None if _is_local(request.url, origin) else found.append(request.url))
    return found


def _is_given_up(request: Request) -> bool:
    """Whether the page itself no longer wanted it, as when its reader goes on to another."""
    return request.failure == "net::ERR_ABORTED"


def _is_local(url: str, origin: str) -> bool:
    return url.startswith((f"{origin}/", "data:", f"blob:{origin}/"))

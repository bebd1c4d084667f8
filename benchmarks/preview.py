"""`python -m benchmarks.preview --n 1000`: how long after a save a preview serves it, and an open tab shows it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

import click
from playwright.sync_api import Page, sync_playwright

from benchmarks.engines import ENGINES

ARGUMENTS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
REST = 0.4  # seconds between edits, as one who writes would leave at least


@dataclass
class Preview:
    """A preview that runs, and the explainer that is edited."""

    folder: Path
    host: str
    slug: str

    def get(self, path: str) -> str:
        connection = HTTPConnection(self.host, timeout=300)
        connection.request("GET", f"/{path}")
        content = connection.getresponse().read().decode()
        connection.close()
        return content

    def save(self, path: str, old: str, new: str) -> float:
        """Edit a file; returns when it was saved."""
        file = self.folder / path.format(slug=self.slug)
        text = file.read_text(encoding="utf-8")
        if old not in text:
            raise click.ClickException(f"{file.name} has no `{old.strip()}`")
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return time.perf_counter()

    def served(self, path: str, text: str, since: float) -> float:
        """Milliseconds until a page has this text."""
        while text not in self.get(path.format(slug=self.slug)):
            time.sleep(0.001)
        return (time.perf_counter() - since) * 1000


ARTICLE, FACTS = "docs/explainers/{slug}.md", "data/explainers/{slug}.yml"
OWN = "explainers/{slug}/"
EDITS = {
    "an article": (ARTICLE, "\n\n## ", "\n\nMoved {n} times.\n\n## ", OWN, "Moved {n} times."),
    "a record": (FACTS, "    text: ", "    text: Stated {n} ", OWN, "Stated {n} "),
    "a shared actor": ("data/actors/actor-7.yml", "name: ", "name: Called {n} ", "actors/actor-7/", "Called {n} "),
    "a title, in the home list": (ARTICLE, "title: ", "title: Titled {n} ", "", "Titled {n} "),
    "a title, in the list of all": (ARTICLE, "title: ", "title: Listed {n} ", "explainers/", "Listed {n} "),
    "a title, in the topics": (ARTICLE, "title: ", "title: Sorted {n} ", "topics/", "Sorted {n} "),
}
SHOWN = {
    "an article, in the tab": (ARTICLE, "\n\n## ", "\n\nSeen {n} times.\n\n## ", "Seen {n} times."),
    "a record, in the tab": (FACTS, "    text: ", "    text: Read {n} ", "Read {n} "),
}


@contextmanager
def running(count: int) -> Iterator[Preview]:
    """`mkdocs serve` with this many explainers; the one that is edited is the newest, which every list has first."""
    with tempfile.TemporaryDirectory() as place, socket.socket() as free:
        folder = Path(place)
        engine = ENGINES["ours"]
        engine.write(folder, count)
        _make_newest(folder / FACTS.format(slug=f"story-{count // 2}"))
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
        free.close()
        with (folder / "log").open("w") as log:
            command = [sys.executable, "-m", "mkdocs", "serve", "-a", host]
            server = subprocess.Popen(command, cwd=folder, env=engine.environment(folder), stdout=log, stderr=log)
        try:
            preview = Preview(folder, host, f"story-{count // 2}")
            _wait(preview, server)
            yield preview
        finally:
            server.terminate()
            server.wait(60)


def _make_newest(facts: Path) -> None:
    change = "- {on: 2026-07-03, level: major, kind: update, text: It is the newest.}"
    facts.write_text(f"{facts.read_text(encoding='utf-8').rstrip()}\n{change}\n", encoding="utf-8")


def _wait(preview: Preview, server: subprocess.Popen[bytes]) -> None:
    while server.poll() is None:
        try:
            preview.get("about/")
        except OSError:
            time.sleep(0.5)
        else:
            time.sleep(2)
            return
    raise click.ClickException((preview.folder / "log").read_text(encoding="utf-8")[-2000:])


@contextmanager
def tab(preview: Preview) -> Iterator[Page]:
    """The page of the explainer, open in a browser."""
    name = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=name, args=ARGUMENTS)
        page = browser.new_page()
        page.goto(f"http://{preview.host}/explainers/{preview.slug}/")
        page.wait_for_timeout(1000)
        yield page
        browser.close()


def _shown(page: Page, text: str) -> Callable[[], float]:
    """Wait, from now on, for a frame with this text; the result says when it came, by the browser's clock."""
    watch = """text => window.shown = new Promise((resolve) => {
      const look = () => document.querySelector("article")?.textContent.includes(text)
        ? resolve(Date.now()) : requestAnimationFrame(look);
      look();
    })"""
    page.evaluate(f"text => {{ ({watch})(text); }}", text)

    def wait() -> float:
        try:
            return float(page.evaluate("window.shown"))
        except Exception:  # noqa: BLE001 - the page was loaded again
            page.wait_for_function("text => document.querySelector('article')?.textContent.includes(text)", arg=text)
            return time.time() * 1000

    return wait


def _served(preview: Preview, name: str, number: int) -> float:
    path, old, new, page, text = EDITS[name]
    preview.get(page.format(slug=preview.slug))
    time.sleep(REST)
    since = preview.save(path, old, new.format(n=number))
    return preview.served(page, text.format(n=number), since)


def _seen(preview: Preview, page: Page, name: str, number: int) -> float:
    path, old, new, text = SHOWN[name]
    time.sleep(REST)
    wait = _shown(page, text.format(n=number))
    preview.save(path, old, new.format(n=number))
    since = time.time() * 1000
    return wait() - since


@click.command()
@click.option("--n", "count", type=click.IntRange(1), default=1000, show_default=True, help="How many explainers.")
@click.option("--edits", type=click.IntRange(1), default=15, show_default=True, help="How often each edit is made.")
def main(count: int, edits: int) -> None:
    """Start a preview, edit files, and print the medians in milliseconds from the save on."""
    click.echo(f"N = {count}; milliseconds from the save, median of {edits} (slowest)\n\n| edit | ms |\n|---|---|")
    with running(count) as preview:
        for name in EDITS:
            _print(name, [_served(preview, name, number) for number in range(edits)])
        with tab(preview) as page:
            for name in SHOWN:
                _print(name, [_seen(preview, page, name, number) for number in range(edits)])


def _print(name: str, found: list[float]) -> None:
    click.echo(f"| {name} | {median(found):.0f} ({max(found):.0f}) |")


if __name__ == "__main__":
    main()

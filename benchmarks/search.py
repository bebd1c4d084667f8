"""What search costs a reader and a build, by the number of explainers: `uv run python -m benchmarks.search`.

Made-up explainers of 40 records and 900 words go into the index of the real site, whose page is then asked in Chromium
with nothing kept from before: from focus to the first result, unthrottled and on slow 4G. Words are drawn as often as
in English (Zipf's law), from a vocabulary that grows with the texts (Heaps' law): what is common to all of them, and
what only few of them have, decides the size of an index.
"""

from __future__ import annotations

import gc
import gzip
import shutil
import tempfile
import time
from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import click
from playwright.sync_api import Browser, CDPSession

from macros import search
from macros.articles import Article
from macros.dates import parse_day
from macros.edition import Library
from macros.model import Actor, Explainer, FrontMatter
from macros.prose import Section
from macros.search.index import index
from macros.search.words import stem
from tests.browser import chromium
from tests.conftest import ROOT, run
from tests.lighthouse import serving

NUMBERS = (100, 1_000, 5_000)
VOCABULARY = 100_000
CORE = 6_000  # words that everybody uses; others are rarer than Zipf's law has them (Ferrer i Cancho and Solé 2001)
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 * 0.9 / 8, "uploadThroughput": 750e3 * 0.9 / 8}
RUNS = 3  # the fastest counts: what else the machine does can only slow it down
ENDINGS = ["", "s", "ed", "ing", "er", "ion", "ions", "ment", "ly", "al"]
COUNTS = {"t": 4, "e": 10, "o": 3, "n": 4, "s": 15}  # with four actors, 40 records


class Corpus:
    """Explainers with facts and prose; the same number gives the same, always."""

    def __init__(self, number: int) -> None:
        self.draw = Random(number)  # noqa: S311 - nothing here is secret
        signs = [consonant + vowel for consonant in "bcdfghklmnprstv" for vowel in "aeiou"]
        stems = {"".join(self.draw.choices(signs, k=self.draw.choice((2, 3, 3, 4)))) for _ in range(VOCABULARY)}
        self.words = self.draw.sample(sorted(stems), len(stems))
        self.weights = list(accumulate(1 / (rank + 2.7) * min(1, CORE / (rank + 1)) for rank in range(len(self.words))))
        self.names = [" ".join(self.draw.choices(self.words[2_000:], k=2)).title() for _ in range(50 + number // 10)]

    def text(self, length: int) -> str:
        """So many words, in sentences."""
        words = self.draw.choices(self.words, cum_weights=self.weights, k=length)
        endings = self.draw.choices(ENDINGS, weights=[70, 14, 5, 5, 1, 1, 1, 1, 1, 1], k=length)
        return " ".join(map("".join, zip(words, endings, strict=True))).capitalize() + "."

    def library(self, number: int) -> tuple[Library, dict[str, tuple[Section, ...]]]:
        """So many explainers, and the sections of their articles."""
        actors = {
            f"actor-{i}": Actor.model_validate({"name": name, "kind": "person", "summary": self.text(12)})
            for i, name in enumerate(self.names)
        }
        slugs = [f"story-{i}" for i in range(number)]
        explainers = {slug: Explainer.model_validate(self._facts(list(actors))) for slug in slugs}
        articles = {slug: self._article(slug) for slug in slugs}
        sections = {
            article.path: tuple(Section(f"h-{i}", self.text(6), self.text(112)) for i in range(8))
            for article in articles.values()
        }
        return Library(explainers, actors, articles, parse_day("2026-07-04")), sections

    def _article(self, slug: str) -> Article:
        front = FrontMatter(title=self.text(8), description=self.text(15), tags=(self.text(1),))
        return Article(f"docs/explainers/{slug}.md", slug, front, "", 1)

    def _facts(self, actors: list[str]) -> dict[str, Any]:
        day = f"20{self.draw.randint(24, 26)}-{self.draw.randint(1, 6):02}-{self.draw.randint(1, 28):02}"
        fame = list(accumulate(1 / (rank + 1) for rank in range(len(actors))))
        who = sorted(set(self.draw.choices(actors, cum_weights=fame, k=8)))[:4]
        ids = {letter: [f"{letter}-{i}" for i in range(count)] for letter, count in COUNTS.items()}
        rests = {"sources": ["s-0", "s-1"]}
        state = {"on": day, "because": self.text(12), **rests}
        source = {"publisher": self.text(2), "url": "https://example.org/", "published": day, "kind": "agency"}
        step = {"expected": "2027-01", "basis": "announced", "by": who[:1]}
        obstacle = {"blocks": ["n-0"], "held_by": who[:1], "history": [{"status": "open", **state}]}
        return {
            "published": day,
            "lifecycle": self.draw.choice(["live", "live", "monitoring", "closed"]),
            "takeaways": {id_: {"text": self.text(22), **rests} for id_ in ids["t"]},
            "actors": {id_: {"role": self.text(10), "wants": self.text(12), **rests} for id_ in who},
            "timeline": {id_: {"date": day, "actors": who[:2], **self._titled(), **rests} for id_ in ids["e"]},
            "obstacles": {id_: {**obstacle, **self._titled()} for id_ in ids["o"]},
            "next_steps": {id_: {"title": self.text(7), "done_when": self.text(14), **step} for id_ in ids["n"]},
            "sources": {id_: {"title": self.text(9), **source} for id_ in ids["s"]},
        }

    def _titled(self) -> dict[str, str]:
        return {"title": self.text(7), "text": self.text(30)}


@dataclass(frozen=True)
class Cost:
    """What one search costs: bytes and requests to the first results, and how long they take."""

    size: int
    requests: int
    milliseconds: float


ASK = """query => new Promise((resolve, reject) => {
    setTimeout(() => reject(`nothing found for ${query}`), 30000)
    const field = document.querySelector(".md-search__input"), began = performance.now()
    const list = document.querySelector(".md-search-result__list")
    const shown = () => list.querySelector("a") && requestAnimationFrame(() => resolve(performance.now() - began))
    new MutationObserver(shown).observe(list, {childList: true})
    field.focus()
    field.value = query
    field.dispatchEvent(new Event("input", {bubbles: true}))
})"""


def asked(browser: Browser, address: str, query: str, slow: bool) -> Cost:
    """A reader who comes to search for the first time, and pastes a question."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}about/", wait_until="networkidle")
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes = _sizes(session)
    if slow:
        session.send("Network.emulateNetworkConditions", SLOW_4G)
    milliseconds = page.evaluate(ASK, query)
    cost = Cost(sum(sizes.values()), len(sizes), milliseconds)
    context.close()
    return cost


def _sizes(session: CDPSession) -> dict[str, int]:
    """A table that fills with the bytes of every answer; the theme's own script is not search's."""
    sizes: dict[str, int] = {}
    theme: set[str] = set()

    def begun(event: dict[str, Any]) -> None:
        if "/bundle." in event["request"]["url"]:
            theme.add(event["requestId"])

    def ended(event: dict[str, Any]) -> None:
        if event["requestId"] not in theme:
            sizes[event["requestId"]] = int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", begun)
    session.on("Network.loadingFinished", ended)
    return sizes


def questions(corpus: Corpus, there: Container[str]) -> dict[str, str]:
    """One of every sort: words that stand everywhere, seldom, and together; a name; the beginning of a word."""
    words = [word for word in corpus.words if stem(word) in there]
    return {
        "common": words[0],
        "usual": words[300],
        "rare": words[-1],
        "two common": f"{words[1]} {words[2]}",
        "common and rare": f"{words[0]} {words[-2]}",
        "name": corpus.names[0],
        "beginning": words[40][:3],
    }


@dataclass(frozen=True)
class Built:
    """What a build costs: CPU milliseconds an explainer to make the index and to write it, and its bytes gzipped."""

    making: float
    writing: float
    size: int


def build(corpus: Corpus, number: int, folder: Path) -> tuple[Built, dict[str, str]]:
    """Write the index of so many explainers below a folder; says what that cost, and what can be asked."""
    library, sections = corpus.library(number)
    names = {id_: actor.name for id_, actor in library.actors.items()}
    gc.collect()
    began = time.process_time()
    pages = search.pages(library, sections)
    made = list(search.files(pages, names))
    ready = time.process_time()
    for path, content in made:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    done = time.process_time()
    size = sum(len(gzip.compress(content, 6)) for _, content in made)
    built = Built((ready - began) / number * 1000, (done - ready) / number * 1000, size)
    return built, questions(corpus, index(pages).texts)


def rows(site: Path, browser: Browser, number: int) -> Iterator[str]:
    """The lines of the table for so many explainers."""
    shutil.rmtree(site / "search")
    corpus = Corpus(number)
    built, asked_for = build(corpus, number, site)
    with serving(site) as address:
        for name, query in asked_for.items():
            fast = [asked(browser, address, query, False) for _ in range(RUNS)]
            slow = [asked(browser, address, query, True) for _ in range(RUNS)]
            kilobytes, requests = median(c.size for c in fast) / 1000, median(c.requests for c in fast)
            quick, slowly = (min(cost.milliseconds for cost in costs) for costs in (fast, slow))
            yield f"| {number:,} | {name} | {kilobytes:.1f} KB | {requests} | {quick:.0f} ms | {slowly:.0f} ms |"
    cpu = f"CPU an explainer: {built.making:.1f} ms, and {built.writing:.1f} ms to write"
    cost = f"{built.size / 1e6:.1f} MB gzipped. {cpu}"
    yield f"| {number:,} | the whole index | {cost} | | | |"


@click.command()
@click.option("--number", "numbers", type=int, multiple=True, help="How many explainers; 100, 1,000 and 5,000.")
def main(numbers: tuple[int, ...]) -> None:
    """Print a table of what search costs."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        built = run(ROOT, "mkdocs", "build", "--strict", "--site-dir", folder)
        if built.returncode:
            raise click.ClickException(built.stderr)
        click.echo("| explainers | question | first results | requests | time | slow 4G |\n|---|---|---|---|---|---|")
        for number in numbers or NUMBERS:
            for row in rows(Path(folder), browser, number):
                click.echo(row)


if __name__ == "__main__":
    main()

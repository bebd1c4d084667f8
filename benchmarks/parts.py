"""`python -m benchmarks.parts`: what one explainer costs, part by part, in milliseconds of processor time."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import click

from benchmarks.engines import ENGINES
from macros import pages
from macros.components import COMPONENTS
from macros.delivery import prepared
from macros.edition import Edition, Library
from macros.proofread import proofread
from macros.publish import Site, api, atom, calendar, embed, json_feed, news, pictures
from macros.render import render
from macros.site_page import frame
from macros.styles import Vocabulary

COUNT, TIMES = 30, 10
DAY = date(2026, 7, 4)
SITE = Site("Benchmark", "https://example.org/", "")


def main() -> None:
    """Make each part of an explainer several times over, and print the mean."""
    with tempfile.TemporaryDirectory() as folder:
        ENGINES["ours"].write(Path(folder), COUNT)
        os.chdir(folder)  # where pictures are cached
        library = proofread(Path(folder), DAY).library
        click.echo("| part | ms |\n|---|---|")
        for name, work in _parts(Path(folder), library):
            click.echo(f"| {name} | {_milliseconds(work):.1f} |")


def _parts(root: Path, library: Library) -> Iterator[tuple[str, Callable[[], object]]]:
    edition = library.edition("story-7")
    html = "".join(content.decode() for _, content in embed.of_story(edition, SITE))
    yield f"reading and checking all {COUNT}", lambda: proofread(root, DAY)
    yield "the sections of its page", lambda: [_section(edition, name) for name in _sections(edition)]
    yield "the head and foot of its page", lambda: frame(edition, SITE)
    yield "history and the list of embeds", lambda: [page.html for page in pages.of_story(edition, SITE)]
    yield "pages for frames on other sites", lambda: list(embed.of_story(edition, SITE))
    yield "policy and words of these pages", lambda: Vocabulary().read(prepared(html))
    yield "API", lambda: api.of_story(edition, SITE)
    yield "calendar", lambda: calendar.of_story(edition, SITE)
    yield "both feeds", lambda: _feeds(edition)
    yield (
        "overview, wide and narrow",
        lambda: _overviews(edition),
    )
    yield "card for social networks, when it looks new", lambda: _new_card(edition)
    yield "card, when it was drawn before", lambda: pictures.png(pictures.card(edition, SITE))


def _sections(edition: Edition) -> list[str]:
    return [found.name for found in embed.embeds(edition, SITE)]


def _section(edition: Edition, name: str) -> str:
    return render(name, COMPONENTS[name].make(edition), edition.url)


def _feeds(edition: Edition) -> object:
    channel = news.of_story(edition)
    return atom.file(channel, SITE), json_feed.file(channel, SITE)


def _overviews(edition: Edition) -> list[bytes]:
    return [pictures.svg(pictures.picture(edition, room)) for room in (pictures.WIDE, pictures.NARROW)]


def _new_card(edition: Edition) -> bytes:
    shutil.rmtree(pictures.CARDS.folder, ignore_errors=True)
    return pictures.png(pictures.card(edition, SITE))


def _milliseconds(work: Callable[[], object]) -> float:
    work()
    began = time.process_time()
    for _ in range(TIMES):
        work()
    return (time.process_time() - began) * 1000 / TIMES


if __name__ == "__main__":
    main()

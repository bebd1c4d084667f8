"""Lighthouse on the built site, mobile settings, median of three: `uv run python -m tests.lighthouse`.

Prints a line for each page, and how the largest paint of the explainer compares with a bare page of the same content
that has its styles inside. Exits 1 when a score is below 100 or that paint takes more than 1.5 times as long.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from statistics import median_low
from threading import Thread
from typing import Any, BinaryIO

import click

from tests.browser import NAMES
from tests.conftest import ROOT, run

HERE = Path(__file__).parent / "lighthouse"
STORY = "explainers/can-china-push-russia-to-peace/"
PAGES = {"explainer": STORY, "home": "", "actor": "actors/china/", "bare page": f"{STORY}bare.html"}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS = 3


class Compressing(SimpleHTTPRequestHandler):
    """Serves a folder gzipped, as hosts of static files do."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # headers and body leave in two writes, of which the second would wait

    def send_head(self) -> BytesIO | BinaryIO | None:
        """The file's headers; what to send of it."""
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        if not file.is_file():
            return super().send_head()
        content = gzip.compress(file.read_bytes(), 9, mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return BytesIO(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Compressing, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def bare(site: Path) -> str:
    """The explainer's text as a page of its own: its styles inside, no script, no frame."""
    page = (site / STORY / "index.html").read_text(encoding="utf-8")
    found = re.search(r"<article.*</article>", page, re.DOTALL)
    assert found
    text = re.sub(r"<script.*?</script>", "", found[0], flags=re.DOTALL)
    css = (ROOT / "macros/theme/assets/explainers.css").read_text(encoding="utf-8")
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Bare</title><style>{css}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{text}</body></html>'


def report(address: str) -> dict[str, Any]:
    """What Lighthouse says of a page."""
    chromium = next(filter(None, map(shutil.which, NAMES)))
    command = ["node", str(HERE / "node_modules/lighthouse/cli/index.js"), address, "--quiet", "--output=json"]
    flags = "--chrome-flags=--headless=new --no-sandbox --disable-quic --disable-background-networking"
    environment = {**os.environ, "CHROME_PATH": str(chromium)}
    done = subprocess.run([*command, flags], capture_output=True, text=True, check=True, env=environment)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def scores(found: dict[str, Any]) -> list[int]:
    """The four scores, of 100."""
    return [round(100 * (found["categories"][name]["score"] or 0)) for name in CATEGORIES]


def faults(found: dict[str, Any]) -> list[str]:
    """The audits that cost points."""
    weighty = {ref["id"] for name in CATEGORIES for ref in found["categories"][name]["auditRefs"] if ref["weight"]}
    audits = [found["audits"][id_] for id_ in sorted(weighty)]
    return [
        f"{audit['id']} ({audit.get('displayValue', audit['title'])})"
        for audit in audits
        if audit["score"] not in (1, None)
    ]


def number(found: dict[str, Any], audit: str) -> float:
    """An audit's measurement."""
    return float(found["audits"][audit]["numericValue"])


def line(name: str, found: list[dict[str, Any]]) -> tuple[bool, float]:
    """Print a page's medians; whether all scores are 100, and its largest paint in milliseconds."""
    values = [median_low(column) for column in zip(*map(scores, found), strict=True)]
    paint = median_low([number(each, "largest-contentful-paint") for each in found])
    blocked = median_low([number(each, "total-blocking-time") for each in found])
    shift = median_low([number(each, "cumulative-layout-shift") for each in found])
    size = median_low([number(each, "total-byte-weight") for each in found])
    click.echo(
        f"{name:10} {values}  paint {paint:.0f} ms  blocked {blocked:.0f} ms  shift {shift:.3f}  {size / 1000:.1f} KB"
    )
    click.echo(
        "".join(f"           - {fault}\n" for fault in sorted({f for each in found for f in faults(each)})), nl=False
    )
    return min(values) == 100, paint


def main() -> int:
    """Build, measure, print; 1 when something falls short."""
    if not (HERE / "node_modules/lighthouse").is_dir():
        subprocess.run(["npm", "ci", "--prefix", str(HERE)], check=True)
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        built = run(ROOT, "mkdocs", "build", "--strict", "--site-dir", folder)
        assert built.returncode == 0, built.stderr
        (site / STORY / "bare.html").write_text(bare(site), encoding="utf-8")
        with serving(site) as address:
            found = {name: line(name, [report(address + path) for _ in range(RUNS)]) for name, path in PAGES.items()}
    ratio = found["explainer"][1] / found["bare page"][1]
    click.echo(f"largest paint of the explainer: {ratio:.2f} times that of the bare page")
    return 0 if all(good for name, (good, _) in found.items() if name != "bare page") and ratio <= 1.5 else 1


if __name__ == "__main__":
    sys.exit(main())
